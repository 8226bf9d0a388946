"""Hypothesis strategies for budgets and their house styles.

Knows which layouts can be combined. Does not know how they are rendered.
"""

import random
from dataclasses import replace

from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from tests.forge.budget.invention import draw_budget_character, invent_budget
from tests.forge.budget.ledger import BudgetLedger
from tests.forge.budget.styles import (
    BudgetOrder,
    BudgetStyle,
    BudgetThreePublicLayout,
    BudgetTitles,
    BudgetWords,
    IncomeColumns,
    TitlePrefix,
)
from tests.forge.strategies import LARGEST_SEED, styles
from tests.forge.styles import HouseStyle, NumberFormat

FIRST_YEAR, LAST_YEAR = 2020, 2026


def budget_number_formats() -> st.SearchStrategy[NumberFormat]:
    """元 with or without cents, or 万元 with two or more decimals."""
    yuan = st.builds(
        NumberFormat,
        unit=st.just(PrintedUnit.YUAN),
        decimals=st.sampled_from((0, 2)),
        trims_zeros=st.booleans(),
        separates_thousands=st.booleans(),
    )
    ten_thousand = st.builds(
        NumberFormat,
        unit=st.just(PrintedUnit.WAN_YUAN),
        decimals=st.sampled_from((2, 4, 6)),
        trims_zeros=st.booleans(),
        separates_thousands=st.booleans(),
    )
    return st.one_of(yuan, yuan, ten_thousand)


def budget_words() -> st.SearchStrategy[BudgetWords]:
    """Wordings of lines and headers, each varied independently."""
    return st.builds(
        BudgetWords,
        income_side=st.sampled_from(("本年收入", "收入", "收    入")),
        expenditure_side=st.sampled_from(("本年支出", "支出", "支    出")),
        amount=st.sampled_from(("预算数", "金额")),
        general=st.sampled_from(
            ("一般公共预算资金", "一般公共预算", "一般公共预算拨款", "一般公共预算财政拨款")
        ),
        government_fund=st.sampled_from(
            ("政府性基金", "政府性基金预算", "政府性基金预算拨款", "政府性基金预算资金")
        ),
        state_capital=st.sampled_from(
            ("国有资本经营预算", "国有资本经营预算拨款", "国有资本经营预算资金")
        ),
        fund_income=st.sampled_from(("拨款收入", "财政拨款收入")),
        sub_number=st.sampled_from(("{number}. ", "{number}、", "  {number}.")),
        operating=st.sampled_from(("事业单位\n经营收入", "事业单位经营收入")),
        economic_item=st.sampled_from(("项目", "部门预算支出经济分类科目")),
        economic_code=st.sampled_from(
            ("部门预算经济分类科目\n编码", "部门预算经济分类科目编码", "科目编码")
        ),
        economic_name=st.sampled_from(("经济分类科目名称", "部门经济分类科目名称", "科目名称")),
        overseas=st.sampled_from(("因公出国(境)费", "因公出国（境）费")),
        vehicle=st.sampled_from(("公务用车购置及运行费", "公务用车购置及运行维护费")),
        vehicle_purchase=st.sampled_from(("购置费", "公务用车购置费")),
        vehicle_operation=st.sampled_from(("运行费", "公务用车运行费")),
        agency_operation=st.sampled_from(
            ("机关运行经费预算\n数", "机关运行经费预算数", "机关运行经费")
        ),
        note_opening=st.sampled_from(("注：", "注:", "说明：")),
    )


@st.composite
def budget_houses(draw: st.DrawFn) -> HouseStyle:
    """What budgets have in common with final accounts, in the number formats of budgets."""
    return replace(
        draw(styles()),
        numbers=draw(budget_number_formats()),
        has_state_capital_line=True,
        none_mark=draw(st.sampled_from(("", "无"))),
    )


def budget_styles() -> st.SearchStrategy[BudgetStyle]:
    """Budget styles in which every attribute varies independently."""
    return st.builds(
        BudgetStyle,
        house=budget_houses(),
        titles=st.sampled_from(BudgetTitles),
        order=st.sampled_from(BudgetOrder),
        prefix=st.sampled_from(TitlePrefix),
        three_public_prefix=st.sampled_from(TitlePrefix),
        words=budget_words(),
        income_columns=st.sampled_from(IncomeColumns),
        three_public=st.sampled_from(BudgetThreePublicLayout),
        splits_summary=st.booleans(),
        nests_funds=st.booleans(),
        balances_carry_over=st.booleans(),
        splits_appropriation=st.booleans(),
        outlines_appropriation=st.booleans(),
        heads_columns=st.booleans(),
        compares_three_public=st.booleans(),
        lists_every_kind=st.booleans(),
        upright_forms=st.booleans(),
        lists_projects=st.booleans(),
    )


@st.composite
def budget_ledgers(
    draw: st.DrawFn, *, may_carry_over: bool = True, may_have_rare_money: bool = True
) -> BudgetLedger:
    """Budgets of one department, each drawn whole from a seed."""
    rng = random.Random(draw(st.integers(0, LARGEST_SEED)))  # noqa: S311 - reproducible, not secret
    drawn = draw_budget_character(rng)
    character = replace(
        drawn,
        nature=replace(drawn.nature, carries_over=drawn.nature.carries_over and may_carry_over),
        has_rare_money=drawn.has_rare_money and may_have_rare_money,
    )
    year = draw(st.integers(FIRST_YEAR, LAST_YEAR))
    return invent_budget(rng, fiscal_year=year, character=character)


@st.composite
def printable_budgets(draw: st.DrawFn) -> tuple[BudgetLedger, BudgetStyle]:
    """A budget and a style that has a place for all of its money."""
    style = draw(budget_styles())
    ledger = draw(
        budget_ledgers(
            may_carry_over=style.balances_carry_over,
            may_have_rare_money=style.lists_every_kind and not style.splits_summary,
        )
    )
    return ledger, style
