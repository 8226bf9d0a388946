"""Where something is printed.

Knows pages, boxes and paths, and which stretch of a text stands where. Does not know what is
printed there.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file: a page and a box in a PDF, a path in a Word file, page or workbook.

    Attributes:
        page: Page number from 1, None where the format has no pages (Word, web page, workbook).
        bbox: ``(x0, top, x1, bottom)`` in points from the page's upper left corner, where the
            format has pages (PDF, OFD).
        path: Path to the element, such as ``body/tbl[3]/tr[5]/tc[2]``, where it has none; in a
            workbook the cell as a formula names it: ``'1.收支总表'!B7``.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    path: str | None = None

    @property
    def sheet(self) -> str:
        """The sheet of a workbook as formulas name it, '' in other files.

        Examples:
            >>> Place(path="'1.收支总表'!B7").sheet, Place(path="body/p[1]").sheet
            ("'1.收支总表'", '')
        """
        return (self.path or "").rpartition("!")[0]


class Boxed(Protocol):
    """Anything whose box on its page is known, in points from the upper left corner."""

    @property
    def x0(self) -> float:
        """Left edge."""

    @property
    def top(self) -> float:
        """Upper edge."""

    @property
    def x1(self) -> float:
        """Right edge."""

    @property
    def bottom(self) -> float:
        """Lower edge."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a text that stands in one place: a printed line, a run, an element.

    Attributes:
        begin: Offset in the text. The piece ends where the next one begins.
        place: Where the whole piece stands.
        chars: Each of its characters but the spaces, PDF only.
    """

    begin: int
    place: Place
    chars: tuple[Boxed, ...] = ()


_BEGIN = attrgetter("begin")


def place_in_pieces(text: str, pieces: Sequence[TextPiece], begin: int, end: int) -> Place | None:
    """Find where characters of a text are printed.

    Args:
        text: The text.
        pieces: Its pieces in order.
        begin: Offset of the first character.
        end: Offset behind the last one.

    Returns:
        The place of the characters; of those broken over several pieces, of what stands in the
        first. None where no piece holds the first character.
    """
    index = bisect_right(pieces, begin, key=_BEGIN) - 1
    if index < 0:
        return None
    piece = pieces[index]
    first = _without_spaces(text[piece.begin : begin])
    chars = piece.chars[first : first + _without_spaces(text[begin:end])]
    if not chars:
        return piece.place
    box = (
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )
    return replace(piece.place, bbox=box)


def _without_spaces(text: str) -> int:
    return len(text) - text.count(" ")
