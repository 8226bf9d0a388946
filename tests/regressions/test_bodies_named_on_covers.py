"""Covers and contents lists from which no name, a wrong name or no year was taken."""

import pytest

from tests.unit.normalising.printed import identified


@pytest.mark.parametrize(
    "lines",
    [
        ("目录", "第一部分 某县水利局概况", "一、部门职责"),
        ("附件1：某县水利局2023年度部门决算",),
        ("关于某县水利局2023年度部门决算公开的说明",),
        ("某县水利局", "2023年度", "部门决算"),
    ],
    ids=["contents list", "attachment", "about", "year on a line of its own"],
)
def test_the_body_is_named_and_nothing_with_it(lines: tuple[str, ...]):
    assert identified(*lines).department_name == "某县水利局"


def test_a_name_broken_behind_its_place_is_put_together():
    assert identified("某县", "水利局2023年度部门决算").department_name == "某县水利局"


@pytest.mark.parametrize(
    "lines",
    [
        ("某县水利局", "2023年度", "部门决算"),
        ("2023年度", "某县水利局部门决算"),
        ("2023年度某县水利局决算公开报告",),
    ],
    ids=["year between name and kind", "year above the name", "name between year and kind"],
)
def test_the_year_is_found_wherever_the_cover_breaks(lines: tuple[str, ...]):
    assert identified(*lines).fiscal_year == 2023
