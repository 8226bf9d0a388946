"""Shows the story of a figure, a statement, a document, a check or an identity in a terminal.

Knows how to lay out explanations for people. Does not know where they come from, nor what else is
shown.
"""

from functools import singledispatch

from rich.console import Console

from pipelines.domain.messages import marked, say
from pipelines.exploring.explanations import (
    CheckExplanation,
    ClaimExplanation,
    DocumentExplanation,
    Explanation,
    FigureExplanation,
    IdentityExplanation,
    IdentityRow,
)
from pipelines.exploring.labels import named, names
from pipelines.exploring.printed import ClaimRow
from pipelines.exploring.rendering.checks import show_checks
from pipelines.exploring.rendering.discrepancies import discrepancy_text
from pipelines.exploring.rendering.documents import show_document
from pipelines.exploring.rendering.figures import show_figure
from pipelines.exploring.rendering.topics import topic_line
from pipelines.exploring.rendering.values import print_place, share_text
from pipelines.exploring.sentences import rule_of

NO_IDENTITY = marked("It takes part in no identity that could be evaluated.")


def show_explanation(console: Console, explained: Explanation) -> None:
    """Show whatever was explained."""
    _shown(explained, console)


@singledispatch
def _shown(explained: Explanation, console: Console) -> None:
    raise TypeError(type(explained).__name__, console)


@_shown.register
def _document(explained: DocumentExplanation, console: Console) -> None:
    show_document(console, explained)


@_shown.register
def _figure(explained: FigureExplanation, console: Console) -> None:
    show_figure(console, explained)


@_shown.register
def _claim(explained: ClaimExplanation, console: Console) -> None:
    claim = explained.claim
    status = named("status", claim.status)
    console.print(say("claim {claim_id} is {status}", claim_id=claim.claim_id, status=status))
    _show_lines(
        console,
        (say("document"), f"{claim.file_name}  ({claim.document_id})"),
        (say("section"), " / ".join(claim.section_path)),
        (say("sentence"), claim.sentence),
        (say("states"), f"{claim.value_text}{claim.unit}"),
        (say("of"), _subject_text(claim)),
        (say("sort"), _sort_text(claim)),
        (say("base"), named("base", claim.base)),
        (say("year"), _years_text(claim)),
        (say("fund"), named("fund", claim.fund)),
        (say("part of"), f"[{claim.whole_claim_id}]" if claim.whole_claim_id else ""),
        (say("reading"), _reading_text(claim)),
        (say("place"), print_place(claim)),
    )
    if not explained.checks:
        console.print(say(NO_IDENTITY))
    show_checks(console, say("Identity checks:"), explained.checks, of_figure=claim.claim_id)


@_shown.register
def _check(explained: CheckExplanation, console: Console) -> None:
    check, identity = explained.check, explained.identity
    verdict = named("verdict", check.verdict)
    console.print(say("check {check_id}: {verdict}", check_id=check.check_id, verdict=verdict))
    _show_lines(
        console,
        (say("document"), f"{explained.document.file_name}  ({check.document_id})"),
        (say("rule"), rule_of(identity, names().language)),
        (say("formula"), identity.formula),
        (say("exceptions"), named("exception", identity.exceptions)),
        (say("severity"), named("severity", identity.severity)),
    )
    show_checks(console, say("Evaluation:"), [check])


@_shown.register
def _identity(explained: IdentityExplanation, console: Console) -> None:
    identity = explained.identity
    console.print(say("identity {identity_id}", identity_id=identity.identity_id))
    _show_lines(
        console,
        (say("rule"), rule_of(identity, names().language)),
        (say("formula"), identity.formula),
        (say("exceptions"), named("exception", identity.exceptions) or say("none known")),
        (say("binds"), named("evidence", identity.evidence)),
        (say("of"), named("document_kind", identity.document_kind)),
        (say("severity"), named("severity", identity.severity)),
        (say("holds"), _held_text(identity)),
    )
    if not explained.failures:
        return
    shown = len(explained.failures)
    count = explained.failure_count
    if shown == count:
        console.print(say("Where it fails ({count:,}):", count=count))
    else:
        told = say("Where it fails ({count:,}, the first {shown:,}):", count=count, shown=shown)
        console.print(told)
    for failure in explained.failures:
        console.print(f"  {failure.check_id}  {discrepancy_text(failure)}", soft_wrap=True)


def _show_lines(console: Console, *lines: tuple[str, str]) -> None:
    for topic, said in lines:
        if said:
            console.print(f"  {topic_line(topic, said)}", soft_wrap=True)


def _subject_text(claim: ClaimRow) -> str:
    """What a statement is of, with the names that are printed."""
    if not claim.subject:
        return say("nobody can say")
    printed = (claim.item_label, claim.group_label)
    return " · ".join(filter(None, (names().subject(claim.subject), *printed)))


def _sort_text(claim: ClaimRow) -> str:
    """Which sort of value is stated, and of a change which way it goes."""
    sorts = (named("claim_kind", claim.kind), named("direction", claim.direction))
    return say(", ").join(filter(None, sorts))


def _reading_text(claim: ClaimRow) -> str:
    """Whether it can be read in one way, and if not, why."""
    reading = (named("reading", claim.reading), named("doubt", claim.reading_note))
    return say(": ").join(filter(None, reading))


def _years_text(claim: ClaimRow) -> str:
    compared = ""
    if claim.comparison_year:
        compared = say("compared with {year}", year=claim.comparison_year)
    return " ".join(filter(None, (str(claim.year or ""), compared)))


def _held_text(identity: IdentityRow) -> str:
    """How often an identity was evaluated, and what came of it."""
    unevaluated = say(
        "{missing_count:,} times a form or term is missing, {unbound_count:,} times there is "
        "nothing to bind",
        missing_count=identity.not_evaluable_count,
        unbound_count=identity.not_applicable_count,
    )
    if not identity.evaluated_count:
        return say("never evaluated here: {unevaluated}", unevaluated=unevaluated)
    return say(
        "in {held_count:,} of {count:,} places ({share}) of {document_count:,} documents, "
        "{exact_count:,} of them to the last digit; {unevaluated}",
        held_count=identity.held_count,
        count=identity.evaluated_count,
        share=share_text(identity.held_count, identity.evaluated_count),
        document_count=identity.document_count,
        exact_count=identity.exact_count,
        unevaluated=unevaluated,
    )
