"""The job that builds the warehouse, and its schedule; those of the sites are in sites.py.

Knows what is run together, what is not, and when. Does not know what any step does.
"""

import dagster as dg

# A DuckDB file has one writer and no readers beside it, so all that touches it waits its turn.
WAREHOUSE_POOL = "warehouse"

build_warehouse = dg.define_asset_job(
    name="build_warehouse",
    description="Reads every new file, builds and tests the marts; what 'juesuan run' does.",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(["raw", "fetched"]),
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    description=(
        "Brings the warehouse up to date at 02:30, Beijing time. Stopped until somebody starts "
        "it, so that opening the UI on a laptop does not start a nightly service."
    ),
    job=build_warehouse,
    cron_schedule="30 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
