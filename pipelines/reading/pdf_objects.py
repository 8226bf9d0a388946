"""What a PDF page shows: characters, straight edges, and marks that may be characters drawn.

Knows what pdfium's objects show, what hides what, and what is printed over the page. Does not know
tables or text lines.

pdfium is called through its raw interface: one page costs a few milliseconds, a tenth of what
pdfminer needs, and form XObjects, rotations and crop boxes are all taken into account here.
"""

import ctypes
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from math import inf
from typing import NamedTuple, cast

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.domain.document import UNREADABLE
from pipelines.domain.place import Place
from pipelines.reading.drawn_objects import (
    PATH,
    Box,
    Colour,
    Matrix,
    draw_upright,
    holds_centre,
    map_boxes,
    object_matrix,
)
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.overprints import Look, Prints, find_overprints
from pipelines.reading.pdfium_bulk import (
    address_of,
    char_texts,
    fill_colours,
    ink_boxes,
    loose_boxes,
    object_at,
    object_texts,
    segment_counts,
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

# Text render modes that paint nothing: invisible, and clipping only.
_INVISIBLE_MODES = frozenset(
    (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
)
_PICTURES = frozenset((pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING))
# In units of a box's height: how far off its middle a digit's ink may honestly be.
_METRICS_LIE = 0.3
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_SEPARATORS = frozenset(".,-%")
# So many pages at the beginning of a file are read together.
_FIRST_PAGES = 10
# Curves and pictures no higher may be characters that are drawn: a line or two of usual print.
_LINE_OR_TWO = 24.0
# A path of more corners that is not so many times as long as broad is a character, not a ruling.
_CORNERS_OF_A_BAR = 6
_LENGTH_OF_A_BAR = 5
# A shape of more corners is no cell's.
_CORNERS_OF_A_CELL = 8
# How much of 255 the lightest and darkest points of a picture differ that shows something.
_CONTRAST = 50
_WHITE = 250
_OPAQUE = 255
WHITE_PAPER = 255, 255, 255, _OPAQUE


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


class Frame(NamedTuple):
    """How a page as read lies in the file.

    Attributes:
        point: How many points of the file make one of the page as read.
        left: Where on the sheet of the file the page begins, in points of the file.
        top: How far down it begins.
    """

    point: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def in_file(self, box: Box) -> Box:
        """Tell where a box of the page lies on the sheet of the file, in points of the file."""
        if self == WHOLE_SHEET:
            return box
        x0, top, x1, bottom = (side * self.point for side in box)
        return x0 + self.left, top + self.top, x1 + self.left, bottom + self.top

    def reach(self, box: Box) -> tuple[float, float] | None:
        """From where to where a box reaches across the page; None where its place says it."""
        return None if self == WHOLE_SHEET else (box[0], box[2])

    def chars_in_file(self, chars: tuple[Char, ...]) -> tuple[Char, ...]:
        """Tell where characters of the page lie on the sheet of the file."""
        if self == WHOLE_SHEET:
            return chars
        return tuple(Char(char.text, *self.in_file(char[1:])) for char in chars)


WHOLE_SHEET = Frame()


class FurtherPage(NamedTuple):
    """A page on which a sheet that was too wide for one goes on to the right.

    Attributes:
        begin: Where on the whole it begins.
        shift: How far its own places are moved to the right to be those of the whole.
        number: Its number in the file, from 1.
        width: Its own width.
        frame: How it lies in the file.
    """

    begin: float
    shift: float
    number: int
    width: float
    frame: Frame


class Overprint(NamedTuple):
    """A text that is printed over the page: a watermark.

    Attributes:
        text: What it says.
        box: Where it is printed.
    """

    text: str
    box: Box


def is_on_sheet(char: Char, width: float, height: float) -> bool:
    """Tell whether a character stands on a page of this size, be it over its edge."""
    return char.x1 > 0 and char.x0 < width and char.bottom > 0 and char.top < height


@dataclass(slots=True)
class PageObjects:
    """What one page draws, in points from its upper left corner, as if in the usual size of print.

    Attributes:
        number: Number of its sheet in the file, from 1.
        width: Width as seen.
        height: Height as seen.
        frame: How it lies in the file.
        chars: Characters in the order of the file, white space left out.
        edges: Straight edges of strokes and of filled bars, as far as they are on the page.
        shades: Filled areas without an outline.
        marks: Boxes of curves and pictures as low as a line or two: they may be numbers.
        hidden: Characters of the page that nobody sees, those beyond its edge included.
        overprints: Watermarks, which are not among the characters.
        has_picture: Whether it draws images, or curves that may be outlined text.
        further: The pages of the file on which it goes on to the right, from left to right.
    """

    number: int
    width: float
    height: float
    frame: Frame = WHOLE_SHEET
    chars: list[Char] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    overprints: list[Overprint] = field(default_factory=list)
    has_picture: bool = False
    further: tuple[FurtherPage, ...] = ()

    def page_at(self, x: float) -> FurtherPage | None:
        """The further page on which a place is printed, None for the first one."""
        return next((page for page in reversed(self.further) if page.begin <= x), None)

    def place(self, box: Box) -> Place:
        """Tell where in the file a box is; what goes on over several pages, where it begins."""
        if not self.further:
            return Place(page=self.number, bbox=self.frame.in_file(box))
        x0, top, x1, bottom = box
        page = self.page_at(x0 + RULING_POINTS)
        begins = (further.begin for further in self.further if further.begin > x0 + RULING_POINTS)
        x1 = min(x1, next(begins, x1))
        if page is None:
            return Place(page=self.number, bbox=self.frame.in_file((x0, top, x1, bottom)))
        own = x0 - page.shift, top, x1 - page.shift, bottom
        return Place(page=page.number, bbox=page.frame.in_file(own))

    def reach(self, box: Box) -> tuple[float, float] | None:
        """From where to where a box reaches; None where its place says it."""
        return (box[0], box[2]) if self.further else self.frame.reach(box)


_Corners = Sequence[tuple[float, float]]


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
        watermarks: set[Look] = set()
        first, later = range(len(document))[:_FIRST_PAGES], range(len(document))[_FIRST_PAGES:]
        pages = [_read_page(document, index, watermarks) for index in first]
        if watermarks:
            # It is told where it is in something's way: on a cover it may not be.
            pages = [_read_page(document, index, watermarks) for index in first]
        yield from pages
        for index in later:
            yield _read_page(document, index, watermarks)


def _read_page(document: pypdfium2.PdfDocument, index: int, watermarks: set[Look]) -> PageObjects:
    with _page(document, index) as page:
        return _PageReader(page, index + 1, watermarks).read()


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

    def __init__(self, page: pypdfium2.PdfPage, number: int, watermarks: set[Look]) -> None:
        self._page = page
        self._drawn = draw_upright(page)
        self._watermarks = watermarks
        point = self._drawn.point
        self._objects = PageObjects(
            number, page.get_width() / point, page.get_height() / point, Frame(point)
        )
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
            if self._drawn.kinds[place] == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._read_image(picture, place)

    def _read_image(self, image: pdfium.FPDF_PAGEOBJECT, place: int) -> None:
        box = self._drawn.box(place)
        if self._is_opaque(image):
            self._areas.append(_Area(box, place, covers=True))
        if box[3] - box[1] <= _LINE_OR_TWO and self._shows_something(image):
            self._objects.marks.append(box)

    def _is_opaque(self, image: pdfium.FPDF_PAGEOBJECT) -> bool:
        if pdfium.FPDFPageObj_HasTransparency(image):
            return False
        opacities = self._pixels(image)[3::4]
        return bool(opacities) and min(opacities) == _OPAQUE

    def _shows_something(self, image: pdfium.FPDF_PAGEOBJECT) -> bool:
        """Tell whether a picture is more than an area of one colour."""
        pixels = self._pixels(image)
        lights = {
            (_OPAQUE - light) * opacity // _OPAQUE
            for light, opacity in zip(pixels[2::4], pixels[3::4], strict=True)
        }
        return bool(lights) and max(lights) - min(lights) > _CONTRAST

    def _pixels(self, image: pdfium.FPDF_PAGEOBJECT) -> bytes:
        """Blue, green, red and opacity of each pixel of a picture; b"" where it has none."""
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(self._page.pdf, self._page, image)
        if not bitmap:
            return b""
        try:
            size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def _read_chars(self) -> None:
        """Read the characters, those that nobody sees and those printed over the page apart.

        pdfium keeps one of two equal characters printed on the same spot. Where a number is
        painted over and printed anew, that one may be the hidden one: hidden text is therefore
        taken off the page before the visible text is read.
        """
        drawn = self._drawn
        places = drawn.text_places
        texts = [drawn.addresses[place] for place in places]
        colours = list(fill_colours(texts))
        hidden = frozenset(self._hidden_places(places, text_modes(texts), colours))
        over = self._overprints(
            Prints(
                places,
                drawn.text_boxes,
                drawn.text_sizes,
                drawn.text_bases,
                colours,
                drawn.text_angles,
            ),
            hidden,
        )
        if not hidden and not over:
            self._take(self._chars())
            return
        if hidden:
            unseen = frozenset(drawn.addresses[place] for place in hidden)
            self._objects.hidden.extend(self._chars(unseen.__contains__))
        gone = frozenset(drawn.addresses[place] for place in hidden | over)
        for text in map(object_at, gone):
            # An object inside a form cannot be taken off the page; its characters are left out.
            if pdfium.FPDFPage_RemoveObject(self._page, text):
                pdfium.FPDFPageObj_Destroy(text)
        self._take(self._chars(lambda address: address not in gone))

    def _overprints(self, prints: Prints, hidden: frozenset[int]) -> frozenset[int]:
        """Find the watermarks among the texts that are seen, and note them."""
        are_inked = [
            x1 > x0 and bottom > top and place not in hidden
            for place, (x0, top, x1, bottom) in zip(prints.places, prints.boxes, strict=True)
        ]
        if not all(are_inked):
            prints = prints.only(are_inked)
        over = find_overprints(prints, self._objects.edges, self._say, self._watermarks)
        places = sorted(over)
        boxes = self._drawn.boxes(places)
        said = self._say(places) if places else []
        self._objects.overprints += map(Overprint, said, boxes)
        return over

    def _say(self, places: Sequence[int]) -> list[str]:
        """Tell what texts say."""
        text_page = self._page.get_textpage()
        try:
            addresses = (self._drawn.addresses[place] for place in places)
            return object_texts(address_of(text_page.raw), addresses)
        finally:
            text_page.close()

    def _take(self, chars: Iterable[Char]) -> None:
        """Note the characters that are printed, and apart from them those beyond the page's edge.

        Unprinted copies of forms stand below or beside the page, which crops them off.
        """
        width, height = self._objects.width, self._objects.height
        printed, hidden = self._objects.chars.append, self._objects.hidden.append
        for char in chars:
            (printed if is_on_sheet(char, width, height) else hidden)(char)

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
            digits = [number for number, text in enumerate(texts) if text in _DIGITS]
            inks = ink_boxes(address, [indices[number] for number in digits])
            middles = [(bottom + top) / 2 for _, _, bottom, top in inks]
            lifts = lifts_to_ink(texts, dict(zip(digits, middles, strict=True)), tops, bottoms)
            for number, lift in lifts.items():
                tops[number] += lift
                bottoms[number] += lift
        finally:
            text_page.close()
        columns = map_boxes(self._drawn.view, lefts, bottoms, rights, tops)
        return map(_make_char, zip(texts, *columns, strict=True))

    def _hidden_places(
        self, places: Sequence[int], modes: Sequence[int], colours: Sequence[Colour]
    ) -> Iterator[int]:
        """Yield the places of the texts that nobody sees.

        They are drawn invisibly, white without anything dark beneath, or covered by a white area
        that is drawn later.
        """
        white = {colour for colour in set(colours) if _is_white(colour)}
        for place, mode, colour in zip(places, modes, colours, strict=True):
            if mode in _INVISIBLE_MODES or (colour in white and self._is_on_white(place)):
                yield place
        covers = [area for area in self._areas if area.covers]
        if covers:
            yield from self._covered(covers)

    def _covered(self, covers: Sequence[_Area]) -> Iterator[int]:
        drawn = self._drawn
        for place, box in zip(drawn.text_places, drawn.text_boxes, strict=True):
            if any(area.drawn > place and holds_centre(area.box, box) for area in covers):
                yield place

    def _is_on_white(self, place: int) -> bool:
        """Tell whether the paper or something white is beneath a text."""
        box = self._drawn.box(place)
        beneath = [
            area for area in self._areas if area.drawn < place and holds_centre(area.box, box)
        ]
        return not beneath or beneath[-1].covers

    def _read_paths(self) -> None:
        """Take the paths' straight edges; a thin path is a ruling as it stands."""
        places = self._drawn.places_of(PATH)
        sizes = segment_counts(self._drawn.addresses[place] for place in places)
        dots: list[Box] = []
        for place, box, size in zip(places, self._drawn.boxes(places), sizes, strict=True):
            thin, broad = sorted((box[2] - box[0], box[3] - box[1]))
            if thin > RULING_POINTS:
                self._read_area(place, box)
            elif broad <= RULING_POINTS:
                self._add_bar(*box)
                dots.append(box)
            elif size > _CORNERS_OF_A_BAR and broad < _LENGTH_OF_A_BAR * thin:
                self._objects.marks.append(box)
            else:
                self._add_bar(*box)
        self._objects.edges.extend(_join_dots(dots))
        self._objects.edges[:] = self._on_page(self._objects.edges)

    def _read_area(self, place: int, box: Box) -> None:
        """Take the straight edges of a path that is no ruling, and note what it fills."""
        address = self._drawn.addresses[place]
        path = object_at(address)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        is_filled = fill.value != pdfium.FPDF_FILLMODE_NONE
        (filled,) = fill_colours([address])
        if is_filled:
            self._areas.append(_Area(box, place, covers=_is_white(filled)))
        is_outlined = not is_filled or (bool(stroke.value) and stroke_colour(path) != filled)
        colour = WHITE_PAPER if is_outlined else _seen_colour(filled)
        matrix = self._drawn.outers[place].after(object_matrix(path))
        shapes, is_curved = _shapes(path, matrix)
        self._objects.has_picture = self._objects.has_picture or is_curved
        if box[3] - box[1] <= _LINE_OR_TWO and (is_curved or any(map(_is_drawn, shapes))):
            if is_outlined or colour != WHITE_PAPER:
                self._objects.marks.append(box)
            return
        for points in shapes:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            top, bottom = min(y for _, y in points), max(y for _, y in points)
            if min(right - left, bottom - top) <= RULING_POINTS:
                self._add_bar(left, top, right, bottom)
            elif is_outlined:
                self._objects.edges.extend(_straight_edges(points))
            else:
                edges = tuple(self._on_page(_straight_edges(points)))
                self._objects.shades.append(Shade((left, top, right, bottom), colour, edges))

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


def _shapes(path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> tuple[list[_Corners], bool]:
    """Take a path apart into connected corners, as far as its first curve; tell whether it has one.

    What comes behind a curve is a picture's.
    """
    shapes: list[_Corners] = []
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return [corners for corners in shapes if len(corners) > 1], True
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            shapes.append(points)
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        points.append(matrix.apply(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    return [corners for corners in (*shapes, points) if len(corners) > 1], False


def _is_drawn(points: _Corners) -> bool:
    """Tell a shape that is no cell's: it has many corners, or a side neither across nor down."""
    return len(points) > _CORNERS_OF_A_CELL or any(
        abs(x_a - x_b) > STRAIGHT_POINTS and abs(y_a - y_b) > STRAIGHT_POINTS
        for (x_a, y_a), (x_b, y_b) in pairwise(points)
    )


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
        return UNREADABLE
    return "" if text.isspace() or unicodedata.category(text) in ("Cc", "Cf") else text


def lifts_to_ink(
    texts: Sequence[str],
    inks: Mapping[int, float],
    tops: Sequence[float],
    bottoms: Sequence[float],
) -> dict[int, float]:
    """Tell how far upwards which of the characters must move; none where metrics are honest.

    A character's box follows from its font's metrics. Some exporters embed fonts whose metrics lie
    by half a line and more, which moves a number into the row above; its ink does not lie. The
    ink of a separator is anywhere in its line: it moves with the digits before it.

    Args:
        texts: The characters.
        inks: Where the middle of each digit's ink is, in points from the page's lower edge.
        tops: Where their boxes end, likewise.
        bottoms: Where these begin.
    """
    lifts: dict[int, float] = {}
    for number, ink in inks.items():
        bottom, top = bottoms[number], tops[number]
        offset = ink - (bottom + top) / 2
        if abs(offset) > _METRICS_LIE * (top - bottom):
            lifts[number] = offset
    for number in tuple(lifts):
        for follower in range(number + 1, len(texts)):
            if texts[follower] not in _SEPARATORS:
                break
            lifts[follower] = lifts[number]
    return lifts


def _is_white(colour: Colour) -> bool:
    """Tell opaque white."""
    *parts, opacity = colour
    return min(parts) >= _WHITE and opacity == _OPAQUE


def _seen_colour(filled: Colour) -> Colour:
    """The colour that an area shows on paper: what is nearly white or lets all through is paper."""
    *parts, opacity = filled
    return WHITE_PAPER if opacity == 0 or min(parts) >= _WHITE else filled
