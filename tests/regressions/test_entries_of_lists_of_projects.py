"""1.设备购置支出12万元 lost its name, for 支出 alone was known; and ended the list it stands in.

An entry of a list of projects is called as it is printed, though part of its name, or all of it,
is known as something else elsewhere.
"""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from tests.unit.normalising.drawn import stated

HEADING = "二、项目支出情况说明"


def named(claims: tuple[Claim, ...]) -> list[tuple[str, str, str, int | None]]:
    """Amounts by what they are of, their labels, and what they are parts of."""
    return [
        (f"{each.topic}.{each.item}", each.item_label, each.value_text, each.whole_index)
        for each in claims
        if each.kind.value == "amount"
    ]


def test_entries_that_are_paragraphs_keep_their_names():
    claims = stated(
        HEADING,
        "1.设备购置支出12万元，用于购买检测设备。",
        "2.信息系统运行维护经费支出20.5万元，比上年减少1万元。",
        "3.办公楼修缮项目支出5万元。",
    )
    assert named(claims) == [
        ("project.total", "设备购置", "12", None),
        ("project.total", "信息系统运行维护经费", "20.5", None),
        ("project.total", "办公楼修缮项目", "5", None),
    ]
    assert {each.item_label for each in claims if each.value_text == "1"} == {
        "信息系统运行维护经费"
    }


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "2."), ("（1）", "（2）"), ("①", "②"), ("一是", "二是")]
)
def test_entries_of_one_sentence_are_parts_of_the_whole(first: str, second: str):
    told = (
        f"项目支出42万元，其中：{first}设备购置支出12万元，用于检测；{second}会议培训支出30万元。"
    )
    assert named(stated(HEADING, told)) == [
        ("expenditure.project", "", "42", None),
        ("project.total", "设备购置", "12", 0),
        ("project.total", "会议培训", "30", 0),
    ]


def test_an_entry_called_as_another_thing_is_a_project_all_the_same():
    claims = stated(
        HEADING,
        "2024年项目支出预算62万元，主要包括：",
        "（1）公务接待费用30万元，用于接待。",
        "（2）基层党建培训费支出预算32万元。",
        kind=DocumentKind.BUDGET,
        fiscal_year=2024,
    )
    assert named(claims)[1:] == [
        ("project.total", "公务接待费用", "30", 0),
        ("project.total", "基层党建培训费", "32", 0),
    ]


def test_paragraphs_behind_which_projects_it_includes_are_a_list():
    claims = stated(
        "二、支出预算情况说明",
        "项目支出62万元，包括以下项目：",
        "1.设备购置支出42万元。",
        "2、信息化建设经费20万元，用于平台建设。",
        kind=DocumentKind.BUDGET,
        fiscal_year=2024,
    )
    assert named(claims)[1:] == [
        ("project.total", "设备购置", "42", 0),
        ("project.total", "信息化建设经费", "20", 0),
    ]


def test_numbered_costs_of_one_project_are_its_parts():
    claims = stated(HEADING, "项目名称：茶园改造经费", "1.设备购置支出12万元。", "实际支出15万元。")
    assert named(claims) == [
        ("project.part", "设备购置支出", "12", None),
        ("project.total", "茶园改造经费", "15", None),
    ]


def test_spending_that_is_no_entry_stays_that_of_all_projects():
    told = "2023年项目支出62万元，比上年增加2万元。全年实际支出60万元。"
    assert named(stated(HEADING, told)) == [
        ("expenditure.project", "", "62", None),
        ("expenditure.project", "", "60", None),
    ]
