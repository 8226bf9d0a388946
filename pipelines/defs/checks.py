"""What must hold of the warehouse beyond what dbt tests: each check's name is its claim.

Knows what is claimed of which asset. The tests of the dbt project are checks too, see models.py.
"""

import dagster as dg

from pipelines.defs.jobs import WAREHOUSE_POOL
from pipelines.domain.file_record import FileStatus
from pipelines.exploring.marts import open_marts, select_rows
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.drafts import latest_state
from pipelines.warehouse.file_records import recorded_files

FIGURES_WITHOUT_A_PLACE = """
    select figure_id, file_name, form
    from marts.fct_disclosed_figures
    where page is null and cell_path is null
    order by figure_id
"""
ROWS_SHOWN = 50


@dg.asset_check(asset=["staging", "files"], pool=WAREHOUSE_POOL)
def every_file_was_read(settings: dg.ResourceParam[Settings]) -> dg.AssetCheckResult:
    """No file under the raw directory was rejected; those that were are listed with the reason."""
    with open_for_reading(latest_state(settings.warehouse)) as connection:
        records = recorded_files(connection).values()
    rejected = sorted(
        (record.reason, record.message)
        for record in records
        if record.status is FileStatus.REJECTED
    )
    return dg.AssetCheckResult(
        passed=not rejected,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "files": len(records),
            "rejected": len(rejected),
            "rejected_files": dg.MetadataValue.table(
                [
                    dg.TableRecord({"reason": reason, "message": message})
                    for reason, message in rejected[:ROWS_SHOWN]
                ],
                schema=dg.TableSchema(
                    columns=[dg.TableColumn("reason"), dg.TableColumn("message")]
                ),
            ),
        },
    )


@dg.asset_check(asset=["marts", "fct_disclosed_figures"], pool=WAREHOUSE_POOL)
def every_figure_has_a_place(settings: dg.ResourceParam[Settings]) -> dg.AssetCheckResult:
    """Every figure says on which page, or where in the Word file, it is printed."""
    with open_marts(settings.warehouse) as connection:
        lost = select_rows(connection, FIGURES_WITHOUT_A_PLACE)
    return dg.AssetCheckResult(
        passed=not lost,
        metadata={
            "figures_without_a_place": len(lost),
            "examples": dg.MetadataValue.json(lost[:ROWS_SHOWN]),
        },
    )
