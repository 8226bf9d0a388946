"""The files open, show what was forged and come out the same every time."""

import random
from pathlib import Path

import docx
import pdfplumber
import pytest

from tests.forge.disclosure import FileFormat, ForgedDisclosure, forge_disclosure
from tests.forge.invention import Character, invent_ledger
from tests.forge.styles import NAMED_STYLES, HouseStyle

LEDGER = invent_ledger(
    random.Random(5),  # noqa: S311 - reproducible, and nothing is kept secret
    character=Character(
        headcount=120,
        running_item="2120101",
        project_items=("2120102", "2120399", "2110302"),
        carries_over=True,
        has_government_fund=True,
        has_own_income=True,
    ),
)
STYLES = pytest.mark.parametrize("style", NAMED_STYLES, ids=lambda style: style.name)


def forged(style: HouseStyle, file_format: FileFormat, folder: Path) -> ForgedDisclosure:
    return forge_disclosure(LEDGER, style, file_format, folder / f"forged.{file_format}")


def squeezed(text: str) -> str:
    return "".join(text.split())


@STYLES
def test_word_tables_hold_every_figure_where_it_was_put(style: HouseStyle, tmp_path: Path):
    disclosure = forged(style, FileFormat.DOCX, tmp_path)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(disclosure.path)).tables
    ]
    for form in disclosure.forms:
        assert any(_holds(table, form.figures) for table in tables), form.title


def _holds(table: list[list[str]], figures: tuple[object, ...]) -> bool:
    printed = [text for row in table for text in row]
    return all(getattr(figure, "amount_text", None) in printed for figure in figures)


@STYLES
def test_word_text_holds_every_title(style: HouseStyle, tmp_path: Path):
    disclosure = forged(style, FileFormat.DOCX, tmp_path)
    document = docx.Document(str(disclosure.path))
    texts = {paragraph.text for paragraph in document.paragraphs}
    texts |= {cell.text for table in document.tables for cell in table._cells}
    assert {form.title for form in disclosure.forms} <= texts


@STYLES
def test_pdf_pages_hold_every_title_and_figure(style: HouseStyle, tmp_path: Path):
    disclosure = forged(style, FileFormat.PDF, tmp_path)
    with pdfplumber.open(disclosure.path) as pdf:
        text = squeezed("".join(page.extract_text() for page in pdf.pages))
        words = [word["text"] for page in pdf.pages for word in page.extract_words()]
    for form in disclosure.forms:
        assert squeezed(form.title) in text
    assert {figure.amount_text for figure in disclosure.figures} <= set(words)


@STYLES
def test_no_pdf_text_leaves_its_page(style: HouseStyle, tmp_path: Path):
    disclosure = forged(style, FileFormat.PDF, tmp_path)
    with pdfplumber.open(disclosure.path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert 0 < char["x0"] < char["x1"] < page.width
                assert 0 < char["top"] < char["bottom"] < page.height


@STYLES
def test_pdf_amounts_stay_inside_their_cells(style: HouseStyle, tmp_path: Path):
    disclosure = forged(style, FileFormat.PDF, tmp_path)
    amounts = {figure.amount_text for figure in disclosure.figures}
    with pdfplumber.open(disclosure.path) as pdf:
        cells = {
            squeezed(text or "")
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
            for text in row
        }
    assert amounts <= cells


def test_pdf_forms_mix_portrait_and_landscape(tmp_path: Path):
    disclosure = forged(NAMED_STYLES[0], FileFormat.PDF, tmp_path)
    with pdfplumber.open(disclosure.path) as pdf:
        assert {page.width > page.height for page in pdf.pages} == {True, False}


@pytest.mark.parametrize("file_format", FileFormat)
def test_writing_twice_gives_the_same_bytes(file_format: FileFormat, tmp_path: Path):
    first = forged(NAMED_STYLES[1], file_format, tmp_path).path.read_bytes()
    second = forged(NAMED_STYLES[1], file_format, tmp_path).path.read_bytes()
    assert first == second
