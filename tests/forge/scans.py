"""Scans of the forge's PDFs: pages as pictures, worn the way offices wear them.

Knows rendering, wear and how pictures become files. Does not know forms, nor how anything is read.
"""

import io
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import cos, pi, sin
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pdfplumber
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.TiffImagePlugin import ROWSPERSTRIP, STRIPBYTECOUNTS, STRIPOFFSETS, TiffImageFile
from reportlab.pdfgen.canvas import Canvas

from tests.forge.embedded_font import FONT_FILE, register_font

FONT = "WenQuanYiTextLayer"
POINTS = 72
WHITE = 255
AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
SEAL_RED = (205, 32, 36)
SEAL_TEXT = "财政预决算公开专用章"
SEAL_RADIUS_MM = 20
MILLIMETRES = 25.4
SEALS_ON_A_PAGE = 2
RIGHT_ANGLES = (90, 270)
MISREAD = str.maketrans("0134568", "O74S5B3")
"""What programs take digits for."""
SHARE_MISREAD = 0.15
INVISIBLE = 3
"""The mode of text that is not drawn."""

Pixels: TypeAlias = NDArray[np.float32]


class Condition(StrEnum):
    """How a page has come to be a picture."""

    CLEAN_200 = "clean_200"
    OFFICE_150 = "office_150"
    OFFICE_200 = "office_200"
    SEALED_200 = "sealed_200"
    TURNED_200 = "turned_200"
    HARSH_200 = "harsh_200"
    FAX_200 = "fax_200"
    LOW_110 = "low_110"


class TextLayer(StrEnum):
    """What text a page has besides its picture."""

    NONE = "none"
    WRONG_BELOW = "wrong text below the picture"
    WRONG_INVISIBLE = "wrong text over the picture, which is not drawn"


@dataclass(frozen=True, slots=True)
class Wear:
    """What a page goes through.

    Attributes:
        dots: Dots an inch.
        skew: Degrees that a page is turned at most; it is turned at least half as much or a third.
        blur: Standard deviation in dots.
        fade: Share of its blackness that ink loses at most.
        noise: Standard deviation in shades, of 255.
        quality: Of JPEG.
        specks: Share of dots that turn into the other shade, where dots are black or white.
        is_bilevel: Whether a dot is black or white.
        has_seals: Whether red seals lie over amounts.
        is_turned: Whether pages lie on their sides.
    """

    dots: int = 200
    skew: float = 0
    blur: float = 0
    fade: float = 0
    noise: float = 0
    quality: int = 90
    specks: float = 0
    is_bilevel: bool = False
    has_seals: bool = False
    is_turned: bool = False


OFFICE = Wear(skew=1.5, blur=0.6, fade=0.25, noise=5, quality=40)
WEARS: Mapping[Condition, Wear] = {
    Condition.CLEAN_200: Wear(),
    Condition.OFFICE_150: Wear(150, skew=1.5, blur=0.5, fade=0.25, noise=5, quality=40),
    Condition.OFFICE_200: OFFICE,
    Condition.SEALED_200: Wear(skew=1.5, blur=0.6, fade=0.25, noise=5, quality=40, has_seals=True),
    Condition.TURNED_200: Wear(skew=1.0, blur=0.6, fade=0.2, noise=4, quality=60, is_turned=True),
    Condition.HARSH_200: Wear(skew=1.0, blur=1.3, fade=0.2, noise=14, quality=25),
    Condition.FAX_200: Wear(skew=0.7, blur=0.5, noise=12, specks=0.001, is_bilevel=True),
    Condition.LOW_110: Wear(110, skew=0.7, blur=0.4, fade=0.2, noise=4, quality=50),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as a picture.

    Attributes:
        size: Width and height of the paper, in points.
        wear: What it went through.
    """

    picture: Image.Image
    size: tuple[float, float]
    wear: Wear


def scan(source: Path, wear: Wear, seed: int, pages: Collection[int] = ()) -> Iterator[Scan]:
    """Scan pages of a PDF, one after the other.

    Args:
        source: The PDF.
        wear: What its pages go through.
        seed: What differs from page to page is drawn from it.
        pages: Which pages, from 0; all where empty.
    """
    with pypdfium2.PdfDocument(source) as pdf, pdfplumber.open(source) as printed:
        for number, page in enumerate(pdf):
            if pages and number not in pages:
                continue
            rng = np.random.default_rng((seed, number))
            picture = page.render(scale=wear.dots / POINTS).to_pil().convert("RGB")
            if wear.has_seals:
                _press_seals(picture, _amounts(printed.pages[number]), rng, wear.dots)
            yield _worn(picture, page.get_size(), wear, rng)


def _worn(
    picture: Image.Image, size: tuple[float, float], wear: Wear, rng: np.random.Generator
) -> Scan:
    if wear.is_turned:
        picture = picture.rotate(int(rng.choice(RIGHT_ANGLES)), expand=True)
        size = size[::-1]
    if wear.skew:
        angle = float(rng.uniform(wear.skew / 3, wear.skew) * rng.choice((-1, 1)))
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(WHITE,) * 3)
    if not wear.has_seals:
        picture = picture.convert("L")
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    shades = np.asarray(picture, dtype=np.float32)
    if wear.fade:
        shades = WHITE - (WHITE - shades) * float(1 - rng.uniform(wear.fade / 3, wear.fade))
    if wear.noise:
        shades = shades + rng.normal(0, wear.noise, shades.shape).astype(np.float32)
    if wear.is_bilevel:
        shades = np.where(shades < rng.uniform(140, 180), 0, WHITE)
        shades = np.where(rng.random(shades.shape) < wear.specks, WHITE - shades, shades)
    worn = Image.fromarray(np.clip(shades, 0, WHITE).astype(np.uint8))
    return Scan(worn.convert("1") if wear.is_bilevel else worn, size, wear)


def _amounts(page: pdfplumber.page.Page) -> list[tuple[float, float]]:
    """Where amounts stand on a page, in points from the top left corner."""
    return [
        (float(word["x0"]), float(word["top"]))
        for word in page.extract_words()
        if AMOUNT.fullmatch(word["text"])
    ]


def _press_seals(
    picture: Image.Image,
    places: Sequence[tuple[float, float]],
    rng: np.random.Generator,
    dots: int,
) -> None:
    """Press seals over some of the places."""
    if not places:
        return
    chosen = rng.choice(len(places), size=min(SEALS_ON_A_PAGE, len(places)), replace=False)
    for place in chosen:
        x, y = (points * dots / POINTS for points in places[int(place)])
        seal = _seal(dots).rotate(float(rng.uniform(-25, 25)), Image.Resampling.BICUBIC)
        strength = float(rng.uniform(0.6, 0.9))
        worn = seal.point([round(shade * strength) for shade in range(256)])
        corner = (round(x - seal.width / 2), round(y - seal.height / 2))
        # Ink lies on ink: what is black stays so.
        under = picture.crop((*corner, corner[0] + seal.width, corner[1] + seal.height))
        red = Image.new("RGB", seal.size, SEAL_RED)
        darker = np.minimum(np.asarray(under), np.asarray(red))
        picture.paste(Image.fromarray(darker), corner, worn)


@cache
def _seal(dots: int) -> Image.Image:
    """How thick the ink of a round seal lies: a ring, a star, and a name along the ring."""
    radius = round(SEAL_RADIUS_MM / MILLIMETRES * dots)
    middle = radius + 2
    seal = Image.new("L", (2 * middle, 2 * middle), 0)
    draw = ImageDraw.Draw(seal)
    ring = (2, 2, 2 * middle - 2, 2 * middle - 2)
    draw.ellipse(ring, outline=WHITE, width=max(2, radius // 18))
    corners = [
        (
            middle + length * sin(turn * pi / 5) * radius,
            middle - length * cos(turn * pi / 5) * radius,
        )
        for turn, length in enumerate((0.32, 0.125) * 5)
    ]
    draw.polygon(corners, fill=WHITE)
    font = ImageFont.truetype(str(FONT_FILE), radius // 4)
    for number, character in enumerate(SEAL_TEXT):
        degrees = -120 + 240 * number / (len(SEAL_TEXT) - 1)
        letter = Image.new("L", seal.size, 0)
        place = (middle, middle - round(0.72 * radius))
        ImageDraw.Draw(letter).text(place, character, font=font, fill=WHITE, anchor="mm")
        seal = Image.fromarray(np.maximum(np.asarray(seal), np.asarray(letter.rotate(-degrees))))
    return seal


def write_scanned_pdf(
    source: Path,
    target: Path,
    condition: Condition,
    seed: int = 0,
    *,
    layer: TextLayer = TextLayer.NONE,
    kept: Collection[int] = (),
) -> None:
    """Write a PDF whose pages are pictures of those of another one.

    Args:
        source: The PDF that is scanned.
        target: Where the scan goes.
        condition: What the pages go through.
        seed: What differs from page to page is drawn from it.
        layer: What text pages have besides their pictures.
        kept: Pages that stay as they are, from 0.
    """
    with Pdf.open(source) as pdf, pdfplumber.open(source) as words:
        pictured = [number for number in range(len(pdf.pages)) if number not in kept]
        scans = scan(source, WEARS[condition], seed, pictured) if pictured else iter(())
        for number, scanned in zip(pictured, scans, strict=True):
            page = _page_of(pdf, scanned)
            pdf.pages[number] = page
            if layer is not TextLayer.NONE:
                rng = random.Random(f"{seed} {number}")  # noqa: S311 - reproducible, no secrets
                _add_text(pdf, pdf.pages[number], words.pages[number], layer, rng)
        pdf.remove_unreferenced_resources()
        pdf.save(target, static_id=True)


def _page_of(pdf: Pdf, scanned: Scan) -> Page:
    """A page that shows a picture from edge to edge."""
    width, height = scanned.size
    content = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Scan Do Q".encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(XObject=Dictionary(Scan=_image(pdf, scanned))),
        Contents=Stream(pdf, content),
    )
    return Page(pdf.make_indirect(page))


def _image(pdf: Pdf, scanned: Scan) -> Stream:
    picture = scanned.picture
    described = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=1 if picture.mode == "1" else 8,
        ColorSpace=Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray,
    )
    if picture.mode != "1":
        described.Filter = Name.DCTDecode
        return Stream(pdf, _jpeg(scanned), described)
    described.Filter = Name.CCITTFaxDecode
    described.DecodeParms = Dictionary(
        K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True
    )
    return Stream(pdf, _fax(picture), described)


def _jpeg(scanned: Scan) -> bytes:
    written = io.BytesIO()
    scanned.picture.save(written, "JPEG", quality=scanned.wear.quality)
    return written.getvalue()


def _fax(picture: Image.Image) -> bytes:
    """A picture of black and white as fax machines send it (group 4)."""
    written = io.BytesIO()
    picture.save(written, "TIFF", compression="group4", tiffinfo={ROWSPERSTRIP: picture.height})
    written.seek(0)
    with TiffImageFile(written) as tiff:
        ((start,), (length,)) = (tiff.tag_v2[tag] for tag in (STRIPOFFSETS, STRIPBYTECOUNTS))
    return written.getvalue()[start : start + length]


def _add_text(
    pdf: Pdf, page: Page, printed: pdfplumber.page.Page, layer: TextLayer, rng: random.Random
) -> None:
    """Add what a bad program has read, near where it was printed."""
    register_font(FONT)
    drawn = io.BytesIO()
    size = (float(printed.width), float(printed.height))
    canvas = Canvas(drawn, pagesize=size, invariant=1)
    for word in printed.extract_words():
        text = canvas.beginText(
            float(word["x0"]) + rng.uniform(-2, 2), size[1] - float(word["bottom"])
        )
        text.setFont(FONT, max(4, float(word["bottom"]) - float(word["top"])))
        if layer is TextLayer.WRONG_INVISIBLE:
            text.setTextRenderMode(INVISIBLE)
        text.textOut(_misread(word["text"], rng))
        canvas.drawText(text)
    canvas.save()
    with Pdf.open(drawn) as read:
        form = pdf.copy_foreign(read.pages[0].as_form_xobject())
    page.add_resource(form, Name.XObject, Name("/Text"))
    page.contents_add(b"q /Text Do Q", prepend=layer is TextLayer.WRONG_BELOW)


def _misread(text: str, rng: random.Random) -> str:
    """A word with some digits taken for something else, or left out."""
    return "".join(
        rng.choice(("", character.translate(MISREAD)))
        if re.match(r"[\d.,]", character) and rng.random() < SHARE_MISREAD
        else character
        for character in text
    )


def write_pictures(source: Path, target: Path, condition: Condition, seed: int = 0) -> list[Path]:
    """Write the pages of a PDF as pictures.

    Args:
        source: The PDF that is scanned.
        target: Where they go: one file of all pages where the name ends in ``.tiff``, else a
            numbered file for each page beside it, ``.jpg`` or ``.png``.
        condition: What the pages go through.
        seed: What differs from page to page is drawn from it.

    Returns:
        The files that were written.
    """
    scans = scan(source, WEARS[condition], seed)
    if target.suffix == ".tiff":
        first, *others = (scanned.picture for scanned in scans)
        wear = WEARS[condition]
        how: dict[str, Any] = {"compression": "jpeg", "quality": wear.quality}
        if wear.is_bilevel:
            how = {"compression": "group4"}
        dots = (wear.dots, wear.dots)
        first.save(target, save_all=True, append_images=others, dpi=dots, **how)
        return [target]
    written = []
    for number, scanned in enumerate(scans, start=1):
        path = target.with_stem(f"{target.stem}-{number:02}")
        dots = (scanned.wear.dots,) * 2
        scanned.picture.save(path, quality=scanned.wear.quality, dpi=dots)
        written.append(path)
    return written
