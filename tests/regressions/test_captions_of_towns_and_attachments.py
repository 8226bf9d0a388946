"""Captions whose county was taken for a unit, or whose town or attachment hid the title."""

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.recognising.captions import titled_forms, unit_in
from pipelines.recognising.catalogue import load_catalogue


@pytest.mark.parametrize("county", ["元谋县", "元宝山区", "元江哈尼族彝族傣族自治县", "元山镇"])
def test_a_county_whose_name_begins_like_a_unit_is_no_unit(county: str):
    """Every figure of the form would be ten thousand times too small."""
    assert unit_in(f"编制单位：{county}农业农村局 单位：万元") is PrintedUnit.WAN_YUAN
    assert unit_in(f"编制单位：{county}农业农村局") is None


def test_a_unit_may_name_the_currency():
    assert unit_in("单位：人民币万元") is PrintedUnit.WAN_YUAN
    assert unit_in("金额单位：人民币元") is PrintedUnit.YUAN


@pytest.mark.parametrize(
    "title",
    ["某镇收入决算表", "某县某乡2023年度收入决算表", "某区某街道收入决算表", "附件1：收入决算表"],
)
def test_towns_and_attachment_numbers_may_stand_before_a_title(title: str):
    (found,) = titled_forms(title, load_catalogue())
    assert found.form == "income"
