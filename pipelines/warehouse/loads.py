"""Writes staged documents into the warehouse, many at once; writing one again replaces it.

Knows which staging tables are of documents. Does not know what is in them, nor what dbt makes of
it.
"""

from collections.abc import Iterable, Sequence

import duckdb

from pipelines.domain.disclosure import Disclosure
from pipelines.warehouse.rows import insert_arrow
from pipelines.warehouse.staged_documents import DOCUMENT_TABLES, StagedDocument, stage
from pipelines.warehouse.transactions import transaction

# What is known of documents that contradict themselves, and of numbers that were in doubt.
LOCATION_TABLES = ("second_readings", "error_locations", "audited_documents")
REPAIR_TABLES = ("cell_repairs", "repaired_documents")
# What auditing found out about a reading, which is forgotten together with it.
AUDIT_TABLES = (*LOCATION_TABLES, *REPAIR_TABLES)


def replace_document(
    connection: duckdb.DuckDBPyConnection, disclosure: Disclosure, reader_version: str
) -> None:
    """Store a disclosure in place of whatever is stored for the same document.

    Args:
        connection: The warehouse, outside any transaction.
        disclosure: What the document discloses.
        reader_version: The version that read it.

    Raises:
        UnstorableValueError: An amount cannot be stored exactly; nothing was changed.
    """
    staged = stage(disclosure, reader_version)
    with transaction(connection):
        write_documents(connection, [staged])


def write_documents(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[StagedDocument]
) -> None:
    """Store documents in place of whatever is stored for them, in the caller's transaction.

    Args:
        connection: The warehouse.
        documents: Their rows, each of another document.
    """
    remove_documents(connection, [document.document_id for document in documents])
    for table in DOCUMENT_TABLES:
        parts = [document.tables[table] for document in documents if table in document.tables]
        insert_arrow(connection, f"staging.{table}", parts)


def forget_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> None:
    """Remove a document and everything read from it; one that is not stored is fine."""
    with transaction(connection):
        remove_documents(connection, [document_id])


def remove_documents(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Do what ``forget_document`` does, inside a transaction of the caller's."""
    stored = connection.execute(
        "select document_id from staging.documents "
        "where document_id in (select unnest($documents))",
        {"documents": list(document_ids)},
    ).fetchall()
    # The other tables are large and not indexed: they are searched only when there is something.
    if not stored:
        return
    found = [document_id for (document_id,) in stored]
    delete_rows(connection, (*DOCUMENT_TABLES, *AUDIT_TABLES), found)


def delete_rows(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str], document_ids: Iterable[str]
) -> None:
    """Delete what staging tables hold of documents, inside a transaction of the caller's."""
    documents = {"documents": list(document_ids)}
    for table in tables:
        delete = f"delete from staging.{table} where document_id in (select unnest($documents))"  # noqa: S608
        connection.execute(delete, documents)


def loaded_documents(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The reader version of every document in the warehouse, by the sha256 of its content."""
    found = connection.execute("select sha256, reader_version from staging.documents")
    return dict(found.fetchall())
