"""Runs of numbers answer as the numbers themselves would."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.sheets import Area, Runs, areas_across

PAIRS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda it: (it[0], it[0] + it[1])),
    max_size=8,
)


@given(PAIRS, st.integers(0, 40), st.integers(0, 6))
def test_runs_hold_the_numbers_that_they_are_made_of(
    pairs: list[tuple[int, int]], number: int, more: int
):
    numbers = {each for first, last in pairs for each in range(first, last + 1)}
    runs = Runs(pairs)
    assert (number in runs) == (number in numbers)
    assert runs.count_below(number) == sum(each < number for each in numbers)
    assert runs.touches(number, number + more) == any(
        each in numbers for each in range(number, number + more + 1)
    )
    assert {each for first, last in runs.pairs for each in range(first, last + 1)} == numbers
    if number in numbers:
        first = runs.run_of(number)
        assert first in numbers
        assert first - 1 not in numbers
        assert all(each in numbers for each in range(first, number + 1))


def test_runs_that_touch_are_one():
    assert list(Runs([(4, 4), (2, 3), (8, 9), (9, 9)]).pairs) == [(2, 4), (8, 9)]


def test_a_text_is_centred_across_the_blank_cells_right_behind_it():
    cells = [(1, False), (2, True), (4, True), (5, False), (6, True), (7, True)]
    assert areas_across(3, cells) == [Area(3, 1, 3, 2), Area(3, 5, 3, 7)]


def test_an_area_holds_its_edges():
    area = Area(2, 3, 4, 5)
    inside = [(row, column) for row in range(7) for column in range(7) if area.holds(row, column)]
    assert inside == [(row, column) for row in (2, 3, 4) for column in (3, 4, 5)]
