"""The invented books balance, whatever is drawn."""

import random

import pytest
from hypothesis import given, settings

from tests.forge.invention import ANYWHERE, Character, invent_ledger
from tests.forge.ledger import (
    Ledger,
    Money,
    fund_by_item,
    income_by_item,
    spending_by_class,
    spending_by_item,
    sum_measures,
)
from tests.forge.strategies import ledgers

EVERYTHING = Character(
    headcount=40,
    running_item="2120101",
    project_items=("2120102", "2120399"),
    carries_over=True,
    has_government_fund=True,
    has_state_capital=True,
    has_own_income=True,
)


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_sources_of_the_year_equal_its_uses(ledger: Ledger):
    assert ledger.grand_total == ledger.spending + ledger.allocated + ledger.closing


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_every_fiscal_money_balances_by_itself(ledger: Ledger):
    for money in Money:
        came = ledger.fiscal_opening(money) + ledger.fiscal_income(money)
        assert came == ledger.fiscal_spending(money) + ledger.fiscal_closing(money)


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_nothing_is_negative(ledger: Ledger):
    for entry in (*ledger.fiscal, *ledger.own):
        assert min(entry.opening, entry.income, entry.spent, entry.closing) >= 0
    assert min((*ledger.economic.values(), *ledger.initial_budget.values())) >= 0


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_the_forms_by_item_sum_to_the_summary(ledger: Ledger):
    assert sum_measures(income_by_item(ledger).values()).get("total", 0) == ledger.income
    assert sum_measures(spending_by_item(ledger).values())["total"] == ledger.spending
    assert sum(spending_by_class((*ledger.fiscal, *ledger.own)).values()) == ledger.spending


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_fund_rows_roll_forward(ledger: Ledger):
    for row in fund_by_item(ledger, Money.GOVERNMENT_FUND).values():
        assert row["opening_balance"] + row["income"] - row["total"] == row["closing_balance"]
        assert row["basic"] + row["project"] == row["total"]


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_economic_codes_sum_to_the_basic_expenditure_of_the_general_budget(ledger: Ledger):
    assert sum(ledger.economic.values()) == ledger.general_basic
    assert ledger.personnel + ledger.public_expenses == ledger.general_basic


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_three_public_holds_at_least_what_basic_expenditure_holds_of_it(ledger: Ledger):
    assert ledger.actual.reception >= ledger.economic.get("30217", 0)
    assert ledger.actual.vehicle_operation >= ledger.economic.get("30231", 0)
    assert ledger.budgeted.total >= ledger.actual.total
    assert (ledger.actual.reception > 0) == (ledger.counts.receptions > 0)
    assert ledger.assets.vehicle_total >= ledger.counts.vehicles_kept


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_enterprises_win_no_more_than_was_bought(ledger: Ledger):
    bought = ledger.procurement
    assert bought.micro <= bought.sme <= bought.total


@pytest.mark.parametrize("seed", range(50))
def test_a_year_opens_with_what_the_year_before_closed_with(seed: int):
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    first = invent_ledger(rng, ANYWHERE, 2022, EVERYTHING)
    second = invent_ledger(rng, ANYWHERE, 2023, EVERYTHING, first)
    assert second.opening == first.closing
    assert second.prior is not None
    assert second.prior.grand_total == first.grand_total
    assert second.grand_total == second.spending + second.allocated + second.closing


def test_the_same_seed_invents_the_same_ledger():
    assert invent_ledger(random.Random(7)) == invent_ledger(random.Random(7))  # noqa: S311
