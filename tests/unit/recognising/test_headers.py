"""What the columns of a table hold follows from the header above them and from their content."""

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.document import Table
from pipelines.domain.place import Place
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.headers import (
    Column,
    Header,
    Role,
    begins_with_header,
    caption_row_count,
    extent,
    find_header,
    is_numeric,
    lay_over,
    stack_tables,
)
from tests.unit.recognising.grids import grid

CATALOGUE = load_catalogue()


def found(drawing: str) -> Header:
    return find_header(grid(drawing), CATALOGUE)


def roles(header: Header) -> list[Role | None]:
    return [column.role for column in header.columns]


def values_of(header: Header) -> list[Column]:
    return [column for column in header.columns if column.holds_numbers]


def paths(header: Header) -> list[str]:
    """The printed headers of the columns of numbers."""
    return ["/".join(column.header_path) for column in values_of(header)]


def concepts(header: Header) -> list[set[str] | None]:
    return [None if each.concepts is None else set(each.concepts) for each in values_of(header)]


EXPENDITURE = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
    功能分类科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^
    栏次 | < | 1 | 2 | 3 | 4 | 5 | 6
    合计 | < | 1.00 | 1.00 | . | . | . | .
"""


@pytest.mark.parametrize(
    ("below", "body_row"),
    [("12 | 5.00\n13 | 6.00", 2), ("12 | 5.00\n甲乙 | 6.00", 1), ("甲 | 5.00\n甲乙 | 6.00", 1)],
    ids=["numbers", "as many words", "words"],
)
def test_where_nothing_names_rows_a_header_ends_over_the_columns_of_numbers(
    below: str, body_row: int
):
    assert found(f"情况 | 金额\n某某 | .\n{below}").body_row == body_row


def test_merged_headers_over_two_rows():
    header = found(EXPENDITURE)
    assert roles(header) == [Role.CODE, Role.NAME, *[None] * 6]
    assert concepts(header)[1:] == [
        {"basic"},
        {"project"},
        {"remittance_to_superior"},
        {"operating"},
        {"subsidy_to_affiliated"},
    ]
    assert (header.first_row, header.body_row) == (0, 2)


def test_each_column_keeps_its_printed_header_from_the_top_down():
    header = found(EXPENDITURE)
    assert [column.header_path for column in header.columns][:3] == [
        ("项目", "功能分类科目编码"),
        ("项目", "科目名称"),
        ("本年支出合计",),
    ]
    assert [column.index for column in header.columns] == list(range(8))


def test_three_narrow_code_columns():
    header = found(
        """
        项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 事业收入 | < | 其他收入
        支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | 小计 | 其中：教育收费 | ^
        类 | 款 | 项 | ^ | ^ | ^ | ^ | ^ | ^
        合计 | < | < | < | 1.00 | 1.00 | . | . | .
        """
    )
    assert roles(header)[:4] == [Role.CODE, Role.CODE, Role.CODE, Role.NAME]
    assert concepts(header)[2:] == [
        {"institutional", "total"},
        {"institutional", "education_fees"},
        {"other_income"},
    ]


@pytest.mark.parametrize("unknown", [0, 1, 2])
def test_a_code_column_is_known_by_its_codes_beside_others(unknown):
    words = ["类", "款", "项"]
    words[unknown] = "神"
    header = found(
        f"""
        科目编码 | < | < | 科目名称 | 合计
        {" | ".join(words)} | ^ | ^
        208 | . | . | 社会保障和就业支出 | 9.00
        208 | 20805 | . | 行政事业单位养老支出 | 9.00
        208 | 20805 | 2080505 | 基本养老保险缴费支出 | 9.00
        """
    )
    assert roles(header) == [Role.CODE, Role.CODE, Role.CODE, Role.NAME, None]


def test_a_heading_with_a_word_that_nobody_knows_is_not_understood():
    drawing = "科目编码 | 科目名称 | 合计 | 神秘支出 | 项目支出\n208 | 社保 | 1 | 2 | 3"
    assert concepts(found(drawing)) == [{"total"}, None, {"project"}]


def test_a_known_word_under_an_unknown_group_is_not_understood():
    """其中项目支出 of something else is not the form's 项目支出."""
    drawing = """
        科目编码 | 科目名称 | 合计 | 神秘资金 | <
        ^ | ^ | ^ | 基本支出 | 项目支出
        208 | 社保 | 1 | 2 | 3
    """
    assert concepts(found(drawing)) == [{"total"}, None, None]


def test_a_blank_heading_says_nothing():
    drawing = "科目编码 | 科目名称 | 合计 | . | 项目支出\n208 | 社保 | 1 | 2 | 3"
    assert concepts(found(drawing)) == [{"total"}, set(), {"project"}]


def test_content_decides_before_words():
    """Amounts under 项目 are amounts, and words under 合计 are labels."""
    header = found(
        "合计 | 项目 | 编码\n水库 | 12.50 | 3.25\n渠道 | 7.50 | 1.25\n泵站 | 1.00 | 2.25"
    )
    assert roles(header) == [Role.NAME, None, None]


def test_codes_and_line_numbers_are_known_by_what_they_are_where_no_word_is():
    header = found(
        """
        甲 | 乙 | 丙 | 丁
        208 | 社会保障和就业支出 | 1 | 9.00
        20805 | 行政事业单位养老支出 | 2 | 5.00
        2080505 | 基本养老保险缴费支出 | 3 | 5.00
        """
    )
    assert roles(header) == [Role.CODE, Role.NAME, Role.LINE_NUMBER, None]


def test_a_table_without_a_header_has_the_columns_of_its_grid():
    header = found("208 | 社保 | 1.00 | 1.00\n210 | 卫生 | 2.00 | 2.00\n213 | 农林 | 3.00 | 3.00")
    assert not header.is_printed
    assert roles(header) == [Role.CODE, Role.NAME, None, None]
    assert [column.header_path for column in header.columns] == [()] * 4


@pytest.mark.parametrize(
    ("last", "count"),
    [("213 | 农林 | 3.00 | <", 3), ("213 | 农林 | < | 3.00", 3), ("213 | 农林 | 3.00 | 4.00", 4)],
    ids=["over both in all rows", "over both where one alone", "each alone"],
)
def test_without_a_header_numbers_over_columns_are_of_one_that_nothing_stands_alone_in(
    last: str, count: int
):
    header = found(f"208 | 社保 | 1.00 | <\n210 | 卫生 | 2.00 | <\n{last}")
    assert len(header.columns) == count


def test_counts_of_things_and_remarks_are_no_amounts():
    header = found("资产项目 | 数量 | 原值 | 备注\n车辆 | 3 | 45.00 | 已封存\n房屋 | 1 | 9.00 | .")
    assert roles(header) == [Role.NAME, Role.COUNT, None, Role.REMARK]


def test_units_beside_codes_are_units_and_alone_they_are_the_rows():
    beside = found("单位名称 | 科目编码 | 科目名称 | 合计\n某站 | 208 | 社保 | 9.00")
    assert roles(beside) == [Role.UNIT, Role.CODE, Role.NAME, None]
    assert not beside.names_units
    alone = found("单位名称 | 合计\n某站 | 9.00")
    assert roles(alone) == [Role.NAME, None]
    assert alone.names_units


def test_a_header_tells_its_years_and_its_unit():
    header = found("项目 | 2023年决算数（万元） | 2022年决算数（万元）\n基本支出 | 1.00 | 2.00")
    assert [column.years for column in values_of(header)] == [(2023,), (2022,)]
    assert header.unit is PrintedUnit.WAN_YUAN


def test_headings_whose_border_is_drawn_a_row_too_low():
    """The grid puts them into the first body row, beside a label of that row."""
    table = grid(
        """
        科目编码 | 科目名称 | 本年支出 | < | <
        208 | 社保 | 小计 | 基本支出 | 项目支出
        . | . | 3.00 | 1.00 | 2.00
        """
    )
    header = find_header(table, CATALOGUE)
    assert header.body_row == 1
    assert {cell.text for cell in header.late_cells} == {"小计", "基本支出", "项目支出"}
    assert paths(header) == ["本年支出/小计", "本年支出/基本支出", "本年支出/项目支出"]


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_economic_blocks_side_by_side(blocks: int):
    heading = " | ".join(["科目编码 | 科目名称 | 决算数"] * blocks)
    row = " | ".join(["301 | 工资福利支出 | 1.00"] * blocks)
    header = found(f"{heading}\n{row}")
    assert paths(header) == ["决算数"] * blocks
    assert [column.block for column in values_of(header)] == list(range(blocks))
    assert header.is_two_sided is (blocks > 1)


def test_caption_rows_at_the_top_are_no_header():
    table = grid(
        """
        支出决算表 | < | < | <
        . | . | . | 公开03表
        部门：某县水利局 | < | < | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出
        208 | 社保 | 1.00 | 1.00
        """
    )
    assert caption_row_count(table, CATALOGUE) == 3
    header = find_header(table, CATALOGUE)
    assert (header.first_row, header.body_row) == (3, 4)


def test_blank_rows_above_the_captions_are_no_grid_either():
    table = grid(". | .\n支出决算表 | <\n科目名称 | 合计\n社保 | 1.00")
    assert caption_row_count(table, CATALOGUE) == 2
    assert caption_row_count(grid(". | .\n科目名称 | 合计"), CATALOGUE) == 0


def test_a_title_over_the_whole_grid_is_a_caption_whatever_it_says():
    table = grid("水库除险加固 | < | <\n水库 | 库容 | 投资\n红旗 | 3 | 12.50")
    assert caption_row_count(table, CATALOGUE) == 1
    assert find_header(table, CATALOGUE).body_row == 2


@pytest.mark.parametrize(
    "drawing",
    [
        "208 | 社保 | 1.00 | 1.00",
        "注：本表反映支出。 | < | < | <\n208 | 社保 | 1.00 | 1.00",
        "栏次 | 1 | 2 | 3\n208 | 社保 | 1 | 2",
    ],
    ids=["a body", "a note", "column numbers"],
)
def test_a_table_that_begins_with_its_body_has_no_printed_header(drawing: str):
    header = find_header(grid(drawing), CATALOGUE)
    assert not header.is_printed


@pytest.mark.parametrize("edges", [(50, 90, 130, 170, 210), None], ids=["page", "no pages"])
def test_a_column_whose_group_the_edge_of_the_page_cuts_is_not_named_by_its_own_header(edges):
    drawing = """
        科目编码 | 科目名称 | 年初结转 | {group}
        ^ | ^ | 合计 | 合计
        208 | 社保 | 1.00 | 2.00
        """
    cut, whole = (
        find_header(grid(drawing.replace("| {group}", group), edges=edges), CATALOGUE).columns[-1]
        for group in ("", "| 本年收入")
    )
    assert cut.header_path == ("合计",)
    # Without pages there is no edge: the row just has a cell less.
    assert cut.concepts == (None if edges else {"total"})
    assert whole.concepts is not None


def test_a_header_without_a_body_is_still_a_header():
    assert found("科目编码 | 科目名称 | 合计 | 基本支出").body_row == 1


def test_empty_grids_have_no_columns():
    header = find_header(Table((), 0, 0, Place()), CATALOGUE)
    assert (header.columns, header.is_printed, header.is_two_sided) == ((), False, False)


def test_extents_are_points_in_a_pdf_and_columns_in_a_word_file():
    (cell, *_) = grid("甲 | <\n乙 | 丙", edges=(50, 80, 120)).cells
    assert extent(cell) == (50, 120)
    (cell, *_) = grid("甲 | <\n乙 | 丙").cells
    assert extent(cell) == (0, 2)


def test_columns_of_a_pdf_lie_where_their_narrowest_heading_does():
    table = grid(EXPENDITURE, edges=(50, 110, 200, 260, 320, 380, 440, 500, 560))
    extents = [column.extent for column in find_header(table, CATALOGUE).columns]
    assert extents == [
        (50, 110),
        (110, 200),
        (200, 260),
        (260, 320),
        (320, 380),
        (380, 440),
        (440, 500),
        (500, 560),
    ]


def test_grid_columns_that_share_every_heading_are_one_column():
    """A ruling that goes through the body only, or a Word table edited by hand."""
    table = grid(
        """
        科目编码 | 科目名称 | 合计 | < | 基本支出
        208 | 社保 | 1.00 | < | 1.00
        """
    )
    assert paths(find_header(table, CATALOGUE)) == ["合计", "基本支出"]


@pytest.mark.parametrize(
    "text",
    [
        *("0", "0.00", "1,234.50", "-5", "−5", "—5", "(3.5)", "１２", " 1 2 . 5 ", "100%", "1."),
        *(".5", "¥5", "￥ 1,234.50", "-¥5", "¥-5", "(¥5)"),
    ],
)
def test_numbers_are_numeric(text: str):
    assert is_numeric(text)


@pytest.mark.parametrize(
    "text", ["", "-", "—", "一", "无", "合计", "12.5万元", "301类", "1-2", "(…)", "¥", "¥ -"]
)
def test_words_and_marks_are_not(text: str):
    assert not is_numeric(text)


@pytest.mark.parametrize(
    ("head", "cells", "role"),
    [
        ("科目编码", ("208", "20805", "2080505"), Role.CODE),
        ("科目编码", ("208", "20805", "5.50", "6.50"), Role.CODE),
        ("科目编码", ("208", "5.50", "6.50"), None),
        ("科目编码", ("319001", "31900101", "31900102"), Role.CODE),
        ("单位编码", ("319001", "5.50"), Role.UNIT),
        ("行次", ("1", "2", "3"), Role.LINE_NUMBER),
        ("行次", ("1", "2.50"), Role.LINE_NUMBER),
        ("行次", ("1", "2.50", "3.50"), None),
        ("科目名称", ("208", "20805"), Role.CODE),
        ("科目名称", ("208", "20805", "12"), Role.NAME),
        ("科目名称", ("208", "12.50"), None),
        ("科目名称", ("12.50", "社保", "卫生"), Role.NAME),
        ("科目名称", ("12.50", "社保"), Role.NAME),
        ("数量", ("1", "2.50"), Role.COUNT),
        ("备注", ("1.50", "2.50"), None),
        ("备注", ("见表", "2.50"), Role.REMARK),
        ("合计", ("1.50", "2.50"), None),
        ("合计", ("无", "见附表"), None),
        ("合计", ("甲", "见附表", "见说明"), Role.NAME),
        ("合计", ("甲", "见附表", "见说明", "1.50"), None),
        ("神秘", ("无", "见附表"), Role.NAME),
        ("合计", (".",), None),
        (".", (".",), Role.REMARK),
        ("科目名称", (".",), Role.NAME),
    ],
)  # fmt: skip
def test_what_a_column_holds_decides_with_its_word(
    head: str, cells: tuple[str, ...], role: Role | None
):
    beside = "科目名称 | 金额" if head != "科目名称" else "金额"
    words = "某 | " if head != "科目名称" else ""
    drawing = f"{head} | {beside}\n" + "\n".join(f"{text} | {words}9.00" for text in cells)
    header = find_header(grid(drawing), CATALOGUE, body_row=1)
    assert header.columns[0].role is role


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (("1", "2", "3"), Role.LINE_NUMBER),
        (("4", "5", "6"), Role.LINE_NUMBER),
        (("1", "2"), None),
        (("1", "2", "4"), None),
        (("1", "2", "3.00"), None),
        (("1", "2", "3", "合计"), None),
        (("3", "2", "1"), None),
        (("208", "20805", "210"), Role.CODE),
        (("208", "20805", "合计"), Role.CODE),
        (("208", "20805", "合计", "总计"), Role.NAME),
        (("208", "20805", "210", "211", "212", "合计", "总计"), None),
        (("208", "20805", "210", "211", "212", "213", "合计", "总计"), Role.CODE),
        (("208", "20805", "408"), None),
    ],
)
def test_a_column_that_no_word_tells_is_told_by_its_numbers(
    cells: tuple[str, ...], role: Role | None
):
    drawing = "神秘 | 科目名称 | 金额\n" + "\n".join(f"{text} | 某 | 9.00" for text in cells)
    assert find_header(grid(drawing), CATALOGUE, body_row=1).columns[0].role is role


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (("1", "2", "3", "4", "5"), Role.LINE_NUMBER),
        (("1", "2", "3", "4"), None),
        (("1", "2", ".", "4", "5", "6"), Role.LINE_NUMBER),
        (("1", "2", "3", "4", "6"), None),
        (("1", "2", "3", "4", "5", "见表"), None),
        (("0", "1", "2", "3", "4"), None),
        (("11", "12", "13", "14", "15"), Role.LINE_NUMBER),
    ],
)
def test_five_numbers_that_rise_with_their_rows_count_them_under_any_header(
    cells: tuple[str, ...], role: Role | None
):
    drawing = "科目名称 | 金额 | 金额\n" + "\n".join(f"某 | 9.00 | {text}" for text in cells)
    assert find_header(grid(drawing), CATALOGUE, body_row=1).columns[2].role is role


@pytest.mark.parametrize(
    ("second", "role"), [("05", Role.CODE), ("5", None), ("5.5", None), ("205", None)]
)
def test_two_digits_between_a_code_and_a_name_are_a_level_of_it(second: str, role: Role | None):
    drawing = f"科目编码 | 神秘 | 科目名称 | 金额\n208 | {second} | 某 | 9.00\n210 | 11 | 某 | 1.00"
    header = find_header(grid(drawing), CATALOGUE, body_row=1)
    assert header.columns[1].role is role
    behind = found(f"科目名称 | 神秘 | 金额\n某 | {second} | 9.00\n某 | 11 | 1.00")
    assert behind.columns[1].role is not Role.CODE


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("占比（%）", Role.COUNT),
        ("车辆（辆）", Role.COUNT),
        ("数量", Role.COUNT),
        ("得分", Role.COUNT),
        ("备注", None),
        ("收入", None),
        ("类", None),
    ],
)
def test_numbers_below_words_for_things_and_shares_are_no_money(head: str, role: Role | None):
    header = found(f"科目名称 | {head}\n甲 | 1.50\n乙 | 2.50")
    assert header.columns[1].role is role


@pytest.mark.parametrize(
    ("top", "bottom", "role"),
    [
        ("公务接待", "费", None),
        ("科目", "编码", Role.CODE),
        ("政府采购", "款", Role.CODE),
        ("支出", "项目", Role.NAME),
    ],
)
def test_a_broken_heading_is_read_as_a_whole(top: str, bottom: str, role: Role | None):
    drawing = f"{top} | 科目名称 | 金额\n{bottom} | ^ | ^\n. | 某 | 9.00"
    header = find_header(grid(drawing), CATALOGUE, body_row=2)
    assert header.columns[0].role is role


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("单位名称 | 科目名称 | 金额", "某站 | 社保 | 9.00", [Role.UNIT, Role.NAME, None]),
        ("单位编码 | 单位名称 | 金额", "319001 | 某站 | 9.00", [Role.CODE, Role.NAME, None]),
        ("单位编码 | 科目名称 | 金额", "319001 | 社保 | 9.00", [Role.UNIT, Role.NAME, None]),
        ("单位名称 | 神秘 | 金额", "某站 | 社保 | 9.00", [Role.NAME, Role.QUALITY, None]),
        ("单位名称 | 合计 | 备注", "某站 | 9.00 | 无", [Role.NAME, None, Role.REMARK]),
    ],
)
def test_units_beside_items_say_whose_the_items_are(
    header: str, row: str, expected: list[Role | None]
):
    assert roles(found(f"{header}\n{row}")) == expected


@pytest.mark.parametrize(
    ("header", "rows", "role"),
    [
        ("项目名称 | 神秘 | 金额", "甲 | 集中 | 1.00\n乙 | 集中 | 2.00", Role.QUALITY),
        ("项目名称 | 神秘 | 金额", "甲 | 集中 | 1.00\n乙 | 分散 | 2.00", Role.QUALITY),
        ("项目名称 | 神秘 | 金额", "甲 | 集中 | 1.00\n甲 | 分散 | 2.00", Role.NAME),
        ("项目名称 | 类别 | 金额", "甲 | 集中 | 1.00\n乙 | 集中 | 2.00", Role.QUALITY),
        ("项目名称 | 科目名称 | 金额", "甲 | 集中 | 1.00\n乙 | 集中 | 2.00", Role.NAME),
        ("类别 | 神秘 | 金额", "甲 | 集中 | 1.00\n乙 | 集中 | 2.00", Role.NAME),
    ],
)
def test_words_behind_a_name_that_tell_no_more_rows_apart_are_a_quality(
    header: str, rows: str, role: Role
):
    assert found(f"{header}\n{rows}").columns[1].role is role


def test_a_name_before_amounts_has_no_quality_behind_them():
    header = found(
        "项目名称 | 金额 | 神秘 | 金额\n甲 | 1.00 | 集中 | 2.00\n乙 | 1.00 | 集中 | 2.00"
    )
    assert roles(header) == [Role.NAME, None, Role.NAME, None]
    assert [column.block for column in header.columns] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("神秘 | 合计 | 甲乙", [Role.NAME, None, Role.REMARK]),
        ("神秘 | 合计 | 备注", [Role.NAME, None, Role.REMARK]),
        ("神秘 | 甲乙 | 合计", [Role.NAME, Role.NAME, None]),
    ],
)
def test_words_behind_the_last_amounts_label_nothing(header: str, expected: list[Role | None]):
    row = " | ".join("9.00" if word == "合计" else "某某" for word in header.split(" | "))
    assert roles(found(f"{header}\n{row}")) == expected


@pytest.mark.parametrize(
    ("codes", "has_units"),
    [
        (("31900101", "31900102"), True),
        (("31900101", "31900102", "208"), True),
        (("31900101", "208"), False),
        (("208", "20805"), False),
    ],
)
def test_codes_most_of_which_are_longer_than_any_classification_s_are_of_units(
    codes: tuple[str, ...],
    has_units: bool,  # noqa: FBT001
):
    rows = "\n".join(f"{code} | 某 | 9.00" for code in codes)
    header = found(f"科目编码 | 科目名称 | 金额\n{rows}")
    assert [column.has_units for column in header.columns] == [has_units, False, False]


def test_a_group_over_all_amounts_that_is_not_understood_says_nothing():
    over_all = "科目编码 | 科目名称 | 神秘资金 | <\n^ | ^ | 基本支出 | 项目支出\n208 | 社保 | 1 | 2"
    assert concepts(found(over_all)) == [{"basic"}, {"project"}]
    beside = over_all.replace("神秘资金 | <", "神秘资金 | < | 合计").replace(
        "项目支出", "项目支出 | ^"
    )
    assert concepts(found(f"{beside} | 3"))[:2] == [None, None]


@pytest.mark.parametrize(
    ("heads", "unit"),
    [
        ("合计（万元） | 基本支出", PrintedUnit.WAN_YUAN),
        ("合计（万元） | 基本支出（万元）", PrintedUnit.WAN_YUAN),
        ("合计（万元） | 基本支出（元）", None),
        ("合计（万元） | 占比（%）", PrintedUnit.WAN_YUAN),
        ("合计 | 基本支出", None),
    ],
)
def test_the_one_unit_of_a_header(heads: str, unit: PrintedUnit | None):
    assert found(f"科目名称 | {heads}\n社保 | 1 | 2").unit == unit


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("合计 | 基本支出", "合计 | 基本支出", True),
        ("合计 | 基本支出", "合计 | 基木支出", True),
        ("合计 | 基本支出", "合计 | 项目支出", False),
        ("合计 | 神秘甲乙丙", "合计 | 神秘甲丁戊", True),
        ("合计 | 神秘甲乙丙", "合计 | 神秘丁戊己", False),
        ("合计 | 2022年神秘", "合计 | 2023年神秘", False),
        ("合计 | 基本支出", "合计", False),
    ],
    ids=[
        "the same",
        "a letter",
        "another measure",
        "three of five",
        "two of five",
        "year",
        "fewer",
    ],
)
def test_a_header_is_like_another_but_for_a_few_letters(one: str, other: str, alike: bool):  # noqa: FBT001
    first, second = (
        found(f"科目名称 | {heads}\n社保" + " | 1.00" * len(heads.split("|")))
        for heads in (one, other)
    )
    assert first.is_like(second) is alike
    assert second.is_like(first) is alike


@pytest.mark.parametrize(
    ("drawing", "begins"),
    [
        ("科目编码 | 科目名称 | 合计\n208 | 社保 | 1", True),
        ("208 | 社保 | 1\n科目编码 | 科目名称 | 合计", False),
        ("科目名称 | 合计 | 基本支出\n社保 | 1 | 1", False),
        ("科目编码 | 科目名称 | 301 | 302\n208 | 社保 | 1 | 1", True),
        ("科目编码 | 科目名称 | 12 | 13\n208 | 社保 | 1 | 1", False),
        ("某某 | < | <\n科目编码 | 科目名称 | 合计", True),
    ],
)
def test_a_table_begins_with_a_header_where_two_cells_name_rows(drawing: str, begins: bool):  # noqa: FBT001
    assert begins_with_header(grid(drawing), CATALOGUE) is begins


@pytest.mark.parametrize(
    ("drawing", "count"),
    [
        ("水库工程 | <\n水库 | 投资", 1),
        ("水库工程 | .\n水库 | 投资", 0),
        ("12.50 | <\n水库 | 投资", 0),
        ("水库工程\n水库", 0),
        ("支出决算表 | <\n水库工程 | <\n. | .\n水库 | 投资", 2),
        ("水库 | 投资\n支出决算表 | <", 0),
        ("科目编码 | 科目名称 | 金额单位：万元\n208 | 社保 | 1", 0),
        ("部门：某局 | 单位：万元\n水库 | 投资", 1),
    ],
)
def test_captions_and_a_cell_over_the_whole_width_stand_above_the_grid(drawing: str, count: int):
    assert caption_row_count(grid(drawing), CATALOGUE) == count


def on_page(drawing: str, *edges: float) -> Table:
    return grid(drawing, edges=edges)


def test_a_table_below_another_has_its_columns_where_edges_line_up():
    upper = on_page("甲 | 乙", 50, 100, 150)
    lower = on_page("丙 | 丁", 52, 102, 148)
    table = stack_tables(upper, lower)
    assert (table.row_count, table.column_count) == (2, 2)
    assert [(cell.row, cell.column, cell.column_span) for cell in table.cells] == [
        *((0, 0, 1), (0, 1, 1)),
        *((1, 0, 1), (1, 1, 1)),
    ]


@pytest.mark.parametrize(("shift", "columns"), [(3.0, 2), (3.5, 3)])
def test_edges_no_further_apart_than_three_points_are_one(shift: float, columns: int):
    table = stack_tables(on_page("甲 | 乙", 50, 100, 150), on_page("丙 | 丁", 50, 100 + shift, 150))
    assert table.column_count == columns


def test_without_pages_columns_of_one_number_are_one():
    table = stack_tables(grid("甲 | 乙"), grid("丙 | <\n丁 | 戊"))
    assert (table.row_count, table.column_count) == (3, 2)
    spans = [(cell.row, cell.column, cell.column_span) for cell in table.cells]
    assert spans == [(0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 1), (2, 1, 1)]


HEAD = "科目名称 | 合计\n社保 | 1.00"


@pytest.mark.parametrize(
    ("edges", "extents"),
    [
        ((50, 100, 150), [(50, 100), (100, 150)]),
        ((60, 110, 160), [(50, 100), (100, 150)]),
        ((150, 200, 250), [(150, 200), (200, 250)]),
        ((50, 150, 250), [(50, 150), (150, 250)]),
    ],
    ids=["in line", "nearly", "elsewhere", "wider"],
)
def test_a_header_goes_on_over_columns_of_a_further_page_by_their_place(
    edges: tuple[float, ...], extents: list[tuple[float, float]]
):
    header = find_header(on_page(HEAD, 50, 100, 150), CATALOGUE)
    laid = lay_over(header, on_page("卫生 | 2.00", *edges))
    assert [column.extent for column in laid.columns] == extents


def test_a_header_stays_where_it_is_over_more_columns_or_without_pages():
    header = find_header(on_page(HEAD, 50, 100, 150), CATALOGUE)
    assert lay_over(header, on_page("甲 | 2.00 | 3.00", 150, 200, 250, 300)) == header
    assert lay_over(header, grid("卫生 | 2.00")) == header


@pytest.mark.parametrize(
    ("row", "late"),
    [
        (". | . | 小计 | 基本支出", ["小计", "基本支出"]),
        ("208 | 社保 | 小计 | 3.00", []),
        (". | . | 甲 | 乙", []),
        ("类 | . | . | .", ["类"]),
        (". | 合计 | . | .", []),
    ],
    ids=["measures", "beside a number", "unknown", "a level of a code", "under a name"],
)
def test_words_in_the_first_body_row_that_are_header_all_the_same(row: str, late: list[str]):
    table = grid(f"科目编码 | 科目名称 | 本年支出 | <\n{row}\n208 | 社保 | 3.00 | 1.00")
    header = find_header(table, CATALOGUE, body_row=1)
    assert sorted(cell.text for cell in header.late_cells) == sorted(late)
