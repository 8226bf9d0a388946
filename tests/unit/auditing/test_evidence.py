"""Repetition and the habits of print tell candidates apart that the identities leave equal."""

from decimal import Decimal

import pytest

from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import Habit, Printing, Repetitions
from pipelines.auditing.location import Fault, locate_faults

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
    ],
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
