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
from w3lib.url import safe_url_string

from pipelines.acquiring.paginations import counted_pages, is_next_page, record_groups
from pipelines.acquiring.site_catalogue import Selectors, Wording

ATTACHMENT_EXTENSIONS = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "7z", "wps", "et", "ofd", "rtf", "mht"}
)
PAGE_EXTENSIONS = frozenset({"html", "htm", "shtml"})
DATE = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
STATED_DATE = re.compile(r"(?:发布|公开|成文|更新)?(?:时间|日期)\s*[:：]\s*" + DATE.pattern)
# Hanweb's lists keep their entries in a script, each as a piece of HTML.
EMBEDDED_HTML = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# What of a page is its content: counters, dates of the day and the like stand elsewhere.
CONTENT = "//h1//text() | //p//text() | //td//text() | //th//text()"
LINKING = "a[href], a[onclick], area[href], li[onclick], tr[onclick], td[onclick], span[onclick]"
# Where an element keeps the address that its script leads to.
SCRIPTED = ("onclick", "href", "tagname", "data-href", "data-url")
QUOTED = re.compile(r"[\"']([^\"'\s<>]+)[\"']")
ADDRESS = re.compile(
    r"https?://.+|\.{0,2}/[^/].*|[^:]+\.(s?html?|jsp|aspx?|php|do|pdf|docx?|xlsx?|zip|rar|wps|ofd)"
    r"([?#].*)?",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']"
    r"|\blocation\.(?:replace|assign)\(\s*[\"']([^\"']+)[\"']"
)
WESTERN = frozenset({"cp1252", "iso8859-1", "ascii"})
# A page with less text than this, no link and a script is no page for people.
FEWEST_CHARACTERS = 30
LONGEST_LABEL = 200


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
        scripted: Texts of links that only a script can follow.
        moved_to: Where the page sends browsers on by script, or the one page that it frames; ''
            where it holds anything itself.
        is_script: Whether it holds nothing but a script.
        has_tables: Whether it holds the tables of a budget or final accounts itself.
        content_sha256: Digest of its content, whatever stands around it.
    """

    url: str
    title: str
    published: date | None
    links: tuple[Link, ...]
    attachments: tuple[Link, ...]
    further: tuple[str, ...]
    scripted: tuple[str, ...]
    moved_to: str
    is_script: bool
    has_tables: bool
    content_sha256: str


def read_page(
    body: bytes, content_type: bytes | None, url: str, layout: Selectors, wording: Wording
) -> Page:
    """Read a page.

    Args:
        body: The page as it was sent.
        content_type: The header that may state its encoding.
        url: Where it was fetched, for relative links.
        layout: How pages of this site are laid out.
        wording: What announcements and links to further pages are called.
    """
    encoding, text = page_text(body, content_type)
    page = Selector(text=text, type="html")
    place = _Place(_base(page, url), encoding)
    embedded = EMBEDDED_HTML.findall(text)
    parts = [page, *(Selector(text=piece, type="html") for piece in embedded if "<" in piece)]
    linking = [element for part in parts for element in part.css(LINKING)]
    links = _unique(link for element in linking for link in _links(element, place))
    files = [link for link in links if is_attachment(link, layout)]
    attachments = _unique([*files, *_shown_files(page, place)])
    onward = [link.url for link in links if is_next_page(link.text, wording.next_page)]
    has_tables = _has_tables(page, wording)
    is_bare = not (links or attachments or has_tables) and len(_content(page)) < FEWEST_CHARACTERS
    return Page(
        url=url,
        title=_title(page, layout),
        published=_published(page, layout),
        links=tuple(links),
        attachments=tuple(attachments),
        further=(*onward, *counted_pages(text, place.url, layout), *record_groups(text, place.url)),
        scripted=tuple(filter(None, (_scripted(element, place) for element in linking))),
        moved_to=_moved_to(page, text, place) if is_bare else "",
        is_script=is_bare and "<script" in text.lower(),
        has_tables=has_tables,
        content_sha256=_content_digest(page),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What references of a page are relative to: an address, and the encoding of its queries."""

    url: str
    encoding: str


def _base(page: Selector, url: str) -> str:
    stated = page.css("base::attr(href)").get("").strip()
    return _absolute(stated, _Place(url, "utf-8")) or url if stated else url


def page_text(body: bytes, content_type: bytes | None) -> tuple[str, str]:
    """A page's encoding and text: UTF-8 where it is that, else what it states, else GB 18030.

    What a page states is often wrong, but what reads as UTF-8 is never anything else.
    """
    try:
        return "utf-8", body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A character cut off at the very end speaks for the encoding.
        if error.start > len(body) - 4:
            return "utf-8", body.decode("utf-8-sig", "ignore")
    stated = (content_type or b"").decode("ascii", "replace")
    found = html_to_unicode(stated, body, default_encoding="gb18030")
    other = ("gb18030", body.decode("gb18030", "replace"))
    # Servers that were never set up state a Western encoding, in which everything reads somehow.
    likely = (other, found) if found[0] in WESTERN else (found, other)
    return min(likely, key=lambda read: read[1].count("\ufffd"))


def is_attachment(link: Link, layout: Selectors) -> bool:
    """Whether a link leads to a file, judged by its address, the site's patterns, or its name."""
    extension = _extension(urlsplit(link.url).path)
    if extension in ATTACHMENT_EXTENSIONS or matches(link.url, layout.attachments):
        return True
    return extension not in PAGE_EXTENSIONS and _extension(link.text) in ATTACHMENT_EXTENSIONS


def matches(url: str, patterns: Iterable[str]) -> bool:
    """Whether path and query of a URL match one of the patterns."""
    parts = urlsplit(url)
    asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(re.search(pattern, asked, re.IGNORECASE) for pattern in patterns)


def _links(element: Selector, place: _Place) -> Iterator[Link]:
    target = _target(element, place)
    if target is not None:
        yield Link(target, _label(element), _date_beside(element))


def _target(element: Selector, place: _Place) -> str | None:
    """Where an element leads, by its address or by the one in its script."""
    reference = element.attrib.get("href", "").strip()
    if reference.strip("#") and not reference.lower().startswith("javascript:"):
        return _absolute(reference, place)
    scripts = " ".join(f"{element.attrib.get(name, '')}" for name in SCRIPTED[:2])
    stated = [element.attrib.get(name, "") for name in SCRIPTED[2:]]
    for found in (*stated, *QUOTED.findall(scripts)):
        if ADDRESS.fullmatch(found):
            return _absolute(found, place)
    return None


def _scripted(element: Selector, place: _Place) -> str:
    """What a link is called that only a script can follow, '' for any other."""
    script = element.attrib.get("onclick", "") + element.attrib.get("href", "")
    return _label(element) if "(" in script and _target(element, place) is None else ""


def _label(element: Selector) -> str:
    printed = _text(element.css("::text").getall())[:LONGEST_LABEL]
    stated = _text([element.attrib.get("title", "")])
    # Lists cut long titles short and keep the whole one in the attribute.
    return max(printed.rstrip(".… "), stated, key=len)


def _shown_files(page: Selector, place: _Place) -> Iterator[Link]:
    """Files that a page shows inside itself, in a frame, by a viewer or by a script."""
    for element in page.css("iframe[src], embed[src], object[data], a[href]"):
        target = _absolute(
            next(filter(None, map(element.attrib.get, ("src", "data", "href"))), ""), place
        )
        if target is None:
            continue
        # A viewer names the file it shows by its path.
        inside = [value for _, value in parse_qsl(urlsplit(target).query) if "/" in value]
        if element.root.tag != "a":
            inside.append(target)
        yield from _files_among(inside, _text([element.attrib.get("title", "")]), place)
    for script in page.css("script::text").getall():
        yield from _files_among(QUOTED.findall(script), "", place)


def _files_among(references: Iterable[str], text: str, place: _Place) -> Iterator[Link]:
    for reference in references:
        shown = _absolute(reference, place)
        if shown and _extension(urlsplit(shown).path) in ATTACHMENT_EXTENSIONS:
            yield Link(shown, text, None)


def _moved_to(page: Selector, text: str, place: _Place) -> str:
    found = MOVED.search(text)
    if found is not None:
        return _absolute(found[1] or found[2], place) or ""
    framed = page.css("frame::attr(src), iframe::attr(src)").getall()
    return _absolute(framed[0], place) or "" if len(framed) == 1 else ""


def _absolute(reference: str, place: _Place) -> str | None:
    """An address as it is asked, None for what cannot be asked."""
    try:
        target = urljoin(place.url, reference.strip().replace("\\", "/"))
        if not target.startswith(("http://", "https://")):
            return None
        urlsplit(target).port  # noqa: B018 - raises where the port is no number
        # As browsers do: a path is sent in UTF-8, a query in the page's own encoding.
        return safe_url_string(urldefrag(target).url, encoding=place.encoding)
    except ValueError:
        return None


def _unique(links: Iterable[Link]) -> list[Link]:
    """Each address once, with the longest of its texts."""
    by_url: dict[str, Link] = {}
    for link in links:
        before = by_url.get(link.url)
        if before is None or len(link.text) > len(before.text):
            by_url[link.url] = link
    return list(by_url.values())


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


def _content(page: Selector) -> str:
    return re.sub(r"\s", "", "".join(page.xpath(CONTENT).getall()))


def _content_digest(page: Selector) -> str:
    return hashlib.sha256(_content(page).encode("utf-8", "replace")).hexdigest()


def _text(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


def _extension(path: str) -> str:
    return unquote(path).rpartition("/")[2].rpartition(".")[2].lower()
