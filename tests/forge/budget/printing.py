"""Prints the nine budget forms: titles, captions, grids and statements of emptiness.

Knows what is said around a form. Does not know how forms are laid out, nor file formats.
"""

from pipelines.domain.disclosure import Scope
from tests.forge.budget.layouts import lay_out_budget
from tests.forge.budget.ledger import BudgetLedger, Source
from tests.forge.budget.styles import BudgetForm, BudgetStyle, budget_title
from tests.forge.printing import (
    PrintedForm,
    UnprintableLedgerError,
    department_text,
    dress,
    finish,
    number_text,
)
from tests.forge.styles import DATED, TitleDress

UPRIGHT = frozenset(
    {BudgetForm.GENERAL_EXPENDITURE, BudgetForm.BASIC_EXPENDITURE, BudgetForm.STATE_CAPITAL}
)
"""Forms narrow enough for portrait pages."""
SPOKEN = {
    BudgetForm.GOVERNMENT_FUND: "政府性基金",
    BudgetForm.STATE_CAPITAL: "国有资本经营",
    BudgetForm.THREE_PUBLIC: "“三公”经费",
}
BODIES = {Scope.DEPARTMENT: "本部门", Scope.UNIT: "本单位"}


def print_budget(ledger: BudgetLedger, style: BudgetStyle) -> tuple[PrintedForm, ...]:
    """Print a budget's forms in a house style.

    Raises:
        UnprintableLedgerError: The style has no place for some of the budget's money.
    """
    if ledger.carries_over and not style.balances_carry_over:
        raise UnprintableLedgerError(f"style {style.house.name!r} has no line for 上年结转")
    if ledger.has_rare_money and (style.splits_summary or not style.lists_every_kind):
        raise UnprintableLedgerError(f"style {style.house.name!r} has no column for rare money")
    return tuple(
        _print_form(form, number, ledger, style)
        for number, form in enumerate(style.forms(), start=1)
    )


def _print_form(
    form: BudgetForm, number: int, ledger: BudgetLedger, style: BudgetStyle
) -> PrintedForm:
    house = style.house
    return PrintedForm(
        form=form,
        title=_title(form, number, ledger, style),
        number_text=number_text(number, number, house),
        department_text=department_text(number, ledger.department, house),
        unit_text=f"{house.words.unit}{house.unit_of(form).value}",
        grid=finish(lay_out_budget(form, ledger, style), house),
        notes=_notes(form, ledger, style),
        is_landscape=not (style.upright_forms and form in UPRIGHT),
    )


def _title(form: BudgetForm, number: int, ledger: BudgetLedger, style: BudgetStyle) -> str:
    title = budget_title(form, style, ledger.fiscal_year)
    is_dated = title.startswith(str(ledger.fiscal_year)) and style.house.title_dress in DATED
    return dress(title, number, ledger, TitleDress.PLAIN if is_dated else style.house.title_dress)


def _notes(form: BudgetForm, ledger: BudgetLedger, style: BudgetStyle) -> tuple[str, ...]:
    words = style.words
    if form is BudgetForm.THREE_PUBLIC and style.house.misplaces_empty_note:
        return (f"{words.note_opening}本表为空表。",)
    if not is_empty(form, ledger):
        return ()
    statement = words.empty.format(
        body=BODIES[ledger.department.scope], year=ledger.fiscal_year, fund=SPOKEN[form]
    )
    return (f"{words.note_opening}{statement}",)


def is_empty(form: BudgetForm, ledger: BudgetLedger) -> bool:
    """Whether a form has nothing to show and must say so."""
    if form is BudgetForm.GOVERNMENT_FUND:
        return not ledger.of(Source.GOVERNMENT_FUND)
    if form is BudgetForm.STATE_CAPITAL:
        return not ledger.of(Source.STATE_CAPITAL)
    if form is BudgetForm.THREE_PUBLIC:
        return not (ledger.three_public.total or ledger.agency_operation)
    return False
