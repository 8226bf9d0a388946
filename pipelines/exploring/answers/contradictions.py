"""What is wrong in the documents themselves, the worst first.

Knows ``marts.fct_discrepancies`` and the terms of the checks behind it. Does not judge: dbt has.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.answers.slices import EVERYTHING, Slice
from pipelines.exploring.answers.suspects import Suspect, suspects_in
from pipelines.exploring.answers.traced import Traced, traced
from pipelines.exploring.discrepancies import BY_WEIGHT
from pipelines.exploring.marts import select_rows

CONTRADICTIONS = f"""
    select
        found.check_id,
        found.document_id,
        found.file_name,
        coalesce(documents.body_id, '') as body_id,
        found.department_name as name,
        documents.scope,
        coalesce(documents.region_name, '') as region_name,
        found.fiscal_year,
        coalesce(documents.kind, '') as kind,
        found.identity_id,
        found.scope_key,
        found.check_count,
        found.level,
        found.meaning_en,
        found.meaning_zh,
        found.unit,
        found.left_yuan as left_value,
        found.left_figure_id,
        found.left_claim_id,
        found.right_yuan as right_value,
        found.right_figure_id,
        found.right_claim_id,
        found.difference_yuan,
        found.fault_number,
        found.sentence
    from marts.fct_discrepancies as found
    inner join marts.dim_documents as documents on found.document_id = documents.document_id
    where
        ($region is null or starts_with(coalesce(documents.region_code, ''), $region))
        and ($year is null or found.fiscal_year = $year)
        and ($kind is null or documents.kind = $kind)
        and ($identity is null or list_contains(string_split(found.identity_ids, ', '), $identity))
        and ($level is null or found.level = $level)
        and ($body is null or documents.body_id = $body)
        and ($document is null or found.document_id = $document)
        and (found.is_counted or not $is_counted)
    qualify
        not $is_each_fault_once
        or row_number() over (
            partition by found.document_id, coalesce(found.fault_number::varchar, found.check_id)
            order by {BY_WEIGHT}
        ) = 1
    order by {BY_WEIGHT}
"""  # noqa: S608 - a constant
IDENTITIES = """
    select identity_id, any_value(meaning_en) as meaning_en, any_value(meaning_zh) as meaning_zh
    from marts.fct_discrepancies
    group by identity_id
    order by identity_id
"""
COUNTS = """
    select level, cast(count(*) as integer) as number
    from marts.fct_discrepancies as found
    inner join marts.dim_documents as documents on found.document_id = documents.document_id
    where documents.body_id = ? and found.is_counted
    group by level
"""
UNCOUNTED = """
    select cast(count(*) as integer) as number
    from marts.fct_discrepancies
    where level = 'violation' and not is_counted
"""
# The digits of a region's code that its parts share with it.
SHARED_DIGITS = {"province": 2, "prefecture": 4, "county": 6}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which contradictions are wanted; what is None narrows nothing.

    Attributes:
        region: Beginning of the region's code.
        year: Fiscal year.
        kind: ``final_accounts`` or ``budget``.
        identity: The identity that fails, or one of those that fail on the same figures.
        level: ``violation``, ``info`` or ``accepted``.
        body: Key of whose document it is.
        document: Key of the document.
        is_counted: Only of documents that facts count, which repeats nothing of further editions.
        is_each_fault_once: Of those that one error explains only the one of the largest amount.
    """

    region: str | None = None
    year: int | None = None
    kind: str | None = None
    identity: str | None = None
    level: str | None = None
    body: str | None = None
    document: str | None = None
    is_counted: bool = False
    is_each_fault_once: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An identity that a document fails.

    Attributes:
        check_id: The check.
        document_id: The document.
        file_name: Its file.
        body_id: Whose it is, '' where it does not say.
        name: The name of that body.
        scope: ``department`` or ``unit``.
        region_name: Its region, '' where unknown.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
        identity_id: The identity.
        scope_key: The row, code or measure it was evaluated on.
        check_count: How many checks fail on the very same figures.
        level: ``violation``, ``info`` where there may be a reason, or ``accepted``.
        meaning_en: What should hold.
        meaning_zh: The same in Chinese.
        unit: What the sides are in: ``yuan``, or what a statement counts.
        left: The left side; no value where nothing is printed for it.
        right: The right side, likewise.
        difference: Left minus right.
        culprits: The figures that are likeliest to be wrong; none where several explanations are
            as likely.
        sentence: The sentences it speaks of, '' where it speaks of forms.
    """

    check_id: str
    document_id: str
    file_name: str
    body_id: str
    name: str
    scope: str
    region_name: str
    fiscal_year: int | None
    kind: str
    identity_id: str
    scope_key: str
    check_count: int
    level: str
    meaning_en: str
    meaning_zh: str
    unit: str
    left: Traced
    right: Traced
    difference: Decimal | None
    culprits: tuple[Suspect, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class FailingIdentity:
    """An identity that some document fails."""

    identity_id: str
    meaning_en: str
    meaning_zh: str


TOLD = {each.name for each in fields(Contradiction)}


def list_contradictions(
    connection: duckdb.DuckDBPyConnection,
    wanted: Slice = EVERYTHING,
    narrowing: Narrowing | None = None,
) -> list[Contradiction]:
    """Contradictions first, then oddities, what weighs most first.

    Args:
        connection: A warehouse with marts.
        wanted: Which part of the list.
        narrowing: Only these.
    """
    narrowed = narrowing or Narrowing()
    parameters = {
        "region": narrowed.region,
        "year": narrowed.year,
        "kind": narrowed.kind,
        "identity": narrowed.identity,
        "level": narrowed.level,
        "body": narrowed.body,
        "document": narrowed.document,
        "is_counted": narrowed.is_counted,
        "is_each_fault_once": narrowed.is_each_fault_once,
    }
    rows = select_rows(connection, CONTRADICTIONS + wanted.clause, parameters)
    if not rows:
        return []
    culprits = _culprits(connection, {row["document_id"] for row in rows})
    return [_contradiction(row, culprits) for row in rows]


def failing_identities(connection: duckdb.DuckDBPyConnection) -> list[FailingIdentity]:
    """The identities that some document fails, by name."""
    return [FailingIdentity(**row) for row in select_rows(connection, IDENTITIES)]


def count_contradictions(connection: duckdb.DuckDBPyConnection, body_id: str) -> dict[str, int]:
    """How many there are of each level in those documents of a body that facts count."""
    return {row["level"]: row["number"] for row in select_rows(connection, COUNTS, [body_id])}


def count_uncounted(connection: duckdb.DuckDBPyConnection) -> int:
    """How many contradictions stand in further editions and other documents no fact counts."""
    return int(select_rows(connection, UNCOUNTED)[0]["number"])


def _culprits(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str]
) -> dict[tuple[str, int], tuple[Suspect, ...]]:
    """The likeliest culprits of each fault of some documents, where nothing else is as likely."""
    found: dict[tuple[str, int], tuple[Suspect, ...]] = {}
    for suspect in suspects_in(connection, documents):
        if suspect.is_located:
            fault = suspect.document_id, suspect.fault_number
            found[fault] = (*found.get(fault, ()), suspect)
    return found


def _contradiction(
    row: dict[str, Any], culprits: Mapping[tuple[str, int], tuple[Suspect, ...]]
) -> Contradiction:
    # What the sides count where it is no money; a number without a unit is a count.
    unit = "" if row["unit"] == "yuan" else row["unit"] or "count"
    told = {name: value for name, value in row.items() if name in TOLD}
    return Contradiction(
        **told,
        left=replace(traced(row, "left_"), unit=unit),
        right=replace(traced(row, "right_"), unit=unit),
        difference=row["difference_yuan"],
        culprits=culprits.get((row["document_id"], row["fault_number"]), ()),
    )
