"""Two amounts that touch at a border were joined to one that neither cell printed."""

import pytest

from pipelines.reading.ruled_tables import read_ruled_tables
from tests.unit.reading.pages import chars, page, rulings

BORDER = 150.0


def cells(*printed: tuple[str, float]) -> list[str]:
    placed = [char for text, x in printed for char in chars(text, x, 105, pitch=5)]
    (table,) = read_ruled_tables(page(placed, rulings((50, BORDER, 250), (100, 120, 140)))).tables
    return [cell.text for cell in table.cells][:2]


@pytest.mark.parametrize(
    ("left", "right"), [("15897.44", "15,897.44"), ("123,456.78", "9.00"), ("0.00", "0.00")]
)
def test_amounts_that_touch_stay_two(left: str, right: str):
    assert cells((left, BORDER - 5 * len(left)), (right, BORDER)) == [left, right]


def test_an_amount_printed_over_a_border_stays_one():
    assert cells(("123,456.78", BORDER - 35)) == ["123,456.78", ""]
