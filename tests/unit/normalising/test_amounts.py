"""Printed amounts: every way of printing a number, and nothing that is none."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from pipelines.normalising.amounts import BLANK_MARKS, UnreadableAmountError, parse_amount

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
NUMBERS = st.decimals(
    min_value=Decimal("-99999999999"), max_value=Decimal("99999999999"), places=2
) | st.integers(-(10**12), 10**12).map(Decimal)
UNSIGNED = NUMBERS.map(abs)


def value(text: str) -> Decimal | None:
    amount = parse_amount(text, PrintedUnit.WAN_YUAN)
    return None if amount is None else amount.value


def plain(number: Decimal) -> str:
    return f"{number:f}"


def grouped(number: Decimal) -> str:
    return f"{number:,f}"


def justified(number: Decimal) -> str:
    return " ".join(plain(number))


def over_two_lines(number: Decimal) -> str:
    """Broken before a separator, as a narrow cell does."""
    return grouped(number).replace(",", "\n,").replace(".", "\n.")


@pytest.mark.parametrize(
    "printed",
    [plain, grouped, over_two_lines, lambda number: grouped(number).translate(FULL_WIDTH)],
    ids=["plain", "grouped", "over two lines", "full width"],
)
@given(number=NUMBERS)
def test_what_is_printed_is_read_back(printed, number: Decimal):
    assert value(printed(number)) == number


@given(UNSIGNED)
def test_justified_digits_are_one_number(number: Decimal):
    assert value(justified(number)) == number


@pytest.mark.parametrize("sign", "-−–—‐‒―﹣－ー", ids=lambda sign: f"U+{ord(sign):04X}")
@given(number=UNSIGNED)
def test_every_minus_sign_is_one(sign: str, number: Decimal):
    assert value(f"{sign}{grouped(number)}") == -number
    assert value(f"{sign} {plain(number)}") == -number


@pytest.mark.parametrize("brackets", ["()", "（）"])
@given(number=UNSIGNED)
def test_brackets_mean_less_than_nothing(brackets: str, number: Decimal):
    left, right = brackets
    assert value(f"{left}{grouped(number)}{right}") == -number
    assert value(f"{left} {plain(number)} {right}") == -number


@pytest.mark.parametrize("sign", ["¥", "￥", "¥ "])
@given(number=UNSIGNED)
def test_a_currency_sign_says_nothing(sign: str, number: Decimal):
    assert value(f"{sign}{grouped(number)}") == number
    assert value(f"-{sign}{plain(number)}") == value(f"{sign}-{plain(number)}") == -number
    assert value(f"({sign}{plain(number)})") == -number
    assert value(f"{sign}-") is None


def test_two_numbers_behind_a_currency_sign_are_none():
    with pytest.raises(UnreadableAmountError):
        value("¥12.50 34.50")


@given(NUMBERS, st.sampled_from(PrintedUnit))
def test_the_unit_only_moves_the_point(number: Decimal, unit: PrintedUnit):
    assume(abs(number) * unit.yuan < 10**18)
    amount = parse_amount(plain(number), unit)
    assert amount is not None
    assert (amount.value, amount.unit, amount.yuan) == (number, unit, number * unit.yuan)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1000000000000000000", PrintedUnit.YUAN),
        ("100000000000000", PrintedUnit.WAN_YUAN),
        ("0.1234567", PrintedUnit.YUAN),
        ("1.00000000001", PrintedUnit.WAN_YUAN),
    ],
)
def test_more_digits_than_the_warehouse_keeps_are_no_amount(text: str, unit: PrintedUnit):
    with pytest.raises(UnreadableAmountError, match="more digits"):
        parse_amount(text, unit)


@pytest.mark.parametrize("text", ["999999999999999999", "0.123456"])
def test_as_many_digits_as_it_keeps_are_one(text: str):
    amount = parse_amount(text, PrintedUnit.YUAN)
    assert amount is not None
    assert amount.yuan == Decimal(text)


@given(NUMBERS, st.sampled_from(["", " ", "　", "\n", "\u200b", "\ufeff", "\u2060", "\u00ad"]))
def test_what_prints_nothing_changes_nothing(number: Decimal, invisible: str):
    assert value(f"{invisible}{plain(number)}{invisible}") == number


@pytest.mark.parametrize(
    ("text", "scale"),
    [("46", 0), ("171.9", 1), ("899.51", 2), ("899.50", 2), ("0.00", 2), ("28861.938591", 6)],
)
def test_the_printed_decimals_are_kept(text: str, scale: int):
    amount = parse_amount(text, PrintedUnit.WAN_YUAN)
    assert amount is not None
    assert (amount.text, amount.scale, str(amount.value)) == (text, scale, text)


@pytest.mark.parametrize("text", ["0", "0.00", "０．００", "-0.00", "(0)", "0.0000"])
def test_a_printed_zero_is_an_amount(text: str):
    amount = parse_amount(text, PrintedUnit.YUAN)
    assert amount is not None
    assert amount.yuan == 0


@pytest.mark.parametrize(
    "text", [*sorted(BLANK_MARKS), "　", " \n ", "——", "— —", "－", "\u200b"], ids=repr
)
def test_marks_for_nothing_are_no_amount(text: str):
    assert value(text) is None


@given(UNSIGNED, UNSIGNED, st.sampled_from([" ", "\n", "　", "  "]))
def test_two_numbers_in_one_cell_are_refused(first: Decimal, second: Decimal, gap: str):
    """Unless each is a digit of one number justified, or the second the last one of the first."""
    if len(plain(first)) == len(plain(second)) == 1:
        return
    if gap == "\n" and re.fullmatch(r"\d{4,}\.\d", plain(first)) and len(plain(second)) == 1:
        return
    for printed in (plain, grouped):
        with pytest.raises(UnreadableAmountError):
            parse_amount(f"{printed(first)}{gap}{printed(second)}", PrintedUnit.WAN_YUAN)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("67,470,200.0\n0", "67470200.00"),
        ("-1,234.5 \n 6", "-1234.56"),
        ("12345.6\n7", "12345.67"),
        # Unbroken parts, and a digit before the point, were no numbers alone before.
        ("70,574,900.\n00", "70574900.00"),
    ],
)
def test_a_long_number_may_lose_its_last_digit_to_the_next_line(text: str, number: str):
    amount = parse_amount(text, PrintedUnit.YUAN)
    assert amount is not None
    assert (amount.value, amount.scale) == (Decimal(number), 2)


@pytest.mark.parametrize(
    "text",
    [
        *("1234.5\n6", "234.5\n6", "12,345\n6", "12,345.67\n8", "12,345.6\n78", "12,345.6 7"),
        *("12,345.6\n-7", "12,345.6\n7\n8", "12,345.6\n7.8"),
    ],
    ids=repr,
)
def test_what_may_be_two_numbers_is_not_joined(text: str):
    with pytest.raises(UnreadableAmountError):
        value(text)


def test_three_pieces_are_a_number_only_where_each_is_a_spread_digit():
    assert value("6 1 2.5") == Decimal("612.5")
    assert value("1 2 3") == Decimal(123)


@pytest.mark.parametrize("text", ["1 2.5", "1 2 34", "12 3 4.5", "1 2 3.45"])
def test_pieces_that_are_no_spread_digits_are_numbers_of_their_own(text: str):
    with pytest.raises(UnreadableAmountError):
        value(text)


@pytest.mark.parametrize(
    "text",
    [
        "12.50 -",
        "12.5万元",
        "12.5%",
        "1.2.3",
        "1,23",
        "1,2345",
        ",123",
        "1,234,",
        "12.",
        ".5",
        "+5",
        "--5",
        "(-5)",
        "((5))",
        "(5",
        "5)",
        "1e5",
        "1_000",
        "NaN",
        "∞",
        "△5",
        "合计",
        "12.5元",
        "第3",
        "1/2",
        "½",
        "12.5①",
        "12.50²",
        "…",
    ],
    ids=repr,
)
def test_what_is_not_one_number_is_refused_with_its_text(text: str):
    with pytest.raises(UnreadableAmountError) as refused:
        parse_amount(f" {text}\n", PrintedUnit.WAN_YUAN)
    assert repr(text) in str(refused.value)


@given(st.text(max_size=12))
def test_any_text_is_an_amount_nothing_or_refused(text: str):
    try:
        amount = parse_amount(text, PrintedUnit.YUAN)
    except UnreadableAmountError as refused:
        assert repr(text.strip()) in str(refused)  # noqa: PT017 - any outcome is right
    else:
        assert amount is None or (amount.text == text.strip() and amount.value.is_finite())
