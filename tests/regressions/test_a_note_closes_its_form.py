"""A table of something else below a form's note was read as more of the form."""

from tests.unit.normalising.drawn import collected, expenditure_table, named, texts, unnamed
from tests.unit.recognising.grids import grid

FOREIGN = grid(
    """
    2080505 | 某项目 | 12.00 | 3.00 | 9.00
    2080506 | 某项目 | 15.00 | 6.00 | 9.00
    """
)
BLOCKS = ("支出决算表", "单位：万元", expenditure_table(), "注：本表反映本年度各项支出。", FOREIGN)


def test_a_table_below_the_note_adds_no_figures_to_the_form():
    assert texts(named(collected(*BLOCKS))) == ["100.00", "60.00", "40.00"]


def test_a_table_below_the_note_is_a_table_of_its_own():
    contents = collected(*BLOCKS)
    assert [table.form for table in contents.printings] == ["expenditure", ""]
    assert {figure.row.table_index for figure in unnamed(contents)} == {1}
    assert texts(unnamed(contents)) == ["12.00", "3.00", "9.00", "15.00", "6.00", "9.00"]
