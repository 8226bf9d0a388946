"""A number says how much it is, of what, and to which digit it was printed."""

from decimal import Decimal

import pytest

from tests.unit.normalising.drawn import stated

HEADING = "一、“三公”经费支出情况说明"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "scale"),
    [
        ("5人次", 5, "人次", 0),
        ("1.2万人次", 12_000, "万人次", 1),
        ("3千人次", 3_000, "千人次", 0),
        ("1,234人次", 1_234, "人次", 0),
    ],
)
def test_a_count_may_be_printed_in_thousands(printed: str, value: int, unit: str, scale: int):
    (claim,) = stated(HEADING, f"国内公务接待{printed}。")
    assert (claim.value, claim.unit, claim.scale) == (value, unit, scale)


@pytest.mark.parametrize(
    ("printed", "value", "unit", "scale", "is_unit_missing"),
    [
        ("5元", "5", "元", 0, False),
        ("1.25万元", "12500", "万元", 2, False),
        ("2亿元", "200000000", "亿元", 0, False),
        ("1亿2000.5万元", "120005000", "万元", 1, False),
        ("3.5万", "35000", "万", 1, True),
    ],
)
def test_money_is_in_yuan_whatever_it_is_printed_in(
    printed: str, value: str, unit: str, scale: int, *, is_unit_missing: bool
):
    (claim,) = stated(HEADING, f"公务接待费支出{printed}。")
    assert (claim.value, claim.unit) == (Decimal(value), unit)
    assert (claim.scale, claim.is_unit_missing) == (scale, is_unit_missing)
