"""Tables drawn with rulings on a PDF page, as grids of cells.

Knows boxes and characters. Does not know which table is which.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.reading.grids import SNAP_POINTS, BBox, complete_borders, find_grids, lay_rulings
from pipelines.reading.pdf_objects import Char, PageObjects
from pipelines.reading.shades import parting_edges
from pipelines.reading.text_lines import block_text

_IN_NUMBERS = frozenset("0123456789.,")
# In units of character height: neighbouring characters of one number are no further apart.
_TOUCH = 0.1


@dataclass(frozen=True, slots=True)
class PageTables:
    """A page's tables, and the characters that stand in none of them."""

    tables: tuple[Table, ...]
    outside: tuple[Char, ...]


def read_ruled_tables(page: PageObjects) -> PageTables:
    """Read the ruled tables of a page from top to bottom.

    Each cell's text is that of the characters whose centre lies in its box.
    """
    grids = [_Grid(boxes) for boxes in _find_cells(page)]
    grids.sort(key=lambda grid: grid.bbox[1])
    outside: Sequence[Char] = page.chars
    for grid in grids:
        outside = grid.take(outside)
        grid.mend_torn_numbers()
    return PageTables(tuple(grid.to_table(page.number) for grid in grids), tuple(outside))


def _find_cells(page: PageObjects) -> list[list[BBox]]:
    """Find the cells between the page's rulings, and between areas where these part cells."""
    grids = find_grids(complete_borders(lay_rulings(page.edges)))
    if page.shades and (parting := parting_edges(page.shades, [*map(_around, grids)])):
        grids = find_grids(complete_borders(lay_rulings([*page.edges, *parting])))
    return grids


def _around(boxes: Sequence[BBox]) -> BBox:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


class _Grid:
    """One table under construction: boxes, and the characters that fall into each."""

    def __init__(self, boxes: Sequence[BBox]) -> None:
        self._boxes = boxes
        self._columns = _distinct(edge for box in boxes for edge in (box[0], box[2]))
        self._rows = _distinct(edge for box in boxes for edge in (box[1], box[3]))
        self.bbox = _around(boxes)
        self._chars: list[list[Char]] = [[] for _ in boxes]
        self._last: tuple[Char, int] | None = None
        self._torn: list[tuple[int, int]] = []
        self._spans = [self._span(box) for box in boxes]
        self._owner = {
            (row + down, column + across): index
            for index, (row, column, row_span, column_span) in enumerate(self._spans)
            for down in range(row_span)
            for across in range(column_span)
        }

    def _span(self, box: BBox) -> tuple[int, int, int, int]:
        row, column = _index(self._rows, box[1]), _index(self._columns, box[0])
        row_span = max(1, _index(self._rows, box[3]) - row)
        column_span = max(1, _index(self._columns, box[2]) - column)
        return row, column, row_span, column_span

    def take(self, chars: Iterable[Char]) -> list[Char]:
        """Give each character to the cell its centre lies in; return those that no cell covers."""
        left, upper, right, lower = self.bbox
        rows, columns, owner_of = self._rows, self._columns, self._owner
        outside: list[Char] = []
        last: tuple[Char, int] | None = None
        for char in chars:
            _, x0, top, x1, bottom = char
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not (left <= x <= right and upper <= y <= lower):
                outside.append(char)
                continue
            owner = owner_of.get((bisect_right(rows, y) - 1, bisect_right(columns, x) - 1))
            if owner is None:
                outside.append(char)
                continue
            self._chars[owner].append(char)
            if last is not None and last[1] != owner and _touch(last[0], char):
                self._torn.append((last[1], owner))
            last = char, owner
        return outside

    def mend_torn_numbers(self) -> None:
        """Give a number that reaches over a ruling to the one cell that holds most of it.

        A number too wide for its cell is printed over its neighbour's border; its digits would
        otherwise become two numbers. Two whole numbers may touch as well: together they are none.
        """
        for left, right in self._torn:
            ahead = _run(self._chars[left][::-1])[::-1]
            behind = _run(self._chars[right])
            if sum(char.text == "." for char in (*ahead, *behind)) > 1:
                continue
            if len(ahead) < len(behind):
                self._chars[left] = self._chars[left][: -len(ahead)]
                self._chars[right] = [*ahead, *self._chars[right]]
            else:
                self._chars[right] = self._chars[right][len(behind) :]
                self._chars[left] = [*self._chars[left], *behind]

    def to_table(self, page: int) -> Table:
        """Make the table."""
        cells = [
            Cell(
                text=block_text(chars),
                row=row,
                column=column,
                row_span=row_span,
                column_span=column_span,
                place=Place(page=page, bbox=box),
            )
            for box, chars, (row, column, row_span, column_span) in zip(
                self._boxes, self._chars, self._spans, strict=True
            )
        ]
        return Table(
            cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
            row_count=len(self._rows) - 1,
            column_count=len(self._columns) - 1,
            place=Place(page=page, bbox=self.bbox),
        )


def _touch(left: Char, right: Char) -> bool:
    """Tell whether two characters are neighbours in one number."""
    if left.text not in _IN_NUMBERS or right.text not in _IN_NUMBERS:
        return False
    height = right.bottom - right.top
    return (
        abs(right.x0 - left.x1) <= _TOUCH * height and abs(right.top - left.top) <= _TOUCH * height
    )


def _run(chars: Sequence[Char]) -> list[Char]:
    """The characters of a number at the beginning of a sequence."""
    run: list[Char] = []
    for char in chars:
        if char.text not in _IN_NUMBERS:
            break
        run.append(char)
    return run


def _distinct(edges: Iterable[float]) -> list[float]:
    """Return the sorted edges with those closer than the snap distance taken as one."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > SNAP_POINTS:
            distinct.append(edge)
    return distinct


def _index(edges: Sequence[float], edge: float) -> int:
    return min(bisect_left(edges, edge - SNAP_POINTS), len(edges) - 1)
