"""下设8个科室，其中事业编制3个 made posts a part of the offices, for both are counted as 个."""

import pytest

from tests.unit.normalising.drawn import stated

HEADING = "二、机构设置情况"


def wholes(text: str) -> list[tuple[str, str, int | None]]:
    """What is counted, its label, and what it is said to be part of."""
    return [(each.item, each.item_label, each.whole_index) for each in stated(HEADING, text)]


@pytest.mark.parametrize("unit", ["个", "名", "人"])
def test_posts_are_no_part_of_offices(unit: str):
    assert wholes(f"本单位下设8个科室，其中事业编制3{unit}。") == [
        ("offices", "", None),
        ("posts", "事业编制", None),
    ]


def test_posts_are_no_part_of_bodies_but_bodies_are():
    assert wholes("所属单位3个，其中参公单位1个，编制20个。") == [
        ("units", "所属单位", None),
        ("units", "参公单位", 0),
        ("posts", "编制", None),
    ]


def test_posts_stay_parts_of_posts():
    assert wholes("编制20个，其中事业编制3个。")[1] == ("posts", "事业编制", 0)
