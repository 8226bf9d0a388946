"""Tables of a page as files: CSV, Excel workbooks and Parquet.

Knows formats. Does not know what a table holds, nor what spreadsheets do to texts.

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
from pipelines.exploring.csv_text import BYTE_ORDER_MARK, disarmed
from pipelines.exploring.exporting.cells import (
    FRACTIONAL,
    NUMBER_FORMATS,
    Style,
    width_for,
    write_cell,
)
from pipelines.exploring.exporting.parquet_rows import parquet_of
from pipelines.exploring.exporting.workbook import HEADER
from pipelines.serving.sheets import Cell, Kind, Link, Sheet, Worked

Value: TypeAlias = str | int | Decimal | date | None

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
COLUMN_TYPES = {
    Kind.TEXT: "varchar",
    Kind.YEAR: "integer",
    Kind.DATE: "date",
    Kind.COUNT: "decimal(24, 6)",
    Kind.AMOUNT: "decimal(24, 6)",
    Kind.PERCENT: "decimal(24, 6)",
    Kind.SHARE: "decimal(24, 6)",
}
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
STYLES = {
    Kind.TEXT: Style.TEXT,
    Kind.YEAR: Style.ORDINAL,
    Kind.DATE: Style.DATE,
    Kind.COUNT: Style.NUMBER,
    Kind.AMOUNT: Style.MONEY,
    Kind.PERCENT: Style.PERCENT,
    Kind.SHARE: Style.PERCENT,
}


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
    columns = [(field.name, COLUMN_TYPES[field.kind]) for field in fields_of(sheets[0])]
    return parquet_of(columns, list(values_of(sheets[0])))


def _as_workbook(sheets: Sequence[Sheet]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        header = workbook.add_format(HEADER)
        fractional = workbook.add_format({"num_format": FRACTIONAL})
        shown = {
            kind: workbook.add_format({"num_format": NUMBER_FORMATS[style]})
            for kind, style in STYLES.items()
        }
        for number, sheet in enumerate(sheets, start=1):
            page = workbook.add_worksheet(_sheet_name(number, sheet.title))
            fields, rows = fields_of(sheet), list(values_of(sheet))
            for at, field in enumerate(fields):
                page.write_string(0, at, field.heading, header)
                page.set_column(at, at, width_for(field.heading, [row[at] for row in rows]))
            for line, values in enumerate(rows, start=1):
                for at, (field, value) in enumerate(zip(fields, values, strict=True)):
                    write_cell(page, line, at, value, shown[field.kind], fractional)
            page.freeze_panes(1, 1)
            page.autofilter(0, 0, len(rows), len(fields) - 1)
    return content.getvalue()


def _sheet_name(number: int, title: str) -> str:
    allowed = FORBIDDEN_IN_SHEET_NAMES.sub(" ", title)
    return f"{number} {allowed}"[:LONGEST_SHEET_NAME]


WRITERS: dict[str, Callable[[Sequence[Sheet]], bytes]] = {
    "csv": _as_csv,
    "xlsx": _as_workbook,
    "parquet": _as_parquet,
}
