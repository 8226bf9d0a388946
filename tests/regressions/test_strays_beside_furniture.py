"""A number beside a note, or an amount among column numbers, was lost without a word."""

import pytest

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected, expenditure_table


@pytest.mark.parametrize(
    ("rows", "stray"),
    [
        ("合计 | < | 9.00 | 5.00 | 4.00\n注：本表反映支出。 | < | < | 7.00 | .", "7.00"),
        ("栏次 | < | 1 | 2 | 3.50\n合计 | < | 9.00 | 5.00 | 4.00", "3.50"),
    ],
    ids=["note", "column numbers"],
)
def test_a_number_where_none_belongs_is_named(rows: str, stray: str):
    contents = collected("支出决算表", "单位：万元", expenditure_table(rows))
    assert [(it.reason, it.printed) for it in contents.rejections] == [
        (RejectionReason.AMBIGUOUS_CELL, stray)
    ]
    assert [figure.text for figure in contents.figures] == ["9.00", "5.00", "4.00"]
    (form,) = contents.printings
    assert form.accounted_count + 1 == form.number_count
