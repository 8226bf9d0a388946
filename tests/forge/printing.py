"""Prints the nine forms: titles, grids, notes and the truth of every figure.

Knows which form is laid out by which function and what is said below it. Does not know file
formats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from tests.forge.forms import assets, economic, items, provincial, summaries, three_public
from tests.forge.grid import Grid, PrintedFigure, break_headers, fill_blanks
from tests.forge.ledger import Department, Ledger, Money
from tests.forge.numerals import ordinal
from tests.forge.styles import (
    OLDER_SEQUENCE,
    DepartmentLine,
    ExtraForm,
    Form,
    FormNumbers,
    HouseStyle,
    NarrativeFamily,
    NotePlace,
    StateCapitalLayout,
    TitleDress,
    ZeroMark,
    extra_title,
    title_of,
)

LAY_OUT: Mapping[Form, Callable[[Ledger, HouseStyle], Grid]] = {
    Form.INCOME_EXPENDITURE_SUMMARY: summaries.income_expenditure_summary,
    Form.INCOME: items.income,
    Form.EXPENDITURE: items.expenditure,
    Form.APPROPRIATION_SUMMARY: summaries.appropriation_summary,
    Form.GENERAL_BUDGET_EXPENDITURE: items.general_budget_expenditure,
    Form.BASIC_EXPENDITURE: economic.basic_expenditure,
    Form.THREE_PUBLIC: three_public.three_public,
    Form.GOVERNMENT_FUND: items.government_fund,
    Form.STATE_CAPITAL: items.state_capital,
}

UPRIGHT = frozenset(
    {
        Form.INCOME_EXPENDITURE_SUMMARY,
        Form.GENERAL_BUDGET_EXPENDITURE,
        Form.BASIC_EXPENDITURE,
    }
)
"""Forms that publishers print on portrait pages."""
UPRIGHT_EXTRAS = frozenset({ExtraForm.AGENCY_OPERATION, ExtraForm.ASSET_HOLDINGS})

NOTES: Mapping[Form, str] = {
    Form.INCOME_EXPENDITURE_SUMMARY: "本表汇总本年度全部收支和年末结转结余。",
    Form.INCOME: "本表按功能科目列示本年度取得的收入。",
    Form.EXPENDITURE: "本表按功能科目列示本年度发生的支出。",
    Form.APPROPRIATION_SUMMARY: "本表汇总本年度财政拨款收支和结转结余。",
    Form.GENERAL_BUDGET_EXPENDITURE: "本表列示本年度一般公共预算财政拨款的支出。",
    Form.BASIC_EXPENDITURE: "本表按经济科目列示一般公共预算财政拨款的基本支出。",
    Form.THREE_PUBLIC: "本表预算数为调整后的全年预算，决算数含使用以前年度结转资金的支出。",
    Form.GOVERNMENT_FUND: "本表列示本年度政府性基金预算财政拨款的收支和结转结余。",
    Form.STATE_CAPITAL: "本表列示本年度国有资本经营预算财政拨款的支出。",
}

EXTRA_NOTES: Mapping[ExtraForm, str] = {
    ExtraForm.INCOME_BY_UNIT: "本表按单位列示本年度取得的收入。",
    ExtraForm.EXPENDITURE_BY_UNIT: "本表按单位列示本年度发生的支出。",
    ExtraForm.PROJECT_EXPENDITURE: "本表列示财政拨款安排的项目支出。",
    ExtraForm.EXPENDITURE_DETAIL: "本表按功能科目和经济科目列示财政拨款支出。",
    ExtraForm.AGENCY_OPERATION: "本表列示机关运行经费的预算和支出。",
    ExtraForm.ASSET_HOLDINGS: "本表列示年末占用的车辆和大型设备。",
}

ROUNDING_NOTE = "金额由元折算为万元，合计与分项之间可能有尾差。"

NOTHING: Mapping[NarrativeFamily, str] = {
    NarrativeFamily.COUNTY: "{name}{year}年度未取得{fund}收入，"
    "亦未使用{fund}安排支出，故本表无数据。",
    NarrativeFamily.MINISTRY: "说明：本单位{year}年度无{fund}收支，故本表无数据。",
    NarrativeFamily.METROPOLITAN: "注：{name}{year}年度没有{fund}收入和支出，故本表无数据。",
}

FUND_SPOKEN: Mapping[Form, str] = {
    Form.GOVERNMENT_FUND: "政府性基金预算财政拨款",
    Form.STATE_CAPITAL: "国有资本经营预算财政拨款",
    Form.THREE_PUBLIC: "财政拨款“三公”经费",
}


class UnprintableLedgerError(ValueError):
    """The house style has no place for money that the ledger holds."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One form ready to be placed in a document.

    Attributes:
        form: Which standard form, or which of the provincial ones.
        number_text: 公开NN表 and the like, '' where the house prints none.
        department_text: The 部门： line, '' where there is none.
        unit_text: The 单位： line.
        notes: What stands below the form, the statement of emptiness included.
        counts: Numbers in the form that count things and are no figures.
    """

    form: StrEnum
    title: str
    number_text: str
    department_text: str
    unit_text: str
    grid: Grid
    notes: tuple[str, ...]
    is_landscape: bool
    counts: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[PrintedFigure, ...]:
        """Every figure the form prints, in reading order."""
        return tuple(placed.figure for placed in self.grid.figures)


def print_forms(ledger: Ledger, style: HouseStyle) -> tuple[PrintedForm, ...]:
    """Print a ledger's nine forms in a house style.

    Raises:
        UnprintableLedgerError: The style's summaries have no line for the ledger's state capital.
    """
    if ledger.of(Money.STATE_CAPITAL) and not style.has_state_capital_line:
        raise UnprintableLedgerError(f"style {style.name!r} has no line for state capital")
    return tuple(
        _print_extra_form(form, number, ledger, style)
        if isinstance(form, ExtraForm)
        else _print_form(form, number, ledger, style)
        for number, form in enumerate(style.printed_forms(), start=1)
    )


def _print_extra_form(
    form: ExtraForm, number: int, ledger: Ledger, style: HouseStyle
) -> PrintedForm:
    has_note = style.notes is not NotePlace.ABSENT
    return PrintedForm(
        form=form,
        title=dress(extra_title(form, style), number, ledger, style.title_dress),
        number_text=number_text(number, number, style),
        department_text=department_text(number, ledger.department, style),
        unit_text=_extra_unit_text(form, style),
        grid=finish(provincial.LAY_OUT[form](ledger, style), style),
        notes=(f"注：{EXTRA_NOTES[form]}",) if has_note else (),
        is_landscape=form not in UPRIGHT_EXTRAS,
        counts=assets.counts_of(ledger) if form is ExtraForm.ASSET_HOLDINGS else (),
    )


def _extra_unit_text(form: ExtraForm, style: HouseStyle) -> str:
    counts_only = form is ExtraForm.ASSET_HOLDINGS and not style.values_assets
    unit = "辆、台（套）" if counts_only else style.unit_of(form).value
    return f"{style.words.unit}{unit}"


def _print_form(form: Form, number: int, ledger: Ledger, style: HouseStyle) -> PrintedForm:
    return PrintedForm(
        form=form,
        title=dress(title_of(form, style), number, ledger, style.title_dress),
        number_text=number_text(number, _older_number(form), style),
        department_text=department_text(number, ledger.department, style),
        unit_text=f"{style.words.unit}{style.unit_of(form).value}",
        grid=finish(LAY_OUT[form](ledger, style), style),
        notes=_notes(form, ledger, style),
        is_landscape=form not in UPRIGHT,
        counts=three_public.counts_of(ledger, style) if form is Form.THREE_PUBLIC else (),
    )


def _older_number(form: Form) -> int:
    return OLDER_SEQUENCE.index(form) + 1


class Titled(Protocol):
    """Whatever has a department and a year."""

    @property
    def department(self) -> Department:
        """Who discloses."""

    @property
    def fiscal_year(self) -> int:
        """The year of the accounts."""


def dress(title: str, number: int, ledger: Titled, how: TitleDress) -> str:
    """Print what a house prints around a title."""
    return how.value.format(
        title=title,
        spaced=" ".join(title),
        year=ledger.fiscal_year,
        name=ledger.department.name,
        number=number,
        ordinal=ordinal(number),
    )


def finish(grid: Grid, style: HouseStyle) -> Grid:
    """List a grid's figures row by row, and print headers and blanks the way a house does."""
    figures = sorted(grid.figures, key=lambda placed: (placed.row, placed.column))
    finished = replace(grid, figures=tuple(figures))
    if style.header_line_length:
        finished = break_headers(finished, style.header_line_length)
    return fill_blanks(finished, ZeroMark.WIDE_SPACE.value) if style.fills_blanks else finished


def number_text(number: int, older_number: int, style: HouseStyle) -> str:
    """How a form is numbered, '' where the house numbers none.

    Args:
        number: Its place in the document.
        older_number: Its place in the older order of forms.
        style: The house style.
    """
    return {
        FormNumbers.IN_ORDER: f"公开{number:02d}表",
        FormNumbers.OLDER_SEQUENCE: f"公开{older_number:02d}表",
        FormNumbers.CHINESE: f"表{ordinal(number)}",
        FormNumbers.ARABIC: f"表 {number}",
        FormNumbers.ABSENT: "",
    }[style.form_numbers]


def department_text(number: int, department: Department, style: HouseStyle) -> str:
    """The 部门： line above the form of a number, '' where there is none."""
    if style.department_line is DepartmentLine.ABSENT:
        return ""
    if style.department_line is DepartmentLine.FIRST_ONLY and number > 1:
        return style.words.department
    return f"{style.words.department}{department.name}"


def _notes(form: Form, ledger: Ledger, style: HouseStyle) -> tuple[str, ...]:
    notes: list[str] = []
    if style.notes is not NotePlace.ABSENT:
        notes.append(f"注：{NOTES[form]}")
        if form is Form.INCOME_EXPENDITURE_SUMMARY and style.explains_rounding:
            notes = [f"注：1.{NOTES[form]}", f"2.{ROUNDING_NOTE}"]
    if is_empty(form, ledger, style):
        notes.append(
            NOTHING[style.narrative].format(
                name=ledger.department.name,
                year=ledger.fiscal_year,
                fund=FUND_SPOKEN[form],
            )
        )
    elif form is Form.THREE_PUBLIC and style.misplaces_empty_note:
        notes.append("注：本表为空表。")
    return tuple(notes)


def is_empty(form: Form, ledger: Ledger, style: HouseStyle) -> bool:
    """Whether a form has nothing to show and must say so."""
    if form is Form.GOVERNMENT_FUND:
        return not ledger.of(Money.GOVERNMENT_FUND)
    if form is Form.STATE_CAPITAL:
        entries = ledger.of(Money.STATE_CAPITAL)
        if style.state_capital_layout is StateCapitalLayout.SPENDING:
            return not any(entry.spent for entry in entries)
        return not entries
    if form is Form.THREE_PUBLIC:
        return not three_public.has_amounts(ledger, style)
    return False
