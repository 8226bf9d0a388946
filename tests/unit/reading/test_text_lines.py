"""Characters are put together to lines by where they stand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.pdf_objects import Char
from pipelines.reading.text_lines import block_text, group_lines, line_text
from tests.unit.reading.pages import SIZE, chars


def test_characters_become_lines_from_top_to_bottom_and_left_to_right():
    scattered = [*chars("下行", 50, 120), *chars("右", 90, 100), *chars("左", 50, 101)]
    assert [line_text(line) for line in group_lines(scattered)] == ["左 右", "下行"]


@given(st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_matter(shuffler: random.Random):
    placed = [*chars("财政拨款", 50, 100), *chars("899.51", 120, 102, pitch=6)]
    shuffler.shuffle(placed)
    assert block_text(placed) == "财政拨款 899.51"


@pytest.mark.parametrize(("offset", "lines"), [(0, 1), (3, 1), (4, 1), (6, 2), (12, 2)])
def test_characters_on_a_raised_baseline_stay_in_their_line(offset: float, lines: int):
    placed = [*chars("支出", 50, 100), *chars("1.00", 75, 100 + offset, pitch=6)]
    assert len(group_lines(placed)) == lines


@pytest.mark.parametrize(
    ("gap", "text"),
    [(0.0, "收入"), (0.25 * SIZE, "收入"), (0.39 * SIZE, "收入"), (0.5 * SIZE, "收 入")],
    ids=["none", "a quarter of an em", "just below", "above"],
)
def test_only_a_wide_gap_is_a_space(gap: float, text: str):
    assert line_text([*chars("收", 50, 100), *chars("入", 50 + SIZE + gap, 100)]) == text


def test_the_smaller_of_two_characters_decides_what_is_wide():
    large, small = chars("额", 50, 96, size=18, pitch=18), chars("1", 73, 104, size=6, pitch=4)
    assert line_text([*large, *small]) == "额 1"


def test_a_cell_keeps_its_line_breaks():
    assert block_text([*chars("政府性", 50, 100), *chars("基金", 50, 115)]) == "政府性\n基金"


def test_no_characters_print_nothing():
    assert block_text([]) == ""
    assert group_lines([]) == []


def _in_ink(text: str, left: float, foot: float) -> list[Char]:
    """Characters in the boxes of their ink, as where a font has no metrics: heights in ems."""
    inks = {",": (0.28, 0.17), "，": (0.25, 0.1), ".": (0.1, 0.0), "“": (0.3, -0.55)}
    placed = []
    for number, text_of in enumerate(text):
        height, below = inks.get(text_of, (0.74, 0.0))
        bottom = foot + below * SIZE
        x = left + number * SIZE
        placed.append(Char(text_of, x, bottom - height * SIZE, x + SIZE, bottom))
    return placed


@pytest.mark.parametrize("text", ["1,234.50", "1,234,567.00", "收入，支出", "“三公”经费", ","])
def test_marks_in_the_box_of_their_ink_are_no_lines(text: str):
    assert block_text(_in_ink(text, 50, 100)) == text


def test_marks_at_the_foot_of_a_line_do_not_draw_the_next_one_up():
    placed = [
        *_in_ink("收入，合计1,200.00元", 50, 100),
        *_in_ink("支出，合计", 50, 100 + 1.3 * SIZE),
    ]
    assert block_text(placed) == "收入，合计1,200.00元\n支出，合计"


def test_a_small_line_of_its_own_stays_one():
    note = chars("注", 50, 100 + SIZE, size=0.5 * SIZE)
    assert block_text([*chars("收入", 50, 100), *note]) == "收入\n注"


@pytest.mark.parametrize(("lower", "lines"), [(4.5, 1), (4.6, 2)])
def test_middles_within_nearly_half_a_height_are_of_one_line(lower: float, lines: int):
    assert len(group_lines([*chars("收", 50, 100), *chars("入", 60, 100 + lower)])) == lines


@pytest.mark.parametrize(("middle", "lines"), [(114, 1), (114.5, 2)])
@pytest.mark.parametrize("size", [12, 20])
def test_the_tallest_character_tells_how_far_apart_those_of_its_line_are(
    size: float, middle: float, lines: int
):
    """The tall one is in the middle of them, or it is the last."""
    tall = chars("高", 50, 95, size=20) if size == 12 else chars("低", 50, 102, size=6)
    last = chars("末", 80, middle - size / 2, size=size)
    assert len(group_lines([*chars("低", 70, 102, size=6), *tall, *last])) == lines


@pytest.mark.parametrize(
    ("top", "height", "is_mark"),
    [(109, 4, True), (109.1, 4, False), (107, 5.9, True), (107, 6, False)],
    ids=["a quarter in the line", "less", "low", "as high as a letter"],
)
def test_a_low_mark_at_the_foot_of_a_line_belongs_to_it(
    top: float, height: float, *, is_mark: bool
):
    """One of the letters reaches down less than the other."""
    above = [Char("收", 50, 100, 60, 110), Char("一", 60, 100, 70, 105)]
    mark = Char("，", 70, top, 75, top + height)
    assert len(group_lines([*above, mark])) == (1 if is_mark else 2)


@pytest.mark.parametrize(
    ("left", "right", "gap", "is_space"),
    [
        ("收", "入", 4, False),
        ("收", "入", 4.1, True),
        ("1", "2", 1.5, False),
        ("1", "2", 1.6, True),
        ("1", "元", 4, False),
        ("共", "2", 4, False),
    ],
)
def test_a_gap_is_a_space_beyond_what_is_set_by_itself(
    left: str, right: str, gap: float, *, is_space: bool
):
    text = line_text([*chars(left, 50, 100), *chars(right, 60 + gap, 100)])
    assert text == (f"{left} {right}" if is_space else left + right)


def test_whichever_of_two_characters_is_smaller_decides_what_is_wide():
    small, large = chars("1", 50, 104, size=6, pitch=4), chars("额", 57, 96, size=18, pitch=18)
    assert line_text([*small, *large]) == "1 额"
