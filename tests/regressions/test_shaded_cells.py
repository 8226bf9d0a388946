"""Word paints a shaded cell in pieces, whose edges became phantom columns and rows.

The amounts of an income column were filed under expenditure.
"""

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Table
from pipelines.reading.pdf import read_pdf
from tests.unit.reading.pages import Drawing, pdf_file

XS, YS = (50, 200, 300, 400), (700, 676, 652, 628)
TEXTS = [["项目", "预算", "决算"], ["基本", "1.00", "2.00"], ["合计", "3.00", "4.00"]]
GREY, BORDER = Color(0.8, 0.8, 0.8), 0.5
# What a cell leaves free on its right and left, and above and below.
SIDE, MARGIN = 5.1, 4.0


def fill(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)


def paint_cell(canvas: Canvas, box: tuple[float, float, float, float], lines: int) -> None:
    """A strip along each side, then a piece for each line of text."""
    x0, y0, x1, y1 = box
    fill(canvas, x0, y1 - MARGIN, x1, y1)
    fill(canvas, x0, y0 + MARGIN, x0 + SIDE, y1 - MARGIN)
    fill(canvas, x1 - SIDE, y0 + MARGIN, x1, y1 - MARGIN)
    fill(canvas, x0, y0, x1, y0 + MARGIN)
    height = (y1 - y0 - 2 * MARGIN) / lines
    for line in range(lines):
        low = y0 + MARGIN + line * height
        fill(canvas, x0 + SIDE, low, x1 - SIDE, low + height)


def form(colour: Color | None, *, lines: int = 1, rows: int = 3) -> Drawing:
    """A form whose first rows are shaded under thin filled bars for borders."""

    def draw(canvas: Canvas) -> None:
        for row in range(rows if colour is not None else 0):
            for column in range(3):
                canvas.setFillColor(colour)
                x0, x1 = XS[column] + BORDER, XS[column + 1]
                paint_cell(canvas, (x0, YS[row + 1] + BORDER, x1, YS[row]), lines)
        canvas.setFillColor(black)
        for y in YS:
            fill(canvas, XS[0], y, XS[-1], y + BORDER)
        for x in XS:
            fill(canvas, x, YS[-1], x + BORDER, YS[0])
        for row, texts in enumerate(TEXTS):
            for column, text in enumerate(texts):
                canvas.drawString(XS[column] + 10, YS[row + 1] + 8, text)

    return draw


def tables(draw: Drawing) -> list[Table]:
    document = read_pdf(pdf_file(draw), sha256="0" * 64, file_name="made.pdf")
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("colour", [white, GREY], ids=["white", "grey"])
@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_shaded_form_has_the_cells_of_the_same_form_unshaded(
    colour: Color, lines: int, rows: int
):
    (shaded,) = tables(form(colour, lines=lines, rows=rows))
    (plain,) = tables(form(None))
    assert [(cell.row, cell.column, cell.text) for cell in shaded.cells] == [
        (cell.row, cell.column, cell.text) for cell in plain.cells
    ]
    assert (shaded.row_count, shaded.column_count) == (3, 3)


def test_an_area_outlined_in_its_own_colour_is_an_area():
    def marks(canvas: Canvas) -> None:
        canvas.setFillColor(GREY)
        canvas.setStrokeColor(GREY)
        canvas.rect(XS[1] + 40, YS[2] + 1, 58, 22, stroke=1, fill=1)
        canvas.setStrokeColor(black)
        form(None)(canvas)

    (table,) = tables(marks)
    assert table.column_count == 3


def test_cells_shown_by_their_shading_alone_are_cells():
    def cards(canvas: Canvas) -> None:
        canvas.setFillColor(GREY)
        for row in range(3):
            for column in range(3):
                fill(canvas, XS[column] + 1, YS[row + 1] + 1, XS[column + 1], YS[row])
        canvas.setFillColor(black)
        for row, texts in enumerate(TEXTS):
            for column, text in enumerate(texts):
                canvas.drawString(XS[column] + 10, YS[row + 1] + 8, text)

    (table,) = tables(cards)
    assert [cell.text for cell in table.cells] == [text for row in TEXTS for text in row]
