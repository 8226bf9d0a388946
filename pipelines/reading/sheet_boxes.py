"""The texts that somebody sees on a sheet, and the rows and columns that each of them takes.

Knows what is merged, ruled and hidden. Does not know which texts make up a table.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.intervals import join_intervals
from pipelines.reading.sheets import Area, Sheet, SheetCell, area_path, cell_path

# Merged areas lie side by side; only a made-up file has so many of them on its rows.
_MAX_MERGED_ROWS = 5_000_000
_NUMBER = re.compile(r"[-+−–—(（¥￥]*[\d,，.]*\d[\d,，.]*[)）%％]?")
_HIDDEN_MAX = 1000


@dataclass(frozen=True, slots=True)
class Box:
    """A printed text and the rows and columns that it covers, hidden ones not counted.

    Attributes:
        cell: The cell that holds the text.
        row: The first of its rows that is shown, as the file counts.
        column: The first of its columns that is shown, likewise.
        last_column: The last one.
    """

    cell: SheetCell
    row: int
    column: int
    last_column: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def text(self) -> str:
        """The printed text."""
        return self.cell.text

    @property
    def is_number(self) -> bool:
        """Whether it prints a number, or stands for one that cannot be read."""
        return self.cell.is_unreadable or _NUMBER.fullmatch(self.text.strip()) is not None


Line: TypeAlias = tuple[Box, ...]
"""The boxes that begin in one row, from the left."""


class ShownSheet:
    """What of a sheet is shown.

    Args:
        sheet: The sheet; nothing is shown of one whose tab is hidden.

    Attributes:
        sheet: The sheet.
        boxes: The texts that are shown.
        hidden_texts: Those that are not: a paragraph for each run of hidden rows or columns.

    Raises:
        UnreadableFileError: It merges more cells than any disclosure does.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._merges = _Merges(sheet)
        self.boxes: list[Box] = []
        hidden: list[SheetCell] = []
        for cell in sheet.cells:
            is_hidden = sheet.is_hidden or cell.is_unseen
            box = None if is_hidden else _box(sheet, self._merges, cell)
            if box is None:
                hidden.append(cell)
            elif cell.text.strip():
                self.boxes.append(box)
        self.hidden_texts = tuple(_hidden_texts(sheet, hidden))

    def place(self, box: Box) -> Place:
        """Where a text is printed."""
        return Place(path=cell_path(self.sheet.name, box.cell.row, box.cell.column))

    def is_ruled(self, box: Box) -> bool:
        """Whether the cell of a text has a ruling at a side."""
        runs = self.sheet.ruled.get(box.row)
        return runs is not None and runs.touches(box.column, box.last_column)

    def ruled_cells(self, row: int, left: int, right: int) -> Iterator[tuple[int, int]]:
        """Yield the cells of a row, merged ones as one, that have rulings at their sides.

        Args:
            row: The row, as the file counts.
            left: The first of the columns that count, likewise.
            right: The last of them.
        """
        runs = self.sheet.ruled.get(row)
        for first, last in runs.pairs if runs else ():
            for column in range(max(first, left), min(last, right) + 1):
                if column not in self.sheet.hidden_columns:
                    area = self._merges.over(row, column)
                    yield (area.top, area.left) if area else (row, column)

    def reaches(self, line: Line) -> list[tuple[int, int]]:
        """The columns in which something of a row is printed or ruled, as runs of shown ones."""
        runs = self.sheet.ruled.get(line[0].row)
        hidden = self.sheet.hidden_columns
        ruled = (
            (first - hidden.count_below(first), last - hidden.count_below(last))
            for first, last in (runs.pairs if runs else ())
        )
        return [*((box.left, box.right) for box in line), *ruled]


def rows_of(boxes: Iterable[Box]) -> list[Line]:
    """Group boxes by the rows in which they begin."""
    ordered = sorted(boxes, key=attrgetter("top", "left"))
    return [tuple(row) for _, row in groupby(ordered, key=attrgetter("top"))]


def first_rows(rows: Sequence[Line]) -> list[int]:
    """The numbers of the rows that stand below a blank row, the first row among them."""
    firsts: list[int] = []
    bottom = -1
    for number, row in enumerate(rows):
        if not number or row[0].top > bottom + 1:
            firsts.append(number)
        bottom = max(bottom, *(box.bottom for box in row))
    return firsts


def joined_runs(reaches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of columns as few as possible, those that touch as one."""
    return join_intervals(reaches, gutter=1)


class _Merges:
    """The merged areas of a sheet, by the rows in which it holds texts.

    Of areas that overlap the first one counts.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._by_row: dict[int, list[tuple[int, int, Area]]] = {}
        rows = sorted({cell.row for cell in sheet.cells})
        count = 0
        for area in sheet.merged:
            covered = rows[bisect_right(rows, area.top - 1) : bisect_right(rows, area.bottom)]
            count += len(covered)
            if count > _MAX_MERGED_ROWS:
                raise UnreadableFileError(
                    UnreadableReason.DAMAGED,
                    f"the sheet {sheet.name} merges more cells than any disclosure does",
                )
            if not any(self._overlaps(row, area) for row in covered):
                for row in covered:
                    insort(self._by_row.setdefault(row, []), (area.left, area.right, area))

    def _overlaps(self, row: int, area: Area) -> bool:
        areas = self._by_row.get(row, [])
        place = bisect_right(areas, area.right, key=lambda other: other[0])
        return place > 0 and areas[place - 1][1] >= area.left

    def over(self, row: int, column: int) -> Area | None:
        """The merged area that a cell of a row with texts is in, None where it is in none."""
        areas = self._by_row.get(row, [])
        place = bisect_right(areas, column, key=lambda other: other[0])
        if place and areas[place - 1][1] >= column:
            return areas[place - 1][2]
        return None


def _box(sheet: Sheet, merges: _Merges, cell: SheetCell) -> Box | None:
    """What a cell covers of what is shown; None where it is hidden itself, or under another."""
    area = merges.over(cell.row, cell.column) or Area(cell.row, cell.column, cell.row, cell.column)
    if (area.top, area.left) != (cell.row, cell.column):
        return None
    rows, columns = sheet.hidden_rows, sheet.hidden_columns
    above, before = rows.count_below(area.top), columns.count_below(area.left)
    height = area.bottom + 1 - rows.count_below(area.bottom + 1) - (area.top - above)
    shown = [number for number in range(area.left, area.right + 1) if number not in columns]
    if not height or not shown:
        return None
    row = next(number for number in range(area.top, area.bottom + 1) if number not in rows)
    top, left = area.top - above, area.left - before
    return Box(cell, row, shown[0], shown[-1], top, left, top + height - 1, left + len(shown) - 1)


def _hidden_texts(sheet: Sheet, cells: Iterable[SheetCell]) -> Iterator[Paragraph]:
    """Yield what is not shown: all of a hidden sheet, of hidden rows or columns, of single rows."""

    def hidden_with(cell: SheetCell) -> tuple[str, int]:
        if sheet.is_hidden:
            return "sheet", 0
        if cell.row in sheet.hidden_rows:
            return "rows", sheet.hidden_rows.run_of(cell.row)
        if cell.column in sheet.hidden_columns:
            return "columns", sheet.hidden_columns.run_of(cell.column)
        return "row", cell.row

    printed = [cell for cell in cells if cell.text.strip()]
    for _, group in groupby(sorted(printed, key=hidden_with), key=hidden_with):
        together = list(group)
        text = " ".join(cell.text.strip() for cell in together)
        rows = [cell.row for cell in together]
        columns = [cell.column for cell in together]
        area = Area(min(rows), min(columns), max(rows), max(columns))
        shown = text if len(text) <= _HIDDEN_MAX else f"{text[:_HIDDEN_MAX]}…"
        yield Paragraph(shown, Place(path=area_path(sheet.name, area)))
