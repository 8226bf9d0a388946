"""A line that overflows its cell goes to the cell of its text, and nothing else does."""

from collections.abc import Sequence

import pytest

from pipelines.reading.drawn_objects import Box
from pipelines.reading.overflowing_text import Stretch, overflowing
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


UPPER: Box = (0.0, 0.0, 100.0, 20.0)
LOWER: Box = (0.0, 20.0, 100.0, 40.0)


def strays(
    *drawn: tuple[int, Sequence[Char]], boxes: Sequence[Box] = (UPPER, LOWER), lift: float = 0.0
) -> list[tuple[str, int]]:
    """The texts that go to another cell and which, of what is drawn in cells in this order."""
    texts: list[list[Char]] = [[] for _ in boxes]
    stretches = []
    for owner, run in drawn:
        begin = len(texts[owner])
        texts[owner].extend(run)
        stretches.append(Stretch(owner, begin, len(texts[owner])))
    return [
        ("".join(char.text for char in texts[owner][begin:end]), other)
        for (owner, begin, end), other in overflowing(stretches, texts, boxes, lift)
    ]


# What fills a cell of its own, so that a line beside it is not all that the cell holds.
OWN_ABOVE, OWN_BELOW = chars("甲", 90, 1), chars("乙", 90, 29)
LINE = chars("公务", 10, 3)


@pytest.mark.parametrize(
    ("top", "is_stray"), [(12.0, False), (12.5, True), (17.5, True), (18.0, False)]
)
def test_a_line_stands_on_a_border_where_more_than_a_fifth_of_it_is_on_either_side(
    top: float, *, is_stray: bool
):
    drawn = (1, OWN_BELOW), (0, chars("公务", 10, top - 10)), (1, chars("费", 15, top))
    assert strays(*drawn) == ([("费", 0)] if is_stray else [])
    raised = [
        (owner, [each._replace(top=each.top - 5, bottom=each.bottom - 5) for each in run])
        for owner, run in drawn
    ]
    assert strays(*raised, lift=5.0) == ([("费", 0)] if is_stray else [])


def test_each_line_on_a_border_is_found_and_what_follows_it_in_its_cell_does_not_matter():
    other = [each._replace(x0=each.x0 + 50, x1=each.x1 + 50) for each in LINE]
    drawn = [(1, OWN_BELOW), (0, LINE), (1, chars("费", 15, 14)), (1, OWN_BELOW)]
    assert strays(*drawn) == [("费", 0)]
    assert strays(*drawn, (0, other), (1, chars("出", 65, 14))) == [("费", 0), ("出", 0)]


@pytest.mark.parametrize(
    ("boxes", "count"),
    [
        ((UPPER, LOWER), 1),
        ((UPPER, (99.0, 20.0, 200.0, 40.0)), 1),
        ((UPPER, (100.0, 20.0, 200.0, 40.0)), 0),
        (((100.0, 0.0, 200.0, 20.0), LOWER), 0),
        (((99.0, 0.0, 200.0, 20.0), LOWER), 1),
        ((UPPER, (0.0, 21.0, 100.0, 40.0)), 0),
    ],
    ids=["below", "below an end", "beyond a corner", "before a corner", "a bit", "farther below"],
)
def test_only_cells_that_share_a_border_share_a_text(boxes: Sequence[Box], count: int):
    rest = chars("费", 15, 14)
    assert len(strays((1, OWN_BELOW), (0, LINE), (1, rest), boxes=boxes)) == count
    # The same cells in the other order, and what is drawn in the lower one goes on in the upper.
    drawn = (1, chars("甲", 90, 1)), (0, chars("公", 10, 14)), (1, chars("务", 20, 14))
    assert len(strays(*drawn, boxes=boxes[::-1])) == count


@pytest.mark.parametrize(
    ("above", "below", "moved"),
    [
        ("公", "务", ("公", 1)),
        ("公", "务费", ("公", 1)),
        ("公务", "费", ("费", 0)),
    ],
)
def test_of_a_line_in_two_cells_the_shorter_part_moves_or_else_the_first(
    above: str, below: str, moved: tuple[str, int]
):
    line = chars(above + below, 10, 14)
    own = (0, OWN_ABOVE), (1, OWN_BELOW)
    parts = (0, line[: len(above)]), (1, line[len(above) :])
    assert strays(*own, *parts) == [moved]


@pytest.mark.parametrize(
    ("left", "right", "gap", "lower", "is_one"),
    [
        (10, 10, 3.0, 0.0, True),
        (10, 10, 3.5, 0.0, False),
        (10, 10, 0.0, 2.0, True),
        (10, 10, 0.0, 2.5, False),
        (15, 10, 3.0, 0.0, True),
        (15, 10, 3.5, 0.0, False),
        (10, 15, 3.5, 0.0, False),
        (10, 15, 0.0, 3.0, True),
        (15, 10, 0.0, -3.0, True),
    ],
)
def test_a_line_has_no_gap_of_three_tenths_and_no_step_of_a_fifth_of_its_height(
    left: float, right: float, gap: float, lower: float, *, is_one: bool
):
    """The gap in heights of the smaller character, the step in those of the larger one."""
    one = chars("公", 10, 14, size=left)
    other = chars("务", 20 + gap, 14 + lower, size=right)
    assert bool(strays((0, OWN_ABOVE), (1, OWN_BELOW), (0, one), (1, other))) == is_one


@pytest.mark.parametrize(
    ("pitch", "size", "x", "goes_on"),
    [
        (8.5, 10, 15, False),
        (9.0, 10, 15, True),
        (18.0, 10, 15, True),
        (18.5, 10, 15, False),
        (18.0, 15, 15, True),
        (13.0, 15, 15, False),
        (10.0, 10, 4.0, False),
        (10.0, 10, 5.0, True),
        (10.0, 10, 22.0, True),
        (10.0, 10, 25.0, True),
        (10.0, 10, 26.0, False),
    ],
    ids=[
        *("too near", "next", "far", "too far", "below a larger one", "too near to it"),
        *("left of it", "below its beginning", "below its second half", "below its end"),
        "right of it",
    ],
)
def test_the_next_line_of_a_text_is_a_line_lower_with_its_middle_below_it(
    pitch: float, size: float, x: float, *, goes_on: bool
):
    rest = chars("费", x, 14)
    line = chars("公务", 10, 14 - pitch, size=size, pitch=10)
    assert strays((1, OWN_BELOW), (0, line), (1, rest)) == ([("费", 0)] if goes_on else [])
