"""Real documents, figure for figure against what a person read off the page.

Knows the corpus beside the project and its hand-checked figures. Skipped where it is absent: the
documents are not ours to distribute.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipelines.domain.disclosure import Disclosure, DocumentKind, Scope
from pipelines.normalising.disclosing import read_disclosure
from pipelines.recognising.wording import squash
from tests.paths import REFERENCE_DIR, SHARED_DIR

CORPUS, GOLD = SHARED_DIR / "corpus", SHARED_DIR / "gold"
# Form, section, code or else label, measure, number. Labels differ by colons only.
Key = tuple[str, str, str, str, Decimal]

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and GOLD.is_dir()),
    reason=f"the corpus and its hand-checked figures are not at {SHARED_DIR}",
)


@dataclass(frozen=True)
class GoldCase:
    """A document and the name of its hand-checked figures."""

    file_name: str
    gold: str


def gold_cases() -> list[GoldCase]:
    manifest = GOLD / "manifest.csv"
    if not manifest.is_file():
        return []
    return [GoldCase(row["file"], row["gold"]) for row in _rows(manifest)]


def corpus_files() -> list[Path]:
    files = CORPUS.rglob("*") if CORPUS.is_dir() else []
    return sorted(path for path in files if path.suffix in (".pdf", ".docx"))


def named_files() -> list[Path]:
    """The files whose name says whose they are and of which year; a template's does not."""
    return [path for path in corpus_files() if re.search(r"20\d{2}\s*年", path.stem)]


def naming(path: Path) -> tuple[str, int]:
    """The body and the year that a file is named for."""
    match = re.match(r"(.+?)\s*(20\d{2})\s*年", path.stem)
    assert match is not None
    return match[1], int(match[2])


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def disclosure_of(path: Path) -> Disclosure:
    return read_disclosure(path, REFERENCE_DIR)


def corpus_file(name: str) -> Path:
    (path,) = (path for path in corpus_files() if path.name == name)
    return path


def key(form: str, section: str, code: str, label: str, measure: str, text: str) -> Key:
    # A code names its row; a total has none, and a form of one row needs no name.
    row = code or ("" if form.endswith("three_public") else squash(label).replace(":", ""))
    return form, section, row, measure, Decimal(squash(text).replace(",", ""))


def gold_figures(gold: str) -> Counter[Key]:
    columns = ("form", "section", "row_code", "row_label", "measure", "amount_text")
    return Counter(key(*(row[column] for column in columns)) for row in _rows(GOLD / f"{gold}.csv"))


def read_figures(disclosure: Disclosure) -> Counter[Key]:
    return Counter(
        key(
            figure.form,
            figure.section,
            figure.row.row_code,
            figure.row.row_label,
            figure.measure,
            figure.text,
        )
        for figure in disclosure.figures
        if figure.measure
    )


by_gold = pytest.mark.parametrize("case", gold_cases(), ids=lambda case: case.file_name)
by_file = pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
by_named_file = pytest.mark.parametrize("path", named_files(), ids=lambda path: path.name)


@by_gold
def test_every_hand_checked_figure_is_read_and_no_other(case: GoldCase):
    """Recall and precision are 1.0."""
    gold = gold_figures(case.gold)
    read = read_figures(disclosure_of(corpus_file(case.file_name)))
    assert list((gold - read).elements()) == []
    assert list((read - gold).elements()) == []
    assert sum(gold.values()) > 0


@by_gold
def test_figures_say_where_they_are_printed(case: GoldCase):
    disclosure = disclosure_of(corpus_file(case.file_name))
    pages = [row.get("page") for row in _rows(GOLD / f"{case.gold}.csv")]
    if disclosure.page_count is None:
        assert all(figure.place.path for figure in disclosure.figures)
        return
    assert all(figure.place.bbox for figure in disclosure.figures)
    read = Counter(figure.place.page for figure in disclosure.figures)
    if any(pages):
        assert read == Counter(int(page) for page in pages if page)


def test_a_document_reads_the_same_from_word_and_from_pdf():
    by_stem: dict[str, list[Path]] = {}
    for case in gold_cases():
        path = corpus_file(case.file_name)
        by_stem.setdefault(path.stem, []).append(path)
    pairs = [paths for paths in by_stem.values() if len(paths) == 2]
    assert pairs
    for first, second in pairs:
        assert read_figures(disclosure_of(first)) == read_figures(disclosure_of(second))


@by_file
def test_every_number_of_every_form_is_accounted_for(path: Path):
    """Nothing printed is dropped without a rejection."""
    for form in disclosure_of(path).forms:
        assert form.accounted_count == form.number_count, form.form


@by_file
def test_all_nine_forms_are_found_once(path: Path):
    forms = [form.form for form in disclosure_of(path).forms]
    assert len(set(forms)) == len(forms) == 9


@by_file
def test_no_table_of_a_form_is_left_without_its_name(path: Path):
    assert [table.title for table in disclosure_of(path).forms if not table.form] == []


@by_named_file
def test_the_body_is_the_one_that_the_file_is_named_for(path: Path):
    assert disclosure_of(path).identification.department_name == naming(path)[0]


@by_named_file
def test_the_year_is_the_one_that_the_file_is_named_for(path: Path):
    assert disclosure_of(path).identification.fiscal_year == naming(path)[1]


@by_file
def test_the_kind_is_the_one_that_the_file_is_named_for(path: Path):
    kind = DocumentKind.BUDGET if "预算" in path.stem else DocumentKind.FINAL_ACCOUNTS
    assert disclosure_of(path).identification.kind is kind


@by_named_file
def test_the_scope_is_the_one_that_the_file_is_named_for(path: Path):
    scope = Scope.UNIT if "单位" in path.stem else Scope.DEPARTMENT
    assert disclosure_of(path).identification.scope is scope


@by_named_file
def test_the_division_is_found_and_evidence_is_kept(path: Path):
    identification = disclosure_of(path).identification
    assert re.fullmatch(r"\d{6}", identification.region_code)
    assert identification.evidence["department_name"]
    assert identification.evidence["fiscal_year"]


def test_a_template_discloses_nothing():
    """Its cells are blank, and its placeholders are no figures."""
    templates = [path for path in corpus_files() if path not in named_files()]
    assert templates
    for path in templates:
        disclosure = disclosure_of(path)
        assert disclosure.identification.is_template
        assert disclosure.identification.department_name == ""
        assert disclosure.figures == ()
        assert len(disclosure.forms) == 9
