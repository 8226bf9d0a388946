"""Numbers that lost their name in forged layouts, each for a cause of its own.

Found by forging six hundred layouts: seeds 20261122 and 7331.
"""

from decimal import Decimal

import pytest

from pipelines.domain.amount import PrintedUnit
from tests.unit.normalising.drawn import collected, named
from tests.unit.recognising.grids import grid

UPPER = """
    财政拨款收入 | < | < | 财政拨款支出 | < | <
    项目 | 行次 | 金额 | 项目 | 行次 | 金额
    一、一般公共预算拨款 | 1 | 9.00 | 一、教育支出 | 4 | 3.00
    二、政府性基金预算拨款 | 2 | . | 二、科学技术支出 | 5 | 2.00
    三、国有资本经营预算拨款 | 3 | . | 三、农林水支出 | 6 | 2.00
"""
LOWER = """
    财政拨款收入 | < | < | 财政拨款支出 | < | <
    项目 | 行次 | 金额 | 项目 | 行次 | 金额
    . | 7 | . | 四、交通运输支出 | 9 | .
    . | 8 | . | 五、住房保障支出 | 10 | 2.00
"""
ECONOMIC = """
    项目 | 预算数 | 决算数
    合计 | 5.00 | 4.00
    办公费 | 5.00 | 4.00
"""
ASSETS = """
    资产项目 | 年末数量 | 账面原值
    一、车辆合计 | 3 | 55.00
    1.领导干部用车 | 1 | 18.00
"""


def test_a_page_without_labels_on_one_side_keeps_the_sides_of_its_header():
    title = "2025年财政拨款收支预算总表"
    contents = collected(title, "单位：元", grid(UPPER), title, "单位：元", grid(LOWER))
    assert {(row.block, row.section) for row in contents.rows} == {
        (0, "income"),
        (1, "expenditure"),
    }
    assert [figure.text for figure in named(contents)] == ["9.00", "3.00", "2.00", "2.00", "2.00"]


def test_the_name_of_the_publication_above_a_repeated_title_begins_no_other_table():
    title, head = "财政拨款收支总体情况表", "某县水利局2024年部门预算"
    contents = collected(title, "单位：元", grid(UPPER), head, title, "单位：元", grid(LOWER))
    assert [form.title for form in contents.printings] == [title]


def test_a_title_is_not_cut_inside_a_term():
    """机关 ends the names of bodies, and 运行经费支出情况表 remained."""
    head = "某县水利局2023年度部门决算"
    contents = collected(head, "附表10机关运行经费支出情况表", "单位：元", grid(ECONOMIC))
    assert [form.form for form in contents.printings] == ["agency_operation"]


def test_what_counted_things_are_worth_is_money():
    contents = collected("国有资产占用情况表", "单位：元", grid(ASSETS))
    assert [(figure.text, figure.measure, figure.unit) for figure in contents.figures] == [
        ("3", "", None),
        ("55.00", "original_value", PrintedUnit.YUAN),
        ("1", "", None),
        ("18.00", "original_value", PrintedUnit.YUAN),
    ]


@pytest.mark.parametrize("text", ["60.78%", "60.78％"])
def test_a_share_among_amounts_is_no_amount(text: str):
    body = f"科目编码 | 科目名称 | 本年支出合计\n201 | 教育支出 | {text}"
    (figure,) = collected("支出决算表", "单位：元", grid(body)).figures
    assert (figure.measure, figure.unit, figure.value) == ("", None, Decimal("60.78"))


def test_amounts_behind_a_code_that_cannot_be_read_have_no_name():
    body = """
        科目编码 | 科目名称 | 本年支出合计
        2O10302 | 一般行政管理事务 | 6.00
        2010301 | 行政运行 | 5.00
    """
    contents = collected("支出决算表", "单位：元", grid(body))
    assert [(figure.text, figure.measure) for figure in contents.figures] == [
        ("6.00", ""),
        ("5.00", "total"),
    ]
