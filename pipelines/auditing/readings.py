"""What is read again of a document, and how readings compare: the words that all readers share.

Knows no reader.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.acquiring.sources import Source
from pipelines.recognising.wording import squash

Box = tuple[float, float, float, float]

NUMBER = re.compile(r"[-−△▲]?\d[\d,]*(?:\.\d+)?")
# Only amounts with decimals are told from codes, 行次 and years without knowing the form.
AMOUNT = re.compile(r"[-−△▲]?\d[\d,]*\.\d+")
SHORTEST_TELLING_LABEL = 2


class Agreement(StrEnum):
    """How a place that was read again compares with the first reading."""

    AGREES = "agrees"
    UPHELD = (
        "upheld"  # the second reading has something else or nothing, a third what the first has
    )
    DIFFERS = "differs"  # the first reading is likelier to be wrong
    MISSED = "missed"  # an amount that the first reading has no figure for
    UNREADABLE = "unreadable"


class Says(StrEnum):
    """What a reader says of a number that the first reading has at a place."""

    SAME = ""
    OTHER = "another number"
    ELSEWHERE = "in another row"
    SEVERAL = "several numbers in one cell"
    NOTHING = "no number was found there"
    UNSEEN = "nothing is to be seen there"


@dataclass(frozen=True, slots=True)
class FirstReading:
    """A figure as it was read first.

    Attributes:
        figure_id: The figure, '' for printed things that are none.
        form: Its form.
        page: Its page, from 1.
        box: ``(x0, top, x1, bottom)`` in points from the page's upper left corner.
        text: The number as read.
        row_code: Code of its row, '' where there is none.
        row_label: Label of its row, '' where there is none.
        is_in_doubt: Whether it is to be read again; others only account for what is printed.
        is_summed: Whether sums hold that it takes part in, and nothing fails: a reader that has
            another number there has misread it.
    """

    figure_id: str
    form: str
    page: int
    box: Box
    text: str
    row_code: str = ""
    row_label: str = ""
    is_in_doubt: bool = False
    is_summed: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its place."""
        x0, top, x1, bottom = self.box
        return (x0 + x1) / 2, (top + bottom) / 2

    @property
    def row_names(self) -> list[str]:
        """What its row is called, by code and by label, as far as that tells rows apart."""
        names = (self.row_code, squash(self.row_label))
        return [name for name in names if len(name) >= SHORTEST_TELLING_LABEL]


@dataclass(frozen=True, slots=True)
class Testimony:
    """What a reader says of the place of a number.

    Attributes:
        says: How it compares with the first reading.
        text: What it reads there, '' where nothing.
        flavour: How the table was found, '' where none was looked for or found.
    """

    says: Says
    text: str = ""
    flavour: str = ""


NO_WORD = Testimony(Says.NOTHING)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A figure as it was read again.

    Attributes:
        figure_id: The figure, '' where the first reading found none.
        form: Its form; for an amount that was missed, that of the figures in doubt beside it.
        page: Its page.
        first_text: The number as it was read first.
        second_text: What the second reading has at its place.
        third_text: What the characters in its place say, '' where nobody asked.
        shown_text: The number to be seen there, '' where that is not certain or nobody asked.
        outcome: What follows of all of them.
        detail: What differs, '' where nothing does.
        flavour: How the table was found, '' where it was not.
    """

    figure_id: str
    form: str
    page: int
    first_text: str
    second_text: str
    third_text: str
    shown_text: str
    outcome: Agreement
    detail: str
    flavour: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document of pages with figures in doubt.

    Attributes:
        document_id: The document.
        source: Where its file is.
        printed: Everything read first on the pages that hold a figure in doubt.
    """

    document_id: str
    source: Source
    printed: tuple[FirstReading, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages to read again."""
        return tuple(sorted({each.page for each in self.printed if each.is_in_doubt}))


def compare(first: FirstReading, text: str, *, is_row: bool) -> Says:
    """Tell how a text compares with the number that was read first.

    Args:
        first: That number.
        text: What another reader has at its place, squashed.
        is_row: Whether it stands in a row of the same name there.
    """
    numbers = NUMBER.findall(text)
    number = squash(first.text)
    if number != text and number not in numbers:
        return Says.SEVERAL if len(numbers) > 1 else Says.OTHER
    return Says.SAME if is_row else Says.ELSEWHERE


def is_row_of(first: FirstReading, row: str, others: Sequence[str]) -> bool:
    """Tell whether a row is called as the first reading has it, as far as it is called anything.

    Args:
        first: A figure that stands in it.
        row: What is printed in it, squashed.
        others: What is printed in the other rows.
    """
    wanted = first.row_names
    if not wanted or any(name in row for name in wanted):
        return True
    return not any(name in other for name in wanted for other in others)


def is_nil(text: str) -> bool:
    """Tell whether a printed number is zero."""
    return not any(char.isdigit() and char != "0" for char in text)


def errs(printed: Iterable[FirstReading], said: Iterable[Testimony]) -> bool:
    """Tell whether a reader has another number somewhere than sums prove.

    Args:
        printed: What was read first on a page.
        said: What the reader says of each.
    """
    return any(
        first.is_summed and each.says is Says.OTHER
        for first, each in zip(printed, said, strict=True)
    )
