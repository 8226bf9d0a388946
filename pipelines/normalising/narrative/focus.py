"""What has been named so far, as one value: whoever reads a phrase returns the next one.

Knows what lives how long: what a paragraph, a sentence, a segment, a bracket and a clause begin
with is built anew where each begins. Does not know how phrases are read.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from pipelines.domain.disclosure import Claim
from pipelines.normalising.narrative.lexicon import Subject


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

    @property
    def item(self) -> str:
        """The other parts of its name."""
        return self.name.partition(".")[2]

    @property
    def is_total(self) -> bool:
        """Whether it is a sum that is never part of another list."""
        return self.item == "total" or self.item.endswith("_total")

    @property
    def pair(self) -> tuple[str, ...]:
        """What two values said of it are of, in order."""
        return self.subject.pair if self.subject else ()

    def as_item(self, item: str) -> "Thing":
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changed is being told.

    Attributes:
        begin: Where the reason begins.
        style: How the reasons are numbered, '' where they are not.
        explained: What the change that is explained is against.
    """

    begin: int
    style: str
    explained: Base | None


@dataclass(frozen=True, slots=True)
class Outer:
    """What is spoken of outside a bracket."""

    thing: Thing | None
    role: str
    is_unread: bool
    whole: Whole | None


class Focus(NamedTuple):
    """Who is spoken of, of what it is a part, and what it is compared with.

    A named tuple, for it is made anew for most phrases and has many fields.

    Attributes:
        project: The project that a heading, or a list of projects, is on.
        body: The body whose staff is told.
        group: The evaluation whose projects and funds are told.
        fund_label: The social insurance fund whose results are told.
        item: The 类, 款 or 项 that the paragraph is on.
        thing: Who is spoken of, None where nothing is.
        role: Which quantity of it.
        is_unread: Something is spoken of that nobody knows.
        counted: What a count told last is of, while the thing is still who is spoken of.
        paid: What money was told of last, for counts in between.
        told: What the last value was told of, and its role.
        is_only_named: The thing was named since, and no value told of it.
        named: The things that the segment has named, for values told of each.
        pending: The things that the changes of the segment are told of in turn.
        whole: What is listed is part of this.
        list_role: The role of the entries of the list that say none.
        together: The things that one value was told of, which may be told apart behind it.
        is_foreign: What is listed is part of something that nobody knows.
        base: What is compared with.
        is_base_shared: It is what all of the sentence is compared with: 与上年相比，….
        is_direction_told: The direction of this comparison is a claim already.
        restated: Where the words stand that restate the basis of the comparisons behind them.
        reason: Why it changed is being told.
        awarded: Contracts that were awarded to somebody, until the segment ends.
        is_purpose: What is named only says what money was for.
        is_planned: The sentence has said that things are still to be bought.
        year: The year the clause names.
        clause: Where the words of the clause begin.
        read_to: Up to where the text is read already.
        last: The claim made last.
        heads: How many claims there were where the sentence before began, and where this one did.
        outer: What is spoken of outside the open brackets.
        inherited: The list of paragraphs that this one stands in.
    """

    project: str = ""
    body: str = ""
    group: Thing | None = None
    fund_label: str = ""
    item: Thing | None = None
    thing: Thing | None = None
    role: str = ""
    is_unread: bool = False
    counted: Thing | None = None
    paid: Thing | None = None
    told: tuple[Thing, str] | None = None
    is_only_named: bool = False
    named: tuple[Thing, ...] = ()
    pending: tuple[Thing, ...] = ()
    whole: Whole | None = None
    list_role: str = ""
    together: tuple[str, ...] = ()
    is_foreign: bool = False
    base: Base | None = None
    is_base_shared: bool = False
    is_direction_told: bool = False
    restated: int | None = None
    reason: Reason | None = None
    awarded: Thing | None = None
    is_purpose: bool = False
    is_planned: bool = False
    year: int | None = None
    clause: int = 0
    read_to: int = 0
    last: Claim | None = None
    heads: tuple[int, int] = (0, 0)
    outer: tuple[Outer, ...] = ()
    inherited: Whole | None = None

    @property
    def spoken_of(self) -> Thing | None:
        """Who a phrase without a name is about: the 类, 款 or 项, else what was named."""
        if self.item is not None and self.thing in (None, self.item):
            return self.item
        return self.thing

    def in_clause(self, begin: int) -> "Focus":
        """The next clause: its words begin here."""
        return self._replace(clause=begin)

    def in_bracket(self) -> "Focus":
        """Inside a bracket, whose words bear on nothing outside."""
        outer = Outer(self.thing, self.role, self.is_unread, self.whole)
        return self._replace(outer=(*self.outer, outer))

    def out_of_bracket(self) -> "Focus":
        """Outside again, where is spoken of what was spoken of before the bracket."""
        if not self.outer:
            return self
        *rest, last = self.outer
        return self._replace(
            thing=last.thing,
            role=last.role,
            is_unread=last.is_unread,
            whole=last.whole,
            outer=tuple(rest),
        )

    def without_list(self) -> "Focus":
        """Outside any list."""
        return self._replace(whole=None, list_role="")

    def without_restatement(self) -> "Focus":
        """Where comparisons are on the basis of the accounts again."""
        if self.restated is None:
            return self
        return self._replace(restated=None, base=None)
