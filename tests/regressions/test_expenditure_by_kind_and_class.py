"""Basic expenditure in three columns and appropriations by economic class had no names."""

from tests.unit.normalising.drawn import collected, unnamed
from tests.unit.recognising.grids import grid

BASIC = """
    经济分类科目编码 | 经济分类科目名称 | 合计 | 人员经费 | 公用经费
    合计 | < | 9.00 | 5.00 | 4.00
    301 | 工资福利支出 | 5.00 | 5.00 | 0.00
    302 | 商品和服务支出 | 4.00 | 0.00 | 4.00
"""
BY_CLASS = """
    经济分类科目 | < | 合计 | 一般公共预算财政拨款 | < | 政府性基金预算财政拨款
    科目代码 | 科目名称 | ^ | 基本支出 | 项目支出 | ^
    合计 | < | 9.00 | 4.00 | 3.00 | 2.00
    302 | 商品和服务支出 | 9.00 | 4.00 | 3.00 | 2.00
"""
KINDS = """
    科目编码 | 科目名称 | 合计 | 基本支出 | < | < | 项目支出 | < | <
    ^ | ^ | ^ | 小计 | 工资福利支出 | 商品和服务支出 | 小计 | 其他运转类 | 特定目标类
    合计 | < | 9.00 | 5.00 | 3.00 | 2.00 | 4.00 | 1.00 | 3.00
"""
DOWN = """
    项目 | 2026年预算
    一、基本支出 | 5.00
    工资福利支出 | 3.00
    一般商品和服务支出 | 2.00
    二、项目支出 | 4.00
    本年支出合计 | 9.00
    三、结转下年 | 1.00
    支出总计 | 10.00
"""


def measures(title: str, table: str) -> list[str]:
    contents = collected("某某局2026年部门预算", title, "单位：万元", grid(table))
    return [figure.measure for figure in contents.figures]


def test_basic_expenditure_is_named_in_columns_of_its_kinds():
    contents = collected("一般公共预算财政拨款基本支出决算表", "单位：万元", grid(BASIC))
    assert [figure.measure for figure in contents.figures] == ["amount", "personnel", "public"] * 3


def test_a_detail_whose_rows_are_economic_classes_is_a_form_of_its_own():
    contents = collected("财政拨款支出决算明细表", "单位：万元", grid(BY_CLASS))
    assert contents.printings[0].form == "expenditure_by_economic_class"
    assert not unnamed(contents)


def test_classes_and_kinds_of_projects_are_parts_of_what_they_stand_below():
    expected = [
        *("total", "basic", "basic_econ_301", "basic_econ_302"),
        *("project", "project_other_operating", "project_specific_goals"),
    ]
    assert measures("支出总体情况表", KINDS) == expected
    assert measures("一般公共预算支出情况表", KINDS) == expected
    assert measures("支出总体情况表", DOWN) == [
        *("basic", "basic_econ_301", "basic_econ_302", "project", "expenditure"),
        *("closing_balance", "total"),
    ]
