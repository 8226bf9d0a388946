"""Writes the marts for other programs and other people: files, a workbook, a package, a release."""
