"""``juesuan run``: reads everything new, builds the warehouse and says what was found."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, jobs_option, raw_option, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse


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
    from pipelines.cli.steps import steps_shown
    from pipelines.cli.updates import show_update, tidy_up
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.troubles import show_troubles
    from pipelines.running.nights import run_once
    from pipelines.running.notes import Notes, noted

    settings = chosen_settings(raw_dir, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    with noted(Notes("run"), settings.warehouse) as notes:
        looking = say("Looking for new files under {raw_dir}", raw_dir=settings.raw_dir)
        progress.print(looking, soft_wrap=True)
        with steps_shown(settings, progress) as announce:
            found = run_once(settings, notes, announce)
        show_update(
            *(settings, found.updated, found.status),
            show_wrong=lambda console: show_troubles(console, found.troubles),
        )
    tidy_up(settings, progress)
    context.exit(notes.exit_code)
