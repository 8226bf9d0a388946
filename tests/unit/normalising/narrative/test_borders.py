"""What goes on behind a stop, and what ends there."""

import pytest

from pipelines.normalising.narrative.examples import said


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("与2022年相比，收入总计增加1万元；支出总计减少2万元。", "prior_final"),
        ("收入总计5万元，比上年增加1万元；支出总计减少2万元。", None),
    ],
    ids=["said before both", "said of the first"],
)
def test_what_is_compared_with_goes_on_behind_a_semicolon_where_it_is_shared(
    text: str, base: str | None
):
    change = "income_expenditure.expenditure_total.actual change 2"
    assert said("收入支出", text)[-1] == (f"{change} {base}" if base else f"{change} ?")


def test_what_is_compared_with_goes_on_behind_the_semicolons_of_a_list():
    text = "支出5万元，与上年相比增加2万元，其中：基本支出增加1万元；项目支出增加1万元。"
    assert said("一般公共预算财政拨款支出", text)[-2:] == [
        "general_budget.project.actual direction 增加 prior_final",
        "general_budget.project.actual change 1 prior_final",
    ]
