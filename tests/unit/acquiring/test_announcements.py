"""Titles: which announce a department's budget or final accounts, whose and of which year."""

import pytest

from pipelines.acquiring.announcements import recognise_announcement
from pipelines.acquiring.site_catalogue import load_wording


@pytest.mark.parametrize(
    ("title", "kind", "year", "department"),
    [
        ("甲市农业农村局2023年度部门决算公开", "final_accounts", 2023, "甲市农业农村局"),
        ("2023年度甲市农业农村局部门决算", "final_accounts", 2023, "甲市农业农村局"),
        ("关于甲县审计局 2024年 部门预算的说明", "budget", 2024, "甲县审计局"),
        ("甲县培训中心二〇二二年度单位决算", "final_accounts", 2022, "甲县培训中心"),
        ("二零二三年度部门决算", "final_accounts", 2023, ""),
        ("甲局25年预算", "budget", 2025, "甲局"),
        ("甲县“政府采购中心”２０２１年度部门决算", "final_accounts", 2021, "甲县政府采购中心"),
        ("部门决算公开", "final_accounts", None, ""),
        ("甲局部门预算公开情况（2022年）", "budget", 2022, "甲局"),
    ],
)
def test_a_departments_announcement_is_recognised(title, kind, year, department):
    found = recognise_announcement(title, load_wording())
    assert found is not None
    assert (found.kind, found.fiscal_year, found.department_name) == (kind, year, department)
    assert found.title == title


@pytest.mark.parametrize(
    "title",
    [
        "甲县2023年财政总决算报告",
        "关于2023年预算执行情况的报告",
        "甲县2023年政府预算公开",
        "某工程竣工决算审计",
        "预算绩效管理办法",
        "甲局2023年度工作总结",
        "",
    ],
)
def test_other_announcements_are_not(title):
    assert recognise_announcement(title, load_wording()) is None
