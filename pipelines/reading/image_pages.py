"""Files that are pictures (JPEG, PNG, TIFF, GIF) as PDFs whose pages they are.

Knows pictures, how many dots an inch they have, and how PDFs hold them. Does not know what they
show.

A picture that claims no resolution, or one with which no office prints, is taken for A4.
"""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from pipelines.reading.errors import UnreadableFileError, UnreadableReason

_POINTS = 72
# The longer sides of paper that is scanned, in inches: half of A5, and A3 with a margin.
_SHORTEST, _LONGEST = 5.0, 17.5
_A4 = 11.69
# A square metre at 300 dots an inch.
_MOST_DOTS = 150_000_000
_QUALITY = 95
_AS_SHOT = 1
_ORIENTATION = 0x0112
# What Pillow raises for pictures whose bytes are wrong.
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError)


def image_as_pdf(content: bytes) -> bytes:
    """Write a PDF with a page for each picture in a file.

    Args:
        content: The whole file.

    Raises:
        UnreadableFileError: The file is damaged, or a picture in it is larger than any page.
    """
    document = pypdfium2.PdfDocument.new()
    try:
        try:
            for jpeg, width, height in _pages(content):
                _add_page(document, jpeg, width, height)
        except _BROKEN as error:
            raise UnreadableFileError(
                UnreadableReason.DAMAGED, "the picture is damaged or cut short; fetch it again"
            ) from error
        written = BytesIO()
        document.save(written)
        return written.getvalue()
    finally:
        document.close()


def _pages(content: bytes) -> Iterator[tuple[bytes, float, float]]:
    """Yield each picture as JPEG, with the width and height of its page in points."""
    with Image.open(BytesIO(content)) as file:
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            if file.width * file.height > _MOST_DOTS:
                raise UnreadableFileError(
                    UnreadableReason.NOT_A_DOCUMENT,
                    f"a picture of {file.width:,} by {file.height:,} dots, more than a page has; "
                    "reduce it",
                )
            yield _page(file, content)


def _page(file: Image.Image, content: bytes) -> tuple[bytes, float, float]:
    inches = _inches(file)
    if file.format == "JPEG" and file.mode in ("L", "RGB") and _is_upright(file):
        longer = max(file.size)
        jpeg, size = content, file.size
    else:
        upright = ImageOps.exif_transpose(file)
        shown = upright.convert("L" if upright.mode in ("1", "L", "I;16") else "RGB")
        written = BytesIO()
        shown.save(written, "JPEG", quality=_QUALITY)
        jpeg, size, longer = written.getvalue(), shown.size, max(shown.size)
    scale = _POINTS * inches / longer
    return jpeg, size[0] * scale, size[1] * scale


def _is_upright(file: Image.Image) -> bool:
    return bool(file.getexif().get(_ORIENTATION, _AS_SHOT) == _AS_SHOT)


def _inches(file: Image.Image) -> float:
    """How long the longer side of the paper is."""
    dots = max(map(float, file.info.get("dpi") or (0.0,)))
    inches = max(file.size) / dots if dots > 0 else 0.0
    return inches if _SHORTEST <= inches <= _LONGEST else _A4


def _add_page(document: pypdfium2.PdfDocument, jpeg: bytes, width: float, height: float) -> None:
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(BytesIO(jpeg), inline=True)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = document.new_page(width, height)
    page.insert_obj(picture)
    page.gen_content()
    page.close()
