"""Titles behind 预算01表, 表1-1 or 部门预算公开表1, and some of older years, were no titles."""

import pytest

from pipelines.recognising.captions import titled_forms
from pipelines.recognising.catalogue import load_catalogue


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("预算01表 收支总表", "budget_summary"),
        ("表1-1 部门收入总表", "budget_income"),
        ("表1-2部门支出总表", "budget_expenditure"),
        ("部门预算公开表1 收支总表", "budget_summary"),
        ("收入预算总表（公开表2）", "budget_income"),
        ("部门综合预算财政拨款收支总表", "budget_appropriation_summary"),
        ("一般公共预算支出预算表（按功能科目分类）", "budget_general_expenditure"),
        ("一般公共预算基本支出情况表（按支出经济分类科目）", "budget_basic_expenditure"),
        ("一般公共预算安排的“三公”经费及会议费培训费预算表", "budget_three_public"),
        ("“三公”经费公共预算财政拨款支出决算表", "three_public"),
        ("公共预算财政拨款基本支出决算表", "basic_expenditure"),
    ],
)
def test_a_title_is_known_behind_its_number(title: str, form: str):
    # 收支总表 is a title of final accounts too: of those two the document's kind decides.
    assert form in [spec.form for spec in titled_forms(title, load_catalogue())]
