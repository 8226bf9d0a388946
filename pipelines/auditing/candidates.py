"""What a number in doubt may be: all its readings, and the usual slips of each.

Knows digits, points and signs. Does not know which candidate is right, nor what any sum says.

Slips are there to be refused more than to be chosen: where one of them fits as well as what was
read, nothing is known.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

# Digits that are taken for each other.
_ALIKE = ("17", "38", "56", "089", "14")
_DIGITS = "0123456789"
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?")
# Nobody reads a slip: it is less likely than what anybody reads, however unsure.
MOST_IMPROBABLE = 5.0
_SLIP = MOST_IMPROBABLE + 1


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a number was read: its text, mended, and how sure its reader is, 0 to 1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number that may be printed.

    Attributes:
        text: As it would be printed.
        value: In its printed unit.
        improbability: The less likely, the more; below ``MOST_IMPROBABLE`` + 2.
        is_read: Whether anybody read it, so that it is not the slip of a reading.
    """

    text: str
    value: Decimal
    improbability: float
    is_read: bool

    @property
    def scale(self) -> int:
        """How many decimals it prints."""
        return len(self.text.partition(".")[2])


def candidates(readings: Sequence[Reading]) -> tuple[Candidate, ...]:
    """Every number that may be printed, each once: what was read first, then the slips.

    Args:
        readings: The likeliest first; texts that are no number count for nothing.

    Examples:
        >>> found = candidates([Reading("1,204.50", 0.7), Reading("1,201.50", 0.5)])
        >>> [each.text for each in found if each.is_read]
        ['1,204.50', '1,201.50']
        >>> {"7,204.50", "120,450", "11,204.50", "-1,204.50"} <= {each.text for each in found}
        True
    """
    plain = [(each.text.replace(",", ""), each.confidence) for each in readings]
    numbers = [(text, sure) for text, sure in plain if _NUMBER.fullmatch(text)]
    is_grouped = any("," in each.text for each in readings)
    read = [(text, _improbability(sure), True) for text, sure in numbers]
    # Zeros behind the point that nobody prints make no number of their own.
    slipped = [
        (text, _SLIP, False)
        for text in sorted((text for number, _ in numbers for text in slips(number)), key=len)
    ]
    found = (
        Candidate(_printed(text, is_grouped=is_grouped), Decimal(text), improbability, is_read)
        for text, improbability, is_read in (*sorted(read, key=itemgetter(1)), *slipped)
    )
    return tuple(_first_of_each(found))


def last_digits(candidate: Candidate) -> Iterator[Candidate]:
    """A number with any digit in its last place, each as unlikely as a slip."""
    for digit in _DIGITS:
        text = candidate.text[:-1] + digit
        yield Candidate(text, Decimal(text.replace(",", "")), _SLIP, is_read=False)


def slips(number: str) -> Iterator[str]:
    """What a number may have been before one thing of it was misread.

    Args:
        number: Digits with a sign and a point where it has them, no separators of thousands.

    Examples:
        >>> [each for each in sorted(slips("5")) if not each.endswith("5")]
        ['50', '51', '52', '53', '54', '56', '57', '58', '59', '6']
        >>> "41.0" in slips("11.0"), "110" in slips("11.0"), "1.0" in slips("11.0")
        (True, True, True)
        >>> "1.234" in slips("1234"), "2234" in slips("1234")
        (True, False)
    """
    sign = "-" if number.startswith("-") else ""
    bare = number.removeprefix("-")
    changed = (*_replaced(bare), *_dropped(bare), *_inserted(bare), *_pointed(bare))
    yield from (f"{sign}{text}" for text in changed if _NUMBER.fullmatch(text))
    yield bare if sign else f"-{bare}"


def _replaced(bare: str) -> Iterator[str]:
    for at, digit in enumerate(bare):
        for group in _ALIKE:
            if digit in group:
                yield from (bare[:at] + other + bare[at + 1 :] for other in group if other != digit)


def _dropped(bare: str) -> Iterator[str]:
    for at, digit in enumerate(bare):
        if digit != ".":
            yield bare[:at] + bare[at + 1 :]


def _inserted(bare: str) -> Iterator[str]:
    for at in range(len(bare) + 1):
        yield from (bare[:at] + digit + bare[at:] for digit in _DIGITS)


def _pointed(bare: str) -> Iterator[str]:
    if "." in bare:
        yield bare.replace(".", "")
    else:
        yield from (f"{bare[:at]}.{bare[at:]}" for at in range(1, len(bare)))


def _printed(number: str, *, is_grouped: bool) -> str:
    sign = "-" if number.startswith("-") else ""
    whole, point, part = number.removeprefix("-").partition(".")
    return f"{sign}{int(whole):{',' if is_grouped else ''}}{point}{part}"


def _improbability(confidence: float) -> float:
    return min(-math.log(max(confidence, 1e-9)), MOST_IMPROBABLE)


def _first_of_each(found: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[Decimal] = set()
    for each in found:
        if each.value not in seen:
            seen.add(each.value)
            yield each
