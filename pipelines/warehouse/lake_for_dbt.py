"""Has dbt attach the lake as everything else does, as a plugin of its adapter for DuckDB.

Knows that the lake is the one of the settings. Does not know what dbt builds in it.
"""

from typing import TYPE_CHECKING

from dbt.adapters.duckdb.plugins import BasePlugin

from pipelines.domain.warehouse_place import LAKE_NAME
from pipelines.settings import exposed_lake
from pipelines.warehouse.lakes import attach_lake

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Plugin(BasePlugin):
    """What the adapter looks for in a module that its profile names."""

    def configure_connection(self, conn: "DuckDBPyConnection") -> None:
        """Attach the lake before the adapter would, which leaves it as it is then."""
        attach_lake(conn, exposed_lake(), read_only=False)

    def configure_cursor(self, cursor: "DuckDBPyConnection") -> None:
        """Look for what is not said to be of another database in the lake."""
        cursor.execute(f"use {LAKE_NAME}")
