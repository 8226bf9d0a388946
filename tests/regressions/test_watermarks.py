"""Watermarks over the cells became numbers, or tore the numbers beneath them apart."""

import pytest
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.disclosure import RejectionReason
from pipelines.normalising.disclosing import disclose
from tests.paths import REFERENCE_DIR
from tests.unit.reading.drawn_form import FORM, both, document, form, texts
from tests.unit.reading.pages import FONT, Drawing

GREY = Color(0.75, 0.75, 0.75)
CLEAR = Color(0, 0, 0, alpha=0.2)


def across(words: str, *, size: float, colour: Color, angle: float) -> Drawing:
    """One watermark through the middle of the form."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        canvas.setFillColor(colour)
        canvas.translate(275, 640)
        canvas.rotate(angle)
        canvas.drawCentredString(0, -size / 3, words)

    return draw


def tiled(words: str, *, size: float, colour: Color, angle: float) -> Drawing:
    """A watermark in a lattice over the whole page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        canvas.setFillColor(colour)
        for row in range(21):
            for column in range(6):
                canvas.saveState()
                canvas.translate(15 + 97 * column + 40 * (row % 2), 40 + 37 * row)
                canvas.rotate(angle)
                canvas.drawString(0, 0, words)
                canvas.restoreState()

    return draw


WATERMARKS = {
    "aslant and pale": across("内部资料", size=60, colour=GREY, angle=45),
    "aslant and clear": across("2023", size=90, colour=CLEAR, angle=30),
    "level and large": across("样本 2023", size=70, colour=GREY, angle=0),
    "level, large and black": across("样本 2023", size=40, colour=black, angle=0),
    "tiled aslant": tiled("公开 2023-08-15", size=9, colour=GREY, angle=25),
    "tiled steeply": tiled("公开", size=9, colour=black, angle=60),
    "tiled level and pale": tiled("12.50 元", size=10, colour=GREY, angle=0),
    "tiled level and black": tiled("公开专用", size=10, colour=black, angle=0),
}


@pytest.mark.parametrize("watermark", WATERMARKS.values(), ids=WATERMARKS)
@pytest.mark.parametrize("beneath", [False, True], ids=["on top", "beneath"])
def test_a_watermark_is_in_no_cell(watermark: Drawing, *, beneath: bool):
    page = both(watermark, form()) if beneath else both(form(), watermark)
    read = document(page)
    assert texts(read) == FORM
    assert read.watermarks
    assert not [block for block in read.blocks if getattr(block, "text", "")]


def test_a_watermark_is_known_again_where_it_is_in_nothings_way():
    tiles = tiled("公开专用", size=10, colour=black, angle=0)
    read = document(tiles, both(form(), tiles))
    assert texts(read) == FORM
    assert {printed.place.page for printed in read.watermarks} == {1, 2}


def test_a_watermark_is_on_record_once_a_page():
    def titled(canvas: Canvas) -> None:
        canvas.drawString(200, 740, "支出决算表")

    page = both(titled, form(), tiled("公开 2023", size=9, colour=GREY, angle=25))
    disclosure = disclose(document(page, page), REFERENCE_DIR)
    assert [
        (rejection.reason, rejection.printed, rejection.place.page)
        for rejection in disclosure.rejections
    ] == [
        (RejectionReason.WATERMARK, "公开 2023", 1),
        (RejectionReason.WATERMARK, "公开 2023", 2),
    ]


def bold(canvas: Canvas) -> None:
    canvas.drawRightString(406.3, 666, "200.60")


def pale_column(canvas: Canvas) -> None:
    canvas.setFillColor(GREY)
    for row in range(6):
        canvas.drawString(510, 686 - 20 * row, "备注")


def heading_sideways(canvas: Canvas) -> None:
    canvas.translate(45, 600)
    canvas.rotate(90)
    canvas.drawString(0, 0, "支出明细")


@pytest.mark.parametrize("extra", [bold, pale_column, heading_sideways])
def test_what_is_in_nothings_way_is_no_watermark(extra: Drawing):
    assert not document(both(form(), extra)).watermarks
