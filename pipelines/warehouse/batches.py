"""Takes a batch of documents out of the warehouse to be built, and puts what was built back.

Knows that a batch is built in a database of its own, which holds the staging rows of its documents
and nothing else, and which schemas dbt builds there. Does not know how it is built.

A table that dbt builds is of documents, of departments, or of neither, by its columns: rows of the
first two are replaced for the documents and departments of the batch; the others (reference lists,
dimensions made of nothing else) are the same whatever is built, and are taken once.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import (
    MemoryBounds,
    attach_for_reading,
    open_for_writing,
    settle,
)
from pipelines.warehouse.due_documents import Batch, BuildVersion, mark_built, unmark_built
from pipelines.warehouse.loads import AUDIT_TABLES
from pipelines.warehouse.schema import apply_staging_schema
from pipelines.warehouse.staged_documents import DOCUMENT_TABLES
from pipelines.warehouse.transactions import transaction

# What a second database is attached as.
OTHER = "other"
# What the batch's database gives back; the intermediate results stay there and are thrown away.
REFERENCE = "reference"
KEPT_SCHEMAS = (REFERENCE, "marts", "audit")
# The table that says of which department each document is.
DOCUMENTS = "marts.dim_documents"
# With the views of the marts in Chinese, and what models of an earlier version left, when all of
# them were built in the warehouse itself.
DROPPED_SCHEMAS = (*KEPT_SCHEMAS, "分析", "intermediate")
LEFT_BEHIND_VIEWS = """
    select view_name from duckdb_views()
    where database_name = current_database() and schema_name = 'staging'
"""
BUILT_TABLES = """
    select
        tables.schema_name,
        tables.table_name,
        any_value(tables.sql) as definition,
        list(columns.column_name) as column_names
    from duckdb_tables() as tables
    inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
    where tables.database_name = $database and tables.schema_name = any($schemas)
    group by tables.schema_name, tables.table_name
    order by tables.schema_name, tables.table_name
"""
# Which departments a batch's documents are of, by what was built of them here and there.
DEPARTMENTS = """
    select department_id from {documents}
    where document_id in (select document_id from due_document_id) and department_id is not null
"""
BUILT_BEFORE = """
    select count(*)
    from staging.built_documents
    where document_id in (select document_id from due_document_id)
"""


@dataclass(frozen=True, slots=True)
class _Table:
    schema: str
    name: str
    definition: str
    columns: frozenset[str]

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def key(self) -> str | None:
        """The column that says what a row is of; None where it is of the whole warehouse."""
        return next((key for key in ("document_id", "department_id") if key in self.columns), None)


def fill_batch(warehouse: Warehouse, database: Path, batch: Batch, bounds: MemoryBounds) -> bool:
    """Write the staging rows of a batch's documents into a new database.

    With what concerns all of them: the form catalogue and the reference lists.

    Returns:
        Whether there were reference lists; the first batch of all has to load them.

    Raises:
        WarehouseError: One of them cannot be opened.
    """
    with open_for_writing(database, bounds) as connection, _attached(connection, warehouse):
        # Read once and thrown away: packing its rows well would be lost.
        connection.execute("set force_compression = 'uncompressed'")
        apply_staging_schema(connection)
        with transaction(connection):
            _keep_documents(connection, batch.staged)
            for staged in (*DOCUMENT_TABLES, *AUDIT_TABLES, "publications", "files"):
                key = "left(sha256, 16)" if staged == "files" else "document_id"
                connection.execute(
                    f"insert into staging.{staged} by name select * from {OTHER}.staging.{staged} "  # noqa: S608
                    f"where {key} in (select document_id from due_document_id)",
                )
            connection.execute(
                f"insert into staging.form_catalogue from {OTHER}.staging.form_catalogue"
            )
            connection.execute(f"create schema {REFERENCE}")
            lists = _tables(connection, (REFERENCE,), OTHER)
            for table in lists:
                connection.execute(table.definition)
                _insert(connection, table)
    return bool(lists)


def absorb_batch(
    warehouse: Warehouse, database: Path, batch: Batch, version: BuildVersion, bounds: MemoryBounds
) -> None:
    """Replace the rows of a batch's documents and departments by what was built of them.

    All in one transaction, with the note that they are built: a run killed before it has lost the
    batch, one killed after it has not.

    Args:
        warehouse: The database that the rows go to.
        database: The one that the batch was built in.
        batch: What was built.
        version: What it was built with.
        bounds: What it may take.

    Raises:
        WarehouseError: One of them cannot be opened.
    """
    with open_for_writing(warehouse, bounds) as connection, _attached(connection, database):
        settle(connection, partial(_absorb, connection, batch, version))


def forget_batch(warehouse: Warehouse, batch: Batch, bounds: MemoryBounds) -> None:
    """Remove the rows of a batch none of whose documents is staged any longer.

    Raises:
        WarehouseError: The file cannot be opened.
    """
    with open_for_writing(warehouse, bounds) as connection:
        settle(connection, partial(_forget, connection, batch))


def clear_built(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove everything that was built, so that all of it is built anew."""
    settle(connection, partial(drop_built, connection))


def drop_built(connection: duckdb.DuckDBPyConnection) -> None:
    """Do what ``clear_built`` does, inside a transaction of the caller's."""
    connection.execute("delete from staging.built_documents")
    for schema in DROPPED_SCHEMAS:
        connection.execute(f"drop schema if exists {schema} cascade")
    for (view,) in connection.execute(LEFT_BEHIND_VIEWS).fetchall():
        connection.execute(f"drop view staging.{view}")


def due_deletion(qualified: str, column: str) -> str:
    """The statement that deletes the rows whose keys are in the table ``due_`` and the column.

    By a set of keys that each row is looked up in: one pass over one column, however many keys.
    """
    return f"delete from {qualified} where {column} in (select {column} from due_{column})"  # noqa: S608


def _absorb(connection: duckdb.DuckDBPyConnection, batch: Batch, version: BuildVersion) -> None:
    """Take a batch over from the database that is attached."""
    present = {table.qualified: table for table in _tables(connection, KEPT_SCHEMAS)}
    built = {table.qualified: table for table in _tables(connection, KEPT_SCHEMAS, OTHER)}
    said = {DOCUMENTS: present, f"{OTHER}.{DOCUMENTS}": built}
    _name_keys(connection, batch, [each for each, tables in said.items() if DOCUMENTS in tables])
    # Of documents that were never built there is nothing to delete, and to look for it in large
    # tables takes time. A department may have lost its documents to another one.
    found = connection.execute(BUILT_BEFORE).fetchone()
    was_built = found is None or found[0] > 0
    for schema in KEPT_SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    for table in built.values():
        if table.qualified not in present:
            connection.execute(table.definition)
            _insert(connection, table)
        elif table.key is not None:
            if was_built or table.key == "department_id":
                connection.execute(due_deletion(table.qualified, table.key))
            _insert(connection, table)
    for name in AUDIT_TABLES:
        connection.execute(due_deletion(f"staging.{name}", "document_id"))
        connection.execute(
            f"insert into staging.{name} by name select * from {OTHER}.staging.{name}"  # noqa: S608
        )
    # As they were when the batch was filled: what was read meanwhile is due.
    mark_built(connection, version, batch, f"{OTHER}.staging")


def _forget(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Remove the rows of a batch."""
    tables = _tables(connection, KEPT_SCHEMAS)
    here = (DOCUMENTS,) if DOCUMENTS in {table.qualified for table in tables} else ()
    _name_keys(connection, batch, here)
    for table in tables:
        if table.key is not None:
            connection.execute(due_deletion(table.qualified, table.key))
    unmark_built(connection, batch)


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, database: Warehouse) -> Iterator[None]:
    """Another database under the name ``other``, for reading."""
    attach_for_reading(connection, database, OTHER)
    try:
        yield
    finally:
        connection.execute(f"detach {OTHER}")


def _tables(
    connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...], database: str | None = None
) -> list[_Table]:
    """The tables of some schemas, by name."""
    found = connection.execute("select current_database()").fetchone()
    name = database or (found[0] if found else "")
    parameters = {"database": name, "schemas": list(schemas)}
    return [
        _Table(schema, table, definition, frozenset(columns))
        for schema, table, definition, columns in connection.execute(
            BUILT_TABLES, parameters
        ).fetchall()
    ]


def _name_keys(
    connection: duckdb.DuckDBPyConnection, batch: Batch, documents: Iterable[str]
) -> None:
    """Keep the keys of a batch as temporary tables of the connection.

    Args:
        connection: The warehouse.
        batch: Whose documents they are.
        documents: The tables that say of which departments they are, and were.
    """
    _keep_documents(connection, batch.documents)
    departments = (DEPARTMENTS.format(documents=each) for each in documents)
    # A group that is a department may have lost its last document.
    connection.execute(
        "create or replace temporary table due_department_id as "
        + " union ".join(
            ("select unnest(cast($groups as varchar[])) as department_id", *departments)
        ),
        {"groups": list(batch.groups)},
    )


def _keep_documents(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    connection.execute(
        "create or replace temporary table due_document_id "
        "as select unnest(cast($keys as varchar[])) as document_id",
        {"keys": list(documents)},
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: _Table) -> None:
    # Rows of one document together: DuckDB passes over parts of a table whose least and greatest
    # key exclude the one that is asked for.
    order = f" order by {table.key}, rowid" if table.key else ""
    connection.execute(
        f"insert into {table.qualified} by name select * from {OTHER}.{table.qualified}{order}"  # noqa: S608
    )
