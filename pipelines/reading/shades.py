"""Filled areas: which of their edges part cells.

Knows areas' boxes and colours. Does not know what is printed on them.

Office software paints the shading of one cell in pieces: a strip along each side, the rest, and a
piece for each line of text. Where two pieces of one colour meet there is nothing to see.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from pipelines.reading.drawn_objects import holds_centre
from pipelines.reading.grids import MIN_CELL, BBox, lay_rulings
from pipelines.reading.intervals import Interval, parts_left
from pipelines.reading.pdf_objects import STRAIGHT_POINTS, WHITE_PAPER, Edge, Shade

# An area's edge inside a grid of rulings is one of them where it runs through this share of it.
_THROUGH = 0.6


def parting_edges(shades: Sequence[Shade], grids: Sequence[BBox]) -> list[Edge]:
    """Find the areas' edges that part cells.

    Where rulings draw a grid, they part its cells: an area's edge does so only where it is seen and
    runs through the grid, as those of striped rows do. Elsewhere every edge may, but for those
    inside what is one cell's shading.

    Args:
        shades: The page's filled areas without outlines.
        grids: Where the rulings draw grids.
    """
    free: list[Shade] = []
    inside: defaultdict[BBox, list[Shade]] = defaultdict(list)
    for shade in shades:
        grid = next((grid for grid in grids if holds_centre(grid, shade.box)), None)
        if grid is None:
            free.append(shade)
        elif shade.colour != WHITE_PAPER:
            inside[grid].append(shade)
    edges = list(_without_seams(free, _are_parts_of_a_cell))
    for grid, those in inside.items():
        edges += _running_through(grid, _without_seams(those, _are_alike))
    return edges


def _running_through(grid: BBox, edges: Iterable[Edge]) -> Iterator[Edge]:
    down, across = lay_rulings(edges)
    for at, begin, end in across:
        if end - begin >= _THROUGH * (grid[2] - grid[0]):
            yield Edge(begin, at, end, at)
    for at, begin, end in down:
        if end - begin >= _THROUGH * (grid[3] - grid[1]):
            yield Edge(at, begin, at, end)


def _are_alike(_shade: Shade, _neighbour: Shade) -> bool:
    return True


def _are_parts_of_a_cell(shade: Shade, neighbour: Shade) -> bool:
    """Tell strips from whole cells: too narrow for a character, they belong to a neighbour.

    Two strips side by side, or end to end, are those of two cells.
    """
    ways = _strip_way(shade.box), _strip_way(neighbour.box)
    return ways[0] != ways[1]


def _strip_way(box: BBox) -> str:
    """Which way a strip runs, '' where an area is none."""
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) >= MIN_CELL:
        return ""
    return "down" if width < height else "across"


def _without_seams(
    shades: Sequence[Shade], are_one: Callable[[Shade, Shade], bool]
) -> Iterator[Edge]:
    """Yield the areas' edges but for where they meet another area of their colour that is one."""
    beside, stacked = _Sides(shades, 0), _Sides(shades, 1)
    for shade in shades:
        for edge in shade.edges:
            if edge.x0 == edge.x1:
                met = beside.met(shade, edge.x0, are_one)
                for begin, end in parts_left((edge.top, edge.bottom), met):
                    yield Edge(edge.x0, begin, edge.x0, end)
            else:
                met = stacked.met(shade, edge.top, are_one)
                for begin, end in parts_left((edge.x0, edge.x1), met):
                    yield Edge(begin, edge.top, end, edge.top)


class _Sides:
    """The areas of each colour by where they begin and where they end, along x (0) or y (1)."""

    def __init__(self, shades: Iterable[Shade], axis: int) -> None:
        self._axis = axis
        self._across = 1 - axis
        by_colour: defaultdict[object, list[Shade]] = defaultdict(list)
        for shade in shades:
            by_colour[shade.colour].append(shade)
        self._by_begin = {key: self._sorted(those, axis) for key, those in by_colour.items()}
        self._by_end = {key: self._sorted(those, axis + 2) for key, those in by_colour.items()}

    @staticmethod
    def _sorted(shades: Sequence[Shade], side: int) -> tuple[list[float], list[Shade]]:
        ordered = sorted(shades, key=lambda shade: shade.box[side])
        return [shade.box[side] for shade in ordered], ordered

    def met(
        self, shade: Shade, at: float, are_one: Callable[[Shade, Shade], bool]
    ) -> list[Interval]:
        """Where an area's edge is met, from the other side, by others that are one with it."""
        box, axis, across = shade.box, self._axis, self._across
        sides = []
        if abs(at - box[axis + 2]) <= STRAIGHT_POINTS:
            sides.append(self._by_begin[shade.colour])
        if abs(at - box[axis]) <= STRAIGHT_POINTS:
            sides.append(self._by_end[shade.colour])
        neighbours = chain.from_iterable(
            ordered[
                bisect_left(places, at - STRAIGHT_POINTS) : bisect_right(
                    places, at + STRAIGHT_POINTS
                )
            ]
            for places, ordered in sides
        )
        return [
            (other.box[across], other.box[across + 2])
            for other in neighbours
            if are_one(shade, other)
        ]
