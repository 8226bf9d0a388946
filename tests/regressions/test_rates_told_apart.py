"""任务完成率 was read as how much of the budget was spent, and 资金到位率 lost its name.

Whose rate it is stands right before 完成率 or 执行率; where that is a budget, or nothing, it is a
completion, and else one of work, however the section goes on.
"""

import pytest

from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

PERFORMANCE, THREE_PUBLIC = "绩效", "“三公”经费"
TOLD = "公务接待费年初预算5万元，支出4万元，{}80%。"


@pytest.mark.parametrize("rate", ["任务完成率", "各项目标完成率", "指标完成率", "整体预算执行率"])
def test_a_rate_of_work_is_no_completion_of_the_budget(rate: str):
    assert said(THREE_PUBLIC, TOLD.format(rate))[2:] == [" rate 80 ?"]


@pytest.mark.parametrize(
    "rate", ["预算执行率", "执行率", "完成率", "预算完成率", "支出完成率", "总体执行率"]
)
def test_a_rate_of_the_budget_is_its_completion(rate: str):
    assert said(THREE_PUBLIC, TOLD.format(rate))[2:] == [
        "three_public.reception.actual completion 80 opening_budget"
    ]


def test_rates_of_a_report_on_performance_keep_their_whole_names():
    told = "2023年项目支出预算执行率98.5%，任务完成率100%，资金到位率95%，资金使用率94%。"
    completion, *rates = stated("一、绩效情况说明", told)
    assert completion.subject == "expenditure.project.actual"
    assert [(each.subject, each.item_label, each.value_text) for each in rates] == [
        ("performance.indicator.actual", "任务完成率", "100"),
        ("performance.indicator.actual", "资金到位率", "95"),
        ("performance.indicator.actual", "资金使用率", "94"),
    ]


def test_what_a_project_achieved_leaves_its_completion_alone():
    told = "经自评，“农田建设”项目年初预算50万元，支出48万元，任务完成率99%，预算执行率96%。"
    assert said(PERFORMANCE, told)[2:] == [
        "performance.indicator.actual rate 99",
        "project.total.actual completion 96 opening_budget",
    ]
