"""What auditing finds as assets, between the evaluation of identities and all that builds on it.

Knows what to report of an audit. Does not know how tables are read again or errors located: that
is ``pipelines.auditing.audits``, as on the command line.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dagster as dg
import duckdb

from pipelines.auditing.due_audits import audit_version
from pipelines.defs.jobs import WAREHOUSE_POOL
from pipelines.defs.row_counts import count_rows
from pipelines.exploring.marts import select_rows
from pipelines.running.updating import build_marts
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.drafts import latest_state

NOT_READ_AGAIN = """
    select document_id, message from staging.audited_documents where message <> ''
    order by document_id
"""

# As pipelines/warehouse/staging.sql says it; a test compares the two.
AUDIT_TABLES = {
    "second_readings": (
        "One row per figure that was read a second time, and per number that only the second "
        "reading found in a table that was read again."
    ),
    "error_locations": "One row per figure of each explanation of a document's failing identities.",
    "audited_documents": "One row per document whose failing identities were audited.",
}
REPAIR_TABLES = {
    "cell_repairs": (
        "One row per figure that was not read for certain and that the identities determine."
    ),
    "repaired_documents": "One row per document with figures that were not read for certain.",
}
AUDITED = (["intermediate", "int_identities__evaluated"], ["staging", "documents"])
# Identities are evaluated on the way, twice; what they are evaluated upon is what is repaired.
REPAIRED = (["staging", "figures"], ["staging", "cell_readings"])


def _spec(table: str, grain: str, deps: Sequence[Sequence[str]]) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["staging", table],
        deps=deps,
        description=grain,
        group_name="auditing",
        kinds={"python", "duckdb"},
        code_version=audit_version(),
    )


@contextmanager
def _brought_up_to_date(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    build_marts(settings)
    with open_for_reading(latest_state(settings.warehouse)) as connection:
        yield connection


def _counted(
    context: dg.AssetExecutionContext,
    connection: duckdb.DuckDBPyConnection,
    metadata: Mapping[str, int],
) -> list[dg.MaterializeResult]:
    """What is to be said of each asset that is asked for."""
    counts = count_rows(connection, [spec.key for spec in context.assets_def.specs])
    return [
        dg.MaterializeResult(asset_key=asset, metadata={"dagster/row_count": count, **metadata})
        for asset, count in counts.items()
    ]


@dg.multi_asset(
    name="auditing",
    description="Reads tables of contradicting PDFs a second time and locates the errors.",
    specs=[_spec(table, grain, AUDITED) for table, grain in AUDIT_TABLES.items()],
    pool=WAREHOUSE_POOL,
)
def audits(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult]:
    """Audit every document whose failing identities have not been audited yet.

    Whatever is selected, the whole warehouse is brought up to date, see models.py.
    """
    with _brought_up_to_date(settings) as connection:
        unread = select_rows(connection, NOT_READ_AGAIN)
        results = _counted(context, connection, {"not_read_again": len(unread)})
    yield from results
    for row in unread:
        context.log.warning("{document_id} was not read a second time: {message}".format(**row))


@dg.multi_asset(
    name="auditing_repairs",
    description="Takes numbers in doubt for what the identities leave of their readings.",
    specs=[_spec(table, grain, REPAIRED) for table, grain in REPAIR_TABLES.items()],
    pool=WAREHOUSE_POOL,
)
def repairs(
    context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult]:
    """Decide what numbers in doubt are, of every document of which it is not decided yet.

    Whatever is selected, the whole warehouse is brought up to date, see models.py.
    """
    with _brought_up_to_date(settings) as connection:
        results = _counted(context, connection, {})
    yield from results
