"""Forged documents read back."""
