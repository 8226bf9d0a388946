"""Asks sites for whichever command, and shows what comes of each.

Knows what is said and which exit code it makes. Does not know how a site is asked.
"""

from collections.abc import Sequence

import click
from rich.console import Console

from pipelines.acquiring.crawls import SiteResult
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import Site
from pipelines.cli.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.domain.messages import marked, say, say_count
from pipelines.exploring.progress import bars_shown
from pipelines.exploring.rendering import plain_console, show_findings, show_site
from pipelines.exploring.troubles import address_troubles
from pipelines.running.nights import (
    chosen_sites,
    count_fetched,
    describe_site,
    fetch,
    site_troubles,
)
from pipelines.running.notes import Notes
from pipelines.settings import Settings

NO_SITE_ENABLED = marked(
    "no site is enabled: name one, or describe your own in a folder and set JUESUAN_SITES to it"
)


def fetch_sites(
    settings: Settings,
    names: Sequence[str],
    progress: Console,
    notes: Notes,
    *,
    may_be_none: bool = False,
) -> None:
    """Fetch from sites, saying what comes of each, and note it."""
    sites = chosen_sites(settings, names)
    if not sites:
        if not may_be_none:
            raise click.UsageError(say(NO_SITE_ENABLED))
        progress.print(say("No site is enabled: reading only what lies in the raw directory"))
    else:
        _fetch_noting(settings, sites, progress, notes)
    notes.troubles += address_troubles(RawStore(settings.store_dir))


def _fetch_noting(
    settings: Settings, sites: Sequence[Site], progress: Console, notes: Notes
) -> None:
    _tell_of_proxy(settings, progress)
    fetching = say_count(
        "Fetching from {count:,} site into {folder}",
        "Fetching from {count:,} sites into {folder}",
        len(sites),
        folder=settings.store_dir,
    )
    progress.print(fetching, soft_wrap=True)
    results = _fetch_with_bar(settings, sites, progress)
    notes.sites = [describe_site(result) for result in results]
    notes.counts |= count_fetched(results)
    notes.troubles += site_troubles(results)
    if notes.counts["sites_failed"]:
        notes.exit_code = EXIT_UNREADABLE_OR_QUARANTINED


def _fetch_with_bar(
    settings: Settings, sites: Sequence[Site], progress: Console
) -> list[SiteResult]:
    asked_count = 0
    with bars_shown(progress) as bars:
        bars.show(say("Fetching"), asked_count, len(sites))

        def on_site(result: SiteResult) -> None:
            nonlocal asked_count
            asked_count += 1
            bars.show(say("Fetching"), asked_count, len(sites))
            show_site(progress, describe_site(result))

        return fetch(settings, sites, on_site=on_site)


def check_sites(settings: Settings, names: Sequence[str]) -> int:
    """Show what there would be to fetch; return the exit code."""
    sites = chosen_sites(settings, names)
    if not sites:
        raise click.UsageError(say(NO_SITE_ENABLED))
    console = plain_console()
    _tell_of_proxy(settings, plain_console(to_stderr=True))
    results = fetch(settings, sites, on_site=lambda _: None, is_check=True)
    for result in results:
        show_site(console, describe_site(result), found_count=len(result.report.found))
        show_findings(console, result.report.found, has_failed=result.has_failed)
    has_failed = any(result.has_failed for result in results)
    return EXIT_UNREADABLE_OR_QUARANTINED if has_failed else 0


def _tell_of_proxy(settings: Settings, console: Console) -> None:
    if settings.unused_proxy:
        told = say(
            "{variable} is set and not used: sites are asked directly, because behind a proxy it "
            "could not be checked that their names lead to public addresses",
            variable=settings.unused_proxy,
        )
        console.print(told, soft_wrap=True)
