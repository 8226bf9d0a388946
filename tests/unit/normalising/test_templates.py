"""A blank template is nobody's disclosure; a finished text with a placeholder left in it is."""

import pytest

from tests.unit.normalising.printed import identified, printing

TEXT = "收入总计XX万元，支出总计XX万元。"


@pytest.mark.parametrize(
    "name",
    [
        "柳溪市XX局",
        "柳溪市××局",
        "ＸＸ局",
        "○○县茶叶局",
        "**委员会",
        "___局",
        "某某局",
        "XX",
        "×××",
    ],
)
@pytest.mark.parametrize(
    "cover",
    [
        ("{}2024年度部门决算",),
        ("{}", "2024年度", "部门决算"),
        ("{}20XX年度部门决算",),
        ("2024年度部门决算", "第一部分 {}概况"),
        ("部门名称：{}", "2024年度部门决算"),
    ],
    ids=["one line", "three lines", "blank year", "heading", "entity"],
)
def test_a_name_that_is_still_to_be_filled_in_makes_a_template(name: str, cover: tuple[str, ...]):
    whose = identified(*(line.format(name) for line in cover), TEXT)
    assert (whose.is_template, whose.department_name) == (True, "")


def test_what_forms_and_their_titles_leave_blank_makes_a_template():
    tables = [
        printing("支出决算表", form="expenditure", entity="编制单位：XX局"),
        printing("××单位2024年度收入决算表", form="income"),
    ]
    assert identified("2024年度部门决算", TEXT, printings=tables).is_template


@pytest.mark.parametrize("figure_count", [9, 300])
def test_what_prints_figures_is_a_document_whatever_its_name(figure_count: int):
    whose = identified("柳溪市XX局2024年度部门决算", TEXT, figure_count=figure_count)
    assert (whose.is_template, whose.department_name) == (False, "柳溪市XX局")


def test_amounts_of_the_prose_count_as_figures_do():
    stated = "收入总计12.00万元，支出总计11.00万元，结余1.00万元，年初结余2.00万元。"
    assert not identified("柳溪市XX局2024年度部门决算", TEXT, stated).is_template


@pytest.mark.parametrize(
    "left",
    ["收入总计XX万元。", "XX局没有政府性基金收入。", "二〇二四年八月", "项目编号：__________"],
)
def test_a_placeholder_in_the_text_of_a_body_that_is_named_makes_no_template(left: str):
    whose = identified("柳溪市茶叶局2024年度部门决算", "第一部分 柳溪市茶叶局概况", left)
    assert (whose.is_template, whose.department_name) == (False, "柳溪市茶叶局")


def test_a_heading_that_was_left_blank_does_not_outweigh_the_name_on_the_cover():
    whose = identified("柳溪市茶叶局2024年度部门决算", "第一部分 XX局概况", TEXT)
    assert (whose.is_template, whose.department_name) == (False, "柳溪市茶叶局")
