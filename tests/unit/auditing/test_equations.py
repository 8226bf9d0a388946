"""How far amounts may lie from their print, and what holds though no rounding explains it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.auditing.equations import Equation, PrintedAmount, connected, slack_of, spread_of

YUAN = Decimal(1)


def amount(key: str, text: str, *, is_cut_off: bool = False) -> PrintedAmount:
    return PrintedAmount(
        key=key,
        value=Decimal(text),
        scale=2,
        unit_yuan=YUAN,
        column=("form", "", "total"),
        row_index=0,
        row=("form", "", "0"),
        column_index=0,
        is_cut_off=is_cut_off,
    )


def equation(signs: dict[str, int], relation: str = "=", *, fails: bool = False) -> Equation:
    return Equation("e", relation, is_hard=True, fails=fails, signs=signs)


@pytest.mark.parametrize(
    ("text", "is_cut_off", "reach"),
    [
        ("1.00", False, ("-0.005", "0.005")),
        ("1.00", True, ("0", "0.01")),
        ("0.00", False, ("0", "0")),
        ("0.00", True, ("0", "0")),
    ],
)
def test_a_true_amount_lies_around_its_print_or_above_it_and_nil_is_nil(
    text: str, *, is_cut_off: bool, reach: tuple[str, str]
):
    assert amount("a", text, is_cut_off=is_cut_off).reach == tuple(map(Decimal, reach))


def test_an_amount_is_so_many_of_its_unit_and_prints_parts_of_it():
    printed = replace(amount("a", "1.25"), unit_yuan=Decimal(10_000))
    assert (printed.yuan, printed.step) == (Decimal(12_500), Decimal(100))
    assert (printed.quantity, replace(printed, family="f").quantity) == ("a", "f")


@pytest.mark.parametrize(
    ("signs", "relation", "is_copy"),
    [
        ({"a": 1, "b": -1}, "=", True),
        ({"a": -1, "b": 1, "c": 0}, "=", True),
        ({"a": 1, "b": 1}, "=", False),
        ({"a": 1, "b": -1, "c": -1}, "=", False),
        ({"a": 1, "b": -1}, "<=", False),
    ],
)
def test_a_copy_sets_one_amount_equal_to_one_other(
    signs: dict[str, int], relation: str, *, is_copy: bool
):
    assert equation(signs, relation).is_copy == is_copy


@pytest.mark.parametrize(
    ("texts", "relation", "fails", "slack"),
    [
        (("1.00", "1.00"), "=", False, "0"),
        (("1.00", "1.01"), "=", False, "0"),
        (("1.01", "1.00"), "=", False, "0"),
        (("1.00", "1.50"), "=", False, "0.50"),
        (("1.00", "0.00"), "=", False, "1.00"),
        (("1.00", "1.50"), "=", True, "0"),
        (("1.00", "1.50"), "<=", False, "0"),
        (("1.50", "1.00"), "<=", False, "0.50"),
        (("1.50", "1.00"), ">=", False, "0"),
    ],
    ids=[
        "equal",
        "rounded up",
        "rounded down",
        "coarse",
        "nil",
        "fails",
        "less",
        "more",
        "more, as it may be",
    ],
)
def test_only_what_holds_beyond_its_rounding_has_slack(
    texts: tuple[str, str], relation: str, *, fails: bool, slack: str
):
    printed = {key: amount(key, text) for key, text in zip("ab", texts, strict=True)}
    assert slack_of(printed, equation({"a": 1, "b": -1}, relation, fails=fails)) == Decimal(slack)


def test_a_sum_spreads_as_far_as_its_amounts_together():
    printed = {"a": amount("a", "3.00"), "b": amount("b", "1.00", is_cut_off=True)}
    assert spread_of(printed, {"a": 1, "b": -2}) == (Decimal("-0.025"), Decimal("0.005"))


def test_equations_that_share_amounts_are_together():
    one, two, three = ({"a": 1, "b": -1}, {"c": 1, "d": -1}, {"b": 1, "e": -1})
    found = connected(map(equation, (one, two, three)), lambda each: each.signs)
    assert [[dict(each.signs) for each in group] for group in found] == [[two], [one, three]]
