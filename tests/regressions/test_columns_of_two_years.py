"""A column of the year before beside this year's gave one row two figures of one measure."""

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid


def test_figures_of_two_years_are_refused_rather_than_mixed():
    table = grid(
        """
        项目 | 2023年决算数 | 2022年决算数 | 项目 | 2023年决算数
        本年收入合计 | 3.00 | 2.00 | 本年支出合计 | 1.00
        """
    )
    contents = collected("收入支出决算总表", "单位：万元", table)
    assert [figure.amount.text for figure in contents.figures] == ["1.00"]
    assert [(rejection.reason, rejection.printed) for rejection in contents.rejections] == [
        (RejectionReason.DUPLICATE_FIGURE, "3.00"),
        (RejectionReason.DUPLICATE_FIGURE, "2.00"),
    ]
