"""Tells from a title whether it announces a department's budget or final accounts, and whose.

Knows titles and the wording they come in. Does not know pages, nor what is behind a title.
"""

import re
import unicodedata
from dataclasses import dataclass

from pipelines.acquiring.names import ORDINAL
from pipelines.acquiring.site_catalogue import Wording

NOISE = re.compile(r"[\s“”\"'《》【】「」]+")
YEAR = re.compile(
    r"(?<!\d)(20\d{2}|[二2][〇零○oO0][一二三四五六七八九〇零○][〇零○一二三四五六七八九])(?=年|\D|$)"
)
SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})(?=年)")
AFTER_YEAR = re.compile(r"^[年度]+")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a title announces.

    Attributes:
        title: The title as it stands.
        kind: ``final_accounts`` or ``budget``.
        fiscal_year: The year it names, None where it names none.
        department_name: The department it names, '' where it names none.
    """

    title: str
    kind: str
    fiscal_year: int | None
    department_name: str


def recognise_announcement(title: str, wording: Wording) -> Announcement | None:
    """What a title announces, None where that is no department's budget or final accounts."""
    folded = ORDINAL.sub("", fold_title(title))
    found = [
        (folded.index(word), kind)
        for kind, words in wording.kinds.items()
        for word in words
        if word in folded
    ]
    is_departmental = any(word in folded for word in wording.departmental)
    if not found or (not is_departmental and any(word in folded for word in wording.others)):
        return None
    position, kind = min(found)
    year = YEAR.search(folded) or SHORT_YEAR.search(folded)
    return Announcement(
        title=title,
        kind=kind,
        fiscal_year=None if year is None else _year(year[1]),
        department_name=_department(folded, position, year, wording),
    )


def fold_title(title: str) -> str:
    """A title without white space and quotation marks, full-width forms made plain.

    Examples:
        >>> fold_title("某县“民政局”  ２０２３年度 决算")
        '某县民政局2023年度决算'
    """
    return NOISE.sub("", unicodedata.normalize("NFKC", title))


def _year(text: str) -> int:
    number = int(text.translate(CHINESE_DIGITS).replace("o", "0").replace("O", "0"))
    return number if number > 99 else 2000 + number


def _department(
    folded: str, kind_position: int, year: re.Match[str] | None, wording: Wording
) -> str:
    """The name before the year, or else between the year and the word that tells the kind."""
    if year is None or year.start() > kind_position:
        return _trimmed(folded[:kind_position], wording)
    before = _trimmed(folded[: year.start()], wording)
    after = AFTER_YEAR.sub("", folded[year.end() : kind_position])
    return before or _trimmed(after, wording)


def _trimmed(text: str, wording: Wording) -> str:
    """A name without the words that surround it in titles."""
    for word in wording.surroundings["before"]:
        text = text.removeprefix(word)
    shorter = text
    while shorter:
        for word in wording.surroundings["after"]:
            shorter = shorter.removesuffix(word)
        if shorter == text:
            break
        text = shorter
    return shorter
