"""Which edges of filled areas part cells."""

from collections.abc import Iterable, Sequence

import pytest

from pipelines.reading.drawn_objects import Box, Colour
from pipelines.reading.pdf_objects import WHITE_PAPER, Edge, Shade
from pipelines.reading.shades import parting_edges

GREY: Colour = 204, 204, 204, 255
BLUE: Colour = 0, 0, 255, 255
GRID: Box = (50.0, 100.0, 350.0, 160.0)


def shade(x0: float, top: float, x1: float, bottom: float, colour: Colour = GREY) -> Shade:
    edges = (
        Edge(x0, top, x1, top),
        Edge(x0, bottom, x1, bottom),
        Edge(x0, top, x0, bottom),
        Edge(x1, top, x1, bottom),
    )
    return Shade((x0, top, x1, bottom), colour, edges)


def pieces(x0: float, top: float, x1: float, bottom: float) -> list[Shade]:
    """One cell's shading as Word paints it: a strip along each side, then the rest."""
    return [
        shade(x0, top, x1, top + 4),
        shade(x0, top + 4, x0 + 5, bottom - 4),
        shade(x1 - 5, top + 4, x1, bottom - 4),
        shade(x0, bottom - 4, x1, bottom),
        shade(x0 + 5, top + 4, x1 - 5, bottom - 4),
    ]


def places(edges: Iterable[Edge]) -> tuple[list[float], list[float]]:
    """Where edges lie, down and across."""
    found = list(edges)
    down = sorted({edge.x0 for edge in found if edge.x0 == edge.x1})
    across = sorted({edge.top for edge in found if edge.top == edge.bottom})
    return down, across


def test_white_on_paper_parts_nothing_inside_a_grid():
    assert parting_edges([shade(50, 100, 150, 120, WHITE_PAPER)], [GRID]) == []


def test_without_a_grid_any_area_may_part_cells():
    white = shade(50, 100, 150, 120, WHITE_PAPER)
    assert sorted(parting_edges([white], [])) == sorted(white.edges)


def test_striped_rows_part_cells_inside_a_grid():
    stripes = [shade(x, top, x + 100, top + 20) for top in (100, 140) for x in (50, 150, 250)]
    assert places(parting_edges(stripes, [GRID])) == ([], [100, 120, 140, 160])


def test_stripes_of_two_colours_are_seen_where_they_meet():
    stripes = [shade(50, 100, 350, 120, GREY), shade(50, 120, 350, 140, BLUE)]
    _, across = places(parting_edges(stripes, [GRID]))
    assert across == [100, 120, 140]


def test_areas_of_one_colour_are_one_where_they_meet_inside_a_grid():
    lines = [shade(50, top, 350, top + 10) for top in (100, 110)]
    assert places(parting_edges(lines, [GRID])) == ([], [100, 120])


def test_what_is_marked_inside_a_cell_parts_nothing():
    assert parting_edges([shade(160, 102, 200, 118)], [GRID]) == []


@pytest.mark.parametrize("gap", [0.0, 0.4], ids=["touching", "apart"])
def test_the_pieces_of_a_cell_part_nothing_in_it(gap: float):
    """Two cells beside and two below each other, without any ruling."""
    areas = [
        piece
        for top in (100, 130)
        for x in (50, 150)
        for piece in pieces(x + gap, top + gap, x + 100 - gap, top + 30 - gap)
    ]
    down, across = places(parting_edges(areas, []))
    assert {round(at, -1) for at in down} == {50, 150, 250}
    assert {round(at, -1) for at in across} == {100, 130, 160}


def test_areas_beside_a_grid_are_looked_at_by_themselves():
    beside = shade(50, 400, 150, 420, WHITE_PAPER)
    inside = shade(50, 100, 150, 120, WHITE_PAPER)
    assert sorted(parting_edges([beside, inside], [GRID])) == sorted(beside.edges)


@pytest.mark.parametrize("grids", [(), (GRID,)], ids=["no grid", "a grid"])
def test_no_areas_have_no_edges(grids: Sequence[Box]):
    assert parting_edges([], grids) == []


@pytest.mark.parametrize(
    ("width", "height", "parts"),
    [
        (180, 20, ([], [100, 120])),
        (179, 20, ([], [])),
        (20, 36, ([50, 70], [])),
        (20, 35, ([], [])),
    ],
    ids=["three fifths wide", "narrower", "three fifths high", "lower"],
)
def test_an_edge_inside_a_grid_parts_it_from_three_fifths_of_it(
    width: float, height: float, parts: tuple[list[float], list[float]]
):
    """The grid is 300 points wide and 60 high."""
    assert places(parting_edges([shade(50, 100, 50 + width, 100 + height)], [GRID])) == parts


def seams(upper: Box, lower: Box) -> list[tuple[float, float]]:
    """From where to where edges lie between two areas below each other."""
    edges = parting_edges([shade(*upper), shade(*lower)], [])
    return sorted({(edge.x0, edge.x1) for edge in edges if edge.top == edge.bottom == lower[1]})


@pytest.mark.parametrize(
    ("upper", "lower", "left"),
    [
        ((50, 100, 150, 105), (50, 105, 150, 130), []),
        ((50, 100, 150, 105.5), (50, 105.5, 150, 130), []),
        ((50, 100, 150, 106), (50, 106, 150, 130), [(50, 150)]),
        ((50, 100, 150, 104), (50, 104, 55, 126), [(55, 150)]),
        ((50, 100, 150, 104), (50, 104, 150, 108), [(50, 150)]),
        ((50, 100, 55, 126), (50, 126, 55, 150), [(50, 55)]),
        ((50, 100, 55, 126), (50, 126, 55, 131), []),
        ((50, 100, 150, 104), (50, 104, 54, 108), [(50, 54), (50, 150)]),
        ((50, 100, 150, 120), (50, 120, 150, 140), [(50, 150)]),
    ],
    ids=[
        *("a strip and the rest", "nearly too high", "too high", "a strip across and one down"),
        *("two strips side by side", "two end to end", "a strip and its end", "the end of one"),
        "two cells",
    ],
)
def test_strips_too_narrow_for_a_character_are_of_what_they_meet(
    upper: Box, lower: Box, left: list[tuple[float, float]]
):
    """But those of one way, a square among those across, are of two cells."""
    assert seams(upper, lower) == left


@pytest.mark.parametrize(("off", "is_met"), [(0.5, True), (0.6, False)])
def test_an_edge_may_lie_half_a_point_beside_its_area(off: float, *, is_met: bool):
    box = 50.0, 120.0, 350.0, 140.0
    for edge, other in (
        (Edge(50, 140 + off, 350, 140 + off), (50, 140 + off, 350, 160)),
        (Edge(50, 120 - off, 350, 120 - off), (50, 100, 350, 120 - off)),
    ):
        neighbour = Shade(other, GREY, ())
        found = parting_edges([Shade(box, GREY, (edge,)), neighbour], [GRID])
        assert found == ([] if is_met else [edge])
