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
    caption_row_count,
    extent,
    find_header,
    is_numeric,
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
    assert (header.columns, header.is_printed) == ((), False)


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
