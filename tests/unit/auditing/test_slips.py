"""Slips are told from one another by digits alone."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.auditing.slips import CREDIT, Slip, recognise_slip

CENTS = st.integers(min_value=100, max_value=10**9).map(lambda cents: Decimal(cents).scaleb(-2))


@given(value=CENTS, at=st.integers(0, 20), digit=st.integers(0, 9))
def test_one_changed_digit_is_always_recognised(value, at, digit):
    text = f"{value:.2f}"
    at %= len(text)
    changed = text[:at] + str(digit) + text[at + 1 :]
    assume(text[at] != "." and changed != text)
    found = recognise_slip(changed, text)
    assert found in {Slip.DIGIT, Slip.DECIMAL_POINT}


@given(value=CENTS, power=st.integers(1, 4))
def test_a_moved_point_is_recognised_either_way(value, power):
    assume(len(value.normalize().as_tuple().digits) > 1)
    text, moved = f"{value:.2f}", f"{value.scaleb(power):.2f}"
    assert recognise_slip(moved, text) is Slip.DECIMAL_POINT
    assert recognise_slip(text, moved) is Slip.DECIMAL_POINT


@given(value=CENTS)
def test_what_is_right_is_no_slip(value):
    assert recognise_slip(str(value), str(value)) is Slip.NONE


@pytest.mark.parametrize(
    ("printed", "suggested", "slip"),
    [
        ("61.63", "63.61", Slip.NONE),
        ("61.36", "63.16", Slip.TRANSPOSITION),
        ("46.5", "4655", Slip.NONE),
        ("01.37", "91.37", Slip.DIGIT),
        ("0.20", "0.02", Slip.TRANSPOSITION),
        ("12.10", "12.1", Slip.NONE),
        ("155", "1.555", Slip.NONE),
    ],
)
def test_digits_count_and_not_only_the_value(printed, suggested, slip):
    assert recognise_slip(printed, suggested) is slip


@pytest.mark.parametrize(
    ("printed", "suggested", "slip"),
    [
        ("1.20", "12.00", Slip.DECIMAL_POINT),
        ("1200000000.00", "12.00", Slip.DECIMAL_POINT),
        ("12000000000.00", "12.00", Slip.NONE),
        ("5.00", "50.00", Slip.LOST_DIGIT),
        ("12.00", "0.00", Slip.NONE),
        ("-120.00", "12.00", Slip.DECIMAL_POINT),
    ],
    ids=["by one", "by eight", "by nine", "of one digit", "of nil", "its sign lost as well"],
)
def test_a_point_moves_by_up_to_eight_places_in_numbers_of_two_digits(printed, suggested, slip):
    assert recognise_slip(printed, suggested) is slip


@pytest.mark.parametrize(
    ("printed", "suggested", "slip"),
    [
        ("-12.34", "12.34", Slip.SIGN),
        ("-12.34", "12.35", Slip.NONE),
        ("12.35", "-12.34", Slip.NONE),
        ("-12.34", "-12.35", Slip.DIGIT),
        ("0.00", "0.05", Slip.DIGIT),
        ("0.05", "0.00", Slip.DIGIT),
    ],
)
def test_a_lost_sign_is_a_slip_and_beside_it_there_is_no_other(printed, suggested, slip):
    assert recognise_slip(printed, suggested) is slip


@pytest.mark.parametrize(
    ("printed", "suggested", "slip"),
    [
        ("12.35", "12.45", Slip.DIGIT),
        ("1.5", "115", Slip.NONE),
        ("12.34", "21.43", Slip.NONE),
        ("34.12", "14.32", Slip.NONE),
        ("12.34", "13.54", Slip.NONE),
        ("12.34", "13.44", Slip.NONE),
        ("12.5", "12.75", Slip.LOST_DIGIT),
        ("12.75", "12.5", Slip.ADDED_DIGIT),
        ("12.75", "2.5", Slip.NONE),
        ("2.34", "12.34", Slip.LOST_DIGIT),
        ("12.34", "1.23", Slip.ADDED_DIGIT),
        ("2.35", "12.34", Slip.NONE),
    ],
)
def test_one_digit_or_two_beside_each_other_are_a_slip_and_no_more(printed, suggested, slip):
    assert recognise_slip(printed, suggested) is slip


@pytest.mark.parametrize("slip", sorted(CREDIT))
def test_no_slip_makes_a_figure_free(slip):
    assert 0 <= CREDIT[slip] < 1
