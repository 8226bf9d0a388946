"""Crawls sites, each in a process of its own, so that none can cost another anything.

Knows processes and the night's budget. Does not know how a site is crawled.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

from pydantic import ValidationError

from pipelines.acquiring.crawl_orders import CrawlOrder, CrawlReport
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import Site

# How long a crawl whose time is up may take to end by itself, beyond one answer's time.
GRACE_SECONDS = 30.0
LINES_OF_LOG = 3


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What fetching all sites may take.

    Attributes:
        minutes: Time.
        requests: Requests.
        mebibytes: Bytes received.
        sites_at_once: Sites crawled at the same time.
        memory_bytes: Memory of the process that crawls one.
    """

    minutes: float
    requests: int
    mebibytes: int
    sites_at_once: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What became of one site.

    Attributes:
        site: The site.
        report: What its crawl found, as far as it came.
        trouble: Why the crawl did not end as it should, '' where it did.
    """

    site: str
    report: CrawlReport
    trouble: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether the crawl broke, or nothing at all could be had from the site."""
        nothing_came = not (self.report.documents or self.report.pages or self.report.not_asked)
        return bool(self.trouble) or nothing_came

    def count(self, outcome: str) -> int:
        """How many documents had an outcome."""
        return self.report.documents.get(outcome, 0)


SiteObserver: TypeAlias = Callable[[SiteResult], None]


def crawl_sites(
    sites: Sequence[Site],
    store: RawStore,
    limits: FetchLimits,
    *,
    user_agent: str,
    on_site: SiteObserver,
    is_check: bool = False,
) -> list[SiteResult]:
    """Crawl sites, several at once, within a budget for all of them together.

    Args:
        sites: The sites.
        store: Where to keep what they publish.
        limits: What all of them together may take.
        user_agent: As whom to ask.
        on_site: Called with each site's result as it ends.
        is_check: Whether only to find out what there would be to fetch.
    """
    purse = _Purse(limits)
    results: list[SiteResult] = []
    pool = ThreadPoolExecutor(max_workers=limits.sites_at_once)
    children = _Children()
    try:
        crawls = [
            pool.submit(
                _crawl_one, site, store, purse, children, user_agent=user_agent, is_check=is_check
            )
            for site in sites
        ]
        for crawl in as_completed(crawls):
            results.append(crawl.result())
            on_site(results[-1])
    finally:
        # Where this process is told to stop, the crawls must not go on without it.
        children.stop()
        pool.shutdown(cancel_futures=True)
    return sorted(results, key=lambda result: result.site)


@dataclass(slots=True)
class _Children:
    """The processes under way."""

    running: set["subprocess.Popen[str]"] = field(default_factory=set)

    @contextmanager
    def started(self, command: list[str], log: Path) -> Iterator["subprocess.Popen[str]"]:
        """A child process that does not outlive the block."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with (
            log.open("w", encoding="utf-8") as stream,
            subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                encoding="utf-8",
            ) as child,
        ):
            self.running.add(child)
            try:
                yield child
            finally:
                child.kill()
                self.running.discard(child)

    def stop(self) -> None:
        """End whatever still runs."""
        for child in tuple(self.running):
            child.kill()


class _Purse:
    """What is left of the budget that all sites share."""

    def __init__(self, limits: FetchLimits) -> None:
        self.limits = limits
        self.deadline = time.monotonic() + limits.minutes * 60
        self.requests = limits.requests
        self.byte_count = limits.mebibytes * 1024 * 1024
        self.lock = threading.Lock()

    def order(self, site: Site, store: Path, user_agent: str, *, is_check: bool) -> CrawlOrder:
        """What a site's crawl may take of what is left."""
        left = self.deadline - time.monotonic()
        with self.lock:
            return CrawlOrder(
                site=site,
                store=store,
                crawl_id=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}",
                user_agent=user_agent,
                seconds=max(0.0, min(site.budget.minutes * 60, left)),
                requests=max(0, min(site.budget.requests, self.requests)),
                byte_count=max(0, min(site.budget.mebibytes * 1024 * 1024, self.byte_count)),
                memory_bytes=self.limits.memory_bytes,
                is_check=is_check,
            )

    def charge(self, report: CrawlReport) -> None:
        """Take off what a crawl took."""
        with self.lock:
            self.requests -= report.requests
            self.byte_count -= report.byte_count


def _crawl_one(
    site: Site,
    store: RawStore,
    purse: _Purse,
    children: _Children,
    *,
    user_agent: str,
    is_check: bool,
) -> SiteResult:
    order = purse.order(site, store.folder, user_agent, is_check=is_check)
    if not (order.seconds and order.requests and order.byte_count):
        trouble = "not begun: the night's time, requests or bytes were used up by other sites"
        return SiteResult(site.site, CrawlReport(), trouble)
    log = store.folder / "journal" / f"{site.site}.log"
    command = [sys.executable, "-m", "pipelines.acquiring.crawling"]
    patience = order.seconds + site.politeness.timeout_seconds + GRACE_SECONDS
    with children.started(command, log) as child:
        said = _converse(child, order, patience)
    try:
        report = CrawlReport.model_validate_json(said or "")
    except ValidationError:
        return SiteResult(site.site, CrawlReport(), _trouble(log))
    purse.charge(report)
    return SiteResult(site.site, report)


def _converse(child: "subprocess.Popen[str]", order: CrawlOrder, patience: float) -> str | None:
    """Give a crawl its order and wait for its report; None where none came in time."""
    if child.stdin is None or child.stdout is None:
        return None
    too_long = threading.Timer(patience, child.kill)
    too_long.daemon = True
    too_long.start()
    try:
        # Standard input stays open: its end would tell the crawl that nobody waits for it.
        child.stdin.write(order.model_dump_json() + "\n")
        child.stdin.flush()
        return child.stdout.readline()
    except BrokenPipeError:
        return None
    finally:
        too_long.cancel()


def _trouble(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    last = lines[-1].strip() if lines else "no word of it"
    return f"the crawl ended early ({last}); its log is {log}"
