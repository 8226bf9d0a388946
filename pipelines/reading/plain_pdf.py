"""Writes a PDF file of characters, paths and pictures, each where it is told to stand.

Knows PDF's syntax, as far as that needs it. Does not know where what is drawn comes from.

The file holds no glyphs of its own: its characters are Unicode by their encoding, which readers
need no font for, and whoever draws the page takes one of the system's fonts with Chinese
characters. Characters that this encoding lacks are boxes that say which character they stand for.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

FONT, RARE_FONT, PICTURE, STATE = "F", "R", "P", "G"
OPAQUE = 255
# In Adobe's collection of Chinese glyphs the Latin ones are numbered 1 to 95, and half as wide.
LATIN_GLYPHS, LATIN_WIDTH, FULL_WIDTH = (1, 95), 500, 1000
ASCENT, DESCENT = 860, -140
INVISIBLE, FILLED = 3, 0
# In the encoding are all characters of GBK but one, and the ideographs of Unicode 3.
NOT_ENCODED = "≒"
IDEOGRAPHS = (("㐀", "䶵"), ("一", "龥"))
RARE_A_FONT = 255
WIDE = frozenset("WFA")
BOX = b"1000 0 0 -140 1000 860 d1 100 0 m 900 0 l 900 700 l 100 700 l h S"

Point = tuple[float, float]
Transform = tuple[float, float, float, float, float, float]


class Colour(NamedTuple):
    """A colour: red, green, blue and opacity, each from 0 to 255."""

    red: int = 0
    green: int = 0
    blue: int = 0
    opacity: int = OPAQUE


BLACK = Colour()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be drawn into a unit square.

    Attributes:
        width: Its width in pixels.
        height: Its height.
        content: A JPEG file, or red, green and blue of each pixel, row by row from the top.
        is_jpeg: Whether the content is a JPEG file, in colours or in shades of grey.
        is_grey: Whether that is in shades of grey.
        opacities: Opacity of each pixel, None where all are opaque.
    """

    width: int
    height: int
    content: bytes
    is_jpeg: bool = False
    is_grey: bool = False
    opacities: bytes | None = None


@dataclass(slots=True)
class PageDrawing:
    """One page being drawn; points from its lower left corner.

    Attributes:
        width: Width in points.
        height: Height in points.
        operators: What was drawn.
        pictures: The pictures among that.
        opacities: The opacities that were drawn with, and what they are called.
        rare: The characters in the file that the encoding lacks, numbered as they come.
    """

    width: float
    height: float
    rare: dict[str, int]
    operators: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    opacities: dict[int, str] = field(default_factory=dict)

    def draw_character(
        self, text: str, size: float, place: Transform, colour: Colour, *, is_visible: bool
    ) -> None:
        """Draw a character.

        Args:
            text: The character.
            size: Its size.
            place: Its axes, and where its base line begins.
            colour: What it is filled with.
            is_visible: Whether it is painted at all.
        """
        self._set_colour("rg", colour)
        mode = FILLED if is_visible else INVISIBLE
        font, code = FONT, text.encode("utf-16-be", "replace").hex()
        if not _is_encoded(text):
            number = self.rare.setdefault(text, len(self.rare))
            font, code = f"{RARE_FONT}{number // RARE_A_FONT}", f"{number % RARE_A_FONT + 1:02x}"
        self.operators.append(
            f"BT /{font} {_number(size)} Tf {mode} Tr {_numbers(place)} Tm <{code}> Tj ET"
        )

    def draw_path(
        self,
        segments: Iterable[tuple[str, Sequence[Point]]],
        *,
        stroke: Colour | None,
        fill: Colour | None,
        line_width: float,
    ) -> None:
        """Draw a path.

        Args:
            segments: Its parts as PDF's operators (``m``, ``l``, ``c``, ``h``) and their points.
            stroke: What it is outlined with, None for no outline.
            fill: What it is filled with, None for nothing.
            line_width: Width of the outline.
        """
        painted = {(True, True): "B", (True, False): "S", (False, True): "f"}.get(
            (stroke is not None, fill is not None)
        )
        if painted is None:
            return
        if fill is not None:
            self._set_colour("rg", fill)
        if stroke is not None:
            self._set_colour("RG", stroke)
            self.operators.append(f"{_number(line_width)} w")
        for operator, points in segments:
            values = _numbers(value for point in points for value in point)
            self.operators.append(f"{values} {operator}".strip())
        self.operators.append(painted)

    def draw_picture(self, picture: Picture, place: Transform) -> None:
        """Draw a picture into what a transform makes of the unit square."""
        self._set_opacity(OPAQUE)
        self.operators.append(f"q {_numbers(place)} cm /{PICTURE}{len(self.pictures)} Do Q")
        self.pictures.append(picture)

    def _set_colour(self, operator: str, colour: Colour) -> None:
        self._set_opacity(colour.opacity)
        parts = (part / OPAQUE for part in colour[:3])
        self.operators.append(f"{_numbers(parts)} {operator}")

    def _set_opacity(self, opacity: int) -> None:
        if opacity != OPAQUE or self.opacities:
            name = self.opacities.setdefault(opacity, f"{STATE}{opacity}")
            self.operators.append(f"/{name} gs")


@dataclass(slots=True)
class PdfDrawing:
    """A file being drawn, page by page."""

    pages: list[PageDrawing] = field(default_factory=list)
    rare: dict[str, int] = field(default_factory=dict)

    def begin_page(self, width: float, height: float) -> PageDrawing:
        """A further page, of a size in points, to be drawn on."""
        self.pages.append(PageDrawing(width, height, self.rare))
        return self.pages[-1]

    def finish(self) -> bytes:
        """The file."""
        writer = _Writer()
        catalogue, tree = writer.reserve(), writer.reserve()
        fonts = {FONT: _write_font(writer)}
        rare = list(self.rare)
        for first in range(0, len(rare), RARE_A_FONT):
            name = f"{RARE_FONT}{first // RARE_A_FONT}"
            fonts[name] = _write_rare_font(writer, rare[first : first + RARE_A_FONT])
        named = " ".join(f"/{name} {key} 0 R" for name, key in fonts.items())
        kids = [_write_page(writer, page, tree, named) for page in self.pages]
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        writer.put(catalogue, f"<< /Type /Catalog /Pages {tree} 0 R >>")
        writer.put(tree, f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>")
        return writer.finish(catalogue)


def is_wide(character: str) -> bool:
    """Whether a character is as wide as it is high; the others are taken to be half as wide.

    Examples:
        >>> [is_wide(character) for character in "算，1."]
        [True, True, False, False]
    """
    return unicodedata.east_asian_width(character) in WIDE


def _is_encoded(character: str) -> bool:
    if any(first <= character <= last for first, last in IDEOGRAPHS):
        return True
    try:
        return bool(character.encode("gbk")) and character != NOT_ENCODED
    except UnicodeEncodeError:
        return False


def _write_font(writer: "_Writer") -> int:
    font, glyphs, described = writer.reserve(), writer.reserve(), writer.reserve()
    first, last = LATIN_GLYPHS
    writer.put(
        font,
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{glyphs} 0 R] >>",
    )
    writer.put(
        glyphs,
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> "
        f"/FontDescriptor {described} 0 R /DW {FULL_WIDTH} "
        f"/W [{first} {last} {LATIN_WIDTH}] >>",
    )
    writer.put(
        described,
        "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 "
        f"/FontBBox [0 {DESCENT} {FULL_WIDTH} {ASCENT}] /ItalicAngle 0 /Ascent {ASCENT} "
        f"/Descent {DESCENT} /CapHeight {ASCENT} /StemV 80 >>",
    )
    return font


def _write_rare_font(writer: "_Writer", characters: Sequence[str]) -> int:
    font, box, meanings = writer.reserve(), writer.reserve(), writer.reserve()
    count = len(characters)
    widths = " ".join(str(FULL_WIDTH if is_wide(each) else LATIN_WIDTH) for each in characters)
    writer.put(
        font,
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 {DESCENT} {FULL_WIDTH} {ASCENT}] "
        f"/FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /box {box} 0 R >> "
        f"/Encoding << /Type /Encoding /Differences [1 {'/box ' * count}] >> "
        f"/FirstChar 1 /LastChar {count} /Widths [{widths}] /ToUnicode {meanings} 0 R "
        "/Resources << >> >>",
    )
    writer.put_packed(box, "", BOX)
    lines = [
        f"<{code:02x}> <{character.encode('utf-16-be', 'replace').hex()}>"
        for code, character in enumerate(characters, start=1)
    ]
    # No more than a hundred in one go.
    parts = [lines[first : first + 100] for first in range(0, count, 100)]
    mapped = "\n".join(
        f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar" for part in parts
    )
    text = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{mapped}\nendcmap\nend\nend"
    )
    writer.put_packed(meanings, "", text.encode("ascii"))
    return font


def _write_page(writer: "_Writer", page: PageDrawing, tree: int, fonts: str) -> int:
    pictures = [_write_picture(writer, picture) for picture in page.pictures]
    named = " ".join(f"/{PICTURE}{number} {key} 0 R" for number, key in enumerate(pictures))
    states = " ".join(
        f"/{name} << /ca {_number(opacity / OPAQUE)} /CA {_number(opacity / OPAQUE)} >>"
        for opacity, name in page.opacities.items()
    )
    contents = writer.reserve()
    writer.put_packed(contents, "", "\n".join(page.operators).encode("ascii"))
    key = writer.reserve()
    writer.put(
        key,
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {_numbers((page.width, page.height))}] "
        f"/Resources << /Font << {fonts} >> /XObject << {named} >> "
        f"/ExtGState << {states} >> >> /Contents {contents} 0 R >>",
    )
    return key


def _write_picture(writer: "_Writer", picture: Picture) -> int:
    key = writer.reserve()
    size = f"/Subtype /Image /Width {picture.width} /Height {picture.height} /BitsPerComponent 8"
    mask = ""
    if picture.opacities is not None:
        masking = writer.reserve()
        writer.put_packed(masking, f"{size} /ColorSpace /DeviceGray", picture.opacities)
        mask = f" /SMask {masking} 0 R"
    entries = f"{size} /ColorSpace /{'DeviceGray' if picture.is_grey else 'DeviceRGB'}{mask}"
    if picture.is_jpeg:
        writer.put_stream(key, f"{entries} /Filter /DCTDecode", picture.content)
    else:
        writer.put_packed(key, entries, picture.content)
    return key


@dataclass(slots=True)
class _Writer:
    """The objects of a file, in the order in which they are numbered."""

    objects: list[bytes] = field(default_factory=list)

    def reserve(self) -> int:
        """The number of a further object."""
        self.objects.append(b"null")
        return len(self.objects)

    def put(self, key: int, text: str) -> None:
        self.objects[key - 1] = text.encode("ascii")

    def put_packed(self, key: int, entries: str, content: bytes) -> None:
        self.put_stream(key, f"{entries} /Filter /FlateDecode", zlib.compress(content))

    def put_stream(self, key: int, entries: str, content: bytes) -> None:
        head = f"<< {entries} /Length {len(content)} >>\nstream\n"
        self.objects[key - 1] = head.encode("ascii") + content + b"\nendstream"

    def finish(self, catalogue: int) -> bytes:
        """The file."""
        written = bytearray(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(written))
            written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        begin = len(written)
        count = len(self.objects) + 1
        written += b"xref\n0 %d\n0000000000 65535 f \n" % count
        for place in places:
            written += b"%010d 00000 n \n" % place
        written += b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (count, catalogue)
        written += b"startxref\n%d\n%%%%EOF\n" % begin
        return bytes(written)


def _numbers(values: Iterable[float]) -> str:
    return " ".join(map(_number, values))


def _number(value: float) -> str:
    """A number as PDF writes it: never with an exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
