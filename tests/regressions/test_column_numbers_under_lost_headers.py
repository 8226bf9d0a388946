"""The numbers of columns became amounts where damage had taken some of them, or their header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import Disclosure, FurnitureKind
from pipelines.normalising.disclosing import disclose
from tests.paths import REFERENCE_DIR
from tests.unit.recognising.grids import document, grid

AMOUNTS = "12.50 | 1.25 | 11.25 | 6.00 | 5.25 | 0.00"


def read(drawing: str) -> Disclosure:
    return disclose(
        document(
            "某局2023年度部门决算", "财政拨款“三公”经费支出决算表", "单位：万元", grid(drawing)
        ),
        REFERENCE_DIR,
    )


def amounts(disclosure: Disclosure) -> list[str]:
    return [figure.text for figure in disclosure.figures]


def column_numbers(disclosure: Disclosure) -> list[str]:
    return [
        item.number_text
        for item in disclosure.furniture
        if item.kind is FurnitureKind.COLUMN_NUMBER
    ]


HEADERS = {
    "whole": "合计 | 出国 | 用车 | 购置 | 运行 | 接待",
    "half": "合计 | . | 用车 | . | . | 接待",
    "one word": ". | . | . | . | . | 接待",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize(
    "numbers",
    [
        "1 | 2 | 3 | 4 | 5 | 6",
        "1 | 2 | 3 | . | 5 | 6",
        ". | 2 | . | 4 | 5 | .",
        "7 | 8 | 9 | 10 | 11 | 12",
    ],
)
def test_numbers_that_count_columns_are_no_amounts(header: str, numbers: str):
    disclosure = read(f"{header}\n{numbers}\n{AMOUNTS}")
    assert amounts(disclosure) == AMOUNTS.split(" | ")
    assert column_numbers(disclosure) == [it for it in numbers.split(" | ") if it != "."]


@given(st.sets(st.integers(0, 5), min_size=3))
def test_any_three_of_them_are_enough(kept: set[int]):
    numbers = " | ".join(str(place + 1) if place in kept else "." for place in range(6))
    disclosure = read(f"{HEADERS['half']}\n{numbers}\n{AMOUNTS}")
    assert amounts(disclosure) == AMOUNTS.split(" | ")


@pytest.mark.parametrize(
    "numbers", ["1 | 2 | 4 | 5 | 6 | 7", "3 | 2 | 1 | 0 | 0 | 0", "10 | 12 | 15 | 16 | 20 | 22"]
)
def test_numbers_that_do_not_rise_with_their_columns_are_amounts(numbers: str):
    disclosure = read(f"{HEADERS['whole']}\n{numbers}")
    assert amounts(disclosure) == numbers.split(" | ")


def test_a_labelled_row_of_small_numbers_is_one_of_amounts():
    disclosure = read("""
        项目 | 合计 | 购置 | 运行
        车辆数 | 1 | 2 | 3
        金额 | 12.50 | 1.25 | 11.25
    """)
    assert amounts(disclosure)[:3] == ["1", "2", "3"]


def test_numbers_that_count_rows_are_no_amounts_under_any_header():
    disclosure = read("""
        项目 | 支出 | 决算数
        一、拨款 | 1 | 10.00
        二、事业 | 2 | 20.00
        三、经营 | 3 | 30.00
        四、上缴 | . | 40.00
        五、补助 | 5 | 50.00
        六、其他 | 6 | 60.00
    """)
    assert amounts(disclosure) == ["10.00", "20.00", "30.00", "40.00", "50.00", "60.00"]


def test_the_label_of_the_next_row_in_the_cell_of_the_column_numbers_changes_nothing():
    table = grid("项目 | 合计 | 基本\n栏次\\n合计 | 1 | 2\n公共 | 12.00 | 3.00")
    disclosure = disclose(
        document("某局2023年度部门决算", "支出决算表", "单位：万元", table), REFERENCE_DIR
    )
    assert "1" not in amounts(disclosure)
