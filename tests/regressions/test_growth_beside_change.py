"""The per cents of 增减% beside 增减额 had no measure, and nothing checked them."""

from decimal import Decimal

import pytest

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

TABLE = """
    科目编码 | 科目名称 | 2024年执行数 | 2025年预算数 | < | < | 2025年预算数比2024年执行数 | <
    ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | 增减额 | {}
    211 | 节能环保支出 | 400.00 | 450.00 | 200.00 | 250.00 | 50.00 | {}
    合计 | < | 400.00 | 450.00 | 200.00 | 250.00 | 50.00 | {}
"""


@pytest.mark.parametrize("printed", ["12.50%", "12.50"])
@pytest.mark.parametrize("header", ["增减%", "增减（%）", "增减率", "增长（%）"])
def test_growth_beside_change_is_measured(header: str, printed: str):
    table = grid(TABLE.format(header, printed, printed))
    contents = collected("某某站2025年部门预算", "一般公共预算支出表", "单位：万元", table)
    assert [
        (figure.measure, figure.value, figure.unit is None)
        for figure in contents.figures
        if figure.row.line == "total"
    ][-2:] == [("change", Decimal("50.00"), False), ("growth", Decimal("12.50"), True)]


@pytest.mark.parametrize("header", ["完成预算%", "占比"])
def test_another_share_is_no_growth(header: str):
    table = grid(TABLE.format(header, "12.50%", "12.50%"))
    contents = collected("某某站2025年部门预算", "一般公共预算支出表", "单位：万元", table)
    assert "growth" not in [figure.measure for figure in contents.figures]
