"""Pieces of pages are cut out where they are, as dark or light as they are drawn."""

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading import shown_pages
from pipelines.reading.shown_pages import as_shown, pieces
from tests.unit.reading.pages import Drawing, pdf_file


def square(canvas: Canvas) -> None:
    """A black square, 100 points from the page's left and upper edge."""
    canvas.rect(100, 650, 50, 50, fill=1)


def blank(canvas: Canvas) -> None:
    canvas.drawString(0, 0, "")


INSIDE, AROUND, BESIDE = (110, 110, 140, 140), (90, 90, 160, 160), (200, 100, 250, 150)


def test_a_piece_shows_what_is_drawn_in_its_place():
    places = [(1, INSIDE), (1, BESIDE), (2, INSIDE), (1, AROUND)]
    found = list(pieces(pdf_file(square, blank), places))
    assert [each and each.getextrema() for each in found] == [
        (0, 0),
        (255, 255),
        (255, 255),
        (0, 255),
    ]


def test_a_place_without_breadth_is_a_dot():
    (dot,) = pieces(pdf_file(square), [(1, (100, 100, 100, 100))])
    assert dot is not None
    assert dot.size == (1, 1)


def test_a_page_too_large_to_be_drawn_has_no_pieces(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shown_pages, "_MOST_PIXELS", 1000)
    assert list(pieces(pdf_file(square), [(1, INSIDE), (1, BESIDE)])) == [None, None]


def as_it_is(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "H")


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((100, 150, 500, 700))
    canvas.drawString(160, 600, "H")


def beyond_its_sheet(canvas: Canvas) -> None:
    canvas.setCropBox((-50, 150, 500, 900))
    canvas.drawString(160, 600, "H")


def sideways(canvas: Canvas) -> None:
    canvas.rotate(90)
    canvas.drawString(300, -100, "H")


def too_large(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 100)
    canvas.drawString(60, 600, "H")


@pytest.mark.parametrize(
    ("draw", "sheet", "rotation"),
    [
        (cropped, (100, 150, 500, 700), 0),
        (beyond_its_sheet, (0, 150, 500, 800), 0),
        (sideways, (0, 0, 600, 800), 90),
    ],
)
def test_a_page_becomes_no_more_than_what_is_shown_of_it(
    draw: Drawing, sheet: tuple[int, int, int, int], rotation: int
):
    content, points = as_shown(pdf_file(as_it_is, draw), [2])
    assert points == {2: 1.0}
    with pypdfium2.PdfDocument(content) as document:
        page = document[1]
        assert page.get_mediabox() == sheet
        assert page.get_rotation() == rotation
        page.close()


def test_pages_that_are_as_shown_stay_the_very_same_bytes():
    content = pdf_file(as_it_is, too_large, cropped)
    assert as_shown(content, [1, 2]) == (content, {1: 1.0, 2: 10.0})
    changed, _ = as_shown(content, [1, 3, 2])
    assert changed != content


def test_a_piece_of_a_page_drawn_too_large_has_a_tenth_of_the_dots():
    """Two hundred an inch are those of the page as it is read; its place is told in the file."""

    def draw(canvas: Canvas) -> None:
        too_large(canvas)
        square(canvas)

    (piece,) = pieces(pdf_file(draw), [(1, INSIDE)])
    assert piece is not None
    assert piece.getextrema() == (0, 0)
    assert piece.size == (8, 8)
