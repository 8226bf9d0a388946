"""How a publisher lays out its budget, in what differs from its final accounts.

Knows layout and wording. Does not know figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pipelines.domain.amount import PrintedUnit
from tests.forge.styles import (
    CodeLayout,
    DepartmentLine,
    FormNumbers,
    FormOrder,
    FunctionList,
    HeaderWords,
    HouseStyle,
    NotePlace,
    NumberFormat,
    TitleFamily,
    TotalRow,
    ZeroMark,
    ZeroMarks,
)


class BudgetForm(StrEnum):
    """The nine standard forms of budgets, and the form of projects that some houses add."""

    SUMMARY = "budget_summary"
    INCOME = "budget_income"
    EXPENDITURE = "budget_expenditure"
    APPROPRIATION_SUMMARY = "budget_appropriation_summary"
    GENERAL_EXPENDITURE = "budget_general_expenditure"
    GOVERNMENT_FUND = "budget_government_fund"
    STATE_CAPITAL = "budget_state_capital"
    BASIC_EXPENDITURE = "budget_basic_expenditure"
    THREE_PUBLIC = "budget_three_public"
    PROJECTS = "budget_project_expenditure"


class BudgetOrder(StrEnum):
    """In which order the forms are printed."""

    METROPOLITAN = "basic expenditure behind the funds"
    CENTRAL = "basic expenditure before the funds"
    FISCAL_FIRST = "forms of appropriated money first"


F = BudgetForm
ORDERS: Mapping[BudgetOrder, tuple[BudgetForm, ...]] = {
    BudgetOrder.METROPOLITAN: tuple(form for form in BudgetForm if form is not F.PROJECTS),
    BudgetOrder.CENTRAL: (
        *(F.SUMMARY, F.INCOME, F.EXPENDITURE, F.APPROPRIATION_SUMMARY, F.GENERAL_EXPENDITURE),
        *(F.BASIC_EXPENDITURE, F.GOVERNMENT_FUND, F.STATE_CAPITAL, F.THREE_PUBLIC),
    ),
    BudgetOrder.FISCAL_FIRST: (
        *(F.APPROPRIATION_SUMMARY, F.GENERAL_EXPENDITURE, F.BASIC_EXPENDITURE, F.THREE_PUBLIC),
        *(F.GOVERNMENT_FUND, F.STATE_CAPITAL, F.SUMMARY, F.INCOME, F.EXPENDITURE),
    ),
}


class BudgetTitles(StrEnum):
    """The sets of titles in use."""

    METROPOLITAN = "metropolitan"
    CENTRAL = "central"
    SHORT = "short"
    APPROPRIATION = "with appropriation spelled out"
    SITUATION = "situation"


class TitlePrefix(StrEnum):
    """What precedes a title."""

    DEPARTMENT = "{year}年部门"
    BUDGET_UNIT = "{year}年预算单位"
    UNIT = "{year}年单位"
    DEPARTMENT_ONLY = "部门"
    NOTHING = ""


class IncomeColumns(StrEnum):
    """Whether income is split by source or by fund, with what was carried over."""

    SOURCES = "sources"
    FUNDS = "funds"


class BudgetThreePublicLayout(StrEnum):
    """The columns of the 三公 form."""

    WITH_AGENCY_OPERATION = "three items and agency operation, reception before vehicles"
    ITEMS_ONLY = "three items, vehicles before reception"


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """Wording of lines and headers that differs between publishers.

    Attributes:
        fund_income: What the name of a fund ends in where it heads a column or a line of its own.
        sub_number: How the three funds below 财政拨款收入 are numbered.
        empty: The statement below an empty form.
    """

    income_side: str = "本年收入"
    expenditure_side: str = "本年支出"
    amount: str = "预算数"
    general: str = "一般公共预算资金"
    government_fund: str = "政府性基金"
    state_capital: str = "国有资本经营预算"
    fund_income: str = "拨款收入"
    sub_number: str = "{number}. "
    income_total: str = "收入总计"
    expenditure_total: str = "支出总计"
    operating: str = "事业单位\n经营收入"
    economic_item: str = "项目"
    economic_code: str = "部门预算经济分类科目\n编码"
    economic_name: str = "经济分类科目名称"
    overseas: str = "因公出国(境)费"
    vehicle: str = "公务用车购置及运行费"
    vehicle_purchase: str = "购置费"
    vehicle_operation: str = "运行费"
    agency_operation: str = "机关运行经费预算\n数"
    note_opening: str = "注："
    empty: str = "{body}{year}年未安排{fund}预算，本表为空表。"


@dataclass(frozen=True, slots=True)
class BudgetStyle:
    """A publisher's way of printing the nine budget forms.

    Attributes:
        house: What budgets have in common with final accounts.
        prefix: What precedes the titles.
        three_public_prefix: What precedes the title of the 三公 form.
        splits_summary: Whether the summary splits expenditure into 人员经费, 公用经费 and 项目支出,
            as units do.
        nests_funds: Whether the summary puts the three funds below 财政拨款收入; else they are
            lines of their own.
        balances_carry_over: Whether the summaries have 本年合计 and 上年结转 lines, without which
            money carried over cannot be printed.
        splits_appropriation: Whether the appropriation summary has a column for each fund.
        lists_every_kind: Whether income and expenditure have columns for rare kinds of money.
        outlines_appropriation: Whether the appropriation summary is an outline of 本年收入 and
            上年结转 with the funds below each.
        heads_columns: Whether 收入预算 and 支出预算 stand above the columns.
        compares_three_public: Whether a 三公 form of the three items prints the year before too,
            in measures that begin with ``prior_``.
        upright_forms: Whether the narrower forms are printed on portrait pages.
        lists_projects: Whether a form of 项目支出 by fund follows the nine.
    """

    house: HouseStyle
    titles: BudgetTitles = BudgetTitles.METROPOLITAN
    order: BudgetOrder = BudgetOrder.METROPOLITAN
    prefix: TitlePrefix = TitlePrefix.DEPARTMENT
    three_public_prefix: TitlePrefix = TitlePrefix.DEPARTMENT
    words: BudgetWords = field(default_factory=BudgetWords)
    income_columns: IncomeColumns = IncomeColumns.SOURCES
    three_public: BudgetThreePublicLayout = BudgetThreePublicLayout.WITH_AGENCY_OPERATION
    splits_summary: bool = False
    nests_funds: bool = True
    balances_carry_over: bool = False
    splits_appropriation: bool = True
    lists_every_kind: bool = False
    outlines_appropriation: bool = False
    heads_columns: bool = True
    compares_three_public: bool = False
    upright_forms: bool = False
    lists_projects: bool = False

    def forms(self) -> tuple[BudgetForm, ...]:
        """The forms in the order this house prints them."""
        return (*ORDERS[self.order], *((F.PROJECTS,) if self.lists_projects else ()))


METROPOLITAN_TITLES: Mapping[BudgetForm, str] = {
    F.SUMMARY: "财务收支预算总表",
    F.INCOME: "收入预算总表",
    F.EXPENDITURE: "支出预算总表",
    F.APPROPRIATION_SUMMARY: "财政拨款收支预算总表",
    F.GENERAL_EXPENDITURE: "一般公共预算支出功能分类预算表",
    F.GOVERNMENT_FUND: "政府性基金预算支出功能分类预算表",
    F.STATE_CAPITAL: "国有资本经营预算支出功能分类预算表",
    F.BASIC_EXPENDITURE: "一般公共预算基本支出部门预算经济分类预算表",
    F.THREE_PUBLIC: "“三公”经费和机关运行经费预算表",
    F.PROJECTS: "项目支出预算表",
}
CENTRAL_TITLES: Mapping[BudgetForm, str] = {
    F.SUMMARY: "部门收支总表",
    F.INCOME: "部门收入总表",
    F.EXPENDITURE: "部门支出总表",
    F.APPROPRIATION_SUMMARY: "财政拨款收支总表",
    F.GENERAL_EXPENDITURE: "一般公共预算支出表",
    F.GOVERNMENT_FUND: "政府性基金预算支出表",
    F.STATE_CAPITAL: "国有资本经营预算支出表",
    F.BASIC_EXPENDITURE: "一般公共预算基本支出表",
    F.THREE_PUBLIC: "财政拨款预算“三公”经费支出表",
    F.PROJECTS: "项目支出表",
}
TITLES: Mapping[BudgetTitles, Mapping[BudgetForm, str]] = {
    BudgetTitles.METROPOLITAN: METROPOLITAN_TITLES,
    BudgetTitles.CENTRAL: CENTRAL_TITLES,
    BudgetTitles.SHORT: {
        **CENTRAL_TITLES,
        F.SUMMARY: "收支总表",
        F.INCOME: "收入总表",
        F.EXPENDITURE: "支出总表",
        F.THREE_PUBLIC: "一般公共预算“三公”经费支出表",
    },
    BudgetTitles.APPROPRIATION: {
        **CENTRAL_TITLES,
        F.SUMMARY: "部门收支预算总表",
        F.INCOME: "部门收入预算总表",
        F.EXPENDITURE: "部门支出预算总表",
        F.APPROPRIATION_SUMMARY: "财政拨款收支预算总表",
        F.GENERAL_EXPENDITURE: "一般公共预算财政拨款支出预算表",
        F.GOVERNMENT_FUND: "政府性基金预算财政拨款支出预算表",
        F.BASIC_EXPENDITURE: "一般公共预算财政拨款基本支出预算表",
        F.THREE_PUBLIC: "一般公共预算财政拨款“三公”经费支出预算表",
    },
    BudgetTitles.SITUATION: {
        F.SUMMARY: "部门收支总体情况表",
        F.INCOME: "部门收入总体情况表",
        F.EXPENDITURE: "部门支出总体情况表",
        F.APPROPRIATION_SUMMARY: "财政拨款收支总体情况表",
        F.GENERAL_EXPENDITURE: "一般公共预算支出情况表",
        F.GOVERNMENT_FUND: "政府性基金预算支出情况表",
        F.STATE_CAPITAL: "国有资本经营预算支出情况表",
        F.BASIC_EXPENDITURE: "一般公共预算基本支出情况表",
        F.THREE_PUBLIC: "一般公共预算“三公”经费支出表",
        F.PROJECTS: "项目支出表",
    },
}


def budget_title(form: BudgetForm, style: BudgetStyle, year: int) -> str:
    """The title this house prints above a form."""
    title = TITLES[style.titles][form]
    if style.titles is not BudgetTitles.METROPOLITAN:
        return title
    prefix = style.three_public_prefix if form is F.THREE_PUBLIC else style.prefix
    return f"{prefix.format(year=year)}{title}"


BUDGET_HOUSE = HouseStyle(
    name="metropolitan budget",
    titles=TitleFamily.SHANGHAI,
    order=FormOrder.THREE_PUBLIC_LAST,
    numbers=NumberFormat(unit=PrintedUnit.YUAN, separates_thousands=True),
    zeros=ZeroMarks(ZeroMark.BLANK, ZeroMark.BLANK, ZeroMark.BLANK, ZeroMark.BLANK, ZeroMark.BLANK),
    words=HeaderWords(department="编制部门：", function_name="功能分类科目名称"),
    code_layout=CodeLayout.SPLIT,
    economic_code_layout=CodeLayout.SPLIT,
    function_list=FunctionList.RENUMBERED,
    total_row=TotalRow.BOTTOM,
    notes=NotePlace.ABSENT,
    three_public_unit=PrintedUnit.WAN_YUAN,
    form_numbers=FormNumbers.ABSENT,
    department_line=DepartmentLine.ALL,
    prints_line_numbers=False,
    prints_column_numbers=False,
)
METROPOLITAN_DEPARTMENT = BudgetStyle(BUDGET_HOUSE)
METROPOLITAN_UNIT = BudgetStyle(
    house=replace(
        BUDGET_HOUSE,
        name="metropolitan unit budget",
        numbers=replace(BUDGET_HOUSE.numbers, decimals=0),
        words=replace(BUDGET_HOUSE.words, department="编制单位："),
        repeats_header=True,
        padding_rows=2,
    ),
    prefix=TitlePrefix.BUDGET_UNIT,
    three_public_prefix=TitlePrefix.UNIT,
    words=BudgetWords(sub_number="{number}、", economic_name="部门经济分类科目名称"),
    splits_summary=True,
)
CENTRAL_BUDGET = BudgetStyle(
    house=HouseStyle(
        name="central budget",
        titles=TitleFamily.MINISTRY,
        order=FormOrder.THREE_PUBLIC_LAST,
        words=HeaderWords(function_code="科目编码", item="功能分类科目"),
        zeros=ZeroMarks(summaries=ZeroMark.BLANK, items=ZeroMark.BLANK),
        function_list=FunctionList.RENUMBERED,
        total_row=TotalRow.BOTTOM,
        notes=NotePlace.ABSENT,
        prints_line_numbers=False,
        prints_column_numbers=False,
        has_contents=True,
    ),
    titles=BudgetTitles.CENTRAL,
    order=BudgetOrder.CENTRAL,
    words=BudgetWords(
        income_side="收入",
        expenditure_side="支出",
        general="一般公共预算拨款",
        government_fund="政府性基金预算拨款",
        state_capital="国有资本经营预算拨款",
        operating="事业单位经营收入",
        economic_item="部门预算支出经济分类科目",
        economic_code="科目编码",
        economic_name="科目名称",
    ),
    income_columns=IncomeColumns.FUNDS,
    three_public=BudgetThreePublicLayout.ITEMS_ONLY,
    nests_funds=False,
    balances_carry_over=True,
    splits_appropriation=False,
    outlines_appropriation=True,
    heads_columns=False,
    lists_every_kind=True,
    upright_forms=True,
)
NAMED_BUDGET_STYLES = (METROPOLITAN_DEPARTMENT, METROPOLITAN_UNIT, CENTRAL_BUDGET)
