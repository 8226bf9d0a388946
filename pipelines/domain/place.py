"""Where something is printed.

Knows pages, boxes and paths. Does not know what is printed there.
"""

from dataclasses import dataclass


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
