"""What numbers are of that no name stands before, by the section they stand in."""

import pytest

from pipelines.normalising.narrative.examples import said

ONE_PROJECT, PROJECTS = "科技创新专项经费", "项目支出"


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
        (ONE_PROJECT, "5万元。", [" amount 5 ?"]),
        (ONE_PROJECT, "支出1万元。", ["project.total.actual amount 1"]),
    ],
    ids=[
        *("what it is for", "of nothing", "of one before", "entries"),
        *("of one project", "of nothing in it", "all of it"),
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
