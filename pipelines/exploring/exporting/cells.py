"""What a spreadsheet's cells can hold, and how values get into them unchanged.

Knows Excel's limits and number formats, and which columns hold what by their types and the endings
of their names. Does not know any mart.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rich.cells import cell_len
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.exploring.exporting.tables import Column

# Of a sheet; one row is for the names of the columns.
MOST_ROWS = 1_048_576
# Excel keeps fifteen digits of a number; longer ones would be changed.
MOST_DIGITS = 15
MOST_CHARACTERS = 32_767
CUT = "…"
WIDEST = 48.0
NARROWEST = 6.0
# Numbers are wider than their digits by separators, a column by its margins and filter button.
MARGIN = 3


class Style(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    NUMBER = "number"
    ORDINAL = "ordinal"
    MEASUREMENT = "measurement"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"


NUMBER_FORMATS = {
    Style.TEXT: "@",
    # The decimals that are there, two at least.
    Style.MONEY: "#,##0.00####",
    # Stored as printed: 140.85 is 140.85 %.
    Style.PERCENT: '0.00####"%"',
    Style.RATIO: "0.00%",
    Style.NUMBER: "#,##0",
    # Years, pages and places in a row are no quantities.
    Style.ORDINAL: "0",
    Style.MEASUREMENT: "0.00",
    Style.DATE: "yyyy-mm-dd",
    Style.TIME: "yyyy-mm-dd hh:mm:ss",
    Style.YES_NO: "General",
}
# Numbers that have decimals in a column of whole ones.
FRACTIONAL = "#,##0.00####"
STYLES_OF_TYPES = {
    "BOOLEAN": Style.YES_NO,
    "DATE": Style.DATE,
    "TIMESTAMP": Style.TIME,
    "DOUBLE": Style.MEASUREMENT,
}
STYLES_OF_DECIMALS = {
    r"_yuan$": Style.MONEY,
    r"_percent$": Style.PERCENT,
    r"_(ratio|coverage)$": Style.RATIO,
}
IS_ORDINAL = re.compile(r"(^|_)(year|page|index|number|rank|scale)$")
IS_INTEGER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")


def style_of(column: Column) -> Style:
    """How a column is shown, by its type and its name."""
    if column.data_type.startswith("DECIMAL"):
        found = (style for end, style in STYLES_OF_DECIMALS.items() if re.search(end, column.name))
        return next(found, Style.NUMBER)
    if IS_INTEGER.fullmatch(column.data_type):
        return Style.ORDINAL if IS_ORDINAL.search(column.name) else Style.NUMBER
    return STYLES_OF_TYPES.get(column.data_type, Style.TEXT)


class Loss(StrEnum):
    """What a cell could not hold as it is."""

    LONG_NUMBER = "long_number"
    LONG_TEXT = "long_text"


def write_cell(
    sheet: Worksheet, row: int, column: int, value: object, shown: Format, fractional: Format
) -> Loss | None:
    """Write one value; nothing where it is None.

    A text is written as a text whatever it begins with, so none becomes a formula.

    Args:
        sheet: Where to.
        row: Its row, from 0.
        column: Its column, from 0.
        value: What DuckDB gave.
        shown: Format of the column.
        fractional: Format of numbers with decimals in a column of whole ones.

    Returns:
        What the cell could not hold, None where it holds all.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, shown)
        return None
    if isinstance(value, Decimal):
        return _write_number(sheet, row, column, value, shown, fractional)
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, shown)
        return None
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, shown)
        return None
    return _write_text(sheet, row, column, str(value), shown)


def _write_number(
    sheet: Worksheet, row: int, column: int, value: Decimal, shown: Format, fractional: Format
) -> Loss | None:
    if len(value.normalize().as_tuple().digits) > MOST_DIGITS:
        sheet.write_string(row, column, format(value.normalize(), "f"))
        return Loss.LONG_NUMBER
    is_whole = value == value.to_integral_value()
    has_room = shown.num_format != NUMBER_FORMATS[Style.NUMBER]
    sheet.write_number(row, column, value, shown if is_whole or has_room else fractional)
    return None


def _write_text(sheet: Worksheet, row: int, column: int, value: str, shown: Format) -> Loss | None:
    is_long = len(value) > MOST_CHARACTERS
    kept = value[: MOST_CHARACTERS - len(CUT)] + CUT if is_long else value
    sheet.write_string(row, column, kept, shown)
    return Loss.LONG_TEXT if is_long else None


def width_for(heading: str, values: list[object]) -> float:
    """How wide a column should be for these values, in characters; Chinese ones count double.

    Examples:
        >>> width_for("amount_yuan", [Decimal("1234567.50"), None])
        15.0
        >>> width_for("名称", ["上海市崇明区候鸟迁徙记录中心"])
        31.0
    """
    shown = max((_shown_width(value) for value in values), default=0)
    return min(max(float(shown + MARGIN), cell_len(heading) + MARGIN + 1.0, NARROWEST), WIDEST)


def _shown_width(value: object) -> int:
    if value is None:
        return 0
    if isinstance(value, Decimal):
        return len(f"{value:,.2f}")
    return max(map(cell_len, str(value).splitlines()), default=0)
