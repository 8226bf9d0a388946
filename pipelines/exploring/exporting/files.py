"""Writes marts as files, one each: Parquet or CSV.

Knows how DuckDB writes either. Does not know what any mart holds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.messages import system_text
from pipelines.domain.sql_text import quoted
from pipelines.exploring.csv_text import BYTE_ORDER_MARK, disarmed_in_sql
from pipelines.exploring.exporting.tables import Column, ExportError, Mart

TIMESTAMPS = "%Y-%m-%d %H:%M:%S"


class FileFormat(StrEnum):
    """Formats of a file that holds one mart."""

    PARQUET = "parquet"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table that was written.

    Attributes:
        name: The mart.
        path: The file it is in.
        row_count: Its rows there.
    """

    name: str
    path: Path
    row_count: int


def export_files(
    connection: duckdb.DuckDBPyConnection,
    marts: Iterable[Mart],
    folder: Path,
    file_format: FileFormat,
) -> Iterator[ExportedTable]:
    """Write marts into a folder, a file each, and yield them as they are written.

    Rows are sorted by their keys, so that the same rows make the same file.

    Args:
        connection: A warehouse with marts.
        marts: Which ones.
        folder: Where to; created where missing.
        file_format: As what.

    Raises:
        ExportError: The folder cannot be made.
    """
    make_folder(folder)
    for mart in marts:
        target = folder / f"{mart.name}.{file_format}"
        with written_whole(target) as unfinished:
            row_count = WRITERS[file_format](connection, mart, unfinished)
        yield ExportedTable(mart.name, target, row_count)


def make_folder(folder: Path) -> None:
    """Make a folder where there is none.

    Raises:
        ExportError: The file system refuses, or a file has that name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            "cannot create the folder {folder}: {reason}",
            folder=folder,
            reason=system_text(error),
        ) from error


def flat(column: Column, relation: str) -> str:
    """A column of a relation as SQL for files without nested values: those become JSON."""
    quoted = f'{relation}."{column.name}"'
    return f"cast(to_json({quoted}) as varchar)" if column.is_nested else quoted


def _write_parquet(connection: duckdb.DuckDBPyConnection, mart: Mart, path: Path) -> int:
    query = f"from {mart.relation} as mart order by {mart.sorting}"
    return _copy(connection, query, path, "format parquet, compression zstd")


def _write_csv(connection: duckdb.DuckDBPyConnection, mart: Mart, path: Path) -> int:
    selected = [_for_csv(column, is_first=not at) for at, column in enumerate(mart.columns)]
    query = (
        f"select {', '.join(selected)} from {mart.relation} as mart "  # noqa: S608
        f"order by {mart.sorting}"
    )
    return _copy(connection, query, path, f"format csv, header, timestampformat '{TIMESTAMPS}'")


def _for_csv(column: Column, *, is_first: bool) -> str:
    # DuckDB writes no byte order mark by itself; a name that begins with one puts it there.
    name = f"{BYTE_ORDER_MARK}{column.name}" if is_first else column.name
    value = flat(column, "mart")
    value = disarmed_in_sql(value) if column.is_text else value
    return f'{value} as "{name}"'


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> int:
    found = connection.execute(f"copy ({query}) to {quoted(path)} ({options})").fetchone()
    return int(found[0]) if found else 0


WRITERS: dict[FileFormat, Callable[[duckdb.DuckDBPyConnection, Mart, Path], int]] = {
    FileFormat.PARQUET: _write_parquet,
    FileFormat.CSV: _write_csv,
}
