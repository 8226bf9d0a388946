"""Fills a warehouse's staging with clones of the documents of another.

Knows which columns of the staging tables say which document, figure, claim or department a row is
of. Does not know what the rows mean, nor what is built from them.

A clone is one source document under a number: its identifiers are other ones of the same length
and as random, its department's name ends in the number or is one that the clone names. All clones
of one number are of the same new departments, so that years of one department stay together. Prose
keeps its words, places in it stay true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.warehouse.schema import apply_staging_schema

ID_LENGTH = 16
# One row for each document that a row is of; the others are of a run, a build or the catalogue.
OWNER = "document_id"
# What builds remember of themselves: nothing of a clone was built.
OF_BUILDS = {"builds", "built_documents", "quality_history"}
IDENTIFIERS = {
    "document_id",
    "superseded_by_document_id",
    "figure_id",
    "claim_id",
    "whole_claim_id",
}
FILE_NAMES = {"file_name", "file_path", "url", "referrer"}
NAMED = {"department_name", "entity_text", "evidence"}
CLONES = """
    create temp table clones (
        position bigint, document_id varchar, n bigint, department_name varchar, region_code varchar
    )
"""
STAGING_COLUMNS = """
    select table_name, list(column_name order by column_index)
    from duckdb_columns()
    semi join duckdb_tables() using (database_name, schema_name, table_name) -- no views
    where database_name = current_database() and schema_name = 'staging'
    group by table_name
    order by table_name
"""


@dataclass(frozen=True, slots=True)
class Clone:
    """One source document under one number.

    Attributes:
        department_name: Whose it becomes; where None, the name in the source with the number.
        region_code: Where that department is; where None, where it is in the source.
    """

    document_id: str
    number: int
    department_name: str | None = None
    region_code: str | None = None


def clones(document_ids: Sequence[str], count: int, first_number: int = 0) -> list[Clone]:
    """So many clones, in rounds of all documents; the last round may be a short one.

    Examples:
        >>> [(clone.document_id, clone.number) for clone in clones(["a", "b"], 3, 7)]
        [('a', 7), ('b', 7), ('a', 8)]
    """
    return [
        Clone(
            document_ids[position % len(document_ids)], first_number + position // len(document_ids)
        )
        for position in range(count)
    ]


def cloneable_documents(source: Path) -> list[str]:
    """The documents that can be built without their file, shuffled, always in the same order.

    PDFs that do contradict something are read a second time, and clones have no file to read.
    """
    with duckdb.connect(str(source), read_only=True) as connection:
        rows = connection.execute(
            """
            select document_id
            from staging.documents
            where
                file_kind <> 'pdf'
                or document_id not in (select document_id from staging.audited_documents)
            order by md5(document_id)
            """
        ).fetchall()
    return [document_id for (document_id,) in rows]


def add_clones(source: Path, target: Path, wanted: Sequence[Clone]) -> None:
    """Stage clones of a warehouse's documents in another, which need not exist yet.

    Raises:
        duckdb.Error: The target is open elsewhere, or has other staging tables.
    """
    with duckdb.connect(str(target)) as connection:
        apply_staging_schema(connection)
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute(CLONES)
        connection.execute(
            "insert into clones "
            "select unnest(range(len($1))), unnest($1), unnest($2), unnest($3), unnest($4)",
            [
                [clone.document_id for clone in wanted],
                [clone.number for clone in wanted],
                [clone.department_name for clone in wanted],
                [clone.region_code for clone in wanted],
            ],
        )
        for table, columns in connection.execute(STAGING_COLUMNS).fetchall():
            if statement := insert_statement(table, columns):
                connection.execute(statement)
        connection.execute("detach source")


def insert_statement(table: str, columns: Sequence[str]) -> str:
    """The statement that clones one table's rows, '' where they belong to no document."""
    if table in OF_BUILDS:
        return ""
    if OWNER in columns:
        owned = f"rows.{OWNER} = clones.document_id"
    elif table == "files":
        owned = f"left(rows.sha256, {ID_LENGTH}) = clones.document_id"
    else:
        return ""
    chosen = ", ".join(f"{_cloned(column)} as {column}" for column in columns)
    return f"""
        insert into staging.{table} by name
        select {chosen}
        from clones
        inner join source.staging.{table} as rows on {owned}
        inner join source.staging.documents as documents
            on clones.document_id = documents.document_id
        order by clones.position, rows.rowid
    """


def _cloned(column: str) -> str:
    """What a column holds in a clone; '' and null stay what they are."""
    printed = f"rows.{column}"
    if column in IDENTIFIERS:
        return f"if({printed} = '', '', left(md5({printed} || '-' || clones.n), {ID_LENGTH}))"
    if column == "sha256":
        identifier = f"left(md5(left({printed}, {ID_LENGTH}) || '-' || clones.n), {ID_LENGTH})"
        return f"{identifier} || left(sha256({printed} || clones.n), 64 - {ID_LENGTH})"
    if column in FILE_NAMES:
        return f"if({printed} = '', '', clones.n || '-' || {_renamed(printed)})"
    if column in NAMED:
        return _renamed(printed)
    if column == "region_code":
        return f"coalesce(clones.{column}, {printed})"
    return printed


def _renamed(printed: str) -> str:
    """A text with the new department's name where it has the old one."""
    name = "documents.department_name"
    new_name = f"coalesce(clones.department_name, {name} || clones.n)"
    return f"if({name} = '', {printed}, replace({printed}, {name}, {new_name}))"
