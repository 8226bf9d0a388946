"""Claims made of a value, a thing and a role.

Knows what a claim records and where it is printed. Does not know how a thing was told.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from lark import Token

from pipelines.domain.disclosure import Claim, ClaimKind, Direction, Reading
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.bases import older_base
from pipelines.normalising.narrative.focus import Base, Focus, Thing
from pipelines.normalising.narrative.naming import is_part, year_of
from pipelines.normalising.narrative.phrases import begin_of, end_of
from pipelines.normalising.narrative.printed import count_unit, read_number

NOTHING_KNOWN = "no known thing stands before it"
_MONEY_UNITS = ("亿元", "万元", "千元", "元")
_OF_MONEY = (None, ClaimKind.AMOUNT, ClaimKind.CHANGE)


_NO_BASE = Base("")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a thing beside its value.

    Attributes:
        kind: Sort of value, None for the sort that its unit tells.
        direction: Which way it moved.
        base: What it is compared with, or a share of.
        unit: The unit printed once for a list that the amount stands in, '' where none is.
        whole: The claim it is part of, None for that of the list it stands in.
        year: The year it belongs to, None for the clause's.
        note: Why the reading is in doubt, '' where it is not.
    """

    kind: ClaimKind | None = None
    direction: Direction = Direction.UNSAID
    base: Base = _NO_BASE
    unit: str = ""
    whole: int | None = None
    year: int | None = None
    note: str = ""


PLAIN = Said()


@dataclass(frozen=True, slots=True)
class _Printed:
    """What is printed, and where it stands in the folded paragraph."""

    begin: int
    end: int
    text: str
    value: Decimal | None
    scale: int | None = None
    unit: str = ""
    is_unit_missing: bool = False


def state_value(
    thing: Thing, role: str, token: Token, focus: Focus, around: Around, said: Said = PLAIN
) -> Focus:
    """Claim a printed number."""
    money_unit = said.unit or _money_unit(around) if said.kind in _OF_MONEY else ""
    number = read_number(token, money_unit)
    value = -abs(number.value) if said.direction is Direction.DECREASE else number.value
    unit = said.unit if number.is_unit_missing and said.kind in _OF_MONEY else ""
    if number.unit:
        end = end_of(token)
        unit = around.printed(end - len(number.unit), end)
    begin, end = _number_span(token)
    printed = _Printed(
        begin,
        end,
        around.folded.printed(begin, end),
        value,
        number.scale,
        unit,
        is_unit_missing=number.is_unit_missing and not (unit and said.unit),
    )
    return _claim(thing, role, said.kind or number.kind, printed, focus, around, said)


def state_word(
    thing: Thing,
    role: str,
    token: Token,
    focus: Focus,
    around: Around,
    said: Said,
    value: Decimal | None = None,
) -> Focus:
    """Claim what a word states: a direction, none of something, a grade, a date, a name."""
    begin, end = begin_of(token), end_of(token)
    printed = _Printed(begin, end, around.printed(begin, end), value)
    return _claim(thing, role, said.kind or ClaimKind.NAME, printed, focus, around, said)


def state_ambiguous(value: Token, note: str, focus: Focus, around: Around) -> Focus:
    """Keep a value of which nobody knows what it is of; what follows it is unknown too."""
    if value.type in ("BLANK", "NUMBER") or not counts_something(value, around):
        return focus
    if value.type == "MONEY" and not focus.is_purpose:
        focus = focus._replace(is_unread=True)
    return state_value(Thing(""), "", value, focus, around, Said(note=note))


def counts_something(value: Token, around: Around) -> bool:
    """Tell whether a number counts anything: 3天 and 二层 say when and how high."""
    return value.type != "COUNT" or count_unit(value) not in around.wording.entry["not_counted"]


def _money_unit(around: Around) -> str:
    """The unit of the paragraph's other amounts, or of those before, for one that lacks it."""
    units = re.findall(r"\d(亿元|万元|千元|元)", around.text)
    if units:
        return str(units[0])
    told = (each.unit for each in reversed(around.narrative.claims) if each.unit in _MONEY_UNITS)
    return str(next(told, ""))


def _number_span(token: Token) -> tuple[int, int]:
    begin = begin_of(token)
    match = re.match(r"(?:百分之)?(-?[\d,.]+(?:亿[\d.]+(?=万元))?(?:余|多)?)", token)
    return (begin + match.start(1), begin + match.end(1)) if match else (begin, begin)


def _claim(
    thing: Thing,
    role: str,
    kind: ClaimKind,
    printed: _Printed,
    focus: Focus,
    around: Around,
    said: Said,
) -> Focus:
    """Take a claim in, as part of the list it stands in."""
    claims, offsets = around.narrative.claims, around.folded.offsets
    begin, end = 0, 0
    if printed.begin < printed.end:
        begin, end = offsets[printed.begin], offsets[printed.end - 1] + 1
    whole = said.whole
    is_amount = kind in (ClaimKind.AMOUNT, ClaimKind.COUNT)
    is_listed = focus.whole is not None and is_part(thing, focus.whole.thing)
    if whole is None and focus.whole and is_listed and role == focus.whole.role and is_amount:
        whole = _whole_like(focus.whole.index, kind, printed.unit, around)
    note = said.note or older_base(said.base, around)
    claim = Claim(
        claim_index=len(claims),
        paragraph_index=around.paragraph.index,
        part=around.paragraph.part,
        section_path=around.paragraph.section_path,
        topic=thing.topic,
        item=thing.item,
        role=role if thing.name else "",
        kind=kind,
        value=printed.value,
        value_text=printed.text,
        scale=printed.scale,
        unit=printed.unit,
        is_unit_missing=printed.is_unit_missing,
        sentence=around.sentence(),
        place=around.paragraph.place_of(begin, end),
        begin=begin,
        end=end,
        direction=said.direction,
        base=said.base.role,
        base_text=said.base.text,
        item_label=thing.label,
        item_code=thing.code,
        group_label=thing.group,
        year=said.year or year_of(focus, around),
        comparison_year=said.base.year,
        fund=thing.fund,
        whole_index=whole,
        reading=Reading.AMBIGUOUS if note else Reading.CLEAR,
        reading_note=note,
    )
    claims.append(claim)
    return focus._replace(last=claim)


def _whole_like(index: int | None, kind: ClaimKind, unit: str, around: Around) -> int | None:
    """The claim before 其中 that is of the same kind, and counted in the same unit."""
    if index is None:
        return None
    claims = around.narrative.claims
    for claim in reversed(claims[: index + 1]):
        if claim.sentence != claims[index].sentence:
            return None
        alike = claim.unit.removesuffix("次") == unit.removesuffix("次")
        if claim.kind is kind and (kind is ClaimKind.AMOUNT or alike):
            return claim.claim_index
    return None
