"""What tables, columns and lines are called, by their words, their structure and their kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import DocumentKind, ResolvedBy
from pipelines.domain.document import Paragraph, Table
from pipelines.domain.place import Place
from pipelines.recognising.assembling import PrintedTable, assemble_tables
from pipelines.recognising.captions import Captions
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.headers import find_header
from pipelines.recognising.naming import (
    LineNamer,
    Meaning,
    classification_of,
    figure_of_year,
    funds_in,
    is_told,
    kind_of,
    name_columns,
    name_tables,
)
from tests.unit.recognising.grids import document, grid

CATALOGUE = load_catalogue()
NO_CAPTIONS = Captions(
    forms=(), title="", is_titled=False, number_text="", unit=None, entity_text="", place=None
)


def as_form(form: str, drawing: str) -> Meaning:
    """What a table means if it is of a form."""
    piece = grid(drawing)
    table = PrintedTable(NO_CAPTIONS, find_header(piece, CATALOGUE), Place())
    table.add(piece, table.header)
    meaning = Meaning(table, CATALOGUE.by_name[form])
    name_columns(meaning)
    return meaning


def measures(form: str, drawing: str) -> list[str]:
    """The measure of each column of numbers, '' for none."""
    meaning = as_form(form, drawing)
    columns = [column for column in meaning.table.columns if column.holds_numbers]
    return [meaning.measures.get(column.index, ("", ""))[0] for column in columns]


def sides(form: str, drawing: str) -> list[str]:
    """The side of each block, '' for none."""
    meaning = as_form(form, drawing)
    blocks = sorted({column.block for column in meaning.table.columns})
    found = [meaning.sections.get(block) for block in blocks]
    return [section.section if section else "" for section in found]


def named(meaning: Meaning) -> list[tuple[str, str, str]]:
    """The label, measure and text of each number."""
    return [
        (row.label, meaning.measure_of(row, value)[0], value.cell.text)
        for row in meaning.table.rows
        for value in row.values
    ]


def meanings(*blocks: str | Table) -> list[Meaning]:
    assembly = assemble_tables(document(*blocks))
    return name_tables(assembly.tables, assembly.paragraphs)


def forms(*blocks: str | Table) -> list[str]:
    return [meaning.form for meaning in meanings(*blocks)]


@pytest.mark.parametrize(
    "heading", ["本年支出合计", "本年支出\\n合计", "2023年度支出合计（万元）", "支 出 合 计"]
)
def test_line_breaks_years_and_units_in_a_heading_make_no_difference(heading: str):
    drawing = f"科目编码 | 科目名称 | {heading} | 基本支出\n208 | 社保 | 1.00 | 1.00"
    assert measures("expenditure", drawing) == ["total", "basic"]


@pytest.mark.parametrize("heading", ["神秘支出", "."], ids=["unknown", "blank"])
def test_a_heading_that_nobody_understands_leaves_its_column_without_a_measure(heading: str):
    drawing = f"科目编码 | 科目名称 | 合计 | {heading} | 项目支出\n208 | 社保 | 1 | 2 | 3"
    assert measures("expenditure", drawing) == ["total", "", "project"]


def test_a_known_word_under_an_unknown_group_has_no_measure():
    """其中项目支出 of something else is not the form's 项目支出."""
    drawing = """
        科目编码 | 科目名称 | 合计 | 神秘资金 | <
        ^ | ^ | ^ | 基本支出 | 项目支出
        208 | 社保 | 1 | 2 | 3
    """
    assert measures("expenditure", drawing) == ["total", "", ""]


def test_columns_under_one_group_of_their_form():
    drawing = """
        项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
        科目编码 | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
        合计 | < | . | 1 | 1 | . | 1 | .
    """
    assert measures("government_fund", drawing) == [
        "opening_balance",
        "income",
        "total",
        "basic",
        "project",
        "closing_balance",
    ]


def test_two_columns_that_claim_one_measure_have_none():
    drawing = "科目编码 | 科目名称 | 合计 | 基本支出 | 基本支出\n208 | 社保 | 1 | 2 | 3"
    assert measures("expenditure", drawing) == ["total", "", ""]


@given(
    st.permutations(["合计", "基本支出", "项目支出", "经营支出"]),
    st.lists(st.integers(1, 3), min_size=4, max_size=4),
)
def test_the_order_and_width_of_columns_never_change_what_they_measure(
    headings: list[str], widths: list[int]
):
    names = {
        "合计": "total",
        "基本支出": "basic",
        "项目支出": "project",
        "经营支出": "operating",
    }
    heading = " | ".join(
        " | ".join([word, *["<"] * (width - 1)])
        for word, width in zip(headings, widths, strict=True)
    )
    body = " | ".join(" | ".join(["1.00", *["<"] * (width - 1)]) for width in widths)
    drawing = f"科目编码 | 科目名称 | {heading}\n208 | 社保 | {body}"
    assert measures("expenditure", drawing) == [names[word] for word in headings]


TWO_SIDES = """
    {left} | < | < | {right} | < | <
    项目 | 行次 | {amount} | 项目 | 行次 | {amount}
    栏次 | . | 1 | 栏次 | . | 2
    本年收入合计 | 1 | 1.00 | 本年支出合计 | 2 | 1.00
"""


@pytest.mark.parametrize("amount", ["决算数", "金额", "2023年决算数"])
def test_two_sides_have_a_block_each(amount: str):
    drawing = TWO_SIDES.format(left="收入", right="支出", amount=amount)
    assert sides("income_expenditure_summary", drawing) == ["income", "expenditure"]
    assert measures("income_expenditure_summary", drawing) == ["amount", "amount"]


def test_sides_are_told_by_their_heading_and_not_by_their_order():
    drawing = TWO_SIDES.format(left="支出", right="收入", amount="决算数")
    assert sides("income_expenditure_summary", drawing) == ["expenditure", "income"]


def test_sides_without_a_heading_come_in_the_usual_order():
    drawing = "项目 | 决算数 | 项目 | 决算数\n本年收入合计 | 1 | 本年支出合计 | 1"
    assert sides("income_expenditure_summary", drawing) == ["income", "expenditure"]


def test_sides_without_a_heading_are_told_by_their_lines():
    drawing = """
        项目 | 决算数 | 项目 | 决算数
        一、教育支出 | 1 | 一、财政拨款收入 | 1
        二、国防支出 | 1 | 二、事业收入 | 1
        三、科学技术支出 | 1 | 三、经营收入 | 1
    """
    assert sides("income_expenditure_summary", drawing) == ["expenditure", "income"]


def test_sides_whose_label_column_says_which_side_it_is():
    drawing = "收入项目 | 预算数 | 支出项目 | 预算数\n事业收入 | 1 | 国防支出 | 1"
    assert sides("budget_summary", drawing) == ["income", "expenditure"]


def test_the_expenditure_side_may_have_several_columns():
    drawing = """
        收入 | < | < | 支出 | < | < | < | < | <
        项目|行次|金额|项目|行次|合计|一般公共预算|政府性基金预算财政拨款|国有资本经营预算
        本年收入合计 | 1 | 1 | 本年支出合计 | 2 | 1 | 1 | . | .
    """
    assert measures("appropriation_summary", drawing) == [
        "amount",
        "total",
        "general_public_budget",
        "government_fund",
        "state_capital",
    ]


USES = """
    收入 | < | 支出 | < | < | <
    项目 | 预算数 | 项目（按功能分类） | 预算数 | 项目（按支出用途） | 预算数
    一、财政拨款收入 | 9.00 | 一、教育支出 | 9.00 | 一、基本支出 | 5.00
    . | . | . | . | 二、项目支出 | 4.00
    本年收入合计 | 9.00 | 本年支出合计 | 9.00 | 本年支出合计 | 9.00
"""


def test_a_third_block_of_kinds_of_use_is_a_side_of_its_own():
    assert sides("budget_summary", USES) == ["income", "expenditure", "purpose"]
    meaning = as_form("budget_summary", USES)
    namer = LineNamer(meaning)
    lines = {(row.block, row.label): namer.name(row, "", row.label) for row in meaning.table.rows}
    assert lines[2, "一、基本支出"] == "basic"
    assert lines[2, "二、项目支出"] == "project"
    assert lines[1, "一、教育支出"] == "function_class"


def test_kinds_of_use_are_a_side_of_their_own_where_economic_classes_stand_below_them():
    rows = """
    收入 | < | 支出 | <
    项目 | 金额 | 项目 | 金额
    一、事业收入 | 5.00 | 一、基本支出 | 3.00
    二、其他收入 | 1.00 | 工资福利支出 | 2.00
    . | . | 商品和服务支出 | 1.00
    . | . | 二、项目支出 | 3.00
    本年收入合计 | 6.00 | 本年支出合计 | 6.00
    """
    assert sides("budget_summary", rows) == ["income", "purpose"]


def test_the_total_below_kinds_of_use_is_the_expenditure_s_where_no_other_block_is():
    meaning = as_form(
        "budget_summary",
        """
        收入 | < | 支出 | <
        项目 | 预算数 | 项目 | 预算数
        一、财政拨款收入 | 9.00 | 一、基本支出 | 5.00
        . | . | 二、项目支出 | 4.00
        本年收入合计 | 9.00 | 本年支出合计 | 9.00
        """,
    )
    found = {row.label: meaning.section_for(row) for row in meaning.table.rows}
    names = {label: section.section for label, section in found.items() if section}
    assert names == {
        "一、财政拨款收入": "income",
        "本年收入合计": "income",
        "一、基本支出": "purpose",
        "二、项目支出": "purpose",
        "本年支出合计": "expenditure",
    }


THREE_PUBLIC_ITEMS = ("total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation")


def test_the_three_public_items_six_by_six():
    named_items = "合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费"
    split = "^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^"
    drawing = f"""
        预算数 | < | < | < | < | < | 决算数 | < | < | < | < | <
        {named_items} | {named_items}
        {split} | {split}
        1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
        9 | . | 5 | 2 | 3 | 4 | 9 | . | 5 | 2 | 3 | 4
    """
    items = (*THREE_PUBLIC_ITEMS, "reception")
    assert measures("three_public", drawing) == [
        *(f"budget_{item}" for item in items),
        *(f"actual_{item}" for item in items),
    ]


def test_the_three_public_items_in_pairs():
    drawing = f"""
        合计 | < | 因公出国（境）费 | < | 公务用车购置及运行维护费 | {"< | " * 5} 公务接待费 | <
        ^ | < | ^ | < | 小计 | < | 购置费 | < | 运行费 | < | ^ | <
        {" | ".join(["预算数 | 决算数"] * 6)}
        9 | 9 | . | . | 5 | 5 | 2 | 2 | 3 | 3 | 4 | 4
    """
    assert measures("three_public", drawing) == [
        f"{side}_{item}"
        for item in (*THREE_PUBLIC_ITEMS, "reception")
        for side in ("budget", "actual")
    ]


def test_the_three_public_items_of_a_budget_with_agency_costs():
    drawing = """
        “三公”经费预算数 | < | < | < | < | < | 机关运行经费预算数
        合计 | 因公出国(境)费 | 公务接待费 | 公务用车购置及运行费 | < | < | ^
        ^ | ^ | ^ | 小计 | 购置费 | 运行费 | ^
        9.00 | . | 4.00 | 5.00 | 2.00 | 3.00 | 80.00
    """
    assert measures("budget_three_public", drawing) == [
        "total",
        "overseas",
        "reception",
        "vehicle",
        "vehicle_purchase",
        "vehicle_operation",
        "agency_operation",
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("合计 | 公务接待费 | 会议费 | 培训费", ["", "reception", "meeting", "training"]),
        (
            "“三公”经费合计 | 公务接待费 | 会议费 | 培训费",
            ["total", "reception", "meeting", "training"],
        ),
        ("合计 | 因公出国（境）费 | 公务接待费", ["total", "overseas", "reception"]),
    ],
    ids=["over meetings and training too", "says whose it is", "over the three alone"],
)
def test_a_total_over_more_than_the_three_is_not_theirs(header: str, expected: list[str]):
    row = " | ".join(["9.00"] * len(expected))
    assert measures("budget_three_public", f"{header}\n{row}") == expected


def test_below_one_heading_the_subtotal_is_all_of_it_and_the_others_are_parts():
    drawing = """
        科目编码 | 科目名称 | 合计 | 一般公共预算 | < | 政府性基金预算
        ^ | ^ | ^ | 小计 | 其中：财政拨款 | ^
        205 | 教育支出 | 9.00 | 8.00 | 7.00 | 1.00
    """
    assert measures("budget_income", drawing) == [
        "total",
        "general_public_budget",
        "",
        "government_fund",
    ]


def test_of_two_totals_the_one_that_says_most_is_the_total_of_the_three():
    drawing = """
        合计 | “三公”经费 | < | < | 会议费
        ^ | 小计 | 因公出国（境）费 | 公务接待费 | ^
        9.00 | 6.00 | 2.00 | 4.00 | 3.00
    """
    assert measures("budget_three_public", drawing) == [
        "",
        "total",
        "overseas",
        "reception",
        "meeting",
    ]


def test_items_down_the_side_name_measures_with_their_column():
    meaning = as_form(
        "three_public",
        """
        项目 | 预算数 | 决算数
        “三公”经费合计 | 9.00 | 8.50
        公务接待费 | 9.00 | 8.50
        其中：国内接待费 | . | 8.50
        国内公务接待批次（个） | . | 12
        """,
    )
    assert meaning.is_down
    assert named(meaning) == [
        ("“三公”经费合计", "budget_total", "9.00"),
        ("“三公”经费合计", "actual_total", "8.50"),
        ("公务接待费", "budget_reception", "9.00"),
        ("公务接待费", "actual_reception", "8.50"),
        ("其中：国内接待费", "actual_reception_domestic", "8.50"),
        ("国内公务接待批次（个）", "", "12"),
    ]


def test_of_totals_down_the_side_the_grand_total_is_all():
    rows = """
    项目 | 2026年预算
    一、基本支出 | 3.00
    二、项目支出 | 2.00
    本年支出合计 | 5.00
    三、结转下年 | 1.00
    支出总计 | 6.00
    """
    found = named(as_form("budget_expenditure", rows))
    assert [(label, measure) for label, measure, _ in found] == [
        ("一、基本支出", "basic"),
        ("二、项目支出", "project"),
        ("本年支出合计", "expenditure"),
        ("三、结转下年", "closing_balance"),
        ("支出总计", "total"),
    ]


def test_units_down_the_side_are_no_items():
    drawing = "单位名称 | 合计 | 公务接待费\n合计 | 3.00 | 3.00\n某培训中心 | 3.00 | 3.00"
    assert not as_form("budget_three_public", drawing).is_down


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_economic_blocks_measure_the_same(blocks: int):
    heading = " | ".join(["科目编码 | 科目名称 | 决算数"] * blocks)
    row = " | ".join(["301 | 工资福利支出 | 1.00"] * blocks)
    assert measures("basic_expenditure", f"{heading}\n{row}") == ["amount"] * blocks


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("决算数", "决夏", "决算数"), ["amount", "amount", "amount"]),
        (("决算数", "决夏"), ["amount", ""]),
        (("决算数", "决夏", "决夏"), ["amount", "", ""]),
        (("决算数", "上年决算数", "决算数"), ["amount", "prior_amount", "amount"]),
    ],
    ids=["two twins", "one twin", "a twin that is not understood either", "understood"],
)
def test_a_column_that_nobody_understands_is_what_it_is_in_all_blocks_like_its_own(
    headings: tuple[str, ...], expected: list[str]
):
    heading = " | ".join(f"科目编码 | 科目名称 | {each}" for each in headings)
    row = " | ".join(["301 | 工资福利支出 | 1.00"] * len(headings))
    meaning = as_form("basic_expenditure", f"{heading}\n{row}")
    columns = [column for column in meaning.table.columns if column.holds_numbers]
    found = [meaning.measures.get(column.index, ("", "")) for column in columns]
    assert [measure for measure, _ in found] == expected
    assert [by for measure, by in found[:1]] == [ResolvedBy.WORDS]
    if expected[1] == "amount":
        assert found[1][1] is ResolvedBy.STRUCTURE


UNIT_CODES = """
    单位代码 | 单位名称 | 合计 | 一般公共预算
    合计 | < | 9.00 | 9.00
    {whole} | 某市水利局 | 9.00 | 9.00
    {one} | 某市水利局本级 | 5.00 | 5.00
    {other} | 某市水文站 | 4.00 | 4.00
"""


@pytest.mark.parametrize(
    ("codes", "form"),
    [
        (("319", "319001", "319002"), "budget_income"),
        (("205", "205001", "205002"), "budget_income"),
        (("301", "30101", "30102"), ""),
    ],
    ids=["of units, like economic ones", "of units, like functional ones", "economic"],
)
def test_codes_of_six_digits_and_what_they_begin_with_are_units(codes, form):
    whole, one, other = codes
    table = grid(UNIT_CODES.format(whole=whole, one=one, other=other))
    (found,) = meanings("某市水利局2026年部门预算", "收入总表", table)
    assert found.form == form


CODED = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
FUNCTIONAL = grid(CODED + "208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00")
ECONOMIC = grid(CODED + "301 | 工资福利支出 | 9.00 | 5.00 | 4.00")
SHARED = "一般公共预算支出表"


@pytest.mark.parametrize(
    ("cover", "form"),
    [
        ("某县水利局2026年部门预算", "budget_general_expenditure"),
        ("某县水利局2023年度部门决算", "general_budget_expenditure"),
        ("某县水利局预决算公开", ""),
        ("某县水利局", ""),
    ],
)
def test_of_two_forms_that_share_a_title_the_kind_of_the_document_decides(cover: str, form: str):
    assert forms(cover, SHARED, FUNCTIONAL) == [form]


def test_what_most_titles_are_of_decides_before_the_cover():
    budget = ("收入预算总表", grid("科目名称 | 合计\n社保 | 1.00"))
    assert forms("2023年度部门决算", "前言。", *budget, SHARED, FUNCTIONAL) == [
        "budget_income",
        "budget_general_expenditure",
    ]


def test_the_header_tells_the_kind_where_nothing_else_does():
    table = grid("科目编码 | 科目名称 | 2026年预算数\n208 | 社保 | 9.00")
    assert forms(SHARED, table) == ["budget_general_expenditure"]


def test_codes_of_another_classification_take_the_name_away():
    (meaning,) = meanings("支出决算表", ECONOMIC)
    assert (meaning.form, meaning.measures) == ("", {})
    assert "economic codes" in meaning.resolution
    assert forms("支出决算表", FUNCTIONAL) == ["expenditure"]


def test_a_title_with_an_unknown_word_names_no_form():
    (meaning,) = meanings("扶贫专项资金支出决算表", FUNCTIONAL)
    assert (meaning.form, meaning.resolved_by) == ("", ResolvedBy.NOTHING)
    assert "no form of the catalogue" in meaning.resolution


def test_a_table_without_a_title_says_that_it_has_none():
    (meaning,) = meanings("下文如下。", FUNCTIONAL)
    assert (meaning.form, meaning.resolution) == ("", "no title is printed above the table")


def test_a_summary_without_a_known_title_is_told_by_its_lines():
    table = grid(
        """
        项目 | 决算数 | 项目 | 决算数
        一、一般公共预算财政拨款收入 | 9.00 | 一、一般公共服务支出 | 5.00
        二、事业收入 | 1.00 | 二、教育支出 | 5.00
        本年收入合计 | 10.00 | 本年支出合计 | 10.00
        总计 | 10.00 | 总计 | 10.00
        """
    )
    (meaning,) = meanings("2023年度部门决算", "某某情况", table)
    assert (meaning.form, meaning.resolved_by) == (
        "income_expenditure_summary",
        ResolvedBy.STRUCTURE,
    )


def test_a_second_printing_takes_no_name_of_the_first():
    (first, second) = meanings("支出决算表", FUNCTIONAL, "注：一。", "支出决算表", FUNCTIONAL)
    assert (first.form, second.form) == ("expenditure", "")
    assert second.measures == {}
    assert (first.reprint_of, second.reprint_of) == ("", "expenditure")


@pytest.mark.parametrize(
    ("headings", "form"),
    [
        (("2026年预算数", "2026年基本支出预算数"), "budget_general_expenditure"),
        (("2025年决算数", "2025年基本支出决算数"), "general_budget_expenditure"),
        (("2025年决算数", "2026年预算数"), ""),
    ],
    ids=["of a budget", "of accounts", "of both"],
)
def test_headers_that_hold_figures_of_one_kind_tell_it(headings: tuple[str, str], form: str):
    table = grid(f"科目编码 | 科目名称 | {' | '.join(headings)}\n208 | 社保 | 9.00 | 9.00")
    assert forms(SHARED, table) == [form]


def test_a_side_that_is_printed_twice_has_its_first_block():
    drawing = """
        收入 | < | 支出 | < | 支出 | <
        项目 | 预算数 | 项目 | 预算数 | 项目 | 预算数
        事业收入 | 1 | 国防支出 | 1 | 教育支出 | 1
    """
    assert sides("budget_summary", drawing) == ["income", "expenditure", ""]


BY_COLUMNS = """
    科目编码 | 科目名称 | {headings}
    208 | 社会保障和就业支出 | {amounts}
    20805 | 行政事业单位养老支出 | {amounts}
"""
INCOME_COLUMNS = (
    *("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入"),
    *("附属单位上缴收入", "其他收入"),
)


@pytest.mark.parametrize(
    ("title", "amount", "form"),
    [
        ("某某情况", "1.00", "income"),
        ("扶贫专项资金收入决算表", "1.00", "income"),
        ("项目收入表", "1.00", ""),
        ("扶贫专项资金收入决算表", ".", ""),
    ],
    ids=["no title", "an unknown one", "one of another table", "no amounts"],
)
def test_a_table_without_a_known_title_is_told_by_its_columns(title: str, amount: str, form: str):
    drawing = BY_COLUMNS.format(
        headings=" | ".join(INCOME_COLUMNS), amounts=" | ".join([amount] * len(INCOME_COLUMNS))
    )
    (meaning,) = meanings("2023年度部门决算", title, grid(drawing))
    assert meaning.form == form


def test_a_form_of_one_row_may_have_a_row_for_the_budget_and_one_for_the_accounts():
    drawing = """
        项目 | 合计 | 因公出国（境）费 | 公务接待费
        预算数 | 9.00 | 5.00 | 4.00
        决算数 | 8.00 | 5.00 | 3.00
    """
    assert [measure for _, measure, _ in named(as_form("three_public", drawing))] == [
        *("budget_total", "budget_overseas", "budget_reception"),
        *("actual_total", "actual_overseas", "actual_reception"),
    ]


def ordinals(*labels: str) -> Meaning:
    """A table of rows with these labels, each of one amount."""
    rows = "\n".join(f"{label} | 1" for label in labels)
    return as_form("budget_expenditure", f"项目 | 预算数\n{rows}")


def heads(*labels: str) -> dict[str, str]:
    """The label that each row is an item of, by its own."""
    meaning = ordinals(*labels)
    return {
        row.label: meaning.heads[row.place].label
        for row in meaning.table.rows
        if row.place in meaning.heads
    }


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("一、甲", "乙", "丙", "二、丁", "戊"),
         {"乙": "一、甲", "丙": "一、甲", "戊": "二、丁"}),
        (("一、甲", "（一）乙", "1.丙", "（1）丁", "戊", "2、己", "（二）庚", "二、辛"),
         {"（一）乙": "一、甲", "1.丙": "（一）乙", "（1）丁": "1.丙", "戊": "（1）丁",
          "2、己": "（一）乙", "（二）庚": "一、甲"}),
        (("一、甲", "1.乙", "（一）丙"), {"1.乙": "一、甲", "（一）丙": "一、甲"}),
        (("一、甲", "乙", "合计", "丙"), {"乙": "一、甲"}),
        (("一、甲", "1.合计", "丙"), {"1.合计": "一、甲", "丙": "1.合计"}),
        (("甲", "乙"), {}),
    ],
    ids=["plain", "four levels", "a level left out", "a total closes", "a numbered total", "none"],
)  # fmt: skip
def test_a_row_is_an_item_of_the_last_one_above_of_a_higher_ordinal(
    labels: tuple[str, ...], expected: dict[str, str]
):
    assert heads(*labels) == expected


def test_ordinals_of_one_side_are_not_those_of_the_other():
    meaning = as_form(
        "budget_summary",
        "收入项目 | 预算数 | 支出项目 | 预算数\n一、甲 | 1 | 乙 | 1\n丙 | 1 | 丁 | 1",
    )
    found = {row.label for row in meaning.table.rows if row.place in meaning.heads}
    assert found == {"丙"}


@pytest.mark.parametrize(
    ("labels", "counted"),
    [
        (("车辆数合计", "1.甲", "2.乙"), {"车辆数合计"}),
        (("一、车辆数（辆）", "1.甲", "（1）乙", "丙", "二、丁", "1.戊"),
         {"一、车辆数（辆）", "1.甲", "（1）乙"}),
        (("一、公务用车购置费", "1.甲"), set()),
    ],
    ids=["without an ordinal", "with one", "money"],
)  # fmt: skip
def test_numbered_items_of_what_is_counted_are_counted(labels: tuple[str, ...], counted: set[str]):
    meaning = ordinals(*labels)
    assert {row.label for row in meaning.table.rows if row.place in meaning.counted} == counted


def test_what_things_are_worth_is_money_in_the_row_that_counts_them():
    meaning = as_form(
        "asset_holdings", "项目 | 数量 | 原值\n公务用车（辆） | 3 | 60.00\n房屋 | 1 | 9.00"
    )
    number, worth = meaning.table.columns[1:]
    counting, housing = meaning.table.rows
    assert [meaning.is_counted(counting, column) for column in (number, worth)] == [True, False]
    assert not meaning.is_counted(housing, number)


@pytest.mark.parametrize(
    ("label", "figure"),
    [
        ("预算数", {"budgeted"}),
        ("2021年预算", {"budgeted"}),
        ("2021年决算", {"actual"}),
        ("上年决算数", {"prior", "actual"}),
        ("2021年", set()),
        ("本年", {"this_year"}),
        ("调整预算数", {"budgeted", "adjusted"}),
        ("公务接待费", None),
        ("2021年公务接待费", None),
        ("甲乙丙", None),
        ("小计", None),
        ("其中", None),
    ],
)
def test_a_label_may_say_which_figure_of_a_year_its_row_holds(label: str, figure: set[str] | None):
    (row,) = as_form("budget_summary", f"项目 | 预算数\n{label} | 1").table.rows
    assert figure_of_year(row) == figure


def test_no_label_says_nothing_of_the_year():
    rows = as_form("three_public", "合计 | 公务接待费\n1.00 | 1.00").table.rows
    assert [figure_of_year(row) for row in rows] == [None]


@pytest.mark.parametrize(
    ("labels", "earlier"),
    [
        (("2021年", "2022年"), {"2021年"}),
        (("2022年", "2021年", "2020年"), {"2021年", "2020年"}),
        (("2022年",), set()),
        (("上年预算数", "本年预算数"), {"上年预算数"}),
        (("预算数", "决算数"), set()),
        (("2021年至2022年", "2022年", "甲"), set()),
    ],
)
def test_rows_of_an_earlier_year(labels: tuple[str, ...], earlier: set[str]):
    rows = "\n".join(f"{label} | 3.00 | 3.00" for label in labels)
    meaning = as_form("budget_three_public", f"年度 | 合计 | 公务接待费\n{rows}")
    found = {row.label for row in meaning.table.rows if meaning.is_of_earlier_year(row)}
    assert found == earlier


def test_a_row_of_an_earlier_year_measures_what_was_then():
    meaning = as_form(
        "budget_three_public",
        "年度 | 合计 | 公务接待费\n2021年 | 4.00 | 4.00\n2022年 | 3.00 | 3.00",
    )
    assert [measure for _, measure, _ in named(meaning)] == [
        *("prior_total", "prior_reception"),
        *("total", "reception"),
    ]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("2022年预算数 | 2023年预算数", ["prior_amount", "amount"]),
        ("2023年预算数 | 2023年预算数", ["", ""]),
        ("上年预算数 | 2023年预算数", ["prior_amount", "amount"]),
        ("2022年上年预算数 | 2023年预算数", ["prior_amount", "amount"]),
        ("预算数 | 备注", ["amount"]),
    ],
)
def test_a_column_of_an_earlier_year_measures_what_was_then(headers: str, expected: list[str]):
    amounts = "1.00 | 说明" if "备注" in headers else "1.00 | 2.00"
    drawing = f"项目 | {headers}\n一、甲 | {amounts}"
    meaning = as_form("budget_summary", drawing)
    columns = [column for column in meaning.table.columns if column.holds_numbers]
    assert [meaning.measures.get(each.index, ("",))[0] for each in columns] == expected


def test_the_year_of_a_table_is_the_latest_that_its_header_names():
    drawing = "项目 | 2021年预算数 | 2023年预算数 | 2022年预算数\n甲 | 1 | 2 | 3"
    assert as_form("budget_summary", drawing).this_year == 2023
    assert as_form("budget_summary", "项目 | 预算数\n甲 | 1").this_year == 0


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("年初预算数 | 全年预算数", ["opening_budget_total", "budget_total"]),
        ("预算数 | 调整预算数", ["opening_budget_total", "budget_total"]),
        ("预算数 | 决算数", ["budget_total", "actual_total"]),
        ("全年预算数 | 决算数", ["budget_total", "actual_total"]),
        ("2022年预算数 | 2023年全年预算数", ["prior_budget_total", "budget_total"]),
    ],
)
def test_of_two_budgets_of_a_year_one_is_what_it_began_with(headers: str, expected: list[str]):
    groups = " | ".join(f"{header} | <" for header in headers.split(" | "))
    drawing = f"""
        {groups}
        合计 | 公务接待费 | 合计 | 公务接待费
        3.00 | 2.00 | 4.00 | 3.00
    """
    assert measures("three_public", drawing)[::2] == expected


def test_of_two_rows_of_budgets_one_is_what_the_year_began_with():
    meaning = as_form(
        "three_public",
        "项目 | 合计 | 公务接待费\n年初预算数 | 4.00 | 4.00\n全年预算数 | 3.00 | 3.00",
    )
    assert [measure for _, measure, _ in named(meaning)] == [
        *("opening_budget_total", "opening_budget_reception"),
        *("budget_total", "budget_reception"),
    ]


@pytest.mark.parametrize(
    ("codes", "classification"),
    [
        (("208", "20805", "2080505"), "functional"),
        (("301", "30101"), "economic"),
        (("501", "50101"), "economic"),
        (("208", "301", "302"), "economic"),
        (("208", "20805", "301"), "functional"),
        (("101", "10101"), ""),
        (("20", "30"), ""),
        (("208001", "208002"), ""),
        (("208", "208001", "208002"), ""),
        (("208", "20800101", "205"), "functional"),
        (("208001", "20800101"), ""),
        (("2080505",), "functional"),
        (("208", "205001"), "functional"),
    ],
)
def test_what_most_codes_of_a_table_are_classes_of(codes: tuple[str, ...], classification: str):
    rows = "\n".join(f"{code} | 甲 | 1.00" for code in codes)
    assert classification_of(as_form("expenditure", f"科目编码 | 名称 | 合计\n{rows}").table) == (
        classification
    )


def kind(*texts: str, headers: str = "合计", title: str = "") -> DocumentKind | None:
    """The kind of a document of these lines and of one table."""
    blocks = (*texts, title or "前言。")
    table = grid(f"科目编码 | 科目名称 | {headers}\n208 | 社保 | 1.00 | 1.00 | 1.00")
    assembly = assemble_tables(document(*blocks, table))
    lines = [*assembly.paragraphs, Paragraph("", Place())]
    return kind_of(assembly.tables, lines)


FINAL, BUDGET = DocumentKind.FINAL_ACCOUNTS, DocumentKind.BUDGET


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2023年度部门决算",), FINAL),
        (("2023年度部门预算",), BUDGET),
        (("2023年度部门预算", "第二部分 部门决算", "三、部门决算"), FINAL),
        (("2023年度部门预算", "部门决算"), None),
        (("一般公共预算", "政府性基金预算", "国有资本经营预算", "部门决算"), FINAL),
        (("预算单位", "预算绩效", "预算执行", "预算数", "部门决算"), FINAL),
        (("预决算公开",), None),
        (("甲" * 36 + "部门决算",), FINAL),
        (("甲" * 37 + "部门决算",), None),
        ((), None),
    ],
)
def test_headings_tell_the_kind_of_a_document(
    texts: tuple[str, ...], expected: DocumentKind | None
):
    assert kind(*texts) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("决算数", FINAL),
        ("预算数", BUDGET),
        ("预算数 | 决算数", None),
        ("合计", None),
        ("预算", BUDGET),
        ("部门决算", FINAL),
    ],
)
def test_headers_tell_the_kind_where_no_heading_does(headers: str, expected: DocumentKind | None):
    assert kind(headers=headers) is expected
    assert kind("2023年度部门决算", headers=headers) is FINAL


def test_the_title_of_a_table_that_is_no_form_counts_as_a_heading():
    assert kind(title="甲乙丙专项资金决算表") is FINAL


@pytest.mark.parametrize(
    ("title", "funds"),
    [
        ("一般公共预算甲乙表", {"general_public_budget"}),
        ("甲乙政府性基金支出表", {"government_fund"}),
        ("财政拨款支出表", {"appropriation"}),
        ("国有资本经营预算与政府性基金预算表", {"state_capital", "government_fund"}),
        ("事业收入表", set()),
        ("", set()),
    ],
)
def test_the_funds_that_a_title_names_understood_or_not(title: str, funds: set[str]):
    assert {fund for fund in funds_in(title) if fund in {*funds, "general_public_budget"}} == funds


@pytest.mark.parametrize(
    ("title", "resolution"),
    [
        ("下文如下。", "no title is printed above the table"),
        (SHARED, "the title fits a form of the budget and one of the final accounts"),
        ("扶贫专项资金支出决算表", "the title names no form of the catalogue"),
        ("某某情况", "the line above the table is no form's title"),
    ],
)
def test_it_is_said_why_a_title_names_no_form(title: str, resolution: str):
    (meaning,) = meanings(title, FUNCTIONAL)
    assert (meaning.form, meaning.resolution[: len(resolution)]) == ("", resolution)


def test_a_list_of_indicators_is_no_form_whatever_stands_above_it():
    table = grid("一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 甲乙 | 12")
    (meaning,) = meanings("某某情况", table)
    assert "performance indicators" in meaning.resolution


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("一般公共预算支出决算表", "general_budget_expenditure"),
        ("一般公共预算预算支出表", "budget_general_expenditure"),
        ("一般公共预算支出预算表", "budget_general_expenditure"),
    ],
)
def test_a_title_that_says_its_kind_is_of_that_kind_in_any_document(title: str, form: str):
    assert forms("某局2023年度部门决算", "前言。", title, FUNCTIONAL) == [form]


BY_UNIT = grid("单位名称 | 本年收入合计 | 财政拨款收入\n某局 | 9.00 | 9.00\n某中心 | 1.00 | 1.00")


def test_under_one_title_rows_of_units_are_another_form():
    assert forms("收入决算表", BY_UNIT) == ["income_by_unit"]
    assert forms("财政拨款收入决算表", BY_UNIT) != ["income_by_unit"]


TWIN_TITLES = ("一般公共预算“三公”经费支出决算表", "政府性基金“三公”经费支出决算表")
ITEMS = grid("合计 | 因公出国（境）费 | 公务接待费\n9.00 | 5.00 | 4.00")


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (TWIN_TITLES, ["three_public", "three_public_other_funds"]),
        (TWIN_TITLES[:1] * 2, ["three_public", ""]),
        (("“三公”经费支出决算表", TWIN_TITLES[1]), ["three_public", ""]),
        ((*TWIN_TITLES, TWIN_TITLES[1]), ["three_public", "three_public_other_funds", ""]),
        (TWIN_TITLES[1:], ["three_public"]),
    ],
    ids=["of two funds", "of one", "of all and of one", "three", "alone"],
)
def test_a_further_printing_of_other_money_is_the_twin_of_the_form(
    titles: tuple[str, ...], expected: list[str]
):
    blocks = [block for title in titles for block in (title, ITEMS, "说明：无。")]
    found = meanings("某局2023年度部门决算", *blocks)
    assert [meaning.form for meaning in found] == expected
    assert all((each.resolved_by is ResolvedBy.NOTHING) == (not each.form) for each in found)


NO_NUMBERS = grid(CODED + "208 | 社会保障和就业支出 | . | . | .")
NO_NAMES = grid("科目编码 | 科目名称 | 甲 | 乙 | 丙\n208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("支出决算表", FUNCTIONAL), ("支出决算表", FUNCTIONAL), 0),
        (("支出决算表", NO_NUMBERS), ("支出决算表", FUNCTIONAL), 1),
        (("支出决算表", NO_NAMES), ("支出决算表", FUNCTIONAL), 1),
        (("支出决算表", FUNCTIONAL), ("支出决算表", NO_NAMES), 0),
        (("本年支出决算表", FUNCTIONAL), ("支出决算表", FUNCTIONAL), 0),
    ],
    ids=["alike", "without a number", "without a measure", "usual first", "other words"],
)
def test_of_two_printings_the_usual_one_is_read(
    first: tuple[str, Table], second: tuple[str, Table], kept: int
):
    found = meanings(*first, "说明：无。", *second)
    assert [meaning.form == "expenditure" for meaning in found] == [kept == 0, kept == 1]
    assert found[1 - kept].reprint_of == "expenditure"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("支出决算表", True),
        ("会议费支出表", True),
        ("甲乙丙支出表", False),
        ("某某情况", False),
    ],
)
def test_a_title_that_is_understood_tells_that_a_table_is_another_s(title: str, *, told: bool):
    assembly = assemble_tables(document("2023年度部门决算", title, FUNCTIONAL))
    assert is_told(Meaning(assembly.tables[0])) is told


def test_a_further_printing_is_told_to_be_one():
    (table,) = assemble_tables(document("某某情况", FUNCTIONAL)).tables
    assert is_told(Meaning(table, reprint_of="expenditure"))


def line_names(form: str, drawing: str) -> list[str]:
    meaning = as_form(form, drawing)
    namer = LineNamer(meaning)
    return [
        namer.name(row, "".join(row.code_parts), "".join(row.label.split()))
        for row in meaning.table.rows
    ]


def side_lines(*labels: str, side: int = 1) -> list[str]:
    """The lines of labels on the income (0) or the expenditure (1) side of a budget's summary."""
    rows = "\n".join(
        f"甲 | 1 | {label} | 1" if side else f"{label} | 1 | 甲 | 1" for label in labels
    )
    meaning = as_form("budget_summary", f"收入 | < | 支出 | <\n项目|预算数|项目|预算数\n{rows}")
    namer = LineNamer(meaning)
    return [namer.name(row, "", row.label) for row in meaning.table.rows if row.block == side]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("一、教育支出", "甲乙丙支出", "国防"), ["function_class", "function_class", ""]),
        (("教育支出", "基本支出", "工资福利支出", "人员支出"), ["function_class", "", "", ""]),
        (("本年支出合计", "结转下年", "支出总计"),
         ["expenditure_total", "closing_balance", "grand_total"]),
        (("教育支出", "小计", "结转下年", "支出总计"),
         ["function_class", "expenditure_total", "closing_balance", "grand_total"]),
        (("教育支出", "小计", "结转下年"), ["function_class", "", "closing_balance"]),
        (("教育支出", "小计", "国防支出", "小计", "支出总计"),
         ["function_class", "", "function_class", "", "grand_total"]),
        (("支出总计", "教育支出", "小计"), ["grand_total", "function_class", ""]),
        (("本年支出合计", "小计", "支出总计"), ["expenditure_total", "", "grand_total"]),
        (("本年支出合计", "本年支出合计"), ["expenditure_total", "grand_total"]),
    ],
)  # fmt: skip
def test_the_lines_of_expenditure(labels: tuple[str, ...], expected: list[str]):
    assert side_lines(*labels) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("事业收入", "本年收入合计", "上年结转", "收入总计"),
         ["institutional", "income_total", "opening_balance", "grand_total"]),
        (("事业收入", "事业收入"), ["institutional", ""]),
        (("事业收入", "本年收入合计", "其他收入"), ["institutional", "income_total", ""]),
        (("本年收入合计", "其他收入"), ["income_total", "other"]),
        (("财政拨款收入", "一般公共预算收入", "财政拨款收入"),
         ["fiscal_appropriation", "general_public_budget", "general_appropriation"]),
        (("一般公共预算收入", "财政拨款收入", "财政拨款收入"),
         ["general_public_budget", "general_appropriation", "fiscal_appropriation"]),
        (("事业收入", "本年收入合计", "上级补助收入"),
         ["institutional", "income_total", "superior_subsidy"]),
        (("甲乙丙", "合计"), ["", ""]),
    ],
)  # fmt: skip
def test_the_lines_of_income(labels: tuple[str, ...], expected: list[str]):
    assert side_lines(*labels, side=0) == expected


@pytest.mark.parametrize(
    ("code", "label", "line"),
    [("205", "教育支出", "function_class"), ("20501", "甲", ""), ("301", "甲", ""), ("", "", "")],
)
def test_a_code_of_three_digits_is_a_functional_class_where_a_side_has_such(
    code: str, label: str, line: str
):
    meaning = as_form("budget_summary", "收入 | < | 支出 | <\n项目|金额|项目|金额\n甲|1|乙|1")
    row = meaning.table.rows[1]
    assert row.block == 1
    assert LineNamer(meaning).name(row, code, label) == line
    assert LineNamer(meaning).name(meaning.table.rows[0], code, "") == ""


def test_codes_of_a_coded_form_are_no_lines_and_its_total_is_one():
    drawing = "科目编码 | 科目名称 | 合计\n208 | 社保 | 9.00\n合计 | < | 9.00\n总计 | < | 9.00"
    assert line_names("expenditure", drawing) == ["", "total", ""]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("甲支出 | 1 | 事业收入 | 1\n乙支出 | 1 | 甲 | 1", ["expenditure", "income"]),
        ("甲支出 | 1 | 事业收入 | 1\n甲 | 1 | 经营收入 | 1", ["income", ""]),
        ("甲 | 1 | 事业收入 | 1\n乙 | 1 | 其他收入 | 1", ["income", ""]),
        ("事业收入 | 1 | 甲 | 1\n其他收入 | 1 | 乙 | 1", ["income", "expenditure"]),
        ("总计 | 1 | 总计 | 1\n合计 | 1 | 合计 | 1", ["income", "expenditure"]),
    ],
    ids=["of both", "one is not enough", "income twice", "of the first", "none of one alone"],
)
def test_two_lines_of_one_side_tell_it(rows: str, expected: list[str]):
    drawing = f"项目 | 决算数 | 项目 | 决算数\n{rows}"
    assert sides("income_expenditure_summary", drawing) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("项目（按经济分类） | 预算数", ""),
        ("项目（按政府经济分类） | 预算数", ""),
        ("项目（按支出用途） | 预算数", "purpose"),
        ("项目（按功能分类） | 预算数", "expenditure"),
    ],
)
def test_a_label_column_says_how_its_block_divides_the_money(header: str, expected: str):
    drawing = f"项目 | 预算数 | {header}\n事业收入 | 1 | 甲 | 1"
    assert sides("budget_summary", drawing)[1:] == [expected]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("基本支出", "项目支出"), "purpose"),
        (("项目支出", "甲"), "purpose"),
        (("基本支出", "教育支出"), "expenditure"),
        (("人员经费", "甲"), "expenditure"),
    ],
)
def test_a_block_of_kinds_of_use_has_no_functional_class(labels: tuple[str, ...], expected: str):
    rows = "\n".join(f"甲 | 1 | {label} | 1" for label in labels)
    assert sides("budget_summary", f"项目 | 预算数 | 项目 | 预算数\n{rows}") == ["income", expected]


@pytest.mark.parametrize(
    ("form", "drawing", "is_down"),
    [
        ("budget_three_public", "项目 | 预算数\n合计 | 3.00\n公务接待费 | 3.00", True),
        ("budget_three_public", "项目 | 预算数\n合计 | 3.00\n甲 | 3.00", False),
        ("budget_three_public", "项目 | 预算数\n合计 | 3.00", False),
        ("budget_three_public", "项目 | 公务接待费\n合计 | 3.00\n公务接待费 | 3.00", False),
        ("budget_expenditure", "项目 | 预算数\n基本支出 | 3.00\n项目支出 | 3.00", True),
        ("budget_expenditure",
         "科目编码 | 项目 | 预算数\n205 | 基本支出 | 3.00\n. | 项目支出 | 3.00", False),
        ("budget_basic_expenditure", "项目 | 预算数\n人员经费 | 3.00\n公用经费 | 3.00", False),
    ],
    ids=["items", "one item", "a total", "across", "coded", "codes", "blocks"],
)  # fmt: skip
def test_items_stand_down_the_side(form: str, drawing: str, *, is_down: bool):
    assert as_form(form, drawing).is_down is is_down


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("合计", "公务接待费", "公务接待费"), {"total"}),
        (("合计", "总计", "公务接待费"), {"total", "reception"}),
        (("合计", "合计", "公务接待费", "会议费"), {"reception", "meeting"}),
        (("“三公”经费小计", "合计", "公务接待费", "会议费"), {"total", "reception", "meeting"}),
    ],
)
def test_of_rows_that_claim_one_measure_the_whole_has_it(rows: tuple[str, ...], expected: set[str]):
    drawing = "\n".join(("项目 | 预算数", *(f"{label} | 3.00" for label in rows)))
    found = named(as_form("budget_three_public", drawing))
    assert {measure for _, measure, _ in found if measure} == expected


def test_an_item_below_a_head_is_the_part_of_it():
    meaning = as_form(
        "budget_expenditure",
        "项目 | 预算数\n一、基本支出 | 3.00\n人员经费 | 2.00\n公用经费 | 1.00\n二、项目支出 | 4.00",
    )
    assert [measure for _, measure, _ in named(meaning)] == [
        *("basic", "basic_personnel", "basic_public", "project"),
    ]


def test_what_measures_nothing_is_resolved_by_nothing():
    meaning = as_form(
        "three_public", "项目 | 预算数\n公务接待费 | 9.00\n会议费 | 3.00\n甲乙 | 1.00"
    )
    found = [meaning.measure_of(row, value) for row in meaning.table.rows for value in row.values]
    assert found == [
        ("budget_reception", ResolvedBy.WORDS),
        ("budget_meeting", ResolvedBy.WORDS),
        ("", ResolvedBy.NOTHING),
    ]


ACCOUNTS = ("收入决算表", BY_UNIT, "支出决算表", FUNCTIONAL)


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("基金预算支出预算表", "budget_government_fund"),
        ("对下转移支付表", ""),
        (SHARED, "general_budget_expenditure"),
    ],
    ids=["says its kind", "of the other kind alone", "of both"],
)
def test_among_forms_of_one_kind_another_kind_has_to_be_said(title: str, form: str):
    assert forms(*ACCOUNTS, title, FUNCTIONAL)[-1] == form


def test_the_next_best_form_of_a_title_is_taken_where_no_table_has_it():
    titles = ("一般公共预算支出决算表", "一般公共预算支出明细决算表")
    assert forms(*(block for title in titles for block in (title, FUNCTIONAL))) == [
        *("general_budget_expenditure", "general_budget_expenditure_detail"),
    ]


LINES = """
    项目 | 决算数 | 项目 | 决算数
    一、{first} | 9.00 | 一、一般公共服务支出 | 5.00
    二、{second} | 1.00 | 二、{class_} | 5.00
    本年收入合计 | 10.00 | 本年支出合计 | 10.00
    {last} | 10.00 | {last} | 10.00
"""


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ({}, "income_expenditure_summary"),
        ({"first": "财政拨款收入"}, "income_expenditure_summary"),
        ({"second": "经营收入"}, ""),
        ({"second": "政府性基金预算财政拨款"}, "appropriation_summary"),
        ({"first": "上级补助收入"}, ""),
        ({"class_": "甲乙"}, ""),
        ({"last": "甲乙"}, ""),
    ],
    ids=[
        "own income",
        "all appropriations",
        "what may be of either",
        "no own",
        "no budget",
        "a class",
        "total",
    ],
)
def test_a_summary_is_told_by_the_lines_of_both_sides(words: dict[str, str], form: str):
    usual = {
        "first": "一般公共预算财政拨款收入", "second": "事业收入", "class_": "教育支出",
        "last": "总计",
    }  # fmt: skip
    table = grid(LINES.format(**{**usual, **words}))
    assert forms("2023年度部门决算", "某某情况", table) == [form]


CLOSING = """
    科目编码 | 科目名称 | 合计 | {group} | < | < | {last}
    ^ | ^ | ^ | {whole} | {carried} | {surplus} | ^
    205 | 教育支出 | 9.00 | 3.00 | 2.00 | 1.00 | 4.00
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ["total", "closing_balance_project", "closing_balance_project_carried",
              "closing_balance_project_surplus", "basic"]),
        ({"surplus": "神秘"}, ["total", "closing_balance_project", "", "", "basic"]),
        ({"carried": "神秘"}, ["total", "closing_balance_project", "",
                             "closing_balance_project_surplus", "basic"]),
    ],
    ids=["all three", "what is left is not understood", "what goes on is not understood"],
)  # fmt: skip
def test_what_is_carried_over_stands_beside_what_is_left(
    words: dict[str, str], expected: list[str]
):
    usual = {
        "group": "年末结转和结余项目支出结转和结余", "whole": "小计", "carried": "项目支出结转",
        "surplus": "项目支出结余", "last": "基本支出",
    }  # fmt: skip
    drawing = CLOSING.format(**{**usual, **words})
    assert measures("general_budget_expenditure", drawing) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("2022年预算数 | 2023年预算数", ["prior_total", "total", "prior_reception", "reception"]),
        ("2023年预算数 | 上年预算数", ["total", "prior_total", "reception", "prior_reception"]),
    ],
)
def test_items_down_the_side_are_of_the_year_of_their_column(headers: str, expected: list[str]):
    drawing = f"项目 | {headers}\n“三公”经费合计 | 3.00 | 2.00\n公务接待费 | 3.00 | 2.00"
    meaning = as_form("budget_three_public", drawing)
    assert meaning.is_down
    assert [measure for _, measure, _ in named(meaning)] == expected
