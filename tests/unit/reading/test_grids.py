"""Cells found between rulings: the same ones as pdfplumber finds."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise, product
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.grids import BBox, complete_borders, find_grids, lay_rulings
from pipelines.reading.pdf_objects import Edge
from tests.unit.reading.pages import rulings
from tests.unit.reading.table_finder import grids_by_pdfplumber

Grids = set[frozenset[BBox]]


def as_sets(grids: Iterable[Iterable[BBox]]) -> Grids:
    """The tables whatever their order and that of their cells."""
    return {frozenset(cells) for cells in grids}


def exact(edges: Iterable[tuple[float, ...]]) -> list[Edge]:
    """Edges in fractions: rounded, the mean of equal numbers may differ from them."""
    return [Edge(*(cast("float", Fraction(value)) for value in edge)) for edge in edges]


@st.composite
def drawn_grids(draw: st.DrawFn) -> list[Edge]:
    """A grid as office software draws it: cell by cell, with jitter, gaps and missing borders."""
    gaps = st.lists(st.integers(4, 30), min_size=1, max_size=5)
    xs, ys = (
        [sum(found[:n], 50) for n in range(len(found) + 1)] for found in (draw(gaps), draw(gaps))
    )
    jitter = st.integers(-1, 1)
    edges = []
    for across, ends, lines in ((True, xs, ys), (False, ys, xs)):
        for line in lines:
            for begin, end in pairwise(ends):
                if draw(st.integers(0, 9)) == 0:
                    continue
                at = line + draw(jitter)
                begin_at, end_at = begin + draw(jitter), end + draw(jitter)
                edges.append((begin_at, at, end_at, at) if across else (at, begin_at, at, end_at))
    return exact(edges)


@st.composite
def stray_edges(draw: st.DrawFn) -> list[Edge]:
    """Edges anywhere, of any length, none included."""
    edges = []
    for _ in range(draw(st.integers(0, 25))):
        at, begin, length = draw(st.tuples(*[st.integers(0, 25)] * 3))
        across = draw(st.booleans())
        edges.append((begin, at, begin + length, at) if across else (at, begin, at, begin + length))
    return exact(edges)


@given(
    st.one_of(drawn_grids(), stray_edges(), st.builds(list.__add__, drawn_grids(), stray_edges()))
)
def test_the_cells_are_those_that_pdfplumber_finds(edges: list[Edge]):
    assert as_sets(find_grids(lay_rulings(edges))) == as_sets(grids_by_pdfplumber(edges))


def test_tables_that_share_no_corner_are_two():
    apart = [*rulings((50, 100, 150), (100, 120)), *rulings((50, 100, 150), (140, 160))]
    assert sorted(len(cells) for cells in find_grids(lay_rulings(apart))) == [2, 2]


def sizes(edges: list[Edge]) -> list[int]:
    """How many cells each table has once its borders are complete."""
    return sorted(len(cells) for cells in find_grids(complete_borders(lay_rulings(edges))))


XS, YS = (50, 100, 150, 200), (300, 320, 340)


@pytest.mark.parametrize("lost", ["top", "bottom", "left", "right", "both sides"])
def test_a_border_that_is_not_drawn_is_completed(lost: str):
    """A row whose border a page break took was lost, and so were the columns of open tables."""
    gone = {"top": {300}, "bottom": {340}, "left": {50}, "right": {200}, "both sides": {50, 200}}
    edges = [
        edge
        for edge in rulings(XS, YS)
        if not (edge.top == edge.bottom and edge.top in gone[lost])
        and not (edge.x0 == edge.x1 and edge.x0 in gone[lost])
    ]
    assert sizes(edges) == [6]


def test_lines_that_cross_nothing_are_no_table():
    across = [edge for edge in rulings(XS, YS) if edge.top == edge.bottom]
    assert sizes(across) == []


def test_rulings_that_reach_a_little_too_far_have_lost_no_border():
    over = [Edge(46, y, 204, y) for y in YS]
    down = [edge for edge in rulings(XS, YS) if edge.x0 == edge.x1]
    assert sizes([*over, *down]) == [6]


def test_one_ruling_that_just_ends_has_lost_no_border():
    """The rows below it are closed where it ends: it may be an underline that reaches on."""
    over = [Edge(50, y, 200, y) for y in YS]
    down = [Edge(x, 300, x, 340) for x in (50, 100)]
    closed_below = Edge(200, 320, 200, 340)
    assert sizes([*over, *down, closed_below]) == [3]


Line = tuple[float, ...]


@pytest.mark.parametrize(
    ("drawn", "laid"),
    [
        ([(100, 50, 90)], [(100, 50, 90)]),
        ([(100, 50, 90), (100, 50, 90)], [(100, 50, 90)]),
        ([(100, 50, 90), (103, 90, 140)], [(101.5, 50, 140)]),
        ([(100, 50, 90), (103.5, 90, 140)], [(100, 50, 90), (103.5, 90, 140)]),
        ([(100, 50, 90), (103, 50, 90), (106, 50, 90)], [(103, 50, 90)]),
        ([(100, 50, 90), (100, 93, 140)], [(100, 50, 140)]),
        ([(100, 50, 90), (100, 93.5, 140)], [(100, 50, 90), (100, 93.5, 140)]),
        ([(100, 50, 140), (100, 60, 90), (100, 142, 150)], [(100, 50, 150)]),
        ([(100, 50, 53)], [(100, 50, 53)]),
        ([(100, 50, 52.5)], []),
        ([(100, 50, 51), (100, 52, 53)], [(100, 50, 53)]),
        ([(100, 50, 50.5), (100, 52, 53)], []),
        ([(200, 50, 90), (100, 50, 90)], [(100, 50, 90), (200, 50, 90)]),
        ([], []),
    ],
    ids=[
        *("one", "drawn twice", "with a jitter", "on two lines", "from one to the next"),
        *("with a gap", "with a wide gap", "inside each other", "short", "a dot"),
        *("of short pieces", "of dots", "in any order", "none"),
    ],
)
def test_edges_that_nearly_coincide_are_laid_on_one_line_and_joined(
    drawn: list[Line], laid: list[Line]
):
    down, across = lay_rulings(Edge(begin, at, end, at) for at, begin, end in drawn)
    assert (down, across) == ([], laid)
    down, across = lay_rulings(Edge(at, begin, at, end) for at, begin, end in drawn)
    assert (down, across) == (laid, [])


def segments(xs: Sequence[int], ys: Sequence[int]) -> set[Edge]:
    """The sides of a grid's cells, each by itself."""
    across = {Edge(begin, y, end, y) for y in ys for begin, end in pairwise(xs)}
    return across | {Edge(x, begin, x, end) for x in xs for begin, end in pairwise(ys)}


CENTRES = dict(zip(product((310, 330), (75, 125, 175)), "ABCDEF", strict=True))


def cells_of(edges: Iterable[Edge]) -> set[str]:
    """The cells found, each as those of a grid of three by two that it covers."""
    return {
        "".join(name for (y, x), name in CENTRES.items() if x0 < x < x1 and top < y < bottom)
        for grid in find_grids(lay_rulings(edges))
        for x0, top, x1, bottom in grid
    }


@pytest.mark.parametrize(
    ("lost", "cells"),
    [
        ([(50, 320, 50, 340)], "A B C E F"),
        ([(200, 300, 200, 320)], "A B D E F"),
        ([(100, 300, 150, 300)], "A C D E F"),
        ([(100, 340, 150, 340)], "A B C D F"),
        ([(100, 300, 100, 320)], "AB C D E F"),
        ([(100, 320, 150, 320)], "A BE C D F"),
        ([(50, 320, 100, 320), (100, 300, 150, 300)], "AD C E F"),
    ],
    ids=[
        *("left", "right", "top", "bottom", "between two beside", "between two below"),
        "between two below, and the top of the next",
    ],
)
def test_a_cell_has_all_four_sides(lost: Sequence[Line], cells: str):
    assert cells_of(segments(XS, YS) - {Edge(*each) for each in lost}) == {*cells.split()}


def test_a_ruling_that_goes_on_below_its_neighbour_bounds_a_cell_of_two_rows():
    lost = {Edge(50, 320, 100, 320), Edge(100, 300, 150, 300)}
    stub = Edge(50, 320, 60, 320)
    assert cells_of([*(segments(XS, YS) - lost), stub]) == {"AD", "C", "E", "F"}


def test_cells_are_of_one_table_where_others_connect_them():
    """The first and the last row of the left column have nothing in common but their neighbours."""
    edges = segments((50, 100, 150), (300, 320, 340, 360)) - {Edge(50, 320, 50, 340)}
    assert [len(cells) for cells in find_grids(lay_rulings(edges))] == [5]
    # Cells that meet at their corners alone: two tables become one, and that a part of a third.
    corners = [
        *((0, 0, 1, 1), (0, 2, 1, 3), (1, 1, 2, 2), (2, 2, 3, 5)),
        *((0, 5, 1, 6), (1, 5, 2, 6), (0, 6, 1, 7), (1, 6, 2, 7)),
    ]
    apart = [
        edge
        for x0, top, x1, bottom in corners
        for edge in rulings((50 * x0, 50 * x1), (20 * top, 20 * bottom))
    ]
    assert [len(cells) for cells in find_grids(lay_rulings(apart))] == [8]


@pytest.mark.parametrize(("short", "is_closed"), [(3.0, True), (3.5, False)])
@pytest.mark.parametrize("side", range(4), ids=["above", "below", "at the left", "at the right"])
def test_rulings_meet_where_less_than_a_snap_lacks(side: int, short: float, *, is_closed: bool):
    down, across = [150.0, 300.0, 150.0, 320.0], [50.0, 320.0, 150.0, 320.0]
    changed = (down, down, across, across)[side]
    changed[(1, 3, 0, 2)[side]] += short if side in (0, 2) else -short
    rest = [Edge(50, 300, 150, 300), Edge(50, 300, 50, 320), Edge(100, 300, 100, 320)]
    found = find_grids(lay_rulings([*rest, Edge(*down), Edge(*across)]))
    assert [len(cells) for cells in found] == ([2] if is_closed else [])


def open_rows(heights: Sequence[float], parted: str) -> list[Edge]:
    """A table without borders at its sides: rows so high; of those marked | two columns meet."""
    ys = [*accumulate(heights, initial=300.0)]
    inner = [
        Edge(x, top, x, bottom)
        for mark, (top, bottom) in zip(parted, pairwise(ys), strict=True)
        if mark == "|"
        for x in (100, 150)
    ]
    return [*(Edge(50, y, 200, y) for y in ys), *inner]


@pytest.mark.parametrize(
    ("heights", "parted", "count"),
    [
        ((20, 20), "||", 6),
        ((20, 20, 20), "|-|", 7),
        ((20, 23, 20), "|-|", 7),
        ((20, 23.5, 20), "|-|", 6),
        ((20, 30, 30), "|-|", 7),
        ((30, 30, 20), "|-|", 7),
        ((20, 30, 20, 30), "|-||", 9),
        ((30, 20, 30, 20), "||-|", 9),
        ((20, 20, 20), "-||", 7),
        ((20, 20, 20), "||-", 7),
        ((24, 20, 20), "-||", 6),
    ],
    ids=[
        *("two rows", "a row without inner borders", "a bit higher", "higher"),
        *("as the next", "as the one before", "higher than both beside it", "and above it"),
        *("a first row", "a last row", "a higher first row"),
    ],
)
def test_a_row_without_inner_borders_is_no_higher_than_one_beside_it(
    heights: Sequence[float], parted: str, count: int
):
    assert sum(sizes(open_rows(heights, parted))) == count


@pytest.mark.parametrize(("reach", "count"), [(6, 2), (6.5, 4)])
@pytest.mark.parametrize("turned", [False, True], ids=["across", "down"])
def test_a_ruling_that_reaches_farther_than_a_cell_is_narrow_has_lost_a_border(
    reach: float, count: int, *, turned: bool
):
    """Two columns of one row, and a third at either side whose border lacks."""
    lines = [
        *((100 - reach, y, 200 + reach, y) for y in (300, 320)),
        *((x, 300, x, 320) for x in (100, 150, 200)),
    ]
    edges = [Edge(*((y0, x0, y1, x1) if turned else (x0, y0, x1, y1))) for x0, y0, x1, y1 in lines]
    assert sizes(edges) == [count]


@pytest.mark.parametrize(("step", "count"), [(3.0, 3), (3.5, 2)])
def test_rulings_that_end_a_snap_apart_end_at_one_border(step: float, count: int):
    over = [Edge(50, 300, 200, 300), Edge(50, 320, 200 + step, 320)]
    down = [Edge(x, 300, x, 320) for x in (50, 100, 150)]
    assert sizes([*over, *down]) == [count]


def test_a_border_that_only_a_header_has_is_completed_below_it():
    ys = (300, 320, 340, 360)
    over = [Edge(50, y, 200, y) for y in ys]
    inner = [Edge(x, 300, x, 360) for x in (100, 150)]
    header = [Edge(x, 300, x, 320) for x in (50, 200)]
    assert sizes([*over, *inner, *header]) == [9]


def test_a_header_closed_a_little_further_in_is_not_closed_twice():
    ys = (300, 320, 340, 360)
    over = [Edge(50, y, 200, y) for y in ys]
    inner = [Edge(x, 300, x, 360) for x in (100, 150, 200)]
    assert sizes([*over, *inner, Edge(54, 300, 54, 320)]) == [9]


def test_complete_borders_are_left_as_they_are():
    over = [Edge(48, y, 202, y) for y in YS]
    down = [Edge(x, 298, x, 342) for x in XS]
    laid = lay_rulings([*over, *down])
    assert complete_borders(laid) == laid


@pytest.mark.parametrize(("short", "found"), [(3, [3]), (3.5, [])])
def test_a_ruling_has_lost_a_border_where_others_nearly_cross_it(short: float, found: list[int]):
    over = [Edge(50, y, 200, y) for y in (300, 320)]
    for top, bottom in ((300 + short, 320), (300, 320 - short)):
        assert sizes([*over, *(Edge(x, top, x, bottom) for x in (100, 150))]) == found


@pytest.mark.parametrize(
    ("begin", "end", "is_between"),
    [
        (160, 196.5, False),
        (160, 197, True),
        (206, 260, True),
        (206.5, 260, False),
        (300, 360, False),
    ],
)
def test_a_border_passes_what_ends_before_it_or_begins_behind_it(
    begin: float, end: float, *, is_between: bool
):
    """Rulings end at 200 to 203; another one between them that reaches there parts the table."""
    ends = ((300, 200), (330, 201), (360, 202), (390, 203))
    over = [Edge(50, y, end_at, y) for y, end_at in ends]
    down = [Edge(x, 300, x, 390) for x in (50, 100, 150)]
    borders = complete_borders(lay_rulings([*over, *down, Edge(begin, 315, end, 315)])).down[3:]
    assert borders == [(200, 315 if is_between else 300, 390)]
