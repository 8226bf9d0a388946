"""Fetching as an asset partitioned by site: one run a site, so that none can fail another.

Knows how a site's result is reported. Does not know how a site is crawled. Holds no bare
definitions, because everything here depends on the sites, which are read only when Dagster asks.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from pipelines.acquiring.crawls import SiteResult
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import load_sites
from pipelines.running.nights import chosen_sites, describe_site, fetch
from pipelines.settings import Settings, load_settings

FETCHED = dg.AssetKey(["raw", "fetched"])
# Runs with this tag are queued, see .dagster/dagster.yaml.
CRAWL_TAG = "juesuan/crawl"
# A night that failed may be made up for by the next one before anybody is told.
LATELY = timedelta(days=2)


@dg.definitions
def sites() -> dg.Definitions:
    """The asset of fetched documents with its check, the job and the schedule of the crawls."""
    names = dg.StaticPartitionsDefinition(list(load_sites(load_settings().sites_dir)))
    fetch_sites = dg.define_asset_job(
        name="fetch_sites",
        description="Fetches what is new from one site; what 'juesuan fetch SITE' does.",
        selection=dg.AssetSelection.assets(FETCHED).without_checks(),
        tags={CRAWL_TAG: "true"},
    )
    return dg.Definitions(
        assets=[fetched_asset(names)],
        asset_checks=[every_site_was_asked_lately],
        jobs=[fetch_sites],
        schedules=[crawls_schedule(fetch_sites)],
    )


def fetched_asset(names: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The fetched documents, a partition a site."""

    @dg.asset(
        key=FETCHED,
        group_name="raw",
        kinds={"file"},
        partitions_def=names,
        # Seconds after a failure the host is likely to be as it was.
        retry_policy=dg.RetryPolicy(max_retries=1, delay=600),
    )
    def fetched(
        context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
    ) -> dg.MaterializeResult:
        """What the sites have published, every version of it, and every sighting."""
        chosen = chosen_sites(settings, [context.partition_key])
        (result,) = fetch(settings, chosen, on_site=lambda _: None)
        if result.has_failed:
            raise dg.Failure(
                description=result.trouble or "nothing could be had from the site",
                metadata=_metadata(result),
            )
        return dg.MaterializeResult(metadata=_metadata(result))

    return fetched


def crawls_schedule(job: Any) -> dg.ScheduleDefinition:  # noqa: ANN401 - no public name
    """Crawls of every enabled site, in the hours before the warehouse is built."""

    @dg.schedule(
        name="nightly_crawls",
        description=(
            "Crawls every enabled site from half past eleven, Beijing time, a run a site. Stopped "
            "until somebody starts it."
        ),
        job=job,
        cron_schedule="30 23 * * *",
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.STOPPED,
    )
    def nightly_crawls(
        context: dg.ScheduleEvaluationContext, settings: dg.ResourceParam[Settings]
    ) -> Iterator[dg.RunRequest]:
        """Ask for a run for each enabled site."""
        night = f"{context.scheduled_execution_time:%Y-%m-%d}"
        for site in chosen_sites(settings, []):
            yield dg.RunRequest(run_key=f"{night} {site.site}", partition_key=site.site)

    return nightly_crawls


@dg.asset_check(asset=FETCHED)
def every_site_was_asked_lately(settings: dg.ResourceParam[Settings]) -> dg.AssetCheckResult:
    """Every enabled site answered within the last two days."""
    asked = RawStore(settings.store_dir).latest_answers()
    now = datetime.now(UTC).replace(tzinfo=None)
    stale = [
        site.site
        for site in chosen_sites(settings, [])
        if site.site not in asked or now - asked[site.site] > LATELY
    ]
    return dg.AssetCheckResult(
        passed=not stale,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"sites_not_asked_lately": dg.MetadataValue.json(stale)},
    )


def _metadata(result: SiteResult) -> dict[str, dg.MetadataValue | int | float]:
    described = describe_site(result)
    return {
        "found": sum(result.report.documents.values()) + result.report.not_asked,
        "new": result.count("new"),
        "changed": result.count("changed"),
        "gone": result.count("gone"),
        "failed": sum(result.report.failed.values()),
        "skipped": sum(result.report.skipped.values()),
        "requests": result.report.requests,
        "bytes": result.report.byte_count,
        "problems": dg.MetadataValue.json(described["problems"]),
        "by_reason": dg.MetadataValue.json(
            {"failed": described["failed"], "skipped": described["skipped"]}
        ),
    }
