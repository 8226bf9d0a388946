"""Lists: which statements are parts of which, and where clauses end.

Knows 其中 and its like, brackets and stops.
"""

import re

from lark import Token

from pipelines.domain.disclosure import ClaimKind, DocumentKind, Reading
from pipelines.normalising.narrative.comparing import Comparing
from pipelines.normalising.narrative.context import Thing, Whole, numbering
from pipelines.normalising.narrative.labels import entries_of
from pipelines.normalising.narrative.lexicon import Phrase


class Listing(Comparing):
    """Reads lists and the borders between clauses."""

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
        self._restate_no_more()
        after = self._folded.text[token.end_pos or 0 : self._sentence_end]
        if state.is_reason and state.reason_style and numbering(after) == state.reason_style:
            return
        state.named.clear()
        state.is_reason = state.is_purpose = False
        if not state.whole:
            state.base = None
            state.has_direction = False

    def _restate_no_more(self) -> None:
        state = self._state
        if state.restated is not None:
            state.restated = state.base = None

    def _open(self, token: Token) -> None:
        state = self._state
        self._next_clause(token)
        state.outer.append((state.whole, state.current, state.role, state.is_unread))

    def _close(self, token: Token) -> None:
        state = self._state
        self._next_clause(token)
        if state.outer:
            state.whole, state.current, state.role, state.is_unread = state.outer.pop()

    def _among(self, token: Token) -> None:
        state = self._state
        self._state.clause = token.end_pos or 0
        if token.start_pos == self._sentence_begin:
            self._go_back_to_head()
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
            state.is_purpose = True
            return
        self._open_list(thing)

    def _go_back_to_head(self) -> None:
        """Speak again of what the sentence before was about: 收入5万元，包括…。其中：…."""
        state = self._state
        if state.head_before is None or state.head_before >= len(self._narrative.claims):
            return
        first = self._narrative.claims[state.head_before]
        name = first.subject.rpartition(".")[0]
        if first.kind is not ClaimKind.AMOUNT or name not in self._wording.subjects:
            return
        # 预算为5万元，决算为4万元。其中：… are parts of the latter.
        own = "budget" if self._narrative.kind is DocumentKind.BUDGET else "actual"
        head = next(
            (
                claim
                for claim in self._narrative.claims[state.head_before :]
                if claim.kind is ClaimKind.AMOUNT and claim.subject == f"{name}.{own}"
            ),
            first,
        )
        role = head.subject.rpartition(".")[2]
        subject = self._wording.subjects[name]
        state.current = Thing(name, label=head.item_label, fund=head.fund, subject=subject)
        state.role, state.last = role, head.claim_index

    def _open_list(self, thing: Thing) -> None:
        """Take what follows for parts of the amount stated last, or of the thing as such."""
        state = self._state
        last = self._narrative.claims[state.last] if state.last is not None else None
        if last is not None and last.reading is Reading.AMBIGUOUS:
            state.whole, state.list_role = None, ""
            state.is_foreign = last.kind is ClaimKind.AMOUNT
            return
        if last is not None and last.kind is ClaimKind.AMOUNT:
            index: int | None = last.claim_index
        else:
            index = self._claim_of(thing, state.role)
        state.whole = Whole(thing, state.role, index)
        state.list_role = state.role

    def _next_phrase(self) -> Phrase:
        rest = self._phrases[self._position + 1 : self._position + 2]
        return rest[0] if rest else Phrase("mark", ())

    def _opens_indicators(self) -> bool:
        last = self._narrative.claims[self._state.last] if self._state.last is not None else None
        if last is None or not last.subject.startswith("performance.") or last.reading != "clear":
            return False
        if last.subject.split(".")[1] not in ("indicator", "fund_balance", "fund_income"):
            return False
        self._state.whole = Whole(Thing("performance.indicator"), "actual", last.claim_index)
        return True

    def _claim_of(self, thing: Thing, role: str) -> int | None:
        """The claim of this sentence or paragraph that states a thing's own value."""
        wanted = f"{thing.name}.{role}"
        for claim in reversed(self._narrative.claims):
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
