"""Claims: the values that sentences state.

Knows how the phrases of a sentence bear on one another: which number is of which thing, what a
share is a share of, what a change is against. Does not know the words; those are the lexicon's.

A value belongs to what its own sentence names right before it, or to what the sentence as a whole
or the line above it is about. What cannot be told so is kept as ambiguous.
"""

from collections.abc import Iterable

from pipelines.domain.disclosure import (
    Claim,
    DocumentKind,
    NarrativeParagraph,
    Part,
)
from pipelines.normalising.narrative.context import (
    ENUMERATED,
    READ_IN_OVERVIEW,
    Narrative,
    State,
    Whole,
    is_total,
)
from pipelines.normalising.narrative.lexicon import fold
from pipelines.normalising.narrative.sections import load_headings
from pipelines.normalising.narrative.sentences import Sentences
from pipelines.recognising.wording import squash


def find_claims(
    paragraphs: Iterable[NarrativeParagraph],
    kind: DocumentKind | None = None,
    fiscal_year: int | None = None,
) -> tuple[Claim, ...]:
    """Find the claims of a narrative, in reading order.

    Args:
        paragraphs: The narrative, with its outline.
        kind: Final accounts or budget: what 支出 without further words means.
        fiscal_year: The document's year: which years are prior ones.
    """
    narrative = Narrative(load_headings(), kind or DocumentKind.FINAL_ACCOUNTS, fiscal_year)
    reader = _Reader(narrative)
    for paragraph in paragraphs:
        reader.read(paragraph)
    return tuple(narrative.claims)


class _Reader:
    """Reads paragraph by paragraph; remembers what the section has named."""

    def __init__(self, narrative: Narrative) -> None:
        self._narrative = narrative
        self._path: tuple[str, ...] | None = None
        self._state = State()
        self._continues = False
        self._listing: Whole | None = None
        self._listing_enumerated = False

    def read(self, paragraph: NarrativeParagraph) -> None:
        """Read one paragraph."""
        if paragraph.section_path != self._path:
            self._enter_section(paragraph.section_path)
        if paragraph.is_heading or not self._is_read(paragraph):
            return
        folded = fold(paragraph.text)
        state = self._state
        self._go_on_listing(is_enumerated=bool(ENUMERATED.match(folded.text)))
        if not self._continues:
            self._state = State(
                project=state.project, item=state.item, body=state.body, whole=self._listing
            )
            if state.current is not None and is_total(state.current):
                self._state.current, self._state.role = state.current, state.role
            if (
                self._narrative.claims
                and self._narrative.claims[-1].paragraph_index == paragraph.index - 1
            ):
                self._state.item = None
        Sentences(self._narrative, self._state, paragraph, folded).read()
        self._continues = folded.text.rstrip("。").endswith((":", "其中", "包括"))
        if self._continues:
            self._listing = self._state.whole

    def _go_on_listing(self, *, is_enumerated: bool) -> None:
        """Tell whether the list that 其中 opened some paragraphs before goes on here."""
        if self._continues:
            self._listing_enumerated = is_enumerated
        elif is_enumerated != self._listing_enumerated:
            self._listing = None

    def _enter_section(self, path: tuple[str, ...]) -> None:
        self._path = path
        self._state = State(project=self._project_in(path))
        self._continues = False
        self._listing = None

    def _is_read(self, paragraph: NarrativeParagraph) -> bool:
        if paragraph.part is Part.OVERVIEW:
            return paragraph.topic in READ_IN_OVERVIEW
        if paragraph.part is Part.TABLES and self._narrative.headings.form_note.match(
            squash(paragraph.text)
        ):
            return False
        return paragraph.part is not Part.DEFINITIONS and paragraph.topic != "duties"

    def _project_in(self, path: tuple[str, ...]) -> str:
        """The project that a heading such as 科技创新专项经费情况说明 names."""
        headings = self._narrative.headings
        for heading in path:
            match = headings.project_heading.fullmatch(squash(heading))
            if match and not headings.no_project.search(match["name"]):
                return heading.strip()[: len(match["name"])]
        return ""
