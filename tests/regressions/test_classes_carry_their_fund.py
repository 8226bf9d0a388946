"""教育支出30万元 under 政府性基金支出 carried no fund, and in a section on all money was nobody's.

What a sentence, a list or a section is on is the fund of the 类, 款 and 项 that it tells.
"""

import pytest

from pipelines.domain.disclosure import DocumentKind
from tests.unit.normalising.drawn import stated

GENERAL, ALL = "二、一般公共预算财政拨款支出决算情况说明", "二、支出决算情况说明"
CLASSES = "一般公共服务支出120万元、教育支出30万元"


def funds(*texts: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS) -> list[tuple[str, str]]:
    """The subjects of the 类 that are told, and their funds."""
    claims = stated(*texts, kind=kind)
    return [(each.topic, each.fund) for each in claims if each.item == "class"]


@pytest.mark.parametrize(
    ("heading", "fund"),
    [(GENERAL, "general_budget"), ("二、政府性基金支出决算情况说明", "government_fund")],
)
@pytest.mark.parametrize("lead", ["", "按功能分类：", "其中："])
def test_a_section_on_one_fund_gives_it_to_its_classes(heading: str, fund: str, lead: str):
    assert funds(heading, f"{lead}{CLASSES}。") == [(fund, fund)] * 2


def test_other_spending_in_a_list_of_classes_is_of_their_fund():
    told = "城乡社区支出40万元、其他支出10万元。"
    assert funds("二、政府性基金支出决算情况说明", told) == [("government_fund",) * 2] * 2


@pytest.mark.parametrize(
    "text",
    [
        f"一般公共预算财政拨款支出按功能分类：{CLASSES}。政府性基金支出按功能分类：城乡社区支出4万元。",
        f"一般公共预算支出150万元，其中：{CLASSES}。政府性基金支出4万元，其中：城乡社区支出4万元。",
        f"一般公共预算财政拨款支出中，{CLASSES}；政府性基金支出中，城乡社区支出4万元。",
    ],
    ids=["named", "told", "within"],
)
def test_the_fund_that_a_sentence_names_is_that_of_its_classes(text: str):
    assert funds(ALL, text) == [
        ("general_budget", "general_budget"),
        ("general_budget", "general_budget"),
        ("government_fund", "government_fund"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"一般公共预算支出150万元，政府性基金支出40万元。按功能科目：{CLASSES}。",
        f"一般公共预算财政拨款收入150万元，政府性基金收入50万元。支出包括：{CLASSES}。",
        f"本年支出合计190万元。{CLASSES}。",
    ],
    ids=["several", "income", "all"],
)
def test_spending_of_all_funds_gives_its_classes_none(text: str):
    assert funds(ALL, text) == [("expenditure", "")] * 2


def test_a_total_of_another_fund_ends_the_list_of_the_one_before():
    told = (
        "一般公共预算支出3万元，其中：教育支出3万元。政府性基金支出4万元，主要是城乡社区支出4万元。"
    )
    assert funds(ALL, told)[-1] == ("expenditure", "")
