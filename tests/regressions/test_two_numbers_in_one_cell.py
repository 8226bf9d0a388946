"""Two numbers that a lost ruling leaves in one cell were read as one, many times too large."""

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount


@pytest.mark.parametrize(
    "text",
    ["100 200", "1234\n5678", "1,234.50 12", "1,234.50 0", "12 1,234", "7 1,234"],
)
def test_two_numbers_in_one_cell_are_never_joined(text: str):
    with pytest.raises(UnreadableAmountError):
        parse_amount(text, PrintedUnit.YUAN)


@pytest.mark.parametrize("text", ["12.5①", "12.50²", "①"])
def test_a_note_mark_behind_a_number_is_no_digit_of_it(text: str):
    with pytest.raises(UnreadableAmountError):
        parse_amount(text, PrintedUnit.WAN_YUAN)
