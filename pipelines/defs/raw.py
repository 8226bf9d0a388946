"""The raw files as an asset: where every lineage begins.

Knows what to report of them. Does not know which of them are documents: that is told by their
content, when they are read.
"""

from datetime import timedelta

import dagster as dg

from pipelines.acquiring.raw_files import find_raw_files
from pipelines.settings import Settings

# A night may be missed; two are a matter for somebody.
MISSED_ONE, MISSED_TWO = timedelta(hours=30), timedelta(hours=54)


@dg.asset(
    key=["raw", "files"],
    deps=[["raw", "fetched"]],
    group_name="raw",
    kinds={"file"},
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=MISSED_TWO, warn_window=MISSED_ONE),
)
def raw_files(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:
    """The published PDF and Word files, as they lie under the raw directory."""
    files = list(find_raw_files(settings.raw_dir))
    return dg.MaterializeResult(
        metadata={
            "files": len(files),
            "bytes": sum(file.byte_count for file in files),
            "directory": dg.MetadataValue.path(settings.raw_dir),
        }
    )
