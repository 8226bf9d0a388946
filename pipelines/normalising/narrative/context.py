"""What the sentences of a section have named: things, comparisons, wholes.

Knows what is remembered from one phrase to the next. Does not know how phrases are read.
"""

import re
from dataclasses import dataclass, field, replace

from pipelines.domain.disclosure import Claim, DocumentKind
from pipelines.normalising.narrative.lexicon import Subject
from pipelines.normalising.narrative.sections import Headings

_ITEM_LEVELS = {"类": "class", "款": "subclass", "项": "item"}
ENUMERATED = re.compile(r"\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]+\)|[①-⑳]")
_NUMERAL = re.compile(r"[一二三四五六七八九十\d]+|[①-⑳]")
_NUMBERED = re.compile(rf"{ENUMERATED.pattern}|第?[一二三四五六七八九十]+(?:是|、|，|:)")
# 原因有以下几点:一是…
_NUMBERED_LATER = re.compile(r"[^，。;:\d]{0,12}[:，]?")
YEAR = re.compile(r"\d{4}")
READ_IN_OVERVIEW = frozenset({"units", "offices", "staffing"})
HELD_TOPICS = frozenset({"assets", "staffing", "organisation"})
COUNTED_TOPICS = HELD_TOPICS
FUND_TOPICS = frozenset({"general_budget", "government_fund", "state_capital"})
EVENTS = ("会议", "培训", "会")
EVENT_TOPICS = ("meetings", "training", "festivals")
# Their words are common enough to stand behind those of other topics: 三公经费总支出.
GENERAL_TOPICS = frozenset({"income", "expenditure", "income_expenditure"})
BUDGET_ROLES = frozenset({"budget", "opening_budget", "adjusted_budget"})
# What a quantity is once it is told on a basis that its other statements are not told on.
RESTATED = "restated"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a value is of: topic and item, and the names that tell several of a kind apart."""

    name: str
    label: str = ""
    code: str = ""
    group: str = ""
    fund: str = ""
    subject: Subject | None = None

    @property
    def topic(self) -> str:
        """First part of its name."""
        return self.name.partition(".")[0]

    def item(self, item: str) -> "Thing":
        """Another item of the same topic, with the same names."""
        return replace(self, name=f"{self.topic}.{item}", subject=None)


@dataclass(frozen=True, slots=True)
class Base:
    """What is compared with: a role, its year, and the words that say so."""

    role: str
    year: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the parts that follow are parts of, and the claim that states its amount."""

    thing: Thing
    role: str
    index: int | None


@dataclass(slots=True)
class State:
    """What the sentences of a section have named so far."""

    item: Thing | None = None
    current: Thing | None = None
    role: str = ""
    whole: Whole | None = None
    list_role: str = ""
    base: Base | None = None
    group: Thing | None = None
    body: str = ""
    project: str = ""
    fund_label: str = ""
    awarded: Thing | None = None
    paid: Thing | None = None
    explained: Base | None = None
    is_reason: bool = False
    # How the reasons are numbered, '' where they are not.
    reason_style: str = ""
    reason: int = 0
    # Where the words stand that restate the basis of the comparisons behind them.
    restated: int | None = None
    year: int | None = None
    last: int | None = None
    # The first claim of the present sentence, and of the one before.
    head: int | None = None
    head_before: int | None = None
    # What a value was stated of last, and whether something else was only named since.
    told: tuple[Thing, str] | None = None
    is_only_named: bool = False
    # Whether what is named only says what money was for.
    is_purpose: bool = False
    # Whether the sentence has said that things are still to be bought.
    is_planned: bool = False
    # Whether the parts listed are parts of what is not known.
    is_foreign: bool = False
    # Whether the value stated last was of nothing known.
    is_unread: bool = False
    has_direction: bool = False
    # Where the words of the present clause begin.
    clause: int = 0
    read_to: int = 0
    named: list[Thing] = field(default_factory=list)
    outer: list[tuple[Whole | None, Thing | None, str, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Narrative:
    """What is known of a whole narrative while it is read, and the claims found so far.

    Attributes:
        headings: What headings open.
        kind: Final accounts or budget.
        fiscal_year: The document's year, None where it does not say.
        claims: The claims, in reading order.
    """

    headings: Headings
    kind: DocumentKind
    fiscal_year: int | None
    claims: list[Claim] = field(default_factory=list)


def phrase_role_is_default(role: str, thing: Thing) -> bool:
    """Tell whether a role says nothing that a list would hand on."""
    return role in ("held", "") or thing.topic == "performance"


def numbering(text: str, *, is_introduced: bool = False) -> str:
    """How a text is numbered that begins with a number (1、, 一是, ①), '' where it is not.

    Args:
        text: Folded text.
        is_introduced: Whether a few words and a colon may stand before the number.
    """
    match = _NUMBERED.match(text)
    if match is None and is_introduced:
        begin = _NUMBERED_LATER.match(text)
        match = _NUMBERED.match(text, begin.end() if begin else 0)
    return (
        _NUMERAL.sub(lambda numeral: "一" if numeral[0].isalpha() else "1", match[0])
        if match
        else ""
    )


def restated(role: str) -> str:
    """The role of the same quantity on a restated basis, which no unrestated one compares with."""
    if role.endswith(RESTATED):
        return role
    if role.startswith("prior"):
        return f"prior_{RESTATED}"
    return f"budget_{RESTATED}" if role in BUDGET_ROLES else RESTATED


def role_against(role: str, base: Base) -> str:
    """The role of what is compared with a base: outturns with outturns, budgets with budgets."""
    if base.role.endswith(RESTATED):
        return RESTATED
    if base.role == "prior_final" and role in BUDGET_ROLES:
        return "actual"
    if base.role in BUDGET_ROLES and role in BUDGET_ROLES:
        return "actual"
    return role


def item_level(parts: list[re.Match[str]], codes: list[str]) -> str:
    """Whether a path ends in a 类, 款 or 项, by its marks or else by its code's length."""
    if parts:
        return _ITEM_LEVELS[parts[-1]["level"]]
    return {3: "class", 5: "subclass"}.get(len(codes[-1]), "item")


def is_total(thing: Thing) -> bool:
    """Tell whether a thing is a sum that is never part of another list."""
    item = thing.name.partition(".")[2]
    return item == "total" or item.endswith("_total")
