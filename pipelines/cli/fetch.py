"""``juesuan fetch``: fetches what is new from government sites, or shows what would be found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipelines.cli.calling import called_as
from pipelines.domain.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.domain.messages import marked, say
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipelines.acquiring.site_catalogue import Site

NO_SITE_ENABLED = marked(
    "no site is enabled: name one, or describe your own in a folder and set JUESUAN_SITES to it"
)


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
    from pipelines.cli.steps import steps_shown
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.running.nights import chosen_sites, run_fetch
    from pipelines.running.notes import Notes, noted

    settings = load_settings()
    progress = plain_console(to_stderr=True)
    if check:
        context.exit(_check(settings, names))
    with noted(Notes("fetch"), settings.warehouse) as notes:
        sites = _some(chosen_sites(settings, names))
        with steps_shown(settings, progress) as announce:
            run_fetch(settings, sites, notes, announce)
    if notes.counts["new"] or notes.counts["changed"]:
        progress.print(say("Next: {command} reads them", command=f"{called_as()} run"))
    context.exit(notes.exit_code)


def _check(settings: Settings, names: Sequence[str]) -> int:
    """Show what there would be to fetch; return the exit code."""
    from pipelines.cli.steps import tell_of_proxy
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.nights import show_findings, show_site
    from pipelines.running.nights import chosen_sites, describe_site, fetch

    sites = _some(chosen_sites(settings, names))
    tell_of_proxy(settings, plain_console(to_stderr=True))
    results = fetch(settings, sites, on_site=lambda _: None, is_check=True)
    console = plain_console()
    for result in results:
        show_site(console, describe_site(result), found_count=len(result.report.found))
        show_findings(console, result.report.found, has_failed=result.has_failed)
    has_failed = any(result.has_failed for result in results)
    return EXIT_UNREADABLE_OR_QUARANTINED if has_failed else 0


def _some(sites: "list[Site]") -> "list[Site]":
    if not sites:
        raise click.UsageError(say(NO_SITE_ENABLED))
    return sites
