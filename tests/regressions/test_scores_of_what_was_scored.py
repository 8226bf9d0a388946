"""The score of a project was read as that of all spending, or as said in a wrong unit.

部门评价 is a department's of its projects; a project that a line begins with is what is scored;
and what it got for the share of its budget spent is no score of the project.
"""

import pytest

from tests.unit.normalising.drawn import stated

HEADING = "三、绩效情况说明"


def scored(*texts: str) -> list[tuple[str, str, str]]:
    """Scores and grades by their subject, label and print."""
    return [
        (f"{each.topic}.{each.item}", each.item_label, each.value_text)
        for each in stated(HEADING, *texts)
        if each.kind.value in ("score", "grade")
    ]


@pytest.mark.parametrize("stop", ["：", "，"])
@pytest.mark.parametrize("number", ["1.", "（1）", ""])
def test_a_line_that_begins_with_a_project_tells_its_score(number: str, stop: str):
    told = f"{number}校园安全项目{stop}自评得分88分，等级为良。"
    assert scored(told) == [
        ("performance.project_score", "校园安全项目", "88"),
        ("performance.project_grade", "校园安全项目", "良"),
    ]


@pytest.mark.parametrize("words", ["部门评价得分", "评价得分", "得分"])
def test_what_a_department_evaluates_are_projects(words: str):
    told = f"部门整体支出自评得分96分。对3个项目开展部门评价，{words}95分，评价等级为优。"
    assert scored(told) == [
        ("performance.overall_score", "", "96"),
        ("performance.project_score", "", "95"),
        ("performance.project_grade", "", "优"),
    ]


def test_a_named_project_is_what_a_department_evaluated():
    told = "对“农田建设”1个项目开展部门评价，资金880万元，评价得分89.3分。"
    assert scored(told) == [("performance.project_score", "农田建设", "89.3")]


def test_all_spending_that_is_named_is_what_was_evaluated():
    told = "对部门整体支出开展部门评价，评价得分95分。"
    assert scored(told) == [("performance.overall_score", "", "95")]


def test_what_was_got_for_the_share_spent_is_not_the_projects_score():
    told = "“农田建设”项目全年预算50万元，支出48万元，执行率96%，得9.6分，自评得分97分。"
    assert scored(told) == [
        (".", "", "9.6"),
        ("performance.project_score", "农田建设", "97"),
    ]
    got = "“农田建设”项目执行率96%；“水渠维修”项目得86分。"
    assert scored(got) == [("performance.project_score", "水渠维修", "86")]
