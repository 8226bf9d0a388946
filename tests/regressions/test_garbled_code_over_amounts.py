"""A number that reaches from the code column over the amounts ended the reading of its document."""

from tests.unit.normalising.drawn import collected, expenditure_table, named, texts, unnamed


def test_a_number_over_code_name_and_amount_says_nothing_of_any_of_them():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("12.50 | < | < | 1.00 | 2.00")
    )
    assert named(contents) == []
    assert texts(unnamed(contents)) == ["12.50", "1.00", "2.00"]
    assert [row.row_label for row in contents.rows] == [""]
    (form,) = contents.printings
    assert form.accounted_count == form.number_count
