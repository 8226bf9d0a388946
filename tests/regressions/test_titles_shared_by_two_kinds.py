"""三公经费支出情况表 was a form of the final accounts in a budget too."""

import pytest

from pipelines.domain.document import Table
from tests.unit.normalising.drawn import meant
from tests.unit.recognising.grids import grid

TABLE = grid("合计 | 公务接待费\n3.00 | 3.00")
SHARED = ("“三公”经费支出情况表", "单位：万元", TABLE)
SUMMARY = grid("项目 | 预算数 | 项目 | 预算数\n一、财政拨款收入 | 1.00 | 一、教育支出 | 1.00")
EXPENDITURE = grid("科目名称 | 合计\n教育支出 | 1.00")


@pytest.mark.parametrize(
    ("above", "form", "measure"),
    [
        (("财政拨款收支预算总表", SUMMARY), "budget_three_public", "total"),
        (("财政拨款收支总表", SUMMARY), "budget_three_public", "total"),
        (("支出决算表", EXPENDITURE), "three_public", "actual_total"),
        (("某县水利局2024年部门预算",), "budget_three_public", "total"),
        (("某县水利局2023年度部门决算",), "three_public", "actual_total"),
    ],
    ids=[
        "a budget's form",
        "a budget's header",
        "a form of final accounts",
        "a budget's cover",
        "a cover",
    ],
)
def test_the_document_s_other_titles_tell_which_form_it_is(
    above: tuple[str | Table, ...], form: str, measure: str
):
    found = meant(*above, *SHARED)[-1]
    assert found.form == form
    assert found.measures[0][0] == measure


def test_without_any_of_them_the_table_has_no_form():
    (found,) = meant(*SHARED)
    assert found.form == ""
    assert "a form of the budget and one of the final accounts" in found.resolution
