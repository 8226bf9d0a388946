"""Text off its table's rows is moved by what puts most of it between rulings.

Rows are 20 points high and characters 10: text in the middle of a row is 5 points off each ruling.
"""

import pytest

from pipelines.reading.drawn_objects import Box
from pipelines.reading.pdf_objects import Char
from pipelines.reading.row_offsets import needed_lift
from tests.unit.reading.pages import chars

LEFT, MIDDLE, RIGHT = 50.0, 150.0, 250.0
TOP, ROW, ROWS = 100.0, 20.0, 12


def cell_at(x: float, y: float) -> Box | None:
    """The cell of a grid of two columns."""
    row = (y - TOP) // ROW
    if not (LEFT <= x < RIGHT and 0 <= row < ROWS):
        return None
    left, right = (LEFT, MIDDLE) if x < MIDDLE else (MIDDLE, RIGHT)
    return left, TOP + row * ROW, right, TOP + (row + 1) * ROW


def printed(*lows: float, left: float = 60.0) -> list[Char]:
    """A text in each row, so much lower than its middle; again from the first where they end."""
    tops = [TOP + ROW * row + 5 + lows[row % len(lows)] for row in range(1, ROWS - 1)]
    return [char for top in tops for char in chars("收入", left, top)]


@pytest.mark.parametrize(
    ("low", "lift"), [(0, 0), (6, 0), (-6, 0), (6.5, -6.5), (-6.5, 6.5), (8, -8), (-9, 8.75)]
)
def test_text_whose_middle_is_near_a_ruling_moves_to_the_middle_of_its_rows(
    low: float, lift: float
):
    """No more than one and a half of its height either way is tried out."""
    assert needed_lift(printed(low), cell_at, 0.0) == pytest.approx(lift, abs=0.01)


@pytest.mark.parametrize(
    ("lows", "lift"), [((0, 0, 0, 0, 8), 0), ((0, 0, 0, 8, 8), -4), ((8, 8, 0, 8, 8), -4)]
)
def test_text_is_off_where_more_than_three_tenths_stand_on_rulings(
    lows: tuple[float, ...], lift: float
):
    assert needed_lift(printed(*lows), cell_at, 0.0) == pytest.approx(lift, abs=0.01)


@pytest.mark.parametrize(
    ("lows", "known", "lift"),
    [
        ((6.0,), -4.0, 0.0),
        ((4.0, 4.0, 4.0, 4.0, 8.0), -4.0, -4.0),
        ((4.0, 4.0, 4.0, 4.0, 8.0), 4.0, 0.0),
    ],
    ids=["all does as it is", "more does", "less does"],
)
def test_what_pages_before_needed_is_needed_where_more_stands_in_cells_then(
    lows: tuple[float, ...], known: float, lift: float
):
    """Text may reach over a ruling by the room above its ink: 1.5 points of 10."""
    assert needed_lift(printed(*lows), cell_at, known) == lift


@pytest.mark.parametrize(
    ("known", "lift"),
    [(0.0, -8), (12.0, 12), (-3.0, -3), (-14.5, -14.5), (2.0, -8), (-14.75, -8), (20.0, 10.25)],
)
def test_text_that_is_off_moves_as_pages_before_did_where_it_stands_in_cells_then(
    known: float, lift: float
):
    assert needed_lift(printed(8.0), cell_at, known) == pytest.approx(lift, abs=0.01)


@pytest.mark.parametrize(
    ("left", "lift"), [(130.0, -4.0), (131.5, -4.0), (132.0, 0.0), (48.5, -4.0), (48.0, 0.0)]
)
def test_text_that_reaches_over_a_column_fits_no_cell(left: float, lift: float):
    """Where none fits, no row is better than another, and what was known changes nothing."""
    lows = (4.0, 4.0, 4.0, 4.0, 8.0)
    assert needed_lift(printed(*lows, left=left), cell_at, -4.0) == lift


def test_text_outside_the_grid_needs_no_move():
    assert needed_lift(printed(8.0, left=300.0), cell_at, 0.0) == 0.0
    # What stood on the grid and would not any more counts against moving it.
    head = [char for row in range(4) for char in chars("收入", 60 + 25 * row, TOP + 1)]
    assert needed_lift(head, cell_at, -12.0) == 0.0


def test_text_at_the_left_side_of_the_grid_is_of_it():
    assert needed_lift(printed(8.0, left=LEFT), cell_at, 0.0) == pytest.approx(-8)


@pytest.mark.parametrize(("letters", "lows"), [("收", (0, 8)), ("收入收入收入", (8, 8))])
def test_of_up_to_sixty_characters_each_shows_whether_text_is_off(
    letters: str, lows: tuple[int, int]
):
    page = [
        char
        for row in range(1, ROWS - 1)
        for char in chars(letters, 60, TOP + ROW * row + 5 + lows[row % 2 - 1])
    ]
    assert needed_lift(page, cell_at, 0.0) == pytest.approx(-4 if 0 in lows else -8, abs=0.01)


def test_amounts_that_nearly_touch_between_two_columns_are_two_texts():
    page = [
        char
        for row in range(1, ROWS - 1)
        for text, left in (("1.00", MIDDLE - 42), ("2.00", MIDDLE + 2))
        for char in chars(text, left, TOP + ROW * row + 13)
    ]
    assert needed_lift(page, cell_at, 0.0) == pytest.approx(-8)


def test_text_above_the_grid_does_not_keep_that_on_it_from_moving():
    title = chars("部门决算表", 60, 40)
    assert needed_lift([*title, *printed(8.0)], cell_at, 0.0) == pytest.approx(-8)


@pytest.mark.parametrize("known", [-2.0, 5.0])
def test_what_pages_before_needed_is_kept_at_either_end_of_what_does(known: float):
    """Text 8.5 points too low reaches over a ruling by its room of 1.5 points then, no more."""
    assert needed_lift(printed(8.5), cell_at, known) == known


@pytest.mark.parametrize("title", ["", "部门决算表"], ids=["alone", "below a title"])
@pytest.mark.parametrize(("most", "is_kept"), [(37, True), (36, False)])
def test_what_pages_before_needed_is_kept_where_so_many_characters_fit_then(
    title: str, most: int, *, is_kept: bool
):
    """Three characters stand in no cell then: 34 more of 40 fit than do not, 33 of 39 are few."""
    names = ["本年收入"] * 9 + ["收"] * (most - 36)
    page = [
        *chars(title, 60, 40),
        *(
            char
            for row, name in enumerate(names, start=1)
            for char in chars(name, 60, TOP + ROW * row + 5 + 8.5)
        ),
        *chars("合计数", 160, TOP + ROW * 5 + 5 + 7),
    ]
    assert needed_lift(page, cell_at, -14.5) == pytest.approx(
        -14.5 if is_kept else (-13.5 - 2.0) / 2, abs=0.01
    )
