"""The whole story of one figure, statement, document, check or identity, by its exact id.

Knows which questions make up a story. Does not know how a person finds the id, nor how the story
is shown.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeVar

import duckdb

from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.messages import Text, marked
from pipelines.exploring.checks import (
    Check,
    checks_of_figure,
    count_verdicts,
    failing_checks,
    find_check,
)
from pipelines.exploring.discrepancies import (
    BoundDiscrepancy,
    failures_of_identity,
    with_terms,
)
from pipelines.exploring.documents import DocumentState, NothingFoundError, find_document
from pipelines.exploring.marts import select_all
from pipelines.exploring.printed import ClaimRow, FigureRow, find_claim, find_figure

FAILURES_LISTED = 50
# Of these no number can have been lost.
HARMLESS = frozenset({RejectionReason.WATERMARK, RejectionReason.HIDDEN_COPY})
Thing = TypeVar("Thing")

FORMS = """
    with

    figures as (
        select
            table_index,
            count(*) as figure_count,
            count(*) filter (where measure <> '') as named_count,
            count(*) filter (where status = 'proven') as proven_count,
            count(*) filter (where status = 'disputed') as disputed_count
        from marts.fct_disclosed_figures
        where document_id = $document_id
        group by table_index
    )

    select
        forms.table_index,
        forms.form,
        forms.resolved_by,
        forms.resolution,
        forms.title,
        forms.printed_unit,
        forms.empty_statement,
        forms.page,
        coalesce(figures.figure_count, 0) as figure_count,
        coalesce(figures.named_count, 0) as named_count,
        coalesce(figures.proven_count, 0) as proven_count,
        coalesce(figures.disputed_count, 0) as disputed_count
    from staging.forms as forms
    left join figures on forms.table_index = figures.table_index
    where forms.document_id = $document_id
    order by forms.table_index
"""

UNUSED = """
    select reason, form, printed, detail, page, bbox_top, bbox_x0, cell_path
    from staging.rejections
    where document_id = ?
"""
REPAIRS = """
    select
        repairs.reading_text, repairs.amount_text, repairs.candidates, repairs.deciding_check_ids,
        replace(repairs.amount_text, ',', '') = replace(figures.amount_text, ',', '')
            as is_confirmed
    from staging.cell_repairs as repairs
    inner join staging.figures as figures
        on repairs.document_id = figures.document_id and repairs.figure_id = figures.figure_id
    where repairs.document_id = ? and repairs.figure_id = ?
"""
IDENTITIES = """
    select
        identity_id, family, document_kind, evidence, severity, formula, meaning_en, meaning_zh,
        exceptions, document_count, evaluated_count, held_count, exact_count, failed_count,
        ambiguous_count, not_applicable_count, not_evaluable_count, held_ratio
    from marts.fct_identity_statistics
    where identity_id = ?
"""


@dataclass(frozen=True, slots=True)
class FormState:
    """A table that a document prints, and how far its figures are named and proven.

    Attributes:
        table_index: Which of its document's tables it is, from 0.
    """

    table_index: int
    form: str
    resolved_by: str
    resolution: str
    title: str
    printed_unit: str
    empty_statement: str
    page: int | None
    figure_count: int
    named_count: int
    proven_count: int
    disputed_count: int


@dataclass(frozen=True, slots=True)
class UnusedPrint:
    """Something printed that did not become a figure or a claim, and why."""

    reason: str
    form: str
    printed: str
    detail: str
    page: int | None
    bbox_top: float | None
    bbox_x0: float | None
    cell_path: str | None

    @property
    def is_harmless(self) -> bool:
        """Whether no number can have been lost by it."""
        return self.reason in HARMLESS

    @property
    def rank(self) -> tuple[object, ...]:
        """By what things are listed: what may have cost a number first, then by place."""
        known = list(RejectionReason)
        reason = known.index(RejectionReason(self.reason)) if self.reason in known else len(known)
        # The second row comes before the tenth.
        steps = re.split(r"(\d+)", self.cell_path or "")
        path = tuple(int(step) if step.isdigit() else step for step in steps)
        return reason, self.page or 0, self.bbox_top or 0, self.bbox_x0 or 0, path, self.printed


@dataclass(frozen=True, slots=True)
class DocumentExplanation:
    """What a document prints and what its identities say about it.

    Attributes:
        document: The document.
        forms: Its tables in printed order.
        tiers: How many identity checks ended in each tier, soft violations apart.
        failing: The checks that do not hold.
        unused: What was printed and could not be used, what may have cost a number first.
    """

    document: DocumentState
    forms: tuple[FormState, ...]
    tiers: Counter[str]
    failing: tuple[Check, ...]
    unused: tuple[UnusedPrint, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """What a number that was not read for certain is taken for, and why.

    Attributes:
        reading_text: As it was read.
        amount_text: What it is taken for.
        candidates: All ways in which it was read, the likeliest first.
        deciding_check_ids: The checks that hold with it and with nothing else.
        is_confirmed: Whether it is taken for its likeliest reading.
    """

    reading_text: str
    amount_text: str
    candidates: list[str]
    deciding_check_ids: list[str]
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class FigureExplanation:
    """Where a figure is printed and every identity check it takes part in.

    Attributes:
        repair: What identities took it for, None where it was read for certain or is in doubt.
    """

    figure: FigureRow
    checks: tuple[Check, ...]
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """What a sentence states, where, and every identity check the statement takes part in."""

    claim: ClaimRow
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """An identity of the catalogue; the columns of ``fct_identity_statistics``.

    Attributes:
        document_kind: ``final_accounts``, ``budget`` or ``any``.
        evidence: ``forms``, ``narrative`` or ``cross_document``.
        severity: ``hard``, or ``soft`` where it may have exceptions.
        exceptions: Where it is known not to hold, '' where nowhere.
        document_count: Documents in which it could be evaluated.
        evaluated_count: How often it was.
        held_count: How often it held.
        exact_count: How often it held to the last digit.
        failed_count: How often it did not.
        ambiguous_count: Values that have several readings or none.
        not_applicable_count: Places with nothing to bind.
        not_evaluable_count: Places that lack a form or a term.
        held_ratio: Share of evaluations that hold, None where there are none.
    """

    identity_id: str
    family: str
    document_kind: str
    evidence: str
    severity: str
    formula: str
    meaning_en: str
    meaning_zh: str
    exceptions: str
    document_count: int
    evaluated_count: int
    held_count: int
    exact_count: int
    failed_count: int
    ambiguous_count: int
    not_applicable_count: int
    not_evaluable_count: int
    held_ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class IdentityExplanation:
    """What an identity means, how often it holds and where it fails.

    Attributes:
        identity: The identity.
        failures: Where it fails, by how much is at stake; the first ``FAILURES_LISTED``.
        failure_count: In how many places it fails, each set of figures once.
    """

    identity: IdentityRow
    failures: tuple[BoundDiscrepancy, ...]
    failure_count: int


@dataclass(frozen=True, slots=True)
class CheckExplanation:
    """One evaluation of an identity: what it means, in which document it was, how it ended."""

    check: Check
    identity: IdentityRow
    document: DocumentState


Explanation: TypeAlias = (
    FigureExplanation
    | ClaimExplanation
    | DocumentExplanation
    | CheckExplanation
    | IdentityExplanation
)


def explain_figure(connection: duckdb.DuckDBPyConnection, figure_id: str) -> FigureExplanation:
    """Explain the figure of an id.

    Raises:
        NothingFoundError: There is none.
    """
    figure = _found(find_figure(connection, figure_id), marked("figure"), figure_id)
    checks = checks_of_figure(connection, figure.document_id, figure_id)
    found = select_all(connection, Repair, REPAIRS, [figure.document_id, figure_id])
    return FigureExplanation(figure, tuple(checks), next(iter(found), None))


def explain_claim(connection: duckdb.DuckDBPyConnection, claim_id: str) -> ClaimExplanation:
    """Explain the statement of an id.

    Raises:
        NothingFoundError: There is none.
    """
    claim = _found(find_claim(connection, claim_id), marked("claim"), claim_id)
    checks = checks_of_figure(connection, claim.document_id, claim_id)
    return ClaimExplanation(claim, tuple(checks))


def explain_document(
    connection: duckdb.DuckDBPyConnection, document_id: str
) -> DocumentExplanation:
    """Explain the document of an id.

    Raises:
        NothingFoundError: There is none.
    """
    document = _found(find_document(connection, document_id), marked("document"), document_id)
    return DocumentExplanation(
        document=document,
        forms=tuple(select_all(connection, FormState, FORMS, {"document_id": document_id})),
        tiers=count_verdicts(connection, document_id),
        failing=tuple(failing_checks(connection, document_id)),
        unused=tuple(
            sorted(
                select_all(connection, UnusedPrint, UNUSED, [document_id]),
                key=lambda each: each.rank,
            )
        ),
    )


def explain_check(connection: duckdb.DuckDBPyConnection, check_id: str) -> CheckExplanation:
    """Explain the check of an id: a key of ``fct_identity_checks`` or ``fct_discrepancies``.

    Raises:
        NothingFoundError: There is none.
    """
    check = _found(find_check(connection, check_id), "check", check_id)
    document = _found(
        find_document(connection, check.document_id), marked("document"), check.document_id
    )
    return CheckExplanation(check, find_identity(connection, check.identity_id), document)


def explain_identity(
    connection: duckdb.DuckDBPyConnection, identity_id: str
) -> IdentityExplanation:
    """Explain the identity of an id.

    Raises:
        NothingFoundError: There is none.
    """
    identity = find_identity(connection, identity_id)
    failures = failures_of_identity(connection, identity_id)
    first = with_terms(connection, failures[:FAILURES_LISTED])
    return IdentityExplanation(identity, tuple(first), len(failures))


def find_identity(connection: duckdb.DuckDBPyConnection, identity_id: str) -> IdentityRow:
    """The identity of an id.

    Raises:
        NothingFoundError: There is none.
    """
    found = select_all(connection, IdentityRow, IDENTITIES, [identity_id])
    return _found(next(iter(found), None), marked("identity"), identity_id)


def _found(thing: Thing | None, sort: str, key: str) -> Thing:
    if thing is None:
        raise NothingFoundError("no {sort} has the id {key!r}", sort=Text(sort), key=key)
    return thing
