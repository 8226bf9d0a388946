"""Writes down what a crawl saw: an answer, a failure, or a link that was passed over.

Knows requests, answers and what a sighting holds. Does not know what is asked, nor in which order.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from pipelines.acquiring.announcements import Announcement
from pipelines.acquiring.crawl_network import explain_failure
from pipelines.acquiring.crawl_orders import Crawl
from pipelines.acquiring.names import decoded
from pipelines.acquiring.pages import Link
from pipelines.acquiring.raw_store import Outcome, Role, Sighting

GONE_STATUSES = frozenset({404, 410})
KEPT_HEADERS = frozenset(
    {
        *("content-type", "content-length", "content-disposition", "content-encoding"),
        *("etag", "last-modified", "date", "server"),
    }
)
# Not the fault of the site, and not tried again for it.
SKIP_REASONS = frozenset({"robots", "other_host", "private_address", "budget", "redirected"})

REDIRECTS_TO_ITSELF = (
    "the address redirects without end, as sites do that want a cookie back; none is kept here"
)


# Scrapy refers to those it tells of something weakly.
@dataclass(frozen=True, slots=True, weakref_slot=True)
class Notebook:
    """What a crawl saw, written down as it sees it."""

    crawl: Crawl

    def sighting(
        self,
        response: Response,
        outcome: Outcome,
        *,
        announced: Announcement | None = None,
        **more: Any,  # noqa: ANN401
    ) -> Sighting:
        """What there is to say of an answer."""
        headers = {
            name: decoded(value)
            for name in KEPT_HEADERS
            if (value := response.headers.get(name)) is not None
        }
        told = _told_by(announced)
        link: Link | None = response.meta.get("link")
        values = {
            "site": self.crawl.order.site.site,
            "crawl_id": self.crawl.order.crawl_id,
            "url": response.meta["url"],
            "final_url": response.url,
            "referrer": response.meta["referrer"],
            "role": response.meta["role"],
            "link_text": link.text if link else "",
            "fetched_at": datetime.now(UTC).replace(tzinfo=None),
            "status": response.status,
            "etag": headers.get("etag", ""),
            "last_modified": headers.get("last-modified", ""),
            "headers": json.dumps(headers, ensure_ascii=False),
        }
        return Sighting(outcome=outcome, **{**values, **told, **more})

    def note(self, response: Response, outcome: Outcome, **more: Any) -> None:  # noqa: ANN401
        """Write down an answer."""
        self.crawl.note(self.sighting(response, outcome, **more))

    def note_known(self, response: Response, announced: Announcement) -> None:
        """Note that the server says that nothing changed."""
        known = self.crawl.known[response.meta["url"]]
        seen = self.sighting(
            response,
            Outcome.UNCHANGED,
            announced=announced,
            role=known.role,
            published=response.meta["link"].published,
            sha256=known.sha256,
            content_sha256=known.content_sha256,
        )
        # An answer without a body need not repeat what it was asked with.
        self.crawl.note(
            replace(
                seen,
                etag=seen.etag or known.etag,
                last_modified=seen.last_modified or known.last_modified,
            )
        )

    def skip(self, link: Link, referrer: str, reason: str) -> None:
        """Write down a link that is not followed."""
        self.crawl.note(
            Sighting(
                site=self.crawl.order.site.site,
                crawl_id=self.crawl.order.crawl_id,
                url=link.url,
                referrer=referrer,
                role=Role.ARTICLE,
                outcome=Outcome.SKIPPED,
                reason=reason,
                title=link.text,
                link_text=link.text,
                published=link.published,
                fetched_at=datetime.now(UTC).replace(tzinfo=None),
            )
        )

    def note_failure(self, failure: Failure) -> None:
        """Write down why an address gave nothing."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        status = error.response.status if isinstance(error, HttpError) else None
        reason, detail = explain_failure(error)
        self.fail(request, reason, detail, status)

    def note_defect(self, failure: Failure, response: Response) -> None:
        """Write down what made our own code fail: the address is not lost in silence."""
        error = failure.value
        detail = f"{type(error).__name__}: {error}; please report this address"
        self.fail(request_of(response), "defect", " ".join(detail.split()), response.status)

    def note_dropped(self, request: Request) -> None:
        """Write down a redirect to an address that was asked before and is not asked again."""
        passed = request.meta.get("redirect_urls")
        if not passed:
            return
        if request.url in passed:
            self.fail(request, "redirect_loop", REDIRECTS_TO_ITSELF, None)
        else:
            self.fail(request, "redirected", f"it redirects to {request.url}, seen already", None)

    def fail(self, request: Request, reason: str, detail: str, status: int | None) -> None:
        """Write down that an address gave nothing."""
        known = self.crawl.known.get(request.meta["url"])
        outcome = Outcome.FAILED
        if reason in SKIP_REASONS:
            outcome = Outcome.SKIPPED
        elif status in GONE_STATUSES and known is not None:
            outcome = Outcome.GONE
        link: Link | None = request.meta.get("link")
        told = _told_by(request.meta.get("announced"))
        self.crawl.note(
            Sighting(
                site=self.crawl.order.site.site,
                crawl_id=self.crawl.order.crawl_id,
                url=request.meta["url"],
                final_url=request.url,
                referrer=request.meta["referrer"],
                role=request.meta["role"],
                outcome=outcome,
                reason=reason,
                detail=detail,
                link_text=link.text if link else "",
                published=link.published if link else None,
                fetched_at=datetime.now(UTC).replace(tzinfo=None),
                status=status,
                **told,
            )
        )


def request_of(response: Response) -> Request:
    """The request that a response answers; Scrapy sets it before any callback is called."""
    if response.request is None:
        raise ValueError(response.url)
    return response.request


def _told_by(announced: Announcement | None) -> dict[str, Any]:
    if announced is None:
        return {}
    return {
        "title": announced.title,
        "kind": announced.kind,
        "fiscal_year": announced.fiscal_year,
        "department_name": announced.department_name,
    }
