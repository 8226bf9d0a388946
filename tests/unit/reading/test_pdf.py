"""PDF files, drawn in memory."""

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.pdf import read_pdf
from tests.unit.reading.pages import Drawing, pdf_file


def read(*drawings: Drawing) -> Document:
    return read_pdf(pdf_file(*drawings), sha256="ab" * 32, file_name="某局.pdf")


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(content, sha256="0" * 64, file_name="made.pdf")
    return refused.value


def writes(*lines: tuple[float, str]) -> Drawing:
    """A page with lines at heights above its bottom."""

    def draw(canvas: Canvas) -> None:
        for height, text in lines:
            canvas.drawString(60, height, text)

    return draw


def rules(*rows: tuple[str, str], top: float = 700.0) -> Drawing:
    """A page with a table of two columns."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 200, 300], [top - 20 * row for row in range(len(rows) + 1)])
        for number, (label, amount) in enumerate(rows):
            canvas.drawString(55, top - 15 - 20 * number, label)
            canvas.drawString(210, top - 15 - 20 * number, amount)

    return draw


def both(*drawings: Drawing) -> Drawing:
    """One page with several drawings on it."""

    def draw(canvas: Canvas) -> None:
        for drawing in drawings:
            drawing(canvas)

    return draw


def pictures(canvas: Canvas) -> None:
    """A page with a picture of text: outlines without characters."""
    canvas.circle(300, 400, 50)


def blank(canvas: Canvas) -> None:
    """A page with nothing on it."""
    canvas.saveState()
    canvas.restoreState()


def invisible(canvas: Canvas) -> None:
    """Text as OCR software lays it under a scan."""
    text = canvas.beginText(60, 300)
    text.setTextRenderMode(3)
    text.textLine("看不见的字")
    canvas.drawText(text)


def test_the_file_is_identified():
    document = read(writes((700, "收入支出决算总表")), writes((700, "第二页")))
    assert (document.sha256, document.file_name, document.kind, document.page_count) == (
        "ab" * 32,
        "某局.pdf",
        FileKind.PDF,
        2,
    )


def test_paragraphs_and_tables_come_in_reading_order():
    page = both(
        writes((500, "注：本表反映收支。"), (740, "收入决算表")),
        rules(("合计", "899.51"), ("208", "1.00")),
    )
    above, table, below = read(page).blocks
    assert isinstance(above, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(below, Paragraph)
    assert (above.text, below.text) == ("收入决算表", "注：本表反映收支。")
    assert [cell.text for cell in table.cells] == ["合计", "899.51", "208", "1.00"]


def test_places_count_pages_from_one_and_points_from_the_upper_left_corner():
    (_, table) = read(writes((400, "第一页")), rules(("合计", "1.00"), top=700.0)).blocks
    assert isinstance(table, Table)
    assert table.place.page == 2
    assert table.place.bbox == pytest.approx((50, 100, 300, 120), abs=1)
    assert table.cells[1].place.bbox == pytest.approx((200, 100, 300, 120), abs=1)


def test_a_number_behind_a_page_break_is_on_the_second_page():
    full = "某局二〇二三年度收入总计与上年相比增加的主要原因是新增人员经费及项目经费支出"
    [paragraph] = read(writes((60, full)), writes((760, "合计12.50万元。"))).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.place.page == 1
    begin = paragraph.text.index("12.50")
    place = paragraph.place_of(begin, begin + 5)
    assert (place.page, paragraph.place_of(begin - 3, begin + 5).page) == (2, 1)
    assert place.bbox is not None
    line = paragraph.pieces[1].place.bbox
    assert line is not None
    assert line[0] < place.bbox[0] < place.bbox[2] < line[2]


def test_the_box_of_a_number_behind_a_gap_holds_no_other_character():
    [paragraph] = read(writes((700, "收入    合计    12.50    万元。"))).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "收入 合计 12.50 万元。"
    boxes = [paragraph.place_of(*span).bbox for span in ((3, 5), (6, 11), (12, 14))]
    edges = [edge for box in boxes if box for edge in (box[0], box[2])]
    assert edges == sorted(edges)
    assert len(edges) == 6


def test_a_turned_page_is_read_as_seen():
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -600)
        rules(("合计", "1.00"), top=500.0)(canvas)

    (table,) = read(turned).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["合计", "1.00"]
    assert table.place.bbox == pytest.approx((50, 100, 300, 120), abs=1)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_turned_the_wrong_way_is_read_all_the_same(degrees: int):
    """Broad tables were lost where the page was published lying on its side."""

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        rules(("合计", "1.00"), ("208", "2.00"), top=500.0)(canvas)

    (table,) = read(turned).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["合计", "1.00", "208", "2.00"]


@pytest.mark.usefixtures("without_ocr")
def test_a_page_that_is_a_picture_is_named_and_the_others_are_read():
    document = read(writes((700, "封面")), pictures, blank, writes((700, "末页")))
    assert document.textless_pages == (2,)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "封面",
        "末页",
    ]


def test_text_that_the_page_does_not_show_is_no_text_of_it():
    document = read(both(writes((700, "看得见")), invisible))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["看得见"]
    assert [hidden.text for hidden in document.hidden_texts] == ["看不见的字"]


@pytest.mark.parametrize("drawings", [(pictures,), (blank, blank)], ids=["picture", "blank pages"])
@pytest.mark.usefixtures("without_ocr")
def test_a_file_without_text_needs_ocr(drawings: tuple[Drawing, ...]):
    refused = refusal(pdf_file(*drawings))
    assert refused.reason is UnreadableReason.NO_OCR
    assert f"none of its {len(drawings)} pages" in refused.explanation
    assert "juesuan[ocr]" in refused.explanation


def test_a_file_that_needs_a_password_is_refused():
    locked = StandardEncryption("reader", ownerPassword="owner", strength=40)
    refused = refusal(pdf_file(writes((700, "收入")), encrypt=locked))
    assert refused.reason is UnreadableReason.ENCRYPTED
    assert "unprotected copy" in refused.explanation


def test_a_file_that_anyone_may_open_is_read_although_it_is_encrypted():
    """Many publishers forbid printing or copying and leave reading free."""
    guarded = StandardEncryption("", ownerPassword="owner", canCopy=0, strength=128)
    content = pdf_file(writes((700, "收入总计899.51万元")), encrypt=guarded)
    document = read_pdf(content, sha256="0" * 64, file_name="made.pdf")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "收入总计899.51万元"
    ]


WHOLE = pdf_file(rules(("合计", "1.00")), writes((700, "第二页")))


@pytest.mark.parametrize("share", [0.02, 0.25, 0.5, 0.75, 0.9])
def test_a_file_cut_short_is_never_read_in_part(share: float):
    refused = refusal(WHOLE[: int(len(WHOLE) * share)])
    assert refused.reason is UnreadableReason.DAMAGED
    assert "fetch it again" in refused.explanation


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + b"\x00" * 2000],
    ids=["a head alone", "head and tail", "zeros"],
)
def test_a_file_with_nothing_behind_its_signature_is_damaged(content: bytes):
    assert refusal(content).reason is UnreadableReason.DAMAGED


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_changed_in_a_file_nothing_but_a_refusal_escapes(seed: int):
    content = bytearray(WHOLE)
    for step in range(1 + seed % 9):
        position = (seed * 7919 + step * 104729) % len(content)
        content[position] = (seed * 31 + step * 17) % 256
    try:
        document = read_pdf(bytes(content), sha256="0" * 64, file_name="made.pdf")
    except UnreadableFileError as refused:
        assert refused.explanation  # noqa: PT017 - either outcome is right
    else:
        assert document.blocks
