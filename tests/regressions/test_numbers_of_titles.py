"""Titles behind 预算01表, 表1-1 or 部门预算公开表1, and some of older years, were no titles."""

import pytest

from pipelines.recognising.captions import titled_forms
from pipelines.recognising.catalogue import load_catalogue
from tests.unit.normalising.drawn import assembled, collected
from tests.unit.recognising.grids import grid


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


@pytest.mark.parametrize(
    ("above", "title", "number"),
    [
        (("部门项目支出预算表", "预算07-3表"), "部门项目支出预算表", "预算07-3表"),
        (("部门公开表6", "项目支出表"), "项目支出表", "部门公开表6"),
        (("收支预算总表 公开表2",), "收支预算总表", "公开表2"),
        (("水库移民扶持资金预算表", "预算08-2表"), "水库移民扶持资金预算表", "预算08-2表"),
    ],
)
def test_a_number_in_two_parts_is_no_title_and_no_prose(
    above: tuple[str, ...], title: str, number: str
):
    table = grid("项目名称 | 合计\n堤防加固 | 3.00")
    assembly = assembled(*above, "单位：元", table)
    captions = assembly.tables[0].captions
    assert (captions.title, captions.number_text) == (title, number)
    assert not assembly.paragraphs


def test_an_empty_form_without_a_known_title_is_kept_below_its_number():
    table = grid(
        "单位名称（项目） | 合计 | 地区\n合计 | . | .\n备注：本站无此项支出，此表无数据。 | < | <"
    )
    printing = collected("对下转移支付预算表", "预算08-1表", "单位：元", table).printings[0]
    assert (printing.title, printing.number_text) == ("对下转移支付预算表", "预算08-1表")
    assert printing.empty_statement == "备注：本站无此项支出，此表无数据。"


def test_what_begins_with_a_numeral_is_no_number():
    read = assembled("表一般公共预算支出表", grid("项目名称 | 合计\n堤防加固 | 3.00"))
    assert read.tables[0].captions.number_text == ""


def test_a_number_below_another_title_is_that_forms():
    titles = ("支出预算总表", "预算03表", "财政拨款收支总表")
    assert (
        assembled(*titles, grid("项目 | 合计\n收入总计 | 3.00")).tables[0].captions.number_text
        == ""
    )
