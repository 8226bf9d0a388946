"""``juesuan fetch``: fetches what is new from government sites, or shows what would be found."""

import click

from pipelines.cli.calling import called_as
from pipelines.domain.messages import say
from pipelines.settings import load_settings


@click.command
@click.argument("names", metavar="[SITE]...", nargs=-1)
@click.option(
    "--check", is_flag=True, help="Only show what would be found; fetch and keep nothing."
)
@click.pass_context
def fetch(context: click.Context, names: tuple[str, ...], *, check: bool) -> None:
    """Fetch what is new from the named sites, or from every enabled one.

    Documents go into data/raw/fetched; 'juesuan run' reads them, 'juesuan nightly' does both.
    Exits with 1 where a site could not be asked.
    """
    from pipelines.cli.fetches import check_sites, fetch_sites
    from pipelines.exploring.rendering import plain_console
    from pipelines.running.notes import Notes, noted

    settings = load_settings()
    progress = plain_console(to_stderr=True)
    if check:
        context.exit(check_sites(settings, names))
    with noted(Notes("fetch"), settings.warehouse) as notes:
        fetch_sites(settings, names, progress, notes)
    if notes.counts["new"] or notes.counts["changed"]:
        progress.print(say("Next: {command} reads them", command=f"{called_as()} run"))
    context.exit(notes.exit_code)
