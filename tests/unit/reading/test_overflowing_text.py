"""A line that overflows its cell goes to the cell of its text, and nothing else does."""

import pytest

from pipelines.reading.pdf_objects import Char
from pipelines.reading.ruled_tables import read_ruled_tables
from tests.unit.reading.pages import chars, page, rulings

EDGES, TOPS = [0.0, 100.0, 200.0], [0.0, 12.0, 24.0, 36.0]


def text(words: str, x: float, middle: float, *, size: float = 8.0) -> list[Char]:
    return chars(words, x, middle - size / 2, size=size, pitch=size)


def column(*drawn: list[Char]) -> list[str]:
    """The texts of the second column, of what is drawn in this order."""
    names = [char for top in TOPS[:3] for char in text("机关事业单位养老支出", 10, top + 6)]
    printed = [*names, *(char for run in drawn for char in run)]
    (table,) = read_ruled_tables(page(printed, rulings(EDGES, TOPS))).tables
    return [cell.text for cell in table.cells if cell.column == 1]


def test_the_lines_of_a_text_too_high_for_its_cell_are_put_together():
    texts = column(
        text("支出", 130, 5),
        text("3", 150, 30),
        text("一般公共预算", 120, 14),
        text("拨款", 130, 25),
    )
    assert texts == ["支出", "一般公共预算\n拨款", "3"]


def test_a_line_too_low_for_its_cell_goes_to_the_line_above_it():
    texts = column(text("12", 150, 30), text("运行维护", 120, 16), text("费", 132, 25))
    assert texts == ["", "运行维护\n费", "12"]


def test_a_character_that_is_lower_than_its_neighbours_stays_with_them():
    # The middle of 一 lies above the ruling, that of the others below it.
    high = [Char("一", 120.0, 8.4, 128.0, 15.4)]
    rest = chars("般公共", 128, 8.4, size=8, pitch=8)
    texts = column(text("支出", 130, 5), text("3", 150, 30), high, rest)
    assert texts == ["支出", "一般公共", "3"]


@pytest.mark.parametrize(
    ("drawn", "last"),
    [
        ([text("合计", 120, 16), text("费", 132, 25)], "费"),
        ([text("12", 150, 30), text("合计", 120, 16), text("费", 170, 25)], "费\n12"),
        ([text("12", 150, 30), text("合计", 120, 22), text("费", 122, 31)], "费 12"),
        ([text("12", 150, 30), text("费", 122, 25), text("合计", 120, 16)], "费\n12"),
    ],
    ids=["alone in its cell", "not below the text", "inside its cell", "drawn before the text"],
)
def test_what_is_not_surely_the_rest_of_a_text_stays(drawn: list[list[Char]], last: str):
    assert column(*drawn) == ["", "合计", last]
