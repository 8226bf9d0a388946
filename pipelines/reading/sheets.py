"""A sheet of a workbook as its file holds it, and how its cells are called.

Knows rows, columns, merged and hidden ones, rulings and printed texts, whichever format they come
from. Does not know which cells make up a table.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from pipelines.reading.number_formats import UnknownFormatError, print_number, print_text

# A formula needs no quotes around such a name, unless it could be a cell's: GK05, R1C1.
_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")
_REFERENCE_NAME = re.compile(r"([A-Za-z]{1,3}\d+|[RrCc]|[Rr]\d*[Cc]\d*)")
_LETTERS = 26
# More rows without text below each other are no spacer in a table: their rulings do not matter. A
# ruled row is known by its first cells.
SPACER_ROWS = 50
SPACER_CELLS = 16

Stored: TypeAlias = Decimal | str | bool | None
"""What a cell holds: a number, a text, a truth value, nothing."""


class Runs:
    """Whole numbers as runs of consecutive ones: a million hidden rows take no more than one.

    Args:
        numbers: The first and the last number of each run, both included.

    Examples:
        >>> hidden = Runs([(2, 3), (4, 4), (8, 9)])
        >>> 3 in hidden, 5 in hidden, list(hidden.pairs), hidden.count_below(9)
        (True, False, [(2, 4), (8, 9)], 4)
    """

    def __init__(self, numbers: Iterable[tuple[int, int]] = ()) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._counts = [0]
        for first, last in sorted(numbers):
            if self._lasts and first <= self._lasts[-1] + 1:
                self._counts[-1] += max(0, last - self._lasts[-1])
                self._lasts[-1] = max(self._lasts[-1], last)
            else:
                self._firsts.append(first)
                self._lasts.append(last)
                self._counts.append(self._counts[-1] + last - first + 1)

    def __contains__(self, number: int) -> bool:
        """Whether a number is in one of the runs."""
        place = bisect_right(self._firsts, number) - 1
        return place >= 0 and number <= self._lasts[place]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """The first and the last number of each run, in order."""
        return zip(self._firsts, self._lasts, strict=True)

    def run_of(self, number: int) -> int:
        """The first number of the run that a number is in."""
        return self._firsts[bisect_right(self._firsts, number) - 1]

    def count_below(self, number: int) -> int:
        """How many of the numbers are smaller than one."""
        place = bisect_left(self._firsts, number)
        over = max(0, self._lasts[place - 1] - number + 1) if place else 0
        return self._counts[place] - over

    def touches(self, first: int, last: int) -> bool:
        """Whether any number from the first to the last one, both included, is in a run."""
        return self.count_below(last + 1) > self.count_below(first)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its edges included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def areas_across(row: int, cells: Iterable[tuple[int, bool]]) -> list[Area]:
    """The areas that texts take which are centred across cells that are not merged.

    Args:
        row: The row.
        cells: Of its cells that are aligned so, from the left: the column and whether it is blank.

    Examples:
        >>> areas_across(4, [(0, False), (1, True), (2, False), (4, True)])
        [Area(top=4, left=0, bottom=4, right=1)]
    """
    areas: list[Area] = []
    for column, is_blank in cells:
        if not is_blank:
            areas.append(Area(row, column, row, column))
        elif areas and areas[-1].right == column - 1:
            areas[-1] = replace(areas[-1], right=column)
    return [area for area in areas if area.right > area.left]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with something in it.

    Attributes:
        row: From 0, as the file counts.
        column: From 0, likewise.
        text: What is printed; of an unreadable cell what the file holds in its place.
        is_unreadable: Whether it stands for a value that nobody can read off it: an error, or a
            formula whose value the file does not keep.
        is_unseen: Whether its text has the colour of what is behind it.
        formula: The formula, where its result is a zero: whether anybody has worked it out is then
            to be told from the others. Else ''.
    """

    row: int
    column: int
    text: str
    is_unreadable: bool = False
    is_unseen: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the file holds it.

    Attributes:
        name: As printed on its tab.
        is_hidden: Whether programs show no tab of it.
        cells: The cells with text, by rows and columns.
        merged: Cells merged into one; only the upper left one shows its text. Behind them a text
            and the blank cells across which it is centred.
        hidden_rows: Rows that are not shown.
        hidden_columns: Columns that are not shown.
        ruled: Of the rows with text, the columns of cells that have a ruling at a side.
        blank_ruled_rows: Rows without text in which cells have such rulings.
    """

    name: str
    is_hidden: bool
    cells: Sequence[SheetCell]
    merged: Sequence[Area]
    hidden_rows: Runs
    hidden_columns: Runs
    ruled: Mapping[int, Runs]
    blank_ruled_rows: Runs


def print_stored(
    stored: Stored, code: str, *, is_1904: bool, shows_zeros: bool = True
) -> tuple[str, bool]:
    """Print what a cell holds.

    Args:
        stored: What it holds.
        code: The number format of the cell.
        is_1904: Whether the workbook counts days from 1904.
        shows_zeros: Whether its sheet shows numbers that are zero.

    Returns:
        The printed text, and whether it could be told; else the text is what the cell holds.

    Examples:
        >>> print_stored(Decimal("1234.5"), "#,##0.00", is_1904=False)
        ('1,234.50', True)
        >>> print_stored(Decimal("0.5"), "# ?/?", is_1904=False)
        ('0.5 [# ?/?]', False)
    """
    if stored is None:
        return "", True
    if isinstance(stored, bool):
        return str(stored).upper(), True
    if stored == 0 and not shows_zeros:
        return "", True
    try:
        if isinstance(stored, str):
            return print_text(stored, code), True
        return print_number(stored, code, is_1904=is_1904), True
    except UnknownFormatError:
        # Brackets keep it from being taken for the number that is printed.
        return f"{stored} [{code}]", False


def cell_path(sheet: str, row: int, column: int) -> str:
    """Name a cell as a formula on another sheet does.

    Args:
        sheet: The sheet's name.
        row: From 0.
        column: From 0.

    Examples:
        >>> cell_path("Z01 收入支出决算总表", 6, 1)
        "'Z01 收入支出决算总表'!B7"
        >>> cell_path("收支总表", 0, 27)
        '收支总表!AB1'
        >>> cell_path("一'二", 0, 0), cell_path("GK05", 0, 0)
        ("'一''二'!A1", "'GK05'!A1")
    """
    return f"{_quoted(sheet)}!{_column_letters(column)}{row + 1}"


def area_path(sheet: str, area: Area) -> str:
    """Name a rectangle of cells as a formula does.

    Examples:
        >>> area_path("收支总表", Area(0, 0, 9, 3))
        '收支总表!A1:D10'
    """
    first = f"{_column_letters(area.left)}{area.top + 1}"
    last = f"{_column_letters(area.right)}{area.bottom + 1}"
    return f"{_quoted(sheet)}!{first}" + (f":{last}" if last != first else "")


@lru_cache(maxsize=256)
def _quoted(sheet: str) -> str:
    if _PLAIN_NAME.fullmatch(sheet) and not _REFERENCE_NAME.fullmatch(sheet):
        return sheet
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


@lru_cache(maxsize=1024)
def _column_letters(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters
