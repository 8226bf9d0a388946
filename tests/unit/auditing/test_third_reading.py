"""The characters in a number's own place say whether it is printed there."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.auditing.readings import FirstReading, Says
from pipelines.auditing.third_reading import ThirdPage, third_pages
from tests.unit.reading.pages import pdf_file

NUMBERS = ("12.50", "3.00", "9.50")


def draw(canvas: Canvas) -> None:
    """Numbers below each other, and one that stands loose."""
    canvas.setFont("Helvetica", 10)
    for row, text in enumerate((*NUMBERS, "77.00")):
        canvas.drawString(60, 700 - 30 * row, text)


def firsts(texts: Sequence[str] = NUMBERS, *, above: float = 0.0) -> list[FirstReading]:
    """Their cells, so many points above them."""
    return [
        FirstReading(
            f"f{row}", "income", 1, (50, 88 + 30 * row - above, 150, 106 + 30 * row - above), text
        )
        for row, text in enumerate(texts)
    ]


def read(printed: list[FirstReading]) -> ThirdPage:
    (page,) = third_pages(pdf_file(draw), {1: printed}, {1: 1.0})
    return page


@pytest.mark.parametrize("above", [0.0, 3.0, 12.0])
def test_numbers_in_their_cells_or_all_a_little_below_are_confirmed(above: float):
    assert [each.says for each in read(firsts(above=above)).said] == [Says.SAME] * 3


@pytest.mark.parametrize("above", [14.0, -14.0])
def test_no_number_is_looked_for_farther_than_three_quarters_of_its_cell(above: float):
    assert [each.says for each in read(firsts(above=above)).said] == [Says.NOTHING] * 3


@pytest.mark.parametrize("above", [0.0, 6.0, 8.0, -6.0])
def test_the_place_of_a_number_holds_its_characters_whole(above: float):
    """Where rulings run through numbers, a place that ends with its cell cuts off half of them."""
    printed = firsts(above=above)
    page = read(printed)
    for row, first in enumerate(printed):
        _, top, _, bottom = page.place_of(first)
        # Digits of Helvetica are 0.72 of its size high; the base line of the first is at 100.
        assert top <= 100 + 30 * row - 7.2
        assert bottom >= 100 + 30 * row
        assert bottom - top <= 18


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        ((50, 150), (58.5, 86.52)),
        ((59, 86), (59, 86)),
        ((61, 84), (60, 85.02)),
    ],
    ids=["a margin around it", "up to the next cell", "though its cell cuts it off"],
)
def test_the_place_of_a_number_holds_a_margin_as_far_as_its_cell_reaches(
    sides: tuple[float, float], shown: tuple[float, float]
):
    (first,) = firsts(NUMBERS[:1])
    narrow = replace(first, box=(sides[0], first.box[1], sides[1], first.box[3]))
    x0, _, x1, _ = read([narrow]).place_of(narrow)
    assert (x0, x1) == pytest.approx(shown, abs=0.01)


def test_the_place_of_no_number_is_its_cell_without_a_margin():
    (first,) = firsts(("1.00",), above=60)
    x0, top, x1, bottom = first.box
    place = read([first]).place_of(first)
    assert place == pytest.approx((x0 + 1.5, top + 1.5, x1 - 1.5, bottom - 1.5))


def test_the_same_number_in_another_column_says_nothing_of_its_own_cell():
    beside = [replace(each, box=(120, each.box[1], 220, each.box[3])) for each in firsts()]
    assert [each.says for each in read(beside).said] == [Says.NOTHING] * 3


def test_another_number_and_none_are_told_apart():
    said = read([*firsts(("12.50", "3.10", "9.50")), *firsts(("1.00",), above=60)]).said
    assert [each.says for each in said] == [Says.SAME, Says.OTHER, Says.SAME, Says.NOTHING]
    assert said[1].text == "3.00"


def test_words_in_no_cell_are_unaccounted_for():
    loose = read(firsts()).unaccounted()
    assert [text for text, _ in loose] == ["77.00"]
    (box,) = (box for _, box in loose)
    assert box[0] == pytest.approx(60, abs=1)
    # A number that stands loose elsewhere is the one that lacks in its own cell.
    assert read([*firsts(), *firsts(("77.00",), above=60)]).unaccounted() == []


def test_the_place_of_a_number_holds_a_margin_above_and_below_it():
    (first,) = firsts(NUMBERS[:1])
    x0, top, x1, bottom = first.box
    inside, around = (replace(first, box=(x0, top + by, x1, bottom - by)) for by in (6, -10))
    _, above, _, below = read([inside]).place_of(inside)
    assert read([around]).place_of(around)[1::2] == pytest.approx((above - 1.5, below + 1.5))
    close = replace(first, box=(x0, above - 1, x1, below + 1))
    assert read([close]).place_of(close)[1::2] == pytest.approx((above - 1, below + 1))


def page_of(first: list[FirstReading], *drawn: tuple[float, float, str]) -> ThirdPage:
    """A page of words, each this far from the left and from the bottom."""

    def draw_words(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for left, up, text in drawn:
            canvas.drawString(left, up, text)

    (page,) = third_pages(pdf_file(draw_words), {1: first}, {1: 1.0})
    return page


def test_a_number_that_lacks_accounts_for_one_that_stands_loose_and_not_for_two():
    lacking = firsts(("77.00",), above=60)
    loose = [(60, 600, "77.00"), (200, 500, "77.00"), (60, 400, "8.00")]
    found = page_of(lacking, *loose).unaccounted()
    assert [text for text, _ in found] == ["77.00", "8.00"]
    twice = [*lacking, *firsts(("77.00",), above=90)]
    assert [text for text, _ in page_of(twice, *loose).unaccounted()] == ["8.00"]
    assert [text for text, _ in page_of([], *loose).unaccounted()] == ["77.00", "77.00", "8.00"]


def test_what_is_printed_over_a_number_does_not_change_it():
    (first,) = firsts(NUMBERS[:1])
    over = page_of([first], (60, 700, "12.50"), (66, 702, "X"))
    assert (over.said[0].says, over.said[0].text) == (Says.SAME, "12.50")
    other = page_of([first], (60, 700, "12.60"), (66, 702, "X"))
    assert other.said[0].says is not Says.SAME


@pytest.mark.parametrize(
    ("up", "says"), [(700, Says.SAME), (670, Says.ELSEWHERE), (None, Says.SAME)]
)
def test_a_number_stands_in_the_row_of_its_name_if_any_row_is_called_so(
    up: float | None, says: Says
):
    (first,) = firsts(NUMBERS[:1])
    named = replace(first, row_label="Wages")
    labels = [] if up is None else [(200, up, "Wages")]
    assert page_of([named], (60, 700, "12.50"), *labels).said[0].says is says


def test_numbers_are_looked_for_lower_where_that_confirms_more_of_them():
    mixed = [*firsts()[:1], *firsts(above=12)[1:]]
    assert [each.says for each in read(mixed).said] == [Says.NOTHING, Says.SAME, Says.SAME]
    most_in_place = [*firsts()[:2], *firsts(above=12)[2:]]
    assert [each.says for each in read(most_in_place).said] == [
        Says.SAME,
        Says.SAME,
        Says.NOTHING,
    ]


def test_a_page_without_text_says_so():
    assert not page_of([], (60, 700, "   ")).has_text
    assert page_of([], (60, 700, "1")).has_text
