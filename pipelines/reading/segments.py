"""A line of text taken apart where gaps part columns.

Knows gaps and what a number looks like. Does not know which column anything stands in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.reading.drawn_objects import Box
from pipelines.reading.pdf_objects import Char
from pipelines.reading.text_lines import line_text

# In units of character height: a gap this wide parts two columns.
GUTTER = 1.0
# Characters no further apart make a word.
_WORD_GAP = 0.15
# What can be nothing but a whole amount: two decimals, separators, or a dash for none.
_AMOUNT = re.compile(r"[-−(]?(\d[\d,]*\.\d{2,}|\d{1,3}(,\d{3})+)[)%]?|[-—–－]{1,2}")
_NUMBER = re.compile(r"[-−(]?[\d,.]*\d[)%]?")

# A word, and how far it stands from the one before it, in units of character height.
_Word = tuple[list[Char], float]


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of one line that stand together."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """What it says, with a space where a gap shows."""
        return line_text(self.chars)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return (
            self.chars[0].x0,
            min(char.top for char in self.chars),
            max(char.x1 for char in self.chars),
            max(char.bottom for char in self.chars),
        )

    @property
    def is_number(self) -> bool:
        """Whether it is a number and nothing else."""
        return _NUMBER.fullmatch(self.text.replace(" ", "")) is not None

    @property
    def is_amount(self) -> bool:
        """Whether it can be nothing but a whole amount."""
        return _AMOUNT.fullmatch(self.text) is not None


def part_line(line: Sequence[Char]) -> tuple[list[Segment], list[Segment]]:
    """Take a line apart where gaps part columns.

    Returns:
        Its segments: a narrow gap parts two beside an amount, since what a cell prints on its
        right and its neighbour on its left may nearly touch. And its stretches, which only wide
        gaps part.
    """
    words = _words(line)
    segments: list[list[Char]] = []
    stretches: list[list[Char]] = []
    is_amount = False
    for word, gap in words:
        was_amount, is_amount = is_amount, Segment(tuple(word)).is_amount
        if segments and gap <= GUTTER and not (was_amount or is_amount):
            segments[-1].extend(word)
        else:
            segments.append(list(word))
        if stretches and gap <= GUTTER:
            stretches[-1].extend(word)
        else:
            stretches.append(list(word))
    return [Segment(tuple(it)) for it in segments], [Segment(tuple(it)) for it in stretches]


def _words(line: Sequence[Char]) -> list[_Word]:
    words: list[_Word] = []
    for char in line:
        height = char.bottom - char.top
        gap = (char.x0 - words[-1][0][-1].x1) / height if words and height else GUTTER
        if words and gap <= _WORD_GAP:
            words[-1][0].append(char)
        else:
            words.append(([char], gap))
    return words
