"""One night: fetch what the sites have published, bring the warehouse up to date, sum it up.

Knows the order and what is worth telling in the morning. Does not know how it is shown.
"""

from collections.abc import Sequence
from typing import Any

from pipelines.acquiring.crawls import FetchLimits, SiteObserver, SiteResult, crawl_sites
from pipelines.acquiring.mirroring import pull, push
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import Site, choose_sites, load_sites
from pipelines.domain.file_record import FileStatus
from pipelines.domain.night_news import Trouble, TroubleKind
from pipelines.exploring.status import WarehouseStatus
from pipelines.running.updating import Update
from pipelines.settings import Settings


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
