"""Sentences: their phrases one after another.

Knows which phrase is read how. Does not know other paragraphs.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from lark import Token

from pipelines.domain.disclosure import ClaimKind, NarrativeParagraph
from pipelines.normalising.narrative.context import (
    COUNTED_TOPICS,
    ENUMERATED,
    EVENT_TOPICS,
    READ_IN_OVERVIEW,
    YEAR,
    Narrative,
    State,
    Thing,
    numbering,
)
from pipelines.normalising.narrative.labels import clean_label, label_before
from pipelines.normalising.narrative.lexicon import VALUES, Folded, Phrase, parse
from pipelines.normalising.narrative.listing import Listing
from pipelines.normalising.narrative.printed import unit_of

_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
# A sentence without any of these states no value.
_STATES_SOMETHING = re.compile(r"\d|[类款项]\)|[无未没不]|持平|一致|变化|[大小等高低]于|相等|:$")
_SUBORDINATE = re.compile(r"(?:二级机构|下属单位|二级单位)(?P<name>[^，。;]{3,30}?)(?=[，。;])")
_BODY = re.compile(r"(?P<name>[^，。]{2,30}(?:局|中心|所|队|站|院|馆|机关))$")
# What may stand between two values of one thing.
_FILLERS = ("AND", "SEP", "STOP", "BE", "NEUTRAL")
_GRADE = re.compile(r"优秀?|良好?|不?合格|中|差")


class Sentences(Listing):
    """Reads the sentences of one paragraph."""

    def __init__(
        self, narrative: Narrative, state: State, paragraph: NarrativeParagraph, folded: Folded
    ) -> None:
        super().__init__(narrative, state, paragraph, folded)
        self._inherited = state.whole
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
        if match and self._topic in READ_IN_OVERVIEW:
            self._state.body = match["name"]

    def _begin(self, match: re.Match[str]) -> None:
        state = self._state
        self._sentence = self._printed_sentence(match)
        self._sentence_begin, self._sentence_end = match.span()
        if state.whole and match.start() > 0 and not ENUMERATED.match(match[0]):
            # A part of a list of paragraphs stays what its paragraph is about.
            if state.item is None and state.whole is not self._inherited:
                state.current, state.role = state.whole.thing, state.whole.role
                state.is_unread = False
            state.whole, state.list_role = None, ""
        state.head_before, state.head = state.head, len(self._narrative.claims)
        state.clause = state.read_to = match.start()
        # 原因为1、…。2、…。: the second reason is a sentence of its own.
        goes_on = bool(match.start() and state.reason_style)
        state.is_reason = state.is_reason and goes_on and numbering(match[0]) == state.reason_style
        self._restate_no_more()
        state.reason = match.start()
        state.year = None
        state.last = None
        state.awarded = None
        state.is_purpose = state.is_planned = state.is_foreign = False
        if state.is_only_named and state.told and state.head_before != state.head:
            state.current, state.role = state.told
        state.is_only_named = False
        state.outer.clear()
        self._take_together()
        state.named.clear()
        headings = self._narrative.headings
        project = headings.evaluated_project.search(self._sentence)
        if project and self._topic in headings.indicators:
            state.project = project["quoted"] or project["plain"]

    def _take_together(self) -> None:
        """Speak of a pair as such: 收入总计5万元，支出总计5万元，各增加1万元."""
        state = self._state
        if state.named and state.named[-1].subject and state.named[-1].subject.pair:
            state.current = state.named[-1]
            return
        together = tuple(thing.name for thing in state.named[-2:])
        for subject in self._wording.subjects.values():
            if together and subject.pair == together:
                state.current = Thing(subject.name, subject=subject)

    def _printed_sentence(self, match: re.Match[str]) -> str:
        """The sentence as printed, with the quotation marks it begins with."""
        offsets = self._folded.offsets
        begin = offsets[match.start() - 1] + 1 if match.start() else 0
        return self._folded.original[begin : offsets[match.end() - 1] + 1].strip()

    def _stated(self, phrase: Phrase) -> None:
        state = self._state
        thing = self._thing(phrase)
        values = [token for token in phrase.tokens if token.type in VALUES]
        is_named = thing is not None
        if state.is_reason and not (thing and self._resumes(thing, phrase)):
            self._in_reason(phrase, values)
            return
        if phrase.of("SUBJECT") and (thing is None or self._is_of_another_side(phrase, thing)):
            self._unknown(values)
            return
        thing = self._spent(phrase) or thing or self._spoken_of()
        if thing is None or (not is_named and self._belongs_elsewhere()):
            self._unknown(values)
            return
        state.is_reason = state.is_purpose = False
        thing = self._as_meant(phrase, thing, is_named=is_named)
        role = self._role(phrase, thing)
        self._set_current(thing, role, is_named=is_named)
        state.told, state.is_only_named = (thing, role), False
        if is_named:
            state.named.append(thing)
        if len(values) > 1 and phrase.of("EACH"):
            self._zip(values)
            return
        told = self._role_here(role, thing)
        for value in values:
            self._value(value, thing, told)
        self._note_fund(phrase)

    def _spent(self, phrase: Phrase) -> Thing | None:
        """What 支出 is where an income was named before: 收入5万元，支出4万元."""
        current = self._spoken_of()
        words = "".join(phrase.of("SUBJECT", "ROLE"))
        if current is None or current.subject is None or words not in self._wording.entry["spent"]:
            return None
        spent = self._wording.subjects.get(current.subject.spent)
        return Thing(spent.name, fund=spent.fund, subject=spent) if spent else None

    def _told_each(self, phrase: Phrase) -> None:
        values = [token for token in phrase.tokens if token.type in VALUES]
        if values:
            self._zip(values)
        elif self._folded.text[phrase.end : phrase.end + 1] == ":":
            self._among(phrase.tokens[0])
        else:
            self._take_together()

    def _zip(self, values: list[Token]) -> None:
        """Give several values to the several things named before them, or to none."""
        state = self._state
        things = state.named[-len(values) :] if len(state.named) >= len(values) else []
        if len(things) != len(values) and state.current and state.current.subject:
            pair = state.current.subject.pair
            if len(pair) == len(values):
                things = [Thing(name) for name in pair]
        if len(things) != len(values) or len({(each.name, each.label) for each in things}) == 1:
            for value in values:
                self._ambiguous(value, "several values, and not as many things named")
            return
        unit = next((unit_of(value) for value in reversed(values) if unit_of(value)), "")
        for thing, value in zip(things, values, strict=True):
            self._value(value, thing, self._role(Phrase("naming", ()), thing), unit)

    def _mentioned(self, phrase: Phrase) -> None:
        state = self._state
        thing = self._thing(phrase)
        if state.is_reason or (thing is not None and state.is_purpose):
            return
        if self._folded.text[: phrase.begin].endswith(tuple(self._wording.entry["appositions"])):
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
        state.is_only_named = True
        state.named.append(thing)
        state.clause = phrase.end
        if thing.subject and thing.subject.then:
            state.awarded = thing

    def _lacking(self, phrase: Phrase) -> None:
        if self._state.is_reason:
            return
        thing = self._thing(phrase)
        if thing is None or self._is_weak(phrase) or self._value_follows():
            return
        word = phrase.tokens[0]
        role = self._role(phrase, thing)
        self._state.current, self._state.role = thing, role
        counted = thing.topic in COUNTED_TOPICS or bool(thing.subject and thing.subject.none_unit)
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
                if t in EVENT_TOPICS
            ),
            "",
        )
        if not topic:
            if state.current is not None and self._counts_for(state.current, counts[0]):
                self._value(counts[0], state.current, state.role)
            else:
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
        if not grades or self._topic not in (*self._narrative.headings.indicators, "execution"):
            return
        item = "overall_grade"
        if group is not None and group.subject is not None:
            item = group.subject.values.get("grade", item)
        thing = Thing(f"performance.{item}")
        self._append(thing, "actual", ClaimKind.GRADE, value_text=grades[-1], value=None)

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
        is_sum = previous is not None and str(previous.tokens[-1]) in self._wording.entry["sums"]
        if is_sum and state.whole and values[0].type == "MONEY":
            thing, role, state.whole = state.whole.thing, state.whole.role, None
            self._value(values[0], thing, role)
            return
        if state.current and self._goes_on() and self._counts_for(state.current, values[0]):
            self._value(values[0], state.current, state.role)
            return
        self._unknown(values)

    def _goes_on(self) -> bool:
        """Tell whether a value follows another one with nothing but fillers between."""
        brackets = 0
        for phrase in reversed(self._phrases[: self._position]):
            brackets += len(phrase.of("CLOSE")) - (len(phrase.of("OPEN")) if brackets else 0)
            if brackets or phrase.of("OPEN"):
                continue
            if phrase.name in ("stated", "loose"):
                return True
            if phrase.name == "mentioned" and self._is_weak(phrase):
                continue
            if phrase.name != "mark" or not phrase.of(*_FILLERS):
                return False
        return False

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
            "RESTATED": self._restated,
        }.get(token.type)
        if handler:
            handler(token)

    def _colon(self, token: Token) -> None:
        if str(token) == ":":
            self._state.clause = token.end_pos or 0

    def _words(self, token: Token) -> None:
        """Remember the body that staff is said to be of."""
        if self._topic in READ_IN_OVERVIEW:
            match = _BODY.search(_SUBORDINATE.sub(r"\g<name>", str(token)))
            if match:
                self._state.body = match["name"]

    def _in_the_year(self, token: Token) -> None:
        if not label_before(self._folded, self._state.clause, token.start_pos or 0):
            self._state.clause = token.end_pos or 0
        self._state.year = int(YEAR.findall(token)[0])

    def _last_year(self, _token: Token) -> None:
        if self._narrative.fiscal_year is not None:
            self._state.year = self._narrative.fiscal_year - 1

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
        after = self._folded.text[token.end_pos or 0 :].lstrip("为是:")
        state.reason_style = numbering(after, is_introduced=True)
        state.reason = token.end_pos or 0
        state.clause = token.end_pos or 0
