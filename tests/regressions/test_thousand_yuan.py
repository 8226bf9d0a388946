"""A form in 千元 inherited 万元 from the document's other forms, ten times too much."""

from decimal import Decimal

import pytest

from pipelines.domain.amount import Amount, PrintedUnit
from pipelines.recognising.captions import unit_in


@pytest.mark.parametrize("line", ["单位：千元", "金额单位：千元", "单位:人民币千元"])
def test_a_form_in_thousands_of_yuan_states_its_unit(line: str):
    assert unit_in(line) is PrintedUnit.QIAN_YUAN


def test_a_thousand_yuan_are_a_thousand_yuan():
    assert Amount("1.5", Decimal("1.5"), PrintedUnit.QIAN_YUAN).yuan == Decimal(1500)
