"""Where clauses, brackets, lists and reasons begin and end.

Knows stops, 其中 and its like, reasons, years and dates. Does not know values.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from lark import Token

from pipelines.domain.disclosure import Claim, ClaimKind, Reading
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import speak_of, thing_of, whole_resumed
from pipelines.normalising.narrative.bases import restated
from pipelines.normalising.narrative.focus import Base, Focus, Reason, Thing, Whole
from pipelines.normalising.narrative.labels import (
    clean_label,
    entries_of,
    label_before,
    numbering,
    without_quotes,
)
from pipelines.normalising.narrative.lexicon import YEAR
from pipelines.normalising.narrative.naming import BUDGET_ROLES
from pipelines.normalising.narrative.phrases import Baseline, Mark, begin_of, end_of
from pipelines.normalising.narrative.sections import READ_IN_OVERVIEW
from pipelines.normalising.narrative.statements import Said, state_value, state_word

SUBORDINATE = re.compile(r"(?:二级机构|下属单位|二级单位)(?P<name>[^，。;、]{3,30}?)(?=[，。;])")
_BODY = re.compile(r"(?P<name>[^，。]{2,30}(?:局|中心|所|队|站|院|馆|机关))$")
# 下设A中心、B站等4个, 下辖派出所9个, 包括A中心。: which there are, and not whose staff follows.
_NEXT_IN_LIST = re.compile(r"、|等|\d+[个家所](?!月)")
_LAST_IN_LIST = re.compile(r"(?:[、和及与即:]|包括|分别[为是]|[下另]设|\d[个家所])$")
# 是县政府的派出机关
_IS_ITSELF = re.compile(r"[是为系].*的$")
_MOVEMENT = re.compile(r"原因|变动|变化|增|减|升|降|差异|上涨|节约|压缩")
_MOVED = (
    ClaimKind.CHANGE,
    ClaimKind.GROWTH,
    ClaimKind.DIRECTION,
    ClaimKind.COMPARISON,
    ClaimKind.COMPLETION,
)
# What may stand between 包括 and the paragraphs of a list: 包括以下项目:
_OPENS_PARAGRAPHS = re.compile(r"(?:(?:以下|下列|如下)[^，。;:]{0,8})?:|")
_PURPOSES = ("主要用于", "用于")


def says_something(phrase: Mark, around: Around) -> bool:
    """Tell whether a word or stop that is part of no other phrase changes anything."""
    kind = phrase.word.type
    if kind == "TEXT":
        return around.topic in READ_IN_OVERVIEW
    return kind in _MARKS and (kind != "BE" or phrase.word == ":")


def read_mark(phrase: Mark, focus: Focus, around: Around) -> Focus:
    """Read a word or stop that is part of no other phrase."""
    reader = _MARKS.get(phrase.word.type)
    return reader(phrase.word, focus, around) if reader else focus


def _next_clause(token: Token, focus: Focus, around: Around) -> Focus:
    is_of_year = around.previous is not None and bool(around.previous.of("YEAR"))
    return focus._replace(clause=end_of(token), year=focus.year if is_of_year else None)


def _next_segment(mark: Token, focus: Focus, around: Around) -> Focus:
    focus = _next_clause(mark, focus, around)._replace(awarded=None, pending=())
    if mark != ";":
        return focus
    focus = focus.without_restatement()
    after = around.text[end_of(mark) : around.end]
    if focus.reason and focus.reason.style and numbering(after) == focus.reason.style:
        return focus
    focus = focus._replace(named=(), reason=None, is_purpose=False)
    focus = focus._replace(is_direction_told=False)
    if whole := whole_resumed(focus, around):
        focus = back_to_whole(whole, focus, around)
    return focus if focus.whole or focus.is_base_shared else focus._replace(base=None)


def back_to_whole(whole: Whole, focus: Focus, around: Around) -> Focus:
    """Speak again of what was listed, outside its list."""
    last = focus.last if whole.index is None else around.narrative.claims[whole.index]
    focus = focus.without_list()._replace(is_unread=False, counted=None, last=last)
    return speak_of(focus, whole.thing, whole.role, around, is_named=False)


def _open(token: Token, focus: Focus, around: Around) -> Focus:
    """Begin a bracket; what it begins with may be a kind of those counted right before.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("机构设置", "编制9名（行政4名、事业5名），在职8人。")[1:3]
    ['staffing.posts.held count 4', 'staffing.posts.held count 5']
    """
    inside = _next_clause(token, focus, around).in_bracket()
    names = [name for each in around.following[:1] for name in each.names]
    thing, last = focus.thing, focus.last
    is_kind = any(around.lexicon.subject(name) == "staffing.kind" for name in names)
    if not is_kind or thing is None or last is None or last.reading is Reading.AMBIGUOUS:
        return inside
    return inside._replace(whole=Whole(thing, focus.role, last.claim_index))


def _close(token: Token, focus: Focus, around: Around) -> Focus:
    return _next_clause(token, focus, around).out_of_bracket()


def _colon(mark: Token, focus: Focus, _around: Around) -> Focus:
    return focus.in_clause(end_of(mark)) if mark == ":" else focus


def _words(token: Token, focus: Focus, around: Around) -> Focus:
    """Remember the body that staff is said to be of, which is not what the office itself is.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("机构设置", "本处是县政府的派出机关，编制4名。")
    ['staffing.posts.held count 4']
    """
    if _is_one_of_list(token, around):
        return focus
    if around.topic not in READ_IN_OVERVIEW or _IS_ITSELF.search(
        around.text[focus.clause : token.start_pos]
    ):
        return focus
    match = _BODY.search(SUBORDINATE.sub(r"\g<name>", str(token)))
    return focus._replace(body=match["name"]) if match else focus


def _is_one_of_list(token: Token, around: Around) -> bool:
    """Tell whether a name only says which bodies there are, beside others or at the end."""
    before, after = around.text[: token.start_pos], around.text[end_of(token) :]
    is_last = bool(_LAST_IN_LIST.search(before))
    return bool(_NEXT_IN_LIST.match(after)) or (is_last and not after[:1].isalnum())


def _in_the_year(token: Token, focus: Focus, around: Around) -> Focus:
    if not label_before(around.folded, focus.clause, begin_of(token)):
        focus = focus.in_clause(end_of(token))
    return focus._replace(year=int(YEAR.findall(token)[0]))


def _last_year(_token: Token, focus: Focus, around: Around) -> Focus:
    before = around.narrative.year_before
    return focus if before is None else focus._replace(year=before)


def _date(token: Token, focus: Focus, around: Around) -> Focus:
    if focus.clause == token.start_pos:
        focus = focus.in_clause(end_of(token))
    is_up_to = around.text[: token.start_pos].endswith(("截至", "截止", "截止到", "到"))
    if not is_up_to or around.topic not in ("assets", "three_public") or "日" not in token:
        return focus
    thing = Thing(f"{around.topic}.as_of")
    return state_word(thing, "held", token, focus, around, Said(kind=ClaimKind.DATE))


def _about(token: Token, focus: Focus, around: Around) -> Focus:
    """Skip what an event was about, up to the end of its segment."""
    rest = around.text[end_of(token) : around.end]
    end = re.search(r"[;。]", rest)
    return focus._replace(read_to=end_of(token) + (end.start() if end else len(rest)))


def _reason(token: Token, focus: Focus, around: Around) -> Focus:
    """Begin a reason, where one is given.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "教育支出（类）决算为3万元，由于年初预算数为0万元，无法计算百分比。"
    >>> said("一般公共预算财政拨款支出", told)[1:]
    ['general_budget.class.opening_budget amount 0']
    """
    if re.match(around.wording.entry["why_no_rate"], around.text[end_of(token) : around.end]):
        return focus
    if token in around.wording.entry["reason_or_not"] and not _explains(token, focus, around):
        return focus
    begin = end_of(token)
    style = numbering(around.text[begin:].lstrip("为是:"), is_introduced=True)
    return focus._replace(reason=Reason(begin, style, focus.base)).in_clause(begin)


def _explains(token: Token, focus: Focus, around: Around) -> bool:
    """Tell whether 主要是 gives a reason: it stands behind a change, and is not what something is.

    来访对象主要是外地同行 gives no reason, though a change stands before it.
    """
    before = around.text[max(focus.clause, around.begin) : token.start_pos]
    said = clean_label(before, around.wording.neutral)
    if said and not _MOVEMENT.search(said):
        return False
    claims = around.narrative.claims
    if not claims or claims[-1].paragraph_index != around.paragraph.index:
        return bool(said)
    return bool(said) or claims[-1].kind in _MOVED


def _former(_word: Token, focus: Focus, around: Around) -> Focus:
    """Speak of the first of the two things named before.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费2万元，因公出国（境）费3万元，前者比上年减少1万元。")[-1]
    'three_public.reception.actual change 1 prior_final'
    """
    return _of_two(focus.named[-2:-1], focus, around)


def _latter(_word: Token, focus: Focus, around: Around) -> Focus:
    """Speak of the second of the two things named before, or of the one told last."""
    return _of_two(focus.named[-1:] or (focus.told[:1] if focus.told else ()), focus, around)


def _of_two(thing: tuple[Thing, ...], focus: Focus, around: Around) -> Focus:
    if not thing:
        return focus._replace(is_unread=True)
    return speak_of(focus, thing[0], focus.role, around, is_named=True)


def _restated(token: Token, focus: Focus, around: Around) -> Focus:
    """Take the comparisons of this segment for ones on another basis: 按同口径, 剔除…因素后."""
    if focus.reason and focus.clause == focus.reason.begin:
        return focus
    narrative, begin = around.narrative, begin_of(token)
    base = focus.base or Base(narrative.prior_role, narrative.year_before)
    if isinstance(around.previous, Baseline):
        text = around.printed(around.previous.begin, end_of(token))
    else:
        text = around.printed(begin, end_of(token))
    return focus._replace(
        reason=None,
        restated=begin,
        is_direction_told=False,
        base=Base(restated(base.role), base.year, text),
    )


def _among(token: Token, focus: Focus, around: Around) -> Focus:
    focus = focus.in_clause(end_of(token))
    if token.start_pos == around.begin:
        focus = _back_to_head(focus, around)
    return open_parts(token, _spent(token, focus, around), around)


def open_parts(word: Token, focus: Focus, around: Around) -> Focus:
    """Take what follows for parts of what is spoken of, where values follow."""
    focus = focus.in_clause(end_of(word))
    indicators = _indicators(focus)
    if indicators is not None:
        return focus._replace(whole=indicators)
    thing, last = focus.thing, focus.last
    if focus.reason:
        return focus
    if last is not None and last.reading is Reading.AMBIGUOUS:
        # The parts of an unknown whole are unknown.
        is_unknown = focus.is_foreign or last.kind is not ClaimKind.COUNT
        return focus.without_list()._replace(is_foreign=is_unknown)
    if thing is None:
        return focus
    listed = _list_of(thing, around)
    done = _read_list(word, thing, listed, focus, around) if listed else None
    return done or _open_where_values_follow(word, thing, focus, around)


def _open_where_values_follow(word: Token, thing: Thing, focus: Focus, around: Around) -> Focus:
    after = around.text[end_of(word) : around.end]
    if not re.search(r"\d", after) and not _OPENS_PARAGRAPHS.fullmatch(after):
        return focus._replace(read_to=around.end) if word.startswith(_PURPOSES) else focus
    is_opened = after.startswith(":") or any(each.of("ITEM") for each in around.following[:1])
    if word == "主要用于" and not is_opened:
        return focus._replace(is_purpose=True)
    return _open_list(thing, focus, around)


def _back_to_head(focus: Focus, around: Around) -> Focus:
    """Speak again of what the sentence before was about: 收入5万元，包括…。其中：…."""
    claims, begin = around.narrative.claims, focus.heads[0]
    if begin >= len(claims):
        return focus
    first = claims[begin]
    if first.kind is not ClaimKind.AMOUNT or thing_of(first, around).subject is None:
        return focus
    # 预算为5万元，决算为4万元。其中：… are parts of the latter.
    head = next(
        (
            claim
            for claim in claims[begin:]
            if claim.kind is ClaimKind.AMOUNT
            and (claim.topic, claim.item) == (first.topic, first.item)
            and claim.role == around.narrative.own_role
        ),
        first,
    )
    return focus._replace(thing=thing_of(head, around), role=head.role, last=head)


def _spent(word: Token, focus: Focus, around: Around) -> Focus:
    """Speak of the outturn told before a budget: no budget is what money went to.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "教育支出（类）5万元。年初预算4万元，完成年初预算的125%。主要用于初中教育5万元。"
    >>> said("一般公共预算财政拨款支出", told)[-1]
    'general_budget.item.actual amount 5'
    """
    thing, own = focus.thing, around.narrative.own_role
    if "用于" not in word or thing is None or focus.role not in BUDGET_ROLES - {own}:
        return focus
    told = around.narrative.claims[-1:]
    if told and told[0].role == own and told[0].kind is ClaimKind.COMPLETION:
        focus = focus._replace(role=own)
    elif word.start_pos != around.begin:
        return focus  # 年初预算4万元，主要用于…: what the budget was for
    for claim in reversed(around.narrative.claims):
        if claim.paragraph_index != around.paragraph.index:
            break
        is_of_thing = (f"{claim.topic}.{claim.item}", claim.item_label) == (thing.name, thing.label)
        if is_of_thing and claim.role == own and claim.kind is ClaimKind.AMOUNT:
            return focus._replace(role=own, last=claim)
    return focus


def _open_list(thing: Thing, focus: Focus, around: Around) -> Focus:
    """Take what follows for parts of the amount stated last, or of the thing as such."""
    last = focus.last
    if last is not None and last.kind is ClaimKind.AMOUNT:
        index: int | None = last.claim_index
    else:
        index = claim_of(focus.counted or thing, focus.role, around)
    whole = Whole(focus.counted or thing, focus.role, index)
    return focus._replace(whole=whole, list_role=focus.role)


def _indicators(focus: Focus) -> Whole | None:
    """The indicator whose parts follow, None where none was told last."""
    last = focus.last
    if last is None or last.topic != "performance" or last.reading is not Reading.CLEAR:
        return None
    if last.item.partition(".")[0] not in ("indicator", "fund_balance", "fund_income"):
        return None
    return Whole(Thing("performance.indicator"), last.role, last.claim_index)


def claim_of(thing: Thing, role: str, around: Around) -> int | None:
    """The claim of this sentence or paragraph that states a thing's own value."""
    for claim in reversed(around.narrative.claims):
        if claim.paragraph_index < around.paragraph.index - 1:
            return None
        if _is_value_of(claim, thing, role):
            return claim.claim_index
    return None


def _is_value_of(claim: Claim, thing: Thing, role: str) -> bool:
    named = (claim.topic, claim.item, claim.role) == (thing.topic, thing.item, role)
    return named and claim.kind in (ClaimKind.AMOUNT, ClaimKind.COUNT)


def _list_of(thing: Thing, around: Around) -> str:
    """What the entries of a list of names are, '' where no such list is expected."""
    if thing.name == "basic.class":
        is_paid_to_people = any(word in thing.label for word in ("个人", "工资"))
        return "basic.personnel_item" if is_paid_to_people else "basic.public_item"
    if thing.topic == "basic" and thing.subject and thing.subject.list_of:
        return thing.subject.list_of
    return "project.item" if _is_project(thing, around) else ""


def _is_project(thing: Thing, around: Around) -> bool:
    return thing.topic == "project" and bool(thing.label) and around.topic == "project_list"


def _read_list(
    token: Token, thing: Thing, listed: str, focus: Focus, around: Around
) -> Focus | None:
    """Read a list of names, with or without amounts, as parts of a thing."""
    entries = list(entries_of(around.text, end_of(token), around.end))
    if not entries:
        return None
    whole = claim_of(thing, focus.role, around)
    group = thing.label if listed == "project.item" or thing.name == "basic.class" else ""
    for entry in entries:
        label = without_quotes(around.printed(entry.begin, entry.end))
        part = Thing(listed, label=label, group=group)
        said = Said(whole=whole)
        if entry.value is None:
            begin, end = entry.begin, entry.end
            name = Token("TEXT", around.text[begin:end], start_pos=begin, end_pos=end)
            said = replace(said, kind=ClaimKind.NAME)
            focus = state_word(part, focus.role, name, focus, around, said)
        else:
            begin, end = entry.value
            value = Token("MONEY", around.text[begin:end], start_pos=begin, end_pos=end)
            focus = state_value(part, focus.role, value, focus, around, said)
    return focus._replace(read_to=entries[-1].read_to)


_MARKS: Mapping[str, Callable[[Token, Focus, Around], Focus]] = {
    "SEP": _next_clause,
    "AND": _next_clause,
    "STOP": _next_segment,
    "OPEN": _open,
    "CLOSE": _close,
    "AMONG": _among,
    "REASON": _reason,
    "ABOUT": _about,
    "ENUM": _next_clause,
    "YEAR": _in_the_year,
    "LAST": _last_year,
    "DATE": _date,
    "BE": _colon,
    "TEXT": _words,
    "RESTATED": _restated,
    "FORMER": _former,
    "LATTER": _latter,
}
