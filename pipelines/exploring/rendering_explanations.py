"""Shows the story of a figure, a statement, a document, a check or an identity in a terminal.

Knows how to lay out explanations for people. Does not know where they come from, nor what else is
shown.
"""

from functools import singledispatch

from rich.console import Console

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
from pipelines.exploring.rendering import (
    discrepancy_text,
    print_place,
    share_text,
    show_checks,
    show_document,
    show_figure,
)
from pipelines.exploring.sentences import rule_of

NO_IDENTITY = "It takes part in no identity that could be evaluated."


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
    console.print(f"claim {claim.claim_id} is {named('status', claim.status)}")
    _show_lines(
        console,
        ("document", f"{claim.file_name}  ({claim.document_id})"),
        ("section", " / ".join(claim.section_path)),
        ("sentence", claim.sentence),
        ("states", f"{claim.value_text}{claim.unit}"),
        ("of", _subject_text(claim)),
        ("sort", _sort_text(claim)),
        ("base", named("base", claim.base)),
        ("year", _years_text(claim)),
        ("fund", named("fund", claim.fund)),
        ("part of", f"[{claim.whole_claim_id}]" if claim.whole_claim_id else ""),
        ("reading", _reading_text(claim)),
        ("place", print_place(claim)),
    )
    if not explained.checks:
        console.print(NO_IDENTITY)
    show_checks(console, "Identity checks", explained.checks, marked=claim.claim_id)


@_shown.register
def _check(explained: CheckExplanation, console: Console) -> None:
    check, identity = explained.check, explained.identity
    console.print(f"check {check.check_id}: {named('verdict', check.verdict)}")
    _show_lines(
        console,
        ("document", f"{explained.document.file_name}  ({check.document_id})"),
        ("rule", rule_of(identity, names().language)),
        ("formula", identity.formula),
        ("exceptions", identity.exceptions),
        ("severity", named("severity", identity.severity)),
    )
    show_checks(console, "Evaluation", [check])


@_shown.register
def _identity(explained: IdentityExplanation, console: Console) -> None:
    identity = explained.identity
    console.print(f"identity {identity.identity_id}")
    _show_lines(
        console,
        ("rule", rule_of(identity, names().language)),
        ("formula", identity.formula),
        ("exceptions", identity.exceptions or "none known"),
        ("binds", named("evidence", identity.evidence)),
        ("of", named("document_kind", identity.document_kind)),
        ("severity", named("severity", identity.severity)),
        ("holds", _held_text(identity)),
    )
    if not explained.failures:
        return
    shown = len(explained.failures)
    more = "" if shown == explained.failure_count else f", the first {shown:,}"
    console.print(f"Where it fails ({explained.failure_count:,}{more}):")
    for failure in explained.failures:
        console.print(f"  {failure.check_id}  {discrepancy_text(failure)}", soft_wrap=True)


def _show_lines(console: Console, *lines: tuple[str, str]) -> None:
    for name, text in lines:
        if text:
            console.print(f"  {name:<11} {text}", soft_wrap=True)


def _subject_text(claim: ClaimRow) -> str:
    """What a statement is of, with the names that are printed."""
    if not claim.subject:
        return "nobody can say"
    printed = (claim.item_label, claim.group_label)
    return " · ".join(filter(None, (names().subject(claim.subject), *printed)))


def _sort_text(claim: ClaimRow) -> str:
    """Which sort of value is stated, and of a change which way it goes."""
    sorts = (named("claim_kind", claim.kind), named("direction", claim.direction))
    return ", ".join(filter(None, sorts))


def _reading_text(claim: ClaimRow) -> str:
    """Whether it can be read in one way, and if not, why."""
    reading = (named("reading", claim.reading), named("doubt", claim.reading_note))
    return ": ".join(filter(None, reading))


def _years_text(claim: ClaimRow) -> str:
    compared = f"compared with {claim.comparison_year}" if claim.comparison_year else ""
    return " ".join(filter(None, (str(claim.year or ""), compared)))


def _held_text(identity: IdentityRow) -> str:
    """How often an identity was evaluated, and what came of it."""
    unevaluated = (
        f"{identity.not_evaluable_count:,} times a form or term is missing, "
        f"{identity.not_applicable_count:,} times there is nothing to bind"
    )
    if not identity.evaluated_count:
        return f"never evaluated here: {unevaluated}"
    return (
        f"in {identity.held_count:,} of {identity.evaluated_count:,} places "
        f"({share_text(identity.held_count, identity.evaluated_count)}) of "
        f"{identity.document_count:,} documents, {identity.exact_count:,} of them to the last "
        f"digit; {unevaluated}"
    )
