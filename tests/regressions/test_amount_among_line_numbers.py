"""An amount that slipped into the column of line numbers vanished without a rejection."""

from pipelines.domain.disclosure import RejectionReason
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid


def test_an_amount_under_line_numbers_is_refused():
    table = grid(
        """
        项目 | 行次 | 决算数 | 项目 | 行次 | 决算数
        一、财政拨款收入 | 1 | 899.51 | 一、教育支出 | 13 | 899.51
        本年收入合计 | 899.51 | . | 本年支出合计 | 14 | 899.51
        """
    )
    contents = collected("收入支出决算总表", "单位：万元", table)
    assert [(rejection.reason, rejection.printed) for rejection in contents.rejections] == [
        (RejectionReason.AMBIGUOUS_CELL, "899.51")
    ]
    assert [item.number_text for item in contents.furniture] == ["1", "13", "14"]
    (form,) = contents.printings
    assert form.accounted_count + 1 == form.number_count
