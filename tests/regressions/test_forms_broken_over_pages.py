"""What pages do to a form between its parts: running heads, divided headers, shifted columns."""

import pytest

from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected, meant, named, texts, unnamed
from tests.unit.recognising.grids import grid

EDGES = (50, 120, 220, 300, 380, 460)
HEADER = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出
    科目编码 | 科目名称 | ^ | ^ | ^
"""
BODY = "208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00"
MORE = "210 | 卫生健康支出 | 8.00 | 5.00 | 3.00"
FIRST, REST = grid(HEADER + BODY, edges=EDGES), grid(MORE, edges=EDGES)
CAPTIONS = ("支出决算表", "单位：万元")


def codes(*blocks: str | Table) -> list[list[tuple[str, ...]]]:
    """The codes of each table's rows."""
    return [[row.code_parts for row in meaning.table.rows] for meaning in meant(*blocks)]


def forms(*blocks: str | Table) -> list[str]:
    return [meaning.form for meaning in meant(*blocks)]


@pytest.mark.parametrize(
    "between",
    [
        ("某县水利局2023年度部门决算",),
        ("某县水利局2023年度部门决算", "续表"),
        ("（续上表）", "单位：万元"),
        ("部门：某县水利局", "公开03表"),
    ],
)
def test_what_pages_repeat_does_not_end_a_form(between: tuple[str, ...]):
    """A running head between two pages of a form ended it, and the rest was dropped in silence."""
    running = "某县水利局2023年度部门决算"
    blocks = (running, "前言。", running, *CAPTIONS, FIRST, *between, REST, running)
    assert codes(*blocks) == [[("208",), ("210",)]]


def test_more_rows_below_a_text_are_a_table_without_a_name():
    contents = collected(*CAPTIONS, FIRST, "下文另起一段。", REST)
    assert [table.form for table in contents.printings] == ["expenditure", ""]
    assert texts(named(contents)) == ["9.00", "5.00", "4.00"]
    assert set(texts(unnamed(contents))) >= {"8.00", "5.00", "3.00"}


def test_a_table_with_another_header_is_no_more_of_a_form():
    other = grid(
        "项目 | < | 决算数\n科目编码 | 科目名称 | 经营支出\n210 | 卫生 | 8.00", edges=EDGES
    )
    assert codes(*CAPTIONS, FIRST, other) == [[("208",)], [("210",)]]
    assert forms(*CAPTIONS, FIRST, other) == ["expenditure", ""]


def test_a_header_that_a_page_break_divides_is_one():
    upper, lower = HEADER.strip().splitlines()
    blocks = (
        *CAPTIONS,
        grid(upper, edges=EDGES),
        grid(lower.replace("^", ".") + "\n" + BODY, edges=EDGES),
        REST,
    )
    assert codes(*blocks) == [[("208",), ("210",)]]
    assert [figure.measure for figure in collected(*blocks).figures] == [
        *("total", "basic", "project"),
        *("total", "basic", "project"),
    ]


def test_captions_that_a_page_break_parts_from_their_grid_are_its_captions():
    captions = grid("支出决算表 | < | <\n部门：某局 | . | 单位：万元\n. | . | .")
    assert codes(captions, FIRST) == [[("208",)]]
    assert forms(captions, FIRST) == ["expenditure"]


@pytest.mark.parametrize("header", ["", HEADER])
def test_equally_many_columns_that_do_not_line_up_are_those_of_their_places(header: str):
    """Amounts of a page whose columns are drawn elsewhere moved into their neighbours."""
    elsewhere = (50, 250, 330, 400, 430, 460)
    contents = collected(*CAPTIONS, FIRST, grid(header + MORE, edges=elsewhere))
    assert len(contents.printings) == 1
    assert [(figure.measure, figure.text) for figure in contents.figures[-3:]] == [
        ("total", "8.00"),
        ("basic", "5.00"),
        ("project", "3.00"),
    ]


def test_amounts_without_code_and_label_beside_rows_that_have_them_are_nobody_s():
    contents = collected(*CAPTIONS, grid(f"{HEADER}{BODY}\n. | . | 7.00 | 3.00 | 4.00"))
    assert texts(named(contents)) == ["9.00", "5.00", "4.00"]
    assert texts(unnamed(contents)) == ["7.00", "3.00", "4.00"]
    assert contents.rejections == []
