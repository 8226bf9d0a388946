"""Doctests of modules that need what is not installed are left out: there is nothing to try."""

from pipelines.reading.scans.models import can_read_pictures

SCANS = "pipelines/reading/scans"
NEEDING = ("p*.py", "recog*.py", "single_numbers.py")
collect_ignore_glob = [] if can_read_pictures() else [f"{SCANS}/{each}" for each in NEEDING]
