"""Rulings on a page become grids of cells."""

from dataclasses import replace

import pytest

from pipelines.domain.document import UNREADABLE, Table
from pipelines.reading.drawn_objects import Box
from pipelines.reading.grids import SNAP_POINTS
from pipelines.reading.pdf_objects import Char, Edge
from pipelines.reading.ruled_tables import Faults, read_ruled_tables
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


@pytest.mark.parametrize(
    ("x", "top", "cells"),
    [
        (45, 105, ["收", "", "", ""]),
        (44.5, 105, ["", "", "", ""]),
        (60, 95, ["收", "", "", ""]),
        (60, 94.5, ["", "", "", ""]),
        (144.5, 114.5, ["收", "", "", ""]),
        (145, 114.5, ["", "收", "", ""]),
        (144.5, 115, ["", "", "收", ""]),
        (244.5, 134.5, ["", "", "", "收"]),
        (245, 134.5, ["", "", "", ""]),
        (244.5, 135, ["", "", "", ""]),
    ],
)
def test_what_is_centred_on_a_ruling_is_of_the_cell_behind_it(
    x: float, top: float, cells: list[str]
):
    found = read_ruled_tables(page(chars("收", x, top), rulings(XS, YS)))
    assert [cell.text for cell in found.tables[0].cells] == cells
    assert len(found.outside) == (0 if any(cells) else 1)


def test_two_runs_of_text_in_one_cell_are_its_text():
    placed = [*chars("收入", 60, 105), *chars("外", 60, 80), *chars("支", 160, 105)]
    found = read_ruled_tables(page([*placed, *chars("合计", 90, 105)], rulings(XS, YS)))
    assert [cell.text for cell in found.tables[0].cells] == ["收入 合计", "支", "", ""]


def digits(text: str, x: float, top: float) -> list[Char]:
    return chars(text, x, top, pitch=5)


@pytest.mark.parametrize(
    ("placed", "row"),
    [
        (digits("1234.56", 130, 105), ["1234.56", ""]),
        (digits("1234.56", 138, 105), ["", "1234.56"]),
        (digits("1.25", 140, 105), ["1.25", ""]),
        ([*digits("1.25", 130, 105), *digits("3.50", 150, 105)], ["1.25", "3.50"]),
        ([*digits("12", 140, 105), *digits("3.50", 151, 105)], ["", "123.50"]),
        ([*digits("12", 140, 105), *digits("3.50", 151.5, 105)], ["12", "3.50"]),
        ([*digits("12", 140, 105), *digits("3.50", 150, 106)], ["", "123.50"]),
        ([*digits("12", 140, 105), *digits("3.50", 150, 106.5)], ["12", "3.50"]),
        (
            [*chars("共", 130, 105), *digits("12", 140, 105), *digits("345", 150, 105)],
            ["共", "12345"],
        ),
        (
            [*digits("345", 135, 105), *digits("12", 150, 105), *chars("元", 160, 105)],
            ["34512", "元"],
        ),
        ([*chars("收", 140, 105), *digits("345", 150, 105)], ["收", "345"]),
    ],
    ids=[
        *("most before", "most behind", "half", "two numbers that touch"),
        *("a tenth apart", "farther apart", "a tenth lower", "lower"),
        *("behind words", "before words", "words before a number"),
    ],
)
def test_a_number_torn_by_a_ruling_is_of_the_cell_that_holds_most_of_it(
    placed: list[Char], row: list[str]
):
    found = read_ruled_tables(page(placed, rulings(XS, YS)))
    assert [cell.text for cell in found.tables[0].cells][:2] == row


def test_two_numbers_that_touch_keep_no_other_one_torn():
    placed = [*digits("1.25", 130, 105), *digits("3.50", 150, 105), *digits("1234.56", 130, 125)]
    (table,) = read_ruled_tables(page(placed, rulings(XS, YS))).tables
    assert [cell.text for cell in table.cells] == ["1.25", "3.50", "1234.56", ""]


@pytest.mark.parametrize(
    ("mark", "beside", "is_number"),
    [
        ((60, 105, 100, 115), "", True),
        ((60, 105, 100, 115), "1.", True),
        ((60, 105, 100, 115), "收入", False),
        ((136, 105, 156, 115), "", True),
        ((137, 105, 157, 115), "", False),
        ((44, 105, 64, 115), "", True),
        ((43, 105, 63, 115), "", False),
        ((60, 113, 100, 123), "", True),
        ((60, 114, 100, 124), "", False),
        ((60, 97, 100, 107), "", True),
        ((60, 96, 100, 106), "", False),
        ((300, 105, 340, 115), "", False),
    ],
    ids=[
        *("alone", "beside a number", "beside words", "most of it to the left", "less of it"),
        *("most of it to the right", "less to the right", "most of it above", "less above"),
        *("most of it below", "less below", "outside"),
    ],
)
def test_what_is_drawn_where_a_number_may_be_is_one_that_nobody_can_read(
    mark: Box, beside: str, *, is_number: bool
):
    drawn = replace(page(digits(beside, 105, 105), rulings(XS, YS)), marks=[mark])
    (table,) = read_ruled_tables(drawn).tables
    first = table.cells[0]
    assert (first.is_unreadable, UNREADABLE in first.text) == (is_number, is_number)
    assert not any(cell.is_unreadable for cell in table.cells[1:])


def without_inner_border(row: int) -> list[Edge]:
    """A grid of two columns whose middle border is missing in one of two rows."""
    edges = [edge for edge in rulings(XS, YS) if edge.x0 != 150.0 or edge.x1 != 150.0]
    other = YS[1 - row : 3 - row]
    return [*edges, Edge(150.0, other[0], 150.0, other[1])]


@pytest.mark.parametrize(("text", "columns"), [("3.00", 1), ("合计", 2)])
def test_a_number_over_two_columns_is_in_one_of_them(text: str, columns: int):
    placed = [*digits("1.00", 60, 105), *digits("2.00", 160, 105), *chars(text, 60, 125, pitch=5)]
    (table,) = read_ruled_tables(page(placed, without_inner_border(1))).tables
    cell = next(cell for cell in table.cells if cell.text == text)
    assert cell.column_span == columns


@pytest.mark.parametrize(("row", "borders"), [(0, [50, 150, 250]), (1, [50, 250])])
def test_what_the_next_page_may_go_on_with_are_the_borders_of_the_last_row(
    row: int, borders: list[float]
):
    faults = Faults()
    read_ruled_tables(page(edges=without_inner_border(row)), faults)
    assert sorted(faults.lost.ends([])) == borders


def test_what_a_page_lacks_is_known_on_the_next():
    lacking = [edge for edge in rulings(XS, YS) if edge.x0 != 150.0 or edge.x1 != 150.0]
    placed = [
        char
        for top in (105, 125)
        for char in (*digits("1.00", 120, top), *digits("2.00", 160, top))
    ]
    faults = Faults()
    (table,) = read_ruled_tables(page(placed, lacking), faults).tables
    assert table.column_count == 2
    assert faults.lost.of([50, 250]) == [150]
    one = digits("2.00", 160, 105)
    (rest,) = read_ruled_tables(page(one, lacking), faults).tables
    assert [(cell.text, cell.column) for cell in rest.cells if cell.row == 0] == [
        ("", 0),
        ("2.00", 1),
    ]


def test_by_how_much_text_is_off_is_kept_where_a_page_does_not_show_it():
    faults = Faults(lift=5.0)
    found = read_ruled_tables(page(chars("收", 60, 105), rulings(XS, YS)), faults)
    assert found.tables[0].cells[0].text == "收"
    assert faults.lift == 5.0
    read_ruled_tables(page(), faults)
    assert faults.lift == 5.0
