"""Intervals are joined where they meet, and parted by what lies in them."""

from collections.abc import Sequence

import pytest

from pipelines.reading.intervals import Interval, join_intervals, overlap, parts_left


@pytest.mark.parametrize(
    ("other", "do_overlap"),
    [
        ((0, 10), False),
        ((0, 11), True),
        ((19, 30), True),
        ((20, 30), False),
        ((12, 15), True),
        ((0, 30), True),
    ],
)
def test_intervals_overlap_where_they_have_more_than_an_end_in_common(
    other: Interval, *, do_overlap: bool
):
    assert overlap((10, 20), other) == overlap(other, (10, 20)) == do_overlap


@pytest.mark.parametrize(
    ("intervals", "gutter", "joined"),
    [
        ([], 0, []),
        ([(1, 2)], 0, [(1, 2)]),
        ([(5, 9), (1, 5)], 0, [(1, 9)]),
        ([(1, 5), (6, 9)], 0, [(1, 5), (6, 9)]),
        ([(1, 5), (6, 9)], 1, [(1, 9)]),
        ([(1, 5), (6.5, 9)], 1, [(1, 5), (6.5, 9)]),
        ([(1, 9), (2, 3), (8, 10)], 0, [(1, 10)]),
    ],
    ids=["none", "one", "touching", "apart", "a gutter apart", "farther apart", "inside"],
)
def test_what_lies_no_further_apart_than_a_gutter_is_joined(
    intervals: Sequence[Interval], gutter: float, joined: Sequence[Interval]
):
    assert join_intervals(intervals, gutter) == joined


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(10, 20)]),
        ([(14, 16)], [(10, 14), (16, 20)]),
        ([(16, 18), (12, 14)], [(10, 12), (14, 16), (18, 20)]),
        ([(12, 18), (13, 14)], [(10, 12), (18, 20)]),
        ([(10, 12), (18, 20)], [(12, 18)]),
        ([(5, 12), (18, 25)], [(12, 18)]),
        ([(0, 5), (25, 30), (26, 27)], [(10, 20)]),
        ([(10, 20)], []),
        ([(10, 15), (15, 20)], []),
        ([(5, 25)], []),
    ],
    ids=[
        *("nothing", "in the middle", "two", "one in another", "at the ends", "over the ends"),
        *("outside", "all", "all in two parts", "more than all"),
    ],
)
def test_what_is_left_is_what_nothing_takes(taken: Sequence[Interval], left: Sequence[Interval]):
    assert list(parts_left((10, 20), taken)) == left
