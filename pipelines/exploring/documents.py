"""Finds documents by what a person remembers of them, and says how far each is proven.

Knows ``marts.dim_documents`` and ``marts.fct_document_quality``. Does not know single figures.
"""

from dataclasses import dataclass

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.marts import select_all

DOCUMENT_STATES = """
    select
        documents.document_id,
        documents.file_name,
        documents.department_name,
        coalesce(documents.region_name, '') as region_name,
        documents.fiscal_year,
        coalesce(documents.kind, '') as kind,
        documents.scope,
        documents.is_preferred,
        documents.is_quarantined,
        quality.found_form_count as form_count,
        quality.figure_count,
        quality.proven_count,
        quality.unchecked_count,
        quality.disputed_count,
        quality.violation_count,
        quality.number_count,
        quality.accounted_count
    from marts.dim_documents as documents
    inner join marts.fct_document_quality as quality
        on documents.document_id = quality.document_id
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
        is_preferred: Whether facts take this document, where several disclose the same.
        is_quarantined: Whether its figures are kept out of the facts.
        form_count: Standard forms found in it.
        figure_count: Printed figures.
        proven_count: Figures proven by identities.
        unchecked_count: Figures in no identity that could be evaluated.
        disputed_count: Figures in an identity that fails.
        violation_count: Identities that fail beyond any rounding and must not.
        number_count: Numbers printed in the grids of its forms.
        accounted_count: Those of them that are a figure, a code, furniture or rejected by name.
    """

    document_id: str
    file_name: str
    department_name: str
    region_name: str
    fiscal_year: int | None
    kind: str
    scope: str
    is_preferred: bool
    is_quarantined: bool
    form_count: int
    figure_count: int
    proven_count: int
    unchecked_count: int
    disputed_count: int
    violation_count: int
    number_count: int
    accounted_count: int


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
