"""小于（大于）预算数 was read as smaller, and 超预算1万元 as a budget of 10,000 yuan."""

import pytest

from pipelines.normalising.narrative.examples import said

TOLD = "公务接待费{}支出决算4万元，{}。"
BUDGETED, RECEPTION = "预算5万元，", "three_public.reception.actual"


def told(words: str, budget: str = "") -> list[str]:
    """What is said behind the amounts of a sentence."""
    claims = said("“三公”经费", TOLD.format(budget, words))
    return claims[2 if budget else 1 :]


@pytest.mark.parametrize("either", ["小于（大于）", "大于（小于）", "大于/小于"])
def test_both_words_left_in_do_not_say_which_way(either: str):
    assert told(f"决算数{either}预算数1万元") == [f"{RECEPTION} change 1 budget ?"]
    assert told(f"决算数{either}预算数的主要原因是厉行节约") == []


def test_the_amounts_told_say_which_way_though_both_words_are_left_in():
    assert told("决算数大于（小于）预算数1万元", BUDGETED) == [f"{RECEPTION} change 1 budget"]


@pytest.mark.parametrize(
    ("words", "base"), [("超预算", "budget"), ("超出年初预算", "opening_budget")]
)
def test_by_how_much_a_budget_was_exceeded_is_no_budget(words: str, base: str):
    *_, change = told(f"{words}1万元")
    assert change == f"{RECEPTION} change 1 {base}"


@pytest.mark.parametrize("words", ["无超预算情况", "严禁超预算支出"])
def test_that_no_budget_may_be_exceeded_compares_nothing(words: str):
    assert told(words) == []


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("支出决算小于预算数的主要原因是厉行节约", "budget"),
        ("比上年减少1万元，决算数小于预算数，主要原因是厉行节约", "budget"),
        ("比上年减少1万元，决算数小于年初预算数2万元", "opening_budget"),
    ],
)
def test_what_is_smaller_than_a_budget_is_so_whatever_was_compared_before(words: str, base: str):
    compared = [each for each in told(words) if " comparison " in each]
    assert compared == [f"{RECEPTION} comparison 小于 {base}"]
