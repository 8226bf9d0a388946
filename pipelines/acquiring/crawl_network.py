"""How a crawl meets the network: whom it may ask, when it asks again, what a failure means.

Knows Scrapy's middlewares and Twisted's resolver. Does not know pages or documents.
"""

import asyncio
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from pipelines.acquiring.addresses import (
    Network,
    is_allowed_address,
    is_allowed_page,
    literal_address,
)
from pipelines.acquiring.crawl_orders import Crawl

LONGEST_WAIT_SECONDS = 120.0
NOT_PUBLIC = "which is not a public address"
ROBOTS_REFUSAL = "Forbidden by robots.txt"
RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
RETRIED_FAILURES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


def _crawl_of(crawler: Crawler) -> Crawl:
    """The crawl that a spider was made for; its settings would be copied, and a crawl must not."""
    crawl: Crawl = getattr(crawler.spider, "crawl")  # noqa: B009 - any spider of ours has it
    return crawl


class Refused(IgnoreRequest):
    """A request that is not made."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(detail)


class GatekeeperMiddleware:
    """Lets through only requests to the site's hosts and public addresses, within the budget.

    Requests after a redirect and those for robots.txt pass here too.
    """

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GatekeeperMiddleware":
        """Make the gatekeeper of a crawl."""
        crawl: Crawl = _crawl_of(crawler)
        gatekeeper = cls(crawl)
        crawler.signals.connect(gatekeeper.count_bytes, signal=signals.bytes_received)
        return gatekeeper

    def count_bytes(self, data: bytes) -> None:
        """Keep count of what was received."""
        self.crawl.report.byte_count += len(data)

    def process_request(self, request: Request) -> None:
        """Refuse what must not be asked, or cannot any more.

        Raises:
            Refused: The request must not be made.
        """
        crawl, order = self.crawl, self.crawl.order
        if not is_allowed_page(request.url, order.site.hosts):
            raise Refused("other_host", "the host is none of those allowed for this site")
        address = literal_address(request.url)
        if address is not None and not is_allowed_address(address, crawl.networks):
            raise Refused("private_address", f"{address} is not a public address")
        if crawl.is_spent:
            raise Refused("budget", "the crawl's time, requests or bytes were used up")
        crawl.report.requests += 1


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses only.

    The address that is checked is the one that is connected to: a name that is rebound between
    the two has no effect.
    """

    networks: tuple[Network, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "PublicResolver":  # noqa: ANN401
        """Make the resolver of a crawl."""
        resolver = super().from_crawler(crawler, reactor)
        # The resolver is the process's, not the spider's: it has nothing but the settings.
        resolver.networks = tuple(crawler.settings["JUESUAN_NETWORKS"])
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: ANN401, N802
        """Resolve a name, failing where it means an address that must not be asked."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not is_allowed_address(address, self.networks):
            message = f"{name} is {address}, {NOT_PUBLIC}"
            raise DNSLookupError(message)
        return address


class PatientRetryMiddleware:
    """Retries after a wait that doubles each time, or is as long as the server asks for."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawl: Crawl = _crawl_of(crawler)
        self.retry_seconds = crawl.order.site.politeness.retry_seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PatientRetryMiddleware":
        """Make the middleware of a crawl."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Retry where the answer says that the server is in trouble."""
        if response.status not in RETRIED_STATUSES:
            return response
        reason = f"http_{response.status}"
        return await self._again(request, reason, response.headers.get("Retry-After")) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Retry where no whole answer came."""
        if not isinstance(exception, RETRIED_FAILURES) or NOT_PUBLIC in str(exception):
            return None
        return await self._again(request, type(exception).__name__, None)

    async def _again(self, request: Request, reason: str, asked: bytes | None) -> Request | None:
        spider = self.crawler.spider
        again = spider and get_retry_request(request, spider=spider, reason=reason)
        if not again:
            return None
        seconds = self.retry_seconds * 2 ** (again.meta["retry_times"] - 1)
        if asked is not None and asked.strip().isdigit():
            seconds = max(seconds, min(float(asked), LONGEST_WAIT_SECONDS))
        await asyncio.sleep(seconds)
        return again


def explain_failure(error: BaseException | None) -> tuple[str, str]:
    """A reason code and a line for people."""
    if isinstance(error, Refused):
        return error.reason, error.detail
    if isinstance(error, HttpError):
        return f"http_{error.response.status}", f"the server answered {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return _explain_ignored(str(error))
    if isinstance(error, CannotResolveHostError) and NOT_PUBLIC in str(error):
        return "private_address", str(error)
    for kind, reason, detail in EXPLANATIONS:
        if isinstance(error, kind):
            return reason, detail
    return "unreachable", " ".join(str(error).split()) or type(error).__name__


EXPLANATIONS: tuple[tuple[type[Exception], str, str], ...] = (
    (DownloadTimeoutError, "timeout", "no whole answer came in time"),
    (CannotResolveHostError, "unknown_host", "the host's name cannot be resolved"),
    (DownloadConnectionRefusedError, "refused", "the host refuses connections"),
    (ResponseDataLossError, "truncated", "the connection ended before the answer did"),
    (DownloadCancelledError, "too_large", "the answer is larger than one document may be"),
)


def _explain_ignored(text: str) -> tuple[str, str]:
    if ROBOTS_REFUSAL in text:
        return "robots", "the site's robots.txt asks not to"
    if "max redirections" in text:
        return "redirect_loop", "the address redirects without end"
    if "exceeded" in text and "decompress" in text:
        return "too_large", "the answer unpacks to more than one document may be"
    return "ignored", text
