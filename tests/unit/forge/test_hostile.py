"""Hostile documents hold what they are said to hold, seen or unseen."""

import zipfile
from pathlib import Path

import pdfplumber
import pytest

from tests.forge.hostile import HOSTILE, Duty, HostileDocument
from tests.forge.hostile.cells import CELLS
from tests.forge.hostile.truth import CELL

KEYS_OF_THE_SHEET = 13


CASES_IN_BOTH = ("full_width_digits", "zero_width_space", "minus_sign", "two_numbers")
PAGES = [name for name in HOSTILE if name.startswith("pdf_") and "_cell_" not in name]
TRICKS = [f"word_{name}" for name in ("hidden_text", "replaced_text", "radical_code_points")]
CHOSEN = [
    *PAGES,
    *TRICKS,
    *(f"{kind}_cell_{name}" for kind in ("pdf", "word") for name in CASES_IN_BOTH),
]
"""Word files take their time, and cells differ in nothing but their texts."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HostileDocument]:
    folder = tmp_path_factory.mktemp("hostile")
    return {name: HOSTILE[name](folder) for name in CHOSEN}


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as file:
            return file.read("word/document.xml").decode()
    with pdfplumber.open(path) as pdf:
        return "".join(char["text"] for char in pdf.pages[0].chars)


def test_every_builder_writes_a_file_of_its_own(documents: dict[str, HostileDocument]):
    paths = [document.path for document in documents.values()]
    assert len(set(paths)) == len(paths)
    assert all(path.exists() for path in paths)


def test_a_case_says_one_value_or_none_or_must_be_reported():
    for name, case in CELLS.items():
        is_said = case.value is not None or case.says_nothing
        assert is_said != (case.owed is Duty.REPORT), name


def test_what_must_be_reported_is_no_value(documents: dict[str, HostileDocument]):
    for name, document in documents.items():
        assert (document.duty is Duty.REPORT) == bool(document.refused), name
        if document.refused:
            assert CELL not in document.values, name
        assert len(document.values) >= KEYS_OF_THE_SHEET - 3, name


def test_hidden_texts_are_in_the_file(documents: dict[str, HostileDocument]):
    hiding = {name: document for name, document in documents.items() if document.hidden}
    assert len(hiding) > 8
    for name, document in hiding.items():
        text = text_of(document.path)
        assert all(hidden in text for hidden in document.hidden), name


@pytest.mark.parametrize("name", CASES_IN_BOTH)
def test_a_case_stands_in_both_files_as_it_is_written(
    documents: dict[str, HostileDocument], name: str
):
    for kind in ("pdf", "word"):
        assert CELLS[name].text in text_of(documents[f"{kind}_cell_{name}"].path)


def test_radicals_replace_characters(documents: dict[str, HostileDocument]):
    for kind in ("pdf", "word"):
        text = text_of(documents[f"{kind}_radical_code_points"].path)
        assert "⾏政运⾏" in text
        assert "项⽬" in text
        assert "行" not in text


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_are_shown_upright(documents: dict[str, HostileDocument], degrees: int):
    with pdfplumber.open(documents[f"pdf_rotated_{degrees}"].path) as pdf:
        (page,) = pdf.pages
        assert page.rotation == degrees
        assert page.width < page.height
        tops = {char["text"]: char["top"] for char in page.chars}
    assert tops["钟"] < tops["2"] < page.height / 2
