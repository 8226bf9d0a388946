"""Vehicles and devices listed below a count of vehicles were 万元."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

TABLE = """
    项目 | 行次 | 统计数
    一、机关运行经费 | 1 | 20.50
    二、国有资产占用情况 | 2 | —
    （一）车辆数合计（辆） | 3 | 4
    1.巡查用车 | 4 | 3
    2.救护用车 | 5 | 1
    （二）单价80万元（含）以上设备（台，套） | 6 | 2
    三、政府采购支出合计 | 7 | 6.00
"""


def test_what_stands_below_a_count_is_counted_and_what_follows_is_money():
    contents = collected("机构运行信息表", "单位：万元", grid(TABLE))
    assert [(figure.text, figure.yuan is None) for figure in contents.figures] == [
        ("20.50", False),
        ("4", True),
        ("3", True),
        ("1", True),
        ("2", True),
        ("6.00", False),
    ]


def test_a_table_of_people_takes_no_unit_of_money_from_others():
    money = "合计 | 基本支出 | 项目支出\n9.00 | 4.00 | 5.00"
    people = "单位名称 | 编制数 | 实有人数\n合计 | 30 | 28\n某某局 | 30 | 28"
    contents = collected(
        "某某局2026年部门预算",
        *("支出总表", "单位：万元", grid(money)),
        *("部门人员基本信息表", "部门/单位：某某局    单位：人", grid(people)),
    )
    assert contents.printings[1].title == "部门人员基本信息表"
    assert [figure.yuan for figure in contents.figures if figure.row.table_index] == [None] * 4


def test_points_are_no_money():
    table = """
        项目名称 | 全年预算数 | 得分
        桥梁检测 | 9.00 | 96.5
    """
    contents = collected("项目支出绩效自评表", "单位：万元", grid(table))
    assert [figure.yuan is None for figure in contents.figures] == [False, True]
