"""A summary whose classes bear their codes had no class at all, and its 小计 was no total."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

SUMMARY = """
    收入 | < | 支出 | <
    项目 | 预算数 | 功能分类 | 预算数
    财政拨款（补助） | 9.00 | 201 一般公共服务支出 | 3.00
    一般公共预算 | 9.00 | 208社会保障和就业支出 | 6.00
    {left} | 9.00 | {right} | 9.00
    上年结转（结余） | 1.00 | 结转下年支出 | 1.00
    收 入 总 计 | 10.00 | 支 出 总 计 | 10.00
"""
OF_YEAR = SUMMARY.format(left="小    计", right="小    计")


def lines(title: str, drawing: str) -> list[tuple[str, str, str]]:
    """Code, canonical line and label of each row of a table."""
    contents = collected(title, "单位：万元", grid(drawing))
    return [(row.row_code, row.line, row.row_label) for row in contents.rows]


def test_a_class_is_known_by_its_code_and_the_year_is_closed_by_a_bare_total():
    printed = lines("部门收支总体情况表", OF_YEAR)
    assert [(code, line) for code, line, _ in printed] == [
        ("", "fiscal_appropriation"),
        ("201", "function_class"),
        ("", "general_public_budget"),
        ("208", "function_class"),
        ("", "income_total"),
        ("", "expenditure_total"),
        ("", "opening_balance"),
        ("", "closing_balance"),
        ("", "grand_total"),
        ("", "grand_total"),
    ]


def test_a_bare_total_that_nothing_closes_or_that_is_one_of_several_is_none_of_the_year():
    last = "\n".join(OF_YEAR.strip().splitlines()[:-1])
    named = SUMMARY.format(left="本年收入合计", right="本年支出合计")
    twice = named.replace("一般公共预算 |", "小计 |").replace("上年结转（结余）", "小计")
    for drawing in (last, twice):
        printed = lines("部门收支总体情况表", drawing)
        assert [line for _, line, label in printed if "".join(label.split()) == "小计"] == ["", ""]


def test_the_income_of_appropriations_may_stand_below_a_total():
    drawing = """
        财政拨款收入 | < | 财政拨款支出 | < | <
        项目 | 合计 | 功能分类 | 合计 | 一般公共预算
        一般公共预算 | 9.00 | 201 一般公共服务支出 | 9.00 | 9.00
        收入总计 | 9.00 | 支出总计 | 9.00 | 9.00
    """
    contents = collected("财政拨款收支预算总表", "单位：万元", grid(drawing))
    assert [(figure.section, figure.measure) for figure in contents.figures] == 2 * [
        ("income", "amount"),
        ("expenditure", "total"),
        ("expenditure", "general_public_budget"),
    ]
