"""Counts the rows of the warehouse's tables and views, for Dagster to draw over time.

Knows that an asset of the warehouse is named after its schema and table. Does not know what any
of them holds.
"""

from collections.abc import Iterable

import dagster as dg
import duckdb


def count_rows(
    connection: duckdb.DuckDBPyConnection, assets: Iterable[dg.AssetKey]
) -> dict[dg.AssetKey, int]:
    """How many rows the table or view behind each asset has.

    Intermediate results are missing: they are built with each batch and not kept.
    """
    present = {
        f"{schema}.{table}"
        for schema, table in connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    }
    named = {asset: ".".join(asset.path) for asset in assets}
    return {
        asset: _row_count(connection, relation)
        for asset, relation in named.items()
        if relation in present
    }


def _row_count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = connection.execute(f"select count(*) from {relation}").fetchone()  # noqa: S608
    return found[0] if found else 0
