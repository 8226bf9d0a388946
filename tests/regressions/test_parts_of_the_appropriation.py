"""What a list opened by 财政拨款 named was read as all the year's income, expenditure or 类.

It is part of 财政拨款; and where one fund is told to be as much, the 类, 款 and 项 are that fund's.
"""

import pytest

from pipelines.domain.disclosure import ClaimKind, DocumentKind
from tests.unit.normalising.drawn import stated

INCOME, SPENDING = "一、单位收入情况", "二、单位支出情况"


def amounts(*texts: str) -> list[tuple[str, str]]:
    """What the amounts of a budget's narrative are of, and how they are printed."""
    claims = stated(*texts, kind=DocumentKind.BUDGET)
    return [(each.subject, each.value_text) for each in claims if each.kind is ClaimKind.AMOUNT]


def test_income_of_the_year_and_what_was_brought_forward_are_parts_of_the_appropriation():
    told = "单位财政拨款收入620.50万元，其中：本年收入600.50万元，上年结转20.00万元。"
    assert amounts(INCOME, told)[1:] == [
        ("appropriation.income.budget", "600.50"),
        ("appropriation.opening_balance.budget", "20.00"),
    ]


def test_they_are_parts_of_all_income_in_its_own_list():
    told = "收入合计650.50万元，其中：财政拨款收入620.50万元，上年结转30.00万元。"
    assert amounts(INCOME, told)[-1] == ("income.opening_balance.budget", "30.00")


@pytest.mark.parametrize(
    ("parts", "subject"),
    [
        ("一般公共预算620.50万元；上年结转30.00万元", "income.opening_balance.budget"),
        ("一般公共预算590.50万元；上年结转30.00万元", "appropriation.opening_balance.budget"),
    ],
)
def test_parts_that_are_complete_leave_no_room_for_another(parts: str, subject: str):
    assert amounts(INCOME, f"财政拨款收入620.50万元，其中：{parts}。")[-1] == (subject, "30.00")


def test_other_income_ends_the_list():
    told = (
        "财政拨款收入620.50万元，其中：一般公共预算600.00万元；事业收入9.00万元，本年收入5.00万元。"
    )
    claims = stated(INCOME, told, kind=DocumentKind.BUDGET)
    assert [each.whole_index for each in claims] == [None, 0, None, None]
    assert claims[-1].subject == "income.total.budget"


@pytest.mark.parametrize("name", ["财政拨款安排支出", "财政拨款安排的支出", "财政拨款支出"])
def test_basic_and_project_expenditure_are_parts_of_what_is_appropriated(name: str):
    told = f"预算总支出900.00万元。{name}620.50万元，其中：基本支出410.50万元，项目支出210.00万元。"
    assert amounts(SPENDING, told)[1:] == [
        ("expenditure.appropriation.budget", "620.50"),
        ("appropriation.basic.budget", "410.50"),
        ("appropriation.project.budget", "210.00"),
    ]


def test_they_stay_parts_of_all_expenditure_in_its_own_list():
    told = "预算总支出900.00万元，其中：基本支出410.50万元，项目支出489.50万元。"
    assert [subject for subject, _ in amounts(SPENDING, told)[1:]] == [
        "expenditure.basic.budget",
        "expenditure.project.budget",
    ]


LEAD = "财政拨款支出预算中，一般公共预算拨款支出预算{}万元，政府性基金拨款支出预算{}万元。"
LISTS = ["财政拨款支出主要内容如下：", "财政拨款支出的主要内容："]


@pytest.mark.parametrize("list_lead", LISTS)
@pytest.mark.parametrize(
    ("funds", "topic"),
    [(("480.00", "20.00"), "appropriation"), (("500.00", "0"), "general_budget")],
)
def test_a_list_below_a_colon_is_of_what_was_named_before_it(
    list_lead: str, funds: tuple[str, str], topic: str
):
    told = f"支出预算700.00万元，其中：财政拨款支出预算500.00万元。{LEAD.format(*funds)}{list_lead}"
    entries = "1.“教育支出”科目460.00万元，用于办学。", "2.“其他支出”科目40.00万元，用于其他。"
    assert amounts("一、2024年部门预算编制说明", told, *entries)[-2:] == [
        (f"{topic}.class.budget", "460.00"),
        (f"{topic}.class.budget", "40.00"),
    ]


def test_a_list_below_a_heading_that_names_the_appropriation_is_of_it():
    entries = "1.2050201学前教育60.50万元，用于保教。", "2.2210203购房补贴9.50万元，用于职工。"
    heading = "财政拨款安排支出按功能科目分类情况："
    whole = "财政拨款安排支出{}万元。一般公共预算支出70.00万元。"
    for total, topic in (("80.00", "appropriation"), ("70.00", "general_budget")):
        found = amounts(SPENDING, whole.format(total), heading, *entries)
        assert found[-2:] == [(f"{topic}.item.budget", "60.50"), (f"{topic}.item.budget", "9.50")]
