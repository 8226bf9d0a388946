"""How much is read, named and proven: by fiscal year, and by night.

Knows ``marts.fct_document_quality`` and the history that builds leave behind. Gives counts; a share
is worked out of them and never rounded up.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.marts import select_rows
from pipelines.warehouse.connection import has_relation

BY_YEAR = """
    select
        documents.fiscal_year,
        null as built_at,
        count(*) as document_count,
        sum(quality.number_count) as number_count,
        sum(quality.accounted_count) as accounted_count,
        sum(quality.figure_count) as figure_count,
        sum(quality.named_count) as named_count,
        sum(quality.proven_count) as proven_count,
        sum(quality.disputed_count) as disputed_count,
        sum(quality.prose_number_count) as prose_number_count,
        sum(quality.prose_clear_count) as prose_clear_count,
        coalesce(sum(quality.violation_count) filter (where quality.is_counted), 0)
            as violation_count
    from marts.fct_document_quality as quality
    inner join marts.dim_documents as documents on quality.document_id = documents.document_id
    where not quality.is_template
    group by documents.fiscal_year
    order by documents.fiscal_year desc nulls last
"""
BY_BUILD = """
    select
        null as fiscal_year,
        built_at,
        document_count,
        number_count,
        accounted_count,
        figure_count,
        named_count,
        proven_count,
        disputed_count,
        prose_number_count,
        prose_clear_count,
        violation_count
    from staging.quality_history
    order by built_at desc
"""
PROOFS = """
    select
        coalesce(sum(proven_count), 0) as proven_count,
        coalesce(sum(round(proven_count * summed_ratio)), 0) as summed_count,
        coalesce(sum(round(proven_count * nil_ratio)), 0) as nil_count
    from marts.fct_document_quality
"""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the proofs of all figures rest on.

    Attributes:
        proven_count: Figures that are proven.
        summed_count: Those that at least one independent sum binds.
        nil_count: Nils that are held equal to nils only.
    """

    proven_count: int
    summed_count: int
    nil_count: int

    @property
    def copied_count(self) -> int:
        """Those that only equal their own copy."""
        return self.proven_count - self.summed_count - self.nil_count


@dataclass(frozen=True, slots=True)
class Quality:
    """How far some documents are read and proven.

    Attributes:
        fiscal_year: Of which year they are, None where they do not say, or where they are all.
        built_at: When they were built, in UTC; None where it is how they stand now.
        document_count: How many they are.
        number_count: Numbers printed in their tables, and amounts outside of them.
        accounted_count: Those that are a figure, a code, a label or furniture.
        figure_count: Figures.
        named_count: Figures of which is known what they measure.
        proven_count: Figures proven by identities.
        disputed_count: Figures in an identity that fails.
        prose_number_count: Numbers of their prose that state a value.
        prose_clear_count: Those that can be read in one way only.
        violation_count: Contradictions in those that facts count.
    """

    fiscal_year: int | None
    built_at: datetime | None
    document_count: int
    number_count: int
    accounted_count: int
    figure_count: int
    named_count: int
    proven_count: int
    disputed_count: int
    prose_number_count: int
    prose_clear_count: int
    violation_count: int

    @property
    def unchecked_count(self) -> int:
        """Figures in no identity that could be evaluated."""
        return self.figure_count - self.proven_count - self.disputed_count


def share_of(part: int, whole: int) -> Decimal | None:
    """A share in per cent, None of nothing.

    Examples:
        >>> share_of(1, 8), share_of(0, 0)
        (Decimal('12.5'), None)
    """
    return Decimal(part) * 100 / whole if whole else None


def quality_by_year(connection: duckdb.DuckDBPyConnection) -> list[Quality]:
    """How the documents of each fiscal year stand now, the latest year first."""
    return _qualities(connection, BY_YEAR)


def quality_by_build(connection: duckdb.DuckDBPyConnection) -> list[Quality]:
    """How all documents stood after each build, the latest first; none where no one noted it."""
    if not has_relation(connection, "staging", "quality_history"):
        return []
    return _qualities(connection, BY_BUILD)


def count_proofs(connection: duckdb.DuckDBPyConnection) -> Proofs:
    """Tell what the proofs of all figures rest on."""
    (row,) = select_rows(connection, PROOFS)
    return Proofs(**_counted(row))


def _qualities(connection: duckdb.DuckDBPyConnection, query: str) -> list[Quality]:
    return [Quality(**_counted(row)) for row in select_rows(connection, query)]


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    """Sums are wider than any count is."""
    return {name: int(value) if name.endswith("_count") else value for name, value in row.items()}
