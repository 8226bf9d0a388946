"""What a page says of errors that are many, and of numbers that were not read for certain."""

from dataclasses import replace

import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.answers.suspects import Suspect
from pipelines.exploring.explanations import Repair
from pipelines.exploring.labels import Names, shipped_labels
from pipelines.serving.explorer import templates_in
from tests.paths import PROJECT_DIR

SUSPECT = Suspect(
    document_id="d",
    fault_number=1,
    solution_number=1,
    is_located=True,
    figure_id="feed",
    is_statement=False,
    form="expenditure",
    row_name="205 教育支出",
    measure="project",
    printed="165.02",
    suggested="164.12",
    unit="万元",
    slip="",
    cause="figures",
    place_count=1,
    place_number=1,
    repaired_count=4,
    failing_count=4,
    failing_checks=frozenset({"c0ffee"}),
)
IN_THREE_PLACES = replace(SUSPECT, place_count=3)
SHIFTED = replace(SUSPECT, cause="shifted_down", suggested="", place_count=7)
REPAIR = Repair("0.0l", "0.01", ["0.0", "0.01"], ["c0ffee"], is_confirmed=False)


class Visitor:
    """As much of a visit as these parts of pages need."""

    def __init__(self, language: Language) -> None:
        self.called = Names(shipped_labels(PROJECT_DIR / "dbt_project"), language)


def said(language: Language, call: str, **given: object) -> str:
    """What a part of a page says, on one line."""
    imported = (
        '{% from "suspect.html.j2" import own, others %}',
        '{% from "repair.html.j2" import taken_for %}',
    )
    template = templates_in(language).from_string("".join(imported) + "{{ " + call + " }}")
    visit = Visitor(language)
    filled = template.render(visit=visit, name=lambda _, suspect: suspect.figure_id, **given)
    return " ".join(filled.split())


@pytest.mark.parametrize(
    ("language", "suspect", "expected"),
    [
        (Language.EN, SUSPECT, "This number is the likeliest error."),
        (Language.EN, IN_THREE_PLACES, "likeliest error, in all 3 places that print it."),
        (
            Language.EN,
            replace(IN_THREE_PLACES, is_located=False),
            "may be the error, in all 3 places that print it; others may be as well.",
        ),
        (Language.EN, SHIFTED, "beside their own: column shifted down by a row."),
        (Language.ZH, IN_THREE_PLACES, "此数最可能有误，所印 3 处应一并有误。"),
        (Language.ZH, SHIFTED, "此栏数字似乎全部印在相邻的一行：整栏下移一行。"),
    ],
    ids=["one", "copies", "copies-or-others", "column", "copies-zh", "column-zh"],
)
def test_a_number_that_may_be_wrong_says_so_with_all_that_is_wrong_with_it(
    language: Language, suspect: Suspect, expected: str
):
    assert expected in said(language, "own(suspect, visit)", suspect=suspect)


def test_of_copies_only_the_first_is_listed_with_their_number():
    family = [replace(IN_THREE_PLACES, figure_id=f"f{at}", place_number=at) for at in (1, 2, 3)]
    listed = said(Language.EN, "others(found, visit, name)", found=family)
    assert listed.count("<li>") == 1
    assert 'href="/figure/f1"' in listed
    assert "printed in 3 places" in listed
    assert "should read 164.12 万元" in listed


def test_a_column_is_named_once_and_no_figure_of_it_is_to_read_anything_else():
    column = [replace(SHIFTED, figure_id=f"f{at}", place_number=at) for at in range(1, 8)]
    listed = said(Language.EN, "others(found, visit, name)", found=column)
    assert "a column that slipped by a row" in listed
    assert listed.count("<li>") == 1
    assert "should read" not in listed


@pytest.mark.parametrize(
    ("language", "repair", "expected"),
    [
        (Language.EN, REPAIR, "Read in a picture as 0.0l, and taken for 0.01 because of:"),
        (Language.ZH, REPAIR, "识别为 0.0l，据下列核对定为 0.01："),
        (
            Language.EN,
            replace(REPAIR, reading_text="0.01", is_confirmed=True),
            "Read in a picture as 0.01, not for certain, and confirmed by:",
        ),
    ],
    ids=["taken", "taken-zh", "confirmed"],
)
def test_a_number_that_was_not_read_for_certain_says_what_decided_it(
    language: Language, repair: Repair, expected: str
):
    told = said(language, "taken_for(repair)", repair=repair)
    assert expected in told
    assert 'href="/check/c0ffee"' in told
    assert "0.0 · 0.01" in told
