"""The catalogue that ships is consistent, and a broken one is refused."""

from collections import Counter

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.recognising import catalogue as module
from pipelines.recognising.catalogue import (
    Catalogue,
    FormSpec,
    Layout,
    NamedLine,
    SectionSpec,
    Wanted,
    load_catalogue,
)
from pipelines.recognising.wording import squash

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


def minimal(**changes: object) -> FormSpec:
    """A form as the YAML file has it."""
    return module._read_form(
        {
            "form": "made",
            "kind": "budget",
            "layout": "coded",
            "family": "expenditure",
            "titles": ["expenditure"],
            "sections": {"": {"measures": {"total": ["total"]}}},
            **changes,
        }
    )


def made_section(**entry: object) -> SectionSpec:
    return module._read_section("", entry)


@pytest.mark.parametrize(
    ("kind", "names"),
    [(DocumentKind.FINAL_ACCOUNTS, FINAL_ACCOUNTS), (DocumentKind.BUDGET, BUDGETS)],
)
def test_the_standard_forms_of_each_publication_are_there(kind: DocumentKind, names: set[str]):
    standard = {spec.form for spec in CATALOGUE.forms if spec.is_standard and spec.kind is kind}
    assert names <= standard


def test_every_form_has_one_entry():
    counts = Counter(spec.form for spec in CATALOGUE.forms)
    assert [form for form, count in counts.items() if count > 1] == []


TWINS = {spec.twin: spec for spec in CATALOGUE.forms if spec.twin}


@pytest.mark.parametrize(("form", "first"), TWINS.items(), ids=list(TWINS))
def test_a_second_printing_has_no_title_of_its_own_and_measures_the_same(
    form: str, first: FormSpec
):
    twin = CATALOGUE.by_name[form]
    assert twin.titles == ()
    assert (twin.kind, twin.layout, twin.sections) == (first.kind, first.layout, first.sections)


@pytest.mark.parametrize(
    "spec",
    [spec for spec in CATALOGUE.forms if spec.form not in TWINS],
    ids=lambda spec: spec.form,
)
def test_a_title_of_concepts_names_its_form(spec: FormSpec):
    kind = "budget" if spec.kind is DocumentKind.BUDGET else "final"
    named = [CATALOGUE.forms_titled(title | {kind}) for title in spec.titles]
    by_unit = {CATALOGUE.by_name[spec.by_unit]} if spec.by_unit else set()
    assert named
    assert all(set(forms) <= {spec, *by_unit} for forms in named)
    assert (spec,) in named


@FORMS
def test_the_form_by_units_exists(spec: FormSpec):
    assert not spec.by_unit or spec.by_unit in CATALOGUE.by_name


@FORMS
def test_sides_belong_to_two_sided_forms_only(spec: FormSpec):
    names = [section.section for section in spec.sections]
    if spec.layout is Layout.TWO_SIDED:
        assert names[:2] == ["income", "expenditure"]
        assert set(names[2:]) <= {"purpose"}
    else:
        assert names == [""]


@FORMS
def test_what_names_a_measure_names_no_other(spec: FormSpec):
    for section in spec.sections:
        for measure, wanted in section.measures:
            assert section.measure(wanted.required) in ("", measure)
        assert {section.measure(wanted.required) for _, wanted in section.measures} >= set(
            section.main_measures
        )


@FORMS
def test_a_line_waits_only_for_a_line_of_its_side(spec: FormSpec):
    for section in spec.sections:
        names = [line.line for line in section.lines]
        waited_for = {line.after for line in section.lines if line.after}
        waited_for |= {other for line in section.lines for other, _ in line.below}
        assert waited_for <= set(names)
        assert len(names) == len(set(names))


@FORMS
def test_a_label_names_one_line_unless_another_line_must_come_first(spec: FormSpec):
    for section in spec.sections:
        free = [line for line in section.lines if not line.after]
        for line in free:
            for wanted in line.labels:
                fitting = {
                    other.line
                    for other in free
                    if any(
                        each.fits(wanted.required, section.line_neutral) for each in other.labels
                    )
                }
                assert fitting == {line.line}


def test_statements_of_emptiness_name_forms_that_exist():
    named = {form for forms in CATALOGUE.vocabulary.empty_subjects.values() for form in forms}
    assert named <= CATALOGUE.by_name.keys()


def test_terms_are_folded_and_can_match():
    assert all(term == squash(term) for term in CATALOGUE.grammar.terms)
    assert "" not in CATALOGUE.grammar.terms


def test_a_term_of_alternatives_stands_for_each_of_them():
    grammar = module._read_grammar(
        {"modifiers": ["数"], "concepts": {"basic": ["基本{支出|}{类|}"], "expenditure": ["支出"]}}
    )
    for term in ("基本", "基本支出", "基本类", "基本支出类"):
        assert grammar.terms[term] == {"basic"}
    assert grammar.terms["数"] == frozenset()


def test_one_term_may_stand_for_several_concepts():
    grammar = module._read_grammar(
        {"modifiers": [], "concepts": {"income": ["收支"], "expenditure": ["收支"]}}
    )
    assert grammar.concepts("收支") == {"income", "expenditure"}


def test_concepts_in_brackets_may_be_missing():
    wanted = Wanted(frozenset({"vehicle_purchase"}), frozenset({"vehicle", "total"}))
    assert module._wanted(["(vehicle) vehicle_purchase (total)"]) == (wanted,)
    assert wanted.fits(frozenset({"vehicle_purchase", "vehicle"}), frozenset())
    assert not wanted.fits(frozenset({"vehicle"}), frozenset())
    assert not wanted.fits(frozenset({"vehicle_purchase", "reception"}), frozenset())
    assert wanted.fits(frozenset({"vehicle_purchase", "actual"}), frozenset({"actual"}))


def test_the_way_that_says_most_names_the_measure_and_a_tie_names_none():
    section = made_section(
        measures={"total": ["total"], "basic": ["basic (total)"]}, neutral=["basic"]
    )
    assert section.measure(frozenset({"total", "basic"})) == "basic"
    tie = made_section(measures={"one": ["total (basic)"], "other": ["basic (total)"]})
    assert tie.measure(frozenset({"total", "basic"})) == ""
    assert section.measure(frozenset({"project"})) == ""


def test_a_column_and_an_item_are_crossed_to_a_measure():
    section = made_section(
        crossed={
            "columns": {"budget": ["budgeted"], "actual": ["actual"]},
            "items": {"total": ["total"], "reception": ["reception"]},
        }
    )
    names = ("budget_total", "budget_reception", "actual_total", "actual_reception")
    assert section.main_measures == names
    assert section.measure(frozenset({"actual", "reception"})) == "actual_reception"
    assert section.measure_down(frozenset({"actual"}), frozenset({"reception"})) == (
        "actual_reception"
    )


def test_a_form_with_a_concept_without_a_term_is_refused_by_name():
    module._require_known_concepts([minimal()], CATALOGUE.grammar)
    with pytest.raises(ValueError, match=r"without a term: .*mystery"):
        module._require_known_concepts([minimal(titles=["mystery"])], CATALOGUE.grammar)


def test_two_forms_with_one_title_are_refused_by_name():
    first, second = minimal(form="first"), minimal(form="second")
    with pytest.raises(ValueError, match="first and second share the title"):
        module._require_distinct_titles([first, second])
    module._require_distinct_titles([first, minimal(form="second", kind="final_accounts")])


def test_a_title_fits_with_what_it_may_add_and_nothing_else():
    spec = minimal(may_add=["detail"])
    assert spec.title_weight(frozenset({"expenditure"})) == (1, 0)
    assert spec.title_weight(frozenset({"expenditure", "detail"})) == (1, -1)
    assert spec.title_weight(frozenset({"expenditure", "income"})) is None
    assert spec.title_weight(frozenset({"detail"})) is None


def test_a_header_s_word_may_be_broken_over_its_cells():
    assert CATALOGUE.header_concepts(["一般公共预算财政拨", "款"]) == {"general_public_budget"}
    assert CATALOGUE.header_concepts(["本年支出", "小计"]) is not None
    assert CATALOGUE.header_concepts(["神秘", "小计"]) is None
    assert CATALOGUE.header_concepts([]) == frozenset()


def test_the_catalogue_is_loaded_once():
    assert load_catalogue() is CATALOGUE
    assert isinstance(CATALOGUE, Catalogue)


def test_a_code_over_the_name_of_its_class_says_nothing_more():
    catalogue = load_catalogue()
    assert catalogue.header_concepts(["302", "商品和服务支出"]) == {"econ_302"}
    assert catalogue.header_concepts(["302"]) is None


@pytest.mark.parametrize(
    ("found", "fits", "weight"),
    [
        ({"basic"}, True, 1),
        ({"basic", "total"}, True, 2),
        ({"basic", "actual"}, True, 1),
        ({"total"}, False, 1),
        ({"basic", "project"}, False, 1),
        (set(), False, 0),
    ],
)
def test_a_way_to_say_something_fits_with_what_may_be_and_what_is_neutral(
    found: set[str],
    fits: bool,  # noqa: FBT001
    weight: int,
):
    wanted = Wanted(frozenset({"basic"}), frozenset({"total"}))
    assert wanted.fits(frozenset(found), frozenset({"actual"})) is fits
    assert wanted.weight(frozenset(found)) == weight


LINE = NamedLine(
    "second",
    (Wanted(frozenset({"basic"}), frozenset()),),
    "first",
    (("third", (Wanted(frozenset({"total"}), frozenset()),)),),
)


@pytest.mark.parametrize(
    ("found", "seen", "waits"),
    [
        ({"basic"}, ["first"], True),
        ({"basic"}, [], False),
        ({"basic"}, ["third"], False),
        ({"total"}, ["third"], True),
        ({"total"}, ["first"], False),
        ({"project"}, ["first", "third"], False),
    ],
)
def test_a_line_waits_for_the_line_that_it_stands_below(
    found: set[str],
    seen: list[str],
    waits: bool,  # noqa: FBT001
):
    assert LINE.waits_for(frozenset(found), frozenset(), seen) is waits
    bare = NamedLine("second", LINE.labels, "")
    assert not bare.waits_for(frozenset(found), frozenset(), seen)


@pytest.mark.parametrize(
    ("label", "counts"),
    [
        ("车辆（辆）", True),
        ("设备（台、套）", True),
        ("设备（台/套）", True),
        ("设备（台(套)）", True),
        ("设备（台、元）", False),
        ("设备（元）", False),
        ("设备（）", False),
        ("（辆）车", False),
        ("车辆数合计", True),
        ("设备", False),
    ],
)
def test_brackets_behind_a_label_say_that_it_counts_things(label: str, counts: bool):  # noqa: FBT001
    assert CATALOGUE.vocabulary.counts_things(label) is counts


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("指标值(包含数字及文字描述)", "指标值"),
        ("金额(甲乙丙)", "金额(甲乙丙)"),
        ("(甲乙丙)", "(甲乙丙)"),
        ("甲(乙)", "甲(乙)"),
        ("指标值", "指标值"),
    ],
)
def test_only_heads_of_indicators_are_explained_in_brackets(word: str, bare: str):
    assert CATALOGUE.without_explanation(word) == bare


@pytest.mark.parametrize(
    ("found", "names"),
    [
        ({"expenditure", "final"}, ["expenditure"]),
        ({"expenditure", "budget"}, ["budget_expenditure"]),
        ({"expenditure"}, ["expenditure", "budget_expenditure"]),
        ({"expenditure", "final", "budget"}, ["expenditure", "budget_expenditure"]),
        ({"general_public_budget", "expenditure", "final"}, ["general_budget_expenditure"]),
        ({"expenditure", "meeting"}, []),
        (set(), []),
    ],
)
def test_a_title_names_one_form_of_each_kind_that_it_says(found: set[str], names: list[str]):
    assert [spec.form for spec in CATALOGUE.forms_titled(frozenset(found))] == names


@pytest.mark.parametrize(
    ("cells", "concepts"),
    [
        (("301", "工资福利支出"), {"econ_301"}),
        (("30101", "合计"), {"total"}),
        (("基本", "支出"), {"basic"}),
        (("合计", "基本", "支出"), {"total", "basic"}),
        (("神秘", "合计"), None),
        (("301",), None),
        ((), set()),
        (("", " "), set()),
    ],
)
def test_what_the_cells_above_a_column_say(cells: tuple[str, ...], concepts: set[str] | None):
    assert CATALOGUE.header_concepts(cells) == concepts


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("合计", True),
        ("总计", True),
        ("支出合计", False),
        ("甲", False),
        ("", False),
        ("其中", False),
    ],
)
def test_a_label_names_a_total_and_nothing_else(label: str, names: bool):  # noqa: FBT001
    assert CATALOGUE.names_total(label) is names


def test_a_measure_that_goes_on_another_s_name_is_a_part_of_it():
    section = CATALOGUE.by_name["expenditure"].sections[0]
    assert section.main_measures[:3] == ("total", "basic", "project")
    assert not {"basic_personnel", "basic_public"} & set(section.main_measures)
