"""What a number belongs to where its own words leave that open."""

import pytest

from pipelines.normalising.narrative.examples import said

WORTH = "资产总额9万元，比上年增加3万元，其中{}增加2万元。"


@pytest.mark.parametrize(
    "sort", ["固定资产", "流动资产", "无形资产", "流动负债", "在建工程", "长期投资"]
)
def test_a_sort_of_assets_before_a_change_is_what_changed(sort: str):
    assert said("国有资产占用情况", WORTH.format(sort))[3:] == [
        "assets.value.held direction 增加 prior_final",
        "assets.value.held change 2 prior_final",
    ]


@pytest.mark.parametrize("words", ["办公设备购置", "新购置车辆"])
def test_other_words_before_a_change_of_assets_are_of_what_nobody_knows(words: str):
    assert said("国有资产占用情况", WORTH.format(words))[3:] == [" amount 2 ?"]


@pytest.mark.parametrize(
    ("words", "is_known"), [("略", True), ("有所", True), ("大幅度", False), ("水电费", False)]
)
def test_words_before_a_change_may_be_an_adverb_up_to_two_characters(words: str, *, is_known: bool):
    text = f"基本支出5万元，{words}增加2万元。"
    assert said("一般公共预算财政拨款支出", text)[1:] == [
        "general_budget.basic.actual change 2 ?" if is_known else " amount 2 ?"
    ]


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("下属单位", None),
        ("参公单位", "income_expenditure.expenditure_total"),
        ("“三公”经费", "three_public.total"),
    ],
)
def test_of_two_names_the_first_is_meant_unless_it_says_whose_it_is(name: str, thing: str | None):
    claimed = said("部门基本", f"{name}支出总计5万元。")
    assert claimed == [f"{thing}.actual amount 5" if thing else " amount 5 ?"]


THREE_PUBLIC, BALANCE = "“三公”经费", "收入支出"
BOTH = "会议费、培训费"


def last(heading: str, *texts: str) -> str:
    """The last value of paragraphs, by what it is of and as printed; '?' where nobody knows."""
    *_, claimed = said(heading, *texts)
    return "?" if claimed.endswith(" ?") else claimed


@pytest.mark.parametrize(
    ("change", "whose"),
    [
        ("比上年增加10万元，增长10.00%", "income_expenditure.income_total"),
        ("比上年减少10万元，下降8.33%", "income_expenditure.income_total"),
        ("比上年增加10万元，增长50.00%", "income.institutional"),
        ("比上年增加10万元，增长10%", "income.institutional"),
        ("比上年增加10万元，增长7.77%", "income.institutional"),
        ("事业收入比上年增加10万元，增长10.00%", "income.institutional"),
    ],
    ids=["grown", "shrunk", "the part's", "too round", "nobody's", "named"],
)
def test_a_change_behind_a_part_is_the_wholes_where_only_that_grew_so(change: str, whose: str):
    told = said(BALANCE, f"收入总计110万元，其中事业收入30万元，{change}。")
    assert {each.partition(" ")[0] for each in told[2:]} == {f"{whose}.actual"}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("本年收入70万元，上年结转20万元；比上年减少1万元。", "income_expenditure.income_total"),
        ("本年收入70万元，上年结转20万元；略比上年减少1万元。", "income_expenditure.income_total"),
        ("本年收入70万元，上年结转20万元；事业收入比上年减少1万元。", "income.institutional"),
        ("1.本年收入70万元，2.上年结转20万元；比上年减少1万元。", ""),
        ("本年收入70万元；上年结转20万元；比上年减少1万元。", ""),
        (
            "本年收入70万元；上年结转20万元；比上年减少1万元，下降1.10%。",
            "income_expenditure.income_total",
        ),
        ("本年收入70万元；上年结转20万元；比上年减少1万元，下降4.76%。", ""),
    ],
    ids=[
        *("behind the list", "with an adverb", "another", "numbered entries"),
        *("semicolons in the list", "the whole shrank so", "the part shrank so"),
    ],
)
def test_a_change_behind_a_semicolon_is_of_the_whole_unless_the_list_goes_on(text: str, whose: str):
    behind = said(BALANCE, f"收入总计90万元，其中：{text}")[3]
    assert behind.partition(".actual")[0] == (whose or " amount 1 ?")


@pytest.mark.parametrize(
    ("total", "comparison", "is_told"),
    [
        (5, "与上年决算数3万元相比减少1万元", True),
        (5, "与上年决算数1万元相比增加1万元", True),
        (5, "与上年决算数1万元相比增加2万元", False),
        (5, "与上年决算数1万元相比减少1万元", False),
        (2, "与上年决算数1万元相比增加1万元", False),
    ],
    ids=["less", "more", "no such amount", "the other way", "two such amounts"],
)
def test_a_comparison_that_names_nobody_is_of_the_one_thing_that_its_amounts_leave(
    total: int, comparison: str, *, is_told: bool
):
    told = last(THREE_PUBLIC, f"三公经费{total}万元，其中公务接待费2万元。", f"{comparison}。")
    assert told.startswith("three_public.reception.actual change") is is_told


MOVED = "会议费3万元，培训费7万元，分别比上年{}。"
ONE, TWO = "meetings.total.actual", "training.total.actual"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ("增加1万元、减少2万元", [f"{ONE} change 1", f"{TWO} change 2"]),
        (
            "增加1万元、减少2万元，增长8%、下降9%",
            [f"{ONE} change 1", f"{TWO} change 2", f"{ONE} growth 8", f"{TWO} growth 9"],
        ),
        (
            "增加1万元、8%，减少2万元、9%",
            [f"{ONE} change 1", f"{ONE} growth 8", f"{TWO} change 2", f"{TWO} growth 9"],
        ),
        ("增加1万元", None),
        ("增加1万元、减少2万元、减少3万元", None),
        ("增加1万元、减少2万元、9%", None),
        ("增加1万元、8%，减少9%、2万元", None),
    ],
    ids=[
        *("amounts", "amounts, then rates", "amount and rate of each"),
        *("one for two", "three for two", "one without a rate", "in another order"),
    ],
)
def test_changes_of_each_are_told_in_order_and_doubted_where_they_are_not_as_many(
    changes: str, told: list[str] | None
):
    """Three changes of two things once were all taken for the second's."""
    claimed = said(BOTH, MOVED.format(changes))[2:]
    if told is None:
        assert all(each.endswith(" ?") for each in claimed)
    else:
        assert claimed == [f"{each} prior_final" for each in told]


def test_a_change_of_each_of_a_pair_is_of_the_pair():
    text = "收入总计5万元，支出总计5万元。与上年相比，各增加1万元。"
    assert last(BALANCE, text) == "income_expenditure.total.actual change 1 prior_final"


@pytest.mark.parametrize(
    ("heading", "text", "read"),
    [
        (
            THREE_PUBLIC,
            "接待费5万元，接待20批次，支出3万元。",
            "three_public.reception.actual amount 3",
        ),
        (THREE_PUBLIC, "接待20批次，支出3万元。", "three_public.reception.actual amount 3"),
        ("国有资产占用", "车辆5辆，支出3万元。", "?"),
        (
            THREE_PUBLIC,
            "三公经费4万元，其中接待费占25%，计1万元。",
            "three_public.reception.actual amount 1",
        ),
        (THREE_PUBLIC, "三公经费4万元，其中接待费占25%，另1万元。", "?"),
        (THREE_PUBLIC, "三公经费4万元，其中接待费占25%，计1人。", "?"),
        (THREE_PUBLIC, "三公经费4万元，接待费1万元，占25%，计1万元。", "?"),
        ("机关运行经费", "开支的机关运行经费，合计5万元。", "operating_cost.total.actual amount 5"),
        ("机关运行经费", "减少机关运行经费，合计5万元。", "?"),
        ("机关运行经费", "开支的机关运行经费，另外5万元。", "?"),
        (BOTH, "会议费、培训费，合计5万元。", "?"),
        (THREE_PUBLIC, "接待费2万元，上年为5万元。", "three_public.reception.prior_final amount 5"),
        (
            THREE_PUBLIC,
            "接待费2万元，上年5批次。",
            "three_public.reception_batches.prior_final count 5",
        ),
        (THREE_PUBLIC, "接待费2万元，租车上年为5万元。", "?"),
        ("收入", "收入9万元，支出8万元。", "expenditure.total.actual amount 8"),
        (THREE_PUBLIC, "接待费9万元，支出8万元。", "three_public.reception.actual amount 8"),
        (THREE_PUBLIC, "接待费9万元，差旅费支出8万元。", "?"),
        ("会议费", "召开业务工作会议，人数45人。", "meetings.event.actual count 45"),
        ("会议费", "召开3次会议，人数45人。", "meetings.persons.actual count 45"),
    ],
)
def test_a_value_without_a_name_is_of_what_the_words_around_it_leave(
    heading: str, text: str, read: str
):
    assert last(heading, text) == read


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("事业收入、经营收入均为2万元。", ["institutional", "operating"]),
        ("事业收入、经营收入、其他收入均为2万元。", ["institutional", "operating", "other"]),
        ("事业收入、经营收入共0万元。", ["institutional", "operating"]),
        ("事业收入、经营收入共2万元、0万元。", []),
        ("事业收入和经营收入共2万元。", []),
        ("事业收入、经营收入为2万元。", ["operating"]),
    ],
)
def test_what_is_told_of_all_alike_is_of_each_and_a_sum_of_none(text: str, things: list[str]):
    clear = [each.split(".")[1] for each in said("收入", text) if not each.endswith(" ?")]
    assert clear == things


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("三公经费9万元，含公务接待费2万元，比上年减少1万元。", "three_public.total"),
        ("三公经费9万元，包含公务接待费2万元，比上年减少1万元。", "three_public.reception"),
        ("三公经费9万元，公务接待费2万元，比上年减少1万元。", "three_public.reception"),
        ("三公经费9万元，比上年公务接待费减少1万元。", "three_public.reception"),
        ("三公经费9万元，人均接待费比上年减少1万元。", ""),
        ("三公经费9万元，租车费减少1万元。", ""),
        ("三公经费9万元，用车支出比上年减少1万元。", ""),
        ("三公经费9万元。租车费5万元，比上年减少1万元。", ""),
        ("公务接待费2万元，公务用车购置费3万元，均比上年减少1万元。", ""),
        ("公务接待费2万元，20批次，比上年减少1万元。", "three_public.reception"),
        ("公务接待费2万元，20批次，比上年减少1批次。", "three_public.reception_batches"),
    ],
)
def test_a_change_is_of_what_its_clause_names_or_of_what_was_told(text: str, whose: str):
    told = last(THREE_PUBLIC, text)
    assert told.partition(".actual change 1 prior_final")[0] == (whose or "?")


@pytest.mark.parametrize(
    ("contract", "share", "whole"),
    [
        ("中小企业合同金额4万元", "50", "procurement.total"),
        ("中小企业合同金额4万元", "51", "procurement.total"),
        ("中小企业合同金额4万元", "52", ""),
        ("中小企业合同金额4万元，授予小微企业合同金额2万元", "50", "procurement.sme"),
        ("中小企业合同金额4万元，授予小微企业合同金额2万元", "25", "procurement.total"),
        ("中小企业合同金额4万元，授予小微企业合同金额2万元", "30", ""),
    ],
)
def test_a_share_is_of_the_whole_that_the_amounts_make_it_of(contract: str, share: str, whole: str):
    told = last("政府采购", f"政府采购支出总额8万元。授予{contract}，占{share}%。")
    assert told.partition(f"share {share}")[2].strip() == whole


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("本年收入合计5万元，全部为财政拨款收入，占100%。", "income.appropriation"),
        ("本年收入合计5万元，全部为财政拨款收入，占99%。", "income.total"),
        ("1.本年收入合计5万元，全部为财政拨款收入，占100%。", "income.total"),
    ],
    ids=["all of it", "not all", "an entry of a list"],
)
def test_all_of_an_amount_is_the_share_of_what_it_is(text: str, whose: str):
    assert last("收入", text).partition(".actual share")[0] == whose


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("三公经费年初预算5万元，决算4万元。其中：公务接待费预算2万元。", "opening_budget"),
        ("三公经费调整预算5万元，决算4万元。其中：公务接待费预算2万元。", "adjusted_budget"),
        ("三公经费年初预算5万元，调整预算6万元，决算4万元。其中：公务接待费预算2万元。", "budget"),
        ("三公经费决算4万元。其中：公务接待费预算2万元。", "budget"),
        ("三公经费年初预算5万元，决算4万元。公务接待费预算2万元。", "budget"),
    ],
    ids=["opening", "adjusted", "either", "none told", "no list"],
)
def test_the_budget_of_a_part_is_the_one_that_its_whole_was_told_of(text: str, role: str):
    assert last(THREE_PUBLIC, text) == f"three_public.reception.{role} amount 2"
