"""What a number belongs to where its own words leave that open."""

import pytest

from pipelines.normalising.narrative.examples import said

WORTH = "资产总额9万元，比上年增加3万元，其中{}增加2万元。"


@pytest.mark.parametrize(
    "sort", ["固定资产", "流动资产", "无形资产", "流动负债", "在建工程", "长期投资"]
)
def test_a_sort_of_assets_before_a_change_is_what_changed(sort: str):
    assert said("国有资产占用情况", WORTH.format(sort))[3:] == [
        "assets.value.held direction 增加 prior_final",
        "assets.value.held change 2 prior_final",
    ]


@pytest.mark.parametrize("words", ["办公设备购置", "新购置车辆"])
def test_other_words_before_a_change_of_assets_are_of_what_nobody_knows(words: str):
    assert said("国有资产占用情况", WORTH.format(words))[3:] == [" amount 2 ?"]


@pytest.mark.parametrize(
    ("words", "is_known"), [("略", True), ("有所", True), ("大幅度", False), ("水电费", False)]
)
def test_words_before_a_change_may_be_an_adverb_up_to_two_characters(words: str, *, is_known: bool):
    text = f"基本支出5万元，{words}增加2万元。"
    assert said("一般公共预算财政拨款支出", text)[1:] == [
        "general_budget.basic.actual change 2 ?" if is_known else " amount 2 ?"
    ]


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("下属单位", None),
        ("参公单位", "income_expenditure.expenditure_total"),
        ("“三公”经费", "three_public.total"),
    ],
)
def test_of_two_names_the_first_is_meant_unless_it_says_whose_it_is(name: str, thing: str | None):
    claimed = said("部门基本", f"{name}支出总计5万元。")
    assert claimed == [f"{thing}.actual amount 5" if thing else " amount 5 ?"]
