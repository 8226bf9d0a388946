"""Shows a document: whose it is, its forms, how its identities ended, and what was not used.

Knows how to lay it out. Does not know how it is explained.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console

from pipelines.domain.messages import say, say_count
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.explanations import (
    DocumentExplanation,
    FormState,
    UnusedPrint,
)
from pipelines.exploring.labels import named
from pipelines.exploring.rendering.checks import show_checks
from pipelines.exploring.rendering.consoles import show_table
from pipelines.exploring.rendering.counts import coverage_text, figures_text, prose_text, tiers_text
from pipelines.exploring.rendering.topics import topic_line
from pipelines.exploring.rendering.values import place_text, year_text

FIRST_LENGTH = 40


def show_document(console: Console, explained: DocumentExplanation) -> None:
    """Show a document: whose it is, its forms, how its identities ended, what was not used."""
    document = explained.document
    console.print(f"{document.file_name}  ({document.document_id})")
    if document.file_path not in ("", document.file_name):
        console.print(f"  {topic_line(say('file'), document.file_path)}", soft_wrap=True)
    for topic, said in _document_lines(document):
        line = f"  {topic_line(topic, said) if topic else said}"
        # For programs a line stays one line; a terminal's is broken between words.
        console.print(line, soft_wrap=not console.is_terminal)
    console.print(f"  {topic_line(say('identities'), tiers_text(explained.tiers))}")
    rows = (
        (
            named("form", form.form) or "–",
            form.title,
            form.printed_unit,
            "" if form.page is None else str(form.page),
            f"{form.figure_count:,}",
            f"{form.named_count:,}",
            f"{form.proven_count:,}",
            f"{form.disputed_count:,}",
            _witness_text(form),
            form.empty_statement,
        )
        for form in explained.forms
    )
    heads = (
        say("form"), f"?{say('title')}", f"!{say('unit')}", f"?{say('page')}",
        f">{say('figures')}", f">{say('named')}", f">{say('proven')}", f">{say('disputed')}",
        f"?{say('named by')}", f"?{say('declared empty')}",
    )  # fmt: skip
    show_table(console, heads, rows)
    show_checks(console, say("Identities that fail:"), explained.failing)
    show_unused(console, explained.unused)


def _document_lines(document: DocumentState) -> Iterator[tuple[str, str]]:
    """What is said of a document, a line each: what of it, '' where the line says it, and what."""
    unstated = say("not stated")
    yield say("department"), document.department_name or unstated
    yield say("region"), document.region_name or say("unknown")
    yield say("year"), year_text(document.fiscal_year) or unstated
    kind, scope = named("document_kind", document.kind), named("scope", document.scope)
    yield say("kind"), say("{kind}, scope {scope}", kind=kind or unstated, scope=scope)
    if document.is_quarantined:
        yield "", say("quarantined: its figures are kept out of the facts")
    if document.is_template:
        yield "", say("a blank template, nobody's disclosure: counts in no fact and is not judged")
    elif not document.is_identified:
        yield "", say("not identified: counts in no fact")
    read = say(
        "{count:,} printed, {share} read",
        count=document.number_count,
        share=coverage_text(document),
    )
    yield say("numbers"), read
    yield say("prose"), prose_text(document)
    yield say("figures"), figures_text(document, document.unchecked_count)
    if not document.has_forms:
        yield say("forms"), say("not in this file")
    if document.other_parts:
        yield say("other parts"), document.other_parts
    if not document.missing_forms_known:
        yield (
            say("missing"),
            say_count(
                "not known: {count:,} table with figures and without a name",
                "not known: {count:,} tables with figures and without a name",
                document.unnamed_table_count,
            ),
        )
    elif document.missing_forms:
        yield say("missing"), _forms_text(document.missing_forms)


def _forms_text(forms: str) -> str:
    """Forms of a list, by what they are called."""
    return say(", ").join(named("form", form) for form in forms.split(", "))


def show_unused(console: Console, unused: Sequence[UnusedPrint]) -> None:
    """Show what was printed and not used, in the order given; what is harmless is summed up."""
    if not unused:
        return
    console.print(say("Printed, but not used:"))
    for each in unused:
        if each.is_harmless:
            continue
        place = place_text(each.page, each.cell_path)
        printed = " ".join(each.printed.split())
        told = say(
            "  {reason} at {place}: {printed} {detail}",
            reason=named("rejection", each.reason),
            place=place,
            printed=repr(printed),
            detail=each.detail,
        )
        console.print(told.rstrip(), soft_wrap=True)
    harmless = [each for each in unused if each.is_harmless]
    for reason, of_reason in groupby(harmless, key=lambda each: each.reason):
        console.print(_summed_text(reason, list(of_reason)), soft_wrap=True)


def _summed_text(reason: str, unused: Sequence[UnusedPrint]) -> str:
    """How often something harmless is printed, where, and the first of it."""
    first = unused[0]
    printed = " ".join(first.printed.split())
    if len(printed) > FIRST_LENGTH:
        printed = f"{printed[:FIRST_LENGTH]}…"
    told = say(
        "  {count:,} × {reason}, the first at {place}: {printed}",
        count=len(unused),
        reason=named("rejection", reason),
        place=place_text(first.page, first.cell_path),
        printed=repr(printed),
    )
    pages = sorted({each.page for each in unused if each.page is not None})
    if len(pages) > 1:
        told = say("{told}; pages {pages}", told=told, pages=", ".join(map(str, pages)))
    return told


def _witness_text(form: FormState) -> str:
    """What gave a table its form; what its words lack, where nothing did."""
    return named("resolved_by", form.resolved_by) or form.resolution
