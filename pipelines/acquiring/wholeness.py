"""Tells answers that came whole from those that were cut short.

Knows how much of an answer was announced, and how pages end: by themselves, and on their site.
Does not know who asks again, nor what is written down.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response

HTML_BEGINS = re.compile(rb"<html[\s>]", re.IGNORECASE)
HTML_ENDS = re.compile(rb"</html\s*>", re.IGNORECASE)
# Where a page that is HTML says so: behind a declaration, comments and white space.
BEGINNING = 4096
# So many pages without an end, and none with one, are how a site writes them.
HABIT = 2

TRUNCATED = ("truncated", "the connection ended before all of it came")
CUT_SHORT = ("cut_short", "it has no end, as if it were cut short")
# The server announces more than there is: what came has the end that it needs.
MISANNOUNCED = ("misannounced", "less came than was announced, but it has its end")
# With these an address was had in part at most.
REASONS_OF_PARTS = (TRUNCATED[0], CUT_SHORT[0])


class Ending(StrEnum):
    """How a page ends."""

    CLOSED = "closed"  # by </html>
    OPEN = "open"  # without it, though it began with <html>
    NONE = ""  # as a piece of HTML, or as what is no HTML


def is_short(response: "Response") -> bool:
    """Whether the connection ended before all that was announced had come."""
    return "dataloss" in response.flags


def ending_of(body: bytes) -> Ending:
    """How a page ends.

    Examples:
        >>> [ending_of(each) for each in (b"<html><p></html>", b"<html><p>", b"<p>")]
        [<Ending.CLOSED: 'closed'>, <Ending.OPEN: 'open'>, <Ending.NONE: ''>]
    """
    begun = HTML_BEGINS.search(body[:BEGINNING])
    if begun is None:
        return Ending.NONE
    return Ending.CLOSED if HTML_ENDS.search(body, begun.end()) else Ending.OPEN


def without_cut_tag(body: bytes) -> bytes:
    """What came of a page, up to its last whole tag: half an address must not be asked."""
    return body[: body.rfind(b">") + 1]


@dataclass(slots=True)
class SiteEndings:
    """How the pages of a site end, by what they are: lists are written otherwise than articles.

    Attributes:
        pages: What a page is and how it ended when it was last seen, by address.
    """

    pages: dict[str, tuple[str, Ending]] = field(default_factory=dict)

    @classmethod
    def seen_before(cls, pages: Iterable[tuple[str, str, str]]) -> "SiteEndings":
        """As earlier crawls saw them: address, what it is, how it ended."""
        return cls({url: (role, Ending(ending)) for url, role, ending in pages})

    def note(self, url: str, role: str, ending: Ending) -> None:
        """Keep in mind how a page ended."""
        self.pages[url] = role, ending

    def are_open(self, role: str) -> bool:
        """Whether the site writes its lists, or its articles, without an end."""
        counts = Counter(ending for like, ending in self.pages.values() if like == role)
        return counts[Ending.OPEN] >= max(HABIT, counts[Ending.CLOSED])

    def are_cut(self, role: str) -> bool:
        """Whether its lists, or articles, without an end were cut short, once all were seen.

        Of a single one its pages of the other kind tell.
        """
        is_closed = any(ending is Ending.CLOSED for _, ending in self.pages.values())
        return is_closed and not self.are_open(role)
