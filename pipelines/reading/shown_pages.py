"""Pages of a PDF the way people see them, for readers that know less of pages than pdfium does.

Knows which part of a page is shown, how it is turned, and how pieces of it look. Does not know what
is printed on them.
"""

from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from math import isclose

import pypdfium2
from PIL import Image

from pipelines.reading.drawn_objects import Box, turn_upright

_POINTS = 72
_DOTS = 200
# Of a page of two square metres; one that claims to be larger would take all memory.
_MOST_PIXELS = 64_000_000


def as_shown(content: bytes, numbers: Collection[int]) -> tuple[bytes, dict[int, float]]:
    """Write a PDF anew so that a page of it is no more than what is shown of it, upright.

    Many readers measure from the corner of the sheet, of which the file may have cut a part away.

    Args:
        content: The PDF.
        numbers: The pages that matter, from 1.

    Returns:
        The PDF, the very same bytes where nothing had to be changed; and for each of the pages how
        many of its points make one of a page in the usual size of print.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        is_changed = False
        points: dict[int, float] = {}
        for number in numbers:
            page = document[number - 1]
            before = page.get_rotation()
            points[number] = turn_upright(page)
            sheet, shown = page.get_mediabox(), page.get_cropbox()
            is_cut = not all(map(isclose, sheet, shown))
            if is_cut:
                page.set_mediabox(*_meeting(sheet, shown))
            is_changed = is_changed or is_cut or page.get_rotation() != before
            page.close()
        if not is_changed:
            return content, points
        written = BytesIO()
        document.save(written)
        return written.getvalue(), points
    finally:
        document.close()


def pieces(content: bytes, places: Sequence[tuple[int, Box]]) -> Iterator[Image.Image | None]:
    """Yield how pieces of pages look, in shades of grey.

    Args:
        content: The PDF.
        places: Pages, from 1, with boxes on them as the first reading gives them; those of a page
            follow each other.

    Yields:
        A picture for each place, None where its page is too large to be drawn.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        drawn: tuple[int, Image.Image | None, float] = (0, None, 1.0)
        for number, box in places:
            if drawn[0] != number:
                drawn = (number, *_draw(document, number))
            _, picture, scale = drawn
            if picture is None:
                yield None
                continue
            left, top, right, bottom = (round(edge * scale) for edge in box)
            yield picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    finally:
        document.close()


def _draw(document: pypdfium2.PdfDocument, number: int) -> tuple[Image.Image | None, float]:
    """A page's picture and how many of its dots are a point of the file."""
    page = document[number - 1]
    try:
        scale = _DOTS / _POINTS / turn_upright(page)
        width, height = page.get_size()
        if width * height * scale**2 > _MOST_PIXELS:
            return None, scale
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("L"), scale
    finally:
        page.close()


def _meeting(one: Box, other: Box) -> Box:
    """What two boxes have in common, each given as left, bottom, right and top."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
