"""A part of the appropriation was taken for a source beside it, and a second 合计 had no line."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

SUMMARY = """
    收入 | < | 支出 | <
    项目 | 决算数 | 项目 | 决算数
    一、财政拨款收入 | 80.00 | 一、教育支出 | 70.00
    其中：政府性基金预算财政拨款 | 5.00 | 二、住房保障支出 | 25.00
    二、事业收入 | 12.00 | 三、其他支出 | 0.00
    三、其他收入 | 3.00 | . | .
    本年收入合计 | 95.00 | 本年支出合计 | 95.00
    年初结转和结余 | 4.00 | 年末结转和结余 | 4.00
    合计 | 99.00 | 合计 | 99.00
"""


def lines(printed: str) -> dict[tuple[str, str], str]:
    contents = collected("某某局2018年度部门决算", "收入支出决算总表", "单位：万元", grid(printed))
    return {(row.section, row.row_label): row.line for row in contents.rows}


def test_a_total_below_the_total_of_the_year_is_the_grand_total():
    named = lines(SUMMARY)
    assert named["income", "合计"] == named["expenditure", "合计"] == "grand_total"
    assert named["income", "本年收入合计"] == "income_total"
    assert named["expenditure", "本年支出合计"] == "expenditure_total"


def test_a_total_that_stands_alone_is_no_grand_total():
    alone = SUMMARY.replace("本年收入合计", "收入").replace("本年支出合计", "支出")
    named = lines(alone)
    assert "grand_total" not in (named["income", "合计"], named["expenditure", "合计"])


def accounts(number: str, sources: dict[str, str], appropriation: str, total: str) -> Disclosed:
    names = sources | {"income_total": total}
    summary = Form(
        "income_expenditure_summary",
        tuple(Row("", line, line, {"amount": text}) for line, text in names.items()),
        "income",
    )
    others = {name: text for name, text in sources.items() if name in ("institutional", "other")}
    printed = {"total": total, "fiscal_appropriation": appropriation, **others}
    income = Form("income", (Row("", "合计", "total", printed),))
    return Disclosed(f"{number}0000000000000d1", (summary, income), f"虚构县第{number}局")


WHOLE = {
    "fiscal_appropriation": "80.00",
    "government_fund": "5.00",
    "institutional": "12.00",
    "other": "3.00",
}
FUNDS = {
    "general_public_budget": "75.00",
    "government_fund": "5.00",
    "institutional": "12.00",
    "other": "3.00",
}
PART_INSIDE = accounts("1", WHOLE, "80.00", "95.00")
WHOLE_IS_WRONG = accounts("2", WHOLE | {"fiscal_appropriation": "86.00"}, "80.00", "95.00")
OF_FUNDS = accounts("3", FUNDS, "80.00", "95.00")
FUND_IS_WRONG = accounts("4", FUNDS | {"government_fund": "9.00"}, "80.00", "95.00")


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    folder = tmp_path_factory.mktemp("parts")
    documents = (PART_INSIDE, WHOLE_IS_WRONG, OF_FUNDS, FUND_IS_WRONG)
    warehouse, _ = build_documents(folder, documents)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


@pytest.mark.parametrize(
    ("document", "tier"),
    [
        (PART_INSIDE, "exact"),
        (WHOLE_IS_WRONG, "violation"),
        (OF_FUNDS, "exact"),
        (FUND_IS_WRONG, "violation"),
    ],
    ids=["a part inside it", "the whole is wrong", "of funds", "a fund is wrong"],
)
def test_income_is_the_sum_of_the_appropriation_or_of_its_funds(query, document, tier):
    assert set(tiers(query, document, "tot_income_sum").values()) == {tier}
    assert tiers(query, document, "tot_inc_lines")["fiscal_appropriation"] == tier
