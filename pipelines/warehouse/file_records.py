"""Stores what became of each file under the raw directory: ``staging.files``.

Knows the table. Does not know how a file is read, nor when it has to be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

import duckdb

from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.warehouse.rows import insert_rows, utc_now


def recorded_files(connection: duckdb.DuckDBPyConnection) -> dict[str, FileRecord]:
    """Every recorded file by its path."""
    columns = [field.name for field in fields(FileRecord)]
    found = connection.execute(f"select {', '.join(columns)} from staging.files")  # noqa: S608
    rows = (dict(zip(columns, row, strict=True)) for row in found.fetchall())
    records = (FileRecord(**row | {"status": FileStatus(row["status"])}) for row in rows)
    return {record.file_path: record for record in records}


def replace_files(
    connection: duckdb.DuckDBPyConnection, known: Iterable[str], records: Iterable[FileRecord]
) -> None:
    """Record files in place of what is recorded for some paths, in the caller's transaction.

    Args:
        connection: The warehouse.
        known: Paths of which nothing is to stay recorded.
        records: What is to be.
    """
    connection.execute(
        "delete from staging.files where file_path in (select unnest($paths))",
        {"paths": list(known)},
    )
    _insert(connection, records)


def write_files(connection: duckdb.DuckDBPyConnection, records: Sequence[FileRecord]) -> None:
    """Record files in place of what is recorded for their paths, in the caller's transaction."""
    replace_files(connection, [record.file_path for record in records], records)


def _insert(connection: duckdb.DuckDBPyConnection, records: Iterable[FileRecord]) -> None:
    seen_at = utc_now()
    insert_rows(
        connection, "staging.files", [{**asdict(record), "seen_at": seen_at} for record in records]
    )
