"""Cells that each hold the code down to their own level were joined to one of fifteen digits."""

import pytest

from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

HEADER = "类 | 款 | 项 | 科目名称 | 本年支出合计\n"
WHOLE = """
    208 | . | . | 社会保障和就业支出 | 1.00
    208 | 20805 | . | 行政事业单位养老支出 | 1.00
    208 | 20805 | 2080505 | 基本养老保险缴费支出 | 1.00
    208 | 20805 | 2080506 | 职业年金缴费支出 | 1.00
"""
OUTLINE = """
    208 | . | . | 社会保障和就业支出 | 1.00
    . | 05 | . | 行政事业单位养老支出 | 1.00
    . | . | 05 | 基本养老保险缴费支出 | 1.00
    . | . | 6 | 职业年金缴费支出 | 1.00
"""
MERGED = """
    208 | . | . | 社会保障和就业支出 | 1.00
    ^ | 05 | . | 行政事业单位养老支出 | 1.00
    ^ | ^ | 05 | 基本养老保险缴费支出 | 1.00
    ^ | ^ | 06 | 职业年金缴费支出 | 1.00
"""


@pytest.mark.parametrize(
    "table",
    [grid(HEADER + body) for body in (WHOLE, OUTLINE, MERGED)],
    ids=["whole codes", "levels below their own", "merged"],
)
def test_a_code_is_whole_however_its_cells_divide_it(table: Table):
    figures = collected("支出决算表", "单位：万元", table).figures
    assert [figure.row.row_code for figure in figures] == ["208", "20805", "2080505", "2080506"]
