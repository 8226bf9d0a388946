"""Slips are told from one another by digits alone."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.auditing.slips import CREDIT, Slip, recognise_slip

CENTS = st.integers(min_value=100, max_value=10**9).map(lambda cents: Decimal(cents).scaleb(-2))


@given(value=CENTS, at=st.integers(0, 20), digit=st.integers(0, 9))
def test_one_changed_digit_is_always_recognised(value, at, digit):
    digits = f"{value:.2f}".replace(".", "")
    at %= len(digits)
    changed = digits[:at] + str(digit) + digits[at + 1 :]
    assume(changed != digits)
    printed = Decimal(changed).scaleb(-2)
    assume(len(f"{printed:.2f}") == len(f"{value:.2f}"))
    found = recognise_slip(printed, value, 2)
    assert found in {Slip.DIGIT, Slip.DECIMAL_POINT}


@given(value=CENTS, power=st.integers(1, 4))
def test_a_moved_point_is_recognised_either_way(value, power):
    moved = value.scaleb(power)
    assert recognise_slip(moved, value, 2) is Slip.DECIMAL_POINT
    assert recognise_slip(value, moved, 2) is Slip.DECIMAL_POINT


@given(value=CENTS)
def test_what_is_right_is_no_slip(value):
    assert recognise_slip(value, value, 2) is Slip.NONE


@pytest.mark.parametrize("slip", sorted(CREDIT))
def test_no_slip_makes_a_figure_free(slip):
    assert 0 <= CREDIT[slip] < 1
