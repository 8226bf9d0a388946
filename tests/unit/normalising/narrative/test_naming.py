"""What a phrase names, and which of its quantities, by the words around it."""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

BUDGET, FINAL = DocumentKind.BUDGET, DocumentKind.FINAL_ACCOUNTS
FUND, THREE_PUBLIC, STAFF = "一般公共预算财政拨款支出", "“三公”经费", "机构设置"
EVALUATED = "绩效自评"


def claims(
    heading: str, *texts: str, kind: DocumentKind = FINAL, fiscal_year: int | None = 2023
) -> tuple[Claim, ...]:
    """What paragraphs under a heading claim."""
    return stated(f"一、{heading}情况说明", *texts, kind=kind, fiscal_year=fiscal_year)


@pytest.mark.parametrize(
    ("words", "level", "label", "code"),
    [
        ("教育支出（类）", "class", "教育支出（类）", ""),
        ("“教育支出”（类）", "class", "教育支出（类）", ""),
        ("教育支出（类）普通教育（款）", "subclass", "教育支出（类）普通教育（款）", ""),
        ("教育（205类）普通（02款）初中（03项）", "item", None, "2050203"),
        ("教育支出（类）（205）普通教育（02）", "subclass", None, "20502"),
        ("文物（207）文物（02）", "subclass", "文物（207）文物（02）", "20702"),
        (
            "文物（207）文物（02）博物馆（05）",
            "item",
            "文物（207）文物（02）博物馆（05）",
            "2070205",
        ),
        ("教育（205）", "class", "教育", "205"),
        ("初中教育（2050203）", "item", "初中教育", "2050203"),
        ("教育（205）初中教育（2050203）", "item", None, "2050203"),
        ("20502普通教育支出决算", "subclass", "普通教育", "20502"),
        ("2050203初中教育", "item", "初中教育", "2050203"),
    ],
)
def test_a_level_of_the_classification_is_told_by_its_marks_or_by_its_code(
    words: str, level: str, label: str | None, code: str
):
    [claim] = claims(FUND, f"{words}6万元。")
    assert (claim.subject, claim.item_code) == (f"general_budget.{level}.actual", code)
    assert label in (None, claim.item_label)


@pytest.mark.parametrize(
    ("heading", "fund"), [(FUND, "general_budget"), ("财政拨款支出", ""), ("支出", "")]
)
def test_classes_are_of_a_fund_where_their_section_is_on_one(heading: str, fund: str):
    assert [claim.fund for claim in claims(heading, "教育支出（类）6万元。")] == [fund]


ONE_FUND = "一般公共预算财政拨款支出9万元"
OTHER_FUND = "政府性基金预算财政拨款支出{}万元"


@pytest.mark.parametrize(
    ("heading", "texts", "topic"),
    [
        ("支出", [f"{ONE_FUND}。"], "expenditure"),
        ("财政拨款支出", [], "appropriation"),
        ("财政拨款支出", [f"{ONE_FUND}。"], "general_budget"),
        ("财政拨款支出", [f"{ONE_FUND}，{OTHER_FUND.format(2)}。"], "appropriation"),
        ("财政拨款支出", [f"{ONE_FUND}，{OTHER_FUND.format(0)}。"], "general_budget"),
        ("财政拨款支出", [f"{ONE_FUND}，{OTHER_FUND.format(2)}。", "如下："], "appropriation"),
        (
            "财政拨款支出",
            [f"{ONE_FUND}，{OTHER_FUND.format(2)}。", f"{ONE_FUND}。"],
            "general_budget",
        ),
        ("财政拨款支出", [f"{ONE_FUND}。", "2050203初中教育3万元。", "略。"], "general_budget"),
        ("财政拨款支出", ["2050203初中教育3万元。", f"{ONE_FUND}。", "略。"], "general_budget"),
    ],
    ids=[
        *("all money", "nothing told", "one fund", "two funds", "one that spent nothing"),
        *("two before another paragraph", "one since", "an entry before", "a total since"),
    ],
)
def test_classes_are_parts_of_the_fund_whose_expenditure_was_told_before(
    heading: str, texts: list[str], topic: str
):
    assert claims(heading, *texts, "1.教育支出（类）6万元。")[-1].subject == f"{topic}.class.actual"


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("编制8人，其中工勤人员3人。", "posts", "工勤人员"),
        ("编制8人，其中：实有工勤人员3人。", "staff", "工勤人员"),
        ("编制8人，其中：在岗人员3人。", "staff", "在岗人员"),
        ("编制8人，工勤人员3人。", "staff", "工勤人员"),
        ("在职人员8人，其中工勤人员3人。", "staff", "工勤人员"),
        ("编制8人，其中事业3人。", "posts", "事业"),
        ("在职8人，其中事业3人。", "staff", "事业"),
        ("总人数8人，其中事业3人。", "staff", "事业"),
        ("行政编制8人，实际3人。", "staff", "行政编制"),
        ("在职人员8人，实际3人。", "staff", "实际"),
        ("事业3人。", None, ""),
    ],
)
def test_people_in_a_list_of_posts_are_posts_unless_they_are_said_to_be_there(
    text: str, kind: str | None, label: str
):
    claim = claims(STAFF, text)[-1]
    assert claim.subject == (f"staffing.{kind}.held" if kind else "")
    assert claim.item_label == label


def test_staff_is_of_the_body_named_before():
    told = claims(STAFF, "县环卫站，编制8人，其中事业3人；业务科室2个。")
    assert [claim.group_label for claim in told] == ["县环卫站"] * 3


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("行政科室5个。", ["staffing.offices.held count 5"]),
        ("行政科室5个、内设机构6个。", [" count 5 ?", "staffing.offices.held count 6"]),
        ("业务科室9个、行政科室5个。", [" count 9 ?", " count 5 ?"]),
        (
            "行政科室5个。业务科室9个。",
            ["staffing.offices.held count 5", "staffing.offices.held count 9"],
        ),
        ("下设等3个科室。", ["staffing.offices.held count 3"]),
    ],
    ids=["alone", "beside all", "beside another", "in two sentences", "behind its number"],
)
def test_one_sort_of_offices_beside_another_is_not_all_of_them(text: str, read: list[str]):
    assert said(STAFF, text) == read


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        (THREE_PUBLIC, "运行费3万元。", "three_public.vehicle_operation"),
        (THREE_PUBLIC, "2023年某局接待费3万元。", "three_public.reception"),
        (THREE_PUBLIC, "对外运行费3万元。", ""),
        (THREE_PUBLIC, "人均接待费3万元。", ""),
        ("机关运行经费", "科研站运行经费3万元。", "operating_cost.total"),
        ("部门基本", "科研站运行经费3万元。", ""),
        ("收入支出", "局机关资金收入总计3万元。", "income_expenditure.income_total"),
        ("收入支出", "专项资金收入总计3万元。", ""),
        ("收入支出", "下属单位收入总计3万元。", ""),
        ("收入支出", "本部门及下属单位收入总计3万元。", "income_expenditure.income_total"),
        ("收入支出", "下属单位及站所事业收入3万元。", "income.institutional"),
        ("收入支出", "专项资金事业收入3万元。", "income.institutional"),
    ],
)
def test_words_right_before_a_name_may_make_it_another_thing(heading: str, text: str, name: str):
    assert [f"{each.topic}.{each.item}" for each in claims(heading, text)] == [name or "."]


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("收入", "事业收入5万元（含教育收费2万元）。", "income.institutional_education_fees"),
        ("收入", "经营收入5万元（含教育收费2万元）。", "income.fiscal_account"),
        ("收入", "收入5万元，其中：一般公共预算2万元。", "income.general_budget"),
        ("收入支出", "收入总计5万元，其中：一般公共预算2万元。", "income.general_budget"),
        ("支出", "支出合计5万元，其中：一般公共预算2万元。", "expenditure.general_budget"),
        ("支出", "一般公共预算2万元。", ""),
        ("基本支出", "基本支出5万元，其中：其他支出2万元。", "basic.class"),
        (FUND, "其他支出2万元。", ""),
        (FUND, "教育支出（类）5万元。其他支出2万元。", "general_budget.class"),
        (FUND, "教育支出（类）5万元。本年支出9万元。其他支出2万元。", "general_budget.class"),
        (FUND, "教育支出（类）教育（款）5万元。其他支出2万元。", ""),
        (FUND, "工资福利支出2万元。", "basic.class"),
        (FUND, "项目支出5万元，其中：工资福利支出2万元。", "project.class"),
        ("部门基本", "安排项目支出2万元。", "expenditure.project"),
    ],
)
def test_a_word_means_what_the_list_it_stands_in_is_of(heading: str, text: str, name: str):
    claim = claims(heading, text)[-1]
    assert f"{claim.topic}.{claim.item}" == (name or ".")


@pytest.mark.parametrize(
    ("words", "fund"),
    [
        ("涉及一般公共预算资金", "general_budget"),
        ("涉及政府性基金预算支出", "government_fund"),
        ("国有资本经营预算当年拨款", "state_capital"),
        ("涉及资金", ""),
    ],
)
def test_funds_of_an_evaluation_are_those_that_the_words_begin_with(words: str, fund: str):
    claim = claims(EVALUATED, f"纳入自评，{words}9万元。")[-1]
    assert (claim.item, claim.fund) == ("self_evaluation_funds", fund)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("我局对二级项目6个全面开展绩效自评。", "performance.self_evaluation_projects"),
        ("我局对二级项目6个公务接待开展绩效自评。", "performance.self_evaluation_projects"),
        ("我局对二级项目6个，全面开展绩效自评。", "performance.indicator"),
        ("我局对二级项目6个平均得分。", "performance.indicator"),
        ("绩效监控，二级项目6个全面开展绩效自评。", "performance.tracking_projects"),
    ],
    ids=[
        "in the clause",
        "behind what it is on",
        "behind a comma",
        "no evaluation",
        "another before",
    ],
)
def test_projects_before_an_evaluation_are_those_evaluated(text: str, first: str):
    assert said(EVALUATED, text)[0] == f"{first}.actual count 6"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("纳入自评的项目3个，涉及资金9万元，其中：运转类项目1个，涉及资金2万元。", "运转类项目"),
        ("纳入自评的项目3个，其中：运转类项目1个。涉及资金2万元。", ""),
        ("纳入自评的项目3个，涉及资金2万元。", ""),
    ],
)
def test_funds_behind_a_kind_of_projects_are_that_kinds(text: str, label: str):
    claim = claims(EVALUATED, text)[-1]
    assert (claim.item, claim.item_label) == ("self_evaluation_funds", label)


@pytest.mark.parametrize(
    ("kind", "heading", "text", "role"),
    [
        (FINAL, THREE_PUBLIC, "公务接待费年初预算3万元。", "opening_budget"),
        (FINAL, THREE_PUBLIC, "公务接待费支出3万元。", "actual"),
        (FINAL, THREE_PUBLIC, "公务接待费预算支出3万元。", "budget"),
        (FINAL, THREE_PUBLIC, "公务接待费执行数3万元。", "actual"),
        (FINAL, THREE_PUBLIC, "2022年公务接待费年初预算3万元。", "prior_budget"),
        (FINAL, THREE_PUBLIC, "2022年公务接待费支出3万元。", "prior_final"),
        (FINAL, THREE_PUBLIC, "2021年公务接待费支出3万元。", "actual"),
        (BUDGET, THREE_PUBLIC, "公务接待费支出3万元。", "budget"),
        (BUDGET, THREE_PUBLIC, "2022年公务接待费执行数3万元。", "prior_execution"),
        (BUDGET, THREE_PUBLIC, "公务接待费执行数3万元。", "prior_execution"),
        (BUDGET, "2022年“三公”经费决算", "公务接待费支出3万元。", "prior_final"),
        (BUDGET, "2022年“三公”经费决算预算", "公务接待费支出3万元。", "budget"),
        (BUDGET, "2021年至2022年“三公”经费决算", "公务接待费支出3万元。", "actual"),
        (FINAL, "2022年“三公”经费决算", "公务接待费支出3万元。", "actual"),
        (FINAL, "部门基本", "政府采购预算3万元。", "budget"),
        (FINAL, "部门基本", "政府采购支出3万元。", "actual"),
        (FINAL, "收入", "年初预算收入3万元。", "opening_budget"),
        (FINAL, "收入", "收入预算3万元。", "budget"),
        (FINAL, FUND, "一般公共预算财政拨款支出3万元。", "actual"),
        (FINAL, "国有资产占用", "车辆预算3辆。", "held"),
        (FINAL, "国有资产占用", "拟购置车辆3辆。", "planned"),
        (BUDGET, "政府采购", "拟采购货物3万元。", "budget"),
        (FINAL, "政府采购", "拟采购货物3万元。", "planned"),
    ],
)
def test_which_quantity_is_meant_is_told_by_its_words_and_year(
    kind: DocumentKind, heading: str, text: str, role: str
):
    assert [each.role for each in claims(heading, text, kind=kind)] == [role]


@pytest.mark.parametrize(
    ("year", "is_noted"), [("2022年", 2022), ("2021年至2022年", None), ("", None)]
)
def test_a_heading_on_the_accounts_of_one_year_tells_whose_the_amounts_are(
    year: str, is_noted: int | None
):
    [claim] = claims(f"{year}“三公”经费决算", "公务接待费支出3万元。", kind=BUDGET)
    assert claim.year == is_noted


@pytest.mark.parametrize(
    ("kind", "heading", "text", "is_target"),
    [
        (BUDGET, "主要工作", "新建水窖20处。", True),
        (BUDGET, "主要工作", "已新建水窖20处。", False),
        (BUDGET, "主要工作", "2023年新建水窖20处。", True),
        (BUDGET, "主要工作", "2022年新建水窖20处。", False),
        (BUDGET, "2022年主要工作", "新建水窖20处。", False),
        (BUDGET, "2023年主要工作", "新建水窖20处。", True),
        (BUDGET, "2022年和2023年主要工作", "新建水窖20处。", True),
        (FINAL, "主要工作", "新建水窖20处。", False),
        (FINAL, "主要工作", "2023年新建水窖20处。", False),
        (FINAL, "主要工作", "2024年新建水窖20处。", True),
    ],
)
def test_what_is_achieved_is_still_to_be_in_the_year_of_a_budget_and_after_final_accounts(
    kind: DocumentKind, heading: str, text: str, *, is_target: bool
):
    roles = [each.role for each in claims(heading, text, kind=kind)]
    assert roles == ["planned" if is_target else "actual"]


@pytest.mark.parametrize(
    ("kind", "heading", "text", "role"),
    [
        (FINAL, "主要工作", "2024年新建水窖20处。", "actual"),
        (BUDGET, "2022年主要工作", "新建水窖20处。", "planned"),
        (BUDGET, "主要工作", "2022年新建水窖20处。", "planned"),
        (FINAL, THREE_PUBLIC, "2022年公务接待费支出3万元。", "actual"),
    ],
)
def test_where_the_documents_year_is_not_known_nothing_is_of_another(
    kind: DocumentKind, heading: str, text: str, role: str
):
    assert [each.role for each in claims(heading, text, kind=kind, fiscal_year=None)] == [role]
