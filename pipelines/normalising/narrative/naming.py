"""What a phrase names: the thing, and which quantity of it.

Knows topics, items and roles, and the words before a name that make it another thing. Does not
know who is spoken of where nothing is named; that is attachment's.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile

from lark import Token

from pipelines.domain.disclosure import ClaimKind, DocumentKind, Part, Reading
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.focus import Focus, Thing
from pipelines.normalising.narrative.labels import clean_label, without_quotes
from pipelines.normalising.narrative.lexicon import (
    Subject,
    any_of,
    function_level,
    item_named,
    project_named,
)
from pipelines.normalising.narrative.phrases import Mentioned, Phrase, Stated, begin_of, end_of
from pipelines.recognising.wording import squash

HELD_TOPICS = frozenset({"assets", "staffing", "organisation"})
FUND_TOPICS = frozenset({"general_budget", "government_fund", "state_capital"})
EVENT_TOPICS = ("meetings", "training", "festivals")
# Their words are common enough to stand behind those of other topics: 三公经费总支出.
GENERAL_TOPICS = frozenset({"income", "expenditure", "income_expenditure"})
BUDGET_ROLES = frozenset({"budget", "opening_budget", "adjusted_budget"})
FUND_NAMES = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|财政拨款")
_ITEM_PART = re.compile(r"\((?P<code>\d*)(?P<level>[类款项])\)")
_ITEM_LEVELS = {"类": "class", "款": "subclass", "项": "item"}
# 文物（207）文物（02）博物馆（05）
_CODE_PART = re.compile(r"\((\d{2,3})\)")
# “教育支出”（类）
_QUOTED_NAME = re.compile(r"“([^“”]*)”(?=[（(]\d*[类款项])")
_CODE_LEVELS = {3: "class", 5: "subclass"}
_SORT_OF_OFFICES = re.compile(r"(?:职能|业务|行政)[科处]室")
_OFFICES = re.compile(
    r"[^，。、;:\d]*(?:[科处]室|机构)(?:共|为)?\d+个|\d+个[^，。、;:\d]*(?:[科处]室|机构)"
)
_COUNTED = re.compile(r"\d[个名家]$")
# 本部门及所属单位收入总计: all that the department answers for.
_WITH_OWN = re.compile(r"(?:部门|单位|本级|机关|[局委厅院校办])(?:[及和与、]|以及)$")
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}年度?")
# 已建成水窖20处, 完成了20处
_DONE = re.compile(r"[了已]")
_BUDGET_NAMES = ("预算", "预算数", "预算收入", "预算支出", "总预算", "预算金额", "预算总额")
# In their own sections these are meant whatever stands before: 科研站运行经费.
_OWN_NAMES = frozenset({"operating_cost"})
_LISTS_OF_CLASSES = ("basic.class", "project.class", "basic.total", "expenditure.economic")
# Topics that 类, 款 and 项 are of.
_SPENT_TOPICS = ("expenditure", "appropriation", *FUND_TOPICS)
# Sections on all money, whoever it is from.
_OF_ALL_MONEY = ("income_expenditure", "expenditure")


def is_part(thing: Thing, whole: Thing) -> bool:
    """Tell whether a thing can be part of another: people are none of offices and of bodies.

    >>> is_part(Thing("staffing.posts"), Thing("staffing.offices"))
    False
    >>> is_part(Thing("staffing.posts"), Thing("staffing.staff"))
    True
    """
    bodies = [each.name in ("staffing.offices", "organisation.units") for each in (thing, whole)]
    return thing.topic not in ("staffing", "organisation") or bodies[0] == bodies[1]


def named_in(phrase: Phrase, focus: Focus, around: Around) -> Thing | None:
    """The thing that a phrase names, None where it names a role only or nothing known."""
    named = phrase.names
    if not named:
        return None
    token = named[-1]
    if token.type == "ITEM":
        return _item(token, focus, around)
    if token.type == "PROJECT":
        known = around.wording.subjects["project.total"]
        return Thing("project.total", label=project_named(token), subject=known)
    return _subject(token, focus, around, is_led=phrase.tokens[0] is not token)


def _item(token: Token, focus: Focus, around: Around) -> Thing:
    label = without_quotes(around.printed(begin_of(token), end_of(token)))
    label = _QUOTED_NAME.sub(r"\1", label)
    path = item_named(token)
    parts = list(_ITEM_PART.finditer(path))
    pieces = _CODE_PART.findall(path)
    if parts and len(pieces) < len(_ITEM_LEVELS) - 1:
        level, code = _ITEM_LEVELS[parts[-1]["level"]], "".join(part["code"] for part in parts)
        code = code or "".join(pieces)
    elif level := function_level(path):
        code = ""
    else:
        codes = re.findall(r"2[0-3]\d(?:\d{2}){0,2}", path)
        code = "".join(pieces) if len(pieces) > 1 else codes[-1]
        level = _CODE_LEVELS.get(len(code), "item")
        label = label if len(pieces) > 1 else re.sub(r"[\d-]+|[(（]\d+[)）]", "", label)
    return _part(level, focus, around, label, code)


def _part(level: str, focus: Focus, around: Around, label: str, code: str = "") -> Thing:
    """A 类, 款 or 项 of whatever the section, list or sentence is on."""
    return _part_of(_topic_of_parts(focus, around), level, label, code)


def _part_of(topic: str, level: str, label: str, code: str = "") -> Thing:
    """A 类, 款 or 项 of a topic, with its fund if it is one."""
    fund = topic if topic in FUND_TOPICS else ""
    return Thing(f"{topic}.{level}", label=label, code=code, fund=fund)


def _topic_of_parts(focus: Focus, around: Around) -> str:
    """What 类, 款 and 项 are parts of: one fund's expenditure, all funds', or all money."""
    if around.topic in FUND_TOPICS:
        return around.topic
    spoken_of = focus.whole.thing if focus.whole else focus.thing
    topic = "appropriation" if around.topic.startswith("appropriation") else "expenditure"
    if spoken_of is not None and _is_spent_by_fund(spoken_of, focus):
        return spoken_of.item
    if focus.whole is not None and is_appropriation(focus.whole.thing):
        return _only_fund(around) or "appropriation"
    if spoken_of is None or not spoken_of.is_total:
        only = _only_fund(around) if topic == "appropriation" else ""
        return _topic_of_list(around) or only or topic
    if spoken_of.topic not in FUND_TOPICS:
        return topic
    funds = set() if focus.whole else _funds_before(around)
    return topic if len(funds) > 1 else next(iter(funds), spoken_of.topic)


def is_appropriation(thing: Thing) -> bool:
    """Tell whether a thing is what of all income or expenditure is 财政拨款."""
    return thing.item == "appropriation" and thing.topic in ("income", "expenditure")


def _is_spent_by_fund(thing: Thing, focus: Focus) -> bool:
    """Tell whether what follows is what one fund spends: its list, or all that was named of it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "政府性基金支出按功能分类：城乡社区支出5万元。")
    ['government_fund.class.actual amount 5']
    >>> said("收入支出", "政府性基金支出5万元。按功能分类：城乡社区支出5万元。")[-1]
    'expenditure.class.actual amount 5'
    """
    is_spent = thing.item in FUND_TOPICS and thing.topic != "income"
    return is_spent and (focus.whole is not None or focus.is_only_named)


def _funds_before(around: Around) -> set[str]:
    """The funds whose expenditure the section told last, where this paragraph tells none.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "一般公共预算财政拨款支出9万元，政府性基金预算财政拨款支出{}万元。"
    >>> said("财政拨款支出", told.format(2), "1、教育支出（类）6万元。")[-1]
    'appropriation.class.actual amount 6'
    >>> said("财政拨款支出", told.format(0), "1、教育支出（类）6万元。")[-1]
    'general_budget.class.actual amount 6'
    """
    path, told = around.paragraph.section_path, dict[int, set[str]]()
    for claim in takewhile(
        lambda claim: claim.section_path == path, reversed(around.narrative.claims)
    ):
        if claim.topic in FUND_TOPICS and claim.item == "total" and claim.value:
            told.setdefault(claim.paragraph_index, set()).add(claim.topic)
    last = max(told, default=around.paragraph.index)
    return set() if last == around.paragraph.index else told[last]


def _only_fund(around: Around) -> str:
    """The fund that all 财政拨款 is from: the one that the document tells as much of, else ''.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "支出9万元，其中：财政拨款支出8万元。财政拨款支出中，一般公共预算支出{}万元。"
    >>> item = "财政拨款支出主要内容如下：", "1.“教育支出”科目7万元。"
    >>> said("支出", told.format(8), *item)[-1]
    'general_budget.class.actual amount 7'
    >>> said("支出", told.format(7), *item)[-1]
    'appropriation.class.actual amount 7'
    """
    role, whole, funds = around.narrative.own_role, None, dict[str, Decimal | None]()
    for claim in around.narrative.claims:
        if claim.kind is not ClaimKind.AMOUNT or claim.role != role or not claim.value:
            continue
        name = f"{claim.topic}.{claim.item}"
        fund = claim.topic if claim.item == "total" else claim.item
        if is_appropriation(Thing(name)):
            whole = claim.value
        elif fund in FUND_TOPICS:
            funds[fund] = claim.value
    return next((fund for fund, told in funds.items() if told == whole), "")


def _topic_of_list(around: Around) -> str:
    """The topic of the 类, 款 or 项 told before in the section: all of one list are of one.

    '' where none was told, or a total since.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("财政拨款支出", "一般公共预算财政拨款支出9万元。", "1、2050203初中教育6万元。", \
"2、2210203购房补贴3万元。")[1:]
    ['general_budget.item.actual amount 6', 'general_budget.item.actual amount 3']
    """
    path = around.paragraph.section_path
    for claim in reversed(around.narrative.claims):
        if claim.section_path != path:
            break
        if claim.topic not in _SPENT_TOPICS or claim.reading is not Reading.CLEAR:
            continue
        name = f"{claim.topic}.{claim.item}"
        if claim.item in _ITEM_LEVELS.values():
            return claim.topic
        if Thing(name).is_total or claim.item in FUND_TOPICS:
            break
    return ""


def _subject(token: Token, focus: Focus, around: Around, *, is_led: bool) -> Thing | None:
    key = around.lexicon.subject(token)
    if key is None:
        return None
    subject = around.wording.subjects[key]
    if str(token) in subject.echoes and _is_like(focus.thing, subject):
        return None if _is_disguised(token, subject, focus, around) else focus.thing
    if _is_another_thing(token, subject, focus, around, is_led=is_led):
        return None
    if subject.topic == "function_class":
        return _part("class", focus, around, label=str(token))
    if subject.is_label:
        return _economic_class(token, subject, focus, around)
    if subject.is_relative:
        return _relative(subject, str(token), focus, around)
    return _named(token, subject, focus, around)


def _named(token: Token, subject: Subject, focus: Focus, around: Around) -> Thing:
    """The thing that a word names by itself, with the names that tell several of a kind apart."""
    words = str(token)
    if subject.name == "project.total" and not focus.project and words in around.wording.anchors:
        # All projects' where no one project is spoken of: 安排项目支出46万元.
        subject = around.wording.subjects[around.wording.anchors[words]]
    if subject.name == "project.income" and focus.project:
        # 年度预算安排 in a project's own section
        planned: Mapping[str, str] = around.wording.entry["planned_for_project"]
        subject = around.wording.subjects[planned[words]] if words in planned else subject
    within: Mapping[str, str] = around.wording.entry["within"].get(words, {})
    if focus.thing is not None and focus.thing.name in within:
        subject = around.wording.subjects[within[focus.thing.name]]
    label = focus.project if subject.topic == "project" else ""
    if subject.is_named or subject.topic == "organisation":
        label = words.removesuffix("的")
    if subject.name == "staffing.staff" and _is_of_posts(token, focus, around):
        # 编制67人，其中工勤人员3人: a kind of the posts.
        subject = around.wording.subjects["staffing.posts"]
    elif words == "实际" and focus.thing is not None and focus.thing.name == "staffing.posts":
        label = focus.thing.label  # 行政编制92人，实际88人
    body = focus.body if subject.topic == "staffing" else ""
    fund = subject.fund or fund_in(words)
    return Thing(subject.name, label=label, group=body, fund=fund, subject=subject)


def _is_of_posts(token: Token, focus: Focus, around: Around) -> bool:
    """Tell whether people are named for the posts whose list they stand in.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("机构设置", "编制8人，其中工勤人员3人；在职人员7人，其中工勤人员2人。")
    ['staffing.posts.held count 8', 'staffing.posts.held count 3', \
'staffing.staff.held count 7', 'staffing.staff.held count 2']
    """
    thing, whole = focus.thing, focus.whole.thing if focus.whole else None
    if thing is None or whole is None or {thing.name, whole.name} != {"staffing.posts"}:
        return False
    said_of_staff = (str(token), whole.label, _bare_before(token, focus, around))
    return not any(words.startswith(("在", "实", "现")) for words in said_of_staff)


def _is_like(thing: Thing | None, subject: Subject) -> bool:
    """Tell whether what was named before is received, or counted, as a subject is."""
    if thing is None or thing.subject is None or thing.topic != subject.topic:
        return False
    return thing.item.startswith(("reception", "foreign"))


def _is_another_thing(
    token: Token, subject: Subject, focus: Focus, around: Around, *, is_led: bool
) -> bool:
    """Tell whether the words before make it another thing than its subject."""
    if _is_disguised(token, subject, focus, around) or _is_verb(token, around):
        return True
    if _is_one_sort(token, around):
        return True
    if subject.topic == around.topic and around.topic in _OWN_NAMES:
        return False
    alone = str(token) in subject.weak or str(token) in subject.unglued
    if not alone or is_led:
        return False
    bare = _bare_before(token, focus, around)
    if subject.topic in HELD_TOPICS and _COUNTED.search(bare):
        return False  # 等3个科室: the number stands right before what it counts.
    return bool(bare) and not bare.isdigit()


def _is_verb(token: Token, around: Around) -> bool:
    """Tell whether a word for a thing is what somebody does: 编制了绩效目标 names no posts."""
    objects = around.wording.entry["verbs_before"].get(str(token))
    return bool(objects) and bool(re.match(objects, around.text[end_of(token) :]))


def _is_one_sort(token: Token, around: Around) -> bool:
    """Tell whether a sort of offices is told beside others: 业务科室9个、行政科室5个."""
    if not _SORT_OF_OFFICES.match(token):
        return False
    counted = _OFFICES.finditer(around.text, around.begin, around.end)
    return any(not match.start() <= begin_of(token) < match.end() for match in counted)


def _bare_before(token: Token, focus: Focus, around: Around) -> str:
    """What stands right before a word in its clause, without words that say nothing."""
    before = around.text[focus.clause : token.start_pos]
    # What stands before the year is whose: 某局2024年决算总计.
    return clean_label(_YEAR_SAID.split(before)[-1], around.wording.neutral)


def _is_disguised(token: Token, subject: Subject, focus: Focus, around: Around) -> bool:
    """Tell whether the word before makes it another thing: 人均接待费, 其他资金收入总计."""
    before = around.text[around.begin : token.start_pos]
    words = list(around.wording.entry["disguises"])
    if subject.topic in GENERAL_TOPICS:
        words.extend(around.wording.entry["funds"])
    disguise = next((word for word in words if before.endswith(word)), "")
    if disguise and not _WITH_OWN.search(before.removesuffix(disguise)):
        return True
    if subject.topic not in (*GENERAL_TOPICS, "appropriation") or not Thing(subject.name).is_total:
        return False
    qualifiers = any_of(around.wording.entry["qualifiers"])
    return bool(re.search(qualifiers, _bare_before(token, focus, around)))


def _fund_of_whole(subject: Subject, focus: Focus, around: Around) -> Thing | None:
    """The part of a whole that one fund pays for: 收入10万元，其中：一般公共预算8万元."""
    if focus.whole is None:
        return None
    topic = focus.whole.thing.topic
    own = {"income_expenditure": "income", "income": "income"}.get(topic, topic)
    key = f"{own}.{subject.item}"
    known = around.wording.subjects.get(key)
    return Thing(key, fund=subject.item, subject=known) if known else None


def _kind_of_staff(words: str, focus: Focus) -> Thing | None:
    """A kind of the posts or people whose list it stands in: 编制71名，其中事业32名."""
    whole = focus.whole.thing if focus.whole else None
    if whole is None or whole.topic != "staffing":
        return None
    told = focus.thing.name if focus.thing else ""
    name = told if told in ("staffing.posts", "staffing.staff") else whole.name
    name = "staffing.staff" if name == "staffing.total" else name
    return Thing(name, label=words, group=focus.body)


def fund_in(words: str) -> str:
    """The fund that words begin with, '' where they begin with none.

    >>> fund_in("政府性基金预算支出")
    'government_fund'
    """
    if words.startswith("一般公共预算"):
        return "general_budget"
    if words.startswith("政府性基金"):
        return "government_fund"
    return "state_capital" if words.startswith("国有资本") else ""


def _economic_class(token: Token, subject: Subject, focus: Focus, around: Around) -> Thing | None:
    if str(token) in subject.weak and not _lists_classes(focus):
        topic = _topic_of_classes(around)
        return _part_of(topic, "class", str(token)) if topic else None
    if around.paragraph.part is Part.NARRATIVE and around.topic in _OF_ALL_MONEY:
        return Thing("expenditure.economic", label=str(token))
    is_projects = focus.whole is not None and focus.whole.thing.item == "project"
    return Thing("project.class" if is_projects else "basic.class", label=str(token))


def _topic_of_classes(around: Around) -> str:
    """The topic whose 类 the section lists, '' where it lists none or what is below them.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "（一）教育支出决算数为6万元。", "（二）其他支出决算数为3万元。"
    >>> said("一般公共预算财政拨款支出", *told)[-1]
    'general_budget.class.actual amount 3'
    """
    path, claims = around.paragraph.section_path, around.narrative.claims
    for claim, before in pairwise([*reversed(claims), None]):
        if claim is None or claim.section_path != path:
            break
        if before is not None and before.paragraph_index == claim.paragraph_index:
            continue  # What a 类 is spent on stands behind it.
        if claim.topic in _SPENT_TOPICS and claim.item in _ITEM_LEVELS.values():
            return claim.topic if claim.item == "class" else ""
    return ""


def _lists_classes(focus: Focus) -> bool:
    """Tell whether a class of the economic classification was named before."""
    wholes = (focus.thing, focus.whole.thing if focus.whole else None)
    return any(thing is not None and thing.name in _LISTS_OF_CLASSES for thing in wholes)


def _relative(subject: Subject, words: str, focus: Focus, around: Around) -> Thing | None:
    """What a word says that speaks of what was named before: its fund, its kind, its projects."""
    if subject.topic == "bare_fund":
        return _fund_of_whole(subject, focus, around)
    if subject.topic == "staffing":
        return _kind_of_staff(words, focus)
    if focus.group is None and subject.is_named and (told := _evaluated_behind(around)):
        return told
    return _of_evaluation(subject, words, focus)


def _evaluated_behind(around: Around) -> Thing | None:
    """The evaluation that the clause names behind a number of projects, None where it names none.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("绩效自评", "我局对二级项目6个全面开展绩效自评，涉及资金9万元。")
    ['performance.self_evaluation_projects.actual count 6', \
'performance.self_evaluation_funds.actual amount 9']
    """
    if not isinstance(around.phrases[around.position], Stated):
        return None
    for phrase in around.following:
        if phrase.of("SEP", "AND", "STOP"):
            return None
        for token in phrase.of("SUBJECT"):
            subject = around.wording.subjects[around.lexicon.subject(token) or ""]
            if subject.topic == "performance" and not subject.is_relative and subject.counts:
                return Thing(subject.name, subject=subject)
    return None


def _kind_counted(focus: Focus) -> str:
    """The kind of projects counted right before in the list of an evaluation's, '' where none is.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "设定绩效目标的项目3个，涉及资金9万元，其中：运转类项目1个，涉及资金2万元。"
    >>> said("绩效目标", told)[-1]
    'performance.target_funds.actual amount 2'
    """
    last = focus.last
    if focus.whole is None or last is None or last.topic != "performance":
        return ""
    is_kind = last.kind is ClaimKind.COUNT and last.item.endswith("_projects")
    return last.item_label if is_kind else ""


def _of_evaluation(subject: Subject, words: str, focus: Focus) -> Thing | None:
    """What words such as 涉及资金 are of: the evaluation named before."""
    group = focus.group
    if group is None or group.subject is None:
        return None
    if "amount" in subject.values and "amount" in group.subject.values:
        label = _kind_counted(focus) or group.label
        return replace(group, label=label, fund=fund_in(words.removeprefix("涉及")))
    if not subject.counts:
        return None
    return replace(group, label=words) if subject.is_named else group


def is_weak(phrase: Phrase, around: Around) -> bool:
    """Tell whether a phrase names something by words that are common elsewhere too."""
    return any(
        (key := around.lexicon.subject(token)) is not None
        and str(token) in around.wording.subjects[key].weak
        for token in phrase.of("SUBJECT")
    )


def is_compound(around: Around) -> bool:
    """Tell whether the phrase goes on with the name right before it: 三公经费|总支出."""
    previous, phrase = around.previous, around.phrases[around.position]
    return isinstance(previous, Mentioned) and previous.end == phrase.begin


def role_said(phrase: Phrase, thing: Thing | None, focus: Focus, around: Around) -> str:
    """The role that a phrase's words give, else the list's, else the document's."""
    said = [around.wording.roles[str(token)] for token in phrase.of("ROLE")]
    strong = [role for role in said if role != "spending"]
    if thing and thing.subject and thing.subject.role:
        strong.append(thing.subject.role)
    is_performance = thing is not None and thing.topic == "performance"
    words = "" if is_performance else FUND_NAMES.sub("", "".join(phrase.of("SUBJECT")))
    if not strong and words.endswith(_BUDGET_NAMES):
        strong = ["budget"]
    if words.startswith("年初预算"):
        strong = ["opening_budget"]
    if thing and thing.topic in HELD_TOPICS and "planned" not in strong:
        strong = []
    is_budget = around.narrative.kind is DocumentKind.BUDGET
    if is_budget and phrase.of("MONEY") and thing and thing.topic not in HELD_TOPICS:
        # 拟采购货物110万元: money that is planned is budgeted.
        strong = [each for each in strong if each != "planned"]
    is_unsaid = not said
    role = strong[-1] if strong else role_unsaid(thing, focus, around, is_listed=is_unsaid)
    return role_of_kind(_in_year(role, thing, focus, around), around)


def role_unsaid(
    thing: Thing | None, focus: Focus, around: Around, *, is_listed: bool = True
) -> str:
    """The role of what says none: that of the list it stands in, else the document's own."""
    if thing and thing.topic in HELD_TOPICS:
        return "planned" if focus.is_planned or focus.list_role == "planned" else "held"
    if focus.list_role and is_listed:
        return focus.list_role
    return own_role(around)


def own_role(around: Around) -> str:
    """The role of what says none; a budget's section on last year's accounts tells those.

    In a budget's section headed 2022年“三公”经费决算情况, 支出 is what was spent.
    """
    return "actual" if _is_on_accounts(around) else around.narrative.own_role


def _is_on_accounts(around: Around) -> bool:
    heading = around.paragraph.section_path[-1] if around.paragraph.section_path else ""
    is_budget = around.narrative.kind is DocumentKind.BUDGET
    return is_budget and "决算" in heading and "预算" not in heading


def year_of(focus: Focus, around: Around) -> int | None:
    """The year the clause names, else the one that the heading of a budget's section names."""
    if focus.year is not None or not _is_on_accounts(around):
        return focus.year
    named = _YEAR_SAID.findall(squash(around.paragraph.section_path[-1]))
    return int(named[0][:4]) if len(named) == 1 else None


def is_target(focus: Focus, around: Around) -> bool:
    """Tell whether what is achieved is still to be: a budget tells it of its own year.

    Final accounts tell it of a later year.

    >>> from pipelines.domain.disclosure import DocumentKind
    >>> from pipelines.normalising.narrative.examples import said
    >>> said("主要工作", "新建水窖20处。2022年新建水窖15处。", kind=DocumentKind.BUDGET)
    ['performance.indicator.planned count 20', 'performance.indicator.actual count 15']
    >>> said("主要工作", "2023年新建水窖15处。2024年新建水窖20处。", fiscal_year=2023)
    ['performance.indicator.actual count 15', 'performance.indicator.planned count 20']
    """
    own = around.narrative.fiscal_year
    if around.narrative.kind is not DocumentKind.BUDGET:
        return focus.year is not None and own is not None and focus.year > own
    if _DONE.search(around.text[focus.clause : around.phrases[around.position].begin]):
        return False
    if focus.year is not None and own is not None:
        return focus.year >= own
    heading = squash(around.paragraph.section_path[-1]) if around.paragraph.section_path else ""
    years = {int(year[:4]) for year in _YEAR_SAID.findall(heading)}
    return own is None or not years or max(years) >= own


def role_of_kind(role: str, around: Around) -> str:
    """What 执行数 and 年初预算 are in a document of this kind.

    执行数 is the outturn in final accounts, that of the year before in a budget; which is itself
    what is budgeted at the beginning of its year.

    >>> from pipelines.domain.disclosure import DocumentKind
    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "“三公”经费年初预算数9万元。", kind=DocumentKind.BUDGET)
    ['three_public.total.budget amount 9']
    >>> said("“三公”经费", "“三公”经费年初预算数9万元。")
    ['three_public.total.opening_budget amount 9']
    """
    is_budget = around.narrative.kind is DocumentKind.BUDGET
    if role == "execution":
        return "prior_execution" if is_budget else "actual"
    return "budget" if is_budget and role == "opening_budget" else role


def _in_year(role: str, thing: Thing | None, focus: Focus, around: Around) -> str:
    year, own = year_of(focus, around), around.narrative.fiscal_year
    if year is None or own is None or (thing and thing.topic in (*HELD_TOPICS, "performance")):
        return role
    shifts: Mapping[str, str] = around.wording.entry["a_year_before"]
    return shifts.get(role, role) if year == own - 1 else role
