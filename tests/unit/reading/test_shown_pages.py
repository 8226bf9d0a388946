"""Pieces of pages are cut out where they are, as dark or light as they are drawn."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading import shown_pages
from pipelines.reading.shown_pages import pieces
from tests.unit.reading.pages import pdf_file


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
