"""``juesuan nightly``: everything that a night needs, in one command for cron."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, jobs_option, warehouse_option


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
    warehouse: Path | None,
    jobs: int | None,
    json_file: Path | None,
) -> None:
    """Fetch, read, build, check and sum up: everything that a night needs, in one command.

    Exits with 0 when every site and document was processed, 1 when a site could not be asked or a
    document could not be read or is quarantined, 2 when the command could not do its work.
    """
    from pipelines.cli.fetches import fetch_sites
    from pipelines.cli.updates import show_update, update
    from pipelines.exploring.rendering import plain_console, show_night
    from pipelines.running.night_messages import message_of
    from pipelines.running.nights import first_news
    from pipelines.running.notes import Notes, noted
    from pipelines.running.telling import tell

    settings = chosen_settings(warehouse=warehouse, jobs=jobs)
    progress = plain_console(to_stderr=True)
    notes = Notes("nightly")
    try:
        with noted(notes, settings.warehouse, json_file):
            fetch_sites(settings, names, progress, notes, may_be_none=True)
            updated = update(settings, progress)
            show_night(plain_console(), notes.entry())
            show_update(settings, updated, notes)
    finally:
        notes.news = first_news(notes.troubles)
        if notes.exit_code:
            trouble = tell(settings.webhook, message_of(notes, settings.language))
            if trouble:
                progress.print(trouble, soft_wrap=True)
    context.exit(notes.exit_code)
