"""One crawl of one site, in a process of its own: ``python -m pipelines.acquiring.crawling``.

Knows what is asked in which order and what an answer means. Does not know other sites, nor what is
read from a document. The order comes as a line of JSON on standard input; what was found goes into
the raw store as it is found, and a summary to standard output. When standard input ends, whoever
ordered the crawl is gone, and so is this process.

A process of its own, because Twisted's reactor cannot be started twice, because Scrapy keeps whole
answers in memory, and because a hostile page may do no more than end it.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeAlias
from zlib import crc32

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from pipelines.acquiring.announcements import Announcement, recognise_announcement
from pipelines.acquiring.contents import (
    ARCHIVES,
    ArchiveError,
    extension_of,
    looks_complete,
    unpack,
)
from pipelines.acquiring.crawl_network import (
    GatekeeperMiddleware,
    PatientRetryMiddleware,
    PublicResolver,
    explain_failure,
)
from pipelines.acquiring.crawl_orders import Crawl, CrawlOrder, CrawlReport
from pipelines.acquiring.names import header_text, published_name
from pipelines.acquiring.pages import Link, Page, matches, page_text, read_page
from pipelines.acquiring.raw_store import KnownAddress, Outcome, RawStore, Role, Sighting
from pipelines.acquiring.site_catalogue import layout_of, load_wording

MEBIBYTE = 1024 * 1024
# After this long, a document is asked about only every so many days.
WATCHED_DAYS = 30
HTTP_NOT_MODIFIED = 304
GONE_STATUSES = frozenset({404, 410})
KEPT_HEADERS = frozenset(
    {
        *("content-type", "content-length", "content-disposition", "content-encoding"),
        *("etag", "last-modified", "date", "server"),
    }
)

Requests: TypeAlias = Iterator[Request]


class SiteSpider(scrapy.Spider):
    """Follows a site's lists to announcements, and announcements to their documents."""

    name = "juesuan"

    def __init__(self, crawl: Crawl) -> None:
        super().__init__()
        self.crawl = crawl
        self.site = crawl.order.site
        self.layout = layout_of(self.site)
        self.wording = load_wording()
        self.now = datetime.now(UTC).replace(tzinfo=None)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SiteSpider":  # noqa: ANN401
        """Make the spider of a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.report_defect, signal=signals.spider_error)
        crawler.signals.connect(spider.report_dropped, signal=signals.request_dropped)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the start pages."""
        for url in self.site.start_pages:
            yield self._list_request(url, depth=0, referrer="")

    # Lists

    def _list_request(self, url: str, *, depth: int, referrer: str) -> Request:
        return self._request(url, self.parse_list, Role.LIST, referrer, depth=depth)

    def parse_list(self, response: Response) -> Requests:
        """Follow a list's announcements, its further pages and the columns below it."""
        page = self._read(response)
        if page is None:
            return
        self._note(response, Outcome.UNCHANGED, title=page.title)
        yield from self._follow(page, depth=response.meta["depth_of_list"])

    def _follow(self, page: Page, depth: int) -> Requests:
        for url in page.further:
            yield self._list_request(url, depth=depth, referrer=page.url)
        files = {link.url for link in page.attachments}
        for link in page.attachments:
            announced = recognise_announcement(link.text, self.wording)
            if announced is not None:
                yield from self._document(link.url, link.text, announced, page.url, link.published)
            else:
                self._skip(link, page.url, "no_announcement")
        for link in page.links:
            if link.url not in files:
                yield from self._follow_link(link, page.url, depth)

    def _follow_link(self, link: Link, referrer: str, depth: int) -> Requests:
        announced = recognise_announcement(link.text, self.wording)
        is_article = matches(link.url, self.layout.articles)
        if announced is not None:
            yield from self._article(link, announced, referrer, depth)
        elif is_article:
            self._skip(link, referrer, "no_announcement")
        elif depth < self.site.depth and any(word in link.text for word in self.wording.columns):
            yield self._list_request(link.url, depth=depth + 1, referrer=referrer)

    # Articles

    def _article(self, link: Link, announced: Announcement, referrer: str, depth: int) -> Requests:
        known = self.crawl.known.get(link.url)
        told = {"announced": announced, "link": link, "depth_of_list": depth}
        if known is None or (known.role is Role.ARTICLE and self._is_due(known)):
            yield self._request(link.url, self.parse_article, Role.ARTICLE, referrer, **told)
        elif known.role is Role.ARTICLE:
            self.crawl.report.not_asked += 1
            yield from self._known_files(link.url, announced, link)
        else:
            yield from self._document(link.url, link.text, announced, referrer, link.published)

    def parse_article(self, response: Response) -> Requests:
        """Fetch an announcement's files, and keep the page itself where it holds the tables."""
        link: Link = response.meta["link"]
        announced: Announcement = response.meta["announced"]
        if response.status == HTTP_NOT_MODIFIED:
            self._note_known(response, announced)
            yield from self._known_files(link.url, announced, link)
            return
        if extension_of(response.body) not in ("html", "bin"):
            yield from self.parse_document(response)
            return
        page = self._read(response)
        if page is None:
            return
        announced = self._better(recognise_announcement(page.title, self.wording), announced)
        if not page.attachments and not page.has_tables:
            # A column may be called like an announcement.
            depth = response.meta["depth_of_list"]
            if depth < self.site.depth and not matches(page.url, self.layout.articles):
                self._note(response, Outcome.UNCHANGED, role=Role.LIST, title=page.title)
                yield from self._follow(page, depth + 1)
                return
        self._note_article(response, page, announced)
        published = page.published or link.published
        for file in page.attachments:
            own = recognise_announcement(file.text, self.wording)
            told = announced if own is None or own.fiscal_year is None else own
            told = replace(told, title=announced.title)
            yield from self._document(file.url, file.text, told, page.url, published)

    def _note_article(self, response: Response, page: Page, announced: Announcement) -> None:
        known = self.crawl.known.get(response.meta["url"])
        is_same = known is not None and known.content_sha256 == page.content_sha256
        outcome = Outcome.UNCHANGED if is_same else Outcome.CHANGED if known else Outcome.NEW
        stored: dict[str, Any] = {}
        if page.has_tables and is_same and known is not None:
            stored = {"sha256": known.sha256}
        elif page.has_tables and not self.crawl.order.is_check:
            stored = {
                "sha256": self.crawl.store.put(response.body, "html"),
                "extension": "html",
                "byte_count": len(response.body),
                "file_name": f"{page.title or announced.title}.html",
            }
        if page.has_tables:
            self._find(page.url, announced, page.title)
        self._note(
            response,
            outcome,
            announced=announced,
            published=page.published or response.meta["link"].published,
            content_sha256=page.content_sha256,
            links=json.dumps([(file.url, file.text) for file in page.attachments]),
            **stored,
        )

    def _known_files(self, url: str, announced: Announcement, link: Link) -> Requests:
        """Ask about the files that an unchanged announcement led to."""
        for file_url, text in self.crawl.linked.get(url, ()):
            yield from self._document(file_url, text, announced, url, link.published)

    # Documents

    def _document(
        self,
        url: str,
        text: str,
        announced: Announcement,
        referrer: str,
        published: date | None,
    ) -> Requests:
        known = self.crawl.known.get(url)
        if self.crawl.order.is_check:
            self._find(url, announced, text)
        elif known is None or self._is_due(known):
            link = Link(url, text, published)
            told = {"announced": announced, "link": link}
            yield self._request(url, self.parse_document, Role.DOCUMENT, referrer, **told)
        else:
            self.crawl.report.not_asked += 1

    def parse_document(self, response: Response) -> Requests:
        """Store a document, or say why there is none."""
        announced: Announcement = response.meta["announced"]
        if response.status == HTTP_NOT_MODIFIED:
            self._note_known(response, announced)
            return
        body, extension = response.body, extension_of(response.body)
        trouble = _trouble_with(response, extension)
        if trouble is not None:
            reason, detail = trouble
            again = get_retry_request(_request_of(response), spider=self, reason=reason)
            if again is not None and reason != "web_page":
                yield again
                return
            # What looks cut short and arrives the same each time may be all there is.
            if reason != "cut_short":
                self._fail(_request_of(response), reason, detail, response.status)
                return
        known = self.crawl.known.get(response.meta["url"])
        sha = sha256(body).hexdigest()
        is_same = known is not None and known.sha256 == sha
        outcome = Outcome.UNCHANGED if is_same else Outcome.CHANGED if known else Outcome.NEW
        self.crawl.store.put(body, extension)
        name = published_name(
            response.headers.get("Content-Disposition") or b"",
            response.url,
            link_text=response.meta["link"].text,
            title=announced.title,
            extension=extension,
        )
        seen = self._sighting(
            response,
            outcome,
            announced=announced,
            published=response.meta["link"].published,
            sha256=sha,
            extension=extension,
            byte_count=len(body),
            file_name=name,
            reason="" if trouble is None else trouble[0],
            detail="" if trouble is None else trouble[1],
        )
        self.crawl.note(replace(seen, role=self._unpacked(body, extension, seen)))

    def _unpacked(self, body: bytes, extension: str, archive: Sighting) -> Role:
        """Store the members of an archive; return the role that the archive itself is left."""
        if extension not in ARCHIVES or archive.outcome is Outcome.UNCHANGED:
            return Role.ARCHIVE if extension in ARCHIVES else Role.DOCUMENT
        most = self.site.budget.document_mebibytes * MEBIBYTE
        try:
            members = list(unpack(body, most))
        except ArchiveError as error:
            self.logger.warning("%s: the archive %s", archive.url, error)
            return Role.DOCUMENT
        for number, member in enumerate(members, start=1):
            kind = extension_of(member.content)
            self.crawl.note(
                replace(
                    archive,
                    url=f"{archive.url}#{number}",
                    referrer=archive.url,
                    role=Role.DOCUMENT,
                    sha256=self.crawl.store.put(member.content, kind),
                    extension=kind,
                    byte_count=len(member.content),
                    file_name=member.name,
                )
            )
        return Role.ARCHIVE if members else Role.DOCUMENT

    # Asking and noting

    def _request(self, url: str, callback: Any, role: Role, referrer: str, **told: Any) -> Request:  # noqa: ANN401
        known = self.crawl.known.get(url) if role is not Role.LIST else None
        headers = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        if role is Role.DOCUMENT:
            # What was packed on the way would not be the file's own bytes and length.
            headers["Accept-Encoding"] = "identity"
        meta = {
            "url": url,
            "role": role,
            "referrer": referrer,
            "handle_httpstatus_list": [HTTP_NOT_MODIFIED],
            "depth_of_list": told.pop("depth", 0),
            **told,
        }
        return Request(
            url,
            callback=callback,
            errback=self.report_failure,
            headers=headers,
            meta=meta,
            # Documents first: a crawl that is cut short has then something to show.
            priority={Role.DOCUMENT: 20, Role.ARTICLE: 10}.get(role, 0),
        )

    def _is_due(self, known: KnownAddress) -> bool:
        """Whether a known address is asked again: each time at first, then every so many days."""
        tells_version = bool(known.etag or known.last_modified)
        is_recent = self.now - known.first_seen_at < timedelta(days=WATCHED_DAYS)
        if tells_version and is_recent:
            return True
        # Spread over the days, so that not all of a site is asked on the same one.
        share = crc32(known.url.encode()) % 24 / 24
        return self.now - known.asked_at >= timedelta(days=self.site.recheck_days * (1 - share / 2))

    def _read(self, response: Response) -> Page | None:
        if extension_of(response.body) not in ("html", "bin"):
            self._fail(
                _request_of(response), "no_page", "it is a file, not a page", response.status
            )
            return None
        text = page_text(response.body, response.headers.get("Content-Type"))
        return read_page(text, response.url, self.layout, self.wording)

    def _better(self, first: Announcement | None, second: Announcement) -> Announcement:
        """The page's own announcement, completed by what the link to it was called."""
        if first is None:
            return second
        return replace(
            first,
            fiscal_year=first.fiscal_year or second.fiscal_year,
            department_name=first.department_name or second.department_name,
        )

    def _find(self, url: str, announced: Announcement, text: str) -> None:
        if self.crawl.order.is_check:
            self.crawl.report.found.append(
                {
                    "title": announced.title,
                    "kind": announced.kind,
                    "fiscal_year": announced.fiscal_year,
                    "department_name": announced.department_name,
                    "link_text": text,
                    "url": url,
                }
            )

    def _sighting(
        self,
        response: Response,
        outcome: Outcome,
        *,
        announced: Announcement | None = None,
        **more: Any,  # noqa: ANN401
    ) -> Sighting:
        headers = {
            name: header_text(value)
            for name in KEPT_HEADERS
            if (value := response.headers.get(name)) is not None
        }
        told = _told_by(announced)
        link: Link | None = response.meta.get("link")
        values = {
            "site": self.site.site,
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

    def _note(self, response: Response, outcome: Outcome, **more: Any) -> None:  # noqa: ANN401
        self.crawl.note(self._sighting(response, outcome, **more))

    def _note_known(self, response: Response, announced: Announcement) -> None:
        """Note that the server says that nothing changed."""
        known = self.crawl.known[response.meta["url"]]
        seen = self._sighting(
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

    def _skip(self, link: Link, referrer: str, reason: str) -> None:
        self.crawl.note(
            Sighting(
                site=self.site.site,
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

    def report_failure(self, failure: Failure) -> None:
        """Note why an address gave nothing."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        status = error.response.status if isinstance(error, HttpError) else None
        reason, detail = explain_failure(error)
        self._fail(request, reason, detail, status)

    def report_defect(self, failure: Failure, response: Response) -> None:
        """Note what made our own code fail: the address is not lost in silence."""
        error = failure.value
        detail = f"{type(error).__name__}: {error}; please report this address"
        self._fail(_request_of(response), "defect", " ".join(detail.split()), response.status)

    def report_dropped(self, request: Request) -> None:
        """Note a redirect to an address that was asked before, which is not followed again."""
        passed = request.meta.get("redirect_urls")
        if not passed:
            return
        if request.url in passed:
            self._fail(request, "redirect_loop", "the address redirects without end", None)
        else:
            self._fail(request, "redirected", f"it redirects to {request.url}, seen already", None)

    def _fail(self, request: Request, reason: str, detail: str, status: int | None) -> None:
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
                site=self.site.site,
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


# Not the fault of the site, and not tried again for it.
SKIP_REASONS = frozenset({"robots", "other_host", "private_address", "budget", "redirected"})


def _request_of(response: Response) -> Request:
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


def _trouble_with(response: Response, extension: str) -> tuple[str, str] | None:
    """Why an answer is no document, or may be only a part of one; None where nothing is amiss."""
    if not response.body:
        return "empty", "the answer is empty (0 bytes)"
    if extension == "html":
        return "web_page", "a web page came in place of the file"
    if not looks_complete(response.body):
        is_short = "dataloss" in response.flags
        return (
            ("truncated", "the connection ended before the file did")
            if is_short
            else ("cut_short", "the file has no end, as if it were cut short")
        )
    return None


def scrapy_settings(order: CrawlOrder) -> dict[str, Any]:
    """Scrapy's settings for a crawl."""
    site = order.site
    polite = site.politeness
    base = "scrapy.downloadermiddlewares"
    return {
        "JUESUAN_NETWORKS": site.private_networks,
        "USER_AGENT": order.user_agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "juesuan",
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": polite.delay_seconds,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": polite.concurrency,
        "CONCURRENT_REQUESTS": 2 * polite.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": polite.concurrency,
        "DOWNLOAD_DELAY": polite.delay_seconds,
        "DOWNLOAD_TIMEOUT": polite.timeout_seconds,
        "DOWNLOAD_MAXSIZE": site.budget.document_mebibytes * MEBIBYTE,
        "DOWNLOAD_WARNSIZE": 0,
        # A stated length is often wrong; whether the file is whole is told by its own end.
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "DOWNLOADER_MIDDLEWARES": {
            f"{base}.offsite.OffsiteMiddleware": None,
            f"{base}.httpauth.HttpAuthMiddleware": None,
            f"{base}.httpproxy.HttpProxyMiddleware": None,
            f"{base}.cookies.CookiesMiddleware": None,
            f"{base}.retry.RetryMiddleware": None,
            GatekeeperMiddleware: 10,
            PatientRetryMiddleware: 550,
        },
        "TWISTED_DNS_RESOLVER": PublicResolver,
        "RETRY_TIMES": polite.retries,
        "REDIRECT_MAX_TIMES": 5,
        "REFERRER_POLICY": "no-referrer",
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_LEVEL": "INFO",
    }


def crawl_site(order: CrawlOrder) -> CrawlReport:
    """Crawl a site; the reactor of this process can do so only once."""
    store = RawStore(order.store)
    opened = nullcontext() if order.is_check else store.journal(order.site.site)
    with opened as journal:
        site = order.site.site
        crawl = Crawl(
            order=order,
            store=store,
            journal=journal,
            known={} if order.is_check else store.known_addresses(site),
            linked=store.linked_files(site),
            skipped_before=store.skipped_addresses(site),
        )
        process = AsyncCrawlerProcess(scrapy_settings(order))
        process.crawl(SiteSpider, crawl=crawl)
        process.start()
    return crawl.finished_report()


def main() -> None:
    """Crawl as standard input orders, and report on standard output."""
    order = CrawlOrder.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_whoever_ordered, daemon=True).start()
    _limit_memory(order.memory_bytes)
    logging.captureWarnings(capture=True)
    report = crawl_site(order)
    sys.stdout.write(report.model_dump_json() + "\n")
    sys.stdout.flush()


def _end_with_whoever_ordered() -> None:
    sys.stdin.read()
    os._exit(1)


def _limit_memory(memory_bytes: int) -> None:
    """Let a hostile answer end this process rather than take the machine's memory."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


if __name__ == "__main__":
    main()
