"""Who comes first: who spent more than was budgeted, who grew fastest, what is newest.

Knows which marts tell it. Counts disclosures that facts count, and nothing that is not printed.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.answers.slices import EVERYTHING, Slice
from pipelines.exploring.answers.traced import Traced, traced
from pipelines.exploring.marts import select_all, select_rows

OVERSPENT = """
    select
        bodies.body_id,
        bodies.body_name as name,
        bodies.region_name,
        expenses.document_id,
        expenses.fiscal_year,
        expenses.scope,
        expenses.item,
        expenses.budget_yuan as before_value,
        expenses.budget_figure_id as before_figure_id,
        expenses.budget_claim_id as before_claim_id,
        expenses.budget_status as before_status,
        expenses.actual_yuan as after_value,
        expenses.actual_figure_id as after_figure_id,
        expenses.actual_claim_id as after_claim_id,
        expenses.actual_status as after_status
    from marts.fct_three_public_expenses as expenses
    inner join marts.dim_bodies as bodies using (body_id)
    where
        expenses.kind = 'final_accounts'
        and expenses.actual_yuan > expenses.budget_yuan
        and ($year is null or expenses.fiscal_year = $year)
        and ($item is null or expenses.item = $item)
    order by
        expenses.actual_yuan - expenses.budget_yuan desc, expenses.fiscal_year desc, body_id, item
"""
GROWTH = """
    with

    spent as (
        select
            facts.document_id,
            facts.body_id,
            facts.scope,
            facts.fiscal_year,
            facts.amount_yuan,
            facts.figure_id,
            facts.claim_id,
            facts.status
        from marts.fct_expenditure_by_function as facts
        where
            facts.kind = 'final_accounts'
            and facts.basis = 'all_funds'
            and facts.component = 'total'
            and facts.level = 'total'
    )

    select
        bodies.body_id,
        bodies.body_name as name,
        bodies.region_name,
        later.document_id,
        later.fiscal_year,
        later.scope,
        'expenditure' as item,
        former.amount_yuan as before_value,
        former.figure_id as before_figure_id,
        former.claim_id as before_claim_id,
        former.status as before_status,
        later.amount_yuan as after_value,
        later.figure_id as after_figure_id,
        later.claim_id as after_claim_id,
        later.status as after_status
    from spent as later
    inner join spent as former
        on
            later.body_id = former.body_id
            and later.fiscal_year = former.fiscal_year + 1
    inner join marts.dim_bodies as bodies on later.body_id = bodies.body_id
    where
        former.amount_yuan > 0
        and later.amount_yuan > former.amount_yuan
        and ($year is null or later.fiscal_year = $year)
    order by later.amount_yuan / former.amount_yuan desc, later.fiscal_year desc, body_id
"""
NEWEST = """
    select
        documents.document_id,
        documents.file_name,
        coalesce(documents.body_id, '') as body_id,
        documents.department_name as name,
        coalesce(documents.region_name, '') as region_name,
        documents.fiscal_year,
        coalesce(documents.kind, '') as kind,
        documents.scope,
        documents.published_date,
        staged.loaded_at,
        quality.figure_count,
        quality.proven_count,
        quality.disputed_count
    from marts.dim_documents as documents
    inner join marts.fct_document_quality as quality
        on documents.document_id = quality.document_id
    inner join staging.documents as staged on documents.document_id = staged.document_id
    where not documents.is_template and ($year is null or documents.fiscal_year = $year)
    order by
        coalesce(documents.published_date, documents.first_seen_at, staged.loaded_at) desc,
        documents.file_name
"""


@dataclass(frozen=True, slots=True)
class Risen:
    """An amount that is more than what it is held against.

    Attributes:
        body_id: Whose it is.
        name: The name of that body.
        region_name: Its region, '' where unknown.
        document_id: The disclosure.
        fiscal_year: Of which year.
        scope: ``department`` or ``unit``.
        item: The 三公 item, or ``expenditure``.
        before: The budget, or the year before.
        after: What was spent.
    """

    body_id: str
    name: str
    region_name: str
    document_id: str
    fiscal_year: int
    scope: str
    item: str
    before: Traced
    after: Traced

    @property
    def rise(self) -> Decimal:
        """How much more it is."""
        return (self.after.value or Decimal()) - (self.before.value or Decimal())

    @property
    def growth(self) -> Decimal | None:
        """The same in per cent of what was before; None where that was nothing."""
        return self.rise * 100 / self.before.value if self.before.value else None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document and when it came.

    Attributes:
        document_id: The document.
        file_name: Its file.
        body_id: Whose it is, '' where it does not say.
        name: The name of that body, likewise.
        region_name: Its region, '' where unknown.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
        scope: ``department`` or ``unit``.
        published_date: When it was published, None where nobody knows.
        loaded_at: When it was read, in UTC.
        figure_count: Figures in its tables.
        proven_count: Those that are proven.
        disputed_count: Those in an identity that fails.
    """

    document_id: str
    file_name: str
    body_id: str
    name: str
    region_name: str
    fiscal_year: int | None
    kind: str
    scope: str
    published_date: datetime | None
    loaded_at: datetime
    figure_count: int
    proven_count: int
    disputed_count: int


def overspent(
    connection: duckdb.DuckDBPyConnection,
    wanted: Slice = EVERYTHING,
    *,
    year: int | None = None,
    item: str | None = "total",
) -> list[Risen]:
    """三公 expenses that are more than their budget, the furthest beyond it first.

    Args:
        connection: A warehouse with marts.
        wanted: Which part of the list.
        year: Only of this year.
        item: Only of this item, None for all.
    """
    parameters = {"year": year, "item": item}
    return [_risen(row) for row in select_rows(connection, OVERSPENT + wanted.clause, parameters)]


def fastest_growing(
    connection: duckdb.DuckDBPyConnection, wanted: Slice = EVERYTHING, *, year: int | None = None
) -> list[Risen]:
    """Bodies that spent more than the year before, by how many times as much."""
    return [_risen(row) for row in select_rows(connection, GROWTH + wanted.clause, {"year": year})]


def newest_documents(
    connection: duckdb.DuckDBPyConnection, wanted: Slice = EVERYTHING, *, year: int | None = None
) -> list[NewDocument]:
    """Documents, the latest published first; by when they were read where nobody knows that."""
    return select_all(connection, NewDocument, NEWEST + wanted.clause, {"year": year})


def _risen(row: dict[str, Any]) -> Risen:
    return Risen(
        body_id=row["body_id"],
        name=row["name"],
        region_name=row["region_name"] or "",
        document_id=row["document_id"],
        fiscal_year=row["fiscal_year"],
        scope=row["scope"],
        item=row["item"],
        before=traced(row, "before_"),
        after=traced(row, "after_"),
    )
