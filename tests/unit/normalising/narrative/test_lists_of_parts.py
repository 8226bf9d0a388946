"""Where a list of parts ends, what its entries are of, and what its totals are."""

import re

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.examples import said
from pipelines.normalising.narrative.sections import place_in_sections

RECEIPTS, THREE_PUBLIC, COSTS = "收入支出总体情况", "“三公”经费", "机关运行经费"
SPENDING = "财政拨款支出"
TOTAL_INCOME = "income_expenditure.income_total"
BUDGET = DocumentKind.BUDGET


def claimed(heading: str, *sentences: str) -> tuple[Claim, ...]:
    paragraphs = [Paragraph(text, Place()) for text in (f"一、{heading}情况说明", *sentences)]
    return read_prose(list(place_in_sections(paragraphs)), DocumentKind.FINAL_ACCOUNTS, 2023).claims


@pytest.mark.parametrize(
    ("heading", "sentence", "told"),
    [
        (
            RECEIPTS,
            "部门预算收入总计610万元，其中：本年收入合计580万元，上年结转结余30万元；"
            "较2022年预算减少40万元，下降6.15%。",
            [
                f"{TOTAL_INCOME}.budget change 40 prior_budget",
                f"{TOTAL_INCOME}.budget growth 6.15 prior_budget",
            ],
        ),
        (
            THREE_PUBLIC,
            "“三公”经费预算7万元，其中：公务接待费3万元、公务用车运行维护费4万元；与上年持平。",
            ["three_public.total.budget direction 持平 prior"],
        ),
        (
            "支出",
            "支出合计88万元，其中：基本支出61万元；项目支出27万元；比上年增加8万元，增长10.00%。",
            [
                "expenditure.total.budget change 8 prior",
                "expenditure.total.budget growth 10.00 prior",
            ],
        ),
        (
            THREE_PUBLIC,
            "“三公”经费7万元，其中：公务接待费3万元；因公出国（境）费4万元，比上年增加1万元。",
            ["three_public.overseas.budget change 1 prior"],
        ),
        (
            THREE_PUBLIC,
            "“三公”经费7万元，其中：接待费3万元，出国费4万元；公务接待费比上年增加1万元。",
            ["three_public.reception.budget change 1 prior"],
        ),
    ],
)
def test_a_semicolon_ends_the_parts_where_nothing_is_named_behind_it(
    heading: str, sentence: str, told: list[str]
):
    found = said(heading, sentence, kind=BUDGET)
    assert [each for each in found if re.search(" change | growth |持平", each)] == told


@pytest.mark.parametrize(
    "sentence",
    [
        "“三公”经费9万元，其中：公务接待费2万元；比上年减少1万元，下降33.33%。",
        "“三公”经费9万元，其中：1.公务接待费2万元；比上年减少1万元。",
        "“三公”经费9万元，其中：公务接待费2万元；因公出国（境）费7万元；比上年减少1万元。",
    ],
)
def test_a_change_that_may_be_a_parts_is_not_taken_for_the_wholes(sentence: str):
    assert not any(
        each.startswith("three_public.total.actual change") for each in said(THREE_PUBLIC, sentence)
    )


@pytest.mark.parametrize(
    ("total", "part", "wanted"),
    [
        ("预算收入总计", "本年收入合计", ("income_expenditure.income_total", "income.total")),
        ("本部门预算收入总计", "本年收入", ("income_expenditure.income_total", "income.total")),
        (
            "部门预算支出总计",
            "本年支出合计",
            ("income_expenditure.expenditure_total", "expenditure.total"),
        ),
    ],
)
def test_a_grand_total_is_not_the_years_own(total: str, part: str, wanted: tuple[str, str]):
    found = said(RECEIPTS, f"{total}52万元，其中：{part}50万元，结转2万元。", kind=BUDGET)
    assert found[:2] == [f"{wanted[0]}.budget amount 52", f"{wanted[1]}.budget amount 50"]


def test_all_items_of_a_list_are_of_one_fund_and_keep_their_codes():
    claims = claimed(
        SPENDING,
        "一般公共预算财政拨款支出41.5万元，比上年增加1万元，分项级科目如下：",
        "（一）2070104图书馆30.5万元，主要用于购书。",
        "购书经费由主管部门核定。",
        "（二）2210202提租补贴8万元，比上年增加1万元。",
        "（三）2210203购房补贴3万元。",
    )
    items = [claim for claim in claims if claim.item == "item" and claim.kind == "amount"]
    assert [(each.topic, each.item_code, each.item_label) for each in items] == [
        ("general_budget", "2070104", "图书馆"),
        ("general_budget", "2210202", "提租补贴"),
        ("general_budget", "2210203", "购房补贴"),
    ]


def test_items_behind_the_totals_of_several_funds_are_of_none():
    totals = "一般公共预算财政拨款支出41万元，政府性基金预算财政拨款支出5万元。"
    found = said(SPENDING, totals, "（一）2070104图书馆30万元。", "（二）2210203购房补贴3万元。")
    assert found[2:] == [
        "appropriation.item.actual amount 30",
        "appropriation.item.actual amount 3",
    ]


def test_items_of_a_list_end_with_a_total_of_other_money():
    found = said(
        SPENDING,
        "一般公共预算财政拨款支出41万元。",
        "（一）2070104图书馆30万元。",
        "财政拨款支出总计50万元。",
        "（一）2210203购房补贴3万元。",
    )
    assert found[-1] == "appropriation.item.actual amount 3"


def test_what_operating_costs_are_spent_on_is_named_as_their_parts():
    claims = claimed(
        COSTS,
        "机关运行经费支出90万元，比上年增加2万元。其中：印刷费支出12万元、差旅费31万元，"
        "比上年减少3万元，培训费4.5万元，公务用车运行维护费6万元；比上年增加2万元。",
    )
    parts = [claim for claim in claims if claim.item == "item"]
    assert [(each.subject, each.item_label, each.value_text) for each in parts] == [
        ("operating_cost.item.actual", "印刷费", "12"),
        ("operating_cost.item.actual", "差旅费", "31"),
        ("operating_cost.item.actual", "培训费", "4.5"),
        ("operating_cost.item.actual", "公务用车运行维护费", "6"),
    ]
    assert {(each.whole_index, each.reading_note) for each in parts} == {
        (claims[0].claim_index, "the operating cost's part of it")
    }


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("其中：局机关60万元，下属站所30万元。", ["60", "30"]),
        ("其中：水费、电费共6万元，会议费、培训费3万元。", ["6", "3"]),
        ("主要用于办公费5万元、差旅费7万元等。", ["5", "7"]),
    ],
)
def test_what_is_no_item_of_the_operating_costs_is_not_named_so(sentence: str, printed: list[str]):
    claims = claimed(COSTS, "机关运行经费支出90万元。" + sentence)
    assert [claim.value_text for claim in claims if claim.reading == "ambiguous"] == printed
    assert not any(claim.item == "item" for claim in claims)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "国内公务接待31个团组，204人次。",
            ["reception_batches.actual count 31", "reception_persons.actual count 204"],
        ),
        (
            "公务接待费5万元，共接待31个团组、204人次。",
            ["reception_batches.actual count 31", "reception_persons.actual count 204"],
        ),
        (
            "外宾接待2个团组，9人次。",
            ["foreign_batches.actual count 2", "foreign_persons.actual count 9"],
        ),
        (
            "因公出国（境）费3万元，公务接待费5万元，其中接待4个团组；出国（境）团组1个。",
            ["reception_batches.actual count 4", "overseas_groups.actual count 1"],
        ),
    ],
)
def test_groups_that_are_received_are_counted_as_batches(sentence: str, told: list[str]):
    counts = [each for each in said(THREE_PUBLIC, sentence) if " count " in each]
    assert counts == [f"three_public.{each}" for each in told]


SPENT = "一般公共预算财政拨款收入3万元；本年支出较上年增加1万元。"


@pytest.mark.parametrize(
    ("sentences", "spent"),
    [
        (("财政拨款收入5万元，其中：" + SPENT,), "appropriation.expenditure"),
        ((SPENT,), "general_budget.total"),
        (("财政拨款收入5万元，其中：", "1." + SPENT), "general_budget.total"),
    ],
    ids=["in a list of parts", "in none", "in an entry of a list of paragraphs"],
)
def test_what_is_spent_behind_a_part_of_income_is_of_the_whole(
    sentences: tuple[str, ...], spent: str
):
    """Elsewhere it is what that fund spent."""
    assert said("财政拨款收入支出", *sentences)[-2:] == [
        f"{spent}.actual direction 增加 prior_final",
        f"{spent}.actual change 1 prior_final",
    ]


@pytest.mark.parametrize(
    ("first", "entries"),
    [
        ("项目支出5万元。", ["project.total.actual amount 3", "project.total.actual amount 2"]),
        ("基本支出5万元。", [" amount 3 ?", " amount 2 ?"]),
    ],
)
def test_numbered_entries_behind_project_expenditure_are_projects(first: str, entries: list[str]):
    assert said("支出决算", f"{first}1.校舍维修3万元；2.设备购置2万元。")[1:] == entries
