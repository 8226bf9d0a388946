"""A title above a table of something else hid the form itself, printed further down."""

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected, expenditure_table
from tests.unit.recognising.grids import grid

FOREIGN = grid("甲 | 乙 | 丙\n一 | 2.00 | 3.00")


def test_the_printing_with_a_header_is_read():
    contents = collected(
        "支出决算表", FOREIGN, "详见附表。", "支出决算表", "单位：万元", expenditure_table()
    )
    assert [figure.amount.text for figure in contents.figures] == ["100.00", "60.00", "40.00"]
    assert [rejection.reason for rejection in contents.rejections] == [
        RejectionReason.DUPLICATE_FORM
    ]
