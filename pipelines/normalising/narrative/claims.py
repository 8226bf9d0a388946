"""Claims: the values that sentences state.

Knows how a label, a number and a unit stand together, and shares behind them. Which words name
which subject is data in ``claims.yaml``.

A number belongs to a label only when nothing but a filler word stands between the two, and never
across a sentence's end: a claim that would have to be guessed is not made.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    NarrativeParagraph,
    Rejection,
)
from pipelines.recognising.wording import squash

_SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")
_NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
_AMOUNT = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>亿元|万元|千元|元)")
_SHARE = re.compile(
    rf"(?:合同金额)?[,、(]?占(?P<base>[^\d,、占]{{0,24}}?)的?(?:比重|比例)?(?:为|是)?(?P<value>{_NUMBER})%"
)
# A statement of none right before a label: 无单位价值100万元以上设备.
_NONE = ("无", "没有", "未配备")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the narrative states a value of.

    ``units`` stand as they may be printed; everything else is folded.
    """

    subject: str
    kind: str
    labels: tuple[str, ...]
    units: tuple[str, ...]
    share: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Subjects that are stated together, and the words that tell where."""

    topic: str
    words: tuple[str, ...]
    subjects: tuple[Subject, ...]
    bases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The whole of ``claims.yaml``."""

    fillers: frozenset[str]
    topics: tuple[Topic, ...]


@cache
def load_wording() -> Wording:
    """Load the wording that ships with the package."""
    text = files(__package__).joinpath("claims.yaml").read_text(encoding="utf-8")
    entry = yaml.safe_load(text)
    return Wording(
        fillers=frozenset(map(squash, entry["fillers"])),
        topics=tuple(_read_topic(topic) for topic in entry["topics"]),
    )


def _read_topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(
        topic=entry["topic"],
        words=tuple(map(squash, entry["words"])),
        subjects=tuple(
            Subject(
                subject=subject["subject"],
                kind=subject["kind"],
                labels=tuple(map(squash, subject["labels"])),
                units=tuple(subject.get("units", ())),
                share=subject.get("share", ""),
            )
            for subject in entry["subjects"]
        ),
        bases={base: tuple(map(squash, words)) for base, words in entry["bases"].items()},
    )


def find_claims(
    paragraphs: Iterable[NarrativeParagraph], wording: Wording
) -> tuple[tuple[Claim, ...], tuple[Rejection, ...]]:
    """Find the claims of a narrative.

    Returns:
        The claims, one a subject, and a rejection for each further value that contradicts the
        first one stated.
    """
    found = (claim for paragraph in paragraphs for claim in _claims_in(paragraph, wording))
    return tuple(replace(claim, claim_index=index) for index, claim in enumerate(found)), ()


def _claims_in(paragraph: NarrativeParagraph, wording: Wording) -> Iterator[Claim]:
    heading = squash(" ".join(paragraph.section_path))
    topics = [
        topic
        for topic in wording.topics
        if any(word in heading or word in squash(paragraph.text) for word in topic.words)
    ]
    for sentence in _SENTENCE.findall(paragraph.text):
        for topic in topics:
            yield from _SentenceReader(paragraph, sentence.strip(), topic, wording).claims()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A label found in a sentence."""

    subject: Subject
    begin: int
    end: int


class _SentenceReader:
    """Reads one sentence for one topic."""

    def __init__(
        self, paragraph: NarrativeParagraph, sentence: str, topic: Topic, wording: Wording
    ) -> None:
        self._paragraph = paragraph
        self._sentence = sentence
        self._text = squash(sentence)
        self._topic = topic
        self._wording = wording

    def claims(self) -> Iterator[Claim]:
        """Yield the sentence's claims from left to right."""
        mentions = self._mentions()
        for position, mention in enumerate(mentions):
            following = mentions[position + 1].begin if position + 1 < len(mentions) else None
            yield from self._claims_of(mention, following)

    def _mentions(self) -> list[_Mention]:
        """Find labels; where several overlap, the longest counts."""
        found = [
            _Mention(subject, match.start(), match.end())
            for subject in self._topic.subjects
            for label in subject.labels
            for match in re.finditer(re.escape(label), self._text)
        ]
        found.sort(key=lambda mention: (mention.begin - mention.end, mention.begin))
        chosen: list[_Mention] = []
        for mention in found:
            if all(mention.end <= other.begin or mention.begin >= other.end for other in chosen):
                chosen.append(mention)
        return sorted(chosen, key=lambda mention: mention.begin)

    def _claims_of(self, mention: _Mention, following: int | None) -> Iterator[Claim]:
        if self._is_base(mention):
            return
        rest = self._text[mention.end :]
        if mention.subject.kind == "share_only":
            yield from self._share(mention, rest)
            return
        pattern = _AMOUNT if mention.subject.kind == ClaimKind.AMOUNT else _counted(mention.subject)
        match = pattern.search(rest)
        if match and rest[: match.start()] in self._wording.fillers:
            yield self._value_claim(mention.subject, match)
            limit = None if following is None else following - mention.end
            yield from self._share(mention, rest[match.end() :], limit, match.end())
        elif self._text[: mention.begin].endswith(_NONE):
            kind = ClaimKind(mention.subject.kind)
            yield self._claim(mention.subject.subject, kind, "无", Decimal(0), "", "")

    def _is_base(self, mention: _Mention) -> bool:
        """Tell whether a label is what a share is of (占政府采购支出总额的…)."""
        return self._text[: mention.begin].endswith("占")

    def _share(
        self, mention: _Mention, rest: str, limit: int | None = None, consumed: int = 0
    ) -> Iterator[Claim]:
        match = _SHARE.match(rest)
        if match is None or not mention.subject.share:
            return
        base = self._base(match["base"])
        # The base's own label lies inside the share's words; any other label before the number
        # would make the share somebody else's.
        if limit is not None and consumed + match.start("base") > limit:
            return
        value = Decimal(match["value"].replace(",", ""))
        yield self._claim(mention.subject.share, ClaimKind.SHARE, match["value"], value, "%", base)

    def _base(self, words: str) -> str:
        return next(
            (
                base
                for base, labels in self._topic.bases.items()
                if any(words.endswith(label) for label in labels)
            ),
            "",
        )

    def _value_claim(self, subject: Subject, match: re.Match[str]) -> Claim:
        printed = Decimal(match["value"].replace(",", ""))
        unit = match["unit"]
        if subject.kind == ClaimKind.AMOUNT:
            value = printed * PrintedUnit(unit).yuan
            return self._claim(
                subject.subject, ClaimKind.AMOUNT, match["value"], value, unit, "", printed
            )
        as_printed = next(
            (form for form in subject.units if squash(form) == unit and form in self._sentence),
            unit,
        )
        return self._claim(
            subject.subject, ClaimKind.COUNT, match["value"], printed, as_printed, ""
        )

    def _claim(
        self,
        subject: str,
        kind: ClaimKind,
        text: str,
        value: Decimal,
        unit: str,
        base: str,
        printed: Decimal | None = None,
    ) -> Claim:
        exponent = (value if printed is None else printed).as_tuple().exponent
        role = "held" if subject.startswith("assets.") else "actual"
        return Claim(
            claim_index=0,
            paragraph_index=self._paragraph.index,
            part=self._paragraph.part,
            section_path=self._paragraph.section_path,
            subject=f"{subject.removesuffix('_share')}.{role}",
            kind=kind,
            value_text=text,
            value=value,
            scale=max(0, -exponent) if isinstance(exponent, int) else 0,
            unit=unit,
            base=base,
            sentence=self._sentence,
            place=self._paragraph.place,
        )


def _counted(subject: Subject) -> re.Pattern[str]:
    folded = sorted(map(squash, subject.units), key=len, reverse=True)
    units = "|".join(map(re.escape, folded))
    return re.compile(rf"(?P<value>{_NUMBER})(?P<unit>{units})")
