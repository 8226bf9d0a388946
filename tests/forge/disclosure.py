"""Forges one disclosure: a file whose every figure and claim is known.

Knows how the pieces are put together. Does not know which documents are wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipelines.domain.disclosure import DocumentKind, Scope
from tests.forge.blocks import Section
from tests.forge.budget.ledger import BudgetLedger
from tests.forge.budget.narrative import write_budget_narrative
from tests.forge.budget.printing import print_budget
from tests.forge.budget.styles import BudgetStyle
from tests.forge.composition import FrontMatter, compose
from tests.forge.contradictions import (
    Contradiction,
    FigureContradiction,
    Planted,
    alter_claim,
    plant_in_forms,
)
from tests.forge.docx_writer import write_docx
from tests.forge.grid import PrintedFigure
from tests.forge.ledger import Ledger
from tests.forge.narrative import Narrative, PrintedClaim, write_narrative
from tests.forge.pages import set_on_pages
from tests.forge.pdf_writer import write_pdf
from tests.forge.printing import PrintedForm, print_forms
from tests.forge.styles import HouseStyle
from tests.forge.web_writer import write_web_page


class FileFormat(StrEnum):
    """Kinds of file the forge writes."""

    DOCX = "docx"
    PDF = "pdf"
    WEB_PAGE = "html"


WRITERS: Mapping[FileFormat, Callable[[Iterable[Section], Path], None]] = {
    FileFormat.DOCX: write_docx,
    FileFormat.PDF: write_pdf,
    FileFormat.WEB_PAGE: write_web_page,
}


@dataclass(frozen=True, slots=True)
class ForgedDisclosure:
    """A written document and everything that is true of it.

    Attributes:
        path: The file.
        figures: Every number printed in a form, in reading order.
        claims: Every claim on procurement and assets, in reading order.
        department: Full name on the cover.
        region_code: Code of the division the department belongs to.
        planted: Contradictions that were put in; empty in a clean document.
        forms: The forms as printed.
    """

    path: Path
    figures: tuple[PrintedFigure, ...]
    claims: tuple[PrintedClaim, ...]
    department: str
    region_code: str
    fiscal_year: int
    kind: DocumentKind
    scope: Scope
    planted: tuple[Planted, ...]
    forms: tuple[PrintedForm, ...]

    @property
    def counts(self) -> tuple[str, ...]:
        """Numbers printed in forms that count things and are no figures."""
        return tuple(count for form in self.forms for count in form.counts)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document before contradictions are planted and it becomes a file.

    Attributes:
        narrate: Writes the narrative, with some claims altered.
    """

    kind: DocumentKind
    front: FrontMatter
    house: HouseStyle
    forms: tuple[PrintedForm, ...]
    narrate: Callable[[Mapping[str, str]], Narrative]

    def sections(self) -> tuple[Section, ...]:
        """The whole document, without contradictions."""
        return compose(self.front, self.house, self.forms, self.narrate({}))

    def on_pages(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """Its sections as a PDF prints them: headed, and set on pages."""
        pages = self.house.pages
        head = f"{self.front.department.name}{self.front.subject}" if pages.runs_head else ""
        return set_on_pages((replace(section, head=head) for section in sections), pages)


def draft_final_accounts(ledger: Ledger, style: HouseStyle) -> Manuscript:
    """Print a ledger's final accounts.

    Raises:
        UnprintableLedgerError: The style has no place for some of the ledger's money.
    """
    return Manuscript(
        kind=DocumentKind.FINAL_ACCOUNTS,
        front=FrontMatter(ledger.department, ledger.fiscal_year, "年度", "决算", "情况说明"),
        house=style,
        forms=print_forms(ledger, style),
        narrate=lambda altered: write_narrative(ledger, style, altered),
    )


def draft_budget(ledger: BudgetLedger, style: BudgetStyle) -> Manuscript:
    """Print a budget.

    Raises:
        UnprintableLedgerError: The style has no place for some of the budget's money.
    """
    return Manuscript(
        kind=DocumentKind.BUDGET,
        front=FrontMatter(ledger.department, ledger.fiscal_year, "年", "预算", "编制说明"),
        house=style.house,
        forms=print_budget(ledger, style),
        narrate=lambda altered: write_budget_narrative(ledger, altered),
    )


def draft(ledger: Ledger | BudgetLedger, style: HouseStyle | BudgetStyle) -> Manuscript:
    """Print a ledger in a style of its kind.

    Raises:
        TypeError: The ledger is of final accounts and the style of budgets, or the reverse.
        UnprintableLedgerError: The style has no place for some of the ledger's money.
    """
    if isinstance(ledger, Ledger) and isinstance(style, HouseStyle):
        return draft_final_accounts(ledger, style)
    if isinstance(ledger, BudgetLedger) and isinstance(style, BudgetStyle):
        return draft_budget(ledger, style)
    raise TypeError(f"{type(ledger).__name__} cannot be printed in a {type(style).__name__}")


def forge_disclosure(
    ledger: Ledger | BudgetLedger,
    style: HouseStyle | BudgetStyle,
    file_format: FileFormat,
    path: Path,
    plant: Iterable[Contradiction] = (),
) -> ForgedDisclosure:
    """Write a ledger as a published document.

    Args:
        ledger: The books, of final accounts or of a budget.
        style: How they are printed, a ``BudgetStyle`` for a budget.
        file_format: Kind of file.
        path: Where the file goes; the folder must exist.
        plant: Contradictions to put in; the truth then holds what is printed.

    Raises:
        TypeError: The ledger is of final accounts and the style of budgets, or the reverse.
        UnprintableLedgerError: The style has no place for some of the ledger's money.
        NothingToPlantError: The document prints no number a contradiction could change.
    """
    manuscript = draft(ledger, style)
    forms = manuscript.forms
    altered: dict[str, str] = {}
    planted: list[Planted] = []
    for contradiction in plant:
        if isinstance(contradiction, FigureContradiction):
            forms, done = plant_in_forms(contradiction, forms, manuscript.house)
        else:
            changes, done = alter_claim(contradiction, manuscript.narrate({}))
            altered.update(changes)
        planted.append(done)
    narrative = manuscript.narrate(altered)
    sections = compose(manuscript.front, manuscript.house, forms, narrative)
    if file_format is FileFormat.PDF or manuscript.house.pages.breaks_word:
        sections = manuscript.on_pages(sections)
    WRITERS[file_format](sections, path)
    department = manuscript.front.department
    return ForgedDisclosure(
        path=path,
        figures=tuple(figure for form in forms for figure in form.figures),
        claims=narrative.claims,
        department=department.name,
        region_code=department.region_code,
        fiscal_year=manuscript.front.fiscal_year,
        kind=manuscript.kind,
        scope=department.scope,
        planted=tuple(planted),
        forms=forms,
    )
