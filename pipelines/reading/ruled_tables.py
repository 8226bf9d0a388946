"""Tables drawn with rulings on a PDF page, as grids of cells.

Knows rulings, boxes and characters. Does not know which table is which.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.text import extract_text

from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place

BBox = tuple[float, float, float, float]

# Rulings closer than this are one ruling: office software draws a border once per cell, with
# a jitter below a point. Columns of disclosures are never narrower than a digit (about 5 pt).
SNAP_POINTS = 3.0


def read_ruled_tables(page: Page) -> Iterator[Table]:
    """Yield the ruled tables of a page from top to bottom.

    Each cell's text is that of the characters whose centre lies in its box.
    """
    found = page.find_tables()
    for table in sorted(found, key=lambda table: table.bbox[1]):
        if len(table.cells) > 1:
            yield _to_table(page, table.cells, table.bbox)


def covers(place: Place, thing: Mapping[str, Any]) -> bool:
    """Tell whether the centre of a page object lies in a place's box."""
    if place.bbox is None:
        return False
    x0, top, x1, bottom = place.bbox
    x = (thing["x0"] + thing["x1"]) / 2
    y = (thing["top"] + thing["bottom"]) / 2
    return bool(x0 <= x <= x1 and top <= y <= bottom)


def _to_table(page: Page, boxes: Sequence[BBox], bbox: BBox) -> Table:
    columns = _distinct(edge for box in boxes for edge in (box[0], box[2]))
    rows = _distinct(edge for box in boxes for edge in (box[1], box[3]))
    chars = _chars_by_box(page, boxes)
    cells = []
    for index, box in enumerate(boxes):
        column, row = _index(columns, box[0]), _index(rows, box[1])
        cells.append(
            Cell(
                text=extract_text(chars[index]) if chars[index] else "",
                row=row,
                column=column,
                row_span=max(1, _index(rows, box[3]) - row),
                column_span=max(1, _index(columns, box[2]) - column),
                place=Place(page=page.page_number, bbox=box),
            )
        )
    return Table(
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=len(rows) - 1,
        column_count=len(columns) - 1,
        place=Place(page=page.page_number, bbox=bbox),
    )


def _distinct(edges: Iterable[float]) -> list[float]:
    """Return the sorted edges with those closer than the snap distance taken as one."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > SNAP_POINTS:
            distinct.append(edge)
    return distinct


def _index(edges: Sequence[float], edge: float) -> int:
    position = bisect_left(edges, edge - SNAP_POINTS)
    return min(position, len(edges) - 1)


def _chars_by_box(page: Page, boxes: Sequence[BBox]) -> list[list[dict[str, Any]]]:
    """Give each character to the one box its centre lies in."""
    assigned: list[list[dict[str, Any]]] = [[] for _ in boxes]
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    tops = [boxes[index][1] for index in order]
    for char in page.chars:
        x = (char["x0"] + char["x1"]) / 2
        y = (char["top"] + char["bottom"]) / 2
        # Only boxes that begin above the character can hold it.
        for index in order[: bisect_left(tops, y)]:
            box = boxes[index]
            if box[0] <= x < box[2] and box[1] <= y < box[3]:
                assigned[index].append(char)
                break
    return assigned
