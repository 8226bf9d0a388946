"""What a night has to tell: what is new, what is still wrong, and what is over.

Knows the kinds of trouble and by what each is known again the next night. Does not know how
trouble is found, where it is remembered, nor how it is said.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


class TroubleKind(StrEnum):
    """What is in trouble, the most urgent first."""

    SITE = "site"  # could not be asked
    ADDRESS = "address"  # of what stands there no more than a part came
    FILE = "file"  # could not be read
    DOCUMENT = "document"  # is quarantined
    TEST = "test"  # a test of the warehouse found rows


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong until somebody mends it.

    Attributes:
        kind: What it is that is in trouble.
        key: By what it is known again: a site's or a test's name, an address, a document's id, and
            of a file the first 16 hex digits of its sha256, or its path where it cannot be opened.
        name: What people call it: the name of a site or test, or of the file as it was published.
        department: Whose document it is, '' where that is unknown or does not apply.
        reason: Code for why, '' where there is only one reason or it changes from night to night.
        detail: Why, in one line of English, without the name; '' where the kind says it. Of a test
            the files that its rows are of.
        path: Where a file lies below the raw directory, '' of anything else.
        row_count: How many rows a test found, 0 of anything else.
    """

    kind: TroubleKind
    key: str
    name: str
    department: str = ""
    reason: str = ""
    detail: str = ""
    path: str = ""
    row_count: int = 0

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same trouble as another night's. Another reason is another trouble."""
        return self.kind, self.key, self.reason


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody said that a trouble is known.

    Attributes:
        at: When, with the zone.
        who: The name of his account.
        note: Why it may stay so, '' where he did not say.
    """

    at: datetime
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandingTrouble:
    """A trouble, and what is known of it.

    Attributes:
        trouble: The trouble.
        since: When a night first found it, None where no night did yet.
        acknowledgement: Who said that it is known, None where nobody did.
    """

    trouble: Trouble
    since: datetime | None
    acknowledgement: Acknowledgement | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many figures are proven."""

    proven: int
    figures: int

    def is_below(self, other: "Share") -> bool:
        """Whether it is the smaller share; of no figures there is no share.

        Examples:
            >>> Share(1, 3).is_below(Share(2, 6)), Share(9, 10).is_below(Share(10, 11))
            (False, True)
            >>> Share(0, 0).is_below(Share(1, 1))
            False
        """
        if not (self.figures and other.figures):
            return False
        return self.proven * other.figures < other.proven * self.figures


@dataclass(frozen=True, slots=True)
class ShareFall:
    """Less is proven than before; of one document, or of all where it has no name.

    Attributes:
        before: The share that the night before left.
        after: The share now.
        document_id: The document, '' for all of them.
        name: Its file, likewise.
        department: Whose it is, likewise.
    """

    before: Share
    after: Share
    document_id: str = ""
    name: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Contradictions:
    """A document contradicts itself more often than before.

    Attributes:
        document_id: The document.
        name: Its file.
        department: Whose it is, '' where it does not say.
        before: In how many identities it did so the night before, 0 for a new document.
        after: In how many it does now.
    """

    document_id: str
    name: str
    department: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NightNews:
    """What is news since the last night, and what is not.

    Attributes:
        new: What was not wrong before, and nobody acknowledged.
        still: What was, and nobody acknowledged.
        acknowledged: What is wrong and known.
        over: What was wrong and is no longer, or was taken away.
        falls: Documents of which less is proven.
        whole_fall: The share of all figures, where it fell by more than chance; None otherwise.
        contradictions: Documents that contradict themselves more often.
    """

    new: tuple[StandingTrouble, ...] = ()
    still: tuple[StandingTrouble, ...] = ()
    acknowledged: tuple[StandingTrouble, ...] = ()
    over: tuple[Trouble, ...] = ()
    falls: tuple[ShareFall, ...] = ()
    whole_fall: ShareFall | None = None
    contradictions: tuple[Contradictions, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something has become worse that somebody has to look at."""
        return bool(self.new or self.falls or self.whole_fall)

    @property
    def is_any(self) -> bool:
        """Whether there is anything that was not so the night before."""
        return bool(self.is_bad or self.over or self.contradictions)

    @property
    def counts(self) -> dict[str, int]:
        """How much there is of each kind of news."""
        return {
            "new_troubles": len(self.new),
            "still_wrong": len(self.still),
            "acknowledged": len(self.acknowledged),
            "over": len(self.over),
            "falls": len(self.falls) + bool(self.whole_fall),
            "newly_contradicting": len(self.contradictions),
        }

    def as_values(self, at_most: int) -> dict[str, object]:
        """What is new as plain values, at most so many of each kind; what is not new is counted."""
        return {
            "new": [asdict(each.trouble) for each in self.new[:at_most]],
            "over": [asdict(each) for each in self.over[:at_most]],
            "whole_fall": asdict(self.whole_fall) if self.whole_fall else None,
            "falls": [asdict(each) for each in self.falls[:at_most]],
            "contradictions": [asdict(each) for each in self.contradictions[:at_most]],
        }
