"""The identity checks of a document, a figure or a statement, each with what it binds together.

Knows ``marts.fct_identity_checks``, the terms it stores and what is printed of them. Does not
evaluate anything.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.marts import select_rows

CHECKS = """
    select
        check_id,
        document_id,
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
"""
FAILING_TERMS = """
    select check_id, document_id, terms
    from marts.fct_identity_checks
"""
IN_ORDER = " order by identity_id, scope_key"
VERDICTS = """
    select verdict, count(*) as check_count
    from marts.fct_identity_checks
    where document_id = ?
    group by verdict
"""
# The few checks that fail tell their document, and the checks of a document are found faster than
# one among all: ids are as random as can be.
FAILING_DOCUMENT = "select document_id from marts.fct_discrepancies where check_id = ?"
# Of how many documents rows are picked out one by one faster than all are looked at. The condition
# of documents comes first: their ids are few in each part of a table, and those of figures are not.
FEW = 200
DEPARTMENT = """
    with

    own as (
        select document_id, department_id
        from marts.dim_documents
        where list_contains($documents, document_id)
    )

    select document_id from own
    union
    select others.document_id
    from marts.dim_documents as others
    semi join own on others.department_id = own.department_id
"""
# What identities call what they bind, and what is printed.
FIGURE_NAMES = """
    select
        figure_id as key,
        false as is_statement,
        document_id,
        coalesce(nullif(form, ''), title) as form,
        coalesce(nullif(row_code, ''), row_label) as row,
        row_label,
        coalesce(nullif(measure, ''), header_path) as measure,
        amount_text as printed,
        printed_unit as unit,
        amount_yuan,
        page,
        coalesce(cell_path, '') as cell_path
    from marts.fct_disclosed_figures
"""
CLAIM_NAMES = """
    select
        claim_id as key,
        true as is_statement,
        document_id,
        identity_form as form,
        identity_row as row,
        coalesce(item_label, '') as row_label,
        identity_measure as measure,
        value_text as printed,
        unit,
        value as amount_yuan,
        page,
        coalesce(cell_path, '') as cell_path
    from marts.fct_narrative_claims
"""


@dataclass(frozen=True, slots=True)
class Term:
    """One amount or statement in an identity.

    Attributes:
        side: ``left`` or ``right``.
        sign: 1 where it is added, -1 where it is subtracted.
        figure_id: The figure or the claim.
        is_statement: Whether it is a claim of the prose.
        document_id: The document that prints it; another part of a publication, or the document of
            another year, may.
        form: The form it is printed in; part and topic of a claim.
        row: Code or label of its row; what a claim is of.
        row_label: Label of its row as printed; the thing's own name of a claim, '' without one.
        measure: Its measure.
        printed: The number as printed.
        unit: Its unit as printed, '' where nothing says it.
        amount_yuan: What it stands for: yuan where it is money, else as printed; None where words
            are stated.
        page: The page it is printed on, from 1, None where the format has none.
        cell_path: The path to where it is printed, '' in a PDF.
    """

    side: str
    sign: int
    figure_id: str
    is_statement: bool = False
    document_id: str = ""
    form: str = ""
    row: str = ""
    measure: str = ""
    printed: str = ""
    unit: str = ""
    amount_yuan: Decimal | None = None
    page: int | None = None
    cell_path: str = ""
    row_label: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One evaluation of an identity.

    Attributes:
        check_id: Its key.
        document_id: The document it was evaluated in.
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

    check_id: str
    document_id: str
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


def failing_checks(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Check]:
    """The checks of a document that do not hold, by identity."""
    query = CHECKS + " where document_id = ? and is_failed" + IN_ORDER
    return _checks(connection, select_rows(connection, query, [document_id]))


def count_verdicts(connection: duckdb.DuckDBPyConnection, document_id: str) -> Counter[str]:
    """How many checks of a document ended in each verdict."""
    counted = select_rows(connection, VERDICTS, [document_id])
    return Counter({row["verdict"]: row["check_count"] for row in counted})


def checks_of_figure(
    connection: duckdb.DuckDBPyConnection, document_id: str, figure_id: str
) -> list[Check]:
    """Every check that a figure or statement takes part in, by identity.

    The prose of another part of its publication is held against it, too, and so are the documents
    of the same department of other years.
    """
    documents = _department(connection, [document_id])
    binding = (
        " where list_contains(?, document_id)"
        " and list_contains([term.figure_id for term in terms], ?)"
    )
    query = CHECKS + binding + IN_ORDER
    return _checks(connection, select_rows(connection, query, [documents, figure_id]))


def find_check(connection: duckdb.DuckDBPyConnection, check_id: str) -> Check | None:
    """The check of an id, None where there is none."""
    failing = select_rows(connection, FAILING_DOCUMENT, [check_id])
    if failing:
        query = f"with own as materialized ({CHECKS} where document_id = ?) "
        query += "select * from own where check_id = ?"
        found = select_rows(connection, query, [failing[0]["document_id"], check_id])
    else:
        found = select_rows(connection, CHECKS + " where check_id = ?", [check_id])
    return next(iter(_checks(connection, found)), None)


def terms_of_checks(
    connection: duckdb.DuckDBPyConnection, checks: Mapping[str, str]
) -> dict[str, tuple[Term, ...]]:
    """The terms of checks that fail, by the keys of the checks.

    Args:
        connection: A warehouse with marts.
        checks: The documents of the checks, by their keys.
    """
    documents = sorted(set(checks.values()))
    if len(documents) <= FEW:
        query = FAILING_TERMS + " where list_contains(?, document_id) and is_failed"
        failing = select_rows(connection, query, [documents])
    else:
        failing = select_rows(connection, FAILING_TERMS + " where is_failed")
    rows = [row for row in failing if row["check_id"] in checks]
    named = _names(connection, rows)
    return {row["check_id"]: tuple(_term(term, named) for term in row["terms"]) for row in rows}


def _checks(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> list[Check]:
    """The checks with their terms called by name."""
    named = _names(connection, rows)
    return [
        Check(**row | {"terms": tuple(_term(term, named) for term in row["terms"])}) for row in rows
    ]


def _department(connection: duckdb.DuckDBPyConnection, documents: list[str]) -> list[str]:
    """Documents, and all others of the same departments: parts of a publication are of one."""
    found = select_rows(connection, DEPARTMENT, {"documents": documents})
    return [row["document_id"] for row in found]


def _names(
    connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What is printed of the terms, by their ids."""
    missing = {term["figure_id"] for row in rows for term in row["terms"]}
    named: dict[str, dict[str, Any]] = {}
    if not missing:
        return named
    documents = _department(connection, sorted({row["document_id"] for row in rows}))
    # What the document of a unit prints is looked for among all.
    for chosen in ({"documents": documents}, {}):
        for names in (FIGURE_NAMES, CLAIM_NAMES):
            if missing:
                found = _among(connection, names, {"keys": sorted(missing), **chosen})
                named |= found
                missing -= found.keys()
    return named


def _among(
    connection: duckdb.DuckDBPyConnection, names: str, chosen: Mapping[str, list[str]]
) -> dict[str, dict[str, Any]]:
    """What is printed of chosen keys, in chosen documents where any are."""
    are_few = all(len(values) <= FEW for values in chosen.values())
    among = "list_contains(${0}, {1})" if are_few else "{1} in (select unnest(${0}))"
    conditions = [
        among.format(name, column)
        for name, column in (("documents", "document_id"), ("keys", "key"))
        if name in chosen
    ]
    query = f"{names} where {' and '.join(conditions)}"
    return {row.pop("key"): row for row in select_rows(connection, query, chosen)}


def _term(stored: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Term:
    return Term(
        side=stored["side"],
        sign=int(stored["sign"]),
        figure_id=stored["figure_id"],
        **named.get(stored["figure_id"], {}),
    )
