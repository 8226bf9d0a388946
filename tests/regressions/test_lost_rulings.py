"""A missing ruling put two cells into one, and their numbers were refused or lost."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.unit.reading.drawn_form import FORM, ROWS, Ruling, both, document, form, texts
from tests.unit.reading.pages import Drawing

DOWN = [("down", number) for number in range(2, len(ROWS[0]))]
ACROSS = [("across", number) for number in range(2, len(ROWS))]


@pytest.mark.parametrize("ruling", [*DOWN, *ACROSS], ids=lambda ruling: " ".join(map(str, ruling)))
def test_a_missing_ruling_costs_nothing(ruling: Ruling):
    assert texts(document(form(without={ruling}))) == FORM


def test_two_missing_rulings_cost_nothing():
    assert texts(document(form(without={("down", 3), ("down", 4)}))) == FORM
    assert texts(document(form(without={("across", 3), ("across", 4)}))) == FORM


AMOUNTS = st.decimals("0.00", "99999.99", places=2).map(lambda amount: f"{amount:,}")


@given(
    st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=2, max_size=6), st.sampled_from(DOWN)
)
def test_two_numbers_are_never_joined_into_one(amounts: list[Sequence[str]], ruling: Ruling):
    rows = [ROWS[0], *((f"20{number}", "支出", *each) for number, each in enumerate(amounts, 1))]
    assert texts(document(form(rows, without={ruling}))) == [[*rows]]


def test_the_rest_of_a_table_on_another_page_lost_the_same_ruling():
    rest = [("210", "卫生健康支出", "1.00", "", ""), ("21011", "行政事业单位医疗", "1.00", "", "")]
    read = texts(document(form(without={("down", 4)}), form(rest, without={("down", 4)})))
    assert read == [*FORM, rest]


XS = (50, 150, 250, 350, 450)
GROUPED = [("项目", "预算", "", "决算"), ("", "基本", "项目", "")]
YS = (700, 680, 660, 640, 620)


def grouped(canvas: Canvas) -> None:
    """A header of a group of two columns, beside which the ruling on its left is missing."""
    for y in (700, 660, 640, 620):
        canvas.line(50, y, 450, y)
    canvas.line(150, 680, 350, 680)
    for x in (50, 350, 450):
        canvas.line(x, 700, x, 620)
    canvas.line(250, 680, 250, 620)
    for x, y, text in (
        *((90, 675, "项目"), (240, 686, "收入"), (390, 675, "支出")),
        *((190, 666, "财政"), (290, 666, "其他")),
        *((54, 646, "一、本年"), (54, 626, "二、上年")),
    ):
        canvas.drawString(x, y, text)
    for x, y, text in (
        *((246, 646, "12.00"), (346, 646, "3.00"), (446, 646, "15.00")),
        *((246, 626, "2.00"), (346, 626, "0.00"), (446, 626, "2.00")),
    ):
        canvas.drawRightString(x, y, text)


def test_a_ruling_beside_a_group_of_columns_is_regained():
    (rows,) = texts(document(grouped))
    assert rows == [
        ("项目", "收入", "支出"),
        ("财政", "其他"),
        ("一、本年", "12.00", "3.00", "15.00"),
        ("二、上年", "2.00", "0.00", "2.00"),
    ]


def caption(canvas: Canvas) -> None:
    """A row over the whole width, its texts at either end."""
    canvas.rect(50, 700, 450, 20)
    canvas.drawString(54, 706, "部门：某局")
    canvas.drawRightString(496, 706, "单位：万元")


def code_with_name(canvas: Canvas) -> None:
    form([("科目", "金额"), ("201 公共", "1.00"), ("208 社保", "2.00")], xs=(50, 200, 300))(canvas)


def amounts_below_each_other(canvas: Canvas) -> None:
    """A label of two lines beside one amount."""
    form([("项目", "金额"), ("", "1.00"), ("合计", "2.00")], xs=(50, 200, 300))(canvas)
    canvas.drawString(54, 671, "一般公共")
    canvas.drawString(54, 661, "服务支出")


@pytest.mark.parametrize(
    ("page", "cells"),
    [
        (both(caption, form()), [("部门：某局 单位：万元",), *ROWS]),
        (code_with_name, [("科目", "金额"), ("201公共", "1.00"), ("208社保", "2.00")]),
        (
            amounts_below_each_other,
            [("项目", "金额"), ("一般公共服务支出", "1.00"), ("合计", "2.00")],
        ),
    ],
    ids=["a caption", "a code with its name", "a label of two lines"],
)
def test_what_is_one_cell_stays_one(page: Drawing, cells: list[tuple[str, ...]]):
    assert texts(document(page)) == [cells]
