"""The whole story of one document or of one figure.

Knows how to find what a person means by a few characters. Does not know how it is shown.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.checks import Check, checks_of_document, checks_of_figure
from pipelines.exploring.documents import DocumentState, NothingFoundError, find_documents
from pipelines.exploring.marts import select_all

SHORTEST_FIGURE_PREFIX = 6

FIGURES = """
    select
        figures.figure_id, figures.document_id, figures.file_name,
        figures.title, figures.header_path, figures.row_path,
        forms.form as table_form, forms.resolved_by as table_resolved_by, forms.resolution,
        figures.form, figures.section, figures.row_code, figures.row_label, figures.line,
        figures.measure, figures.resolved_by,
        figures.amount_text, figures.amount_yuan, figures.printed_unit,
        figures.page, figures.bbox_x0, figures.bbox_top, figures.bbox_x1, figures.bbox_bottom,
        figures.cell_path, figures.status
    from marts.fct_disclosed_figures as figures
    inner join staging.forms as forms
        on figures.document_id = forms.document_id and figures.table_index = forms.table_index
    where starts_with(figures.figure_id, lower(?))
    order by figures.figure_id
"""

FORMS = """
    with

    figures as (
        select
            table_index,
            count(*) as figure_count,
            count(*) filter (where measure <> '') as named_count,
            count(*) filter (where status = 'proven') as proven_count,
            count(*) filter (where status = 'disputed') as disputed_count
        from marts.fct_disclosed_figures
        where document_id = $1
        group by table_index
    )

    select
        forms.form,
        forms.resolved_by,
        forms.resolution,
        forms.title,
        forms.printed_unit,
        forms.empty_statement,
        forms.page,
        coalesce(figures.figure_count, 0) as figure_count,
        coalesce(figures.named_count, 0) as named_count,
        coalesce(figures.proven_count, 0) as proven_count,
        coalesce(figures.disputed_count, 0) as disputed_count
    from staging.forms as forms
    left join figures on forms.table_index = figures.table_index
    where forms.document_id = $1
    order by forms.table_index
"""

UNUSED = """
    select reason, form, printed, detail, page, cell_path
    from staging.rejections
    where document_id = ?
    order by page, cell_path, printed
"""


class AmbiguousError(ExplainedError):
    """What was asked for fits several things."""


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
    status: str


@dataclass(frozen=True, slots=True)
class FormState:
    """A table that a document prints, and how far its figures are named and proven."""

    form: str
    resolved_by: str
    resolution: str
    title: str
    printed_unit: str
    empty_statement: str
    page: int | None
    figure_count: int
    named_count: int
    proven_count: int
    disputed_count: int


@dataclass(frozen=True, slots=True)
class UnusedPrint:
    """Something printed that did not become a figure or a claim, and why."""

    reason: str
    form: str
    printed: str
    detail: str
    page: int | None
    cell_path: str | None


@dataclass(frozen=True, slots=True)
class DocumentExplanation:
    """What a document prints and what its identities say about it.

    Attributes:
        document: The document.
        forms: Its tables in printed order.
        tiers: How many identity checks ended in each tier, soft violations apart.
        failing: The checks that do not hold.
        unused: What was printed and could not be used.
    """

    document: DocumentState
    forms: tuple[FormState, ...]
    tiers: Counter[str]
    failing: tuple[Check, ...]
    unused: tuple[UnusedPrint, ...]


@dataclass(frozen=True, slots=True)
class FigureExplanation:
    """Where a figure is printed and every identity check it takes part in."""

    figure: FigureRow
    checks: tuple[Check, ...]


def explain(
    connection: duckdb.DuckDBPyConnection, wanted: str
) -> DocumentExplanation | FigureExplanation:
    """Explain the document or figure that the given text means.

    Args:
        connection: A warehouse with marts.
        wanted: The beginning of a figure id or of a document id, or part of a file name.

    Raises:
        NothingFoundError: Nothing fits.
        AmbiguousError: Several documents or figures fit.
    """
    if figure := _find_figure(connection, wanted):
        checks = checks_of_figure(connection, figure.document_id, figure.figure_id)
        return FigureExplanation(figure, tuple(checks))
    document = _find_document(connection, wanted)
    checks = checks_of_document(connection, document.document_id)
    return DocumentExplanation(
        document=document,
        forms=tuple(select_all(connection, FormState, FORMS, [document.document_id])),
        tiers=Counter(check.verdict for check in checks),
        failing=tuple(check for check in checks if check.is_failed),
        unused=tuple(select_all(connection, UnusedPrint, UNUSED, [document.document_id])),
    )


def _find_figure(connection: duckdb.DuckDBPyConnection, wanted: str) -> FigureRow | None:
    """The figure whose id begins like this, None where none does or the text is too short."""
    if len(wanted) < SHORTEST_FIGURE_PREFIX:
        return None
    found = select_all(connection, FigureRow, FIGURES, [wanted])
    if len(found) > 1:
        listed = ", ".join(figure.figure_id for figure in found)
        message = f"{wanted!r} begins the ids of {len(found)} figures: {listed}"
        raise AmbiguousError(message)
    return found[0] if found else None


def _find_document(connection: duckdb.DuckDBPyConnection, wanted: str) -> DocumentState:
    try:
        found = find_documents(connection, wanted)
    except NothingFoundError:
        message = (
            f"no document or figure like {wanted!r}: give part of a file name, or the first "
            "characters of a document id ('juesuan status') or figure id "
            "(marts.fct_disclosed_figures)"
        )
        raise NothingFoundError(message) from None
    exact = [document for document in found if document.file_name == wanted]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    listed = "".join(f"\n  {each.document_id}  {each.file_name}" for each in found)
    message = f"{wanted!r} fits {len(found)} documents; name one by its id:{listed}"
    raise AmbiguousError(message)
