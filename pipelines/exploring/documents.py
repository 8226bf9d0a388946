"""Finds documents by what a person remembers of them, and says how far each is proven.

Knows ``marts.dim_documents``, ``marts.fct_document_quality`` and which pages staging rejects. Does
not know single figures.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.marts import select_all, select_rows

DOCUMENT_STATES = """
    with

    unseen as (
        select
            document_id,
            count(*) filter (where reason = 'textless_page') as page_count,
            count(*) filter (where reason = 'cut_off' and regexp_matches(printed, '[0-9]'))
                as text_count
        from staging.rejections
        where reason in ('textless_page', 'cut_off')
        group by document_id
    )

    select
        documents.document_id,
        documents.file_name,
        coalesce(documents.file_path, '') as file_path,
        documents.department_name,
        coalesce(documents.region_name, '') as region_name,
        documents.fiscal_year,
        coalesce(documents.kind, '') as kind,
        documents.scope,
        documents.is_preferred,
        documents.is_quarantined,
        documents.is_identified,
        documents.is_template,
        documents.is_counted,
        quality.found_form_count as form_count,
        quality.table_count,
        quality.unnamed_table_count,
        quality.has_forms,
        quality.other_parts,
        quality.missing_forms_known,
        quality.missing_forms,
        quality.figure_count,
        quality.named_count,
        quality.proven_count,
        quality.unchecked_count,
        quality.disputed_count,
        quality.violation_count,
        quality.number_count,
        quality.accounted_count,
        quality.prose_number_count,
        quality.prose_clear_count,
        quality.prose_furniture_count,
        coalesce(unseen.page_count, 0) as picture_page_count,
        coalesce(unseen.text_count, 0) as cut_off_count
    from marts.dim_documents as documents
    inner join marts.fct_document_quality as quality
        on documents.document_id = quality.document_id
    left join unseen on documents.document_id = unseen.document_id
"""
IN_ORDER = " order by documents.file_name, documents.document_id"
KNOWN_BY = """
    select
        document_id,
        [body_id, department_id] as publishers,
        file_name,
        concat_ws(
            ' ', file_name, department_name, region_name, fiscal_year, announcement_title, kind
        ) as words
    from marts.dim_documents
    order by file_name, document_id
"""
# Two of ten thousand publishers share the first characters of their ids seldom enough.
SHORTEST_PUBLISHER_PREFIX = 6


class NothingFoundError(ExplainedError):
    """Nothing in the warehouse answers to what was asked for."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document and how far its figures are proven.

    Attributes:
        document_id: First 16 hex digits of its sha256.
        file_name: The file it was read from.
        file_path: Where that lies below the raw directory, '' where it has gone.
        department_name: Whose it is, '' where it does not say.
        region_name: Where that is, '' where unknown.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
        scope: ``department`` or ``unit``.
        is_preferred: Whether facts take this document, where several disclose the same.
        is_quarantined: Whether its figures are kept out of the facts.
        is_identified: Whether it says whose it is and of which year; else it counts in no fact.
        is_template: Whether it is a blank template, nobody's disclosure.
        is_counted: Whether facts count it.
        form_count: Forms of the catalogue found in it.
        table_count: Tables printed in it.
        unnamed_table_count: Those of them that print figures and have no form.
        has_forms: Whether it prints a form or a number in a table; if not, it is prose, and its
            forms are in another file, or pictures.
        other_parts: Files that are other parts of the same publication, '' where there are none.
        missing_forms_known: Whether no table is left that a missing form may be.
        missing_forms: Standard forms that it does not print, '' where none is missing or nobody
            knows.
        figure_count: Numbers printed in its tables.
        named_count: Those of them of which is known what they measure.
        proven_count: Figures proven by identities.
        unchecked_count: Figures in no identity that could be evaluated.
        disputed_count: Figures in an identity that fails.
        violation_count: Contradictions: sets of figures for which an identity that must hold fails.
        number_count: Numbers printed in its tables, and amounts outside of them.
        accounted_count: Those of them that are a figure, a code, a label or furniture.
        prose_number_count: Numbers of its prose that state a value.
        prose_clear_count: Those of them that can be read in one way only.
        prose_furniture_count: Numbers of its prose that state none: dates, ordinals and the like.
        picture_page_count: Pages that are pictures: nobody knows what they print.
        cut_off_count: Texts with a number beyond the edge of a page, which does not show them.
    """

    document_id: str
    file_name: str
    file_path: str
    department_name: str
    region_name: str
    fiscal_year: int | None
    kind: str
    scope: str
    is_preferred: bool
    is_quarantined: bool
    is_identified: bool
    is_template: bool
    is_counted: bool
    form_count: int
    table_count: int
    unnamed_table_count: int
    has_forms: bool
    other_parts: str
    missing_forms_known: bool
    missing_forms: str
    figure_count: int
    named_count: int
    proven_count: int
    unchecked_count: int
    disputed_count: int
    violation_count: int
    number_count: int
    accounted_count: int
    prose_number_count: int
    prose_clear_count: int
    prose_furniture_count: int
    picture_page_count: int
    cut_off_count: int


def list_documents(connection: duckdb.DuckDBPyConnection) -> list[DocumentState]:
    """Every document in the warehouse, by file name."""
    return select_all(connection, DocumentState, DOCUMENT_STATES + IN_ORDER)


def find_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> DocumentState | None:
    """The document of an id, None where there is none."""
    query = DOCUMENT_STATES + " where documents.document_id = ?"
    return next(iter(select_all(connection, DocumentState, query, [document_id])), None)


def find_documents(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[DocumentState]:
    """The documents that a person may mean, by file name: see ``match_documents``.

    Raises:
        NothingFoundError: There is none.
    """
    found = [key for key, _ in match_documents(connection, wanted)]
    if not found:
        raise NothingFoundError(
            "no document with an id or a name like {wanted!r}: 'juesuan status --all' lists all",
            wanted=wanted,
        )
    query = DOCUMENT_STATES + " where list_contains(?, documents.document_id)" + IN_ORDER
    return select_all(connection, DocumentState, query, [found])


def match_documents(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[tuple[str, str]]:
    """Ids and file names of the documents that a person may mean, by file name.

    Args:
        connection: A warehouse with marts.
        wanted: A whole file name or id, which then means nothing else; or the beginning of an id
            of a document, a body or a department; or words, in any order and width, all of which
            stand in its file name, its department's or region's name, its year or the title it
            was announced by.
    """
    known = select_rows(connection, KNOWN_BY)
    sought = folded(wanted)
    words = sought.split()
    exact = [row for row in known if sought in (row["document_id"], folded(row["file_name"]))]
    fitting = [
        row
        for row in known
        if words
        and (
            row["document_id"].startswith(sought)
            or _is_published_by(row["publishers"], sought)
            or all(word in folded(row["words"]) for word in words)
        )
    ]
    return [(row["document_id"], row["file_name"]) for row in exact or fitting]


def _is_published_by(publishers: Sequence[str | None], sought: str) -> bool:
    """Whether the id of a body or of its department begins like this."""
    return len(sought) >= SHORTEST_PUBLISHER_PREFIX and any(
        publisher is not None and publisher.startswith(sought) for publisher in publishers
    )


def folded(text: str) -> str:
    """A text as searches compare it: of one width and one case, without space around it.

    Examples:
        >>> folded(" ２０２３年 ＡＢＣ（决算） ")
        '2023年 abc(决算)'
    """
    return unicodedata.normalize("NFKC", text).casefold().strip()
