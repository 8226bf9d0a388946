"""What is wrong in the documents themselves, as values or as JSON.

Knows ``marts.fct_discrepancies``. Does not judge: dbt has done so.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

import duckdb

from pipelines.exploring.answers.suspects import Suspect, suspects_in
from pipelines.exploring.checks import Term, terms_of_checks
from pipelines.exploring.documents import find_documents
from pipelines.exploring.marts import select_all

DISCREPANCIES = """
    select
        check_id, document_id, file_name, department_name, fiscal_year, is_counted,
        identity_id, scope_key, identity_ids, check_count, evidence, level, tier, attribution,
        severity, formula, meaning_en, meaning_zh, relation,
        left_yuan, right_yuan, difference_yuan, unit,
        place, printed_left, printed_right, sentence,
        fault_number, is_located, culprits, accepted_reason, reason
    from marts.fct_discrepancies as found
"""
# How many explanations are told of what several explain equally well.
SOLUTIONS_TOLD = 3
# What weighs most first: what must hold before what need not, then by how large a part of the
# amounts the difference is, then by the difference; words, which have none, last.
BY_WEIGHT = """
    case found.level when 'violation' then 0 when 'info' then 1 else 2 end,
    found.severity,
    abs(found.difference_yuan)
        / nullif(greatest(abs(found.left_yuan), abs(found.right_yuan)), 0) desc nulls last,
    abs(found.difference_yuan) desc nulls last,
    found.file_name,
    found.identity_id,
    found.scope_key
"""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One identity that a document fails: the columns of ``fct_discrepancies``.

    Attributes:
        check_id: Key of the check.
        document_id: The document.
        file_name: Its file.
        department_name: Whose document it is.
        fiscal_year: Of which year, None where it does not say.
        is_counted: Whether facts count the document: no further edition, nor in quarantine.
        identity_id: The identity that fails.
        scope_key: The row, code or measure it was evaluated on.
        identity_ids: All identities that fail on the very same figures.
        check_count: How many checks that are.
        evidence: ``forms``, ``narrative`` or ``cross_document``.
        level: ``violation``, ``info`` where the identity may have exceptions, or ``accepted``.
        tier: How badly it fails.
        severity: ``hard`` where the identity must hold, ``soft`` where it need not.
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
        printed_left: What is printed of the left side.
        printed_right: What is printed of the right side, without zeros.
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
    is_counted: bool
    identity_id: str
    scope_key: str
    identity_ids: str
    check_count: int
    evidence: str
    level: str
    tier: str
    attribution: str | None
    severity: str
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
    """A discrepancy with what is printed, and what of it is likeliest to be wrong.

    Attributes:
        terms: The amounts and statements on both sides, none where it binds none.
        suspects: The figures of the likeliest explanations, one of each quantity; none where none
            was sought.
    """

    terms: tuple[Term, ...]
    suspects: tuple[Suspect, ...]


def list_discrepancies(
    connection: duckdb.DuckDBPyConnection, document: str | None = None
) -> list[Discrepancy]:
    """Every discrepancy, also of documents that no fact counts, what weighs most first.

    Args:
        connection: A warehouse with marts.
        document: Only those of the documents whose id begins with this or whose file name
            contains it; None for all.

    Raises:
        NothingFoundError: There is no such document.
    """
    if document is None:
        return select_all(connection, Discrepancy, f"{DISCREPANCIES} order by {BY_WEIGHT}")
    wanted = [found.document_id for found in find_documents(connection, document)]
    query = f"{DISCREPANCIES} where list_contains(?, document_id) order by {BY_WEIGHT}"
    return select_all(connection, Discrepancy, query, [wanted])


def of_counted(found: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Those of documents that facts count: what a further edition repeats is said once."""
    return [each for each in found if each.is_counted]


def causes_first(found: Sequence[Discrepancy]) -> list[Discrepancy]:
    """The same with the first of each cause before all others."""
    causes: dict[tuple[str, object], list[Discrepancy]] = {}
    for each in found:
        cause = each.check_id if each.fault_number is None else each.fault_number
        causes.setdefault((each.document_id, cause), []).append(each)
    return [
        *(first for first, *_ in causes.values()),
        *(other for _, *others in causes.values() for other in others),
    ]


def with_terms(
    connection: duckdb.DuckDBPyConnection, discrepancies: Sequence[Discrepancy]
) -> list[BoundDiscrepancy]:
    """The same discrepancies with the amounts and statements on both sides, and the suspects."""
    checks = {each.check_id: each.document_id for each in discrepancies}
    terms = terms_of_checks(connection, checks)
    suspects: dict[tuple[str, int | None], list[Suspect]] = {}
    for suspect in suspects_in(connection, {each.document_id for each in discrepancies}):
        if suspect.place_number == 1 and suspect.solution_number <= SOLUTIONS_TOLD:
            suspects.setdefault((suspect.document_id, suspect.fault_number), []).append(suspect)
    return [
        BoundDiscrepancy(
            **{field.name: getattr(each, field.name) for field in fields(Discrepancy)},
            terms=terms.get(each.check_id, ()),
            suspects=tuple(suspects.get((each.document_id, each.fault_number), ())),
        )
        for each in discrepancies
    ]


def failures_of_identity(
    connection: duckdb.DuckDBPyConnection, identity_id: str
) -> list[Discrepancy]:
    """Every place where an identity fails, by how much is at stake."""
    where = " where list_contains(string_split(identity_ids, ', '), ?)"
    query = f"{DISCREPANCIES} {where} order by {BY_WEIGHT}"
    return select_all(connection, Discrepancy, query, [identity_id])


def as_json(discrepancies: list[Discrepancy]) -> str:
    """The discrepancies as a JSON array; amounts are strings, because JSON numbers are floats."""
    return json.dumps([_plain(each) for each in discrepancies], ensure_ascii=False, indent=2)


def _plain(discrepancy: Discrepancy) -> dict[str, object]:
    return {
        field.name: format(value, "f") if isinstance(value, Decimal) else value
        for field in fields(Discrepancy)
        for value in [getattr(discrepancy, field.name)]
    }
