"""Values that no known thing stands before.

Knows indicators, results of funds, parts of projects and lists of items; whatever is left is kept
as ambiguous.
"""

import re
from dataclasses import replace
from math import prod

from lark import Token

from pipelines.domain.disclosure import ClaimKind, DocumentKind, Reading
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.attachment import (
    PAYS_FOR,
    amount_of,
    cost_item,
    counts_for,
    is_numbered,
    speak_of,
    subject_of_heading,
    thing_counted,
    thing_of,
)
from pipelines.normalising.narrative.focus import Focus, Thing, Whole
from pipelines.normalising.narrative.labels import ENUMERATED, label_before
from pipelines.normalising.narrative.naming import (
    EVENT_TOPICS,
    fund_in,
    named_in,
    role_said,
    role_unsaid,
)
from pipelines.normalising.narrative.phrases import Completed, Mark, Mentioned, begin_of, end_of
from pipelines.normalising.narrative.printed import count_unit, read_number
from pipelines.normalising.narrative.readers.values import state_indicator, state_of
from pipelines.normalising.narrative.sections import READ_IN_OVERVIEW
from pipelines.normalising.narrative.statements import NOTHING_KNOWN, Said, state_ambiguous

_EVENTS = ("会议", "培训", "会")
_PROJECT_UNITS = ("个", "项")
_ASSETS = re.compile(r"资产(?:账面)?(?:原值|净值|余额|总值|价值)?$")
_PROJECTS = re.compile(r"(?:支出)?项目(?=[，。;、])")
_PROJECT_BUDGET = re.compile(r"项目\d[\d,.]*(?:万元|亿元|元)")
_ARE_THERE = re.compile(r"(?:本年度?|全年|年度|当年)?(?:共有|共实施|实施|安排|共安排|共)?")
# 2辆公务用车燃油费, but not 2辆公务用车购置
_CARS_BEHIND = re.compile(r"(?:公务用车|公务车辆?|公车|车辆)的?(?!购置|购买|更新|报废|处置)")
# Totals whose parts are always the same few.
_SUMS_OF = ("three_public.total", "basic.total")
# 每座补助, 车均运行维护费
_EACH = re.compile(r"(?:每[^，。;:、\d]|[人车次户批]均|平均每|单[车台位]价?)[^，。;:、\d]{0,10}")
_RUNNING = "three_public.vehicle_operation"
_GOT, _SCORE = "得", "得分"
_OF_ONE = "what one of several costs"
_ACTING_UNITS = re.compile(r"(?:下属|所属|二级|基层)?(?:预算|决算)?单位(?![，。；;、)]|$)")
_PEOPLE = ("人", "名", "位")
_LABEL_MAX = 16
_PROJECT_MAX = 30
_WORTH = re.compile(r"(?:金额|价值|总额|账面)?(?:合计|共计|总计)?$")
_SOURCE = re.compile(
    r"(?:当年|上年|年初|本级|中央|省级|市级|县级)?(?:财政拨款|财政资金|财政性资金|其他资金|自有资金|自筹资金|单位资金|结转和?结余|结转)(?:资金|收入)?"
)
_ONLY_WORTH = re.compile(
    r"(?:账面|评估|总|资产)?(?:价值|原值|净值|余额)(?:合计|共计|总计)?|账面(?:金额|总额)"
)
# 处置车辆, 出租房屋
_PARTED = re.compile(
    r"(?:共计?|累计|其中)*(?P<label>(?P<way>处置|报废报损|报废|报损|无偿调出|调出|出租出借|出租|出借)"
    r"(?:了)?[^，。;:、\d收]{1,16})"
)
_EARNED = re.compile(r"(?:国有)?(?:资产)?(?:有偿使用|使用|处置|出租出借|出租|出借|租金)收入$")
# 房屋300平方米，
_COUNTED_BEFORE = re.compile(
    r"(?P<name>(?:(?:单价|价值|单位价值)\d+万元)?[^，,、。.;:\d]{2,16})\d[\d,.]*[^\d，。;]{1,6}[，,]$"
)
_WHOSE = re.compile(
    r"^(?:截至)?(?:上年末|年末)?(?:本|今)?(?:年度?)?(?:内)?(?:本|我)?(?:部门|单位|局|院|校)?(?:占用|拥有)?(?:的)?"
)
_PLANNED = ("拟", "计划", "预计")
_PLANS = re.compile(r"^(?:拟|计划|预计)(?:新增|购置|采购|更新)*")
_SPENT = re.compile(r"(?:预算|支出|项目|资金)?(?:安排|预算|支出|资金)(?:合计|共计)?$")
_FUND_RESULT = re.compile(r"(?P<fund>.*基金)?(?P<what>收入|支出|(?:累计|当期|滚存|当年)?结余)")


def read_unnamed(values: list[Token], focus: Focus, around: Around) -> Focus:
    """Read values that no known thing stands before."""
    for value in values:
        if value.type != "BLANK":
            focus = _read_one(value, focus, around)
    return focus


def _read_one(value: Token, focus: Focus, around: Around) -> Focus:
    label = label_before(around.folded, _label_begin(focus, around), begin_of(value))
    for read in (
        _scored,
        _rated,
        _counted_behind,
        _vehicles_run,
        _sum_of_all,
        _parted_with,
        _earned_by_assets,
        _asset,
        _cost_item,
        _price_each,
        _vehicle_cost,
        _sum_of_prices,
        _paid_from,
        _listed_project,
        _employed,
        _fund_result,
        _kind_of_projects,
        _project_count,
        _project_part,
        _units_that_act,
    ):
        done = read(value, label, focus, around)
        if done is not None:
            return done
    whole = focus.whole
    is_indicator = (
        around.tells_indicators
        or (whole is not None and whole.thing.topic == "performance")
        or (around.topic == "project_list" and value.type != "MONEY")
    )
    if is_indicator:
        return state_indicator(value, label, focus, around)
    if label and value.type == "MONEY" and _is_list_of_items(around):
        return _listed_item(value, label, focus, around)
    if focus.thing is not None or label:
        return state_ambiguous(value, NOTHING_KNOWN, focus, around)
    return focus


def _label_begin(focus: Focus, around: Around) -> int:
    """Where a name begins of which a known one is only the first part: 信息化建设|经费."""
    words = around.preceding[-2:]
    if len(words) < 2 or not words[0].of("ITEM") or not words[1].of("TEXT"):
        return focus.clause
    name, rest = words
    return name.begin if name.end == rest.begin == focus.clause else focus.clause


def _scored(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read the score of the project that is spoken of, whatever it is called.

    What it got for the share of its budget that was spent is only a part of that.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "“农田建设”项目年初预算5万元，支出4万元，执行率80%，得8分，自评得分95分。"
    >>> said("绩效", told)[3:]
    [' score 8 ?', 'performance.project_score.actual score 95']
    """
    thing, evaluated = focus.thing, focus.group
    if value.type != "SCORE" or thing is None:
        return None
    if thing.name != "project.total":
        scores = evaluated.subject.values if evaluated and evaluated.subject else {}
        if evaluated is None or label != _SCORE or "score" not in scores:
            return None
        return state_of(value, evaluated, "actual", focus, around)
    completed = next((each for each in around.preceding[-3:] if isinstance(each, Completed)), None)
    if label == _GOT and completed is not None and completed.end + 1 == focus.clause:
        return state_ambiguous(value, NOTHING_KNOWN, focus, around)
    score = Thing("performance.project_score", label=thing.label)
    return state_of(value, score, "actual", focus, around)


def _rated(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read how many projects got a grade: 自评结果为优的15个, 4个项目评价等级为优."""
    if value.type != "COUNT" or count_unit(value) not in _PROJECT_UNITS:
        return None
    if not around.tells_indicators:
        return None
    after = around.text[end_of(value) : around.end]
    for grade, words in around.wording.entry["rated"].items():
        before = rf"(?:^|[为是]|评)(?:{words})(?:等?级|等次|的)*(?:项目)?(?:有)?"
        behind = (
            r"(?:项目)?(?:绩效|自评|评价|评定|评)*(?:结果|等级|等次|评级)*"
            rf"(?:为|是)(?:{words})(?=[，。；;、)等])"
        )
        if re.fullmatch(rf".*?{before}", label) or re.match(behind, after):
            thing = Thing(f"performance.rated_{grade}")
            focus = state_of(value, thing, "actual", focus, around)
            return focus._replace(read_to=_read_to(behind, after, value))
    return None


def _read_to(behind: str, after: str, value: Token) -> int:
    match = re.match(behind, after)
    return end_of(value) + (match.end() if match else 0)


def _sum_of_all(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read the sum of what was told: 以上三项合计5万元."""
    if value.type != "MONEY" or not re.fullmatch(around.wording.entry["sums_of_all"], label):
        return None
    total = subject_of_heading(around)
    if total is None or total.name not in _SUMS_OF:
        return None
    role = role_unsaid(total, focus, around)
    told = amount_of(total, role, around)
    if told is not None and told != read_number(value, "").value:
        return None  # 三项合计 of some of the section's parts
    focus = focus.without_list()._replace(is_unread=False, thing=total, role=role, item=None)
    focus = focus._replace(told=(total, role))
    return state_of(value, total, role, focus, around)


def _parted_with(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read which assets were disposed of or let in the year, and what those are worth.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("国有资产占用情况", "处置车辆1辆，账面原值9万元；出租房屋30平方米。")
    ['assets.disposed.actual count 1', 'assets.disposed.actual amount 9', \
'assets.let.actual count 30']
    """
    if around.topic != "assets" or value.type not in ("COUNT", "MONEY"):
        return None
    if match := _PARTED.fullmatch(_WHOSE.sub("", label)):
        name = "assets.let" if match["way"].startswith("出") else "assets.disposed"
        return state_of(value, Thing(name, label=match["label"]), "actual", focus, around)
    last = focus.last
    if last is None or last.topic != "assets" or last.item not in ("disposed", "let"):
        return None
    if last.sentence != around.sentence() or not _ONLY_WORTH.fullmatch(label):
        return None
    return state_of(value, thing_of(last, around), "actual", focus, around)


def _earned_by_assets(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what letting or selling assets brought in, which is no asset held."""
    match = _EARNED.search(label)
    if around.topic != "assets" or value.type != "MONEY" or match is None:
        return None
    return state_of(value, Thing("assets.income", label=match[0]), "actual", focus, around)


def _asset(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what assets are worth: 固定资产净值8214.50万元."""
    if value.type != "MONEY":
        return None
    name = _WORTH.sub("", _WHOSE.sub("", label))
    if _ONLY_WORTH.fullmatch(label) and (whose := _valued(focus, around)):
        return state_of(value, whose, focus.role or "held", focus, around)
    if not name or _ONLY_WORTH.fullmatch(label) or len(name) > _LABEL_MAX:
        return None
    is_listed = focus.whole is not None and focus.whole.thing.topic == "assets"
    last = focus.last is not None and (focus.last.topic, focus.last.item) == ("assets", "value")
    if around.topic != "assets" and not (is_listed or last or _ASSETS.search(name)):
        return None
    is_planned = name.startswith(_PLANNED)
    thing = Thing("assets.value", label=_PLANS.sub("", name))
    return state_of(value, thing, "planned" if is_planned else "held", focus, around)


def _valued(focus: Focus, around: Around) -> Thing | None:
    """Whose 价值 is told: that of what the clause before counts, None where that is not known.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("国有资产占用情况", "车辆3辆，价值52万元。领用桌椅20套，账面原值1万元。")[1:]
    ['assets.value.held amount 52', ' count 20 ?', ' amount 1 ?']
    """
    last = focus.last
    if last is None or last.topic != "assets" or last.reading is not Reading.CLEAR:
        return None
    before = around.text[around.begin : max(focus.clause, around.begin)]
    named = _COUNTED_BEFORE.search(before)
    return Thing("assets.value", label=_WHOSE.sub("", named["name"])) if named else None


def _cost_item(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what operating costs are made up of: 机关运行经费9万元，其中：差旅费5万元."""
    name, begin = label.removesuffix("支出"), around.text[: value.start_pos].rfind(label)
    thing = cost_item(name, begin, focus, around) if value.type == "MONEY" else None
    if thing is None:
        return None
    role = role_unsaid(thing, focus, around)
    focus = speak_of(focus, thing, role, around, is_named=True)
    focus = focus._replace(told=(thing, role), is_only_named=False)
    return state_of(value, thing, role, focus, around)


def _vehicle_cost(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what running vehicles is made up of: 公务用车运行维护费9万元，其中：燃料费5万元.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "公务用车运行维护费6万元，用于{}车辆的燃料费、维修费等4万元，保险费2万元。"
    >>> said("“三公”经费", told.format(""))[1:]
    [' amount 4 ?', ' amount 2 ?']
    """
    whole, name = _vehicles_run_for(focus, around), label.removesuffix("支出")
    if value.type != "MONEY" or whole is None or len(name) > _LABEL_MAX:
        return None
    # 燃料费、维修费3万元: of several together
    before = around.text[around.begin : focus.clause].rstrip("，,、;和及与")
    is_alone = before.endswith(("元", ":", "(", "其中", "包括", "用于"))
    if not is_alone or not re.fullmatch(around.wording.entry["vehicle_costs"], name):
        return None
    thing = Thing("three_public.vehicle_operation_item", label=name)
    focus = speak_of(focus._replace(whole=whole), thing, whole.role, around, is_named=True)
    focus = focus._replace(told=(thing, whole.role), is_only_named=False)
    return state_of(value, thing, whole.role, focus, around)


def _vehicles_run_for(focus: Focus, around: Around) -> Whole | None:
    """The running of vehicles whose parts are listed, or which the sentence says the purpose of."""
    if focus.whole is not None and focus.whole.thing.name == _RUNNING:
        return focus.whole
    told = focus.told[0] if focus.told else None
    if not focus.is_purpose or told is None or told.name != _RUNNING:
        return None
    index = next(
        (
            claim.claim_index
            for claim in reversed(around.narrative.claims)
            if f"{claim.topic}.{claim.item}" == _RUNNING
            and (claim.role, claim.kind) == (focus.role, ClaimKind.AMOUNT)
        ),
        None,
    )
    return Whole(told, focus.role, index)


def _price_each(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Keep apart what one of several costs, which is no amount of any list: 每户补助2万元."""
    is_told = around.tells_indicators or (focus.whole and focus.whole.thing.topic == "performance")
    if value.type != "MONEY" or is_told or not _EACH.match(label):
        return None
    return state_ambiguous(value, _OF_ONE, focus, around)


def _sum_of_prices(value: Token, _label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what those counted cost together, where number and price make it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("项目支出", "项目名称：茶园改造经费", "新建水窖20座，每座补助3万元，共60万元。")[1:]
    [' amount 3 ?', 'project.part.actual amount 60']
    """
    told = around.narrative.claims[-2:]
    if value.type != "MONEY" or len(told) < 2 or around.topic != "project_list":
        return None
    count, price = told
    if price.reading_note != _OF_ONE or count.kind is not ClaimKind.COUNT:
        return None
    if {count.sentence, price.sentence} != {around.sentence()}:
        return None
    made = prod(each.value for each in told if each.value)
    if made != read_number(value, "").value or not count.item_label:
        return None
    thing = Thing("project.part", label=count.item_label, group=focus.project)
    return state_of(value, thing, role_unsaid(None, focus, around), focus, around)


def _paid_from(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what purchases are paid from: 政府采购支出8万元，其中：财政拨款5万元."""
    told = focus.told[0].topic if focus.told else ""
    if value.type != "MONEY" or "procurement" not in (around.topic, told):
        return None
    if not re.search(around.wording.entry["paid_from"], label) or len(label) > _LABEL_MAX:
        return None
    thing = Thing("procurement.by_fund", label=label.removeprefix("使用"), fund=fund_in(label))
    return state_of(value, thing, role_unsaid(thing, focus, around), focus, around)


def _employed(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read who is employed without a post: 聘用护理员48人."""
    if value.type != "COUNT" or around.topic not in READ_IN_OVERVIEW:
        return None
    if count_unit(value) not in _PEOPLE or not re.search(around.wording.entry["temporary"], label):
        return None
    thing = Thing("staffing.temporary", label=label, group=focus.body)
    return state_of(value, thing, "held", focus, around)


def _counted_behind(value: Token, _label: str, focus: Focus, around: Around) -> Focus | None:
    """Read 5个项目开展了部门评价, where the number stands before what it counts."""
    if value.type != "COUNT":
        return None
    current, unit = focus.thing, count_unit(value)
    after = around.text[end_of(value) :]
    is_event = current is not None and current.topic in EVENT_TOPICS
    if current and is_event and after.startswith(_EVENTS) and counts_for(current, value):
        return state_of(value, current, role_unsaid(current, focus, around), focus, around)
    is_project = unit in _PROJECT_UNITS and re.match(around.wording.entry["projects"], after)
    if not is_project and not _is_named_next(value, focus, around):
        return None
    for following in around.following:
        if following.of("SEP", "STOP") or not isinstance(following, (Mark, Mentioned)):
            break
        thing = named_in(following, focus, around)
        if (
            thing
            and thing.subject
            and (thing.topic in ("staffing", "organisation") or counts_for(thing, value))
        ):
            role = role_said(Mark(()), thing, focus, around)
            return state_of(value, thing, role, focus, around)
    if is_project and focus.group is not None and _PROJECTS.match(after):
        # 开展绩效自评，共涉及7个项目
        role = role_unsaid(focus.group, focus, around)
        return state_of(value, focus.group, role, focus, around)
    return None


def _units_that_act(value: Token, _label: str, focus: Focus, around: Around) -> Focus | None:
    """Doubt how many units do something, which is nothing achieved: 3家预算单位开展了自评.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("绩效目标", "本部门3家预算单位编报了绩效目标，新建水窖20处。")
    [' count 3 ?', 'performance.indicator.actual count 20']
    >>> said("绩效目标", "检查3家预算单位。")
    ['performance.indicator.actual count 3']
    """
    if value.type != "COUNT" or not re.match(_ACTING_UNITS, around.text[end_of(value) :]):
        return None
    return state_ambiguous(value, NOTHING_KNOWN, focus, around)


def _vehicles_run(value: Token, _label: str, focus: Focus, around: Around) -> Focus | None:
    """Read how many cars the cost of running them is for.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务用车运行维护费5万元，用于2辆公务用车的燃油费。")[-1]
    'three_public.vehicles_held.actual count 2'
    """
    told = focus.told[0].name if focus.told else ""
    if value.type != "COUNT" or told != _RUNNING:
        return None
    if not around.text[: value.start_pos].endswith(("用于", "保障")):
        return None
    if not _CARS_BEHIND.match(around.text, end_of(value)):
        return None
    thing = Thing("three_public.vehicles_held")
    return state_of(value, thing, role_unsaid(thing, focus, around), focus, around)


def _is_named_next(value: Token, focus: Focus, around: Around) -> bool:
    """Tell whether the thing counted stands right behind the number: 0次节庆活动."""
    behind = next(iter(around.following), None)
    if behind is None or behind.begin != value.end_pos:
        return False
    thing = named_in(behind, focus, around)
    return thing is not None and thing.topic in (*EVENT_TOPICS, "staffing", "organisation")


def _fund_result(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read what a social insurance fund took in, paid out and has left."""
    if value.type != "MONEY" or not (around.tells_indicators or around.topic == "execution"):
        return None
    match = _FUND_RESULT.fullmatch(label)
    if match is None or not (match["fund"] or focus.fund_label):
        return None
    item = {"收入": "fund_income", "支出": "fund_outlay"}.get(match["what"], "fund_balance")
    focus = focus._replace(fund_label=match["fund"] or focus.fund_label)
    thing = Thing(f"performance.{item}", label=focus.fund_label)
    return state_of(value, thing, "actual", focus, around)


def _kind_of_projects(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read a part of the projects that have targets or were evaluated: 其中：人员类项目2个."""
    whole = focus.whole
    if value.type != "COUNT" or whole is None or whole.thing.topic != "performance":
        return None
    counted = thing_counted(whole.thing, value) or whole.thing
    if not counted.item.endswith("_projects") or not label.endswith("项目"):
        return None
    kind = replace(counted, label=label, subject=None)
    return state_of(value, kind, whole.role, focus, around)


def _project_count(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read how many projects there are: 列入预算的项目3个."""
    if value.type != "COUNT" or focus.project or count_unit(value) not in _PROJECT_UNITS:
        return None
    after = around.text[end_of(value) : around.end]
    is_listed = around.topic == "project_list" and label.endswith("项目")
    is_again = around.tells_indicators and bool(_PROJECT_BUDGET.match(after))
    are_there = bool(_PROJECTS.match(after) and _ARE_THERE.fullmatch(label))
    # 购买服务支出5万元，共2个项目: of what nobody knows
    are_there = are_there and not focus.is_unread
    if not is_listed and not is_again and not are_there:
        return None
    thing = Thing("project.count")
    return state_of(value, thing, role_unsaid(thing, focus, around), focus, around)


def _project_part(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read an entry of a list of projects, or a part of the project whose list it is."""
    if around.topic != "project_list" or value.type != "MONEY":
        return None
    name = "" if focus.project else _entry_name(label, focus, around)
    if not name and (not label or _SPENT.fullmatch(label)):
        return None
    role = role_unsaid(None, focus, around)
    if not name:
        thing = Thing("project.part", label=label, group=focus.project)
        return state_of(value, thing, role, focus, around)
    known = around.wording.subjects["project.total"]
    thing = Thing("project.total", label=name, subject=known)
    focus = focus._replace(thing=thing, role=role, told=(thing, role))
    return state_of(value, thing, role, focus, around)


def _lists_projects(whole: Thing) -> bool:
    """Tell whether the parts of a whole are projects: project expenditure, evaluated funds."""
    values = whole.subject.values if whole.subject else {}
    is_evaluated = whole.topic == "performance" and values.get("amount", "").endswith("_funds")
    return whole.item == "project" or is_evaluated or whole.item.endswith("_funds")


def _listed_project(value: Token, label: str, focus: Focus, around: Around) -> Focus | None:
    """Read an entry of what project expenditure is made up of: 项目支出包括审判业务费5万元."""
    whole = focus.whole
    if value.type != "MONEY" or whole is None or not _lists_projects(whole.thing):
        return None
    if _SOURCE.fullmatch(label):
        paid = replace(whole.thing, label=label)
        return state_of(value, paid, whole.role, focus, around, Said(note=PAYS_FOR))
    name = _SPENT.sub("", label)
    if not name or len(name) > _PROJECT_MAX:
        return None
    thing = Thing("project.total", label=name, group=whole.thing.group)
    focus = focus._replace(thing=thing, told=(thing, whole.role))
    return state_of(value, thing, whole.role, focus, around)


def _counted_projects(around: Around) -> bool:
    """Tell whether the section has said how many projects it lists."""
    path = around.paragraph.section_path
    return any(
        (claim.topic, claim.item) == ("project", "count") and claim.section_path == path
        for claim in around.narrative.claims
    )


def _entry_name(label: str, focus: Focus, around: Around) -> str:
    """The name of an entry: 3、外出培训费52000元; （1）食品抽检，安排420万元."""
    if not ENUMERATED.match(around.text[around.begin :]) and not is_numbered(focus, around):
        return _SPENT.sub("", label) if _counted_projects(around) else ""
    name = _SPENT.sub("", label)
    if name:
        return name
    before = around.text[around.begin : focus.clause].rstrip("，,、:")
    return _SPENT.sub("", ENUMERATED.sub("", before, count=1))


def _is_list_of_items(around: Around) -> bool:
    """Tell whether this is a line of a budget's list: 3.水体安排540.86万元."""
    is_budget = around.narrative.kind is DocumentKind.BUDGET
    return is_budget and around.topic == "expenditure" and bool(ENUMERATED.match(around.text))


def _listed_item(value: Token, label: str, focus: Focus, around: Around) -> Focus:
    thing = Thing("expenditure.item", label=re.sub(r"(?:预算)?安排$", "", label))
    return state_of(value, thing, role_unsaid(thing, focus, around), focus, around)
