"""A second 收入合计 had no line, and a part of a fund was all appropriations."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

PARTS = """
    收入 | < | 支出 | <
    项目 | 金额 | 项目 | 金额
    一、一般公共预算 | 9.00 | 一、基本支出 | 5.00
    其中：财政拨款 | 6.00 | 工资福利支出 | 3.00
    行政事业性收费收入 | 2.00 | 一般商品和服务支出 | 2.00
    罚没收入 | 1.00 | 二、项目支出 | 4.00
    本年收入小计 | 9.00 | 本年支出小计 | 9.00
    上年结转 | 1.00 | 结转下年 | 1.00
    收入合计 | 10.00 | 支出合计 | 10.00
"""


def test_a_second_total_is_the_grand_total_and_parts_of_a_fund_are_no_funds():
    contents = collected("某某局2026年部门预算", "部门收支总体情况表", "单位：万元", grid(PARTS))
    assert {(row.section, row.row_label): row.line for row in contents.rows} == {
        ("income", "一、一般公共预算"): "general_public_budget",
        ("income", "其中：财政拨款"): "general_appropriation",
        ("income", "行政事业性收费收入"): "administrative_fees",
        ("income", "罚没收入"): "penalties",
        ("income", "本年收入小计"): "income_total",
        ("income", "上年结转"): "opening_balance",
        ("income", "收入合计"): "grand_total",
        ("purpose", "一、基本支出"): "basic",
        ("purpose", "工资福利支出"): "econ_301",
        ("purpose", "一般商品和服务支出"): "econ_302",
        ("purpose", "二、项目支出"): "project",
        ("expenditure", "本年支出小计"): "expenditure_total",
        ("purpose", "结转下年"): "closing_balance",
        ("expenditure", "支出合计"): "grand_total",
    }
