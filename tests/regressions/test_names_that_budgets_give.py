"""Names that left their values in doubt, and bodies that are only listed."""

import pytest

from pipelines.domain.disclosure import ClaimKind, DocumentKind
from tests.unit.normalising.drawn import stated


def told(heading: str, *texts: str) -> list[tuple[str, str, str]]:
    """What the values of a budget's narrative are of, their labels, and how they are printed."""
    claims = stated(heading, *texts, kind=DocumentKind.BUDGET)
    return [(f"{each.topic}.{each.item}", each.item_label, each.value_text) for each in claims]


def test_units_are_told_by_who_pays_them():
    text = "编制预算的单位共3个。其中：财政全额供给单位2个；差额供给单位1个；自收自支单位0个。"
    assert told("二、预算单位基本情况", text)[1:] == [
        ("organisation.units", "财政全额供给单位", "2"),
        ("organisation.units", "差额供给单位", "1"),
        ("organisation.units", "自收自支单位", "0"),
    ]


def test_people_are_told_by_who_pays_them():
    text = "在职实有64人，其中：财政全额保障60人，财政差额补助4人。"
    assert told("二、预算单位基本情况", text)[1:] == [
        ("staffing.staff", "财政全额保障", "60"),
        ("staffing.staff", "财政差额补助", "4"),
    ]


def test_a_project_in_quotes_is_the_label_of_its_budget():
    text = "对2个项目编制了绩效目标，其中“校舍加固专项资金”45.00万元。"
    assert told("六、重点项目预算绩效目标情况", text)[-1] == (
        "project.total",
        "校舍加固专项资金",
        "45.00",
    )


@pytest.mark.parametrize("verb", ["按规定缴纳的", "为职工计提"])
def test_both_items_that_a_class_is_spent_on_are_read(verb: str):
    text = (
        f"（一）住房保障支出（类）71.00万元，主要用于{verb}住房公积金43.00万元和购房补贴28.00万元。"
    )
    assert told("三、一般公共预算支出情况", text)[1:] == [
        ("general_budget.item", "住房公积金", "43.00"),
        ("general_budget.item", "购房补贴", "28.00"),
    ]


def test_other_spending_behind_what_a_class_is_spent_on_is_a_class():
    texts = (
        "（一）住房保障支出（类）28.00万元，主要用于购房补贴28.00万元。",
        "（二）其他支出6.00万元，主要用于养老。",
    )
    assert told("三、一般公共预算支出情况", *texts)[-1] == (
        "general_budget.class",
        "其他支出",
        "6.00",
    )


@pytest.mark.parametrize(
    ("listed", "body"),
    [
        ("下设林业工作站、文化服务中心等3个二级事业单位。", ""),
        ("所属事业单位2个，分别为林业工作站和文化服务中心。", ""),
        ("二级机构文化服务中心，独立核算。", "文化服务中心"),
    ],
)
def test_a_body_that_is_only_listed_is_not_whose_staff_follows(listed: str, body: str):
    claims = stated("二、机构设置、人员构成情况", listed, "年末编制数52人。")
    assert [each.group_label for each in claims if each.item == "posts"] == [body]


def test_funds_are_of_the_evaluation_that_their_clause_names():
    overall = "对部门整体支出开展绩效自评，涉及资金800.00万元。"
    projects = "组织对5个项目支出开展绩效自评，涉及资金90.00万元。"
    found = [name for name, _, _ in told("三、绩效情况", f"{overall}{projects}")]
    assert found == [
        "performance.overall_funds",
        "performance.self_evaluation_projects",
        "performance.self_evaluation_funds",
    ]


def test_units_that_act_are_nothing_achieved():
    claims = stated("三、绩效目标设置情况", "本部门4个预算单位编报了绩效目标，新建水窖20处。")
    assert [(each.item, each.value_text) for each in claims if not each.reading_note] == [
        ("indicator", "20")
    ]


def test_households_and_people_are_counted_of_the_same():
    claims = stated("三、主要工作完成情况", "全乡脱贫户310户905人参加培训。")
    counts = [each for each in claims if each.kind is ClaimKind.COUNT]
    assert [(each.item_label, each.value_text) for each in counts][-1] == ("全乡脱贫户", "905")
