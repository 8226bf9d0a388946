"""Duties, offices, units and definitions are told from one another and from running text."""

from pipelines.normalising.narrative.facts import find_definitions, find_department_facts
from tests.unit.normalising.drawn import paragraphs


def facts(*texts: str) -> list[tuple[str, str, str]]:
    return [(fact.fact, fact.of, fact.text) for fact in find_department_facts(paragraphs(*texts))]


def test_terms_are_defined_in_every_usual_form():
    found = find_definitions(
        paragraphs(
            "第四部分 名词解释",
            "一、“三公”经费：指三类经费。",
            "2.基本支出。指日常支出。",
            "它包括人员和公用经费。",
            "（三）项目支出:指专项支出。",
        )
    )
    assert [(each.term, each.text) for each in found] == [
        ("三公经费", "指三类经费。"),
        ("基本支出", "指日常支出。它包括人员和公用经费。"),
        ("项目支出", "指专项支出。"),
    ]


def test_duties_are_the_numbered_paragraphs_of_their_section():
    assert facts(
        "第一部分 概况", "一、主要职责", "主要职责是：", "（一）拟订规划。", "2.监督实施。"
    ) == [
        ("duty", "", "拟订规划。"),
        ("duty", "", "监督实施。"),
    ]


def test_offices_know_whose_they_are():
    text = "某县水利局内设2个科室，包括办公室、规划科（审批科、信息科）。"
    assert facts("第一部分 概况", "二、机构设置", text) == [
        ("office", "某县水利局", "办公室"),
        ("office", "某县水利局", "规划科(审批科、信息科)"),
    ]


def test_units_are_listed_or_the_only_one():
    heading = ("第一部分 概况", "二、决算单位构成")
    assert facts(*heading, "纳入编制范围的单位包括：", "1. 某县水利局本级", "2.某县水利站。") == [
        ("unit", "", "某县水利局本级"),
        ("unit", "", "某县水利站"),
    ]
    only = "纳入2023年部门决算编制范围的只有某县水利局本级。"
    assert facts(*heading, only) == [("unit", "", "某县水利局本级")]
