"""通用设备为0 was an amount, and 共有车辆5 one of 50,000 yuan: what has no price is counted."""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from tests.unit.normalising.drawn import stated

HEADING = "五、国有资产占用情况说明"


def told(text: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS) -> tuple[Claim, ...]:
    """What a paragraph on assets states."""
    return stated(HEADING, text, kind=kind)


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("zero", ["0台（套）", "0", "为0", "0万元"])
def test_no_equipment_is_a_count_of_zero_however_it_is_said(zero: str, kind: DocumentKind):
    claims = told(f"单价50万元以上通用设备{zero}，单价100万元以上专用设备{zero}。", kind)
    assert [(each.item, each.kind.value, each.value, each.reading_note) for each in claims] == [
        ("equipment.general_500k", "count", 0, ""),
        ("equipment.special_1m", "count", 0, ""),
    ]


def test_a_bare_number_of_vehicles_is_how_many():
    claims = told("共有车辆5，其中：其他用车2。资产总额120万元。")
    assert [(each.item, each.kind.value, each.value) for each in claims] == [
        ("vehicles.total", "count", 5),
        ("vehicles.other", "count", 2),
        ("total", "amount", 1_200_000),
    ]


def test_what_equipment_is_worth_is_money_of_the_equipment_named():
    count, worth = told("单价50万元以上通用设备2台，价值120万元。")
    assert (count.kind.value, count.value) == ("count", 2)
    assert (worth.subject, worth.item_label, worth.value) == (
        "assets.value.held",
        "单价50万元以上通用设备",
        1_200_000,
    )


def test_what_may_be_paid_for_stays_money_without_its_unit():
    (claim,) = stated("四、“三公”经费支出决算情况说明", "公务接待费支出3.5。")
    assert (claim.kind.value, claim.is_unit_missing) == ("amount", True)
