"""Who is spoken of: all rules of what a value, a change or a share is of.

A value is of the thing that its own clause names; else of what the amount it follows is of; and
never of whatever was mentioned last. What nobody knows is unknown, and so is what follows it.
Each rule is a function with its example. Knows no claims but those made before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from lark import Token

from pipelines.domain.disclosure import Claim, ClaimKind, Reading
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.focus import Base, Focus, Thing, Whole
from pipelines.normalising.narrative.labels import ENUMERATED, clean_label, label_before
from pipelines.normalising.narrative.lexicon import scaled
from pipelines.normalising.narrative.naming import (
    BUDGET_ROLES,
    EVENT_TOPICS,
    FUND_NAMES,
    FUND_TOPICS,
    GENERAL_TOPICS,
    HELD_TOPICS,
    is_appropriation,
    is_compound,
    is_weak,
    named_in,
    role_said,
    role_unsaid,
)
from pipelines.normalising.narrative.phrases import (
    Attended,
    Baseline,
    Became,
    Completed,
    Lacking,
    Level,
    Loose,
    Mark,
    Measured,
    Mentioned,
    Moved,
    Phrase,
    Share,
    Stated,
    ToldEach,
    begin_of,
)
from pipelines.normalising.narrative.printed import count_unit, read_number
from pipelines.recognising.wording import squash

# What may stand before an amount without saying what it is of: 全年安排5万元, 预算共5万元.
_FILLED = re.compile(r"(?:安排|共计|合计|共|计|为|是|预算|决算|上述|数)+$")
_YEARS = re.compile(r"(?:19|20)\d{2}年度?|\d{1,2}[、.]|\([一二三四五六七八九十\d]+\)|[①-⑳]")
# Topics whose sections are on one total.
_ONE_TOTAL = frozenset(
    {"income", "expenditure", "operating_cost", "procurement", "three_public", "meetings"}
    | {"training", "basic", *FUND_TOPICS}
)
_NAMED_IN_HEADINGS = _ONE_TOTAL | {"income_expenditure", "appropriation", "appropriation_spending"}
# What is said of a project where one was named.
_OF_ONE_PROJECT = (
    "performance.project",
    "performance.target",
    "performance.evaluated_score",
    "performance.self_evaluation",
)
# 自评项目平均得分 is of all of them, and no one's score.
_AVERAGE = "performance.average_score"
_OVERALL = "performance.overall"
_IS_DONE = re.compile(r"(?:全面|组织|首次)*(?:开展|进行|实施|完成)了?")
_SCORE = "performance.evaluated_score"
_BY_DEPARTMENT = "performance.department_evaluation"
_APPROPRIATED = "appropriation.total"
_WORTH = ("assets.total", "assets.value", "assets.disposed", "assets.let", "assets.income")
_SORT_OF_ASSETS = re.compile(
    r"(?:流动|固定|无形|净|其他|长期|公共基础设施)?(?:资产|负债)|在建工程|长期投资"
)
ONE_FUNDS = "what one fund pays of it"
PAYS_FOR = "pays for what is listed"
# What income in a list pays for: 项目支出5万元 and 绩效目标涉及资金9万元，其中：上年结转2万元.
_PAID_FOR = ("expenditure", "performance")
# What lists say which funds pay for: 三公经费9万元（其中：一般公共预算支出9万元；…）.
_PAID_BY_FUNDS = frozenset({"three_public", "operating_cost", "meetings", "training", "festivals"})
# Named in a comparison, these are what moved, whatever the sentence is about.
_OWN_COSTS = (*_PAID_BY_FUNDS, "procurement")
_CLASSIFIED = ("class", "subclass", "item")
# What anything that is spent is divided into.
_PARTS_OF_ANY = ("basic", "project", "personnel", "public")
# Whose parts the items of a topic are, where it is not that topic's total.
_WHOLES = {"appropriation": "appropriation.expenditure"}
_JOINS = ("和", "与", "及", "以及", "加")
_ALIKE = ("均", "都", "皆")
_SUMMED = ("共", "共计", "合计", "总计", "共为", "合计为", "共计为", "总计为")
_FILLED_BY = ("NEUTRAL", "YEAR", "LAST", "BE", "SEP")
_OWN_LEVEL = ("该款", "该类", "该项", "该款支出", "该类支出", "该项支出", "同款支出", "同类支出")
_BETWEEN_NAMES = re.compile(r"[，,、;:和及与]|其中|包括")
_EVEN = re.compile(r"(?:计|即|共计?|合计|金额|为|达|约|支出)*")
_OTHER_ROLES = (
    "opening_budget",
    "budget",
    "adjusted_budget",
    "prior_final",
    "prior_budget",
    "prior",
)
_ENDS_CLAUSE = re.compile(
    r"(?:相关|此项|该项)?(?:支出|预算|费用|经费|资金|安排|开支|情况|发生)*(?:[，。；;、)]|$)"
)
# Totals that are parts of greater ones.
_PARTS_OF_TOTALS = {
    "income.total": "income_expenditure.income_total",
    "expenditure.total": "income_expenditure.expenditure_total",
}
_PARTS_OF_WHOLES = {whole: part for part, whole in _PARTS_OF_TOTALS.items()}
# What is received and spent in a list of what 财政拨款 is made of.
_OF_APPROPRIATION = {
    "income.total": "appropriation.income",
    "income.opening_balance": "appropriation.opening_balance",
    "expenditure.total": "appropriation.expenditure",
    "expenditure.basic": "appropriation.basic",
    "expenditure.project": "appropriation.project",
    "expenditure.closing_balance": "appropriation.closing_balance",
}
# Balances stand before a total as what is added to it: 加上年结转收入总计.
_BALANCES = ("income.opening_balance", "income.surplus_used", "expenditure.closing_balance")
# What is carried over, whoever pays.
_CARRIED_OVER = ("opening_balance", "closing_balance", "surplus_used")
# Wholes beside the listed one and the topic's total.
_NEAR_WHOLES: Mapping[str, tuple[str, ...]] = {
    "procurement.micro": ("procurement.sme",),
    "procurement.micro_reserved": ("procurement.sme_reserved",),
    "three_public.vehicle_purchase": ("three_public.vehicle",),
    "three_public.vehicle_operation": ("three_public.vehicle",),
}
# Publishers mean either of two wholes.
_SEVERAL_WHOLES = frozenset({*_NEAR_WHOLES, "procurement.sme", "procurement.sme_reserved"})
_GRAND_TOTALS = ("income_expenditure.income_total", "income_expenditure.expenditure_total")
# Decimals of a rate that only one of two amounts is likely to make.
_TELLING = 2
_ALL = Decimal(100)
_SIGNS = {"UP": 1, "DOWN": -1}
# Words of this length before a change may be adverbs.
_UNKNOWN_MIN = 2
# What may stand between two values of one thing.
_FILLERS = ("AND", "SEP", "STOP", "BE", "NEUTRAL")


def speak_of(focus: Focus, thing: Thing, role: str, around: Around, *, is_named: bool) -> Focus:
    """Speak of a thing; a comparison or a list that another thing's words opened ends there."""
    if is_named:
        is_other = thing != focus.thing
        focus = focus._replace(is_unread=False, counted=None)
        if is_other:
            keeps_base = (
                focus.whole
                or focus.is_base_shared
                or focus.thing is None
                or is_compared_first(around)
            )
            base = focus.base if keeps_base else None
            focus = focus._replace(is_direction_told=False, base=base)
    if thing.item in _CLASSIFIED and thing.topic in (
        *FUND_TOPICS,
        "appropriation",
        "expenditure",
    ):
        focus = focus._replace(item=thing)
    focus = focus._replace(thing=thing, role=role, is_planned=focus.is_planned or role == "planned")
    subject = thing.subject
    if thing.name == "project.total" and thing.label:
        focus = focus._replace(project=thing.label)
    elif is_named and subject and subject.name.startswith("performance.overall"):
        focus = focus._replace(project="")
    if subject and subject.values and thing.topic == "performance" and not subject.is_relative:
        focus = focus._replace(group=thing)
    return _in_list(focus, thing, role, is_named=is_named)


def _in_list(focus: Focus, thing: Thing, role: str, *, is_named: bool) -> Focus:
    """A total ends the list it is named in; other entries hand their role on to the next."""
    if focus.whole is None:
        return focus
    whole = focus.whole.thing
    # The operating cost's parts are called as meetings and training are.
    is_part = _PARTS_OF_TOTALS.get(thing.name) == whole.name or whole.topic == "operating_cost"
    is_part = is_part or (thing.topic in FUND_TOPICS and whole.topic in _PAID_BY_FUNDS)
    is_part = is_part or (thing.topic == "project" and whole.item == "project")
    if is_named and is_appropriation(whole) and _is_other_source(thing):
        return focus.without_list()
    if is_named and ((thing.is_total and not is_part) or _is_no_lower(thing, whole)):
        return focus.without_list()
    is_budgeted = not is_named and (role in BUDGET_ROLES or role.startswith("prior"))
    if is_budgeted or role in ("held", "") or thing.topic == "performance":
        return focus
    return focus._replace(list_role=role)


def _is_other_source(thing: Thing) -> bool:
    """Tell whether an income is no 财政拨款, and so no part of it.

    >>> [_is_other_source(Thing(f"income.{each}")) for each in ("other", "general_budget")]
    [True, False]
    """
    return thing.topic == "income" and not (thing.item in FUND_TOPICS or is_appropriation(thing))


def _is_no_lower(thing: Thing, whole: Thing) -> bool:
    """Tell whether a 类, 款 or 项 stands no lower than the one whose list it is named in.

    >>> _is_no_lower(Thing("general_budget.class"), Thing("general_budget.class"))
    True
    >>> _is_no_lower(Thing("general_budget.item"), Thing("general_budget.class"))
    False
    """
    if thing.topic != whole.topic or not {thing.item, whole.item} <= set(_CLASSIFIED):
        return False
    return _CLASSIFIED.index(thing.item) <= _CLASSIFIED.index(whole.item)


def is_compared_first(around: Around) -> bool:
    """Tell whether a comparison stands before, and no value since.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "与上年相比，收入总计增加5万元，支出总计增加5万元。")[1::2]
    ['income_expenditure.income_total.actual change 5 prior_final', \
'income_expenditure.expenditure_total.actual change 5 prior_final']
    """
    for phrase in reversed(around.preceding):
        if isinstance(phrase, Baseline) or phrase.of("RESTATED"):
            return True
        if isinstance(phrase, (Stated, Moved, Loose, ToldEach)):
            return False
    return False


def spent_for(phrase: Phrase, focus: Focus, around: Around) -> Thing | None:
    """What 支出 is where an income was named before it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "本年收入合计5万元，支出4万元。")
    ['income.total.actual amount 5', 'expenditure.total.actual amount 4']
    >>> said("收入支出", "收入总计5万元；本年支出4万元。")[-1]
    'expenditure.total.actual amount 4'
    """
    current = focus.spoken_of
    words = "".join(phrase.of("SUBJECT", "ROLE"))
    if current is None or current.subject is None or words not in around.wording.entry["spent"]:
        return None
    is_of_year = words.startswith("本年")
    name = _PARTS_OF_WHOLES.get(current.subject.spent, "") if is_of_year else ""
    spent = around.wording.subjects.get(name or current.subject.spent)
    return Thing(spent.name, fund=spent.fund, subject=spent) if spent else None


def is_of_another_side(phrase: Phrase, thing: Thing, focus: Focus, around: Around) -> bool:
    """Tell whether income is said to be spent, which is no income.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "财政专户管理资金支出预算总计5万元。")
    [' amount 5 ?']
    """
    if is_compound(around):
        first = named_in(around.phrases[around.position - 1], focus, around)
        sides = (_side(first), _side(thing)) if first is not None else ("", "")
        return "" not in sides and sides[0] != sides[1] and thing.is_total
    if thing.topic != "income" or thing.is_total:
        return False
    end = phrase.of("SUBJECT")[-1].end_pos
    return any(word.startswith("支出") for word in phrase.of("ROLE") if word.start_pos == end)


def _side(thing: Thing) -> str:
    """Whether a thing is received or spent, '' where both or neither."""
    side = thing.item.removesuffix("_total") if thing.topic == "income_expenditure" else thing.topic
    return side if side in ("income", "expenditure") else ""


def as_meant(phrase: Phrase, thing: Thing, focus: Focus, around: Around) -> Thing:
    """The thing that a name means after what stands before it."""
    thing = part_of_appropriation(part_of_item(thing, focus), phrase, focus, around)
    thing = _included(thing, phrase, focus, around)
    thing = _scored(_compounded(thing, focus, around), focus, around)
    if thing.subject is not None and focus.project and thing.subject.name in _OF_ONE_PROJECT:
        if phrase.of("MONEY"):
            return Thing("project.total", label=focus.project)
        if phrase.of("SCORE"):
            return Thing("performance.project_score", label=focus.project)
        thing = replace(thing, label=focus.project)
    if is_paid_from(thing, focus, around):
        label = str(phrase.names[-1]) if phrase.names else ""
        return Thing("procurement.by_fund", label=label, fund=thing.fund)
    if focus.awarded is not None and thing.name == "procurement.total":
        return focus.awarded
    name = phrase.names[-1] if phrase.names else None
    return (cost_item(name, begin_of(name), focus, around) if name else None) or thing


def cost_item(name: str, begin: int, focus: Focus, around: Around) -> Thing | None:
    """An item of the operating cost, where its list names one and not several together.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("机关运行经费", "机关运行经费9万元，其中：会议费3万元，局机关6万元。")[1:]
    ['operating_cost.item.actual amount 3 ?', ' amount 6 ?']
    """
    whole = focus.whole.thing if focus.whole else None
    items = around.wording.entry["operating_items"]
    if whole is None or whole.name != "operating_cost.total" or name not in items:
        return None
    before = _BETWEEN_NAMES.split(around.text[around.begin : begin].rstrip("，,、和及与"))[-1]
    return None if before in items else Thing("operating_cost.item", label=name)


def is_paid_from(thing: Thing, focus: Focus, around: Around) -> bool:
    """Tell whether an income is what purchases are paid from.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("政府采购支出", "政府采购预算3万元，其中：上年结转资金1万元。")[-1]
    'procurement.by_fund.budget amount 1'
    """
    if thing.topic != "income" or thing.is_total:
        return False
    told = focus.told[0].topic if focus.told else ""
    return "procurement" in (around.topic, told)


def budget_of_projects(phrase: Stated, around: Around) -> str:
    """The budget that 项目 is all projects of, '' where the clause is on none.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("绩效自评", "年初批复预算6个项目85万元。")[-1]
    'project.total.opening_budget amount 85'
    """
    if not around.tells_indicators or not phrase.of("MONEY"):
        return ""
    if [str(name) for name in phrase.names] != ["项目"]:
        return ""
    roles = (
        around.wording.roles[str(word)]
        for said in words_of_clause(around)
        if not said.names
        for word in said.of("ROLE")
    )
    return next((role for role in roles if role in BUDGET_ROLES), "")


def is_entry(phrase: Stated, thing: Thing, focus: Focus, around: Around) -> bool:
    """Tell whether a name is only the end of an entry's in a list of projects, or all of one's.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("项目支出", "3、教师外出培训费5000元；")
    ['project.total.actual amount 5000']
    >>> said("项目支出", "项目支出9万元，其中：1.公务接待费3万元。")[-1]
    'project.total.actual amount 3'
    """
    if thing.topic == "project":
        before = around.text[focus.clause : begin_of(phrase.names[-1])]
        named = clean_label(_YEARS.sub("", before), around.wording.neutral)
        is_listed = around.topic == "project_list" and is_numbered(focus, around)
        return is_listed and len(named) > 1
    if focus.project or not is_numbered(focus, around):
        return False
    if focus.whole is not None:
        whole = focus.whole.thing
        is_of_projects = whole.item == "project" and whole.topic not in _PAID_BY_FUNDS
        return is_of_projects and thing.topic in _PAID_BY_FUNDS
    label = label_before(around.folded, focus.clause, begin_of(phrase.values[0]))
    return around.topic == "project_list" and len(label) > len(str(phrase.names[-1]))


def is_numbered(focus: Focus, around: Around) -> bool:
    """Tell whether the clause is an entry of a numbered list: 1.设备购置支出."""
    return any(each.of("ENUM") and each.end == focus.clause for each in around.phrases)


def part_of_item(thing: Thing, focus: Focus) -> Thing:
    """What a list opened by a 类, 款 or 项 names are parts of that, and of no fund's total.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("一般公共预算财政拨款支出", "教育支出3万元，其中：基本支出2万元，项目支出1万元。")[1]
    'general_budget.basic.actual amount 2'
    """
    whole = focus.whole.thing if focus.whole else None
    if whole is None or whole.item not in _CLASSIFIED or thing.item not in _PARTS_OF_ANY:
        return thing
    return replace(thing, name=f"{whole.topic}.{thing.item}", group=whole.label)


def part_of_appropriation(thing: Thing, phrase: Phrase, focus: Focus, around: Around) -> Thing:
    """What a list opened by 财政拨款收入 or 支出 names is part of that, and of nothing greater.

    It is none where the parts told already leave no room for its amount.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入", "财政拨款收入9万元，其中：本年收入8万元，上年结转1万元。")[1:]
    ['appropriation.income.actual amount 8', 'appropriation.opening_balance.actual amount 1']
    >>> said("收入", "财政拨款收入9万元，其中：一般公共预算9万元；上年结转1万元。")[-1]
    'income.opening_balance.actual amount 1'
    >>> said("支出", "财政拨款支出9万元，其中：基本支出8万元，项目支出1万元。")[1:]
    ['appropriation.basic.actual amount 8', 'appropriation.project.actual amount 1']
    """
    whole = focus.whole
    if whole is None or not is_appropriation(whole.thing):
        return thing
    own = around.wording.subjects.get(_OF_APPROPRIATION.get(thing.name, ""))
    if own is None or not _leaves_room(whole, phrase, around):
        return thing
    return replace(thing, name=own.name, fund=own.fund, subject=own)


def _leaves_room(whole: Whole, phrase: Phrase, around: Around) -> bool:
    """Tell whether the parts of a list that were told leave room for the amount of a phrase."""
    claims, amounts = around.narrative.claims, phrase.of("MONEY")
    if whole.index is None or not amounts or (total := claims[whole.index].value) is None:
        return True
    told = sum(
        claim.value or Decimal(0)
        for claim in claims[whole.index :]
        if claim.whole_index == whole.index
        and claim.kind is ClaimKind.AMOUNT
        and claim.role == whole.role
    )
    return told + read_number(amounts[0], "").value <= total


def _included(thing: Thing, phrase: Phrase, focus: Focus, around: Around) -> Thing:
    """What is included in what one fund spends is that fund's, also where all funds are told.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "一般公共预算财政拨款支出9万元（含上年结转2万元），比上年减少1万元。"
    >>> said("财政拨款收支情况", told)[1:]
    ['general_budget.opening_balance.actual amount 2', \
'general_budget.total.actual direction 减少 prior_final', \
'general_budget.total.actual change 1 prior_final']
    """
    whole = focus.thing
    if whole is None or whole.topic not in FUND_TOPICS or thing.topic != "appropriation":
        return thing
    own = around.wording.subjects.get(f"{whole.topic}.{thing.item}")
    if own is None or not is_only_included(phrase, around):
        return thing
    return replace(thing, name=own.name, fund=own.fund, subject=own)


def _compounded(thing: Thing, focus: Focus, around: Around) -> Thing:
    """Of two names without a word between, the first is meant and the second says what of it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "“三公”经费总支出5万元。")
    ['three_public.total.actual amount 5']
    """
    if not is_compound(around) or thing.topic not in GENERAL_TOPICS:
        return thing
    first = named_in(around.phrases[around.position - 1], focus, around)
    if first is None or first.topic == "organisation":
        return thing  # 所属单位收入总计: whose it is
    if first.topic not in GENERAL_TOPICS:
        return first
    # 专户管理资金收入预算总计 is a part, but 加上年结转收入总计 the sum.
    is_part = not first.is_total and thing.is_total
    is_added = thing.name != "income_expenditure.total" and first.name in _BALANCES
    return first if is_part and not is_added else thing


def _scored(thing: Thing, focus: Focus, around: Around) -> Thing:
    """What a score is of: 项目支出绩效评价 in 项目支出绩效评价自评为95分.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("绩效", "对3个项目开展部门评价，评价得分95分。部门整体支出评价得分90分。")[1:]
    ['performance.project_score.actual score 95', 'performance.overall_score.actual score 90']
    """
    current, evaluated = focus.thing, focus.group
    is_by_department = evaluated is not None and evaluated.name == _BY_DEPARTMENT
    if thing.name == _SCORE and evaluated is not None and is_by_department and not focus.project:
        is_overall = any(each.name == _OVERALL for each in focus.named)
        return thing if is_overall else evaluated
    if (
        isinstance(around.previous, Mentioned)
        and thing.topic == "performance"
        and thing.name != _AVERAGE
        and current is not None
        and current.subject is not None
        and "score" in current.subject.values
    ):
        return current
    return thing


def whose_target(thing: Thing, focus: Focus, around: Around) -> Thing:
    """What is to be achieved, or was evaluated, where all spending is named right before it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "部门整体支出纳入绩效目标管理，涉及资金9万元；5个项目设定绩效目标，涉及资金4万元。"
    >>> said("绩效目标", told)
    ['performance.overall_funds.actual amount 9', 'performance.target_projects.actual count 5', \
'performance.target_funds.actual amount 4']
    >>> said("绩效自评", "对部门整体支出开展绩效自评，涉及资金9万元。")
    ['performance.overall_funds.actual amount 9']
    >>> said("绩效自评", "对项目支出和部门整体支出开展绩效自评，涉及资金9万元。")
    ['performance.self_evaluation_funds.actual amount 9']
    """
    previous, current = around.previous, focus.thing
    if previous is not None and _IS_DONE.fullmatch(previous.word):
        place = around.position - 2
        is_close = place >= 0 and not _joined_with(place, around)
    else:
        place, is_close = around.position - 1, is_compound(around)
    if not is_close or current is None or current.topic != thing.topic:
        return thing
    names = around.phrases[place].names
    is_overall = any(around.lexicon.subject(name) == _OVERALL for name in names)
    return current if is_overall else thing


def total_again(thing: Thing, focus: Focus) -> Thing:
    """What 收、支总计 is where the sentence has named the total of appropriations.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "财政拨款收、支总计9万元，比上年收、支总计各增加2万元。")[-1]
    'appropriation.total.actual change 2 prior_final'
    """
    told = next((each for each in focus.named if each.name == _APPROPRIATED), None)
    return told if told is not None and thing.name == "income_expenditure.total" else thing


def is_apposed(phrase: Phrase, around: Around) -> bool:
    """Tell whether a name only says what all of an amount is: 全部为财政拨款收入."""
    return around.text[: phrase.begin].endswith(tuple(around.wording.entry["appositions"]))


def apposed(share: Token, focus: Focus, around: Around) -> Thing | None:
    """The thing right before a share of 100% that all of an amount is, None where there is none.

    Another share, or that of an entry of a list, is the amount's own in something greater.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入", "本年收入合计5万元，全部为财政拨款收入，占100%。")[-1]
    'income.appropriation.actual share 100 income.total'
    >>> said("收入", "本年收入合计5万元，全部为财政拨款收入，占60%。")[-1]
    'income.total.actual share 60'
    """
    is_entry = focus.whole is not None or ENUMERATED.match(around.text, around.begin)
    if is_entry or scaled(str(share))[0] != _ALL:
        return None
    words = [each for each in around.preceding[-2:] if not each.of("SEP")]
    if not words or not isinstance(words[-1], Mentioned) or not is_apposed(words[-1], around):
        return None
    return named_in(words[-1], focus, around)


def project_before(phrase: Phrase, thing: Thing, focus: Focus, around: Around) -> Focus:
    """Take the project's name that stands before 财政拨款收入 in a list of projects."""
    if thing.name != "project.income" or around.topic != "project_list":
        return focus
    label = label_before(around.folded, focus.clause, begin_of(phrase.names[0]))
    return focus._replace(project=label) if label else focus


def section_subject(phrase: Phrase, focus: Focus, around: Around) -> Thing | None:
    """What a value without a name is of where nothing was named yet: what its section is on.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("因公出国（境）费支出", "2023年支出决算2万元，与上年持平。")
    ['three_public.overseas.actual amount 2', \
'three_public.overseas.actual direction 持平 prior_final']
    """
    return None if said_before(phrase, focus, around) else subject_of_heading(around)


def said_before(phrase: Phrase, focus: Focus, around: Around) -> str:
    """What a clause says before a phrase, without years and words that say nothing."""
    before = around.text[max(focus.clause, around.begin) : phrase.begin]
    return _FILLED.sub("", clean_label(_YEARS.sub("", before), around.wording.neutral))


def subject_of_heading(around: Around) -> Thing | None:
    """The one thing that the innermost heading names, else the total of its topic."""
    if around.topic not in _NAMED_IN_HEADINGS:
        return None
    for heading in around.paragraph.section_path[:-3:-1]:
        folded = squash(heading)
        tokens = around.lexicon.tokens(folded, 0, len(folded))
        keys = {key for token in tokens if (key := around.lexicon.subject(token))}
        subjects = [around.wording.subjects[key] for key in keys]
        things = {each.name: each for each in subjects if each.topic == around.topic}
        if len(things) > 1:
            break
        for name, subject in things.items():
            if not subject.is_relative and not subject.is_label:
                return Thing(name, fund=subject.fund, subject=subject)
    key = f"{around.topic}.total"
    total = around.wording.subjects.get(key)
    if total is None or around.topic not in _ONE_TOTAL:
        return None
    return Thing(key, fund=total.fund, subject=total)


def subject_of_amount(
    phrase: Stated, named: Thing | None, focus: Focus, around: Around
) -> Thing | None:
    """What an amount is of: what its words name, else who is spoken of, else its section's.

    None where its words name what nobody knows; that is never who is spoken of.
    """
    if phrase.of("SUBJECT"):
        if named is None or is_of_another_side(phrase, named, focus, around):
            return None
        if is_entry(phrase, named, focus, around):
            return None
    thing = spent_for(phrase, focus, around) or named or focus.spoken_of
    if thing is None and not focus.is_unread:
        thing = section_subject(phrase, focus, around)
    if named is None and is_of_unnamed(focus, around):
        return None
    return thing


def subject_of_change(value: Token, focus: Focus, around: Around) -> Thing | None:
    """What a change is of: see ``thing_moved``; nothing where projects are only listed."""
    thing = thing_moved(value, focus, around)
    is_listed = focus.base is None and around.topic == "project_list"
    return None if thing is None or thing.topic == "performance" or is_listed else thing


def is_of_unnamed(focus: Focus, around: Around) -> bool:
    """Tell whether 支出 is another thing's: what an unknown thing cost.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费2万元，差旅费支出5万元。")
    ['three_public.reception.actual amount 2', ' amount 5 ?']
    """
    if focus.last is not None and focus.last.reading is Reading.AMBIGUOUS:
        return True
    previous = around.previous
    if previous is None or previous.tokens[-1].type not in ("TEXT", "UP", "DOWN"):
        return False
    return len(clean_label(previous.tokens[-1], around.wording.neutral)) > 1


def is_change_of_unknown(focus: Focus, around: Around) -> bool:
    """Tell whether a change is of what nobody knows.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费2万元。租车费5万元，比上年增加1万元。")[1:]
    [' amount 5 ?', ' amount 1 ?']
    """
    if focus.is_unread or _is_in_doubt(focus) or is_named_otherwise(focus, around):
        return True
    previous = around.previous
    if previous is None or previous.tokens[-1].type != "TEXT":
        return False
    return len(clean_label(previous.tokens[-1], around.wording.neutral)) > _UNKNOWN_MIN


def asset_moved(focus: Focus, around: Around) -> Thing | None:
    """The sort of assets that a change is of, where the words right before it name one.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "资产总额9万元，比上年增加3万元，其中固定资产增加2万元，无形资产增加1万元。"
    >>> said("国有资产占用情况", told)[-3:]
    ['assets.value.held change 2 prior_final', 'assets.value.held direction 增加 prior_final', \
'assets.value.held change 1 prior_final']
    """
    thing, previous = focus.spoken_of, around.previous
    if thing is None or thing.name not in _WORTH or previous is None or focus.is_unread:
        return None
    if previous.tokens[-1].type != "TEXT":
        return None
    label = clean_label(previous.tokens[-1], around.wording.neutral)
    return Thing("assets.value", label=label) if _SORT_OF_ASSETS.fullmatch(label) else None


def is_named_otherwise(focus: Focus, around: Around) -> bool:
    """Tell whether the clause names something that is not who is spoken of, and is not read.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "三公经费5万元，人均接待费比上年增加1万元。")[1:]
    [' amount 1 ?']
    """
    thing, words = focus.spoken_of, words_of_clause(around)
    if len(focus.named) > 1 and _says_alike(words):
        return True  # 会议费、培训费均减少2万元
    if any(_is_other_name(text, behind, around) for text, behind in pairwise(words)):
        return True
    for phrase in words:
        if isinstance(phrase, Mentioned) and phrase.names:
            named = named_in(phrase, focus, around)
            if named is None:
                return True
            meant = side_told(named, focus, around)
            if is_weak(phrase, around) and thing and meant.name != thing.name:
                return True
    return False


def _says_alike(words: Iterable[Phrase]) -> bool:
    """Tell whether words say that several things are alike: 会议费、培训费均减少2万元."""
    return any(str(token) in _ALIKE for each in words for token in each.tokens)


def _is_other_name(text: Phrase, behind: Phrase, around: Around) -> bool:
    """Tell whether words that nobody knows name what is spent or compared right behind them."""
    if not text.of("TEXT"):
        return False
    label = clean_label(text.word, around.wording.neutral)
    if isinstance(behind, Mentioned) and not behind.names and text.end == behind.begin:
        return len(label) > 1 and not _points_back(label, around)  # 用车支出减少1万元
    # 租车费比上年减少1万元
    cost = re.fullmatch(around.wording.entry["cost"], label)
    is_cost = cost is not None and not _points_back(cost["which"], around)
    return is_cost and isinstance(behind, Baseline)


def _points_back(words: str, around: Around) -> bool:
    """Tell whether words only point back to what was named: 上述 in 上述费用."""
    return bool(re.fullmatch(around.wording.entry["these"], words))


def _is_in_doubt(focus: Focus) -> bool:
    """Tell whether the value before is of nobody knows what; a change in doubt is not that."""
    last = focus.last
    if last is None or last.reading is not Reading.AMBIGUOUS:
        return False
    return last.kind in (ClaimKind.AMOUNT, ClaimKind.COUNT)


def thing_counted(thing: Thing, value: Token) -> Thing | None:
    """The item that a count of a thing is of, told by its unit; None where the unit tells none.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待9批次、74人次。")
    ['three_public.reception_batches.actual count 9', \
'three_public.reception_persons.actual count 74']
    """
    counts = thing.subject.counts if thing.subject else {}
    item = counts.get(count_unit(value))
    return thing.as_item(item) if item else None


def counts_for(thing: Thing, value: Token) -> bool:
    """Tell whether a value counts something of a thing."""
    return value.type == "COUNT" and thing_counted(thing, value) is not None


def is_count_only(thing: Thing) -> bool:
    """Tell whether a thing is counted and never paid for."""
    if thing.name in _WORTH:
        return False
    if thing.topic in HELD_TOPICS:
        return True
    if thing.subject is None or thing.topic == "performance":
        return False
    return thing.item in thing.subject.counts.values()


def is_counted_by_name(value: Token, around: Around) -> bool:
    """Tell whether what a number counts stands right behind it, and is nothing known.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务用车保有量3辆，差异原因是：1辆消防车未计入。")
    ['three_public.vehicles_held.actual count 3', \
'reasons.variance.actual count 1 three_public.vehicles_held']
    """
    behind = next(iter(around.following), None)
    if behind is None or behind.begin != value.end_pos or behind.word.type != "TEXT":
        return False
    return len(clean_label(behind.word, around.wording.neutral)) > 1


def thing_paid(thing: Thing, focus: Focus, around: Around) -> Thing | None:
    """What money is of where counts stand before it: what they count is paid for.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待9批次，74人次，支出0.8万元，较上年减少0.2万元。")[2::2]
    ['three_public.reception.actual amount 0.8', \
'three_public.reception.actual change 0.2 prior_final']
    """
    if not is_count_only(thing):
        return thing
    paid = focus.paid
    if paid is not None and thing.topic == paid.topic and paid.subject == thing.subject:
        return paid
    money = thing.subject.money if thing.subject else ""
    known = around.wording.subjects.get(f"{thing.topic}.{money}")
    return Thing(known.name, fund=known.fund, subject=known) if known else None


def thing_moved(value: Token, focus: Focus, around: Around) -> Thing | None:
    """What a change is of: money, people and visits change each for themselves.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "接待费5万元，接待20批次，比上年减少3批次。")[3:]
    ['three_public.reception_batches.actual change 3 prior_final']
    """
    thing = focus.spoken_of
    if thing is None:
        return None
    if value.type == "COUNT":
        return thing_counted(thing, value) or focus.counted or thing
    if value.type == "MONEY":
        return thing_paid(thing, focus, around)
    return focus.counted or thing_compared(focus, around)


def names_denied(phrase: Lacking, focus: Focus, around: Around) -> list[Phrase]:
    """The names before a word for none that has no name behind it.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费支出为零。因公出国（境）费，本年度未安排预算。")
    ['three_public.reception.actual amount 为零', 'three_public.overseas.budget amount 未安排']
    >>> said("“三公”经费", "因公出国（境）费和公务接待费均为零。")
    ['three_public.overseas.actual amount 均为零', 'three_public.reception.actual amount 均为零']
    """
    if not _ENDS_CLAUSE.match(around.text[phrase.end : around.end]):
        return []
    is_other_year = focus.year is not None and focus.year != around.narrative.fiscal_year
    for position, before in reversed(list(enumerate(around.preceding))):
        if isinstance(before, Mentioned) and before.names:
            return [*_joined_with(position, around, (*_JOINS, "、")), before]
        if isinstance(before, Stated) and before.names and is_other_year:
            # 农村公路46万元，上年无此项支出
            return [Mark(tuple(before.names))]
        words = clean_label(before.word, around.wording.neutral) if before.of("TEXT") else ""
        is_filler = isinstance(before, (Mentioned, Stated)) or before.of(*_FILLED_BY)
        if words or not (is_filler or before.of("TEXT")):
            break
    return []


def _joined_with(position: int, around: Around, joins: tuple[str, ...] = _JOINS) -> list[Phrase]:
    """The names that stand joined before a name: A、B和C."""
    names: list[Phrase] = []
    while position > 1:
        between, before = around.phrases[position - 1], around.phrases[position - 2]
        if between.word not in joins or not isinstance(before, Mentioned) or not before.names:
            break
        names.insert(0, before)
        position -= 2
    return names


def thing_compared(focus: Focus, around: Around) -> Thing | None:
    """What words such as 持平 and 占 are of after a count: the money told last, if any was.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "因公出国（境）团组0个，支出0万元。与上年决算持平。")[-1]
    'three_public.overseas.actual direction 持平 prior_final'
    """
    thing, paid = focus.spoken_of, focus.paid
    if is_named_otherwise(focus, around):
        return None
    if thing is None or not is_count_only(thing) or paid is None or focus.counted is not None:
        return thing
    return paid if paid.topic == thing.topic else thing


def words_of_clause(around: Around) -> list[Phrase]:
    """What stands before the phrase in its clause."""
    words: list[Phrase] = []
    for phrase in reversed(around.preceding):
        if phrase.of("SEP", "STOP", "AND", "OPEN", "CLOSE", "AMONG", "REASON", "ENUM"):
            break
        if phrase.tokens[-1] == ":":
            break
        words.append(phrase)
    return words[::-1]


def budget_of_list(role: str, thing: Thing, focus: Focus, around: Around) -> str:
    """The budget that 预算 is in a list: the one that its whole is told of, if that is one.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "三公经费年初预算5万元，决算4万元。其中：公务接待费预算2万元，决算1万元。"
    >>> said("“三公”经费", told)[2:]
    ['three_public.reception.opening_budget amount 2', 'three_public.reception.actual amount 1']
    """
    whole = focus.whole.thing if focus.whole else None
    if role != "budget" or role == around.narrative.own_role:
        return role  # in a budget, 预算 is that budget
    if whole is None or whole.topic != thing.topic:
        return role
    told = {
        claim.role
        for claim in around.narrative.claims
        if claim.section_path == around.paragraph.section_path
        and f"{claim.topic}.{claim.item}" == whole.name
        and claim.kind is ClaimKind.AMOUNT
        and claim.role in BUDGET_ROLES
    }
    return told.pop() if len(told) == 1 else role


def budget_told(thing: Thing, around: Around) -> str:
    """The budget that 执行率 and 完成预算 mean: the one whose amount the sentence tells.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费年初预算5万元，支出4万元，执行率80%。")[-1]
    'three_public.reception.actual completion 80 opening_budget'
    """
    sentence = around.sentence()
    told = {
        claim.role
        for claim in around.narrative.claims
        if claim.sentence == sentence
        and f"{claim.topic}.{claim.item}" == thing.name
        and claim.item_label == thing.label
        and claim.kind is ClaimKind.AMOUNT
        and claim.role in BUDGET_ROLES
    }
    return told.pop() if len(told) == 1 else ""


def base_by_arithmetic(thing: Thing, change: Decimal | None, around: Around) -> tuple[str, ...]:
    """The roles that a change without a base may be against: own amount − change = theirs.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("一般公共预算支出", "预算数38万元，调整数42万元，决算数41万元，增加3万元。")[-1]
    'general_budget.total.actual change 3 budget'
    """
    own = amount_of(thing, around.narrative.own_role, around, in_sentence=True)
    if own is None or change is None:
        return ()
    told = {
        role: amount
        for role in _OTHER_ROLES
        if (amount := amount_of(thing, role, around, in_sentence=True)) is not None
    }
    fits = [role for role, amount in told.items() if own - change == amount]
    return tuple(fits)


def summed_behind(value: Token, focus: Focus, around: Around) -> Thing | None:
    """What 合计5万元 is of behind a clause that ends in one name.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("机关运行经费", "本单位开支的机关运行经费，合计5万元，比上年增加1万元。")[::2]
    ['operating_cost.total.actual amount 5', 'operating_cost.total.actual change 1 prior_final']
    >>> said("会议费、培训费", "会议费、培训费，合计5万元。")
    [' amount 5 ?']
    """
    if value.type != "MONEY" or not focus.is_only_named or len(focus.named) != 1:
        return None
    if len(around.preceding) < 3:
        return None
    name, stop, word = around.preceding[-3:]
    is_said = isinstance(name, Mentioned) and bool(name.names) and bool(stop.of("SEP"))
    is_moved = any(isinstance(each, Moved) for each in around.preceding)  # 减少会议费，共5万元
    return focus.thing if is_said and word.word in _SUMMED and not is_moved else None


def told_next(value: Token, focus: Focus, around: Around) -> Thing | None:
    """What money is of that follows a share of a thing whose amount was not told yet.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "三公经费4万元，其中公务接待费占25%，计1万元。")[-1]
    'three_public.reception.actual amount 1'
    """
    thing, last = focus.spoken_of, focus.last
    if value.type != "MONEY" or thing is None or focus.is_unread or last is None:
        return None
    if last.kind is not ClaimKind.SHARE or f"{last.topic}.{last.item}" != thing.name:
        return None
    between = around.text[max(focus.clause, around.begin) : value.start_pos]
    if (
        not _EVEN.fullmatch(between)
        or amount_of(thing, focus.role, around, in_sentence=True) is not None
    ):
        return None
    return thing


def is_amount_of_base(focus: Focus, around: Around) -> bool:
    """Tell whether an amount is what is compared with, though its words stand apart.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "三公经费4万元，较2022年度部门决算公开三公经费合计5万元减少1万元。")[1]
    'three_public.total.prior_final amount 5'
    """
    behind = next(iter(around.following), None)
    if focus.base is None or behind is None:
        return False
    if not isinstance(behind, Moved) and not behind.of("COMPARED"):
        return False
    for before in reversed(around.preceding):
        if isinstance(before, Baseline):
            return not before.values
        if not isinstance(before, (Mark, Mentioned)) or before.of("SEP", "STOP"):
            return False
    return False


def told_of_year(value: Token, focus: Focus, around: Around) -> str:
    """The role of an amount of what is spoken of, told for a year: 上年为5万元; '' where none is.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费2万元，上年为5万元。")[-1]
    'three_public.reception.prior_final amount 5'
    """
    if value.type not in ("MONEY", "COUNT") or focus.is_unread or focus.spoken_of is None:
        return ""
    words = words_of_clause(around)
    if not words or not all(isinstance(each, Mark) for each in words):
        return ""
    kinds = {each.word.type for each in words}
    if not kinds <= {"LAST", "YEAR", "BE", "NEUTRAL"} or not kinds & {"LAST", "YEAR"}:
        return ""
    return role_said(Mark(()), focus.spoken_of, focus._replace(list_role=""), around)


def side_told(thing: Thing, focus: Focus, around: Around) -> Thing:
    """What 收入 and 支出 mean where a total of the side was told before.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "收入总计8万元，支出总计8万元。收入比上年增加2万元。")[-1]
    'income_expenditure.income_total.actual change 2 prior_final'
    """
    side = _side(thing)
    if not side or not thing.is_total:
        return thing
    if focus.thing is not None and focus.thing.is_total and _side(focus.thing) == side:
        return focus.thing
    for claim in reversed(around.narrative.claims):
        if claim.paragraph_index != around.paragraph.index:
            break
        told = thing_of(claim, around)
        if claim.kind is ClaimKind.AMOUNT and told.is_total and _side(told) == side:
            return told
    return thing


def opens_clause(phrase: Mentioned, focus: Focus, around: Around) -> bool:
    """Tell whether a clause is on a name that is common elsewhere: it begins so and is compared.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "2023年度收入8万元，支出7万元。收入较上年增加2万元。")[-1]
    'income.total.actual change 2 prior_final'
    >>> told = "政府性基金预算财政拨款本年收入完成年初预算90%；支出完成年初预算80%。"
    >>> said("财政拨款收支", told)[-1]
    'government_fund.total.actual completion 80 opening_budget'
    """
    before = around.text[focus.clause : phrase.begin]
    if clean_label(_YEARS.sub("", before), around.wording.neutral):
        return False
    if phrase.tokens[-1] == ":":
        return True
    follows = around.following[:1]
    return bool(follows) and (
        isinstance(follows[0], (Baseline, Moved, Level, Share, Became, Completed))
        or bool(follows[0].of("AMONG"))
    )


def opens_other_side(phrase: Mentioned, around: Around) -> bool:
    """Tell whether 支出 behind a semicolon opens the list of what the whole before is spent on."""
    if around.previous is None or not around.previous.of("STOP"):
        return False
    words = "".join(phrase.of("SUBJECT", "ROLE"))
    is_list = any(each.of("AMONG") for each in around.following[:1])
    return is_list and words in around.wording.entry["spent"]


def goes_on(around: Around) -> bool:
    """Tell whether a value follows another one with nothing but fillers between."""
    brackets = 0
    for phrase in reversed(around.preceding):
        brackets += len(phrase.of("CLOSE")) - (len(phrase.of("OPEN")) if brackets else 0)
        if brackets or phrase.of("OPEN"):
            continue
        if isinstance(phrase, (Stated, Loose)):
            return True
        if isinstance(phrase, Mentioned) and is_weak(phrase, around):
            continue
        if not isinstance(phrase, Mark) or not phrase.of(*_FILLERS):
            return False
    return False


def taken_together(focus: Focus, around: Around) -> Focus:
    """Speak of a pair as such.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "收入总计5万元，支出总计5万元。与上年相比，各增加1万元。")[-1]
    'income_expenditure.total.actual change 1 prior_final'
    """
    if focus.named and focus.named[-1].pair:
        return focus._replace(thing=focus.named[-1])
    together = tuple(thing.name for thing in focus.named[-2:])
    for subject in around.wording.subjects.values():
        if together and subject.pair == together:
            return focus._replace(thing=Thing(subject.name, subject=subject))
    return focus


def moved_each(focus: Focus, around: Around) -> tuple[Thing, ...]:
    """The things that the changes behind 分别 are of in their turn, none where that is not clear.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("会议费、培训费", "会议费3万元，培训费7万元，分别比上年增加1万元、减少2万元。")[2:]
    ['meetings.total.actual change 1 prior_final', 'training.total.actual change 2 prior_final']
    >>> said("会议费、培训费", "会议费3万元，培训费7万元，分别比上年增加1万元、3万元、5万元。")[2:]
    [' amount 1 ?', ' amount 3 ?', ' amount 5 ?']
    """
    sorts = [value.type for each in changes_behind(around) for value in each.values]
    kinds = len(set(sorts))
    count = len(sorts) // max(kinds, 1)
    named = focus.named[-count:]
    if not 1 < count == len(named):
        return ()
    if sorts == sorted(sorts, key=sorts.index):
        return named
    # 分别增加1万元、10%，减少2万元、20%
    is_by_thing = sorts == sorts[:kinds] * count
    return tuple(thing for thing in named for _ in range(kinds)) if is_by_thing else ()


def changes_behind(around: Around) -> list[Moved]:
    """The changes told from here to the end of the segment, but for those in a reason."""
    changes: list[Moved] = []
    for phrase in around.following:
        if phrase.of("STOP", "REASON"):
            break
        if isinstance(phrase, Moved) and phrase.values:
            changes.append(phrase)
    return changes


def told_before(focus: Focus, around: Around) -> tuple[Thing, ...]:
    """The things whose amounts the sentence before told, without the whole they are parts of.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入", "收入9万元，其中：财政拨款6万元，其他收入3万元。占比依次为67%、33%。")[-2:]
    ['income.appropriation.actual share 67 income.total', \
'income.other.actual share 33 income.total']
    """
    claims = around.narrative.claims[focus.heads[0] : focus.heads[1]]
    amounts = [each for each in claims if each.kind is ClaimKind.AMOUNT and each.topic]
    wholes = {each.whole_index for each in amounts}
    parts = [each for each in amounts if each.claim_index not in wholes]
    if len({each.role for each in parts}) != 1:
        return ()
    return tuple(thing_of(each, around) for each in parts)


def thing_of(claim: Claim, around: Around) -> Thing:
    """What a claim made before is of."""
    name = f"{claim.topic}.{claim.item}"
    subject = around.wording.subjects.get(name)
    return Thing(name, label=claim.item_label, fund=claim.fund, subject=subject)


def whole_moved(phrase: Moved, focus: Focus, around: Around) -> Whole | None:
    """The whole that a change behind a part is of, where only that makes the growth printed.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "收入总计110万元，其中事业收入30万元，比上年增加10万元，增长10.00%。")[-1]
    'income_expenditure.income_total.actual growth 10.00 prior_final'
    """
    whole, thing, amounts = focus.whole, focus.thing, phrase.of("MONEY")
    if whole is None or whole.index is None or thing is None:
        return None
    if any(each.names for each in words_of_clause(around)):
        return None
    part = amount_of(thing, focus.role, around, in_sentence=True)
    told = around.narrative.claims[whole.index].value
    moved = [phrase, *(each for each in around.following[:2] if isinstance(each, Moved))]
    if not amounts or part is None or told is None:
        return None
    return whole if not _grew_so(part, moved) and _grew_so(told, moved) else None


def _grew_so(amount: Decimal, moved: Sequence[Phrase]) -> bool:
    """Tell whether an amount grew by the printed rate; it did not where none that tells is."""
    amounts = [value for each in moved for value in each.of("MONEY")]
    rates = [rate for each in moved for rate in each.of("PERCENT")]
    if not amounts or not rates or moved[0].word.type not in _SIGNS:
        return False
    rate, scale = scaled(str(rates[0]))
    if scale < _TELLING or not rate:
        return False  # 1%: too much fits
    size = abs(read_number(amounts[0], "").value)
    return _is_share(size, amount - size * _SIGNS[moved[0].word.type], rates[0])


def _is_ruled_out(amount: Decimal, moved: Sequence[Phrase]) -> bool:
    """Tell whether an amount cannot have changed so: there is none, and it is said to have grown.

    Of others amounts are printed too carelessly to rule anything out.
    """
    amounts = [value for each in moved for value in each.of("MONEY")]
    if amount or not amounts or moved[0].word.type not in _SIGNS:
        return False
    return read_number(amounts[0], "").value * _SIGNS[moved[0].word.type] > 0


def subject_resumed(phrase: Baseline, focus: Focus, around: Around) -> Focus:
    """Speak of what the paragraph began with where a comparison opens a sentence behind its parts.

    They are its parts where they make it up, and no other is meant where only its amount makes the
    growth printed.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "财政拨款收入9万元。一般公共预算财政拨款{}万元，政府性基金预算财政拨款{}万元。"
    >>> told = f"{told}与上年相比增加3万元{{}}。"
    >>> said("收入", told.format(9, 0, ""))[-1]
    'income.appropriation.actual change 3 prior_final'
    >>> said("收入", told.format(4, 5, "，增长50.00%"))[-1]
    'income.appropriation.actual growth 50.00 prior_final'
    >>> said("收入", told.format(4, 5, "，增长150.00%"))[-1]
    'income.government_fund.actual growth 150.00 prior_final'
    """
    thing, claims = focus.thing, around.narrative.claims
    opens = not any(each.names for each in around.preceding) and not phrase.names
    parts = [each for each in claims[slice(*focus.heads)] if each.kind is ClaimKind.AMOUNT]
    parts = [each for each in parts if each.role == focus.role and each.value is not None]
    if not opens or thing is None or thing.pair or len(parts) < 2:
        return focus
    moved = [each for each in around.following[:4] if isinstance(each, Moved)]
    part = amount_of(thing, focus.role, around)
    head = next(each for each in claims if each.paragraph_index == parts[0].paragraph_index)
    is_clear = head.kind is ClaimKind.AMOUNT and head.reading is Reading.CLEAR
    if head in parts or not is_clear or head.role != focus.role or head.value is None:
        return focus
    if not moved or (part is not None and _grew_so(part, moved)):
        return focus
    is_sum = sum(each.value or Decimal(0) for each in parts) == head.value
    if not _grew_so(head.value, moved) and (not is_sum or _is_ruled_out(head.value, moved)):
        return focus
    return speak_of(focus, thing_of(head, around), head.role, around, is_named=False)


def paid_resumed(phrase: Baseline, focus: Focus, around: Around) -> Focus:
    """Speak of what money was told of where a change of money follows what was only counted.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "公务接待费5万元，国内公务接待{}9批次、70人次。比上年减少{}，下降20%。"
    >>> said("“三公”经费", told.format("", "1万元"))[-1]
    'three_public.reception.actual growth 20 prior_final'
    >>> said("“三公”经费", told.format("", "3批次"))[-1]
    'three_public.reception_persons.actual growth 20 prior_final'
    >>> said("“三公”经费", told.format("4万元，", "1万元"))[-1]
    'three_public.reception_domestic.actual growth 20 prior_final'
    """
    thing, paid = focus.thing, focus.paid
    moved = next((each for each in around.following[:4] if isinstance(each, Moved)), None)
    if thing is None or paid is None or focus.counted is None or paid.topic != thing.topic:
        return focus
    is_named = bool(phrase.names) or any(each.names for each in words_of_clause(around))
    if is_named or moved is None or not moved.of("MONEY") or paid.name == thing.name:
        return focus
    if is_count_only(thing) or amount_of(thing, focus.role, around) is not None:
        return focus
    return speak_of(focus._replace(counted=None), paid, focus.role, around, is_named=False)


def whole_beside_part(focus: Focus, around: Around) -> Whole | None:
    """The whole that an unnamed comparison is of, where its only part was told in passing.

    What is carried over is such a part, for it is no spending of the year; and so are parts that
    stand closer to each other than to the comparison. None where the printed growth is the part's.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "支出500万元，其中上年结转20万元，比上年增加3万元{}。"
    >>> said("一般公共预算支出", told.format(""))[-1]
    'general_budget.total.actual change 3 prior_final'
    >>> said("一般公共预算支出", told.format("，增长17.65%"))[-1]
    'general_budget.opening_balance.actual growth 17.65 prior_final'
    >>> said("收入", "收入9万元，其中：事业收入7万元、其他收入2万元，比上年减少1万元。")[-1]
    'income.total.actual change 1 prior_final'
    """
    whole, told = focus.whole, focus.told[0] if focus.told else None
    if whole is None or whole is focus.inherited or told is None or focus.outer:
        return None
    if (told.name, told.label) == (whole.thing.name, whole.thing.label) or _tells_whose(around):
        return None
    entries = _entries_before(around)
    values = [place for place, each in enumerate(entries) if isinstance(each, (Stated, Loose))]
    is_passing = len(values) == 1 and told.item in _CARRIED_OVER
    is_passing = is_passing and whole.thing.item not in _CARRIED_OVER
    if not (is_passing or _are_joined(entries, values)) or _lists_on(whole, focus, around):
        return None
    phrase = around.phrases[around.position]
    changes = [each for each in (phrase, *around.following[:3]) if isinstance(each, Moved)]
    part = amount_of(told, focus.role, around, in_sentence=True)
    return None if part is not None and _grew_so(part, changes) else whole


def _tells_whose(around: Around) -> bool:
    """Tell whether the clause says what it is of: a name, 后者, or each of several (均, 分别)."""
    words = words_of_clause(around)
    if any(each.names or each.of("FORMER", "LATTER", "EACH") for each in words):
        return True
    return _says_alike(words)


def _lists_on(whole: Whole, focus: Focus, around: Around) -> bool:
    """Tell whether another part of the list is told behind, be it behind a semicolon.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "收入总计9万元，其中年初结转2万元，比上年减少1万元；{}万元，比上年增加3万元。"
    >>> said("收入支出", told.format("本年收入合计7"))[2]
    'income.opening_balance.actual direction 减少 prior_final'
    >>> said("收入支出", told.format("支出总计9"))[2]
    'income_expenditure.income_total.actual direction 减少 prior_final'
    """
    is_reason = False
    for phrase in around.following:
        if phrase.of("REASON", "STOP"):
            is_reason = bool(phrase.of("REASON"))
        elif not is_reason and isinstance(phrase, Stated) and phrase.names:
            thing = named_in(phrase, focus, around)
            is_part = thing is None or _PARTS_OF_TOTALS.get(thing.name) == whole.thing.name
            return is_part or not (thing and thing.is_total)
    return False


def _are_joined(entries: list[Phrase], values: list[int]) -> bool:
    """Tell whether several values are told with 、 or 和 between them, and no other stop.

    Args:
        entries: What stands between 其中 and the comparison, the last phrase first.
        values: Which of them tell values.
    """
    if len(values) < 2 or any(each.of("OPEN", "CLOSE") for each in entries):
        return False
    if any(isinstance(entries[place], Stated) and not entries[place].names for place in values):
        return False  # 公务接待费预算3万元、决算2万元: two values of one
    between = entries[values[0] : values[-1]]
    stops = [each.word for each in between if each.of("SEP", "STOP", "AND") or each.word in _JOINS]
    behind = [each.word for each in entries[: values[0]] if each.of("SEP", "STOP")]
    return bool(stops) and {*stops} <= {"、", *_JOINS} and behind[-1:] == ["，"]


def whole_resumed(focus: Focus, around: Around) -> Whole | None:
    """The whole that what stands behind a semicolon is of: a change of nothing that it names.

    None where the list goes on, and where its entries are numbered or paragraphs. Where semicolons
    part the entries too, only the growth printed tells; it tells also where it is the last part's.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入支出", "收入总计9万元，其中：本年收入7万元，上年结转2万元；比上年减少1万元。")[-1]
    'income_expenditure.income_total.actual change 1 prior_final'
    >>> said("收入支出", "收入总计9万元，其中：本年收入7万元；上年结转2万元，比上年减少1万元。")[-1]
    'income.opening_balance.actual change 1 prior_final'
    """
    whole, thing = focus.whole, focus.thing
    if whole is None or whole is focus.inherited or whole.thing.topic == "performance":
        return None
    entries, changes = _entries_before(around), _moved_unnamed(around)
    if not entries or not changes or any(each.of("ENUM") for each in entries):
        return None
    part = amount_of(thing, focus.role, around, in_sentence=True) if thing else None
    told = around.narrative.claims[whole.index].value if whole.index is not None else None
    is_of_part = part is not None and _grew_so(part, changes)
    is_of_whole = told is not None and _grew_so(told, changes)
    if is_of_part == is_of_whole:
        return None if any(each.of("STOP") for each in entries) else whole
    return whole if is_of_whole else None


def _entries_before(around: Around) -> list[Phrase]:
    """What stands between 其中 and here; nothing where the sentence opens no list."""
    entries: list[Phrase] = []
    for before in reversed(around.preceding):
        if before.of("AMONG"):
            return entries
        entries.append(before)
    return []


def _moved_unnamed(around: Around) -> list[Phrase]:
    """The changes that the clause behind a semicolon tells of nothing that it names."""
    following = around.following
    for position, phrase in enumerate(following):
        if phrase.names or phrase.of("STOP", "REASON", "ENUM", "AMONG", "OPEN", "EACH"):
            return []
        if phrase.of("TEXT") and len(clean_label(phrase.word, around.wording.neutral)) > 1:
            return []
        if isinstance(phrase, (Moved, Level, Measured, Completed)):
            behind = [each for each in following[position + 1 :][:2] if isinstance(each, Moved)]
            return [phrase, *behind]
        if not isinstance(phrase, (Mark, Mentioned, Baseline)):
            return []
    return []


def thing_fitting(phrase: Baseline, around: Around) -> Thing | None:
    """Who a comparison is about that names nobody: the one thing that base and change leave.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "“三公”经费5万元，其中公务接待费2万元。", \
"与上年决算数3万元相比减少1万元。")[-1]
    'three_public.reception.actual change 1 prior_final'
    """
    moved = next((each for each in around.following[:2] if isinstance(each, Moved)), None)
    amounts = (phrase.of("MONEY"), moved.of("MONEY") if moved else [])
    if moved is None or not all(amounts) or moved.word.type not in _SIGNS:
        return None
    base, change = (abs(read_number(each[0], "").value) for each in amounts)
    own = base + change * _SIGNS[moved.word.type]
    path = around.paragraph.section_path
    fits = {
        (claim.topic, claim.item, claim.item_label): claim
        for claim in around.narrative.claims
        if (claim.section_path, claim.value) == (path, own)
        and claim.kind is ClaimKind.AMOUNT
        and claim.reading is Reading.CLEAR
        and claim.role == around.narrative.own_role
    }
    return thing_of(next(iter(fits.values())), around) if len(fits) == 1 else None


def told_of_each(count: int, focus: Focus, around: Around) -> tuple[Thing, ...]:
    """The things that several values are said of in order, none where that is not clear."""
    things = focus.named[-count:] if len(focus.named) >= count else ()
    if not focus.named:
        things = told_before(focus, around)
    if len(things) != count and focus.thing is not None and len(focus.thing.pair) == count:
        things = tuple(Thing(name) for name in focus.thing.pair)
    is_one = len({(each.name, each.label) for each in things}) == 1
    return () if len(things) != count or is_one else things


def resumes(thing: Thing, phrase: Phrase, focus: Focus, around: Around) -> bool:
    """Tell whether a thing named after a reason is the section's own and no more a reason.

    What all of it was spent for explains nothing, though it is told like a reason.

    >>> from pipelines.normalising.narrative.examples import said
    >>> told = "一般公共预算支出9万元，比上年增加1万元，主要是基本支出{}6万元，项目支出{}3万元。"
    >>> said("一般公共预算支出决算情况", told.format("", ""))[-2:]
    ['general_budget.basic.actual amount 6', 'general_budget.project.actual amount 3']
    >>> said("一般公共预算支出决算情况", told.format("增加", "减少"))[-2:]
    ['reasons.variance.actual change 6 general_budget.total', \
'reasons.variance.actual change 3 general_budget.total']
    """
    if focus.reason is None:
        return False
    if focus.clause <= focus.reason.begin or thing.topic != around.topic:
        whole = focus.thing
        is_of_all = whole is not None and whole.is_total and whole.topic == thing.topic
        if not is_of_all or thing.item not in ("basic", "project"):
            return False
    return verb_before(phrase.begin, focus, around) is None


def resumes_with(base: Base, phrase: Phrase, focus: Focus, around: Around) -> bool:
    """Tell whether a comparison in a reason is of the sentence and not of the reason."""
    reason = focus.reason
    if reason is None or reason.explained is None or reason.explained.role == base.role:
        return False
    return focus.clause > reason.begin and not _is_of_reason(phrase, focus, around)


def _is_of_reason(phrase: Phrase, focus: Focus, around: Around) -> bool:
    """Tell whether the clause names what only the reason speaks of: 人员经费比上年减少5万元."""
    for before in around.preceding:
        if before.begin < focus.clause or before.begin >= phrase.begin:
            continue
        thing = named_in(before, focus, around)
        if thing is not None and (focus.thing is None or focus.thing.name != thing.name):
            return True
        if before.of("TEXT") and len(clean_label(before.word, around.wording.neutral)) > 1:
            return True
    return False


def verb_before(position: int, focus: Focus, around: Around) -> Token | None:
    """The verb that the clause of a place begins with: 减少 in 减少人员经费5万元."""
    begin = focus.clause
    for phrase in around.phrases:
        if phrase.begin < focus.clause or phrase.end > position:
            continue
        if isinstance(phrase, Baseline):
            begin = phrase.end
        elif isinstance(phrase, Moved) and not phrase.values:
            bare = clean_label(around.text[begin : phrase.begin], around.wording.before_moved)
            return None if bare else phrase.word
    return None


def other_bodys(thing: Thing, focus: Focus, around: Around) -> str:
    """Why a value is not of the thing as such: of another year, or part of something else."""
    whole, own = focus.whole, around.narrative.fiscal_year
    is_of_year = thing.topic not in (*HELD_TOPICS, "performance", "project", "funds")
    if focus.year and own and focus.year not in (own, own - 1) and is_of_year:
        return "of another year"
    is_known_part = thing.topic in HELD_TOPICS or thing.name in focus.together
    if focus.is_foreign and not is_known_part:
        return "a part of what is not known"
    if whole and whole.thing.topic in _PAID_FOR and thing.topic == "income":
        return PAYS_FOR
    if whole and thing.topic in FUND_TOPICS and whole.thing.topic in _PAID_BY_FUNDS:
        return ONE_FUNDS
    if whole and whole.thing.topic == "operating_cost" and thing.name != "operating_cost.total":
        return "the operating cost's part of it"
    return ""


def is_joint(around: Around) -> bool:
    """Tell whether one value is told of several things: 会议费和培训费共8万元.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("会议费、培训费", "会议费和培训费共8万元，比上年增加1万元。")
    ['training.total.actual amount 8 ?', ' amount 1 ?']
    >>> said("会议费、培训费", "会议费和培训费共8万元，其中会议费3万元，培训费5万元。")[1:]
    ['meetings.total.actual amount 3', 'training.total.actual amount 5']
    """
    phrase = around.phrases[around.position]
    words = {str(word) for word in phrase.of("BE")}
    joins = (*_JOINS, "、") if words & set(_SUMMED) else _JOINS
    return bool(_joined_with(around.position, around, joins))


def told_alike(phrase: Stated, focus: Focus, around: Around) -> tuple[Thing, ...]:
    """The things named before that a value is also of: each is so much, or all come to nothing.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入", "事业收入、经营收入均为2万元。上级补助收入、其他收入共0万元。")
    ['income.institutional.actual amount 2', 'income.operating.actual amount 2', \
'income.superior_subsidy.actual amount 0', 'income.other.actual amount 0']
    >>> said("收入", "事业收入、经营收入共2万元。")[-1]
    'income.operating.actual amount 2 ?'
    """
    names = _joined_with(around.position, around, (*_JOINS, "、"))
    words = [str(word) for word in phrase.of("BE", "NEUTRAL")]
    is_each = any(word.startswith(_ALIKE) for word in words)
    is_sum = any(word in _SUMMED for word in words)
    is_nothing = is_sum and all(not scaled(str(value))[0] for value in phrase.values)
    if not names or not (is_each or is_nothing):
        return ()
    return tuple(thing for each in names if (thing := named_in(each, focus, around)))


def is_only_included(phrase: Phrase, around: Around) -> bool:
    """Tell whether a part is named in passing, and what follows is of the whole again.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "“三公”经费9万元，含公务接待费2万元，比上年减少1万元。")[-1]
    'three_public.total.actual change 1 prior_final'
    """
    before = around.text[around.begin : phrase.begin]
    return before.endswith("含") and not before.endswith(("不含", "包含"))


def is_of_one_fund(phrase: Stated, thing: Thing, focus: Focus, around: Around) -> bool:
    """Tell whether an amount is what one fund pays of the whole that is listed.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "“三公”经费9万元（其中：一般公共预算支出9万元；政府性基金支出0万元）。")
    ['three_public.total.actual amount 9', 'three_public.total.actual amount 9 ?', \
'government_fund.total.actual amount 0 ?']
    """
    if phrase.names or focus.whole is None or focus.whole.thing.name != thing.name:
        return False
    return bool(FUND_NAMES.search(around.text[focus.clause : phrase.begin]))


def named_by_comparison(phrase: Phrase, focus: Focus, around: Around) -> Focus:
    """Speak of the thing that a comparison names.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "三公经费支出5万元，比上年公务接待费减少1万元。")[-1]
    'three_public.reception.actual change 1 prior_final'
    >>> said("“三公”经费", "三公经费支出5万元，比上年会议费减少1万元。")[-1]
    'meetings.total.actual change 1 prior_final'
    >>> said("“三公”经费", "三公经费支出5万元，比上年财政拨款支出减少1万元。")[-1]
    'three_public.total.actual change 1 prior_final'
    """
    thing, current = named_in(phrase, focus, around), focus.thing
    if thing is None:
        return focus
    is_general = thing.topic not in _OWN_COSTS or is_weak(phrase, around)
    if is_general and current is not None and current.topic != thing.topic:
        return focus
    if current is not None and current.name == thing.name:
        return focus
    if current is not None and current.topic == "operating_cost":
        # 较上年培训费增加2万元: all training, or the operating cost's part of it.
        return focus._replace(is_unread=True)
    role = role_unsaid(thing, focus, around)
    spoken = speak_of(focus, thing, role, around, is_named=True)
    return spoken._replace(base=focus.base)


def is_just_compared(focus: Focus, around: Around) -> bool:
    """Tell whether the comparison stands in the clause of 持平 or the one before."""
    for phrase in reversed(around.preceding):
        if isinstance(phrase, Baseline) or phrase.of("RESTATED"):
            return True
        if not isinstance(phrase, (Mark, Mentioned)):
            return focus.is_base_shared and isinstance(around.previous, Mentioned)
    return False


def base_of_share(
    named: list[Token], thing: Thing, share: Token, focus: Focus, around: Around
) -> str:
    """The whole that a share's words name: of several, the one of the thing's own topic.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("收入决算情况", "本年收入合计9万元，其中：事业收入3万元，占总收入的33.33%。")[-1]
    'income.institutional.actual share 33.33 income.total'
    """
    if not named:
        return _whole_unnamed(thing, share, focus, around)
    if around.text[: named[-1].end_pos].endswith(_OWN_LEVEL):
        return ""  # 占该款支出的70%: of the 款 it stands in
    wholes: Mapping[str, str] = around.wording.entry["vague_wholes"]
    if (vague := wholes.get("".join(named))) is not None:
        return _vague_whole(thing, share, vague, focus, around)
    bases = [base for token in named if (base := _whole_named(token, thing, around))]
    own = [base for base in bases if base.partition(".")[0] == thing.topic]
    return (own or bases or [""])[-1]


def _vague_whole(thing: Thing, share: Token, vague: str, focus: Focus, around: Around) -> str:
    """What 支出 and 收入 mean as a share's whole: the list's, else the one that the amounts fit.

    >>> from pipelines.normalising.narrative.examples import said
    >>> whole, part = "一般公共预算支出9万元，其中：", "（1）教育支出（类）3万元，占支出的33.3%。"
    >>> said("一般公共预算支出", whole, part)[-1]
    'general_budget.class.actual share 33.3 general_budget.total'
    >>> said("一般公共预算支出", "教育支出（类）3万元，占总支出的30%。")[-1]
    'general_budget.class.actual share 30'
    """
    listed = _listed_whole(thing, focus, around)
    whole = focus.whole.thing if focus.whole else None
    if listed and whole is not None and thing.topic in (whole.topic, "income", "expenditure"):
        return listed
    grand = f"income_expenditure.{vague.partition('.')[0]}_total"
    own = f"{thing.topic}.total" if thing.topic in FUND_TOPICS else ""
    if not own or own == thing.name:
        return _whole_fitting(thing, share, (vague, grand), focus, around) or vague
    # All spending, or all that the fund spends: nobody knows where the amounts do not tell.
    return _whole_fitting(thing, share, (own, vague), focus, around)


def _whole_fitting(
    thing: Thing, share: Token, wholes: tuple[str, ...], focus: Focus, around: Around
) -> str:
    """The one whole that part and share fit, '' where none or several do."""
    part = amount_of(thing, focus.role, around)
    amounts = {whole: amount_in_document(Thing(whole), focus.role, around) for whole in wholes}
    fits = [whole for whole, amount in amounts.items() if part and _is_share(part, amount, share)]
    return fits[0] if len(fits) == 1 else ""


def amount_in_document(thing: Thing, role: str, around: Around) -> Decimal | None:
    """The amount stated last of a thing anywhere before, None where none is."""
    for claim in reversed(around.narrative.claims):
        if _is_amount_of(claim, thing, role):
            return claim.value
    return None


def _whole_named(token: Token, thing: Thing, around: Around) -> str:
    """What a word of a share's base names; nothing is a share of itself.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("一般公共预算财政拨款支出", "一般公共预算财政拨款支出9万元，占本年支出合计的90%。")[-1]
    'general_budget.total.actual share 90 expenditure.total'
    """
    subjects = around.wording.subjects
    for key in (around.lexicon.subject(token), around.wording.anchors.get(str(token))):
        if key and subjects[key].name != thing.name:
            return subjects[key].name
    return ""


def _whole_unnamed(thing: Thing, share: Token, focus: Focus, around: Around) -> str:
    """The whole of a share that names none: the one that part and whole make the share of.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("政府采购支出", "政府采购支出总额8万元。授予中小企业合同金额4万元，占50%。")[-1]
    'procurement.sme.actual share 50 procurement.total'
    """
    listed = _listed_whole(thing, focus, around)
    own = _WHOLES.get(thing.topic, f"{thing.topic}.total")
    if own == thing.name or own not in around.wording.subjects:
        own = ""
    near: tuple[str, ...] = _NEAR_WHOLES.get(thing.name, ())
    wholes = [whole for whole in dict.fromkeys((listed, own, *near)) if whole]
    part = amount_of(thing, focus.role, around)
    stated = {whole: amount_of(Thing(whole), focus.role, around) for whole in wholes}
    fits = [
        whole
        for whole, amount in stated.items()
        if part is not None and _is_share(part, amount, share)
    ]
    if listed and (listed in fits or not part or len(fits) != 1):
        return listed
    if part and len(fits) == 1:
        return fits[0]
    is_refuted = part is not None and stated.get(own) is not None and own not in fits
    if is_refuted and (grand := _PARTS_OF_TOTALS.get(own)):
        # 本年收入80万元 … 上年结转20万元，占20%: of all that there is to spend
        return _whole_fitting(thing, share, (grand,), focus, around)
    is_open = thing.name in _SEVERAL_WHOLES or is_refuted
    return "" if is_open else own


def amount_of(
    thing: Thing, role: str, around: Around, *, in_sentence: bool = False
) -> Decimal | None:
    """The amount stated last of a thing in this section, or sentence; None where none is."""
    path, sentence = around.paragraph.section_path, around.sentence() if in_sentence else ""
    for claim in reversed(around.narrative.claims):
        if claim.section_path != path or (in_sentence and claim.sentence != sentence):
            return None
        if _is_amount_of(claim, thing, role) and claim.item_label == thing.label:
            return claim.value
    return None


def _is_amount_of(claim: Claim, thing: Thing, role: str) -> bool:
    is_of = (claim.topic, claim.item, claim.role) == (thing.topic, thing.item, role)
    return is_of and claim.kind is ClaimKind.AMOUNT and claim.reading is Reading.CLEAR


def _is_share(part: Decimal, whole: Decimal | None, share: Token) -> bool:
    """Tell whether a printed share is that of a part of a whole, to a unit of its last digit."""
    if not whole:
        return False
    printed, scale = scaled(str(share))
    return abs(part / whole * 100 - printed) <= Decimal(1).scaleb(-scale)


def _listed_whole(thing: Thing, focus: Focus, around: Around) -> str:
    open_wholes = around.wording.entry["open_wholes"]
    if focus.whole and focus.whole.thing.name not in (thing.name, *open_wholes):
        return focus.whole.thing.name
    return ""


def shares_the_sentence(base: str, thing: Thing) -> bool:
    """Tell whether a share in a reason is of the sentence: it is of the section's own whole."""
    return base in (f"{thing.topic}.total", *_GRAND_TOTALS)


def event_topic(focus: Focus, around: Around) -> str:
    """The topic that people attend, '' where none is spoken of."""
    topics = (focus.thing.topic if focus.thing else "", around.topic)
    return next((topic for topic in topics if topic in EVENT_TOPICS), "")


def attended_event(phrase: Attended, around: Around) -> str:
    """The name of the event that stands in the clause before 人数."""
    text = around.text[: phrase.begin].rstrip("，,、")
    clause = re.split(r"[，,。;:]|\d+(?:\.\d+)?万元", text)[-1]
    name = clean_label(clause, around.wording.held_for)
    return "" if re.match(r"\d+[次场期个]", name) else name
