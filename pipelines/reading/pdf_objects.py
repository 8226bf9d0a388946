"""What a PDF page draws: characters and straight edges, by way of pdfium.

Knows pdfium's objects, matrices and page geometry. Does not know tables or text lines.

pdfium is called through its raw interface: one page costs a few milliseconds, a tenth of what
pdfminer needs, and form XObjects, rotations and crop boxes are all taken into account here.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.errors import UnreadableFileError, UnreadableReason

# A stroke or a filled bar no thicker than this is a ruling, not an area.
RULING_POINTS = 3.0
# Coordinates nearer to each other than this are the same for an edge to be straight.
STRAIGHT_POINTS = 0.5
# Forms are nested once or twice; a file that nests deeper is made to harm.
_MAX_FORM_DEPTH = 8
# Codes up to the space print nothing.
_LAST_CONTROL = 0x20

Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """One printed character and its box, in points from the page's upper left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Edge(NamedTuple):
    """A horizontal or vertical edge; one of width and height is zero."""

    x0: float
    top: float
    x1: float
    bottom: float


class Matrix(NamedTuple):
    """An affine map, as PDF writes it: ``x' = a·x + c·y + e``, ``y' = b·x + d·y + f``."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: "Matrix") -> "Matrix":
        """Return the map that applies ``inner`` first and this one then."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )


@dataclass(slots=True)
class PageObjects:
    """What one page draws.

    Attributes:
        number: Page number from 1.
        width: Width as seen, in points.
        height: Height as seen.
        chars: Characters in the order of the file, white space left out.
        edges: Straight edges of strokes and of filled bars.
        has_picture: Whether it draws images, or curves that may be outlined text.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    has_picture: bool = False


def read_pages(content: bytes) -> Iterator[PageObjects]:
    """Yield what each page draws.

    Args:
        content: The PDF's bytes.

    Raises:
        UnreadableFileError: The file is damaged or needs a password.
    """
    with _open(content) as document:
        if len(document) == 0:
            raise _damaged()
        for index in range(len(document)):
            with _page(document, index) as page:
                yield _PageReader(page, index + 1).read()


@contextmanager
def _open(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(
                UnreadableReason.ENCRYPTED,
                "the PDF is protected by a password; obtain an unprotected copy",
            ) from error
        raise _damaged() from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pypdfium2.PdfDocument, index: int) -> Iterator[pypdfium2.PdfPage]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise _damaged() from error
    try:
        yield page
    finally:
        page.close()


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the PDF is damaged or cut short; fetch it again"
    )


class _PageReader:
    """Reads one open page."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        self._page = page
        self._objects = PageObjects(number, page.get_width(), page.get_height())
        self._view = _view_matrix(page)
        # One buffer of each kind for the whole page: allocating per call is what costs.
        self._floats = tuple(ctypes.c_float() for _ in range(4))
        self._refs = tuple(map(ctypes.byref, self._floats))

    def read(self) -> PageObjects:
        """Collect the page's characters and edges."""
        self._read_chars()
        page = self._page.raw
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            obj = pdfium.FPDFPage_GetObject(page, index)
            kind = pdfium.FPDFPageObj_GetType(obj)
            if kind != pdfium.FPDF_PAGEOBJ_TEXT:
                self._read_object(obj, kind, self._view, 0)
        return self._objects

    def _read_chars(self) -> None:
        text_page = self._page.get_textpage()
        try:
            box = pdfium.FS_RECTF()
            box_ref = ctypes.byref(box)
            raw = text_page.raw
            get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
            seen, add = self._seen_box(), self._objects.chars.append
            for index in range(pdfium.FPDFText_CountChars(raw)):
                code = get_unicode(raw, index)
                if code <= _LAST_CONTROL or not (text := chr(code)).isprintable():
                    continue
                if not text.isspace() and get_box(raw, index, box_ref):
                    add(Char(text, *seen(box.left, box.bottom, box.right, box.top)))
        finally:
            text_page.close()

    def _seen_box(self) -> Callable[[float, float, float, float], Box]:
        """The function that turns a box of the page's space into one as seen."""
        a, b, c, d, e, f = self._view
        if b == 0 and c == 0 and a == 1 and d == -1:  # not rotated: nearly every page
            return lambda left, bottom, right, top: (left + e, f - top, right + e, f - bottom)
        return lambda *box: _map_box(self._view, *box)

    def _read_object(
        self, obj: pdfium.FPDF_PAGEOBJECT, kind: int, outer: Matrix, depth: int
    ) -> None:
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._read_path(obj, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = outer.after(_object_matrix(obj))
            for index in range(pdfium.FPDFFormObj_CountObjects(obj)):
                child = pdfium.FPDFFormObj_GetObject(obj, index)
                self._read_object(child, pdfium.FPDFPageObj_GetType(child), inner, depth + 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            self._objects.has_picture = True

    def _read_path(self, path: pdfium.FPDF_PAGEOBJECT, outer: Matrix) -> None:
        """Take a path's straight edges; a thin one is a ruling as it stands."""
        if not pdfium.FPDFPageObj_GetBounds(path, *self._refs):
            return
        left, bottom, right, top = (value.value for value in self._floats)
        x0, y0, x1, y1 = _map_box(outer, left, bottom, right, top)
        if min(x1 - x0, y1 - y0) <= RULING_POINTS:
            self._add_bar(x0, y0, x1, y1)
        else:
            self._take_apart(path, outer.after(_object_matrix(path)))

    def _take_apart(self, path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> None:
        """Take a path apart into straight edges; a curved one is a picture."""
        points: list[tuple[float, float]] = []
        x, y = self._floats[:2]
        x_ref, y_ref = self._refs[:2]
        for index in range(pdfium.FPDFPath_CountSegments(path)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self._objects.has_picture = True
                return
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._add_edges(points)
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
            points.append(matrix.apply(x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._add_edges(points)

    def _add_edges(self, points: list[tuple[float, float]]) -> None:
        """Add the straight edges between points; a thin closed bar counts as its middle line."""
        if len(points) < 2:
            return
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, bottom - top) <= RULING_POINTS:
            self._add_bar(left, top, right, bottom)
            return
        for (x_a, y_a), (x_b, y_b) in pairwise(points):
            if abs(y_a - y_b) <= STRAIGHT_POINTS:
                self._objects.edges.append(Edge(min(x_a, x_b), y_a, max(x_a, x_b), y_a))
            elif abs(x_a - x_b) <= STRAIGHT_POINTS:
                self._objects.edges.append(Edge(x_a, min(y_a, y_b), x_a, max(y_a, y_b)))

    def _add_bar(self, left: float, top: float, right: float, bottom: float) -> None:
        if right - left >= bottom - top:
            middle = (top + bottom) / 2
            self._objects.edges.append(Edge(left, middle, right, middle))
        else:
            middle = (left + right) / 2
            self._objects.edges.append(Edge(middle, top, middle, bottom))


def _map_box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """Map a box and return it upright: x0, top, x1, bottom."""
    x_a, y_a = matrix.apply(left, bottom)
    x_b, y_b = matrix.apply(right, top)
    return min(x_a, x_b), min(y_a, y_b), max(x_a, x_b), max(y_a, y_b)


def _object_matrix(obj: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, ctypes.byref(matrix)):
        return Matrix(1, 0, 0, 1, 0, 0)
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _view_matrix(page: pypdfium2.PdfPage) -> Matrix:
    """The map from the page's space (y upwards, unrotated) to the page as seen (y downwards)."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[page.get_rotation() % 360]
