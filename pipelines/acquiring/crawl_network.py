"""How a crawl meets the network: whom it may ask, when it asks again, what a failure means.

Knows Scrapy's middlewares and Twisted's resolver. Does not know pages or documents.
"""

import asyncio
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.resolver import CachingHostnameResolver
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError

from pipelines.acquiring.addresses import (
    Network,
    is_allowed_address,
    is_allowed_page,
    literal_address,
)
from pipelines.acquiring.crawl_orders import Crawl
from pipelines.acquiring.wholeness import TRUNCATED, is_short

LONGEST_WAIT_SECONDS = 120.0
ROBOTS_REFUSAL = "Forbidden by robots.txt"
ROBOTS_MISSING = "robots.txt is not to be had, and nothing is asked without it: {}"
NO_SUCH_FILE = 400
RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
# What common guards against programs answer with.
BROWSER_CHECKS = frozenset({412, 468, 521})
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


class RobotsMiddleware(RobotsTxtMiddleware):
    """Asks robots.txt as RFC 9309 has it: without an answer nothing is asked, without a file all.

    A host that is in trouble may have a robots.txt that denies everything. A Crawl-delay, which
    the RFC does not know and sites do, is kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.refusals: dict[str, Refused] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt denies, or everything where it is not to be had.

        Raises:
            Refused: The request must not be made.
        """
        refusal = self.refusals.get(urlsplit(request.url).netloc)
        if refusal is not None:
            raise Refused(refusal.reason, refusal.detail)
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status in RETRIED_STATUSES:
            self._refuse(netloc, f"http_{response.status}", f"was answered {response.status}")
        elif response.status >= NO_SUCH_FILE:
            # An error page holds no rules, whatever it looks like.
            await super()._parse_robots(response.replace(body=b""), netloc, request)
        elif is_short(response):
            # What did not come may be what is denied.
            self._refuse(netloc, TRUNCATED[0], "was cut short each time")
        else:
            await super()._parse_robots(response, netloc, request)
            self._keep_delay(urlsplit(request.url).hostname or "", netloc)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # One that redirects without end, or to a host that must not be asked, is none.
        if not isinstance(exc, IgnoreRequest):
            reason, detail = explain_failure(exc)
            self.refusals[netloc] = Refused(reason, ROBOTS_MISSING.format(detail))
        super()._robots_error(exc, netloc)

    def _refuse(self, netloc: str, reason: str, detail: str) -> None:
        self.refusals[netloc] = Refused(reason, ROBOTS_MISSING.format(detail))
        super()._robots_error(self.refusals[netloc], netloc)

    def _keep_delay(self, host: str, netloc: str) -> None:
        parser = self._parsers[netloc]
        agent = self._robotstxt_useragent or ""
        asked = parser.crawl_delay(agent) if isinstance(parser, RobotParser) else None
        if not asked:
            return
        if asked > LONGEST_WAIT_SECONDS:
            detail = f"robots.txt asks to wait {asked:g} seconds between requests"
            self.refusals[netloc] = Refused("robots", detail)
            return
        _crawl_of(self.crawler).asked_delays[host] = asked
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings.setdefault(host, {})["delay"] = asked
        if host in downloader.slots:
            downloader.slots[host].delay = max(asked, downloader.slots[host].delay)


class ConsiderateThrottle(AutoThrottle):
    """Adapts the delay to how fast a host answers, but never below what its robots.txt asks."""

    def _adjust_delay(self, slot: Any, latency: float, response: Response) -> None:  # noqa: ANN401
        super()._adjust_delay(slot, latency, response)
        asked = _crawl_of(self.crawler).asked_delays.get(urlsplit(response.url).hostname or "", 0)
        slot.delay = max(slot.delay, asked)


class PublicResolver(CachingHostnameResolver):
    """Resolves names, in both versions of the Internet Protocol, to public addresses only.

    The address that is checked is the one that is connected to: a name that is rebound between
    the two has no effect.
    """

    networks: tuple[Network, ...] = ()
    # Names that mean no other addresses than such as must not be asked, with the last of those.
    refused: ClassVar[dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "PublicResolver":  # noqa: ANN401
        """Make the resolver of a crawl."""
        resolver: PublicResolver = super().from_crawler(crawler, reactor)
        # The resolver is the process's, not the spider's: it has nothing but the settings.
        resolver.networks = tuple(crawler.settings["JUESUAN_NETWORKS"])
        return resolver

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803
        hostName: str,  # noqa: N803
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Resolve a name, telling of the addresses that may be asked only."""
        receiver: Any = _PublicAddresses(resolutionReceiver, hostName, self.networks)
        return super().resolveHostName(receiver, hostName, *args, **kwargs)


class _PublicAddresses:
    """Passes on the addresses of a name that may be asked."""

    def __init__(self, receiver: Any, name: str, networks: tuple[Network, ...]) -> None:  # noqa: ANN401
        self.receiver = receiver
        self.name = name
        self.networks = networks
        self.refused = ""
        self.is_known = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: ANN401, N802
        """Pass on that it began."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: ANN401, N802
        """Pass on an address, unless it must not be asked."""
        if is_allowed_address(address.host, self.networks):
            self.is_known = True
            self.receiver.addressResolved(address)
        else:
            self.refused = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        """Pass on that it ended."""
        if self.refused and not self.is_known:
            PublicResolver.refused[self.name] = self.refused
        self.receiver.resolutionComplete()


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
        """Retry where the answer says that the server is in trouble, or did not come whole."""
        if response.status in RETRIED_STATUSES:
            asked = response.headers.get("Retry-After")
            return await self._again(request, f"http_{response.status}", asked) or response
        if is_short(response) and response.status < NO_SUCH_FILE:
            return await self._again(request, TRUNCATED[0], None) or response
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Retry where no whole answer came."""
        host = urlsplit(request.url).hostname
        if not isinstance(exception, RETRIED_FAILURES) or host in PublicResolver.refused:
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
        status = error.response.status
        hint = ", as sites do that check for a browser" if status in BROWSER_CHECKS else ""
        return f"http_{status}", f"the server answered {status}{hint}"
    if isinstance(error, IgnoreRequest):
        return _explain_ignored(str(error))
    for name, address in PublicResolver.refused.items():
        if isinstance(error, CannotResolveHostError) and name in str(error):
            return "private_address", f"{name} is {address}, which is not a public address"
    for kind, reason, detail in EXPLANATIONS:
        if isinstance(error, kind):
            return reason, detail
    return "unreachable", " ".join(str(error).split()) or type(error).__name__


EXPLANATIONS: tuple[tuple[type[Exception], str, str], ...] = (
    (DownloadTimeoutError, "timeout", "no whole answer came in time"),
    (CannotResolveHostError, "unknown_host", "the host's name cannot be resolved"),
    (DownloadConnectionRefusedError, "refused", "the host refuses connections"),
    (ResponseDataLossError, *TRUNCATED),
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
