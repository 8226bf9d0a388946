"""The making of a claim from a value, a thing and a role.

Knows what a claim records. Does not know how its parts were told from one another.
"""

import re
from decimal import Decimal

from lark import Token

from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    Direction,
    NarrativeParagraph,
    Reading,
)
from pipelines.normalising.narrative.context import Base, Narrative, State, Thing
from pipelines.normalising.narrative.lexicon import Folded, Phrase, load_wording
from pipelines.normalising.narrative.printed import Number, count_unit, read_number


class Stating:
    """Makes claims of what one paragraph states."""

    def __init__(
        self, narrative: Narrative, state: State, paragraph: NarrativeParagraph, folded: Folded
    ) -> None:
        self._narrative = narrative
        self._state = state
        self._paragraph = paragraph
        self._folded = folded
        self._topic = paragraph.topic
        self._sentence = ""
        self._sentence_begin = 0
        self._sentence_end = 0
        self._phrases: list[Phrase] = []
        self._position = 0
        self._wording = load_wording()

    def _counts_something(self, value: Token) -> bool:
        return count_unit(value) not in self._wording.entry["not_counted"]

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
        number = read_number(token, "" if is_rate else fallback_unit or self._money_unit())
        value = -abs(number.value) if direction is Direction.DECREASE else number.value
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

    def _printed_unit(self, token: Token, number: "Number") -> str:
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
        for claim in reversed(self._narrative.claims[: index + 1]):
            if claim.sentence != self._narrative.claims[index].sentence:
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
        if value.type == "MONEY" and not self._state.is_purpose:
            self._state.is_unread = True
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
        index = len(self._narrative.claims)
        self._narrative.claims.append(
            Claim(
                claim_index=index,
                paragraph_index=self._paragraph.index,
                part=self._paragraph.part,
                section_path=self._paragraph.section_path,
                topic=thing.topic,
                item=thing.name.partition(".")[2],
                role=role if thing.name else "",
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
