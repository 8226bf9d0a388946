"""A change behind a part that was told in passing, or behind a name, was read of another thing.

其中上年结转20万元，比上年增加30万元 was a change of what was carried over, 租车费比上年减少 one
of the operating cost, and 比上年会议费减少 one of the three public expenses.
"""

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.narrative.examples import said

GENERAL, FUND, OVERALL, INCOME = "一般公共预算支出", "政府性基金支出", "收入支出", "收入"
THREE_PUBLIC, COSTS = "“三公”经费", "机关运行经费"


@pytest.mark.parametrize(
    ("heading", "text", "whole"),
    [
        (
            GENERAL,
            "2023年度一般公共预算财政拨款支出500万元，其中上年结转20万元，比上年增加30万元。",
            "general_budget.total",
        ),
        (
            FUND,
            "政府性基金预算财政拨款支出77万元，其中年初结转和结余7万元，较上年下降3.75%。",
            "government_fund.total",
        ),
        (
            OVERALL,
            "支出总计900万元，其中年末结转和结余40万元，与上年相比增加60万元，主要是项目增加50万元。",
            "income_expenditure.expenditure_total",
        ),
    ],
    ids=["carried_in", "fund", "carried_out"],
)
def test_a_change_behind_what_was_carried_over_is_the_wholes(heading: str, text: str, whole: str):
    assert said(heading, text)[2].startswith(f"{whole}.actual direction")


def test_completion_behind_what_was_carried_over_is_the_wholes():
    told = "一般公共预算支出500万元，其中上年结转20万元，完成年初预算的98.5%。"
    assert said(GENERAL, told)[-1] == "general_budget.total.actual completion 98.5 opening_budget"


def test_a_budgets_change_is_known_though_what_it_stands_behind_is_in_doubt():
    told = "2024年部门支出预算600万元，其中上年结转25万元，比上年增加45万元。"
    assert said("部门支出", told, kind=DocumentKind.BUDGET, fiscal_year=2024)[1:] == [
        "income.opening_balance.budget amount 25 ?",
        "expenditure.total.budget direction 增加 prior",
        "expenditure.total.budget change 45 prior",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "上年结转比上年增加3万元。",
        "比上年增加3万元，增长17.65%。",
        "比上年增加3万元；本年收入480万元，比上年减少1万元。",
    ],
    ids=["named", "grown_so", "listed"],
)
def test_the_change_of_what_was_carried_over_stays_its_own(rest: str):
    told = said(OVERALL, f"收入总计500万元，其中上年结转20万元，{rest}")
    assert "income.opening_balance.actual change 3 prior_final" in told
    assert "income_expenditure.income_total.actual change 3 prior_final" not in told


def test_a_bracket_keeps_the_change_of_its_part():
    told = "一般公共预算支出500万元（其中上年结转20万元，比上年增加3万元），比上年减少9万元。"
    assert said(GENERAL, told)[3::2] == [
        "general_budget.opening_balance.actual change 3 prior_final",
        "general_budget.total.actual change 9 prior_final",
    ]


@pytest.mark.parametrize(
    ("parts", "whose"),
    [
        ("事业收入7万元、其他收入2万元，", "income.total"),
        ("事业收入7万元和其他收入2万元，", "income.total"),
        ("事业收入7万元，其他收入2万元，", "income.other"),
        ("事业收入预算8万元、决算7万元，", "income.institutional"),
    ],
    ids=["commas", "and", "alike", "one_thing"],
)
def test_parts_that_stand_closer_than_the_change_leave_it_to_the_whole(parts: str, whose: str):
    told = said(INCOME, f"本年收入合计9万元，其中：{parts}比上年减少1万元。")
    assert told[-1] == f"{whose}.actual change 1 prior_final"


@pytest.mark.parametrize(
    ("behind", "claim"),
    [
        ("后者比上年减少1万元", "income.other.actual change 1 prior_final"),
        ("均比上年减少1万元", " amount 1 ?"),
        ("事业收入比上年减少1万元", "income.institutional.actual change 1 prior_final"),
    ],
)
def test_a_comparison_that_says_whose_it_is_is_not_the_wholes(behind: str, claim: str):
    told = f"本年收入合计9万元，其中：事业收入7万元、其他收入2万元，{behind}。"
    assert said(INCOME, told)[-1] == claim


@pytest.mark.parametrize(
    "text",
    [
        "机关运行经费60万元，租用车辆4辆。租车费比上年减少2万元。",
        "机关运行经费60万元，比上年减少5万元。车辆租赁费较上年减少2万元。",
        "机关运行经费60万元，其他交通补贴与上年相比减少2万元。",
    ],
)
def test_the_change_of_a_cost_that_nobody_knows_is_nobodys(text: str):
    assert said(COSTS, text)[-1] == " amount 2 ?"


@pytest.mark.parametrize("words", ["总体", "各项经费", "我局上述费用"])
def test_words_that_name_no_cost_leave_the_change_to_what_is_spoken_of(words: str):
    told = f"机关运行经费60万元，{words}比上年减少2万元。"
    assert said(COSTS, told)[-1] == "operating_cost.total.actual change 2 prior_final"


@pytest.mark.parametrize(
    ("heading", "text", "claim"),
    [
        (
            THREE_PUBLIC,
            "“三公”经费支出9万元，比上年会议费减少2万元。",
            "meetings.total.actual change 2 prior_final",
        ),
        (
            "会议费、培训费",
            "会议费支出9万元，较上年公务接待费增加2万元。",
            "three_public.reception.actual change 2 prior_final",
        ),
        (COSTS, "机关运行经费支出60万元，较上年培训费增加2万元。", " amount 2 ?"),
        (
            THREE_PUBLIC,
            "“三公”经费支出9万元，比上年财政拨款支出减少2万元。",
            "three_public.total.actual change 2 prior_final",
        ),
    ],
    ids=["meetings", "reception", "costs_part", "only_money"],
)
def test_a_thing_named_right_before_the_change_owns_it(heading: str, text: str, claim: str):
    assert said(heading, text)[-1] == claim
