"""Comparisons on a restated basis are of no quantity that is stated without restating it."""

import pytest

from pipelines.domain.disclosure import Claim, DocumentKind
from tests.unit.normalising.drawn import stated

HEADING = "十、机关运行经费支出情况"
PLAIN = "机关运行经费支出80万元，比2022年增加30万元，增长60%。"
MOVED = ("change", "growth", "direction", "comparison", "completion")


def told(text: str, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS) -> list[Claim]:
    """What is claimed behind the plain comparison."""
    found = stated(HEADING, PLAIN + text, kind=kind)
    return list(found[len(stated(HEADING, PLAIN, kind=kind)) :])


@pytest.mark.parametrize(
    "text",
    [
        "按与上年核算口径一致相比，本年比上年减少2万元，下降4%。",
        "按照可比口径计算，较2022年减少2万元，下降4%。",
        "与上年同口径相比减少2万元，下降4%。",
        "同口径减少2万元，下降4%。",
        "在统计口径一致的情况下，比上年减少2万元，下降4%。",
        "与同口径2022年决算数相比，减少2万元，下降4%。",
        "剔除机构划转因素后，比上年减少2万元，下降4%。",
        "扣除津补贴调整影响，实际较上年减少2万元，下降4%。",
        "若不考虑办公楼维修因素，同比减少2万元，下降4%。",
        "还原转隶人员经费后，本年比上年减少2万元，下降4%。",
    ],
)
@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_comparison_on_another_basis_has_a_base_of_its_own(text: str, kind: DocumentKind):
    assert {claim.base for claim in told(text, kind)} == {"prior_restated"}
    assert {claim.subject for claim in told(text, kind)} == {"operating_cost.total.restated"}
    assert [claim.value for claim in told(text, kind)] == [None, -20_000, -4]


def test_a_budget_on_another_basis_is_none_of_the_budgets():
    found = told("剔除追加因素后比年初预算减少2万元，完成年初预算的95%。")
    assert {
        (claim.subject.rpartition(".")[2], claim.base) for claim in found if claim.kind in MOVED
    } == {("restated", "budget_restated")}


def test_amounts_on_another_basis_are_not_the_thing_s_own():
    found = told("剔除搬迁因素，机关运行经费支出45万元，与上年47万元相比减少2万元。")
    assert [(claim.subject, claim.value) for claim in found if claim.kind == "amount"] == [
        ("operating_cost.total.restated", 450_000),
        ("operating_cost.total.prior_restated", 470_000),
    ]


def test_the_only_amount_of_a_thing_is_its_own_whatever_its_basis_is_called():
    found = stated(HEADING, "按新口径，机关运行经费支出45万元。")
    assert [claim.subject for claim in found] == ["operating_cost.total.actual"]


def test_reasons_of_a_restated_change_explain_no_other():
    found = told("按同口径相比减少2万元，主要原因是差旅费减少3万元、邮电费增加1万元。")
    reasons = [claim for claim in found if claim.subject.startswith("reasons.")]
    assert [(claim.value, claim.base) for claim in reasons] == [
        (-30_000, "operating_cost.total.restated"),
        (10_000, "operating_cost.total.restated"),
    ]


@pytest.mark.parametrize(
    "behind",
    ["；比上年决算数增加4万元。", "。比上年决算数增加4万元。"],
    ids=["segment", "sentence"],
)
def test_the_basis_is_restated_as_far_as_the_segment_reaches(behind: str):
    found = told(f"剔除车改因素，比年初预算减少2万元{behind}")
    assert [
        (claim.subject.rpartition(".")[2], claim.base) for claim in found if claim.kind == "change"
    ] == [
        ("restated", "budget_restated"),
        ("actual", "prior_final"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "统计口径与上年不一致。",
        "统计口径与上年保持一致。",
        "与2022年核算口径不尽相同。",
        "支出内容与上年不一致。",
    ],
)
def test_whether_two_years_are_told_alike_is_no_comparison_of_amounts(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "主要原因是不同口径的支出增加。比上年决算数增加30万元。",
        "机关运行经费（不含人员经费）比上年决算数增加30万元。",
        "除水电费外，机关运行经费比上年决算数增加30万元。",
        "因统计口径变化，机关运行经费比上年决算数增加30万元。",
    ],
)
def test_what_does_not_restate_the_comparison_leaves_it_alone(text: str):
    assert {claim.base for claim in told(text) if claim.kind == "change"} == {"prior_final"}
