"""Two printings of one form under the same title, no note between, became one form of both."""

from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected, meant, named, texts, unnamed
from tests.unit.recognising.grids import grid

HEADER = "科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入\n"
OF_ONE = grid(HEADER + "合计 | < | 9.00 | 9.00\n208 | 社会保障和就业支出 | 9.00 | 9.00")
OF_ANOTHER = grid(HEADER + "合计 | < | 8.00 | 8.00\n210 | 卫生健康支出 | 8.00 | 8.00")
CLOSED = grid(HEADER + "208 | 社会保障和就业支出 | 9.00 | 9.00\n合计 | < | 9.00 | 9.00")
BY_UNIT = grid("单位名称 | 本年收入合计 | 财政拨款收入\n合计 | 9.00 | 9.00\n某站 | 9.00 | 9.00")
THREE_PUBLIC = grid("预算数 | 决算数\n合计 | 合计\n3.00 | 2.00")


def printed(title: str, *tables: Table) -> list[tuple[str, int]]:
    """The form and the number of rows of each table; a further printing has no form."""
    blocks = [block for table in tables for block in (title, "单位：万元", table)]
    return [(meaning.form, len(meaning.table.rows)) for meaning in meant(*blocks)]


def test_the_same_form_of_two_bodies_is_printed_twice():
    assert printed("收入决算表", OF_ONE, OF_ANOTHER) == [("income", 2), ("", 2)]


def test_a_further_printing_keeps_its_figures_and_says_why_it_has_no_name():
    title = ("收入决算表", "单位：万元")
    contents = collected(*title, OF_ONE, *title, OF_ANOTHER)
    assert texts(named(contents)) == ["9.00"] * 4
    assert texts(unnamed(contents)) == ["8.00"] * 4
    assert contents.printings[1].reprint_of == "income"
    assert contents.rejections == []


def test_a_form_ends_with_the_total_at_its_foot():
    assert printed("收入决算表", CLOSED, OF_ANOTHER) == [("income", 2), ("", 2)]


def test_the_same_title_over_units_and_over_items_is_two_forms():
    assert printed("收入决算表", BY_UNIT, OF_ONE) == [("income_by_unit", 2), ("income", 2)]


def test_a_second_row_of_three_public_is_a_second_printing():
    forms = printed("财政拨款“三公”经费支出决算表", THREE_PUBLIC, THREE_PUBLIC)
    assert forms == [("three_public", 1), ("", 1)]


def test_a_form_goes_on_under_its_repeated_title_with_rows_of_its_own():
    more = grid(HEADER + "210 | 卫生健康支出 | 1.00 | 1.00")
    assert printed("收入决算表", OF_ONE, more) == [("income", 3)]


def test_blank_rows_below_the_total_are_no_second_printing():
    padding = grid(HEADER + ". | . | . | .")
    assert [name for name, _ in printed("收入决算表", CLOSED, padding)] == ["income"]


def test_a_summary_goes_on_with_the_label_it_began_with():
    """Funds are listed as income, and on the next page as opening balances."""
    header = "项目 | 金额 | 项目 | 金额\n"
    above = grid(
        header
        + """
        一、一般公共预算财政拨款 | 9.00 | 一、教育支出 | 8.00
        年初财政拨款结转和结余 | 1.00 | 年末财政拨款结转和结余 | 2.00
        """
    )
    below = grid(header + "一、一般公共预算财政拨款 | 1.00 | . | .\n总计 | 10.00 | 总计 | 10.00")
    forms = printed("财政拨款收入支出决算总表", above, below)
    assert forms == [("appropriation_summary", 7)]
    again = printed("财政拨款收入支出决算总表", above, below, above)
    assert [name for name, _ in again] == ["appropriation_summary", ""]
