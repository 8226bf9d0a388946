"""Pages of a PDF as pictures, in the resolution that their scans have.

Knows how pdfium draws pages and what covers them. Does not know how pictures are read.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.allowance import ask_for
from pipelines.reading.drawn_objects import Box, turn_upright
from pipelines.reading.scans.page import Picture, ReadPicture, read_picture
from pipelines.reading.scans.pixels import Grey, in_black_and_grey

_POINTS = 72
_USUAL_DOTS, _MOST_DOTS = 200, 300
# A page that claims to be larger would take all memory.
_MOST_PIXELS = 24_000_000
# Pictures in pictures are looked for so deep.
_DEPTH = 4
# What shows a page as it was scanned covers at least this share of it.
_LEAST_SHARE = 0.3
# What is covered by less is a page of text with pictures on it.
_LEAST_COVERED = 0.5
# What a page takes on a machine that is busy with others, generously.
SECONDS_A_PAGE = 30
# Shades of one dot may differ by so much before it is coloured, and so few dots may be.
_COLOURED, _FEW = 40, 0.0005


def read_pictured_pages(
    content: bytes, suspects: Mapping[int, bool]
) -> Iterator[tuple[int, ReadPicture]]:
    """Read those of a PDF's pages that are pictures, one at a time.

    Args:
        content: The PDF's bytes.
        suspects: Pages that may be pictures, from 1, and whether text is printed on them: then they
            are where a picture covers them.

    Raises:
        MoreTimeNeededError: There are so many that it takes longer than it may.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        pictured = [
            number
            for number, has_text in suspects.items()
            if not has_text or _is_covered(document, number)
        ]
        ask_for(SECONDS_A_PAGE * len(pictured))
        for number in pictured:
            with _page(document, number) as page:
                picture = _picture(page)
            yield number, read_picture(picture, number)
    finally:
        document.close()


@contextmanager
def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """A page the way it is shown to people, see ``pipelines.exploring.page_images``."""
    page = document[number - 1]
    try:
        turn_upright(page)
        yield page
    finally:
        page.close()


def _is_covered(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Tell whether pictures cover most of a page; text may be drawn as pictures of its lines."""
    with _page(document, number) as page:
        width, height = page.get_size()
        boxes = [box for _, box in _images(page)]
        covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)
        return bool(covered >= _LEAST_COVERED * width * height)


def _picture(page: pypdfium2.PdfPage) -> Picture:
    width, height = page.get_size()
    scale = _dots(page) / _POINTS
    scale = min(scale, (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    try:
        colours = bitmap.to_numpy()
        grey, seals = _shades(colours)
        return Picture(grey, width, height, seals)
    finally:
        bitmap.close()


def _dots(page: pypdfium2.PdfPage) -> float:
    """The resolution of the scan that covers a page, as far as it is worth reading."""
    width, height = page.get_size()
    found = [
        _POINTS * max(size) / max(right - left, top - bottom)
        for size, (left, bottom, right, top) in _images(page)
        if (right - left) * (top - bottom) >= _LEAST_SHARE * width * height
    ]
    return min(max(found, default=_USUAL_DOTS), _MOST_DOTS)


def _images(page: pypdfium2.PdfPage) -> Iterator[tuple[tuple[int, int], Box]]:
    """The pictures on a page: how many dots they have, and where they lie, unturned."""
    for image in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH):
        yield image.get_px_size(), image.get_bounds()


def _shades(colours: np.ndarray) -> tuple[Grey, Grey | None]:
    """A picture in shades, and where seals are; without what is red where it has colours."""
    if colours.ndim == 2 or colours.shape[2] == 1:
        return np.ascontiguousarray(colours.reshape(colours.shape[:2])), None
    sample = colours[::7, ::7, :3].astype(np.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    if (spread > _COLOURED).mean() < _FEW:
        return np.ascontiguousarray(colours[..., 1]), None
    return in_black_and_grey(colours)
