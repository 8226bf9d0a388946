"""Values told of several things, of another year or by a verb are each thing's own, or in doubt."""

import pytest

from pipelines.domain.disclosure import ClaimKind, DocumentKind, Reading
from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated

THREE_PUBLIC, MEETINGS, SPENDING = "“三公”经费", "会议费、培训费", "支出决算"


@pytest.mark.parametrize(
    ("heading", "sentence", "told"),
    [
        (
            THREE_PUBLIC,
            "公务接待费、因公出国（境）费年初预算分别为3万元、5万元。",
            [
                "three_public.reception.opening_budget amount 3",
                "three_public.overseas.opening_budget amount 5",
            ],
        ),
        (
            MEETINGS,
            "培训费、会议费上年决算分别为95.41万元、29.72万元。",
            ["training.total.prior_final amount 95.41", "meetings.total.prior_final amount 29.72"],
        ),
        (
            MEETINGS,
            "会议费45.20万元，培训费73.04万元，分别完成年初预算的92.41%和62.19%。",
            [
                "meetings.total.actual completion 92.41 opening_budget",
                "training.total.actual completion 62.19 opening_budget",
            ],
        ),
        (
            THREE_PUBLIC,
            "公务用车购置及运行维护费7万元，其中，购置费3万元，运行维护费4万元，"
            "比上年分别增加1万元、减少2万元。",
            [
                "three_public.vehicle_purchase.actual change 1 prior_final",
                "three_public.vehicle_operation.actual change 2 prior_final",
            ],
        ),
        (
            SPENDING,
            "基本支出、项目支出占支出合计分别为：60%、40%。",
            [
                "expenditure.basic.actual share 60 expenditure.total",
                "expenditure.project.actual share 40 expenditure.total",
            ],
        ),
        (
            THREE_PUBLIC,
            "公务接待费3万元，共接待20批次、100人次，其中外宾2批次、9人次。",
            [
                "three_public.foreign_batches.actual count 2",
                "three_public.foreign_persons.actual count 9",
            ],
        ),
    ],
)
def test_each_value_is_its_own_thing_s(heading: str, sentence: str, told: list[str]):
    assert said(heading, sentence)[-len(told) :] == told


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        (THREE_PUBLIC, "减少公务接待费2万元，增加因公出国（境）费3万元。"),
        (MEETINGS, "会议费和培训费共82.54万元，比上年增加83.94万元。"),
        (MEETINGS, "会议费、培训费均比上年减少2万元。"),
        (MEETINGS, "54万元用于培训费，28万元用于会议费。"),
        (MEETINGS, "不含培训费17万元。"),
        (THREE_PUBLIC, "2024年公务接待费预算安排3万元。"),
    ],
)
def test_what_several_things_or_another_year_s_cost_is_in_doubt(heading: str, sentence: str):
    found = stated(f"一、{heading}情况说明", sentence)
    assert found
    assert {claim.reading for claim in found} == {Reading.AMBIGUOUS}


@pytest.mark.parametrize(
    ("heading", "sentence", "printed"),
    [
        (SPENDING, "项目支出33.97万元，经营支出18.19万元，两项合计52.90万元。", "52.90"),
        (SPENDING, "支出10万元，其中：基本支出6万元；项目支出4万元；比上年增加1万元。", "1"),
        (THREE_PUBLIC, "公务接待费比上年减少1万元，连续三年下降，累计下降30%。", "30"),
    ],
)
def test_a_value_of_nobody_knows_which_is_in_doubt(heading: str, sentence: str, printed: str):
    (claim,) = (
        each for each in stated(f"一、{heading}情况说明", sentence) if each.value_text == printed
    )
    assert claim.reading is Reading.AMBIGUOUS


@pytest.mark.parametrize(
    ("printed", "yuan"), [("3万余元", 30_000), ("1，234.56万元", 12_345_600), ("3千多元", 3_000)]
)
def test_an_amount_is_read_in_unusual_print(printed: str, yuan: int):
    (claim,) = stated("一、“三公”经费情况说明", f"公务接待费支出{printed}。")
    assert (claim.value, claim.reading) == (yuan, Reading.CLEAR)


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("预算绩效", "新建公园两处，占地面积分别为3亩和5亩。"),
        ("预算绩效", "占比各为60.1和39.9。"),
        ("项目支出", "财政拨款：教育支出（类）3万元。"),
        ("项目支出", "项目资金来源为财政拨款：2050202小学教育支出5万元。"),
    ],
)
def test_odd_rows_of_words_are_read_without_failing(heading: str, sentence: str):
    assert stated(f"一、{heading}情况说明", sentence)


@pytest.mark.parametrize(
    ("kind", "items"), [(DocumentKind.BUDGET, ["水体"]), (DocumentKind.FINAL_ACCOUNTS, [])]
)
def test_a_line_of_a_budget_s_list_names_an_item_and_one_of_accounts_does_not(
    kind: DocumentKind, items: list[str]
):
    found = stated("一、支出情况说明", "3.水体安排540.86万元。", kind=kind)
    assert [claim.item_label for claim in found if claim.item == "item"] == items


@pytest.mark.parametrize(
    ("fiscal_year", "year", "base"),
    [
        (2023, 2022, "prior_budget"),
        (2023, 2023, "opening_budget"),
        (None, 2022, "prior_budget"),
    ],
    ids=["the year before", "the document's own", "of a document without a year"],
)
def test_the_budget_of_a_year_is_the_year_before_s_where_that_is_earlier(
    fiscal_year: int | None, year: int, base: str
):
    text = f"机关运行经费2万元，比{year}年年初预算减少1万元。"
    found = stated("一、机关运行经费情况说明", text, fiscal_year=fiscal_year)
    assert {claim.base for claim in found if claim.kind is ClaimKind.CHANGE} == {base}


@pytest.mark.parametrize(
    ("between", "role"), [("公开", "prior_final"), ("，", "actual"), ("；", "actual")]
)
def test_an_amount_is_what_is_compared_with_where_no_clause_ends_between(between: str, role: str):
    compared = f"三公经费4万元，较2022年度部门决算{between}三公经费合计5万元减少1万元。"
    assert said(THREE_PUBLIC, compared)[1] == f"three_public.total.{role} amount 5"


@pytest.mark.parametrize(
    ("text", "label"), [("全市3家企业。", "全市企业"), ("新建3所学校。", "学校")]
)
def test_what_is_counted_stands_behind_the_number_and_where_before_it(text: str, label: str):
    found = stated("一、部门整体支出绩效情况", text)
    assert [(claim.item_label, claim.value_text) for claim in found] == [(label, "3")]


def test_a_change_beside_a_budget_alone_says_not_what_it_is_against():
    assert said("一般公共预算支出", "预算数38万元，增加3万元。") == [
        "general_budget.total.budget amount 38",
        "general_budget.total.budget change 3 ?",
    ]


@pytest.mark.parametrize(
    ("first", "thing"),
    [
        ("基本支出5万元，主要包括公务接待费。", "expenditure.basic"),
        ("基本支出5万元，项目支出情况如下。", "expenditure.basic"),
        ("基本支出5万元，公务接待费2万元。", "three_public.reception"),
    ],
    ids=["only named", "only announced", "told with its amount"],
)
def test_the_next_sentence_is_about_what_was_told_and_not_what_was_only_named(
    first: str, thing: str
):
    assert said("收入支出", f"{first}比上年增加1万元。")[-1] == (
        f"{thing}.actual change 1 prior_final"
    )
