"""The provincial forms agree with the nine they stand beside."""

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.forge.borrowed import larger_city_bureau, small_county_bureau
from tests.forge.invention import ANYWHERE, Character, invent_ledger
from tests.forge.ledger import Ledger, economic_by_item, spending_by_class, sum_measures
from tests.forge.printing import PrintedForm, print_forms
from tests.forge.strategies import ledgers
from tests.forge.styles import (
    MINISTRY_2022,
    YUAN_PRINTING,
    ExtraForm,
    Form,
    HouseStyle,
    ProjectColumns,
    UnitTitles,
)

LEDGER = invent_ledger(
    random.Random(4),  # noqa: S311 - reproducible, and nothing is kept secret
    character=Character(
        headcount=20,
        running_item="2010301",
        project_items=("2010302",),
        has_government_fund=True,
        has_own_income=True,
    ),
)
EVERYTHING = replace(YUAN_PRINTING, extra_forms=frozenset(ExtraForm))


def forms_of(style: HouseStyle, ledger: Ledger = LEDGER) -> dict[str, PrintedForm]:
    return {str(form.form): form for form in print_forms(ledger, style)}


def sums(form: PrintedForm, *, all_rows: bool = True) -> Counter[str]:
    """The sums of a form's columns over the rows below its total, or over its 项 only."""
    total: Counter[str] = Counter()
    for figure in form.figures:
        if figure.row_label != "合计" and (all_rows or len(figure.row_code) == 7):
            total[figure.measure] += Decimal(figure.amount_text.replace(",", ""))
    return total


def totals(form: PrintedForm) -> Counter[str]:
    return Counter(
        {
            figure.measure: Decimal(figure.amount_text.replace(",", ""))
            for figure in form.figures
            if figure.row_label == "合计"
        }
    )


@pytest.mark.parametrize("form", [ExtraForm.INCOME_BY_UNIT, ExtraForm.EXPENDITURE_BY_UNIT], ids=str)
def test_units_sum_to_the_department(form: ExtraForm):
    printed = forms_of(EVERYTHING)
    same = Form.INCOME if form is ExtraForm.INCOME_BY_UNIT else Form.EXPENDITURE
    assert sums(printed[form]) == totals(printed[form]) == totals(printed[same])
    assert {figure.row_code for figure in printed[form].figures} == {""}


def test_titles_tell_a_form_by_unit_from_the_same_form_by_function():
    style = replace(EVERYTHING, unit_titles=UnitTitles.LISTED)
    titles = [form.title for form in print_forms(LEDGER, style)][1:3]
    assert titles == ["收入决算表（按功能分类列示）", "收入决算表（按单位列示）"]


@pytest.mark.parametrize("columns", ProjectColumns, ids=str)
def test_projects_sum_to_the_fiscal_project_expenditure(columns: ProjectColumns):
    form = forms_of(replace(EVERYTHING, project_columns=columns))["project_expenditure"]
    by_item = sums(form, all_rows=False)
    assert by_item == totals(form)
    is_general = columns is ProjectColumns.TOTAL
    entries = [it for it in LEDGER.fiscal if it.money == "general_public_budget" or not is_general]
    assert by_item["total"] * 100 == sum(entry.project for entry in entries)


@given(ledgers())
@settings(max_examples=40)
def test_economic_classes_of_an_item_sum_to_its_fiscal_spending(ledger: Ledger):
    detail = economic_by_item(ledger)
    by_class = spending_by_class(ledger.fiscal)
    assert sum(row["total"] for row in detail.values()) == sum(by_class.values())
    spent = Counter[str]()
    for entry in ledger.fiscal:
        spent[entry.code] += entry.spent
    for code, row in detail.items():
        assert row["total"] == spent[code]
        assert min(row.values()) >= 0


@pytest.mark.parametrize("ledger", [small_county_bureau(ANYWHERE), larger_city_bureau(ANYWHERE)])
def test_borrowed_figures_have_economic_classes_too(ledger: Ledger):
    assert sum_measures(economic_by_item(ledger).values())["total"] == ledger.fiscal_spending()


def test_agency_operation_is_the_public_expenditure_and_marks_are_no_figures():
    printed = forms_of(replace(EVERYTHING, not_applicable_mark="一"))["agency_operation"]
    assert {figure.measure for figure in printed.figures} == {"actual"}
    assert totals(printed)["actual"] * 100 == LEDGER.public_expenses
    assert sums(printed) == totals(printed)


def test_further_forms_are_numbered_where_they_stand():
    style = replace(MINISTRY_2022, extra_forms=frozenset({ExtraForm.PROJECT_EXPENDITURE}))
    numbers = {form.number_text: form.form for form in print_forms(LEDGER, style)}
    assert numbers["公开07表"] is ExtraForm.PROJECT_EXPENDITURE
    assert len(numbers) == 10
