"""A sheet taken apart into the paragraphs and tables that somebody sees on it.

Knows where texts stand, what is merged, ruled and hidden. Knows nothing of forms: what is a title
and what a note is told by where it stands, and where that does not tell, it stays in the table.

A table is rows of several cells, ruled ones where the sheet has rulings. What stands alone in its
row above, below or between is a paragraph. Blank rows part tables where what follows begins with
words. Rows and columns without any text are left out of a table, but for the blank column between
sides of which each begins with a heading: whether they are forms or the sides of one, words tell.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import TypeAlias

from pipelines.domain.document import Cell, Paragraph, Table
from pipelines.domain.place import Place, TextPiece
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.sheets import Area, Sheet, SheetCell, area_path, cell_path

MAX_GRID_POSITIONS = 1_000_000
# Merged areas lie side by side; only a made-up file has so many of them on its rows.
_MAX_MERGED_ROWS = 5_000_000
# Names that programs give to sheets say nothing.
_GIVEN_NAME = re.compile(r"(sheet|工作表|表格?)[\s_]*\(?\d*\)?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+−–—(（¥￥]*[\d,，.]*\d[\d,，.]*[)）%％]?")
_AMOUNT = re.compile(r"\d[.,，]\d")
# A title or note is broken into at most so many lines; more of them are paragraphs.
_BROKEN_LINES = 3
# Above the grids of forms that stand side by side are no more rows of headings than these.
_HEADING_ROWS = 10
_TABLE_CELLS = 2
_UNRULED_ROWS = 3
_WIDE_ROW = 3
_SIDE_GAP = "    "
_HIDDEN_MAX = 1000


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet prints, and what it holds besides.

    Attributes:
        blocks: Paragraphs and tables in reading order.
        hidden_texts: Texts that nobody sees: a paragraph for each run of hidden rows or columns.
        unreadable: Cells that stand for a value which cannot be read, in tables and outside.
    """

    blocks: tuple[Paragraph | Table, ...]
    hidden_texts: tuple[Paragraph, ...]
    unreadable: tuple[Paragraph, ...]


def read_sheet(sheet: Sheet) -> SheetReading:
    """Take a sheet apart.

    Args:
        sheet: The sheet; all texts of one whose tab is hidden are hidden.

    Raises:
        UnreadableFileError: It prints more cells than any disclosure does.
    """
    merges = _Merges(sheet)
    boxes: list[_Box] = []
    hidden: list[SheetCell] = []
    for cell in sheet.cells:
        box = None if sheet.is_hidden or cell.is_unseen else _box(sheet, merges, cell)
        if box is None:
            hidden.append(cell)
        elif cell.text.strip():
            boxes.append(box)
    return SheetReading(
        blocks=tuple(_named(sheet, _blocks(sheet, merges, boxes))),
        hidden_texts=tuple(_hidden_texts(sheet, hidden)),
        unreadable=tuple(
            Paragraph(box.text, _place(sheet, box)) for box in boxes if box.cell.is_unreadable
        ),
    )


def _named(sheet: Sheet, blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Give the first table of a sheet what is printed on the sheet's tab."""
    name = "" if _GIVEN_NAME.fullmatch(sheet.name.strip()) else sheet.name.strip()
    for block in blocks:
        if isinstance(block, Table) and name:
            yield Table(block.cells, block.row_count, block.column_count, block.place, name)
            name = ""
        else:
            yield block


@dataclass(frozen=True, slots=True)
class _Box:
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


_Line: TypeAlias = tuple[_Box, ...]
"""The boxes that begin in one row, from the left."""


def _place(sheet: Sheet, box: _Box) -> Place:
    return Place(path=cell_path(sheet.name, box.cell.row, box.cell.column))


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
                raise _too_large(sheet)
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


def _too_large(sheet: Sheet) -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED,
        f"the sheet {sheet.name} has more than {MAX_GRID_POSITIONS:,} cells in a table; "
        "it is not a disclosure",
    )


def _box(sheet: Sheet, merges: _Merges, cell: SheetCell) -> _Box | None:
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
    return _Box(cell, row, shown[0], shown[-1], top, left, top + height - 1, left + len(shown) - 1)


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


def _blocks(sheet: Sheet, merges: _Merges, boxes: Sequence[_Box]) -> Iterator[Paragraph | Table]:
    for rows, is_whole in _parts(sheet, _rows(boxes)):
        yield from _Part(sheet, merges, rows, is_whole).blocks()


def _rows(boxes: Iterable[_Box]) -> list[_Line]:
    """The boxes that begin in each row, from the left."""
    ordered = sorted(boxes, key=attrgetter("top", "left"))
    return [tuple(row) for _, row in groupby(ordered, key=attrgetter("top"))]


def _bands(rows: Sequence[_Line]) -> list[int]:
    """The numbers of the rows that stand below a blank row, the first row among them."""
    firsts: list[int] = []
    bottom = -1
    for number, row in enumerate(rows):
        if not number or row[0].top > bottom + 1:
            firsts.append(number)
        bottom = max(bottom, *(box.bottom for box in row))
    return firsts


def _parts(sheet: Sheet, rows: Sequence[_Line]) -> Iterator[tuple[list[_Line], bool]]:
    """Yield rows that belong together, and whether they are one table whatever is in them.

    What stands side by side begins below a blank row, or below headings that stand over all of it.
    Structure does not tell forms, each under its title, from the two sides of one, each under a
    caption: they stay together as a table, and words will tell.
    """
    below_blank = frozenset(_bands(rows))
    plain: list[_Line] = []
    is_begin = False
    number = 0
    while number < len(rows):
        is_begin = is_begin or number in below_blank
        end = _end_of_sides(sheet, rows, number) if is_begin else number
        if end == number:
            plain.append(rows[number])
            is_begin = is_begin and len(rows[number]) == 1
            number += 1
            continue
        if plain:
            yield plain, False
        yield list(rows[number:end]), True
        plain, number = [], end
    if plain:
        yield plain, False


def _end_of_sides(sheet: Sheet, rows: Sequence[_Line], first: int) -> int:
    """Find the row below what stands side by side from a row on, as far as columns are blank.

    It is the same row where nothing does.
    """
    strips: list[tuple[int, int]] = []
    known: list[tuple[int, int]] = []
    end, widest = first, 0
    while end < len(rows) and (end < first + _HEADING_ROWS or widest >= 2 * _TABLE_CELLS):
        strips = _joined([*strips, *_reaches(sheet, rows[end])])
        if len(strips) < _TABLE_CELLS:
            break
        known, widest = strips, max(widest, len(rows[end]))
        end += 1
    begins = [left for left, _ in known]
    sides: list[list[_Box]] = [[] for _ in begins]
    for box in chain.from_iterable(rows[first:end]):
        sides[bisect_right(begins, box.left) - 1].append(box)
    headed = [side for side in sides if side and _has_heading(_rows(side))]
    if len(headed) < _TABLE_CELLS or abs(headed[0][0].top - headed[1][0].top) > 1:
        return first
    end = _without_text_below(sheet, rows, first, end)
    return _without_captions_below(rows, first, end) if end < len(rows) else end


def _without_text_below(sheet: Sheet, rows: Sequence[_Line], first: int, end: int) -> int:
    """Leave out what stands below the last row that is ruled, where any is."""
    ruled = [n for n in range(first, end) if any(_is_box_ruled(sheet, box) for box in rows[n])]
    return ruled[-1] + 1 if ruled else end


def _without_captions_below(rows: Sequence[_Line], first: int, end: int) -> int:
    """Leave out lines below the last blank row without numbers: what closes the gap is theirs."""
    for begin in reversed(_bands(rows[first:end])):
        if any(box.is_number for box in chain.from_iterable(rows[first + begin : end])):
            break
        end = first + begin
    return end


def _reaches(sheet: Sheet, row: Sequence[_Box]) -> list[tuple[int, int]]:
    """The columns in which something of a row is printed or ruled, as runs."""
    runs = sheet.ruled.get(row[0].row)
    hidden = sheet.hidden_columns
    ruled = (
        (first - hidden.count_below(first), last - hidden.count_below(last))
        for first, last in (runs.pairs if runs else ())
    )
    return [*((box.left, box.right) for box in row), *ruled]


def _joined(reaches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of columns as few as possible, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for left, right in sorted(reaches):
        if joined and left <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], right)
        else:
            joined.append((left, right))
    return joined


def _has_heading(rows: Sequence[_Line]) -> bool:
    """Tell whether the first row of a grid is a heading alone.

    It is merged over the grid or stands at its left; a unit at the right is none.
    """
    heading = rows[0][0]
    left = min(row[0].left for row in rows)
    is_heading = heading.right > heading.left or heading.left == left
    has_grid = sum(len(row) >= _TABLE_CELLS for row in rows) >= _TABLE_CELLS
    return len(rows[0]) == 1 and not heading.is_number and is_heading and has_grid


def _is_box_ruled(sheet: Sheet, box: _Box) -> bool:
    runs = sheet.ruled.get(box.row)
    return runs is not None and runs.touches(box.column, box.last_column)


@dataclass(frozen=True, slots=True)
class _Row:
    """The boxes that begin in one row, from the left.

    Attributes:
        is_ruled: Whether several cells of it have rulings at their sides.
        is_grid: Whether it is a row of a table by itself.
    """

    boxes: tuple[_Box, ...]
    is_ruled: bool
    is_grid: bool

    @property
    def number(self) -> int:
        """Its number among the rows that are shown."""
        return self.boxes[0].top

    @property
    def numbers(self) -> tuple[_Box, ...]:
        """The boxes that print numbers."""
        return tuple(box for box in self.boxes if box.is_number)

    @property
    def is_label(self) -> bool:
        """Whether it may be a row of a table of which only the label is printed."""
        return len(self.boxes) == 1 and self.boxes[0].left == self.boxes[0].right


class _Stretch:
    """Rows of one table, or of text.

    Args:
        row: The first row.
        is_table: Whether they are of a table.
    """

    def __init__(self, row: _Row, *, is_table: bool) -> None:
        self.is_table = is_table
        self.rows: list[_Row] = []
        self.number_columns: set[int] = set()
        self.has_gaps = False
        self._bottom = row.number
        self.add([row])

    def add(self, rows: Iterable[_Row]) -> None:
        """Add rows below the others."""
        for row in rows:
            self.has_gaps = self.has_gaps or row.number > self._bottom + 1
            self.rows.append(row)
            self.number_columns.update(box.left for box in row.numbers)
            self._bottom = max(self._bottom, *(box.bottom for box in row.boxes))

    def blank_rows_above(self, row: _Row) -> tuple[int, int] | None:
        """The first and last blank row before a row, as the file counts; None where none is."""
        if row.number <= self._bottom + 1:
            return None
        return self.rows[-1].boxes[0].row + 1, row.boxes[0].row - 1

    def has_number_above(self, row: _Row) -> bool:
        """Whether a number of a row stands in a column of numbers, or none is there yet."""
        return not self.number_columns or any(
            box.left in self.number_columns for box in row.numbers
        )


@dataclass
class _Part:
    """Rows that stand below each other: tables, and what is printed around them.

    Attributes:
        is_whole: Whether they are one table whatever is in them.
    """

    sheet: Sheet
    merges: _Merges
    lines: Sequence[_Line]
    is_whole: bool

    def blocks(self) -> Iterator[Paragraph | Table]:
        """Yield what is printed, from the top."""
        if self.is_whole:
            yield self._table(self._rows)
            return
        for stretch in self._stretches:
            if stretch.is_table:
                yield self._table(stretch.rows)
            else:
                yield from self._paragraphs(stretch.rows)

    @cached_property
    def _stretches(self) -> list[_Stretch]:
        """The rows in order, those of each table together."""
        stretches: list[_Stretch] = []
        for row in self._rows:
            tables = [stretch for stretch in stretches[-2:] if stretch.is_table]
            between = stretches[-1] if stretches and not stretches[-1].is_table else None
            if row.is_grid and tables and self._goes_on(tables[-1], between, row):
                if between:
                    tables[-1].add(stretches.pop().rows)
                tables[-1].add([row])
            elif not row.is_grid and between:
                between.add([row])
            elif not row.is_grid and tables and self._is_added(tables[-1], row):
                tables[-1].add([row])
            else:
                stretches.append(_Stretch(row, is_table=row.is_grid))
        for stretch in stretches:
            stretch.is_table = stretch.is_table and _is_table(stretch.rows)
        return stretches

    def _goes_on(self, table: _Stretch, between: _Stretch | None, row: _Row) -> bool:
        """Tell whether a table goes on with a row, and with the text that stands between."""
        if row.is_ruled != table.rows[0].is_ruled:
            return False
        if between is None:
            return not self._is_parted(table, row) or (
                bool(row.numbers) and table.has_number_above(row)
            )
        is_parted = self._is_parted(table, between.rows[0]) or self._is_parted(between, row)
        if is_parted or between.has_gaps:
            return False
        are_labels = not row.is_ruled and all(each.is_label for each in between.rows)
        return bool(row.numbers) or are_labels

    def _is_parted(self, above: _Stretch, row: _Row) -> bool:
        """Tell whether blank rows stand between, ruled ones of a table aside."""
        blank = above.blank_rows_above(row)
        return blank is not None and not self.sheet.blank_ruled_rows.touches(*blank)

    def _is_added(self, table: _Stretch, row: _Row) -> bool:
        """Tell whether somebody has added a row to a table without ruling it.

        It stands right below, with an amount in a column of numbers: no year and no telephone.
        """
        amounts = [box for box in row.numbers if _AMOUNT.search(box.text)]
        return (
            len(row.boxes) > 1
            and any(box.left in table.number_columns for box in amounts)
            and not self._is_parted(table, row)
        )

    @cached_property
    def _rows(self) -> list[_Row]:
        ruled = [self._is_ruled(boxes) for boxes in self.lines]
        # Beside ruled tables one without rulings has some rows; elsewhere two cells make one.
        least = _UNRULED_ROWS if any(ruled) else 1
        rows: list[_Row] = []
        for begin, end in pairwise([*_bands(self.lines), len(self.lines)]):
            band, is_ruled = self.lines[begin:end], ruled[begin:end]
            is_grid = is_ruled if any(is_ruled) else _unruled_grid(band, least=least)
            rows += map(_Row, band, is_ruled, is_grid)
        return rows

    def _is_ruled(self, boxes: Sequence[_Box]) -> bool:
        """Tell whether several cells of a row have rulings at their sides, merged ones as one."""
        row = boxes[0].row
        runs = self.sheet.ruled.get(row)
        cells: set[tuple[int, int]] = set()
        left, right = self._columns_of_file
        for first, last in runs.pairs if runs else ():
            for column in range(max(first, left), min(last, right) + 1):
                if column not in self.sheet.hidden_columns:
                    area = self.merges.over(row, column)
                    cells.add((area.top, area.left) if area else (row, column))
                if len(cells) >= _TABLE_CELLS:
                    return True
        return False

    @cached_property
    def _columns_of_file(self) -> tuple[int, int]:
        """The first and the last column of the part, as the file counts."""
        boxes = list(chain.from_iterable(self.lines))
        return min(box.column for box in boxes), max(box.last_column for box in boxes)

    def _table(self, rows: Sequence[_Row]) -> Table:
        """Put rows into the grid of the part: that of all its tables, so that they line up."""
        columns = self._grid_columns
        if len(rows) * len(columns) > MAX_GRID_POSITIONS:
            raise _too_large(self.sheet)
        numbers, lefts = [row.number for row in rows], list(columns)
        cells: list[Cell] = []
        covered: set[tuple[int, int]] = set()
        for place, row in enumerate(rows):
            for box in row.boxes:
                cell = _cell(self.sheet, box, numbers, lefts)
                cells.append(cell)
                covered.update(
                    (place + down, cell.column + right)
                    for down in range(cell.row_span)
                    for right in range(cell.column_span)
                )
        cells += [
            Cell("", place, number, 1, 1, Place(path=cell_path(name, row.boxes[0].row, column)))
            for name in (self.sheet.name,)
            for place, row in enumerate(rows)
            for number, column in enumerate(columns.values())
            if (place, number) not in covered
        ]
        ordered = sorted(cells, key=attrgetter("row", "column"))
        return Table(tuple(ordered), len(rows), len(lefts), self._place_of(rows))

    @cached_property
    def _grid_columns(self) -> dict[int, int]:
        """The columns in which a cell of a table begins, and what the file calls them, in order."""
        tables = [stretch.rows for stretch in self._stretches if stretch.is_table]
        rows = self._rows if self.is_whole else list(chain.from_iterable(tables))
        boxes = [box for row in rows for box in row.boxes]
        columns = {box.left: box.column for box in boxes}
        if self.is_whole:
            columns |= _columns_between(boxes)
        return dict(sorted(columns.items()))

    def _place_of(self, rows: Sequence[_Row]) -> Place:
        cells = [box.cell for row in rows for box in row.boxes]
        last = max(box.last_column for row in rows for box in row.boxes)
        area = Area(cells[0].row, min(cell.column for cell in cells), cells[-1].row, last)
        return Place(path=area_path(self.sheet.name, area))

    def _paragraphs(self, rows: Iterable[_Row]) -> Iterator[Paragraph]:
        """Yield each row as a line: a label and what it labels may stand in cells of their own."""
        for row in rows:
            first, *others = row.boxes
            lines = [line for line in first.text.split("\n") if line.strip()]
            if not others and len(lines) > _BROKEN_LINES:
                yield from (Paragraph(line, _place(self.sheet, first)) for line in lines)
                continue
            text = ""
            pieces: list[TextPiece] = []
            for box in row.boxes:
                text += _SIDE_GAP if text else ""
                pieces.append(TextPiece(len(text), _place(self.sheet, box)))
                text += box.text
            yield Paragraph(text, _place(self.sheet, first), tuple(pieces) if others else ())


def _columns_between(boxes: Iterable[_Box]) -> dict[int, int]:
    """The columns that stand for the blank ones between boxes, one for each run of them."""
    after = {box.right + 1: box.last_column + 1 for box in boxes}
    reaches = _joined((box.left, box.right) for box in boxes)
    return {right + 1: after[right + 1] for _, right in reaches[:-1]}


def _cell(sheet: Sheet, box: _Box, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """Put a box into the rows and columns of a table, given by their numbers."""
    row, column = bisect_left(rows, box.top), bisect_left(columns, box.left)
    return Cell(
        text=box.text,
        row=row,
        column=column,
        row_span=bisect_right(rows, box.bottom) - row,
        column_span=bisect_right(columns, box.right) - column,
        place=_place(sheet, box),
        is_unreadable=box.cell.is_unreadable,
    )


def _unruled_grid(groups: Sequence[_Line], *, least: int) -> list[bool]:
    """Tell the rows of a table among rows without rulings: those of several boxes."""
    are_several = [len(boxes) >= _TABLE_CELLS for boxes in groups]
    return are_several if sum(are_several) >= least else [False] * len(groups)


def _is_table(rows: Sequence[_Row]) -> bool:
    """Tell a table from text: it has several columns, and rulings, numbers or several wide rows."""
    columns = {box.left for row in rows for box in row.boxes}
    is_wide = sum(len(row.boxes) >= _WIDE_ROW for row in rows) > 1
    return len(columns) > 1 and (is_wide or any(row.is_ruled or row.numbers for row in rows))
