"""What may be other than printed so that all adds up, and what that costs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.auditing import releases
from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.releases import cheapest_releases

WAN = Decimal(10_000)


def amount(key: str, text: str, family: str = "") -> PrintedAmount:
    return PrintedAmount(
        key=key,
        value=Decimal(text),
        scale=2,
        unit_yuan=WAN,
        column=("form", "", key),
        row_index=0,
        row=("form", "", key),
        column_index=0,
        family=family,
    )


def equation(
    total: str, *parts: str, relation: str = "=", fails: bool = False, is_hard: bool = True
) -> Equation:
    signs = {total: 1, **dict.fromkeys(parts, -1)}
    return Equation(" ".join(signs), relation, is_hard=is_hard, fails=fails, signs=signs)


def released(
    amounts: Iterable[PrintedAmount],
    *equations: Equation,
    suspects: Sequence[tuple[str, ...]] | None = None,
) -> dict[str, float]:
    """What each release costs, by the keys that are released."""
    printed = {each.key: each for each in amounts}
    families = [(key,) for key in printed] if suspects is None else suspects
    return {
        " ".join(sorted(each.keys)): round(each.cost, 4)
        for each in cheapest_releases(printed, equations, families)
    }


SUM = [amount("t", "30.00"), amount("a", "12.00"), amount("b", "9.00")]
FAILS = equation("t", "a", "b", fails=True)


def test_each_figure_of_a_sum_that_fails_may_be_wrong_alone():
    assert released(SUM, FAILS) == {"t": 1, "a": 1, "b": 1}


def test_only_suspects_are_released_and_nothing_where_they_explain_nothing():
    assert released(SUM, FAILS, suspects=[("t",), ("b",)]) == {"t": 1, "b": 1}
    others = [*SUM, amount("c", "1.00"), amount("d", "2.00")]
    two = FAILS, equation("c", "d", fails=True)
    assert released(others, *two, suspects=[("t",), ("a",)]) == {}
    assert released(others, *two, suspects=[("t",), ("c",), ("d",)]) == {"c t": 2, "d t": 2}


def test_a_printed_nil_costs_more():
    nil = [amount("t", "30.00"), amount("a", "12.00"), amount("b", "0.00")]
    assert released(nil, FAILS) == {"t": 1, "a": 1, "b": 1.25}


@pytest.mark.parametrize(("doubt", "rivals"), [(0.25, {"t": 1, "b": 1}), (0.24, {})])
def test_a_doubtful_reading_costs_less_and_what_costs_much_more_is_no_rival(
    doubt: float, rivals: dict[str, float]
):
    total, part, other = SUM
    doubtful = [total, replace(part, doubt=doubt), other]
    assert released(doubtful, FAILS) == {"a": doubt, **rivals}


@pytest.mark.parametrize(
    ("printings", "cost"), [(1, 1), (2, 1.01), (3, 1.02), (4, 1.03), (5, 1.03)]
)
def test_printings_that_agree_are_wrong_together_and_cost_hardly_more(printings: int, cost: float):
    keys = [f"a{number}" for number in range(printings)]
    copies = [amount(key, "12.00", "a") for key in keys]
    found = released(
        [SUM[0], SUM[2], *copies],
        equation("t", "a0", "b", fails=True),
        *(equation("a0", key) for key in keys[1:]),
        suspects=[("t",), ("b",), tuple(keys)],
    )
    assert found == {"t": 1, "b": 1, " ".join(keys): cost}


@pytest.mark.parametrize(("printings", "cost"), [(1, 1), (2, 1.1), (3, 1.2), (4, 1.3), (5, 1.3)])
def test_printings_that_another_one_denies_are_a_majority(printings: int, cost: float):
    keys = [f"a{number}" for number in range(printings)]
    copies = [amount(key, "12.00", "a") for key in keys]
    found = released(
        [amount("other", "77.00"), *copies],
        equation("a0", "other", fails=True),
        *(equation("a0", key) for key in keys[1:]),
        suspects=[("other",), tuple(keys)],
    )
    assert found == {"other": 1, " ".join(keys): cost}


@pytest.mark.parametrize(
    ("fails", "is_hard", "released_together", "cost"),
    [
        (True, True, "a0 a1 other", 2.1),
        (True, False, "a0 a1", 1.31),
        (False, True, "a0 a1 other", 2.01),
    ],
    ids=["denied", "by what need not hold", "by what holds"],
)
def test_only_a_copy_that_must_hold_and_fails_denies(
    released_together: str, cost: float, *, fails: bool, is_hard: bool
):
    copies = [amount(key, "12.00", "a") for key in ("a0", "a1")]
    found = released(
        [*SUM, amount("other", "77.00" if fails else "12.00"), *copies],
        equation("t", "a0", "b", fails=True),
        equation("a0", "a1"),
        equation("a0", "other", fails=fails, is_hard=is_hard),
        suspects=[("a0", "a1"), ("other",)],
    )
    assert found == {released_together: cost}


def test_a_sentence_is_wrong_alone_or_with_the_forms_and_forms_are_wrong_together():
    forms = [amount("f1", "12.00", "a"), amount("f2", "12.00", "a")]
    said = replace(amount("s", "12.00", "a"), is_statement=True)
    family = [("f1", "f2", "s"), ("x",)]
    other = amount("x", "15.00")
    alone = released([*forms, said, other], equation("s", "x", fails=True), suspects=family)
    assert set(alone) == {"s", "x"}
    both = released(
        [*forms, said, other],
        equation("s", "x", fails=True),
        equation("f1", "f2"),
        equation("f1", "s"),
        suspects=family,
    )
    assert set(both) == {"f1 f2 s", "x"}


@pytest.mark.parametrize("is_hard", [True, False])
def test_to_break_what_need_not_hold_costs_a_little(*, is_hard: bool):
    bound = equation("a", "c", is_hard=is_hard)
    found = released([*SUM, amount("c", "12.00")], FAILS, bound)
    assert found == {"t": 1, "b": 1} | ({} if is_hard else {"a": 1.3})


@pytest.mark.parametrize(
    ("relation", "texts", "released_alone"),
    [
        ("<=", ("9.00", "5.00"), {"t", "a"}),
        (">=", ("5.00", "9.00"), {"t", "a"}),
        ("<=", ("9.00", "-5.00"), {"a"}),
        (">=", ("-5.00", "9.00"), {"t"}),
        ("=", ("9.00", "-5.00"), {"a"}),
        ("=", ("-9.00", "-5.00"), {"t", "a"}),
    ],
)
def test_what_is_printed_without_a_sign_does_not_become_a_debt(
    relation: str, texts: tuple[str, str], released_alone: set[str]
):
    amounts = [amount(key, text) for key, text in zip("ta", texts, strict=True)]
    assert set(released(amounts, equation("t", "a", relation=relation, fails=True))) == (
        released_alone
    )


def test_what_is_left_after_rounding_needs_no_release():
    """Of a sum of three, each within half a cent, one and a half cents are explained."""
    near = [amount("t", "21.01"), *SUM[1:]]
    far = [amount("t", "21.02"), *SUM[1:]]
    other = [amount("x", "1.00"), amount("y", "5.00")]
    fails = equation("x", "y", fails=True)
    assert set(released([*near, *other], equation("t", "a", "b"), fails)) == {"x", "y"}
    assert set(released([*far, *other], replace(FAILS, fails=True), fails)) == {
        f"{one} {two}" for one in "abt" for two in "xy"
    }


def test_each_wrong_part_of_a_quantity_costs_for_each_of_its_printings():
    """Two forms and a sentence print what another denies: all are wrong, or the other."""
    forms = [amount("f1", "12.00", "a"), amount("f2", "12.00", "a")]
    said = replace(amount("s", "12.00", "a"), is_statement=True)
    found = released(
        [*forms, said, amount("x", "15.00")],
        *(equation("s", "x", fails=True), equation("f1", "f2"), equation("f1", "s")),
        suspects=[("f1", "f2", "s"), ("x",)],
    )
    assert found == {"x": 1, "f1 f2 s": 1.2}
    alone = released(
        [*forms, said, amount("x", "15.00")],
        *(equation("s", "x", fails=True), equation("f1", "f2")),
        suspects=[("f1", "f2", "s")],
    )
    # The sentence alone is one of three printings that are wrong.
    assert alone == {"s": 1}


def test_a_nil_may_be_any_amount_that_is_not_less():
    nil = [amount("t", "0.00"), amount("a", "5.00")]
    assert released(nil, equation("t", "a", fails=True)) == {"a": 1, "t": 1.25}
    debt = [amount("t", "0.00"), amount("a", "-5.00")]
    assert released(debt, equation("t", "a", fails=True)) == {"a": 1}


def test_no_more_releases_are_sought_than_anybody_reads(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(releases, "MOST_SOLUTIONS", 2)
    assert len(released(SUM, FAILS)) == 2
