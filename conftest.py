"""Doctests of modules that need what is not installed are left out: there is nothing to try."""

from pipelines.reading.scans.models import can_read_pictures

SCANS = "pipelines/reading/scans"
collect_ignore_glob = [] if can_read_pictures() else [f"{SCANS}/p*.py", f"{SCANS}/recog*.py"]
