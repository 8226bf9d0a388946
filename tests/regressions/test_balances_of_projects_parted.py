"""项目支出结余 was no word, and 项目支出结转 said what the heading over both says."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

FORM = """
    科目编码 | 科目名称 | 年末结转和结余 | < | < | < | <
    ^ | ^ | 合计 | 基本支出结转 | 项目支出结转和结余 | < | <
    ^ | ^ | ^ | ^ | 小计 | 项目支出结转 | {last}
    205 | 教育支出 | 9.00 | 1.00 | 8.00 | 5.00 | 3.00
"""


def measures(last: str) -> list[str]:
    title = "一般公共预算财政拨款收入支出决算表"
    contents = collected(title, "单位：万元", grid(FORM.format(last=last)))
    return [figure.measure for figure in contents.figures]


def test_what_is_carried_over_and_what_is_left_are_parts_of_the_balance():
    assert measures("项目支出结余") == [
        "closing_balance",
        "closing_balance_basic",
        "closing_balance_project",
        "closing_balance_project_carried",
        "closing_balance_project_surplus",
    ]


def test_nothing_is_a_part_beside_a_column_that_nobody_understands():
    assert measures("神秘结余")[3:] == ["", ""]
