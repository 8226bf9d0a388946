"""A summary that divides expenditure by economic class too lost its side by function."""

from tests.unit.normalising.drawn import collected, named, unnamed
from tests.unit.recognising.grids import grid

FORM = """
    收入 | < | 支出 | < | < | <
    项目 | 本年预算 | 项目（按功能分类） | 本年预算 | 项目（按部门预算经济分类） | 本年预算
    一、一般公共预算拨款收入 | 5.00 | 一、教育支出 | 4.00 | 工资福利支出 | 1.00
    本年收入合计 | 5.00 | 本年支出合计 | 4.00 | 本年支出合计 | 4.00
"""


def test_the_further_division_is_kept_without_a_name_and_spoils_no_other():
    contents = collected("收支总表", "单位：万元", grid(FORM))
    assert [(figure.section, figure.text) for figure in named(contents)] == [
        ("income", "5.00"),
        ("expenditure", "4.00"),
        ("income", "5.00"),
        ("expenditure", "4.00"),
    ]
    assert [(figure.row.row_label, figure.text) for figure in unnamed(contents)] == [
        ("工资福利支出", "1.00"),
        ("本年支出合计", "4.00"),
    ]
    assert contents.rejections == []
