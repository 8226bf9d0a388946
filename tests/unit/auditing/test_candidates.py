"""What a number in doubt may be is what was read, surest first, and each slip of it."""

import math
from decimal import Decimal

import pytest

from pipelines.auditing.candidates import (
    MOST_IMPROBABLE,
    Reading,
    candidates,
    last_digits,
    slips,
)

DIGITS = "0123456789"


def test_slips_of_a_digit_are_its_likes_one_more_and_the_other_sign():
    more = {f"{digit}5" for digit in DIGITS} | {f"5{digit}" for digit in DIGITS}
    assert set(slips("5")) == {"6", "-5"} | more


def test_slips_of_a_number_less_than_nothing_keep_its_sign_or_lose_it():
    more = {
        text
        for digit in DIGITS
        for text in (f"-{digit}1.0", f"-1{digit}.0", f"-1.{digit}0", f"-1.0{digit}")
    }
    likes = {"-7.0", "-4.0", "-1.8", "-1.9"}
    assert set(slips("-1.0")) == likes | more | {"-10", "1.0"}


@pytest.mark.parametrize(
    ("number", "likes"),
    [("1", "74"), ("3", "8"), ("5", "6"), ("0", "89"), ("8", "309"), ("2", "")],
)
def test_digits_are_taken_for_those_that_look_like_them(number, likes):
    assert {text for text in slips(number) if len(text) == 1} == set(likes)


def test_a_point_may_be_lost_between_any_two_digits():
    assert {text for text in slips("123") if "." in text} == {"1.23", "12.3"}


def test_a_digit_may_be_too_many():
    assert {"23", "13", "12"} <= set(slips("123"))
    assert ".5" not in set(slips("1.5"))


def test_what_was_read_comes_first_the_surest_before_the_others():
    found = candidates([Reading("1.20", 0.5), Reading("about 3", 0.9), Reading("7.20", 0.8)])
    read = [each for each in found if each.is_read]
    assert list(found[:2]) == read
    assert [(each.text, each.value) for each in read] == [
        ("7.20", Decimal("7.20")),
        ("1.20", Decimal("1.20")),
    ]
    assert [each.improbability for each in read] == [
        pytest.approx(-math.log(0.8)),
        pytest.approx(-math.log(0.5)),
    ]
    lengths = [len(each.text) for each in found[2:]]
    assert lengths == sorted(lengths)


def test_a_slip_is_less_likely_than_anything_that_was_read():
    found = candidates([Reading("5", 0.0), Reading("6", 1.0)])
    assert [(each.text, each.improbability) for each in found if each.is_read] == [
        ("6", 0),
        ("5", MOST_IMPROBABLE),
    ]
    assert {each.improbability for each in found if not each.is_read} == {MOST_IMPROBABLE + 1}


def test_a_value_comes_once_however_it_is_printed():
    values = [each.value for each in candidates([Reading("5.0", 0.9)])]
    assert len(values) == len(set(values))
    assert Decimal("5") in values


def test_numbers_are_printed_as_they_were_read():
    assert candidates([Reading("1,204.50", 0.7)])[0].text == "1,204.50"
    assert candidates([Reading("-1204.50", 0.7)])[0].text == "-1204.50"
    assert candidates([Reading("1204.50", 0.7)])[0].scale == 2
    assert candidates([Reading("1,204", 0.7)])[0].scale == 0
    assert candidates([Reading("—", 0.7)]) == ()


def test_the_last_digit_may_be_any():
    (first, *_) = candidates([Reading("1,204.5", 0.7)])
    found = list(last_digits(first))
    assert [each.text for each in found] == [f"1,204.{digit}" for digit in DIGITS]
    assert [each.value for each in found] == [Decimal(f"1204.{digit}") for digit in DIGITS]
    assert not any(each.is_read for each in found)
    assert {each.improbability for each in found} == {MOST_IMPROBABLE + 1}


def test_numbers_are_parted_by_thousands_where_any_reading_is():
    found = candidates([Reading("1204.50", 0.9), Reading("1,207.50", 0.7)])
    assert [each.text for each in found if each.is_read] == ["1,204.50", "1,207.50"]
