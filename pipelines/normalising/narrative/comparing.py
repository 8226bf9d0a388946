"""Changes, comparisons, completion and shares: what is set against what.

Knows bases. Does not know lists.
"""

from collections.abc import Mapping

from lark import Token

from pipelines.domain.disclosure import ClaimKind, Direction, DocumentKind
from pipelines.normalising.narrative.context import (
    BUDGET_ROLES,
    YEAR,
    Base,
    Thing,
    role_against,
)
from pipelines.normalising.narrative.lexicon import VALUES, Phrase
from pipelines.normalising.narrative.printed import is_rate
from pipelines.normalising.narrative.valuing import Valuing


class Comparing(Valuing):
    """Reads what is compared."""

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

    def _read_base(self, phrase: Phrase) -> Base:
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        role = next((each for each in reversed(said) if each != "spending"), "")
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
        thing, base = self._spoken_of(), state.base
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
            role = role_against(state.role, base)
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
        kind = ClaimKind.COMPARISON if state.base.role in BUDGET_ROLES else ClaimKind.DIRECTION
        role = role_against(state.role, state.base)
        word = phrase.tokens[0]
        self._add(thing, role, kind, word, None, direction=Direction.EQUAL, base=state.base)

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
        role = next((each for each in reversed(said) if each in BUDGET_ROLES), "")
        base = Base(role, text="".join(phrase.of("ROLE"))) if role else None
        if base is None and phrase.of("SAME") and self._is_just_compared():
            base = state.base
        if thing is None or base is None:
            return
        word = phrase.tokens[0]
        direction = {"MORE": Direction.INCREASE, "LESS": Direction.DECREASE}.get(
            word.type, Direction.EQUAL
        )
        own = "budget" if self._narrative.kind is DocumentKind.BUDGET else "actual"
        role = state.role if state.role not in BUDGET_ROLES else own
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
        """The whole that the words name: of several, the one of the thing's own topic."""
        keys = [key for token in named if (key := self._lexicon.subject(token))]
        bases = [self._wording.subjects[key].name for key in keys]
        others = [base for base in bases if base != thing.name]
        own = [base for base in others if base.partition(".")[0] == thing.topic]
        return (own or others or [""])[-1]

    def _whole_base(self, thing: Thing) -> str:
        whole = self._state.whole
        if whole and whole.thing.name != thing.name:
            return whole.thing.name
        return ""
