"""Values of things that are known: amounts, counts, scores, and what was achieved.

Knows what a value's unit says of its thing. Does not know phrases.
"""

import re
from dataclasses import replace

from lark import Token

from pipelines.domain.disclosure import ClaimKind
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import (
    is_count_only,
    other_bodys,
    taken_together,
    thing_counted,
    thing_paid,
    told_of_each,
)
from pipelines.normalising.narrative.focus import Focus, Thing
from pipelines.normalising.narrative.labels import clean_label, label_before
from pipelines.normalising.narrative.lexicon import scaled
from pipelines.normalising.narrative.naming import HELD_TOPICS, is_target, role_said
from pipelines.normalising.narrative.phrases import Mark, Moved, Phrase, begin_of, end_of
from pipelines.normalising.narrative.printed import count_unit, unit_of
from pipelines.normalising.narrative.statements import (
    PLAIN,
    Said,
    counts_something,
    state_ambiguous,
    state_value,
)

_APPROXIMATE = ("以上", "以下", "左右", "以内", "多", "余", "的")
_REGION = re.compile(r"^(?:全|我|本)(?:省|市|县|区|州|镇|乡|街道)")
# 贫困户412户1106人: what households and people are counted of
_COUNTED_TOO = re.compile(r"(?<=[\u4e00-\u9fff])\d[\d,.]*(?:个|户|家|名|人|批次?|次)$")
_OTHER_VALUE = re.compile(r"\d(?:万元|亿元|元|个|人|项|次|家|户)")
_WRONG_UNIT = "this is not said in such a unit"


def state_of(
    value: Token, thing: Thing, role: str, focus: Focus, around: Around, said: Said = PLAIN
) -> Focus:
    """State one value of a thing, whose sort may tell which item of it is meant."""
    if value.type == "BLANK":
        return focus
    note = said.note or other_bodys(thing, focus, around)
    if value.type == "COUNT":
        return _state_count(value, thing, role, focus, around, note)
    if said.kind is None and _is_bare_count(value, thing, focus, around):
        counted = replace(said, kind=ClaimKind.COUNT, note=note)
        return state_value(thing, role, value, focus, around, counted)
    told, doubt = _told_in(value, thing, focus, around)
    note = note or doubt
    if told != thing and told.topic == thing.topic and not doubt and value.type == "SCORE":
        focus = focus._replace(thing=replace(told, subject=thing.subject))
    if value.type == "MONEY" and not note:
        focus = focus._replace(paid=told, counted=None)
    return state_value(told, role, value, focus, around, replace(said, note=note))


def _is_bare_count(value: Token, thing: Thing, focus: Focus, around: Around) -> bool:
    """Tell whether a value without its unit is a count, for its thing has no price; so is 0万元.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("国有资产", "共有车辆5，单价50万元以上通用设备为0，单价100万元以上专用设备0万元。")
    ['assets.vehicles.total.held count 5', 'assets.equipment.general_500k.held count 0', \
'assets.equipment.special_1m.held count 0']
    """
    if not is_count_only(thing) or thing_paid(thing, focus, around) is not None:
        return False
    return value.type == "NUMBER" or (value.type == "MONEY" and not scaled(str(value))[0])


def _told_in(value: Token, thing: Thing, focus: Focus, around: Around) -> tuple[Thing, str]:
    """The item that a value's sort says, and why that is in doubt, '' where it is not."""
    sort = {"MONEY": "amount", "SCORE": "score"}.get(value.type, "")
    values = thing.subject.values if thing.subject else {}
    if sort in values:
        return valued(thing, values[sort]), ""
    if value.type == "MONEY":
        paid = thing_paid(thing, focus, around)
        return (thing, _WRONG_UNIT) if paid is None else (paid, "")
    if sort == "score" and not thing.item.endswith("score"):
        return thing, _WRONG_UNIT
    if value.type == "PERCENT" and thing.topic != "performance":
        return thing, "nothing says what it is a part of"
    return thing, ""


def valued(thing: Thing, item: str) -> Thing:
    """The item of a thing, or of another topic, that a sort of value is of."""
    return replace(thing, name=item, subject=None) if "." in item else thing.as_item(item)


def _state_count(
    value: Token, thing: Thing, role: str, focus: Focus, around: Around, note: str
) -> Focus:
    counted = thing_counted(thing, value)
    if counted is not None:
        focus = state_value(counted, role, value, focus, around, Said(note=note))
        return focus._replace(counted=counted)
    is_known = thing.subject is None or thing.topic in HELD_TOPICS
    if not is_known and around.tells_indicators:
        label = label_before(around.folded, focus.clause, begin_of(value))
        return state_indicator(value, label, focus, around)
    note = note or ("" if is_known else "not counted in this unit")
    return state_value(thing, role, value, focus, around, Said(note=note))


def state_each(values: list[Token], focus: Focus, around: Around, told: str = "") -> Focus:
    """Give several values to the several things named before them, or to none.

    Args:
        values: The values, in the order of the things.
        focus: What has been named.
        around: Where the values stand.
        told: The role that the words before them say, '' for the things' own.
    """
    if len(values) == 1:
        # 收、支总计各5万元
        pair = taken_together(focus, around).thing
        if pair is not None and pair.pair:
            role = role_said(Mark(()), pair, focus, around)
            focus = focus._replace(thing=pair, role=role, told=(pair, role), is_only_named=False)
            return state_of(values[0], pair, role, focus, around)
    things = told_of_each(len(values), focus, around)
    if not things:
        for value in values:
            note = "several values, and not as many things named"
            focus = state_ambiguous(value, note, focus, around)
        return focus
    unit = next((unit_of(value) for value in reversed(values) if unit_of(value)), "")
    for thing, value in zip(things, values, strict=True):
        role = told or role_said(Mark(()), thing, focus, around)
        focus = state_of(value, thing, role, focus, around, Said(unit=unit))
    return focus


def note_fund(phrase: Phrase, focus: Focus, around: Around) -> Focus:
    """Read the fund that an amount is said to be: 收到补助5万元，为2023年度中央补助资金."""
    funds, values = phrase.of("FUND"), phrase.of("MONEY")
    if not funds or not values:
        return focus
    return state_fund(funds[0], values[-1], focus, around)


def state_fund(fund: Token, value: Token, focus: Focus, around: Around) -> Focus:
    """State the amount of a fund named behind it."""
    words = re.fullmatch(r"，?为(?:(?P<year>\d{4})年度?)?(?P<name>.*)", str(fund))
    if words is None:
        return focus
    year = int(words["year"]) if words["year"] else None
    thing = Thing("funds.named", label=words["name"])
    return state_value(thing, "actual", value, focus, around, Said(year=year))


def state_indicator(value: Token, label: str, focus: Focus, around: Around) -> Focus:
    """State a quantity that the text reports as achieved."""
    if not counts_something(value, around):
        return focus
    label = _counted_label(value, label, around)
    thing = Thing("performance.indicator", label="" if label in _APPROXIMATE else label)
    role = "planned" if around.topic == "measures" or is_target(focus, around) else "actual"
    people = any(word in thing.label for word in around.wording.entry["counted_things"])
    if value.type == "MONEY" and not unit_of(value) and people:
        # 参保人数442.88万: many people, and no money.
        said = Said(kind=ClaimKind.COUNT)
        return state_value(thing, role, value, focus, around, said)
    if value.type == "NUMBER":
        return _state_bare(value, thing, role, focus, around)
    if isinstance(around.previous, Moved):
        return focus
    note = "" if thing.label else "nothing names what is counted"
    if "预算" in thing.label and _OTHER_VALUE.search(thing.label):
        note = "another value stands in its name"
    return state_of(value, thing, role, focus, around, Said(note=note))


def _counted_label(value: Token, label: str, around: Around) -> str:
    """The name of what is counted, which stands before the number or right behind it."""
    is_classified = (
        value.type == "COUNT" and count_unit(value) in around.wording.entry["classifiers"]
    )
    if label and not is_classified and not _REGION.fullmatch(label):
        return _COUNTED_TOO.sub("", label)
    following = around.text[end_of(value) : around.end]
    named = re.match(r"[^，,、。;:()\d]*(?:\([^()\d]*\))?", following)
    behind = clean_label(named[0] if named else "", _APPROXIMATE)[:24]
    if not behind:
        return label
    region = _REGION.match(label)
    return f"{region[0] if region else ''}{behind}"


def _state_bare(value: Token, thing: Thing, role: str, focus: Focus, around: Around) -> Focus:
    """State a number that ends its clause without a unit."""
    after = around.text[end_of(value) : end_of(value) + 1]
    before = around.text[around.begin : value.start_pos]
    is_address = any(word in before for word in around.wording.entry["addresses"])
    if is_address or not thing.label or after not in "，,。;、":
        return focus
    return state_value(thing, role, value, focus, around, Said(kind=ClaimKind.COUNT))
