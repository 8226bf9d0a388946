"""Forms printed without a border at one side lost amounts, or grew into the form below them."""

import pytest

from pipelines.domain.document import Cell
from pipelines.reading.pdf_objects import Edge
from pipelines.reading.ruled_tables import PageTables, read_ruled_tables
from tests.unit.reading.pages import chars, page

XS = (50.0, 150.0, 250.0, 350.0)
# Where a mirrored page has what this one has at x.
MIRROR = XS[0] + XS[-1]


def across(*ys: float) -> list[Edge]:
    return [Edge(XS[0], y, XS[-1], y) for y in ys]


def at(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


@pytest.mark.parametrize("side", ["right", "left"])
def test_the_row_below_a_closed_header_keeps_its_last_amount(side: str):
    """The header has its border; the body's first row was closed above and lost its cell."""
    ys = (100.0, 120.0, 140.0, 160.0)
    down = [*(Edge(x, 100, x, 160) for x in XS[:-1]), Edge(XS[-1], 100, XS[-1], 120)]
    x_of_amount = 280.0
    if side == "left":
        down = [Edge(MIRROR - x0, top, MIRROR - x1, bottom) for x0, top, x1, bottom in down]
        x_of_amount = 80.0
    found = read_ruled_tables(page(chars("1.00", x_of_amount, 125, pitch=5), [*across(*ys), *down]))
    (table,) = found.tables
    assert found.outside == ()
    assert (table.row_count, table.column_count) == (3, 3)
    (cell,) = (cell for cell in table.cells if cell.text)
    assert at(cell) == ((1, 2) if side == "right" else (1, 0))


def open_at_both_sides(*tops: float) -> list[Edge]:
    """Tables of two rows and three columns without outer borders."""
    edges: list[Edge] = []
    for top in tops:
        edges += across(top, top + 20, top + 40)
        edges += [Edge(x, top, x, top + 40) for x in XS[1:-1]]
    return edges


def read_two(gap: float) -> PageTables:
    title = chars("支出决算表", 150, 140 + gap / 2 - 5)
    return read_ruled_tables(page(title, open_at_both_sides(100, 140 + gap)))


def test_what_stands_between_two_open_tables_is_in_neither():
    found = read_two(gap=60)
    assert [len(table.cells) for table in found.tables] == [6, 6]
    assert "".join(char.text for char in found.outside) == "支出决算表"


def test_a_row_without_inner_borders_is_a_row_of_an_open_table():
    found = read_two(gap=20)
    (table,) = found.tables
    (title,) = (cell for cell in table.cells if cell.text)
    assert (title.row, title.column_span) == (2, 3)
