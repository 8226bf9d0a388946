"""Brings the warehouse up to date for whichever command, and shows what it amounts to.

Knows what is said while and after it is done. Does not know how steps follow one another.
"""

from functools import partial

from rich.console import Console

from pipelines.cli.calling import called_as
from pipelines.cli.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.domain.file_record import FileStatus
from pipelines.domain.messages import marked, say
from pipelines.exploring.discrepancies import list_discrepancies, with_terms
from pipelines.exploring.marts import open_marts
from pipelines.exploring.progress import (
    audit_text,
    bars_shown,
    build_progress_text,
    build_text,
    ingestion_text,
    show_reading,
)
from pipelines.exploring.rendering import (
    plain_console,
    show_contradictions,
    show_gaps,
    show_problem_files,
    show_totals,
    show_vanished,
    topic_line,
)
from pipelines.exploring.status import WarehouseStatus, read_status
from pipelines.running.building import BuildProgress
from pipelines.running.nights import count_documents, warehouse_troubles
from pipelines.running.notes import Notes
from pipelines.running.updating import Announcement, Step, Update, update_warehouse
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.builds import BuildSummary
from pipelines.warehouse.ingesting import IngestSummary
from pipelines.warehouse.transforming import Transformation

VIOLATIONS_SHOWN = 10
NEXT_COMMANDS = (
    ("status", marked("files, documents, how much of each is proven")),
    ("discrepancies", marked("every contradiction and oddity, with both sides")),
    ("wording", marked("titles, headers and labels that nobody knows, and the words to add")),
    (
        marked("explain ID|WORDS"),
        marked("where a figure is printed, what proves or disputes it; or a document"),
    ),
)


def update(settings: Settings, progress: Console) -> Update:
    """Bring the warehouse up to date, saying what is being done."""

    def announce(told: Announcement) -> None:
        if isinstance(told, BuildProgress):
            bars.show(say("Building"), told.done, told.total)
            if bars.are_drawn:
                return
            text = build_progress_text(told.done, told.total)
        elif isinstance(told, Step):
            text = say(told)
            bars.show(say("Building") if told is Step.BUILDING else say("Publishing"))
        elif isinstance(told, IngestSummary):
            text = ingestion_text(told, settings.raw_dir)
        elif isinstance(told, Transformation):
            text = build_text(
                told.summary, was_needed=told.was_needed, document_count=told.document_count
            )
        else:
            text = audit_text(told)
        progress.print(text, soft_wrap=True)

    with bars_shown(progress) as bars:
        return update_warehouse(
            settings, on_progress=partial(show_reading, progress, bars), announce=announce
        )


def show_update(settings: Settings, updated: Update, notes: Notes) -> None:
    """Show what the warehouse holds after an update, and note it with the exit code."""
    with open_marts(settings.warehouse) as connection:
        status = read_status(connection)
        discrepancies = list_discrepancies(connection)
        violations = [each for each in discrepancies if each.is_violation]
        shown = with_terms(connection, violations[:VIOLATIONS_SHOWN])
    summary = updated.transformed.summary
    console = plain_console()
    console.print()
    console.print(topic_line(say("Warehouse"), str(settings.warehouse)), soft_wrap=True)
    show_totals(console, status)
    show_gaps(console, status.gaps)
    show_problem_files(console, status)
    show_vanished(console, updated.ingested.vanished)
    for finding in summary.failed:
        found = say("{name}: {count:,} rows", name=finding.name, count=finding.row_count)
        console.print(topic_line(say("test failed"), found), soft_wrap=True)
    show_contradictions(console, discrepancies, shown)
    _show_next_commands(console, settings)
    notes.was_needed = updated.was_needed
    notes.vanished = updated.ingested.vanished
    notes.counts |= count_documents(updated, status)
    notes.troubles += warehouse_troubles(status, summary)
    notes.exit_code = max(notes.exit_code, _exit_code(status, summary))


def _show_next_commands(console: Console, settings: Settings) -> None:
    is_usual = settings.warehouse == load_settings().warehouse
    option = "" if is_usual else f" --warehouse {settings.warehouse}"
    console.print(say("Next:"))
    for command, purpose in NEXT_COMMANDS:
        called = f"{called_as()} {say(command)}{option}"
        line = say("  {purpose}: {command}", purpose=say(purpose), command=called)
        console.print(line, soft_wrap=True)


def _exit_code(status: WarehouseStatus, summary: BuildSummary) -> int:
    """1 where a document could not be read or is quarantined, else 0."""
    rejected = any(file.status is FileStatus.REJECTED for file in status.files)
    unsound = rejected or status.quarantined or summary.failed
    return EXIT_UNREADABLE_OR_QUARANTINED if unsound else 0
