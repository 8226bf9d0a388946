"""The files open, show what was forged and come out the same every time."""

import random
from dataclasses import dataclass
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


@dataclass(frozen=True)
class OpenedPdf:
    """A forged PDF as pdfplumber sees it."""

    disclosure: ForgedDisclosure
    text: str
    cells: frozenset[str]
    page_sizes: tuple[tuple[float, float], ...]
    chars_outside: tuple[str, ...]


def forged(style: HouseStyle, file_format: FileFormat, folder: Path) -> ForgedDisclosure:
    return forge_disclosure(LEDGER, style, file_format, folder / f"forged.{file_format}")


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_outside(char: dict[str, float], page: pdfplumber.page.Page) -> bool:
    is_beside = char["x0"] < 0 or char["x1"] > page.width
    return is_beside or char["top"] < 0 or char["bottom"] > page.height


@pytest.fixture(scope="module", params=NAMED_STYLES, ids=lambda style: style.name)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OpenedPdf:
    disclosure = forged(request.param, FileFormat.PDF, tmp_path_factory.mktemp("pdf"))
    with pdfplumber.open(disclosure.path) as pdf:
        pages = pdf.pages
        tables = [table for page in pages for table in page.extract_tables()]
        return OpenedPdf(
            disclosure=disclosure,
            text=squeezed("".join(page.extract_text() for page in pages)),
            cells=frozenset(
                squeezed(text or "") for table in tables for row in table for text in row
            ),
            page_sizes=tuple((page.width, page.height) for page in pages),
            chars_outside=tuple(
                char["text"] for page in pages for char in page.chars if is_outside(char, page)
            ),
        )


def test_pdf_pages_hold_every_title(opened: OpenedPdf):
    for form in opened.disclosure.forms:
        assert squeezed(form.title) in opened.text


def test_pdf_amounts_stand_alone_in_their_cells(opened: OpenedPdf):
    assert {figure.amount_text for figure in opened.disclosure.figures} <= opened.cells


def test_no_pdf_text_leaves_its_page(opened: OpenedPdf):
    assert opened.chars_outside == ()


def test_pdf_pages_mix_portrait_and_landscape(opened: OpenedPdf):
    assert {width > height for width, height in opened.page_sizes} == {True, False}


def test_some_form_runs_over_a_page_break(opened: OpenedPdf):
    sections_without_forms = 4
    assert len(opened.page_sizes) > len(opened.disclosure.forms) + sections_without_forms


@pytest.mark.parametrize("style", NAMED_STYLES, ids=lambda style: style.name)
def test_word_file_holds_every_title_and_every_figure_of_a_form_in_one_table(
    style: HouseStyle, tmp_path: Path
):
    disclosure = forged(style, FileFormat.DOCX, tmp_path)
    document = docx.Document(str(disclosure.path))
    tables = [{cell.text for cell in table._cells} for table in document.tables]
    paragraphs = {paragraph.text for paragraph in document.paragraphs}
    for form in disclosure.forms:
        amounts = {figure.amount_text for figure in form.figures}
        assert any(amounts <= table for table in tables), form.title
        assert any(form.title in texts for texts in (paragraphs, *tables))


@pytest.mark.parametrize("file_format", FileFormat)
def test_writing_twice_gives_the_same_bytes(file_format: FileFormat, tmp_path: Path):
    first = forged(NAMED_STYLES[1], file_format, tmp_path).path.read_bytes()
    second = forged(NAMED_STYLES[1], file_format, tmp_path).path.read_bytes()
    assert first == second
