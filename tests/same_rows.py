"""Whether a lake holds what a file holds, in every row of every table."""

from pathlib import Path

import duckdb

from pipelines.domain.warehouse_place import LAKE_NAME, Lake
from pipelines.warehouse.connection import attach_for_reading, open_for_reading

FILE = "file"
# When something was done, and what follows from it.
MOMENTS = "'loaded_at', 'seen_at', 'state', 'audited_at', 'proposed_at', 'built_at'"
OF_A_RUN = ("staging.runs", "staging.builds", "staging.quality_history")
BUILT = f"""
    select schema_name || '.' || table_name
    from duckdb_tables()
    where database_name = '{FILE}'
    order by all
"""
DIFFERING = f"""
    with

    of_file as (select columns(c -> c not in ({MOMENTS})) from {FILE}.{{table}}),

    of_lake as (select columns(c -> c not in ({MOMENTS})) from {LAKE_NAME}.{{table}})

    select
        (select count(*) from (from of_file except all from of_lake))
        + (select count(*) from (from of_lake except all from of_file))
"""


def differing_tables(lake: Lake, file: Path) -> dict[str, int]:
    """How many rows differ between a lake as it is published and a file, by table, 0 included.

    What tells of runs rather than of documents is left out.
    """
    with open_for_reading(lake) as connection:
        attach_for_reading(connection, file, FILE)
        tables = [name for (name,) in connection.execute(BUILT).fetchall()]
        return {name: _differing(connection, name) for name in tables if name not in OF_A_RUN}


def _differing(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(DIFFERING.format(table=table)).fetchone()
    return int(found[0]) if found else 0
