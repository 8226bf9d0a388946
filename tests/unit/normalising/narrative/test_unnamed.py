"""What numbers are of that no name stands before, by the section they stand in."""

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

ONE_PROJECT, PROJECTS = "科技创新专项经费", "项目支出"
ASSETS, EVALUATED, STAFF = "国有资产占用", "绩效自评", "机构设置"


@pytest.mark.parametrize(
    ("heading", "text", "claimed"),
    [
        (PROJECTS, "列入预算的项目5万元。", ["project.part.actual amount 5"]),
        (PROJECTS, "5万元。", [" amount 5 ?"]),
        (PROJECTS, "支出5万元。", ["project.total.actual amount 5"]),
        (
            PROJECTS,
            "1.水表改造5万元；2.设备购置3万元。",
            ["project.total.actual amount 5", "project.total.actual amount 3"],
        ),
        (ONE_PROJECT, "材料费2万元。", ["project.part.actual amount 2"]),
        (ONE_PROJECT, "1.材料费2万元。", ["project.part.actual amount 2"]),
        (ONE_PROJECT, "5万元。", [" amount 5 ?"]),
        (ONE_PROJECT, "支出1万元。", ["project.total.actual amount 1"]),
    ],
    ids=[
        *("what it is for", "of nothing", "of one before", "entries"),
        *("of one project", "an entry of it", "of nothing in it", "all of it"),
    ],
)
def test_amounts_in_a_list_of_projects_are_of_them_or_of_their_parts(
    heading: str, text: str, claimed: list[str]
):
    assert said(heading, text) == claimed


@pytest.mark.parametrize(
    ("heading", "claimed"),
    [
        (PROJECTS, "project.count.actual count 2"),
        (ONE_PROJECT, "performance.indicator.actual count 2"),
    ],
)
def test_a_project_has_no_projects(heading: str, claimed: str):
    """In one's own section what is counted is what it is to achieve."""
    assert said(heading, "本专项共有项目2个。") == [claimed]


def last(heading: str, text: str) -> str:
    """The last value of a text, by what it is of and as printed; '?' where nobody knows."""
    *_, claimed = said(heading, text)
    return "?" if claimed.endswith(" ?") else claimed


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (EVALUATED, "自评结果为优的15个。", "performance.rated_excellent.actual count 15"),
        (EVALUATED, "优秀的15项。", "performance.rated_excellent.actual count 15"),
        (EVALUATED, "自评结果为良好的3家。", "performance.indicator.actual count 3"),
        (EVALUATED, "自评结果为优的15分。", "?"),
        (EVALUATED, "1个项目评价结果是差。", "performance.rated_unqualified.actual count 1"),
        (EVALUATED, "1个项目的设备结果是差。", "performance.indicator.actual count 1"),
        ("部门基本", "自评结果为优的15个。", "?"),
    ],
    ids=["个", "项", "no projects", "a score", "behind", "of something in it", "nothing evaluated"],
)
def test_projects_are_rated_by_a_grade_before_their_number_or_behind_it(
    heading: str, text: str, read: str
):
    assert last(heading, text) == read


def test_a_grade_behind_the_number_is_not_read_again():
    text = "4个项目绩效评价结果为良好，另有2个项目自评等级为中，1个项目评价结果是差。"
    assert said(EVALUATED, text) == [
        "performance.rated_good.actual count 4",
        "performance.rated_qualified.actual count 2",
        "performance.rated_unqualified.actual count 1",
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("公务接待费3万元，公务用车运行维护费2万元，以上两项合计5万元。", True),
        ("三公经费5万元，公务接待费3万元，公务用车运行维护费2万元，以上两项合计5万元。", True),
        ("三公经费6万元，公务接待费3万元，公务用车运行维护费2万元，以上两项合计5万元。", False),
    ],
    ids=["no total told", "the total again", "some of its parts"],
)
def test_all_that_was_told_comes_to_the_total_unless_another_was_told(text: str, *, read: bool):
    assert last("“三公”经费", text) == ("three_public.total.actual amount 5" if read else "?")


def test_what_comes_to_the_total_is_what_changed():
    text = "公务接待费3万元，运行费2万元，以上两项合计5万元，比上年增加1万元。"
    assert last("“三公”经费", text) == "three_public.total.actual change 1 prior_final"


def test_the_sum_of_what_was_told_is_none_where_the_parts_may_be_others():
    assert last("政府采购", "货物3万元，服务2万元，以上两项合计5万元。") == "?"


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (ASSETS, "处置车辆1辆，账面原值9万元。", "assets.disposed.actual amount 9"),
        (ASSETS, "出借设备2台，价值9万元。", "assets.let.actual amount 9"),
        (ASSETS, "处置车辆1辆，家具9万元。", "assets.value.held amount 9"),
        (ASSETS, "处置车辆1辆。账面原值9万元。", "?"),
        (ASSETS, "车辆3辆，账面原值9万元。", "assets.value.held amount 9"),
        ("“三公”经费", "处置车辆1辆。", "?"),
    ],
    ids=["disposed", "let", "something else", "another sentence", "still there", "no assets"],
)
def test_what_assets_parted_with_were_worth_is_told_right_behind(
    heading: str, text: str, read: str
):
    assert last(heading, text) == read


@pytest.mark.parametrize(
    ("heading", "text", "is_read"),
    [(ASSETS, "房屋租金收入3万元。", True), ("“三公”经费", "房屋租金收入3万元。", False)],
)
def test_what_assets_brought_in_is_told_among_them(heading: str, text: str, *, is_read: bool):
    assert last(heading, text) == ("assets.income.actual amount 3" if is_read else "?")


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (ASSETS, "家具用具3万元。", "held"),
        (ASSETS, "拟购置办公设备3万元。", "planned"),
        (ASSETS, f"{'具' * 16}3万元。", "held"),
        (ASSETS, f"{'具' * 17}3万元。", ""),
        (ASSETS, "价值3万元。", ""),
        ("部门基本", "家具用具3万元。", ""),
        ("部门基本", "固定资产净值3万元。", "held"),
        ("部门基本", "固定资产净值9万元，家具用具3万元。", "held"),
        ("部门基本", "资产总额9万元，其中：家具用具3万元。", "held"),
    ],
    ids=[
        *("among assets", "to be bought", "a long name", "too long for a name", "of nothing"),
        *("anywhere", "called assets", "behind assets", "a part of them"),
    ],
)
def test_a_name_is_an_asset_among_assets_or_where_it_says_so(heading: str, text: str, read: str):
    assert last(heading, text) == (f"assets.value.{read} amount 3" if read else "?")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本部门占用办公家具3万元。", "办公家具"),
        ("拟购置办公家具3万元。", "办公家具"),
        ("办公家具价值合计3万元。", "办公家具"),
        ("车辆2辆，价值3万元。", "车辆"),
        ("本单位车辆2辆，价值3万元。", "车辆"),
    ],
)
def test_an_asset_is_called_by_what_it_is(text: str, name: str):
    assert stated(f"一、{ASSETS}情况说明", text)[-1].item_label == name


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("车辆2辆，价值3万元。", True),
        ("车辆2辆。价值3万元。", False),
        ("桌椅2套，价值3万元。", False),
        ("车辆2辆，价值3个。", False),
        ("公务接待费2万元，价值3万元。", False),
        ("固定资产9万元，净值3万元。", True),
    ],
)
def test_what_is_worth_something_is_what_was_counted_and_is_known(text: str, *, is_read: bool):
    assert last(ASSETS, text) == ("assets.value.held amount 3" if is_read else "?")


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (PROJECTS, "每户补助2万元。"),
        (PROJECTS, "人均补助2万元。"),
        ("“三公”经费", "人均补助2万元。"),
    ],
)
def test_what_one_costs_is_no_amount_of_a_list(heading: str, text: str):
    assert [
        (each.item_label, each.reading_note) for each in stated(f"一、{heading}情况", text)
    ] == [("", "what one of several costs")]


@pytest.mark.parametrize(
    ("heading", "text", "is_result"),
    [
        (EVALUATED, "人均补助2万元。", True),
        ("部门基本", "纳入自评的项目5个，其中：人均补助2万元。", True),
        ("部门基本", "基本支出5万元，其中：人均补助2万元。", False),
    ],
)
def test_what_one_costs_is_an_indicator_where_results_are_told(
    heading: str, text: str, *, is_result: bool
):
    assert last(heading, text) == ("performance.indicator.actual amount 2" * is_result or "?")


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("新建水窖20座，每座补助3万元，共60万元。", True),
        ("新建水窖20座，每座补助4万元，共60万元。", False),
        ("新建水窖20座。每座补助3万元，共60万元。", False),
        ("新建水窖20座，补助3万元，共60万元。", False),
        ("水窖补助20万元，每座补助3万元，共60万元。", False),
        ("新建水窖0座，每座补助3万元，共0万元。", False),
    ],
    ids=[
        *("number and price", "another product"),
        *("two sentences", "no price each", "no number", "none"),
    ],
)
def test_number_and_price_in_one_sentence_make_a_part_of_the_project(text: str, *, is_read: bool):
    *_, claim = stated("一、项目支出情况说明", "项目名称：茶园改造经费", text)
    is_part = claim.subject == "project.part.actual"
    assert (is_part and claim.item_label == "新建水窖") is is_read


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        ("会议费", "会议费5万元，组织3次会议。", "meetings.count.actual count 3"),
        ("会议费", "会议费5万元，组织3次研讨。", "?"),
        ("“三公”经费", "三公经费5万元，组织3次会议。", "?"),
        ("会议费", "召开0次节庆活动。", "meetings.count.actual count 0"),
        (STAFF, "下设5个科室，2家下属单位。", "organisation.units.held count 2"),
        (
            EVALUATED,
            "绩效自评，5个项目开展了部门评价。",
            "performance.department_evaluation_projects.actual count 5",
        ),
        (
            EVALUATED,
            "绩效自评，5个项目，开展了部门评价。",
            "performance.self_evaluation_projects.actual count 5",
        ),
        (EVALUATED, "绩效自评，5家项目开展了部门评价。", "performance.indicator.actual count 5"),
        (
            EVALUATED,
            "绩效自评，共涉及7个项目，资金9万元。",
            "performance.self_evaluation_funds.actual amount 9",
        ),
        (EVALUATED, "绩效自评，共涉及7个项目资料。", "performance.indicator.actual count 7"),
    ],
    ids=[
        *("meetings", "no meetings", "of no meetings", "none of them", "units"),
        *("what they were for", "in another clause", "no unit of projects"),
        *("of the evaluation", "of something in them"),
    ],
)
def test_a_number_may_stand_before_what_it_counts(heading: str, text: str, read: str):
    assert last(heading, text) == read


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("公务用车运行维护费5万元，用于2辆公务用车的燃油费。", True),
        ("公务用车运行维护费5万元，用于保障2辆公务用车的燃油费。", True),
        ("公务用车运行维护费5万元，维修2辆公务用车。", False),
        ("公务用车运行维护费5万元，用于2辆特种车的燃油费。", False),
        ("公务用车运行维护费5万元，用于2辆公务用车购置。", False),
        ("公务接待费5万元，用于2辆公务用车的燃油费。", False),
    ],
    ids=["run", "kept", "only some repaired", "no cars", "bought", "another cost"],
)
def test_the_cost_of_running_cars_tells_how_many_there_are(text: str, *, is_read: bool):
    assert last("“三公”经费", text) == (
        "three_public.vehicles_held.actual count 2" * is_read or "?"
    )


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (EVALUATED, "医保基金收入5万元。", ["performance.fund_income.actual amount 5"]),
        ("预算执行", "医保基金支出5万元。", ["performance.fund_outlay.actual amount 5"]),
        (
            "预算执行",
            "医保基金收入5万元，当期结余2万元，滚存结余3万元。",
            [
                "performance.fund_income.actual amount 5",
                "performance.fund_balance.actual amount 2",
                "performance.fund_balance.actual amount 3",
            ],
        ),
        ("部门基本", "医保基金收入5万元。", [" amount 5 ?"]),
        (EVALUATED, "医保基金收入5个。", ["performance.indicator.actual count 5"]),
        (EVALUATED, "当期结余2万元。", ["performance.indicator.actual amount 2"]),
    ],
    ids=["took in", "paid out", "has left", "no results", "no money", "of no fund"],
)
def test_results_of_an_insurance_fund_are_told_where_results_are(
    heading: str, text: str, read: list[str]
):
    assert said(heading, text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("纳入自评的项目5个，其中：人员类项目2个。", "performance.self_evaluation_projects"),
        ("纳入自评的项目5个，其中：人员类2个。", "performance.indicator"),
        ("发现问题5个，其中：人员类项目2个。", "performance.indicator"),
        ("人员类项目2个。", "performance.indicator"),
    ],
    ids=["a kind", "no projects", "not of projects", "no whole"],
)
def test_kinds_of_projects_are_parts_of_those_evaluated(text: str, read: str):
    assert last(EVALUATED, text) == f"{read}.actual count 2"


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (PROJECTS, "项目支出9万元，项目3个。", "project.count"),
        (PROJECTS, "项目支出9万元，项目3家。", "performance.indicator"),
        (PROJECTS, "项目支出9万元，设备3个。", "performance.indicator"),
        ("部门基本", "共有3个项目，略。", "project.count"),
        ("部门基本", "全年共实施3个支出项目，略。", "project.count"),
        ("部门基本", "另有3个项目，略。", ""),
        ("部门基本", "共有3个项目资金，略。", ""),
        ("部门基本", "购买服务支出5万元，共3个项目，略。", ""),
    ],
    ids=[
        *("listed", "no unit of projects", "something else"),
        *("there are", "were carried out", "others", "of them", "of what nobody knows"),
    ],
)
def test_projects_are_counted_where_they_are_listed_or_said_to_be(
    heading: str, text: str, read: str
):
    assert last(heading, text) == (f"{read}.actual count 3" if read else "?")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("年初预算安排3个项目85万元。", "project.count.actual count 3"),
        ("年初预算安排3个项目85人。", "performance.indicator.actual count 3"),
    ],
)
def test_projects_with_their_money_behind_are_all_there_are(text: str, counted: str):
    assert said(EVALUATED, text)[0] == counted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1.水表改造5万元；2.设备购置安排3万元。", "设备购置"),
        ("（1）食品抽检，安排420万元。", "食品抽检"),
        ("项目2个。食品抽检420万元，设备购置3万元。", "设备购置"),
        ("食品抽检420万元，设备购置3万元。", None),
        ("1.5万元。", None),
    ],
    ids=["with a number", "in the clause before", "after their number", "unnumbered", "nothing"],
)
def test_entries_of_a_list_of_projects_are_called_by_their_names(text: str, name: str | None):
    *_, claim = stated("一、项目支出情况说明", text)
    assert (claim.item_label if claim.subject == "project.total.actual" else None) == name


LISTED = "项目支出9万元，包括：审判业务费5万元，{}。"


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("设备购置4万元", "project.total.actual amount 4"),
        ("其他资金4万元", "?"),
        ("上年结转资金4万元", "?"),
        (f"{'设' * 30}4万元", "project.total.actual amount 4"),
        (f"{'设' * 31}4万元", "?"),
        ("设备购置4台", "?"),
    ],
    ids=["a project", "what pays for it", "carried over", "a long name", "no name", "no money"],
)
def test_entries_of_project_expenditure_are_projects_or_their_funds(entry: str, read: str):
    assert last("支出", LISTED.format(entry)) == read


@pytest.mark.parametrize(
    ("whole", "is_read"),
    [("自评项目资金9万元", True), ("自评得分95分", False), ("基本支出9万元", False)],
)
def test_evaluated_funds_are_those_of_projects(whole: str, *, is_read: bool):
    claimed = last(EVALUATED, f"{whole}，其中：审判业务费5万元。")
    assert (claimed == "project.total.actual amount 5") is is_read


@pytest.mark.parametrize(
    ("kind", "heading", "text", "is_read"),
    [
        (DocumentKind.BUDGET, "支出预算", "3.水体安排5万元。", True),
        (DocumentKind.BUDGET, "支出预算", "水体安排5万元。", False),
        (DocumentKind.BUDGET, "支出预算", "3.水体2个。", False),
        (DocumentKind.BUDGET, "收入预算", "3.水体安排5万元。", False),
        (DocumentKind.FINAL_ACCOUNTS, "支出", "3.水体安排5万元。", False),
    ],
    ids=["a line", "no number", "no money", "income", "final accounts"],
)
def test_numbered_lines_of_a_budget_of_expenditure_are_items(
    kind: DocumentKind, heading: str, text: str, *, is_read: bool
):
    [claim] = stated(f"一、{heading}情况说明", text, kind=kind)
    assert (claim.subject, claim.item_label) == (
        ("expenditure.item.budget", "水体") if is_read else ("", "")
    )


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("政府采购", "政府采购支出8万元，其中：上级财政拨款5万元。", "上级财政拨款"),
        ("政府采购", "政府采购支出8万元，其中：使用自筹资金5万元。", "自筹资金"),
        ("政府采购", "政府采购支出8万元，其中：捐款5万元。", None),
        (
            "政府采购",
            f"政府采购支出8万元，其中：{'县' * 12}自筹资金5万元。",
            f"{'县' * 12}自筹资金",
        ),
        ("政府采购", f"政府采购支出8万元，其中：{'县' * 13}自筹资金5万元。", None),
        ("政府采购", "自筹资金5个。", None),
        ("部门基本", "政府采购支出8万元，其中：自筹资金5万元。", "自筹资金"),
        ("部门基本", "自筹资金5万元。", None),
    ],
    ids=[
        *("a fund", "used", "no fund", "a long name", "no name", "no money"),
        *("of purchases told of", "of no purchases"),
    ],
)
def test_funds_among_purchases_pay_for_them(heading: str, text: str, name: str | None):
    *_, claim = stated(f"一、{heading}情况说明", text)
    assert (claim.item_label if claim.item == "by_fund" else None) == name


@pytest.mark.parametrize(
    ("heading", "text", "is_read"),
    [
        (STAFF, "聘用护理员3人。", True),
        (STAFF, "聘用护理员3名。", True),
        (STAFF, "聘用护理员3个。", False),
        (STAFF, "护理员3人。", False),
        ("“三公”经费", "聘用护理员3人。", False),
    ],
    ids=["人", "名", "no people", "nobody says how", "no staff"],
)
def test_people_without_a_post_are_told_by_how_they_are_employed(
    heading: str, text: str, *, is_read: bool
):
    assert last(heading, text) == ("staffing.temporary.held count 3" if is_read else "?")


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("“茶园改造”项目全年预算9万元，综合打分95分。", True),
        ("“茶园改造”项目全年预算9万元，综合打分95次。", False),
        ("茶园综合打分95分。", False),
    ],
    ids=["a score", "no score", "of no project"],
)
def test_the_score_of_the_project_spoken_of_may_be_called_anything(text: str, *, is_read: bool):
    assert (last(EVALUATED, text) == "performance.project_score.actual score 95") is is_read


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("茶叶5万元。", [" amount 5 ?"]),
        ("茶叶XX万元。", []),
        ("茶叶5万元、XX万元。", [" amount 5 ?"]),
    ],
    ids=["known to nobody", "left blank", "one left blank"],
)
def test_what_nobody_knows_is_kept_in_doubt_and_blanks_are_not(text: str, claimed: list[str]):
    assert said("“三公”经费", text) == claimed


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("机关运行经费9万元，其中：差旅费5万元。", "the operating cost's part of it"),
        ("机关运行经费9万元，其中：差旅费支出5万元。", "the operating cost's part of it"),
        ("机关运行经费9万元，其中：办公费、差旅费5万元。", None),
        ("机关运行经费9万元，其中：差旅费1万元，办公费、差旅费5万元。", None),
        ("机关运行经费9万元，其中：差旅费5个。", None),
        ("机关运行经费9万元，其中：捐款5万元。", None),
        ("差旅费5万元。", None),
    ],
    ids=["an item", "its spending", "two", "two behind one", "no money", "no item", "no list"],
)
def test_items_of_the_operating_cost_are_told_in_its_list(text: str, note: str | None):
    *_, claim = stated("一、机关运行经费情况说明", text)
    is_item = (claim.topic, claim.item, claim.item_label) == ("operating_cost", "item", "差旅费")
    assert (claim.reading_note if is_item else None) == note


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("绩效自评，共涉及5个项目，资金9万元。", "performance.self_evaluation_projects"),
        ("绩效自评，共涉及5家项目，资金9万元。", "performance.indicator"),
    ],
)
def test_projects_of_an_evaluation_are_counted_in_their_own_units(text: str, counted: str):
    assert said(EVALUATED, text)[0] == f"{counted}.actual count 5"


def test_a_list_of_projects_goes_on_however_long_it_is():
    entries = "，".join(
        f"设备{letter}类{number}万元" for number, letter in enumerate("甲乙丙丁" * 6, 1)
    )
    assert last(PROJECTS, f"项目24个。{entries}。") == "project.total.actual amount 24"
