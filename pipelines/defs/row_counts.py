"""Counts the rows of the warehouse's tables and views, for Dagster to draw over time.

Knows that an asset of the warehouse is named after its schema and table. Does not know what any
of them holds.
"""

from collections.abc import Iterable

import dagster as dg
import duckdb

from pipelines.warehouse.connection import has_relation


def count_rows(
    connection: duckdb.DuckDBPyConnection, assets: Iterable[dg.AssetKey]
) -> dict[dg.AssetKey, int]:
    """How many rows the table or view behind each asset has.

    Intermediate results are missing: they are built with each batch and not kept.
    """
    return {
        asset: _row_count(connection, ".".join(asset.path))
        for asset in assets
        if has_relation(connection, *asset.path)
    }


def _row_count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = connection.execute(f"select count(*) from {relation}").fetchone()  # noqa: S608
    return found[0] if found else 0
