"""A page drawn ten times too large has bars for rulings and gaps for borders; none was read."""

import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, Table
from pipelines.reading.drawn_objects import turn_upright
from tests.unit.reading.drawn_form import FORM, ROWS, document, form, texts
from tests.unit.reading.pages import Drawing, pdf_file


def barred(canvas: Canvas) -> None:
    """The form, with filled bars for rulings as office software draws them."""
    form(without={*(("down", n) for n in range(6)), *(("across", n) for n in range(7))})(canvas)
    for x in (50, 110, 230, 320, 410, 500):
        canvas.rect(x - 0.4, 580, 0.8, 120, stroke=0, fill=1)
    for y in range(580, 701, 20):
        canvas.rect(50, y - 0.4, 450, 0.8, stroke=0, fill=1)


def scaled(factor: float, draw: Drawing) -> Drawing:
    """Draw a page larger or smaller."""

    def drawing(canvas: Canvas) -> None:
        canvas.setPageSize((600 * factor, 800 * factor))
        canvas.scale(factor, factor)
        draw(canvas)

    return drawing


FACTORS = (0.1, 0.3, 3, 10, 40)
DRAWINGS: dict[str, Drawing] = {"lines": form(), "bars": barred}


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_page_of_any_size_is_read(draw: Drawing, factor: float):
    assert texts(document(scaled(factor, draw))) == FORM


@pytest.mark.parametrize("factor", FACTORS)
def test_places_are_those_in_the_file(factor: float):
    (usual,), (large,) = document(form()).blocks, document(scaled(factor, form())).blocks
    assert isinstance(usual, Table)
    assert isinstance(large, Table)
    for cell, other in zip(usual.cells, large.cells, strict=True):
        assert cell.place.bbox
        expected = [side * factor for side in cell.place.bbox]
        assert other.place.bbox == pytest.approx(expected, abs=0.3 * factor)


@pytest.mark.parametrize("factor", [0.1, 1, 10, 100])
def test_a_page_is_shown_in_the_size_it_is_read_in(factor: float):
    document = PdfDocument(pdf_file(scaled(factor, form())))
    try:
        assert turn_upright(document[0]) == pytest.approx(factor)
    finally:
        document.close()


def columns(read: Document) -> list[list[tuple[float, float]]]:
    return [
        [
            cell.reach or (cell.place.bbox[0], cell.place.bbox[2])
            for cell in table.cells
            if cell.place.bbox and cell.row == 0
        ]
        for table in read.blocks
        if isinstance(table, Table)
    ]


def test_columns_of_pages_of_different_sizes_line_up():
    first, second = columns(document(form(), scaled(10, form(ROWS[1:]))))
    assert second == [pytest.approx(reach, abs=0.1) for reach in first]
