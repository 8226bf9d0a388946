"""What pages do to a form between its parts: running heads, divided headers, shifted columns."""

import pytest

from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.document import Table
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.forms import Recognition, recognise_forms
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import document, grid

EDGES = (50, 120, 220, 300, 380, 460)
HEADER = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出
    科目编码 | 科目名称 | ^ | ^ | ^
"""
BODY = "208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00"
MORE = "210 | 卫生健康支出 | 8.00 | 5.00 | 3.00"
FIRST, REST = grid(HEADER + BODY, edges=EDGES), grid(MORE, edges=EDGES)
CAPTIONS = ("支出决算表", "单位：万元")


def recognise(*blocks: str | Table) -> Recognition:
    return recognise_forms(document(*blocks), load_catalogue())


def codes(recognition: Recognition) -> list[tuple[str, ...]]:
    return [row.code_parts for form in recognition.forms for row in form.rows]


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
    recognition = recognise(running, "前言。", running, *CAPTIONS, FIRST, *between, REST, running)
    assert codes(recognition) == [("208",), ("210",)]
    assert recognition.unknown == ()


def test_more_rows_below_a_text_are_named():
    recognition = recognise(*CAPTIONS, FIRST, "下文另起一段。", REST)
    assert codes(recognition) == [("208",)]
    assert [refusal.reason for refusal in recognition.unknown] == [RejectionReason.UNKNOWN_FORM]


def test_a_table_with_another_header_is_no_more_of_a_form():
    other = grid(
        "项目 | < | 决算数\n科目编码 | 科目名称 | 经营支出\n210 | 卫生 | 8.00", edges=EDGES
    )
    recognition = recognise(*CAPTIONS, FIRST, other)
    assert codes(recognition) == [("208",)]
    assert [refusal.reason for refusal in recognition.unknown] == [RejectionReason.UNKNOWN_FORM]


def test_a_header_that_a_page_break_divides_is_one():
    upper, lower = HEADER.strip().splitlines()
    recognition = recognise(
        *CAPTIONS,
        grid(upper, edges=EDGES),
        grid(lower.replace("^", ".") + "\n" + BODY, edges=EDGES),
        REST,
    )
    assert codes(recognition) == [("208",), ("210",)]
    (form,) = recognition.forms
    assert [value.measure for value in form.rows[0].values] == ["total", "basic", "project"]


def test_captions_that_a_page_break_parts_from_their_grid_are_its_captions():
    captions = grid("支出决算表 | < | <\n部门：某局 | . | 单位：万元\n. | . | .")
    assert codes(recognise(captions, FIRST)) == [("208",)]


@pytest.mark.parametrize("header", ["", HEADER])
def test_equally_many_columns_that_do_not_line_up_are_those_of_their_places(header: str):
    """Amounts of a page whose columns are drawn elsewhere moved into their neighbours."""
    elsewhere = (50, 250, 330, 400, 430, 460)
    recognition = recognise(*CAPTIONS, FIRST, grid(header + MORE, edges=elsewhere))
    (form,) = recognition.forms
    assert [(value.measure, value.cell.text) for value in form.rows[-1].values] == [
        ("total", "8.00"),
        ("basic", "5.00"),
        ("project", "3.00"),
    ]


def test_amounts_without_code_and_label_are_nobodys():
    contents = collected(*CAPTIONS, grid(HEADER + ". | . | 9.00 | 5.00 | 4.00"))
    assert contents.figures == []
    assert {rejection.reason for rejection in contents.rejections} == {
        RejectionReason.AMBIGUOUS_CELL
    }
