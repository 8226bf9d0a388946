"""类, 款 and 项 printed beside 栏次 and down beside 合计 made amounts of the columns' numbers."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

FORM = """
    项目 | < | < | < | 本年支出合计 | 基本支出 | 项目支出
    功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^
    类 | 款 | 项 | 栏次 | 1 | 2 | 3
    ^ | ^ | ^ | 合计 | 9.00 | 4.00 | 5.00
    2080505 | < | < | 基本养老保险缴费支出 | 9.00 | 4.00 | 5.00
"""


def test_levels_of_a_code_are_header_wherever_they_stand():
    contents = collected("支出决算表", "单位：万元", grid(FORM))
    assert [(row.row_code, row.row_label) for row in contents.rows] == [
        ("", "合计"),
        ("2080505", "基本养老保险缴费支出"),
    ]
    assert [figure.text for figure in contents.figures] == ["9.00", "4.00", "5.00"] * 2
    assert [item.number_text for item in contents.furniture] == ["1", "2", "3"]
    assert not contents.rejections
