"""What stands around a phrase: its sentence, its paragraph, the narrative.

Knows the text and where in it things are printed. Does not know what has been named.
"""

from dataclasses import dataclass, field

from pipelines.domain.disclosure import (
    Claim,
    DocumentKind,
    NarrativeParagraph,
    ProseFurniture,
)
from pipelines.normalising.narrative.lexicon import Folded, Lexicon, Wording
from pipelines.normalising.narrative.phrases import Phrase
from pipelines.normalising.narrative.sections import Headings


@dataclass(frozen=True, slots=True)
class Narrative:
    """What is known of a whole narrative while it is read, and the claims found so far.

    Attributes:
        headings: What headings open.
        wording: The words of the narrative.
        kind: Final accounts or budget.
        fiscal_year: The document's year, None where it does not say.
        claims: The claims so far; they are only added to.
        furniture: The numbers so far that state no value.
    """

    headings: Headings
    wording: Wording
    kind: DocumentKind
    fiscal_year: int | None
    claims: list[Claim] = field(default_factory=list)
    furniture: list[ProseFurniture] = field(default_factory=list)

    @property
    def own_role(self) -> str:
        """The role of this year's quantities: the budget, or the outturn."""
        return "budget" if self.kind is DocumentKind.BUDGET else "actual"

    @property
    def prior_role(self) -> str:
        """What last year is where nothing more is said."""
        return "prior" if self.kind is DocumentKind.BUDGET else "prior_final"

    @property
    def year_before(self) -> int | None:
        """Last year."""
        return None if self.fiscal_year is None else self.fiscal_year - 1


@dataclass(frozen=True, slots=True)
class Around:
    """Where a phrase stands.

    Attributes:
        begin: Where the sentence begins in the folded paragraph.
        end: Where it ends.
        phrases: The phrases of the sentence.
        position: Which of them is read.
    """

    narrative: Narrative
    paragraph: NarrativeParagraph
    folded: Folded
    lexicon: Lexicon
    begin: int = 0
    end: int = 0
    phrases: tuple[Phrase, ...] = ()
    position: int = 0

    @property
    def topic(self) -> str:
        """What the section is about."""
        return self.paragraph.topic

    @property
    def text(self) -> str:
        """The folded paragraph."""
        return self.folded.text

    @property
    def wording(self) -> Wording:
        """The words of the narrative."""
        return self.narrative.wording

    @property
    def previous(self) -> Phrase | None:
        """The phrase before, None where this is the first."""
        return self.phrases[self.position - 1] if self.position else None

    @property
    def following(self) -> tuple[Phrase, ...]:
        """The phrases behind."""
        return self.phrases[self.position + 1 :]

    @property
    def preceding(self) -> tuple[Phrase, ...]:
        """The phrases before."""
        return self.phrases[: self.position]

    @property
    def tells_indicators(self) -> bool:
        """Whether the section's other numbers are what was achieved."""
        return self.topic in self.narrative.headings.indicators

    def printed(self, begin: int, end: int) -> str:
        """What a span of the folded paragraph is printed as, without white space.

        With the quotation mark right before it that is closed within.
        """
        text = "".join(self.folded.printed(begin, end).split())
        before = self.folded.original[: self.folded.offsets[begin]][-1:] if text else ""
        return f"{before}{text}" if before == "“" and text.count("”") > text.count("“") else text

    def sentence(self) -> str:
        """The sentence as printed, with the quotation marks it begins with."""
        offsets = self.folded.offsets
        begin = offsets[self.begin - 1] + 1 if self.begin else 0
        return self.folded.original[begin : offsets[self.end - 1] + 1].strip()
