"""What a PDF page draws: characters and straight edges, by way of pdfium.

Knows pdfium's objects, matrices and page geometry. Does not know tables or text lines.

pdfium is called through its raw interface: one page costs a few milliseconds, a tenth of what
pdfminer needs, and form XObjects, rotations and crop boxes are all taken into account here.
"""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise, repeat
from math import inf
from operator import itemgetter
from typing import NamedTuple, cast

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.pdfium_bulk import (
    address_of,
    char_texts,
    fill_colours,
    form_objects,
    ink_boxes,
    loose_boxes,
    object_at,
    object_bounds,
    object_kinds,
    object_turns,
    page_objects,
    stroke_colour,
    text_modes,
    text_object_of,
)

# A stroke or a filled bar no thicker than this is a ruling, not an area.
RULING_POINTS = 3.0
# So many dots in a row draw a ruling.
_MIN_DOTS = 4
# Coordinates nearer to each other than this are the same for an edge to be straight.
STRAIGHT_POINTS = 0.5
# Forms are nested once or twice; a file that nests deeper is made to harm.
_MAX_FORM_DEPTH = 8
# So many of a page's first texts tell which way its text runs.
_SAMPLED_TEXTS = 60

# Text render modes that paint nothing: invisible, and clipping only.
_INVISIBLE_MODES = frozenset(
    (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
)
_TEXT, _PATH, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_PICTURES = frozenset((pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING))
# In units of a box's height: how far off its middle a digit's ink may honestly be.
_METRICS_LIE = 0.3
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_SEPARATORS = frozenset(".,-%")
_WHITE = 250
_OPAQUE = 255
WHITE_PAPER = 255, 255, 255, _OPAQUE

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int, int]


class Char(NamedTuple):
    """One printed character and its box, in points from the page's upper left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


# ``Char._make`` without a line of Python: a document has ten thousands of characters.
_make_char = cast(
    "Callable[[tuple[str, float, float, float, float]], Char]", partial(tuple.__new__, Char)
)


class Edge(NamedTuple):
    """A horizontal or vertical edge; one of width and height is zero."""

    x0: float
    top: float
    x1: float
    bottom: float


class Shade(NamedTuple):
    """A filled area without an outline.

    Attributes:
        box: Where it lies.
        colour: Red, green, blue and opacity of what is seen: white where it shows nothing else.
        edges: Its straight edges. Whether they part cells is not seen from the area alone.
    """

    box: Box
    colour: Colour
    edges: tuple[Edge, ...]


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
        edges: Straight edges of strokes and of filled bars, as far as they are on the page.
        shades: Filled areas without an outline.
        hidden: Characters of the page that nobody sees, those beyond its edge included.
        has_picture: Whether it draws images, or curves that may be outlined text.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    has_picture: bool = False


@dataclass(slots=True)
class _Drawn:
    """What a page draws, in the order drawn, column by column: a page has hundreds of objects.

    Attributes:
        addresses: The objects' addresses.
        kinds: Their kinds.
        outers: The maps from what each is drawn in, the page or a form, to the page as seen.
    """

    addresses: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    outers: list[Matrix] = field(default_factory=list)

    def places_of(self, kind: int) -> list[int]:
        """Where in the order the objects of a kind stand."""
        return [place for place, each in enumerate(self.kinds) if each == kind]

    def boxes(self, places: Sequence[int]) -> Iterator[Box]:
        """The boxes of objects on the page as seen."""
        bounds = object_bounds([self.addresses[place] for place in places])
        for place, (left, bottom, right, top) in zip(places, bounds, strict=True):
            yield _map_box(self.outers[place], left, bottom, right, top)

    def box(self, place: int) -> Box:
        """The box of one object on the page as seen."""
        return next(self.boxes([place]))


class _Area(NamedTuple):
    """A filled area: where, when drawn, and whether it hides black text beneath it.

    White areas and opaque pictures do; a coloured area drawn over text is left to the eye.
    """

    box: tuple[float, float, float, float]
    drawn: int
    covers: bool


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
        self._view, self._drawn = _draw_upright(page)
        self._objects = PageObjects(number, page.get_width(), page.get_height())
        self._areas: list[_Area] = []

    def read(self) -> PageObjects:
        """Collect the page's characters and edges."""
        self._read_paths()
        self._read_pictures()
        self._areas.sort(key=lambda area: area.drawn)
        self._read_chars()
        return self._objects

    def _read_pictures(self) -> None:
        """Note pictures; one that lets nothing shine through covers what was drawn before it.

        A seal lets the text beneath shine through: its background is transparent.
        """
        places = [place for place, kind in enumerate(self._drawn.kinds) if kind in _PICTURES]
        self._objects.has_picture = self._objects.has_picture or bool(places)
        for place in places:
            picture = object_at(self._drawn.addresses[place])
            is_image = self._drawn.kinds[place] == pdfium.FPDF_PAGEOBJ_IMAGE
            if is_image and self._is_opaque(picture):
                self._areas.append(_Area(self._drawn.box(place), place, covers=True))

    def _is_opaque(self, image: pdfium.FPDF_PAGEOBJECT) -> bool:
        if pdfium.FPDFPageObj_HasTransparency(image):
            return False
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(self._page.pdf, self._page, image)
        if not bitmap:
            return False
        try:
            if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
                return True
            size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
            return min(pixels[3::4], default=_OPAQUE) == _OPAQUE
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def _read_chars(self) -> None:
        """Read the characters, those that nobody sees apart.

        pdfium keeps one of two equal characters printed on the same spot. Where a number is
        painted over and printed anew, that one may be the hidden one: hidden text is therefore
        taken off the page before the visible text is read.
        """
        hidden = frozenset(self._hidden_text_objects())
        if not hidden:
            self._take(self._chars())
            return
        is_hidden = hidden.__contains__
        self._objects.hidden.extend(self._chars(is_hidden))
        for text in map(object_at, hidden):
            # An object inside a form cannot be taken off the page; its characters are left out.
            if pdfium.FPDFPage_RemoveObject(self._page, text):
                pdfium.FPDFPageObj_Destroy(text)
        self._take(self._chars(lambda address: not is_hidden(address)))

    def _take(self, chars: Iterable[Char]) -> None:
        """Note the characters that are printed, and apart from them those beyond the page's edge.

        Unprinted copies of forms stand below or beside the page, which crops them off.
        """
        width, height = self._objects.width, self._objects.height
        printed, hidden = self._objects.chars.append, self._objects.hidden.append
        for char in chars:
            is_printed = char[3] > 0 and char[1] < width and char[4] > 0 and char[2] < height
            (printed if is_printed else hidden)(char)

    def _chars(self, wanted: Callable[[int], bool] | None = None) -> Iterator[Char]:
        """List the characters of the page, or only those of the wanted text objects."""
        text_page = self._page.get_textpage()
        try:
            address, count = address_of(text_page.raw), text_page.count_chars()
            texts = list(map(_printed, char_texts(address, count)))
            indices = [
                index
                for index, text in enumerate(texts)
                if text and (wanted is None or wanted(text_object_of(address, index)))
            ]
            texts = [texts[index] for index in indices]
            lefts, tops, rights, bottoms = loose_boxes(address, indices)
            for number, lift in _lifts(address, texts, indices, tops, bottoms).items():
                tops[number] += lift
                bottoms[number] += lift
        finally:
            text_page.close()
        columns = _map_boxes(self._view, lefts, bottoms, rights, tops)
        return map(_make_char, zip(texts, *columns, strict=True))

    def _hidden_text_objects(self) -> Iterator[int]:
        """Yield the addresses of the text objects that nobody sees.

        They are drawn invisibly, white without anything dark beneath, or covered by a white area
        that is drawn later.
        """
        drawn = self._drawn
        places = drawn.places_of(_TEXT)
        texts = [drawn.addresses[place] for place in places]
        for place, mode, is_white in zip(places, text_modes(texts), _are_white(texts), strict=True):
            if mode in _INVISIBLE_MODES or (is_white and self._is_on_white(place)):
                yield drawn.addresses[place]
        covers = [area for area in self._areas if area.covers]
        if covers:
            yield from self._covered(covers)

    def _covered(self, covers: Sequence[_Area]) -> Iterator[int]:
        places = [place for place in self._drawn.places_of(_TEXT) if place < covers[-1].drawn]
        for place, box in zip(places, self._drawn.boxes(places), strict=True):
            if any(area.drawn > place and _holds(area.box, box) for area in covers):
                yield self._drawn.addresses[place]

    def _is_on_white(self, place: int) -> bool:
        """Tell whether the paper or something white is beneath a text."""
        box = self._drawn.box(place)
        beneath = [area for area in self._areas if area.drawn < place and _holds(area.box, box)]
        return not beneath or beneath[-1].covers

    def _read_paths(self) -> None:
        """Take the paths' straight edges; a thin path is a ruling as it stands."""
        places = self._drawn.places_of(_PATH)
        dots: list[Box] = []
        for place, box in zip(places, self._drawn.boxes(places), strict=True):
            if min(box[2] - box[0], box[3] - box[1]) <= RULING_POINTS:
                self._add_bar(*box)
                if max(box[2] - box[0], box[3] - box[1]) <= RULING_POINTS:
                    dots.append(box)
            else:
                self._read_area(place, box)
        self._objects.edges.extend(_join_dots(dots))
        self._objects.edges[:] = self._on_page(self._objects.edges)

    def _read_area(self, place: int, box: Box) -> None:
        """Take the straight edges of a path that is no ruling, and note what it fills."""
        address = self._drawn.addresses[place]
        path = object_at(address)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        is_filled = fill.value != pdfium.FPDF_FILLMODE_NONE
        if is_filled:
            (is_white,) = _are_white([address])
            self._areas.append(_Area(box, place, covers=is_white))
        is_outlined = not is_filled or (
            bool(stroke.value) and stroke_colour(path) != next(fill_colours([address]))
        )
        colour = WHITE_PAPER if is_outlined else _seen_colour(address)
        for points in self._subpaths(path, self._drawn.outers[place].after(_object_matrix(path))):
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            top, bottom = min(y for _, y in points), max(y for _, y in points)
            if min(right - left, bottom - top) <= RULING_POINTS:
                self._add_bar(left, top, right, bottom)
            elif is_outlined:
                self._objects.edges.extend(_straight_edges(points))
            else:
                edges = tuple(self._on_page(_straight_edges(points)))
                self._objects.shades.append(Shade((left, top, right, bottom), colour, edges))

    def _subpaths(
        self, path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix
    ) -> Iterator[Sequence[tuple[float, float]]]:
        """Take a path apart into connected corners; a curved one is a picture."""
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
        for index in range(pdfium.FPDFPath_CountSegments(path)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self._objects.has_picture = True
                return
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
            points.append(matrix.apply(x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _on_page(self, edges: Iterable[Edge]) -> Iterator[Edge]:
        """Yield edges as far as the page shows them: beyond it, forms are kept that nobody sees."""
        width, height = self._objects.width, self._objects.height
        for edge in edges:
            x0, top, x1, bottom = edge
            if x0 >= 0 and top >= 0 and x1 <= width and bottom <= height:
                yield edge
            elif x0 <= width and x1 >= 0 and top <= height and bottom >= 0:
                yield Edge(max(x0, 0.0), max(top, 0.0), min(x1, width), min(bottom, height))

    def _add_bar(self, left: float, top: float, right: float, bottom: float) -> None:
        if right - left >= bottom - top:
            middle = (top + bottom) / 2
            self._objects.edges.append(Edge(left, middle, right, middle))
        else:
            middle = (left + right) / 2
            self._objects.edges.append(Edge(middle, top, middle, bottom))


def _straight_edges(points: Sequence[tuple[float, float]]) -> Iterator[Edge]:
    """Yield the lines between corners that run across or down."""
    for (x_a, y_a), (x_b, y_b) in pairwise(points):
        if abs(y_a - y_b) <= STRAIGHT_POINTS:
            yield Edge(min(x_a, x_b), y_a, max(x_a, x_b), y_a)
        elif abs(x_a - x_b) <= STRAIGHT_POINTS:
            yield Edge(x_a, min(y_a, y_b), x_a, max(y_a, y_b))


def _join_dots(dots: Sequence[Box]) -> Iterator[Edge]:
    """Yield the rulings that rows of dots draw, across and down."""
    across = ((round((top + bottom) / 2, 1), left, right) for left, top, right, bottom in dots)
    for at, begin, end in _rows_of_dots(across):
        yield Edge(begin, at, end, at)
    down = ((round((left + right) / 2, 1), top, bottom) for left, top, right, bottom in dots)
    for at, begin, end in _rows_of_dots(down):
        yield Edge(at, begin, at, end)


def _rows_of_dots(
    dots: Iterable[tuple[float, float, float]],
) -> Iterator[tuple[float, float, float]]:
    """Yield where rows of dots lie, begin and end; a few dots in a row are none."""
    row: list[tuple[float, float, float]] = []
    for dot in [*sorted(dots), (inf, inf, inf)]:
        if row and (dot[0] != row[-1][0] or dot[1] - row[-1][2] > RULING_POINTS):
            if len(row) >= _MIN_DOTS:
                yield row[0][0], row[0][1], row[-1][2]
            row = []
        row.append(dot)


@cache
def _printed(text: str) -> str:
    """A character as printed, '' where it prints nothing.

    A glyph that the file gives no meaning prints something nobody can look up: it is kept as a
    replacement character, so that a number with such a digit is unreadable and not another one.
    """
    if text == "\0" or unicodedata.category(text) == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if text.isspace() or unicodedata.category(text) in ("Cc", "Cf") else text


def _lifts(
    text_page: int,
    texts: Sequence[str],
    indices: Sequence[int],
    tops: Sequence[float],
    bottoms: Sequence[float],
) -> dict[int, float]:
    """Tell how far upwards which of the characters must move; none where metrics are honest.

    A character's box follows from its font's metrics. Some exporters embed fonts whose metrics lie
    by half a line and more, which moves a number into the row above; its ink does not lie. The
    ink of a separator is anywhere in its line: it moves with the digits before it.
    """
    digits = [number for number, text in enumerate(texts) if text in _DIGITS]
    inks = ink_boxes(text_page, [indices[number] for number in digits])
    lifts: dict[int, float] = {}
    for number, (_, _, ink_bottom, ink_top) in zip(digits, inks, strict=True):
        bottom, top = bottoms[number], tops[number]
        offset = (ink_bottom + ink_top - bottom - top) / 2
        if abs(offset) > _METRICS_LIE * (top - bottom):
            lifts[number] = offset
    for number in tuple(lifts):
        for follower in range(number + 1, len(texts)):
            if texts[follower] not in _SEPARATORS:
                break
            lifts[follower] = lifts[number]
    return lifts


def _are_white(objects: Sequence[int]) -> list[bool]:
    """Tell which objects are filled with opaque white."""
    return [
        red >= _WHITE and green >= _WHITE and blue >= _WHITE and opacity == _OPAQUE
        for red, green, blue, opacity in fill_colours(objects)
    ]


def _seen_colour(area: int) -> Colour:
    """The colour that an area shows on paper: what is nearly white or lets all through is paper."""
    colour = next(fill_colours([area]))
    is_paper = colour[3] == 0 or min(colour[:3]) >= _WHITE
    return WHITE_PAPER if is_paper else colour


def _holds(area: Box, box: Box) -> bool:
    """Tell whether an area holds the centre of a box."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _map_box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """Map a box and return it upright: x0, top, x1, bottom."""
    x_a, y_a = matrix.apply(left, bottom)
    x_b, y_b = matrix.apply(right, top)
    return min(x_a, x_b), min(y_a, y_b), max(x_a, x_b), max(y_a, y_b)


def _map_boxes(
    matrix: Matrix,
    lefts: Sequence[float],
    bottoms: Sequence[float],
    rights: Sequence[float],
    tops: Sequence[float],
) -> Iterable[Sequence[float]]:
    """Map the sides of boxes; return those of the boxes upright: x0, top, x1, bottom."""
    a, b, c, d, e, f = matrix
    if b == 0 and c == 0 and a > 0 > d:  # neither turned nor mirrored: nearly always
        return (
            [a * x + e for x in lefts],
            [d * y + f for y in tops],
            [a * x + e for x in rights],
            [d * y + f for y in bottoms],
        )
    boxes = map(_map_box, repeat(matrix), lefts, bottoms, rights, tops)
    return tuple(zip(*boxes, strict=True)) or ((), (), (), ())


def turn_upright(page: pypdfium2.PdfPage) -> None:
    """Turn a page so that its text runs from left to right, whatever the page says of itself.

    Broad tables are printed sideways on upright pages, or on pages turned the wrong way.
    """
    _draw_upright(page)


def _draw_upright(page: pypdfium2.PdfPage) -> tuple[Matrix, _Drawn]:
    """Turn a page upright; return the map to the page as seen, and what it draws."""
    view = _view_matrix(page)
    drawn = _drawn_objects(page, view)
    if turn := _needed_turn(drawn):
        page.set_rotation((page.get_rotation() + turn) % 360)
        view = _view_matrix(page)
        drawn = _drawn_objects(page, view)
    return view, drawn


def _needed_turn(drawn: _Drawn) -> int:
    """By how many degrees a page must turn for most of its first texts to be upright."""
    places = drawn.places_of(_TEXT)[:_SAMPLED_TEXTS]
    outers = [drawn.outers[place] for place in places]
    directions = object_turns([drawn.addresses[place] for place in places])
    # Nearly all texts of a page are turned alike: each way is looked at once.
    ways = Counter(zip(outers, directions, strict=True))
    turns: Counter[int] = Counter()
    for ((a, b, c, d, _, _), (along, up)), count in ways.items():
        across, down = a * along + c * up, b * along + d * up
        if abs(across) >= abs(down):
            turns[0 if across >= 0 else 180] += count
        else:
            turns[270 if down > 0 else 90] += count
    turn, count = max(turns.items(), key=itemgetter(1), default=(0, 0))
    return turn if count > len(places) / 2 else 0


def _drawn_objects(page: pypdfium2.PdfPage, view: Matrix) -> _Drawn:
    """List a page's objects, those inside forms included."""
    drawn = _Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    _open_forms(drawn, page_objects(address_of(page.raw), count), view, 0)
    return drawn


def _open_forms(drawn: _Drawn, addresses: Sequence[int], outer: Matrix, depth: int) -> None:
    """Add objects to those drawn; in the place of a form, what is inside."""
    kinds = object_kinds(addresses)
    begin = 0
    for place in [*(place for place, kind in enumerate(kinds) if kind == _FORM), len(kinds)]:
        drawn.addresses += addresses[begin:place]
        drawn.kinds += kinds[begin:place]
        drawn.outers += [outer] * (place - begin)
        if place < len(kinds) and depth <= _MAX_FORM_DEPTH:
            form = object_at(addresses[place])
            inside = form_objects(addresses[place], pdfium.FPDFFormObj_CountObjects(form))
            _open_forms(drawn, inside, outer.after(_object_matrix(form)), depth + 1)
        begin = place + 1


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
