"""Whose document it is, told for the shared cases and the real corpus from their words alone.

Knows the folders beside the project. Skipped where they are absent. Tables are not recognised
here: a table's first column gives the labels, and titles are paragraphs like any other.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from pipelines.domain.disclosure import DocumentKind, Identification
from pipelines.domain.document import Document, Paragraph, Table
from pipelines.normalising.identification import identify
from pipelines.normalising.publishers import Publisher, identify_publisher
from pipelines.normalising.regions import load_divisions
from pipelines.reading.documents import read_document
from tests.paths import REFERENCE_DIR, SHARED_DIR

CASES, CORPUS = SHARED_DIR / "cases" / "reading", SHARED_DIR / "corpus"

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"no cases at {CASES}")


@cache
def document_of(path: Path) -> Document:
    return read_document(path.read_bytes(), path.name)


def paragraphs_of(path: Path) -> list[Paragraph]:
    return [block for block in document_of(path).blocks if isinstance(block, Paragraph)]


def identified(path: Path) -> Identification:
    return identify([], paragraphs_of(path), load_divisions(REFERENCE_DIR), 0)


def publisher_of(path: Path) -> Publisher:
    tables = [block for block in document_of(path).blocks if isinstance(block, Table)]
    labels = [row[0].text for table in tables for row in table.rows() if row]
    return identify_publisher([], labels, paragraphs_of(path)).publisher


def case_files(prefix: str) -> list[Path]:
    return [path for path in sorted(CASES.glob(f"{prefix}*/*")) if path.is_file()]


def corpus_files() -> list[Path]:
    """The files whose name says whose they are and of which year."""
    paths = sorted(CORPUS.rglob("*")) if CORPUS.is_dir() else []
    return [path for path in paths if re.match(r".+20\d{2}年", path.stem)]


@needs_cases
def test_the_year_on_the_cover_behind_the_province():
    (path,) = case_files("r09")
    identification = identified(path)
    assert (identification.fiscal_year, identification.kind) == (2018, DocumentKind.BUDGET)
    assert identification.department_name == "云水市档案局"


@needs_cases
def test_party_organs_are_one_with_their_province():
    found = {(i.department_name, i.region_code) for i in map(identified, case_files("r10"))}
    assert found == {("中共甘肃省委候鸟工作办公室", "620000")}


@needs_cases
def test_prose_without_forms_is_identified():
    (path,) = case_files("r12")
    identification = identified(path)
    assert identification.department_name == "琴川省云水市档案局"
    assert (identification.fiscal_year, identification.kind) == (2019, DocumentKind.BUDGET)


@pytest.mark.parametrize(
    ("prefix", "publisher"),
    [
        ("g01", Publisher.GOVERNMENT),
        ("g02", Publisher.GOVERNMENT),
        ("g03", Publisher.COMPANY),
        ("g04", Publisher.GOVERNMENT),
    ],
)
@needs_cases
def test_a_governments_and_a_companys_tables_are_said_to_be_theirs(prefix, publisher):
    assert [publisher_of(path) for path in case_files(prefix)] == [publisher]


@pytest.mark.parametrize("path", case_files("r"), ids=lambda path: path.parent.name)
def test_a_departments_case_is_a_departments(path: Path):
    assert publisher_of(path) is Publisher.DEPARTMENT


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_a_real_document_is_the_one_that_its_file_is_named_for(path: Path):
    named = re.match(r"(.+?)\s*(20\d{2})年", path.stem)
    assert named is not None
    identification = identified(path)
    assert identification.department_name == named[1]
    assert identification.fiscal_year == int(named[2])
    assert ("预算" in path.stem) == (identification.kind is DocumentKind.BUDGET)
    assert publisher_of(path) is Publisher.DEPARTMENT
