"""Reads a government site's pages: what they link to, what they announce, what tables they hold.

Knows HTML and the layouts of sites. Does not fetch anything, nor decide what is fetched next.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from parsel import Selector
from w3lib.encoding import html_to_unicode

from pipelines.acquiring.site_catalogue import Selectors, Wording

ATTACHMENT_EXTENSIONS = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "7z", "wps", "et", "ofd", "rtf", "mht"}
)
MAX_PAGES_OF_A_LIST = 500
DATE = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
STATED_DATE = re.compile(r"(?:发布|公开|成文|更新)?(?:时间|日期)\s*[:：]\s*" + DATE.pattern)
# Hanweb's lists keep their entries in a script, each as a piece of HTML.
EMBEDDED_HTML = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# What of a page is its content: counters, dates of the day and the like stand elsewhere.
CONTENT = "//h1//text() | //p//text() | //td//text() | //th//text()"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page.

    Attributes:
        url: Where it leads, without a fragment.
        text: What it is called.
        published: The date that stands beside it, None where there is none.
    """

    url: str
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        url: Its address.
        title: Its title, '' where it has none.
        published: When it says it was published, None where it does not.
        links: Its links, each address once.
        attachments: Those of them that lead to files, and files shown inside the page.
        further: Addresses of the further pages of this list.
        has_tables: Whether it holds the tables of a budget or final accounts itself.
        content_sha256: Digest of its content, whatever stands around it.
    """

    url: str
    title: str
    published: date | None
    links: tuple[Link, ...]
    attachments: tuple[Link, ...]
    further: tuple[str, ...]
    has_tables: bool
    content_sha256: str


def read_page(text: str, url: str, layout: Selectors, wording: Wording) -> Page:
    """Read a page's HTML.

    Args:
        text: The HTML.
        url: Where it was fetched, for relative links.
        layout: How pages of this site are laid out.
        wording: What announcements and links to further pages are called.
    """
    page = Selector(text=text, type="html")
    embedded = EMBEDDED_HTML.findall(text)
    parts = [page, *(Selector(text=piece, type="html") for piece in embedded if "<" in piece)]
    links = _unique(link for part in parts for link in _links(part, url))
    shown = _unique(_shown_files(page, url))
    files = [link for link in links if is_attachment(link.url, layout)]
    return Page(
        url=url,
        title=_title(page, layout),
        published=_published(page, layout),
        links=tuple(links),
        attachments=tuple(_unique([*files, *shown])),
        further=tuple(_further(links, text, url, layout, wording)),
        has_tables=_has_tables(page, wording),
        content_sha256=_content_digest(page),
    )


def page_text(body: bytes, content_type: bytes | None) -> str:
    """A page's text, in the encoding it states or else in UTF-8 or GB 18030, whichever it is."""
    stated = (content_type or b"").decode("ascii", "replace")
    _, text = html_to_unicode(stated, body, auto_detect_fun=_detect, default_encoding="gb18030")
    return text


def _detect(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut off at the very end speaks for the encoding.
        return "utf-8" if error.start > len(body) - 4 else "gb18030"
    return "utf-8"


def is_attachment(url: str, layout: Selectors) -> bool:
    """Whether an address leads to a file, judged by how it ends or by the site's patterns."""
    return _extension(urlsplit(url).path) in ATTACHMENT_EXTENSIONS or matches(
        url, layout.attachments
    )


def matches(url: str, patterns: Iterable[str]) -> bool:
    """Whether path and query of a URL match one of the patterns."""
    parts = urlsplit(url)
    asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(re.search(pattern, asked, re.IGNORECASE) for pattern in patterns)


def _links(part: Selector, url: str) -> Iterator[Link]:
    for anchor in part.css("a[href]"):
        target = _absolute(anchor.attrib["href"], url)
        if target is None:
            continue
        printed = _text(anchor.css("::text").getall())
        stated = _text([anchor.attrib.get("title", "")])
        # Lists cut long titles short and keep the whole one in the attribute.
        text = max(printed.rstrip(".… "), stated, key=len)
        yield Link(target, text, _date_beside(anchor))


def _shown_files(page: Selector, url: str) -> Iterator[Link]:
    """Files that a page shows inside itself, in a frame or a viewer."""
    for element in page.css("iframe[src], embed[src], object[data], a[href]"):
        target = _absolute(
            next(filter(None, map(element.attrib.get, ("src", "data", "href")))), url
        )
        if target is None:
            continue
        # A viewer names the file it shows by its path.
        inside = [value for _, value in parse_qsl(urlsplit(target).query) if "/" in value]
        if element.root.tag != "a":
            inside.append(target)
        for each in inside:
            shown = _absolute(each, target)
            if shown and _extension(urlsplit(shown).path) in ATTACHMENT_EXTENSIONS:
                yield Link(shown, _text([element.attrib.get("title", "")]), None)


def _absolute(reference: str, url: str) -> str | None:
    try:
        target = urldefrag(urljoin(url, reference.strip())).url
        urlsplit(target).port  # noqa: B018 - raises where the port is no number
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) else None


def _unique(links: Iterable[Link]) -> list[Link]:
    """Each address once, with the longest of its texts."""
    by_url: dict[str, Link] = {}
    for link in links:
        before = by_url.get(link.url)
        if before is None or len(link.text) > len(before.text):
            by_url[link.url] = link
    return list(by_url.values())


def _further(
    links: Iterable[Link], text: str, url: str, layout: Selectors, wording: Wording
) -> Iterator[str]:
    for link in links:
        if link.text.strip("[]【】 ").lower() in wording.next_page:
            yield link.url
    counts = [int(found) for pattern in layout.page_count for found in re.findall(pattern, text)]
    if not counts or not layout.next_page:
        return
    last = min(max(counts), MAX_PAGES_OF_A_LIST) + layout.first_number - 1
    for number in range(layout.first_number, last):
        yield urljoin(url, layout.next_page.format(number=number))


def _title(page: Selector, layout: Selectors) -> str:
    stated = page.xpath("//meta[translate(@name,'ARTICLE','article')='articletitle']/@content")
    candidates = [
        stated.get(default=""),
        *(page.css(each).get(default="") for each in layout.title),
    ]
    return next(filter(None, (_text([each]) for each in candidates)), "")


def _published(page: Selector, layout: Selectors) -> date | None:
    stated = page.xpath("//meta[translate(@name,'PUBDATE','pubdate')='pubdate']/@content")
    candidates = [stated.get(default="")]
    candidates += [text for each in layout.published for text in page.css(each).getall()]
    for candidate in candidates:
        if (found := _date(DATE.search(candidate))) is not None:
            return found
    return _date(STATED_DATE.search(_text(page.css("body ::text").getall())))


def _date_beside(anchor: Selector) -> date | None:
    beside = anchor.xpath("ancestor::*[self::li or self::tr or self::dd or self::div][1]//text()")
    return _date(DATE.search(_text(beside.getall()[:20])))


def _date(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()[-3:]))
    except ValueError:
        return None


def _has_tables(page: Selector, wording: Wording) -> bool:
    printed = "".join(page.xpath("//table//text()").getall())
    found = [word for word in wording.table_words if word in re.sub(r"\s", "", printed)]
    return len(found) >= wording.table_words_needed


def _content_digest(page: Selector) -> str:
    printed = re.sub(r"\s", "", "".join(page.xpath(CONTENT).getall()))
    return hashlib.sha256(printed.encode("utf-8", "replace")).hexdigest()


def _text(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


def _extension(path: str) -> str:
    return unquote(path).rpartition("/")[2].rpartition(".")[2].lower()
