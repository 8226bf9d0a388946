"""Reads the characters that stand in the place of a single number, whatever table it is in.

Knows pdfplumber's characters. Does not look for tables or cells, which is where readers of tables
go wrong; so it can tell what is printed at a place, and beside it, and nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from io import BytesIO
from typing import Any, NamedTuple

from pipelines.auditing.readings import (
    NO_WORD,
    NUMBER,
    Box,
    FirstReading,
    Says,
    Testimony,
    compare,
    is_row_of,
)
from pipelines.recognising.wording import squash

# Of a character's height, a gap that parts words.
_GAP = 0.3
# In points of usual print: how far apart words of a line may stand up and down, and what is seen
# around a number.
_LEVEL, _MARGIN = 3.0, 1.5
# In heights of its cell: no number belongs to a row from whose middle it stands farther than this.
_FARTHEST = 0.75
_MOST_DROPS = 4
_NUMBER_CHARS = frozenset("0123456789.,-−△▲")


class _Piece(NamedTuple):
    """A character or word with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class ThirdPage:
    """The upright characters of a page, and what was read first in their places.

    Args:
        page: The page as pdfplumber has it.
        printed: Everything that was read on it first.
        point: How many points of the page make one of usual print.

    Attributes:
        said: What stands at the place of each number, and whether in a row of that name.
    """

    def __init__(
        self,
        page: Any,  # noqa: ANN401  # pdfplumber publishes no types
        printed: Sequence[FirstReading],
        point: float,
    ) -> None:
        left, top, *_ = page.bbox
        upright = page.filter(lambda drawn: drawn.get("upright", True)).dedupe_chars(
            tolerance=point
        )
        self._chars = [_piece(char, left, top) for char in upright.chars if char["text"].strip()]
        words = upright.extract_words(x_tolerance_ratio=_GAP, y_tolerance=_LEVEL * point)
        self._words = [_piece(word, left, top) for word in words]
        self._lines = [_text(line) for line in _in_lines(self._words)]
        self._printed = printed
        self._margin = _MARGIN * point
        self._drop = 0.0
        self.said = self._all_said()
        if any(each.says is not Says.SAME for each in self.said):
            self._look_lower()

    @property
    def has_text(self) -> bool:
        """Whether there are any; pictures of text have none."""
        return bool(self._chars)

    def place_of(self, first: FirstReading) -> Box:
        """Where a number is to be seen: its characters whole, and around them no other cell."""
        x0, top, x1, bottom = self._cell(first)
        margin = self._margin
        inside = [char for char in self._inside(first) if char.text in _NUMBER_CHARS]
        if not inside:
            return x0 + margin, top + margin, x1 - margin, bottom - margin
        left, right = min(char.x0 for char in inside), max(char.x1 for char in inside)
        above, below = min(char.top for char in inside), max(char.bottom for char in inside)
        # Digits that are cut off look like others.
        return (
            min(left, max(x0, left - margin)),
            min(above, max(top, above - margin)),
            max(right, min(x1, right + margin)),
            max(below, min(bottom, below + margin)),
        )

    def unaccounted(self) -> list[tuple[str, Box]]:
        """The words that are nothing of what was read first, each with its box.

        A number that does not stand in its own place is the one that stands loose elsewhere.
        """
        boxes = [self._cell(each) for each in self._printed]
        astray = Counter(
            squash(first.text)
            for first, each in zip(self._printed, self.said, strict=True)
            if each.says in (Says.OTHER, Says.NOTHING)
        )
        loose = []
        for word in self._words:
            text = squash(word.text)
            if any(_holds(box, word) for box in boxes):
                continue
            if astray[text]:
                astray[text] -= 1
            else:
                loose.append((text, (word.x0, word.top, word.x1, word.bottom)))
        return loose

    def _look_lower(self) -> None:
        """Look for all numbers a little below their cells, where some pages print them."""
        drops = Counter(drop for each in self._printed for drop in _drops(each, self._words))
        best = self._drop, self.said
        for drop, _ in drops.most_common(_MOST_DROPS):
            self._drop = drop
            said = self._all_said()
            if _confirmed(said) > _confirmed(best[1]):
                best = drop, said
        self._drop, self.said = best

    def _all_said(self) -> list[Testimony]:
        return [self._said(first) for first in self._printed]

    def _said(self, first: FirstReading) -> Testimony:
        text = _text(self._inside(first))
        if not NUMBER.search(text):
            return NO_WORD
        # What is printed over a page leaves characters among those of a number.
        bare = "".join(char for char in text if char in _NUMBER_CHARS)
        if bare == squash(first.text):
            text = bare
        return Testimony(compare(first, text, is_row=self._is_row_of(first)), text)

    def _is_row_of(self, first: FirstReading) -> bool:
        _, top, _, bottom = self._cell(first)
        row = _text(char for char in self._chars if top <= char.middle[1] <= bottom)
        return is_row_of(first, row, self._lines)

    def _inside(self, first: FirstReading) -> list[_Piece]:
        box = self._cell(first)
        return [char for char in self._chars if _holds(box, char)]

    def _cell(self, first: FirstReading) -> Box:
        x0, top, x1, bottom = first.box
        return x0, top + self._drop, x1, bottom + self._drop


def third_pages(
    pdf: bytes, printed: Mapping[int, Sequence[FirstReading]], points: Mapping[int, float]
) -> Iterator[ThirdPage]:
    """Yield the characters of pages.

    Args:
        pdf: The PDF, in which nothing is cut away.
        printed: The pages, from 1, in order, with everything that was read on each first.
        points: How many points of each page make one of usual print.
    """
    # Imported here because a run without contradictions must not wait for it.
    from pdfplumber import open as open_pdf

    with closing(open_pdf(BytesIO(pdf), pages=list(printed))) as document:
        for page in document.pages:
            yield ThirdPage(page, printed[page.page_number], points[page.page_number])
            page.close()


def _piece(drawn: dict[str, Any], left: float, top: float) -> _Piece:
    return _Piece(
        drawn["text"],
        drawn["x0"] - left,
        drawn["top"] - top,
        drawn["x1"] - left,
        drawn["bottom"] - top,
    )


def _drops(first: FirstReading, words: Iterable[_Piece]) -> Iterator[float]:
    """How far below the middle of its cell a number may stand, in whole points."""
    x0, top, x1, bottom = first.box
    number, middle = squash(first.text), (top + bottom) / 2
    for word in words:
        drop = word.middle[1] - middle
        is_near = x0 <= word.middle[0] <= x1 and abs(drop) <= _FARTHEST * (bottom - top)
        if is_near and squash(word.text) == number:
            yield round(drop)


def _confirmed(said: Iterable[Testimony]) -> int:
    return sum(each.says is Says.SAME for each in said)


def _holds(box: Box, piece: _Piece) -> bool:
    x, y = piece.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _text(chars: Iterable[_Piece]) -> str:
    return squash("".join(char.text for line in _in_lines(chars) for char in line))


def _in_lines(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield lines from top to bottom, each from left to right."""
    line: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: each.middle[1]):
        if line and piece.middle[1] > line[0].bottom:
            yield sorted(line, key=lambda each: each.x0)
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=lambda each: each.x0)
