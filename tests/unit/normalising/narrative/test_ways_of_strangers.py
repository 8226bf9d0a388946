"""Ways of writing that were first met in texts by people who had not read the grammar."""

from decimal import Decimal

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.examples import said
from pipelines.normalising.narrative.sections import place_in_sections

THREE_PUBLIC, MEETINGS, EVALUATION = "“三公”经费", "会议费、培训费", "绩效评价情况"
STAFF, ASSETS, RECEIPTS = "机构设置", "国有资产占有使用情况", "收入支出总体情况"


@pytest.mark.parametrize(
    ("heading", "sentence", "told"),
    [
        (
            MEETINGS,
            "会议费、培训费共8万元。其中会议费3万元，比上年减少1万元；培训费5万元。",
            [
                "meetings.total.actual amount 3",
                "meetings.total.actual change 1 prior_final",
                "training.total.actual amount 5",
            ],
        ),
        (
            MEETINGS,
            "会议费、培训费共8万元。其中差旅费3万元，上级补助5万元。",
            [" amount 3 ?"],
        ),
        (
            "财政拨款支出",
            "财政拨款支出90万元，全部用于教育支出，比上年增加5万元。",
            ["appropriation.expenditure.actual change 5 prior_final"],
        ),
        (
            THREE_PUBLIC,
            "公务用车运行费52.6万元（保有17辆，多为老旧车）；公务用车购置0辆，期末保有20辆。",
            [
                "three_public.vehicles_held.actual count 17",
                "three_public.vehicles_held.actual count 20",
            ],
        ),
        (
            THREE_PUBLIC,
            "公务用车购置及运行维护费24万元，其中购置1万元、运行维护23万元。",
            [
                "three_public.vehicle_purchase.actual amount 1",
                "three_public.vehicle_operation.actual amount 23",
            ],
        ),
        (
            THREE_PUBLIC,
            "因公出国（境）费用12.5万元，拟安排2个团组4人；接待国内来宾41批338人次。",
            [
                "three_public.overseas_groups.actual count 2",
                "three_public.overseas_persons.actual count 4",
                "three_public.reception_batches.actual count 41",
                "three_public.reception_persons.actual count 338",
            ],
        ),
        (
            "政府采购情况",
            "面向中小企业预留54万元，其中面向小微企业预留40万元。",
            [
                "procurement.sme_reserved.actual amount 54",
                "procurement.micro_reserved.actual amount 40",
            ],
        ),
        (
            STAFF,
            "行政编制92人，实际88人；事业编制47人，实际45人。",
            ["staffing.staff.held count 88", "staffing.staff.held count 45"],
        ),
        (
            STAFF,
            "年末编制67人，其中公务员24人、工勤人员3人、事业人员40人；实有62人。",
            [
                "staffing.posts.held count 24",
                "staffing.posts.held count 3",
                "staffing.posts.held count 40",
                "staffing.staff.held count 62",
            ],
        ),
        (
            RECEIPTS,
            "收入总计9万元；本年支出7万元，年末结转和结余2万元，支出总计9万元。",
            ["expenditure.total.actual amount 7"],
        ),
        (
            RECEIPTS,
            "本年收入6万元，加上年初结转和结余3万元，收入总计9万元。",
            ["income.opening_balance.actual amount 3"],
        ),
        (
            EVALUATION,
            "实行绩效目标管理的项目26个，占全部项目的100%，涉及一般公共预算11万元、政府性基金5万元。",
            [
                "performance.target_projects.actual count 26",
                "performance.target_projects.actual share 100 performance.projects",
                "performance.target_funds.actual amount 11",
                "performance.target_funds.actual amount 5",
            ],
        ),
        (
            EVALUATION,
            "其中2个项目评为优，1个评为良；自评项目平均得分94.2分。",
            [
                "performance.rated_excellent.actual count 2",
                "performance.rated_good.actual count 1",
                "performance.average_score.actual score 94.2",
            ],
        ),
        (
            EVALUATION,
            "对“镇村道路养护”1个项目开展部门评价，资金88万元，评价得分89.3分，等级为良。",
            [
                "performance.department_evaluation_projects.actual count 1",
                "performance.department_evaluation_funds.actual amount 88",
                "performance.project_score.actual score 89.3",
                "performance.project_grade.actual grade 良",
            ],
        ),
        (
            ASSETS,
            "固定资产金额为146万元，其中：单价在20万元以上的设备60万元。",
            ["assets.value.held amount 60"],
        ),
        (
            "一般公共预算财政拨款支出",
            "教育支出（类）普通教育（款）小学教育（项）支出3万元，相当于年初预算的87.5%。",
            ["general_budget.item.actual completion 87.5 opening_budget"],
        ),
    ],
)
def test_whose_a_value_is(heading: str, sentence: str, told: list[str]):
    found = said(heading, sentence)
    assert [each for each in found if each in told] == told


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("单价在20万元以上的设备60万元。", "amount 20"),
        ("公务员编制6人，实有人员5人，实际到岗4人。", "staffing.posts.held count 5"),
        ("收入总计9万元，支出9万元。", "expenditure.total.actual amount 9"),
    ],
)
def test_whose_a_value_is_not(sentence: str, wrong: str):
    heading = {"单": ASSETS, "公": STAFF}.get(sentence[0], RECEIPTS)
    assert not any(wrong in each for each in said(heading, sentence))


def test_a_comparison_that_names_nobody_is_of_whom_its_arithmetic_leaves():
    first = "“三公”经费9万元，其中公务接待费2万元，因公出国（境）费7万元。"
    base = "与上年决算数{}万元相比减少1万元。"
    assert said(THREE_PUBLIC, first, base.format(10))[-1] == (
        "three_public.total.actual change 1 prior_final"
    )
    assert said(THREE_PUBLIC, first, base.format(8))[-1] == (
        "three_public.overseas.actual change 1 prior_final"
    )
    assert said(THREE_PUBLIC, first, base.format(5))[-1].endswith("?")


def test_who_is_to_come_to_a_meeting_is_planned():
    heading, sentence = "会议费", "会议费预算4万元，拟召开1次会议，人数260人。"
    found = said(heading, sentence, kind=DocumentKind.BUDGET)
    assert "meetings.persons.budget count 260" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "公务接待费2万元，比2019年减少1万元。",
        "公务接待费2万元，与2019年决算数3万元相比减少1万元。",
        "公务接待费2万元，与2019年持平。",
    ],
)
def test_years_further_back_are_not_last_year(sentence: str):
    first, *rest = said(THREE_PUBLIC, sentence)
    assert first == "three_public.reception.actual amount 2"
    assert rest
    assert all(each.endswith("?") for each in rest)


def test_amounts_in_two_units_and_without_a_leading_zero():
    assert said(RECEIPTS, "收入总计1亿2000.5万元。") == [
        "income_expenditure.income_total.actual amount 1亿2000.5"
    ]
    paragraphs = [Paragraph(text, Place()) for text in ("一、“三公”经费", "公务接待费.5万元。")]
    claims = read_prose(list(place_in_sections(paragraphs)), DocumentKind.FINAL_ACCOUNTS, 2023)
    (claim,) = claims.claims
    assert (claim.value_text, claim.value) == (".5", Decimal(5000))


def test_what_is_only_included_is_not_spoken_of():
    sentence = "“三公”经费9万元，含公务接待费2万元，比上年减少1万元；因公出国（境）费7万元。"
    assert "three_public.total.actual change 1 prior_final" in said(THREE_PUBLIC, sentence)


@pytest.mark.parametrize(
    ("heading", "sentence", "told"),
    [
        (THREE_PUBLIC, "国内公务接待9批次，74人次，人均接待35.2元。", [" amount 35.2 ?"]),
        (
            THREE_PUBLIC,
            "接待9批次，平均每批300元，人均接待费50元。",
            [" amount 300 ?", " amount 50 ?"],
        ),
        ("政府采购", "政府采购预算9万元，政府购买服务预算3万元。", [" amount 3 ?"]),
        ("政府采购", "政府购买服务支出3万元，共2个项目。", [" amount 3 ?", " count 2 ?"]),
        ("政府采购", "政府采购服务支出3万元。", ["procurement.services.actual amount 3"]),
        (
            STAFF,
            "设诊疗科室28个、护理科室9个、职能科室14个。",
            [" count 28 ?", " count 9 ?", " count 14 ?"],
        ),
        (STAFF, "设9个护理科室、14个职能科室。", [" count 9 ?", " count 14 ?"]),
        (STAFF, "设职能科室14个。", ["staffing.offices.held count 14"]),
    ],
)
def test_what_is_another_thing_is_never_the_whole_of_it(
    heading: str, sentence: str, told: list[str]
):
    assert said(heading, sentence)[-len(told) :] == told


@pytest.mark.parametrize(
    ("heading", "sentence", "told"),
    [
        (
            "财政拨款收入支出",
            "财政拨款收入、支出总计均为9万元，与上年相比收、支总计各增加2万元，增长28.57%。",
            [
                "appropriation.total.actual change 2 prior_final",
                "appropriation.total.actual growth 28.57 prior_final",
            ],
        ),
        (
            "财政拨款收入支出",
            "财政拨款收、支总计9万元。收、支总计比上年增加2万元。",
            ["appropriation.total.actual change 2 prior_final"],
        ),
        (
            RECEIPTS,
            "收入、支出总计均为9万元，与上年相比收、支总计各增加2万元。",
            ["income_expenditure.total.actual change 2 prior_final"],
        ),
        (
            "一般公共预算财政拨款支出",
            "年初预算8万元，决算6万元，完成75%。",
            [
                "general_budget.total.opening_budget amount 8",
                "general_budget.total.actual amount 6",
                "general_budget.total.actual completion 75 opening_budget",
            ],
        ),
        ("一般公共预算财政拨款支出", "茶园建设完成75%。", [" rate 75 ?"]),
        (
            "政府采购",
            "授予中小企业合同金额8万元，其中：小微企业4万元，占授予中小企业合同金额的50%。",
            [
                "procurement.micro.actual amount 4",
                "procurement.micro.actual share 50 procurement.sme",
            ],
        ),
        (
            STAFF,
            "核定编制9名（行政4名、事业5名），在职8人。",
            [
                "staffing.posts.held count 4",
                "staffing.posts.held count 5",
                "staffing.staff.held count 8",
            ],
        ),
        (ASSETS, "2023年当年购置车辆2辆。", ["three_public.vehicles_bought.actual count 2"]),
        (ASSETS, "其中执勤执法用车3辆。", ["assets.vehicles.enforcement.held count 3"]),
        (
            "收入",
            "本年收入合计5万元，全部为财政拨款收入，占100%。",
            ["income.appropriation.actual share 100 income.total"],
        ),
        (
            EVALUATION,
            "部门整体支出自评得分95分，全年预算数9万元，执行数8万元，完成预算的88.9%。",
            [
                "performance.overall_funds.actual amount 8",
                "performance.overall_funds.actual completion 88.9 adjusted_budget",
            ],
        ),
    ],
)
def test_what_a_part_a_change_and_a_share_are_of(heading: str, sentence: str, told: list[str]):
    assert [each for each in said(heading, sentence) if each in told] == told


def test_posts_in_a_bracket_are_parts_of_those_before_it():
    paragraphs = [Paragraph(text, Place()) for text in ("一、机构设置", "编制9名（行政4名）。")]
    whole, part = read_prose(list(place_in_sections(paragraphs))).claims
    assert (part.item_label, part.whole_index) == ("行政", whole.claim_index)


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        (
            "具体为农林支出（类）茶叶（款）茶园建设（项）3万元。",
            "农林支出（类）茶叶（款）茶园建设（项）",
        ),
        ("2130199“三园”建设年初预算3万元。", "“三园”建设"),
    ],
)
def test_a_label_has_its_quotes_and_no_words_that_introduce_it(sentence: str, label: str):
    texts = ("一、一般公共预算财政拨款支出情况", sentence)
    paragraphs = [Paragraph(text, Place()) for text in texts]
    (claim,) = read_prose(list(place_in_sections(paragraphs))).claims
    assert claim.item_label == label


def test_a_topic_alone_may_be_a_heading_in_the_line_of_its_paragraph():
    texts = ("一、收入情况", "二、绩效。自评覆盖率100%。")
    paragraphs = place_in_sections([Paragraph(text, Place()) for text in texts])
    (claim,) = read_prose(list(paragraphs)).claims
    assert (claim.topic, claim.item_label) == ("performance", "自评覆盖率")


@pytest.mark.parametrize("spent", ["支出", "本年支出"])
@pytest.mark.parametrize("introduction", [(), ("财政拨款本年收入9万元。具体情况如下：",)])
def test_what_completes_a_budget_behind_one_fund_s_income_is_that_fund_s_spending(
    spent: str, introduction: tuple[str, ...]
):
    told = (
        "1.政府性基金预算财政拨款本年收入完成年初预算120%，比年初预算增加2万元，主要是追加；"
        f"{spent}完成年初预算110%，比年初预算增加1万元，主要是追加。"
    )
    claims = said("财政拨款收入支出", *introduction, told)
    assert claims[-6:] == [
        "appropriation.government_fund.actual completion 120 opening_budget",
        "appropriation.government_fund.actual direction 增加 opening_budget",
        "appropriation.government_fund.actual change 2 opening_budget",
        "government_fund.total.actual completion 110 opening_budget",
        "government_fund.total.actual direction 增加 opening_budget",
        "government_fund.total.actual change 1 opening_budget",
    ]


def labelled(heading: str, *sentences: str) -> list[tuple[str, str, Decimal | None]]:
    """Subject, label and value of each claim of sentences under a heading."""
    texts = (f"一、{heading}情况说明", *sentences)
    paragraphs = [Paragraph(text, Place()) for text in texts]
    prose = read_prose(list(place_in_sections(paragraphs)), DocumentKind.FINAL_ACCOUNTS, 2023)
    return [(claim.subject, claim.item_label, claim.value) for claim in prose.claims]


def test_bands_of_scores_are_counted_and_are_neither_scores_nor_money():
    told = "得分85（含）-100分的12个、70-85（含）的4个、60-70分（含）的1个、60分以下的0个。"
    scored = "performance.scored_within.actual"
    assert labelled(EVALUATION, told) == [
        (scored, "得分85(含)-100分", Decimal(12)),
        (scored, "70-85(含)", Decimal(4)),
        (scored, "60-70分(含)", Decimal(1)),
        (scored, "60分以下", Decimal(0)),
    ]


def test_posts_of_their_own_kind_keep_its_name():
    told = "参公事业编制13名，事业编制21名，后勤保障人员控制数2名。"
    assert labelled(STAFF, told) == [
        ("staffing.posts.held", "参公事业编制", Decimal(13)),
        ("staffing.posts.held", "事业编制", Decimal(21)),
        ("staffing.posts.held", "后勤保障人员控制数", Decimal(2)),
    ]


def test_quotation_marks_around_a_class_are_no_part_of_its_name():
    told = "“教育支出”（类）7万元。“普通教育”（款）6万元。"
    assert labelled("一般公共预算财政拨款支出", told) == [
        ("general_budget.class.actual", "教育支出（类）", Decimal(70000)),
        ("general_budget.subclass.actual", "普通教育（款）", Decimal(60000)),
    ]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("（一）教育支出决算数为6万元。", "general_budget.class.actual amount 3"),
        ("（一）普通教育（款）决算数为6万元。", " amount 3 ?"),
        ("（一）差旅费决算数为6万元。", " amount 3 ?"),
    ],
)
def test_other_expenditure_is_a_class_only_in_a_list_of_classes(before: str, told: str):
    claims = said("一般公共预算财政拨款支出", before, "（二）其他支出决算数为3万元。")
    assert claims[-1] == told


@pytest.mark.parametrize(
    ("told", "item"),
    [
        ("工资福利支出7万元，包括基本工资、奖金。", "basic.personnel_item.actual"),
        ("商品和服务支出7万元，包括办公费、邮电费。", "basic.public_item.actual"),
        ("对个人和家庭的补助7万元，包括退休费、生活补助。", "basic.personnel_item.actual"),
    ],
)
def test_wages_are_spent_on_personnel(told: str, item: str):
    claims = labelled("基本支出", told)
    assert [subject for subject, _, _ in claims[1:]] == [item, item]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("茶园改造项目", ("project.total.budget", "茶园改造项目", Decimal(50000))),
        ("茶园改造。", ("project.income.actual", "", Decimal(50000))),
    ],
)
def test_a_line_above_a_project_s_section_names_whose_budget_it_tells(
    title: str, told: tuple[str, str, Decimal]
):
    section = (
        "（一）项目概述",
        "改造老茶园。",
        "（二）年度预算安排",
        "2023年预算安排资金50000元。",
    )
    assert labelled("项目经费", title, *section) == [told]
