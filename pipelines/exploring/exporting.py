"""Writes the marts into files that other programs open: Parquet, CSV or Excel workbooks.

Knows formats and what spreadsheets do to texts. Does not know what any mart holds.

Texts come from documents that strangers published, and a spreadsheet takes a cell that begins with
'=', '+', '-' or '@' for a formula. In CSV such a text gets an apostrophe before it, unless it is
nothing but a number; in workbooks cells are written as texts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.domain.errors import ExplainedError

MARTS = """
    select table_name
    from information_schema.tables
    where table_schema = 'marts' and table_type = 'BASE TABLE'
    order by table_name
"""
LOOKS_LIKE_A_FORMULA = r"^\s*[=+\-@\t\r]"
IS_A_NUMBER = r"^[+-]?[0-9][0-9,]*(\.[0-9]+)?%?$"
ROWS_AT_A_TIME = 10_000
# One row of a sheet is for the names of the columns.
ROWS_OF_A_SHEET = 1_048_575
# Excel keeps fifteen digits of a number; longer ones would be changed.
DIGITS_OF_EXCEL = 15
MONEY = "#,##0.00####"


class ExportFormat(StrEnum):
    """Formats that can be written."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"


class ExportError(ExplainedError):
    """The marts cannot be written as asked."""


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One file that was written."""

    name: str
    path: Path
    row_count: int


def export_marts(
    connection: duckdb.DuckDBPyConnection, folder: Path, layout: ExportFormat
) -> Iterator[ExportedTable]:
    """Write every mart into a folder, a file each, and yield them as they are written.

    A file appears under its name only when it is whole.

    Args:
        connection: A warehouse with marts.
        folder: Where to; created where missing.
        layout: The format.

    Raises:
        ExportError: A mart has more rows than a sheet can hold, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot create the folder {folder}: {error.strerror}"
        raise ExportError(message) from error
    for (name,) in connection.execute(MARTS).fetchall():
        target = folder / f"{name}.{layout}"
        unfinished = folder / f".{name}.part"
        try:
            row_count = WRITERS[layout](connection, name, unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        yield ExportedTable(name, target, row_count)


def _write_parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    return _copy(connection, f"from marts.{name}", path, "format parquet")


def _write_csv(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    query = _flat_query(connection, name, text=_disarmed)
    return _copy(connection, query, path, "format csv, header")


def _flat_query(
    connection: duckdb.DuckDBPyConnection, name: str, *, text: Callable[[str], str]
) -> str:
    """All of a mart for files without nested values: those are written as JSON."""
    described = connection.execute(f"describe marts.{name}").fetchall()
    selected = []
    for column, kind, *_ in described:
        if kind == "VARCHAR":
            selected.append(text(column))
        elif kind.endswith("[]") or kind.startswith(("STRUCT", "MAP")):
            selected.append(f'cast(to_json("{column}") as varchar) as "{column}"')
        else:
            selected.append(f'"{column}"')
    return f"select {', '.join(selected)} from marts.{name}"  # noqa: S608


def _disarmed(column: str) -> str:
    """The text of a column, as one that no spreadsheet takes for a formula."""
    return f"""
        case
            when
                regexp_matches("{column}", '{LOOKS_LIKE_A_FORMULA}')
                and not regexp_matches("{column}", '{IS_A_NUMBER}')
                then '''' || "{column}"
            else "{column}"
        end as "{column}"
    """


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> int:
    quoted = str(path).replace("'", "''")
    found = connection.execute(f"copy ({query}) to '{quoted}' ({options})").fetchone()
    return int(found[0]) if found else 0


def _write_workbook(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    found = connection.execute(_flat_query(connection, name, text='"{}"'.format))
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet, money = workbook.add_worksheet(name[:31]), workbook.add_format({"num_format": MONEY})
        sheet.write_row(0, 0, [column[0] for column in found.description or ()])
        sheet.freeze_panes(1, 0)
        row_count = 0
        while rows := found.fetchmany(ROWS_AT_A_TIME):
            if row_count + len(rows) > ROWS_OF_A_SHEET:
                message = f"marts.{name} has more rows than a sheet can hold: use csv or parquet"
                raise ExportError(message)
            for row in rows:
                row_count += 1
                _write_row(sheet, row_count, row, money)
    return row_count


def _write_row(sheet: Worksheet, number: int, row: tuple[object, ...], money: Format) -> None:
    for column, value in enumerate(row):
        if isinstance(value, Decimal):
            _write_amount(sheet, number, column, value, money)
        elif value is not None:
            sheet.write(number, column, value if _is_cell(value) else str(value))


def _write_amount(
    sheet: Worksheet, number: int, column: int, amount: Decimal, money: Format
) -> None:
    """Write an amount as a number where a spreadsheet can hold it, else as the text it is."""
    digits = len(amount.normalize().as_tuple().digits)
    if digits <= DIGITS_OF_EXCEL:
        sheet.write_number(number, column, amount, money)
    else:
        sheet.write_string(number, column, format(amount.normalize(), "f"))


def _is_cell(value: object) -> bool:
    return isinstance(value, str | int | float | bool) or hasattr(value, "isoformat")


WRITERS: dict[ExportFormat, Callable[[duckdb.DuckDBPyConnection, str, Path], int]] = {
    ExportFormat.PARQUET: _write_parquet,
    ExportFormat.CSV: _write_csv,
    ExportFormat.XLSX: _write_workbook,
}
