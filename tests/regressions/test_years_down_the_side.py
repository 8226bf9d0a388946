"""A form of one row printed a row a year, and none of its figures had a name."""

import pytest

from tests.unit.normalising.drawn import collected, named, unnamed
from tests.unit.recognising.grids import grid

FORM = """
    年度 | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费
    ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
    {} | 9.00 | . | 7.00 | . | 7.00 | 2.00
    {} | 8.00 | . | 7.00 | . | 7.00 | 1.00
"""
TITLE = "2022年财政拨款“三公”经费预算表"
ITEMS = ["total", "vehicle", "vehicle_operation", "reception"]
PRIOR = [f"prior_{item}" for item in ITEMS]


@pytest.mark.parametrize(
    ("first", "second", "measures"),
    [
        ("2021年预算", "2022年预算", PRIOR + ITEMS),
        ("2022年预算数", "2021年预算数", ITEMS + PRIOR),
        ("2021年", "2022年", PRIOR + ITEMS),
        ("上年预算数", "本年预算数", PRIOR + ITEMS),
    ],
)
def test_the_latest_year_is_the_budget_and_the_one_before_it_prior(
    first: str, second: str, measures: list[str]
):
    contents = collected(TITLE, "单位：万元", grid(FORM.format(first, second)))
    assert [figure.measure for figure in contents.figures] == measures


def test_what_was_spent_the_year_before_is_no_budget():
    contents = collected(TITLE, "单位：万元", grid(FORM.format("2021年决算", "2022年预算")))
    assert [figure.measure for figure in named(contents)] == ITEMS
    assert {figure.row.row_label for figure in unnamed(contents)} == {"2021年决算"}


def test_the_accounts_of_a_year_stand_below_its_budget():
    table = grid(FORM.format("2021年预算", "2021年决算"))
    contents = collected("2021年度财政拨款“三公”经费支出决算表", "单位：万元", table)
    expected = [f"{side}_{item}" for side in ("budget", "actual") for item in ITEMS]
    assert [figure.measure for figure in contents.figures] == expected
