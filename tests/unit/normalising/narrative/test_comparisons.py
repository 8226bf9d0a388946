"""Changes, comparisons, completion and shares: which way, against what, and of what."""

from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Claim, ClaimKind, Direction
from tests.unit.normalising.drawn import stated

UP, DOWN, EVEN, UNSAID = Direction.INCREASE, Direction.DECREASE, Direction.EQUAL, Direction.UNSAID
RECEPTION = "公务接待费2万元，"


def claims(text: str, heading: str = "“三公”经费") -> tuple[Claim, ...]:
    """What a paragraph under a heading claims."""
    return stated(f"一、{heading}情况说明", text)


def ways(text: str) -> list[Direction]:
    """Which ways a text says that something moved, in words."""
    return [each.direction for each in claims(text) if each.kind is ClaimKind.DIRECTION]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("比上年有所减少。", [DOWN]),
        ("比上年有所减少，主要原因是节约。", [DOWN]),
        ("比上年有所减少主要原因是节约。", [DOWN]),
        ("比上年有所减少万元。", []),
        ("与上年相比变化。", []),
        ("有所减少。", []),
        ("租车费有所减少。", []),
        ("比上年减少，减少1万元。", [DOWN]),
        ("比上年减少1万元，减少5%。", [DOWN]),
        ("与上年持平。", [EVEN]),
        ("持平。", []),
    ],
)
def test_a_movement_is_told_once_and_only_against_something(text: str, moved: list[Direction]):
    assert ways(f"{RECEPTION}{text}") == moved


@pytest.mark.parametrize(
    ("text", "way", "note"),
    [
        ("比上年增加1万元", UP, ""),
        ("比上年减少1万元", DOWN, ""),
        ("比上年增加-1万元", DOWN, ""),
        ("比上年减少-1万元", DOWN, "a decrease of less than nothing"),
        ("比上年变动1万元", UNSAID, "变动 does not say which way"),
        ("比上年增长1倍", UP, "told in multiples"),
        ("连续三年比上年减少1万元", DOWN, "over several years"),
        ("比2019年减少1万元", DOWN, "of another year"),
        ("减少1万元", DOWN, "nothing says what it is compared with"),
    ],
)
def test_a_change_is_in_doubt_where_way_or_base_are_not_told(text: str, way: Direction, note: str):
    claim = claims(f"{RECEPTION}{text}。")[-1]
    assert (claim.kind, claim.direction, claim.reading_note) == (ClaimKind.CHANGE, way, note)
    assert claim.value is not None
    assert (claim.value < 0) is (way is DOWN)


@pytest.mark.parametrize(
    ("amounts", "change", "base", "way"),
    [
        ("预算3万元，决算2万元", "减少1万元", "budget", DOWN),
        ("预算1万元，决算2万元", "增加1万元", "budget", UP),
        ("预算3万元，决算2万元", "增加1万元", "", UP),
        ("预算3万元，决算2万元", "差额1万元", "budget", DOWN),
        ("预算1万元，决算2万元", "差额1万元", "budget", UP),
        ("预算4万元，决算2万元", "差额1万元", "", UNSAID),
        ("预算3万元，上年3万元，决算2万元", "减少1万元", "", DOWN),
        ("预算3万元，上年4万元，决算2万元", "减少1万元", "budget", DOWN),
        ("决算2万元", "减少1万元", "", DOWN),
    ],
)
def test_a_change_without_a_base_is_against_the_one_amount_that_it_leaves(
    amounts: str, change: str, base: str, way: Direction
):
    claim = claims(f"公务接待费{amounts}，{change}。")[-1]
    assert (claim.kind, claim.base, claim.direction) == (ClaimKind.CHANGE, base, way)


@pytest.mark.parametrize(("prior", "way"), [(3, DOWN), (1, UP), (2, UNSAID)])
def test_a_difference_goes_the_way_that_its_amounts_do(prior: int, way: Direction):
    assert claims(f"{RECEPTION}与上年{prior}万元相比差额1万元。")[-1].direction is way


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公务接待费支出由5万元减少到3万元。", [("prior_final", 5), ("actual", 3)]),
        ("公务接待费支出从上年的5万元减少到3万元。", [("prior_final", 5), ("actual", 3)]),
        ("租车费由5万元减少到3万元。", [("", 5), ("", 3)]),
        ("公务接待费减少到3万元。", [("", 3)]),
    ],
    ids=["from", "from last year's", "of nobody knows what", "from nothing told"],
)
def test_what_something_became_is_no_change(text: str, told: list[tuple[str, int]]):
    read = [(each.role, each.value) for each in claims(text)]
    assert read == [(role, Decimal(10_000 * value)) for role, value in told]


@pytest.mark.parametrize(
    ("text", "base", "way"),
    [
        ("决算数小于预算数。", "budget", DOWN),
        ("决算数大于预算数。", "budget", UP),
        ("与年初预算相等。", "opening_budget", EVEN),
        ("与年初预算数持平。", "opening_budget", EVEN),
        ("决算数大于预算数的主要原因是无。", None, None),
        ("决算数大于上年数。", None, None),
        ("租车费决算数大于预算数。", None, None),
    ],
)
def test_an_outturn_is_compared_with_a_budget_unless_only_the_template_does(
    text: str, base: str | None, way: Direction | None
):
    compared = [each for each in claims(f"{RECEPTION}{text}") if each.kind is ClaimKind.COMPARISON]
    assert [(each.base, each.direction) for each in compared] == ([(base, way)] if base else [])


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("超过预算数1万元", ClaimKind.CHANGE, "actual"),
        ("小于预算数1万元", ClaimKind.CHANGE, "actual"),
        ("未超过预算数1万元", ClaimKind.AMOUNT, "budget"),
        ("不超过预算数1万元", ClaimKind.AMOUNT, "budget"),
    ],
)
def test_what_is_not_exceeded_is_the_budget_and_no_change(text: str, kind: ClaimKind, role: str):
    claim = claims(f"{RECEPTION}{text}。")[-1]
    assert (claim.kind, claim.role) == (kind, role)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("公务接待费2万元，完成年初预算的50%。", "opening_budget"),
        ("公务接待费2万元，完成全年预算的50%。", "adjusted_budget"),
        ("公务接待费2万元，完成调整预算的50%。", "adjusted_budget"),
        ("公务接待费2万元，完成预算的50%。", "budget"),
        ("公务接待费年初预算4万元，支出2万元，完成预算的50%。", "budget"),
        ("公务接待费年初预算4万元，支出2万元，完成50%。", "opening_budget"),
        ("公务接待费年初预算4万元，支出2万元，执行率50%。", "opening_budget"),
        ("公务接待费2万元，执行率50%。", "budget"),
        ("公务接待费2万元，完成50%。", None),
        ("公务接待费2万元，维修任务完成率50%。", None),
        ("差旅费2万元，完成预算的50%。", None),
    ],
)
def test_what_is_completed_is_the_budget_named_or_told(text: str, base: str | None):
    claim = claims(text)[-1]
    assert (claim.base if claim.kind is ClaimKind.COMPLETION else None) == base


def test_the_budget_completed_may_be_told_with_its_amount():
    *_, budget, share = claims(f"{RECEPTION}完成预算4万元的50%。")
    assert (budget.role, budget.value) == ("budget", Decimal(40_000))
    assert (share.kind, share.value) == (ClaimKind.COMPLETION, Decimal(50))


@pytest.mark.parametrize(
    ("heading", "text", "told"),
    [
        (
            "收入支出",
            "收、支总计5万元，比上年增加1万元、2万元。",
            ["income_total", "expenditure_total"],
        ),
        ("收入支出", "收、支总计5万元，比上年增加1万元、2万元、3万元。", ["", "", ""]),
        ("收入支出", "收、支总计5万元，比上年增加1万元。", ["total"]),
        ("“三公”经费", "公务接待费2万元，比上年减少1万元、29%。", ["reception", "reception"]),
        ("“三公”经费", "公务接待费2万元，比上年减少29%、1万元。", ["", ""]),
        ("“三公”经费", "接待3批次，比上年减少1批次、29%。", ["reception_batches"] * 2),
    ],
    ids=[
        "two of a pair",
        "three",
        "one of the pair",
        "an amount and a rate",
        "otherwise",
        "a count",
    ],
)
def test_several_changes_are_of_a_pair_or_amount_and_rate_of_one(
    heading: str, text: str, told: list[str]
):
    read = claims(text, heading)
    assert [each.item for each in read[-len(told) :]] == told


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("事业收入2万元，占本年收入合计的20%。", [("institutional", "income.total")]),
        (
            "事业收入2万元，经营收入3万元，分别占20%和30%。",
            [("institutional", "income.total"), ("operating", "income.total")],
        ),
        ("事业收入2万元，经营收入3万元，分别占20%、30%、40%。", []),
        ("租金2万元，占本年收入合计的20%。", []),
    ],
    ids=["one", "each", "too many", "of nobody knows what"],
)
def test_shares_are_of_what_was_told_in_order(text: str, shares: list[tuple[str, str]]):
    read = [each for each in claims(text, "收入") if each.kind is ClaimKind.SHARE]
    assert [(each.item, each.base) for each in read] == shares


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("纳入自评的项目31个，占全部项目的100%。", "self_evaluation_projects"),
        ("纳入自评的项目31个，占预算支出的100%。", "self_evaluation_funds"),
    ],
)
def test_a_share_of_projects_is_of_their_number(text: str, item: str):
    claim = claims(text, "绩效自评")[-1]
    assert (claim.kind, claim.item) == (ClaimKind.SHARE, item)


@pytest.mark.parametrize("words", ["本年收入合计", "2023年本年收入合计", "总收入"])
def test_what_a_share_is_of_is_kept_as_printed(words: str):
    assert claims(f"事业收入2万元，占{words}的20%。", "收入")[-1].base_text == words
