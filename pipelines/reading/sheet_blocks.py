"""A sheet taken apart into the paragraphs and tables that somebody sees on it.

Knows where texts stand. Knows nothing of forms: what is a title and what a note is told by where it
stands, and where that does not tell, it stays in the table.

A table is rows of several cells, ruled ones where the sheet has rulings. What stands alone in its
row above, below or between is a paragraph. Blank rows part tables where what follows begins with
words. Rows and columns without any text are left out of a table, but for the blank column between
sides of which each begins with a heading: whether they are forms or the sides of one, words tell.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from operator import attrgetter

from pipelines.domain.document import Cell, Paragraph, Table
from pipelines.domain.place import Place, TextPiece
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.sheet_boxes import Box, Line, ShownSheet, first_rows, joined_runs, rows_of
from pipelines.reading.sheet_sides import parts_of, sheets_beside
from pipelines.reading.sheets import Area, Sheet, area_path, cell_path

MAX_GRID_POSITIONS = 1_000_000
# Names that programs give to sheets say nothing.
_GIVEN_NAME = re.compile(r"(sheet|工作表|表格?)[\s_]*\(?\d*\)?(\s*\(\d+\))?", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[.,，]\d")
_COLON = re.compile("[：:]")
# A title or note is broken into at most so many lines; more of them are paragraphs.
_BROKEN_LINES = 3
_TABLE_CELLS = 2
_UNRULED_ROWS = 3
_WIDE_ROW = 3
_SIDE_GAP = "    "


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
    shown = ShownSheet(sheet)
    return SheetReading(
        blocks=tuple(_named(sheet, _blocks(shown))),
        hidden_texts=shown.hidden_texts,
        unreadable=tuple(
            Paragraph(box.text, shown.place(box)) for box in shown.boxes if box.cell.is_unreadable
        ),
    )


def _named(sheet: Sheet, blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Give the first table of a sheet what is printed on the sheet's tab."""
    name = "" if _GIVEN_NAME.fullmatch(sheet.name.strip()) else sheet.name.strip()
    for block in blocks:
        if isinstance(block, Table) and name:
            yield replace(block, name=name)
            name = ""
        else:
            yield block


def _blocks(shown: ShownSheet) -> Iterator[Paragraph | Table]:
    for side in sheets_beside(shown):
        for rows, is_whole in parts_of(side, rows_of(side.boxes)):
            yield from _Part(side, rows, is_whole).blocks()


@dataclass(frozen=True, slots=True)
class _Row:
    """The boxes that begin in one row, from the left.

    Attributes:
        is_ruled: Whether several cells of it have rulings at their sides.
        is_grid: Whether it is a row of a table by itself.
    """

    boxes: tuple[Box, ...]
    is_ruled: bool
    is_grid: bool

    @property
    def number(self) -> int:
        """Its number among the rows that are shown."""
        return self.boxes[0].top

    @property
    def numbers(self) -> tuple[Box, ...]:
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

    shown: ShownSheet
    lines: Sequence[Line]
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
        are_labels = not row.is_ruled and all(each.is_label for each in between.rows)
        if are_labels and row.numbers and table.has_number_above(row):
            return True  # below a title stand words first
        is_parted = self._is_parted(table, between.rows[0]) or self._is_parted(between, row)
        return not (is_parted or between.has_gaps) and (bool(row.numbers) or are_labels)

    def _is_parted(self, above: _Stretch, row: _Row) -> bool:
        """Tell whether blank rows stand between, ruled ones of a table aside."""
        blank = above.blank_rows_above(row)
        return blank is not None and not self.shown.sheet.blank_ruled_rows.touches(*blank)

    def _is_added(self, table: _Stretch, row: _Row) -> bool:
        """Tell whether a row that stands right below a table and is none by itself is of it.

        It has an amount in a column of numbers, no year and no telephone: somebody has added it
        without ruling it. Or it is a label without rulings behind the first column, where no note
        begins.
        """
        if self._is_parted(table, row):
            return False
        lefts = [box.left for each in table.rows for box in each.boxes]
        if row.is_label and not table.rows[0].is_ruled:
            return min(lefts) < row.boxes[0].left and row.boxes[0].left in lefts
        amounts = [box for box in row.numbers if _AMOUNT.search(box.text)]
        return len(row.boxes) > 1 and any(box.left in table.number_columns for box in amounts)

    @cached_property
    def _rows(self) -> list[_Row]:
        ruled = [self._is_ruled(boxes) for boxes in self.lines]
        # Beside ruled tables one without rulings has some rows; elsewhere two cells make one.
        least = _UNRULED_ROWS if any(ruled) else 1
        rows: list[_Row] = []
        for begin, end in pairwise([*first_rows(self.lines), len(self.lines)]):
            band, is_ruled = self.lines[begin:end], ruled[begin:end]
            is_grid = is_ruled if any(is_ruled) else _unruled_grid(band, least=least)
            rows += map(_Row, band, is_ruled, is_grid)
        return rows

    def _is_ruled(self, line: Line) -> bool:
        """Tell whether several cells of a row have rulings at their sides, merged ones as one."""
        first, last = self._columns_of_file
        cells = self.shown.ruled_cells(line[0].row, first, last)
        one = next(cells, None)
        return any(cell != one for cell in cells)

    @cached_property
    def _columns_of_file(self) -> tuple[int, int]:
        """The first and the last column of the part, as the file counts."""
        boxes = list(chain.from_iterable(self.lines))
        return min(box.column for box in boxes), max(box.last_column for box in boxes)

    def _table(self, rows: Sequence[_Row]) -> Table:
        """Put rows into the grid of the part: that of all its tables, so that they line up."""
        columns = self._grid_columns
        if len(rows) * len(columns) > MAX_GRID_POSITIONS:
            raise UnreadableFileError(
                UnreadableReason.DAMAGED,
                f"the sheet {self.shown.sheet.name} has more than {MAX_GRID_POSITIONS:,} cells in "
                "a table; it is not a disclosure",
            )
        numbers, lefts = [row.number for row in rows], list(columns)
        cells: list[Cell] = []
        covered: set[tuple[int, int]] = set()
        for place, row in enumerate(rows):
            for box in row.boxes:
                cell = _cell(self.shown, box, numbers, lefts)
                cells.append(cell)
                covered.update(
                    (place + down, cell.column + right)
                    for down in range(cell.row_span)
                    for right in range(cell.column_span)
                )
        cells += [
            Cell("", place, number, 1, 1, Place(path=cell_path(name, row.boxes[0].row, column)))
            for name in (self.shown.sheet.name,)
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
        return Place(path=area_path(self.shown.sheet.name, area))

    def _paragraphs(self, rows: Iterable[_Row]) -> Iterator[Paragraph]:
        """Yield each row as a line: a label and what it labels may stand in cells of their own."""
        for row in rows:
            first, *others = row.boxes
            lines = [line for line in first.text.split("\n") if line.strip()]
            if not others and _are_paragraphs(lines):
                yield from (Paragraph(line, self.shown.place(first)) for line in lines)
                continue
            text = ""
            pieces: list[TextPiece] = []
            for box in row.boxes:
                text += _SIDE_GAP if text else ""
                pieces.append(TextPiece(len(text), self.shown.place(box)))
                text += box.text
            yield Paragraph(text, self.shown.place(first), tuple(pieces) if others else ())


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Tell the paragraphs of a cell from a title or note that is broken into lines."""
    return len(lines) > _BROKEN_LINES or any(line.rstrip().endswith("。") for line in lines[:-1])


def _columns_between(boxes: Iterable[Box]) -> dict[int, int]:
    """The columns that stand for the blank ones between boxes, one for each run of them."""
    after = {box.right + 1: box.last_column + 1 for box in boxes}
    reaches = joined_runs((box.left, box.right) for box in boxes)
    return {right + 1: after[right + 1] for _, right in reaches[:-1]}


def _cell(shown: ShownSheet, box: Box, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """Put a box into the rows and columns of a table, given by their numbers."""
    row, column = bisect_left(rows, box.top), bisect_left(columns, box.left)
    return Cell(
        text=box.text,
        row=row,
        column=column,
        row_span=bisect_right(rows, box.bottom) - row,
        column_span=bisect_right(columns, box.right) - column,
        place=shown.place(box),
        is_unreadable=box.cell.is_unreadable,
    )


def _unruled_grid(groups: Sequence[Line], *, least: int) -> list[bool]:
    """Tell the rows of a table among rows without rulings: those of several boxes, no captions."""
    are_rows = [len(boxes) >= _TABLE_CELLS and not _is_captions(boxes) for boxes in groups]
    return are_rows if sum(are_rows) >= least else [False] * len(groups)


def _is_captions(boxes: Line) -> bool:
    """Tell whether each box of a row says what it is: 编制单位： | 某局 | 单位：元."""
    texts = ["", *(box.text.strip() for box in boxes)]
    return all(
        _COLON.search(text) or (before and before[-1] in "：:") for before, text in pairwise(texts)
    )


def _is_table(rows: Sequence[_Row]) -> bool:
    """Tell a table from text: it has several columns, and rulings, numbers or wide rows."""
    columns = {box.left for row in rows for box in row.boxes}
    widths = [len(row.boxes) for row in rows if row.is_grid]
    is_wide = max(widths) >= _WIDE_ROW and len(widths) > 1
    return len(columns) > 1 and (is_wide or any(row.is_ruled or row.numbers for row in rows))
