"""Statements of values with their names, of names without values, and of none.

Knows that a value has a thing and a role. Does not know comparisons.
"""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

from lark import Token

from pipelines.domain.disclosure import ClaimKind
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import (
    ONE_FUNDS,
    as_meant,
    attended_event,
    budget_of_list,
    budget_of_projects,
    changes_behind,
    counts_for,
    event_topic,
    goes_on,
    is_amount_of_base,
    is_apposed,
    is_count_only,
    is_counted_by_name,
    is_joint,
    is_of_one_fund,
    is_only_included,
    moved_each,
    names_denied,
    opens_clause,
    opens_other_side,
    project_before,
    resumes,
    said_before,
    section_subject,
    side_told,
    speak_of,
    spent_for,
    subject_of_amount,
    summed_behind,
    taken_together,
    told_alike,
    told_next,
    told_of_year,
    total_again,
    verb_before,
    whose_target,
    words_of_clause,
)
from pipelines.normalising.narrative.bases import role_here
from pipelines.normalising.narrative.focus import Base, Focus, Thing
from pipelines.normalising.narrative.naming import (
    BUDGET_ROLES,
    is_weak,
    named_in,
    own_role,
    role_said,
    role_unsaid,
)
from pipelines.normalising.narrative.phrases import (
    Attended,
    Graded,
    Lacking,
    Loose,
    Mark,
    Mentioned,
    Phrase,
    Stated,
    ToldEach,
    end_of,
)
from pipelines.normalising.narrative.printed import count_unit, read_number
from pipelines.normalising.narrative.readers.borders import back_to_whole, open_parts
from pipelines.normalising.narrative.readers.comparisons import state_change
from pipelines.normalising.narrative.readers.reasons import direction_of, read_in_reason
from pipelines.normalising.narrative.readers.unnamed import read_unnamed
from pipelines.normalising.narrative.readers.values import (
    note_fund,
    state_each,
    state_fund,
    state_of,
)
from pipelines.normalising.narrative.statements import PLAIN, Said, state_word

# 未购置公务用车: none were bought, however many there are.
_NOT_BOUGHT = ("购置", "更新")
_VEHICLES = ("three_public.vehicles_held", "assets.vehicles.total")
_NAMED_BEHIND = ("用于", "为", "是", "系", "主要用于")
_GRADE = re.compile(r"优秀?|良好?|不?合格|中|差")


def read_stated(phrase: Stated, focus: Focus, around: Around) -> Focus:
    """Read a value with its name: 公务接待费支出决算为3万元."""
    named = named_in(phrase, focus, around)
    if focus.reason and not (named and resumes(named, phrase, focus, around)):
        return note_fund(phrase, read_in_reason(phrase, focus, around), around)
    if named is None and (role := budget_of_projects(phrase, around)):
        thing = Thing("project.total", subject=around.wording.subjects["project.total"])
        focus = focus._replace(thing=thing, role=role, told=(thing, role))
        return state_of(phrase.values[0], thing, role, focus, around)
    spoken_of = subject_of_amount(phrase, named, focus, around)
    if spoken_of is None:
        return read_unnamed(phrase.values, focus, around)
    focus = focus._replace(reason=None, is_purpose=False)
    if phrase.of("PROJECT") and phrase.values[0].type == "COUNT":
        # 对“某项目”1个项目开展部门评价: how many were evaluated.
        focus = speak_of(focus, spoken_of, focus.role, around, is_named=True)
        return read_unnamed(phrase.values, focus, around)
    thing = as_meant(phrase, spoken_of, focus, around)
    verb = verb_before(phrase.begin, focus, around) if named and phrase.of("MONEY") else None
    if verb is not None:
        # 减少公务接待费2万元: a change, and not what it cost.
        focus = speak_of(focus, thing, role_unsaid(thing, focus, around), around, is_named=True)
        base, way = focus.base or Base(""), direction_of(verb)
        return state_change(phrase.values[0], thing, way, base, verb, focus, around)
    if focus.base and is_amount_of_base(focus, around):
        told = role_here(focus.base.role, thing, focus, around)
        return state_of(phrase.values[0], thing, told, focus, around)
    done = _state(phrase, thing, focus, around, is_named=named is not None)
    if focus.thing is not None and is_only_included(phrase, around):
        return done._replace(thing=focus.thing, role=focus.role)
    return done


def _state(phrase: Stated, thing: Thing, focus: Focus, around: Around, *, is_named: bool) -> Focus:
    """State the values of a phrase of a thing, and speak of it from here."""
    if is_named and thing.topic == "project" and around.topic == "project_list":
        focus = project_before(phrase, thing, focus, around)
        thing = thing if phrase.of("PROJECT") else replace(thing, label=focus.project)
    role, own = role_said(phrase, thing, focus, around), focus.role
    role = budget_of_list(role, thing, focus, around)
    focus = speak_of(focus, thing, role, around, is_named=is_named)
    if not is_named:
        focus = _still_of_year(role, own, focus)
    if thing.name == "performance.project_score":
        # The score is the project's, and so is what follows.
        subject = around.wording.subjects["project.total"]
        focus = focus._replace(thing=Thing("project.total", thing.label, subject=subject))
    focus = focus._replace(told=(thing, role), is_only_named=False)
    if is_named:
        focus = focus._replace(named=(*focus.named, thing))
    if phrase.of("EACH"):
        return state_each(phrase.values, focus, around, role if phrase.of("ROLE") else "")
    told = role_here(role, thing, focus, around)
    said = _said_beside(phrase, thing, focus, around)
    if is_named:
        said, focus = _of_several(phrase, told, said, focus, around)
    for value in phrase.values:
        focus = state_of(value, thing, told, focus, around, said)
    return note_fund(phrase, focus, around)


def _of_several(
    phrase: Stated, role: str, said: Said, focus: Focus, around: Around
) -> tuple[Said, Focus]:
    """State what the things named before have alike, and doubt the sum of several."""
    alike = told_alike(phrase, focus, around)
    for each, value in product(alike, phrase.values):
        focus = state_of(value, each, role, focus, around)
    if alike or not is_joint(around):
        return said, focus
    together = tuple(each.name for each in focus.named)
    return Said(note="of several things together"), focus._replace(together=together)


def _still_of_year(role: str, own: str, focus: Focus) -> Focus:
    """Keep to this year's behind an amount of last year: 2017年预算数为3.10万元."""
    if not role.startswith("prior") or not own:
        return focus
    base = focus.base or Base(role, focus.year)
    return focus._replace(role=own, base=base, is_direction_told=False)


def _said_beside(phrase: Stated, thing: Thing, focus: Focus, around: Around) -> Said:
    """What the words around a value say of it: that one fund pays it, or what it is included in."""
    said = Said(note=ONE_FUNDS) if is_of_one_fund(phrase, thing, focus, around) else PLAIN
    if is_only_included(phrase, around) and focus.last is not None:
        return replace(said, whole=focus.last.claim_index)
    return said


def read_told_each(phrase: ToldEach, focus: Focus, around: Around) -> Focus:
    """Read values told of each: 各是4125.49,4143.91万元."""
    if phrase.values:
        previous = around.previous
        is_said = isinstance(previous, Mentioned) and bool(previous.of("ROLE"))
        return state_each(phrase.values, focus, around, focus.role if is_said else "")
    if things := moved_each(focus, around):
        return focus._replace(pending=things)
    if around.text[phrase.end : phrase.end + 1] == ":":
        return open_parts(phrase.word, focus, around)
    focus = taken_together(focus, around)
    is_pair = focus.thing is not None and bool(focus.thing.pair)
    # What is told of each of several is of none of them alone.
    is_unclear = len(focus.named) > 1 and not is_pair and bool(changes_behind(around))
    return focus._replace(is_unread=focus.is_unread or is_unclear)


def read_mentioned(phrase: Mentioned, focus: Focus, around: Around) -> Focus:
    """Take a name without a value for what is spoken of from here."""
    thing = named_in(phrase, focus, around)
    if focus.reason or (thing is not None and focus.is_purpose):
        return focus
    if is_apposed(phrase, around):
        return focus
    if thing is None:
        return _role_mentioned(phrase, focus, around)
    thing = total_again(whose_target(thing, focus, around), focus)
    if not _lists_here(focus) and opens_clause(phrase, focus, around):
        # 本年支出 behind one fund's income: what that fund spent
        thing = spent_for(phrase, focus, around) or thing
    focus = focus._replace(named=(*focus.named, thing))
    if is_weak(phrase, around):
        if not opens_clause(phrase, focus, around):
            return focus
        thing = side_told(thing, focus, around)
    if thing.topic == "project" and around.topic == "project_list":
        focus = project_before(phrase, thing, focus, around)
    role = role_said(phrase, thing, focus, around)
    focus = speak_of(focus, thing, role, around, is_named=True).in_clause(phrase.end)
    is_awarded = bool(thing.subject and thing.subject.then)
    return focus._replace(is_only_named=True, awarded=thing if is_awarded else focus.awarded)


def _role_mentioned(phrase: Mentioned, focus: Focus, around: Around) -> Focus:
    """Take a role for that of who is spoken of; 支出 after income may be expenditure."""
    if phrase.of("SUBJECT"):
        return focus
    # 收入包括…；支出包括…: of the whole that is listed, not of its last part.
    if focus.whole and opens_other_side(phrase, around):
        return back_to_whole(focus.whole, focus, around)
    spent = None if _lists_here(focus) else spent_for(phrase, focus, around)
    if spent is not None and opens_clause(phrase, focus, around):
        role = role_said(phrase, spent, focus, around)
        return speak_of(focus, spent, role, around, is_named=True)
    return focus._replace(role=role_said(phrase, focus.spoken_of, focus, around))


def _lists_here(focus: Focus) -> bool:
    """Tell whether the paragraph lists parts itself, and is not only an entry of a list."""
    return focus.whole is not None and focus.whole is not focus.inherited


def read_lacking(phrase: Lacking, focus: Focus, around: Around) -> Focus:
    """Read that there is none: 无政府性基金预算财政拨款支出, 外事接待费支出为零."""
    if focus.reason or _value_follows(around):
        return focus
    named = [phrase] if phrase.names else names_denied(phrase, focus, around)
    for each in named:
        focus = _state_none(phrase, each, focus, around)
    return focus


def _state_none(phrase: Lacking, named: Phrase, focus: Focus, around: Around) -> Focus:
    thing = named_in(named, focus, around)
    if thing is None or (is_weak(named, around) and thing.topic != around.topic):
        return focus
    if phrase.word.endswith(_NOT_BOUGHT) and thing.name in _VEHICLES:
        thing = Thing("three_public.vehicles_bought")
    words = named if named is phrase else Mark((*named.tokens, *phrase.of("ROLE")))
    role = role_said(words, thing, focus, around)
    if around.text[: phrase.begin].endswith("年初") and role in BUDGET_ROLES | {"actual"}:
        role = "opening_budget"
    focus = focus._replace(thing=thing, role=role, told=(thing, role), is_only_named=False)
    if thing.topic == "performance" and thing.subject and thing.subject.counts:
        # 未开展部门评价: of no project
        thing = thing.as_item(next(iter(thing.subject.counts.values())))
        said = Said(kind=ClaimKind.COUNT)
        return state_word(thing, role, phrase.word, focus, around, said, Decimal(0))
    is_counted = (
        thing.item == "vehicles_bought"
        or is_count_only(thing)
        or bool(thing.subject and thing.subject.none_unit)
    )
    said = Said(kind=ClaimKind.COUNT if is_counted else ClaimKind.AMOUNT)
    return state_word(thing, role, phrase.word, focus, around, said, Decimal(0))


def _value_follows(around: Around) -> bool:
    rest = around.following[:1]
    return bool(rest) and (isinstance(rest[0], Loose) or rest[0].word.type == "TEXT")


def read_attended(phrase: Attended, focus: Focus, around: Around) -> Focus:
    """Read how many attended: 召开业务工作会议，人数45人."""
    counts = phrase.of("COUNT")
    if not counts:
        return focus
    topic = event_topic(focus, around)
    if topic:
        name = attended_event(phrase, around)
        thing = Thing(f"{topic}.event", label=name) if name else Thing(f"{topic}.persons")
        return state_of(counts[0], thing, own_role(around), focus, around)
    if focus.thing is not None and counts_for(focus.thing, counts[0]):
        return state_of(counts[0], focus.thing, focus.role, focus, around)
    return read_unnamed(counts, focus, around)


def read_graded(phrase: Graded, focus: Focus, around: Around) -> Focus:
    """Read a grade: 评价等级为优."""
    grades = _GRADE.findall(phrase.word)
    thing = focus.spoken_of
    if any(each.of("COUNT") for each in words_of_clause(around)):
        return focus  # 1个评为良: read with the number
    is_project = thing is not None and thing.name == "project.total" and bool(thing.label)
    if not grades or not (is_project or around.tells_indicators or around.topic == "execution"):
        return focus
    if thing is not None and is_project:
        thing = Thing("performance.project_grade", label=thing.label)
    else:
        values = focus.group.subject.values if focus.group and focus.group.subject else {}
        thing = Thing(f"performance.{values.get('grade', 'overall_grade')}")
    begin = phrase.begin + phrase.word.rindex(grades[-1])
    word = Token("GRADE", grades[-1], start_pos=begin, end_pos=begin + len(grades[-1]))
    return state_word(thing, "actual", word, focus, around, Said(kind=ClaimKind.GRADE))


def read_loose(phrase: Loose, focus: Focus, around: Around) -> Focus:
    """Read a value that no name stands before."""
    previous = around.previous
    if phrase.of("FUND"):
        return note_fund(phrase, focus, around)
    value = phrase.values[0]
    if previous and previous.of("FUND"):
        return state_fund(previous.of("FUND")[0], value, focus, around)
    if focus.reason:
        return _read_within_reason(phrase, focus, around)
    for read in (_sum_of_list, _named_before, _after_share, _of_section, _of_year, _going_on):
        done = read(value, focus, around)
        if done is not None:
            return done
    return read_unnamed(phrase.values, focus, around)


def _sum_of_list(value: Token, focus: Focus, around: Around) -> Focus | None:
    """Read 合计5万元 behind the parts of a list."""
    previous, whole = around.previous, focus.whole
    is_sum = previous is not None and str(previous.tokens[-1]) in around.wording.entry["sums"]
    if not is_sum or whole is None or value.type != "MONEY":
        return None
    told = around.narrative.claims[whole.index].value if whole.index is not None else None
    if told is not None and told != read_number(value, "").value:
        return None  # 三项合计 of some of the parts
    return state_of(value, whole.thing, whole.role, focus._replace(whole=None), around)


def _named_before(value: Token, focus: Focus, around: Around) -> Focus | None:
    thing = summed_behind(value, focus, around)
    if thing is None:
        return None
    role = role_said(Mark(()), thing, focus, around)
    focus = focus._replace(told=(thing, role), is_only_named=False)
    return state_of(value, thing, role, focus, around)


def _after_share(value: Token, focus: Focus, around: Around) -> Focus | None:
    thing = told_next(value, focus, around)
    return None if thing is None else state_of(value, thing, focus.role, focus, around)


def _of_section(value: Token, focus: Focus, around: Around) -> Focus | None:
    """Read 全年安排5万元, where nothing was named in the section yet but by its heading."""
    if value.type != "MONEY" or focus.thing is not None or focus.is_unread:
        return None
    if around.text[end_of(value) :].startswith(_NAMED_BEHIND):
        return None  # 54万元用于培训费
    section = section_subject(Mark((value,)), focus, around)
    if section is None:
        return None
    role = role_said(Mark(()), section, focus, around)
    focus = speak_of(focus, section, role, around, is_named=True)
    focus = focus._replace(told=(section, role), is_only_named=False)
    return state_of(value, section, role, focus, around)


def _of_year(value: Token, focus: Focus, around: Around) -> Focus | None:
    role, thing = told_of_year(value, focus, around), focus.spoken_of
    return state_of(value, thing, role, focus, around) if role and thing else None


def _going_on(value: Token, focus: Focus, around: Around) -> Focus | None:
    """Read 288人次 in 团组42个、来宾288人次."""
    thing = focus.thing
    if thing is None or not (goes_on(around) or _names_itself(value, around)):
        return None
    # 接待0批次，0人，5万元: what those who were counted cost.
    is_paid = value.type == "MONEY" and focus.counted is not None
    if not is_paid and not counts_for(thing, value):
        return None
    return state_of(value, thing, focus.role, focus, around)


def _names_itself(value: Token, around: Around) -> bool:
    """Tell whether a unit says what is counted, and nothing else does: 拟安排2个团组."""
    is_named = any(each.names for each in words_of_clause(around))
    return value.type == "COUNT" and count_unit(value).endswith("团组") and not is_named


def _read_within_reason(phrase: Loose, focus: Focus, around: Around) -> Focus:
    """Read a count in a reason: of who is spoken of, where its clause names nothing else.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "因公出国费2万元。主要原因是执行培训任务，全年1个批次。")[1]
    'three_public.overseas_groups.actual count 1'
    """
    value = phrase.values[0]
    thing = focus.thing
    if (
        thing is None
        or not counts_for(thing, value)
        or (focus.last and focus.last.topic == "reasons")
    ):
        return read_in_reason(phrase, focus, around)
    if said_before(phrase, focus, around) or is_counted_by_name(value, around):
        return read_in_reason(phrase, focus, around)
    for each in phrase.values:
        focus = state_of(each, thing, focus.role, focus, around)
    return focus
