"""A year is wrong only where nothing but the document's own can stand."""

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.narrative.findings import find_text_findings
from tests.unit.normalising.drawn import paragraphs
from tests.unit.normalising.printed import printing

FINAL, BUDGET = DocumentKind.FINAL_ACCOUNTS, DocumentKind.BUDGET
ACCOUNTS = "第三部分 2023年度部门决算情况说明"
PLAN = "2025年部门预算编制说明"


def wrong_years(kind: DocumentKind | None, year: int | None, *texts: str) -> list[tuple[str, str]]:
    found = find_text_findings(paragraphs(*texts), (), (), "", kind, year)
    return [(each.rule, each.printed) for each in found if each.kind == "wrong_year"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ("一、2023年度收入决算情况", "二、2022年度支出决算情况说明", "支出5万元。"),
            ("heading", "2022"),
        ),
        (
            ("一、2023年度收入决算情况", "三、2021年度政府采购支出情况", "采购5万元。"),
            ("heading", "2021"),
        ),
        (
            ("五、国有资产占用情况", "截至2022年12月31日，本单位共有车辆3辆。"),
            ("counted_on", "截至2022年12月31日"),
        ),
        (
            ("五、国有资产占用情况", "截止2024年末，单价100万元以上设备0台。"),
            ("counted_on", "截止2024年末"),
        ),
        (
            ("五、国有资产占用情况", "到2022年12月31日为止，本单位共有车辆3辆。"),
            ("counted_on", "到2022年12月31日"),
        ),
        (
            ("一、总体情况说明", "2023年度收入总计5万元，与2023年相比增加1万元。"),
            ("compared", "与2023年相比"),
        ),
        (
            ("一、总体情况说明", "培训费支出2万元，较2023年度决算数减少1万元。"),
            ("compared", "较2023年度决算数减"),
        ),
        (
            ("一、总体情况说明", "2022年度收、支总计5万元，与上年相比增加1万元。"),
            ("told", "2022"),
        ),
        (
            ("十、项目情况", "项目实施周期：2022年1月至2022年12月，支出5万元。"),
            ("period", "项目实施周期:2022年1月至2022年12月"),
        ),
    ],
)
def test_a_year_left_over_in_accounts_is_found(texts: tuple[str, ...], found: tuple[str, str]):
    assert wrong_years(FINAL, 2023, ACCOUNTS, *texts) == [found]


@pytest.mark.parametrize(
    "texts",
    [
        ("五、国有资产占用情况", "截至2023年12月31日，本单位共有车辆3辆。"),
        ("五、国有资产占用情况", "截至2022年12月31日共有车辆3辆，截至2023年12月31日共有4辆。"),
        ("五、其他情况", "截至2022年12月31日，累计办件3件。"),
        ("五、国有资产占用情况", "车辆3辆，其中2022年末购置1辆。"),
        ("一、收支对比", "二、2022年度与2023年度决算对比", "收入5万元。"),
        ("一、总体情况说明", "2022年较2023年减少1万元。"),
        ("一、总体情况说明", "比2023年年初预算增加1万元。"),
        ("一、总体情况说明", "预计2024年较2023年增长3%。"),
        ("一、总体情况说明", "2022年度收入5万元，2023年度收入6万元，比上年增加1万元。"),
        ("一、总体情况说明", "2022年度支出5万元。"),
        ("十、2022年度绩效评价情况", "评价项目3个。"),
        ("十、项目情况", "项目实施周期：2021年1月至2023年12月。"),
        ("十、项目情况", "2019年3月20日正式挂牌成立，2022年获奖。"),
    ],
)
def test_another_year_in_accounts_may_be_meant(texts: tuple[str, ...]):
    assert wrong_years(FINAL, 2023, ACCOUNTS, *texts) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ("四、实施周期", "2024年1月1日至2024年12月31日。"),
            ("period", "2024年1月1日至2024年12月31日"),
        ),
        (("四、实施周期", "2024年度"), ("period", "2024年度")),
        (
            ("一、三公经费预算情况", "公务接待费1万元，与2025年预算持平。"),
            ("compared", "与2025年预算持平"),
        ),
        (("二、2024年三公经费预算情况说明", "公务接待费1万元。"), ("heading", "2024")),
    ],
)
def test_a_year_left_over_in_a_budget_is_found(texts: tuple[str, ...], found: tuple[str, str]):
    assert wrong_years(BUDGET, 2025, PLAN, "一、2025年收入预算情况", *texts) == [found]


@pytest.mark.parametrize(
    "texts",
    [
        ("五、国有资产占有情况", "截至2024年8月31日，共有车辆7辆。"),
        ("五、国有资产占有情况", "截至2023年12月31日，共有车辆7辆。"),
        ("二、2024年三公经费决算情况", "公务接待费1万元。"),
        ("二、2024年预算执行情况", "2024年度部门预算5万元，完成预算的90%。"),
        ("四、实施周期", "2024年1月1日至2025年12月31日。"),
        ("一、立项依据", "《2024年工作要点》。"),
        ("一、三公经费", "2024年当年预算执行数为6万元，2025年预算安排3万元，比上年减少50%。"),
    ],
)
def test_another_year_in_a_budget_may_be_meant(texts: tuple[str, ...]):
    assert wrong_years(BUDGET, 2025, PLAN, "一、2025年收入预算情况", *texts) == []


@pytest.mark.parametrize(
    ("period", "is_wrong"),
    [
        ("2023年至2024年", True),
        ("2024年1月至2024年12月", True),
        ("2024年1月至2025年12月", False),
        ("2025年1月至2025年12月", False),
        ("2025年1月至2026年12月", False),
        ("2026年1月至2026年12月", True),
        ("2026年1月至2025年12月", False),
    ],
)
def test_a_budget_pays_for_no_project_over_before_its_year_or_begun_after_it(
    period: str, *, is_wrong: bool
):
    texts = ("十、项目情况", f"项目实施周期：{period}，支出5万元。")
    found = wrong_years(BUDGET, 2025, PLAN, "一、2025年收入预算情况", *texts)
    assert found == ([("period", f"项目实施周期:{period}")] if is_wrong else [])


def test_the_title_of_a_form_names_the_document_s_year_or_none():
    titles = ("2023年度支出决算表", "2022年度收入决算表", "项目支出决算表")
    forms = [printing(title, form="expenditure") for title in titles]
    found = find_text_findings(paragraphs(ACCOUNTS), (), forms, "", FINAL, 2023)
    assert [(each.rule, each.printed, each.sentence) for each in found] == [
        ("title_of_a_form", "2022", titles[1])
    ]


@pytest.mark.parametrize(
    ("kind", "year", "first"),
    [
        (FINAL, 2022, ACCOUNTS),
        (None, 2023, ACCOUNTS),
        (FINAL, None, ACCOUNTS),
        (FINAL, 2023, "说明"),
    ],
)
def test_nothing_is_found_where_the_year_is_not_sure(
    kind: DocumentKind | None, year: int | None, first: str
):
    texts = ("五、国有资产占用情况", "截至2021年12月31日，本单位共有车辆3辆。")
    assert wrong_years(kind, year, first, *texts) == []
