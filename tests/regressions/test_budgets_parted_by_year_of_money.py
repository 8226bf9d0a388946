"""Appropriations of this year beside what was brought forward, and tables that no form was for."""

from pipelines.domain.disclosure import FormPrinting
from tests.unit.normalising.drawn import collected, unnamed
from tests.unit.recognising.grids import grid

CODED = """
    项目 | < | < | {header}
    科目编码 | < | 单位名称（科目） | {columns}
    类 | 款 | ^ | {below}
    301 | . | 工资福利支出 | {values}
    301 | 01 | 基本工资 | {values}
"""


def forms(printings: list[FormPrinting]) -> list[str]:
    return [printing.form for printing in printings]


def test_appropriations_by_economic_class_are_a_form_of_budgets():
    table = grid(
        CODED.format(
            header="总计 | 当年财政拨款安排 | < | < | 上年结转安排 | < | <",
            columns="^ | 小计 | 基本支出 | 项目支出 | 小计 | 基本支出 | 项目支出",
            below="^ | ^ | ^ | ^ | ^ | ^ | ^",
            values="9.00 | 7.00 | 4.00 | 3.00 | 2.00 | 1.00 | 1.00",
        )
    )
    contents = collected("财政拨款支出预算表（部门经济分类科目）", "单位：元", table)
    assert forms(contents.printings) == ["budget_expenditure_by_economic_class"]
    assert [figure.measure for figure in contents.figures] == 2 * [
        "total",
        "fiscal_appropriation",
        "fiscal_appropriation_basic",
        "fiscal_appropriation_project",
        "opening_balance",
        "opening_balance_basic",
        "opening_balance_project",
    ]


def test_the_general_budget_may_be_parted_by_the_year_of_the_money():
    table = grid(
        """
        科目编码 | 科目名称 | 合计 | 当年财政拨款安排 | 上年结转安排
        208 | 社会保障和就业支出 | 9.00 | 7.00 | 2.00
        """
    )
    contents = collected("一般公共预算支出预算表", "单位：元", table)
    measures = [figure.measure for figure in contents.figures]
    assert measures == ["total", "fiscal_appropriation", "opening_balance"]


def test_a_summary_may_have_a_column_of_what_was_brought_forward():
    table = grid(
        """
        收入 | < | 支出 | < | < | <
        项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 上年财政拨款资金结转
        一般公共预算拨款收入 | 7.00 | 社会保障和就业支出 | 9.00 | 7.00 | 2.00
        收入总计 | 9.00 | 支出总计 | 9.00 | 7.00 | 2.00
        """
    )
    contents = collected("财政拨款收支预算总表", "单位：元", table)
    of_uses = [each.measure for each in contents.figures if each.section == "expenditure"]
    assert of_uses == 2 * ["total", "general_public_budget", "opening_balance"]


def test_the_projects_of_the_general_budget_are_a_form_of_their_own_by_kind_of_use():
    table = grid(
        """
        科目编码 | 科目名称 | 项目名称 | 项目支出合计 | 商品和服务支出 | 资本性支出
        2010302 | 一般行政管理事务 | 维稳经费 | 9.00 | 7.00 | 2.00
        """
    )
    contents = collected("2025年部门预算", "一般公共预算项目支出情况表", "单位：元", table)
    assert forms(contents.printings) == ["budget_general_project_expenditure"]
    assert [figure.measure for figure in contents.figures] == ["total", "econ_302", "econ_310"]


def test_transfers_are_told_by_who_gives_them():
    table = grid(
        """
        序号 | 项目名称 | 合计 | 中央补助 | 自治区补助 | 地（州）补助
        . | 合计 | 9.00 | 7.00 | 2.00 | .
        1 | 衔接补助资金 | 9.00 | 7.00 | 2.00 | .
        """
    )
    contents = collected("2025年部门预算", "上级转移支付安排情况表", "单位：万元", table)
    assert forms(contents.printings) == ["budget_transfers"]
    assert [figure.measure for figure in contents.figures] == 2 * [
        "total",
        "central",
        "provincial",
    ]


def test_the_total_of_what_is_bought_is_named():
    table = grid(
        """
        项目名称 | 采购品目 | 采购金额合计 | 一般公共预算
        合计 | . | 4.00 | 4.00
        专项经费 | 打印机 | 4.00 | 4.00
        """
    )
    contents = collected("2026年部门预算", "政府采购预算表", "单位：万元", table)
    assert unnamed(contents) == []
