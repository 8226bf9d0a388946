"""A table that was not recognised as one stayed text, and nothing named its amounts."""

import pytest

from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.document import Table
from tests.unit.normalising.drawn import assembled, expenditure_table

TITLE = ("支出决算表", "单位：万元", "项目 本年支出合计")


def loose(*blocks: str | Table) -> list[str]:
    """The amounts refused because they stand in no table."""
    rejections = assembled(*blocks).outside
    assert all(rejection.reason is RejectionReason.OUTSIDE_TABLE for rejection in rejections)
    return [rejection.printed for rejection in rejections]


def test_amounts_below_a_title_without_a_table_are_refused_and_make_no_form():
    lines = ("一、教育支出 1,077.96二、卫生支出 -591.66", "总计 5.00")
    assert loose(*TITLE, *lines) == ["1,077.96", "-591.66", "5.00"]
    assert assembled(*TITLE, *lines).tables == ()


def test_amounts_below_a_table_are_refused_without_those_of_its_note():
    table = expenditure_table()
    line = "总计 4312.05 总计 4312.05注：1.本表反映部门本年度支出，共4312.05 万元。"
    assert loose(*TITLE[:2], table, line, "合计 7.00") == ["4312.05", "4312.05", "7.00"]


def test_a_statement_of_emptiness_below_amounts_declares_no_empty_form():
    line = "合计 3.00注：本表无数据。"
    assert loose(*TITLE, line) == ["3.00"]
    assert assembled(*TITLE, line).tables == ()


@pytest.mark.parametrize(
    "prose",
    [
        "本年支出合计4248.27，其中基本支出10.00。",
        "2023年度支出总计4312.05万元",
        "增长 12.50%",
        "一、支出决算表 12",
    ],
)
def test_prose_and_contents_lists_keep_their_numbers(prose: str):
    assert loose(*TITLE, prose) == []


def test_lines_after_prose_belong_to_no_form():
    assert loose(*TITLE[:2], expenditure_table(), "支出情况如下。", "合计 7.00") == []
