"""Hypothesis strategies for ledgers and house styles.

Knows which layouts can be combined. Does not know how they are rendered.
"""

import random
from dataclasses import replace

from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from tests.forge.invention import draw_character, invent_ledger
from tests.forge.ledger import Ledger
from tests.forge.pages import Continuation, PageHabits
from tests.forge.styles import (
    CaptionPlace,
    CodeLayout,
    DepartmentLine,
    EconomicBlocks,
    ExtraForm,
    FormNumbers,
    FormOrder,
    FunctionList,
    FusedCodes,
    HeaderWords,
    HouseStyle,
    NarrativeFamily,
    NotePlace,
    NumberFormat,
    ProjectColumns,
    SplitCodes,
    StateCapitalLayout,
    ThreePublicLayout,
    TitleDress,
    TitleFamily,
    TotalRow,
    UnitPlace,
    UnitTitles,
    ZeroMark,
    ZeroMarks,
)

FIRST_YEAR, LAST_YEAR = 2019, 2025
LARGEST_SEED = 2**32


@st.composite
def ledgers(draw: st.DrawFn, *, may_have_state_capital: bool = True) -> Ledger:
    """Ledgers of one department, each drawn whole from a seed."""
    seed = draw(st.integers(0, LARGEST_SEED))
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    character = draw_character(rng)
    if not may_have_state_capital:
        character = replace(character, has_state_capital=False)
    year = draw(st.integers(FIRST_YEAR, LAST_YEAR))
    return invent_ledger(rng, fiscal_year=year, character=character)


def number_formats() -> st.SearchStrategy[NumberFormat]:
    """Formats seen in real documents: 万元 with two or four decimals, or 元 with cents."""
    return st.one_of(
        st.builds(
            NumberFormat,
            unit=st.just(PrintedUnit.WAN_YUAN),
            decimals=st.sampled_from((2, 4)),
            trims_zeros=st.booleans(),
            separates_thousands=st.booleans(),
        ),
        st.builds(
            NumberFormat,
            unit=st.just(PrintedUnit.YUAN),
            decimals=st.just(2),
            trims_zeros=st.just(value=False),
            separates_thousands=st.booleans(),
        ),
    )


def zero_marks() -> st.SearchStrategy[ZeroMarks]:
    """Any mark for nothing, chosen for each part of the forms."""
    mark = st.sampled_from((ZeroMark.BLANK, ZeroMark.WIDE_SPACE, ZeroMark.NUMBER))
    return st.builds(
        ZeroMarks, summaries=mark, items=mark, economic=mark, three_public=mark, empty_forms=mark
    )


def header_words() -> st.SearchStrategy[HeaderWords]:
    """Header wordings, each varied independently."""
    return st.builds(
        HeaderWords,
        department=st.sampled_from(("部门：", "编制部门：", "编制单位：")),
        unit=st.sampled_from(("单位：", "单位:", "金额单位：")),
        function_name=st.sampled_from(("科目名称", "功能分类科目名称")),
        grand_total=st.sampled_from(("合计", "合    计")),
        function_code=st.sampled_from(
            ("功能分类科目编码", "科目代码", "功能分类\n科目编码", "支出功能分类\n科目编码")
        ),
        economic_code=st.sampled_from(("经济分类科目编码", "经济分类\n科目编码", "科目编码")),
        item=st.sampled_from(("项目", "项    目")),
        income_side=st.sampled_from(("收入", "收     入")),
        expenditure_side=st.sampled_from(("支出", "支     出")),
        column_numbers=st.sampled_from(("栏次", "栏    次")),
        appropriation_amount=st.sampled_from(("金额", "决算数")),
        spending_total=st.sampled_from(("小计", "合计")),
        overseas=st.sampled_from(("因公出国（境）费", "因公出国（境）费用", "因公出国(境)费")),
        vehicle=st.sampled_from(
            ("公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车购置费及运行维护费")
        ),
        vehicle_operation=st.sampled_from(("公务用车运行维护费", "公务用车运行费")),
        surplus=st.sampled_from(
            (
                "使用非财政拨款结余",
                "用事业基金弥补收支差额",
                "使用非财政拨款结余（含专用结余）",
            )
        ),
    )


def three_public_titles() -> st.SearchStrategy[str]:
    """Titles of the 三公 form, with and without what it is limited to and with odd quotes."""
    return st.builds(
        "{}{}经费支出决算表".format,
        st.sampled_from(("财政拨款", "一般公共预算财政拨款", "财政拨款安排的")),
        st.sampled_from(("“三公”", "三公", '"三公"')),
    )


def page_habits() -> st.SearchStrategy[PageHabits]:
    """Ways to set tables on pages, each varied independently."""
    return st.builds(
        PageHabits,
        rows_on_page=st.sampled_from((0, 0, 6, 11, 19)),
        rows_on_last_page=st.sampled_from((0, 0, 1, 3)),
        continuation=st.sampled_from(Continuation),
        drift=st.sampled_from((0, 0.4, 1.5, 3)),
        rise=st.sampled_from((0, 0, -2, 3, 5)),
        amounts_at_top=st.booleans(),
        is_all_landscape=st.booleans(),
        breaks_word=st.booleans(),
        runs_head=st.booleans(),
    )


def with_room_for_three_public(style: HouseStyle) -> HouseStyle:
    """Print sixteen 三公 columns in 万元: amounts in 元 would not fit into them."""
    is_wide = style.has_meeting_training and style.three_public_layout is not ThreePublicLayout.ROWS
    return replace(style, three_public_unit=PrintedUnit.WAN_YUAN) if is_wide else style


def styles() -> st.SearchStrategy[HouseStyle]:
    """House styles in which every attribute varies independently."""
    return st.builds(
        HouseStyle,
        name=st.just("drawn"),
        titles=st.sampled_from(TitleFamily),
        order=st.sampled_from(FormOrder),
        numbers=number_formats(),
        zeros=zero_marks(),
        words=header_words(),
        code_layout=st.sampled_from(CodeLayout),
        economic_code_layout=st.sampled_from(CodeLayout),
        economic_blocks=st.sampled_from(EconomicBlocks),
        three_public_layout=st.sampled_from(ThreePublicLayout),
        state_capital_layout=st.sampled_from(StateCapitalLayout),
        function_list=st.sampled_from(FunctionList),
        total_row=st.sampled_from(TotalRow),
        general_budget_total_row=st.sampled_from(TotalRow),
        caption=st.sampled_from(CaptionPlace),
        department_line=st.sampled_from(DepartmentLine),
        notes=st.sampled_from(NotePlace),
        narrative=st.sampled_from(NarrativeFamily),
        three_public_unit=st.sampled_from((None, PrintedUnit.WAN_YUAN)),
        three_public_title=st.one_of(st.none(), three_public_titles()),
        form_numbers=st.sampled_from(FormNumbers),
        trims_first_summary=st.booleans(),
        merges_three_public_header=st.booleans(),
        values_assets=st.booleans(),
        prints_line_numbers=st.booleans(),
        prints_column_numbers=st.booleans(),
        prints_basic_total=st.booleans(),
        has_state_capital_line=st.booleans(),
        merges_total_label=st.booleans(),
        padding_rows=st.integers(0, 4),
        indents_economic_items=st.booleans(),
        repeats_header=st.booleans(),
        explains_rounding=st.booleans(),
        has_contents=st.booleans(),
        has_tall_header=st.booleans(),
        none_mark=st.sampled_from(("", "", "无")),
        fused_codes=st.sampled_from((FusedCodes.NEVER, *FusedCodes)),
        split_codes=st.sampled_from((SplitCodes.LEVELS, *SplitCodes)),
        unit_place=st.sampled_from((UnitPlace.BELOW_TITLE, *UnitPlace)),
        loses_code_zeros=st.booleans(),
        narrows_names=st.booleans(),
        header_line_length=st.sampled_from((0, 0, 4, 5)),
        lowers_fund_header=st.booleans(),
        fills_blanks=st.booleans(),
        mixes_separators=st.booleans(),
        heads_three_public=st.booleans(),
        has_meeting_training=st.booleans(),
        has_agency_rows=st.booleans(),
        has_three_public_counts=st.booleans(),
        extra_forms=st.frozensets(st.sampled_from(ExtraForm)),
        unit_titles=st.sampled_from(UnitTitles),
        project_columns=st.sampled_from(ProjectColumns),
        not_applicable_mark=st.sampled_from(("", "", "—", "一")),
        title_dress=st.sampled_from((TitleDress.PLAIN, *TitleDress)),
        joins_caption_lines=st.booleans(),
        total_in_code_cell=st.booleans(),
        misplaces_empty_note=st.booleans(),
        packs_forms=st.sampled_from((False, False, True)),
        pages=page_habits(),
    ).map(with_room_for_three_public)


@st.composite
def printable_pairs(draw: st.DrawFn) -> tuple[Ledger, HouseStyle]:
    """A ledger and a style that has a place for all of its money."""
    style = draw(styles())
    ledger = draw(ledgers(may_have_state_capital=style.has_state_capital_line))
    return ledger, style
