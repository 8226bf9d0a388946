"""指标值（包含数字及文字描述） was not understood, and its indicators vanished unseen."""

from decimal import Decimal

from pipelines.normalising.indicators import read_indicators
from tests.unit.normalising.drawn import assembled, collected
from tests.unit.recognising.grids import grid

LIST = """
    一级指标 | 二级指标 | 三级指标 | {}
    产出指标 | 数量指标 | 发放补助人数（人） | >=58
    ^ | 质量指标 | 足额发放率（%） | =100%
    ^ | 时效指标 | 完成时间 | 2025年11月30日前
    效益指标 | 社会效益指标 | 服务能力 | 有效提升
"""


def test_brackets_that_explain_a_header_do_not_hide_it():
    tables = assembled(grid(LIST.format("指标值（包含数字及文字描述）"))).tables
    targets = [indicator.target for indicator in read_indicators(tables)]
    assert [(target.comparator, target.value) for target in targets] == [
        (">=", Decimal(58)),
        ("=", Decimal(100)),
        ("", None),
        ("", None),
    ]


def test_brackets_over_money_say_which_money():
    table = grid("科目编码 | 科目名称 | 合计 | 基本支出（某种）\n208 | 社保 | 3.00 | 1.00")
    contents = collected("2023年度支出决算表", "单位：万元", table)
    assert [figure.measure for figure in contents.figures] == ["total", ""]


def test_what_indicators_are_to_be_counts_as_unread_where_nobody_understands_it():
    contents = collected("绩效清单", grid(LIST.format("神秘的标准")))
    assert [rejection.printed for rejection in contents.rejections] == [">=58", "=100%"]
    counts = [(each.number_count, each.accounted_count) for each in contents.printings]
    assert counts == [(2, 0)]
