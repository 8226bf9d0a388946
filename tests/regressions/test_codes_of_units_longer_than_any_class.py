"""Units' codes of nine digits were figures, and each unit's row a total of its form."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

TABLE = """
    {} | {} | 合计 | 本年收入 | <
    ^ | ^ | ^ | 小计 | 一般公共预算
    . | 合计 | 9.00 | 9.00 | 9.00
    410723001 | 某某局 | 6.00 | 6.00 | 6.00
    410723002 | 某某中心 | 3.00 | 3.00 | 3.00
"""


def test_codes_of_units_are_codes_however_long():
    for header in (("部门代码", "部门名称"), ("编码", "单位名称")):
        contents = collected(
            "某某局2026年部门预算", "收入总表", "单位：万元", grid(TABLE.format(*header))
        )
        assert [(row.row_code, row.row_label, row.line) for row in contents.rows] == [
            ("", "合计", "total"),
            ("410723001", "某某局", ""),
            ("410723002", "某某中心", ""),
        ]
        assert [figure.text for figure in contents.figures] == [
            *["9.00"] * 3,
            *["6.00"] * 3,
            *["3.00"] * 3,
        ]
        assert contents.printings[0].form == "budget_income"
        assert not contents.rejections


def test_a_code_longer_than_any_class_below_a_header_of_classes_stays_unreadable():
    table = """
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        205 | 教育支出 | 9.00 | 4.00 | 5.00
        20502 | 普通教育 | 9.00 | 4.00 | 5.00
        205020220 | 小学教育 | 9.00 | 4.00 | 5.00
    """
    contents = collected("支出总表", "单位：万元", grid(table))
    assert [rejection.printed for rejection in contents.rejections] == ["205020220"]
