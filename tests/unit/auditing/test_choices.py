"""What is decided of numbers in doubt, on forged sums: nothing wrong, and all that is certain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.auditing import choices
from pipelines.auditing.candidates import Reading, candidates, slips
from pipelines.auditing.choices import Choices, choose
from pipelines.auditing.equations import Equation, PrintedAmount

WAN = Decimal(10_000)


def amount(key: str, text: str, *, scale: int = 2) -> PrintedAmount:
    return PrintedAmount(
        key=key,
        value=Decimal(text),
        scale=scale,
        unit_yuan=WAN,
        column=("form", "", key),
        row_index=0,
        row=("form", "", "0"),
        column_index=0,
    )


def equation(key: str, total: str, *parts: str, fails: bool = False) -> Equation:
    signs = {total: 1, **dict.fromkeys(parts, -1)}
    return Equation(key=key, relation="=", is_hard=True, fails=fails, signs=signs)


def read(*texts: str) -> list[Reading]:
    return [Reading(text, 0.8 - 0.1 * rank) for rank, text in enumerate(texts)]


def decide(
    printed: Mapping[str, str],
    equations: Iterable[Equation],
    doubtful: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """What numbers in doubt are taken for, those that are decided.

    Beside them the document prints sums enough that add up to the last digit.
    """
    chosen = _choose(printed | BESIDE, [*equations, *SUMS_BESIDE], doubtful)
    return {each.key: each.candidate.text for each in chosen.decided}


def _choose(
    printed: Mapping[str, str],
    equations: Iterable[Equation],
    doubtful: Mapping[str, Sequence[str]],
) -> Choices:
    return choose(
        {key: amount(key, text) for key, text in printed.items()},
        list(equations),
        {key: candidates(read(*texts)) for key, texts in doubtful.items()},
    )


BESIDE = {
    f"{name} {at}": text
    for at in range(choices.LEAST_EXACT_SUMS)
    for name, text in (("total", "30.00"), ("part", "10.05"), ("rest", "19.95"))
}
SUMS_BESIDE = [
    equation(f"sum {at}", f"total {at}", f"part {at}", f"rest {at}")
    for at in range(choices.LEAST_EXACT_SUMS)
]
SUM = equation("sum", "total", "part", "rest")
COPY = equation("copy", "part", "again")
PRINTED = {"total": "754.75", "part": "751.75", "rest": "0.00", "again": "754.75"}
"""The part is 754.75; what stands for it here is its likeliest reading."""


def test_a_number_is_what_its_sum_and_its_copy_leave():
    assert decide(PRINTED, [SUM, COPY], {"part": ["751.75"]}) == {"part": "754.75"}


def test_what_one_equation_leaves_is_taken_only_where_somebody_read_it():
    printed = {"total": "30.00", "part": "11.00", "rest": "20.00"}
    assert decide(printed, [SUM], {"part": ["11.00", "10.00"]}) == {"part": "10.00"}
    assert decide(printed, [SUM], {"part": ["18.00"]}) == {}


@pytest.mark.parametrize(
    "signs",
    [SUM.signs, {key: -sign for key, sign in SUM.signs.items()}, {**SUM.signs, "again": 0}],
    ids=["the same", "turned", "what cancels out is in it"],
)
def test_an_equation_that_binds_the_same_numbers_is_no_second_one(signs: dict[str, int]):
    twice = [SUM, Equation("twice", "=", is_hard=True, fails=False, signs=signs)]
    assert decide(PRINTED, twice, {"part": ["751.75"]}) == {}


def test_what_was_read_for_certain_may_be_wrong_all_the_same():
    printed = {"total": "30.00", "part": "11.00", "rest": "20.00"} | BESIDE
    certain = candidates([Reading("11.00", 1.0), Reading("10.00", 0.5)])
    amounts = {key: amount(key, text) for key, text in printed.items()}
    (decision,) = choose(amounts, [SUM, *SUMS_BESIDE], {"part": certain}).decided
    assert decision.candidate.text == "10.00"


def test_a_reading_may_be_confirmed():
    printed = {"total": "30.00", "part": "10.00", "rest": "20.00"}
    doubtful = {"part": ["10.00", "18.00"]}
    (decision,) = _choose(printed | BESIDE, [SUM, *SUMS_BESIDE], doubtful).decided
    assert (decision.candidate.text, decision.check_ids) == ("10.00", ("sum",))


def test_the_sign_of_a_number_in_a_sum_counts():
    printed = {"total": "30.00", "part": "10.00", "rest": "20.00"}
    doubtful = {"part": ["10.00", "50.00"]}
    assert decide(printed, [SUM], doubtful) == {"part": "10.00"}
    turned = Equation("turned", "=", is_hard=True, fails=False, signs=SUM.signs | {"rest": 1})
    assert decide(printed, [turned], doubtful) == {"part": "50.00"}


def test_a_lost_sign_is_found():
    printed = {"total": "10.00", "part": "10.00", "rest": "20.00", "again": "-10.00"}
    assert decide(printed, [SUM, COPY], {"part": ["10.00"]}) == {"part": "-10.00"}


def test_a_lost_point_is_found():
    printed = PRINTED | {"part": "75475"}
    assert decide(printed, [SUM, COPY], {"part": ["75475"]}) == {"part": "754.75"}


def test_copies_of_each_other_are_in_doubt():
    printed = {"part": "11.00", "again": "11.00"}
    for texts in (["11.00"], ["11.00", "17.00"]):
        assert decide(printed, [COPY], {"part": texts, "again": texts}) == {}


def test_three_that_are_misread_alike_agree_about_nothing():
    printed = {"part": "1102078.00", "again": "1102078.00", "third": "1102078.00"}
    equations = [COPY, equation("other", "part", "third"), equation("last", "again", "third")]
    doubtful = {"part": ["1102070.00"], "again": ["110078.00"], "third": ["1102078.00"]}
    assert decide(printed, equations, doubtful) == {}


def test_slips_that_make_up_for_each_other_are_in_doubt():
    printed = {"total": "18.00", "part": "11.00", "rest": "1.00"}
    assert decide(printed, [SUM], {"part": ["11.00"], "rest": ["1.00"]}) == {}


def test_several_that_were_read_so_may_be_decided_together():
    printed = {"total": "7041.28", "part": "4715.97", "rest": "2225.36"}
    doubtful = {"part": ["4715.97", "4715.92"], "rest": ["2225.36", "2325.36"]}
    assert decide(printed, [SUM], doubtful) == {"part": "4715.92", "rest": "2325.36"}


def test_what_is_decided_decides_what_hangs_on_it():
    printed = {"total": "30.00", "part": "11.00", "rest": "20.00", "again": "18.00"}
    decided = decide(
        printed, [SUM, COPY], {"part": ["11.00", "10.00"], "again": ["18.00", "10.00"]}
    )
    assert decided == {"part": "10.00", "again": "10.00"}


def test_a_printed_error_forces_nothing():
    """What meets the sum denies the copy, and what meets the copy denies the sum."""
    printed = {"total": "34.00", "part": "10.00", "rest": "20.00", "again": "10.00"}
    assert decide(printed, [SUM, COPY], {"part": ["10.00", "14.00"]}) == {}
    assert decide(printed, [SUM, COPY], {"part": ["10.00"]}) == {}


def test_nothing_is_decided_that_no_candidate_meets():
    assert decide(PRINTED, [SUM, COPY], {"part": ["6543.21"]}) == {}


def test_nil_proves_nothing():
    printed = {"total": "0.00", "part": "0.00", "rest": "0.00"}
    assert decide(printed, [SUM], {"part": ["0.00"]}) == {}


def test_what_is_soft_or_an_inequality_decides_nothing():
    printed = {"total": "30.00", "part": "10.00", "rest": "20.00"}
    for relation, is_hard in (("=", False), ("<=", True), (">=", True)):
        weak = Equation("weak", relation, is_hard=is_hard, fails=False, signs=SUM.signs)
        assert decide(printed, [weak], {"part": ["10.00"]}) == {}


def test_rounded_sums_leave_the_last_digit_open():
    printed = {"total": "30.00", "part": "10.05", "rest": "19.95"}
    doubtful = {"part": ["10.05"]}
    assert decide(printed, [SUM], doubtful) == {"part": "10.05"}
    few = [SUM, *SUMS_BESIDE[1:]]
    assert not _choose(printed | BESIDE, few, doubtful).decided
    # One that is a cent off says that amounts were rounded.
    off = printed | BESIDE | {"total 0": "30.01"}
    assert not _choose(off, [SUM, *SUMS_BESIDE, *SUMS_BESIDE[:1]], doubtful).decided


def test_copies_are_alike_however_amounts_are_rounded():
    printed = {"part": "10.05", "again": "10.05"}
    (decision,) = _choose(printed, [COPY], {"part": ["10.06", "10.05"]}).decided
    assert decision.candidate.text == "10.05"


def test_too_many_that_hang_together_are_left_and_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choices, "MOST_IN_A_COMPONENT", 1)
    printed = {"total": "7041.28", "part": "4715.97", "rest": "2225.36"}
    doubtful = {"part": ["4715.97", "4715.92"], "rest": ["2225.36", "2325.36"]}
    chosen = _choose(printed, [SUM], doubtful)
    assert (chosen.decided, chosen.too_many) == ((), 2)


def test_no_time_leaves_all_in_doubt(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choices, "COMPONENT_SECONDS", 0.0)
    assert decide(PRINTED, [SUM, COPY], {"part": ["751.75"]}) == {}


@dataclass(frozen=True, slots=True)
class Forged:
    """A table of sums by row and by column that is printed twice, of which cells are in doubt."""

    truth: Mapping[str, str]
    equations: Sequence[Equation]
    doubtful: Mapping[str, Sequence[str]]


def forged(seed: int, share: float) -> Forged:
    chance = Random(seed)  # noqa: S311 - a case, and no secret
    rows, columns = chance.randint(2, 5), chance.randint(2, 4)
    cents = {
        (row, column): chance.choice((0, chance.randint(1, 999), chance.randint(1, 9_999_999)))
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    }
    for row in range(1, rows + 1):
        cents[row, 0] = sum(cents[row, column] for column in range(1, columns + 1))
    for column in range(columns + 1):
        cents[0, column] = sum(cents[row, column] for row in range(1, rows + 1))
    key = "{0}:{1}".format
    truth = {key(*at): f"{value / Decimal(100):.2f}" for at, value in cents.items()}
    equations = [
        equation(f"row{row}", key(row, 0), *(key(row, each) for each in range(1, columns + 1)))
        for row in range(rows + 1)
    ] + [
        equation(f"column{each}", key(0, each), *(key(row, each) for row in range(1, rows + 1)))
        for each in range(columns + 1)
    ]
    copies = {f"copy {each}": text for each, text in truth.items() if each.startswith("0:")}
    equations += [equation(each, each, each.removeprefix("copy ")) for each in copies]
    truth |= copies
    doubtful: dict[str, list[str]] = {}
    for each, text in truth.items():
        if chance.random() < share:
            wrong = chance.choice([found for found in slips(text) if text in set(slips(found))])
            doubtful[each] = chance.choice(([text], [text, wrong], [wrong, text], [wrong]))
    return Forged(truth, equations, doubtful)


def decided_of(case: Forged) -> dict[str, Decimal]:
    printed = {
        key: case.doubtful[key][0] if key in case.doubtful else text
        for key, text in case.truth.items()
    }
    equations = [*case.equations, *SUMS_BESIDE]
    chosen = _choose(printed | BESIDE, equations, case.doubtful)
    return {each.key: each.candidate.value for each in chosen.decided}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9), share=st.sampled_from((0.1, 0.3, 0.5)))
def test_nothing_wrong_is_decided(seed, share):
    case = forged(seed, share)
    for key, value in decided_of(case).items():
        assert value == Decimal(case.truth[key]), key


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_one_number_in_doubt_is_found_where_two_equations_bind_it(seed):
    case = forged(seed, 0.2)
    for key, texts in case.doubtful.items():
        alone = Forged(case.truth, case.equations, {key: texts})
        speaking = [
            each
            for each in case.equations
            if key in each.signs
            and any(Decimal(case.truth[other]) for other in each.signs.keys() - {key})
        ]
        is_read = case.truth[key] in texts
        if len(speaking) >= (1 if is_read else choices.LEAST_FOR_A_SLIP):
            assert decided_of(alone) == {key: Decimal(case.truth[key])}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9), turned=st.randoms(use_true_random=False))
def test_the_order_of_equations_decides_nothing(seed, turned):
    case = forged(seed, 0.15)
    shuffled = list(case.equations)
    turned.shuffle(shuffled)
    assert decided_of(case) == decided_of(Forged(case.truth, shuffled, case.doubtful))
