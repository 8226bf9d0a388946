"""Repetition and the habits of print tell candidates apart that the identities leave equal."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import (
    LOGARITHM_CREDIT,
    ODD_CREDIT,
    Evidence,
    Habit,
    Printing,
    Repetitions,
    round_to,
    significant_digits,
)
from pipelines.auditing.location import Fault, locate_faults
from pipelines.auditing.slips import CREDIT, Slip

WAN = Decimal(10_000)
CENT = WAN / 100
ROUGH = ("12.34", "7.77", "103.59", "0.86", "45.61", "9.13", "22.48", "3.95")


def amounts(texts: dict[str, str]) -> list[PrintedAmount]:
    return [
        PrintedAmount(
            key=key,
            value=Decimal(text),
            scale=2,
            unit_yuan=WAN,
            column=("form", "", "amount"),
            row_index=number,
            row=("form", "", str(number)),
            column_index=0,
            text=text,
        )
        for number, (key, text) in enumerate(texts.items())
    ]


def fault_of(texts: dict[str, str], printings: tuple[Printing, ...] = ()) -> Fault:
    """What is wrong with items that only their total binds, printed among other numbers."""
    others = {f"other {number}": text for number, text in enumerate(ROUGH)}
    signs = {"total": 1, **{key: -1 for key in texts if key != "total"}}
    summed = Equation("sum", "=", is_hard=True, fails=True, signs=signs)
    own = [printing(text, "form") for text in (texts | others).values()]
    (fault,) = locate_faults(amounts(texts | others), [summed], [*own, *printings])
    return fault


def printing(text: str, form: str = "") -> Printing:
    return Printing(form, Decimal(text) * WAN, CENT)


def first(fault: Fault) -> tuple[str, str]:
    (culprit,) = fault.explanations[0].culprits
    return culprit.key, str(culprit.suggested)


ITEMS = {"total": "133.35", "one": "61.36", "two": "82.99"}


def ranks(fault: Fault) -> dict[str, int]:
    return {each.culprits[0].key: rank for rank, _, each in fault.ranked()}


def test_nothing_tells_amounts_apart_that_are_alike():
    fault = fault_of(ITEMS)
    assert not fault.is_located
    assert ranks(fault) == dict.fromkeys(ITEMS, 1)


@pytest.mark.parametrize(("repeated", "culprit"), [("50.36", "one"), ("71.99", "two")])
def test_what_it_should_read_printed_elsewhere_names_the_culprit(repeated, culprit):
    fault = fault_of(ITEMS, (printing(repeated),))
    assert (fault.is_located, first(fault)) == (True, (culprit, repeated))


@pytest.mark.parametrize("trusted", ["one", "two", "total"])
def test_a_print_that_stands_elsewhere_too_is_trusted(trusted):
    fault = fault_of(ITEMS, (printing(ITEMS[trusted]), printing(ITEMS["total"])))
    assert ranks(fault)[trusted] > 1


def test_a_repetition_in_the_same_form_says_nothing():
    assert not fault_of(ITEMS, (printing("50.36", "form"),)).is_located


def test_a_statement_is_no_witness_for_itself():
    stated = Repetitions([printing("50.36"), printing("50.37", "form")])
    assert stated.digits(Decimal("50.36") * WAN, CENT, {"narrative.basic"}) == 0
    assert stated.digits(Decimal("50.37") * WAN, CENT, {"narrative.basic"}) == 4


def test_few_digits_agree_by_chance():
    items = {"total": "17.35", "one": "6.36", "two": "8.99"}
    assert not fault_of(items, (printing("8.36"),)).is_located


def test_one_digit_alone_among_rough_numbers_was_a_nil():
    blanks = {f"none {number}": "0.00" for number in range(8)}
    texts = {"total": "51.47", "one": "39.76", "two": "11.71", "nil": "8.00"}
    fault = fault_of(texts | blanks)
    assert (fault.is_located, first(fault)) == (True, ("nil", "0.00"))


def test_a_zero_that_the_form_would_leave_out_gives_a_number_away():
    texts = {"a": "171.9", "b": "46", "c": "21.6", "d": "8.5", "e": "12.10", "total": "260.04"}
    assert first(fault_of(texts))[0] == "e"


@pytest.mark.parametrize(
    ("texts", "value", "written"),
    [
        (("171.9", "46", "21.6", "8.5", "37.74"), "12.10", "12.1"),
        (("171.90", "46.00", "21.60", "8.50", "37.74"), "12.10", "12.10"),
        (("171.9", "46.00", "21.6", "8.50", "37.74"), "12.10", "12.10"),
        (("171.9", "46", "21.6", "8.50", "37.74"), "12.10", "12.1"),
        (("171.9", "46", "21.6", "37.74", "12.34"), "12.10", "12.10"),
        (("171.91", "46.02", "21.63", "37.74", "12.34"), "12.10", "12.10"),
    ],
    ids=["trimmed", "whole", "two whole", "one whole", "few round ones", "none round"],
)
def test_a_form_writes_a_number_as_it_writes_others(texts, value, written):
    habit = Habit(amounts({text: text for text in texts}))
    assert habit.write(Decimal(value), 2) == written


def test_a_coarser_print_repeats_what_rounds_to_it():
    rough = Printing("", Decimal("1234.6") * WAN, WAN / 10)
    repetitions = Repetitions([rough, printing("1.00", "form")])
    assert repetitions.digits(Decimal("1234.56") * WAN, CENT, {"form"}) == 5
    assert repetitions.digits(Decimal("1234.44") * WAN, CENT, {"form"}) == 0
    finer = Repetitions([printing("50.36", "other")])
    assert finer.digits(Decimal("50.4") * WAN, WAN / 10, {"form"}) == 0


def test_zeros_of_whole_numbers_tell_of_no_habit():
    whole = [replace(each, scale=0) for each in amounts({f"{at}0": f"{at}0" for at in range(1, 9)})]
    assert not Habit(whole).trims
    assert Habit(amounts({f"{at}.5": f"{at}.5" for at in range(4)})).write(Decimal(100), 0) == "100"


@pytest.mark.parametrize(
    ("text", "in_a_trimming_form", "in_another"),
    [
        ("12.10", True, False),
        ("12.1", False, False),
        ("0.10", True, False),
        ("0.00", False, False),
        ("100", False, False),
        ("0.12", False, False),
        ("012.1", True, True),
        ("-012.1", True, True),
    ],
)
def test_what_is_odd_depends_on_the_habits_of_the_form(
    text: str, *, in_a_trimming_form: bool, in_another: bool
):
    trimming, other = (
        Habit(amounts({each: each for each in texts}))
        for texts in (("171.9", "46", "21.6", "8.5"), ("171.90", "46.00", "21.60", "8.50"))
    )
    assert (trimming.is_odd(text), other.is_odd(text)) == (in_a_trimming_form, in_another)


@pytest.mark.parametrize(
    ("printed", "suggested", "instead_of", "odds"),
    [
        ((), "12.34", "12.30", 10),
        ((), "12.30", "12.00", 10),
        ((), "0.00", "12.34", 0.5 / 0.45),
        (("45.61",) * 9, "12.34", "12.30", 9.9 / 0.09),
        (("45.60",) * 9, "12.30", "12.34", 9.09 / 0.9),
        (("-45.60",) * 9, "12.30", "12.34", 9.09 / 0.9),
    ],
)
def test_each_zero_at_the_end_is_ten_times_as_rare_until_the_form_says_otherwise(
    printed: tuple[str, ...], suggested: str, instead_of: str, odds: float
):
    (one,) = amounts({"one": "45.61"})
    habit = Habit([replace(one, value=Decimal(text), text=text) for text in printed])
    assert habit.odds(Decimal(suggested), Decimal(instead_of), 2) == pytest.approx(odds)


@pytest.mark.parametrize(
    ("yuan", "digits"), [("0.00", 0), ("1200", 2), ("0.05", 1), ("-10.50", 3), ("12.34", 4)]
)
def test_zeros_at_either_side_are_no_significant_digits(yuan: str, digits: int):
    assert significant_digits(Decimal(yuan)) == digits


def test_a_coarse_place_prints_an_amount_in_its_own_steps():
    assert round_to(Decimal("12345600"), Decimal(1000)) == Decimal("12346000")


def test_of_several_repetitions_the_one_of_most_digits_counts():
    rough = Printing("rough", Decimal(1235) * WAN, WAN)
    repetitions = Repetitions([printing("1234.56", "other"), rough])
    assert repetitions.digits(Decimal("1234.56") * WAN, CENT, {"form"}) == 6
    in_doubt = Repetitions([Printing("other", None, CENT)])
    assert in_doubt.digits(Decimal("1234.56") * WAN, CENT, {"form"}) == 0


@pytest.mark.parametrize(
    ("text", "credit"),
    [("12.3", 0), ("12.34", 0.06), ("123.45", 0.12), ("1234.56", 0.2), ("12345.67", 0.2)],
)
def test_what_a_repetition_says_grows_from_four_digits_to_six(text: str, credit: float):
    (one,) = amounts({"one": "98.76"})
    (repeated,) = amounts({"one": text})

    def credit_of(amount: PrintedAmount, suggested: str | None, *others: str) -> float:
        evidence = Evidence([one], [printing(each, "other") for each in others])
        value = None if suggested is None else Decimal(suggested)
        return evidence.credit(amount, value, Slip.NONE, {"form"})

    assert credit_of(one, text, text) - credit_of(one, text) == pytest.approx(credit)
    assert credit_of(repeated, None, text) == pytest.approx(-credit)


@pytest.mark.parametrize("slip", [Slip.NONE, Slip.DIGIT])
def test_a_correction_gains_by_its_slip_and_by_how_usual_its_zeros_are(slip: Slip):
    (one,) = amounts({"one": "12.30"})
    evidence = Evidence([one], [])
    assert evidence.credit(one, None, slip, {"form"}) == 0
    odds = 0.9 / 1.09
    assert evidence.credit(one, Decimal("12.34"), slip, {"form"}) == pytest.approx(
        CREDIT[slip] + LOGARITHM_CREDIT * math.log(odds)
    )
    odd = replace(one, text="012.30")
    assert evidence.credit(odd, None, slip, {"form"}) == ODD_CREDIT


@pytest.mark.parametrize(
    ("value", "text", "slip"),
    [
        ("12.5", "12.5", Slip.LOST_DIGIT),
        ("12.5", "", Slip.NONE),
        ("12.5", "12.50", Slip.NONE),
        ("12.5", "125", Slip.NONE),
        ("1275", "12,75", Slip.DECIMAL_POINT),
        ("-12.75", "△12.75", Slip.SIGN),
    ],
    ids=["as printed", "no text", "with its zero", "of another unit", "separated", "a debt"],
)
def test_a_slip_is_one_of_the_digits_that_are_printed(value: str, text: str, slip: Slip):
    (one,) = amounts({"one": "12.75"})
    printed = replace(one, value=Decimal(value), text=text)
    assert Evidence([one], []).slip(printed, Decimal("12.75")) is slip
