"""Follows one site's lists to announcements, and announcements to their documents.

Knows what is asked in which order and what an answer means. Does not know the network, nor how
what it sees is written down.
"""

import json
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeAlias
from zlib import crc32

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response

from pipelines.acquiring.announcements import Announcement, recognise_announcement
from pipelines.acquiring.archives import Bounds, Member, is_archive, unpack
from pipelines.acquiring.contents import KEPT_MEMBERS, extension_of, looks_complete
from pipelines.acquiring.crawl_orders import Crawl
from pipelines.acquiring.names import published_name
from pipelines.acquiring.notebook import Notebook, request_of
from pipelines.acquiring.pages import Link, Page, matches, read_page
from pipelines.acquiring.paginations import is_next_page
from pipelines.acquiring.raw_store import KnownAddress, Outcome, Role, Sighting
from pipelines.acquiring.site_catalogue import MEBIBYTE, layout_of, load_wording
from pipelines.acquiring.whole_files import unfinished_folder
from pipelines.acquiring.wholeness import (
    CUT_SHORT,
    MISANNOUNCED,
    TRUNCATED,
    Ending,
    ending_of,
    is_short,
    without_cut_tag,
)

# After this long, a document is asked about only every so many days.
WATCHED_DAYS = 30
HTTP_NOT_MODIFIED = 304
# How often a script may send a crawl on from one page to the next.
MOST_MOVES = 3
ONLY_SCRIPT = (
    "script_page",
    "the page holds nothing but a script, as sites send that check for a browser",
)

Requests: TypeAlias = Iterator[Request]


class SiteSpider(scrapy.Spider):
    """Follows a site's lists to announcements, and announcements to their documents."""

    name = "juesuan"

    def __init__(self, crawl: Crawl) -> None:
        super().__init__()
        self.crawl = crawl
        self.notebook = Notebook(crawl)
        self.site = crawl.order.site
        self.layout = layout_of(self.site)
        self.wording = load_wording()
        self.now = datetime.now(UTC).replace(tzinfo=None)
        # Pages without an end: only the site's other pages will tell whether they were cut short.
        self.left_open: list[Sighting] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SiteSpider":  # noqa: ANN401
        """Make the spider of a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.notebook.note_defect, signal=signals.spider_error)
        crawler.signals.connect(spider.notebook.note_dropped, signal=signals.request_dropped)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the start pages."""
        for url in self.site.start_pages:
            yield self._list_request(url, depth=0, referrer="")

    def closed(self, _: str) -> None:
        """Write down what could not be judged before all pages were seen."""
        for page in self.left_open:
            is_cut = self.crawl.endings.are_cut(page.role)
            self.crawl.note(_as_part(page, CUT_SHORT) if is_cut else page)

    # Lists

    def _list_request(self, url: str, *, depth: int, referrer: str) -> Request:
        return self._request(url, self.parse_list, Role.LIST, referrer, depth=depth)

    def parse_list(self, response: Response) -> Requests:
        """Follow a list's announcements, its further pages and the columns below it."""
        page = yield from self._read(response)
        if page is None:
            return
        self._note_page(response, Outcome.UNCHANGED, title=page.title)
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
                self.notebook.skip(link, page.url, "no_announcement")
        for link in page.links:
            if link.url not in files:
                yield from self._follow_link(link, page.url, depth)
        self._tell_scripted(page)

    def _tell_scripted(self, page: Page) -> None:
        """Tell of further pages, announcements and files that only a script leads to."""
        for text in page.scripted:
            is_wanted = (
                is_next_page(text, self.wording.next_page)
                or any(word in text for word in self.wording.files)
                or recognise_announcement(text, self.wording) is not None
            )
            if is_wanted:
                self.notebook.skip(Link(f"{page.url}#{text}", text, None), page.url, "script")

    def _follow_link(self, link: Link, referrer: str, depth: int) -> Requests:
        announced = recognise_announcement(link.text, self.wording)
        is_article = matches(link.url, self.layout.articles)
        if announced is not None:
            yield from self._article(link, announced, referrer, depth)
        elif is_article:
            self.notebook.skip(link, referrer, "no_announcement")
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
            self.notebook.note_known(response, announced)
            yield from self._known_files(link.url, announced, link)
            return
        if extension_of(response.body) not in ("html", "bin"):
            yield from self.parse_document(response)
            return
        page = yield from self._read(response)
        if page is None:
            return
        announced = self._better(recognise_announcement(page.title, self.wording), announced)
        if not page.attachments and not page.has_tables:
            # A column may be called like an announcement.
            depth = response.meta["depth_of_list"]
            if depth < self.site.depth and not matches(page.url, self.layout.articles):
                self._note_page(response, Outcome.UNCHANGED, role=Role.LIST, title=page.title)
                yield from self._follow(page, depth + 1)
                return
        if _is_half(response):
            # What a half page links to is there; the half of a table would be taken for all of it.
            self.notebook.fail(request_of(response), *TRUNCATED, response.status)
        else:
            self._note_article(response, page, announced)
        self._tell_scripted(page)
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
        self._note_page(
            response,
            outcome,
            announced=announced,
            published=page.published or response.meta["link"].published,
            content_sha256=page.content_sha256,
            links=json.dumps([(file.url, file.text) for file in page.attachments]),
            **stored,
        )

    def _note_page(self, response: Response, outcome: Outcome, **more: Any) -> None:  # noqa: ANN401
        """Write down a page, as had in part where it was cut short."""
        if _is_half(response):
            self.notebook.fail(request_of(response), *TRUNCATED, response.status)
            return
        ending = ending_of(response.body)
        seen = self.notebook.sighting(response, outcome, ending=str(ending), **more)
        if is_short(response):
            seen = _as_part(seen, MISANNOUNCED)
        if ending is Ending.OPEN:
            self.left_open.append(seen)
        else:
            self.crawl.note(seen)

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
            self.notebook.note_known(response, announced)
            return
        body, extension = response.body, extension_of(response.body)
        trouble = _trouble_with(response, extension)
        if trouble is not None:
            reason, detail = trouble
            again = get_retry_request(request_of(response), spider=self, reason=reason)
            if again is not None and reason != "web_page":
                yield again
                return
            # What looks cut short and arrives the same each time may be all there is.
            if trouble not in (CUT_SHORT, MISANNOUNCED):
                self.notebook.fail(request_of(response), reason, detail, response.status)
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
        seen = self.notebook.sighting(
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
        self.crawl.note(replace(seen, role=self._unpacked(seen)))

    def _unpacked(self, archive: Sighting) -> Role:
        """Store the members of an archive; return the role that the archive itself is left."""
        store = self.crawl.store
        path = store.object_path(archive.sha256, archive.extension)
        if not is_archive(path):
            return Role.DOCUMENT
        if archive.outcome is Outcome.UNCHANGED:
            return Role.ARCHIVE
        bounds = Bounds(byte_count=self.site.budget.document_mebibytes * MEBIBYTE)
        try:
            with unfinished_folder(store.unfinished_dir) as folder:
                unpacked = unpack(path, folder, bounds)
                files = [member for member in unpacked.members if member.content or member.reason]
                for number, member in enumerate(files, start=1):
                    self._take_member(archive, f"{archive.url}#{number}", member)
        except MemoryError:
            self.logger.warning("%s: not unpacked: it needs too much memory", archive.url)
            return Role.DOCUMENT
        if unpacked.reason:
            told = (archive.url, unpacked.explanation)
            self.logger.warning("%s: not unpacked to its end: %s", *told)
        # One that was not unpacked to its end is left to be judged by whoever reads it.
        is_whole = not (unpacked.reason or any(member.reason for member in files))
        return Role.ARCHIVE if is_whole else Role.DOCUMENT

    def _take_member(self, archive: Sighting, url: str, member: Member) -> None:
        """Store a file from an archive, where it may be a document."""
        content = member.content.read_bytes() if member.content else b""
        kind = extension_of(content)
        if kind not in KEPT_MEMBERS:
            link = Link(url, member.name, archive.published)
            self.notebook.skip(link, archive.url, "no_document")
            return
        self.crawl.note(
            replace(
                archive,
                url=url,
                role=Role.DOCUMENT,
                sha256=self.crawl.store.put(content, kind),
                extension=kind,
                byte_count=len(content),
                file_name=member.name,
            )
        )

    # Asking and noting

    def _request(self, url: str, callback: Any, role: Role, referrer: str, **told: Any) -> Request:  # noqa: ANN401
        known = self.crawl.known.get(url) if role is not Role.LIST else None
        headers = {}
        # Of what came in part only, the whole is not to be told as unchanged.
        if known is not None and known.etag and not known.is_in_part:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified and not known.is_in_part:
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
            errback=self.notebook.note_failure,
            headers=headers,
            meta=meta,
            # Documents first: a crawl that is cut short has then something to show.
            priority={Role.DOCUMENT: 20, Role.ARTICLE: 10}.get(role, 0),
        )

    def _is_due(self, known: KnownAddress) -> bool:
        """Whether a known address is asked again: each time at first, then every so many days.

        One of which only a part came is asked each time.
        """
        if known.is_in_part:
            return True
        tells_version = bool(known.etag or known.last_modified)
        is_recent = self.now - known.first_seen_at < timedelta(days=WATCHED_DAYS)
        if tells_version and is_recent:
            return True
        # Spread over the days, so that not all of a site is asked on the same one.
        share = crc32(known.url.encode()) % 24 / 24
        return self.now - known.asked_at >= timedelta(days=self.site.recheck_days * (1 - share / 2))

    def _read(self, response: Response) -> Generator[Request, None, Page | None]:
        """A page; where it only sends browsers on or was cut short, what to ask and None."""
        if extension_of(response.body) not in ("html", "bin"):
            problem = "no_page", "it is a file, not a page"
            self.notebook.fail(request_of(response), *problem, response.status)
            return None
        again = self._asked_again(response)
        if again is not None:
            yield again
            return None
        body = without_cut_tag(response.body) if _is_half(response) else response.body
        stated = response.headers.get("Content-Type")
        page = read_page(body, stated, response.url, self.layout, self.wording)
        moves = response.meta.get("moves", 0)
        if page.moved_to not in ("", response.url) and moves < MOST_MOVES:
            asked = request_of(response)
            yield asked.replace(url=page.moved_to, meta={**asked.meta, "moves": moves + 1})
            return None
        if page.is_script:
            self.notebook.fail(request_of(response), *ONLY_SCRIPT, response.status)
            return None
        return page

    def _asked_again(self, response: Response) -> Request | None:
        """The request for a page once more, where it has no end and its site's others have one."""
        role, ending = response.meta["role"], ending_of(response.body)
        if ending is Ending.NONE or is_short(response):
            return None
        self.crawl.endings.note(response.meta["url"], role, ending)
        if ending is Ending.CLOSED or self.crawl.endings.are_open(role):
            return None
        return get_retry_request(request_of(response), spider=self, reason=CUT_SHORT[0])

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


def _trouble_with(response: Response, extension: str) -> tuple[str, str] | None:
    """Why an answer is no document, or may be only a part of one; None where nothing is amiss."""
    if not response.body:
        return "empty", "the answer is empty (0 bytes)"
    if extension == "html":
        return "web_page", "a web page came in place of the file"
    if not looks_complete(response.body):
        return TRUNCATED if is_short(response) else CUT_SHORT
    return MISANNOUNCED if is_short(response) else None


def _is_half(response: Response) -> bool:
    """Whether less of a page came than was announced, and its end is missing."""
    return is_short(response) and ending_of(response.body) is not Ending.CLOSED


def _as_part(seen: Sighting, why: tuple[str, str]) -> Sighting:
    reason, detail = why
    return replace(seen, reason=reason, detail=detail)
