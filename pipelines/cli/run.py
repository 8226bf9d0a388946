"""``juesuan run``: reads everything new, builds the warehouse and says what was found."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.cli.options import chosen_settings, jobs_option, raw_option, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.exploring.status import WarehouseStatus


@click.command
@raw_option()
@warehouse_option
@jobs_option
@click.pass_context
def run(
    context: click.Context, raw_dir: Path | None, warehouse: Warehouse | None, jobs: int | None
) -> None:
    """Read everything new, build and check the warehouse, and say what was found.

    Exits with 0 when every document was processed, 1 as long as one cannot be read or is
    quarantined, or a test of the warehouse fails, and nobody acknowledged it, 2 when the command
    could not do its work.
    """
    from pipelines.cli.updates import show_update, tidy_up, update
    from pipelines.exploring.rendering import plain_console
    from pipelines.exploring.trouble_lines import show_troubles
    from pipelines.exploring.troubles import standing_troubles
    from pipelines.running.notes import Notes, noted
    from pipelines.warehouse.night_memory import last_night

    settings = chosen_settings(raw_dir, warehouse, jobs)
    progress = plain_console(to_stderr=True)

    def show_wrong(console: "Console", _: "WarehouseStatus") -> int:
        memory = last_night(settings.warehouse)
        troubles = standing_troubles(settings.warehouse, memory, notes.troubles)
        show_troubles(console, troubles)
        is_known = all(each.acknowledgement for each in troubles)
        return 0 if is_known else EXIT_UNREADABLE_OR_QUARANTINED

    with noted(Notes("run"), settings.warehouse) as notes:
        looking = say("Looking for new files under {raw_dir}", raw_dir=settings.raw_dir)
        progress.print(looking, soft_wrap=True)
        show_update(settings, update(settings, progress), notes, show_wrong)
    tidy_up(settings, progress)
    context.exit(notes.exit_code)
