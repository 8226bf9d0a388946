"""What the document says of the department itself, and the terms it defines.

Knows how duties, internal offices, the units covered and definitions are listed. Does not know
figures or claims.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.domain.disclosure import Definition, DepartmentFact, NarrativeParagraph, Part
from pipelines.recognising.wording import squash

_NUMBERED = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]+[)）][、.．]?|[一二三四五六七八九十]+[、.．]|\d{1,2}\s*[、.．](?!\d))\s*"
)
_DEFINITION = re.compile(r"^(?P<term>[^:：。，,；;]{2,30})[:：。]\s*(?P<text>\S.*)$", re.DOTALL)
_OFFICES = re.compile(
    r"(?P<of>[^，。；;:：、]{0,40}?)(?:作为[^，。]{2,20}，)?(?:机关)?(?:内设|下设|设置?有?)"
    r"(?:(?:共|有)*\d+个)?(?:内设|职能)?(?:机构|科室|股室|处室|部门)?(?:共|有)*(?:\d+个)?[，,]?"
    r"(?:(?:具体|主要)?(?:包括|分别为|分别是|为|是|有)[:：]?|(?<=[构室门个])[:：])"
    r"(?P<names>[^。；;]+)"
)
# 我单位共设置4个: whose offices they are stands before.
_SETS_UP = re.compile(r"(?:共|现|目前|已|内部?|下)*(?:设置?有?)?(?:\d+个)?$")
# Several duties in one paragraph: …。（二）…
_NEXT_DUTY = re.compile(r"(?<=[。；;])\s*(?=[(（][一二三四五六七八九十\d]{1,3}[)）])")
# What a numbered paragraph opens with instead of a heading: 主要职能。…
_RUN_IN = re.compile(r"^[^，。；;:：]{2,12}(?:职能|职责)。\s*(?=\S)")
_ONLY_UNIT = re.compile(
    r"(?:编制范围|公开单位构成|决算单位|预算单位)[^，。]{0,6}?(?:只有|仅有|只包括|仅包括|仅为|只含)"
    r"(?P<name>[^，。；]{3,40}?)(?:一家|1家|一个单位|1个单位)?[，。；]"
)
_LISTS_UNITS = re.compile(r"(?:单位|预算单位|机构)?[^。]{0,12}(?:包括|如下|有)[:：]$")
_BODY = re.compile(
    r"(?:局|委员会|委|办公室|厅|院|会|中心|站|所|馆|校|园|队|处|办事处|本级|本部|机关|本\(部\)|部|团|社|库)$"
)
_QUOTES = re.compile("[“”\"‘’']")
_UNIT_TOPICS = ("units", "offices", "staffing")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")


def find_definitions(paragraphs: Iterable[NarrativeParagraph]) -> tuple[Definition, ...]:
    """Find the terms that 名词解释 defines; a paragraph without a term goes on with the last."""
    found: list[Definition] = []
    for paragraph in paragraphs:
        if paragraph.part is not Part.DEFINITIONS or paragraph.is_heading:
            continue
        match = _DEFINITION.match(_NUMBERED.sub("", paragraph.text.strip()))
        if match:
            term = _QUOTES.sub("", match["term"]).strip()
            text = match["text"].strip()
            found.append(Definition(len(found), term, text, paragraph.place))
        elif found:
            last = found[-1]
            text = f"{last.text}{paragraph.text.strip()}"
            found[-1] = Definition(last.index, last.term, text, last.place)
    return tuple(found)


def find_department_facts(paragraphs: Sequence[NarrativeParagraph]) -> tuple[DepartmentFact, ...]:
    """Find duties, internal offices and the units whose accounts are covered."""
    facts: list[DepartmentFact] = []
    listing = False
    for paragraph in paragraphs:
        listing = listing and (not paragraph.is_heading or _is_unit(paragraph))
        if paragraph.is_heading and not listing:
            continue
        for fact, of, text in _facts_in(paragraph, listing=listing):
            facts.append(
                DepartmentFact(len(facts), fact, of, text, paragraph.text.strip(), paragraph.place)
            )
        if paragraph.topic in _UNIT_TOPICS and _LISTS_UNITS.search(paragraph.text.strip()):
            listing = True
    return tuple(facts)


def _facts_in(paragraph: NarrativeParagraph, *, listing: bool) -> Iterator[tuple[str, str, str]]:
    text = paragraph.text.strip()
    if paragraph.topic == "duties" and _NUMBERED.match(text):
        yield from (
            ("duty", "", _RUN_IN.sub("", _NUMBERED.sub("", duty)))
            for duty in _NEXT_DUTY.split(text)
        )
    if paragraph.topic not in _UNIT_TOPICS:
        return
    compact = squash(text).replace(",", "，").replace(";", "；")
    for match in _OFFICES.finditer(compact):
        before = _SETS_UP.sub("", match["of"])
        of = re.split(r"[\d年月日]|下设二级机构|二级机构|其中", before)[-1]
        for name in _names(match["names"]):
            yield "office", of, name
    only = _ONLY_UNIT.search(f"{compact}。")
    if only:
        yield "unit", "", only["name"]
    elif listing and _NUMBERED.match(text):
        name = re.split(r"[，。；,;]", _NUMBERED.sub("", text))[0].strip()
        if _BODY.search(_ASIDE.sub("", squash(name))):
            yield "unit", "", name


def _is_unit(paragraph: NarrativeParagraph) -> bool:
    """Tell whether what looks like a heading is a unit of a list: 1. 某局本级."""
    text = paragraph.text.strip()
    return bool(_NUMBERED.match(text)) and bool(_BODY.search(squash(_ASIDE.sub("", text))))


def _names(listed: str) -> Iterator[str]:
    """The names of a list: 、 inside brackets separates no names."""
    for name in re.split(r"[、，](?![^()]*\))", listed):
        bare = re.sub(r"等$", "", name)
        if 2 <= len(bare) <= 30:
            yield bare
