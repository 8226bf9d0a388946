"""Wordings are taken apart into terms: all of them, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.terms import Grammar

MADE = Grammar(
    {
        "基本": frozenset({"basic"}),
        "支出": frozenset({"expenditure"}),
        "基本支出": frozenset({"basic"}),
        "事业": frozenset({"institutional"}),
        "数": frozenset(),
        "资金": frozenset(),
        "其他资金": frozenset({"other_funds"}),
    }
)
SHIPPED = load_catalogue().grammar


def concepts(text: str) -> list[str] | None:
    found = MADE.concepts(text)
    return None if found is None else sorted(found)


def test_terms_cover_all_of_a_wording():
    assert concepts("事业支出数") == ["expenditure", "institutional"]


@pytest.mark.parametrize("text", ["基本建设", "新基本支出", "基本支出新", "基支出", ""])
def test_a_wording_with_anything_else_in_it_is_not_understood(text: str):
    assert concepts(text) is None


def test_modifiers_mean_nothing_by_themselves():
    assert concepts("数") == []


def test_the_fewest_terms_count():
    """The longest term is the most specific one: 基本支出 is no 支出."""
    assert concepts("基本支出") == ["basic"]
    assert concepts("其他资金") == ["other_funds"]


@pytest.mark.parametrize(
    "text", ["基本、事业", "基本(事业)", "基本和事业", "事业/基本", "基本的事业"]
)
def test_joints_stand_between_terms(text: str):
    assert concepts(text) == ["basic", "institutional"]


def test_a_joint_costs_nothing():
    """Of two ways, that of fewer terms counts however many joints it has."""
    grammar = Grammar(
        {
            "甲": frozenset({"a"}),
            "乙丙": frozenset({"b"}),
            "乙": frozenset({"c"}),
            "丙": frozenset(),
        }
    )
    assert grammar.concepts("甲、(乙丙)") == {"a", "b"}


def test_joints_alone_mean_nothing():
    assert concepts("、()") == []


@given(st.lists(st.sampled_from(sorted(SHIPPED.terms)), min_size=1, max_size=4))
def test_what_is_made_of_terms_is_always_understood(terms: list[str]):
    assert SHIPPED.concepts("、".join(terms)) is not None


@given(st.text(alphabet="基本支出数龘新", max_size=8))
def test_what_holds_a_character_of_no_term_never_is(text: str):
    if "龘" in text or "新" in text:
        assert concepts(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其他资金收入预算总计", {"other_funds", "income", "budget", "grand_total"}),
        ("一般公共预算财政拨款基本支出", {"general_public_budget", "basic"}),
        ("三公经费支出决算", {"three_public", "expenditure", "final"}),
        ("年末财政拨款结转和结余", {"closing_balance"}),
    ],
)
def test_what_ships_takes_printed_wordings_apart(text: str, expected: set[str]):
    assert SHIPPED.concepts(text) == expected
