"""Finds the further pages of a list, in the ways that content management systems number them.

Knows links, page counts in scripts and Hanweb's groups of records. Does not know what is listed.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from pipelines.acquiring.site_catalogue import Selectors

MAX_PAGES_OF_A_LIST = 500
DEFAULT_NAME = ("index", "html")
NUMBERED = re.compile(r"_\d+$")
# What stands around 下一页 on a button.
ORNAMENTS = "[]【】()（）|｜ \xa0"
ARROWS = "<>«»‹›→"
# Hanweb: the first records stand in the page, the others come in groups of so many pages each.
HANWEB_PROXY = re.compile(r"proxyUrl\s*:\s*['\"]([^'\"]+)['\"]")
HANWEB_NUMBER = r"{name}\s*:\s*['\"]?(\d+)"
HANWEB_ASKED = re.compile(r"ajaxParam\s*:\s*\{([^}]*)\}")
HANWEB_FIELD = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]?([^'\",}]*)['\"]?")
HANWEB_USUAL = {"perPage": 15, "groupSize": 3}
NEXT_GROUP = re.compile(r"<nextgroup>.*?href\s*=\s*([\"'])(.+?)\1", re.DOTALL)


def is_next_page(text: str, words: Iterable[str]) -> bool:
    """Whether a link's text is one of the words for the next page, arrows and brackets apart.

    Examples:
        >>> words = ("下一页", ">")
        >>> [is_next_page(text, words) for text in ("[下一页]", "下一页 >", ">", "下一页新闻")]
        [True, True, True, False]
    """
    bare = text.strip(ORNAMENTS).lower()
    return bare in words or bare.strip(ORNAMENTS + ARROWS) in words


def counted_pages(text: str, url: str, layout: Selectors) -> Iterator[str]:
    r"""Further pages of a list whose script says how many there are.

    Args:
        text: The list's HTML.
        url: Its address.
        layout: How the site numbers the pages of a list.

    Examples:
        >>> layout = Selectors(
        ...     page_count=[r"pages\((?P<count>\d+)"], next_page="{stem}_{number}.{suffix}"
        ... )
        >>> list(counted_pages("pages(3)", "http://a.example/b/list.shtml", layout))
        ['http://a.example/b/list_1.shtml', 'http://a.example/b/list_2.shtml']
    """
    found = [match for pattern in layout.page_count for match in re.finditer(pattern, text)]
    if not found or not layout.next_page:
        return
    most = max(found, key=_count)
    stem, suffix = _name_of(url)
    told = {name: value for name, value in most.groupdict().items() if value}
    names = {"stem": stem, "suffix": suffix, **told}
    last = min(_count(most), MAX_PAGES_OF_A_LIST) + layout.first_number - 1
    for number in range(layout.first_number, last):
        yield urljoin(url, layout.next_page.format(number=number, **names))


def record_groups(text: str, url: str) -> Iterator[str]:
    """The further groups of a Hanweb list: the next one where it is named, else all by number.

    A group without records is the last, whatever it names.
    """
    if (named := NEXT_GROUP.search(text)) is not None:
        if "<record>" in text:
            yield urljoin(url, named[2].replace("&amp;", "&"))
        return
    asked = HANWEB_ASKED.search(text)
    total = _hanweb_number(text, "totalRecord")
    if asked is None or total is None:
        return
    proxy = HANWEB_PROXY.search(text)
    per_page = _hanweb_number(text, "perPage") or HANWEB_USUAL["perPage"]
    in_group = per_page * (_hanweb_number(text, "groupSize") or HANWEB_USUAL["groupSize"])
    fields = dict(HANWEB_FIELD.findall(asked[1]))
    address = urljoin(url, proxy[1] if proxy else "/module/web/jpage/dataproxy.jsp")
    for first in range(in_group + 1, min(total, in_group * MAX_PAGES_OF_A_LIST) + 1, in_group):
        last = min(first + in_group - 1, total)
        records = {"startrecord": first, "endrecord": last, "perpage": per_page}
        yield f"{address}?{urlencode({**records, **fields})}"


def _hanweb_number(text: str, name: str) -> int | None:
    found = re.search(HANWEB_NUMBER.format(name=name), text)
    return None if found is None else int(found[1])


def _count(found: re.Match[str]) -> int:
    return int(found.groupdict().get("count") or found[1])


def _name_of(url: str) -> tuple[str, str]:
    """The name of a list's first page without number and suffix, and the suffix."""
    stem, dot, suffix = urlsplit(url).path.rpartition("/")[2].rpartition(".")
    return (NUMBERED.sub("", stem), suffix) if dot and stem else DEFAULT_NAME
