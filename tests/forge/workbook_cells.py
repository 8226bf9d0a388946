"""What cells of a table hold in a workbook: numbers, texts or formulas that show the same.

Knows one table and where its lines lie on a sheet. Does not know captions, other sheets or files.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from tests.forge.grid import NOTHING, Align, Grid, GridCell
from tests.forge.workbook import GENERAL, Look, SheetCell
from tests.forge.workbook_habits import (
    DASHED_ZERO,
    AmountCells,
    BlankCells,
    ColumnHiding,
    Digits,
    Mask,
    WorkbookHabits,
    digits_of,
    fitting_mask,
    number_format,
    plain_format,
    showing_nothing,
)

BASE_SHEET = "基础数据"
BASE_FACTOR = 10_000
"""What formulas divide the numbers of the base sheet by."""
ROWS_A_SHEET = 1_000
"""No sheet of forms has as many rows."""
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
WHOLE_NUMBER = re.compile(r"\d{1,7}")
DASH = "-"
INDENT = "  "
Places: TypeAlias = frozenset[tuple[int, int]]
HELPER_NAMES = ("上年决算数", "核对数", "差额", "备查")


@dataclass(frozen=True, slots=True)
class Axis:
    """Where rows or columns of a table lie on a sheet.

    Attributes:
        start: The first one's place.
        added: Rows or columns of the table before which another one is put.
    """

    start: int = 0
    added: tuple[int, ...] = ()

    def at(self, index: int) -> int:
        """The place of one."""
        return self.start + index + sum(before <= index for before in self.added)

    def span(self, index: int, span: int) -> int:
        """How many places some of them take, those put between them counted."""
        return self.at(index + span - 1) - self.at(index) + 1

    def places_added(self) -> tuple[int, ...]:
        """The places of those that were put between."""
        return tuple(
            self.start + before + number for number, before in enumerate(sorted(self.added))
        )


@dataclass(frozen=True, slots=True)
class Numerals:
    """What the amounts of one table have in common."""

    decimals: frozenset[int]
    separates_thousands: bool

    @property
    def are_trimmed(self) -> bool:
        """Whether zeros at their ends are not shown."""
        return len(self.decimals) > 1

    def of(self, text: str) -> Digits:
        """The digits of one amount."""
        if not NUMBER.fullmatch(text) and self.decimals:
            return Digits(max(self.decimals), self.separates_thousands)
        return digits_of(text, separates_thousands=self.separates_thousands)


def numerals_of(grid: Grid) -> Numerals:
    """What a table's amounts have in common."""
    texts = [cell.text for cell in grid.cells if is_amount(cell, grid) and is_number(cell.text)]
    return Numerals(
        frozenset(digits_of(text, separates_thousands=False).decimals for text in texts),
        separates_thousands=any("," in text for text in texts),
    )


def is_number(text: str) -> bool:
    """Whether a text is a number as the forge writes them."""
    return NUMBER.fullmatch(text) is not None


def is_amount(cell: GridCell, grid: Grid) -> bool:
    """Whether a cell is one of those for amounts, blank ones included."""
    is_body = cell.row >= grid.header_rows
    return is_body and cell.align is Align.RIGHT and (is_number(cell.text) or cell.text in NOTHING)


def value_of(text: str) -> Decimal:
    """The number a text says.

    Examples:
        >>> value_of("-1,234.50")
        Decimal('-1234.50')
    """
    return Decimal(text.replace(",", ""))


@dataclass(slots=True)
class TableWriter:
    """Writes one table's cells.

    Attributes:
        may_hide_zeros: Whether the sheet shows no zeros, so that one may stand for nothing.
        base_row: Row of the base sheet that the sheet's first row refers to.
    """

    grid: Grid
    habits: WorkbookHabits
    rng: random.Random
    rows: Axis
    columns: Axis
    may_hide_zeros: bool
    base_row: int

    def cells(self) -> Iterator[SheetCell]:
        """Every cell of the table."""
        numerals = numerals_of(self.grid)
        for cell in self.grid.cells:
            placed = self._placed(cell)
            if is_amount(cell, self.grid):
                yield self._amount(placed, numerals)
            elif WHOLE_NUMBER.fullmatch(cell.text):
                yield self._whole_number(placed)
            else:
                yield self._text(placed)

    def _placed(self, cell: GridCell) -> SheetCell:
        return SheetCell(
            cell.text,
            self.rows.at(cell.row),
            self.columns.at(cell.column),
            self.rows.span(cell.row, cell.row_span),
            self.columns.span(cell.column, cell.column_span),
            Look(
                cell.align,
                is_bold=cell.row < self.grid.header_rows,
                is_ruled=self.grid.is_ruled,
                wraps="\n" in cell.text or cell.row < self.grid.header_rows,
                is_across=is_across(cell.row_span, cell.column_span, self.habits),
            ),
        )

    def _text(self, cell: SheetCell) -> SheetCell:
        """A text, indented by its format or by the spaces it begins with."""
        bare = cell.text.lstrip()
        stands_in = cell.text.startswith(INDENT) and bare
        if not (self.habits.indents_by_format and stands_in):
            return cell
        indent = (len(cell.text) - len(bare)) // len(INDENT)
        return replace(cell, text=bare, look=replace(cell.look, indent=indent))

    def _whole_number(self, cell: SheetCell) -> SheetCell:
        """A code, a line's or a column's number."""
        if not self.habits.has_numeric_codes:
            is_marked = self.rng.random() < 1 / 2
            return replace(cell, look=replace(cell.look, is_marked_text=is_marked))
        begins_with_zero = cell.text.startswith("0") and len(cell.text) > 1
        shown_as = "0" * len(cell.text) if begins_with_zero else GENERAL
        return _as_number(cell, value_of(cell.text), shown_as)

    def _amount(self, cell: SheetCell, numerals: Numerals) -> SheetCell:
        digits = numerals.of(cell.text)
        if cell.text == DASH:
            return self._dash(cell, digits)
        if not cell.text:
            return self._blank(cell, digits)
        if self._is_typed_as_text():
            return replace(cell, look=replace(cell.look, is_marked_text=True))
        value = value_of(cell.text)
        mask = fitting_mask(self.habits.mask, value)
        shown_as = number_format(digits, mask)
        if numerals.are_trimmed:
            shown_as = plain_format(cell.text, digits)
        if shown_as != GENERAL and self.habits.keeps_digits:
            value += self._further_digits(value, digits)
        number = _as_number(cell, value, shown_as)
        return self._calculated(number) if self._is_calculated() else number

    def _is_typed_as_text(self) -> bool:
        if self.habits.amounts is AmountCells.TEXTS:
            return True
        return self.habits.amounts is AmountCells.MIXED and self.rng.random() < 1 / 3

    def _is_calculated(self) -> bool:
        has_formulas = self.habits.amounts in {AmountCells.FORMULAS, AmountCells.MIXED}
        return has_formulas and self.rng.random() < 1 / 2

    def _further_digits(self, value: Decimal, digits: Digits) -> Decimal:
        """Less than half of the last digit shown, and no sign that a zero does not show."""
        low = 0 if value == 0 else -49
        return Decimal(self.rng.randint(low, 49)).scaleb(-digits.decimals - 2)

    def _calculated(self, cell: SheetCell) -> SheetCell:
        place = place_name(self.base_row + cell.row, cell.column)
        return replace(cell, formula=f"{BASE_SHEET}!{place}/{BASE_FACTOR}")

    def _dash(self, cell: SheetCell, digits: Digits) -> SheetCell:
        if self.habits.amounts is AmountCells.TEXTS:
            return cell
        shown_as = (
            number_format(digits, Mask.ACCOUNTING)
            if self.habits.mask is Mask.ACCOUNTING
            else DASHED_ZERO.replace("n", digits.code)
        )
        return _as_number(cell, Decimal(0), shown_as)

    def _blank(self, cell: SheetCell, digits: Digits) -> SheetCell:
        blanks = self.habits.blanks
        is_hidden = blanks is not BlankCells.ZERO_SHEET or self.may_hide_zeros
        has_zero = self.habits.amounts is not AmountCells.TEXTS and is_hidden
        if blanks is BlankCells.EMPTY or not has_zero:
            return cell
        return _as_number(cell, Decimal(0), showing_nothing(digits, blanks))

    def helper_column(self, place: int, taken: Places) -> Iterator[SheetCell]:
        """Numbers in a further column, beside every row whose cells leave it free."""
        top = self.rows.at(self.grid.header_rows - 1)
        body = range(self.grid.header_rows, self.grid.row_count)
        name = SheetCell(self.rng.choice(HELPER_NAMES), top, place)
        for cell in (name, *(self._helper(self.rows.at(row), place) for row in body)):
            if (cell.row, place) not in taken:
                yield self._unseen(cell)

    def _unseen(self, cell: SheetCell) -> SheetCell:
        """A cell of a helper column, as it is hidden from people."""
        hiding = self.habits.column_hiding
        if hiding is ColumnHiding.WHITE:
            return replace(cell, look=replace(cell.look, is_white=True))
        if hiding is ColumnHiding.FORMAT:
            return replace(cell, look=replace(cell.look, number_format=hiding.value))
        return cell

    def helper_row(self, place: int, below: int, taken: Places) -> Iterator[SheetCell]:
        """A further row like the one above it, with other numbers."""
        for cell in self.grid.cells:
            column = self.columns.at(cell.column)
            if cell.row != below or (place, column) in taken:
                continue
            if is_amount(cell, self.grid) and cell.text:
                yield self._helper(place, column)
            elif cell.text and not is_number(cell.text):
                span = self.columns.span(cell.column, cell.column_span)
                yield SheetCell(f"其中：{cell.text.strip()}", place, column, 1, span)

    def _helper(self, row: int, column: int) -> SheetCell:
        value = Decimal(self.rng.randint(1, 9_999_999)).scaleb(-2)
        look = Look(Align.RIGHT, number_format="0.00")
        return SheetCell(f"{value:.2f}", row, column, look=look, number=value)


def _as_number(cell: SheetCell, value: Decimal, shown_as: str) -> SheetCell:
    return replace(cell, number=value, look=replace(cell.look, number_format=shown_as))


def taken_by(cells: Iterable[SheetCell]) -> Places:
    """Every place that cells take."""
    return frozenset(
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


def is_across(row_span: int, column_span: int, habits: WorkbookHabits) -> bool:
    """Whether a text over several columns stands in the middle of cells that are not merged."""
    return habits.centres_across and row_span == 1 and column_span > 1


def base_row(number: int) -> int:
    """The row of the base sheet at which the amounts of one sheet of forms begin."""
    return (number - 1) * ROWS_A_SHEET


def place_name(row: int, column: int) -> str:
    """What spreadsheets call a place.

    Examples:
        >>> place_name(4, 27)
        'AB5'
    """
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
