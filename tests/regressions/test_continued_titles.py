"""Pages marked 续, or with the title but no header, were refused as a second printing."""

import pytest

from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected, expenditure_table, named, texts, unnamed
from tests.unit.recognising.grids import grid

ROWS = "208 | 社会保障和就业支出 | 30.00 | 20.00 | 10.00"


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("支出决算表（续）", expenditure_table(ROWS)),
        ("支出决算表（续表）", expenditure_table(ROWS)),
        ("支出决算表", grid(ROWS)),
    ],
    ids=["续", "续表", "title without header"],
)
def test_the_rows_of_a_further_page_are_read(title: str, table: Table):
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table(), title, "单位：万元", table
    )
    assert [figure.text for figure in contents.figures] == [
        *("100.00", "60.00", "40.00"),
        *("30.00", "20.00", "10.00"),
    ]
    assert contents.rejections == []


def test_a_second_table_with_a_foreign_header_is_not_read_under_the_first():
    foreign = grid("甲 | 乙 | 丙 | 丁 | 戊\n208 | 社保 | 1 | 2 | 3\n210 | 卫生 | 1 | 2 | 3")
    contents = collected("支出决算表", "单位：万元", expenditure_table(), "支出决算表", foreign)
    assert texts(named(contents)) == ["100.00", "60.00", "40.00"]
    assert texts(unnamed(contents)) == ["1", "2", "3"] * 2


def test_the_mark_may_follow_the_unit_in_the_title():
    title = "支出决算表（单位：万元）"
    table = expenditure_table(ROWS)
    contents = collected(title, expenditure_table(), f"{title}（续）", table)
    assert len(contents.figures) == 6
    assert contents.rejections == []
