"""Names that stand elsewhere than right before their number: above, in quotes, behind."""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.function_paths import function_path
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.examples import said
from pipelines.normalising.narrative.lexicon import fold
from pipelines.normalising.narrative.sections import place_in_sections

GENERAL, ASSETS = "一般公共预算财政拨款支出", "国有资产占用情况"
BUDGET = DocumentKind.BUDGET


def claimed(
    heading: str, *texts: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS
) -> tuple[Claim, ...]:
    paragraphs = [Paragraph(text, Place()) for text in (f"一、{heading}情况说明", *texts)]
    return read_prose(list(place_in_sections(paragraphs)), kind, 2023).claims


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("一般公共预算财政拨款支出决算", "general_budget.total"),
        ("财政拨款支出决算", "appropriation.expenditure"),
    ],
)
def test_the_fund_of_a_section_outweighs_a_bare_appropriation_below_it(heading: str, fund: str):
    told = "2023年度财政拨款支出90万元，与上年相比减少5万元。"
    claims = said(heading, "（一）财政拨款支出决算总体情况", told)
    assert claims[0] == f"{fund}.actual amount 90"
    assert claims[-1] == f"{fund}.actual change 5 prior_final"


def test_items_below_a_bare_appropriation_are_the_sections_funds_too():
    told = "财政拨款支出9万元，主要用于以下方面：教育支出（类）6万元，住房保障支出（类）3万元。"
    claims = said(GENERAL, "（二）财政拨款支出决算结构情况", told)
    assert claims[1:] == [f"general_budget.class.actual amount {amount}" for amount in (6, 3)]


@pytest.mark.parametrize(
    ("sentences", "role"),
    [
        (
            "教育支出（类）5万元。年初预算4万元，完成年初预算的125%。主要用于初中教育5万元。",
            "actual",
        ),
        (
            "教育支出（类）5万元，年初预算4万元，完成年初预算的125%，主要用于初中教育5万元。",
            "actual",
        ),
        ("教育支出（类）5万元。年初预算4万元。主要用于初中教育5万元。", "actual"),
        ("教育支出（类）年初预算4万元，主要用于初中教育4万元。", "opening_budget"),
    ],
)
def test_what_money_went_to_is_no_budget_where_the_outturn_is_told(sentences: str, role: str):
    last = claimed(GENERAL, sentences)[-1]
    assert (last.item, last.role) == ("item", role)


def test_what_money_went_to_is_part_of_the_outturn():
    *_, whole, part = (
        claim
        for claim in claimed(GENERAL, "教育支出（类）5万元。年初预算4万元。主要用于初中教育5万元。")
        if claim.role == "actual"
    )
    assert part.whole_index == whole.claim_index


@pytest.mark.parametrize(
    ("sentence", "subject", "label"),
    [
        ("（1）“普通教育”款“小学教育”项30万元。", "item", "“普通教育”款“小学教育”项"),
        ("“教育支出”类“普通教育”款支出30万元。", "subclass", "“教育支出”类“普通教育”款"),
        ("（2）“普通教育”款““双一流”建设”项3万元。", "item", "“普通教育”款““双一流”建设”项"),
        ("“教育支出”类中的“小学教育”项：3万元。", "item", "“教育支出”类中的“小学教育”项"),
    ],
)
def test_names_in_quotes_have_their_level_behind_them(sentence: str, subject: str, label: str):
    (claim,) = claimed("一般公共预算支出", sentence, kind=BUDGET)
    assert (claim.subject, claim.item_label) == (f"general_budget.{subject}.budget", label)
    assert function_path(claim.topic, claim.item, claim.item_label).level == subject


def test_what_is_compared_behind_a_quoted_name_is_of_it():
    told = "（1）“普通教育”款“小学教育”项30万元，与2022年预算相比增加3万元，增长11.11%。"
    assert said("一般公共预算支出", told, kind=BUDGET)[1:] == [
        "general_budget.item.budget direction 增加 prior_budget",
        "general_budget.item.budget change 3 prior_budget",
        "general_budget.item.budget growth 11.11 prior_budget",
    ]


@pytest.mark.parametrize("words", ["“放管服”项目3万元", "“两节”款待费3万元", "“一类”项下3万元"])
def test_other_words_in_quotes_are_no_class(words: str):
    assert not [each for each in claimed("一般公共预算支出", f"{words}。") if "class" in each.item]


def test_quotes_within_quotes_are_part_of_what_is_quoted():
    folded = fold("“加强“三园”建设”和“两馆”")
    assert [folded.text[begin:end] for begin, end in folded.quoted] == ["加强三园建设", "两馆"]


def test_a_class_is_no_part_of_the_class_told_before():
    told = (
        "1.教育支出（类）6万元。其中：",
        "（1）“普通教育”款6万元。",
        "2.住房保障支出（类）3万元。",
    )
    first, part, second = claimed("一般公共预算支出", *told, kind=BUDGET)
    assert (part.whole_index, second.whole_index) == (first.claim_index, None)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("由于年初预算数为0万元，无法计算百分比", "general_budget.class.opening_budget amount 0"),
        ("由于上年决算数为0元，增长率无法计算", "general_budget.class.prior_final amount 0"),
        (
            "由于办公费减少0万元，无法开展活动",
            "reasons.variance.actual change 0 general_budget.class",
        ),
    ],
)
def test_why_there_is_no_rate_is_no_reason_for_a_change(reason: str, told: str):
    assert said(GENERAL, f"教育支出（类）支出决算为3万元，{reason}。")[-1] == told


def test_behind_why_there_is_no_rate_the_comparison_is_still_told():
    told = "教育支出（类）3万元，由于年初预算数为0万元，无法计算百分比，决算数大于年初预算数。"
    assert said(GENERAL, told)[-1] == "general_budget.class.actual comparison 大于 opening_budget"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("本年开支的培训费，共计5万元。", "training.total.actual amount 5"),
        ("本年减少培训费，共计5万元。", " amount 5 ?"),
        ("本年开支的会议费和培训费，共计5万元。", " amount 5 ?"),
    ],
)
def test_a_sum_is_of_the_one_name_that_the_clause_before_ends_in(sentence: str, told: str):
    assert said("会议费、培训费", sentence)[-1] == told


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("用于2辆公务用车的燃油费", "three_public.vehicles_held.actual count 2"),
        ("用于2辆公务用车更新", " count 2 ?"),
        ("替换2辆公务用车", " count 2 ?"),
    ],
)
def test_cars_that_the_running_cost_is_for_are_held(behind: str, told: str):
    assert said("“三公”经费", f"公务用车运行维护费5万元，{behind}。")[-1] == told


PROJECTS = ("项目一：", "项目名称：茶园改造经费", "政策依据：《关于下达2023年项目预算的通知》")


def test_a_labelled_list_names_the_project_of_the_lines_below():
    lines = (*PROJECTS, "预算安排规模：5万元", "资金分配情况：育苗3万元，管护2万元")
    total, *parts = claimed("项目支出", *lines, kind=BUDGET)
    assert (total.subject, total.item_label) == ("project.total.budget", "茶园改造经费")
    assert [(each.item_label, each.group_label) for each in parts] == [
        ("育苗", "茶园改造经费"),
        ("管护", "茶园改造经费"),
    ]


def test_each_label_names_another_project():
    lines = (*PROJECTS, "预算安排规模：5万元", "项目名称：水窖建设", "预算安排规模：7万元")
    told = [(each.item_label, each.value_text) for each in claimed("项目支出", *lines, kind=BUDGET)]
    assert told == [("茶园改造经费", "5"), ("水窖建设", "7")]


def test_labels_may_stand_in_one_line():
    line = "项目名称：茶园改造；预算安排规模：5万元。项目名称：水窖，预算安排规模：7万元。"
    told = [(each.item_label, each.value_text) for each in claimed("项目支出", line, kind=BUDGET)]
    assert told == [("茶园改造", "5"), ("水窖", "7")]


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("每座补助3万元，共60万元", ["", "project.part"]),
        ("每座补助3万元，共50万元", ["", ""]),
    ],
)
def test_a_price_is_no_part_and_what_number_and_price_make_is_one(price: str, told: list[str]):
    _, *claims = claimed("项目支出", *PROJECTS, f"新建水窖20座，{price}", kind=BUDGET)
    assert [f"{each.topic}.{each.item}".strip(".") for each in claims] == told
    assert claims[0].reading_note == "what one of several costs"


def test_what_was_bought_for_a_price_each_has_the_name_of_what_was_counted():
    last = claimed("项目支出", *PROJECTS, "新建水窖20座，每座补助3万元，共60万元")[-1]
    assert (last.item_label, last.group_label) == ("新建水窖", "茶园改造经费")


def test_the_number_of_an_entry_is_no_part_of_its_name():
    told = claimed(ASSETS, "占用情况为：1.房屋30平方米，价值6万元。2.车辆3辆，价值9万元。")
    assert [each.item_label for each in told if each.item == "value"] == ["房屋", "车辆"]


def test_the_next_entry_of_a_list_is_no_part_of_the_one_before():
    told = "1.车辆3辆，价值9万元；其中：其他用车1辆，价值2万元。2.办公家具价值4万元。"
    part, entry = [each for each in claimed(ASSETS, told) if each.item == "value"][1:]
    assert (part.whole_index is None, entry.whole_index) == (False, None)


def test_the_next_entry_is_compared_as_the_one_before_and_a_share_of_the_same():
    told = (
        "（1）公务用车购置及运行维护费4万元，占80%，与2022年度相比减少2万元，其中运行维护费4万元。"
        "（2）公务接待费1万元，占20%，减少3万元。"
    )
    assert said("“三公”经费", told)[-3:] == [
        "three_public.reception.actual share 20 three_public.total",
        "three_public.reception.actual direction 减少 prior_final",
        "three_public.reception.actual change 3 prior_final",
    ]


@pytest.mark.parametrize("words", ["在职在编实有人员", "在职实有人员", "在编实有人员"])
def test_those_in_office_who_are_there_are_staff_and_not_all(words: str):
    (claim,) = claimed("机构设置", f"{words}45人。")
    assert (claim.subject, claim.item_label) == ("staffing.staff.held", words)


def test_funds_have_the_kind_of_the_projects_counted_before_them():
    told = "设定绩效目标的项目3个，涉及资金9万元，其中：运转类项目1个，涉及资金2万元。"
    funds = [each for each in claimed("绩效目标", told) if each.item == "target_funds"]
    assert [each.item_label for each in funds] == ["", "运转类项目"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "处置车辆1辆，账面原值9万元；报废报损设备3台，账面原值2万元。",
            [
                ("assets.disposed.actual", "处置车辆", "1"),
                ("assets.disposed.actual", "处置车辆", "9"),
                ("assets.disposed.actual", "报废报损设备", "3"),
                ("assets.disposed.actual", "报废报损设备", "2"),
            ],
        ),
        (
            "出租房屋30平方米，实现资产使用收入2万元。",
            [
                ("assets.let.actual", "出租房屋", "30"),
                ("assets.income.actual", "资产使用收入", "2"),
            ],
        ),
        ("拟处置车辆1辆。", [("", "", "1")]),
    ],
)
def test_assets_parted_with_are_not_held(sentence: str, told: list[tuple[str, str, str]]):
    claims = claimed(ASSETS, sentence)
    assert [(each.subject, each.item_label, each.value_text) for each in claims] == told


@pytest.mark.parametrize("words", ["车均运行维护费2万元", "平均每辆2万元", "每辆车运行费2万元"])
def test_what_one_car_costs_is_no_amount(words: str):
    last = claimed("“三公”经费", f"公务用车运行维护费8万元，公务用车保有量4辆，{words}。")[-1]
    assert last.reading_note == "what one of several costs"


def test_what_is_told_of_a_later_year_is_still_to_be_done():
    told = [each.role for each in claimed("主要工作", "新建水窖15处。2024年新建水窖20处。")]
    assert told == ["actual", "planned"]
