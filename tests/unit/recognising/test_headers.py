"""What each column of a form measures follows from the header cells above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.document import Table
from pipelines.domain.place import Place
from pipelines.recognising.catalogue import FormSpec, Role, load_catalogue
from pipelines.recognising.headers import (
    Column,
    Header,
    caption_row_count,
    extent,
    is_numeric,
    resolve_header,
)
from tests.unit.recognising.grids import grid

CATALOGUE = load_catalogue()


def spec_of(form: str) -> FormSpec:
    return next(spec for spec in CATALOGUE.forms if spec.form == form)


def resolved(form: str, table: Table) -> Header:
    header = resolve_header(table, spec_of(form), CATALOGUE)
    assert header is not None
    return header


def measures(form: str, drawing: str) -> list[str | None]:
    return list(resolved(form, grid(drawing)).measures)


def roles(header: Header) -> list[Role | None]:
    return [column.role for column in header.columns]


def values_of(header: Header) -> list[Column]:
    return [column for column in header.columns if column.role is None]


EXPENDITURE = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
    功能分类科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^
    栏次 | < | 1 | 2 | 3 | 4 | 5 | 6
    合计 | < | 1.00 | 1.00 | . | . | . | .
"""
EXPENDITURE_MEASURES = [
    "total",
    "basic",
    "project",
    "remittance_to_superior",
    "operating",
    "subsidy_to_affiliated",
]


def test_merged_headers_over_two_rows():
    header = resolved("expenditure", grid(EXPENDITURE))
    assert list(header.measures) == EXPENDITURE_MEASURES
    assert roles(header)[:2] == [Role.CODE, Role.NAME]
    assert (header.first_row, header.body_row) == (0, 2)


def test_each_column_keeps_its_printed_header_from_the_top_down():
    header = resolved("expenditure", grid(EXPENDITURE))
    assert [column.header_path for column in header.columns][:3] == [
        ("项目", "功能分类科目编码"),
        ("项目", "科目名称"),
        ("本年支出合计",),
    ]
    assert [column.index for column in header.columns] == list(range(8))


def test_three_narrow_code_columns():
    header = resolved(
        "income",
        grid(
            """
            项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 事业收入 | < | 其他收入
            支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | 小计 | 其中：教育收费 | ^
            类 | 款 | 项 | ^ | ^ | ^ | ^ | ^ | ^
            合计 | < | < | < | 1.00 | 1.00 | . | . | .
            """
        ),
    )
    assert roles(header)[:4] == [Role.CODE, Role.CODE, Role.CODE, Role.NAME]
    assert list(header.measures) == [
        "total",
        "fiscal_appropriation",
        "institutional",
        "institutional_education_fees",
        "other",
    ]


@pytest.mark.parametrize(
    "heading", ["本年支出合计", "本年支出\\n合计", "2023年度支出合计（万元）", "支 出 合 计"]
)
def test_line_breaks_years_and_units_in_a_heading_make_no_difference(heading: str):
    drawing = f"科目编码 | 科目名称 | {heading} | 基本支出\n208 | 社保 | 1.00 | 1.00"
    assert measures("expenditure", drawing) == ["total", "basic"]


def test_a_heading_in_no_catalogue_entry_leaves_its_column_unknown():
    drawing = "科目编码 | 科目名称 | 合计 | 神秘支出 | 项目支出\n208 | 社保 | 1 | 2 | 3"
    assert measures("expenditure", drawing) == ["total", None, "project"]


def test_a_blank_heading_leaves_its_column_unknown():
    drawing = "科目编码 | 科目名称 | 合计 | . | 项目支出\n208 | 社保 | 1 | 2 | 3"
    assert measures("expenditure", drawing) == ["total", None, "project"]


def test_a_known_word_under_an_unknown_group_is_unknown():
    """其中项目支出 of something else is not the form's 项目支出."""
    drawing = """
        科目编码 | 科目名称 | 合计 | 神秘资金 | <
        ^ | ^ | ^ | 基本支出 | 项目支出
        208 | 社保 | 1 | 2 | 3
    """
    assert measures("expenditure", drawing) == ["total", None, None]


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


def test_headings_whose_border_is_drawn_a_row_too_low():
    """The grid puts them into the first body row, beside a label of that row."""
    table = grid(
        """
        科目编码 | 科目名称 | 本年支出 | < | <
        208 | 社保 | 小计 | 基本支出 | 项目支出
        . | . | 3.00 | 1.00 | 2.00
        """
    )
    header = resolved("government_fund", table)
    assert header.body_row == 1
    assert {cell.text for cell in header.late_cells} == {"小计", "基本支出", "项目支出"}
    assert list(header.measures) == ["total", "basic", "project"]


TWO_SIDES = """
    {left} | < | < | {right} | < | <
    项目 | 行次 | {amount} | 项目 | 行次 | {amount}
    栏次 | . | 1 | 栏次 | . | 2
    本年收入合计 | 1 | 1.00 | 本年支出合计 | 2 | 1.00
"""


@pytest.mark.parametrize("amount", ["决算数", "金额", "2023年决算数"])
def test_two_sides_have_a_block_each(amount: str):
    header = resolved(
        "income_expenditure_summary",
        grid(TWO_SIDES.format(left="收入", right="支出", amount=amount)),
    )
    assert [(column.section, column.block) for column in header.columns] == [
        *[("income", 0)] * 3,
        *[("expenditure", 1)] * 3,
    ]
    assert roles(header) == [Role.NAME, Role.LINE_NUMBER, None] * 2
    assert list(header.measures) == ["amount", "amount"]


def test_sides_are_told_by_their_heading_and_not_by_their_order():
    header = resolved(
        "income_expenditure_summary",
        grid(TWO_SIDES.format(left="支出", right="收入", amount="决算数")),
    )
    assert [column.section for column in values_of(header)] == ["expenditure", "income"]


def test_sides_without_a_heading_come_in_the_usual_order():
    header = resolved(
        "income_expenditure_summary",
        grid("项目 | 决算数 | 项目 | 决算数\n本年收入合计 | 1 | 本年支出合计 | 1"),
    )
    assert [column.section for column in values_of(header)] == ["income", "expenditure"]


def test_sides_whose_label_column_says_which_side_it_is():
    header = resolved(
        "budget_summary",
        grid("收入项目 | 预算数 | 支出项目 | 预算数\n事业收入 | 1 | 国防支出 | 1"),
    )
    assert [column.section for column in values_of(header)] == ["income", "expenditure"]


def test_the_expenditure_side_may_have_several_columns():
    header = resolved(
        "appropriation_summary",
        grid(
            """
            收入 | < | < | 支出 | < | < | < | < | <
            项目|行次|金额|项目|行次|合计|一般公共预算|政府性基金预算财政拨款|国有资本经营预算
            本年收入合计 | 1 | 1 | 本年支出合计 | 2 | 1 | 1 | . | .
            """
        ),
    )
    assert [(column.section, column.measure) for column in values_of(header)] == [
        ("income", "amount"),
        ("expenditure", "total"),
        ("expenditure", "general_public_budget"),
        ("expenditure", "government_fund"),
        ("expenditure", "state_capital"),
    ]


THREE_PUBLIC_ITEMS = ("total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation")


def test_the_three_public_items_six_by_six():
    named = "合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费"
    split = "^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^"
    drawing = f"""
        预算数 | < | < | < | < | < | 决算数 | < | < | < | < | <
        {named} | {named}
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


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_economic_blocks_side_by_side(blocks: int):
    heading = " | ".join(["科目编码 | 科目名称 | 决算数"] * blocks)
    row = " | ".join(["301 | 工资福利支出 | 1.00"] * blocks)
    header = resolved("basic_expenditure", grid(f"{heading}\n{row}"))
    assert list(header.measures) == ["amount"] * blocks
    assert [column.block for column in values_of(header)] == list(range(blocks))


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
    header = resolved("expenditure", table)
    assert (header.first_row, header.body_row) == (3, 4)


def test_blank_rows_above_the_captions_are_no_grid_either():
    table = grid(". | .\n支出决算表 | <\n科目名称 | 合计\n社保 | 1.00")
    assert caption_row_count(table, CATALOGUE) == 2
    assert caption_row_count(grid(". | .\n科目名称 | 合计"), CATALOGUE) == 0


@pytest.mark.parametrize(
    "drawing",
    [
        "208 | 社保 | 1.00 | 1.00",
        "注：本表反映支出。 | < | < | <\n208 | 社保 | 1.00 | 1.00",
        "甲 | 乙 | 丙 | 丁\n一 | 二 | 三 | 四",
        "栏次 | 1 | 2 | 3\n208 | 社保 | 1 | 2",
    ],
    ids=["a body", "a note", "foreign words", "column numbers"],
)
def test_a_table_that_does_not_begin_with_the_header_has_none(drawing: str):
    assert resolve_header(grid(drawing), spec_of("expenditure"), CATALOGUE) is None


def test_a_header_without_a_body_is_still_a_header():
    header = resolved("expenditure", grid("科目编码 | 科目名称 | 合计 | 基本支出"))
    assert header.body_row == 1


def test_empty_grids_have_no_header():
    empty = Table((), 0, 0, Place())
    assert resolve_header(empty, spec_of("expenditure"), CATALOGUE) is None


def test_extents_are_points_in_a_pdf_and_columns_in_a_word_file():
    (cell, *_) = grid("甲 | <\n乙 | 丙", edges=(50, 80, 120)).cells
    assert extent(cell) == (50, 120)
    (cell, *_) = grid("甲 | <\n乙 | 丙").cells
    assert extent(cell) == (0, 2)


def test_columns_of_a_pdf_lie_where_their_narrowest_heading_does():
    table = grid(EXPENDITURE, edges=(50, 110, 200, 260, 320, 380, 440, 500, 560))
    extents = [column.extent for column in resolved("expenditure", table).columns]
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
    assert list(resolved("expenditure", table).measures) == ["total", "basic"]


@pytest.mark.parametrize(
    "text",
    ["0", "0.00", "1,234.50", "-5", "−5", "—5", "(3.5)", "１２", " 1 2 . 5 ", "100%", "1.", ".5"],
)
def test_numbers_are_numeric(text: str):
    assert is_numeric(text)


@pytest.mark.parametrize(
    "text", ["", "-", "—", "一", "无", "合计", "12.5万元", "301类", "1-2", "(…)"]
)
def test_words_and_marks_are_not(text: str):
    assert not is_numeric(text)


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
