"""The guilty figure is found by the identities that it breaks, and ties are said to be ties."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.location import UNIQUE_MARGIN, Explanation, Fault, locate_faults
from pipelines.auditing.slips import Slip

ROWS = ("leaf1", "leaf2", "leaf3", "total")
COLUMNS = ("all", "basic", "project")
WAN = Decimal(10_000)


def amount(key: str, text: str, doubt: float = 1.0) -> PrintedAmount:
    row, column = key.split()
    return PrintedAmount(
        key=key,
        value=Decimal(text),
        scale=2,
        unit_yuan=WAN,
        column=("form", "", column),
        row_index=ROWS.index(row) if row in ROWS else 0,
        row=("form", "", row),
        column_index=COLUMNS.index(column) if column in COLUMNS else 0,
        doubt=doubt,
    )


def table(basics: Iterable[str], projects: Iterable[str]) -> dict[str, str]:
    """A table whose rows and columns add up: basic and project to all, leaves to the total."""
    printed: dict[str, Decimal] = {}
    for row, basic, project in zip(ROWS, basics, projects, strict=False):
        printed[f"{row} basic"], printed[f"{row} project"] = Decimal(basic), Decimal(project)
        printed[f"{row} all"] = Decimal(basic) + Decimal(project)
    for column in COLUMNS:
        printed[f"total {column}"] = sum(
            (printed[f"{row} {column}"] for row in ROWS[:3]), Decimal(0)
        )
    return {key: f"{value:.2f}" for key, value in printed.items()}


SOUND = table(("10.50", "21.34", "7.77"), ("3.21", "40.02", "15.68"))


def equations(printed: dict[str, str]) -> list[Equation]:
    def equation(name: str, signs: dict[str, int], relation: str = "=") -> Equation:
        gap = sum(sign * Decimal(printed[key]) for key, sign in signs.items())
        return Equation(name, relation, is_hard=True, fails=bool(gap), signs=signs)

    rows = [
        equation(f"row {row}", {f"{row} all": 1, f"{row} basic": -1, f"{row} project": -1})
        for row in ROWS
    ]
    columns = [
        equation(
            f"column {column}",
            {f"total {column}": 1, **{f"{row} {column}": -1 for row in ROWS[:3]}},
        )
        for column in COLUMNS
    ]
    return rows + columns


def locate(printed: dict[str, str]) -> list[Fault]:
    return locate_faults([amount(*item) for item in printed.items()], equations(printed))


def best(fault: Fault) -> dict[str, str]:
    return {each.key: str(each.suggested) for each in fault.explanations[0].culprits}


def test_a_table_that_adds_up_has_no_fault():
    assert locate(SOUND) == []


@pytest.mark.parametrize("guilty", sorted(SOUND))
def test_a_figure_in_two_identities_is_found_whatever_it_is(guilty):
    (fault,) = locate(SOUND | {guilty: str(Decimal(SOUND[guilty]) + Decimal("70.07"))})
    assert fault.is_located
    assert best(fault) == {guilty: SOUND[guilty]}


@given(
    guilty=st.sampled_from(sorted(SOUND)),
    shift=st.integers(min_value=6, max_value=10**7).map(lambda cents: Decimal(cents) / 100),
)
def test_a_wrong_figure_is_always_among_the_first(guilty, shift):
    (fault,) = locate(SOUND | {guilty: str(Decimal(SOUND[guilty]) + shift)})
    first = [each.key for each in fault.explanations[:3] for each in each.culprits]
    assert guilty in first


@pytest.mark.parametrize(
    ("guilty", "printed", "slip"),
    [
        ("leaf2 all", "63.16", Slip.TRANSPOSITION),
        ("leaf2 all", "91.36", Slip.DIGIT),
        ("leaf2 all", "6136.00", Slip.DECIMAL_POINT),
        ("leaf2 all", "613.36", Slip.ADDED_DIGIT),
        ("leaf2 all", "1.36", Slip.LOST_DIGIT),
        ("leaf2 all", "77.77", Slip.NONE),
    ],
)
def test_a_slip_is_recognised(guilty, printed, slip):
    (fault,) = locate(SOUND | {guilty: printed})
    (culprit,) = fault.explanations[0].culprits
    assert (culprit.key, str(culprit.suggested), culprit.slip) == (guilty, SOUND[guilty], slip)
    assert set(culprit.repairs) == set(fault.failing)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("leaf1 basic", "leaf2 basic", Slip.SHIFTED_ROW),
        ("leaf2 basic", "leaf2 project", Slip.SHIFTED_COLUMN),
    ],
)
def test_two_values_that_changed_places_are_recognised_as_shifted(one, other, slip):
    faults = locate(SOUND | {one: SOUND[other], other: SOUND[one]})
    found = {
        culprit.key: (str(culprit.suggested), culprit.slip)
        for fault in faults
        for culprit in fault.explanations[0].culprits
    }
    assert found == {one: (SOUND[one], slip), other: (SOUND[other], slip)}


def test_siblings_that_only_their_sum_binds_are_several_answers():
    printed = {"total all": "30.00", "leaf1 all": "17.44", "leaf2 all": "19.61"}
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    (fault,) = locate_faults(
        [amount(*item) for item in printed.items()],
        [Equation("sum", "=", is_hard=True, fails=True, signs=signs)],
    )
    assert not fault.is_located
    assert {each.culprits[0].key for each in fault.explanations} == set(printed)


def test_a_figure_whose_readings_differ_is_the_first_to_be_suspected():
    printed = {"total all": "30.00", "leaf1 all": "17.44", "leaf2 all": "19.61"}
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    amounts = [
        amount(key, text, doubt=0.25 if key == "leaf1 all" else 1.0)
        for key, text in printed.items()
    ]
    (fault,) = locate_faults(amounts, [Equation("sum", "=", is_hard=True, fails=True, signs=signs)])
    assert fault.is_located
    assert best(fault) == {"leaf1 all": "10.39"}


def twice(printed: dict[str, str]) -> tuple[list[PrintedAmount], list[Equation]]:
    """The same table printed in two forms, each number bound to its copy."""
    amounts = [
        replace(amount(*item), key=form + item[0], column=(form, "", ""), family=item[0])
        for item in printed.items()
        for form in ("first ", "second ")
    ]
    bound = [
        replace(
            each,
            key=form + each.key,
            signs={form + key: sign for key, sign in each.signs.items()},
        )
        for each in equations(printed)
        for form in ("first ", "second ")
    ]
    copies = [
        Equation(
            key, "=", is_hard=True, fails=False, signs={f"first {key}": 1, f"second {key}": -1}
        )
        for key in printed
    ]
    return amounts, [*bound, *copies]


@pytest.mark.parametrize("guilty", sorted(SOUND))
def test_one_wrong_amount_that_is_printed_twice_is_one_answer(guilty):
    right = Decimal(SOUND[guilty])
    (fault,) = locate_faults(*twice(SOUND | {guilty: str(right + Decimal("70.07"))}))
    assert fault.is_located
    answer = fault.explanations[0].culprits
    assert {each.key for each in answer} == {f"first {guilty}", f"second {guilty}"}
    assert {each.suggested for each in answer} == {right}
    assert {each.family for each in answer} == {guilty}
    assert set(answer[0].repairs) == set(answer[1].repairs) == set(fault.failing)


def test_a_number_with_a_copy_is_as_likely_wrong_as_one_without():
    printed = {"total all": "30.00", "leaf1 all": "17.44", "leaf2 all": "19.61", "copy": "17.44"}
    amounts = [amount(key, text) for key, text in printed.items() if key != "copy"]
    amounts = [replace(each, family="leaf1" * (each.key == "leaf1 all")) for each in amounts]
    elsewhere = replace(amounts[1], key="copy", column=("other", "", ""))
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    failing = Equation("sum", "=", is_hard=True, fails=True, signs=signs)
    copied = Equation("copy", "=", is_hard=True, fails=False, signs={"leaf1 all": 1, "copy": -1})
    (fault,) = locate_faults([*amounts, elsewhere], [failing, copied])
    assert not fault.is_located
    first = [each for rank, _, each in fault.ranked() if rank == 1]
    assert {"leaf1 all", "copy"} in [{each.key for each in one.culprits} for one in first]
    assert {"leaf2 all"} in [{each.key for each in one.culprits} for one in first]


def test_of_printings_that_differ_the_single_one_is_suspected():
    """Printings of one quantity are a majority only against another printing of it."""
    printed = {"leaf1 all": "10.00", "leaf2 all": "10.00", "leaf3 all": "77.31"}
    family = {"leaf1 all": "ten", "leaf2 all": "ten", "leaf3 all": ""}
    amounts = [replace(amount(*item), family=family[item[0]]) for item in printed.items()]
    (fault,) = locate_faults(
        amounts,
        [
            copy("leaf1 all", "leaf2 all", fails=False),
            copy("leaf1 all", "leaf3 all", fails=True),
            copy("leaf2 all", "leaf3 all", fails=True),
        ],
    )
    assert fault.is_located
    assert best(fault) == {"leaf3 all": "10.00"}


def stated(key: str, text: str, family: str = "") -> PrintedAmount:
    """What a sentence states."""
    where = ("narrative.basic", "", "")
    return replace(amount(key, text), column=where, family=family, is_statement=True)


def copy(one: str, other: str, *, fails: bool) -> Equation:
    return Equation(f"{one} {other}", "=", is_hard=True, fails=fails, signs={one: 1, other: -1})


def test_a_sentence_that_quotes_the_right_number_of_something_else_is_wrong_alone():
    """All money's basic expenditure, quoted as that of the general public budget."""
    wrong = stated("wrong claim", "5377.64", "all")
    right = stated("right claim", "5377.64", "all")
    forms = {
        "leaf1 all": ("5377.64", "all"),
        "leaf2 all": ("600.00", ""),
        "total all": ("5977.64", ""),
        "general all": ("5364.75", ""),
    }
    amounts = [replace(amount(key, text), family=family) for key, (text, family) in forms.items()]
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    (fault,) = locate_faults(
        [*amounts, wrong, right],
        [
            Equation("sum", "=", is_hard=True, fails=False, signs=signs),
            copy("right claim", "leaf1 all", fails=False),
            copy("wrong claim", "general all", fails=True),
        ],
    )
    first = [each for rank, _, each in fault.ranked() if rank == 1]
    assert [{each.key for each in one.culprits} for one in first] == [
        {"wrong claim"},
        {"general all"},
    ]
    assert {str(each.suggested) for each in first[0].culprits} == {"5364.75"}
    assert first[0].culprits[0].repairs == ("wrong claim general all",)


def test_a_sentence_is_wrong_with_the_forms_that_it_repeats():
    """An amount that a form prints wrongly is wrong in every sentence that is held to it, too."""
    amounts, bound = twice(SOUND | {"leaf1 basic": "99.99"})
    claim = stated("claim leaf1", "99.99", "leaf1 basic")
    (fault,) = locate_faults(
        [*amounts, claim], [*bound, copy("claim leaf1", "first leaf1 basic", fails=False)]
    )
    assert {each.key for each in fault.explanations[0].culprits} == {
        "claim leaf1",
        "first leaf1 basic",
        "second leaf1 basic",
    }


def test_sentences_that_quote_another_table_are_one_fault():
    """Each failing copy has the culprit of its own, and their sum binds both."""
    claims = [
        stated("claim all", "118.91"),
        stated("claim basic", "60.00"),
        stated("claim project", "58.91"),
    ]
    signs = {"claim all": 1, "claim basic": -1, "claim project": -1}
    (fault,) = locate_faults(
        [*claims, *(amount(*item) for item in SOUND.items())],
        [
            copy("claim all", "total all", fails=True),
            copy("claim basic", "total basic", fails=True),
            Equation("claimed", "=", is_hard=True, fails=False, signs=signs),
            *equations(SOUND),
        ],
    )
    assert fault.failing == ("claim all total all", "claim basic total basic")
    assert best(fault) == {"claim all": "98.52", "claim basic": "39.61"}


def test_two_errors_far_apart_are_two_faults():
    wrong = SOUND | {"leaf1 basic": "99.99"}
    other = {
        f"other {column}": text
        for column, text in zip(COLUMNS, ("9.00", "4.00", "4.00"), strict=True)
    }
    signs = {"other all": 1, "other basic": -1, "other project": -1}
    faults = locate_faults(
        [amount(*item) for item in (wrong | other).items()],
        [*equations(wrong), Equation("other", "=", is_hard=True, fails=True, signs=signs)],
    )
    assert [len(fault.failing) for fault in faults] == [2, 1]


def test_what_holds_otherwise_than_by_these_roundings_does_not_pin_its_figures():
    """A coarse copy holds although rounding at the form's precision does not explain it."""
    printed = SOUND | {"leaf2 all": "99.99", "above basic": "21.40", "below basic": "21.30"}
    copies = [
        Equation(key, "=", is_hard=True, fails=False, signs={"leaf2 basic": 1, key: -1})
        for key in ("above basic", "below basic")
    ]
    (fault,) = locate_faults(
        [amount(*item) for item in printed.items()], [*equations(printed), *copies]
    )
    assert best(fault) == {"leaf2 all": SOUND["leaf2 all"]}


def test_an_inequality_that_holds_by_far_may_not_be_broken_by_a_correction():
    printed = {"total all": "30.00", "leaf1 all": "17.44", "leaf2 all": "19.61", "cap all": "20.00"}
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    capped = Equation("cap", "<=", is_hard=True, fails=False, signs={"cap all": 1, "leaf1 all": -1})
    wrong = printed | {"cap all": "12.00"}
    (fault,) = locate_faults(
        [amount(*item) for item in wrong.items()],
        [Equation("sum", "=", is_hard=True, fails=True, signs=signs), capped],
    )
    alone = {each.culprits[0].key for each in fault.explanations if len(each.culprits) == 1}
    assert alone == {"total all", "leaf2 all"}


def test_an_inequality_that_holds_by_far_frees_no_figure():
    """How far amounts may move depends on what fails, not on what holds however loosely."""
    printed = {
        "total all": "30.00",
        "leaf1 all": "17.44",
        "leaf2 all": "19.61",
        "cap all": f"{10**14}",
    }
    signs = {"total all": 1, "leaf1 all": -1, "leaf2 all": -1}
    capped = Equation("cap", "<=", is_hard=True, fails=False, signs={"leaf1 all": 1, "cap all": -1})
    (fault,) = locate_faults(
        [amount(*item) for item in printed.items()],
        [Equation("sum", "=", is_hard=True, fails=True, signs=signs), capped],
    )
    assert {tuple(each.key for each in one.culprits) for one in fault.explanations} == {
        (key,) for key in signs
    }


def test_an_inequality_that_fails_is_explained_by_either_side():
    printed = {"leaf1 all": "50.00", "total all": "30.00"}
    (fault,) = locate_faults(
        [amount(*item) for item in printed.items()],
        [Equation("part", "<=", is_hard=True, fails=True, signs={"leaf1 all": 1, "total all": -1})],
    )
    assert {each.culprits[0].key for each in fault.explanations} == set(printed)
    assert all(each.culprits[0].suggested is None for each in fault.explanations)


def test_amounts_that_are_cut_off_lie_above_their_print():
    """Ten parts cut off fall short of their total by half a step each, not by nothing."""
    parts = [f"part{number} all" for number in range(10)]
    printed = {"total all": "149.65", **{key: f"1{at}.{at}1" for at, key in enumerate(parts)}}
    sound = Decimal("149.65") - sum(Decimal(printed[key]) for key in parts[1:]) - Decimal("0.05")
    wrong = printed | {parts[0]: "777.77"}
    signs = {"total all": 1, **dict.fromkeys(parts, -1)}
    failing = Equation("sum", "=", is_hard=True, fails=True, signs=signs)
    (fault,) = locate_faults(
        [replace(amount(*item), is_cut_off=True) for item in wrong.items()], [failing]
    )
    suggested = {each.culprits[0].key: each.culprits[0].suggested for each in fault.explanations}
    assert abs(suggested[parts[0]] - sound) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("costs", "ranks"),
    [
        ((1.0,), [1]),
        ((1.0, 1.0 + UNIQUE_MARGIN), [1, 1]),
        ((1.0, 1.0 + 2 * UNIQUE_MARGIN), [1, 2]),
        ((1.0, 1.0 + UNIQUE_MARGIN, 1.0 + 2 * UNIQUE_MARGIN), [1, 1, 3]),
    ],
)
def test_explanations_share_a_rank_within_the_margin_and_up_to_it(
    costs: tuple[float, ...], ranks: list[int]
):
    fault = Fault((), tuple(Explanation(cost, ()) for cost in costs))
    assert [rank for rank, _, _ in fault.ranked()] == ranks
    assert fault.is_located == (ranks.count(1) == 1)


@pytest.mark.parametrize("keys", [("leaf1 all", "total all"), ("total all", "leaf1 all")])
def test_of_two_that_explain_alike_the_rarer_print_comes_first(keys: tuple[str, str]):
    """Numbers that begin with 1 are more frequent than those with 9, whichever side they are of."""
    printed = dict(zip(keys, ("91.37", "18.52"), strict=True))
    copies = Equation(
        "copy", "=", is_hard=True, fails=True, signs=dict(zip(keys, (1, -1), strict=True))
    )
    (fault,) = locate_faults([amount(*item) for item in printed.items()], [copies])
    first, second = fault.explanations
    assert first.cost == second.cost
    assert [each.key for each in first.culprits] == [keys[0]]
