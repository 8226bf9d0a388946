"""Faults of pages: what goes wrong when PDFs are stamped, imposed, converted or cut short.

Knows how each fault is made of a sound PDF of the forge, and which numbers no text says any more.
Does not know how anything is read.
"""

import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Page, Pdf, Stream
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from tests.forge.embedded_font import FONT_FILE, register_font
from tests.forge.page_content import (
    Content,
    Ruling,
    Run,
    add_to_page,
    amounts,
    content_of,
    instruction,
    numbers,
    replace_content,
    tables,
)

FONT = "WenQuanYiStamps"
STAMPS = ("仅供公开查阅", "政务公开专用", "内部资料 样稿", "财政局 2024-09-01")
SHARE_DRAWN = 0.03
"""Share of a page's amounts that are drawn rather than written."""
POINTS = 72
SCALE = 10
PICTURE_DOTS = 300
SMALLEST_SHIFT, LARGEST_SHIFT = 0.42, 0.5
"""In heights of a row."""


@dataclass(frozen=True, slots=True)
class DrawnAmount:
    """A number that can be seen and is no text: a page of the sound file, and where it begins."""

    text: str
    page: int
    x: float
    y: float


Drawn = tuple[DrawnAmount, ...]
NOTHING_DRAWN: Drawn = ()


class PageFault(StrEnum):
    """What is wrong with a file."""

    WATERMARK_DIAGONAL = "watermark_diagonal"
    WATERMARK_TILED = "watermark_tiled"
    WATERMARK_BELOW = "watermark_below"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"
    TWO_UP = "two_up"
    SCALED = "scaled"
    USER_UNIT = "user_unit"
    OUTLINED_NUMBER = "outlined_number"
    PICTURED_NUMBER = "pictured_number"
    NO_COLUMN_RULING = "no_column_ruling"
    NO_ROW_RULING = "no_row_ruling"
    LOW_TEXT = "low_text"
    TRUNCATED = "truncated"
    NO_XREF = "no_xref"
    SHIFTED = "shifted"
    TORN_PAGE = "torn_page"


LOSING = frozenset({PageFault.TRUNCATED, PageFault.TORN_PAGE})
"""Faults after which it cannot be known which numbers are left: none may be wrong."""


def spoil(source: Path, fault: PageFault, target: Path, seed: int) -> Drawn:
    """Write a copy of one of the forge's PDFs with a fault.

    Args:
        source: The sound PDF.
        fault: What is wrong with the copy.
        target: Where the copy goes.
        seed: What is drawn at random is drawn from this.

    Returns:
        The amounts that no text says any more.
    """
    rng = random.Random(f"{seed} {fault}")  # noqa: S311 - reproducible, and nothing is kept secret
    if fault in DAMAGES:
        target.write_bytes(DAMAGES[fault](source.read_bytes(), rng))
        return NOTHING_DRAWN
    with Pdf.open(source) as pdf:
        drawn = FAULTS[fault](pdf, rng)
        pdf.remove_unreferenced_resources()
        pdf.save(target, static_id=True)
    return drawn


def number_pages(path: Path) -> None:
    """Print its number at the foot of every page, as most publishers do."""
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            width, _ = _size(page)
            _stamp(pdf, page, "Number", partial(_draw_number, number=number, width=width))
        pdf.save(path, static_id=True)


def _draw_number(canvas: Canvas, *, number: int, width: float) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(width / 2, 24, f"— {number} —")


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = (float(str(edge)) for edge in page.mediabox)
    return right - left, top - bottom


def _stamp(
    pdf: Pdf,
    page: Page,
    name: str,
    draw: Callable[[Canvas], object],
    *,
    is_below: bool = False,
) -> None:
    """Draw something over a page, or below it."""
    register_font(FONT)
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=_size(page), invariant=1)
    draw(canvas)
    canvas.save()
    with Pdf.open(drawn) as stamp:
        form = pdf.copy_foreign(stamp.pages[0].as_form_xobject())
    add_to_page(page, form, name, is_below=is_below)


def _watermark(pdf: Pdf, rng: random.Random, *, is_tiled: bool, is_below: bool = False) -> Drawn:
    text = rng.choice(STAMPS)
    grey = rng.uniform(0.55, 0.85)
    alpha = rng.choice((1, 0.3))
    angle = rng.choice((30, 45))
    for page in pdf.pages:
        draw = partial(_draw_tiles if is_tiled else _draw_across, text=text, angle=angle)
        width, height = _size(page)

        def stamped(
            canvas: Canvas,
            draw: Callable[..., object] = draw,
            width: float = width,
            height: float = height,
        ) -> None:
            canvas.setFillGray(grey, alpha)
            draw(canvas, width=width, height=height)

        _stamp(pdf, page, "Watermark", stamped, is_below=is_below)
    return NOTHING_DRAWN


def _draw_across(canvas: Canvas, *, text: str, angle: int, width: float, height: float) -> None:
    """One large text over the middle of the page."""
    canvas.setFont(FONT, min(width, height) / (0.8 * len(text)))
    canvas.translate(width / 2, height / 2)
    canvas.rotate(angle)
    canvas.drawCentredString(0, 0, text)


def _draw_tiles(canvas: Canvas, *, text: str, angle: int, width: float, height: float) -> None:
    """Small texts all over the page."""
    canvas.setFont(FONT, 14)
    for left in range(30, int(width), 140):
        for bottom in range(40, int(height), 90):
            canvas.saveState()
            canvas.translate(left, bottom)
            canvas.rotate(angle)
            canvas.drawString(0, 0, text)
            canvas.restoreState()


def _reorder(pdf: Pdf, order: Sequence[int]) -> None:
    pages = [pdf.pages[number] for number in order]
    first = len(pdf.pages)
    for page in pages:
        pdf.pages.append(page)
    del pdf.pages[:first]


def _reverse(pdf: Pdf, _rng: random.Random) -> Drawn:
    _reorder(pdf, range(len(pdf.pages) - 1, -1, -1))
    return NOTHING_DRAWN


def _shuffle(pdf: Pdf, rng: random.Random) -> Drawn:
    order = list(range(len(pdf.pages)))
    rng.shuffle(order)
    _reorder(pdf, order)
    return NOTHING_DRAWN


def _two_up(pdf: Pdf, rng: random.Random) -> Drawn:
    """Two pages on each sheet, in their size or shrunk to the size of one page."""
    scale = rng.choice((1, 0.7071))
    single = list(pdf.pages)
    for first in range(0, len(single), 2):
        _impose(pdf, single[first : first + 2], scale)
    del pdf.pages[: len(single)]
    return NOTHING_DRAWN


def _impose(pdf: Pdf, pages: Sequence[Page], scale: float) -> None:
    sizes = [_size(page) for page in pages]
    width = sum(size[0] for size in sizes)
    height = max(size[1] for size in sizes)
    sheet = pdf.add_blank_page(page_size=(width * scale, height * scale))
    left = 0.0
    placed: list[str] = []
    for number, (page, size) in enumerate(zip(pages, sizes, strict=True)):
        name = f"Page{number}"
        sheet.add_resource(page.as_form_xobject(), Name.XObject, Name(f"/{name}"))
        bottom = height - size[1]
        placed.append(f"q {scale} 0 0 {scale} {left * scale} {bottom * scale} cm /{name} Do Q")
        left += size[0]
    sheet.contents_add("\n".join(placed).encode())


def _scale(pdf: Pdf, _rng: random.Random, *, factor: float, user_unit: int = 1) -> Drawn:
    """Everything in units of another size, which the page declares or does not."""
    for page in pdf.pages:
        box = [float(str(edge)) * factor for edge in page.mediabox]
        page.obj.MediaBox = Array([_rounded(edge) for edge in box])
        page.contents_add(f"q {factor} 0 0 {factor} 0 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        if user_unit > 1:
            page.obj.UserUnit = user_unit
    return NOTHING_DRAWN


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.0001"))


def _chosen(runs: Iterable[Run], rng: random.Random) -> list[Run]:
    """A few amounts of a page."""
    every = list(runs)
    if not every:
        return []
    return rng.sample(every, max(1, round(SHARE_DRAWN * len(every))))


def _draw_amounts(
    pdf: Pdf, rng: random.Random, *, draw: Callable[[Pdf, Page, Run, str], Content]
) -> Drawn:
    """Draw some amounts of tables instead of writing them."""
    drawn: list[DrawnAmount] = []
    for number, page in enumerate(pdf.pages):
        content = content_of(page)
        if not tables(content):
            continue
        chosen = {run.ends: run for run in _chosen(amounts(content), rng)}
        silent = {run.shown_by for run in chosen.values()}
        changed: Content = []
        for place, step in enumerate(content):
            if place not in silent:
                changed.append(step)
            if place in chosen:
                run = chosen[place]
                changed += draw(pdf, page, run, f"Drawn{place}")
                drawn.append(DrawnAmount(run.text, number + 1, *run.page_place))
        replace_content(page, changed)
    return tuple(drawn)


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools carries no types
    """Draws a glyph as a path of a PDF."""

    def __init__(self, glyphs: object, left: float) -> None:
        super().__init__(glyphs)
        self.left = left
        self.steps: Content = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - what fontTools calls
        self.steps.append(instruction("m", *self._moved(pt)))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(instruction("l", *self._moved(pt)))

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        points = (*self._moved(pt1), *self._moved(pt2), *self._moved(pt3))
        self.steps.append(instruction("c", *points))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(instruction("h"))

    def _moved(self, point: tuple[float, float]) -> tuple[Decimal, Decimal]:
        return _rounded(point[0] + self.left), _rounded(point[1])


@cache
def _font() -> TTFont:
    return TTFont(FONT_FILE)


def _outlined(_pdf: Pdf, _page: Page, run: Run, _name: str) -> Content:
    """The outlines of a number, filled, where its text began."""
    font = _font()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = run.size / font["head"].unitsPerEm
    steps: Content = []
    left = 0.0
    for character in run.text:
        glyph = glyphs[names[ord(character)]]
        pen = _PathPen(glyphs, left)
        glyph.draw(pen)
        steps += pen.steps
        left += glyph.width
    at = _placing(run, scale, scale)
    return [instruction("q"), at, *steps, instruction("f"), instruction("Q")]


def _pictured(pdf: Pdf, page: Page, run: Run, name: str) -> Content:
    """A picture of a number where its text began."""
    dots = round(run.size * PICTURE_DOTS / POINTS)
    font = ImageFont.truetype(str(FONT_FILE), dots)
    left, _, right, _ = font.getbbox(run.text)
    ascent, descent = font.getmetrics()
    picture = Image.new("L", (int(right - left) + 2, ascent + descent), 255)
    ImageDraw.Draw(picture).text((-left, 0), run.text, font=font, fill=0)
    stream = Stream(
        pdf,
        picture.tobytes(),
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        ),
    )
    page.add_resource(stream, Name.XObject, Name(f"/{name}"))
    unit = run.size / dots
    at = _placing(run, picture.width * unit, picture.height * unit, below=descent * unit)
    return [instruction("q"), at, instruction("Do", Name(f"/{name}")), instruction("Q")]


def _placing(run: Run, across: float, up: float, below: float = 0) -> ContentStreamInstruction:
    """The instruction that moves what follows to where a text began."""
    x, y = run.place
    return instruction("cm", _rounded(across), 0, 0, _rounded(up), _rounded(x), _rounded(y - below))


def _without_rulings(
    pdf: Pdf, rng: random.Random, *, choose: Callable[[list[Ruling], random.Random], list[Ruling]]
) -> Drawn:
    """Leave a ruling of every table out."""
    for page in pdf.pages:
        content = content_of(page)
        gone = {
            place
            for lines in tables(content)
            for ruling in choose(lines, rng)
            for place in range(ruling.first, ruling.last + 1)
        }
        if gone:
            kept = [step for place, step in enumerate(content) if place not in gone]
            replace_content(page, kept)
    return NOTHING_DRAWN


def _between_columns(lines: list[Ruling], rng: random.Random) -> list[Ruling]:
    """Every piece of one inner ruling down."""
    down = [ruling for ruling in lines if ruling.is_down]
    places = sorted({round(ruling.left, 1) for ruling in down})[1:-1]
    if not places:
        return []
    chosen = rng.choice(places)
    return [ruling for ruling in down if round(ruling.left, 1) == chosen]


def _between_rows(lines: list[Ruling], rng: random.Random) -> list[Ruling]:
    """One of those rulings across that reach from side to side, not the outer ones."""
    across = [ruling for ruling in lines if not ruling.is_down]
    widest = max(ruling.right - ruling.left for ruling in across)
    whole = [ruling for ruling in across if ruling.right - ruling.left > widest - 1]
    inner = sorted(whole, key=lambda ruling: ruling.top)[1:-2]
    return [rng.choice(inner)] if inner else []


def _lower_text(pdf: Pdf, rng: random.Random) -> Drawn:
    """Print all texts of pages with tables about half a row too low."""
    share = rng.uniform(SMALLEST_SHIFT, LARGEST_SHIFT)
    for page in pdf.pages:
        content = content_of(page)
        found = tables(content)
        if not found:
            continue
        shift = share * min(map(_row_height, found))
        changed = [
            _lowered(step, shift) if str(step.operator) == "Tm" else step for step in content
        ]
        replace_content(page, changed)
    return NOTHING_DRAWN


def _lowered(step: ContentStreamInstruction, shift: float) -> ContentStreamInstruction:
    *turn, x, y = numbers(step)
    return instruction("Tm", *map(_rounded, (*turn, x, y - shift)))


def _row_height(lines: list[Ruling]) -> float:
    """The height that most rows of a table have."""
    tops = sorted({round(ruling.top, 1) for ruling in lines if not ruling.is_down})
    heights = [round(upper - lower, 1) for lower, upper in pairwise(tops)]
    return max(heights, key=heights.count)


def _tear(pdf: Pdf, rng: random.Random) -> Drawn:
    """End the content of some pages too early: rulings, which are drawn last, are gone."""
    for page in pdf.pages:
        if rng.random() < 1 / 2:
            page.contents_coalesce()
            raw = page.obj.Contents.read_bytes()
            page.obj.Contents.write(raw[: int(len(raw) * rng.uniform(0.3, 0.95))])
    return NOTHING_DRAWN


def _truncated(content: bytes, rng: random.Random) -> bytes:
    """The beginning of a file."""
    return content[: int(len(content) * rng.uniform(0.5, 0.97))]


def _without_xref(content: bytes, _rng: random.Random) -> bytes:
    """A file whose table of objects is overwritten with blanks."""
    start, end = content.rindex(b"\nxref") + 1, content.rindex(b"trailer")
    return content[:start] + b" " * (end - start) + content[end:]


def _shifted(content: bytes, rng: random.Random) -> bytes:
    """A file with something before it, so that its table of objects points to wrong places."""
    return b"\n" * rng.randint(1, 9) + b"<!-- attachment -->\r\n" + content


FAULTS: Mapping[PageFault, Callable[[Pdf, random.Random], Drawn]] = {
    PageFault.WATERMARK_DIAGONAL: partial(_watermark, is_tiled=False),
    PageFault.WATERMARK_TILED: partial(_watermark, is_tiled=True),
    PageFault.WATERMARK_BELOW: partial(_watermark, is_tiled=True, is_below=True),
    PageFault.REVERSED: _reverse,
    PageFault.SHUFFLED: _shuffle,
    PageFault.TWO_UP: _two_up,
    PageFault.SCALED: partial(_scale, factor=SCALE),
    PageFault.USER_UNIT: partial(_scale, factor=1 / SCALE, user_unit=SCALE),
    PageFault.OUTLINED_NUMBER: partial(_draw_amounts, draw=_outlined),
    PageFault.PICTURED_NUMBER: partial(_draw_amounts, draw=_pictured),
    PageFault.NO_COLUMN_RULING: partial(_without_rulings, choose=_between_columns),
    PageFault.NO_ROW_RULING: partial(_without_rulings, choose=_between_rows),
    PageFault.LOW_TEXT: _lower_text,
    PageFault.TORN_PAGE: _tear,
}
DAMAGES: Mapping[PageFault, Callable[[bytes, random.Random], bytes]] = {
    PageFault.TRUNCATED: _truncated,
    PageFault.NO_XREF: _without_xref,
    PageFault.SHIFTED: _shifted,
}
