"""Finds documents by what a person remembers of them, and says how far each is proven.

Knows ``marts.dim_documents`` and counts over the figures and checks of a document. Does not
know single figures.
"""

from dataclasses import dataclass

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.marts import select_all

DOCUMENT_STATES = """
    with

    figures as (
        select
            document_id,
            count(*) as figure_count,
            count(*) filter (where status = 'proven') as proven_count,
            count(*) filter (where status = 'disputed') as disputed_count,
            count(distinct form) as form_count
        from marts.fct_disclosed_figures
        group by document_id
    ),

    discrepancies as (
        select document_id, count(*) as discrepancy_count
        from marts.fct_discrepancies
        group by document_id
    )

    select
        documents.document_id,
        documents.file_name,
        documents.department_name,
        coalesce(documents.region_name, '') as region_name,
        documents.fiscal_year,
        coalesce(documents.kind, '') as kind,
        documents.scope,
        documents.is_quarantined,
        coalesce(figures.form_count, 0) as form_count,
        coalesce(figures.figure_count, 0) as figure_count,
        coalesce(figures.proven_count, 0) as proven_count,
        coalesce(figures.disputed_count, 0) as disputed_count,
        coalesce(discrepancies.discrepancy_count, 0) as discrepancy_count
    from marts.dim_documents as documents
    left join figures on documents.document_id = figures.document_id
    left join discrepancies on documents.document_id = discrepancies.document_id
"""
IN_ORDER = " order by documents.file_name, documents.document_id"


class NothingFoundError(ExplainedError):
    """Nothing in the warehouse answers to what was asked for."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document and how far its figures are proven.

    Attributes:
        document_id: First 16 hex digits of its sha256.
        file_name: The file it was read from.
        department_name: Whose it is, '' where it does not say.
        region_name: Where that is, '' where unknown.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
        scope: ``department`` or ``unit``.
        is_quarantined: Whether its figures are kept out of the facts.
        form_count: Standard forms that print a figure.
        figure_count: Printed figures.
        proven_count: Figures proven by identities.
        disputed_count: Figures in an identity that fails.
        discrepancy_count: Identities that fail.
    """

    document_id: str
    file_name: str
    department_name: str
    region_name: str
    fiscal_year: int | None
    kind: str
    scope: str
    is_quarantined: bool
    form_count: int
    figure_count: int
    proven_count: int
    disputed_count: int
    discrepancy_count: int

    @property
    def unchecked_count(self) -> int:
        """Figures in no identity that could be evaluated."""
        return self.figure_count - self.proven_count - self.disputed_count


def list_documents(connection: duckdb.DuckDBPyConnection) -> list[DocumentState]:
    """Every document in the warehouse, by file name."""
    return select_all(connection, DocumentState, DOCUMENT_STATES + IN_ORDER)


def find_documents(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[DocumentState]:
    """The documents whose id begins with the given text or whose file name contains it.

    Raises:
        NothingFoundError: There is none.
    """
    condition = (
        " where starts_with(documents.document_id, lower(?))"
        " or contains(lower(documents.file_name), lower(?))"
    )
    query = DOCUMENT_STATES + condition + IN_ORDER
    found = select_all(connection, DocumentState, query, [wanted, wanted])
    if not found:
        message = f"no document with an id or file name like {wanted!r}: 'juesuan status' lists all"
        raise NothingFoundError(message)
    return found
