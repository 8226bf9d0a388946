"""What a workbook is made of before it becomes a file: sheets, cells, formats, and what is hidden.

Knows positions, values and how they are shown. Does not know forms, departments or file formats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tests.forge.grid import Align

GENERAL = "General"


class Visibility(StrEnum):
    """Whether a person who opens the workbook sees a sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "hidden, and not offered to be shown"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is shown.

    Attributes:
        indent: How far the text stands in, in steps of the program.
        is_marked_text: Whether the cell holds the apostrophe that makes a number a text.
        is_white: Whether it is written in white on white.
        is_across: Whether the text stands in the middle of several cells that are not merged.
    """

    align: Align = Align.CENTRE
    size: int = 10
    is_bold: bool = False
    is_ruled: bool = False
    wraps: bool = False
    indent: int = 0
    number_format: str = GENERAL
    is_marked_text: bool = False
    is_white: bool = False
    is_across: bool = False


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell, possibly merged over several positions.

    Attributes:
        text: What the cell shows.
        number: What it holds where that is a number; it is shown by the look's number format.
        formula: What calculates the number or text, '' where it was typed.
        has_rich_text: Whether the first character has a font of its own.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    look: Look = Look()
    number: Decimal | None = None
    formula: str = ""
    has_rich_text: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        cells: Every cell once, by row and column.
        widths: Widths of columns in characters, where they are not the usual one.
        heights: Heights of rows in points, likewise.
        hides_zeros: Whether the sheet shows nothing where a cell holds a zero.
    """

    name: str
    cells: tuple[SheetCell, ...]
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    visibility: Visibility = Visibility.VISIBLE
    hides_zeros: bool = False
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in their order."""

    sheets: tuple[Sheet, ...]
