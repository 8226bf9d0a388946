"""A page ends inside a row's label, or below a title: all that is printed stays, in order."""

from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Paragraph, Table
from pipelines.reading.pdf import read_pdf
from tests.unit.reading.pages import Drawing, pdf_file


def blocks(*draws: Drawing) -> list[object]:
    """Each block's text, or its cells' texts."""
    document = read_pdf(pdf_file(*draws), sha256="0" * 64, file_name="made.pdf")
    read: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            read.append(block.text)
        elif isinstance(block, Table):
            read.append([cell.text for cell in block.cells])
    return read


def ends_inside_a_label(canvas: Canvas) -> None:
    for y in (120, 100):
        canvas.line(50, y, 300, y)
    for x in (50, 200, 300):
        canvas.line(x, 120, x, 65)
    canvas.drawString(55, 105, "合计")
    canvas.drawString(210, 105, "15897.44")
    canvas.drawString(55, 85, "机关事业单位基本")
    canvas.drawString(210, 85, "15,897.44")
    canvas.drawString(55, 70, "养老保险")


def begins_inside_a_label(canvas: Canvas) -> None:
    for y in (765, 745):
        canvas.line(50, y, 300, y)
    for x in (50, 200, 300):
        canvas.line(x, 785, x, 745)
    canvas.drawString(55, 770, "缴费支出")
    canvas.drawString(55, 750, "住房公积金")
    canvas.drawString(210, 750, "3.00")


def test_a_label_cut_by_the_page_is_kept_in_two_cells():
    assert blocks(ends_inside_a_label, begins_inside_a_label) == [
        ["合计", "15897.44", "机关事业单位基本\n养老保险", "15,897.44"],
        ["缴费支出", "", "住房公积金", "3.00"],
    ]


def test_the_rest_of_a_label_above_the_first_ruling_is_kept():
    def begins_without_borders(canvas: Canvas) -> None:
        canvas.grid([50, 200, 300], [765, 745, 725])
        canvas.drawString(55, 770, "缴费支出")
        canvas.drawString(55, 750, "住房公积金")
        canvas.drawString(210, 750, "3.00")

    assert blocks(ends_inside_a_label, begins_without_borders)[1:] == [
        "缴费支出",
        ["住房公积金", "3.00", "", ""],
    ]


def test_a_title_at_the_foot_of_a_page_stands_before_its_table():
    def foot(canvas: Canvas) -> None:
        canvas.drawString(60, 400, "一、情况说明。")
        canvas.drawString(200, 60, "收入决算表")
        canvas.drawString(450, 45, "单位：万元")

    def table(canvas: Canvas) -> None:
        canvas.grid([50, 200, 300], [780, 760, 740])
        canvas.drawString(55, 765, "合计")

    assert blocks(foot, table) == [
        "一、情况说明。",
        "收入决算表",
        "单位：万元",
        ["合计", "", "", ""],
    ]
