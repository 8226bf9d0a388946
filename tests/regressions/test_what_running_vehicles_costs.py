"""燃料费3万元 in the list of 公务用车运行维护费 was nobody's, as was the change behind the list."""

import pytest

from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

ITEM, RUNNING = "three_public.vehicle_operation_item", "three_public.vehicle_operation"
HEADING = "四、“三公”经费支出决算情况说明"
COST = "公务用车运行维护费支出6万元"


def parts(text: str) -> list[tuple[str, str, int | None]]:
    """The parts of running vehicles: label, print, and what they are parts of."""
    return [
        (each.item_label, each.value_text, each.whole_index)
        for each in stated(HEADING, text)
        if (f"{each.topic}.{each.item}", each.kind.value) == (ITEM, "amount")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{COST}，其中：燃料费3万元、维修费2万元、保险费1万元。",
        f"{COST}（其中：燃料费支出3万元，维修费支出2万元，保险费支出1万元），比上年减少1万元。",
        f"{COST}，主要用于燃料费3万元、维修费2万元、保险费1万元，比上年减少1万元。",
        f"{COST}，包括燃料费3万元，比上年减少1万元；维修费2万元；保险费1万元。",
    ],
    ids=["list", "bracket", "purpose", "compared"],
)
def test_costs_of_vehicles_are_parts_of_running_them(text: str):
    assert parts(text) == [("燃料费", "3", 0), ("维修费", "2", 0), ("保险费", "1", 0)]


def test_names_of_parts_are_kept_whole():
    told = f"{COST}，其中：公务用车加油3万元，车辆年检及停车2.5万元，过路过桥费0.5万元。"
    assert [label for label, _, _ in parts(told)] == [
        "公务用车加油",
        "车辆年检及停车",
        "过路过桥费",
    ]


@pytest.mark.parametrize(
    ("behind", "whose"),
    [
        ("，其中：燃料费4万元、保险费2万元，比上年减少1万元。", RUNNING),
        ("（其中：燃料费4万元，保险费2万元），比上年减少1万元。", RUNNING),
        ("，其中：燃料费4万元，比上年减少1万元。", ITEM),
    ],
)
def test_the_change_behind_a_list_of_costs_is_somebodys(behind: str, whose: str):
    assert said("“三公”经费", f"{COST}{behind}")[-1] == f"{whose}.actual change 1 prior_final"


@pytest.mark.parametrize(
    "text",
    [
        f"{COST}，其中：局机关4万元，下属单位2万元。",
        f"{COST}，主要用于燃料费、维修费等4万元。",
        f"{COST}，平均每辆运行费2万元。",
        "“三公”经费支出6万元，其中：公务接待费4万元，租车费2万元。",
    ],
    ids=["whose", "several", "each", "not_running"],
)
def test_other_amounts_are_no_parts_of_running_vehicles(text: str):
    assert parts(text) == []
