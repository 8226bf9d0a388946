"""What is wrong in the documents themselves, as values or as JSON.

Knows ``marts.fct_discrepancies``. Does not judge: dbt has done so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

import duckdb

from pipelines.exploring.checks import Term, terms_of_checks
from pipelines.exploring.documents import find_documents
from pipelines.exploring.marts import select_all

DISCREPANCIES = """
    select
        check_id, document_id, file_name, department_name, fiscal_year,
        identity_id, scope_key, identity_ids, check_count, evidence, level, tier, attribution,
        formula, meaning_en, meaning_zh, relation,
        left_yuan, right_yuan, difference_yuan, unit,
        place, printed_left, printed_right, sentence,
        fault_number, is_located, culprits, accepted_reason, reason
    from marts.fct_discrepancies
"""
IN_ORDER = " order by level desc, file_name, identity_id, scope_key"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One identity that a document fails: the columns of ``fct_discrepancies``.

    Attributes:
        check_id: Key of the check.
        document_id: The document.
        file_name: Its file.
        department_name: Whose document it is.
        fiscal_year: Of which year, None where it does not say.
        identity_id: The identity that fails.
        scope_key: The row, code or measure it was evaluated on.
        identity_ids: All identities that fail on the very same figures.
        check_count: How many checks that are.
        evidence: ``forms``, ``narrative`` or ``cross_document``.
        level: ``violation``, ``info`` where the identity may have exceptions, or ``accepted``.
        tier: How badly it fails.
        attribution: Whether the print or our reading is to blame, as far as known.
        formula: The identity as a formula.
        meaning_en: What it means.
        meaning_zh: The same in Chinese.
        relation: How the sides should relate, such as ``=``.
        left_yuan: Left side.
        right_yuan: Right side.
        difference_yuan: Left minus right.
        unit: What the sides are in: yuan, or what a statement counts.
        place: Pages or Word paths where the amounts are printed.
        printed_left: The amounts of the left side as printed.
        printed_right: The amounts of the right side as printed, without zeros.
        sentence: The sentences it speaks of, '' where it speaks of forms.
        fault_number: Discrepancies of a document with the same number have one cause.
        is_located: Whether a single explanation is the likeliest.
        culprits: The likeliest culprits as printed, with what they should read.
        accepted_reason: Why, by whom and when it was accepted, '' where it was not.
        reason: What else there is to say.
    """

    check_id: str
    document_id: str
    file_name: str
    department_name: str
    fiscal_year: int | None
    identity_id: str
    scope_key: str
    identity_ids: str
    check_count: int
    evidence: str
    level: str
    tier: str
    attribution: str | None
    formula: str
    meaning_en: str
    meaning_zh: str
    relation: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    unit: str
    place: str
    printed_left: str
    printed_right: str
    sentence: str
    fault_number: int | None
    is_located: bool
    culprits: str
    accepted_reason: str
    reason: str | None

    @property
    def is_violation(self) -> bool:
        """Whether the document contradicts itself, rather than merely looking unusual."""
        return self.level == "violation"

    @property
    def is_failed(self) -> bool:
        """A discrepancy is a check that does not hold."""
        return True


@dataclass(frozen=True, slots=True)
class BoundDiscrepancy(Discrepancy):
    """A discrepancy with the amounts and statements on both sides, none where it binds none."""

    terms: tuple[Term, ...]


def list_discrepancies(
    connection: duckdb.DuckDBPyConnection, document: str | None = None
) -> list[Discrepancy]:
    """Every discrepancy, violations first, then by file and identity.

    Args:
        connection: A warehouse with marts.
        document: Only those of the documents whose id begins with this or whose file name
            contains it; None for all.

    Raises:
        NothingFoundError: There is no such document.
    """
    if document is None:
        return select_all(connection, Discrepancy, DISCREPANCIES + IN_ORDER)
    wanted = [found.document_id for found in find_documents(connection, document)]
    chosen = " where list_contains(?, document_id)"
    return select_all(connection, Discrepancy, DISCREPANCIES + chosen + IN_ORDER, [wanted])


def with_terms(
    connection: duckdb.DuckDBPyConnection, discrepancies: Sequence[Discrepancy]
) -> list[BoundDiscrepancy]:
    """The same discrepancies with the amounts and statements on both sides."""
    checks = {each.check_id: each.document_id for each in discrepancies}
    terms = terms_of_checks(connection, checks)
    return [
        BoundDiscrepancy(
            **{field.name: getattr(each, field.name) for field in fields(Discrepancy)},
            terms=terms.get(each.check_id, ()),
        )
        for each in discrepancies
    ]


def failures_of_identity(
    connection: duckdb.DuckDBPyConnection, identity_id: str
) -> list[Discrepancy]:
    """Every place where an identity fails, by how much is at stake."""
    where = " where list_contains(string_split(identity_ids, ', '), ?)"
    order = " order by level desc, abs(difference_yuan) desc nulls last, file_name, scope_key"
    return select_all(connection, Discrepancy, DISCREPANCIES + where + order, [identity_id])


def as_json(discrepancies: list[Discrepancy]) -> str:
    """The discrepancies as a JSON array; amounts are strings, because JSON numbers are floats."""
    return json.dumps([_plain(each) for each in discrepancies], ensure_ascii=False, indent=2)


def _plain(discrepancy: Discrepancy) -> dict[str, object]:
    return {
        field.name: format(value, "f") if isinstance(value, Decimal) else value
        for field in fields(Discrepancy)
        for value in [getattr(discrepancy, field.name)]
    }
