"""A document is walked once: tables begin, continue, end, and are declared empty."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import FurnitureKind
from pipelines.domain.document import Paragraph, Table
from pipelines.domain.place import Place
from pipelines.recognising.assembling import Assembly, PrintedTable, assemble_tables
from tests.unit.recognising.grids import document, grid

HEADER = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出
    科目编码 | 科目名称 | ^ | ^ | ^
    栏次 | < | 1 | 2 | 3
"""
BODY = """
    合计 | < | 9.00 | 5.00 | 4.00
    208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00
"""
MORE = """
    20805 | 行政事业单位养老支出 | 9.00 | 5.00 | 4.00
    2080505 | 机关事业单位基本养老保险缴费支出 | 9.00 | 5.00 | 4.00
"""
FIRST = grid(HEADER + BODY)
CONTINUED = grid(MORE)
CONTINUED_WITH_HEADER = grid(HEADER + MORE)
INCOME = grid(
    """
    项目 | < | 本年收入合计 | 财政拨款收入
    科目编码 | 科目名称 | ^ | ^
    合计 | < | 9.00 | 9.00
    """
)
CAPTIONS = ("支出决算表", "公开03表", "部门：某县水利局", "单位：万元")
LABELS = [
    "合计",
    "社会保障和就业支出",
    "行政事业单位养老支出",
    "机关事业单位基本养老保险缴费支出",
]


def assembled(*blocks: str | Table) -> Assembly:
    return assemble_tables(document(*blocks))


def the_table(*blocks: str | Table) -> PrintedTable:
    (table,) = assembled(*blocks).tables
    return table


def titles(assembly: Assembly) -> list[str]:
    return [table.captions.title for table in assembly.tables]


def forms(assembly: Assembly) -> list[list[str]]:
    """The forms that the title of each table names."""
    return [[spec.form for spec in table.captions.forms] for table in assembly.tables]


def labels(table: PrintedTable) -> list[str]:
    return [row.label for row in table.rows]


def numbers(table: PrintedTable) -> list[list[str]]:
    return [[value.cell.text for value in row.values] for row in table.rows]


def narrative(assembly: Assembly) -> list[str]:
    return [paragraph.text for paragraph in assembly.paragraphs]


def test_a_form_is_its_captions_and_its_table():
    table = the_table(*CAPTIONS, FIRST)
    assert (table.captions.title, table.unit) == ("支出决算表", PrintedUnit.WAN_YUAN)
    assert (table.captions.entity_text, table.captions.number_text) == ("某县水利局", "公开03表")
    assert labels(table) == LABELS[:2]
    assert table.place.path == "body/p[1]"


def test_captions_are_no_narrative():
    assembly = assembled("前言。", *CAPTIONS, FIRST, "后记。")
    assert narrative(assembly) == ["前言。", "后记。"]


def test_captions_may_stand_in_the_table():
    printed = grid(
        """
        支出决算表 | < | < | <
        部门：某县水利局 | < | 公开03表 | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出
        208 | 社保 | 1.00 | 1.00
        """
    )
    table = the_table(printed)
    assert (table.captions.title, table.unit, labels(table)) == (
        "支出决算表",
        PrintedUnit.WAN_YUAN,
        ["社保"],
    )


def test_captions_may_stand_in_a_table_of_their_own():
    captions = grid("支出决算表 | <\n部门：某县水利局 | 单位：万元")
    table = the_table(captions, FIRST)
    assert (table.captions.entity_text, table.unit) == ("某县水利局", PrintedUnit.WAN_YUAN)


def test_two_forms_follow_one_another():
    assembly = assembled("收入决算表", INCOME, "支出决算表", FIRST)
    assert forms(assembly) == [["income"], ["expenditure"]]


def test_the_number_of_a_form_never_says_which_form_it_is():
    assert forms(assembled("公开07表", "支出决算表", FIRST)) == [["expenditure"]]


@pytest.mark.parametrize(
    "between",
    [
        (CONTINUED,),
        (CONTINUED_WITH_HEADER,),
        ("支出决算表", "单位：万元", CONTINUED_WITH_HEADER),
        ("支出决算表", "单位：万元", CONTINUED),
        ("支出决算表（续）", CONTINUED_WITH_HEADER),
    ],
    ids=["without header", "with header", "with title", "title without header", "marked"],
)
def test_a_form_continues_on_a_further_page(between: tuple[str | Table, ...]):
    assembly = assembled(*CAPTIONS, FIRST, *between)
    (table,) = assembly.tables
    assert labels(table) == LABELS


def test_a_form_with_a_note_below_it_does_not_go_on_under_its_title():
    below = ("注：本表反映支出。", *CAPTIONS, CONTINUED_WITH_HEADER)
    first, second = assembled(*CAPTIONS, FIRST, *below).tables
    assert (labels(first), labels(second)) == (LABELS[:2], LABELS[2:])


def test_a_form_that_was_declared_empty_does_not_go_on_under_its_title():
    empty = (*CAPTIONS, "本单位无相关支出，本表为空。")
    assembly = assembled(*empty, *CAPTIONS, FIRST)
    assert labels(assembly.tables[-1]) == LABELS[:2]


@pytest.mark.parametrize(
    ("words", "again", "count"),
    [
        (("项目", "科目名称"), ("项自", "科目名移"), 1),
        (("支出合计", "基本支出"), ("收入合计", "财政拨款"), 2),
        (("本年支出合计", "基本支出"), ("2022年支出合计", "基本支出"), 2),
    ],
    ids=["two letters", "other columns", "another year"],
)
def test_a_header_under_the_same_title_goes_on_but_for_a_few_letters(words, again, count):
    header = HEADER
    for word, other in zip(words, again, strict=True):
        header = header.replace(word, other)
    captions = ("支出决算表", "单位：万元")
    assert len(assembled(*CAPTIONS, FIRST, *captions, grid(header + MORE)).tables) == count


def test_a_title_repeated_over_a_blank_row_goes_on_with_the_form():
    blank = grid(". | . | . | . | ." + MORE)
    assert labels(the_table(*CAPTIONS, FIRST, *CAPTIONS, blank)) == LABELS


def test_column_numbers_of_a_repeated_header_are_counted_once():
    table = the_table(*CAPTIONS, FIRST, CONTINUED_WITH_HEADER)
    numbered = [item for item in table.furniture if item.kind is FurnitureKind.COLUMN_NUMBER]
    assert [item.number_text for item in numbered] == ["1", "2", "3"]


@pytest.mark.parametrize("is_doubtful", [True, False])
def test_a_code_in_doubt_parts_no_pages_and_one_that_is_none_does(*, is_doubtful: bool):
    garbled = grid(MORE.replace("20805 ", "2O8.5 "))
    cells = tuple(
        replace(cell, is_doubtful=is_doubtful and cell.text == "2O8.5") for cell in garbled.cells
    )
    tables = assembled(*CAPTIONS, FIRST, replace(garbled, cells=cells)).tables
    assert len(tables) == (1 if is_doubtful else 2)


def test_a_form_may_continue_over_many_pages():
    table = the_table(*CAPTIONS, FIRST, CONTINUED, CONTINUED, CONTINUED_WITH_HEADER)
    assert len(table.rows) == 8
    assert table.grid_rows == 5 + 2 + 2 + 5


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_splitting_a_form_over_pages_changes_none_of_its_rows(sizes: list[int]):
    rows = [
        f"{2010000 + number} | 科目{number} | {number}.00 | {number}.00 | ."
        for number in range(sum(sizes))
    ]
    whole = the_table(*CAPTIONS, grid(HEADER + "\n".join(rows)))
    pages = []
    for size in sizes:
        pages.append(grid("\n".join([*([] if pages else [HEADER.strip()]), *rows[:size]])))
        rows = rows[size:]
    split = the_table(*CAPTIONS, *pages)
    assert [(row.code_parts, row.label) for row in split.rows] == [
        (row.code_parts, row.label) for row in whole.rows
    ]
    assert numbers(split) == numbers(whole)


@pytest.mark.parametrize(
    ("rest", "last"),
    [("支出", "基本养老保险缴费支出"), ("合计", "基本养老保险缴费")],
    ids=["rest of a name", "a total"],
)
def test_a_name_cut_by_a_page_goes_on_below_the_repeated_header(rest: str, last: str):
    header = HEADER.replace("栏次 | < | 1 | 2 | 3", "")
    cut = MORE.replace("机关事业单位基本养老保险缴费支出", "基本养老保险缴费")
    lower = grid(f"{header}. | {rest} | . | . | .\n210 | 卫生健康支出 | 1.00 | 1.00 | .")
    table = the_table(*CAPTIONS, grid(header + BODY + cut), lower)
    assert labels(table)[3] == last
    assert labels(table)[-1] == "卫生健康支出"


def test_a_list_of_forms_that_asks_which_are_empty_is_no_table():
    listed = (
        "序号 | 内容 | 是否空表 | 表格为空的理由\n1 | 收入决算表 | 否 | .\n2 | 支出决算表 | 否 | ."
    )
    assert assembled("目录", grid(listed)).tables == ()


def test_text_between_two_tables_ends_the_first():
    first, second = assembled(*CAPTIONS, FIRST, "第三部分 情况说明", CONTINUED).tables
    assert (labels(first), labels(second)) == (LABELS[:2], LABELS[2:])
    assert second.captions.forms == ()


def test_a_table_of_words_adds_no_values_to_a_form():
    assembly = assembled(*CAPTIONS, FIRST, grid("部门职责 | 内设机构\n水利 | 办公室"))
    (table,) = assembly.tables
    assert [row.label for row in table.rows if row.values] == LABELS[:2]


def test_a_table_with_a_heading_of_its_own_does_not_continue_a_form():
    foreign = grid("专项资金绩效情况表 | < | <\n车辆 | 5 | 2.00\n设备 | 3 | 1.00")
    assembly = assembled(*CAPTIONS, FIRST, foreign)
    assert labels(assembly.tables[0]) == LABELS[:2]
    assert titles(assembly) == ["支出决算表", "专项资金绩效情况表"]
    assert numbers(assembly.tables[1]) == [["5", "2.00"], ["3", "1.00"]]


FOREIGN = grid("名目 | 数额\n修路 | 3.00")


@pytest.mark.parametrize(
    "captions",
    [
        ("扶贫专项资金支出决算表", "单位：万元"),
        (grid("扶贫专项资金支出决算表 | <"), grid("部门： | 某县水利局 | 单位：万元")),
    ],
    ids=["lines", "tables of their own"],
)
def test_a_form_of_no_catalogue_entry_is_a_table_wherever_its_title_stands(
    captions: tuple[str | Table, ...],
):
    assembly = assembled(*CAPTIONS, FIRST, *captions, FOREIGN)
    assert labels(assembly.tables[0]) == LABELS[:2]
    assert titles(assembly) == ["支出决算表", "扶贫专项资金支出决算表"]
    assert assembly.tables[1].captions.is_titled
    assert forms(assembly) == [["expenditure"], []]


def test_a_title_of_the_contents_list_names_no_table():
    assembly = assembled("扶贫专项资金支出决算表", "一、概况", FOREIGN)
    assert not assembly.tables[0].captions.is_titled
    assert narrative(assembly) == ["扶贫专项资金支出决算表", "一、概况"]


def test_a_form_whose_header_nobody_understands_keeps_every_number():
    table = the_table("支出决算表", grid("甲 | 乙 | 丙\n修路 | 2.00 | 3.00"))
    assert numbers(table) == [["2.00", "3.00"]]
    assert table.accounted_count == table.number_count == 2


def test_a_document_without_numbers_in_tables_is_all_narrative():
    assembly = assembled("某县水利局", "职责如下。", grid("姓名 | 职务\n张 | 局长"))
    assert assembly.tables == ()
    assert narrative(assembly) == ["某县水利局", "职责如下。"]


def test_the_contents_list_begins_no_form():
    assembly = assembled(
        "目录", "一、收入决算表", "二、支出决算表", "第二部分 决算表", *CAPTIONS, FIRST
    )
    assert forms(assembly) == [["expenditure"]]
    assert "一、收入决算表" in narrative(assembly)


@pytest.mark.parametrize(
    "note",
    [
        "注：本表反映部门本年度各项支出情况。",
        "说明：本年无此项。",
        "本部门没有此项支出，故本表无数据。",
    ],
)
def test_a_note_below_a_form_is_its_note(note: str):
    assembly = assembled(*CAPTIONS, FIRST, note, "下文。")
    (table,) = assembly.tables
    assert table.note_text == note
    assert narrative(assembly) == ["下文。"]


def test_a_numbered_note_goes_on():
    table = the_table(*CAPTIONS, FIRST, "注：1.本表反映支出。", "2.可能存在尾数误差。", "3、其他。")
    assert table.note_text == "注：1.本表反映支出。\n2.可能存在尾数误差。\n3、其他。"


def test_a_numbered_title_below_a_note_is_no_note():
    assembly = assembled(*CAPTIONS, FIRST, "注：本表反映支出。", "2.收入决算表", INCOME)
    assert forms(assembly) == [["expenditure"], ["income"]]
    assert assembly.tables[0].note_text == "注：本表反映支出。"


def test_a_note_away_from_its_form_is_narrative():
    assembly = assembled(*CAPTIONS, FIRST, "下文。", "注：见附件。")
    assert assembly.tables[0].note_text == ""
    assert narrative(assembly) == ["下文。", "注：见附件。"]


def test_notes_in_the_grid_and_below_it_are_one_note():
    table = the_table(
        *CAPTIONS, grid(HEADER + BODY + "注：1.本表反映支出。 | < | < | < | <"), "2.尾数误差。"
    )
    assert table.note_text == "注：1.本表反映支出。\n2.尾数误差。"


STATEMENT = "本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。"


def test_a_form_declared_empty_without_a_table_is_present():
    assembly = assembled(
        *CAPTIONS, FIRST, "下文。", "政府性基金预算财政拨款收入支出决算表", "单位：万元", STATEMENT
    )
    assert forms(assembly) == [["expenditure"], ["government_fund"]]
    empty = assembly.tables[1]
    assert (empty.header, empty.columns, empty.rows, empty.note_text) == (None, (), [], STATEMENT)


def test_a_form_right_below_another_may_be_declared_empty_without_a_table():
    assembly = assembled(
        *CAPTIONS, FIRST, "政府性基金预算财政拨款收入支出决算表", "公开08表 单位：万元", STATEMENT
    )
    assert forms(assembly) == [["expenditure"], ["government_fund"]]


def test_a_title_far_from_a_statement_is_not_declared_empty():
    assembly = assembled(
        *CAPTIONS, FIRST, "政府性基金预算财政拨款收入支出决算表", "见附件。", STATEMENT
    )
    assert forms(assembly) == [["expenditure"]]


def test_a_form_that_is_printed_is_not_declared_empty_again():
    assembly = assembled(*CAPTIONS, FIRST, "下文。", "支出决算表", STATEMENT)
    assert forms(assembly) == [["expenditure"]]


def test_the_same_form_is_kept_as_often_as_it_is_printed():
    """Which printing bears the name is decided where tables are named."""
    assembly = assembled(*CAPTIONS, FIRST, "注：一。", *CAPTIONS, FIRST)
    assert forms(assembly) == [["expenditure"], ["expenditure"]]


def test_a_table_with_other_columns_is_not_mixed_in():
    other = grid("科目编码 | 科目名称 | 合计 | 经营支出\n208 | 社保 | 7.00 | 7.00")
    first, second = assembled(*CAPTIONS, FIRST, other).tables
    assert labels(first) == LABELS[:2]
    assert numbers(second) == [["7.00", "7.00"]]


def test_a_table_without_a_header_has_no_body():
    (*_, empty) = assembled(
        *CAPTIONS, FIRST, "下文。", "政府性基金预算财政拨款收入支出决算表", STATEMENT
    ).tables
    with pytest.raises(ValueError, match="without a header"):
        empty.add(CONTINUED, None)


def test_titles_inside_a_grid_begin_a_table_each():
    """A sheet with all its forms below each other is one grid."""
    sheet = grid(
        """
        收入决算表 | < | < | <
        科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入
        208 | 社保 | 9.00 | 9.00
        支出决算表 | < | < | 单位：万元
        科目编码 | 科目名称 | 本年支出合计 | 基本支出
        208 | 社保 | 8.00 | 8.00
        """
    )
    assembly = assembled(sheet)
    assert titles(assembly) == ["收入决算表", "支出决算表"]
    assert [numbers(table) for table in assembly.tables] == [[["9.00", "9.00"]], [["8.00", "8.00"]]]
    assert assembly.tables[1].unit is PrintedUnit.WAN_YUAN


def test_a_list_of_titles_is_no_grid_of_tables():
    assert len(assembled(grid("收入决算表\n支出决算表")).tables) == 0


def test_a_caption_cell_of_several_lines_is_taken_apart():
    printed = grid(
        r"""
        支出决算表\n公开03表\n部门：某县水利局\n单位：万元 | < | < | <
        科目编码 | 科目名称 | 合计 | 基本支出
        208 | 社保 | 1.00 | 1.00
        """
    )
    captions = the_table(printed).captions
    assert (captions.title, captions.number_text) == ("支出决算表", "公开03表")
    assert (captions.entity_text, captions.unit) == ("某县水利局", PrintedUnit.WAN_YUAN)


def test_a_title_broken_over_the_lines_of_its_cell_is_one():
    title = r"一般公共预算财政拨款\n支出决算表 | < | <"
    printed = grid(f"{title}\n科目名称 | 合计 | 基本支出\n社保 | 1 | 1")
    assert forms(assembled(printed)) == [["general_budget_expenditure"]]


def test_an_empty_first_column_is_no_column_of_labels():
    printed = grid(
        """
        . | 支出决算表 | < | <
        . | 科目编码 | 科目名称 | 合计
        . | 208 | 社保 | 1.00
        . | 210 | 卫生 | 2.00
        """
    )
    table = the_table(printed)
    assert [(row.code_parts, row.label) for row in table.rows] == [
        (("208",), "社保"),
        (("210",), "卫生"),
    ]
    assert numbers(table) == [["1.00"], ["2.00"]]
    assert forms(assembled(printed)) == [["expenditure"]]


def test_a_table_that_nobody_knows_goes_on_over_pages_too():
    header = "水库 | 库容 | 投资\n"
    first = grid(header + "红旗 | 3 | 12.50\n东风 | 4 | 7.50")
    for more in (grid(header + "跃进 | 5 | 1.25"), grid("跃进 | 5 | 1.25")):
        table = the_table("水库除险加固情况", first, more)
        assert labels(table) == ["红旗", "东风", "跃进"]
        assert table.accounted_count == table.number_count == 6


def on_sheet(name: str, *blocks: str | Table) -> list[Paragraph | Table]:
    """Blocks of a sheet, whose first table has the name on its tab."""
    tab = name
    placed: list[Paragraph | Table] = []
    for number, block in enumerate(document(*blocks).blocks):
        place = Place(path=f"{name}!A{number}")
        if isinstance(block, Table):
            cells = tuple(
                replace(cell, place=Place(path=f"{name}!{chr(66 + cell.column)}{cell.row}"))
                for cell in block.cells
            )
            placed.append(replace(block, cells=cells, place=place, name=tab))
            tab = ""
        else:
            placed.append(replace(block, place=place))
    return placed


def of_sheets(*sheets: list[Paragraph | Table]) -> Assembly:
    blocks = tuple(block for sheet in sheets for block in sheet)
    return assemble_tables(replace(document(), blocks=blocks))


def test_the_name_of_a_sheet_is_the_title_where_nothing_else_is():
    assembly = of_sheets(
        on_sheet("2.收入决算表", "单位：万元", INCOME),
        on_sheet("某县水利局", "支出决算表", "单位：万元", FIRST),
        on_sheet("底稿", INCOME),
        on_sheet("Z05", grid("部门：某县水利局 | 单位：元"), INCOME),
        on_sheet("", INCOME),
    )
    assert titles(assembly) == ["收入决算表", "支出决算表", "底稿", "Z05"]
    assert forms(assembly) == [["income"], ["expenditure"], [], []]
    assert [table.unit for table in assembly.tables] == [
        *(PrintedUnit.WAN_YUAN, PrintedUnit.WAN_YUAN, None, PrintedUnit.YUAN),
    ]


def test_a_line_on_another_sheet_is_no_title():
    assembly = of_sheets(
        on_sheet("封面", "某县水利局", "2023年度部门决算公开表"), on_sheet("收入决算表", INCOME)
    )
    assert titles(assembly) == ["收入决算表"]
    assert narrative(assembly) == ["某县水利局", "2023年度部门决算公开表"]


def test_the_name_of_a_sheet_is_of_its_first_form_only():
    below = grid(
        """
        科目编码 | 科目名称 | 合计
        208 | 社保 | 1.00
        支出决算表 | < | <
        科目编码 | 科目名称 | 合计
        208 | 社保 | 1.00
        """
    )
    assert titles(of_sheets(on_sheet("1.收入决算表", below))) == ["收入决算表", "支出决算表"]


def test_values_that_cannot_be_read_make_no_column_of_words():
    printed = grid(
        """
        科目编码 | 科目名称 | 合计 | 基本支出
        208 | 社保 | =C3 | 1.00
        20805 | 养老 | =C4 | 1.00
        2080505 | 缴费 | =D4 | 1.00
        """
    )
    cells = [replace(cell, is_unreadable=cell.text.startswith("=")) for cell in printed.cells]
    table = the_table("支出决算表", replace(printed, cells=tuple(cells)))
    assert labels(table) == ["社保", "养老", "缴费"]
    assert numbers(table)[0] == ["=C3", "1.00"]


BESIDE = """
    收入决算表 | < | < | . | 支出决算表 | < | <
    科目编码 | 科目名称 | 本年收入合计 | . | 科目编码 | 科目名称 | 本年支出合计
    合计 | < | 9.00 | . | 合计 | < | 8.00
    208 | 社保 | 9.00 | . | 208 | 社保 | 8.00
"""


@pytest.mark.parametrize(
    "drawing",
    [
        BESIDE,
        BESIDE.replace(" | . | ", " | "),
        BESIDE.replace("支出决算表 | < | <", ". | 支出决算表 | ."),
        "部门：某县水利局 | < | < | . | 支出决算表 | < | <\n"
        + BESIDE.replace("支出决算表 | < | <", "单位：万元 | < | <"),
    ],
    ids=["gap", "no gap", "a title in the middle", "titles of different rows"],
)
def test_forms_side_by_side_in_one_grid_are_told_by_their_titles(drawing: str):
    assembly = assembled(grid(drawing))
    assert sorted(forms(assembly)) == [["expenditure"], ["income"]]
    assert sorted(number for table in assembly.tables for number in numbers(table)) == [
        *(["8.00"], ["8.00"], ["9.00"], ["9.00"]),
    ]


def test_what_stands_below_forms_side_by_side_stays_whole():
    below = """
        三公经费支出决算表 | < | < | < | <  | <
        项目 | 合计 | 公务接待费 | 公务用车购置费 | 因公出国（境）费 | 会议费
        金额 | 6.00 | 1.00 | 2.00 | 3.00 | 4.00
    """
    assembly = assembled(grid(BESIDE.replace(" | . | ", " | ") + below))
    assert forms(assembly) == [["income"], ["expenditure"], ["three_public"]]
    assert numbers(assembly.tables[2]) == [["6.00", "1.00", "2.00", "3.00", "4.00"]]


def test_the_two_sides_of_a_form_are_no_forms():
    printed = grid(
        """
        收入 | < | . | 支出 | <
        项目 | 决算数 | . | 项目 | 决算数
        财政拨款收入 | 9.00 | . | 社会保障和就业支出 | 9.00
        总计 | 9.00 | . | 总计 | 9.00
        """
    )
    table = the_table("收入支出决算总表", printed)
    assert numbers(table) == [["9.00"]] * 4


def test_a_contents_list_of_two_columns_is_not_cut():
    printed = grid("收入决算表 | 支出决算表\n财政拨款收支决算总表 | 三公经费支出决算表")
    assert titles(assembled(printed, "正文。")) == []


def test_a_blank_cell_over_several_columns_is_cut_at_each_of_them():
    (table,) = assemble_tables(document(grid("项目 | 12.50 | . | <\n合计 | 9.00 | . | <"))).tables
    assert [value.cell.text for row in table.rows for value in row.values] == ["12.50", "9.00"]


@pytest.mark.parametrize("gap", ["", "| "], ids=["no gap", "a blank column between"])
@pytest.mark.parametrize(
    ("right", "titles"),
    [("工资 | 2.00", ["收入总表", "支出总表"]), ("工资 | 见附件", ["收入总表支出总表"])],
    ids=["numbers", "words alone"],
)
def test_forms_side_by_side_are_parted_where_each_has_numbers(
    gap: str, right: str, titles: list[str]
):
    table = grid(
        f"""
        收入总表 | < {gap}| 支出总表 | <
        项目 | 金额 {gap}| 项目 | 金额
        事业收入 | 1.00 {gap}| {right}
        """
    )
    tables = assemble_tables(document(table)).tables
    assert [each.captions.title for each in tables] == titles


def continued(first: str, more: str, *, header: bool = False) -> list[str]:
    """The labels of a coded table that a page cuts, with or without its header again."""
    head = "科目编码 | 科目名称 | 合计 | 基本支出\n"
    again = head if header else ""
    return labels(the_table("支出决算表", grid(head + first), grid(again + more)))


CUT = "208 | 社会保障 | 9.00 | 9.00\n20805 | 行政事业单位养 | {} | {}"


@pytest.mark.parametrize(
    ("first", "more", "header", "last"),
    [
        (CUT.format(".", "."), ". | 老甲出 | 9.00 | 9.00", False, "行政事业单位养老甲出"),
        (CUT.format("9.00", "9.00"), ". | 老甲出 | . | .\n210 | 甲 | 1.00 | 1.00", False, "甲"),
        (CUT.format("9.00", "9.00"), ". | 老甲出 | 9.00 | 9.00", False, "老甲出"),
        (CUT.format(".", "."), "210 | 老甲出 | 9.00 | 9.00", False, "老甲出"),
        (CUT.format(".", "."), ". | 项目支出 | 9.00 | 9.00", False, "项目支出"),
        (CUT.format(".", "."), ". | 合计 | 9.00 | 9.00", False, "合计"),
        (CUT.format("9.00", "9.00"), ". | 项目支出 | . | .\n合计 | < | 1 | 1", True, "合计"),
        ("208 | 社会保障 | . | .", ". | 老甲出 | 9.00 | 9.00", False, "社会保障老甲出"),
        (". | 社会保障 | . | .", ". | 老甲出 | 9.00 | 9.00", False, "老甲出"),
    ],
    ids=[
        "amounts below",
        "amounts above",
        "amounts of both",
        "a code of its own",
        "a line of some form",
        "a total",
        "a line of some form below the header",
        "the only row",
        "below a row without a code",
    ],
)
def test_a_row_that_a_page_cuts_is_put_together(
    first: str,
    more: str,
    header: bool,  # noqa: FBT001
    last: str,
):
    assert continued(first, more, header=header)[-1] == last


def test_the_rest_of_a_cut_row_keeps_what_stood_above_it():
    (table,) = assembled(
        "支出决算表",
        grid("科目编码 | 科目名称 | 合计\n208 | 社会保障 | 9.00\n20805 | 行政事业单位养 | ."),
        grid(". | 老甲出 | 5.00\n210 | 卫生 | 4.00"),
    ).tables
    assert labels(table) == ["社会保障", "行政事业单位养老甲出", "卫生"]
    assert numbers(table) == [["9.00"], ["5.00"], ["4.00"]]


def test_amounts_near_a_table_that_stand_in_none_are_told_until_the_next_prose():
    found = assembled(
        "合计 1.00 2.00", "支出决算表", "合计 3.00 4.00", "某局支出，甲。", "合计 5.00", FIRST,
        "小计 6.00", "以上是，说明。", "小计 7.00",
    )  # fmt: skip
    assert [each.printed for each in found.outside] == ["3.00", "4.00", "6.00"]


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("2.甲乙", True),
        ("3、甲乙", True),
        ("4.甲乙", False),
        ("甲乙", False),
        ("2.收入决算表", False),
    ],
)
def test_a_second_and_a_third_note_go_on(text: str, is_note: bool):  # noqa: FBT001
    table = the_table(*CAPTIONS, FIRST, "注：1.甲", text)
    assert (text in table.note_text) is is_note


def test_without_a_first_note_a_numbered_line_is_none():
    assert the_table(*CAPTIONS, FIRST, "2.甲乙").note_text == ""


def test_notes_are_a_line_each():
    assert the_table(*CAPTIONS, FIRST, "注：1.甲\n 乙 ", "2.丙").note_text == "注：1.甲 乙\n2.丙"


@pytest.mark.parametrize(
    ("between", "count"),
    [
        (("第 2 页",), 2),
        (("某局第2页",), 2),
        (("（续表）",), 1),
        (("接上页",), 1),
        (("公开03表",), 1),
        (("",), 1),
        (("甲乙丙",), 2),
    ],
)
def test_only_what_pages_repeat_stands_between_the_pieces_of_a_table(
    between: tuple[str, ...], count: int
):
    assert len(assembled(*CAPTIONS, FIRST, *between, CONTINUED).tables) == count


@pytest.mark.parametrize(("pages", "count"), [(2, 2), (3, 1)])
@pytest.mark.parametrize("length", [60, 61])
def test_a_line_of_three_pages_is_no_text_of_theirs(pages: int, count: int, length: int):
    line = "甲" * (length - 1)
    others = [f"{line}{page}" for page in range(pages - 1)]
    tables = assembled(*others, "正文。", *CAPTIONS, FIRST, f"{line}9", CONTINUED).tables
    assert len(tables) == (count if length == 60 else 2)


STATEMENT_LINE = "本部门没有此项支出，故本表无数据。"
FUND = "政府性基金预算财政拨款收入支出决算表"


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ((FUND, STATEMENT_LINE), 1),
        ((FUND, "单位：万元", STATEMENT_LINE), 1),
        ((FUND, "甲乙丙", STATEMENT_LINE), 0),
        ((FUND, "合计 3.00", STATEMENT_LINE), 0),
        ((FUND, STATEMENT_LINE, STATEMENT_LINE), 1),
        ((FUND, STATEMENT_LINE, FUND, STATEMENT_LINE), 1),
        ((STATEMENT_LINE,), 0),
        ((FUND, "国有资本经营预算财政拨款支出决算表", STATEMENT_LINE), 1),
    ],
)
def test_a_form_without_a_table_is_declared_empty_right_below_its_title(
    lines: tuple[str, ...], count: int
):
    tables = assembled(*lines).tables
    assert len(tables) == count
    assert all(table.note_text == STATEMENT_LINE for table in tables)
    assert all(table.header is None and table.columns == () for table in tables)


@pytest.mark.parametrize(
    ("labels_", "unit"),
    [
        (("资金（元）", "其他"), PrintedUnit.YUAN),
        (("资金（元）", "其他（元）"), PrintedUnit.YUAN),
        (("资金（元）", "其他（万元）"), None),
        (("资金（元）", "占比（%）"), PrintedUnit.YUAN),
        (("资金", "其他"), None),
    ],
)
def test_labels_may_state_the_unit_of_a_table(labels_: tuple[str, str], unit: PrintedUnit | None):
    rows = "\n".join(f"{label} | 1.00" for label in labels_)
    assert the_table("某某支出表", grid(f"项目 | 金额\n{rows}")).unit == unit
    above = the_table("某某支出表", "单位：万元", grid(f"项目 | 金额\n{rows}"))
    assert above.unit is PrintedUnit.WAN_YUAN


HEAD = "科目编码 | 科目名称 | 合计\n"


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("208 | 社保 | 9.00", "210 | 卫生 | 1.00", 1),
        ("208 | 社保 | 9.00", "208 | 社保 | 9.00", 2),
        ("208 | 社保 | 9.00\n合计 | < | 9.00", "210 | 卫生 | 1.00", 2),
        ("合计 | < | 9.00\n208 | 社保 | 9.00", "210 | 卫生 | 1.00", 1),
        ("合计 | < | 9.00", "210 | 卫生 | 1.00", 1),
        ("208 | 社保 | 9.00\n合计 | < | 9.00", ". | . | .", 1),
    ],
    ids=["goes on", "its first row again", "closed", "total on top", "only a total", "blank rows"],
)
def test_a_table_under_the_same_title_goes_on_unless_it_begins_anew(
    first: str, second: str, count: int
):
    title = "支出决算表"
    tables = assembled(title, grid(HEAD + first), title, grid(HEAD + second)).tables
    assert len(tables) == count


@pytest.mark.parametrize(
    ("title", "count"), [("支出决算表", 2), ("支出决算表（续）", 1), ("支出决算表（接上表）", 1)]
)
def test_a_title_that_says_so_goes_on_even_below_a_total(title: str, count: int):
    first = grid(f"{HEAD}208 | 社保 | 9.00\n合计 | < | 9.00")
    second = grid(f"{HEAD}210 | 卫生 | 1.00")
    assert len(assembled("支出决算表", first, title, second).tables) == count


def test_amounts_without_labels_are_printed_twice_not_continued():
    row = grid("合计 | 公务接待费\n9.00 | 9.00")
    title = "三公经费支出决算表"
    assert len(assembled(title, row, title, row).tables) == 2
