"""A number that is drawn or a picture was taken for a blank cell, and sums over it for violated."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.document import UNREADABLE
from pipelines.normalising.disclosing import disclose
from tests.paths import REFERENCE_DIR
from tests.unit.reading.drawn_form import (
    FORM,
    ROW,
    ROWS,
    TOP,
    XS,
    both,
    document,
    form,
    spot,
    texts,
)
from tests.unit.reading.pages import Drawing

CELL = (2, 3)
Glyphs = Callable[[Canvas, float, float], None]


def one_path(canvas: Canvas, x: float, y: float) -> None:
    """All digits as one path of curves."""
    path = canvas.beginPath()
    for number in range(5):
        path.circle(x + 5 * number + 2, y + 3, 2)
    canvas.drawPath(path, stroke=0, fill=1)


def path_a_digit(canvas: Canvas, x: float, y: float) -> None:
    """Each digit as a path of its own; a 1 is as thin as a ruling."""
    for number in range(4):
        path = canvas.beginPath()
        left, width = x + 6 * number, 2.0 if number % 2 else 4.0
        path.moveTo(left, y + 5)
        for corner in ((0.5, 7), (1, 7), (1, 1), (1, 0), (0.6, 0), (0.6, 5), (0.2, 4.4)):
            path.lineTo(left + corner[0] * width, y + corner[1])
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def many_corners(canvas: Canvas, x: float, y: float) -> None:
    """Digits of straight sides, as of a display."""
    path = canvas.beginPath()
    for number in range(3):
        left = x + 7 * number
        path.moveTo(left, y)
        for corner in ((0, 7), (4, 7), (4, 4), (1, 4), (1, 6), (3, 6), (3, 5), (2, 5), (2, 0)):
            path.lineTo(left + corner[0], y + corner[1])
        path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def picture(canvas: Canvas, x: float, y: float) -> None:
    """A picture of a number."""
    image = Image.new("RGB", (120, 40), "white")
    ImageDraw.Draw(image).text((10, 10), "200.60", fill="black")
    canvas.drawImage(ImageReader(image), x, y, 30, 10)


def clear_picture(canvas: Canvas, x: float, y: float) -> None:
    """The same on a ground that lets everything through."""
    image = Image.new("RGBA", (120, 40), (255, 255, 255, 0))
    ImageDraw.Draw(image).text((10, 10), "200.60", fill=(0, 0, 0, 255))
    canvas.drawImage(ImageReader(image), x, y, 30, 10, mask="auto")


GLYPHS = {it.__name__: it for it in (one_path, path_a_digit, many_corners, picture, clear_picture)}


def drawn(glyphs: Glyphs, row: int, column: int) -> Drawing:
    """Draw a number into a cell."""
    return lambda canvas: glyphs(canvas, *spot(row, column))


@pytest.mark.parametrize("glyphs", GLYPHS.values(), ids=GLYPHS)
def test_a_cell_whose_number_is_drawn_is_not_blank(glyphs: Glyphs):
    (table,) = texts(document(both(form(blank={CELL}), drawn(glyphs, *CELL))))
    read = table[CELL[0]][CELL[1]]
    assert read
    assert set(read) <= {UNREADABLE, " "}
    others = [[*row] for row in table]
    others[CELL[0]][CELL[1]] = ROWS[CELL[0]][CELL[1]]
    assert [tuple(row) for row in others] == [*ROWS]


@pytest.mark.parametrize("glyphs", GLYPHS.values(), ids=GLYPHS)
def test_it_is_named_as_unreadable_and_no_other_figure_is_lost(glyphs: Glyphs):
    def titled(canvas: Canvas) -> None:
        canvas.drawString(200, 740, "支出决算表")
        canvas.drawString(420, 715, "单位：万元")

    page = both(titled, form(blank={CELL}), drawn(glyphs, *CELL))
    disclosure = disclose(document(page), REFERENCE_DIR)
    (rejection,) = disclosure.rejections
    assert (rejection.reason, rejection.form) == (RejectionReason.UNREADABLE_AMOUNT, "expenditure")
    assert rejection.detail.startswith("一般公共服务支出: drawn, a picture")
    printed = [text for row in ROWS for text in row if "." in text]
    printed.remove(ROWS[CELL[0]][CELL[1]])
    assert sorted(figure.text for figure in disclosure.figures) == sorted(printed)


def part_drawn(canvas: Canvas) -> None:
    canvas.drawString(350, 646, "00.60")
    path_a_digit(canvas, 325, 646)


def test_a_number_of_which_a_part_is_drawn_is_not_the_rest_of_it():
    (table,) = texts(document(both(form(blank={CELL}), part_drawn)))
    assert UNREADABLE in table[CELL[0]][CELL[1]]


def bullet(canvas: Canvas) -> None:
    canvas.circle(XS[2] - 10, TOP - 2.5 * ROW, 3, fill=1)


def seal(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(1, 0, 0)
    canvas.circle(350, 620, 45)


def white_patch(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), *spot(1, 0), 20, 8)


def chart_below(canvas: Canvas) -> None:
    canvas.wedge(100, 300, 200, 400, 0, 120, fill=1)


@pytest.mark.parametrize("drawing", [bullet, seal, white_patch, chart_below])
def test_what_is_drawn_and_no_number_changes_no_cell(drawing: Drawing):
    assert texts(document(both(form(), drawing))) == FORM
