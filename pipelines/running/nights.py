"""One night: fetch what the sites have published, bring the warehouse up to date, sum it up.

Knows the order and what is worth telling in the morning. Does not know how it is shown.
"""

from collections.abc import Sequence
from typing import Any

from pipelines.acquiring.crawls import FetchLimits, SiteObserver, SiteResult, crawl_sites
from pipelines.acquiring.mirroring import pull, push
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import Site, choose_sites, load_sites
from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.domain.night_news import NightNews, StandingTrouble, Trouble, TroubleKind
from pipelines.exploring.status import WarehouseStatus
from pipelines.running.updating import Update
from pipelines.settings import Settings
from pipelines.warehouse.builds import BuildSummary
from pipelines.warehouse.rows import utc_now

# How many digits of a content's sha256 are its id, as of a document's.
ID_LENGTH = 16


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
        MirrorError: The object store cannot be reached.
    """
    store = RawStore(settings.store_dir)
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
        "documents": len(status.documents),
        "unidentified": len(status.unidentified),
        "numbers_in_all": status.number_count,
        "figures_in_all": status.figure_count,
        "named_in_all": status.named_count,
        "proven_in_all": status.proven_count,
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
    """Why a site could not be asked, in a line."""
    return result.trouble or next(iter(result.report.problems), "nothing came from it")


def warehouse_troubles(status: WarehouseStatus, summary: BuildSummary) -> list[Trouble]:
    """Files that could not be read, documents in quarantine, and tests that found rows."""
    return [
        *(_of_file(file) for file in status.files if file.status is FileStatus.REJECTED),
        *(
            Trouble(
                TroubleKind.DOCUMENT,
                document.document_id,
                document.file_name,
                department=document.department_name,
            )
            for document in status.quarantined
        ),
        *(
            Trouble(
                TroubleKind.TEST,
                finding.name,
                finding.name,
                detail=f"{finding.row_count:,} rows",
            )
            for finding in summary.failed
        ),
    ]


def first_news(troubles: Sequence[Trouble]) -> NightNews:
    """The news where nothing is known of any night before: all of it is new."""
    now = utc_now()
    return NightNews(new=tuple(StandingTrouble(trouble, now) for trouble in troubles))


def _of_file(file: FileRecord) -> Trouble:
    return Trouble(
        TroubleKind.FILE,
        file.sha256[:ID_LENGTH] or file.file_path,
        file.file_name,
        reason=file.reason,
        detail=file.message.removeprefix(f"{file.shown_as}: "),
    )
