"""The three public expenses printed for two funds: the second table had no name."""

import pytest

from tests.unit.normalising.drawn import collected, unnamed
from tests.unit.recognising.grids import grid

ITEMS = """
    项目 | 行次 | 年初预算数 | 全年预算数 | 决算数
    支出合计 | 1 | 8.00 | 7.00 | 5.00
    1.因公出国（境）费 | 2 | 0.00 | 0.00 | 0.00
    2.公务用车购置及运行维护费 | 3 | 2.00 | 4.00 | 3.00
    3.公务接待费 | 4 | 6.00 | 3.00 | 2.00
"""
OF_ALL = "财政拨款“三公”经费、行政参公单位机关运行经费情况表"
GENERAL = "一般公共预算财政拨款“三公”经费情况表"
COVER = "2023年度部门决算"


@pytest.mark.parametrize("titles", [(OF_ALL, GENERAL), (GENERAL, OF_ALL)])
def test_the_second_printing_is_of_other_funds(titles: tuple[str, str]):
    blocks = [block for title in titles for block in (title, "单位：万元", grid(ITEMS))]
    contents = collected(COVER, *blocks)
    found = {printing.title: printing.form for printing in contents.printings}
    assert found == {GENERAL: "three_public", OF_ALL: "three_public_other_funds"}
    assert unnamed(contents) == []


@pytest.mark.parametrize("title", [OF_ALL, GENERAL])
def test_printed_alone_it_is_the_form(title: str):
    contents = collected(COVER, title, "单位：万元", grid(ITEMS))
    assert [printing.form for printing in contents.printings] == ["three_public"]


def test_a_second_printing_of_the_same_money_has_no_name():
    contents = collected(COVER, GENERAL, "单位：万元", grid(ITEMS), GENERAL, grid(ITEMS))
    assert [printing.form for printing in contents.printings] == ["three_public", ""]
