"""Changes, comparisons, completion and shares: what is set against what.

Knows bases. Does not know lists.
"""

import re
from collections.abc import Mapping

from lark import Token

from pipelines.domain.disclosure import ClaimKind, Direction, DocumentKind
from pipelines.normalising.narrative.context import (
    BUDGET_ROLES,
    RESTATED,
    YEAR,
    Base,
    Thing,
    restated,
    role_against,
)
from pipelines.normalising.narrative.labels import clean_label
from pipelines.normalising.narrative.lexicon import VALUES, Phrase
from pipelines.normalising.narrative.naming import FUND_NAMES
from pipelines.normalising.narrative.printed import count_unit, is_rate
from pipelines.normalising.narrative.valuing import Valuing

_GRAND_TOTALS = ("income_expenditure.income_total", "income_expenditure.expenditure_total")
# Words of this length before a change may be adverbs.
_UNKNOWN_MIN = 2


class Comparing(Valuing):
    """Reads what is compared."""

    def _baseline(self, phrase: Phrase) -> None:
        state = self._state
        base = self._on_its_basis(self._read_base(phrase), phrase)
        if state.is_reason and not self._resumes_with(base, phrase):
            return
        state.is_reason = False
        state.base = base
        state.has_direction = False
        self._compare_named(phrase)
        thing = self._spoken_of()
        values = phrase.of("MONEY", "NUMBER")
        if values and thing is not None and not state.is_unread:
            self._value(values[0], thing, self._role_here(base.role, thing))

    def _compare_named(self, phrase: Phrase) -> None:
        """Speak of the thing that a comparison names: 比上年公务接待费减少1万元."""
        thing, current = self._thing(phrase), self._state.current
        if thing is None or (current is not None and current.topic != thing.topic):
            return
        if current is None or current.name != thing.name:
            base = self._state.base
            self._set_current(thing, self._unsaid_role(thing, []), is_named=True)
            self._state.base = base

    def _resumes_with(self, base: Base, phrase: Phrase) -> bool:
        """Tell whether a comparison in a reason is of the sentence and not of the reason."""
        state = self._state
        if state.explained is None or state.explained.role == base.role:
            return False
        return state.clause > state.reason and not self._is_of_reason(phrase)

    def _is_of_reason(self, phrase: Phrase) -> bool:
        """Tell whether the clause names what only the reason speaks of: 人员经费比上年减少5万元."""
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        for before in self._phrases[: self._position]:
            if before.begin < self._state.clause or before.begin >= phrase.begin:
                continue
            thing, current = self._thing(before), self._state.current
            if thing is not None and (current is None or current.name != thing.name):
                return True
            if before.of("TEXT") and len(clean_label(before.tokens[0], neutral)) > 1:
                return True
        return False

    def _restated(self, token: Token) -> None:
        """Take the comparisons of this segment for ones on another basis: 按同口径, 剔除…因素后."""
        state = self._state
        if state.is_reason and state.clause == state.reason:
            return
        state.is_reason = False
        state.restated = token.start_pos or 0
        state.has_direction = False
        begin, previous = state.restated, self._phrases[self._position - 1 : self._position]
        base = state.base or Base(self._unsaid_prior(), self._year_before())
        if previous and previous[0].name == "baseline":
            begin = previous[0].begin
        text = self._folded.printed(begin, token.end_pos or 0)
        state.base = Base(restated(base.role), base.year, "".join(text.split()))

    def _year_before(self) -> int | None:
        own = self._narrative.fiscal_year
        return own - 1 if own is not None else None

    def _on_its_basis(self, base: Base, phrase: Phrase) -> Base:
        """A base as it is compared with where the segment has restated the basis."""
        if self._state.restated is None:
            return base
        text = self._folded.printed(self._state.restated, phrase.end)
        return Base(restated(base.role), base.year, "".join(text.split()))

    def _role_here(self, role: str, thing: Thing) -> str:
        """The role of an amount; a second one of a thing may be told on another basis."""
        if self._state.restated is None:
            return role
        is_prior = role.startswith("prior")
        return restated(role) if is_prior or self._is_told(thing, role) else role

    def _is_told(self, thing: Thing, role: str) -> bool:
        return any(
            claim.subject == f"{thing.name}.{role}" and claim.item_label == thing.label
            for claim in self._narrative.claims
            if claim.paragraph_index == self._paragraph.index
        )

    def _read_base(self, phrase: Phrase) -> Base:
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        role = next((each for each in reversed(said) if each != "spending"), "")
        role = role or self._role_in_name("".join(phrase.of("SUBJECT")))
        year = next((int(YEAR.findall(token)[0]) for token in phrase.of("YEAR")), None)
        own = self._narrative.fiscal_year
        is_before = (
            bool(phrase.of("LAST"))
            or phrase.tokens[0] == "同比"
            or (year is not None and (own is None or year < own))
        )
        if is_before and year is None and own is not None:
            year = own - 1
        shifts: Mapping[str, str] = self._wording.entry["a_year_before"]
        if is_before:
            role = shifts.get(role, role) or self._unsaid_prior()
        role = self._executed(role)
        text = self._folded.printed(phrase.begin, phrase.end)
        return Base(role or "budget", year if is_before else None, "".join(text.split()))

    @staticmethod
    def _role_in_name(words: str) -> str:
        """The role that the name of what is compared with says: 比2023年收支预算总数."""
        bare = FUND_NAMES.sub("", words)
        if "预算" in bare:
            return "budget"
        return "actual" if "决算" in bare else ""

    def _unsaid_prior(self) -> str:
        is_budget = self._narrative.kind is DocumentKind.BUDGET
        return "prior" if is_budget else "prior_final"

    def _moved(self, phrase: Phrase) -> None:
        state = self._state
        values = [token for token in phrase.tokens if token.type in VALUES]
        if not values:
            return
        if state.is_reason:
            self._in_reason(phrase, values)
            return
        word = phrase.tokens[0]
        if self._is_of_unknown():
            for value in values:
                self._ambiguous(value, "no known thing stands before it")
            return
        self._paid_for(values[0])
        thing, base = self._spoken_of(), state.base
        is_listed = base is None and self._topic == "project_list"
        if thing is None or thing.topic == "performance" or is_listed:
            self._unknown(values)
            return
        state.told, state.is_only_named = (thing, state.role), False
        direction = self._moved_way(word, values[0])
        if base is None:
            for value in values:
                self._change(value, thing, direction, Base(""), word)
            return
        self._move(values, thing, direction, base, word)

    def _move(
        self, values: list[Token], thing: Thing, direction: Direction, base: Base, word: Token
    ) -> None:
        """State a change against a base, and before the first of several its direction."""
        state = self._state
        if not state.has_direction and direction is not Direction.UNSAID:
            role = role_against(state.role, base)
            self._add(thing, role, ClaimKind.DIRECTION, word, None, direction=direction, base=base)
            state.has_direction = True
        if len(values) > 1:
            self._zip_moves(values, word, direction, base)
            return
        self._change(values[0], thing, direction, base, word)

    def _is_of_unknown(self) -> bool:
        """Tell whether a change is of what was not read: 差旅费5万元，比上年增加1万元."""
        if self._state.is_unread:
            return True
        previous = self._phrases[self._position - 1] if self._position else None
        if previous is None or previous.tokens[-1].type != "TEXT":
            return False
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        return len(clean_label(previous.tokens[-1], neutral)) > _UNKNOWN_MIN

    def _paid_for(self, value: Token) -> None:
        """Speak of the money that was paid where a change in money follows a count."""
        state, current = self._state, self._state.current
        if value.type != "MONEY" or current is None or state.paid is None:
            return
        if self._is_count_only(current) and current.topic == state.paid.topic:
            state.current = state.paid

    def _moved_way(self, word: Token, value: Token) -> Direction:
        """The direction of a change; 增加-3万元 is a decrease."""
        direction = self._direction(word)
        if direction is Direction.INCREASE and value.startswith("-"):
            return Direction.DECREASE
        return direction

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
        if word.type == "DOWN" and value.startswith("-"):
            note = "a decrease of less than nothing"
        if count_unit(value) == "倍":
            note = "told in multiples"
        note = note or ("" if base.role else "nothing says what it is compared with")
        kind = ClaimKind.GROWTH if is_rate(value, word) else ClaimKind.CHANGE
        role = role_against(self._state.role, base)
        self._add(thing, role, kind, value, value, direction=direction, base=base, note=note)

    def _direction_before(self) -> Direction:
        """The direction of the change stated right before in this sentence."""
        last = self._state.last
        return self._narrative.claims[last].direction if last is not None else Direction.UNSAID

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
        is_budget = state.base.role in (*BUDGET_ROLES, f"budget_{RESTATED}")
        kind = ClaimKind.COMPARISON if is_budget else ClaimKind.DIRECTION
        role = role_against(state.role, state.base)
        word = phrase.tokens[0]
        self._add(thing, role, kind, word, None, direction=Direction.EQUAL, base=state.base)

    def _is_just_compared(self) -> bool:
        """Tell whether the comparison stands in the clause of 持平 or the one before."""
        for phrase in reversed(self._phrases[: self._position]):
            if phrase.name == "baseline" or phrase.of("RESTATED"):
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
        role = next((each for each in reversed(said) if each in BUDGET_ROLES), "")
        base = Base(role, text="".join(phrase.of("ROLE"))) if role else None
        if base is None and phrase.of("SAME") and self._is_just_compared():
            base = state.base
        if thing is None or base is None:
            return
        if re.match(self._wording.entry["unmade"], self._folded.text[phrase.end :]):
            return
        word = phrase.tokens[0]
        direction = {"MORE": Direction.INCREASE, "LESS": Direction.DECREASE}.get(
            word.type, Direction.EQUAL
        )
        own = "budget" if self._narrative.kind is DocumentKind.BUDGET else "actual"
        role = state.role if state.role not in BUDGET_ROLES else own
        base = self._on_its_basis(base, phrase)
        role = RESTATED if base.role.endswith(RESTATED) else role
        state.base = base
        self._add(thing, role, ClaimKind.COMPARISON, word, None, direction=direction, base=base)
        for value in phrase.of("MONEY"):
            self._add(thing, role, ClaimKind.CHANGE, value, value, direction=direction, base=base)

    def _completed(self, phrase: Phrase) -> None:
        state = self._state
        word = str(phrase.tokens[0])
        if state.is_reason and self._topic != "project_list":
            return
        role = "opening_budget" if "年初" in word else "budget"
        role = "adjusted_budget" if "全年" in word or "调整" in word else role
        thing = self._spoken_of()
        values = phrase.of("PERCENT")
        is_rate_of_work = (
            thing is not None and thing.topic == "performance" and not word.startswith("完成")
        )
        if thing is None or state.is_unread or is_rate_of_work:
            self._unknown(values)
            return
        if phrase.of("MONEY"):
            self._value(phrase.of("MONEY")[0], thing, self._role_here(role, thing))
        if not values:
            return
        base = self._on_its_basis(Base(role, text=word), phrase)
        own = role_against("actual", base)
        self._add(thing, own, ClaimKind.COMPLETION, values[0], values[0], base=base)

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
        base = ""
        if thing is not None:
            base = self._share_base(named, thing) if named else self._whole_base(thing)
        resumes = thing is not None and base in (f"{thing.topic}.total", *_GRAND_TOTALS)
        if thing is None or (state.is_reason and not resumes) or state.is_unread:
            self._unknown(values)
            return
        if thing.subject and "share" in thing.subject.values:
            thing = thing.item(thing.subject.values["share"])
        role = state.role or self._unsaid_role(thing, [])
        self._add(
            thing, role, ClaimKind.SHARE, values[0], values[0], base=Base(base, text=base_text)
        )

    def _share_base(self, named: list[Token], thing: Thing) -> str:
        """The whole that the words name: of several, the one of the thing's own topic."""
        wholes: Mapping[str, str] = self._wording.entry["vague_wholes"]
        if (vague := wholes.get("".join(named))) is not None:
            is_listed = thing.topic in ("income", "expenditure")
            return (self._whole_base(thing) if is_listed else "") or vague
        keys = [key for token in named if (key := self._lexicon.subject(token))]
        bases = [self._wording.subjects[key].name for key in keys]
        others = [base for base in bases if base != thing.name]
        own = [base for base in others if base.partition(".")[0] == thing.topic]
        return (own or others or [""])[-1]

    def _whole_base(self, thing: Thing) -> str:
        whole = self._state.whole
        open_wholes = self._wording.entry["open_wholes"]
        if whole and whole.thing.name not in (thing.name, *open_wholes):
            return whole.thing.name
        return ""
