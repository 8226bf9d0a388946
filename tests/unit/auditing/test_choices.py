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


READ_TWICE = {"part": ["11.00", "10.00", "17.00"]}


@pytest.mark.parametrize(
    ("bound", "least"), [("MOST_TRIED", 1), ("MOST_WAYS", 1), ("MOST_IN_A_COMPONENT", 1)]
)
def test_what_takes_too_much_to_try_says_nothing(
    bound: str, least: int, monkeypatch: pytest.MonkeyPatch
):
    """A number in doubt has as many values as candidates, and in this sum one of them will do."""
    printed = {"total": "30.00", "part": "11.00", "rest": "20.00"}
    found = [each for each in candidates(read(*READ_TWICE["part"])) if each.scale <= 2]
    count = len(found) if bound == "MOST_TRIED" else least
    monkeypatch.setattr(choices, bound, count)
    assert decide(printed, [SUM], READ_TWICE) == {"part": "10.00"}
    monkeypatch.setattr(choices, bound, count - 1)
    assert decide(printed, [SUM], READ_TWICE) == {}


@pytest.mark.parametrize(("zeros", "is_decided"), [(0, True), (6, True), (14, False)])
def test_sums_beyond_a_machines_numbers_say_nothing(zeros: int, *, is_decided: bool):
    total, part, rest = (f"{leading}{'0' * zeros}.00" for leading in ("30", "10", "20"))
    printed = {"total": total, "part": part, "rest": rest}
    assert decide(printed, [SUM], {"part": [part]}) == ({"part": part} if is_decided else {})


def with_sums_beside(rest: str, *, fails: bool = False) -> bool:
    """Whether a last digit is certain beside sums of which one has such a rest."""
    printed = {"total": "30.00", "part": "10.05", "rest": "19.95"} | BESIDE | {"rest 0": rest}
    sums = [equation("sum 0", "total 0", "part 0", "rest 0", fails=fails), *SUMS_BESIDE[1:]]
    return bool(_choose(printed, [SUM, *sums], {"part": ["10.05"]}).decided)


def test_sums_tell_of_rounding_that_have_two_parts_and_do_not_fail():
    assert with_sums_beside("19.95")
    assert not with_sums_beside("19.94")
    assert not with_sums_beside("0.00")
    assert not with_sums_beside("77.00", fails=True)
    # One that fails is no sum that was rounded: those beside it are enough.
    printed = {"total": "30.00", "part": "10.05", "rest": "19.95"} | BESIDE
    printed |= {"all": "99.00", "one": "5.00", "two": "7.00"}
    failing = equation("failing", "all", "one", "two", fails=True)
    assert _choose(printed, [SUM, failing, *SUMS_BESIDE], {"part": ["10.05"]}).decided


def test_a_copy_that_is_rounded_further_leaves_the_last_digits_open():
    amounts = {"part": amount("part", "10.05"), "again": amount("again", "10", scale=0)}
    doubtful = {"part": candidates(read("10.05", "10.06"))}
    assert not choose(amounts, [COPY], doubtful).decided


def test_a_slip_has_no_more_decimals_than_its_form_prints():
    printed = PRINTED | {"part": "75475"}
    for scale, found in ((2, ["754.75"]), (1, [])):
        amounts = {key: amount(key, text) for key, text in (printed | BESIDE).items()}
        amounts["part"] = amount("part", "75475", scale=scale)
        chosen = choose(amounts, [SUM, COPY, *SUMS_BESIDE], {"part": candidates(read("75475"))})
        assert [each.candidate.text for each in chosen.decided] == found


def test_what_is_decided_in_one_round_decides_in_the_next(monkeypatch: pytest.MonkeyPatch):
    printed = {"total": "30.00", "part": "11.00", "rest": "20.00"}
    monkeypatch.setattr(choices, "MOST_ROUNDS", 1)
    assert decide(printed, [SUM], READ_TWICE) == {"part": "10.00"}
    monkeypatch.setattr(choices, "MOST_ROUNDS", 0)
    assert decide(printed, [SUM], READ_TWICE) == {}


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
