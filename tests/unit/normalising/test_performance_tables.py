"""What the numbers of 绩效目标表 and 绩效自评表 measure, in the layouts of several offices."""

from decimal import Decimal

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import Figure
from pipelines.domain.document import Table
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

WAN = PrintedUnit("万元")


def _measured(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(it.row.row_label, it.measure, it.text) for it in figures]


EVALUATED = grid("""
    项目名称 | 水库除险加固 | < | < | < | < | <
    主管部门 | 某县水利局 | < | 实施单位 | 水库管理所 | < | <
    项目资金（万元） | . | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    ^ | 年度资金总额 | 320.00 | 350.00 | 343.00 | 10 | 98.00% | 9.8
    ^ | 其中：当年财政拨款 | 320.00 | 320.00 | 313.00 | — | 97.81% | —
    ^ | 上年结转资金 | 0.00 | 30.00 | 30.00 | — | 100.00% | —
""")


def test_the_funds_of_a_self_evaluation_are_budgets_and_what_was_spent_of_them() -> None:
    contents = collected("项目支出绩效自评表", EVALUATED)
    assert _measured(contents.figures) == [
        ("年度资金总额", "opening_budget", "320.00"),
        ("年度资金总额", "budget", "350.00"),
        ("年度资金总额", "executed", "343.00"),
        ("年度资金总额", "weight", "10"),
        ("年度资金总额", "execution_ratio", "98.00%"),
        ("年度资金总额", "score", "9.8"),
        ("其中：当年财政拨款", "opening_budget", "320.00"),
        ("其中：当年财政拨款", "budget", "320.00"),
        ("其中：当年财政拨款", "executed", "313.00"),
        ("其中：当年财政拨款", "execution_ratio", "97.81%"),
        ("上年结转资金", "opening_budget", "0.00"),
        ("上年结转资金", "budget", "30.00"),
        ("上年结转资金", "executed", "30.00"),
        ("上年结转资金", "execution_ratio", "100.00%"),
    ]


def test_money_has_the_unit_of_its_label_and_points_have_none() -> None:
    of = {it.measure: it.unit for it in collected("项目支出绩效自评表", EVALUATED).figures[:6]}
    assert {measure for measure, unit in of.items() if unit == WAN} == {
        "opening_budget", "budget", "executed"
    }  # fmt: skip
    assert {of["weight"], of["execution_ratio"], of["score"]} == {None}


def test_a_table_of_performance_is_no_form_and_says_why() -> None:
    (printing,) = collected("项目支出绩效自评表", EVALUATED).printings
    assert (printing.form, printing.reprint_of) == ("", "")
    assert "funds of a project" in printing.resolution


def test_every_project_of_a_document_has_a_table_of_its_own() -> None:
    other = grid("""
        项目名称：河道清淤 | < | < | <
        . | 全年预算数 | 全年执行数 | 得分
        资金总额（元） | 85,000.00 | 84,150.00 | 9.9
    """)
    contents = collected("项目支出绩效自评表", EVALUATED, "项目支出绩效自评表", other)
    assert _measured(contents.figures)[-3:] == [
        ("资金总额（元）", "budget", "85,000.00"),
        ("资金总额（元）", "executed", "84,150.00"),
        ("资金总额（元）", "score", "9.9"),
    ]
    assert [it.form for it in contents.printings] == ["", ""]


def test_projects_one_below_another_with_their_budgets_and_targets() -> None:
    listed = grid("""
        项目名称 | 预算数 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重
        森林防火 | 46.50 | 产出指标 | 数量指标 | 巡护里程 | ≥ | 900 | 公里 | 30
        . | . | 满意度指标 | 满意度 | 林农满意度 | 定性 | 良好 | . | 10
        种苗补助 | 18.00 | 产出指标 | 数量指标 | 补助苗木(株) | ≥ | 26000 | 株 | 40
    """)
    contents = collected("单位：万元", "部门预算项目绩效目标表", listed)
    assert _measured(contents.figures) == [
        ("森林防火", "budget", "46.50"),
        ("巡护里程", "target", "900"),
        ("巡护里程", "weight", "30"),
        ("林农满意度", "weight", "10"),
        ("种苗补助", "budget", "18.00"),
        ("补助苗木(株)", "target", "26000"),
        ("补助苗木(株)", "weight", "40"),
    ]
    assert [it.value for it in contents.figures if it.unit] == [Decimal("46.50"), Decimal("18.00")]
    assert contents.rejections == []


def test_words_are_no_numbers_that_could_not_be_read() -> None:
    listed = grid("""
        项目名称 | 文物修缮 | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 质量指标 | 修缮质量 | 优良 | 优良 | 20 | 20
        ^ | 时效指标 | 按期完成率 | ≥95% | 96% | 20 | 20
    """)
    contents = collected("项目支出绩效自评表", listed)
    assert contents.rejections == []
    assert _measured(contents.figures) == [
        ("修缮质量", "weight", "20"),
        ("修缮质量", "score", "20"),
        ("按期完成率", "achieved", "96%"),
        ("按期完成率", "weight", "20"),
        ("按期完成率", "score", "20"),
    ]


SHEET = """
    项目名称 | 古籍保护 | < | <
    主管部门 | 某市文旅局 | 实施单位 | 图书馆
    项目资金（元） | 年度资金总额 | 1,260,000 | .
    ^ | 其中：财政资金 | 1,000,000 | .
    ^ | 其他资金 | 260,000 | .
"""


def test_a_sheet_without_a_header_names_its_money_in_the_row() -> None:
    assert _measured(collected("项目支出绩效目标表", grid(SHEET)).figures) == [
        ("年度资金总额", "budget", "1,260,000"),
        ("其中：财政资金", "budget", "1,000,000"),
        ("其他资金", "budget", "260,000"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        grid(SHEET.replace("项目名称 | 古籍保护", "业务事项 | 古籍保护")),
        grid("""
            事项 | 预算数 | 决算数 | 完成率
            办公楼维修 | 12.00 | 11.40 | 95%
        """),
    ],
    ids=["no project is named", "nothing is evaluated"],
)
def test_what_is_of_no_project_and_no_points_has_no_measure(table: Table) -> None:
    figures = collected("其他情况表", table).figures
    assert len(figures) >= 3
    assert {it.measure for it in figures} == {""}
