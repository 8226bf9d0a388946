"""A unit's code became the end of its items' codes, and a unit's row hid a form of one row."""

from tests.unit.normalising.drawn import collected, named, unnamed
from tests.unit.recognising.grids import grid

BY_ITEM = """
    项目 | < | < | < | < | 合计 | 基本支出 | 项目支出
    科目编码 | < | < | 单位代码 | 单位名称（科目） | ^ | ^ | ^
    类 | 款 | 项 | ^ | ^ | ^ | ^ | ^
    . | . | . | . | 合计 | 9.00 | 4.00 | 5.00
    208 | 05 | 05 | 301001 | 基本养老保险缴费支出 | 9.00 | 4.00 | 5.00
"""
NAMED = """
    单位名称 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
    合计 | . | . | 9.00 | 4.00 | 5.00
    某某中心 | 2080505 | 基本养老保险缴费支出 | 9.00 | 4.00 | 5.00
"""
ONE_ROW = """
    单位编码 | 单位名称 | “三公”经费合计 | 公务接待费
    . | 合计 | 3.00 | 3.00
    301001 | 某某局 | 1.00 | 1.00
    301002 | 某某中心 | 2.00 | 2.00
"""


def test_the_code_of_a_unit_is_no_part_of_its_items_code():
    for table in (BY_ITEM, NAMED):
        contents = collected("部门支出总表", "单位：万元", grid(table))
        assert [(row.row_code, row.row_label) for row in contents.rows] == [
            ("", "合计"),
            ("2080505", "基本养老保险缴费支出"),
        ]
        assert len(contents.figures) == 6
        assert contents.printings[0].number_count == contents.printings[0].accounted_count


def test_of_a_form_of_one_row_the_total_is_named_and_units_are_kept():
    contents = collected(
        "某某局2026年部门预算", "一般公共预算“三公”经费支出表", "单位：万元", grid(ONE_ROW)
    )
    assert [(figure.measure, figure.text) for figure in named(contents)] == [
        ("total", "3.00"),
        ("reception", "3.00"),
    ]
    assert [(figure.row.row_label, figure.text) for figure in unnamed(contents)] == [
        *[("某某局", "1.00")] * 2,
        *[("某某中心", "2.00")] * 2,
    ]
