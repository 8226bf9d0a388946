"""Every printed wording that was collected from real disclosures is in the catalogue.

Knows the list beside the project. Skipped where it is absent.
"""

import csv
from functools import cache

import pytest

from pipelines.recognising.captions import (
    entity_in,
    is_caption_row,
    looks_like_form_title,
    titled_forms,
    unit_in,
)
from pipelines.recognising.catalogue import FormSpec, load_catalogue
from pipelines.recognising.headers import Role, find_header
from pipelines.recognising.wording import fold_label, squash
from tests.paths import SHARED_DIR
from tests.unit.recognising.grids import grid

LIST = SHARED_DIR / "design" / "header_synonyms.csv"
CATALOGUE = load_catalogue()
ROLES = {
    "function_code": Role.CODE,
    "function_code_part_class": Role.CODE,
    "function_code_part_section": Role.CODE,
    "function_code_part_item": Role.CODE,
    "function_name": Role.NAME,
    "item_group": Role.NAME,
    "line_no_header": Role.LINE_NUMBER,
}
# What says what the rows of a column are, or which side of a form they are.
OF_ROWS = frozenset(
    {"name", "item", "code", "unit", "line_number", "by_function", "by_economic", "remark"}
    | {"income", "expenditure", "count", "ratio"}
)
CONTENT = {Role.CODE: "201 | 9.00", Role.NAME: "教育支出 | 9.00", Role.LINE_NUMBER: "1 | 9.00"}
# Titles whose forms are no sums of money by code or item: named as unknown, not read.
NOT_READ = ("绩效", "购买服务", "非税", "按政府预算经济分类")
# Not printed on forms: the names of a workbook's sheets, and of codes and prose.
ELSEWHERE = ("sheet_name", "year_label", "econ_row_")

pytestmark = pytest.mark.skipif(not LIST.is_file(), reason=f"the list is not at {LIST}")


def wordings() -> list[tuple[str, str, str]]:
    if not LIST.is_file():
        return []
    with LIST.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        (row["form"], row["measure_or_element"], row["printed_variant"])
        for row in rows
        if row["form"] != "narrative" and not row["measure_or_element"].startswith(ELSEWHERE)
    ]


@cache
def form(name: str) -> FormSpec:
    return next(spec for spec in CATALOGUE.forms if spec.form == name)


def is_known(spec: FormSpec, printed: str) -> bool:
    """Whether a header cell or row label means something on a form, or counts things there."""
    found = [CATALOGUE.header_concepts([printed]), CATALOGUE.label_concepts([printed])]
    counted = fold_label(printed).endswith(
        tuple(f"({thing})" for thing in CATALOGUE.vocabulary.counted_things)
    )
    is_understood = any(concepts is not None and concepts <= said_on(spec) for concepts in found)
    return is_understood or counted or is_line(spec, printed)


def said_on(spec: FormSpec) -> frozenset[str]:
    """The concepts that columns, items and lines of a form may bear, those of labels among them."""
    named = [both for part in spec.sections for _, *both in (*part.measures, *part.down)]
    ways = [way for both in named for way in both]
    ways += [way for part in spec.sections for line in part.lines for way in line.labels]
    neutral = [words for part in spec.sections for words in (part.neutral, part.line_neutral)]
    return OF_ROWS.union(*neutral, *(way.required | way.optional for way in ways))


def is_line(spec: FormSpec, printed: str) -> bool:
    """Whether a label is a functional class of a form that has them."""
    has_classes = any(section.has_function_classes for section in spec.sections)
    return has_classes and fold_label(printed).endswith("支出")


@pytest.mark.parametrize(
    ("owner", "element", "printed"), [row for row in wordings() if "title" in row[1]]
)
def test_a_title_names_its_form(owner: str, element: str, printed: str):
    found = [spec.form for spec in titled_forms(printed, CATALOGUE)]
    if any(words in printed for words in NOT_READ):
        assert found == []
        assert looks_like_form_title(printed) or not printed.endswith("表")
        return
    assert found
    suffix = "_by_unit" if element == "title_by_unit" else ""
    others = (
        ("extra", "budget_extra") if not element.endswith("basic_only") else ("government_fund",)
    )
    assert owner in others or owner in found or f"{owner}{suffix}" in found


@pytest.mark.parametrize(("element", "printed"), [row[1:] for row in wordings() if row[0] == "any"])
def test_a_word_of_every_form_is_known(element: str, printed: str):
    vocabulary = CATALOGUE.vocabulary
    if element in ROLES:
        column = find_header(
            grid(f"{printed} | 合计\n{CONTENT[ROLES[element]]}"), CATALOGUE
        ).columns[0]
        assert column.role is ROLES[element]
    elif element == "col_no_header":
        assert squash(printed) in vocabulary.column_number_labels
    elif element == "unit_label":
        assert unit_in(printed) is not None
    elif element == "owner_label":
        assert entity_in(f"{printed}某县水利局", CATALOGUE) == "某县水利局"
    else:
        assert is_caption_row(printed.removesuffix(" contents"), CATALOGUE)


@pytest.mark.parametrize(
    ("owner", "printed"),
    [(row[0], row[2]) for row in wordings() if row[0] != "any" and "title" not in row[1]],
)
def test_a_header_or_label_is_known_on_its_form(owner: str, printed: str):
    assert is_known(form(owner), printed)
