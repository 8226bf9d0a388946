"""Documents drawn inline and taken through recognition and normalising.

Knows the way through the rooms. Does not know what any test expects.
"""

from collections.abc import Iterable

from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    DocumentKind,
    Figure,
    NarrativeParagraph,
)
from pipelines.domain.document import Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.figures import TableContents, collect_tables
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.sections import place_in_sections
from pipelines.recognising.assembling import Assembly, assemble_tables
from pipelines.recognising.naming import Meaning, name_tables
from tests.unit.recognising.grids import document, grid


def expenditure_table(body: str = "合计 | < | 100.00 | 60.00 | 40.00") -> Table:
    """The table of the expenditure form, with its usual header."""
    return grid(
        f"""
        项目 | < | 本年支出合计 | 基本支出 | 项目支出
        科目编码 | 科目名称 | ^ | ^ | ^
        {body}
        """
    )


def assembled(*blocks: str | Table) -> Assembly:
    """The tables and paragraphs of a document of these blocks."""
    return assemble_tables(document(*blocks))


def meant(*blocks: str | Table) -> list[Meaning]:
    """What the tables of a document of these blocks mean."""
    assembly = assembled(*blocks)
    return name_tables(assembly.tables, assembly.paragraphs)


def collected(*blocks: str | Table) -> TableContents:
    """What the tables of a document of these blocks yield."""
    assembly = assembled(*blocks)
    meanings = name_tables(assembly.tables, assembly.paragraphs)
    return collect_tables(meanings, [paragraph.text for paragraph in assembly.paragraphs])


def named(contents: TableContents) -> list[Figure]:
    """The figures of which it is known what they measure."""
    return [figure for figure in contents.figures if figure.measure]


def unnamed(contents: TableContents) -> list[Figure]:
    """The figures that are kept although nobody knows what they measure."""
    return [figure for figure in contents.figures if not figure.measure]


def texts(figures: Iterable[Figure]) -> list[str]:
    """Figures as they are printed."""
    return [figure.text for figure in figures]


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
    return read_prose(paragraphs(*texts), kind, fiscal_year).claims


def claims(*texts: str) -> dict[str, Claim]:
    """What a narrative of these paragraphs claims, by subject."""
    found: dict[str, Claim] = {}
    for claim in stated(*texts):
        name = claim.subject.rpartition(".")[0]
        found.setdefault(f"{name}_share" if claim.kind == ClaimKind.SHARE else name, claim)
    return found
