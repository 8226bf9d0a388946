"""A project's own long code was its class's, and its row was called like what it buys."""

import pytest

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

PROJECTS = """
    项目分类 | 项目代码 | 项目名称 | 单位名称 | 功能科目编码 | 经济科目编码 | 经济科目名称 | 合计 |\
      本年拨款 | < | 单位资金 | <
    ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 小计 | 一般公共预算 | 小计 | 事业收入
    专项业务类 | 441200250000017 | 水质监测 | 某某站 | 2110301 | 30227 | 委托业务费 | 7.00 | 7.00 |\
      7.00 | . | .
    事业发展类 | 441200250000018 | 仪器更新 | 某某站 | 2110301 | 31003 | 专用设备购置 | 9.00 |\
      4.00 | 4.00 | 5.00 | 5.00
    民生类 | 441200250000025 | 饮水补助 | 某某站 | 2110302 | 30227 | 委托业务费 | 2.00 | 2.00 |\
      2.00 | . | .
    合 计 | < | < | < | < | < | < | 18.00 | 13.00 | 13.00 | 5.00 | 5.00
"""
BASIC = """
    单位名称 | 项目代码 | 项目名称 | 功能科目编码 | 功能科目名称 | 部门经济科目编码 |\
      部门经济科目名称 | 资金来源 | < | < | <
    ^ | ^ | ^ | ^ | ^ | ^ | ^ | 总计 | 一般公共预算资金 | < | 单位资金
    ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 全年数 | 已提前安排 | ^
    某某站 | 441264000001602691 | 人员工资 | 2110301 | 环境监测 | 30101 | 基本工资 | 8.00 | 6.00 |\
      . | 2.00
    某某站 | 441264000001602691 | 人员工资 | 2110301 | 环境监测 | 30102 | 津贴补贴 | 3.00 | 3.00 |\
      . | .
    某某站 | 441264000001602708 | 公用经费 | 2110301 | 环境监测 | 30201 | 办公费 | 1.00 | 1.00 |\
      . | .
    合 计 | < | < | < | < | < | < | 12.00 | 10.00 | . | 2.00
"""
PARTS = """
    项目名称 | 经济科目编码 | 经济科目名称 | 合计
    水质监测 | 30227 | 委托业务费 | 4.00
    水质监测 | 30226 | 劳务费 | 5.00
    饮水补助 | 30227 | 委托业务费 | 2.00
"""
WITH_CLASSES = """
    科目编码 | 功能科目名称 | 项目名称 | 合计
    211 | 节能环保支出 | . | 9.00
    2110301 | . | 水质监测 | 4.00
    2110301 | . | 饮水补助 | 5.00
"""


def names(title: str, table: str) -> list[tuple[str, str]]:
    """Code and label of every row of a form."""
    contents = collected(title, "单位：元", grid(table))
    assert not contents.rejections
    for printing in contents.printings:
        assert printing.number_count == printing.accounted_count
    return [(row.row_code, row.row_label) for row in contents.rows]


def test_a_project_is_called_by_its_name_and_known_by_its_function():
    assert names("部门项目支出预算表（其他运转类、特定目标类项目）", PROJECTS) == [
        ("2110301", "水质监测"),
        ("2110301", "仪器更新"),
        ("2110302", "饮水补助"),
        ("", "合计"),
    ]


def test_of_projects_in_several_rows_the_items_are_named_by_what_tells_them_apart():
    assert names("部门基本支出预算表（人员类、运转类公用经费项目）", BASIC) == [
        ("30101", "基本工资"),
        ("30102", "津贴补贴"),
        ("30201", "办公费"),
        ("", "合计"),
    ]
    rows = collected("项目支出表", "单位：元", grid(PARTS)).rows
    assert [(row.row_code, row.row_path) for row in rows] == [
        ("30227", ("水质监测", "委托业务费")),
        ("30226", ("水质监测", "劳务费")),
        ("30227", ("饮水补助", "委托业务费")),
    ]


def test_classes_with_rows_of_their_own_keep_their_names():
    rows = collected("项目支出表", "单位：元", grid(WITH_CLASSES)).rows
    assert [(row.row_code, row.row_label) for row in rows] == [
        ("211", "节能环保支出"),
        ("2110301", "水质监测"),
        ("2110301", "饮水补助"),
    ]


def test_what_a_project_buys_is_named_behind_it():
    table = """
        项目名称 | 经济科目名称 | 采购物品名称 | 合计
        仪器更新 | 专用设备购置 | 采样泵 | 4.00
        实验室改造 | 办公设备购置 | 打印机 | 5.00
    """
    rows = collected("政府采购支出表", "单位：元", grid(table)).rows
    assert [row.row_path for row in rows] == [
        ("仪器更新", "专用设备购置", "采样泵"),
        ("实验室改造", "办公设备购置", "打印机"),
    ]


@pytest.mark.parametrize(
    ("title", "table", "measures"),
    [
        (
            "部门项目支出预算表（其他运转类、特定目标类项目）",
            PROJECTS,
            ["total", "fiscal_appropriation", "general_public_budget", "unit_funds",
             "unit_funds_institutional"],
        ),
        (
            "部门基本支出预算表（人员类、运转类公用经费项目）",
            BASIC,
            ["total", "general_public_budget", "unit_funds"],
        ),
    ],
)  # fmt: skip
def test_the_money_that_projects_are_paid_with_is_named(
    title: str, table: str, measures: list[str]
):
    contents = collected("某某站2026年部门预算", title, "单位：元", grid(table))
    assert [figure.measure for figure in contents.figures if figure.row.line == "total"] == measures
    assert all(figure.measure for figure in contents.figures)
