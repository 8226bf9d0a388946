"""Provinces' templates: wholes and budgets of lists, values told alike, verbs like names."""

from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind, NarrativeParagraph, Part, Reading
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.examples import said
from pipelines.normalising.narrative.facts import find_department_facts
from pipelines.normalising.narrative.sections import place_in_sections

THREE_PUBLIC, GENERAL, RECEIPTS, INCOME = "“三公”经费", "一般公共预算支出", "收入支出", "收入"
TARGETS, ASSETS, WORK = "绩效目标", "国有资产占用情况", "主要工作"
BUDGET = DocumentKind.BUDGET


def claimed(
    heading: str, *sentences: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS
) -> tuple[Claim, ...]:
    paragraphs = [Paragraph(text, Place()) for text in (f"一、{heading}情况说明", *sentences)]
    return read_prose(list(place_in_sections(paragraphs)), kind, 2023).claims


def shares(*sentences: str, heading: str = GENERAL) -> list[str]:
    """The whole of each share."""
    return [each.base for each in claimed(heading, *sentences) if each.kind == "share"]


@pytest.mark.parametrize("words", ["支出", "总支出", "全部支出"])
def test_spending_is_the_whole_that_is_listed(words: str):
    sentences = (
        "一般公共预算支出80万元，其中：",
        f"（1）教育支出（类）60万元，占{words}的75.0%。",
        f"（2）住房保障支出（类）20万元，占{words}的24.0%，年初预算18万元。",
    )
    assert shares(*sentences) == ["general_budget.total"] * 2


@pytest.mark.parametrize(
    ("before", "share", "base"),
    [
        ("一般公共预算支出80万元。", "75%", "general_budget.total"),
        ("一般公共预算支出80万元。", "60%", ""),
        ("", "75%", ""),
    ],
    ids=["fits the fund", "fits nothing", "nothing told"],
)
def test_outside_a_list_spending_is_what_the_amounts_fit(before: str, share: str, base: str):
    assert shares(before + f"教育支出（类）60万元，占支出的{share}。") == [base]


def test_a_share_without_words_is_of_all_income_where_the_years_own_does_not_fit():
    sentence = "收入总计50万元。本年收入40万元，占80%；上年结转10万元，占20%。"
    assert shares(sentence, heading=RECEIPTS)[1:] == ["income_expenditure.income_total"]


@pytest.mark.parametrize(
    ("told", "role"),
    [("年初预算", "opening_budget"), ("全年预算", "adjusted_budget"), ("预算", "budget")],
)
def test_a_budget_in_a_list_is_the_one_its_whole_is_told_of(told: str, role: str):
    found = said(
        THREE_PUBLIC,
        f"三公经费{told}数7万元，决算6万元。",
        "其中：公务接待费预算为3万元，决算为2万元；因公出国（境）费预算为4万元，决算为4万元。",
    )
    assert found[2] == f"three_public.reception.{role} amount 3"
    assert found[4] == f"three_public.overseas.{role} amount 4"


def test_of_a_whole_with_two_budgets_nobody_knows_which_is_meant():
    found = said(
        THREE_PUBLIC,
        "三公经费年初预算7万元，全年预算8万元，决算6万元。其中：公务接待费预算3万元，决算2万元。",
    )
    assert "three_public.reception.budget amount 3" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "组织对渠道清淤等6个项目编制了绩效目标。",
        "对6个项目填报绩效目标。",
        "本年6个项目设定了项目绩效目标。",
    ],
)
def test_projects_for_which_targets_are_drawn_up_are_no_posts(sentence: str):
    assert said("其他重要事项", sentence) == ["performance.target_projects.actual count 6"]


def test_posts_are_posts_where_they_are_counted():
    found = said("机构设置", "编制6人，其中行政编制4人；编制数7人。")
    assert [each.partition(" ")[0] for each in found] == ["staffing.posts.held"] * 3


def test_funds_of_all_spending_are_not_those_of_its_projects():
    found = said(
        "其他重要事项",
        "部门整体支出纳入绩效目标管理，涉及预算资金70万元；共4个项目纳入绩效目标管理，"
        "涉及财政资金合计30万元，占部门预算资金（人员类除外）总额的比例为100%。",
        kind=BUDGET,
    )
    assert found == [
        "performance.overall_funds.budget amount 70",
        "performance.target_projects.budget count 4",
        "performance.target_funds.budget amount 30",
        "performance.target_funds.budget share 100",
    ]


@pytest.mark.parametrize("opening", ["主要有：", "包括：", "其中："])
def test_budgets_listed_under_targets_are_projects(opening: str):
    claims = claimed(
        TARGETS,
        f"实行绩效目标管理的项目2个，涉及资金30万元，{opening}①水渠养护专项20万元；②防疫物资储备10万元。",
        kind=BUDGET,
    )
    assert [(each.subject, each.item_label, each.whole_index) for each in claims[2:]] == [
        ("project.total.budget", "水渠养护专项", 1),
        ("project.total.budget", "防疫物资储备", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "sentence", "role"),
    [
        (BUDGET, "新建灌溉站8座。", "planned"),
        (BUDGET, "2023年新建灌溉站8座。", "planned"),
        (BUDGET, "2022年新建灌溉站8座。", "actual"),
        (BUDGET, "已建成灌溉站8座。", "actual"),
        (DocumentKind.FINAL_ACCOUNTS, "新建灌溉站8座。", "actual"),
    ],
)
def test_what_a_budget_tells_of_its_own_year_is_still_to_be_done(kind, sentence: str, role: str):
    (claim,) = claimed(WORK, sentence, kind=kind)
    assert (claim.item, claim.role) == ("indicator", role)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "公务用车保有量4辆。与账面车辆差异原因是：2辆洒水车未列入公务用车。",
            "reasons.variance.actual count 2 three_public.vehicles_held",
        ),
        (
            "公务用车保有量4辆，增加的原因是1台抢险车由县里调入。",
            "reasons.variance.actual count 1 three_public.vehicles_held",
        ),
        (
            "因公出国费2万元。主要原因是执行出访任务，全年1个批次。",
            "three_public.overseas_groups.actual count 1",
        ),
    ],
)
def test_what_stands_behind_a_number_in_a_reason_is_what_it_counts(sentence: str, told: str):
    assert said(THREE_PUBLIC, sentence)[-1] == told


def test_the_label_of_a_reason_is_what_is_counted_and_no_verb():
    claims = claimed(
        THREE_PUBLIC,
        "三公经费7万元，比上年增加2万元，变动原因是更新巡查车1辆。公务用车保有量4辆，"
        "差异原因是：2辆洒水车未列入。",
    )
    labels = [each.item_label for each in claims if each.topic == "reasons"]
    assert labels == ["更新巡查车", "洒水车"]


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("事业收入、经营收入、其他收入均为0万元。", ["institutional", "operating", "other"]),
        ("上级补助收入和其他收入均为3万元。", ["superior_subsidy", "other"]),
        ("上级补助收入、其他收入共0.00元。", ["superior_subsidy", "other"]),
        ("上级补助收入、其他收入合计为0元。", ["superior_subsidy", "other"]),
    ],
)
def test_a_value_of_several_alike_is_each_ones(sentence: str, things: list[str]):
    claims = claimed(INCOME, sentence)
    assert [(each.item, each.reading) for each in claims] == [
        (item, Reading.CLEAR) for item in things
    ]
    assert len({each.value for each in claims}) == 1


@pytest.mark.parametrize("sum_of", ["共", "合计", "共计"])
def test_a_sum_of_several_is_nobodys(sum_of: str):
    (claim,) = claimed(INCOME, f"上级补助收入、其他收入{sum_of}3万元。")
    assert claim.reading is Reading.AMBIGUOUS


def test_the_narrow_comma_of_a_text_parts_clauses_and_no_thousands():
    wide = "三公经费1,200万元，其中因公出国（境）费和公务用车购置费均无安排，与上年持平。"
    narrow = wide.replace("，", ",")
    assert said(THREE_PUBLIC, narrow) == said(THREE_PUBLIC, wide)
    assert len(said(THREE_PUBLIC, wide)) == 4


def test_fees_in_the_income_of_an_institution_are_a_part_of_it():
    claims = claimed(
        INCOME, "本年收入9万元。其中：事业收入4万元（含教育收费1万元），其他收入5万元。"
    )
    fees = claims[2]
    assert (fees.subject, fees.whole_index) == (
        "income.institutional_education_fees.actual",
        claims[1].claim_index,
    )
    assert claims[3].whole_index == claims[0].claim_index


def test_fees_of_their_own_are_those_of_the_special_account():
    assert said(INCOME, "教育收费4万元。") == ["income.fiscal_account.actual amount 4"]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("房屋800平方米，价值90万元；车辆3辆，账面原值40万元。", ["房屋", "车辆"]),
        ("车辆3辆，账面价值合计40万元。", ["车辆"]),
        ("处置旧桌椅30套，账面原值2万元。", []),
        ("账面原值2万元。", []),
    ],
)
def test_worth_is_that_of_what_was_counted_if_that_is_known(sentence: str, labels: list[str]):
    told = [each for each in claimed(ASSETS, sentence) if each.kind == "amount"]
    values = [each for each in told if each.item in ("", "value")]
    clear = [each.item_label for each in values if each.reading is Reading.CLEAR]
    assert clear == labels


def test_sorts_of_assets_move_each_for_itself():
    claims = claimed(
        ASSETS,
        "资产总额90万元，比上年减少4万元，其中固定资产减少3万元，下降5.00%，无形资产减少1万元。",
    )
    moved = [(each.item_label, each.value) for each in claims if each.kind == "change"]
    assert moved == [
        ("", Decimal(-40000)),
        ("固定资产", Decimal(-30000)),
        ("无形资产", Decimal(-10000)),
    ]


def test_a_list_that_ends_in_etc_is_followed_by_its_wholes_change():
    claims = claimed(
        "一般公共预算基本支出",
        "公用经费20万元，主要包括：印刷费8万元、邮电费4万元等，较上年减少2万元，下降9.09%。",
    )
    assert [each.item_label for each in claims if each.item == "public_item"] == [
        "印刷费",
        "邮电费",
    ]
    assert [each.subject for each in claims if each.kind in ("change", "growth")] == [
        "basic.public.actual"
    ] * 2


@pytest.mark.parametrize(
    ("budget", "outturn", "rate", "way"),
    [("8", "9", "12.50", "increase"), ("8", "6", "25", "decrease"), ("8", "8", "0", "")],
)
def test_the_rate_between_budget_and_outturn_goes_the_way_of_the_amounts(
    budget: str, outturn: str, rate: str, way: str
):
    claims = claimed(
        THREE_PUBLIC,
        f"与全年预算相比，三公经费全年预算数{budget}万元，决算数{outturn}万元，预决算差异率{rate}%。",
    )
    last = claims[-1]
    assert (last.kind, last.base, last.value_text) == ("growth", "adjusted_budget", rate)
    assert (last.direction.value if last.reading is Reading.CLEAR else "") == way


def test_what_pays_for_projects_with_targets_is_no_project_and_no_second_amount_of_funds():
    claims = claimed(
        TARGETS,
        "项目支出实施绩效目标管理，涉及预算拨款9万元，其中：一般公共预算拨款4万元，"
        "财政拨款2万元，上年结转3万元。",
        kind=BUDGET,
    )
    clear = [each for each in claims if each.reading is Reading.CLEAR]
    assert [(each.item, each.fund) for each in clear] == [
        ("target_funds", ""),
        ("target_funds", "general_budget"),
    ]
    assert {each.reading_note for each in claims[2:]} == {"pays for what is listed"}


def test_kinds_of_projects_with_targets_are_parts_of_them():
    claims = claimed(TARGETS, "开展绩效目标管理的项目5个。其中：运转类项目2个，民生类项目3个。")
    assert [(each.item, each.item_label) for each in claims[1:]] == [
        ("target_projects", "运转类项目"),
        ("target_projects", "民生类项目"),
    ]


@pytest.mark.parametrize("text", ["预算07表", "公开12表", "表3", "附表2"])
def test_the_number_of_a_form_is_no_value(text: str):
    assert claimed("部门预算", text) == ()


def facts_of(topic: str, text: str) -> list[tuple[str, str, str]]:
    paragraph = NarrativeParagraph(
        index=0,
        section_path=("一、部门概况",),
        text=text,
        place=Place(),
        part=Part.OVERVIEW,
        is_heading=False,
        topic=topic,
    )
    return [(each.fact, each.of, each.text) for each in find_department_facts([paragraph])]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("我单位共设置2个内设机构，包括：综合科、档案科。", "我单位"),
        ("本部门内设机构2个：综合科、档案科。", "本部门"),
        ("下设2个科室，分别是：综合科、档案科。", ""),
        ("县档案馆内设机构包括综合科、档案科。", "县档案馆"),
    ],
)
def test_offices_are_named_behind_their_count(text: str, of: str):
    assert facts_of("offices", text) == [("office", of, "综合科"), ("office", of, "档案科")]


def test_each_numbered_duty_of_a_paragraph_is_one():
    text = "（一）主要职能。保管档案；征集史料。（二）编写地方志。（三）承办其他事项。"
    assert facts_of("duties", text) == [
        ("duty", "", "保管档案；征集史料。"),
        ("duty", "", "编写地方志。"),
        ("duty", "", "承办其他事项。"),
    ]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("（二）2023年重点工作完成情况。全年新建泵站6座。", "performance"),
        ("（一）主要职责。管理泵站6座。", "duties"),
        ("（三）负责泵站。全年新建泵站6座。", "duties"),
        ("全年新建泵站6座。", "duties"),
    ],
)
def test_a_paragraph_of_an_overview_is_about_the_heading_it_begins_with(text: str, topic: str):
    headings = ("第一部分 部门概况", "一、部门职责")
    paragraphs = [Paragraph(each, Place()) for each in (*headings, text)]
    last = list(place_in_sections(paragraphs))[-1]
    assert (last.is_heading, last.topic) == (False, topic)


def test_what_is_spent_is_of_the_whole_and_not_of_the_last_income():
    claims = claimed(
        "财政拨款收支",
        "财政拨款收支总预算90万元。收入包括财政拨款收入80万元、上年结转10万元；"
        "支出包括：教育支出60万元、住房保障支出30万元。",
        kind=BUDGET,
    )
    assert [each.whole_index for each in claims if each.item == "class"] == [0, 0]


def test_in_a_budget_what_is_budgeted_is_that_budget():
    found = said(THREE_PUBLIC, "三公经费年初预算7万元，其中：公务接待费预算3万元。", kind=BUDGET)
    assert found[-1] == "three_public.reception.budget amount 3"
