"""预算数 and 全年预算数 were one measure, and the dashes of a heading hid a total."""

from tests.unit.normalising.drawn import collected, named
from tests.unit.recognising.grids import grid

DOWN = """
    项目 | 行次 | {} | {} | 决算统计数
    一、“三公”经费支出 | 1 | — | — | —
    （一）支出合计 | 2 | 8.00 | 7.00 | 5.00
    1.因公出国（境）费 | 3 | 0.00 | 0.00 | 0.00
    2.公务用车购置及运行维护费 | 4 | 2.00 | 4.00 | 3.00
    3.公务接待费 | 5 | 6.00 | 3.00 | 2.00
"""
ACROSS = """
    年初预算数 | < | 全年预算数 | < | 决算数 | <
    合计 | 公务接待费 | 合计 | 公务接待费 | 合计 | 公务接待费
    8.00 | 6.00 | 7.00 | 3.00 | 5.00 | 2.00
"""
TITLE = "财政拨款“三公”经费支出决算表"


def test_the_budget_of_final_accounts_is_that_of_the_whole_year():
    for headers in (("预算数", "全年预算数"), ("年初预算数", "调整预算数")):
        contents = collected(TITLE, "单位：万元", grid(DOWN.format(*headers)))
        printed = [(figure.measure, figure.text) for figure in named(contents)]
        assert printed[:3] == [
            ("opening_budget_total", "8.00"),
            ("budget_total", "7.00"),
            ("actual_total", "5.00"),
        ]
        assert ("opening_budget_reception", "6.00") in printed
        assert ("budget_reception", "3.00") in printed
        assert len(printed) == len(contents.figures) == 12


def test_two_budgets_side_by_side_are_two_measures():
    contents = collected(TITLE, "单位：万元", grid(ACROSS))
    assert [(figure.measure, figure.text) for figure in contents.figures] == [
        ("opening_budget_total", "8.00"),
        ("opening_budget_reception", "6.00"),
        ("budget_total", "7.00"),
        ("budget_reception", "3.00"),
        ("actual_total", "5.00"),
        ("actual_reception", "2.00"),
    ]


def test_one_budget_is_the_budget_whatever_it_is_called():
    table = ACROSS.replace("全年预算数 | < |", "").replace("合计 | 公务接待费 |", "", 1)
    table = table.replace("7.00 | 3.00 |", "")
    contents = collected(TITLE, "单位：万元", grid(table))
    assert [figure.measure for figure in contents.figures][:2] == [
        "budget_total",
        "budget_reception",
    ]
