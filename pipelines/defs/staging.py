"""The staging tables as assets, filled together by one reading of the raw files.

Knows which tables there are and what to report of them. Does not know how a file is read: that is
``pipelines.warehouse.ingesting``.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.acquiring.raw_store import RawStore
from pipelines.defs.jobs import WAREHOUSE_POOL
from pipelines.defs.row_counts import count_rows
from pipelines.domain.file_record import FileStatus
from pipelines.normalising.versions import current_reader_version
from pipelines.running.executing import chosen_executor
from pipelines.running.updating import read_into, standing_update
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.drafts import latest_state, open_draft
from pipelines.warehouse.ingesting import IngestSummary, Progress
from pipelines.warehouse.rows import utc_now
from pipelines.warehouse.runs import record_run

# As pipelines/warehouse/staging.sql says it; a test compares the two.
STAGING_TABLES = {
    "files": "One row per file seen under the raw directory in the latest run.",
    "publications": "One row per document that was fetched from a site.",
    "documents": "One row per document (distinct content).",
    "forms": "One row per document and table printed in it, over however many pages.",
    "form_columns": "One row per document, table and column of numbers.",
    "form_rows": ("One row per document, table and body row of a block, with or without numbers."),
    "figures": "One row per printed number in a table.",
    "furniture": "One row per 行次 or 栏次 number printed in a form.",
    "paragraphs": "One row per paragraph of the narrative.",
    "claims": "One row per value stated in the narrative.",
    "prose_furniture": "One row per number that the narrative prints and that states no value.",
    "definitions": "One row per term that a document defines.",
    "department_facts": "One row per duty, internal office or unit that a document names.",
    "performance_indicators": (
        "One row per performance indicator that a table of a document lists."
    ),
    "text_findings": "One row per thing certainly wrong with a document's words.",
    "cell_readings": "One row per cell of a table in a picture and way in which it was read.",
    "pictured_pages": "One row per page that is a picture and was read as one.",
    "rejections": "One row per printed thing that could not be used.",
    "form_catalogue": (
        "One row per form that the catalogue knows; written anew before each dbt build."
    ),
    "runs": "One row per run that changed the warehouse.",
}
FILES = dg.AssetKey(["staging", "files"])


def _spec(table: str, grain: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["staging", table],
        deps=[["raw", "files"]],
        description=grain,
        group_name="staging",
        kinds={"python", "duckdb"},
        code_version=current_reader_version(load_settings().reference_dir),
    )


@dg.multi_asset(
    name="reading",
    description="Reads every new file under the raw directory into the staging tables.",
    specs=[_spec(table, grain) for table, grain in STAGING_TABLES.items()],
    pool=WAREHOUSE_POOL,
)
def staging(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult]:
    """Read every new file under the raw directory into the staging tables."""

    def log_progress(progress: Progress) -> None:
        if progress.record is not None:
            outcome = progress.record.message or progress.record.file_path
            counted = f"{progress.done}/{progress.total} {progress.record.status}"
            context.log.info(f"[{counted}] {outcome}: {progress.figure_count:,} figures")

    started_at = utc_now()
    RawStore(settings.store_dir).seal_leftovers()
    standing = standing_update(settings)
    if standing is None:
        with (
            open_draft(settings.warehouse) as draft,
            chosen_executor(settings, draft.folder) as executor,
        ):
            ingested = read_into(draft, settings, executor, log_progress)
            record_run(draft.database, started_at, ingested, {"dagster_run": context.run.run_id})
    else:
        ingested = standing.ingested
    with open_for_reading(latest_state(settings.warehouse)) as connection:
        counts = count_rows(connection, [spec.key for spec in context.assets_def.specs])
    for asset, row_count in counts.items():
        found = _reading_metadata(ingested) if asset == FILES else {}
        yield dg.MaterializeResult(
            asset_key=asset, metadata={"dagster/row_count": row_count} | found
        )


def _reading_metadata(ingested: IngestSummary) -> dict[str, int]:
    return {
        "files_read_now": len(ingested.newly_read),
        "files_rejected_now": len(ingested.newly_rejected),
        "files_unchanged": ingested.unchanged_count,
        "files_vanished": len(ingested.vanished),
        "files_rejected": len(ingested.with_status(FileStatus.REJECTED)),
        "figures_loaded_now": ingested.figure_count,
    }
