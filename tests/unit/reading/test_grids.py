"""Cells found between rulings: the same ones as pdfplumber finds."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
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
