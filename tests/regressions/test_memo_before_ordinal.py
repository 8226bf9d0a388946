"""其中：（1）公务用车运行维护费 was an unknown item: the ordinal behind 其中 stayed."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

FORM = """
    项目 | 年初预算数 | 决算数
    其中：（1）公务用车运行维护费 | 1.00 | 2.00
"""


def test_an_ordinal_behind_a_memo_is_folded():
    contents = collected("“三公”经费支出决算表", "单位：万元", grid(FORM))
    assert [figure.measure for figure in contents.figures] == [
        "budget_vehicle_operation",
        "actual_vehicle_operation",
    ]
