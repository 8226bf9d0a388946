"""One night: fetch what the sites have published, bring the warehouse up to date, sum it up.

Knows the order, of a run and of fetching alone, too, and what is worth telling in the morning. Does
not know how it is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pipelines.acquiring.crawls import FetchLimits, SiteObserver, SiteResult, crawl_sites
from pipelines.acquiring.mirroring import pull, push
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import Site, choose_sites, load_sites
from pipelines.domain.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.domain.file_record import FileStatus
from pipelines.domain.night_news import NightNews, StandingTrouble, Trouble, TroubleKind
from pipelines.exploring.marts import open_marts
from pipelines.exploring.status import WarehouseStatus, read_status
from pipelines.exploring.troubles import (
    address_troubles,
    standing_troubles,
    warehouse_troubles,
)
from pipelines.running.news import (
    NightState,
    compare_nights,
    forget_what_is_over,
    memory_of_night,
)
from pipelines.running.night_messages import message_of
from pipelines.running.notes import Notes
from pipelines.running.telling import tell
from pipelines.running.updating import Update, UpdateEvent, update_warehouse
from pipelines.settings import Settings
from pipelines.warehouse.night_memory import last_night, remember


@dataclass(frozen=True, slots=True)
class Fetching:
    """Sites begin to be asked.

    Attributes:
        site_count: How many, 0 where none is enabled.
    """

    site_count: int


Announce: TypeAlias = "Callable[[Fetching | SiteResult | UpdateEvent], None]"


@dataclass(frozen=True, slots=True)
class Run:
    """What bringing the warehouse up to date came to.

    Attributes:
        updated: What it did.
        status: What the warehouse holds.
        troubles: What is wrong, and what of it somebody knows.
    """

    updated: Update
    status: WarehouseStatus
    troubles: tuple[StandingTrouble, ...]


@dataclass(frozen=True, slots=True)
class Night:
    """What a night came to.

    Attributes:
        updated: What it did with the warehouse.
        status: What the warehouse holds.
        found: What it found, for the next night.
        news: What of that is new since the last night.
        last_at: When that ended, None where there was none.
    """

    updated: Update
    status: WarehouseStatus
    found: NightState
    news: NightNews
    last_at: datetime | None


def run_night(settings: Settings, names: Sequence[str], notes: Notes, announce: Announce) -> Night:
    """Ask the sites, read, build and check everything new, and compare it with the last night.

    Args:
        settings: Where things are and how much of the machine may be used.
        names: The sites, none for every enabled one.
        notes: Filled in on the way, for the diary of a night that cannot do its work.
        announce: Called with what begins and with what became of it.

    Raises:
        SiteError: A site is unknown.
        ExplainedError: As ``fetch`` and ``update_warehouse``.
    """
    memory = last_night(settings.warehouse)
    run_fetch(settings, chosen_sites(settings, names), notes, announce)
    updated, status = _update(settings, notes, announce)
    found = NightState(
        datetime.now(UTC),
        notes.troubles,
        status.documents,
        {str(site["site"]) for site in notes.sites},
        is_of_some_sites=bool(names),
    )
    notes.news = compare_nights(settings.warehouse, memory, found)
    notes.exit_code = EXIT_UNREADABLE_OR_QUARANTINED if notes.news.is_bad else 0
    return Night(updated, status, found, notes.news, memory.at if memory else None)


def end_night(settings: Settings, notes: Notes, night: Night | None) -> str:
    """Tell the webhook of a night, and remember it once it is told: then what it found is known.

    Args:
        settings: Who is told, and where nights are remembered.
        notes: What there is to tell.
        night: What it came to, None where it could not do its work.

    Returns:
        Why nobody could be told, '' where all is well; the next night tells it again.

    Raises:
        OSError: The file system refuses.
    """
    trouble = ""
    if notes.error or (night and night.news.is_any):
        trouble = tell(settings.webhook, message_of(notes))
    if night and not trouble and not notes.error:
        forget_what_is_over(settings.warehouse, night.news)
        remember(settings.warehouse, memory_of_night(night.news, night.found))
    return trouble


def run_once(settings: Settings, notes: Notes, announce: Announce) -> Run:
    """Read, build and check everything new; arguments as for ``run_night``."""
    updated, status = _update(settings, notes, announce)
    memory = last_night(settings.warehouse)
    troubles = standing_troubles(settings.warehouse, memory, notes.troubles)
    is_known = all(each.acknowledgement for each in troubles)
    notes.exit_code = 0 if is_known else EXIT_UNREADABLE_OR_QUARANTINED
    return Run(updated, status, tuple(troubles))


def run_fetch(settings: Settings, sites: Sequence[Site], notes: Notes, announce: Announce) -> None:
    """Ask sites; arguments as for ``run_night``."""
    announce(Fetching(len(sites)))
    if sites:
        results = fetch(settings, sites, on_site=announce)
        notes.sites = [describe_site(result) for result in results]
        notes.counts |= count_fetched(results)
        notes.troubles += site_troubles(results)
        if notes.counts["sites_failed"]:
            notes.exit_code = EXIT_UNREADABLE_OR_QUARANTINED
    notes.troubles += address_troubles(RawStore(settings.store_dir))


def _update(settings: Settings, notes: Notes, announce: Announce) -> tuple[Update, WarehouseStatus]:
    updated = update_warehouse(settings, announce)
    with open_marts(settings.warehouse) as connection:
        status = read_status(connection)
    notes.was_needed = updated.was_needed
    notes.vanished = updated.ingested.vanished
    notes.counts |= count_documents(updated, status)
    notes.troubles += warehouse_troubles(status)
    return updated, status


def chosen_sites(settings: Settings, names: Sequence[str]) -> list[Site]:
    """The named sites, or every enabled one where none is named.

    Raises:
        SiteError: A site is unknown, or described in a way that cannot be followed.
    """
    return choose_sites(load_sites(settings.sites_dir), names)


def fetch(
    settings: Settings, sites: Sequence[Site], *, on_site: SiteObserver, is_check: bool = False
) -> list[SiteResult]:
    """Fetch what is new on some sites into the raw store, and copy the store where that is set.

    Args:
        settings: Where the store is and how much may be taken.
        sites: The sites.
        on_site: Called with each site's result as it ends.
        is_check: Whether only to find out what there would be to fetch.

    Raises:
        StoreUnwritableError: What is fetched could not be kept.
        MirrorError: The object store cannot be reached.
    """
    store = RawStore(settings.store_dir)
    if not is_check:
        store.refuse_unwritable()
    if settings.mirror and not is_check:
        pull(store, settings.mirror)
    results = crawl_sites(
        sites,
        store,
        FetchLimits(
            minutes=settings.fetch_minutes,
            requests=settings.fetch_requests,
            mebibytes=settings.fetch_mebibytes,
            sites_at_once=settings.fetch_sites_at_once,
            memory_bytes=settings.document_bytes,
        ),
        user_agent=settings.user_agent,
        on_site=on_site,
        is_check=is_check,
    )
    if settings.mirror and not is_check:
        push(store, settings.mirror)
    return results


def describe_site(result: SiteResult) -> dict[str, Any]:
    """A site's result as plain values."""
    report = result.report
    return {
        "site": result.site,
        "documents": report.documents,
        "failed": report.failed,
        "skipped": report.skipped,
        "not_asked": report.not_asked,
        "requests": report.requests,
        "bytes": report.byte_count,
        "seconds": report.seconds,
        "has_failed": result.has_failed,
        "trouble": result.trouble,
        "problems": report.problems,
    }


def count_documents(update: Update, status: WarehouseStatus) -> dict[str, int]:
    """The totals of an update."""
    ingested = update.ingested
    return {
        "files": len(ingested.records),
        "read": len(ingested.newly_read),
        "rejected": len(ingested.newly_rejected),
        "rejected_in_all": len(ingested.with_status(FileStatus.REJECTED)),
        "unchanged": ingested.unchanged_count,
        "figures": ingested.figure_count,
        "vanished": len(ingested.vanished),
        "documents": status.document_count,
        "unidentified": len(status.unidentified),
        "templates": len(status.templates),
        "numbers_in_all": status.number_count,
        "numbers_read_in_all": status.accounted_count,
        "figures_in_all": status.figure_count,
        "named_in_all": status.named_count,
        "proven_in_all": status.proven_count,
        "disputed_in_all": status.disputed_count,
        "violations_in_all": status.violation_count,
        "prose_numbers_in_all": status.prose_number_count,
        "prose_clear_in_all": status.prose_clear_count,
        "unnamed_tables": status.unnamed_table_count,
        "quarantined": len(status.quarantined),
    }


def count_fetched(results: Sequence[SiteResult]) -> dict[str, int]:
    """The totals of fetching."""
    reports = [result.report for result in results]
    return {
        "sites": len(results),
        "sites_failed": sum(result.has_failed for result in results),
        "found": sum(sum(report.documents.values()) for report in reports),
        "new": sum(result.count("new") for result in results),
        "changed": sum(result.count("changed") for result in results),
        "gone": sum(result.count("gone") for result in results),
        "failed": sum(sum(report.failed.values()) for report in reports),
        "skipped": sum(sum(report.skipped.values()) for report in reports),
    }


def site_troubles(results: Sequence[SiteResult]) -> list[Trouble]:
    """The sites that could not be asked."""
    return [
        Trouble(TroubleKind.SITE, result.site, result.site, detail=why_failed(result))
        for result in results
        if result.has_failed
    ]


def why_failed(result: SiteResult) -> str:
    """Why a site could not be asked, in a line; '' where nothing came from it."""
    return result.trouble or next(iter(result.report.problems), "")
