"""What goes on behind a stop, and what ends there."""

import pytest

from pipelines.domain.disclosure import Claim, ClaimKind
from pipelines.normalising.narrative.examples import said
from tests.unit.normalising.drawn import stated


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("与2022年相比，收入总计增加1万元；支出总计减少2万元。", "prior_final"),
        ("收入总计5万元，比上年增加1万元；支出总计减少2万元。", None),
    ],
    ids=["said before both", "said of the first"],
)
def test_what_is_compared_with_goes_on_behind_a_semicolon_where_it_is_shared(
    text: str, base: str | None
):
    change = "income_expenditure.expenditure_total.actual change 2"
    assert said("收入支出", text)[-1] == (f"{change} {base}" if base else f"{change} ?")


def test_what_is_compared_with_goes_on_behind_the_semicolons_of_a_list():
    text = "支出5万元，与上年相比增加2万元，其中：基本支出增加1万元；项目支出增加1万元。"
    assert said("一般公共预算财政拨款支出", text)[-2:] == [
        "general_budget.project.actual direction 增加 prior_final",
        "general_budget.project.actual change 1 prior_final",
    ]


THREE_PUBLIC, STAFF, FUND = "“三公”经费", "机构设置", "一般公共预算财政拨款支出"


def claims(heading: str, *texts: str) -> tuple[Claim, ...]:
    """What paragraphs under a heading claim."""
    return stated(f"一、{heading}情况说明", *texts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("编制9名（行政4名、事业3名）。", "posts"),
        ("编制9名，行政3名。", ""),
        ("编制9名（在职3名）。", "staff"),
        ("桌椅9套（行政3名）。", ""),
    ],
    ids=["kinds of posts", "no bracket", "no kind", "of nobody knows what"],
)
def test_a_bracket_that_begins_with_a_kind_lists_those_counted_before(text: str, name: str):
    claim = claims(STAFF, text)[-1]
    assert claim.subject == (f"staffing.{name}.held" if name else "")
    assert claim.whole_index == (0 if name == "posts" else None)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("公务接待费2万元，因公出国（境）费3万元，前者比上年减少1万元。", "reception"),
        ("公务接待费2万元，因公出国（境）费3万元，后者比上年减少1万元。", "overseas"),
        ("公务接待费2万元，前者比上年减少1万元。", ""),
        ("前者比上年减少1万元。", ""),
        ("后者比上年减少1万元。", ""),
    ],
)
def test_the_former_and_the_latter_are_of_two_things_named(text: str, changed: str):
    assert claims(THREE_PUBLIC, text)[-1].item == changed


@pytest.mark.parametrize(
    ("heading", "text", "is_told"),
    [
        ("国有资产占用", "截至2023年12月31日，车辆5辆。", True),
        ("国有资产占用", "截止2023年12月31日，车辆5辆。", True),
        ("国有资产占用", "2023年12月31日，车辆5辆。", False),
        ("国有资产占用", "截至2023年12月，车辆5辆。", False),
        ("会议费", "截至2023年12月31日，会议费5万元。", False),
    ],
    ids=["up to", "till", "on", "no day", "nothing held"],
)
def test_a_day_up_to_which_things_are_held_is_told(heading: str, text: str, *, is_told: bool):
    told = claims(heading, text)
    assert (told[0].kind is ClaimKind.DATE) is is_told
    assert told[-1].value_text == "5"


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("内容为学习规定，人数8人。", False), ("内容为学习规定；人数8人。", True)],
)
def test_what_an_event_was_about_goes_up_to_the_end_of_its_segment(text: str, *, is_read: bool):
    claim = claims("会议费", f"会议费5万元，召开3次会议，{text}")[-1]
    assert (claim.subject == "meetings.persons.actual") is is_read


MOVED = "公务接待费2万元，比上年减少1万元，"


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (f"{MOVED}主要原因是减少5批次。", ["reasons"]),
        (f"{MOVED}主要原因是减少5批次；公务用车购置费3万元。", ["reasons", "three_public"]),
        (f"{MOVED}主要原因是：一是减少5批次；二是减少6批次。", ["reasons", "reasons"]),
        (f"{MOVED}主要原因是：一是减少5批次；公务用车购置费3万元。", ["reasons", "three_public"]),
        (f"{MOVED}主要是外地同行减少5人。", ["reasons"]),
        (f"{MOVED}接待对象主要是外地同行5人。", [""]),
        ("公务接待费2万元，主要是外地同行5人。", [""]),
    ],
    ids=[
        *("a reason", "ended", "numbered", "numbered and ended"),
        *("behind a change", "of something else", "behind no change"),
    ],
)
def test_a_reason_goes_up_to_its_semicolon_or_through_its_numbers(text: str, topics: list[str]):
    told = [each.topic for each in claims(THREE_PUBLIC, text)]
    assert told[-len(topics) :] == topics


def test_no_rate_because_there_was_nothing_before_is_no_reason_for_a_change():
    told = "教育支出（类）决算为3万元，由于年初预算数为{}万元，无法计算百分比。"
    assert [each.role for each in claims(FUND, told.format(0))] == ["actual", "opening_budget"]
    assert [each.role for each in claims(FUND, told.format(2))] != ["actual", "opening_budget"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("三公经费9万元。其中：公务接待费2万元。", 0),
        ("三公经费预算10万元，决算9万元。其中：公务接待费2万元。", 1),
        ("三公经费9万元，公务接待费2万元。", None),
        ("三公经费9万元，其中：租车费5万元，其中：接待费2万元。", None),
    ],
    ids=["the sentence before", "its outturn", "no list", "in the list of what nobody knows"],
)
def test_parts_are_of_the_amount_told_before(text: str, whole: int | None):
    assert claims(THREE_PUBLIC, text)[-1].whole_index == whole


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("年初预算4万元，完成年初预算的125%。主要用于初中教育5万元。", "actual"),
        ("年初预算4万元。主要用于初中教育5万元。", "actual"),
        ("年初预算4万元，主要用于初中教育4万元。", "opening_budget"),
    ],
    ids=["behind its completion", "in a sentence of its own", "what it was for"],
)
def test_what_money_went_to_is_part_of_the_outturn(text: str, role: str):
    claim = claims(FUND, f"教育支出（类）5万元。{text}")[-1]
    assert (claim.item, claim.role) == ("item", role)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (
            "人员经费6万元，主要包括基本工资4万元、津贴2万元；公用经费3万元。",
            [("personnel_item", "基本工资"), ("personnel_item", "津贴")],
        ),
        (
            "公用经费3万元，主要包括办公费、水费。",
            [("public_item", "办公费"), ("public_item", "水费")],
        ),
        (
            "工资福利支出6万元，主要包括基本工资4万元。",
            [("personnel_item", "基本工资")],
        ),
        ("商品和服务支出6万元，主要包括水费4万元。", [("public_item", "水费")]),
        ("基本支出9万元，主要包括水费4万元。", []),
    ],
    ids=["people", "the office", "a class for people", "a class for the office", "no such list"],
)
def test_lists_of_names_are_of_people_or_of_the_office(text: str, entries: list[tuple[str, str]]):
    told = claims("基本支出", text)
    assert [(each.item, each.item_label) for each in told if each.item.endswith("_item")] == entries


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年公务接待费2万元，公务用车购置费3万元。", [2022, None]),
        ("上年公务接待费2万元，公务用车购置费3万元。", [2022, None]),
        ("2022年，公务接待费2万元，公务用车购置费3万元。", [2022, None]),
        ("公务接待费2万元，公务用车购置费3万元。", [None, None]),
    ],
)
def test_a_year_is_of_its_clause_or_of_the_next_where_it_stands_alone(
    text: str, years: list[int | None]
):
    assert [each.year for each in claims(THREE_PUBLIC, text)] == years


def test_another_basis_ends_with_its_segment():
    text = "按同口径，公务接待费2万元，比上年减少1万元；公务用车购置费3万元，比上年减少1万元。"
    changes = [each for each in claims(THREE_PUBLIC, text) if each.kind is ClaimKind.CHANGE]
    assert [each.base for each in changes] == ["prior_restated", "prior_final"]
