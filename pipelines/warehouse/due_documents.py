"""Tells which documents' marts have to be built, and cuts them into batches.

Knows ``staging.built_documents`` and on what the rows of a document in the marts depend: what is
staged of it, the files and publications that name it, what auditing found, the dbt project, and
the same of every other document of its department. Does not know how anything is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import duckdb

# A department is told from another as the models do it; what names none is a group by itself.
# Order-independent and computed where the rows are, however many there are. The versions stand in
# the text, because at the first bound value DuckDB imports pandas, which takes longer than a night
# without news should.
CURRENT = """
    with

    file_states as (
        select left(sha256, 16) as document_id, bit_xor(hash(file_path, status)) as state
        from {staging}.files
        group by left(sha256, 16)
    ),

    publication_states as (
        select document_id, bit_xor(hash(publications)) as state
        from {staging}.publications as publications
        group by document_id
    ),

    audit_states as (
        select document_id, bit_xor(hash(state, audited_at, '{version.audit}')) as state
        from {staging}.audited_documents
        group by document_id
    ),

    repair_states as (
        select document_id, bit_xor(hash(state, '{version.audit}')) as state
        from {staging}.repaired_documents
        group by document_id
    )

    select
        documents.document_id,
        -- Where a name leads to no region, its file's folder may lead to one of its namesakes'.
        case
            when documents.department_name = '' then documents.document_id
            when
                bool_or(documents.region_code = '')
                    over (partition by documents.department_name)
                then left(md5(documents.department_name), 16)
            else left(md5(documents.region_code || documents.department_name), 16)
        end as group_id,
        hash(
            documents.loaded_at,
            documents.reader_version,
            file_states.state,
            publication_states.state,
            audit_states.state,
            repair_states.state,
            '{version.project}'
        ) as state
    from {staging}.documents as documents
    left join file_states on documents.document_id = file_states.document_id
    left join publication_states on documents.document_id = publication_states.document_id
    left join audit_states on documents.document_id = audit_states.document_id
    left join repair_states on documents.document_id = repair_states.document_id
"""
# A document that moved to another department changes both.
DUE_GROUPS = """
    current as ({current}),

    differing as (
        select unnest([current.group_id, built.group_id]) as group_id
        from current
        full outer join staging.built_documents as built
            on current.document_id = built.document_id
        where
            current.state is distinct from built.state
            or current.group_id is distinct from built.group_id
    ),

    due_groups as (select distinct group_id from differing where group_id is not null)
"""
ANY_DUE = "with {due_groups} select count(*) from due_groups"
DUE = """
    with {due_groups},

    gone as (
        select built.group_id, built.document_id
        from staging.built_documents as built
        anti join staging.documents as documents on built.document_id = documents.document_id
    ),

    members as (
        select group_id, document_id, true as is_staged from current
        union all
        select group_id, document_id, false as is_staged from gone
    )

    select due_groups.group_id, members.document_id, members.is_staged
    from due_groups
    left join members on due_groups.group_id = members.group_id
    order by due_groups.group_id, members.document_id
"""
KEYS = "(select unnest($documents))"
MARK_BUILT = """
    insert into staging.built_documents
    select current.document_id, current.group_id, current.state
    from ({current}) as current
    where current.document_id in {keys}
"""


@dataclass(frozen=True, slots=True)
class BuildVersion:
    """What all documents' marts depend on beside the documents.

    Attributes:
        project: Digest of the dbt project and the program.
        audit: Version of what decides what an audit finds; concerns audited documents only.
    """

    project: str
    audit: str

    def __post_init__(self) -> None:
        """Refuse what is no digest, because they are written into queries."""
        if not (self.project.isalnum() and self.audit.isalnum()):
            message = f"versions are digests, not {self}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole departments whose marts are built together.

    Attributes:
        groups: What holds their documents together: departments, or documents that name none.
        staged: Their documents.
        gone: Documents that are staged no longer and whose rows have to leave the marts.
    """

    groups: tuple[str, ...]
    staged: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Every document whose rows the batch replaces."""
        return (*self.staged, *self.gone)


def has_due_documents(connection: duckdb.DuckDBPyConnection, version: BuildVersion) -> bool:
    """Whether a build would find anything to do."""
    found = connection.execute(ANY_DUE.format(due_groups=_due_groups(version))).fetchone()
    return found is not None and found[0] > 0


def due_batches(
    connection: duckdb.DuckDBPyConnection, version: BuildVersion, size: int
) -> list[Batch]:
    """Every document whose marts are not of its present state, with all of its department.

    Args:
        connection: The warehouse.
        version: What it is to be built with.
        size: How many documents a batch should have. A department is never cut, so that one of
            more documents is a larger batch by itself.
    """
    rows = connection.execute(DUE.format(due_groups=_due_groups(version))).fetchall()
    return list(_batches(rows, size))


def mark_built(
    connection: duckdb.DuckDBPyConnection, version: BuildVersion, batch: Batch, staging: str
) -> None:
    """Note that the marts hold a batch, in the caller's transaction.

    Args:
        connection: The warehouse.
        version: What it was built with.
        batch: What was built.
        staging: The staging schema that it was built from, of an attached database.
    """
    unmark_built(connection, batch)
    current = CURRENT.format(version=version, staging=staging)
    mark = MARK_BUILT.format(current=current, keys=KEYS)
    connection.execute(mark, {"documents": list(batch.staged)})


def unmark_built(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Note that the marts hold nothing of a batch, in the caller's transaction."""
    connection.execute(
        f"delete from staging.built_documents where document_id in {KEYS}",  # noqa: S608
        {"documents": list(batch.documents)},
    )


def _due_groups(version: BuildVersion) -> str:
    return DUE_GROUPS.format(current=CURRENT.format(version=version, staging="staging"))


def _batches(rows: list[tuple[str, str | None, bool]], size: int) -> Iterator[Batch]:
    groups: list[str] = []
    staged: list[str] = []
    gone: list[str] = []
    for group, members in groupby(rows, key=itemgetter(0)):
        found = [(document, is_staged) for _, document, is_staged in members if document]
        if groups and len(staged) + len(found) > size:
            yield Batch(tuple(groups), tuple(staged), tuple(gone))
            groups, staged, gone = [], [], []
        groups.append(group)
        staged += [document for document, is_staged in found if is_staged]
        gone += [document for document, is_staged in found if not is_staged]
    if groups:
        yield Batch(tuple(groups), tuple(staged), tuple(gone))
