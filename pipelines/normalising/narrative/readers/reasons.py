"""Amounts within the reasons of a change.

Knows verbs, levels and what a reason says moved.
"""

import re

from lark import Token

from pipelines.domain.disclosure import ClaimKind, Direction
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import verb_before
from pipelines.normalising.narrative.bases import RESTATED
from pipelines.normalising.narrative.focus import Base, Focus, Reason, Thing
from pipelines.normalising.narrative.labels import clean_label
from pipelines.normalising.narrative.lexicon import NUMBER, any_of
from pipelines.normalising.narrative.phrases import (
    Baseline,
    Became,
    Moved,
    Phrase,
    begin_of,
    end_of,
)
from pipelines.normalising.narrative.statements import Said, counts_something, state_value

_CHANGED = re.compile(
    rf"(?:有所)?(?:增加|减少|增长|下降|降低|上升|提高)了?(?:额|幅)?(?:为|约)?(?:{NUMBER}[万亿]?元)?$"
)
_NAME_BEHIND = re.compile(r"[^，,、。;:()\d未没不已已经由被因从于]{2,12}")
_WAYS = {"UP": Direction.INCREASE, "DOWN": Direction.DECREASE}


def direction_of(word: Token) -> Direction:
    """Which way a verb says that something moved."""
    return _WAYS.get(word.type, Direction.UNSAID)


def read_in_reason(phrase: Phrase, focus: Focus, around: Around) -> Focus:
    """Read the amounts that a reason names, with the signs of their verbs.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "收入总计比上年增加3万元，原因是人员经费增加5万元，会议费减少2万元。")[2:]
    ['reasons.variance.actual change 5 income_expenditure.income_total', \
'reasons.variance.actual change 2 income_expenditure.income_total']
    """
    reason = focus.reason
    if reason is None:
        return focus
    explained = focus.thing.name if focus.thing else ""
    if explained and reason.explained and reason.explained.role.endswith(RESTATED):
        explained = f"{explained}.{RESTATED}"
    for value in phrase.values:
        if value.type in ("BLANK", "NUMBER") or not counts_something(value, around):
            continue
        begin = focus.clause
        verb = phrase.word if isinstance(phrase, Moved) else None
        if verb is None and value.type in ("MONEY", "COUNT"):
            verb = verb_before(begin_of(value), focus, around)
            begin = end_of(verb) if verb else begin
        thing = Thing("reasons.variance", label=_what_moved(value, begin, focus, reason, around))
        base = Base(explained)
        if isinstance(phrase, (Baseline, Became)) or _is_level(value, focus, reason, around):
            said = Said(base=base, note="a level and not a change")
        elif verb is not None:
            kind = ClaimKind.GROWTH if value.type == "PERCENT" else ClaimKind.CHANGE
            said = Said(kind=kind, direction=direction_of(verb), base=base)
        else:
            said = Said(kind=ClaimKind.RATE if value.type == "PERCENT" else None, base=base)
        focus = state_value(thing, "actual", value, focus, around, said)
    return focus


def _is_level(value: Token, focus: Focus, reason: Reason, around: Around) -> bool:
    """Tell whether an amount is what something was or became: 由5万元减少到3万元."""
    before = around.text[max(focus.clause, reason.begin) : value.start_pos]
    return bool(re.search(any_of(around.wording.entry["level"]), before))


def _counted_behind(value: Token, around: Around) -> str:
    """What a number counts that stands right behind it: 1辆消防车未计入."""
    match = _NAME_BEHIND.match(around.text, end_of(value), around.end)
    return match[0] if match else ""


def _what_moved(value: Token, begin: int, focus: Focus, reason: Reason, around: Around) -> str:
    """What a reason says moved: the words before the number, what it counts, the clause before."""
    before = around.text[begin : value.start_pos]
    moved = re.split(r"[较比与](?=上|去|年初|\d{4}年)", before)[0]
    label = clean_label(_CHANGED.sub("", moved), ("是", "为", "系"))
    if not label and value.type == "COUNT":
        label = _counted_behind(value, around)
    if label or focus.clause <= reason.begin:
        return label
    clauses = around.text[reason.begin : focus.clause].rstrip("，,、")
    return _CHANGED.sub("", re.split(r"[，,、;。:]", clauses)[-1])
