"""What a crawl is told, what it keeps in mind and what it answers.

Knows budgets, counts and sightings. Does not know how anything is fetched: it is shared by the
process that crawls and the one that ordered it.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipelines.acquiring.addresses import Network
from pipelines.acquiring.raw_store import Journal, KnownAddress, Outcome, RawStore, Role, Sighting
from pipelines.acquiring.site_catalogue import Site
from pipelines.acquiring.wholeness import SiteEndings

PROBLEMS_KEPT = 20


class CrawlOrder(BaseModel):
    """What a crawl is told.

    Attributes:
        site: The site.
        store: The raw store's folder.
        crawl_id: Names the crawl.
        user_agent: As whom to ask.
        seconds: How long it may take.
        requests: How many requests it may make.
        byte_count: How many bytes it may receive.
        memory_bytes: How much memory the process may take.
        is_check: Whether only to find and to tell, without fetching documents or storing.
    """

    site: Site
    store: Path
    crawl_id: str
    user_agent: str
    seconds: float
    requests: int
    byte_count: int
    memory_bytes: int
    is_check: bool = False


class CrawlReport(BaseModel):
    """What a crawl amounted to.

    Attributes:
        documents: Documents by outcome.
        pages: Lists and articles by outcome.
        skipped: Skipped addresses by reason.
        failed: Failed addresses by reason.
        not_asked: Known documents and articles that were not due.
        requests: Requests made.
        byte_count: Bytes received.
        seconds: How long it took.
        found: What there is to fetch, where the crawl was a check: title, kind, year, department
            and address of each.
        problems: The first failures, a line each.
    """

    documents: dict[str, int] = {}
    pages: dict[str, int] = {}
    skipped: dict[str, int] = {}
    failed: dict[str, int] = {}
    not_asked: int = 0
    requests: int = 0
    byte_count: int = 0
    seconds: float = 0.0
    found: list[dict[str, Any]] = []
    problems: list[str] = []


@dataclass(slots=True)
class Crawl:
    """The state of a crawl that its parts share."""

    order: CrawlOrder
    store: RawStore
    journal: Journal | None
    known: dict[str, KnownAddress]
    linked: dict[str, list[tuple[str, str]]]
    skipped_before: set[tuple[str, str]]
    endings: SiteEndings
    asked_delays: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
    report: CrawlReport = field(default_factory=CrawlReport)
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {
            name: Counter() for name in ("documents", "pages", "skipped", "failed")
        }
    )

    @property
    def networks(self) -> tuple[Network, ...]:
        """Networks that are not public and may be asked."""
        return self.order.site.private_networks

    @property
    def is_spent(self) -> bool:
        """Whether time, requests or bytes are used up."""
        return (
            self.report.requests >= self.order.requests
            or self.report.byte_count >= self.order.byte_count
            or time.monotonic() - self.started >= self.order.seconds
        )

    def note(self, sighting: Sighting) -> None:
        """Record a sighting and count it; a skip that was recorded before is only counted."""
        outcome = sighting.outcome
        if outcome is Outcome.SKIPPED:
            self.counts["skipped"][sighting.reason] += 1
            if (sighting.url, sighting.reason) in self.skipped_before:
                return
            self.skipped_before.add((sighting.url, sighting.reason))
        elif outcome is Outcome.FAILED:
            self.counts["failed"][sighting.reason] += 1
            if len(self.report.problems) < PROBLEMS_KEPT:
                self.report.problems.append(f"{sighting.url}: {sighting.detail}")
        else:
            is_document = sighting.role in (Role.DOCUMENT, Role.ARCHIVE) or sighting.sha256
            self.counts["documents" if is_document else "pages"][outcome] += 1
        if self.journal is not None:
            self.journal.note(sighting)

    def finished_report(self) -> CrawlReport:
        """The report with everything counted."""
        counted = {name: dict(counter) for name, counter in self.counts.items()}
        seconds = round(time.monotonic() - self.started, 3)
        return self.report.model_copy(update={**counted, "seconds": seconds})
