"""A heading whose last line is 款, a cell of its own, made a column of codes of its amounts."""

from tests.unit.normalising.drawn import collected, named, texts, unnamed
from tests.unit.recognising.grids import grid

FORM = """
    收入 | < | 支出 | < | <
    项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨
    . | . | . | . | 款
    一、一般公共预算财政拨款 | 9.00 | 一、教育支出 | 246.73 | 246.73
"""
TWO_OF_ONE = """
    合计 | 公务接待费 | 公务接待费
    3.00 | 3.00 | .
"""


def test_the_last_line_of_a_heading_is_no_level_of_a_code():
    figures = collected("财政拨款收入支出决算总表", "单位：万元", grid(FORM)).figures
    assert [(figure.row.row_code, figure.measure, figure.text) for figure in figures] == [
        ("", "amount", "9.00"),
        ("", "total", "246.73"),
        ("", "general_public_budget", "246.73"),
    ]


def test_two_columns_of_one_name_have_none_where_one_of_them_is_blank_too():
    contents = collected("财政拨款“三公”经费支出决算表", "单位：万元", grid(TWO_OF_ONE))
    assert [figure.measure for figure in named(contents)] == ["actual_total"]
    assert texts(unnamed(contents)) == ["3.00"]
