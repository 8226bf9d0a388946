"""Claims: the values that sentences state.

Knows how the phrases of a sentence bear on one another: which number is of which thing, what a
share is a share of, what a change is against. Does not know the words; those are the lexicon's.

A value belongs to what its own sentence names right before it, or to what the sentence as a whole
or the line above it is about. What cannot be told so is kept as ambiguous.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lark import Token

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    Direction,
    DocumentKind,
    NarrativeParagraph,
    Part,
    Reading,
)
from pipelines.normalising.narrative.labels import clean_label, entries_of, label_before
from pipelines.normalising.narrative.lexicon import (
    VALUES,
    Folded,
    Lexicon,
    Phrase,
    Subject,
    fold,
    lexicon_of,
    load_wording,
    parse,
    scaled,
)
from pipelines.normalising.narrative.sections import Headings, load_headings
from pipelines.recognising.wording import squash

_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
# A sentence without any of these states no value.
_STATES_SOMETHING = re.compile(r"\d|[类款项]\)|[无未没不]|持平|一致|变化|[大小等高低]于|相等|:$")
_ITEM_LEVELS = {"类": "class", "款": "subclass", "项": "item"}
_ITEM_PART = re.compile(r"\((?P<code>\d*)(?P<level>[类款项])\)")
_BUDGETED = ("预算", "预算数", "预算收入", "预算支出", "总预算", "预算金额", "预算总额")
_FUND_NAMES = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|财政拨款")
_SUBORDINATE = re.compile(r"(?:二级机构|下属单位|二级单位)(?P<name>[^，。;]{3,30}?)(?=[，。;])")
_BODY = re.compile(r"(?P<name>[^，。]{2,30}(?:局|中心|所|队|站|院|馆|机关))$")
_GRADE = re.compile(r"优秀?|良好?|不?合格|中|差")
_APPROXIMATE = ("以上", "以下", "左右", "以内", "多", "余", "的")
_REGION = re.compile(r"^(?:全|我|本)(?:省|市|县|区|州|镇|乡|街道)")
# “档案保护”项目绩效自评综述：…
_EVALUATED_PROJECT = re.compile(
    r"^\s*(?:\d{1,2}[、.．]|[(（][^)）]{1,3}[)）])?\s*[“\"](?P<name>[^”\"]{2,40})[”\"](?:专项)?项目"
)
_ENUMERATED = re.compile(r"\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]+\)|[①-⑳]")
_YEAR = re.compile(r"\d{4}")
_CHANGED = re.compile(r"(?:有所)?(?:增加|减少|增长|下降|降低|上升|提高)了?(?:额|幅)?(?:为|约)?$")
_MULTIPLIERS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
# What stands around the forms is read too, but for the notes below them: where no heading tells
# that the narrative begins, it would be lost.
_FORM_NOTE = re.compile(r"^(?:注|备注|说明|单位|公开\d+表|编制)[:：]")
_READ_IN_OVERVIEW = frozenset({"units", "offices", "staffing"})
_HELD_TOPICS = frozenset({"assets", "staffing", "organisation"})
_COUNTED_TOPICS = _HELD_TOPICS
_FUND_TOPICS = frozenset({"general_budget", "government_fund", "state_capital"})
_EVENTS = ("会议", "培训", "会")
_EVENT_TOPICS = ("meetings", "training", "festivals")
# Totals that are parts of greater ones.
_PARTS_OF_TOTALS = {
    "income.total": "income_expenditure.income_total",
    "expenditure.total": "income_expenditure.expenditure_total",
}
_BUDGET_ROLES = frozenset({"budget", "opening_budget", "adjusted_budget"})


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
class _State:
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
    reason: int = 0
    year: int | None = None
    last: int | None = None
    has_direction: bool = False
    # Where the words of the present clause begin.
    clause: int = 0
    read_to: int = 0
    named: list[Thing] = field(default_factory=list)
    outer: list[tuple[Whole | None, Thing | None, str]] = field(default_factory=list)


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
    reader = _Reader(load_headings(), kind or DocumentKind.FINAL_ACCOUNTS, fiscal_year)
    for paragraph in paragraphs:
        reader.read(paragraph)
    return tuple(reader.claims)


class _Reader:
    """Reads paragraph by paragraph; remembers what the section has named."""

    def __init__(self, headings: Headings, kind: DocumentKind, year: int | None) -> None:
        self._headings = headings
        self._kind = kind
        self._year = year
        self._path: tuple[str, ...] | None = None
        self._state = _State()
        self._continues = False
        self._listing: Whole | None = None
        self._listing_enumerated = False
        self.claims: list[Claim] = []

    def read(self, paragraph: NarrativeParagraph) -> None:
        """Read one paragraph."""
        if paragraph.section_path != self._path:
            self._enter_section(paragraph.section_path)
        if paragraph.is_heading or not self._is_read(paragraph):
            return
        folded = fold(paragraph.text)
        state = self._state
        project = _EVALUATED_PROJECT.match(paragraph.text)
        if project and paragraph.topic in self._headings.indicators:
            state.project = project["name"]
        self._go_on_listing(is_enumerated=bool(_ENUMERATED.match(folded.text)))
        if not self._continues:
            self._state = _State(
                project=state.project, item=state.item, body=state.body, whole=self._listing
            )
            if state.current is not None and _is_total(state.current):
                self._state.current, self._state.role = state.current, state.role
            if self.claims and self.claims[-1].paragraph_index == paragraph.index - 1:
                self._state.item = None
        _Sentences(self, paragraph, folded).read()
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
        self._state = _State(project=_project_in(path))
        self._continues = False
        self._listing = None

    @staticmethod
    def _is_read(paragraph: NarrativeParagraph) -> bool:
        if paragraph.part is Part.OVERVIEW:
            return paragraph.topic in _READ_IN_OVERVIEW
        if paragraph.part is Part.TABLES and _FORM_NOTE.match(squash(paragraph.text)):
            return False
        return paragraph.part is not Part.DEFINITIONS and paragraph.topic != "duties"

    @property
    def state(self) -> _State:
        """What has been named so far."""
        return self._state

    @property
    def headings(self) -> Headings:
        """What headings open."""
        return self._headings

    @property
    def kind(self) -> DocumentKind:
        """What kind of document is read."""
        return self._kind

    @property
    def fiscal_year(self) -> int | None:
        """The document's year."""
        return self._year


def _project_in(path: tuple[str, ...]) -> str:
    """The project that a heading such as 科技创新专项经费情况说明 names."""
    for heading in path:
        match = re.fullmatch(
            r"(?P<name>.{2,40}?)(?:\(政策资金\))?(?:经费|项目)情况说明", squash(heading)
        )
        if match and not re.search(r"预算|决算|运行|三公|其他|^项目$", match["name"]):
            return heading.strip()[: len(match["name"])]
    return ""


class _Sentences:
    """Reads the sentences of one paragraph."""

    def __init__(self, reader: _Reader, paragraph: NarrativeParagraph, folded: Folded) -> None:
        self._reader = reader
        self._state = reader.state
        self._paragraph = paragraph
        self._folded = folded
        self._topic = paragraph.topic
        self._lexicon = self._lexicon_here()
        self._sentence = ""
        self._sentence_end = 0
        self._phrases: list[Phrase] = []
        self._position = 0
        self._wording = load_wording()
        self._handlers: Mapping[str, Callable[[Phrase], None]] = {
            "stated": self._stated,
            "told_each": self._told_each,
            "mentioned": self._mentioned,
            "baseline": self._baseline,
            "moved": self._moved,
            "level": self._level,
            "measured": self._measured,
            "completed": self._completed,
            "share": self._share,
            "lacking": self._lacking,
            "attended": self._attended,
            "graded": self._graded,
            "loose": self._loose,
            "mark": self._mark,
        }

    def _lexicon_here(self) -> Lexicon:
        headings = self._reader.headings
        scope = list(headings.scopes.get(self._topic, ()))
        for topic, words in headings.opens.items():
            if topic not in scope and any(word in self._folded.text for word in words):
                scope.append(topic)
        scope.append("economic_class")
        return lexicon_of(tuple(scope))

    def read(self) -> None:
        """Read them all."""
        for match in _SENTENCE.finditer(self._folded.text):
            if not _STATES_SOMETHING.search(match[0]):
                self._note_body(match[0])
                continue
            self._begin(match)
            tokens = self._lexicon.tokens(self._folded.text, match.start(), match.end())
            self._phrases = parse(tokens)
            for position, phrase in enumerate(self._phrases):
                self._position = position
                if phrase.begin >= self._state.read_to:
                    self._handlers[phrase.name](phrase)

    def _note_body(self, sentence: str) -> None:
        match = _SUBORDINATE.search(sentence)
        if match and self._topic in _READ_IN_OVERVIEW:
            self._state.body = match["name"]

    def _begin(self, match: re.Match[str]) -> None:
        state = self._state
        self._sentence = self._printed_sentence(match)
        self._sentence_end = match.end()
        if state.whole and match.start() > 0:
            if state.item is None:
                state.current, state.role = state.whole.thing, state.whole.role
            state.whole, state.list_role = None, ""
        state.clause = state.read_to = match.start()
        # 原因为1、…。2、…。: the second reason is a sentence of its own.
        goes_on = bool(match.start() and _ENUMERATED.match(match[0]))
        state.is_reason = state.is_reason and goes_on
        state.reason = match.start()
        state.year = None
        state.last = None
        state.awarded = None
        state.outer.clear()
        together = tuple(thing.name for thing in state.named[-2:])
        for subject in self._wording.subjects.values():
            if together and subject.pair == together:
                state.current = Thing(subject.name, subject=subject)
        state.named.clear()

    def _printed_sentence(self, match: re.Match[str]) -> str:
        """The sentence as printed, with the quotation marks it begins with."""
        offsets = self._folded.offsets
        begin = offsets[match.start() - 1] + 1 if match.start() else 0
        return self._folded.original[begin : offsets[match.end() - 1] + 1].strip()

    # What is spoken of ---------------------------------------------------------------------

    def _thing(self, phrase: Phrase) -> Thing | None:
        """The thing that a phrase names, None where it names a role only or nothing known."""
        named = phrase.of("SUBJECT", "ITEM")
        if not named:
            return None
        token = named[-1]
        if token.type == "ITEM":
            return self._item_thing(token)
        return self._subject_thing(token, is_led=phrase.tokens[0] is not token)

    def _item_thing(self, token: Token) -> Thing:
        parts = list(_ITEM_PART.finditer(token))
        codes = re.findall(r"2[0-3]\d(?:\d{2}){0,2}", token)
        topic = self._topic if self._topic in _FUND_TOPICS else "expenditure"
        begin, end = token.start_pos or 0, token.end_pos or 0
        label = "".join(self._folded.printed(begin, end).split()).strip("“”\"'")
        return Thing(
            name=f"{topic}.{_item_level(parts, codes)}",
            label=label if parts else re.sub(r"[\d-]+|[(（]\d+[)）]", "", label),
            code="".join(part["code"] for part in parts) if parts else codes[-1],
            fund=self._topic if self._topic in _FUND_TOPICS else "",
        )

    def _subject_thing(self, token: Token, *, is_led: bool) -> Thing | None:
        key = self._lexicon.subject(token)
        if key is None:
            return None
        subject = self._wording.subjects[key]
        if self._is_disguised(token):
            return None
        if str(token) in subject.weak and not is_led and self._is_glued(token):
            return None
        if subject.topic == "function_class":
            topic = self._topic if self._topic in _FUND_TOPICS else "expenditure"
            return Thing(f"{topic}.class", label=str(token))
        if subject.is_label:
            return self._economic_class(token)
        if subject.is_relative:
            return self._relative(subject, str(token))
        label = self._state.project if subject.topic == "project" else ""
        label = str(token) if subject.topic == "organisation" else label
        body = self._state.body if subject.topic == "staffing" else ""
        fund = subject.fund or self._fund_in(str(token))
        return Thing(subject.name, label=label, group=body, fund=fund, subject=subject)

    @staticmethod
    def _fund_in(words: str) -> str:
        if words.startswith("一般公共预算"):
            return "general_budget"
        if words.startswith("政府性基金"):
            return "government_fund"
        return "state_capital" if words.startswith("国有资本") else ""

    def _is_glued(self, token: Token) -> bool:
        """Tell whether other words stand right before a word that is common elsewhere too."""
        before = self._folded.text[self._state.clause : token.start_pos]
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        bare = clean_label(before, neutral)
        return bool(bare) and not bare.isdigit()

    def _is_disguised(self, token: Token) -> bool:
        """Tell whether the word before makes it another thing: 人均接待费."""
        before = self._folded.text[self._state.clause : token.start_pos]
        return before.endswith(tuple(self._wording.entry["disguises"]))

    def _economic_class(self, token: Token) -> Thing:
        whole = self._state.whole
        topic = "project" if whole and whole.thing.name.endswith(".project") else "basic"
        return Thing(f"{topic}.class", label=str(token))

    def _relative(self, subject: Subject, words: str) -> Thing | None:
        group = self._state.group
        if group is None or group.subject is None:
            return None
        if "amount" in subject.values and "amount" in group.subject.values:
            return replace(group, fund=self._fund_in(words.removeprefix("涉及")))
        return group if subject.counts else None

    def _role(self, phrase: Phrase, thing: Thing | None) -> str:
        """The role that a phrase's words give, else the list's, else the document's."""
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        strong = [role for role in said if role != "spending"]
        if thing and thing.subject and thing.subject.role:
            strong.append(thing.subject.role)
        is_performance = thing is not None and thing.topic == "performance"
        words = "" if is_performance else _FUND_NAMES.sub("", "".join(phrase.of("SUBJECT")))
        if not strong and words.endswith(
            ("预算", "预算数", "预算收入", "预算支出", "总预算", "预算金额", "预算总额")
        ):
            strong = ["budget"]
        if words.startswith("年初预算"):
            strong = ["opening_budget"]
        role = strong[-1] if strong else self._unsaid_role(thing, said)
        return self._executed(self._in_year(role, thing))

    def _executed(self, role: str) -> str:
        """What 执行数 is: the outturn in final accounts, that of the year before in a budget."""
        if role != "execution":
            return role
        return "prior_execution" if self._reader.kind is DocumentKind.BUDGET else "actual"

    def _unsaid_role(self, thing: Thing | None, said: list[str]) -> str:
        state = self._state
        if thing and thing.topic in _HELD_TOPICS:
            return state.list_role if state.list_role == "planned" else "held"
        if state.list_role and not said:
            return state.list_role
        return "budget" if self._reader.kind is DocumentKind.BUDGET else "actual"

    def _in_year(self, role: str, thing: Thing | None) -> str:
        year, own = self._state.year, self._reader.fiscal_year
        if year is None or own is None or (thing and thing.topic in (*_HELD_TOPICS, "performance")):
            return role
        shifts: Mapping[str, str] = self._wording.entry["a_year_before"]
        return shifts.get(role, role) if year == own - 1 else role

    # What is said of it ---------------------------------------------------------------------

    def _stated(self, phrase: Phrase) -> None:
        state = self._state
        thing = self._thing(phrase)
        values = [token for token in phrase.tokens if token.type in VALUES]
        if phrase.of("SUBJECT") and thing is None:
            self._unknown(values)
            return
        is_named = thing is not None
        thing = thing or self._spoken_of()
        if thing is None or (not is_named and self._belongs_elsewhere()):
            self._unknown(values)
            return
        if state.is_reason and not (is_named and self._resumes(thing)):
            self._in_reason(phrase, values)
            return
        state.is_reason = False
        thing = self._as_meant(phrase, thing, is_named=is_named)
        role = self._role(phrase, thing)
        self._set_current(thing, role, is_named=is_named)
        if is_named:
            state.named.append(thing)
        if len(values) > 1 and phrase.of("EACH"):
            self._zip(values)
            return
        for value in values:
            self._value(value, thing, role)
        self._note_fund(phrase)

    def _as_meant(self, phrase: Phrase, thing: Thing, *, is_named: bool) -> Thing:
        """The thing that a word means after what stands before it."""
        thing = self._scored_before(thing)
        if thing.name == "performance.project" and self._state.project:
            thing = replace(thing, label=self._state.project)
            if phrase.of("MONEY"):
                return Thing("project.total", label=self._state.project)
        if self._state.awarded is not None and thing.name == "procurement.total":
            return self._state.awarded
        if is_named and self._project_name(phrase, thing):
            return replace(thing, label=self._state.project)
        return thing

    def _belongs_elsewhere(self) -> bool:
        """Tell whether words of its own stand right before a role: 差旅费支出5万元."""
        previous = self._phrases[self._position - 1] if self._position else None
        if previous is None or previous.tokens[-1].type != "TEXT":
            return False
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        return len(clean_label(previous.tokens[-1], neutral)) > 1

    def _scored_before(self, thing: Thing) -> Thing:
        """What a score is of: 项目支出绩效评价 in 项目支出绩效评价自评为95分."""
        previous = self._phrases[self._position - 1] if self._position else None
        current = self._state.current
        if (
            previous is not None
            and previous.name == "mentioned"
            and current is not None
            and current.subject is not None
            and "score" in current.subject.values
            and thing.topic == "performance"
        ):
            return current
        return thing

    def _project_name(self, phrase: Phrase, thing: Thing) -> bool:
        """Take the project's name that stands before 财政拨款收入 in a list of projects."""
        if thing.topic != "project" or self._topic != "project_list":
            return False
        if thing.name == "project.income":
            named = phrase.of("SUBJECT")[0].start_pos or 0
            label = label_before(self._folded, self._state.clause, named)
            if label:
                self._state.project = label
        return True

    def _spoken_of(self) -> Thing | None:
        """What a phrase without a subject is about."""
        state = self._state
        if state.item is not None and (state.current is None or state.current == state.item):
            return state.item
        return state.current

    def _set_current(self, thing: Thing, role: str, *, is_named: bool) -> None:
        state = self._state
        if is_named and thing != state.current:
            state.has_direction = False
            if not state.whole and state.current is not None and not self._compares_next():
                state.base = None
        if thing.name.endswith((".item", ".class", ".subclass")) and thing.topic in (
            *_FUND_TOPICS,
            "expenditure",
        ):
            state.item = thing
        state.current, state.role = thing, role
        subject = thing.subject
        if subject and subject.values and thing.topic == "performance" and not subject.is_relative:
            state.group = thing
        within = state.whole is not None and _PARTS_OF_TOTALS.get(thing.name) == (
            state.whole.thing.name
        )
        if state.whole and is_named and _is_total(thing) and not within:
            state.whole, state.list_role = None, ""
        if state.whole and not phrase_role_is_default(role, thing):
            state.list_role = role

    def _told_each(self, phrase: Phrase) -> None:
        values = [token for token in phrase.tokens if token.type in VALUES]
        if values:
            self._zip(values)

    def _zip(self, values: list[Token]) -> None:
        """Give several values to the several things named before them, or to none."""
        state = self._state
        things = state.named[-len(values) :] if len(state.named) >= len(values) else []
        if len(things) != len(values) and state.current and state.current.subject:
            pair = state.current.subject.pair
            if len(pair) == len(values):
                things = [Thing(name) for name in pair]
        if len(things) != len(values):
            for value in values:
                self._ambiguous(value, "several values, and not as many things named")
            return
        unit = next((_unit_of(value) for value in reversed(values) if _unit_of(value)), "")
        for thing, value in zip(things, values, strict=True):
            self._value(value, thing, self._role(Phrase("naming", ()), thing), unit)

    def _mentioned(self, phrase: Phrase) -> None:
        state = self._state
        thing = self._thing(phrase)
        if state.is_reason:
            return
        if thing is None:
            if not phrase.of("SUBJECT"):
                state.role = self._role(phrase, self._spoken_of())
            return
        if self._is_weak(phrase):
            state.named.append(thing)
            return
        self._project_name(phrase, thing)
        role = self._role(phrase, thing)
        self._set_current(thing, role, is_named=True)
        state.named.append(thing)
        state.clause = phrase.end
        if thing.subject and thing.subject.then:
            state.awarded = thing

    def _is_weak(self, phrase: Phrase) -> bool:
        return any(
            (key := self._lexicon.subject(token)) is not None
            and str(token) in self._wording.subjects[key].weak
            for token in phrase.of("SUBJECT")
        )

    # Comparisons ----------------------------------------------------------------------------

    def _baseline(self, phrase: Phrase) -> None:
        state = self._state
        base = self._read_base(phrase)
        if state.is_reason and not self._resumes_with(base):
            return
        state.is_reason = False
        state.base = base
        state.has_direction = False
        thing = self._spoken_of()
        values = phrase.of("MONEY", "NUMBER")
        if values and thing is not None:
            self._value(values[0], thing, base.role)

    def _resumes_with(self, base: Base) -> bool:
        """Tell whether a comparison in a reason is of the sentence and not of the reason."""
        explained = self._state.explained
        return explained is not None and explained.role != base.role

    def _resumes(self, thing: Thing) -> bool:
        """Tell whether a thing named after a reason is the section's own and no more a reason."""
        state = self._state
        return thing.topic == self._topic and state.clause > state.reason

    def _read_base(self, phrase: Phrase) -> Base:
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        role = next((each for each in reversed(said) if each != "spending"), "")
        year = next((int(_YEAR.findall(token)[0]) for token in phrase.of("YEAR")), None)
        own = self._reader.fiscal_year
        is_before = bool(phrase.of("LAST")) or (year is not None and (own is None or year < own))
        if is_before and year is None and own is not None:
            year = own - 1
        shifts: Mapping[str, str] = self._wording.entry["a_year_before"]
        if is_before:
            role = shifts.get(role, role) or self._unsaid_prior()
        role = self._executed(role)
        text = self._folded.printed(phrase.begin, phrase.end)
        return Base(role or "budget", year if is_before else None, "".join(text.split()))

    def _unsaid_prior(self) -> str:
        is_budget = self._reader.kind is DocumentKind.BUDGET
        return "prior" if is_budget else "prior_final"

    def _moved(self, phrase: Phrase) -> None:
        state = self._state
        values = [token for token in phrase.tokens if token.type in VALUES]
        if not values:
            return
        if state.is_reason:
            self._in_reason(phrase, values)
            return
        thing, base = self._spoken_of(), state.base
        word = phrase.tokens[0]
        direction = self._direction(word)
        is_listed = base is None and self._topic == "project_list"
        if thing is None or thing.topic == "performance" or is_listed:
            self._unknown(values)
            return
        if base is None:
            for value in values:
                self._change(value, thing, direction, Base(""), word)
            return
        if not state.has_direction and direction is not Direction.UNSAID:
            role = _role_against(state.role, base)
            self._add(thing, role, ClaimKind.DIRECTION, word, None, direction=direction, base=base)
            state.has_direction = True
        if len(values) > 1:
            self._zip_moves(values, word, direction, base)
            return
        self._change(values[0], thing, direction, base, word)

    def _zip_moves(
        self, values: list[Token], word: Token, direction: Direction, base: Base
    ) -> None:
        current = self._state.current
        pair = current.subject.pair if current and current.subject else ()
        if len(pair) != len(values):
            for value in values:
                self._ambiguous(value, "several changes, and not as many things named")
            return
        for name, value in zip(pair, values, strict=True):
            self._change(value, Thing(name), direction, base, word)

    def _change(
        self, value: Token, thing: Thing, direction: Direction, base: Base, word: Token
    ) -> None:
        note = ""
        if direction is Direction.UNSAID:
            direction = self._direction_before()
            if direction is Direction.UNSAID:
                note = f"{word} does not say which way"
        note = note or ("" if base.role else "nothing says what it is compared with")
        kind = ClaimKind.GROWTH if _is_rate(value, word) else ClaimKind.CHANGE
        role = _role_against(self._state.role, base)
        self._add(thing, role, kind, value, value, direction=direction, base=base, note=note)

    def _direction_before(self) -> Direction:
        """The direction of the change stated right before in this sentence."""
        last = self._state.last
        return self._reader.claims[last].direction if last is not None else Direction.UNSAID

    def _direction(self, word: Token) -> Direction:
        return {"UP": Direction.INCREASE, "DOWN": Direction.DECREASE}.get(
            word.type, Direction.UNSAID
        )

    def _level(self, phrase: Phrase) -> None:
        state = self._state
        previous = self._phrases[self._position - 1] if self._position else None
        if state.is_reason or state.base is None or previous is None:
            return
        if previous.name not in ("baseline", "mentioned", "mark"):
            return
        thing = self._spoken_of()
        if thing is None or not self._is_just_compared():
            return
        kind = ClaimKind.COMPARISON if state.base.role in _BUDGET_ROLES else ClaimKind.DIRECTION
        role = _role_against(state.role, state.base)
        word = phrase.tokens[0]
        self._add(thing, role, kind, word, None, direction=Direction.EQUAL, base=state.base)

    def _compares_next(self) -> bool:
        """Tell whether a comparison stands before, and no value since: 与上年相比，收入增加…."""
        for phrase in reversed(self._phrases[: self._position]):
            if phrase.name == "baseline":
                return True
            if phrase.name in ("stated", "moved", "loose", "told_each"):
                return False
        return False

    def _is_just_compared(self) -> bool:
        """Tell whether the comparison stands in the clause of 持平 or the one before."""
        for phrase in reversed(self._phrases[: self._position]):
            if phrase.name == "baseline":
                return True
            if phrase.name not in ("mark", "mentioned"):
                return False
        return False

    def _measured(self, phrase: Phrase) -> None:
        state = self._state
        if state.is_reason:
            return
        thing = self._spoken_of()
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        role = next((each for each in reversed(said) if each in _BUDGET_ROLES), "")
        base = Base(role, text="".join(phrase.of("ROLE"))) if role else None
        if base is None and phrase.of("SAME") and self._is_just_compared():
            base = state.base
        if thing is None or base is None:
            return
        word = phrase.tokens[0]
        direction = {"MORE": Direction.INCREASE, "LESS": Direction.DECREASE}.get(
            word.type, Direction.EQUAL
        )
        own = "budget" if self._reader.kind is DocumentKind.BUDGET else "actual"
        role = state.role if state.role not in _BUDGET_ROLES else own
        state.base = base
        self._add(thing, role, ClaimKind.COMPARISON, word, None, direction=direction, base=base)

    def _completed(self, phrase: Phrase) -> None:
        state = self._state
        values = phrase.of("PERCENT")
        word = str(phrase.tokens[0])
        if not values or (state.is_reason and self._topic != "project_list"):
            return
        role = "opening_budget" if "年初" in word else "budget"
        role = "adjusted_budget" if "全年" in word or "调整" in word else role
        thing = self._spoken_of()
        if thing is None or (thing.topic == "performance" and not word.startswith("完成")):
            self._unknown(values)
            return
        base = Base(role, text=word)
        self._add(thing, "actual", ClaimKind.COMPLETION, values[0], values[0], base=base)

    def _share(self, phrase: Phrase) -> None:
        state = self._state
        values = phrase.of("PERCENT")
        if not values:
            return
        words = phrase.tokens[1 : phrase.tokens.index(values[0])]
        named = [token for token in words if token.type in ("SUBJECT", "ITEM", "TEXT", "ROLE")]
        base_text = ""
        if named:
            begin, end = words[0].start_pos or 0, (named[-1].end_pos or 0)
            base_text = "".join(self._folded.printed(begin, end).split())
        thing = self._spoken_of()
        if thing is None or state.is_reason:
            self._unknown(values)
            return
        if thing.subject and "share" in thing.subject.values:
            thing = thing.item(thing.subject.values["share"])
        base = self._share_base(named, thing) if named else self._whole_base(thing)
        role = state.role or self._unsaid_role(thing, [])
        self._add(
            thing, role, ClaimKind.SHARE, values[0], values[0], base=Base(base, text=base_text)
        )

    def _share_base(self, named: list[Token], thing: Thing) -> str:
        for token in reversed(named):
            if token.type == "SUBJECT":
                key = self._lexicon.subject(token)
                base = self._wording.subjects[key].name if key else ""
                if base and base != thing.name:
                    return base
        return ""

    def _whole_base(self, thing: Thing) -> str:
        whole = self._state.whole
        if whole and whole.thing.name != thing.name:
            return whole.thing.name
        return ""

    # None, events, grades -------------------------------------------------------------------

    def _lacking(self, phrase: Phrase) -> None:
        if self._state.is_reason:
            return
        thing = self._thing(phrase)
        if thing is None or self._is_weak(phrase) or self._value_follows():
            return
        word = phrase.tokens[0]
        role = self._role(phrase, thing)
        self._state.current, self._state.role = thing, role
        counted = thing.topic in _COUNTED_TOPICS or bool(thing.subject and thing.subject.none_unit)
        kind = ClaimKind.COUNT if counted else ClaimKind.AMOUNT
        self._append(thing, role, kind, value_text=self._text(word), value=Decimal(0))

    def _value_follows(self) -> bool:
        rest = self._phrases[self._position + 1 :]
        return bool(rest) and (rest[0].name == "loose" or rest[0].tokens[0].type == "TEXT")

    def _attended(self, phrase: Phrase) -> None:
        counts = phrase.of("COUNT")
        state = self._state
        if not counts:
            return
        topic = next(
            (
                t
                for t in (state.current.topic if state.current else "", self._topic)
                if t in _EVENT_TOPICS
            ),
            "",
        )
        if not topic:
            self._unknown(counts)
            return
        name = self._event_before(phrase)
        thing = Thing(f"{topic}.event", label=name) if name else Thing(f"{topic}.persons")
        self._count(counts[0], thing, "actual")

    def _event_before(self, phrase: Phrase) -> str:
        """The name of the event that stands in the clause before 人数."""
        text = self._folded.text[: phrase.begin].rstrip("，,、")
        clause = re.split(r"[，,。;:]|\d+(?:\.\d+)?万元", text)[-1]
        held = sorted(self._wording.entry["held_for"], key=len, reverse=True)
        name = clean_label(clause, held)
        return "" if re.match(r"\d+[次场期个]", name) or not name else name

    def _graded(self, phrase: Phrase) -> None:
        grades = _GRADE.findall(phrase.tokens[0])
        group = self._state.group
        if not grades or self._topic not in (*self._reader.headings.indicators, "execution"):
            return
        item = "overall_grade"
        if group is not None and group.subject is not None:
            item = group.subject.values.get("grade", item)
        thing = Thing(f"performance.{item}")
        self._append(thing, "actual", ClaimKind.GRADE, value_text=grades[-1], value=None)

    # Everything else ------------------------------------------------------------------------

    def _loose(self, phrase: Phrase) -> None:
        state = self._state
        values = [token for token in phrase.tokens if token.type in VALUES]
        previous = self._phrases[self._position - 1] if self._position else None
        if phrase.of("FUND"):
            self._note_fund(phrase)
            return
        if previous and previous.of("FUND"):
            self._named_fund(previous.of("FUND")[0], values[0])
            return
        if state.is_reason:
            self._in_reason(phrase, values)
            return
        if previous and state.whole and str(previous.tokens[-1]) in ("合计", "共计", "总计"):
            thing, role, state.whole = state.whole.thing, state.whole.role, None
            self._value(values[0], thing, role)
            return
        if state.current and self._goes_on() and self._counts_for(state.current, values[0]):
            self._value(values[0], state.current, state.role)
            return
        self._unknown(values)

    def _goes_on(self) -> bool:
        """Tell whether a value follows another one with nothing but fillers between."""
        for phrase in reversed(self._phrases[: self._position]):
            if phrase.name in ("stated", "loose"):
                return True
            if phrase.name == "mentioned" and self._is_weak(phrase):
                continue
            if phrase.name != "mark" or not phrase.of("AND", "SEP", "BE", "NEUTRAL"):
                return False
        return False

    def _counts_for(self, thing: Thing, value: Token) -> bool:
        if value.type != "COUNT" or thing.subject is None:
            return False
        return _count_unit(value) in thing.subject.counts

    def _unknown(self, values: list[Token]) -> None:
        """Read values that no known thing stands before."""
        for value in values:
            if value.type == "BLANK":
                continue
            label = label_before(self._folded, self._state.clause, value.start_pos or 0)
            if self._reversed_count(value):
                continue
            if self._fund_result(value, label) or self._project_part(value, label):
                continue
            whole = self._state.whole
            if (
                self._topic in self._reader.headings.indicators
                or (whole is not None and whole.thing.topic == "performance")
                or (self._topic == "project_list" and value.type != "MONEY")
            ):
                self._indicator(value, label)
            elif label and self._topic == "expenditure" and value.type == "MONEY":
                self._listed_item(value, label)
            elif self._state.current is not None or label:
                self._ambiguous(value, "no known thing stands before it")

    def _reversed_count(self, value: Token) -> bool:
        """Read 5个项目开展了部门评价, where the number stands before what it counts."""
        if value.type != "COUNT":
            return False
        current, unit = self._state.current, _count_unit(value)
        after = self._folded.text[value.end_pos or 0 :]
        is_event = current is not None and current.topic in _EVENT_TOPICS
        if current and is_event and after.startswith(_EVENTS) and self._counts_for(current, value):
            self._value(value, current, "actual")
            return True
        if not (unit in ("个", "项") and after.startswith("项目")) and not self._named_next(value):
            return False
        for following in self._phrases[self._position + 1 : self._position + 6]:
            if following.of("SEP", "STOP") or following.name not in ("mark", "mentioned"):
                return False
            thing = self._thing(following)
            if (
                thing
                and thing.subject
                and (thing.topic == "staffing" or self._counts_for(thing, value))
            ):
                self._value(value, thing, self._role(Phrase("naming", ()), thing))
                return True
        return False

    def _named_next(self, value: Token) -> bool:
        """Tell whether the thing counted stands right behind the number: 0次节庆活动."""
        rest = self._phrases[self._position + 1 : self._position + 2]
        thing = self._thing(rest[0]) if rest and rest[0].begin == value.end_pos else None
        return thing is not None and thing.topic in (*_EVENT_TOPICS, "staffing")

    def _fund_result(self, value: Token, label: str) -> bool:
        """Read what a social insurance fund took in, paid out and has left."""
        if value.type != "MONEY" or self._topic not in (
            *self._reader.headings.indicators,
            "execution",
        ):
            return False
        match = re.fullmatch(
            r"(?P<fund>.*基金)?(?P<what>收入|支出|(?:累计|当期|滚存|当年)?结余)", label
        )
        if match is None or not (match["fund"] or self._state.fund_label):
            return False
        item = {"收入": "fund_income", "支出": "fund_outlay"}.get(match["what"], "fund_balance")
        self._state.fund_label = match["fund"] or self._state.fund_label
        thing = Thing(f"performance.{item}", label=self._state.fund_label)
        self._value(value, thing, "actual")
        return True

    def _project_part(self, value: Token, label: str) -> bool:
        state = self._state
        if self._topic != "project_list" or not label:
            return False
        if value.type != "MONEY":
            return False
        thing = Thing("project.part", label=label, group=state.project)
        self._value(value, thing, self._unsaid_role(thing, []))
        return True

    def _listed_item(self, value: Token, label: str) -> None:
        thing = Thing("expenditure.item", label=re.sub(r"(?:预算)?安排$", "", label))
        self._value(value, thing, self._unsaid_role(thing, []))

    def _indicator(self, value: Token, label: str) -> None:
        if value.type == "COUNT" and not self._counts_something(value):
            return
        label = self._counted_label(value, label)
        previous = self._phrases[self._position - 1] if self._position else None
        moved = previous is not None and previous.name == "moved"
        role = "planned" if self._topic == "measures" else "actual"
        note = "" if label else "nothing names what is counted"
        thing = Thing("performance.indicator", label=label)
        people = any(word in label for word in self._wording.entry["counted_things"])
        if value.type == "MONEY" and not _unit_of(value) and people:
            number = _read_number(value, "")
            self._append(
                thing,
                role,
                ClaimKind.COUNT,
                value_text=self._folded.printed(*self._number_span(value)),
                value=number.value,
                scale=number.scale,
                unit=number.unit,
                unit_missing=True,
            )
        elif value.type == "NUMBER":
            self._bare_number(value, thing, role)
        elif not moved:
            self._value(value, thing, role, note=note)

    def _counted_label(self, value: Token, label: str) -> str:
        """The name of what is counted, which stands before the number or right behind it."""
        classified = (
            value.type == "COUNT" and _count_unit(value) in self._wording.entry["classifiers"]
        )
        if label and not classified and not _REGION.fullmatch(label):
            return label
        following = self._folded.text[value.end_pos or 0 : self._sentence_end]
        named = re.match(r"[^，,、。;:()\d]*(?:\([^()\d]*\))?", following)
        behind = clean_label(named[0] if named else "", _APPROXIMATE)[:24]
        if not behind:
            return label
        region = _REGION.match(label)
        return f"{region[0] if region else ''}{behind}"

    def _bare_number(self, value: Token, thing: Thing, role: str) -> None:
        """Read a number that ends its clause without a unit."""
        after = self._folded.text[value.end_pos or 0 : (value.end_pos or 0) + 1]
        if after in "，,。;、" and thing.label:
            self._append(
                thing,
                role,
                ClaimKind.COUNT,
                value_text=self._text(value),
                value=scaled(value)[0],
                unit_missing=True,
            )

    def _counts_something(self, value: Token) -> bool:
        return _count_unit(value) not in self._wording.entry["not_counted"]

    def _in_reason(self, phrase: Phrase, values: list[Token]) -> None:
        """Read the amounts that a reason names."""
        state = self._state
        explained = state.current.name if state.current else ""
        for value in values:
            if value.type in ("BLANK", "NUMBER") or (
                value.type == "COUNT" and not self._counts_something(value)
            ):
                continue
            thing = Thing("reasons.variance", label=self._reason_label(value))
            direction = Direction.UNSAID
            kind: ClaimKind | None = None
            if phrase.name == "moved":
                direction = self._direction(phrase.tokens[0])
                kind = ClaimKind.GROWTH if value.type == "PERCENT" else ClaimKind.CHANGE
            elif value.type == "PERCENT":
                kind = ClaimKind.RATE
            self._append_value(
                thing, "actual", kind, value, direction=direction, base=Base(explained)
            )
        self._note_fund(phrase)

    def _reason_label(self, value: Token) -> str:
        """What a reason says moved: the words before the number, or the clause before."""
        text = self._folded.text
        before = text[self._state.clause : value.start_pos]
        moved = re.split(r"[较比与](?=上|去|年初|\d{4}年)", before)[0]
        label = clean_label(_CHANGED.sub("", moved), ())
        if label or self._state.clause <= self._state.reason:
            return label
        earlier = re.split(
            r"[，,、;。:]", text[self._state.reason : self._state.clause].rstrip("，,、")
        )
        return _CHANGED.sub("", earlier[-1])

    def _note_fund(self, phrase: Phrase) -> None:
        funds = phrase.of("FUND")
        values = [token for token in phrase.tokens if token.type == "MONEY"]
        if funds and values:
            self._named_fund(funds[0], values[-1])

    def _named_fund(self, fund: Token, value: Token) -> None:
        words = re.fullmatch(r"，?为(?:(?P<year>\d{4})年度?)?(?P<name>.*)", str(fund))
        if words is None:
            return
        thing = Thing("funds.named", label=words["name"])
        year = int(words["year"]) if words["year"] else None
        self._append_value(thing, "actual", None, value, year=year)

    def _mark(self, phrase: Phrase) -> None:
        token = phrase.tokens[0]
        handler = {
            "SEP": self._next_clause,
            "AND": self._next_clause,
            "STOP": self._next_segment,
            "OPEN": self._open,
            "CLOSE": self._close,
            "AMONG": self._among,
            "REASON": self._reason,
            "ABOUT": self._about,
            "ENUM": self._next_clause,
            "YEAR": self._in_the_year,
            "LAST": self._last_year,
            "DATE": self._date,
            "BE": self._colon,
            "TEXT": self._words,
        }.get(token.type)
        if handler:
            handler(token)

    def _next_clause(self, token: Token) -> None:
        self._state.clause = token.end_pos or 0
        previous = self._phrases[self._position - 1] if self._position else None
        if previous is None or not previous.of("YEAR"):
            self._state.year = None

    def _next_segment(self, token: Token) -> None:
        self._next_clause(token)
        state = self._state
        state.awarded = None
        if str(token) != ";":
            return
        state.named.clear()
        state.is_reason = False
        if not state.whole:
            state.base = None
            state.has_direction = False

    def _open(self, token: Token) -> None:
        state = self._state
        self._next_clause(token)
        state.outer.append((state.whole, state.current, state.role))

    def _close(self, token: Token) -> None:
        state = self._state
        self._next_clause(token)
        if state.outer:
            state.whole, state.current, state.role = state.outer.pop()

    def _colon(self, token: Token) -> None:
        if str(token) == ":":
            self._state.clause = token.end_pos or 0

    def _words(self, token: Token) -> None:
        """Remember the body that staff is said to be of."""
        if self._topic in _READ_IN_OVERVIEW:
            match = _BODY.search(_SUBORDINATE.sub(r"\g<name>", str(token)))
            if match:
                self._state.body = match["name"]

    def _in_the_year(self, token: Token) -> None:
        if not label_before(self._folded, self._state.clause, token.start_pos or 0):
            self._state.clause = token.end_pos or 0
        self._state.year = int(_YEAR.findall(token)[0])

    def _last_year(self, _token: Token) -> None:
        if self._reader.fiscal_year is not None:
            self._state.year = self._reader.fiscal_year - 1

    def _date(self, token: Token) -> None:
        if self._state.clause == token.start_pos:
            self._state.clause = token.end_pos or 0
        topic = self._topic
        before = self._folded.text[: token.start_pos].endswith(("截至", "截止", "截止到", "到"))
        if before and topic in ("assets", "three_public") and "日" in token:
            thing = Thing(f"{topic}.as_of")
            self._append(thing, "held", ClaimKind.DATE, value_text=self._text(token), value=None)

    def _about(self, token: Token) -> None:
        """Skip what an event was about, up to the end of its segment."""
        rest = self._folded.text[token.end_pos or 0 : self._sentence_end]
        end = re.search(r"[;。]", rest)
        self._state.read_to = (token.end_pos or 0) + (end.start() if end else len(rest))

    def _reason(self, token: Token) -> None:
        state = self._state
        state.is_reason = True
        state.explained = state.base
        state.reason = token.end_pos or 0
        state.clause = token.end_pos or 0

    def _among(self, token: Token) -> None:
        state = self._state
        self._state.clause = token.end_pos or 0
        thing = state.current
        if self._opens_indicators():
            return
        if state.is_reason or thing is None:
            return
        listed = self._list_subject(thing)
        if listed and self._read_list(token, thing, listed):
            return
        if not self._values_follow(token):
            if str(token).startswith(("主要用于", "用于")):
                state.read_to = self._sentence_end
            return
        follows = self._folded.text[token.end_pos or 0 : (token.end_pos or 0) + 1]
        opens = follows == ":" or bool(self._next_phrase().of("ITEM"))
        if str(token) == "主要用于" and not opens:
            return
        if state.last is not None and self._reader.claims[state.last].kind is ClaimKind.AMOUNT:
            index: int | None = state.last
        else:
            index = self._claim_of(thing, state.role)
        state.whole = Whole(thing, state.role, index)
        state.list_role = state.role

    def _next_phrase(self) -> Phrase:
        rest = self._phrases[self._position + 1 : self._position + 2]
        return rest[0] if rest else Phrase("mark", ())

    def _opens_indicators(self) -> bool:
        last = self._reader.claims[self._state.last] if self._state.last is not None else None
        if last is None or not last.subject.startswith("performance.") or last.reading != "clear":
            return False
        if last.subject.split(".")[1] not in ("indicator", "fund_balance", "fund_income"):
            return False
        self._state.whole = Whole(Thing("performance.indicator"), "actual", last.claim_index)
        return True

    def _claim_of(self, thing: Thing, role: str) -> int | None:
        """The claim of this sentence or paragraph that states a thing's own value."""
        wanted = f"{thing.name}.{role}"
        for claim in reversed(self._reader.claims):
            if claim.paragraph_index < self._paragraph.index - 1:
                return None
            if claim.subject == wanted and claim.kind in (ClaimKind.AMOUNT, ClaimKind.COUNT):
                return claim.claim_index
        return None

    def _values_follow(self, token: Token) -> bool:
        return bool(
            re.search(r"\d", self._folded.text[token.end_pos or 0 : self._sentence_end])
        ) or (self._folded.text[token.end_pos or 0 : self._sentence_end] in (":", ""))

    def _list_subject(self, thing: Thing) -> str:
        if thing.name == "basic.class":
            return "basic.personnel_item" if "个人" in thing.label else "basic.public_item"
        if thing.subject and thing.subject.list_of and thing.topic == "basic":
            return thing.subject.list_of
        if thing.topic == "project" and thing.label and self._topic == "project_list":
            return "project.item"
        return ""

    def _read_list(self, token: Token, thing: Thing, listed: str) -> bool:
        """Read a list of names, with or without amounts, as parts of a thing."""
        begin = token.end_pos or 0
        entries = list(entries_of(self._folded.text, begin, self._sentence_end))
        if not entries:
            return False
        whole = self._claim_of(thing, self._state.role)
        group = thing.label if listed == "project.item" or thing.name == "basic.class" else ""
        for entry in entries:
            label = "".join(self._folded.printed(entry.begin, entry.end).split()).strip("“”")
            part = Thing(listed, label=label, group=group)
            if entry.value is None:
                self._append(
                    part,
                    self._state.role,
                    ClaimKind.NAME,
                    value_text=label,
                    value=None,
                    whole=whole,
                )
            else:
                value = Token("MONEY", self._folded.text[slice(*entry.value)], *entry.value)
                value.start_pos, value.end_pos = entry.value
                self._append_value(part, self._state.role, None, value, whole=whole)
        self._state.read_to = entries[-1].read_to
        return True

    # Claims ---------------------------------------------------------------------------------

    def _value(self, value: Token, thing: Thing, role: str, unit: str = "", note: str = "") -> None:
        """State one value of a thing, whose sort may tell which item of it is meant."""
        if value.type == "BLANK":
            return
        if value.type == "COUNT":
            self._count(value, thing, role, note)
            return
        subject = thing.subject
        sort = {"MONEY": "amount", "SCORE": "score"}.get(value.type, "")
        if subject and sort and sort in subject.values:
            thing = thing.item(subject.values[sort])
            self._state.current = replace(thing, subject=subject)
        elif value.type == "MONEY" and self._state.paid and self._is_count_only(thing):
            thing = self._state.paid
        elif sort == "score" or (value.type == "MONEY" and self._is_count_only(thing)):
            note = note or "this is not said in such a unit"
        if value.type == "MONEY" and not note:
            self._state.paid = thing
        self._append_value(thing, role, None, value, fallback_unit=unit, note=note)

    @staticmethod
    def _is_count_only(thing: Thing) -> bool:
        if thing.subject is None or thing.topic == "performance":
            return thing.topic in _COUNTED_TOPICS
        item = thing.name.partition(".")[2]
        return thing.topic in _COUNTED_TOPICS or item in thing.subject.counts.values()

    def _count(self, value: Token, thing: Thing, role: str, note: str = "") -> None:
        unit = _count_unit(value)
        counts = thing.subject.counts if thing.subject else {}
        if unit in counts:
            named = thing.item(counts[unit])
            self._append_value(named, role, None, value, note=note)
            self._state.current = replace(named, subject=thing.subject)
            return
        known = thing.subject is None or thing.topic in _COUNTED_TOPICS
        if not known and self._topic in self._reader.headings.indicators:
            label = label_before(self._folded, self._state.clause, value.start_pos or 0)
            self._indicator(value, label)
            return
        self._append_value(
            thing, role, None, value, note=note or ("" if known else "not counted in this unit")
        )

    def _add(
        self,
        thing: Thing,
        role: str,
        kind: ClaimKind,
        token: Token,
        value: Token | None,
        *,
        base: Base,
        direction: Direction = Direction.UNSAID,
        note: str = "",
    ) -> None:
        if value is None:
            self._append(
                thing,
                role,
                kind,
                value_text=self._text(token),
                value=None,
                direction=direction,
                base=base,
            )
        else:
            self._append_value(thing, role, kind, value, direction=direction, base=base, note=note)

    def _append_value(
        self,
        thing: Thing,
        role: str,
        kind: ClaimKind | None,
        token: Token,
        *,
        direction: Direction = Direction.UNSAID,
        base: Base | None = None,
        fallback_unit: str = "",
        whole: int | None = None,
        year: int | None = None,
        note: str = "",
    ) -> None:
        is_rate = kind in (ClaimKind.GROWTH, ClaimKind.SHARE, ClaimKind.COMPLETION)
        number = _read_number(token, "" if is_rate else fallback_unit or self._money_unit())
        value = -number.value if direction is Direction.DECREASE else number.value
        self._append(
            thing,
            role,
            kind or number.kind,
            value_text=self._folded.printed(*self._number_span(token)),
            value=value,
            scale=number.scale,
            unit=self._printed_unit(token, number),
            unit_missing=number.is_unit_missing,
            direction=direction,
            base=base,
            whole=whole,
            year=year,
            note=note,
        )

    def _money_unit(self) -> str:
        """The unit of the sentence's other amounts, for one that lacks it."""
        units = re.findall(r"\d(亿元|万元|千元|元)", self._folded.text)
        return units[0] if units else ""

    def _number_span(self, token: Token) -> tuple[int, int]:
        begin = token.start_pos or 0
        match = re.match(r"(?:百分之)?(-?[\d,.]+(?:余|多)?)", token)
        return (begin + match.start(1), begin + match.end(1)) if match else (begin, begin)

    def _printed_unit(self, token: Token, number: "_Number") -> str:
        if not number.unit:
            return ""
        end = token.end_pos or 0
        return "".join(self._folded.printed(end - len(number.unit), end).split())

    def _text(self, token: Token) -> str:
        return "".join(self._folded.printed(token.start_pos or 0, token.end_pos or 0).split())

    def _whole_like(self, index: int | None, kind: ClaimKind, unit: str) -> int | None:
        """The claim before 其中 that is of the same kind, and counted in the same unit."""
        if index is None:
            return None
        for claim in reversed(self._reader.claims[: index + 1]):
            if claim.sentence != self._reader.claims[index].sentence:
                return None
            alike = claim.unit.removesuffix("次") == unit.removesuffix("次")
            if claim.kind is kind and (kind is ClaimKind.AMOUNT or alike):
                return claim.claim_index
        return None

    def _ambiguous(self, value: Token, note: str) -> None:
        if value.type in ("BLANK", "NUMBER") or (
            value.type == "COUNT" and not self._counts_something(value)
        ):
            return
        self._append_value(Thing(""), "", None, value, note=note)

    def _append(
        self,
        thing: Thing,
        role: str,
        kind: ClaimKind,
        *,
        value_text: str,
        value: Decimal | None,
        scale: int | None = None,
        unit: str = "",
        unit_missing: bool = False,
        direction: Direction = Direction.UNSAID,
        base: Base | None = None,
        whole: int | None = None,
        year: int | None = None,
        note: str = "",
    ) -> None:
        state = self._state
        same_role = state.whole is not None and role == state.whole.role
        if (
            whole is None
            and state.whole
            and same_role
            and kind in (ClaimKind.AMOUNT, ClaimKind.COUNT)
        ):
            whole = self._whole_like(state.whole.index, kind, unit)
        index = len(self._reader.claims)
        self._reader.claims.append(
            Claim(
                claim_index=index,
                paragraph_index=self._paragraph.index,
                part=self._paragraph.part,
                section_path=self._paragraph.section_path,
                subject=f"{thing.name}.{role}" if thing.name else "",
                kind=kind,
                value=value,
                value_text=value_text,
                sentence=self._sentence,
                place=self._paragraph.place,
                scale=scale,
                unit=unit,
                is_unit_missing=unit_missing,
                direction=direction,
                base=base.role if base else "",
                base_text=base.text if base else "",
                item_label=thing.label,
                item_code=thing.code,
                group_label=thing.group,
                year=year or state.year,
                comparison_year=base.year if base else None,
                fund=thing.fund,
                whole_index=whole,
                reading=Reading.AMBIGUOUS if note else Reading.CLEAR,
                reading_note=note,
            )
        )
        state.last = index


def phrase_role_is_default(role: str, thing: Thing) -> bool:
    """Tell whether a role says nothing that a list would hand on."""
    return role in ("held", "") or thing.topic == "performance"


def _role_against(role: str, base: Base) -> str:
    """The role of what is compared with a base: outturns with outturns, budgets with budgets."""
    if base.role == "prior_final" and role in _BUDGET_ROLES:
        return "actual"
    if base.role in _BUDGET_ROLES and role in _BUDGET_ROLES:
        return "actual"
    return role


def _item_level(parts: list[re.Match[str]], codes: list[str]) -> str:
    """Whether a path ends in a 类, 款 or 项, by its marks or else by its code's length."""
    if parts:
        return _ITEM_LEVELS[parts[-1]["level"]]
    return {3: "class", 5: "subclass"}.get(len(codes[-1]), "item")


def _is_total(thing: Thing) -> bool:
    """Tell whether a thing is a sum that is never part of another list."""
    item = thing.name.partition(".")[2]
    return item == "total" or item.endswith("_total")


@dataclass(frozen=True, slots=True)
class _Number:
    """A printed number as read."""

    kind: ClaimKind
    value: Decimal
    scale: int
    unit: str
    is_unit_missing: bool = False


def _is_rate(value: Token, word: Token) -> bool:
    """Tell whether a change is told per cent; one without any unit is so if its word says so."""
    if value.type == "NUMBER":
        return any(part in word for part in ("增长", "下降", "幅", "率", "降低", "比例"))
    return value.type == "PERCENT"


def _unit_of(token: Token) -> str:
    match = re.search(r"(亿元|万元|千元|元)$", token)
    return match[0] if match else ""


def _count_unit(token: Token) -> str:
    match = re.fullmatch(r"-?[\d,.]+(?:余|多)?(?:万|亿|千|百)?(?P<unit>.*)", token)
    return match["unit"] if match else ""


def _read_number(token: Token, money_unit: str) -> _Number:
    printed, scale = scaled(str(token))
    readers: Mapping[str, Callable[[], _Number]] = {
        "MONEY": lambda: _read_money(token, printed, scale),
        "PERCENT": lambda: _Number(ClaimKind.RATE, printed, scale, "%" if "%" in token else ""),
        "SCORE": lambda: _Number(ClaimKind.SCORE, printed, scale, "分"),
        "COUNT": lambda: _read_count(token, printed, scale),
    }
    if token.type in readers:
        return readers[token.type]()
    if not money_unit:
        return _Number(ClaimKind.AMOUNT, printed, scale, "", is_unit_missing=True)
    value = printed * PrintedUnit(money_unit).yuan
    return _Number(ClaimKind.AMOUNT, value, scale, "", is_unit_missing=True)


def _read_money(token: Token, printed: Decimal, scale: int) -> _Number:
    unit = _unit_of(token)
    if unit:
        return _Number(ClaimKind.AMOUNT, printed * PrintedUnit(unit).yuan, scale, unit)
    short = str(token)[-1]
    value = printed * PrintedUnit(f"{short}元").yuan
    return _Number(ClaimKind.AMOUNT, value, scale, short, is_unit_missing=True)


def _read_count(token: Token, printed: Decimal, scale: int) -> _Number:
    unit = _count_unit(token)
    rest = str(token)[: len(token) - len(unit)]
    multiplier = _MULTIPLIERS.get(rest[-1], 1)
    shown = f"{rest[-1]}{unit}" if multiplier > 1 else unit
    return _Number(ClaimKind.COUNT, printed * multiplier, scale, shown)


def iterate_sentences(text: str) -> Iterator[str]:
    """The sentences of a folded text."""
    return (match[0] for match in _SENTENCE.finditer(text))
