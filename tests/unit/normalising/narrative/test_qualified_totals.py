"""A total with a qualifier before it is a part, and never the total of all."""

import pytest

from pipelines.domain.disclosure import DocumentKind, Reading
from tests.unit.normalising.drawn import stated

HEADING = "一、收支预算总体情况说明"
TOTALS = {
    f"{name}.budget"
    for name in (
        "income_expenditure.total",
        "income_expenditure.income_total",
        "income_expenditure.expenditure_total",
        "income.total",
        "expenditure.total",
    )
}


def subjects(*texts: str) -> list[str]:
    """The subjects of the clear amounts of a budget."""
    return [
        claim.subject
        for claim in stated(HEADING, *texts, kind=DocumentKind.BUDGET)
        if claim.kind == "amount" and claim.reading is Reading.CLEAR
    ]


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("其他资金收入预算总计", "other_funds"),
        ("其他资金收入总计", "other_funds"),
        ("其他资金", "other_funds"),
        ("财政专户管理资金收入预算总计", "fiscal_account"),
        ("单位资金收入预算总计", "unit_funds"),
        ("财政拨款收入预算总计", "appropriation"),
        ("事业收入预算总计", "institutional"),
        ("政府性基金收入预算总计", "government_fund"),
        ("上年结转和结余预算总计", "opening_balance"),
    ],
)
def test_the_total_of_one_source_is_that_source_s(words: str, item: str):
    assert subjects(f"1．{words}7.50万元。") == [f"income.{item}.budget"]


@pytest.mark.parametrize(
    "words",
    [
        "自有资金收入总计",
        "自筹资金收入预算总额",
        "预算外资金收入合计",
        "非税收入合计",
        "社会捐赠收入总计",
        "上级专项补助收入合计",
        "单位资金支出预算总计",
        "财政专户管理资金支出预算总计",
        "其他资金支出",
        "专项资金支出合计",
        "事业支出合计",
        "下属单位收入总计",
    ],
)
def test_a_part_that_has_no_subject_is_not_guessed(words: str):
    assert subjects(f"{words}7.50万元。") == []


@pytest.mark.parametrize(
    "words",
    [
        "收入预算总计",
        "支出预算总计",
        "青禾县水利局2023年度收入、支出预算总计",
        "本部门及所属单位收入总计",
        "青禾县水利局资金支出总额",
        "2023年部门资金总收入",
        "本年收入合计",
    ],
)
def test_whose_money_it_is_does_not_qualify_the_total(words: str):
    (subject,) = subjects(f"{words}7.50万元。")
    assert subject in TOTALS


def test_sources_listed_under_the_total_are_its_parts():
    found = stated(
        HEADING,
        "（一）收入预算总计60万元。包括：",
        "1．财政拨款收入预算总计50万元。",
        "2．财政专户管理资金收入预算总计4万元。",
        "3．其他资金收入预算总计6万元。",
        kind=DocumentKind.BUDGET,
    )
    assert [(claim.subject, claim.whole_index) for claim in found] == [
        ("income_expenditure.income_total.budget", None),
        ("income.appropriation.budget", 0),
        ("income.fiscal_account.budget", 0),
        ("income.other_funds.budget", 0),
    ]
