"""The page that something is printed on, as a picture with its place outlined.

Knows how a page is drawn. Does not know what is printed there.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from pipelines.exploring.drawings import find_font
from pipelines.exploring.marts import select_rows
from pipelines.exploring.source_files import NoPictureError, find_source
from pipelines.reading.documents import pages_as_pdf
from pipelines.reading.drawn_objects import turn_upright

# 144 dots per inch: small print stays legible, a page stays below a megabyte.
_SCALE = 2.0
_OUTLINE = (220, 30, 30)
_OUTLINE_WIDTH = 4
_MARGIN_POINTS = 3.0
# What is seen above and below a figure on a piece of its page, and the outline of its companions.
_CONTEXT_POINTS = 62.0
_WIDEST_POINTS = 420.0
_COMPANION = (224, 148, 20)
# Of a page of two square metres; one that claims to be larger would take all memory.
_MOST_PIXELS = 64_000_000
TURNS = """
    select turn
    from staging.pictured_pages
    where document_id = ? and page = ?
"""
Box = tuple[float, float, float, float]


class PageImages:
    """The pages of one document as pictures, each drawn once.

    Args:
        connection: The warehouse.
        document_id: The document.
        raw_dir: Where the published files lie.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, document_id: str, raw_dir: Path
    ) -> None:
        self._connection = connection
        self._document_id = document_id
        self._raw_dir = raw_dir
        self._document: pypdfium2.PdfDocument | None = None
        self._pages: dict[int, Image.Image] = {}
        self._points: dict[int, float] = {}

    def close(self) -> None:
        """Let go of the file and the pictures."""
        self._pages.clear()
        if self._document is not None:
            self._document.close()

    def page(self, number: int) -> Image.Image:
        """A page, from 1, as it was read, its text in the usual size.

        Raises:
            NoPictureError: The file has gone, the page is too large, or no font is there.
        """
        if number not in self._pages:
            if self._document is None:
                source = find_source(self._connection, self._document_id, self._raw_dir)
                self._document = pypdfium2.PdfDocument(_drawable(source.read_bytes()))
            page = self._document[number - 1]
            point = self._points[number] = turn_upright(page)
            page.set_rotation((page.get_rotation() + self._turn(number)) % 360)
            width, height = page.get_size()
            scale = _SCALE / point
            if width * height * scale**2 > _MOST_PIXELS:
                raise NoPictureError(
                    "page {page} is too large to be drawn: open the file", page=number
                )
            self._pages[number] = page.render(scale=scale).to_pil()
        return self._pages[number]

    def _turn(self, number: int) -> int:
        """By how many degrees, clockwise, a page was turned for what its picture shows to stand."""
        rows = select_rows(self._connection, TURNS, [self._document_id, number])
        return int(rows[0]["turn"]) if rows else 0

    def outlined(self, number: int, box: Box) -> Image.Image:
        """A page, from 1, with a box outlined.

        Raises:
            NoPictureError: The file has gone.
        """
        picture = self.page(number).copy()
        _draw_outline(picture, self._in_picture(number, box), _OUTLINE, _OUTLINE_WIDTH)
        return picture

    def _in_picture(self, number: int, box: Box) -> Box:
        """A box of a page that has been drawn, in points of its picture."""
        point = self._points[number]
        x0, top, x1, bottom = (edge / point for edge in box)
        return x0, top, x1, bottom

    def crop(self, number: int, box: Box, companions: Sequence[Box] = ()) -> Image.Image:
        """The rows around a box without the page's margins, the box outlined, others less so.

        Of a wide page, the part around the box.

        Raises:
            NoPictureError: The file has gone.
        """
        picture = self.page(number).copy()
        box = self._in_picture(number, box)
        companions = [self._in_picture(number, companion) for companion in companions]
        for companion in companions:
            _draw_outline(picture, companion, _COMPANION, _OUTLINE_WIDTH // 2)
        _draw_outline(picture, box, _OUTLINE, _OUTLINE_WIDTH)
        _, top, _, bottom = box
        above = max(0, round((top - _CONTEXT_POINTS) * _SCALE))
        below = min(picture.height, round((bottom + _CONTEXT_POINTS) * _SCALE))
        strip = picture.crop((0, above, picture.width, below))
        first, last = _printed_width(strip)
        widest = round(_WIDEST_POINTS * _SCALE)
        if last - first > widest:
            edges = [edge for x0, _, x1, _ in (box, *_near(box, companions)) for edge in (x0, x1)]
            middle = round((min(edges) + max(edges)) / 2 * _SCALE)
            first = min(max(first, middle - widest // 2), last - widest)
            last = first + widest
        return strip.crop((first, 0, last, strip.height))


def _drawable(content: bytes) -> bytes:
    """The PDF of a file with pages.

    Raises:
        NoPictureError: It brings no fonts of its own, and there is none with Chinese characters.
    """
    pdf = pages_as_pdf(content)
    if pdf is not content:
        find_font()
    return pdf


def _near(box: Box, companions: Sequence[Box]) -> list[Box]:
    """Companions that fit into one picture with a box."""
    return [
        each
        for each in companions
        if abs(each[1] - box[1]) < _CONTEXT_POINTS
        and max(each[2], box[2]) - min(each[0], box[0]) < _WIDEST_POINTS
    ]


def _printed_width(strip: Image.Image) -> tuple[int, int]:
    """From where to where anything is printed, with a little room on either side."""
    printed = ImageOps.invert(strip.convert("L")).getbbox()
    if printed is None:
        return 0, strip.width
    room = round(_MARGIN_POINTS * 2 * _SCALE)
    return max(0, printed[0] - room), min(strip.width, printed[2] + room)


def _draw_outline(picture: Image.Image, box: Box, colour: tuple[int, int, int], width: int) -> None:
    """Outline a box given in points: the line lies around it, and hides nothing of it.

    It may be as narrow as the number itself, and the number beside it stands two points away.
    """
    left, top, right, bottom = (edge * _SCALE for edge in box)
    corners = (left - width, top - width, right + width, bottom + width)
    ImageDraw.Draw(picture).rectangle(corners, outline=colour, width=width)
