"""What a model's answer for a line of text says, and what else it may say.

Knows how answers become text (connectionist temporal classification: for each step along a line,
how likely each character is, or none). Does not know how models are run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

# The number of no character.
_NOTHING = 0
# Of each step the likeliest characters are looked at, as far as they are likely at all, and of a
# line so many texts at once.
_LIKELY = 0.004
_PER_STEP = 4
_PATHS = 6

Answer: TypeAlias = NDArray[np.float32]
Step: TypeAlias = list[tuple[int, float]]


class Glyph(NamedTuple):
    """A character that was read.

    Attributes:
        text: The character.
        confidence: How likely it is, from 0 to 1.
        at: Where its middle is, as a share of the line's width.
        others: What else it may be, and how likely that is.
    """

    text: str
    confidence: float
    at: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Recognition:
    """What a model reads in one line.

    Attributes:
        glyphs: The characters from left to right.
        steps: For each step along the line the characters that are likely there, by their
            numbers, and how likely each is.
        alphabet: The characters by their numbers.
    """

    glyphs: tuple[Glyph, ...]
    steps: Sequence[Step]
    alphabet: Sequence[str]

    @cached_property
    def text(self) -> str:
        """The line's text."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """How likely the least likely of its characters is, 0 where there is none."""
        return min((glyph.confidence for glyph in self.glyphs), default=0.0)

    def others(self, count: int) -> list[tuple[str, float]]:
        """The next likeliest texts, each with how likely it is beside all others.

        Args:
            count: How many there are at most.
        """
        return [it for it in _likeliest(self.steps, self.alphabet) if it[0] != self.text][:count]


def recognise(answer: Answer, share: float, alphabet: Sequence[str]) -> Recognition:
    """Make text of how likely each character is at each step.

    Args:
        answer: Steps by characters.
        share: How much of the steps lies in the line, before what was added to it.
        alphabet: The characters by their numbers; 0 is none.
    """
    best = answer.argmax(axis=1)
    chances = answer[np.arange(len(best)), best]
    steps = _likely_steps(answer)
    glyphs = []
    for begin, end in _stretches(best):
        if best[begin] != _NOTHING:
            middle = (begin + end) / 2 / (len(best) * share)
            surest = begin + int(chances[begin:end].argmax())
            others = tuple(
                (alphabet[number], chance)
                for number, chance in steps[surest]
                if number not in {_NOTHING, best[begin]}
            )
            glyphs.append(
                Glyph(alphabet[best[begin]], float(chances[surest]), min(1.0, middle), others)
            )
    return Recognition(tuple(glyphs), steps, alphabet)


def _stretches(best: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield where runs of the same character begin and end."""
    borders = np.flatnonzero(np.diff(best)) + 1
    yield from zip([0, *borders.tolist()], [*borders.tolist(), len(best)], strict=True)


def _likely_steps(answer: Answer) -> list[Step]:
    """For each step of an answer, the few characters that are likely there."""
    steps, numbers = np.nonzero(answer >= _LIKELY)
    found = zip(steps.tolist(), numbers.tolist(), answer[steps, numbers].tolist(), strict=True)
    return [
        sorted(((number, chance) for _, number, chance in step), key=lambda it: -it[1])[:_PER_STEP]
        for _, step in groupby(found, key=itemgetter(0))
    ]


def _likeliest(steps: Sequence[Step], alphabet: Sequence[str]) -> list[tuple[str, float]]:
    """The likeliest texts of a line with their shares of all that were looked at.

    Of each text the ways to it are added up: those that end in none, and those that end in its last
    character, after which the same one comes anew only beyond none.
    """
    paths: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in steps:
        following: dict[tuple[int, ...], tuple[float, float]] = {}
        for number, chance in step:
            for path, ways in paths.items():
                _go_on(following, path, ways, number, chance)
        ranked = sorted(following.items(), key=lambda item: -sum(item[1]))
        paths = dict(ranked[:_PATHS])
    total = sum(map(sum, paths.values())) or 1.0
    return [
        ("".join(alphabet[number] for number in path), sum(ways) / total)
        for path, ways in paths.items()
    ]


def _go_on(
    following: dict[tuple[int, ...], tuple[float, float]],
    path: tuple[int, ...],
    ways: tuple[float, float],
    number: int,
    chance: float,
) -> None:
    """Add what one more step makes of a path: ``ways`` end in none, or in its last character."""
    after_none, after_last = ways
    if number == _NOTHING:
        _add(following, path, (sum(ways) * chance, 0.0))
    elif path and path[-1] == number:
        _add(following, path, (0.0, after_last * chance))
        _add(following, (*path, number), (0.0, after_none * chance))
    else:
        _add(following, (*path, number), (0.0, sum(ways) * chance))


def _add(
    paths: dict[tuple[int, ...], tuple[float, float]],
    path: tuple[int, ...],
    ways: tuple[float, float],
) -> None:
    before = paths.get(path, (0.0, 0.0))
    paths[path] = (before[0] + ways[0], before[1] + ways[1])
