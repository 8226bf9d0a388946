"""Contradictions planted into a document, and the identities each one breaks.

Knows which printed number is changed by how much. Does not know how identities are evaluated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from tests.forge.grid import PlacedFigure, replace_figure
from tests.forge.narrative import Narrative
from tests.forge.numerals import write_number
from tests.forge.printing import PrintedForm
from tests.forge.styles import Form, HouseStyle, NumberFormat


class NothingToPlantError(LookupError):
    """The document prints no number that the contradiction could change."""


@dataclass(frozen=True, slots=True)
class FigureContradiction:
    """One figure of a form, printed too high by a shift.

    Attributes:
        row_code: Code of the row, '' for rows without one, ``leaf`` for the first 项 row.
        row_label: Label of the row, '' where the code or the measure says enough.
        shift: What is added to the printed number, in the printed unit.
        breaks: Identities that certainly no longer hold, by the names of the catalogue; others
            that share the figure may break with them.
    """

    name: str
    form: StrEnum
    row_code: str
    row_label: str
    measure: str
    shift: Decimal
    breaks: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True, slots=True)
class ClaimContradiction:
    """One claim of the narrative, printed too high by a shift."""

    name: str
    subject: str
    shift: Decimal
    breaks: tuple[str, ...]


Contradiction = FigureContradiction | ClaimContradiction

FIRST_LEAF = "leaf"
LEAF_DIGITS = 7

THREE_PUBLIC_TOTAL_OFF = FigureContradiction(
    name="three_public_total_off",
    form=Form.THREE_PUBLIC,
    row_code="",
    row_label="",
    measure="actual_total",
    shift=Decimal("1.00"),
    breaks=("tpe_total_actual",),
)
INCOME_ROW_SPLIT_OFF = FigureContradiction(
    name="income_row_split_off",
    form=Form.INCOME,
    row_code=FIRST_LEAF,
    row_label="",
    measure="fiscal_appropriation",
    shift=Decimal("0.90"),
    breaks=("inc_row_split", "tree_kuan"),
)
SUMMARY_OUT_OF_BALANCE = FigureContradiction(
    name="summary_out_of_balance",
    form=Form.INCOME_EXPENDITURE_SUMMARY,
    row_code="",
    row_label="总计",
    measure="amount",
    section="expenditure",
    shift=Decimal("9.00"),
    breaks=("tot_balance", "tot_uses_total"),
)
OFFICE_EXPENSES_OFF = FigureContradiction(
    name="office_expenses_off",
    form=Form.BASIC_EXPENDITURE,
    row_code="30201",
    row_label="",
    measure="amount",
    shift=Decimal("1.00"),
    breaks=("econ_302",),
)
BASIC_TOTAL_OFF = FigureContradiction(
    name="basic_total_off",
    form=Form.GENERAL_BUDGET_EXPENDITURE,
    row_code="",
    row_label="合计",
    measure="basic",
    shift=Decimal("10.00"),
    breaks=("gpb_row_split", "tree_root", "gpb_bas_total"),
)
GOODS_OFF = ClaimContradiction(
    name="goods_off",
    subject="procurement.goods",
    shift=Decimal("2.00"),
    breaks=("proc_split",),
)
CONTRADICTIONS: tuple[Contradiction, ...] = (
    THREE_PUBLIC_TOTAL_OFF,
    INCOME_ROW_SPLIT_OFF,
    SUMMARY_OUT_OF_BALANCE,
    OFFICE_EXPENSES_OFF,
    BASIC_TOTAL_OFF,
    GOODS_OFF,
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A contradiction as it stands in a document."""

    contradiction: Contradiction
    true_text: str
    printed_text: str

    @property
    def breaks(self) -> tuple[str, ...]:
        """Identities that no longer hold."""
        return self.contradiction.breaks


def plant_in_forms(
    contradiction: FigureContradiction, forms: Iterable[PrintedForm], style: HouseStyle
) -> tuple[tuple[PrintedForm, ...], Planted]:
    """Change the one figure a contradiction speaks of.

    Raises:
        NothingToPlantError: The figure is not printed in these forms.
    """
    printed = tuple(forms)
    target = next(form for form in printed if form.form is contradiction.form)
    old = _find(contradiction, target)
    text = _shift(old.figure.amount_text, contradiction.shift, style.numbers_of(contradiction.form))
    changed = replace(target, grid=replace_figure(target.grid, old, text))
    planted = Planted(contradiction, old.figure.amount_text, text)
    return tuple(changed if form is target else form for form in printed), planted


def alter_claim(
    contradiction: ClaimContradiction, narrative: Narrative
) -> tuple[dict[str, str], Planted]:
    """Say what a narrative must print instead for a contradiction to stand in it.

    Raises:
        NothingToPlantError: The claim is not made in this narrative.
    """
    for claim in narrative.claims:
        if claim.subject == contradiction.subject:
            decimals = _decimals(claim.value_text)
            text = _shift(claim.value_text, contradiction.shift, NumberFormat(decimals=decimals))
            return {claim.subject: text}, Planted(contradiction, claim.value_text, text)
    raise NothingToPlantError(contradiction.subject)


def _find(contradiction: FigureContradiction, form: PrintedForm) -> PlacedFigure:
    for placed in form.grid.figures:
        if _is_meant(contradiction, placed):
            return placed
    raise NothingToPlantError(contradiction.name)


def _is_meant(contradiction: FigureContradiction, placed: PlacedFigure) -> bool:
    figure = placed.figure
    if contradiction.row_code == FIRST_LEAF:
        is_row = len(figure.row_code) == LEAF_DIGITS
    else:
        is_row = figure.row_code == contradiction.row_code
    return (
        is_row
        and figure.measure == contradiction.measure
        and figure.section == contradiction.section
        and contradiction.row_label in {"", figure.row_label}
    )


def _shift(text: str, shift: Decimal, style: NumberFormat) -> str:
    return write_number(Decimal(text.replace(",", "")) + shift, style)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
