"""Shows what a warehouse holds: its totals, what was not understood, documents, runs and builds.

Knows how to lay out a state. Does not know how it is found.
"""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from pipelines.domain.file_record import FileStatus
from pipelines.domain.messages import say, say_count
from pipelines.domain.night_news import StandingTrouble
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.labels import named
from pipelines.exploring.moments import moment_text
from pipelines.exploring.rendering.consoles import show_table
from pipelines.exploring.rendering.counts import (
    coverage_text,
    figures_text,
    numbers_text,
    prose_text,
    repairs_text,
    tiers_text,
)
from pipelines.exploring.rendering.nights import show_runs
from pipelines.exploring.rendering.topics import padded, topic_line
from pipelines.exploring.rendering.troubles import (
    show_failed_tests,
    show_troubles,
    show_unused_files,
)
from pipelines.exploring.rendering.values import share_text, year_text
from pipelines.exploring.rendering.wording import NO_TITLE
from pipelines.exploring.status import QualityRow, WarehouseStatus
from pipelines.exploring.wording_gaps import GapKind, WordingGap
from pipelines.warehouse.diary import DiaryEntry

DOCUMENTS_SHOWN = 40
GAPS_SHOWN = 3


def show_status(
    console: Console,
    status: WarehouseStatus,
    runs: Sequence[DiaryEntry] = (),
    troubles: Sequence[StandingTrouble] = (),
    *,
    lists_all: bool = False,
) -> None:
    """Show what a warehouse holds and what it could not take in.

    Args:
        console: Where.
        status: What there is to show.
        runs: The latest runs.
        troubles: What is wrong.
        lists_all: Whether every document is listed; else, of many, those in most need of a look.
    """
    if status.trend:
        built = moment_text(status.trend[0].built_at)
        console.print(topic_line(say("Built"), built))
    show_totals(console, status)
    show_gaps(console, status.gaps)
    show_troubles(console, troubles)
    show_failed_tests(console, status.failed_tests)
    show_unused_files(console, status)
    listed = status.documents if lists_all else _neediest(status.documents)
    _show_documents(console, listed)
    if len(listed) < len(status.documents):
        console.print(
            say(
                "  … and {count:,} more, less in need of a look: juesuan status --all",
                count=len(status.documents) - len(listed),
            )
        )
    show_runs(console, runs)
    _show_trend(console, status.trend)


def show_totals(console: Console, status: WarehouseStatus) -> None:
    """Show the counts: files, documents, figures and identity checks."""
    by_status = dict.fromkeys(FileStatus, 0)
    for file in status.files:
        by_status[file.status] += 1
    listed = (
        say("{count:,} {status}", count=count, status=named("file_status", name))
        for name, count in by_status.items()
    )
    files = say("{count:,}: {listed}", count=len(status.files), listed=say(", ").join(listed))
    console.print(topic_line(say("Files"), files))
    if not status.has_marts:
        console.print(topic_line(say("Marts"), say("not built yet: run 'juesuan run'")))
        return
    templates = ""
    if status.templates:
        templates = say_count(
            "; besides, {count:,} blank template",
            "; besides, {count:,} blank templates",
            len(status.templates),
        )
    documents = say(
        "{count:,}, of them {quarantined_count:,} quarantined, {unidentified_count:,} not "
        "identified{templates}",
        count=status.document_count,
        quarantined_count=len(status.quarantined),
        unidentified_count=len(status.unidentified),
        templates=templates,
    )
    console.print(topic_line(say("Documents"), documents))
    console.print(topic_line(say("Numbers"), numbers_text(status)))
    console.print(topic_line(say("Prose"), prose_text(status)))
    unchecked_count = status.figure_count - status.proven_count - status.disputed_count
    console.print(topic_line(say("Figures"), figures_text(status, unchecked_count)))
    if status.repairs.doubtful_count:
        console.print(topic_line(say("Pictures"), repairs_text(status.repairs)))
    tables = say(
        "{count:,}, of them {unnamed_count:,} with figures and without a name",
        count=status.table_count,
        unnamed_count=status.unnamed_table_count,
    )
    console.print(topic_line(say("Tables"), tables))
    identities = say(
        "{count:,} checks: {tiers}", count=status.tiers.total(), tiers=tiers_text(status.tiers)
    )
    console.print(topic_line(say("Identities"), identities))


def show_gaps(console: Console, gaps: Sequence[WordingGap]) -> None:
    """Show the titles and headers that nothing could name, a few of each, and how many more."""
    unnamed = [gap for gap in gaps if not gap.is_named]
    lines = [
        f"  {padded(named('wording_gap', kind), 10)}{wording or say(NO_TITLE)} ×{count:,}"
        for kind in (GapKind.TITLE, GapKind.HEADER)
        for wording, count in _most_frequent(unnamed, kind)
    ]
    if lines:
        console.print(say("Not understood:"))
    for line in lines:
        console.print(line, soft_wrap=True)
    wordings = {(gap.kind, gap.wording) for gap in unnamed}
    told = {(gap.kind, gap.wording) for gap in gaps} - wordings
    others = []
    if len(wordings) > len(lines):
        others.append(say("{count:,} more", count=len(wordings) - len(lines)))
    if told:
        others.append(
            say_count(
                "{count:,} wording named by structure or arithmetic alone",
                "{count:,} wordings named by structure or arithmetic alone",
                len(told),
            )
        )
    if others:
        console.print(say("  … and {others}: juesuan wording", others=say(", ").join(others)))


def _most_frequent(gaps: Sequence[WordingGap], kind: GapKind) -> list[tuple[str, int]]:
    """The first few wordings of a kind that lack a word or a title, and how often each is."""
    counts: Counter[str] = Counter()
    for gap in gaps:
        if gap.kind is kind and (gap.uncovered or kind is GapKind.TITLE):
            counts[gap.wording] += gap.occurrences
    return counts.most_common(GAPS_SHOWN)


def _neediest(documents: Sequence[DocumentState]) -> Sequence[DocumentState]:
    """All documents where they are few; of many those that are out of the facts or least sound."""
    if len(documents) <= DOCUMENTS_SHOWN:
        return documents
    neediest = sorted(
        documents,
        key=lambda each: (
            not each.is_quarantined,
            each.is_identified,
            -each.violation_count,
            each.proven_count - each.figure_count,
            each.document_id,
        ),
    )
    return neediest[:DOCUMENTS_SHOWN]


def _show_documents(console: Console, documents: Sequence[DocumentState]) -> None:
    rows = (
        (
            each.document_id,
            each.file_name,
            each.department_name,
            year_text(each.fiscal_year),
            named("document_kind", each.kind),
            f"{each.form_count}" if each.has_forms else say("not in this file"),
            coverage_text(each),
            share_text(each.prose_clear_count, each.prose_number_count),
            f"{each.figure_count:,}",
            share_text(each.named_count, each.figure_count),
            share_text(each.proven_count, each.figure_count),
            f"{each.violation_count:,}",
        )
        for each in documents
    )
    heads = (
        f"!{say('document id')}", say("file"), f"?{say('department')}", f"!{say('year')}",
        f"?{say('kind')}", f"?{say('forms')}", f"?{say('numbers read')}", f"?{say('prose read')}",
        f">{say('figures')}", f">{say('named')}", f">{say('proven')}", f">{say('contradictions')}",
    )  # fmt: skip
    show_table(console, heads, rows)


def _show_trend(console: Console, trend: Sequence[QualityRow]) -> None:
    rows = (
        (
            moment_text(build.built_at),
            f"{build.document_count:,}",
            f"{build.figure_count:,}",
            share_text(build.accounted_count, build.number_count),
            share_text(build.prose_clear_count, build.prose_number_count),
            share_text(build.named_count, build.figure_count),
            share_text(build.proven_count, build.figure_count),
            f"{build.disputed_count:,}",
            f"{build.violation_count:,}",
        )
        for build in trend
    )
    heads = (
        f"!{say('latest builds')}", f">{say('documents')}", f">{say('figures')}",
        f"?{say('numbers read')}", f"?{say('prose read')}", f">{say('named')}",
        f">{say('proven')}", f">{say('disputed')}", f">{say('contradictions')}",
    )  # fmt: skip
    show_table(console, heads, rows)
