"""Units printed above the title, in it or in a header cell were not found; 三公 inherited 元."""

from decimal import Decimal

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

BODY = """
    科目编码 | 科目名称 | 本年支出合计 | 基本支出
    208 | 社会保障和就业支出 | 9.00 | 9.00
"""
THREE_PUBLIC = grid(
    """
    合计 | 因公出国(境)费 | 公务接待费 | 机关运行经费预算数
    47.91 | 1.00 | 46.91 | 443.18
    """
)
IN_YUAN = (
    "2026年部门支出预算总表",
    "单位：元",
    grid("科目名称 | 合计\n合计 | 9000.00"),
    "注：无。",
)


@pytest.mark.parametrize(
    "blocks",
    [
        ("单位：万元", "支出决算表", grid(BODY)),
        ("公开03表", "单位：万元", "部门：某县水利局", "支出决算表", grid(BODY)),
        ("支出决算表（单位：万元）", grid(BODY)),
        ("支出决算表（万元）", grid(BODY)),
        ("支出决算表", "万元", grid(BODY)),
        ("支出决算表", grid(BODY.replace("合计", "合计（万元）"))),
        (
            "支出决算表",
            grid(
                """
                科目编码 | 科目名称 | 金额单位：万元 | <
                ^ | ^ | 本年支出合计 | 基本支出
                208 | 社会保障和就业支出 | 9.00 | 9.00
                """
            ),
        ),
    ],
    ids=["above", "among captions above", "in title", "bare in title", "alone", "header", "group"],
)
def test_a_unit_is_read_wherever_it_is_printed(blocks: tuple[str | Table, ...]):
    contents = collected(*blocks)
    assert [(f.row.row_code, f.measure, f.unit) for f in contents.figures] == [
        ("208", "total", PrintedUnit.WAN_YUAN),
        ("208", "basic", PrintedUnit.WAN_YUAN),
    ]
    assert contents.rejections == []


def test_three_public_inherits_no_yuan():
    contents = collected(*IN_YUAN, "部门“三公”经费和机关运行经费预算表", THREE_PUBLIC)
    assert [(figure.form, figure.unit) for figure in contents.figures] == [
        ("budget_expenditure", PrintedUnit.YUAN),
        *[("budget_three_public", None)] * 4,
    ]
    assert [figure.yuan for figure in contents.figures[1:]] == [None] * 4


@pytest.mark.parametrize(
    ("told", "unit"),
    [
        ("其中机关运行经费443.18万元，比上年减少。", PrintedUnit.WAN_YUAN),
        ("其中机关运行经费0.0443万元，比上年减少。", PrintedUnit.YUAN),
    ],
)
def test_the_narrative_tells_the_unit_of_three_public(told: str, unit: PrintedUnit):
    contents = collected(
        *IN_YUAN, "部门“三公”经费和机关运行经费预算表", THREE_PUBLIC, "第三部分 说明", told
    )
    found = [figure for figure in contents.figures if figure.form == "budget_three_public"]
    assert [(figure.value, figure.unit) for figure in found] == [
        (Decimal(text), unit) for text in ("47.91", "1.00", "46.91", "443.18")
    ]


def test_a_unit_on_one_line_with_the_title_below_it_ends_there():
    """The title behind it was lost, and its form was taken for more of the form before."""
    contents = collected("单位：元支出决算表", grid(BODY))
    assert [(f.form, f.unit) for f in contents.figures] == [("expenditure", PrintedUnit.YUAN)] * 2


def test_a_county_that_begins_like_a_unit_is_none():
    contents = collected("支出决算表", "编制单位：元谋县农业农村局", "单位：万元", grid(BODY))
    assert {figure.unit for figure in contents.figures} == {PrintedUnit.WAN_YUAN}
    assert contents.printings[0].entity_text == "元谋县农业农村局"
