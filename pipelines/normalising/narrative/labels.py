"""Names that stand before numbers, and lists of them.

Knows how a label is cut out of the words before a value. Does not know what any label means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.normalising.narrative.lexicon import NUMBER, Folded

_LEADING = (
    r"其中|包括|具体为|具体是|预算安排|共安排|拟安排|安排|截至|截止|共计|共有|同时|另外|目前|已经|先后|累计为|年末|年初"
    r"|的|[:，,、()]|\d{1,2}[、.](?!\d)|[①-⑳]"
)
_TRAILING = (
    r"共计|合计|总计|共有|共|达到|达|约为|(?<![节条预签公])约|为|是|有|近|超过|超|了|各|分别|:|的|大致|的项目"
    r"|人民币|提升至|提高至|增至|增加到|降至"
)
_ENTRY = re.compile(
    rf"(?:(?:其中|以及|和)?:?)(?P<label>(?:[^，,、;。:\d()]|\([^()\d]{{1,20}}\))+?)"
    rf"(?:(?:为|共)?(?P<value>{NUMBER}(?:万元|元|亿元))(?P<etc>等?))?(?P<end>[、，,;。]|$)"
)
ENUMERATED = re.compile(r"\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]+\)|[①-⑳]")
_NUMERAL = re.compile(r"[一二三四五六七八九十\d]+|[①-⑳]")
_NUMBERED = re.compile(rf"{ENUMERATED.pattern}|第?[一二三四五六七八九十]+(?:是|、|，|:)")
# 原因有以下几点:一是…
_NUMBERED_LATER = re.compile(r"[^，。;:\d]{0,12}[:，]?")
_ETC = re.compile(r"(?:等支出|等费用|等费|等等|等|……|…)+$")
_ASIDE = re.compile(r"\(不涉及的?不列\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a list, as spans of the folded text, with the amount behind it if any."""

    begin: int
    end: int
    value: tuple[int, int] | None
    read_to: int


def clean_label(text: str, leading: tuple[str, ...]) -> str:
    """Strip words that introduce a name, from the left, as often as they stand there."""
    pattern = _leading(leading)
    stripped = text
    while match := pattern.match(stripped):
        if not match[0]:
            break
        stripped = stripped[match.end() :]
    return stripped


@cache
def _leading(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join((_LEADING, *map(re.escape, words)))})")


def numbering(text: str, *, is_introduced: bool = False) -> str:
    """How a text is numbered that begins with a number (1、, 一是, ①), '' where it is not.

    Args:
        text: Folded text.
        is_introduced: Whether a few words and a colon may stand before the number.

    >>> numbering("二是会议费减少")
    '一是'
    """
    match = _NUMBERED.match(text)
    if match is None and is_introduced:
        begin = _NUMBERED_LATER.match(text)
        match = _NUMBERED.match(text, begin.end() if begin else 0)
    if match is None:
        return ""
    return _NUMERAL.sub(lambda numeral: "一" if numeral[0].isalpha() else "1", match[0])


def without_quotes(label: str) -> str:
    """A label without the quotation marks around it; those of a word in it stay.

    >>> [without_quotes(each) for each in ("“茶园建设”", "“三园”建设", "茶园建设”")]
    ['茶园建设', '“三园”建设', '茶园建设']
    """
    opened, closed = label.count("“"), label.count("”")
    is_enclosed = label[:1] == "“" and label.find("”") == len(label) - 1
    return label.strip("“”\"'") if is_enclosed or opened != closed else label.strip("\"'")


def label_before(folded: Folded, begin: int, end: int) -> str:
    """The words right before a value, without what only introduces them or leads to the number."""
    text = clean_label(folded.text[begin:end], ())
    while True:
        stripped = re.sub(rf"(?:{_TRAILING})$", "", text)
        if stripped == text:
            return text
        text = stripped


def entries_of(text: str, begin: int, end: int) -> Iterator[Entry]:
    """Yield the entries of a list that begins somewhere: 基本工资99.16万元、津贴补贴、….

    The list ends at a semicolon, a full stop, or what is no entry.
    """
    position = begin
    if text[position : position + 1] in (":", "，", ","):
        position += 1
    while position < end:
        match = _ENTRY.match(text, position, end)
        if match is None:
            return
        label = _ETC.sub("", _ASIDE.sub("", match["label"]))
        if not label or len(label) > 40:
            return
        value = match.span("value") if match["value"] else None
        stops = match["end"] in (";", "。", "")
        # A comma ends a list of names, but not one of amounts.
        is_last = stops or bool(match["etc"])
        is_last = is_last or (match["end"] in ("，", ",") and value is None)
        read_to = match.start("end") if stops else match.end()
        yield Entry(match.start("label"), match.start("label") + len(label), value, read_to)
        if is_last:
            return
        position = match.end()
