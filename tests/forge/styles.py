"""How a publisher lays out its forms: every difference between house styles as a parameter.

Knows layout and wording families. Does not know figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pipelines.domain.amount import PrintedUnit
from tests.forge.pages import AS_IT_FITS, PageHabits


class Form(StrEnum):
    """The nine standard forms of final accounts."""

    INCOME_EXPENDITURE_SUMMARY = "income_expenditure_summary"
    INCOME = "income"
    EXPENDITURE = "expenditure"
    APPROPRIATION_SUMMARY = "appropriation_summary"
    GENERAL_BUDGET_EXPENDITURE = "general_budget_expenditure"
    BASIC_EXPENDITURE = "basic_expenditure"
    THREE_PUBLIC = "three_public"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"


class ExtraForm(StrEnum):
    """Forms that some provinces print beside the nine."""

    INCOME_BY_UNIT = "income_by_unit"
    EXPENDITURE_BY_UNIT = "expenditure_by_unit"
    PROJECT_EXPENDITURE = "project_expenditure"
    EXPENDITURE_DETAIL = "expenditure_detail"
    AGENCY_OPERATION = "agency_operation"
    ASSET_HOLDINGS = "asset_holdings"


FOLLOWS: Mapping[ExtraForm, Form] = {
    ExtraForm.INCOME_BY_UNIT: Form.INCOME,
    ExtraForm.EXPENDITURE_BY_UNIT: Form.EXPENDITURE,
    ExtraForm.PROJECT_EXPENDITURE: Form.BASIC_EXPENDITURE,
    ExtraForm.EXPENDITURE_DETAIL: Form.APPROPRIATION_SUMMARY,
    ExtraForm.AGENCY_OPERATION: Form.THREE_PUBLIC,
    ExtraForm.ASSET_HOLDINGS: Form.STATE_CAPITAL,
}
"""Which of the nine a further form stands behind."""


class UnitTitles(StrEnum):
    """How titles tell a form by unit from the same form by function."""

    SORTED = "分单位, 分科目"
    LISTED = "按单位列示, 按功能分类列示"


class ProjectColumns(StrEnum):
    """Whether project expenditure is that of the general public budget or split by fund."""

    TOTAL = "total"
    BY_FUND = "by fund"


FIRST_SIX = (
    Form.INCOME_EXPENDITURE_SUMMARY,
    Form.INCOME,
    Form.EXPENDITURE,
    Form.APPROPRIATION_SUMMARY,
    Form.GENERAL_BUDGET_EXPENDITURE,
    Form.BASIC_EXPENDITURE,
)


FUND_FORMS = (Form.GOVERNMENT_FUND, Form.STATE_CAPITAL)
OLDER_SEQUENCE = (*FIRST_SIX, Form.THREE_PUBLIC, *FUND_FORMS)
SUMMARIES = frozenset(
    {
        "income_expenditure_summary",
        "appropriation_summary",
        "budget_summary",
        "budget_appropriation_summary",
    }
)
"""The two-sided forms."""
THREE_PUBLIC_FORMS = frozenset({"three_public", "budget_three_public"})
"""The 三公 forms of final accounts and budgets, which may have a unit of their own."""


class FormOrder(StrEnum):
    """What follows form 06."""

    THREE_PUBLIC_FIRST = "A"
    THREE_PUBLIC_LAST = "B"


class TitleFamily(StrEnum):
    """The sets of titles in use."""

    DEPARTMENT = "department"
    MINISTRY = "ministry"
    SHANGHAI = "shanghai"
    PLAIN = "plain"


class CodeLayout(StrEnum):
    """Whether a code stands in one cell or in one cell for each of its levels."""

    ONE_CELL = "one cell"
    SPLIT = "one cell a level"


class SplitCodes(StrEnum):
    """What a cell of a code that takes several cells holds."""

    LEVELS = "208 | 05 | 05 in every row"
    WHOLE = "208 | 20805 | 2080505"
    OUTLINE = "each row's own level, the levels above in rows further up"


class UnitPlace(StrEnum):
    """Where a form states its unit, where captions are paragraphs."""

    BELOW_TITLE = "below the title"
    ABOVE_TITLE = "above the title"
    IN_TITLE = "in brackets behind the title"


class FusedCodes(StrEnum):
    """What stands between code and name where both are printed in one cell."""

    NEVER = "never"
    TIGHT = ""
    SPACED = " "


class EconomicBlocks(StrEnum):
    """How many (code, name, amount) blocks stand side by side in form 06."""

    TWO = "two"
    THREE = "three"


class ThreePublicLayout(StrEnum):
    """Whether budget columns precede actual ones, pairs stand under each item or items are rows."""

    BUDGET_THEN_ACTUAL = "budget then actual"
    PAIRED = "paired"
    ROWS = "rows"


class StateCapitalLayout(StrEnum):
    """Whether the state-capital form has three amounts or the six of an income form."""

    SPENDING = "spending"
    INCOME_AND_SPENDING = "income and spending"


class FunctionList(StrEnum):
    """Which 类 the summaries list."""

    FULL_24 = "24 classes"
    FULL_26 = "26 classes with debt"
    TRIMMED = "trimmed, ordinals kept"
    RENUMBERED = "trimmed and renumbered"


class TotalRow(StrEnum):
    """Where the 合计 row stands."""

    TOP = "top"
    BOTTOM = "bottom"


class CaptionPlace(StrEnum):
    """Where title, number, department and unit stand."""

    PARAGRAPHS = "paragraphs"
    OWN_TABLES = "small tables above the form"
    IN_GRID = "first rows of the form's own table"


class FormNumbers(StrEnum):
    """How forms are numbered; the number never tells which form it is."""

    IN_ORDER = "公开01表 in printed order"
    OLDER_SEQUENCE = "公开01表 in the older order, whatever the printed one"
    CHINESE = "表一"
    ARABIC = "表 1"
    ABSENT = "none"


class TitleDress(StrEnum):
    """What is printed around a form's title."""

    PLAIN = "{title}"
    SPACED = "{spaced}"
    YEAR = "{year}年度{title}"
    BODY = "{name}{year}年度{title}"
    NUMBER = "表{number}：{title}"
    ATTACHMENT = "附表{number} {title}"
    ORDINAL = "{ordinal}、{title}"
    DEBRIS = "[bookmark: RANGE!A1:I22]{title}"


DATED = frozenset({TitleDress.YEAR, TitleDress.BODY})
"""Dresses that say the year."""


class DepartmentLine(StrEnum):
    """On which forms the 部门： line is filled in."""

    ALL = "all"
    FIRST_ONLY = "first only, the others blank"
    ABSENT = "absent"


class NotePlace(StrEnum):
    """Where the 注 stands."""

    PARAGRAPH = "paragraph"
    LAST_ROW = "last row of the table"
    ABSENT = "absent"


class ZeroMark(StrEnum):
    """What is printed where there is no money."""

    BLANK = ""
    WIDE_SPACE = "　"
    NUMBER = "a zero in the house's number format"
    DASH = "-"


class NarrativeFamily(StrEnum):
    """The wording of the narrative."""

    COUNTY = "county"
    MINISTRY = "ministry"
    METROPOLITAN = "metropolitan"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How amounts are written.

    Attributes:
        unit: Unit of the forms.
        decimals: Decimals before trimming.
        trims_zeros: Whether 46.00 is written 46.
        separates_thousands: Whether 1234.50 is written 1,234.50.
    """

    unit: PrintedUnit = PrintedUnit.WAN_YUAN
    decimals: int = 2
    trims_zeros: bool = False
    separates_thousands: bool = False


@dataclass(frozen=True, slots=True)
class ZeroMarks:
    """What stands for nothing, by part of the forms."""

    summaries: ZeroMark = ZeroMark.NUMBER
    items: ZeroMark = ZeroMark.NUMBER
    economic: ZeroMark = ZeroMark.NUMBER
    three_public: ZeroMark = ZeroMark.NUMBER
    empty_forms: ZeroMark = ZeroMark.BLANK


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Header wording that differs between publishers."""

    department: str = "部门："
    unit: str = "单位："
    function_code: str = "功能分类科目编码"
    function_name: str = "科目名称"
    economic_code: str = "经济分类科目编码"
    item: str = "项目"
    income_side: str = "收入"
    expenditure_side: str = "支出"
    column_numbers: str = "栏次"
    appropriation_amount: str = "金额"
    spending_total: str = "小计"
    grand_total: str = "合计"
    overseas: str = "因公出国（境）费"
    vehicle: str = "公务用车购置及运行维护费"
    vehicle_operation: str = "公务用车运行维护费"
    surplus: str = "使用非财政拨款结余"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A publisher's way of printing the nine forms and the narrative.

    Attributes:
        three_public_title: Title of the 三公 form where it differs from the family's.
        prints_line_numbers: Whether the summaries have 行次 columns.
        prints_column_numbers: Whether the forms have a 栏次 row.
        prints_basic_total: Whether 基本支出合计 stands below its two parts.
        trims_first_summary: Whether form 01 lists fewer classes than form 04.
        merges_three_public_header: Whether 合计 and the other items without parts are merged
            over both header rows, rather than standing above blank cells.
        values_assets: Whether the form on asset holdings has their value beside their number.
        has_state_capital_line: Whether the summaries know state capital at all. A ledger with
            state capital needs it.
        three_public_unit: Unit of the 三公 form where it differs from the others.
        merges_total_label: Whether 合计 spans code and name, rather than standing in the name.
        padding_rows: Empty rows below the items.
        indents_economic_items: Whether 款 names are indented by spaces.
        repeats_header: Whether continuation pages repeat the header.
        explains_rounding: Whether form 01 warns of rounding.
        has_contents: Whether a table of contents names the forms after the cover.
        has_tall_header: Whether headers are merged over one row more than they need.
        none_mark: What stands in the first code cell of an empty form.
        fused_codes: Whether code and name are printed in one cell.
        split_codes: What the cells of a code in several cells hold.
        unit_place: Where forms state their unit.
        loses_code_zeros: Whether the lower levels of codes in several cells lose their zeros.
        narrows_names: Whether names wrap, with code and amounts beside their middle.
        header_line_length: Characters in a line of a header, 0 where it breaks where it must.
        lowers_fund_header: Whether the headers below 本年支出 of an empty fund form stand in the
            row of the total, because its border was drawn one row too low.
        fills_blanks: Whether a full-width space stands in every blank cell.
        mixes_separators: Whether only the summaries have thousands separators.
        heads_three_public: Whether the 三公 columns stand below one more header.
        has_meeting_training: Whether the 三公 form has 会议费 and 培训费, which are no part of it.
        has_agency_rows: Whether a 三公 form of rows goes on with 机关运行经费.
        has_three_public_counts: Whether a 三公 form of rows counts delegations, vehicles, guests.
        extra_forms: Which provincial forms are printed beside the nine.
        unit_titles: How titles tell a form by unit from the same form by function.
        project_columns: The columns of the form of project expenditure.
        not_applicable_mark: What stands for the budget of 机关运行经费 where it is not given.
        title_dress: What is printed around the titles.
        joins_caption_lines: Whether department and unit stand on one line.
        total_in_code_cell: Whether an unmerged 合计 stands in the first cell, not in the name's.
        misplaces_empty_note: Whether a 三公 form with amounts is said to be empty.
        packs_forms: Whether forms follow each other on a page.
        pages: How tables are set on the pages of a PDF.
    """

    name: str
    titles: TitleFamily
    order: FormOrder
    numbers: NumberFormat = NumberFormat()
    zeros: ZeroMarks = ZeroMarks()
    words: HeaderWords = HeaderWords()
    code_layout: CodeLayout = CodeLayout.ONE_CELL
    economic_code_layout: CodeLayout = CodeLayout.ONE_CELL
    economic_blocks: EconomicBlocks = EconomicBlocks.THREE
    three_public_layout: ThreePublicLayout = ThreePublicLayout.BUDGET_THEN_ACTUAL
    state_capital_layout: StateCapitalLayout = StateCapitalLayout.SPENDING
    function_list: FunctionList = FunctionList.FULL_24
    total_row: TotalRow = TotalRow.TOP
    general_budget_total_row: TotalRow = TotalRow.TOP
    caption: CaptionPlace = CaptionPlace.PARAGRAPHS
    department_line: DepartmentLine = DepartmentLine.ALL
    notes: NotePlace = NotePlace.PARAGRAPH
    narrative: NarrativeFamily = NarrativeFamily.MINISTRY
    three_public_unit: PrintedUnit | None = None
    three_public_title: str | None = None
    form_numbers: FormNumbers = FormNumbers.IN_ORDER
    trims_first_summary: bool = False
    merges_three_public_header: bool = True
    values_assets: bool = False
    prints_line_numbers: bool = True
    prints_column_numbers: bool = True
    prints_basic_total: bool = False
    has_state_capital_line: bool = True
    merges_total_label: bool = True
    padding_rows: int = 0
    indents_economic_items: bool = True
    repeats_header: bool = False
    explains_rounding: bool = False
    has_contents: bool = False
    has_tall_header: bool = False
    none_mark: str = ""
    fused_codes: FusedCodes = FusedCodes.NEVER
    split_codes: SplitCodes = SplitCodes.LEVELS
    unit_place: UnitPlace = UnitPlace.BELOW_TITLE
    loses_code_zeros: bool = False
    narrows_names: bool = False
    header_line_length: int = 0
    lowers_fund_header: bool = False
    fills_blanks: bool = False
    mixes_separators: bool = False
    heads_three_public: bool = False
    has_meeting_training: bool = False
    has_agency_rows: bool = False
    has_three_public_counts: bool = False
    extra_forms: frozenset[ExtraForm] = frozenset()
    unit_titles: UnitTitles = UnitTitles.SORTED
    project_columns: ProjectColumns = ProjectColumns.TOTAL
    not_applicable_mark: str = ""
    title_dress: TitleDress = TitleDress.PLAIN
    joins_caption_lines: bool = False
    total_in_code_cell: bool = False
    misplaces_empty_note: bool = False
    packs_forms: bool = False
    pages: PageHabits = AS_IT_FITS

    def forms(self) -> tuple[Form, ...]:
        """The nine forms in the order this house prints them."""
        if self.order is FormOrder.THREE_PUBLIC_FIRST:
            return OLDER_SEQUENCE
        return (*FIRST_SIX, *FUND_FORMS, Form.THREE_PUBLIC)

    def printed_forms(self) -> tuple[Form | ExtraForm, ...]:
        """The nine forms and the further ones in the order this house prints them."""
        printed: list[Form | ExtraForm] = []
        for form in self.forms():
            behind = [it for it in ExtraForm if it in self.extra_forms and FOLLOWS[it] is form]
            printed += [form, *behind]
        return tuple(printed)

    def numbers_of(self, form: StrEnum) -> NumberFormat:
        """How amounts are written on one form."""
        if self.mixes_separators:
            return replace(self.numbers, separates_thousands=form in SUMMARIES)
        return self.numbers

    def unit_of(self, form: StrEnum) -> PrintedUnit:
        """The unit one form is printed in."""
        if form in THREE_PUBLIC_FORMS and self.three_public_unit is not None:
            return self.three_public_unit
        return self.numbers.unit


MINISTRY_TITLES: Mapping[Form, str] = {
    Form.INCOME_EXPENDITURE_SUMMARY: "收入支出决算总表",
    Form.INCOME: "收入决算表",
    Form.EXPENDITURE: "支出决算表",
    Form.APPROPRIATION_SUMMARY: "财政拨款收入支出决算总表",
    Form.GENERAL_BUDGET_EXPENDITURE: "一般公共预算财政拨款支出决算表",
    Form.BASIC_EXPENDITURE: "一般公共预算财政拨款基本支出决算明细表",
    Form.THREE_PUBLIC: "财政拨款“三公”经费支出决算表",
    Form.GOVERNMENT_FUND: "政府性基金预算财政拨款收入支出决算表",
    Form.STATE_CAPITAL: "国有资本经营预算财政拨款支出决算表",
}

TITLE_CHANGES: Mapping[TitleFamily, Mapping[Form, str]] = {
    TitleFamily.MINISTRY: {},
    TitleFamily.DEPARTMENT: {
        Form.INCOME_EXPENDITURE_SUMMARY: "部门收支决算总表",
        Form.INCOME: "部门收入决算表",
        Form.EXPENDITURE: "部门支出决算表",
        Form.APPROPRIATION_SUMMARY: "财政拨款收支决算总表",
        Form.BASIC_EXPENDITURE: "一般公共预算财政拨款基本支出决算表",
        Form.GOVERNMENT_FUND: "政府性基金预算财政拨款收支决算表",
    },
    TitleFamily.SHANGHAI: {
        Form.BASIC_EXPENDITURE: "一般公共预算财政拨款基本支出决算表",
        Form.STATE_CAPITAL: "国有资本经营预算财政拨款收入支出决算表",
    },
    TitleFamily.PLAIN: {
        Form.INCOME_EXPENDITURE_SUMMARY: "收入支出决算表",
        Form.APPROPRIATION_SUMMARY: "财政拨款收入支出决算表",
        Form.BASIC_EXPENDITURE: "一般公共预算财政拨款基本支出决算表",
    },
}


MEETING_TRAINING_TITLE = "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表"
AGENCY_TITLE = "“三公”经费、行政参公单位机关运行经费情况表"


def title_of(form: Form, style: HouseStyle) -> str:
    """The title this house prints above a form."""
    if form is Form.THREE_PUBLIC:
        return style.three_public_title or _three_public_title(style)
    if form is Form.STATE_CAPITAL:
        return _state_capital_title(style.state_capital_layout)
    title = TITLE_CHANGES[style.titles].get(form, MINISTRY_TITLES[form])
    return f"{title}{_row_dimension(form, style)}"


ROW_DIMENSIONS: Mapping[UnitTitles, tuple[str, str]] = {
    UnitTitles.SORTED: ("（分单位）", "（分科目）"),
    UnitTitles.LISTED: ("（按单位列示）", "（按功能分类列示）"),
}


def _row_dimension(form: Form, style: HouseStyle) -> str:
    """What is said of a form's rows where the same form is printed by unit too."""
    is_twice = any(FOLLOWS[extra] is form and extra in BY_UNIT for extra in style.extra_forms)
    return ROW_DIMENSIONS[style.unit_titles][1] if is_twice else ""


BY_UNIT: Mapping[ExtraForm, Form] = {
    ExtraForm.INCOME_BY_UNIT: Form.INCOME,
    ExtraForm.EXPENDITURE_BY_UNIT: Form.EXPENDITURE,
}
PROJECT_TITLES: Mapping[ProjectColumns, str] = {
    ProjectColumns.TOTAL: "一般公共预算财政拨款项目支出决算表",
    ProjectColumns.BY_FUND: "项目支出决算表",
}


def extra_title(form: ExtraForm, style: HouseStyle) -> str:
    """The title this house prints above a further form."""
    if form in BY_UNIT:
        same = BY_UNIT[form]
        title = TITLE_CHANGES[style.titles].get(same, MINISTRY_TITLES[same])
        return f"{title}{ROW_DIMENSIONS[style.unit_titles][0]}"
    if form is ExtraForm.PROJECT_EXPENDITURE:
        return PROJECT_TITLES[style.project_columns]
    return {
        ExtraForm.EXPENDITURE_DETAIL: "财政拨款支出决算明细表",
        ExtraForm.AGENCY_OPERATION: "机关运行经费支出情况表",
        ExtraForm.ASSET_HOLDINGS: "国有资产占用情况表",
    }[form]


def _three_public_title(style: HouseStyle) -> str:
    if style.has_agency_rows and style.three_public_layout is ThreePublicLayout.ROWS:
        return AGENCY_TITLE
    return (
        MEETING_TRAINING_TITLE if style.has_meeting_training else MINISTRY_TITLES[Form.THREE_PUBLIC]
    )


def _state_capital_title(layout: StateCapitalLayout) -> str:
    if layout is StateCapitalLayout.INCOME_AND_SPENDING:
        return TITLE_CHANGES[TitleFamily.SHANGHAI][Form.STATE_CAPITAL]
    return MINISTRY_TITLES[Form.STATE_CAPITAL]


OLDER_COUNTY = HouseStyle(
    name="older county",
    titles=TitleFamily.DEPARTMENT,
    order=FormOrder.THREE_PUBLIC_FIRST,
    numbers=NumberFormat(trims_zeros=True),
    zeros=ZeroMarks(
        summaries=ZeroMark.BLANK,
        items=ZeroMark.WIDE_SPACE,
        economic=ZeroMark.BLANK,
        three_public=ZeroMark.NUMBER,
        empty_forms=ZeroMark.NUMBER,
    ),
    words=HeaderWords(
        item="项    目",
        column_numbers="栏    次",
        vehicle="公务用车购置及运行费",
        vehicle_operation="公务用车运行费",
        surplus="用事业基金弥补收支差额",
    ),
    function_list=FunctionList.RENUMBERED,
    caption=CaptionPlace.OWN_TABLES,
    notes=NotePlace.LAST_ROW,
    narrative=NarrativeFamily.COUNTY,
    has_state_capital_line=False,
    merges_three_public_header=False,
    has_tall_header=True,
    padding_rows=3,
)

MINISTRY_2022 = HouseStyle(
    name="ministry 2022",
    titles=TitleFamily.MINISTRY,
    order=FormOrder.THREE_PUBLIC_LAST,
    words=HeaderWords(function_code="科目代码", surplus="使用非财政拨款结余（含专用结余）"),
    function_list=FunctionList.FULL_26,
    trims_first_summary=True,
    department_line=DepartmentLine.FIRST_ONLY,
    explains_rounding=True,
    has_contents=True,
)

METROPOLITAN = HouseStyle(
    name="metropolitan",
    titles=TitleFamily.SHANGHAI,
    order=FormOrder.THREE_PUBLIC_FIRST,
    numbers=NumberFormat(separates_thousands=True),
    zeros=ZeroMarks(summaries=ZeroMark.BLANK, items=ZeroMark.BLANK),
    words=HeaderWords(
        function_code="支出功能分类\n科目编码",
        economic_code="经济分类\n科目编码",
        appropriation_amount="决算数",
        spending_total="合计",
        surplus="使用非财政拨款结余（含专用结余）",
    ),
    code_layout=CodeLayout.SPLIT,
    economic_code_layout=CodeLayout.SPLIT,
    economic_blocks=EconomicBlocks.TWO,
    three_public_layout=ThreePublicLayout.PAIRED,
    state_capital_layout=StateCapitalLayout.INCOME_AND_SPENDING,
    general_budget_total_row=TotalRow.BOTTOM,
    department_line=DepartmentLine.ABSENT,
    narrative=NarrativeFamily.METROPOLITAN,
    form_numbers=FormNumbers.ABSENT,
    prints_line_numbers=False,
    prints_column_numbers=False,
    merges_total_label=False,
)

YUAN_PRINTING = HouseStyle(
    name="yuan printing",
    titles=TitleFamily.PLAIN,
    order=FormOrder.THREE_PUBLIC_LAST,
    numbers=NumberFormat(unit=PrintedUnit.YUAN, separates_thousands=True),
    zeros=ZeroMarks(summaries=ZeroMark.BLANK, items=ZeroMark.BLANK, economic=ZeroMark.BLANK),
    words=HeaderWords(
        overseas="因公出国（境）费用",
        vehicle="公务用车购置费及运行维护费",
        appropriation_amount="决算数",
        spending_total="合计",
    ),
    code_layout=CodeLayout.SPLIT,
    economic_blocks=EconomicBlocks.TWO,
    function_list=FunctionList.TRIMMED,
    caption=CaptionPlace.IN_GRID,
    three_public_unit=PrintedUnit.WAN_YUAN,
    total_row=TotalRow.BOTTOM,
    general_budget_total_row=TotalRow.BOTTOM,
    prints_line_numbers=False,
    repeats_header=True,
)

NAMED_STYLES = (OLDER_COUNTY, MINISTRY_2022, METROPOLITAN, YUAN_PRINTING)
