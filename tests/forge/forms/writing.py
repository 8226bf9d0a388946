"""What every form needs to write its cells.

Knows how a house style marks amounts. Does not know any one form's layout.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.domain.amount import PrintedUnit
from tests.forge.grid import Align, GridBuilder, GridCell, PrintedFigure
from tests.forge.ledger import Fen
from tests.forge.numerals import write_amount
from tests.forge.styles import CodeLayout, FusedCodes, HouseStyle, SplitCodes, ZeroMark

CLASS_DIGITS = 3
LEVEL_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """What identifies a row of a form to a reader."""

    label: str
    code: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """How the codes of a form are printed.

    Attributes:
        levels: How many levels a full code has.
        loses_zeros: Whether levels below the first lose their zeros.
        split: What the cells hold where there are several.
        fused: Whether the name stands in the code's cell, which then reaches over both columns.
    """

    layout: CodeLayout
    levels: int
    loses_zeros: bool = False
    fused: FusedCodes = FusedCodes.NEVER
    split: SplitCodes = SplitCodes.LEVELS

    @property
    def columns(self) -> int:
        """How many columns a code takes."""
        return code_columns(self.layout, self.levels)


def printed_code(layout: CodeLayout, levels: int, style: HouseStyle) -> PrintedCode:
    """How a house prints codes of some levels; those in several cells are never fused."""
    fused = style.fused_codes if layout is CodeLayout.ONE_CELL else FusedCodes.NEVER
    return PrintedCode(layout, levels, style.loses_code_zeros, fused, style.split_codes)


@dataclass(slots=True)
class FormWriter:
    """Writes amounts of one form into a grid and records them.

    Attributes:
        zero: What stands for nothing on this form.
    """

    form: StrEnum
    style: HouseStyle
    zero: ZeroMark
    grid: GridBuilder

    @property
    def unit(self) -> PrintedUnit:
        """The unit this form is printed in."""
        return self.style.unit_of(self.form)

    def write_amount(self, row: int, column: int, of: Row, measure: str, amount: Fen) -> None:
        """Write one amount, and record it unless it stays blank."""
        text = write_amount(amount, self.style.numbers_of(self.form), self.unit, self.zero)
        label = "".join(of.label.split())
        figure = PrintedFigure(self.form.value, of.section, of.code, label, measure, text)
        self.grid.put_figure(row, column, figure)


def code_cells(code: str, layout: CodeLayout, levels: int) -> tuple[str, ...]:
    """The texts of the cells a code is printed in.

    Examples:
        >>> code_cells("2080505", CodeLayout.SPLIT, 3)
        ('208', '05', '05')
        >>> code_cells("208", CodeLayout.SPLIT, 3)
        ('208', '', '')
        >>> code_cells("20805", CodeLayout.ONE_CELL, 3)
        ('20805',)
    """
    if layout is CodeLayout.ONE_CELL:
        return (code,)
    starts = range(CLASS_DIGITS, CLASS_DIGITS + LEVEL_DIGITS * (levels - 1), LEVEL_DIGITS)
    return (code[:CLASS_DIGITS], *(code[start : start + LEVEL_DIGITS] for start in starts))


def put_code(builder: GridBuilder, row: int, column: int, of: Row, printed: PrintedCode) -> None:
    """Place the cells of a code and of the name behind it.

    Args:
        builder: Where they go.
        row: The row.
        column: The first column of the code.
        of: Code and name; the name may be indented.
        printed: How codes are printed.
    """
    if printed.fused is not FusedCodes.NEVER:
        text = f"{of.code}{printed.fused.value}{of.label.strip()}"
        builder.put(GridCell(text, row, column, 1, printed.columns + 1, Align.LEFT))
        return
    cells = code_cells(of.code, printed.layout, printed.levels)
    if len(cells) > 1 and printed.split is SplitCodes.WHOLE:
        cells = tuple(
            "".join(cells[: level + 1]) if part else "" for level, part in enumerate(cells)
        )
    elif len(cells) > 1 and printed.split is SplitCodes.OUTLINE:
        own = max((level for level, part in enumerate(cells) if part), default=0)
        cells = tuple(part if level == own else "" for level, part in enumerate(cells))
    elif printed.loses_zeros:
        cells = (cells[0], *(part.lstrip("0") for part in cells[1:]))
    builder.put_texts(row, cells, Align.LEFT, first=column)
    builder.put(GridCell(of.label, row, column + printed.columns, align=Align.LEFT))


def code_columns(layout: CodeLayout, levels: int) -> int:
    """How many columns a code takes."""
    return 1 if layout is CodeLayout.ONE_CELL else levels


def header(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> GridCell:
    """A header cell."""
    return GridCell(text, row, column, rows, columns, Align.CENTRE)
