"""What documents print, one by one: figures with their names, statements with their sentences.

Knows ``marts.fct_disclosed_figures`` and ``marts.fct_narrative_claims``, and what staging says of a
figure's table. Does not know which identities bind them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import duckdb

from pipelines.exploring.marts import select_all, select_rows

Box: TypeAlias = tuple[float, float, float, float]

FIGURES = """
    select
        figures.figure_id, figures.document_id, figures.file_name,
        figures.title, figures.header_path, figures.row_path,
        figures.form, figures.section, figures.row_code, figures.row_label, figures.line,
        figures.measure, figures.resolved_by,
        figures.amount_text, figures.amount_yuan, figures.printed_unit,
        figures.page, figures.bbox_x0, figures.bbox_top, figures.bbox_x1, figures.bbox_bottom,
        figures.cell_path, figures.table_index, figures.is_doubtful, figures.status,
        figures.proof, figures.is_contradicted_by_prose
    from marts.fct_disclosed_figures as figures
    where figures.figure_id = ?
"""
TABLES = """
    select form as table_form, resolved_by as table_resolved_by, resolution
    from staging.forms
    where document_id = ? and table_index = ?
"""
CLAIMS = """
    select
        claims.claim_id, claims.document_id, claims.file_name, claims.paragraph_index, claims.part,
        claims.section_path, claims.subject,
        claims.item_label, claims.group_label,
        claims.identity_form, claims.identity_row, claims.identity_measure,
        claims.kind, claims.value, claims.value_text, claims.unit, claims.direction, claims.base,
        claims.year, claims.comparison_year, claims.fund, claims.whole_claim_id,
        claims.sentence, claims.reading, claims.reading_note,
        claims.page, claims.bbox_x0, claims.bbox_top, claims.bbox_x1, claims.bbox_bottom,
        claims.cell_path, claims.status
    from marts.fct_narrative_claims as claims
    where claims.claim_id = ?
"""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A printed figure and how it got its name; the columns of ``fct_disclosed_figures``.

    Attributes:
        table_form: The form of its table, '' where none was found.
        table_resolved_by: What gave the table its form.
        resolution: The witnesses that decided, or why there is no form.
        form: The same form, '' where nothing says what the figure measures.
        resolved_by: What gave it its measure.
        amount_yuan: None where it counts no money, or nothing says the unit.
        table_index: Which of its document's tables it stands in, from 0.
        is_doubtful: Whether it was not read for certain, so that its text is a guess.
        proof: How many independent sums prove it, 0 where it equals a copy only or is a nil among
            nils; None where it is not proven.
        is_contradicted_by_prose: Whether the prose states something else.
    """

    figure_id: str
    document_id: str
    file_name: str
    title: str
    header_path: str
    row_path: str
    table_form: str
    table_resolved_by: str
    resolution: str
    form: str
    section: str
    row_code: str
    row_label: str
    line: str
    measure: str
    resolved_by: str
    amount_text: str
    amount_yuan: Decimal | None
    printed_unit: str
    page: int | None
    bbox_x0: float | None
    bbox_top: float | None
    bbox_x1: float | None
    bbox_bottom: float | None
    cell_path: str | None
    table_index: int
    status: str
    is_doubtful: bool = False
    proof: int | None = None
    is_contradicted_by_prose: bool = False

    @property
    def box(self) -> Box | None:
        """Where it is on its page, in points; None where the format has no pages."""
        return box_of(self.bbox_x0, self.bbox_top, self.bbox_x1, self.bbox_bottom)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A value that prose states; columns of ``fct_narrative_claims``.

    Attributes:
        part: Part of the document, such as ``narrative``.
        section_path: Headings above the sentence, outermost first.
        subject: What the value is of: topic, item and role; '' only where the reading is ambiguous.
        item_label: The thing's own name as printed, '' where the subject says it all.
        group_label: What the thing is part of as printed, '' where that is not said.
        identity_form: What identities call the place of the statement: part and topic.
        identity_row: What they call the thing it is of.
        identity_measure: What they call the value.
        kind: Sort of value, such as ``amount`` or ``growth``.
        value: In yuan where it is money, else as printed; None where words are stated.
        direction: ``increase``, ``decrease``, ``equal`` or ''.
        base: What a share is of, or what a change is compared with; '' where there is none.
        year: The year it is said to be of, None where that is not said.
        comparison_year: The year it is compared with, None where that is not said.
        fund: Whose money it is said to be, '' where that is not said.
        whole_claim_id: The claim it is said to be a part of, None where it is of none.
        reading: ``clear``, or ``ambiguous`` where it can be read in several ways or in none.
        reading_note: Why it is ambiguous.
    """

    claim_id: str
    document_id: str
    file_name: str
    paragraph_index: int
    part: str
    section_path: list[str]
    subject: str
    item_label: str
    group_label: str
    identity_form: str
    identity_row: str
    identity_measure: str
    kind: str
    value: Decimal | None
    value_text: str
    unit: str
    direction: str
    base: str
    year: int | None
    comparison_year: int | None
    fund: str
    whole_claim_id: str | None
    sentence: str
    reading: str
    reading_note: str
    page: int | None
    bbox_x0: float | None
    bbox_top: float | None
    bbox_x1: float | None
    bbox_bottom: float | None
    cell_path: str | None
    status: str

    @property
    def box(self) -> Box | None:
        """Where it is on its page, in points; None where the format has no pages."""
        return box_of(self.bbox_x0, self.bbox_top, self.bbox_x1, self.bbox_bottom)


def box_of(
    left: float | None, top: float | None, right: float | None, bottom: float | None
) -> Box | None:
    """Four edges as a box, None where one of them is not known."""
    if left is None or top is None or right is None or bottom is None:
        return None
    return left, top, right, bottom


def find_figure(connection: duckdb.DuckDBPyConnection, figure_id: str) -> FigureRow | None:
    """The figure of an id, None where there is none."""
    for figure in select_rows(connection, FIGURES, [figure_id]):
        place = [figure["document_id"], figure["table_index"]]
        (table,) = select_rows(connection, TABLES, place)
        return FigureRow(**figure, **table)
    return None


def find_claim(connection: duckdb.DuckDBPyConnection, claim_id: str) -> ClaimRow | None:
    """The statement of an id, None where there is none."""
    return next(iter(select_all(connection, ClaimRow, CLAIMS, [claim_id])), None)
