"""What a figure should read follows from what binds it, and from nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.auditing import suggestions
from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import Evidence
from pipelines.auditing.slips import Slip
from pipelines.auditing.suggestions import suggest

WAN = Decimal(10_000)


def amount(key: str, text: str, *, scale: int = 2, unit: Decimal = WAN) -> PrintedAmount:
    return PrintedAmount(
        key=key,
        value=Decimal(text),
        scale=scale,
        unit_yuan=unit,
        column=("form", "", key),
        row_index=0,
        row=("form", "", key),
        column_index=0,
    )


def equation(signs: dict[str, int], relation: str = "=", *, is_hard: bool = True) -> Equation:
    return Equation(" ".join(signs), relation, is_hard=is_hard, fails=True, signs=signs)


SUM = {"total": 1, "a": -1, "b": -1}


def suggested(
    amounts: list[PrintedAmount],
    *equations: Equation,
    family: tuple[str, ...] = ("a",),
    released: tuple[str, ...] = ("a",),
) -> tuple[str, str | None, Slip]:
    printed = {each.key: each for each in amounts}
    wrong = [each for each in family if each in released]
    key, value, slip = suggest(
        *(printed, equations, Evidence(amounts, [])),
        wrong,
        set(released) - set(wrong),
        {printed[each].form for each in family},
    )
    return key, None if value is None else str(value), slip


def table(total: str, a: str, b: str) -> list[PrintedAmount]:
    return [amount("total", total), amount("a", a), amount("b", b)]


def test_a_part_is_what_the_total_leaves_it():
    assert suggested(table("30.00", "12.00", "9.00"), equation(SUM)) == (
        "a",
        "21.00",
        Slip.TRANSPOSITION,
    )


def test_a_total_is_the_sum_of_its_parts():
    found = suggested(
        table("30.00", "12.00", "9.00"), equation(SUM), family=("total",), released=("total",)
    )
    assert found[:2] == ("total", "21.00")


def test_what_takes_part_twice_counts_twice():
    signs = {"total": 1, "a": -2, "b": -1}
    assert suggested(table("30.00", "12.00", "8.00"), equation(signs))[1] == "11.00"


@pytest.mark.parametrize(
    ("printed", "expected"), [("0.50", None), ("0.00", None), ("-0.50", "-1.00")]
)
def test_less_than_nothing_is_suggested_only_for_what_is_less_than_nothing(printed, expected):
    assert suggested(table("3.00", printed, "4.00"), equation(SUM))[1] == expected


def test_nothing_is_suggested_where_another_released_figure_is_bound_with_it():
    amounts = table("30.00", "12.00", "9.00")
    assert suggested(amounts, equation(SUM), released=("a", "b"))[1] is None


def test_soft_equations_bind_nothing():
    amounts = table("30.00", "12.00", "9.00")
    assert suggested(amounts, equation(SUM, is_hard=False))[1] is None


@pytest.mark.parametrize("relation", ["<=", ">="])
def test_an_inequality_alone_pins_nothing_down(relation):
    assert suggested(table("30.00", "12.00", "9.00"), equation(SUM, relation))[1] is None


def test_two_inequalities_that_meet_do():
    amounts = table("30.00", "12.00", "9.00")
    assert suggested(amounts, equation(SUM, "<="), equation(SUM, ">="))[1] == "21.00"


def test_of_values_within_rounding_the_exact_one_is_suggested():
    amounts = [
        amount("total", "30.00"),
        amount("a", "12.00"),
        *(amount(f"b{number}", "3.00") for number in range(3)),
    ]
    parts = {"total": 1, "a": -1, "b0": -1, "b1": -1, "b2": -1}
    assert suggested(amounts, equation(parts))[1] == "21.00"


def test_a_figure_that_is_hardly_bound_has_no_value():
    """A total in whole 万元 leaves a part of two decimals a hundred values, in 亿元 a million."""
    few = [amount("total", "30", scale=0), amount("a", "12.00"), amount("b", "9.00")]
    many = [amount("total", "1", scale=0, unit=WAN**2), *few[1:]]
    assert suggested(few, equation(SUM))[1] == "21.00"
    assert suggested(many, equation(SUM))[1] is None


def test_of_several_printings_the_most_precise_is_told():
    amounts = [
        amount("total", "30.00"),
        amount("a", "12", scale=0),
        amount("again", "12.00"),
        amount("b", "9.00"),
    ]
    key, value, _ = suggested(
        amounts, equation(SUM), family=("a", "again"), released=("a", "again")
    )
    assert (key, value) == ("again", "21.00")


@pytest.mark.parametrize("key", ["total", "a"])
def test_two_inequalities_pin_down_a_figure_on_either_side(key):
    amounts = table("30.00", "12.00", "9.00")
    both = equation(SUM, "<="), equation(SUM, ">=")
    expected = {"total": "21.00", "a": "21.00"}[key]
    assert suggested(amounts, *both, family=(key,), released=(key,))[1] == expected
    for one in both:
        assert suggested(amounts, one, one, family=(key,), released=(key,))[1] is None


def test_every_value_of_its_decimals_may_be_suggested():
    assert suggested(table("30.01", "77.77", "9.00"), equation(SUM))[1] == "21.01"
    assert suggested(table("30.00", "77.77", "9.01"), equation(SUM))[1] == "20.99"


HALVES = {"total": 1, "a": -2, "b": -1}


@pytest.mark.parametrize(
    ("amounts", "signs", "count"),
    [
        (table("30.00", "77.77", "9.00"), SUM, 3),
        ([amount("total", "30", scale=0), *table("0", "77.77", "9.00")[1:]], SUM, 103),
        ([amount("total", "30.00"), amount("a", "77", scale=0), amount("b", "9.00")], SUM, 1),
        (table("30.00", "77.77", "9.00"), HALVES, 3),
        ([replace(each, is_cut_off=True) for each in table("30.00", "77.77", "9.00")], SUM, 4),
    ],
    ids=["alike", "of a rounded total", "of a rounded part", "twice", "cut off"],
)
def test_a_figure_may_be_as_far_off_as_all_that_binds_it_is_rounded(
    amounts: list[PrintedAmount],
    signs: dict[str, int],
    count: int,
    monkeypatch: pytest.MonkeyPatch,
):
    """Of a sum of three, each within half a cent, one may be a cent more or less, and no more."""
    monkeypatch.setattr(suggestions, "MOST_VALUES", count)
    assert suggested(amounts, equation(signs))[1] is not None
    monkeypatch.setattr(suggestions, "MOST_VALUES", count - 1)
    assert suggested(amounts, equation(signs))[1] is None


@pytest.mark.parametrize(
    ("relations", "is_cut_off", "value"),
    [
        (("=",), False, "21.00"),
        (("<=", ">="), False, "20.99"),
        (("=",), True, "20.99"),
    ],
    ids=["to the last digit", "an inequality is not exact", "what is cut off does not add up"],
)
def test_the_exact_value_is_suggested_or_of_those_in_the_middle_the_least_round(
    relations: tuple[str, ...], value: str, *, is_cut_off: bool
):
    amounts = [amount("total", "30", scale=0), amount("a", "77.77"), amount("b", "9.00")]
    if is_cut_off:
        amounts = table("30.00", "77.77", "9.00")
    printed = [replace(each, is_cut_off=is_cut_off) for each in amounts]
    assert suggested(printed, *(equation(SUM, relation) for relation in relations))[1] == value


@pytest.mark.parametrize(("total", "expected"), [("4.00", "0.00"), ("4.50", "0.50")])
def test_nil_and_less_than_one_may_be_suggested(total, expected):
    assert suggested(table(total, "77.77", "4.00"), equation(SUM))[1] == expected


@pytest.mark.parametrize(
    ("signs", "relation", "limit", "value"),
    [
        ({"a": 1, "limit": -1}, "<=", "20.70", "20.60"),
        ({"limit": 1, "a": -1}, ">=", "20.70", "20.60"),
        ({"a": 1, "limit": -1}, ">=", "21.30", "21.40"),
        ({"limit": 1, "a": -1}, "<=", "21.30", "21.40"),
    ],
)
def test_an_inequality_bounds_the_side_that_it_speaks_of(signs, relation, limit, value):
    """A total in whole 万元 leaves 20.49 to 21.51; the middle of what both leave is suggested."""
    amounts = [amount("total", "30", scale=0), *table("0", "77.77", "9.00")[1:]]
    bounds = equation(signs, relation)
    found = suggested([*amounts, amount("limit", limit)], equation(SUM), bounds)
    assert found[1] == value


def test_what_takes_part_twice_is_exact_by_half_of_what_lacks():
    """Half of 30 less 9 is 10.50; the middle of what rounding leaves below the limit is 10.40."""
    amounts = [amount("total", "30", scale=0), *table("0", "77.77", "9.00")[1:]]
    limit = equation({"a": 1, "limit": -1}, "<=")
    found = suggested([*amounts, amount("limit", "10.55")], equation(HALVES), limit)
    assert found[1] == "10.50"


def test_an_equation_that_holds_beyond_rounding_leaves_as_much_as_it_lacks(
    monkeypatch: pytest.MonkeyPatch,
):
    """It lacks ten cents: ten either way beside the three that rounding leaves."""
    held = replace(equation(SUM), fails=False)
    monkeypatch.setattr(suggestions, "MOST_VALUES", 23)
    assert suggested(table("30.00", "20.90", "9.00"), held)[1] is not None
    monkeypatch.setattr(suggestions, "MOST_VALUES", 22)
    assert suggested(table("30.00", "20.90", "9.00"), held)[1] is None
