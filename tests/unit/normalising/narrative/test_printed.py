"""A number says how much it is, of what, and to which digit it was printed."""

from decimal import Decimal

import pytest
from lark import Token

from pipelines.domain.disclosure import ClaimKind
from pipelines.normalising.narrative.printed import Number, is_rate, read_number
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


@pytest.mark.parametrize(
    ("kind", "printed", "money_unit", "number"),
    [
        ("PERCENT", "5.5%", "", Number(ClaimKind.RATE, Decimal("5.5"), 1, "%")),
        ("PERCENT", "百分之5", "", Number(ClaimKind.RATE, Decimal(5), 0, "")),
        ("SCORE", "95.5分", "", Number(ClaimKind.SCORE, Decimal("95.5"), 1, "分")),
        ("COUNT", "3百人", "", Number(ClaimKind.COUNT, Decimal(300), 0, "百人")),
        ("COUNT", "2亿条", "", Number(ClaimKind.COUNT, Decimal(200_000_000), 0, "亿条")),
        (
            "NUMBER",
            "5.5",
            "",
            Number(ClaimKind.AMOUNT, Decimal("5.5"), 1, "", is_unit_missing=True),
        ),
        (
            "NUMBER",
            "5.5",
            "万元",
            Number(ClaimKind.AMOUNT, Decimal(55_000), 1, "", is_unit_missing=True),
        ),
    ],
)
def test_a_number_is_read_by_the_kind_of_its_token(
    kind: str, printed: str, money_unit: str, number: Number
):
    assert read_number(Token(kind, printed), money_unit) == number


@pytest.mark.parametrize(
    ("kind", "printed", "word", "expected"),
    [
        ("PERCENT", "5%", "增加", True),
        ("NUMBER", "5", "增长", True),
        ("NUMBER", "5", "下降", True),
        ("NUMBER", "5", "增幅", True),
        ("NUMBER", "5", "增加", False),
        ("MONEY", "5万元", "增长", False),
    ],
)
def test_a_change_without_a_unit_is_a_rate_where_its_word_says_so(
    kind: str, printed: str, word: str, *, expected: bool
):
    assert is_rate(Token(kind, printed), Token("UP", word)) == expected
