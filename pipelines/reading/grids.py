"""The cells that straight edges enclose, as grids.

Knows rulings and where they cross. Does not know what is printed between them.

The rules are those of pdfplumber's ``TableFinder``; a test holds one against the other. Looking up
where rulings cross, instead of comparing every point with every other, takes a fifth of its time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipelines.reading.pdf_objects import Edge

BBox = tuple[float, float, float, float]
Point = tuple[float, float]

# Rulings closer than this are one ruling: office software draws a border once per cell, with
# a jitter below a point. Columns of disclosures are never narrower than a digit (about 5 pt).
SNAP_POINTS = 3
# A shorter edge is a corner or a dot, before and after edges on one line are joined.
_MIN_EDGE = 1
_MIN_RULING = 3
# A cell is not narrower. Rulings that reach further beyond the last one that crosses them have lost
# a border there.
MIN_CELL = 6


class _Ruling(NamedTuple):
    """A stretch of a line across or down the page."""

    at: float
    begin: float
    end: float


class _Crossings:
    """Where rulings cross: for each point, the rulings down and across that reach it, as bits."""

    def __init__(self, down: Sequence[_Ruling], across: Sequence[_Ruling]) -> None:
        self.down: dict[Point, int] = {}
        self.across: dict[Point, int] = {}
        heights = [ruling.at for ruling in across]
        for number, (x, begin, end) in enumerate(down):
            first = bisect_left(heights, begin - SNAP_POINTS)
            for index in range(first, bisect_right(heights, end + SNAP_POINTS)):
                y, left, right = across[index]
                if left - SNAP_POINTS <= x <= right + SNAP_POINTS:
                    point = x, y
                    self.down[point] = self.down.get(point, 0) | (1 << number)
                    self.across[point] = self.across.get(point, 0) | (1 << index)

    def cells(self) -> Iterator[BBox]:
        """Yield the smallest cell below and to the right of each point that has one."""
        columns: dict[float, list[float]] = {}
        rows: dict[float, list[float]] = {}
        for x, y in sorted(self.down):
            columns.setdefault(x, []).append(y)
            rows.setdefault(y, []).append(x)
        for x, tops in columns.items():
            for number, top in enumerate(tops, start=1):
                row = rows[top]
                corner = self._opposite_corner((x, top), row[bisect_right(row, x) :], tops[number:])
                if corner is not None:
                    yield (x, top, *corner)

    def _opposite_corner(
        self, corner: Point, to_the_right: Iterable[float], below: Iterable[float]
    ) -> Point | None:
        """Find the nearest point that rulings on all four sides connect with a corner."""
        down, across = self.down, self.across
        x, top = corner
        for bottom in below:
            if not down[x, bottom] & down[corner]:
                break
            for right in to_the_right:
                if not across[right, top] & across[corner]:
                    break
                opposite = right, bottom
                if (
                    down.get(opposite, 0) & down[right, top]
                    and across[opposite] & across[x, bottom]
                ):
                    return opposite
        return None


class Rulings(NamedTuple):
    """A page's rulings: edges that nearly coincide laid on one line, and joined."""

    down: list[_Ruling]
    across: list[_Ruling]


def lay_rulings(edges: Iterable[Edge]) -> Rulings:
    """Lay edges to rulings.

    Args:
        edges: Horizontal and vertical edges, in any order and drawn any number of times.
    """
    across: list[_Ruling] = []
    down: list[_Ruling] = []
    for x0, top, x1, bottom in set(edges):
        if top == bottom:
            across.append(_Ruling(top, x0, x1))
        else:
            down.append(_Ruling(x0, top, bottom))
    return Rulings(_merge(down), _merge(across))


def find_grids(rulings: Rulings) -> list[list[BBox]]:
    """Find the tables that rulings draw, each as the boxes (x0, top, x1, bottom) of its cells.

    Cells that share a corner make a table; a cell alone is a frame and none.
    """
    return [table for table in _group(_Crossings(*rulings).cells()) if len(table) > 1]


def complete_borders(rulings: Rulings) -> Rulings:
    """Add the outer borders that are not drawn: where several rulings of a grid just end.

    Tables are printed without borders at their sides, and without one where a page breaks them.
    """
    down, across = rulings
    if missing := list(_missing_borders(down, across)):
        across = _merge([*across, *missing])
    if missing := list(_missing_borders(across, down)):
        down = _merge([*down, *missing])
    return Rulings(down, across)


def _missing_borders(rulings: Sequence[_Ruling], crossing: Sequence[_Ruling]) -> Iterator[_Ruling]:
    """Yield a border for each place where several rulings end beyond the last that crosses them."""
    places = [ruling.at for ruling in crossing]
    crossed_by: list[set[int]] = []
    loose: list[tuple[float, int]] = []
    for number, ruling in enumerate(rulings):
        first = bisect_left(places, ruling.begin - SNAP_POINTS)
        last = bisect_right(places, ruling.end + SNAP_POINTS)
        crossed = [
            index
            for index in range(first, last)
            if crossing[index].begin - SNAP_POINTS <= ruling.at <= crossing[index].end + SNAP_POINTS
        ]
        crossed_by.append(set(crossed))
        if crossed and places[crossed[0]] - ruling.begin > MIN_CELL:
            loose.append((ruling.begin, number))
        if crossed and ruling.end - places[crossed[-1]] > MIN_CELL:
            loose.append((ruling.end, number))
    loose.sort()
    ends: list[tuple[float, int]] = []
    for end in [*loose, (inf, -1)]:
        if ends and end[0] - ends[-1][0] > SNAP_POINTS:
            if len(ends) > 1:
                yield from _border_at(ends, rulings, crossed_by)
            ends = []
        ends.append(end)


def _border_at(
    ends: Sequence[tuple[float, int]], rulings: Sequence[_Ruling], crossed_by: Sequence[set[int]]
) -> Iterator[_Ruling]:
    """Yield the border where rulings just end: from one to the next, as far as the table goes.

    A ruling that is closed there, as the header's may be, bounds the row beside it as well. Where
    nothing crosses two neighbours, a row without inner borders lies between them, or another table
    begins: a row is no higher than those beside it.

    Args:
        ends: Where the rulings end, and the number of each.
        rulings: All of them.
        crossed_by: What crosses each.
    """
    at, until = ends[0][0], ends[-1][0]
    loose = {number for _, number in ends}
    reaching = [
        number
        for number, ruling in enumerate(rulings)
        if ruling.begin - SNAP_POINTS <= until and at <= ruling.end + SNAP_POINTS
    ]
    rows = [
        (rulings[one].at, rulings[other].at, not crossed_by[one].isdisjoint(crossed_by[other]))
        for one, other in pairwise(reaching)
    ]
    for place, (begin, end, is_one) in enumerate(rows):
        if loose.isdisjoint(reaching[place : place + 2]):
            continue
        beside = [row for row in rows[max(0, place - 1) : place + 2] if row[2]]
        if is_one or any(end - begin <= row[1] - row[0] + SNAP_POINTS for row in beside):
            yield _Ruling(at, begin, end)


def _merge(edges: Iterable[_Ruling]) -> list[_Ruling]:
    """Lay edges that nearly coincide on one line, and join those that nearly touch."""
    rulings: list[_Ruling] = []
    for edge in sorted(_snap(edge for edge in edges if edge.end - edge.begin >= _MIN_EDGE)):
        last = rulings[-1] if rulings else None
        if last is None or edge.at != last.at or edge.begin > last.end + SNAP_POINTS:
            rulings.append(edge)
        elif edge.end > last.end:
            rulings[-1] = _Ruling(last.at, last.begin, edge.end)
    return [ruling for ruling in rulings if ruling.end - ruling.begin >= _MIN_RULING]


def _snap(edges: Iterable[_Ruling]) -> Iterator[_Ruling]:
    """Move edges on neighbouring lines to the mean of these lines."""
    neighbours: list[_Ruling] = []
    for edge in sorted(edges):
        if neighbours and edge.at - neighbours[-1].at > SNAP_POINTS:
            yield from _on_one_line(neighbours)
            neighbours = []
        neighbours.append(edge)
    yield from _on_one_line(neighbours)


def _on_one_line(edges: Sequence[_Ruling]) -> Iterator[_Ruling]:
    if edges:
        at = sum(edge.at for edge in edges) / len(edges)
        for edge in edges:
            yield _Ruling(at, edge.begin, edge.end)


def _group(cells: Iterable[BBox]) -> Iterable[list[BBox]]:
    """Put cells that share corners together, directly or by way of others."""
    found = list(cells)
    # The corners of each table, under every one of them.
    table_of: dict[Point, set[Point]] = {}
    for x0, top, x1, bottom in found:
        corners = (x0, top), (x0, bottom), (x1, top), (x1, bottom)
        known = [table_of[corner] for corner in corners if corner in table_of]
        table = max(known, key=len, default=None)
        if table is None:
            table = set()
        for other in known:
            if other is not table:
                table |= other
                table_of.update(dict.fromkeys(other, table))
        table.update(corners)
        table_of.update(dict.fromkeys(corners, table))
    tables: dict[int, list[BBox]] = {}
    for cell in found:
        tables.setdefault(id(table_of[cell[:2]]), []).append(cell)
    return tables.values()
