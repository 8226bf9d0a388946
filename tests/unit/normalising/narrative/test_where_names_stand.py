"""Names that stand elsewhere than right before their number: above, in quotes, behind."""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.function_paths import function_path
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.examples import said
from pipelines.normalising.narrative.lexicon import fold
from pipelines.normalising.narrative.sections import place_in_sections

GENERAL, ASSETS = "一般公共预算财政拨款支出", "国有资产占用情况"
BUDGET = DocumentKind.BUDGET


def claimed(
    heading: str, *texts: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS
) -> tuple[Claim, ...]:
    paragraphs = [Paragraph(text, Place()) for text in (f"一、{heading}情况说明", *texts)]
    return read_prose(list(place_in_sections(paragraphs)), kind, 2023).claims


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("一般公共预算财政拨款支出决算", "general_budget.total"),
        ("财政拨款支出决算", "appropriation.expenditure"),
    ],
)
def test_the_fund_of_a_section_outweighs_a_bare_appropriation_below_it(heading: str, fund: str):
    told = "2023年度财政拨款支出90万元，与上年相比减少5万元。"
    claims = said(heading, "（一）财政拨款支出决算总体情况", told)
    assert claims[0] == f"{fund}.actual amount 90"
    assert claims[-1] == f"{fund}.actual change 5 prior_final"


def test_items_below_a_bare_appropriation_are_the_sections_funds_too():
    told = "财政拨款支出9万元，主要用于以下方面：教育支出（类）6万元，住房保障支出（类）3万元。"
    claims = said(GENERAL, "（二）财政拨款支出决算结构情况", told)
    assert claims[1:] == [f"general_budget.class.actual amount {amount}" for amount in (6, 3)]


@pytest.mark.parametrize(
    ("sentences", "role"),
    [
        (
            "教育支出（类）5万元。年初预算4万元，完成年初预算的125%。主要用于初中教育5万元。",
            "actual",
        ),
        (
            "教育支出（类）5万元，年初预算4万元，完成年初预算的125%，主要用于初中教育5万元。",
            "actual",
        ),
        ("教育支出（类）5万元。年初预算4万元。主要用于初中教育5万元。", "actual"),
        ("教育支出（类）年初预算4万元，主要用于初中教育4万元。", "opening_budget"),
    ],
)
def test_what_money_went_to_is_no_budget_where_the_outturn_is_told(sentences: str, role: str):
    last = claimed(GENERAL, sentences)[-1]
    assert (last.item, last.role) == ("item", role)


def test_what_money_went_to_is_part_of_the_outturn():
    *_, whole, part = (
        claim
        for claim in claimed(GENERAL, "教育支出（类）5万元。年初预算4万元。主要用于初中教育5万元。")
        if claim.role == "actual"
    )
    assert part.whole_index == whole.claim_index


@pytest.mark.parametrize(
    ("sentence", "subject", "label"),
    [
        ("（1）“普通教育”款“小学教育”项30万元。", "item", "“普通教育”款“小学教育”项"),
        ("“教育支出”类“普通教育”款支出30万元。", "subclass", "“教育支出”类“普通教育”款"),
        ("（2）“普通教育”款““双一流”建设”项3万元。", "item", "“普通教育”款““双一流”建设”项"),
        ("“教育支出”类中的“小学教育”项：3万元。", "item", "“教育支出”类中的“小学教育”项"),
    ],
)
def test_names_in_quotes_have_their_level_behind_them(sentence: str, subject: str, label: str):
    (claim,) = claimed("一般公共预算支出", sentence, kind=BUDGET)
    assert (claim.subject, claim.item_label) == (f"general_budget.{subject}.budget", label)
    assert function_path(claim.topic, claim.item, claim.item_label).level == subject


def test_what_is_compared_behind_a_quoted_name_is_of_it():
    told = "（1）“普通教育”款“小学教育”项30万元，与2022年预算相比增加3万元，增长11.11%。"
    assert said("一般公共预算支出", told, kind=BUDGET)[1:] == [
        "general_budget.item.budget direction 增加 prior_budget",
        "general_budget.item.budget change 3 prior_budget",
        "general_budget.item.budget growth 11.11 prior_budget",
    ]


@pytest.mark.parametrize("words", ["“放管服”项目3万元", "“两节”款待费3万元", "“一类”项下3万元"])
def test_other_words_in_quotes_are_no_class(words: str):
    assert not [each for each in claimed("一般公共预算支出", f"{words}。") if "class" in each.item]


def test_quotes_within_quotes_are_part_of_what_is_quoted():
    folded = fold("“加强“三园”建设”和“两馆”")
    assert [folded.text[begin:end] for begin, end in folded.quoted] == ["加强三园建设", "两馆"]


def test_a_class_is_no_part_of_the_class_told_before():
    told = (
        "1.教育支出（类）6万元。其中：",
        "（1）“普通教育”款6万元。",
        "2.住房保障支出（类）3万元。",
    )
    first, part, second = claimed("一般公共预算支出", *told, kind=BUDGET)
    assert (part.whole_index, second.whole_index) == (first.claim_index, None)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("由于年初预算数为0万元，无法计算百分比", "general_budget.class.opening_budget amount 0"),
        ("由于上年决算数为0元，增长率无法计算", "general_budget.class.prior_final amount 0"),
        (
            "由于办公费减少0万元，无法开展活动",
            "reasons.variance.actual change 0 general_budget.class",
        ),
    ],
)
def test_why_there_is_no_rate_is_no_reason_for_a_change(reason: str, told: str):
    assert said(GENERAL, f"教育支出（类）支出决算为3万元，{reason}。")[-1] == told


def test_behind_why_there_is_no_rate_the_comparison_is_still_told():
    told = "教育支出（类）3万元，由于年初预算数为0万元，无法计算百分比，决算数大于年初预算数。"
    assert said(GENERAL, told)[-1] == "general_budget.class.actual comparison 大于 opening_budget"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("本年开支的培训费，共计5万元。", "training.total.actual amount 5"),
        ("本年减少培训费，共计5万元。", " amount 5 ?"),
        ("本年开支的会议费和培训费，共计5万元。", " amount 5 ?"),
    ],
)
def test_a_sum_is_of_the_one_name_that_the_clause_before_ends_in(sentence: str, told: str):
    assert said("会议费、培训费", sentence)[-1] == told


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("用于2辆公务用车的燃油费", "three_public.vehicles_held.actual count 2"),
        ("用于2辆公务用车更新", " count 2 ?"),
        ("替换2辆公务用车", " count 2 ?"),
    ],
)
def test_cars_that_the_running_cost_is_for_are_held(behind: str, told: str):
    assert said("“三公”经费", f"公务用车运行维护费5万元，{behind}。")[-1] == told
