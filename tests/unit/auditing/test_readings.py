"""Readings of one place are compared by numbers, and by the names of the rows they stand in."""

from dataclasses import replace

import pytest

from pipelines.auditing import readings
from pipelines.auditing.readings import FirstReading, Says, compare, errs, is_nil, is_row_of

FIRST = FirstReading("f", "income", 1, (0, 0, 10, 10), "1,204.50", "20502", "普通教育")


@pytest.mark.parametrize(
    ("text", "is_row", "says"),
    [
        ("1,204.50", True, Says.SAME),
        ("1,204.50", False, Says.ELSEWHERE),
        ("合计1,204.50", True, Says.SAME),
        ("3.00元1,204.50", True, Says.SAME),
        ("1,204.60", True, Says.OTHER),
        ("3.00元4.00", True, Says.SEVERAL),
    ],
)
def test_a_reader_has_the_number_or_another_or_several(text: str, *, is_row: bool, says: Says):
    assert compare(FIRST, text, is_row=is_row) is says


@pytest.mark.parametrize(
    ("row", "others", "is_row"),
    [
        ("20502普通教育1,204.50", ["20503职业教育"], True),
        ("普通教育1,204.50", ["20503职业教育"], True),
        ("1,204.50", ["20503职业教育"], True),
        ("职业教育1,204.50", ["普通教育3.00"], False),
    ],
    ids=["code and name", "name", "nobody says its name", "the name is another row's"],
)
def test_a_row_is_called_as_before_unless_another_one_is(
    row: str, others: list[str], *, is_row: bool
):
    assert is_row_of(FIRST, row, others) == is_row


@pytest.mark.parametrize(
    ("code", "label", "names"),
    [("", "合计", ["合计"]), ("", "省", []), ("2", "合 计", ["合计"]), ("205", "", ["205"])],
)
def test_two_letters_tell_a_row_from_others(code: str, label: str, names: list[str]):
    assert replace(FIRST, row_code=code, row_label=label).row_names == names


@pytest.mark.parametrize(
    ("text", "nil"), [("0.00", True), ("-", True), ("0.01", False), ("10", False)]
)
def test_nil_has_no_digit_but_zeros(text: str, *, nil: bool):
    assert is_nil(text) == nil


@pytest.mark.parametrize(
    ("is_summed", "says", "is_wrong"),
    [
        (True, Says.OTHER, True),
        (False, Says.OTHER, False),
        (True, Says.SAME, False),
        (True, Says.NOTHING, False),
    ],
)
def test_a_reader_errs_where_it_has_another_number_than_sums_prove(
    *, is_summed: bool, says: Says, is_wrong: bool
):
    printed = [FIRST, replace(FIRST, is_summed=is_summed)]
    assert errs(printed, [readings.Testimony(Says.SAME), readings.Testimony(says)]) == is_wrong
