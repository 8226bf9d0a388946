"""Of a code in brackets, in a cell of its own, the closing one began the name beside it."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

TABLE = """
    功能科目编码 | 功能科目名称 | 总计 | 基本支出 | 项目支出
    合计 | < | 9.00 | 4.00 | 5.00
    [205] | 教育支出 | 9.00 | 4.00 | 5.00
    【20502】 | 普通教育 | 9.00 | 4.00 | 5.00
"""


def test_brackets_around_a_code_are_no_part_of_its_name():
    contents = collected("一般公共预算支出情况表", "单位：元", grid(TABLE))
    assert [(row.row_code, row.row_label) for row in contents.rows] == [
        ("", "合计"),
        ("205", "教育支出"),
        ("20502", "普通教育"),
    ]
