"""Brings the staging schema into a warehouse.

Knows that staging.sql is the one description of the staging tables. Does not know what is loaded
into them, nor anything of the schemas that dbt builds.
"""

from functools import lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.warehouse.connection import settle

if TYPE_CHECKING:
    import pyarrow as pa

STAGING_COLUMNS = """
    select table_name, column_name, data_type
    from information_schema.columns
    where table_schema = 'staging' and table_catalog = current_database()
    order by table_name, column_name
"""


class WarehouseOutdatedError(ExplainedError):
    """The warehouse was made by a version with other staging tables."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(
            "the warehouse was made by another version of juesuan (other columns in "
            "{tables}): 'juesuan run' makes it anew from the raw files",
            tables=", ".join(tables),
        )


def bring_staging_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the staging tables there, whoever else makes them at the same time.

    Raises:
        WarehouseOutdatedError: A table exists with other columns than this version writes.
    """
    if not has_current_staging_schema(connection):
        settle(connection, partial(apply_staging_schema, connection))


def apply_staging_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the staging tables that do not exist yet.

    Raises:
        WarehouseOutdatedError: A table exists with other columns than this version writes.
    """
    if has_current_staging_schema(connection):
        return
    connection.execute(_script())
    if differing := _differing_tables(connection):
        raise WarehouseOutdatedError(differing)


def outdated_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The staging tables that there are with other columns than this version writes."""
    there = {table for table, _, _ in connection.execute(STAGING_COLUMNS).fetchall()}
    return [name for name in _differing_tables(connection) if name.partition(".")[2] in there]


def refuse_outdated(connection: duckdb.DuckDBPyConnection) -> None:
    """Make sure that what is staged can be asked as this version asks it.

    Raises:
        WarehouseOutdatedError: A table is missing or has other columns.
    """
    if differing := _differing_tables(connection):
        raise WarehouseOutdatedError(differing)


def has_current_staging_schema(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every staging table exists as this version writes it."""
    return not _differing_tables(connection)


@lru_cache(maxsize=1)
def staging_types() -> dict[str, "pa.Schema"]:
    """The columns of every staging table with their types, by the table's name."""
    with duckdb.connect(":memory:") as pattern:
        pattern.execute(_script())
        tables = {table for table, _, _ in pattern.execute(STAGING_COLUMNS).fetchall()}
        return {
            table: pattern.execute(f"from staging.{table} limit 0").to_arrow_table().schema
            for table in tables
        }


def _script() -> str:
    return files("pipelines.warehouse").joinpath("staging.sql").read_text(encoding="utf-8")


def _differing_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    with duckdb.connect(":memory:") as pattern:
        pattern.execute(_script())
        wanted = set(pattern.execute(STAGING_COLUMNS).fetchall())
    expected_tables = {table for table, _, _ in wanted}
    present = {
        column
        for column in connection.execute(STAGING_COLUMNS).fetchall()
        if column[0] in expected_tables
    }
    return sorted({f"staging.{table}" for table, _, _ in wanted ^ present})
