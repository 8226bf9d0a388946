"""How often an identity was evaluated, held and failed, year by year.

Knows ``marts.fct_identity_checks``. Does not evaluate anything.
"""

from dataclasses import dataclass

import duckdb

from pipelines.exploring.marts import select_all

RECORD = """
    with

    counted as (
        select
            document_id,
            count(*) filter (where is_held or is_failed) as evaluated_count,
            count(*) filter (where is_held) as held_count,
            count(*) filter (where is_failed) as failed_count
        from marts.fct_identity_checks
        where identity_id = ?
        group by document_id
    )

    select
        documents.fiscal_year,
        coalesce(documents.kind, '') as kind,
        cast(count(*) filter (where counted.evaluated_count > 0) as integer) as document_count,
        cast(sum(counted.evaluated_count) as integer) as evaluated_count,
        cast(sum(counted.held_count) as integer) as held_count,
        cast(sum(counted.failed_count) as integer) as failed_count
    from counted
    inner join marts.dim_documents as documents on counted.document_id = documents.document_id
    group by documents.fiscal_year, documents.kind
    order by documents.fiscal_year desc nulls last, kind desc
"""


@dataclass(frozen=True, slots=True)
class RecordOfYear:
    """An identity in the documents of one year and kind.

    Attributes:
        fiscal_year: The year, None where documents do not say it.
        kind: ``final_accounts`` or ``budget``, '' where documents do not say it.
        document_count: Documents in which it could be evaluated.
        evaluated_count: How often it was.
        held_count: How often it held.
        failed_count: How often it did not.
    """

    fiscal_year: int | None
    kind: str
    document_count: int
    evaluated_count: int
    held_count: int
    failed_count: int


def read_record(connection: duckdb.DuckDBPyConnection, identity_id: str) -> list[RecordOfYear]:
    """The latest year first; none where nothing was to be evaluated."""
    return select_all(connection, RecordOfYear, RECORD, [identity_id])
