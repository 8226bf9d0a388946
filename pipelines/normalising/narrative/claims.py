"""Claims: the values that sentences state.

A sentence is tokens (lexicon), then phrases (grammar.lark), each read by the reader of its sort;
what has been named goes from one to the next as one value (focus), and attachment tells who is
spoken of. Knows where paragraphs and sentences begin. Does not know what any phrase means.

What cannot be told is kept as ambiguous.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipelines.domain.disclosure import (
    Claim,
    DocumentKind,
    NarrativeParagraph,
    Part,
    ProseFurniture,
)
from pipelines.normalising.narrative.around import Around, Narrative
from pipelines.normalising.narrative.attachment import taken_together
from pipelines.normalising.narrative.focus import Focus, Whole
from pipelines.normalising.narrative.labels import ENUMERATED, numbering
from pipelines.normalising.narrative.lexicon import Folded, Lexicon, fold, lexicon_of, load_wording
from pipelines.normalising.narrative.numbers import (
    UNREAD,
    account_for,
    numbers_in_quotes,
    prints_number,
)
from pipelines.normalising.narrative.phrases import (
    Attended,
    Baseline,
    Became,
    Completed,
    Graded,
    Lacking,
    Level,
    Loose,
    Mark,
    Measured,
    Mentioned,
    Moved,
    Phrase,
    Share,
    Stated,
    ToldEach,
    parse,
)
from pipelines.normalising.narrative.readers.amounts import (
    read_attended,
    read_graded,
    read_lacking,
    read_loose,
    read_mentioned,
    read_stated,
    read_told_each,
)
from pipelines.normalising.narrative.readers.borders import (
    SUBORDINATE,
    claim_of,
    read_mark,
    says_something,
)
from pipelines.normalising.narrative.readers.comparisons import (
    read_baseline,
    read_became,
    read_completed,
    read_level,
    read_measured,
    read_moved,
    read_share,
)
from pipelines.normalising.narrative.sections import READ_IN_OVERVIEW, load_headings
from pipelines.recognising.wording import squash

# Each takes a phrase of its sort; the key says which.
_READERS: Mapping[type[Phrase], Callable[[Any, Focus, Around], Focus]] = {
    Stated: read_stated,
    ToldEach: read_told_each,
    Mentioned: read_mentioned,
    Baseline: read_baseline,
    Became: read_became,
    Moved: read_moved,
    Level: read_level,
    Measured: read_measured,
    Completed: read_completed,
    Share: read_share,
    Lacking: read_lacking,
    Attended: read_attended,
    Graded: read_graded,
    Loose: read_loose,
    Mark: read_mark,
}
# A stop right before a bracket closes ends what the bracket says, and not the sentence.
_SENTENCE = re.compile(r"[^。!?]+(?:。(?=\))[^。!?]*)*[。!?]?")
# An amount that a sentence tells; 50万元以上 in a definition is none.
_MONEY_TOLD = re.compile(r"\d\s*[万亿]?元(?!以[上下]|[（(]含)[^。；]*[，。；,;]")
# A sentence without any of these states no value.
_STATES_SOMETHING = re.compile(
    r"\d|[类款项]\)|[无未没不零]|持平|有所|略有|[增减]|一致|变化|[大小等高低]于|相等|:$"
)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a narrative states.

    Attributes:
        claims: The values, in reading order.
        furniture: The other numbers, in reading order; every number is in one or the other.
    """

    claims: tuple[Claim, ...]
    furniture: tuple[ProseFurniture, ...]


def read_prose(
    paragraphs: Iterable[NarrativeParagraph],
    kind: DocumentKind | None = None,
    fiscal_year: int | None = None,
) -> Prose:
    """Read every number of a narrative, and what is stated without one.

    Args:
        paragraphs: The narrative, with its outline.
        kind: Final accounts or budget: what 支出 without further words means.
        fiscal_year: The document's year: which years are prior ones.
    """
    kind = kind or DocumentKind.FINAL_ACCOUNTS
    narrative = Narrative(load_headings(), load_wording(), kind, fiscal_year)
    section: tuple[str, ...] | None = None
    focus, before, title = Focus(), _Before(), _Title()
    for paragraph in paragraphs:
        title = _titled(paragraph, title, narrative)
        if paragraph.section_path != section:
            section = paragraph.section_path
            project = _project_in(section, narrative) or title.within(section)
            focus, before = Focus(project=project), _Before()
        is_definition = _is_definition(paragraph, narrative)
        if paragraph.is_heading or (is_definition and not _MONEY_TOLD.search(paragraph.text)):
            continue
        folded = fold(paragraph.text)
        around = Around(narrative, paragraph, folded, _lexicon_for(paragraph, folded, narrative))
        if is_definition or not _is_read(paragraph, narrative):
            _account_only(focus, around)
            continue
        if match := _project_labelled(paragraph.text.strip(), around, is_whole=True):
            focus, before = Focus(project=match["name"]), _Before()
            _account_only(focus, around)
            continue
        is_enumerated = bool(ENUMERATED.match(folded.text))
        before = before.going_on(is_enumerated=is_enumerated)
        if before.continues:
            focus = focus._replace(whole=before.listing, inherited=before.listing)
        else:
            focus = _in_paragraph(paragraph, focus, before.listing, narrative)
        focus = _read_sentences(around, focus)
        continues = folded.text.rstrip("。").endswith((":", "其中", "包括"))
        listing = _listed_below(focus, around) if continues else before.listing
        before = _Before(continues, listing, before.is_enumerated)
    return Prose(_in_reading_order(narrative.claims), tuple(narrative.furniture))


def _listed_below(focus: Focus, around: Around) -> Whole | None:
    """What the paragraphs behind a colon are parts of: the list, else what was only named.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "支出9万元，其中：财政拨款支出8万元。财政拨款支出主要内容如下："
    >>> said("收支", told, "1.“教育支出”科目8万元。")[-1]
    'appropriation.class.actual amount 8'
    """
    thing = focus.thing
    if focus.is_only_named and thing is not None:
        return Whole(thing, focus.role, claim_of(thing, focus.role, around))
    return focus.whole


@dataclass(frozen=True, slots=True)
class _Title:
    """A line that names the project whose section follows, and where it stands."""

    name: str = ""
    path: tuple[str, ...] = ()

    def within(self, section: tuple[str, ...]) -> str:
        """The project where a section stands below the line, '' elsewhere."""
        is_below = len(section) > len(self.path) and section[: len(self.path)] == self.path
        return self.name if is_below else ""


def _titled(paragraph: NarrativeParagraph, title: _Title, narrative: Narrative) -> _Title:
    """The project's title that a paragraph is, else the one before.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "茶园改造项目", "（一）年度预算安排", "2023年预算安排资金5万元。"
    >>> said("项目经费", *told)
    ['project.total.budget amount 5']
    """
    if paragraph.is_heading or paragraph.topic != "project_list":
        return title
    match = narrative.headings.project_title.fullmatch(squash(paragraph.text))
    if match is None or narrative.headings.no_project.search(match["name"]):
        return title
    return _Title(match["name"], paragraph.section_path)


def _project_labelled(text: str, around: Around, *, is_whole: bool) -> re.Match[str] | None:
    """The label with which a text begins, or all of it, that names a project in a list of them.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("项目支出", "项目名称：茶园改造经费", "实施单位：县农业局", "预算安排规模：5万元")
    ['project.total.budget amount 5']
    """
    label = around.narrative.headings.project_label
    if around.topic != "project_list":
        return None
    return label.fullmatch(text) if is_whole else label.match(text)


def _in_reading_order(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims by where they stand; what was kept in doubt last may stand further up."""
    ordered = sorted(claims, key=lambda claim: (claim.paragraph_index, claim.begin))
    if ordered == claims:
        return tuple(claims)
    places = {claim.claim_index: place for place, claim in enumerate(ordered)}
    return tuple(
        replace(
            claim,
            claim_index=place,
            whole_index=None if claim.whole_index is None else places[claim.whole_index],
        )
        for place, claim in enumerate(ordered)
    )


def _account_only(focus: Focus, around: Around) -> None:
    """Account for the numbers of a paragraph that is not read for values."""
    around = replace(around, end=len(around.text))
    if not prints_number(around):
        return
    tokens = around.lexicon.tokens(around.text, 0, around.end, around.folded.quoted)
    around.narrative.furniture.extend(account_for(tokens, [], focus, around, UNREAD))


@dataclass(frozen=True, slots=True)
class _Before:
    """How the paragraph before ended.

    Attributes:
        continues: It ended in 其中: or the like, and what follows are its parts.
        listing: What the paragraphs of the list that is open are parts of.
        is_enumerated: The entries of that list are numbered.
    """

    continues: bool = False
    listing: Whole | None = None
    is_enumerated: bool = False

    def going_on(self, *, is_enumerated: bool) -> "_Before":
        """The same before a paragraph that may be another entry of the list, or end it."""
        if self.continues:
            return replace(self, is_enumerated=is_enumerated)
        if is_enumerated != self.is_enumerated:
            return replace(self, listing=None)
        return self


def _in_paragraph(
    paragraph: NarrativeParagraph, focus: Focus, listing: Whole | None, narrative: Narrative
) -> Focus:
    """What a new paragraph begins with: the total told before, if it was one, and its list."""
    thing, role = focus.thing, focus.role
    is_total = thing is not None and thing.is_total
    claims = narrative.claims
    goes_on = bool(claims) and claims[-1].paragraph_index == paragraph.index - 1
    is_list = paragraph.topic == "project_list"
    return Focus(
        project=focus.project if is_list else _project_in(paragraph.section_path, narrative),
        body=focus.body,
        item=None if goes_on else focus.item,
        thing=thing if is_total else None,
        role=role if is_total else "",
        whole=listing,
        inherited=listing,
        heads=(len(claims), len(claims)),
    )


def _read_sentences(around: Around, focus: Focus) -> Focus:
    for match in _SENTENCE.finditer(around.text):
        begin, end = match.span()
        if not _STATES_SOMETHING.search(match[0]):
            focus = _noted_body(match[0], focus, around)
            around.narrative.furniture.extend(
                numbers_in_quotes(replace(around, begin=begin, end=end))
            )
            continue
        tokens = around.lexicon.tokens(around.text, begin, end, around.folded.quoted)
        around = replace(around, begin=begin, end=end, phrases=parse(tokens))
        focus = _in_sentence(match, focus, around)
        for position, phrase in enumerate(around.phrases):
            if isinstance(phrase, Mark) and not says_something(phrase, around):
                continue
            if phrase.begin >= focus.read_to:
                focus = _READERS[type(phrase)](phrase, focus, replace(around, position=position))
        claims = around.narrative.claims[focus.heads[1] :]
        around.narrative.furniture.extend(account_for(tokens, claims, focus, around))
    return focus


def _noted_body(sentence: str, focus: Focus, around: Around) -> Focus:
    match = SUBORDINATE.search(sentence)
    if match and around.topic in READ_IN_OVERVIEW:
        return focus._replace(body=match["name"])
    return focus


def _in_sentence(match: re.Match[str], focus: Focus, around: Around) -> Focus:
    """What a new sentence begins with."""
    begin = match.start()
    focus = _out_of_list(match, focus, around)
    reason = focus.reason
    if reason and not (begin and reason.style and numbering(match[0]) == reason.style):
        # 原因为1、…。2、…。: the second reason is a sentence of its own.
        reason = None
    focus = taken_together(focus.without_restatement(), around)
    thing, role = focus.thing, focus.role
    claims = len(around.narrative.claims)
    if focus.is_only_named and focus.told and focus.heads[1] != claims:
        thing, role = focus.told
    heads = (focus.heads[1], claims)
    project = around.narrative.headings.evaluated_project.search(around.sentence())
    if project and around.tells_indicators:
        focus = focus._replace(project=project["quoted"] or project["plain"])
    if labelled := _project_labelled(around.sentence(), around, is_whole=False):
        focus = focus._replace(project=labelled["name"])
    return focus._replace(
        thing=thing,
        role=role,
        is_only_named=False,
        named=(),
        reason=replace(reason, begin=begin) if reason else None,
        awarded=None,
        is_purpose=False,
        is_planned=False,
        is_foreign=False,
        year=None,
        last=None,
        is_base_shared=False,
        pending=(),
        outer=(),
        heads=heads,
        clause=begin,
        read_to=begin,
    )


def _out_of_list(match: re.Match[str], focus: Focus, around: Around) -> Focus:
    """A sentence that is not numbered stands outside the list that the one before opened.

    One that is numbered as that was is its next entry: of nothing named yet, and compared alike.
    """
    thing = focus.thing
    if match.start() and ENUMERATED.match(match[0]) and focus.whole is None:
        # 项目支出5万元。1.校舍维修3万元；2.…
        if thing is not None and thing.item == "project" and not focus.is_unread:
            index = focus.last.claim_index if focus.last else None
            return focus._replace(whole=Whole(thing, focus.role, index), list_role=focus.role)
        return focus
    if focus.whole is None or not match.start():
        return focus
    if ENUMERATED.match(match[0]):
        is_next = _is_numbered_alike(match[0], focus.whole, around)
        return focus.without_list()._replace(thing=None) if is_next else focus
    # A part of a list of paragraphs stays what its paragraph is about.
    if focus.item is None and focus.whole is not focus.inherited:
        whole = focus.whole
        focus = focus._replace(thing=whole.thing, role=whole.role, is_unread=False)
    return focus.without_list()


def _is_numbered_alike(sentence: str, whole: Whole, around: Around) -> bool:
    """Tell whether a sentence is numbered as the one of the paragraph that told the whole."""
    if whole.index is None:
        return False
    told = around.narrative.claims[whole.index]
    if told.paragraph_index != around.paragraph.index:
        return False
    style = numbering(fold(told.sentence).text)
    return bool(style) and style == numbering(sentence)


def _is_definition(paragraph: NarrativeParagraph, narrative: Narrative) -> bool:
    """Tell whether a paragraph tells of no year: a definition, or the note below a form."""
    if paragraph.part is Part.DEFINITIONS:
        return True
    is_note = narrative.headings.form_note.match(squash(paragraph.text))
    return paragraph.part is Part.TABLES and bool(is_note)


def _is_read(paragraph: NarrativeParagraph, narrative: Narrative) -> bool:
    """Tell whether a paragraph is read for values: duties are where they tell of staff.

    So is what stands in an overview below no heading of its own.
    """
    if paragraph.topic == "duties" or (paragraph.part is Part.OVERVIEW and not paragraph.topic):
        return any(word in paragraph.text for word in narrative.headings.opens["staffing"])
    return True


def _lexicon_for(paragraph: NarrativeParagraph, folded: Folded, narrative: Narrative) -> Lexicon:
    """The lexicon of a paragraph: its section's topics, and those its own words bring in."""
    headings = narrative.headings
    scope = list(headings.scopes.get(paragraph.topic, ()))
    for topic, words in headings.opens.items():
        if topic not in scope and any(word in folded.text for word in words):
            scope.append(topic)
    scope.append("economic_class")
    return lexicon_of(tuple(scope))


def _project_in(path: tuple[str, ...], narrative: Narrative) -> str:
    """The project that a heading such as 科技创新专项经费情况说明 names."""
    headings = narrative.headings
    for heading in path:
        match = headings.project_heading.fullmatch(squash(heading))
        if match and not headings.no_project.search(match["name"]):
            return heading.strip()[: len(match["name"])]
    return ""
