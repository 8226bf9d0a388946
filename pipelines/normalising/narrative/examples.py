"""What a few sentences are read as, in one line a claim: for doctests and for trying things out."""

from pipelines.domain.disclosure import Claim, DocumentKind, Reading
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.sections import place_in_sections


def said(
    heading: str,
    *sentences: str,
    kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS,
    fiscal_year: int = 2023,
) -> list[str]:
    """The claims of paragraphs under a heading; a question mark behind the ambiguous ones."""
    texts = (f"一、{heading}情况说明", *sentences)
    paragraphs = [Paragraph(text, Place()) for text in texts]
    claims = read_prose(list(place_in_sections(paragraphs)), kind, fiscal_year).claims
    return [_in_words(claim) for claim in claims]


def _in_words(claim: Claim) -> str:
    doubt = "?" if claim.reading is Reading.AMBIGUOUS else ""
    words = (claim.subject, claim.kind.value, claim.value_text, claim.base, doubt)
    head, *rest = words
    return " ".join([head, *(word for word in rest if word)])
