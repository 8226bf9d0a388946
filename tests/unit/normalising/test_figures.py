"""Recognised forms become figures, rows, furniture and rejections."""

from dataclasses import replace

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import FurnitureKind, RejectionReason
from pipelines.domain.document import Table
from pipelines.normalising.figures import TableContents
from tests.unit.normalising.drawn import collected, expenditure_table, named, texts, unnamed
from tests.unit.recognising.grids import grid

TABLE = expenditure_table()
INCOME = grid("科目编码 | 科目名称 | 本年收入合计\n合计 | < | 100.00")


def printed(contents: TableContents) -> list[tuple[str, str, str]]:
    return [(figure.row.row_label, figure.measure, figure.text) for figure in contents.figures]


def lines(contents: TableContents) -> dict[tuple[str, int], str]:
    return {(row.section, row.row_index): row.line for row in contents.rows}


def test_a_figure_knows_its_form_row_measure_and_place():
    rows = "208 | 社会保障\\n和就业 支出 | 1,234.50 | . | ."
    (figure,) = collected("支出决算表", "单位：万元", expenditure_table(rows)).figures
    row = figure.row
    assert (figure.form, figure.section, row.row_index, row.row_code, row.row_label) == (
        "expenditure",
        "",
        0,
        "208",
        "社会保障和就业支出",
    )
    assert (figure.measure, figure.text, str(figure.yuan)) == (
        "total",
        "1,234.50",
        "12345000.00",
    )
    assert figure.place.path == "body/tbl/tr[3]/tc[3]"


def test_rows_are_numbered_on_over_pages():
    more = grid("208 | 社保 | 1.00 | 1.00 | .\n20805 | 养老 | 1.00 | 1.00 | .")
    contents = collected("支出决算表", "单位：万元", TABLE, more)
    assert [(row.row_index, row.row_code) for row in contents.rows] == [
        (0, ""),
        (1, "208"),
        (2, "20805"),
    ]


def test_a_row_without_figures_is_kept():
    contents = collected("支出决算表", "单位：万元", expenditure_table("208 | 社保 | . | . | ."))
    assert (contents.figures, [row.row_code for row in contents.rows]) == ([], ["208"])


def test_what_a_form_prints_about_itself_is_recorded():
    rows = "栏次 | < | 1 | 2 | 3\n合计 | < | 1.00 | 1.00 | ."
    contents = collected(
        "支出决算表", "部门：某县水利局 公开03表 单位：万元", expenditure_table(rows), "注：无。"
    )
    (form,) = contents.printings
    assert (form.form, form.title, form.number_text, form.entity_text, form.note_text) == (
        "expenditure",
        "支出决算表",
        "公开03表",
        "某县水利局",
        "注：无。",
    )
    assert (form.unit, form.column_count, form.number_count, form.accounted_count) == (
        PrintedUnit.WAN_YUAN,
        3,
        5,
        5,
    )
    assert [(item.kind, item.position, item.number_text) for item in contents.furniture] == [
        (FurnitureKind.COLUMN_NUMBER, 2, "1"),
        (FurnitureKind.COLUMN_NUMBER, 3, "2"),
        (FurnitureKind.COLUMN_NUMBER, 4, "3"),
    ]
    assert [(column.header_path, column.measure) for column in contents.columns] == [
        (("本年支出合计",), "total"),
        (("基本支出",), "basic"),
        (("项目支出",), "project"),
    ]


def test_a_form_without_a_unit_inherits_the_one_all_others_state():
    contents = collected("收入决算表", "单位：万元", INCOME, "注：无。", "支出决算表", TABLE)
    assert {figure.unit for figure in contents.figures} == {PrintedUnit.WAN_YUAN}
    assert [form.unit for form in contents.printings] == [PrintedUnit.WAN_YUAN] * 2


def test_a_form_keeps_the_unit_it_states():
    contents = collected(
        "收入决算表", "单位：元", INCOME, "注：无。", "支出决算表", "单位：万元", TABLE
    )
    assert [figure.unit for figure in contents.figures] == [
        PrintedUnit.YUAN,
        *[PrintedUnit.WAN_YUAN] * 3,
    ]


@pytest.mark.parametrize(
    "others",
    [
        (),
        (
            *("收入决算表", "单位：元", INCOME, "注：无。"),
            *("一般公共预算财政拨款支出决算表", "单位：万元", TABLE, "注：无。"),
        ),
    ],
    ids=["nobody states one", "the others disagree"],
)
def test_without_one_unit_a_number_is_no_amount(others: tuple[str | Table, ...]):
    """Ten thousand times too much is worse than nothing."""
    contents = collected(*others, "支出决算表", TABLE)
    figures = [figure for figure in contents.figures if figure.form == "expenditure"]
    assert [(figure.text, figure.unit, figure.yuan) for figure in figures] == [
        (text, None, None) for text in ("100.00", "60.00", "40.00")
    ]
    assert contents.rejections == []


@pytest.mark.parametrize("text", ["abc", "1.2.3", "12.5万元", "1 2.5"])
def test_a_value_that_is_no_number_is_rejected_with_its_row(text: str):
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table(f"208 | 社保 | {text} | 1.00 | .")
    )
    (rejection,) = contents.rejections
    assert (rejection.reason, rejection.form, rejection.printed) == (
        RejectionReason.UNREADABLE_AMOUNT,
        "expenditure",
        text,
    )
    assert rejection.detail.startswith("社保: ")
    assert printed(contents) == [("社保", "basic", "1.00")]


@pytest.mark.parametrize("mark", ["-", "—", "无", "/", "×"])
def test_a_mark_for_nothing_is_neither_figure_nor_rejection(mark: str):
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table(f"208 | 社保 | {mark} | 0.00 | {mark}")
    )
    assert (printed(contents), contents.rejections) == ([("社保", "basic", "0.00")], [])


def test_words_below_a_column_that_nobody_knows_are_no_number_s_fault():
    table = grid(
        """
        科目编码 | 科目名称 | 合计 | 神秘支出
        208 | 社保 | 5.00 | 2.00
        210 | 卫生 | 5.00 | 见附表
        """
    )
    contents = collected("支出决算表", "单位：万元", table)
    assert texts(unnamed(contents)) == ["2.00"]
    assert contents.rejections == []


def test_a_number_over_several_columns_is_kept_without_a_measure():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("208 | 社保 | 5.00 | < | 1.00")
    )
    assert [(f.form, f.measure, f.text, f.row.row_code) for f in contents.figures] == [
        ("", "", "5.00", "208"),
        ("expenditure", "project", "1.00", "208"),
    ]
    assert contents.rejections == []


def test_what_recognition_refused_is_rejected_under_its_form():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("2O8 | 社保 | 5.00 | 4.00 | 1.00")
    )
    assert [(r.reason, r.form, r.printed, r.table_index) for r in contents.rejections] == [
        (RejectionReason.AMBIGUOUS_CELL, "expenditure", "2O8", 0)
    ]
    assert texts(contents.figures) == ["5.00", "4.00", "1.00"]


def test_a_form_printed_twice_is_named_once_and_kept_twice():
    contents = collected(
        *("支出决算表", "单位：万元", TABLE, "注：一。"),
        *("支出决算表", "单位：万元", expenditure_table("合计 | < | 7.00 | 7.00 | ."), "注：二。"),
    )
    assert [(figure.measure, figure.text) for figure in named(contents)] == [
        ("total", "100.00"),
        ("basic", "60.00"),
        ("project", "40.00"),
    ]
    assert texts(unnamed(contents)) == ["7.00", "7.00"]
    assert contents.rejections == []
    again = contents.printings[1]
    assert (again.form, again.title) == ("", "支出决算表")
    assert again.reprint_of == "expenditure"


def test_a_table_of_no_known_form_is_kept_with_all_that_it_prints():
    contents = collected(
        "水库除险加固情况",
        "单位：万元",
        grid("水库 | 库容 | 投资\n红旗 | 3 | 12.50\n东风 | 4 | 7.50"),
    )
    (table,) = contents.printings
    assert (table.form, table.title, table.unit) == ("", "水库除险加固情况", PrintedUnit.WAN_YUAN)
    assert [(f.form, f.row.row_label, f.column.header_path, f.text) for f in contents.figures] == [
        ("", "红旗", ("库容",), "3"),
        ("", "红旗", ("投资",), "12.50"),
        ("", "东风", ("库容",), "4"),
        ("", "东风", ("投资",), "7.50"),
    ]
    assert contents.rejections == []


def test_a_form_declared_empty_says_so_and_which_funds_it_means():
    statement = "本部门没有政府性基金收入，故本表无数据。"
    contents = collected(
        "支出决算表",
        "单位：万元",
        TABLE,
        "下文。",
        "政府性基金预算财政拨款收入支出决算表",
        statement,
    )
    empty = contents.printings[1]
    assert (empty.form, empty.empty_statement, empty.column_count) == (
        "government_fund",
        statement,
        0,
    )
    assert empty.empty_statement_forms == ("government_fund", "budget_government_fund")
    assert contents.printings[0].empty_statement == ""


def test_a_statement_below_a_filled_form_hides_none_of_its_figures():
    """Published by mistake more than once; the contradiction is found later."""
    contents = collected("支出决算表", "单位：万元", TABLE, "注：本表为空表。")
    assert len(contents.figures) == 3
    assert contents.printings[0].empty_statement == "注：本表为空表。"


TWO_SIDED = "项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款"


def appropriation(*rows: str) -> TableContents:
    table = grid("\n".join([TWO_SIDED, *rows]))
    return collected("财政拨款收入支出决算总表", "单位：万元", table)


def test_lines_are_named_whatever_their_ordinal():
    contents = appropriation(
        "一、一般公共预算财政拨款 | 1 | 一、一般公共服务支出 | 1 | 1",
        "三、国有资本经营预算财政拨款 | 2 | 二十三、其他支出 | 1 | 1",
        "本年收入合计 | 3 | 本年支出合计 | 2 | 2",
    )
    assert lines(contents) == {
        ("income", 0): "general_public_budget",
        ("expenditure", 1): "function_class",
        ("income", 2): "state_capital",
        ("expenditure", 3): "function_class",
        ("income", 4): "income_total",
        ("expenditure", 5): "expenditure_total",
    }


def test_a_label_used_twice_means_the_balance_below_its_heading():
    contents = appropriation(
        "一、一般公共预算财政拨款 | 1 | 一、国防支出 | 1 | 1",
        "二、政府性基金预算财政拨款 | 1 | 年末财政拨款结转和结余 | 1 | 1",
        "年初财政拨款结转和结余 | 1 | 一般公共预算财政拨款 | 1 | .",
        "一般公共预算财政拨款 | 1 | 政府性基金预算财政拨款 | . | .",
        "政府性基金预算财政拨款 | . | 总计 | 1 | 1",
        "总计 | 3 | . | . | .",
    )
    income = [line for (section, _), line in lines(contents).items() if section == "income"]
    expenditure = [
        line for (section, _), line in lines(contents).items() if section == "expenditure"
    ]
    assert income == [
        "general_public_budget",
        "government_fund",
        "opening_balance",
        "opening_general_public_budget",
        "opening_government_fund",
        "grand_total",
    ]
    assert expenditure == [
        "function_class",
        "closing_balance",
        "closing_general_public_budget",
        "closing_government_fund",
        "grand_total",
    ]


def test_a_row_with_a_code_is_no_named_line():
    contents = collected(
        "支出决算表",
        "单位：万元",
        expenditure_table("208 | 合计 | 1.00 | 1.00 | .\n合计 | < | 1.00 | 1.00 | ."),
    )
    assert [row.line for row in contents.rows] == ["", "total"]


def test_economic_totals_are_named():
    table = grid(
        """
        科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
        301 | 工资福利支出 | 80.00 | 302 | 商品和服务支出 | 19.00
        人员经费合计 | < | 80.00 | 公用经费合计 | < | 19.00
        """
    )
    contents = collected("一般公共预算财政拨款基本支出决算表", "单位：万元", table)
    assert [(figure.row.row_code, figure.row.line, figure.text) for figure in contents.figures] == [
        ("301", "", "80.00"),
        ("302", "", "19.00"),
        ("", "personnel_total", "80.00"),
        ("", "public_total", "19.00"),
    ]


THREE_PUBLIC_HEADER = """
    预算数 | < | < | 决算数 | < | <
    合计 | 因公出国（境）费 | 公务接待费 | 合计 | 因公出国（境）费 | 公务接待费
"""


def test_a_form_of_one_row_has_no_label():
    table = grid(f"{THREE_PUBLIC_HEADER}\n1 | 2 | 3 | 4 | 5 | 6\n9.00 | 0 | 9.00 | 8.50 | . | 8.50")
    contents = collected("财政拨款“三公”经费支出决算表", "单位：万元", table)
    assert printed(contents) == [
        ("", "budget_total", "9.00"),
        ("", "budget_overseas", "0"),
        ("", "budget_reception", "9.00"),
        ("", "actual_total", "8.50"),
        ("", "actual_reception", "8.50"),
    ]
    assert [item.number_text for item in contents.furniture] == list("123456")


def test_a_row_named_after_a_figure_of_a_year_measures_what_the_columns_of_its_form_do():
    """Only where a form has one row of amounts does such a label add to its columns."""
    body = "合计 | < | 100.00 | 60.00 | 40.00\n        决算数 | < | 90.00 | 60.00 | 30.00"
    contents = collected("支出决算表", "单位：万元", expenditure_table(body))
    assert [figure.measure for figure in contents.figures] == ["total", "basic", "project"] * 2


def test_the_three_public_items_down_the_side_are_the_same_measures():
    table = grid(
        """
        项目 | 预算数 | 决算数
        “三公”经费合计 | 9.00 | 8.50
        1.因公出国（境）费 | 0 | .
        2.公务接待费 | 9.00 | 8.50
        国内公务接待批次（个） | . | 12
        """
    )
    contents = collected("财政拨款“三公”经费支出决算表", "单位：万元", table)
    assert [(figure.measure, figure.text) for figure in named(contents)] == [
        ("budget_total", "9.00"),
        ("actual_total", "8.50"),
        ("budget_overseas", "0"),
        ("budget_reception", "9.00"),
        ("actual_reception", "8.50"),
    ]
    (count,) = unnamed(contents)
    assert (count.text, count.unit, count.row.row_label) == ("12", None, "国内公务接待批次（个）")
    assert contents.rejections == []


def test_the_only_row_of_a_form_by_code_is_its_total_where_it_prints_no_label():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table(". | . | 9.00 | 5.00 | 4.00")
    )
    assert [(figure.row.line, figure.measure) for figure in contents.figures] == [
        ("total", "total"),
        ("total", "basic"),
        ("total", "project"),
    ]


def test_documents_without_tables_yield_nothing():
    contents = collected("某县水利局", "职责。")
    assert contents == TableContents()


def test_of_two_printings_the_one_under_the_usual_title_is_named():
    """Some places print the form with income and balances beside the usual one."""
    longer = grid("科目名称 | 年初结转和结余 | 本年收入 | 本年支出\n合计 | 0.00 | 9.00 | 9.00")
    usual = grid("科目名称 | 合计 | 基本支出\n合计 | 9.00 | 9.00")
    contents = collected(
        *("一般公共预算财政拨款收入支出决算表", "单位：万元", longer),
        *("一般公共预算财政拨款支出决算表", "单位：万元", usual),
    )
    assert [figure.measure for figure in named(contents)] == ["total", "basic"]
    assert texts(unnamed(contents)) == ["0.00", "9.00", "9.00"]


@pytest.mark.parametrize(("code", "is_doubtful"), [(".", True), ("208", False)])
def test_a_label_in_doubt_says_not_which_row_it_is_where_no_code_does(code, is_doubtful):
    table = expenditure_table(f"{code} | 社会保障 | 3.00 | 3.00 | .\n合计 | < | 3.00 | 3.00 | .")
    cells = [
        replace(cell, is_doubtful=True) if cell.text == "社会保障" else cell for cell in table.cells
    ]
    rows = collected("支出决算表", "单位：万元", replace(table, cells=tuple(cells))).rows
    assert [row.is_label_doubtful for row in rows] == [is_doubtful, False]


@pytest.mark.parametrize(("text", "count"), [("1.2.3", 3), ("1,23,4", 3), ("12.5万元", 2)])
def test_a_number_that_cannot_be_read_is_not_accounted_for(text: str, count: int):
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table(f"208 | 社保 | {text} | 1.00 | .")
    )
    assert len(contents.rejections) == 1
    (form,) = contents.printings
    assert (form.number_count, form.accounted_count) == (count, 2)


THREE = "项目 | 合计 | 公务接待费\n"


@pytest.mark.parametrize(
    ("rows", "named_rows"),
    [
        ("甲 | 3.00 | 3.00", ["甲"]),
        ("甲 | 3.00 | 3.00\n乙 | 2.00 | 2.00", []),
        ("合计 | 3.00 | 3.00\n甲 | 3.00 | 3.00", ["合计"]),
        ("甲 | 3.00 | 3.00\n合计 | 3.00 | 3.00\n总计 | 3.00 | 3.00", ["合计"]),
        ("2022年预算数 | 3.00 | 3.00\n2023年预算数 | 2.00 | 2.00",
         ["2022年预算数", "2023年预算数"]),
        ("2023年预算数 | 3.00 | 3.00\n甲 | 2.00 | 2.00", ["2023年预算数"]),
        ("合计 | 5.00 | 5.00\n2023年预算数 | 3.00 | 3.00", ["合计"]),
    ],
    ids=["one", "two units", "a total", "two totals", "two years", "a year beside", "both"],
)  # fmt: skip
def test_which_row_of_a_form_of_one_row_is_the_department_s(rows: str, named_rows: list[str]):
    contents = collected("三公经费支出预算表", "单位：万元", grid(THREE + rows))
    found = dict.fromkeys(figure.row.row_label for figure in named(contents))
    assert list(found) == named_rows
    assert len(contents.figures) == 2 * len(rows.splitlines())


@pytest.mark.parametrize(
    ("rows", "count"),
    [("3.00 | 3.00", 2), ("3.00 | 3.00\n2.00 | 2.00", 0)],
    ids=["one row", "two rows"],
)
def test_rows_without_labels_are_the_department_s_where_there_is_one(rows: str, count: int):
    contents = collected("三公经费支出预算表", "单位：万元", grid(f"合计 | 公务接待费\n{rows}"))
    assert len(named(contents)) == count


def test_a_share_is_no_amount_and_has_neither_measure_nor_unit():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("208 | 社保 | 12.00% | ５％ | 3.00")
    )
    assert [(it.text, it.measure, it.unit) for it in contents.figures] == [
        ("12.00%", "", None),
        ("５％", "", None),
        ("3.00", "project", PrintedUnit.WAN_YUAN),
    ]


def test_what_counts_things_has_no_unit_of_money():
    table = grid("项目 | 数量 | 原值\n公务用车（辆） | 3 | 60.00\n房屋 | 1 | 9.00")
    contents = collected("国有资产占用情况表", "单位：万元", table)
    units = {(it.row.row_label, it.text): it.unit for it in contents.figures}
    assert units["公务用车（辆）", "3"] is None
    assert units["公务用车（辆）", "60.00"] is PrintedUnit.WAN_YUAN


def test_a_row_without_code_and_label_or_with_a_garbled_code_measures_nothing():
    rows = "208 | 社保 | 9.00 | 9.00 | .\n. | . | 1.00 | 1.00 | .\n2O8 | 甲 | 2.00 | 2.00 | ."
    contents = collected("支出决算表", "单位：万元", expenditure_table(rows))
    assert {figure.row.row_label for figure in named(contents)} == {"社保"}
    assert texts(unnamed(contents)) == ["1.00", "1.00", "2.00", "2.00"]


@pytest.mark.parametrize(
    ("rows", "lines_"),
    [
        ("9.00 | 9.00", ["total"]),
        ("9.00 | 9.00\n8.00 | 8.00", ["", ""]),
    ],
)
def test_only_a_single_row_without_a_label_is_the_total(rows: str, lines_: list[str]):
    contents = collected("支出决算表", grid(f"本年支出合计 | 基本支出\n{rows}"))
    assert [row.line for row in contents.rows] == lines_


def test_columns_of_items_down_the_side_measure_nothing_by_themselves():
    down = grid("项目 | 预算数\n“三公”经费合计 | 3.00\n公务接待费 | 3.00")
    across = grid("合计 | 公务接待费\n3.00 | 3.00")
    title = "三公经费支出预算表"
    assert [it.measure for it in collected(title, down).columns] == [""]
    assert [it.measure for it in collected(title, across).columns] == ["total", "reception"]
    assert [it.measure for it in collected(title, down).figures] == ["total", "reception"]
