"""Every peculiarity of real layouts shows where it is asked for, and costs no figure."""

import random
from dataclasses import astuple, replace
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings

from pipelines.domain.amount import PrintedUnit
from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.disclosure import FileFormat, draft, forge_disclosure
from tests.forge.grid import Grid, GridBuilder
from tests.forge.invention import Character, invent_ledger
from tests.forge.ledger import Ledger
from tests.forge.pages import Continuation, PageHabits, set_on_pages
from tests.forge.printing import PrintedForm, print_forms
from tests.forge.strategies import printable_pairs
from tests.forge.styles import (
    METROPOLITAN,
    MINISTRY_2022,
    OLDER_COUNTY,
    CodeLayout,
    Form,
    FusedCodes,
    HouseStyle,
    NumberFormat,
    ThreePublicLayout,
    TitleDress,
)

LEDGER = invent_ledger(
    random.Random(4),  # noqa: S311 - reproducible, and nothing is kept secret
    character=Character(headcount=20, running_item="2010301", project_items=("2010302",)),
)


def printed(form: Form, style: HouseStyle) -> PrintedForm:
    return next(it for it in print_forms(LEDGER, style) if it.form is form)


def texts_of(grid: Grid) -> set[str]:
    return {cell.text for cell in grid.cells}


def tables_of(sections: tuple[Section, ...]) -> list[Grid]:
    return [
        block.grid for page in sections for block in page.blocks if isinstance(block, TableBlock)
    ]


def form_section(continuation: Continuation) -> tuple[Section, PageHabits]:
    builder = GridBuilder((1, 1))
    builder.put_texts(0, ["项目", "金额"])
    builder.end_header()
    for number in range(7):
        builder.put_texts(builder.start_row(), [f"第{number}行", str(number)])
    blocks = (
        TextBlock("支出决算表", Role.FORM_TITLE),
        TableBlock(builder.build()),
        TextBlock("注：", Role.NOTE),
    )
    habits = PageHabits(rows_on_page=3, rows_on_last_page=1, continuation=continuation)
    return Section(blocks), habits


@pytest.mark.parametrize(
    ("continuation", "repeated"),
    [
        (Continuation.BARE, []),
        (Continuation.HEADER, ["项目"]),
        (Continuation.TITLE, ["支出决算表", "项目"]),
        (Continuation.CONTINUED, ["支出决算表（续）", "项目"]),
    ],
    ids=str,
)
def test_following_pages_begin_as_the_house_has_it(continuation: Continuation, repeated: list[str]):
    section, habits = form_section(continuation)
    pages = set_on_pages([section], habits)
    openings = [
        [
            block.text
            for block in page.blocks
            if isinstance(block, TextBlock) and block.text != "注："
        ]
        + [grid.text_at(row, 0) for grid in tables_of((page,)) for row in range(grid.row_count)]
        for page in pages
    ]
    assert openings == [
        ["支出决算表", "项目", "第0行", "第1行", "第2行"],
        [*repeated, "第3行", "第4行", "第5行"],
        [*repeated, "第6行"],
    ]
    assert isinstance(pages[-1].blocks[-1], TextBlock)


@given(printable_pairs())
@settings(max_examples=12)
def test_no_figure_is_lost_between_pages(pair: tuple[Ledger, HouseStyle]):
    manuscript = draft(*pair)
    pages = set_on_pages(manuscript.sections(), manuscript.house.pages)
    on_pages = [placed.figure for grid in tables_of(pages) for placed in grid.figures]
    assert on_pages == [figure for form in manuscript.forms for figure in form.figures]


def test_a_row_is_never_torn_from_a_cell_that_reaches_into_it():
    style = replace(
        METROPOLITAN,
        lowers_fund_header=True,
        pages=PageHabits(rows_on_page=1, drift=2),
    )
    for grid in tables_of(set_on_pages(draft(LEDGER, style).sections(), style.pages)):
        assert max((cell.row + cell.row_span for cell in grid.cells), default=0) <= grid.row_count


def test_code_and_name_are_fused_in_one_cell():
    style = replace(MINISTRY_2022, fused_codes=FusedCodes.TIGHT)
    form = printed(Form.BASIC_EXPENDITURE, style)
    assert "30207邮电费" in texts_of(form.grid)
    assert {("30201", "办公费")} <= {(f.row_code, f.row_label) for f in form.figures}


def test_lower_levels_of_a_code_lose_their_zeros():
    style = replace(METROPOLITAN, loses_code_zeros=True)
    form = printed(Form.BASIC_EXPENDITURE, style)
    placed = next(p for p in form.grid.figures if p.figure.row_code == "30202")
    assert [form.grid.text_at(placed.row, placed.column - back) for back in (3, 2)] == ["302", "2"]


def test_headers_break_inside_words():
    style = replace(MINISTRY_2022, header_line_length=4)
    assert "一般公共\n预算财政\n拨款" in texts_of(printed(Form.APPROPRIATION_SUMMARY, style).grid)


def test_headers_of_an_empty_fund_form_stand_in_the_row_of_its_total():
    style = replace(METROPOLITAN, code_layout=CodeLayout.ONE_CELL, lowers_fund_header=True)
    grid = printed(Form.GOVERNMENT_FUND, style).grid
    row = {cell.text for cell in grid.cells if cell.row == grid.header_rows}
    assert {"合计", "基本支出", "项目支出"} <= row
    group = next(cell for cell in grid.cells if cell.text == "本年支出")
    assert group.row_span == grid.header_rows


def test_blank_cells_hold_wide_spaces_and_empty_forms_nothing():
    style = replace(METROPOLITAN, fills_blanks=True, none_mark="无")
    grid = printed(Form.GOVERNMENT_FUND, style).grid
    assert {cell.text for cell in grid.cells if cell.row >= grid.header_rows} == {
        *("　", "无", "合计")
    }


def test_only_the_summaries_have_separators():
    yuan = NumberFormat(PrintedUnit.YUAN, separates_thousands=True)
    style = replace(METROPOLITAN, numbers=yuan, mixes_separators=True)
    has_commas = {
        form.form: any("," in figure.amount_text for figure in form.figures)
        for form in print_forms(LEDGER, style)
    }
    assert has_commas[Form.INCOME_EXPENDITURE_SUMMARY]
    assert not has_commas[Form.INCOME]


def test_three_public_items_stand_in_rows():
    style = replace(
        OLDER_COUNTY,
        three_public_layout=ThreePublicLayout.ROWS,
        has_agency_rows=True,
        has_three_public_counts=True,
    )
    form = printed(Form.THREE_PUBLIC, style)
    labels = {figure.measure: figure.row_label for figure in form.figures}
    assert labels["actual_vehicle"].startswith("2．")
    assert labels["budget_agency_operation"] == "二、机关运行经费"
    assert "5．国内公务接待批次（个）" in texts_of(form.grid)
    assert not any("批次" in figure.row_label for figure in form.figures)
    assert form.counts == tuple(str(count) for count in astuple(LEDGER.counts))


def test_meetings_and_trainings_stand_beside_three_public():
    style = replace(MINISTRY_2022, has_meeting_training=True, heads_three_public=True)
    form = printed(Form.THREE_PUBLIC, style)
    assert {
        f"{period}_{item}" for period in ("budget", "actual") for item in ("meeting", "training")
    } <= {figure.measure for figure in form.figures}
    assert form.grid.column_count == 16
    assert "会议费、培训费" in form.title


@pytest.mark.parametrize(
    ("dress", "title"),
    [
        (TitleDress.SPACED, "收 入 决 算 表"),
        (TitleDress.BODY, "徐闻县潮汐钟表校准中心2023年度收入决算表"),
        (TitleDress.ORDINAL, "二、收入决算表"),
    ],
    ids=lambda value: value.name if isinstance(value, TitleDress) else "",
)
def test_titles_are_dressed(dress: TitleDress, title: str):
    assert printed(Form.INCOME, replace(MINISTRY_2022, title_dress=dress)).title == title


def test_forms_of_one_orientation_share_a_page_and_keep_their_figures():
    style = replace(MINISTRY_2022, packs_forms=True)
    sections = draft(LEDGER, style).sections()
    shared = [page for page in sections if len(tables_of((page,))) > 1]
    assert shared
    figures = [placed.figure for grid in tables_of(sections) for placed in grid.figures]
    assert figures == [it for form in print_forms(LEDGER, style) for it in form.figures]


def test_a_filled_form_is_said_to_be_empty():
    style = replace(MINISTRY_2022, misplaces_empty_note=True)
    form = printed(Form.THREE_PUBLIC, style)
    assert form.figures
    assert "注：本表为空表。" in form.notes


def test_an_unmerged_total_stands_in_the_code_cell():
    style = replace(METROPOLITAN, total_in_code_cell=True)
    grid = printed(Form.INCOME, style).grid
    assert grid.text_at(grid.header_rows, 0) == "合计"


def test_raised_digits_stay_in_their_cells(tmp_path: Path):
    habits = PageHabits(rows_on_page=15, rise=5, drift=3, amounts_at_top=True)
    style = replace(MINISTRY_2022, narrows_names=True, pages=habits)
    forged = forge_disclosure(LEDGER, style, FileFormat.PDF, tmp_path / "raised.pdf")
    wanted = {f.amount_text for f in forged.figures if f.form == "general_budget_expenditure"}
    with pdfplumber.open(forged.path) as pdf:
        pages = [
            page for page in pdf.pages if "一般公共预算财政拨款支出决算表" in page.extract_text()
        ]
        cells = {text for row in pages[-1].extract_table() for text in row}
    assert wanted & cells
