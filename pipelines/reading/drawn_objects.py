"""What a page of a PDF draws, object by object, and how it lies before the reader.

Knows pdfium's objects, forms inside forms, matrices, turned pages and pages drawn many times too
large or too small. Does not know what the objects show.
"""

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from math import atan2, degrees, hypot, log10
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.pdfium_bulk import (
    address_of,
    font_sizes,
    form_objects,
    object_at,
    object_bounds,
    object_kinds,
    object_matrices,
    page_objects,
)

TEXT, PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_FORM = pdfium.FPDF_PAGEOBJ_FORM
# Forms are nested once or twice; a file that nests deeper is made to harm.
_MAX_FORM_DEPTH = 8
# So many of a page's first texts tell which way its text runs, and how large it is.
_SAMPLED_TEXTS = 60
# A text that runs further off the page's axes is none of its lines: it is printed across them.
_ASLANT_DEGREES = 4.0
# How high the ink of a page's texts is, in points: of all but the largest tenth at least, of half
# of them at most. A page that draws it beyond these bounds was blown up or shrunk as a whole.
_LEAST_INK, _USUAL_INK, _MOST_INK = 3.5, 8.0, 45.0
_ALL_BUT_THE_LARGEST = 0.9
_STEPS_TO_TEN = 2

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int, int]


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

    def along(self, x: float, y: float) -> tuple[float, float]:
        """Map a direction."""
        return self.a * x + self.c * y, self.b * x + self.d * y

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


@dataclass
class DrawnPage:
    """What a page draws, in the order drawn, column by column: a page has hundreds of objects.

    Attributes:
        view: The map from the page's space to the page as it is read.
        point: How many points of the file make one of the page as it is read: 1, but where all of
            it is drawn many times too large or too small.
        addresses: The objects' addresses.
        kinds: Their kinds.
        outers: The maps from what each is drawn in, the page or a form, to the page as read.
    """

    view: Matrix
    point: float = 1.0
    addresses: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    outers: list[Matrix] = field(default_factory=list)

    def places_of(self, kind: int) -> list[int]:
        """Where in the order the objects of a kind stand."""
        return [place for place, each in enumerate(self.kinds) if each == kind]

    def boxes(self, places: Sequence[int]) -> Iterator[Box]:
        """The boxes of objects on the page as read."""
        bounds = object_bounds([self.addresses[place] for place in places])
        for place, (left, bottom, right, top) in zip(places, bounds, strict=True):
            yield map_box(self.outers[place], left, bottom, right, top)

    def box(self, place: int) -> Box:
        """The box of one object on the page as read."""
        return next(self.boxes([place]))

    @cached_property
    def text_places(self) -> list[int]:
        """Where in the order the texts stand."""
        return self.places_of(TEXT)

    @cached_property
    def text_matrices(self) -> list[tuple[float, ...]]:
        """The map (a to f) from each text's own line to what it is drawn in."""
        return list(object_matrices([self.addresses[place] for place in self.text_places]))

    @cached_property
    def text_boxes(self) -> list[Box]:
        """Where the ink of each text stands on the page as read."""
        return list(self.boxes(self.text_places))

    @cached_property
    def text_sizes(self) -> list[float]:
        """How large the print of each text is."""
        sizes = font_sizes([self.addresses[place] for place in self.text_places])
        outers = [self.outers[place] for place in self.text_places]
        return [
            size * hypot(*outer.along(own[2], own[3]))
            for size, outer, own in zip(sizes, outers, self.text_matrices, strict=True)
        ]

    @cached_property
    def text_bases(self) -> list[float]:
        """How far down each text's line begins."""
        outers = [self.outers[place] for place in self.text_places]
        return [
            outer.b * own[4] + outer.d * own[5] + outer.f
            for outer, own in zip(outers, self.text_matrices, strict=True)
        ]

    @cached_property
    def text_angles(self) -> list[float]:
        """By how many degrees each text's line falls to the right, from -180 to 180."""
        # Nearly all texts of a page are turned alike: each way is worked out once.
        angles: dict[tuple[Matrix, float, float], float] = {}
        found: list[float] = []
        for place, own in zip(self.text_places, self.text_matrices, strict=True):
            outer = self.outers[place]
            way = outer, own[0], own[1]
            angle = angles.get(way)
            if angle is None:
                along, down = outer.along(own[0], own[1])
                angle = angles[way] = degrees(atan2(down, along))
            found.append(angle)
        return found


def is_aslant(angle: float) -> bool:
    """Tell whether a line at an angle runs neither across nor down the page."""
    return _ASLANT_DEGREES < abs(angle) % 90 < 90 - _ASLANT_DEGREES


def draw_upright(page: pypdfium2.PdfPage) -> DrawnPage:
    """List what a page draws, turned upright and in the usual size of print.

    The page is turned so that its text runs from left to right, whatever it says of itself: broad
    tables are printed sideways on upright pages, or on pages turned the wrong way.
    """
    drawn = _drawn_objects(page, _view_matrix(page))
    if turn := _needed_turn(drawn):
        page.set_rotation((page.get_rotation() + turn) % 360)
        drawn = _drawn_objects(page, _view_matrix(page))
    point = _point_of(drawn)
    if point == 1:
        return drawn
    shrink = Matrix(1 / point, 0, 0, 1 / point, 0, 0)
    outers = {outer: shrink.after(outer) for outer in set(drawn.outers)}
    return DrawnPage(
        shrink.after(drawn.view),
        point,
        drawn.addresses,
        drawn.kinds,
        [outers[outer] for outer in drawn.outers],
    )


def turn_upright(page: pypdfium2.PdfPage) -> float:
    """Turn a page as it is read.

    Returns:
        How many of its points make one of the page as it is read, see ``DrawnPage``.
    """
    return draw_upright(page).point


def _needed_turn(drawn: DrawnPage) -> int:
    """By how many degrees a page must turn for most of its first texts to be upright.

    What is printed aslant tells nothing: a watermark may come before everything else.
    """
    lines = [angle for angle in drawn.text_angles if not is_aslant(angle)][:_SAMPLED_TEXTS]
    turns = Counter(-90 * round(angle / 90) % 360 for angle in lines)
    return next((turn for turn, count in turns.most_common(1) if count > len(lines) / 2), 0)


def _point_of(drawn: DrawnPage) -> float:
    """How many points of a page make one of usual print; 1 where its print is not unusual."""
    upright = [
        place
        for place, angle in zip(drawn.text_places, drawn.text_angles, strict=True)
        if abs(angle) <= _ASLANT_DEGREES
    ]
    sample = upright[:: len(upright) // _SAMPLED_TEXTS + 1]
    inks = sorted(box[3] - box[1] for box in drawn.boxes(sample) if box[3] > box[1])
    if not inks:
        return 1.0
    # Dots are lower than letters, and a watermark or a title is higher.
    middle, high = inks[len(inks) // 2], inks[int(len(inks) * _ALL_BUT_THE_LARGEST)]
    if middle <= _MOST_INK and high >= _LEAST_INK:
        return 1.0
    ink = middle if middle > _MOST_INK else high
    # Pages of one file whose print differs a little were blown up alike, most often tenfold.
    return 10 ** (round(_STEPS_TO_TEN * log10(ink / _USUAL_INK)) / _STEPS_TO_TEN)


def _drawn_objects(page: pypdfium2.PdfPage, view: Matrix) -> DrawnPage:
    """List a page's objects, those inside forms included."""
    drawn = DrawnPage(view)
    count = pdfium.FPDFPage_CountObjects(page)
    _open_forms(drawn, page_objects(address_of(page.raw), count), view, 0)
    return drawn


def _open_forms(drawn: DrawnPage, addresses: Sequence[int], outer: Matrix, depth: int) -> None:
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
            _open_forms(drawn, inside, outer.after(object_matrix(form)), depth + 1)
        begin = place + 1


def object_matrix(drawn: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    """The map from an object's own space to what it is drawn in."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))  # every kind of object has one
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _view_matrix(page: pypdfium2.PdfPage) -> Matrix:
    """The map from the page's space (y upwards, unrotated) to the page as seen (y downwards)."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[page.get_rotation()]


def holds_centre(area: Box, box: Box) -> bool:
    """Tell whether an area holds the centre of a box."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def map_box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """Map a box and return it upright: x0, top, x1, bottom."""
    x_a, y_a = matrix.apply(left, bottom)
    x_b, y_b = matrix.apply(right, top)
    return min(x_a, x_b), min(y_a, y_b), max(x_a, x_b), max(y_a, y_b)


def map_boxes(
    matrix: Matrix,
    lefts: Sequence[float],
    bottoms: Sequence[float],
    rights: Sequence[float],
    tops: Sequence[float],
) -> Iterable[Sequence[float]]:
    """Map the sides of boxes; return those of the boxes upright: x0, top, x1, bottom."""
    a, b, c, d, e, f = matrix
    if b == c == 0 and a > 0 > d:  # neither turned nor mirrored: nearly always
        return (
            [a * x + e for x in lefts],
            [d * y + f for y in tops],
            [a * x + e for x in rights],
            [d * y + f for y in bottoms],
        )
    boxes = map(map_box, repeat(matrix), lefts, bottoms, rights, tops)
    return tuple(zip(*boxes, strict=True)) or ((), (), (), ())
