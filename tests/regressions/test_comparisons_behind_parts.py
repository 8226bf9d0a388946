"""本年收入中，A 9万元，B 0万元。与上年相比增加3万元 was of B, so of less than nothing.

A comparison that opens a sentence behind the parts of something is of what they make up.
"""

import pytest

from pipelines.domain.disclosure import ClaimKind, DocumentKind
from tests.unit.normalising.drawn import stated

HEADING = "（二）财政拨款收入情况"
MOVED = (ClaimKind.CHANGE, ClaimKind.GROWTH, ClaimKind.DIRECTION)


def compared(text: str, heading: str = HEADING) -> list[tuple[str, str, bool]]:
    """What the changes that a text ends in are of, how large, and whether that is in doubt."""
    claims = stated("一、收入情况", heading, text, kind=DocumentKind.BUDGET)
    moved = [each for each in claims if each.kind in MOVED or each.reading_note]
    return [
        (f"{each.topic}.{each.item}", each.value_text, bool(each.reading_note))
        for each in moved
        if each.kind is not ClaimKind.DIRECTION
    ]


@pytest.mark.parametrize("lead", ["本年收入中，", "", "其中："])
def test_what_parts_make_up_is_compared_behind_them(lead: str):
    parts = "一般公共预算财政拨款412.00万元，政府性基金预算财政拨款0.00万元"
    told = f"财政拨款收入412.00万元。{lead}{parts}。与上年对比增加12.00万元，增长3.00%。"
    assert compared(told) == [
        ("income.appropriation", "12.00", False),
        ("income.appropriation", "3.00", False),
    ]


def test_the_last_part_is_compared_where_only_it_grew_so():
    parts = "一般公共预算财政拨款400.00万元，政府性基金预算财政拨款12.00万元"
    told = f"财政拨款收入412.00万元。{parts}。与上年对比增加2.00万元，增长20.00%。"
    assert {subject for subject, *_ in compared(told)} == {"income.government_fund"}


def test_a_part_of_nothing_can_have_decreased():
    parts = "一般公共预算财政拨款300.00万元，政府性基金预算财政拨款0.00万元"
    told = f"财政拨款收入412.00万元。{parts}。与上年对比减少12.00万元。"
    assert compared(told) == [("income.government_fund", "12.00", False)]


@pytest.mark.parametrize("part", ["0.00", "30.00"])
def test_what_changed_within_its_sentence_is_the_parts_however_small(part: str):
    told = f"收入总计80.00万元，其中事业收入{part}万元，比上年增加6.00万元。"
    assert compared(told, "（一）收入总体情况") == [("income.institutional", "6.00", False)]


COUNTED = "公务接待费4.20万元，国内公务接待31批次，260人次，用于接待检查。较上年{}，下降25%。"


def test_money_moved_behind_counts_is_of_what_money_was_told_of():
    claims = stated("七、“三公”经费情况说明", COUNTED.format("减少1.40万元"))
    assert {each.item for each in claims if each.kind in MOVED} == {"reception"}


def test_visits_moved_behind_counts_are_visits():
    claims = stated("七、“三公”经费情况说明", COUNTED.format("减少10批次"))
    assert {each.item for each in claims if each.kind is ClaimKind.CHANGE} == {"reception_batches"}


def test_money_told_of_a_part_is_what_moved_behind_its_counts():
    told = COUNTED.replace("31批次", "4.00万元，31批次").format("减少1.40万元")
    claims = stated("七、“三公”经费情况说明", told)
    assert {each.item for each in claims if each.kind in MOVED} == {"reception_domestic"}
