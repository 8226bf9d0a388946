"""Dagster's entry: everything it shows and runs is found under ``pipelines/defs``.

Knows where to look. Does not know what is there: an asset is added by adding a module.
"""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Collect every definition under ``pipelines/defs``."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
