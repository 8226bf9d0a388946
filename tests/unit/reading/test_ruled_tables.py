"""Rulings on a page become grids of cells."""

import pytest

from pipelines.domain.document import Table
from pipelines.reading.grids import SNAP_POINTS
from pipelines.reading.pdf_objects import Edge
from pipelines.reading.ruled_tables import read_ruled_tables
from tests.unit.reading.pages import chars, page, rulings

XS, YS = (50.0, 150.0, 250.0), (100.0, 120.0, 140.0)


def read_table(*edges: Edge, text: str = "", x: float = 60.0, top: float = 105.0) -> Table:
    (table,) = read_ruled_tables(page(chars(text, x, top), edges)).tables
    return table


def shape(table: Table) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


def test_a_full_grid_has_a_cell_for_each_position():
    table = read_table(*rulings(XS, YS))
    assert (table.row_count, table.column_count) == (2, 2)
    assert shape(table) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_missing_border_merges_cells_across():
    edges = [edge for edge in rulings(XS, YS) if edge.x0 != 150.0 or edge.x1 != 150.0]
    table = read_table(*edges, Edge(150.0, 120.0, 150.0, 140.0))
    assert shape(table) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_missing_border_merges_cells_down():
    edges = [edge for edge in rulings(XS, YS) if edge.top != 120.0 or edge.bottom != 120.0]
    table = read_table(*edges, Edge(150.0, 120.0, 250.0, 120.0))
    assert shape(table) == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


def test_borders_drawn_once_a_cell_are_one_ruling():
    jitter = SNAP_POINTS / 3
    edges = [
        *rulings(XS[:2], YS),
        *rulings((XS[1] + jitter, XS[2]), [y + jitter for y in YS]),
    ]
    table = read_table(*edges)
    assert (table.row_count, table.column_count) == (2, 2)


def test_edges_drawn_twice_change_nothing():
    assert read_table(*rulings(XS, YS), *rulings(XS, YS)) == read_table(*rulings(XS, YS))


def test_a_character_belongs_to_the_cell_its_centre_lies_in():
    """A label that is too long hangs over its border."""
    table = read_table(*rulings(XS, YS), text="一二三四五六七八九十", x=52.0)
    assert [cell.text for cell in table.cells] == ["一二三四五六七八九十", "", "", ""]
    hanging = read_table(*rulings(XS, YS), text="一二三四五六七八九十百", x=50.0)
    assert [cell.text for cell in hanging.cells][:2] == ["一二三四五六七八九十", "百"]


def test_cells_and_table_say_where_they_are():
    table = read_ruled_tables(page(edges=rulings(XS, YS), number=3)).tables[0]
    assert (table.place.page, table.place.bbox) == (3, (50.0, 100.0, 250.0, 140.0))
    assert table.cells[1].place.bbox == (150.0, 100.0, 250.0, 120.0)


def test_tables_come_from_top_to_bottom():
    lower, upper = rulings(XS, (400.0, 420.0, 440.0)), rulings(XS, YS)
    tables = read_ruled_tables(page(edges=[*lower, *upper])).tables
    assert [table.place.bbox[1] for table in tables if table.place.bbox] == [100.0, 400.0]


def test_characters_outside_every_table_are_handed_on():
    placed = [*chars("表内", 60, 105), *chars("单位：万元", 60, 80)]
    found = read_ruled_tables(page(placed, rulings(XS, YS)))
    assert "".join(char.text for char in found.outside) == "单位：万元"
    assert [cell.text for cell in found.tables[0].cells] == ["表内", "", "", ""]


def test_a_frame_around_text_is_no_table():
    found = read_ruled_tables(page(chars("说明", 60, 105), rulings(XS[:2], YS[:2])))
    assert found.tables == ()
    assert len(found.outside) == 2


@pytest.mark.parametrize(
    "edges",
    [[], [Edge(50.0, 100.0, 250.0, 100.0)], rulings(XS, YS)[:3]],
    ids=["no ruling", "an underline", "lines across only"],
)
def test_rulings_that_enclose_nothing_make_no_table(edges: list[Edge]):
    assert read_ruled_tables(page(chars("正文", 60, 90), edges)).tables == ()
