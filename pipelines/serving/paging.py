"""Long lists, a page at a time.

Knows how many rows a page has. A file of the list holds all of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipelines.exploring.answers.slices import EVERYTHING, Slice
from pipelines.serving.explorer import Visit

ROWS_OF_A_PAGE = 50
LAST_PAGE = 100_000

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """A part of a list.

    Attributes:
        things: What is on it.
        number: Its number, from 1.
        has_next: Whether there is more after it.
    """

    things: Sequence[Thing]
    number: int
    has_next: bool


def page_of(visit: Visit, ask: Callable[[Slice], Sequence[Thing]]) -> Page[Thing]:
    """The page of a list that the address names; all of the list where a file is wanted.

    Args:
        visit: The request.
        ask: Answers with a part of the list.
    """
    if "format" in visit.request.query_params:
        return Page(ask(EVERYTHING), 1, has_next=False)
    number = visit.number("page", 1, LAST_PAGE) or 1
    # One more than is shown tells whether there is a next page.
    found = ask(Slice(ROWS_OF_A_PAGE + 1, (number - 1) * ROWS_OF_A_PAGE))
    return Page(found[:ROWS_OF_A_PAGE], number, len(found) > ROWS_OF_A_PAGE)
