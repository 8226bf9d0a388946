"""Intervals along a line: joined, and what of one is left.

Knows numbers. Does not know what lies there.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

# Columns are counted, what lies on a page is measured.
Number = TypeVar("Number", int, float)
# From where to where.
Interval = tuple[float, float]


def overlap(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals have more than an end in common."""
    return one[0] < other[1] and other[0] < one[1]


def join_intervals(
    intervals: Iterable[tuple[Number, Number]], gutter: float = 0.0
) -> list[tuple[Number, Number]]:
    """Join those that lie no further apart than a gutter; return them in order."""
    joined: list[tuple[Number, Number]] = []
    for begin, end in sorted(intervals):
        if joined and begin - joined[-1][1] <= gutter:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def parts_left(whole: Interval, taken: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what of an interval none of others takes, in order."""
    at, end = whole
    for begin, until in sorted(taken):
        if min(begin, end) > at:
            yield at, min(begin, end)
        at = max(at, until)
    if end > at:
        yield at, end
