"""Goods, works and services of a procurement budget had no line, and nothing added them up."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

BY_KIND = """
    采购品目大类 | 采购物品名称 | 采购组织形式 | 合计 | 一般公共预算资金
    合计 | . | . | 9.00 | 8.00
    货物 | . | . | 4.00 | 4.00
    . | 移动硬盘 | 分散采购 | 4.00 | 4.00
    工程 | . | . | 3.00 | 2.00
    . | 屋面修缮 | 分散采购 | 3.00 | 2.00
    服务 | . | . | 2.00 | 2.00
    . | 物业服务 | 集中采购 | 2.00 | 2.00
"""
BY_UNIT = """
    单位名称 | 采购类别 | 合计
    某某局 | 货物 | 4.00
    某某局 | 服务 | 2.00
    某某站 | 货物 | 3.00
    合计 | . | 9.00
"""


def lines(table: str) -> list[tuple[str, str]]:
    """Label and line of every row of a procurement budget."""
    contents = collected("某某局2026年部门预算", "政府采购支出预算表", "单位：万元", grid(table))
    return [(row.row_label, row.line) for row in contents.rows]


def test_kinds_of_procurement_have_lines():
    assert lines(BY_KIND) == [
        ("合计", "total"),
        ("货物", "goods"),
        ("移动硬盘", ""),
        ("工程", "works"),
        ("屋面修缮", ""),
        ("服务", "services"),
        ("物业服务", ""),
    ]


def test_kinds_that_each_unit_repeats_are_not_those_of_the_form():
    assert lines(BY_UNIT) == [("货物", ""), ("服务", "services"), ("货物", ""), ("合计", "total")]
