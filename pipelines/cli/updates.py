"""Shows what an update of the warehouse amounts to, for whichever command.

Knows what is said after it is done. Does not know how it is done.
"""

from collections.abc import Callable

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
from pipelines.exploring.rendering.consoles import plain_console
from pipelines.exploring.rendering.discrepancies import show_contradictions
from pipelines.exploring.rendering.nights import show_vanished
from pipelines.exploring.rendering.status import show_gaps, show_totals
from pipelines.exploring.rendering.topics import topic_line
from pipelines.exploring.rendering.troubles import show_failed_tests, show_unused_files
from pipelines.exploring.status import WarehouseStatus
from pipelines.running.tidying import tidy
from pipelines.running.updating import Update
from pipelines.settings import Settings, load_settings

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


def show_update(
    settings: Settings,
    updated: Update,
    status: WarehouseStatus,
    show_wrong: Callable[[Console], None],
) -> None:
    """Show what the warehouse holds after an update.

    Args:
        settings: Where the warehouse is.
        updated: What the update did.
        status: What the warehouse holds.
        show_wrong: Shows what is wrong.
    """
    with open_marts(settings.warehouse) as connection:
        discrepancies = list_discrepancies(connection)
        violations = [each for each in of_counted(discrepancies) if each.is_violation]
        shown = with_terms(connection, causes_first(violations)[:VIOLATIONS_SHOWN])
    console = plain_console()
    console.print()
    console.print(topic_line(say("Warehouse"), str(settings.warehouse)), soft_wrap=True)
    show_totals(console, status)
    show_gaps(console, status.gaps)
    show_wrong(console)
    show_failed_tests(console, status.failed_tests)
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
