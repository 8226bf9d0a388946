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


INDICATORS = """
    项目名称 | 湿地监测专项 | < | < | <
    项目资金（万元） | 年度资金总额： | 42.00 | 其中：财政拨款 | 40.00
    一级指标 | 二级指标 | 三级指标 | 指标值 | 分值权重
    产出指标 | 数量指标 | 监测点位 | ≥300个 | 30
    效益指标 | 生态效益指标 | 水质达标率 | ≥95% | 20
"""


def test_indicators_below_the_amounts_of_a_project_have_points_and_no_money():
    contents = collected("项目支出绩效目标表", "单位：万元", grid(INDICATORS))
    assert [
        (figure.row.row_label, figure.text, figure.yuan is None) for figure in contents.figures
    ] == [
        ("年度资金总额：", "42.00", False),
        ("其中：财政拨款", "40.00", False),
        ("监测点位", "30", True),
        ("水质达标率", "20", True),
    ]
