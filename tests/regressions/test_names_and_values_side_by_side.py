"""An amount was called by the words to its right, and a sheet by the year in brackets above it."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

SHEET = """
    （2026年度） | < | < | < | <
    项目名称 | 湿地监测专项 | < | < | <
    项目资金（万元） | 年度资金总额： | 42.00 | 执行率分值（10） | .
    ^ | 其中：财政拨款 | 40.00 | 上年结转 | 2.00
"""


def test_a_value_is_called_by_what_stands_before_it():
    contents = collected("项目支出绩效目标表", "单位：万元", grid(SHEET))
    assert contents.printings[0].title == "项目支出绩效目标表"
    assert [(figure.row.row_label, figure.text) for figure in contents.figures] == [
        ("年度资金总额：", "42.00"),
        ("其中：财政拨款", "40.00"),
        ("上年结转", "2.00"),
    ]
