"""无政府采购支出 was taken for a count, so that facts about amounts did not see it."""

from pipelines.domain.disclosure import ClaimKind
from tests.unit.normalising.drawn import claims


def test_no_expenditure_is_an_amount_of_zero():
    claim = claims("本年度无政府采购支出。")["procurement.total"]
    assert claim.kind is ClaimKind.AMOUNT
    assert claim.value == 0
    assert claim.value_text == "无"


def test_no_equipment_is_a_count_of_zero():
    claim = claims("国有资产方面，无单位价值100万元以上专用设备。")["assets.equipment.special_1m"]
    assert claim.kind is ClaimKind.COUNT
    assert claim.value == 0
