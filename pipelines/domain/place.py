"""Where something is printed.

Knows pages, boxes and paths, and which stretch of a text stands where. Does not know what is
printed there.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file: a page and a box in a PDF, a path in a Word file or page.

    Attributes:
        page: Page number from 1, None where the format has no pages (Word, web page).
        bbox: ``(x0, top, x1, bottom)`` in points from the page's upper left corner, PDF only.
        path: Path to the element, such as ``body/tbl[3]/tr[5]/tc[2]``, not of PDFs.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a text that stands in one place: a printed line, a run, an element.

    Attributes:
        begin: Offset in the text. The piece ends where the next one begins.
        place: Where the whole piece stands.
        edges: Left and right edge of each of its characters, PDF only. What is behind the last of
            them has the place of the whole piece.
    """

    begin: int
    place: Place
    edges: tuple[tuple[float, float], ...] = ()

    def place_of(self, begin: int, end: int) -> Place:
        """The place of the text's characters from ``begin`` to before ``end``, in this piece."""
        edges = self.edges[begin - self.begin : end - self.begin]
        if self.place.bbox is None or not edges:
            return self.place
        _, top, _, bottom = self.place.bbox
        box = (min(x0 for x0, _ in edges), top, max(x1 for _, x1 in edges), bottom)
        return replace(self.place, bbox=box)


_BEGIN = attrgetter("begin")


def place_in_pieces(pieces: Sequence[TextPiece], begin: int, end: int) -> Place | None:
    """Find where characters of a text begin to be printed.

    Args:
        pieces: The text's pieces in order.
        begin: Offset of the first character.
        end: Offset behind the last one.

    Returns:
        The place of the characters; of those broken over several pieces, of what stands in the
        first. None where no piece holds the first character.
    """
    index = bisect_right(pieces, begin, key=_BEGIN) - 1
    if index < 0:
        return None
    return pieces[index].place_of(begin, end)
