"""The catalogue that ships is consistent, and a broken one is refused."""

from collections import Counter

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.recognising import catalogue as module
from pipelines.recognising.catalogue import Catalogue, FormSpec, Layout, Role, load_catalogue
from pipelines.recognising.wording import fold_header, fold_label

CATALOGUE = load_catalogue()
FORMS = pytest.mark.parametrize("spec", CATALOGUE.forms, ids=lambda spec: spec.form)

# FORMS.md of the design names these.
FINAL_ACCOUNTS = {
    "income_expenditure_summary",
    "income",
    "expenditure",
    "appropriation_summary",
    "general_budget_expenditure",
    "basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
}
BUDGETS = {
    "budget_summary",
    "budget_income",
    "budget_expenditure",
    "budget_appropriation_summary",
    "budget_general_expenditure",
    "budget_government_fund",
    "budget_state_capital",
    "budget_basic_expenditure",
    "budget_three_public",
}


def minimal(**changes: object) -> dict[str, object]:
    """A form's entry as the YAML file has it."""
    return {
        "form": "made",
        "kind": "budget",
        "layout": "coded",
        "titles": ["某表"],
        "sections": {"": {"measures": {"total": ["合计"]}}},
        **changes,
    }


@pytest.mark.parametrize(
    ("kind", "names"),
    [(DocumentKind.FINAL_ACCOUNTS, FINAL_ACCOUNTS), (DocumentKind.BUDGET, BUDGETS)],
)
def test_the_standard_forms_of_each_publication_are_there(kind: DocumentKind, names: set[str]):
    assert names <= {spec.form for spec in CATALOGUE.forms if spec.kind is kind}


def test_every_form_has_one_entry():
    counts = Counter(spec.form for spec in CATALOGUE.forms)
    assert [form for form, count in counts.items() if count > 1] == []


@FORMS
def test_titles_and_labels_are_folded_and_can_match(spec: FormSpec):
    assert all(title == fold_header(title) for title in spec.titles)
    labels = [label for section in spec.sections for line in section.lines for label in line.labels]
    assert all(label == fold_label(label) for label in labels)


@FORMS
def test_sides_belong_to_two_sided_forms_only(spec: FormSpec):
    names = [section.section for section in spec.sections]
    assert names == (["income", "expenditure"] if spec.layout is Layout.TWO_SIDED else [""])


@FORMS
def test_a_header_path_names_one_measure(spec: FormSpec):
    for section in spec.sections:
        owners: dict[frozenset[str], str] = {}
        for path in section.paths:
            assert owners.setdefault(path.cells, path.measure) == path.measure, path


@FORMS
def test_a_label_names_one_line_unless_another_line_must_come_first(spec: FormSpec):
    for section in spec.sections:
        counts = Counter(label for line in section.lines if not line.after for label in line.labels)
        assert [label for label, count in counts.items() if count > 1] == []


@FORMS
def test_a_line_waits_only_for_a_line_of_its_side(spec: FormSpec):
    for section in spec.sections:
        names = [line.line for line in section.lines]
        assert {line.after for line in section.lines if line.after} <= set(names)
        assert len(names) == len(set(names))


def test_no_word_has_two_roles_in_the_vocabulary():
    words = [
        fold_header(word)
        for listed in module._load_yaml("vocabulary.yaml")["roles"].values()
        for word in listed
    ]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_codes_names_and_line_numbers_are_told_apart():
    assert CATALOGUE.vocabulary.roles["项目"] is Role.NAME
    assert CATALOGUE.vocabulary.roles["项"] is Role.CODE
    assert CATALOGUE.vocabulary.roles["行次"] is Role.LINE_NUMBER


def test_statements_of_emptiness_name_forms_that_exist():
    named = {form for forms in CATALOGUE.vocabulary.empty_subjects.values() for form in forms}
    assert named <= {spec.form for spec in CATALOGUE.forms}


def test_an_alias_stands_for_each_of_its_words():
    entry = minimal(
        aliases={"fee": ["费", "费用"]},
        sections={"": {"measures": {"total": ["预算数/$fee"]}}},
    )
    (section,) = module._read_form(entry).sections
    assert {path.cells for path in section.paths} == {
        frozenset({"预算数", "费"}),
        frozenset({"预算数", "费用"}),
    }


def test_an_alias_without_words_is_refused_by_name():
    entry = minimal(sections={"": {"measures": {"total": ["$missing"]}}})
    with pytest.raises(ValueError, match="missing"):
        module._read_form(entry)


def test_two_forms_with_one_title_are_refused_by_name():
    first = module._read_form(minimal(form="first"))
    second = module._read_form(minimal(form="second", titles=["另表", "2024年某表"]))
    with pytest.raises(ValueError, match="first and second share the title 某表"):
        module._require_distinct_titles([first, second])


def test_the_catalogue_is_loaded_once():
    assert load_catalogue() is CATALOGUE
    assert isinstance(CATALOGUE, Catalogue)
