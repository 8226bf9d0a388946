"""Where a document comes from: whose it is, where it was published, whether facts take it.

Knows ``marts.dim_documents``. Does not know how well it was read: see ``documents``.
"""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from pipelines.domain.messages import Text, marked
from pipelines.exploring.documents import NothingFoundError
from pipelines.exploring.marts import select_all

PUBLICATIONS = """
    select
        document_id,
        file_name,
        coalesce(file_path, '') as file_path,
        file_kind,
        page_count,
        coalesce(body_id, '') as body_id,
        department_name as name,
        coalesce(region_code, '') as region_code,
        coalesce(region_name, '') as region_name,
        fiscal_year,
        coalesce(kind, '') as kind,
        scope,
        is_preferred,
        preferred_document_id,
        is_quarantined,
        is_identified,
        is_template,
        is_counted,
        sha256,
        coalesce(url, '') as url,
        coalesce(announcement_title, '') as announcement_title,
        published_date,
        first_seen_at,
        superseded_by_document_id
    from marts.dim_documents
    where document_id = ?
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """A document and where it comes from.

    Attributes:
        document_id: The document.
        file_name: Its file.
        file_path: Where that lies below the raw directory, '' where it has gone.
        file_kind: Its format, as ``FileKind`` has it.
        page_count: Its pages, None where the format has none.
        body_id: Whose it is, '' where it does not say.
        name: The name of that body, '' where it does not say.
        region_code: Its region, '' where unknown.
        region_name: The name of that region.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
        scope: ``department`` or ``unit``.
        is_preferred: Whether facts take this document, where several disclose the same.
        preferred_document_id: The one that they take, None where none is.
        is_quarantined: Whether its figures are kept out of the facts.
        is_identified: Whether it says whose it is and of which year.
        is_template: Whether it is a blank template, nobody's disclosure.
        is_counted: Whether facts take its figures.
        sha256: Digest of the file.
        url: Where it was fetched, '' where it was handed in.
        announcement_title: What it was announced as, '' where it was not.
        published_date: When, as its site says.
        first_seen_at: When it was first fetched, in UTC.
        superseded_by_document_id: What its address holds by now, None where it is still this.
    """

    document_id: str
    file_name: str
    file_path: str
    file_kind: str
    page_count: int | None
    body_id: str
    name: str
    region_code: str
    region_name: str
    fiscal_year: int | None
    kind: str
    scope: str
    is_preferred: bool
    preferred_document_id: str | None
    is_quarantined: bool
    is_identified: bool
    is_template: bool
    is_counted: bool
    sha256: str
    url: str
    announcement_title: str
    published_date: date | None
    first_seen_at: datetime | None
    superseded_by_document_id: str | None


def find_publication(connection: duckdb.DuckDBPyConnection, document_id: str) -> Publication:
    """The document of an id.

    Raises:
        NothingFoundError: There is none.
    """
    found = select_all(connection, Publication, PUBLICATIONS, [document_id])
    if not found:
        raise NothingFoundError(
            "no {sort} has the id {key!r}", sort=Text(marked("document")), key=document_id
        )
    return found[0]
