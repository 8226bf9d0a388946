"""OFD files (GB/T 33190), read as the PDF that shows the same.

Knows what OFD's texts, paths and pictures look like on the page. Does not know tables, nor how a
PDF is read or written.

An OFD says of every character where it stands, and of every ruling, as a PDF does. Rewritten as
one, whatever is known of pages holds of it: reading, a second reading, and pictures of pages.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, repeat

from PIL import Image, UnidentifiedImageError

from pipelines.domain.document import Document, FileKind
from pipelines.reading.ofd_package import (
    Drawn,
    Element,
    Page,
    Transform,
    applied,
    child_of,
    children_of,
    combined,
    damaged,
    local_name,
    numbers_of,
    read_package,
)
from pipelines.reading.pdf import read_pdf
from pipelines.reading.plain_pdf import (
    BLACK,
    OPAQUE,
    Colour,
    PdfDrawing,
    Picture,
    Point,
    is_wide,
)

POINTS_A_MILLIMETRE = 72 / 25.4
LINE_WIDTH = 0.353
# Of a picture of two square metres at 150 dots per inch.
MOST_PIXELS = 64_000_000
# What stands for a character where a file knows the glyph alone.
NO_CHARACTER = "¤"
# How many points each of OFD's commands takes, and PDF's operator for it.
COMMANDS = {
    "S": (1, "m"),
    "M": (1, "m"),
    "L": (1, "l"),
    "Q": (2, "c"),
    "B": (3, "c"),
    "C": (0, "h"),
}
ARC, ARC_NUMBERS = "A", 7
# What a picture that cannot be drawn leaves: a place where a picture is, and that hides nothing.
UNKNOWN_PICTURE = Picture(1, 1, bytes(3), opacities=b"\0")
# What Pillow raises for a file that is broken, or that it does not know.
NO_PICTURE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
)


def read_ofd(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read an OFD file.

    Args:
        content: The file's bytes.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: The file is damaged, protected, or carries no text at all. Single pages
            without text are named in the document instead.
    """
    document = read_pdf(ofd_as_pdf(content), sha256=sha256, file_name=file_name)
    return replace(document, kind=FileKind.OFD)


def ofd_as_pdf(content: bytes) -> bytes:
    """The PDF that shows what an OFD file shows.

    Raises:
        UnreadableFileError: The file is damaged, or protected.
    """
    pages = read_package(content)
    if not pages:
        raise damaged()
    drawing = PdfDrawing()
    for page in pages:
        _PagePainter(page, drawing).paint()
    return drawing.finish()


class _PagePainter:
    """Draws one page."""

    def __init__(self, page: Page, drawing: PdfDrawing) -> None:
        _, _, width, height = page.box
        self._page = page
        scale = POINTS_A_MILLIMETRE
        # OFD measures downwards in millimetres, PDF upwards in points.
        self._view: Transform = (scale, 0.0, 0.0, -scale, 0.0, height * scale)
        self._drawing = drawing.begin_page(width * scale, height * scale)

    def paint(self) -> None:
        """Draw all that the page draws."""
        for drawn in self._page.drawn:
            match local_name(drawn.element):
                case "TextObject":
                    self._paint_text(drawn)
                case "PathObject":
                    self._paint_path(drawn)
                case _:
                    self._paint_picture(drawn)

    def _paint_text(self, drawn: Drawn) -> None:
        element = drawn.element
        size = _number(element.get("Size"), 0.0)
        stretch = _number(element.get("HScale"), 1.0)
        colour = _colour(drawn, "FillColor") or BLACK
        is_filled = element.get("Fill") != "false"
        is_visible = _is_visible(element) and (is_filled or element.get("Stroke") == "true")
        space = combined(self._view, drawn.place)
        turned = _turned(_number(element.get("CharDirection"), 0.0), stretch)
        for character in _characters(element, size * stretch, size):
            axes = combined(space, (*turned, character.x, character.y))
            # Glyphs stand upright where the page is measured downwards.
            place = combined(axes, (1.0, 0.0, 0.0, -1.0, 0.0, 0.0))
            self._drawing.draw_character(character.text, size, place, colour, is_visible=is_visible)

    def _paint_path(self, drawn: Drawn) -> None:
        element = drawn.element
        if not _is_visible(element):
            return
        is_stroked, is_filled = element.get("Stroke") != "false", element.get("Fill") == "true"
        stroke = (_colour(drawn, "StrokeColor") or BLACK) if is_stroked else None
        told = (each.get("LineWidth") for each in drawn.told_by)
        width = _number(next((each for each in told if each), None), LINE_WIDTH)
        data = child_of(element, "AbbreviatedData")
        text = (data.text or "") if data is not None else ""
        space = combined(self._view, drawn.place)
        self._drawing.draw_path(
            [
                (operator, [applied(space, x, y) for x, y in points])
                for operator, points in _segments(text)
            ],
            stroke=stroke,
            fill=_colour(drawn, "FillColor") if is_filled else None,
            line_width=width * POINTS_A_MILLIMETRE,
        )

    def _paint_picture(self, drawn: Drawn) -> None:
        element = drawn.element
        if not _is_visible(element):
            return
        square = drawn.place
        if element.get("CTM") is None:
            boundary = numbers_of(element.get("Boundary") or "")
            width, height = boundary[2:4] if len(boundary) >= 4 else (0.0, 0.0)
            square = combined(square, (width, 0.0, 0.0, height, 0.0, 0.0))
        file = drawn.resources.read_file(element.get("ResourceID") or "")
        upright = combined(square, (1.0, 0.0, 0.0, -1.0, 0.0, 1.0))
        self._drawing.draw_picture(_picture(file), combined(self._view, upright))


@dataclass(frozen=True, slots=True)
class _Character:
    """A character, and where its base line begins in its object's space."""

    text: str
    x: float
    y: float


def _characters(element: Element, em: float, height: float) -> Iterator[_Character]:
    """The printed characters of a text.

    Args:
        element: The text.
        em: Width of a full character.
        height: Height of one.
    """
    x, y = 0.0, 0.0
    for code in children_of(element, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = (code.text or "").strip("\r\n\t")
        is_down = code.get("DeltaY") is not None and code.get("DeltaX") is None
        across = chain(_steps(code.get("DeltaX"), len(text)), repeat(None))
        down = chain(_steps(code.get("DeltaY"), len(text)), repeat(height if is_down else 0.0))
        for character, step, fall in zip(text, across, down, strict=False):
            shown = "\N{REPLACEMENT CHARACTER}" if character == NO_CHARACTER else character
            if not shown.isspace() and unicodedata.category(shown) not in ("Cc", "Cs"):
                yield _Character(shown, x, y)
            width = em if is_wide(character) else em / 2
            x += step if step is not None else 0.0 if is_down else width
            y += fall or 0.0


def _steps(text: str | None, most: int) -> Iterator[float]:
    """The distances of a text's characters, those that are repeated written out.

    Examples:
        >>> list(_steps("g 3 3.5 7", 10)), list(_steps("1 2 3", 2))
        ([3.5, 3.5, 3.5, 7.0], [1.0, 2.0])
    """
    words = iter((text or "").replace("g", " g ").split())
    for word in words:
        count, step = ("1", word) if word != "g" else (next(words, "0"), next(words, "0"))
        steps = max(0, min(most, int(_number(count, 0.0))))
        yield from repeat(_number(step, 0.0), steps)
        most -= steps


def _turned(degrees: float, stretch: float) -> tuple[float, float, float, float]:
    """The axes of characters that are stretched, then turned clockwise."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return cosine * stretch, sine * stretch, -sine, cosine


def _segments(text: str) -> Iterator[tuple[str, Sequence[Point]]]:
    """A path's parts as PDF's operators and their points, in the object's space.

    Examples:
        >>> list(_segments("M 0 0 L 10 0 C"))
        [('m', [(0.0, 0.0)]), ('l', [(10.0, 0.0)]), ('h', [])]
    """
    here: Point | None = None
    words = iter(text.replace(",", " ").split())
    for command in words:
        points: list[Point]
        if command == ARC:
            values = [_number(next(words, None), 0.0) for _ in range(ARC_NUMBERS)]
            operator, points = "c", [(values[5], values[6])] * 3
        elif command in COMMANDS:
            count, operator = COMMANDS[command]
            values = [_number(next(words, None), 0.0) for _ in range(2 * count)]
            points = list(zip(values[::2], values[1::2], strict=True))
        else:
            continue
        if here is None and operator != "m":
            continue
        if command == "Q" and here is not None:
            points = [*_as_cubic(here, *points)]
        yield operator, points
        here = points[-1] if points else here


def _as_cubic(begin: Point, control: Point, end: Point) -> tuple[Point, Point, Point]:
    """The control points and the end of the same curve of the third degree."""
    first, second = (
        (corner[0] + 2 / 3 * (control[0] - corner[0]), corner[1] + 2 / 3 * (control[1] - corner[1]))
        for corner in (begin, end)
    )
    return first, second, end


def _is_visible(element: Element) -> bool:
    return element.get("Visible") != "false" and _number(element.get("Alpha"), OPAQUE) > 0


def _colour(drawn: Drawn, name: str) -> Colour | None:
    """What an object is filled or outlined with, None where nothing says it."""
    told = (child_of(element, name) for element in drawn.told_by)
    colour = next((each for each in told if each is not None), None)
    if colour is None:
        return None
    for shading in ("AxialShd", "RadialShd"):
        first = child_of(colour, shading, "Segment", "Color")
        colour = first if first is not None else colour
    values = [_part(value) for value in numbers_of(colour.get("Value") or "")]
    opacity = _part(_number(colour.get("Alpha"), OPAQUE))
    whole = _part(_number(drawn.element.get("Alpha"), OPAQUE))
    return Colour(*_as_rgb(values), opacity * whole // OPAQUE)


def _as_rgb(values: Sequence[int]) -> tuple[int, int, int]:
    """A colour in red, green and blue: one number is a shade of grey, four are printing inks."""
    match values:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, black]:
            red, green, blue = (
                (OPAQUE - ink) * (OPAQUE - black) // OPAQUE for ink in (cyan, magenta, yellow)
            )
            return red, green, blue
        case _:
            return 0, 0, 0


def _part(value: float) -> int:
    return min(OPAQUE, max(0, round(value)))


def _number(text: str | float | None, default: float) -> float:
    """A number, the default where nothing says a sensible one."""
    try:
        value = float(text) if text is not None else default
    except ValueError:
        return default
    return value if abs(value) < 1e6 else default


def _picture(file: bytes | None) -> Picture:
    """A picture as it is drawn; one that cannot be read is a place without colour."""
    try:
        with Image.open(BytesIO(file or b"")) as image:
            if image.width * image.height > MOST_PIXELS:
                return UNKNOWN_PICTURE
            if image.format == "JPEG" and image.mode in ("RGB", "L"):
                size = image.width, image.height
                return Picture(*size, file or b"", is_jpeg=True, is_grey=image.mode == "L")
            opacities = None
            if image.has_transparency_data:
                opacities = image.convert("RGBA").getchannel("A").tobytes()
            pixels = image.convert("RGB").tobytes()
            return Picture(image.width, image.height, pixels, opacities=opacities)
    except NO_PICTURE:
        return UNKNOWN_PICTURE
