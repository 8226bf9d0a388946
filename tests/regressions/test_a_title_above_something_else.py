"""A title above a table of something else hid the form itself, printed further down."""

from tests.unit.normalising.drawn import collected, expenditure_table, named, texts, unnamed
from tests.unit.recognising.grids import grid

FOREIGN = grid("甲 | 乙 | 丙\n一 | 2.00 | 3.00")


def test_the_printing_that_has_the_form_s_columns_is_read():
    contents = collected(
        "支出决算表", FOREIGN, "详见附表。", "支出决算表", "单位：万元", expenditure_table()
    )
    assert texts(named(contents)) == ["100.00", "60.00", "40.00"]
    assert texts(unnamed(contents)) == ["2.00", "3.00"]
    assert [table.form for table in contents.printings] == ["", "expenditure"]
