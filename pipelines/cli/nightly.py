"""``juesuan nightly``: everything that a night needs, in one command for cron."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, jobs_option, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse


@click.command
@click.argument("names", metavar="[SITE]...", nargs=-1)
@warehouse_option
@jobs_option
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write the summary here too, for programs.",
)
@click.pass_context
def nightly(
    context: click.Context,
    names: tuple[str, ...],
    warehouse: Warehouse | None,
    jobs: int | None,
    json_file: Path | None,
) -> None:
    """Fetch, read, build, check and sum up: everything that a night needs, in one command.

    Exits with 0 when nothing got worse since the last night, 1 when something did that nobody
    acknowledged: a site that cannot be asked, a document that cannot be read or is quarantined,
    less that is proven; 2 when the command could not do its work.
    """
    from pipelines.cli.steps import steps_shown
    from pipelines.cli.updates import show_update, tidy_up
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.nights import show_night
    from pipelines.exploring.rendering.troubles import show_news
    from pipelines.running.nights import end_night, run_night
    from pipelines.running.notes import Notes, noted

    settings = chosen_settings(warehouse=warehouse, jobs=jobs)
    progress = plain_console(to_stderr=True)
    notes, night = Notes("nightly"), None
    try:
        with noted(notes, settings.warehouse, json_file):
            with steps_shown(settings, progress) as announce:
                night = run_night(settings, names, notes, announce)
            news, last_at = night.news, night.last_at
            show_night(plain_console(), notes.entry())
            show_update(
                *(settings, night.updated, night.status),
                show_wrong=lambda console: show_news(console, news, last_at),
            )
        tidy_up(settings, progress)
    finally:
        if trouble := end_night(settings, notes, night):
            again = say("{trouble}; the next night tells it again", trouble=trouble)
            progress.print(again, soft_wrap=True)
    context.exit(notes.exit_code)
