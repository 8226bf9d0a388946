"""Changes, comparisons, completion and shares: what is set against what.

Knows bases and directions. Does not know who is spoken of; that is attachment's.
"""

import re

from lark import Token

from pipelines.domain.disclosure import ClaimKind, Direction
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import (
    amount_of,
    apposed,
    asset_moved,
    base_by_arithmetic,
    base_of_share,
    budget_told,
    is_change_of_unknown,
    is_just_compared,
    named_by_comparison,
    paid_resumed,
    resumes_with,
    shares_the_sentence,
    speak_of,
    subject_of_change,
    subject_resumed,
    thing_compared,
    thing_fitting,
    told_of_each,
    whole_beside_part,
    whole_moved,
)
from pipelines.normalising.narrative.bases import (
    RESTATED,
    older_base,
    on_its_basis,
    read_base,
    role_against,
    role_here,
)
from pipelines.normalising.narrative.focus import Base, Focus, Thing
from pipelines.normalising.narrative.labels import clean_label
from pipelines.normalising.narrative.naming import BUDGET_ROLES, role_unsaid
from pipelines.normalising.narrative.phrases import (
    Baseline,
    Became,
    Completed,
    Level,
    Mark,
    Measured,
    Mentioned,
    Moved,
    Share,
    begin_of,
    end_of,
)
from pipelines.normalising.narrative.printed import count_unit, is_rate, read_number, unit_of
from pipelines.normalising.narrative.readers.borders import back_to_whole
from pipelines.normalising.narrative.readers.reasons import direction_of, read_in_reason
from pipelines.normalising.narrative.readers.unnamed import read_unnamed
from pipelines.normalising.narrative.readers.values import state_of
from pipelines.normalising.narrative.statements import (
    NOTHING_KNOWN,
    Said,
    state_ambiguous,
    state_value,
    state_word,
)

# 任务完成率100%, 项目执行率98%
_RATES_OF_WORK = ("完成率", "执行率")
# What follows a movement that is told in words: the end of its clause, or its reason.
_ENDS = re.compile(r"[，。；;)]|$|(?:的?(?:主要)?原因)")
_OVER_YEARS = re.compile(r"累计|连续|年均|近[两二三四五\d]年|历年|平均每年")
_OF_ONE_THING = (["MONEY", "PERCENT"], ["COUNT", "PERCENT"])
_MORE = {"MORE": Direction.INCREASE, "LESS": Direction.DECREASE}


def read_baseline(phrase: Baseline, focus: Focus, around: Around) -> Focus:
    """Read what is compared with: 与上年相比, 比年初预算数76.87万元."""
    base = read_base(phrase, focus, around)
    if focus.reason and not resumes_with(base, phrase, focus, around):
        return read_in_reason(phrase, focus, around)
    focus = _past_part(focus, around)
    is_own_list = focus.whole is not None and focus.whole is not focus.inherited
    if is_own_list and around.previous is not None and around.previous.of("STOP"):
        # 项目支出4万元；比上年增加1万元: of the part told last, or of the whole.
        focus = focus._replace(is_unread=True)
    is_shared = any(each.of("SEP") for each in around.following[:1])
    focus = focus._replace(
        reason=None, base=base, is_base_shared=is_shared, is_direction_told=False
    )
    focus = paid_resumed(phrase, subject_resumed(phrase, focus, around), around)
    focus = named_by_comparison(phrase, focus, around)
    if focus.spoken_of is None and (fitting := thing_fitting(phrase, around)):
        focus = speak_of(focus, fitting, around.narrative.own_role, around, is_named=False)
    thing, values = focus.spoken_of, phrase.values
    if not values:
        return focus
    if thing is None or focus.is_unread:
        return read_unnamed(values, focus, around)
    told = role_here(base.role, thing, focus, around)
    note = older_base(base, around)
    said = Said(note=note, year=base.year if note else None)
    return state_of(values[0], thing, told, focus, around, said)


def _past_part(focus: Focus, around: Around) -> Focus:
    """Speak of the whole again behind a part that was only told in passing."""
    whole = whole_beside_part(focus, around)
    return back_to_whole(whole, focus, around) if whole else focus


def read_became(phrase: Became, focus: Focus, around: Around) -> Focus:
    """Read what something is after a change: 由5万元减少到3万元."""
    if focus.reason:
        return read_in_reason(phrase, focus, around)
    thing, base = focus.spoken_of, focus.base
    if not phrase.values:
        return focus
    if thing is None or focus.is_unread or base is None or is_change_of_unknown(focus, around):
        return read_unnamed(phrase.values, focus, around)
    role = role_against(focus.role if not focus.role.startswith("prior") else "", base)
    role = role or around.narrative.own_role
    focus = focus._replace(told=(thing, role), is_only_named=False, role=role)
    for value in phrase.values:
        focus = state_of(value, thing, role, focus, around)
    return focus


def read_moved(phrase: Moved, focus: Focus, around: Around) -> Focus:
    """Read a change: 减少1.24万元, 下降29.25%."""
    values = phrase.values
    if focus.reason:
        return read_in_reason(phrase, focus, around)
    if not values:
        return _read_way(phrase, focus, around)
    if asset := asset_moved(focus, around):
        focus = speak_of(focus._replace(last=None), asset, "held", around, is_named=False)
        focus = focus._replace(is_direction_told=False)
    elif is_change_of_unknown(focus, around):
        return _of_unknown(values, focus, around)
    if whole := whole_moved(phrase, focus, around):
        focus = speak_of(focus, whole.thing, whole.role, around, is_named=False)
    thing = subject_of_change(values[0], focus, around)
    if thing is None:
        return read_unnamed(values, focus, around)
    focus = focus._replace(told=(thing, focus.role), is_only_named=False)
    if focus.pending:
        return _move_each(phrase, focus, around)
    return _moved_against(phrase, thing, focus, around)


def _of_unknown(values: list[Token], focus: Focus, around: Around) -> Focus:
    for value in values:
        focus = state_ambiguous(value, NOTHING_KNOWN, focus, around)
    return focus


def _moved_against(phrase: Moved, thing: Thing, focus: Focus, around: Around) -> Focus:
    """State a change against what the sentence compares with, or its amounts leave as the base."""
    values, direction = phrase.values, direction_of(phrase.word)
    if values[0].type == "MONEY":
        focus = focus._replace(counted=None)  # 减少1万元，下降20%: the rate is the money's too
    if direction is Direction.INCREASE and values[0].startswith("-"):
        direction = Direction.DECREASE  # 增加-3万元
    base = focus.base or _base_told(values[0], thing, direction, around)
    focus = focus._replace(base=base)
    if base is None:
        for value in values:
            focus = state_change(value, thing, direction, Base(""), phrase.word, focus, around)
        return focus
    if direction is Direction.UNSAID:
        direction = _way_told(thing, base, around)
    return _move(phrase, thing, direction, base, focus, around)


def _read_way(phrase: Moved, focus: Focus, around: Around) -> Focus:
    """Read which way something moved where no number says how far: 有所减少."""
    thing, base, direction = thing_compared(focus, around), focus.base, direction_of(phrase.word)
    is_open = direction is Direction.UNSAID or focus.is_direction_told
    if thing is None or base is None or is_open or is_change_of_unknown(focus, around):
        return focus
    if not is_just_compared(focus, around) or not _ENDS.match(around.text[phrase.end :]):
        return focus
    if any(isinstance(each, Moved) and each.values for each in around.following[:2]):
        return focus
    said = Said(kind=ClaimKind.DIRECTION, direction=direction, base=base)
    role = role_against(focus.role, base)
    focus = state_word(thing, role, phrase.word, focus, around, said)
    return focus._replace(is_direction_told=True)


def _move_each(phrase: Moved, focus: Focus, around: Around) -> Focus:
    """State changes told of several things in order: 分别比上年增加0.5万元、减少1.2万元."""
    base, direction = focus.base or Base(""), direction_of(phrase.word)
    for value in phrase.values:
        thing, *rest = focus.pending
        focus = focus._replace(pending=(*rest, thing))
        focus = state_change(value, thing, direction, base, phrase.word, focus, around)
    return focus


def _base_told(value: Token, thing: Thing, direction: Direction, around: Around) -> Base | None:
    """The base of a change that names none, where the amounts told leave one."""
    if value.type != "MONEY":
        return None
    size = abs(read_number(value, "").value)
    ways = {Direction.INCREASE: (size,), Direction.DECREASE: (-size,)}.get(direction, (size, -size))
    roles = {role for change in ways for role in base_by_arithmetic(thing, change, around)}
    return Base(roles.pop()) if len(roles) == 1 else None


def _way_told(thing: Thing, base: Base, around: Around) -> Direction:
    """Which way a 差值 goes, by the amounts that the sentence tells."""
    own = amount_of(thing, around.narrative.own_role, around, in_sentence=True)
    other = amount_of(thing, base.role, around, in_sentence=True)
    if own is None or other is None or own == other:
        return Direction.UNSAID
    return Direction.INCREASE if own > other else Direction.DECREASE


def _move(
    phrase: Moved, thing: Thing, direction: Direction, base: Base, focus: Focus, around: Around
) -> Focus:
    """State a change against a base, and before the first of several its direction."""
    values, word = phrase.values, phrase.word
    pair = focus.thing.pair if focus.thing and len(values) > 1 else ()
    of_pair = tuple(Thing(name) for name in pair) if len(pair) == len(values) else ()
    if not focus.is_direction_told and direction is not Direction.UNSAID:
        said = Said(kind=ClaimKind.DIRECTION, direction=direction, base=base)
        role = _role_moved(base, focus, around)
        for each in of_pair or (thing,):
            focus = state_word(each, role, word, focus, around, said)
        focus = focus._replace(is_direction_told=True)
    if len(values) == 1 or [value.type for value in values] in _OF_ONE_THING:
        # 减少1.24万元、29.25%: of one thing
        of_each: tuple[Thing, ...] = (thing,) * len(values)
    else:
        of_each = of_pair
    if not of_each:
        for value in values:
            note = "several changes, and not as many things named"
            focus = state_ambiguous(value, note, focus, around)
        return focus
    unit = unit_of(values[-1]) if of_pair else ""
    for each, value in zip(of_each, values, strict=True):
        focus = state_change(value, each, direction, base, word, focus, around, unit)
    return focus


def state_change(
    value: Token,
    thing: Thing,
    direction: Direction,
    base: Base,
    word: Token,
    focus: Focus,
    around: Around,
    unit: str = "",
) -> Focus:
    """State one change of a thing; in doubt where its base or way is not told."""
    note = ""
    if direction is Direction.UNSAID:
        direction = focus.last.direction if focus.last else Direction.UNSAID
        if direction is Direction.UNSAID:
            note = f"{word} does not say which way"
    if word.type == "DOWN" and value.startswith("-"):
        note = "a decrease of less than nothing"
    if count_unit(value) == "倍":
        note = "told in multiples"
    if _OVER_YEARS.search(around.text[focus.clause : word.start_pos]):
        note = "over several years"
    note = note or ("" if base.role else "nothing says what it is compared with")
    kind = ClaimKind.GROWTH if is_rate(value, word) else ClaimKind.CHANGE
    said = Said(kind=kind, direction=direction, base=base, unit=unit, note=note)
    return state_value(thing, _role_moved(base, focus, around), value, focus, around, said)


def _role_moved(base: Base, focus: Focus, around: Around) -> str:
    """The role of what moved: this year's, though last year's amount was told right before."""
    is_before = focus.role.startswith("prior") and base.role.startswith("prior")
    return role_against(around.narrative.own_role if is_before else focus.role, base)


def read_level(phrase: Level, focus: Focus, around: Around) -> Focus:
    """Read that nothing changed: 与上年持平."""
    previous, base = around.previous, focus.base
    if focus.reason or base is None or not isinstance(previous, (Baseline, Mentioned, Mark)):
        return focus
    thing = thing_compared(focus, around)
    if thing is None or not is_just_compared(focus, around):
        return focus
    is_budget = base.role in (*BUDGET_ROLES, f"budget_{RESTATED}")
    kind = ClaimKind.COMPARISON if is_budget else ClaimKind.DIRECTION
    said = Said(kind=kind, direction=Direction.EQUAL, base=base)
    return state_word(thing, role_against(focus.role, base), phrase.word, focus, around, said)


def read_measured(phrase: Measured, focus: Focus, around: Around) -> Focus:
    """Read a comparison with a budget: 小于预算数, 大于预算数55.93万元."""
    focus = focus if focus.reason else _past_part(focus, around)
    thing = thing_compared(focus, around)
    if focus.reason or thing is None:
        return focus
    said = [around.wording.roles[str(token)] for token in phrase.of("ROLE")]
    role = next((each for each in reversed(said) if each in BUDGET_ROLES), "")
    base = Base(role, text="".join(phrase.of("ROLE"))) if role else None
    if base is None and phrase.of("SAME") and is_just_compared(focus, around):
        base = focus.base
    if base is None or re.match(around.wording.entry["unmade"], around.text[phrase.end :]):
        return focus
    direction = _MORE.get(phrase.word.type, Direction.EQUAL)
    base = on_its_basis(base, phrase, focus, around)
    own = around.narrative.own_role if focus.role in BUDGET_ROLES else focus.role
    own = RESTATED if base.role.endswith(RESTATED) else own
    focus = focus._replace(base=base)
    if phrase.of("EITHER"):
        return _measure_either(phrase, thing, own, base, focus, around)
    comparison = Said(kind=ClaimKind.COMPARISON, direction=direction, base=base)
    focus = state_word(thing, own, phrase.word, focus, around, comparison)
    for value in phrase.of("MONEY"):
        if "超" in phrase.word and phrase.word[0] in "未没不":
            # 未超过预算数16万元: the budget's own amount, and no change.
            focus = state_of(value, thing, base.role, focus, around)
            continue
        change = Said(kind=ClaimKind.CHANGE, direction=direction, base=base)
        focus = state_value(thing, own, value, focus, around, change)
    return focus


def _measure_either(
    phrase: Measured, thing: Thing, own: str, base: Base, focus: Focus, around: Around
) -> Focus:
    """Read a comparison that left both words in; only the amounts told tell which way it goes.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费支出4万元，决算数小于（大于）预算数1万元。")[1:]
    ['three_public.reception.actual change 1 budget ?']
    """
    direction = _way_told(thing, base, around)
    note = "" if direction is not Direction.UNSAID else f"{phrase.word} does not say which way"
    said = Said(kind=ClaimKind.CHANGE, direction=direction, base=base, note=note)
    for value in phrase.of("MONEY"):
        focus = state_value(thing, own, value, focus, around, said)
    return focus


def read_completed(phrase: Completed, focus: Focus, around: Around) -> Focus:
    """Read how much of a budget was spent: 完成年初预算的95.45%."""
    if focus.reason and around.topic != "project_list":
        return focus
    focus = _past_part(focus, around)
    word, thing, values = str(phrase.word), thing_compared(focus, around), phrase.of("PERCENT")
    role = "opening_budget" if "年初" in word else "budget"
    role = "adjusted_budget" if "全年" in word or "调整" in word else role
    is_of_work = thing is not None and thing.topic == "performance" and word[:2] != "完成"
    # 完成95%: of the budget that was told, and nothing else.
    is_of_work = is_of_work or (word == "完成" and not (thing and budget_told(thing, around)))
    is_of_work = is_of_work or (word in _RATES_OF_WORK and is_change_of_unknown(focus, around))
    if thing is None or focus.is_unread or is_of_work or _is_rate_of_other(phrase, around):
        return read_unnamed(values, focus, around)
    thing = _funds_of(thing, around)
    for amount in phrase.of("MONEY"):
        told = role_here(role, thing, focus, around)
        focus = state_of(amount, thing, told, focus, around)
    is_any = thing.topic in ("project", "performance") or word == "完成"
    is_any = is_any or word in _RATES_OF_WORK or word[:2] != "完成"
    if role == "budget" and is_any:
        role = budget_told(thing, around) or role
    base = on_its_basis(Base(role, text=word), phrase, focus, around)
    said = Said(kind=ClaimKind.COMPLETION, base=base)
    things = told_of_each(len(values), focus, around) if len(values) > 1 else (thing,)
    if len(things) != len(values):
        return read_unnamed(values, focus, around)
    for each, value in zip(things, values, strict=True):
        own = role_against("actual", base)
        focus = state_value(each, own, value, focus, around, said)
    return focus


def _is_rate_of_other(phrase: Completed, around: Around) -> bool:
    """Tell whether a rate is named of what nobody knows, work or otherwise: 任务完成率.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("绩效", "项目支出预算执行率98.5%，任务完成率100%。")
    ['expenditure.project.actual completion 98.5 budget', 'performance.indicator.actual rate 100']
    """
    previous = around.previous
    if previous is None or not previous.of("TEXT") or not phrase.word.endswith("率"):
        return False
    return bool(clean_label(previous.word, around.wording.neutral))


def _funds_of(thing: Thing, around: Around) -> Thing:
    """What is spent where a score was told first: 自评95分，预算9万元，完成预算的90%."""
    values = thing.subject.values if thing.subject and thing.topic == "performance" else {}
    funds = thing.as_item(values["amount"]) if "amount" in values else thing
    return funds if budget_told(funds, around) else thing


def read_share(phrase: Share, focus: Focus, around: Around) -> Focus:
    """Read a share, or several told of each: 占本年支出合计的99.86%, 分别占29.48%和70.52%."""
    values = phrase.of("PERCENT")
    if not values:
        return focus
    words = phrase.tokens[1 : phrase.tokens.index(values[0])]
    named = [token for token in words if token.type in ("SUBJECT", "ITEM", "TEXT", "ROLE")]
    text = around.printed(begin_of(words[0]), end_of(named[-1])) if named else ""
    things = (
        told_of_each(len(values), focus, around)
        if len(values) > 1
        else (apposed(values[0], focus, around) or thing_compared(focus, around),)
    )
    if len(things) != len(values):
        return read_unnamed(values, focus, around)
    for thing, value in zip(things, values, strict=True):
        base = base_of_share(named, thing, value, focus, around) if thing is not None else ""
        resumes = thing is not None and shares_the_sentence(base, thing)
        is_unknown = focus.is_unread or focus.is_foreign
        if thing is None or (focus.reason and not resumes) or is_unknown:
            focus = read_unnamed([value], focus, around)
            continue
        told = thing
        if focus.counted is not None and str(named[-1] if named else "").endswith("项目"):
            told = focus.counted  # 项目31个，占全部项目的100%
        elif thing.subject and "share" in thing.subject.values:
            told = thing.as_item(thing.subject.values["share"])
        role = focus.role or role_unsaid(told, focus, around)
        said = Said(kind=ClaimKind.SHARE, base=Base(base, text=text))
        focus = state_value(told, role, value, focus, around, said)
    return focus
