"""Columns that say whose money is spent had no measure, nor had the later years of a plan."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

BY_MONEY = """
    科目编码 | 科目名称 | 合计 | 一般公共预算 | < | < | 政府性基金预算 | 财政专户管理的支出 |\
      单位资金 | < | < | < | < | <
    ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^ | ^ | 小计 | 事业支出 | 事业单位经营支出 |\
      上级补助支出 | 附属单位补助支出 | 其他支出
    211 | 节能环保支出 | 36.00 | 9.00 | 4.00 | 5.00 | 3.00 | 2.00 | 22.00 | 7.00 | 6.00 | 4.00 |\
      3.00 | 2.00
    合计 | < | 36.00 | 9.00 | 4.00 | 5.00 | 3.00 | 2.00 | 22.00 | 7.00 | 6.00 | 4.00 | 3.00 | 2.00
"""
BY_KIND = """
    科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
    211 | 节能环保支出 | 9.00 | 4.00 | 5.00
    合计 | < | 9.00 | 4.00 | 5.00
"""
PLAN = """
    单位名称 | 项目级次 | 项目名称 | 项目类别 | 一般公共预算资金 | < | <
    ^ | ^ | ^ | ^ | 2026年 | 2027年 | 2028年
    某某站 | 本级 | 水质监测 | 特定目标类 | 7.00 | 5.00 | .
    某某站 | 本级 | 饮水补助 | 特定目标类 | 2.00 | 2.00 | 2.00
    合 计 | < | < | < | 9.00 | 7.00 | 2.00
"""


def measures(title: str, table: str) -> list[str]:
    """The measures of a form's total."""
    contents = collected("某某站2026年部门预算", title, "单位：元", grid(table))
    return [figure.measure for figure in contents.figures if figure.row.line == "total"]


def test_each_money_of_an_expenditure_budget_has_a_measure():
    assert measures("部门支出预算表", BY_MONEY) == [
        "total",
        "general_public_budget",
        "general_public_budget_basic",
        "general_public_budget_project",
        "government_fund",
        "special_account",
        "unit_funds",
        "unit_funds_institutional",
        "unit_funds_operating",
        "unit_funds_superior_subsidy",
        "unit_funds_subsidy_to_affiliated",
        "unit_funds_other",
    ]


def test_kinds_of_expenditure_stay_those_of_all_money():
    assert measures("部门支出预算表", BY_KIND) == ["total", "basic", "project"]


def test_the_years_of_a_plan_follow_the_budgeted_one():
    assert measures("部门项目中期规划预算表", PLAN) == [
        "general_public_budget",
        "second_year_general_public_budget",
        "third_year_general_public_budget",
    ]


def test_an_earlier_year_beside_a_budget_stays_an_earlier_one():
    table = PLAN.replace("2028年", "比重").replace("一般公共预算资金", "一般公共预算")
    assert measures("项目支出表", table)[:2] == [
        "prior_general_public_budget",
        "general_public_budget",
    ]
