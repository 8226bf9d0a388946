"""Where a list of parts ends, what its entries are of, and what its totals are."""

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.narrative.examples import said

RECEIPTS, THREE_PUBLIC, COSTS = "收入支出总体情况", "“三公”经费", "机关运行经费"
SPENDING = "财政拨款支出"
TOTAL_INCOME = "income_expenditure.income_total"
BUDGET = DocumentKind.BUDGET


@pytest.mark.parametrize(
    ("total", "part", "wanted"),
    [
        ("预算收入总计", "本年收入合计", ("income_expenditure.income_total", "income.total")),
        ("本部门预算收入总计", "本年收入", ("income_expenditure.income_total", "income.total")),
        (
            "部门预算支出总计",
            "本年支出合计",
            ("income_expenditure.expenditure_total", "expenditure.total"),
        ),
    ],
)
def test_a_grand_total_is_not_the_years_own(total: str, part: str, wanted: tuple[str, str]):
    found = said(RECEIPTS, f"{total}52万元，其中：{part}50万元，结转2万元。", kind=BUDGET)
    assert found[:2] == [f"{wanted[0]}.budget amount 52", f"{wanted[1]}.budget amount 50"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "国内公务接待31个团组，204人次。",
            ["reception_batches.actual count 31", "reception_persons.actual count 204"],
        ),
        (
            "公务接待费5万元，共接待31个团组、204人次。",
            ["reception_batches.actual count 31", "reception_persons.actual count 204"],
        ),
        (
            "外宾接待2个团组，9人次。",
            ["foreign_batches.actual count 2", "foreign_persons.actual count 9"],
        ),
        (
            "因公出国（境）费3万元，公务接待费5万元，其中接待4个团组；出国（境）团组1个。",
            ["reception_batches.actual count 4", "overseas_groups.actual count 1"],
        ),
    ],
)
def test_groups_that_are_received_are_counted_as_batches(sentence: str, told: list[str]):
    counts = [each for each in said(THREE_PUBLIC, sentence) if " count " in each]
    assert counts == [f"three_public.{each}" for each in told]
