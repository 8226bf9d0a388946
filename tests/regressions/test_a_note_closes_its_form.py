"""A table of something else below a form's note was read as more of the form."""

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected, expenditure_table, recognised
from tests.unit.recognising.grids import grid

FOREIGN = grid(
    """
    2080505 | 某项目 | 12.00 | 3.00 | 9.00
    2080506 | 某项目 | 15.00 | 6.00 | 9.00
    """
)
BLOCKS = ("支出决算表", "单位：万元", expenditure_table(), "注：本表反映本年度各项支出。", FOREIGN)


def test_a_table_below_the_note_adds_no_figures():
    assert [figure.amount.text for figure in collected(*BLOCKS).figures] == [
        "100.00",
        "60.00",
        "40.00",
    ]


def test_a_table_below_the_note_is_named_as_unknown():
    (refusal,) = recognised(*BLOCKS).unknown
    assert refusal.reason is RejectionReason.UNKNOWN_FORM
    assert "2080505" in refusal.printed
