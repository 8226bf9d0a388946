"""Brings the warehouse up to date for whichever command, and shows what it amounts to.

Knows what is said while and after it is done. Does not know how steps follow one another.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from rich.console import Console

from pipelines.cli.calling import called_as
from pipelines.domain.messages import marked, say, say_count, system_text
from pipelines.exploring.discrepancies import (
    causes_first,
    list_discrepancies,
    of_counted,
    with_terms,
)
from pipelines.exploring.marts import open_marts
from pipelines.exploring.progress import (
    audit_text,
    bars_shown,
    build_progress_text,
    build_text,
    ingestion_text,
    kept_former_text,
    renewal_text,
    show_reading,
)
from pipelines.exploring.rendering import (
    plain_console,
    show_contradictions,
    show_gaps,
    show_totals,
    show_vanished,
)
from pipelines.exploring.status import WarehouseStatus, read_status
from pipelines.exploring.topics import topic_line
from pipelines.exploring.trouble_lines import show_unused_files
from pipelines.exploring.troubles import warehouse_troubles
from pipelines.running.building import BuildProgress
from pipelines.running.nights import count_documents
from pipelines.running.notes import Notes
from pipelines.running.tidying import tidy
from pipelines.running.updating import (
    Announcement,
    KeptFormer,
    Renewal,
    Step,
    Update,
    update_warehouse,
)
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.ingesting import IngestSummary
from pipelines.warehouse.transforming import Transformation

ShowWrong: TypeAlias = Callable[[Console, WarehouseStatus], int]

VIOLATIONS_SHOWN = 10
NEXT_COMMANDS = (
    ("status", "", marked("files, documents, how much of each is proven")),
    ("discrepancies", "", marked("every contradiction and oddity, with both sides")),
    ("wording", "", marked("titles, headers and labels that nobody knows, and the words to add")),
    (
        "explain",
        marked("ID|WORDS"),
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
        elif isinstance(told, Renewal | KeptFormer):
            text = _renewal_text(told)
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


def _renewal_text(told: Renewal | KeptFormer) -> str:
    return renewal_text(told.tables) if isinstance(told, Renewal) else kept_former_text(told.place)


def show_update(settings: Settings, updated: Update, notes: Notes, show_wrong: ShowWrong) -> None:
    """Show what the warehouse holds after an update, and note it with the exit code.

    Args:
        settings: Where the warehouse is.
        updated: What the update did.
        notes: Where to note it.
        show_wrong: Shows what is wrong, and says which exit code that makes.
    """
    with open_marts(settings.warehouse) as connection:
        status = read_status(connection)
        discrepancies = list_discrepancies(connection)
        violations = [each for each in of_counted(discrepancies) if each.is_violation]
        shown = with_terms(connection, causes_first(violations)[:VIOLATIONS_SHOWN])
    console = plain_console()
    console.print()
    console.print(topic_line(say("Warehouse"), str(settings.warehouse)), soft_wrap=True)
    show_totals(console, status)
    show_gaps(console, status.gaps)
    notes.was_needed = updated.was_needed
    notes.vanished = updated.ingested.vanished
    notes.counts |= count_documents(updated, status)
    notes.troubles += warehouse_troubles(status, updated.transformed.summary.failed)
    notes.exit_code = show_wrong(console, status)
    show_unused_files(console, status)
    show_vanished(console, updated.ingested.vanished)
    show_contradictions(console, discrepancies, shown)
    show_next_commands(console, settings)


def tidy_up(settings: Settings, progress: Console) -> None:
    """Remove what nobody needs any more; where that fails it is said, and nothing else is lost."""
    try:
        tidied = tidy(settings)
    except OSError as error:
        told = say("Could not tidy up: {reason}", reason=system_text(error))
        progress.print(told, soft_wrap=True)
        return
    if tidied.removed_contents:
        removed = say_count(
            "Removed {count:,} fetched file that no address showed for {days:,} days",
            "Removed {count:,} fetched files that no address showed for {days:,} days",
            len(tidied.removed_contents),
            days=settings.keep_superseded_days,
        )
        progress.print(removed, soft_wrap=True)


def show_next_commands(console: Console, settings: Settings) -> None:
    """Show what to call next, with the warehouse where it is not the usual one."""
    is_usual = settings.warehouse == load_settings().warehouse
    option = "" if is_usual else f" --warehouse {settings.warehouse}"
    console.print(say("Next:"))
    for command, wanted, purpose in NEXT_COMMANDS:
        called = " ".join(filter(None, (called_as(), command, wanted and say(wanted)))) + option
        line = say("  {purpose}: {command}", purpose=say(purpose), command=called)
        console.print(line, soft_wrap=True)
