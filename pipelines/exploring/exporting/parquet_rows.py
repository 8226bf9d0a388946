"""Writes rows that are in memory as Parquet.

Knows that DuckDB writes Parquet by itself: the library for it in Python takes a hundred megabytes
for as long as a process lives. Does not know what the rows are.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines.exploring.marts import literal

ROWS_AT_A_TIME = 500


def parquet_of(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> bytes:
    """A Parquet file of some rows.

    Args:
        columns: The name of each column and its type, as DuckDB calls it.
        rows: Their values.
    """
    named = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"create table rows ({named})")
        for begin in range(0, len(rows), ROWS_AT_A_TIME):
            values = ", ".join(
                f"({', '.join(literal(value) for value in row)})"
                for row in rows[begin : begin + ROWS_AT_A_TIME]
            )
            connection.execute(f"insert into rows values {values}")  # noqa: S608
        written = Path(folder) / "rows.parquet"
        connection.execute(f"copy rows to {literal(str(written))} (format parquet)")
        return written.read_bytes()
