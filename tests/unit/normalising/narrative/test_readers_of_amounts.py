"""Values with their names, names that nothing is spent on, grades, and sums."""

import pytest

from pipelines.domain.disclosure import ClaimKind
from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

THREE_PUBLIC, ASSETS, EVALUATED = "“三公”经费", "国有资产占用", "绩效自评"


@pytest.mark.parametrize(
    ("heading", "text", "nothing"),
    [
        (THREE_PUBLIC, "无公务接待费。", ["three_public.reception.actual amount"]),
        (THREE_PUBLIC, "公务接待费未发生支出。", ["three_public.reception.actual amount"]),
        (THREE_PUBLIC, "年初无公务接待费预算。", ["three_public.reception.opening_budget amount"]),
        (THREE_PUBLIC, "公务接待费未安排人员，略。", []),
        (THREE_PUBLIC, "无公务接待费5万元。", []),
        (THREE_PUBLIC, "未购置公务用车。", ["three_public.vehicles_bought.actual count"]),
        (THREE_PUBLIC, "无公务用车。", ["three_public.vehicles_held.actual count"]),
        (THREE_PUBLIC, "因公出国（境）团组无。", ["three_public.overseas_groups.actual count"]),
        (
            THREE_PUBLIC,
            "因公出国（境）费、公务接待费均为零。",
            ["three_public.overseas.actual amount", "three_public.reception.actual amount"],
        ),
        (ASSETS, "无车辆。", ["assets.vehicles.total.held count"]),
        ("部门基本", "无车辆。", []),
        (
            EVALUATED,
            "未开展部门评价。",
            ["performance.department_evaluation_projects.actual count"],
        ),
    ],
)
def test_none_of_a_thing_is_no_money_or_none_of_those_counted(
    heading: str, text: str, nothing: list[str]
):
    told = [each for each in stated(f"一、{heading}情况说明", text) if each.value == 0]
    assert [f"{each.subject} {each.kind.value}" for each in told] == nothing


@pytest.mark.parametrize(
    ("total", "told"), [(5, ["three_public.total.actual amount 5"]), (4, [" amount 4 ?"])]
)
def test_the_parts_of_a_list_come_to_its_whole(total: int, told: list[str]):
    text = f"三公经费5万元，其中：公务接待费2万元，公务用车购置费3万元，合计{total}万元。"
    assert said(THREE_PUBLIC, text)[3:] == told


def test_parts_of_no_list_come_to_nothing_known():
    text = "公务接待费2万元，公务用车购置费3万元，合计5万元。"
    assert said(THREE_PUBLIC, text)[2:] == [" amount 5 ?"]


@pytest.mark.parametrize(
    ("heading", "text", "grades"),
    [
        (EVALUATED, "“茶园改造”项目全年预算9万元，评价等级为优。", ["优"]),
        (EVALUATED, "1个项目评价等级为良。", []),
        (THREE_PUBLIC, "评价等级为优。", []),
    ],
    ids=["of a project", "of one counted", "of nothing"],
)
def test_a_grade_is_of_the_project_spoken_of(heading: str, text: str, grades: list[str]):
    told = stated(f"一、{heading}情况说明", text)
    assert [each.value_text for each in told if each.kind is ClaimKind.GRADE] == grades


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("减少", ClaimKind.CHANGE), ("同时减少", ClaimKind.CHANGE), ("", ClaimKind.AMOUNT)],
)
def test_an_amount_behind_a_verb_is_what_moved(verb: str, kind: ClaimKind):
    *_, claim = stated(f"一、{THREE_PUBLIC}情况说明", f"三公经费9万元，{verb}公务接待费2万元。")
    assert (claim.item, claim.kind) == ("reception", kind)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("会议费、培训费分别为3万元、7万元。", [("meetings", "3"), ("training", "7")]),
        ("会议费、培训费各3万元、7万元。", [("meetings", "3"), ("training", "7")]),
        ("会议费、培训费分别为3万元、7万元、8万元。", [("", "3"), ("", "7"), ("", "8")]),
        ("会议费分别为3万元、7万元。", [("", "3"), ("", "7")]),
    ],
    ids=["in order", "each", "too many", "too few things"],
)
def test_values_of_each_are_of_the_things_named_in_order(text: str, told: list[tuple[str, str]]):
    read = stated("一、会议费、培训费情况说明", text)
    assert [(each.topic, each.value_text) for each in read] == told
