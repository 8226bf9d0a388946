"""Forms keep unprinted copies below or beside the page, which crops them off."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, Paragraph, Table
from pipelines.reading.pdf import read_pdf
from tests.unit.reading.pages import Drawing, pdf_file


def grid(canvas: Canvas, x: float, y: float, amount: str) -> None:
    canvas.grid([x, x + 100, x + 200], [y, y - 20, y - 40])
    for row, texts in enumerate([("项目", "金额"), ("合计", amount)]):
        for column, text in enumerate(texts):
            canvas.drawString(x + 5 + 100 * column, y - 15 - 20 * row, text)


def read(draw: Drawing) -> Document:
    return read_pdf(pdf_file(draw), sha256="0" * 64, file_name="made.pdf")


@pytest.mark.parametrize(
    ("x", "y"), [(50, -100), (50, 1000), (700, 700), (-400, 700)], ids=["below", "above", "r", "l"]
)
def test_a_copy_beyond_the_paper_is_hidden(x: float, y: float):
    def draws(canvas: Canvas) -> None:
        grid(canvas, 50, 700, "1.00")
        grid(canvas, x, y, "9.99")

    document = read(draws)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["项目", "金额", "合计", "1.00"]
    assert [text.text for text in document.cut_off_texts] == ["项目 金额", "合计 9.99"]


def test_a_copy_that_the_crop_box_leaves_out_is_hidden():
    def draws(canvas: Canvas) -> None:
        canvas.setCropBox((0, 400, 600, 800))
        grid(canvas, 50, 700, "1.00")
        grid(canvas, 50, 300, "9.99")

    document = read(draws)
    assert len(document.blocks) == 1
    assert [text.text for text in document.cut_off_texts] == ["项目 金额", "合计 9.99"]


def test_a_table_that_runs_over_the_edge_keeps_what_is_printed():
    def draws(canvas: Canvas) -> None:
        canvas.grid([450, 550, 700], [700, 680, 660])
        canvas.drawString(455, 685, "合计")
        canvas.drawString(555, 685, "1.00")
        canvas.drawString(640, 685, "2.00")

    document = read(draws)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["合计", "1.00", "", ""]
    assert [text.text for text in document.cut_off_texts] == ["2.00"]


def test_what_is_hidden_on_the_page_and_beyond_it_is_all_kept():
    def draws(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "看得见")
        canvas.drawString(60, -50, "页下")
        text = canvas.beginText(60, 300)
        text.setTextRenderMode(3)
        text.textLine("看不见")
        canvas.drawText(text)

    document = read(draws)
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert block.text == "看得见"
    assert [text.text for text in document.hidden_texts] == ["看不见"]
    assert [text.text for text in document.cut_off_texts] == ["页下"]
