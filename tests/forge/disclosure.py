"""Forges one disclosure: a file whose every figure and claim is known.

Knows how the pieces are put together. Does not know which documents are wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.domain.disclosure import DocumentKind, Scope
from tests.forge.blocks import Section
from tests.forge.composition import compose
from tests.forge.contradictions import (
    ClaimContradiction,
    Contradiction,
    FigureContradiction,
    Planted,
    alter_claim,
    plant_in_forms,
)
from tests.forge.docx_writer import write_docx
from tests.forge.grid import PrintedFigure
from tests.forge.ledger import Ledger
from tests.forge.narrative import PrintedClaim, write_narrative
from tests.forge.pdf_writer import write_pdf
from tests.forge.printing import PrintedForm, print_forms
from tests.forge.styles import HouseStyle


class FileFormat(StrEnum):
    """Kinds of file the forge writes."""

    DOCX = "docx"
    PDF = "pdf"


WRITERS: Mapping[FileFormat, Callable[[Iterable[Section], Path], None]] = {
    FileFormat.DOCX: write_docx,
    FileFormat.PDF: write_pdf,
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


def forge_disclosure(
    ledger: Ledger,
    style: HouseStyle,
    file_format: FileFormat,
    path: Path,
    plant: Iterable[Contradiction] = (),
) -> ForgedDisclosure:
    """Write a ledger as a published document.

    Args:
        ledger: The books.
        style: How they are printed.
        file_format: Kind of file.
        path: Where the file goes; the folder must exist.
        plant: Contradictions to put in; the truth then holds what is printed.

    Raises:
        UnprintableLedgerError: The style has no place for some of the ledger's money.
        NothingToPlantError: The document prints no number a contradiction could change.
    """
    forms = print_forms(ledger, style)
    altered: dict[str, str] = {}
    planted: list[Planted] = []
    for contradiction in plant:
        if isinstance(contradiction, FigureContradiction):
            forms, done = plant_in_forms(contradiction, forms, style)
        else:
            changes, done = _alter(contradiction, ledger, style)
            altered.update(changes)
        planted.append(done)
    narrative = write_narrative(ledger, style, altered)
    WRITERS[file_format](compose(ledger, style, forms, narrative), path)
    return ForgedDisclosure(
        path=path,
        figures=tuple(figure for form in forms for figure in form.figures),
        claims=narrative.claims,
        department=ledger.department.name,
        region_code=ledger.department.region_code,
        fiscal_year=ledger.fiscal_year,
        kind=DocumentKind.FINAL_ACCOUNTS,
        scope=ledger.department.scope,
        planted=tuple(planted),
        forms=forms,
    )


def _alter(
    contradiction: ClaimContradiction, ledger: Ledger, style: HouseStyle
) -> tuple[dict[str, str], Planted]:
    return alter_claim(contradiction, write_narrative(ledger, style))
