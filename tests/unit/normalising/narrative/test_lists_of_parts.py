"""Where a list of parts ends, what its entries are of, and what its totals are."""

import pytest

from pipelines.normalising.narrative.examples import said

RECEIPTS, THREE_PUBLIC, COSTS = "收入支出总体情况", "“三公”经费", "机关运行经费"
SPENDING = "财政拨款支出"
TOTAL_INCOME = "income_expenditure.income_total"


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
