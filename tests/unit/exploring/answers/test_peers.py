"""Whom a body is compared with: the same level, the same scope, names that end alike."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.exploring.answers.bodies import Body
from pipelines.exploring.answers.peers import BodiesByTask, Peers, Place, place_of, task_of


def body(name: str, county: str = "丙县", **other: str) -> Body:
    made = Body(
        *(name, name, "department", name, "990101", f"甲省乙市{county}", county, "county"),
        *(1, 2023, 2023),
    )
    return replace(made, **other)


def others(*names: str) -> list[Body]:
    return [
        body(f"{county}{name}", county) for name in names for county in ("丁县", "戊区", "己市")
    ]


@pytest.mark.parametrize(
    ("name", "county", "task"),
    [
        ("丙县教育局", "丙县", "教育局"),
        ("乙市丙县教育局", "丙县", "教育局"),
        ("甲省乙市丙县教育局", "丙县", "教育局"),
        ("丙教育局", "丙县", "教育局"),
        ("丙丁县教育局", "丙丁某族自治县", "教育局"),
        ("丙丁某族自治县教育局", "丙丁某族自治县", "教育局"),
        ("教育局", "丙县", "教育局"),
        ("丙县", "丙县", "丙县"),
        ("中国丙县友好协会", "丙县", "中国丙县友好协会"),
    ],
)
def test_a_task_is_the_name_without_that_of_the_region(name, county, task):
    assert task_of(body(name, county)) == task


def test_peers_have_the_same_task():
    bodies = [body("丙县教育局"), *others("教育局", "财政局", "教育考试中心")]
    peers = BodiesByTask(bodies).peers_of(bodies[0])
    assert peers == Peers("教育局", ("丙县教育局", "丁县教育局", "戊区教育局", "己市教育局"))


def test_where_nobody_has_the_same_task_the_longest_common_ending_counts():
    bodies = [body("丙县教育和体育局"), *others("体育局", "民政局")]
    peers = BodiesByTask(bodies).peers_of(bodies[0])
    assert peers.ending == "体育局"
    assert len(peers.body_ids) == 4


@pytest.mark.parametrize(
    "alone",
    [
        body("丙县钟表校准所"),
        body("丙县教育局", scope="unit"),
        body("丙县教育局", region_level="prefecture"),
        body("丙县教育局", region_level=""),
    ],
    ids=["another task", "another scope", "another level", "no region"],
)
def test_others_are_no_peers(alone):
    assert BodiesByTask([alone, *others("教育局")]).peers_of(alone) == Peers("", ())


def test_two_bodies_are_no_comparison():
    bodies = [body("丙县教育局"), body("丁县教育局", "丁县")]
    assert BodiesByTask(bodies).peers_of(bodies[0]) == Peers("", ())


def test_a_place_counts_from_the_largest_and_shares_ranks():
    values = [Decimal(each) for each in (10, 20, 20, 40)]
    assert place_of(Decimal(40), values) == Place(1, 4, Decimal(20))
    assert place_of(Decimal(20), values) == Place(2, 4, Decimal(20))
    assert place_of(Decimal(10), values) == Place(4, 4, Decimal(20))
