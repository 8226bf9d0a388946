"""The outline of a document: which part and section each paragraph stands in.

Knows how headings look and are numbered, and by data/sections.yaml what their words open. Does
not know what is said in any section.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.domain.disclosure import NarrativeParagraph, Part
from pipelines.domain.document import Paragraph
from pipelines.normalising.narrative.lexicon import load_data
from pipelines.recognising.wording import squash

READ_IN_OVERVIEW = frozenset({"units", "offices", "staffing"})
# Outermost first. Provinces mix full-width and half-width brackets and stops.
_NUMBERINGS = (
    re.compile(r"^第[一二三四五六七八九十]+(部分|章)"),
    re.compile(r"^[一二三四五六七八九十]+[、.]"),
    re.compile(r"^\([一二三四五六七八九十\d]+\)[、.]?"),
    re.compile(r"^\d{1,2}[、.](?!\d)"),
)
_PART_LEVEL = 0
_UNNUMBERED_LEVEL = 1
_FIRST = re.compile(r"^\(?[一1][)、.]")
# A heading is short and is no sentence; one that ends in a stop is a heading by its words only.
_HEADING_MAX = 45
_SENTENCE = re.compile(
    r"[。；;，,]|\d万元|\([类款项]\)"
    r"|\d(?:亿元|元|人|名|辆|台|个|家|项|批次?|人次|次|场|期|平方米|%)(?:\(套\))?$"
)
_STOPS = "。:"
# （二）重点工作完成情况。全年…: a heading in the line of its paragraph
_RUN_IN = re.compile(
    r"(?P<heading>(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.])"
    r"[^，,。;:]{2,30})。."
)
_LEADERS = re.compile(r"[.…·]{3,}\(?\d*\)?$|\.{2,}\d+$")


# What an overview of a department does not tell.
_MONEY = frozenset(
    ("income_expenditure", "income", "expenditure", "appropriation", "general_budget")
)


@dataclass(frozen=True, slots=True)
class Headings:
    """The whole of data/sections.yaml, compiled."""

    parts: tuple[tuple[Part, re.Pattern[str]], ...]
    leaves_appendix: re.Pattern[str]
    topics: tuple[tuple[str, re.Pattern[str]], ...]
    unnumbered: re.Pattern[str]
    scopes: Mapping[str, tuple[str, ...]]
    opens: Mapping[str, tuple[str, ...]]
    parts_of: Mapping[str, frozenset[str]]
    indicators: frozenset[str]
    evaluated_project: re.Pattern[str]
    project_heading: re.Pattern[str]
    project_title: re.Pattern[str]
    project_label: re.Pattern[str]
    no_project: re.Pattern[str]
    form_note: re.Pattern[str]

    def part_of(self, heading: str) -> Part | None:
        """The part that a folded heading opens, None where it opens none."""
        return next((part for part, pattern in self.parts if pattern.search(heading)), None)

    def is_told(self, heading: str) -> bool:
        """Whether words that may be a sentence are a heading: they end so, or name a topic."""
        if self.unnumbered.search(heading):
            return True
        return any(pattern.fullmatch(heading) for _, pattern in self.topics)

    def topic_of(self, heading: str) -> str:
        """What a folded heading says its section is about, '' where nothing known."""
        return next((topic for topic, pattern in self.topics if pattern.search(heading)), "")


@cache
def load_headings() -> Headings:
    """Load the headings that ship with the package."""
    entry = load_data("sections")
    return Headings(
        parts=tuple((Part(part), _any_of(words)) for part, words in entry["parts"].items()),
        leaves_appendix=_any_of(entry["leaves_appendix"]),
        topics=tuple(
            (topic.removesuffix("_too"), _any_of(words)) for topic, words in entry["topics"].items()
        ),
        unnumbered=_any_of(entry["unnumbered"]),
        scopes={topic: tuple(scope) for topic, scope in entry["scopes"].items()},
        opens={topic: tuple(map(squash, words)) for topic, words in entry["opens"].items()},
        parts_of={topic: frozenset(wholes) for topic, wholes in entry["parts_of"].items()},
        indicators=frozenset(entry["indicators"]),
        evaluated_project=_any_of(entry["evaluated_project"]),
        project_heading=_any_of(entry["project_heading"]),
        project_title=re.compile(entry["project_title"]),
        project_label=re.compile(entry["project_label"]),
        no_project=_any_of(entry["no_project"]),
        form_note=_any_of(entry["form_note"]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def place_in_sections(paragraphs: Sequence[Paragraph]) -> Iterator[NarrativeParagraph]:
    """Yield each paragraph with its part and the headings above it, outermost first.

    A heading is its own innermost section.
    """
    outline = _Outline(load_headings())
    for index, paragraph in enumerate(paragraphs):
        is_heading = outline.take(paragraph.text)
        yield NarrativeParagraph(
            index=index,
            section_path=outline.path,
            text=paragraph.text,
            place=paragraph.place,
            part=outline.part,
            is_heading=is_heading,
            topic=outline.topic,
            pieces=paragraph.pieces,
        )


class _Outline:
    """The headings above the present paragraph."""

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        self._open: dict[int, str] = {}
        self._run_in: set[int] = set()
        self._awaits_title = False
        self._definitions_level = _PART_LEVEL
        self._overview_level = _PART_LEVEL
        self._openings: set[str] = set()
        self.part = Part.FRONT

    @property
    def path(self) -> tuple[str, ...]:
        """The open headings, outermost first."""
        return tuple(self._open[level] for level in sorted(self._open))

    @property
    def topic(self) -> str:
        """What the innermost heading that says so is about."""
        found = [
            topic
            for level in sorted(self._open, reverse=True)
            if (topic := self._headings.topic_of(_bare(self._open[level])))
        ]
        if len(found) > 1 and found[1] in self._headings.parts_of.get(found[0], ()):
            return found[1]
        return next(iter(found), "")

    def take(self, text: str) -> bool:
        """Take the next paragraph in; tell whether it is a heading."""
        folded = squash(text)
        level = self._level(folded)
        if level is None:
            self._awaits_title = False
            self._take_run_in(text, folded)
            return False
        title = text.strip()
        if self._awaits_title and level == _UNNUMBERED_LEVEL:
            level = _PART_LEVEL
            title = f"{self._open.get(_PART_LEVEL, '')}{title}"
        self._close(level)
        self._open[level] = title
        self._enter_part(squash(title), level)
        self._awaits_title = _NUMBERINGS[0].sub("", folded) == ""
        return True

    def _take_run_in(self, text: str, folded: str) -> None:
        """Take in a heading that stands in the line of its paragraph: 五、收入情况。收入….

        It is above what follows too, up to the next heading, or what is numbered as it is.
        """
        level = _numbering_level(folded)
        if level is None:
            return
        if any(depth >= level for depth in self._run_in):
            self._close(min(depth for depth in self._run_in if depth >= level))
        match = _RUN_IN.match(folded)
        if match is None or not self._headings.is_told(_bare(match["heading"])):
            return
        self._close(level)
        self._open[level] = text.strip().partition("。")[0]
        self._run_in.add(level)

    def _close(self, level: int) -> None:
        """Close the headings of a level and below."""
        self._open = {depth: each for depth, each in self._open.items() if depth < level}
        self._run_in = {depth for depth in self._run_in if depth < level}

    def _level(self, folded: str) -> int | None:
        if not folded or len(folded) > _HEADING_MAX or _SENTENCE.search(folded.rstrip(_STOPS)):
            return None
        ends_in_stop = folded.endswith("。")
        by_words = bool(self._headings.unnumbered.search(_bare(folded).rstrip(_STOPS)))
        level = _numbering_level(folded)
        if level is not None:
            return level if by_words or not ends_in_stop else None
        if ends_in_stop:
            return None
        if self._headings.part_of(_bare(folded)) is not None:
            return _PART_LEVEL
        return _UNNUMBERED_LEVEL if by_words or self._awaits_title else None

    def _enter_part(self, heading: str, level: int) -> None:
        bare = _bare(heading)
        part = self._headings.part_of(bare)
        is_repeated = bare in self._openings
        if part is not None:
            self._openings.add(bare)
        if self.part is Part.APPENDIX and not self._headings.leaves_appendix.search(heading):
            return
        if part is Part.OVERVIEW and self.part is not Part.OVERVIEW:
            self._overview_level = level
        if part is None and self._begins_narrative(bare, level):
            self.part = Part.NARRATIVE
        elif level == _PART_LEVEL or part in (Part.DEFINITIONS, Part.APPENDIX):
            self.part = part or self.part
            self._definitions_level = level if part is Part.DEFINITIONS else _PART_LEVEL
        elif self.part is Part.DEFINITIONS and (is_repeated or level == self._definitions_level):
            # 一、…概况 behind 四、名词解释: that was the last line of a page of contents, which
            # may number the parts otherwise.
            self.part = part or (Part.FRONT if _FIRST.match(heading) else self.part)
        elif (part is Part.OVERVIEW and self.part is Part.FRONT) or (
            part is Part.NARRATIVE and self.part is not Part.DEFINITIONS
        ):
            self.part = part

    def _begins_narrative(self, bare: str, level: int) -> bool:
        """Tell whether a heading that is called no part begins the narrative.

        二、部门收支总体情况 behind 一、部门基本情况; any part behind the definitions.
        """
        if self.part is Part.OVERVIEW:
            return level == self._overview_level and self._headings.topic_of(bare) in _MONEY
        return self.part is Part.DEFINITIONS and level == _PART_LEVEL


def _numbering_level(folded: str) -> int | None:
    """How deep a folded text stands by its number, None where it has none.

    Levels two and three leave room for an unnumbered heading of the first.
    """
    levels = (level for level, numbering in enumerate(_NUMBERINGS) if numbering.match(folded))
    return next(levels, None)


def _bare(heading: str) -> str:
    """A folded heading without its number, leaders and page."""
    folded = _LEADERS.sub("", squash(heading))
    for numbering in _NUMBERINGS:
        folded = numbering.sub("", folded)
    return folded.rstrip(_STOPS)
