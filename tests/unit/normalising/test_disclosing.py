"""From a file's path to what it discloses, or to a refusal that says what to do next."""

import re
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.disclosure import Disclosure, RejectionReason
from pipelines.domain.document import FileKind, Table
from pipelines.normalising.disclosing import disclose, read_disclosure
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from tests.paths import REFERENCE_DIR
from tests.unit.normalising.drawn import expenditure_table
from tests.unit.reading.ole_files import ole_file
from tests.unit.reading.pages import pdf_file
from tests.unit.reading.word_xml import line, row, table, word_file, zip_file
from tests.unit.reading.workbook_xml import cell, sheet, styles, workbook
from tests.unit.reading.workbook_xml import row as sheet_row
from tests.unit.reading.workbook_xml import text as sheet_text
from tests.unit.recognising.grids import document, grid

ADVICE = re.compile(
    r"fetch it again|convert it|obtain an unprotected copy|check what|OCR|unpack it"
)


def writes(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "某县水利局2023年度部门决算")


def says_nothing(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "某县水利局概况")


def pictures(canvas: Canvas) -> None:
    canvas.circle(300, 400, 50)


WORD = word_file(line("某县水利局2023年度部门决算"), table(row("科目", "决算数"), row("收入", "1")))
PDF = pdf_file(writes, writes)
HEADER = {"A": "科目编码", "B": "科目名称", "C": "合计", "D": "基本支出"}
SILENT = word_file(line("某县水利局概况"))
PAGE = "<html><p>某县水利局2023年度部门决算<table><tr><td>科目<td>1<tr><td>收入<td>2".encode()
LOCKED = pdf_file(writes, encrypt=StandardEncryption("x", ownerPassword="y", strength=40))

WORKBOOK = workbook(
    {
        "封面": sheet(sheet_row(1, sheet_text("A1", "某县水利局2023年度部门决算"))),
        "Z03": sheet(
            sheet_row(1, sheet_text("A1", "支出决算表"), sheet_text("D1", "单位：万元")),
            sheet_row(2, *(sheet_text(f"{column}2", word) for column, word in HEADER.items())),
            sheet_row(3, sheet_text("A3", "合计"), cell("C3", "", formula="C4"), cell("D3", "3")),
            sheet_row(4, cell("A4", "208"), sheet_text("B4", "社保"), cell("C4", "3", style=1)),
            sheet_row(5, sheet_text("A5", "校验"), cell("C5", "", formula="C4-D3")),
            sheet_row(6, sheet_text("A6", "底稿"), attributes='hidden="1"'),
            sheet_row(8, cell("A8", "#REF!", "e")),
        ),
    },
    style=styles("0.00"),
)

REFUSED = {
    "空.pdf": (b"", UnreadableReason.EMPTY_FILE, "fetch it again"),
    "半.pdf": (PDF[: len(PDF) // 2], UnreadableReason.DAMAGED, "fetch it again"),
    "锁.pdf": (LOCKED, UnreadableReason.ENCRYPTED, "unprotected copy"),
    "扫描.pdf": (pdf_file(pictures), UnreadableReason.NO_OCR, "juesuan[ocr]"),
    "图.pdf": (b"\x89PNG\r\n\x1a\n....", UnreadableReason.NO_OCR, "a picture; it needs OCR"),
    "网页.docx": (b"<html><body>404", UnreadableReason.NO_FORMS, "the web page prints no table"),
    "空网页.html": (b"<html><body>", UnreadableReason.NO_TEXT, "check what was published"),
    "文本.docx": ("决算".encode(), UnreadableReason.NOT_A_DOCUMENT, "an unknown kind"),
    "半.docx": (WORD[: len(WORD) // 2], UnreadableReason.DAMAGED, "fetch it again"),
    "表.docx": (
        zip_file({"xl/workbook.bin": ""}),
        UnreadableReason.NOT_A_DOCUMENT,
        "an Excel binary workbook",
    ),
    "半.xlsx": (WORKBOOK[: len(WORKBOOK) // 2], UnreadableReason.DAMAGED, "fetch it again"),
    "坏.xlsx": (zip_file({"xl/workbook.xml": ""}), UnreadableReason.DAMAGED, "fetch it again"),
    "锁.xlsx": (
        ole_file({"EncryptionInfo": b"", "EncryptedPackage": b""}),
        UnreadableReason.ENCRYPTED,
        "unprotected copy",
    ),
    "坏.xls": (ole_file({"Workbook": b"?"}), UnreadableReason.DAMAGED, "fetch it again"),
    "空白.xlsx": (workbook({"表": sheet()}), UnreadableReason.NO_TEXT, "shows no text"),
    "无表.xlsx": (
        workbook({"表": sheet(sheet_row(1, sheet_text("A1", "某县水利局概况")))}),
        UnreadableReason.NO_FORMS,
        "the workbook prints no table",
    ),
    "空白.docx": (word_file(line(" ")), UnreadableReason.NO_TEXT, "check what was published"),
    "无表.docx": (SILENT, UnreadableReason.NO_FORMS, "no table of numbers"),
    "无表.pdf": (pdf_file(says_nothing), UnreadableReason.NO_FORMS, "no table of numbers"),
}


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_discloses_nothing_is_refused_with_what_to_do(name: str, tmp_path: Path):
    content, reason, words = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        read_disclosure(tmp_path / name, REFERENCE_DIR)
    assert refused.value.reason is reason
    assert words in refused.value.explanation
    assert ADVICE.search(refused.value.explanation)
    assert "\n" not in refused.value.explanation
    assert name not in refused.value.explanation


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("决算.pdf", PDF, FileKind.PDF),
        ("决算.docx", PDF, FileKind.PDF),
        ("决算.pdf", WORD, FileKind.DOCX),
        ("决算.doc", WORD, FileKind.DOCX),
        ("b0fd8c9e", WORD, FileKind.DOCX),
        ("决算.doc", PAGE, FileKind.WEB_PAGE),
        ("决算.xls", WORKBOOK, FileKind.XLSX),
        ("决算.xlsx", PAGE, FileKind.WEB_PAGE),
    ],
    ids=[
        *("PDF", "PDF called Word", "Word called PDF", "Word called .doc", "no extension"),
        *("page called .doc", "workbook called .xls", "page called .xlsx"),
    ],
)
def test_a_file_is_read_by_its_content_whatever_its_name(name: str, content: bytes, kind: FileKind):
    read = read_document(content, name)
    assert (read.kind, read.file_name, len(read.sha256)) == (kind, name, 64)
    assert read.document_id == read.sha256[:16]


def test_the_same_bytes_are_the_same_document_under_any_name():
    first, second = read_document(WORD, "一.docx"), read_document(WORD, "二.docx")
    assert (first.sha256, first.blocks) == (second.sha256, second.blocks)


def test_a_file_that_is_not_there_is_no_matter_of_reading(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_disclosure(tmp_path / "无.pdf", REFERENCE_DIR)


def word_disclosure(path: Path) -> Disclosure:
    """A disclosure written by another library and read back."""
    made = docx.Document()
    made.add_paragraph("某县水利局2023年度部门决算")
    made.add_paragraph("支出决算表")
    made.add_paragraph("部门：某县水利局 单位：万元")
    cells = [
        ["科目编码", "科目名称", "本年支出合计"],
        ["208", "社保", "12.50"],
        ["", "合计", "12.50"],
    ]
    made_table = made.add_table(rows=len(cells), cols=3)
    for number, texts in enumerate(cells):
        for column, text in enumerate(texts):
            made_table.cell(number, column).text = text
    made.add_paragraph("一、国有资产占用情况")
    made.add_paragraph("本部门共有车辆5辆。")
    made.save(str(path))
    return read_disclosure(path, REFERENCE_DIR)


def test_a_whole_file_becomes_a_disclosure(tmp_path: Path):
    disclosure = word_disclosure(tmp_path / "某局.docx")
    assert (disclosure.file_name, disclosure.file_kind, disclosure.page_count) == (
        "某局.docx",
        "docx",
        None,
    )
    assert disclosure.identification.department_name == "某县水利局"
    assert [(figure.row.row_code, figure.text) for figure in disclosure.figures] == [
        ("208", "12.50"),
        ("", "12.50"),
    ]
    assert [claim.subject for claim in disclosure.claims] == ["assets.vehicles.total.held"]
    assert disclosure.claims[0].section_path == ("一、国有资产占用情况",)
    assert [paragraph.text for paragraph in disclosure.paragraphs] == [
        "某县水利局2023年度部门决算",
        "一、国有资产占用情况",
        "本部门共有车辆5辆。",
    ]
    assert disclosure.rejections == ()


def test_reading_again_gives_the_same(tmp_path: Path):
    assert word_disclosure(tmp_path / "某局.docx") == read_disclosure(
        tmp_path / "某局.docx", REFERENCE_DIR
    )


def test_everything_refused_on_the_way_is_among_the_rejections():
    disclosure = disclose(
        document(
            "支出决算表",
            "单位：万元",
            expenditure_table("208 | 社保 | 1.2.3 | 1.00 | ."),
            "扶贫专项资金支出决算表",
            grid("名目 | 数额\n修路 | 3.00"),
            "合计 1,077.96",
            "二、资产情况",
            "共有车辆5辆。共有车辆6辆。",
        ),
        REFERENCE_DIR,
    )
    assert [(rejection.reason, rejection.form) for rejection in disclosure.rejections] == [
        (RejectionReason.UNREADABLE_AMOUNT, "expenditure"),
        (RejectionReason.OUTSIDE_TABLE, ""),
    ]
    assert [figure.text for figure in disclosure.figures if not figure.form] == ["3.00"]


@pytest.mark.usefixtures("without_ocr")
def test_a_number_too_long_for_an_amount_costs_neither_its_table_nor_its_sentence():
    long = "34567891011121314151617"
    found = disclose(
        document(
            "某县水利局2023年度部门决算",
            "支出决算表",
            grid(
                f"科目编码 | 科目名称 | 合计\n208 | 社会保障和就业支出 | {long}\n"
                "213 | 农林水支出 | 2.00"
            ),
            f"2023年度支出合计{long}万元，其中：基本支出1.50万元，占62.07123456%。",
        ),
        REFERENCE_DIR,
    )
    assert [figure.text for figure in found.figures] == ["2.00"]
    assert [claim.value_text for claim in found.claims] == ["1.50"]
    assert [(each.reason, each.printed, each.detail) for each in found.rejections] == [
        (
            RejectionReason.UNREADABLE_AMOUNT,
            long,
            f"社会保障和就业支出: more digits than an amount has: {long!r}",
        ),
        (RejectionReason.UNREADABLE_AMOUNT, long, "more digits than an amount has"),
        (RejectionReason.UNREADABLE_AMOUNT, "62.07123456", "more digits than an amount has"),
    ]


def test_pages_without_text_and_hidden_text_are_among_the_rejections(tmp_path: Path):
    def form(canvas: Canvas) -> None:
        canvas.drawString(60, 750, "支出决算表")
        canvas.drawString(60, 730, "单位：万元")
        canvas.grid([50, 150, 300, 400], [720, 700, 680])
        for x, heading, text in (
            (55, "科目编码", "208"),
            (155, "科目名称", "社保"),
            (305, "合计", "1.00"),
        ):
            canvas.drawString(x, 705, heading)
            canvas.drawString(x, 685, text)
        hidden = canvas.beginText(60, 300)
        hidden.setTextRenderMode(3)
        hidden.textLine("看不见的字")
        canvas.drawText(hidden)

    (tmp_path / "某局.pdf").write_bytes(pdf_file(form, pictures))
    disclosure = read_disclosure(tmp_path / "某局.pdf", REFERENCE_DIR)
    assert [figure.text for figure in disclosure.figures] == ["1.00"]
    assert {(rejection.reason, rejection.place.page) for rejection in disclosure.rejections} == {
        (RejectionReason.TEXTLESS_PAGE, 2),
        (RejectionReason.HIDDEN_TEXT, 1),
    }


def test_what_a_workbook_hides_or_does_not_keep_is_among_the_rejections(tmp_path: Path):
    (tmp_path / "某局.xlsx").write_bytes(WORKBOOK)
    disclosure = read_disclosure(tmp_path / "某局.xlsx", REFERENCE_DIR)
    assert [(figure.text, figure.place.path) for figure in disclosure.figures] == [
        *(("3", "'Z03'!D3"), ("3.00", "'Z03'!C4")),
    ]
    assert [
        (rejection.reason, rejection.form, rejection.printed, rejection.place.path)
        for rejection in disclosure.rejections
    ] == [
        (RejectionReason.UNREADABLE_AMOUNT, "expenditure", "=C4", "'Z03'!C3"),
        (RejectionReason.UNREADABLE_AMOUNT, "expenditure", "=C4-D3", "'Z03'!C5"),
        (RejectionReason.HIDDEN_TEXT, "", "底稿", "'Z03'!A6"),
        (RejectionReason.UNREADABLE_AMOUNT, "", "#REF!", "'Z03'!A8"),
    ]


LINES = [
    *("支出决算表", "收入支出决算总表", "财政拨款“三公”经费支出决算表", "扶贫专项资金支出决算表"),
    *(
        "单位：万元",
        "部门：某县水利局",
        "公开03表",
        "注：本表反映支出。",
        "故本表无数据。",
        "一、收入",
    ),
]
HEADINGS = ["项目", "科目编码", "科目名称", "行次", "决算数", "预算数", "合计", "基本支出", "小计"]
CELLS = [
    "12.50",
    "1,234",
    "0.00",
    "208",
    "2080505",
    "1",
    "合计",
    "栏次",
    "-",
    "注：无",
    "1 2",
    "l2.5",
]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table at all: headings and cells anyhow, merged anyhow."""
    width = draw(st.integers(1, 6))
    rows = []
    for words in (*[HEADINGS] * draw(st.integers(0, 2)), *[CELLS] * draw(st.integers(1, 4))):
        joins = [".", *(["^"] if rows else [])]
        first = draw(st.sampled_from([*words, *joins]))
        rest = st.lists(st.sampled_from([*words, *joins, "<"]), min_size=width - 1, max_size=width)
        rows.append(" | ".join([first, *draw(rest)][:width]))
    return grid("\n".join(rows))


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES) | tables(), min_size=1, max_size=7))
def test_whatever_a_document_prints_is_disclosed_or_refused(blocks: list[str | Table]):
    """Nothing but a refusal escapes, and no figure stands for two cells."""
    try:
        disclosure = disclose(document(*blocks), REFERENCE_DIR)
    except UnreadableFileError as refused:
        assert refused.reason is UnreadableReason.NO_FORMS  # noqa: PT017 - either outcome is right
        return
    keys = [
        (figure.form, figure.section, figure.row.row_index, figure.measure)
        for figure in disclosure.figures
        if figure.measure
    ]
    assert len(keys) == len(set(keys))
    assert all(form.accounted_count <= form.number_count for form in disclosure.forms)
