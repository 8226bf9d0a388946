"""Tables as files: CSV, Excel workbooks and Parquet.

Knows formats, and what spreadsheets do to texts. Does not know what a table holds.

Amounts are in yuan, beside them the key of the figure or statement that they come from.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TypeAlias
from urllib.parse import quote

import xlsxwriter
from starlette.responses import Response

from pipelines.exploring.answers.traced import Traced
from pipelines.exploring.exporting import IS_A_NUMBER, LOOKS_LIKE_A_FORMULA, MONEY
from pipelines.serving.sheets import Cell, Kind, Link, Sheet, Worked

Value: TypeAlias = str | int | Decimal | date | None

# With this before it spreadsheets take a CSV file for UTF-8.
BYTE_ORDER_MARK = "\ufeff"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
WIDEST = 48


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file."""

    name: str
    heading: str
    kind: Kind


def as_file(sheets: Sequence[Sheet], layout: str, file_name: str) -> Response:
    """An answer that browsers save: a workbook holds all tables, other files the first.

    Args:
        sheets: The tables.
        layout: ``csv``, ``xlsx`` or ``parquet``.
        file_name: What to save it as, without its ending.
    """
    content = WRITERS[layout](sheets)
    named = quote(f"{file_name}.{layout}", safe="")
    return Response(
        content,
        media_type=MEDIA_TYPES[layout],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{named}"},
    )


def fields_of(sheet: Sheet) -> list[Field]:
    """The columns of the file: beside a printed number stands where it is printed."""
    fields: list[Field] = []
    for number, column in enumerate(sheet.columns):
        fields.append(Field(column.name, column.heading, column.kind))
        if any(isinstance(row.cells[number], Traced) for row in sheet.rows):
            fields += [
                Field(f"{column.name}_{key}", f"{column.heading} {key}", Kind.TEXT)
                for key in ("figure_id", "claim_id")
            ]
    return fields


def values_of(sheet: Sheet) -> Iterator[list[Value]]:
    """The rows of the file."""
    is_traced = [
        any(isinstance(row.cells[number], Traced) for row in sheet.rows)
        for number in range(len(sheet.columns))
    ]
    for row in sheet.rows:
        values: list[Value] = []
        for cell, with_place in zip(row.cells, is_traced, strict=True):
            values.append(_value(cell))
            if with_place:
                place = cell if isinstance(cell, Traced) else Traced(None)
                values += [place.figure_id, place.claim_id]
        yield values


def disarmed(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    Examples:
        >>> disarmed("=cmd()"), disarmed("-12.5"), disarmed("教育局")
        ("'=cmd()", '-12.5', '教育局')
    """
    is_risky = re.match(LOOKS_LIKE_A_FORMULA, text) and not re.match(IS_A_NUMBER, text)
    return f"'{text}" if is_risky else text


def _value(cell: Cell) -> Value:
    if isinstance(cell, Traced | Worked):
        return cell.value
    return cell.text if isinstance(cell, Link) else cell


def _as_csv(sheets: Sequence[Sheet]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.heading for field in fields_of(sheets[0]))
    for values in values_of(sheets[0]):
        writer.writerow(_as_text(value) for value in values)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return disarmed(value) if isinstance(value, str) else str(value)


def _as_parquet(sheets: Sequence[Sheet]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {
        Kind.TEXT: pa.string(),
        Kind.YEAR: pa.int32(),
        Kind.DATE: pa.date32(),
        Kind.COUNT: pa.decimal128(24, 6),
        Kind.AMOUNT: pa.decimal128(24, 6),
        Kind.PERCENT: pa.decimal128(24, 6),
    }
    fields = fields_of(sheets[0])
    rows = list(values_of(sheets[0]))
    columns = [
        pa.array([_fitted(row[number]) for row in rows], kinds[field.kind])
        for number, field in enumerate(fields)
    ]
    content = BytesIO()
    parquet.write_table(pa.table(columns, names=[field.name for field in fields]), content)
    return content.getvalue()


def _fitted(value: Value) -> Value:
    """A number with no more decimals than a column has."""
    return value.quantize(Decimal("0.000001")) if isinstance(value, Decimal) else value


def _as_workbook(sheets: Sequence[Sheet]) -> bytes:
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        formats = {
            Kind.AMOUNT: workbook.add_format({"num_format": MONEY}),
            Kind.COUNT: workbook.add_format({"num_format": "#,##0.######"}),
            Kind.PERCENT: workbook.add_format({"num_format": "0.0"}),
        }
        for number, sheet in enumerate(sheets, start=1):
            page = workbook.add_worksheet(_sheet_name(number, sheet.title))
            fields, rows = fields_of(sheet), list(values_of(sheet))
            page.write_row(0, 0, [field.heading for field in fields], head)
            page.freeze_panes(1, 1)
            page.autofilter(0, 0, len(rows), len(fields) - 1)
            for column, field in enumerate(fields):
                page.set_column(column, column, _width(field, [row[column] for row in rows]))
            for line, values in enumerate(rows, start=1):
                for column, (field, value) in enumerate(zip(fields, values, strict=True)):
                    if value is not None:
                        page.write(line, column, value, formats.get(field.kind))
    return content.getvalue()


def _sheet_name(number: int, title: str) -> str:
    allowed = FORBIDDEN_IN_SHEET_NAMES.sub(" ", title)
    return f"{number} {allowed}"[:LONGEST_SHEET_NAME]


def _width(field: Field, values: Sequence[Value]) -> int:
    """Characters that a column needs; Chinese ones are as wide as two."""
    longest = max((_wide(_as_text(value)) for value in values), default=0)
    return min(max(longest, _wide(field.heading)) + 3, WIDEST)


def _wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


WRITERS: dict[str, Callable[[Sequence[Sheet]], bytes]] = {
    "csv": _as_csv,
    "xlsx": _as_workbook,
    "parquet": _as_parquet,
}
