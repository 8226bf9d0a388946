"""Tables drawn with rulings on a PDF page, as grids of cells.

Knows rulings, boxes and characters. Does not know which table is which. The grid itself is
pdfplumber's: its ``TableFinder`` asks nothing of a page but its edges.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pdfplumber.page import Page
from pdfplumber.table import TableFinder

from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.reading.pdf_objects import Char, Edge, PageObjects
from pipelines.reading.text_lines import block_text

BBox = tuple[float, float, float, float]

# Rulings closer than this are one ruling: office software draws a border once per cell, with
# a jitter below a point. Columns of disclosures are never narrower than a digit (about 5 pt).
SNAP_POINTS = 3.0
_IN_NUMBERS = frozenset("0123456789.,")
# In units of character height: neighbouring characters of one number are no further apart.
_TOUCH = 0.1


@dataclass(frozen=True, slots=True)
class _Rulings:
    """What ``TableFinder`` needs of a page."""

    edges: list[dict[str, Any]]
    bbox: BBox


@dataclass(frozen=True, slots=True)
class PageTables:
    """A page's tables, and the characters that stand in none of them."""

    tables: tuple[Table, ...]
    outside: tuple[Char, ...]


def read_ruled_tables(page: PageObjects) -> PageTables:
    """Read the ruled tables of a page from top to bottom.

    Each cell's text is that of the characters whose centre lies in its box.
    """
    rulings = _Rulings(
        edges=[_edge_dict(edge) for edge in dict.fromkeys(page.edges)],
        bbox=(0.0, 0.0, page.width, page.height),
    )
    found = TableFinder(cast(Page, rulings)).tables if rulings.edges else []
    grids = [_Grid(table.cells, table.bbox) for table in found if len(table.cells) > 1]
    grids.sort(key=lambda grid: grid.bbox[1])
    outside = tuple(_outside(page.chars, grids))
    for grid in grids:
        grid.mend_torn_numbers()
    return PageTables(tuple(grid.to_table(page.number) for grid in grids), outside)


def _edge_dict(edge: Edge) -> dict[str, Any]:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "h" if edge.top == edge.bottom else "v",
        "object_type": "line",
    }


class _Grid:
    """One table under construction: boxes, and the characters that fall into each."""

    def __init__(self, boxes: Sequence[BBox], bbox: BBox) -> None:
        self.bbox = bbox
        self._boxes = boxes
        self._columns = _distinct(edge for box in boxes for edge in (box[0], box[2]))
        self._rows = _distinct(edge for box in boxes for edge in (box[1], box[3]))
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

    def take(self, char: Char) -> bool:
        """Give a character to the cell its centre lies in; tell whether the table covers it."""
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        if not (self.bbox[0] <= x <= self.bbox[2] and self.bbox[1] <= y <= self.bbox[3]):
            return False
        row = bisect_right(self._rows, y) - 1
        column = bisect_right(self._columns, x) - 1
        owner = self._owner.get((row, column))
        if owner is None:
            return False
        self._chars[owner].append(char)
        if self._last is not None and self._last[1] != owner and _touch(self._last[0], char):
            self._torn.append((self._last[1], owner))
        self._last = (char, owner)
        return True

    def mend_torn_numbers(self) -> None:
        """Give a number that reaches over a ruling to the one cell that holds most of it.

        A number too wide for its cell is printed over its neighbour's border; its digits would
        otherwise become two numbers.
        """
        for left, right in self._torn:
            ahead = _run(self._chars[left][::-1])[::-1]
            behind = _run(self._chars[right])
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


def _outside(chars: Sequence[Char], grids: Sequence[_Grid]) -> Iterator[Char]:
    """Hand each character to the grid that covers it; yield those that none does."""
    for char in chars:
        for grid in grids:
            if grid.take(char):
                break
        else:
            yield char


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
