"""Stores where fetched documents were published, and which one took another's place.

Knows ``staging.publications``. Does not know how anything is fetched.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

import duckdb

from pipelines.acquiring.archives import INSIDE
from pipelines.acquiring.raw_store import STORE_NAME, StoredDocument, object_name
from pipelines.domain.file_record import FileRecord
from pipelines.warehouse.rows import insert_rows

COLUMNS = (
    "document_id",
    "site",
    "url",
    "referrer",
    "title",
    "published_date",
    "first_seen_at",
    "superseded_by_document_id",
)
Publication: TypeAlias = tuple[str, str, str, str, str, date | None, datetime, str]


def with_members(
    documents: Iterable[StoredDocument], records: Iterable[FileRecord]
) -> list[StoredDocument]:
    """Published documents, and the files in those of them that are archives, published likewise.

    Args:
        documents: What is in the raw store.
        records: What became of the files under the raw directory.
    """
    published = {document.sha256: document for document in documents}
    archives = {
        f"{STORE_NAME}/{object_name(each.sha256, each.extension)}": each
        for each in published.values()
    }
    for record in records:
        archive, inside, _ = record.file_path.partition(INSIDE)
        if inside and record.sha256 and archive in archives:
            member = replace(archives[archive], sha256=record.sha256)
            published.setdefault(record.sha256, member)
    return list(published.values())


def replace_publications(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[StoredDocument]
) -> None:
    """Make these the only publications, in the caller's transaction."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _publications(documents)]
    connection.execute("delete from staging.publications")
    insert_rows(connection, "staging.publications", rows)


def are_recorded(
    connection: duckdb.DuckDBPyConnection, documents: Iterable[StoredDocument]
) -> bool:
    """Whether exactly these publications are stored."""
    query = f"select {', '.join(COLUMNS)} from staging.publications"  # noqa: S608
    return set(connection.execute(query).fetchall()) == set(_publications(documents))


def _publications(documents: Iterable[StoredDocument]) -> list[Publication]:
    return [
        (
            document.sha256[:16],
            document.site,
            document.url,
            document.referrer,
            document.title,
            document.published,
            document.first_seen_at,
            document.superseded_by[:16],
        )
        for document in documents
    ]
