"""Which figure is wrong: the smallest set of figures that must change for all identities to hold.

Knows Fellegi and Holt's principle, and ranks what explains a failure. Does not know where the
figures are printed or stored, nor how the smallest sets and the columns that slipped are found.

Every printed number stands for a true quantity within its rounding interval, unless it is released.
Released figures cost something, and the cheapest release under which every identity holds names
the culprits. Identities that share a figure of a failing one take part; where nothing among the
figures of failing identities can be released, their neighbours may be, and so on.

Printings of one quantity in forms are released together, since software repeats what is wrong; a
sentence that repeats it may be wrong alone. A column that slipped by a row is one error, and
whatever it explains has no other culprit.

Source: Fellegi and Holt, A systematic approach to automatic edit and imputation, JASA 71 (1976).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pipelines.auditing.equations import Equation, PrintedAmount, connected
from pipelines.auditing.evidence import Evidence, Printing, round_to
from pipelines.auditing.releases import RIVAL_MARGIN, Release, cheapest_releases
from pipelines.auditing.shifts import Shift, find_shifts
from pipelines.auditing.slips import CREDIT, Slip
from pipelines.auditing.suggestions import sign_of, suggest

# Explanations that differ by no more than this are equally likely.
UNIQUE_MARGIN = 0.05
# Costs are sums of weights with two decimals.
DECIMALS = 6
MOST_RINGS = 3
# A column that slipped is one error.
SHIFT_COST = 1.0


class Cause(StrEnum):
    """What sort of error an explanation is."""

    FIGURES = "figures"  # wrong ones, each wherever it is printed
    SHIFTED_DOWN = "shifted_down"  # the amounts of a column stand a row too low
    SHIFTED_UP = "shifted_up"  # or too high


@dataclass(frozen=True, slots=True)
class Culprit:
    """One figure of an explanation.

    Attributes:
        key: The figure.
        suggested: What it should read in its printed unit, None where nothing pins it down.
        slip: What may have happened to it.
        repairs: The failing checks it takes part in, it or another printing of its quantity.
        family: What all printings of its quantity are called together, '' where it is the only one.
    """

    key: str
    suggested: Decimal | None
    slip: Slip
    repairs: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Figures that, changed together, make every identity hold.

    Attributes:
        cost: What releasing them costs, less what else speaks for correcting them.
        culprits: The figures.
        cause: What sort of error it is.
    """

    cost: float
    culprits: tuple[Culprit, ...]
    cause: Cause = Cause.FIGURES


@dataclass(frozen=True, slots=True)
class Fault:
    """Failing checks that share figures, and what may explain them, the likeliest first.

    Attributes:
        failing: The failing checks.
        explanations: Rivals within a margin of the best; none where nothing explains them.
    """

    failing: tuple[str, ...]
    explanations: tuple[Explanation, ...]

    @property
    def is_located(self) -> bool:
        """Whether one explanation is better than all others."""
        return [rank for rank, _, _ in self.ranked()].count(1) == 1

    def ranked(self) -> Iterator[tuple[int, int, Explanation]]:
        """Each explanation with its rank and its number; those that cost the same share a rank."""
        rank, cost = 0, -math.inf
        for number, explanation in enumerate(self.explanations, start=1):
            if round(explanation.cost - cost, DECIMALS) > UNIQUE_MARGIN:
                rank, cost = number, explanation.cost
            yield rank, number, explanation


def locate_faults(
    amounts: Iterable[PrintedAmount],
    equations: Sequence[Equation],
    printings: Iterable[Printing] = (),
    rows: Mapping[tuple[str, str], Sequence[Sequence[int]]] | None = None,
) -> list[Fault]:
    """Explain every hard equation that fails.

    Args:
        amounts: The printed amounts of one document that equations bind.
        equations: Its identities as evaluated.
        printings: All amounts that the document prints, to find what is repeated or has slipped.
        rows: The rows of each form and section, those together that stand below each other.

    Returns:
        One fault for each set of failing equations that share quantities, in the equations' order.
    """
    printed = {amount.key: amount for amount in amounts}
    failing = [each for each in equations if each.fails and each.is_hard]
    if not failing:
        return []
    gathered = list(printings)
    evidence = Evidence(printed.values(), gathered)
    shifts = find_shifts(printed, equations, gathered, rows or {})
    certain = [shift for shift in shifts if shift.is_certain]
    # What a column that slipped adds up to says nothing of other errors.
    slipped = frozenset[str]().union(*(shift.touching for shift in certain))
    sound = [each for each in equations if each.key not in slipped]
    faults = _faults(printed, sound, evidence, failing)
    for shift in shifts:
        # One that is certain explains none of them: what it touches was set apart.
        if simpler := _beside(faults, shift, (printed, sound, evidence)):
            faults = [each for fault in faults for each in simpler.get(fault.failing, [fault])]
            certain.append(shift)
    return [*_slipped(printed, certain, failing), *faults]


def _faults(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    failing: Iterable[Equation],
) -> list[Fault]:
    """What explains those of some failing equations that are to be met."""
    there = {each.key for each in equations}
    groups = connected(
        (each for each in failing if each.key in there),
        lambda each: {printed[key].quantity for key in each.signs},
    )
    faults = [_explain(printed, equations, evidence, each) for each in groups]
    return _recognise_shifts(_joined(printed, equations, evidence, faults), printed)


def _joined(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    faults: Sequence[Fault],
) -> list[Fault]:
    """Faults, those explained as one whose likeliest culprits are of the same quantities."""
    explained = [fault for fault in faults if fault.explanations]
    groups = connected(
        explained,
        lambda fault: {printed[each.key].quantity for each in fault.explanations[0].culprits},
    )
    if len(groups) == len(explained):
        return list(faults)
    by_key = {equation.key: equation for equation in equations}
    joined = {
        group[0].failing: _explain(
            printed, equations, evidence, [by_key[key] for fault in group for key in fault.failing]
        )
        for group in groups
        if len(group) > 1
    }
    taken = {fault.failing for group in groups for fault in group[1:]}
    return [joined.get(fault.failing, fault) for fault in faults if fault.failing not in taken]


def _beside(
    faults: Iterable[Fault],
    shift: Shift,
    within: tuple[Mapping[str, PrintedAmount], Sequence[Equation], Evidence],
) -> Mapping[tuple[str, ...], list[Fault]]:
    """What is left of faults that a column that slipped explains more simply than figures do.

    Args:
        faults: What is explained by figures.
        shift: The column.
        within: What locating goes by: the amounts, the equations to be met, and the evidence.

    Returns:
        By the failing equations of each such fault, other errors of which it is as well; nothing
        where figures are the simpler explanation.
    """
    printed, equations, evidence = within
    touched = [each for each in faults if not shift.touching.isdisjoint(each.failing)]
    # Most faults are of a single figure: of what cannot gain enough nothing is tried.
    if sum(map(_least_cost, touched)) <= SHIFT_COST + RIVAL_MARGIN:
        return {}
    beyond = [each for each in equations if each.key not in shift.touching]
    left: dict[tuple[str, ...], list[Fault]] = {}
    gained = 0.0
    for fault in touched:
        rest = _faults(printed, beyond, evidence, (it for it in beyond if it.key in fault.failing))
        cost = sum(map(_least_cost, rest))
        if cost < _least_cost(fault):
            gained += _least_cost(fault) - cost
            left[fault.failing] = rest
    return left if gained > SHIFT_COST + RIVAL_MARGIN else {}


def _least_cost(fault: Fault) -> float:
    return fault.explanations[0].cost if fault.explanations else math.inf


def _slipped(
    printed: Mapping[str, PrintedAmount], shifts: Sequence[Shift], failing: Sequence[Equation]
) -> Iterator[Fault]:
    """A fault for each column that slipped, of what fails by it and is not of one before it."""
    told: set[str] = set()
    for shift in sorted(shifts, key=lambda each: -len(each.mended)):
        own = [each for each in failing if each.key in shift.touching - told]
        if any(each.key in shift.mended for each in own):
            cause = Cause.SHIFTED_DOWN if shift.is_down else Cause.SHIFTED_UP
            culprits = tuple(
                _moved(printed[key], yuan, own) for key, yuan in shift.suggested.items()
            )
            told.update(each.key for each in own)
            explanation = Explanation(SHIFT_COST, culprits, cause)
            yield Fault(tuple(each.key for each in own), (explanation,))


def _moved(amount: PrintedAmount, yuan: Decimal | None, failing: Iterable[Equation]) -> Culprit:
    """A figure of a column that slipped."""
    repairs = tuple(equation.key for equation in failing if equation.signs.get(amount.key))
    suggested = None if yuan is None else yuan / amount.unit_yuan
    return Culprit(amount.key, suggested, Slip.SHIFTED_ROW, repairs)


def _explain(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    failing: Sequence[Equation],
) -> Fault:
    keys = tuple(equation.key for equation in failing)
    families: dict[str, list[str]] = defaultdict(list)
    for key in sorted(printed):
        families[printed[key].quantity].append(key)
    suspects = {printed[key].quantity for equation in failing for key in equation.signs}
    for _ in range(MOST_RINGS):
        released = [tuple(families[quantity]) for quantity in sorted(suspects)]
        touched = {key for family in released for key in family}
        involved = [equation for equation in equations if equation.signs.keys() & touched]
        if releases := list(cheapest_releases(printed, involved, released)):
            described = (
                _describe(printed, involved, evidence, keys, release) for release in releases
            )
            return Fault(keys, _ordered(described, printed))
        suspects = {printed[key].quantity for equation in involved for key in equation.signs}
    return Fault(keys, ())


def _describe(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    failing: Sequence[str],
    release: Release,
) -> Explanation:
    """Say what the released figures should read, and what may have happened to them."""
    cost = release.cost
    culprits: list[Culprit] = []
    for family in release.families:
        wrong = [key for key in family if key in release.keys]
        forms = {printed[key].form for key in family}
        others = release.keys.difference(wrong)
        first, suggested, slip = suggest(printed, equations, evidence, wrong, others, forms)
        cost -= evidence.credit(printed[first], suggested, slip, forms)
        repairs = tuple(
            equation.key
            for equation in equations
            if equation.key in failing and sign_of(equation, wrong)
        )
        yuan = None if suggested is None else suggested * printed[first].unit_yuan
        culprits.extend(
            Culprit(key, _as_printed(printed[key], yuan), slip, repairs, printed[key].family)
            for key in sorted(wrong, key=lambda key: (key != first, key))
        )
    return Explanation(cost, tuple(culprits))


def _as_printed(amount: PrintedAmount, yuan: Decimal | None) -> Decimal | None:
    """An amount as the place of a figure prints it."""
    return None if yuan is None else round_to(yuan, amount.step) / amount.unit_yuan


def _first_printings(culprits: Iterable[Culprit]) -> list[Culprit]:
    """One culprit for each quantity."""
    return list({each.family or each.key: each for each in reversed(list(culprits))}.values())


def _recognise_shifts(faults: Sequence[Fault], printed: Mapping[str, PrintedAmount]) -> list[Fault]:
    """Prefer culprits that should read what a neighbour, under suspicion too, prints.

    One value that moved leaves each of its rows or columns with a fault of its own, so this shows
    only when all of them are known.
    """
    suspects = {
        culprit.key: printed[culprit.key]
        for fault in faults
        for explanation in fault.explanations
        for culprit in explanation.culprits
    }
    values = {
        place: amount.value
        for amount in suspects.values()
        for place in ((amount.column, amount.row_index), (amount.row, amount.column_index))
    }

    def shift_of(culprit: Culprit) -> Slip:
        amount = printed[culprit.key]
        for slip, line, position in (
            (Slip.SHIFTED_ROW, amount.column, amount.row_index),
            (Slip.SHIFTED_COLUMN, amount.row, amount.column_index),
        ):
            beside = {values.get((line, position + by)) for by in (-1, 1)}
            if culprit.suggested is not None and culprit.suggested in beside:
                return slip
        return culprit.slip

    def recognise(explanation: Explanation) -> Explanation:
        if explanation.cause is not Cause.FIGURES:
            return explanation
        culprits = tuple(
            replace(culprit, slip=shift_of(culprit)) for culprit in explanation.culprits
        )
        gained = _credit(culprits) - _credit(explanation.culprits)
        return replace(explanation, cost=explanation.cost - gained, culprits=culprits)

    return [
        replace(fault, explanations=_ordered(map(recognise, fault.explanations), printed))
        for fault in faults
    ]


def _credit(culprits: Iterable[Culprit]) -> float:
    return sum(CREDIT[culprit.slip] for culprit in _first_printings(culprits))


def _ordered(
    explanations: Iterable[Explanation], printed: Mapping[str, PrintedAmount]
) -> tuple[Explanation, ...]:
    """The cheapest first; of those that cost the same, the one most typical of numbers.

    Numbers in accounts follow Benford's law: a first digit of 1 is more frequent than one of 9, so
    the print that is rarest beside what it should read is suspected first. That is an order among
    equals, no evidence: they share their rank.
    """

    def rarity(explanation: Explanation) -> float:
        return sum(
            math.log(abs(printed[each.key].value) / abs(each.suggested))
            for each in _first_printings(explanation.culprits)
            if each.suggested and printed[each.key].value
        )

    return tuple(
        sorted(
            explanations,
            key=lambda explanation: (round(explanation.cost, DECIMALS), -rarity(explanation)),
        )
    )
