"""The identity checks of a document or a figure, each with the amounts it binds together.

Knows ``marts.fct_identity_checks`` and the terms it stores. Does not evaluate anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.marts import select_rows

CHECKS = """
    select
        identity_id,
        coalesce(scope_key, '') as scope_key,
        evidence,
        relation,
        severity,
        tier,
        verdict,
        is_failed,
        coalesce(attribution, '') as attribution,
        left_yuan,
        right_yuan,
        difference_yuan,
        coalesce(unit, '') as unit,
        coalesce(reason, '') as reason,
        terms
    from marts.fct_identity_checks
    where document_id = ?
"""
PARTS = """
    select parts.document_id as part_id
    from marts.dim_documents as parts
    inner join marts.dim_documents as own on parts.disclosure_id = own.disclosure_id
    where own.document_id = $1 and parts.document_id <> own.document_id
"""
IN_ORDER = " order by identity_id, scope_key"
# What identities call what they bind, and what is printed.
NAMES = """
    select
        figure_id,
        coalesce(nullif(form, ''), title) as form,
        coalesce(nullif(row_code, ''), row_label) as row,
        coalesce(nullif(measure, ''), header_path) as measure,
        amount_text as printed
    from marts.fct_disclosed_figures
    where figure_id in (select unnest($figures))
    union all
    select
        claim_id,
        part || '.' || topic,
        concat_ws(' ', item, nullif(item_label, ''), nullif(group_label, '')),
        case
            when kind in ('change', 'growth') then concat_ws('_', kind, nullif(base, ''))
            when kind in ('amount', 'count', 'score', 'none') then role
            else role || '_' || kind
        end,
        value_text || unit
    from marts.fct_narrative_claims
    where claim_id in (select unnest($figures))
"""


@dataclass(frozen=True, slots=True)
class Term:
    """One amount in an identity.

    Attributes:
        side: ``left`` or ``right``.
        sign: 1 where it is added, -1 where it is subtracted.
        figure_id: The figure or the claim.
        form: The form it is printed in.
        row: Code or label of its row.
        measure: Its measure.
        printed: The number as printed.
    """

    side: str
    sign: int
    figure_id: str
    form: str
    row: str
    measure: str
    printed: str


@dataclass(frozen=True, slots=True)
class Check:
    """One evaluation of an identity.

    Attributes:
        identity_id: The identity.
        scope_key: The row, code or measure it was evaluated on.
        evidence: Where its amounts come from: ``forms``, ``narrative``, ``cross_document``.
        relation: How the sides should relate, such as ``=``.
        severity: ``hard``, or ``soft`` where the identity may have exceptions.
        tier: How it ended.
        verdict: The tier, with a violation that may be an exception told apart.
        is_failed: Whether the identity was evaluated and does not hold.
        attribution: What a violation is put down to, '' where there is none.
        left_yuan: Left side, None where it was not evaluated.
        right_yuan: Right side, None where it was not evaluated.
        difference_yuan: Left minus right, None where it was not evaluated.
        unit: What the sides are in: ``yuan``, ``%``, ``count`` or '' where nothing is compared.
        reason: Why it was not evaluated, '' where it was.
        terms: The amounts on both sides.
    """

    identity_id: str
    scope_key: str
    evidence: str
    relation: str
    severity: str
    tier: str
    verdict: str
    is_failed: bool
    attribution: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    unit: str
    reason: str
    terms: tuple[Term, ...]


def checks_of_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Check]:
    """Every check of a document, by identity."""
    return _checks(connection, select_rows(connection, CHECKS + IN_ORDER, [document_id]))


def checks_of_figure(
    connection: duckdb.DuckDBPyConnection, document_id: str, figure_id: str
) -> list[Check]:
    """Every check that a figure takes part in, by identity.

    The prose of another part of its publication is held against it, too.
    """
    documents = [
        document_id,
        *(str(row["part_id"]) for row in select_rows(connection, PARTS, [document_id])),
    ]
    with_figure = " and list_contains([term.figure_id for term in terms], ?)"
    query = CHECKS.replace("document_id = ?", "list_contains(?, document_id)")
    query += with_figure + IN_ORDER
    return _checks(connection, select_rows(connection, query, [documents, figure_id]))


def _checks(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> list[Check]:
    """The checks with their terms called by name."""
    bound = sorted({term["figure_id"] for row in rows for term in row["terms"]})
    named = select_rows(connection, NAMES, {"figures": bound}) if bound else []
    names = {name["figure_id"]: name for name in named}
    return [
        Check(**row | {"terms": tuple(_term(term, names) for term in row["terms"])}) for row in rows
    ]


def _term(stored: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]]) -> Term:
    name = names.get(stored["figure_id"], {})
    return Term(
        side=stored["side"],
        sign=int(stored["sign"]),
        figure_id=stored["figure_id"],
        **{part: name.get(part) or "" for part in ("form", "row", "measure", "printed")},
    )
