"""Budgets balance whatever is drawn, and their forms show what is recorded of them."""

import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from pipelines.domain.disclosure import DocumentKind
from tests.forge.budget.invention import BudgetCharacter, invent_budget
from tests.forge.budget.ledger import (
    FISCAL,
    BudgetLedger,
    Source,
    basic_budget_by_code,
    income_budget_by_item,
    spending_budget_by_item,
)
from tests.forge.budget.printing import print_budget
from tests.forge.budget.strategies import budget_ledgers, printable_budgets
from tests.forge.budget.styles import (
    CENTRAL_BUDGET,
    METROPOLITAN_DEPARTMENT,
    METROPOLITAN_UNIT,
    NAMED_BUDGET_STYLES,
    BudgetForm,
    BudgetStyle,
)
from tests.forge.disclosure import FileFormat, forge_disclosure
from tests.forge.grid import Grid
from tests.forge.invention import Character
from tests.forge.ledger import sum_measures
from tests.forge.printing import PrintedForm, UnprintableLedgerError
from tests.forge.styles import MINISTRY_2022

PLAIN = Character(headcount=20, running_item="2010301", project_items=("2010302",))


def plain_budget(**nature: bool) -> BudgetLedger:
    character = Character(PLAIN.headcount, PLAIN.running_item, PLAIN.project_items, **nature)
    return invent_budget(random.Random(2), character=BudgetCharacter(character))  # noqa: S311


def squeezed(text: str) -> str:
    return "".join(text.split())


def covered(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def numbers_of(form: PrintedForm) -> Mapping[tuple[str, str, str, str], Decimal]:
    return {
        (f.section, f.row_code, f.row_label, f.measure): Decimal(f.amount_text.replace(",", ""))
        for f in form.figures
    }


@given(budget_ledgers())
@settings(max_examples=40)
def test_income_and_expenditure_of_every_item_are_equal(ledger: BudgetLedger):
    income = income_budget_by_item(ledger)
    spending = spending_budget_by_item(ledger.entries)
    assert income.keys() == spending.keys()
    for code, row in income.items():
        assert row["total"] == spending[code]["total"]
        sources = sum(amount for name, amount in row.items() if name in set(Source))
        assert row["total"] == row["opening_balance"] + sources
        assert min(row.values()) >= 0


@given(budget_ledgers())
@settings(max_examples=40)
def test_economic_codes_sum_to_the_basic_expenditure_of_the_general_budget(ledger: BudgetLedger):
    general = sum_measures(spending_budget_by_item(ledger.of(Source.GENERAL)).values())
    basic = sum_measures(basic_budget_by_code(ledger).values())
    assert basic["total"] == general["basic"]
    assert basic["personnel"] == sum(entry.personnel for entry in ledger.of(Source.GENERAL))
    assert basic["public"] == ledger.public_expenses
    assert ledger.agency_operation in {0, basic["public"]}


@given(budget_ledgers())
@settings(max_examples=40)
def test_appropriated_money_is_part_of_all_money(ledger: BudgetLedger):
    assert ledger.spent_from(*FISCAL) <= ledger.total
    assert ledger.total == ledger.income_from(*Source) + ledger.carried_from(*Source)


@given(printable_budgets())
@settings(max_examples=30)
def test_grids_are_whole_and_hold_what_is_recorded(pair: tuple[BudgetLedger, BudgetStyle]):
    ledger, style = pair
    forms = print_budget(ledger, style)
    unprinted = set() if style.lists_projects else {BudgetForm.PROJECTS}
    assert {form.form for form in forms} == set(BudgetForm) - unprinted
    for form in forms:
        grid = form.grid
        whole = [(r, c) for r in range(grid.row_count) for c in range(grid.column_count)]
        assert sorted(covered(grid)) == whole, form.title
        texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
        for placed in grid.figures:
            assert texts[placed.row, placed.column] == placed.figure.amount_text
            assert squeezed(placed.figure.row_label) == placed.figure.row_label
            assert placed.figure.form == form.form


def test_a_unit_splits_the_expenditure_of_its_summary():
    forms = print_budget(plain_budget(has_own_income=True), METROPOLITAN_UNIT)
    summary = numbers_of(forms[0])
    row = {key[3]: value for key, value in summary.items() if key[2] == "支出总计"}
    assert row["amount"] == row["personnel"] + row["public"] + row["project"]
    assert forms[0].title == "2025年预算单位财务收支预算总表"
    assert forms[-1].title == "2025年单位“三公”经费和机关运行经费预算表"


def test_three_public_is_in_wan_yuan_where_the_rest_is_in_yuan():
    ledger = plain_budget()
    forms = print_budget(ledger, METROPOLITAN_DEPARTMENT)
    assert [form.unit_text for form in forms] == ["单位：元"] * 8 + ["单位：万元"]
    agency = numbers_of(forms[-1])["", "", "", "agency_operation"]
    basic = numbers_of(forms[7])["", "", "合计", "public"]
    assert agency == (basic / 10_000).quantize(Decimal("0.01"))


def test_an_empty_form_says_so():
    forms = print_budget(plain_budget(), METROPOLITAN_DEPARTMENT)
    fund = next(form for form in forms if form.form is BudgetForm.GOVERNMENT_FUND)
    assert fund.figures == ()
    assert "本表为空表" in fund.notes[0]


@pytest.mark.parametrize("style", NAMED_BUDGET_STYLES, ids=lambda style: style.house.name)
@pytest.mark.parametrize("file_format", FileFormat)
def test_a_forged_budget_says_that_it_is_one(
    style: BudgetStyle, file_format: FileFormat, tmp_path: Path
):
    forged = forge_disclosure(plain_budget(), style, file_format, tmp_path / "budget")
    assert forged.kind is DocumentKind.BUDGET
    assert forged.figures
    assert {"procurement.total", "assets.vehicles.total"} <= {c.subject for c in forged.claims}


def test_money_carried_over_needs_a_line():
    with pytest.raises(UnprintableLedgerError, match="上年结转"):
        print_budget(plain_budget(carries_over=True), METROPOLITAN_DEPARTMENT)
    assert print_budget(plain_budget(carries_over=True), CENTRAL_BUDGET)


def test_accounts_are_not_printed_in_a_budget_style(tmp_path: Path):
    with pytest.raises(TypeError, match="BudgetLedger"):
        forge_disclosure(plain_budget(), MINISTRY_2022, FileFormat.DOCX, tmp_path / "a.docx")
