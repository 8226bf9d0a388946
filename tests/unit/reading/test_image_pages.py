"""Files that are pictures, as pages."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.image_pages import image_as_pdf

A4 = (595.3, 841.9)


def written(kind: str, *sizes: tuple[int, int], mode: str = "L", **how: object) -> bytes:
    first, *others = (Image.new(mode, size, 255) for size in sizes)
    more = {"save_all": True, "append_images": others} if others else {}
    stream = BytesIO()
    first.save(stream, kind, **more, **how)
    return stream.getvalue()


def pages(content: bytes) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(image_as_pdf(content)) as document:
        return [page.get_size() for page in document]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_is_as_large_as_the_paper_it_was_taken_from(kind: str):
    ((width, height),) = pages(written(kind, (1000, 1500), dpi=(150, 150)))
    assert (width, height) == pytest.approx((480, 720), abs=1)


@pytest.mark.parametrize("dots", [None, 72], ids=["no resolution", "that of a screen"])
def test_a_picture_of_no_plausible_size_is_taken_for_a4(dots: int | None):
    how = {} if dots is None else {"dpi": (dots, dots)}
    ((width, height),) = pages(written("PNG", (1654, 2339), **how))
    assert (width, height) == pytest.approx(A4, abs=1)


def test_each_picture_of_a_file_is_a_page():
    found = pages(written("TIFF", (1654, 2339), (2339, 1654), mode="1", dpi=(200, 200)))
    assert [width < height for width, height in found] == [True, False]


def test_a_picture_that_says_it_lies_on_its_side_is_turned():
    orientation = Image.Exif()
    orientation[0x0112] = 6
    ((width, height),) = pages(written("JPEG", (2339, 1654), exif=orientation.tobytes()))
    assert width < height


def test_what_is_drawn_stays_where_it_is():
    picture = Image.new("RGB", (1654, 2339), "white")
    picture.paste("black", (0, 0, 827, 300))
    stream = BytesIO()
    picture.save(stream, "PNG", dpi=(200, 200))
    with pypdfium2.PdfDocument(image_as_pdf(stream.getvalue())) as document:
        shown = document[0].render().to_pil().convert("L")
    assert (shown.getpixel((100, 50)), shown.getpixel((500, 50))) == (0, 255)


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("RGB", (200, 30, 30), (200, 30, 30)),
        ("RGBA", (200, 30, 30, 255), (200, 30, 30)),
        ("L", 90, (90, 90, 90)),
        ("1", 0, (0, 0, 0)),
        ("I;16", 0, (0, 0, 0)),
    ],
)
def test_a_coloured_picture_keeps_its_colours(
    mode: str, colour: int | tuple[int, ...], shown: tuple[int, int, int]
):
    stream = BytesIO()
    Image.new(mode, (100, 150), colour).save(stream, "PNG")
    with pypdfium2.PdfDocument(image_as_pdf(stream.getvalue())) as document:
        image = document[0].render().to_pil().convert("RGB")
    assert image.getpixel((image.width // 2, image.height // 2)) == pytest.approx(shown, abs=3)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0 cut short"])
def test_a_damaged_picture_is_refused(content: bytes):
    with pytest.raises(UnreadableFileError) as refusal:
        image_as_pdf(content)
    assert refusal.value.reason is UnreadableReason.DAMAGED
