"""``juesuan nightly``: everything that a night needs, in one command for cron."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.cli.options import chosen_settings, jobs_option, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.exploring.status import WarehouseStatus


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
    from pipelines.cli.fetches import fetch_sites
    from pipelines.cli.updates import show_update, tidy_up, update
    from pipelines.exploring.rendering import plain_console, show_night
    from pipelines.exploring.trouble_lines import show_news
    from pipelines.running.news import NightWatch
    from pipelines.running.night_messages import message_of
    from pipelines.running.notes import Notes, noted
    from pipelines.running.telling import tell

    settings = chosen_settings(warehouse=warehouse, jobs=jobs)
    progress = plain_console(to_stderr=True)
    notes = Notes("nightly")
    watch = NightWatch(settings.warehouse, is_of_some_sites=bool(names))

    def show_wrong(console: "Console", status: "WarehouseStatus") -> int:
        notes.news = news = watch.compare(notes, status)
        show_news(console, news, watch.last_at)
        return EXIT_UNREADABLE_OR_QUARANTINED if news.is_bad else 0

    try:
        with noted(notes, settings.warehouse, json_file):
            fetch_sites(settings, names, progress, notes, may_be_none=True)
            updated = update(settings, progress)
            show_night(plain_console(), notes.entry())
            show_update(settings, updated, notes, show_wrong)
        tidy_up(settings, progress)
    finally:
        trouble = ""
        if notes.error or (notes.news and notes.news.is_any):
            trouble = tell(settings.webhook, message_of(notes))
        if trouble:
            again = say("{trouble}; the next night tells it again", trouble=trouble)
            progress.print(again, soft_wrap=True)
        elif not notes.error:
            watch.end()
    context.exit(notes.exit_code)
