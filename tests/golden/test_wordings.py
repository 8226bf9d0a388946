"""Wordings of all kinds that real disclosures print mean what they have always meant.

Knows ``wordings.csv``: a title, header, label or column of every form, section, measure and line,
each in one or several printed wordings, and its name. What is printed may be worded anew in
terms.yaml; what it means stays.
"""

import csv
from pathlib import Path

import pytest

from pipelines.recognising.captions import titled_forms
from pipelines.recognising.catalogue import SectionSpec, load_catalogue
from pipelines.recognising.headers import Role, find_header
from tests.unit.recognising.grids import grid

CATALOGUE = load_catalogue()
WORDINGS = Path(__file__).with_name("wordings.csv")
CONTENTS = {
    Role.CODE: ("201", "20101", "2010101"),
    Role.NAME: ("教育支出", "国防支出", "科学技术支出"),
    Role.LINE_NUMBER: ("1", "2", "3"),
    Role.COUNT: ("7", "5", "12"),
}


def wordings(what: str) -> list[tuple[str, ...]]:
    with WORDINGS.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values())[1:] for row in csv.DictReader(lines) if row["what"] == what]


def section_of(form: str, section: str) -> SectionSpec:
    sections = CATALOGUE.by_name[form].sections
    return next(each for each in sections if each.section == section)


@pytest.mark.parametrize(("form", "printed"), [(row[0], row[3]) for row in wordings("title")])
def test_a_title_names_its_form_or_two_of_different_kinds(form: str, printed: str):
    named = titled_forms(printed, CATALOGUE)
    assert form in [spec.form for spec in named]
    assert len(named) <= 2


@pytest.mark.parametrize(
    ("form", "section", "measure", "printed"), [row[:4] for row in wordings("header")]
)
def test_the_header_of_a_column_names_its_measure(
    form: str, section: str, measure: str, printed: str
):
    concepts = CATALOGUE.header_concepts(printed.split("/"))
    assert concepts is not None
    assert section_of(form, section).measure(concepts) == measure


@pytest.mark.parametrize(
    ("form", "section", "line", "printed"), [row[:4] for row in wordings("line")]
)
def test_a_label_names_its_line(form: str, section: str, line: str, printed: str):
    spec, concepts = section_of(form, section), CATALOGUE.label_concepts([printed])
    assert concepts is not None
    named = {
        each.line
        for each in spec.lines
        if any(wanted.fits(concepts, spec.line_neutral) for wanted in each.labels)
    }
    assert line in named


@pytest.mark.parametrize(
    ("form", "measure", "printed", "column"), [(row[0], *row[2:]) for row in wordings("item")]
)
def test_an_item_down_the_side_names_its_measure_with_its_column(
    form: str, measure: str, printed: str, column: str
):
    of_column = CATALOGUE.header_concepts([column])
    of_item = CATALOGUE.label_concepts([printed])
    assert of_column is not None
    assert of_item is not None
    assert section_of(form, "").measure_down(of_column, of_item) == measure


@pytest.mark.parametrize(("role", "printed"), [row[2:4] for row in wordings("role")])
def test_the_header_of_a_column_of_no_amounts_says_what_it_is(role: str, printed: str):
    rows = "\n".join(f"{text} | 9.00" for text in CONTENTS[Role(role)])
    column = find_header(grid(f"{printed} | 合计\n{rows}"), CATALOGUE).columns[0]
    assert column.role == role
