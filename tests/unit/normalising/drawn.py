"""Documents drawn inline and taken through recognition and normalising.

Knows the way through the rooms. Does not know what any test expects.
"""

from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    DocumentKind,
    Identification,
    NarrativeParagraph,
)
from pipelines.domain.document import Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.figures import FormContents, collect_forms
from pipelines.normalising.identification import identify
from pipelines.normalising.narrative.claims import find_claims
from pipelines.normalising.narrative.sections import place_in_sections
from pipelines.normalising.regions import load_divisions
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.forms import Recognition, recognise_forms
from tests.paths import REFERENCE_DIR
from tests.unit.recognising.grids import document, grid

CATALOGUE = load_catalogue()
FINAL_FORM = ("支出决算表", "单位：万元")
BUDGET_FORM = ("支出预算总表", "单位：元")


def expenditure_table(body: str = "合计 | < | 100.00 | 60.00 | 40.00") -> Table:
    """The table of the expenditure form, with its usual header."""
    return grid(
        f"""
        项目 | < | 本年支出合计 | 基本支出 | 项目支出
        科目编码 | 科目名称 | ^ | ^ | ^
        {body}
        """
    )


def recognised(*blocks: str | Table) -> Recognition:
    """What a document of these blocks is recognised as."""
    return recognise_forms(document(*blocks), CATALOGUE)


def collected(*blocks: str | Table) -> FormContents:
    """What the forms of a document of these blocks yield."""
    return collect_forms(recognised(*blocks).forms, CATALOGUE)


def identified(*lines: str, form: tuple[str, ...] = FINAL_FORM) -> Identification:
    """Whose document it is that begins with these lines and prints one form."""
    recognition = recognised(*lines, *form, expenditure_table())
    return identify(recognition.forms, recognition.paragraphs, load_divisions(REFERENCE_DIR))


def paragraphs(*texts: str) -> list[NarrativeParagraph]:
    """A narrative's paragraphs with the headings above them."""
    printed = [
        Paragraph(text, Place(path=f"body/p[{number}]"))
        for number, text in enumerate(texts, start=1)
    ]
    return list(place_in_sections(printed))


def stated(
    *texts: str,
    kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS,
    fiscal_year: int | None = 2023,
) -> tuple[Claim, ...]:
    """Every claim of a narrative of these paragraphs."""
    return find_claims(paragraphs(*texts), kind, fiscal_year)


def claims(*texts: str) -> dict[str, Claim]:
    """What a narrative of these paragraphs claims, by subject."""
    found: dict[str, Claim] = {}
    for claim in stated(*texts):
        name = claim.subject.rpartition(".")[0]
        found.setdefault(f"{name}_share" if claim.kind == ClaimKind.SHARE else name, claim)
    return found
