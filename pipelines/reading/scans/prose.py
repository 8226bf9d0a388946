"""Numbers in lines of running text: those that two recognisers read differently are left unread.

Knows where in a line numbers are. Does not know what they state.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.reading.scans.cells import LEAST_CONFIDENCE
from pipelines.reading.scans.numbers import UNREADABLE, ZEROS, is_pointed
from pipelines.reading.scans.recognition import Glyph, Recognition

_NUMBER = re.compile(r"\d[\d.,，]*\d%?|\d%?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number that was not read for certain.

    Attributes:
        begin: Where it begins in the line's text.
        end: Where it ends.
        text: What was read there.
    """

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SettledLine:
    """What a stretch of a line is taken to say.

    Attributes:
        text: Its text; in the place of the digits of a number in doubt stands something unreadable.
        middles: Where the middle of each character is, as a share of the width.
        doubts: Those numbers.
    """

    text: str
    middles: tuple[float, ...]
    doubts: tuple[Doubt, ...]


def spans_of_numbers(line: Recognition) -> list[tuple[int, int]]:
    """Where in a line's text its numbers begin and end."""
    return [match.span() for match in _NUMBER.finditer(line.text)]


def settle_line(first: Recognition, second: Sequence[Recognition]) -> SettledLine:
    """Settle a stretch of a line.

    Args:
        first: What the first recogniser reads.
        second: What the second one reads where the first reads numbers, one after the other.
    """
    text = first.text
    doubts = tuple(
        Doubt(begin, end, text[begin:end])
        for (begin, end), other in zip(spans_of_numbers(first), second, strict=True)
        if not _is_certain(first.glyphs[begin:end], other)
    )
    for doubt in doubts:
        text = f"{text[: doubt.begin]}{UNREADABLE * len(doubt.text)}{text[doubt.end :]}"
    return SettledLine(text, tuple(glyph.at for glyph in first.glyphs), doubts)


def _is_certain(glyphs: Sequence[Glyph], other: Recognition) -> bool:
    """Tell whether a number is certain: both read it, among parts of the characters beside it.

    And no point of it may be a comma that is blurred.
    """
    text = "".join(glyph.text for glyph in glyphs)
    if is_pointed(text):
        return False
    number = _bare(text)
    others = map(_bare, _NUMBER.findall(other.text.translate(ZEROS)))
    return min(glyph.confidence for glyph in glyphs) >= LEAST_CONFIDENCE and number in others


def _bare(number: str) -> str:
    return re.sub("[,，]", "", number)
