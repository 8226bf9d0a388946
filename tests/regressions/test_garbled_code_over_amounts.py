"""A number that reaches from the code column over the amounts ended the reading of its document."""

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected, expenditure_table


def test_a_number_over_code_name_and_amount_is_refused():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("12.50 | < | < | 1.00 | 2.00")
    )
    assert contents.figures == []
    assert [rejection.reason for rejection in contents.rejections] == [
        RejectionReason.AMBIGUOUS_CELL
    ] * 3
    assert [row.row_label for row in contents.rows] == [""]
