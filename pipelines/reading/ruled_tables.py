"""Tables drawn with rulings on a PDF page, as grids of cells.

Knows rulings, boxes and characters. Does not know which table is which. The grid itself is
pdfplumber's: its ``TableFinder`` asks nothing of a page but its edges.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
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
    outside = tuple(char for char in page.chars if not any(grid.take(char) for grid in grids))
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
        return True

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


def _distinct(edges: Iterable[float]) -> list[float]:
    """Return the sorted edges with those closer than the snap distance taken as one."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > SNAP_POINTS:
            distinct.append(edge)
    return distinct


def _index(edges: Sequence[float], edge: float) -> int:
    return min(bisect_left(edges, edge - SNAP_POINTS), len(edges) - 1)
