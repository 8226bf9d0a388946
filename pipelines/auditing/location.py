"""Which figure is wrong: the smallest set of figures that must change for all identities to hold.

Knows Fellegi and Holt's principle, and ranks what explains a failure. Does not know where the
figures are printed or stored, nor how the smallest sets are found.

Every printed number stands for a true quantity within its rounding interval, unless it is released.
Released figures cost something, and the cheapest release under which every identity holds names
the culprits. Identities that share a figure of a failing one take part; where nothing among the
figures of failing identities can be released, their neighbours may be, and so on.

Source: Fellegi and Holt, A systematic approach to automatic edit and imputation, JASA 71 (1976).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.auditing.equations import Equation, PrintedAmount, connected
from pipelines.auditing.evidence import Evidence, Printing
from pipelines.auditing.releases import Release, cheapest_releases
from pipelines.auditing.slips import CREDIT, Slip
from pipelines.auditing.suggestions import suggest

# Explanations that differ by no more than this are equally likely.
UNIQUE_MARGIN = 0.05
# Costs are sums of weights with two decimals.
DECIMALS = 6
MOST_RINGS = 3


@dataclass(frozen=True, slots=True)
class Culprit:
    """One figure of an explanation.

    Attributes:
        key: The figure.
        suggested: What it should read in its printed unit, None where nothing pins it down.
        slip: What may have happened to it.
        repairs: The failing checks it takes part in.
    """

    key: str
    suggested: Decimal | None
    slip: Slip
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Figures that, changed together, make every identity hold.

    Attributes:
        cost: What releasing them costs, less what else speaks for correcting them.
        culprits: The figures.
    """

    cost: float
    culprits: tuple[Culprit, ...]


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
) -> list[Fault]:
    """Explain every hard equation that fails.

    Args:
        amounts: The printed amounts of one document that equations bind.
        equations: Its identities as evaluated.
        printings: All amounts that the document prints, to find what is repeated.

    Returns:
        One fault for each set of failing equations that share figures, in the equations' order.
    """
    printed = {amount.key: amount for amount in amounts}
    failing = connected(
        (each for each in equations if each.fails and each.is_hard), lambda each: each.signs
    )
    if not failing:
        return []
    evidence = Evidence(printed.values(), printings)
    faults = [_explain(printed, equations, evidence, each) for each in failing]
    return _recognise_shifts(faults, printed)


def _explain(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    failing: Sequence[Equation],
) -> Fault:
    keys = tuple(equation.key for equation in failing)
    suspects = {key for equation in failing for key in equation.signs}
    for _ in range(MOST_RINGS):
        involved = [equation for equation in equations if equation.signs.keys() & suspects]
        if releases := list(cheapest_releases(printed, involved, sorted(suspects))):
            described = (
                _describe(printed, involved, evidence, keys, release) for release in releases
            )
            return Fault(keys, _ordered(described, printed))
        suspects = {key for equation in involved for key in equation.signs}
    return Fault(keys, ())


def _describe(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    evidence: Evidence,
    failing: Sequence[str],
    release: Release,
) -> Explanation:
    """Say what the released figures should read, and what may have happened to them."""
    cost, culprits = release.cost, []
    for key in release.keys:
        suggested, slip = suggest(printed, equations, evidence, key, release.keys)
        cost -= evidence.credit(printed[key], suggested, slip)
        repairs = tuple(
            equation.key
            for equation in equations
            if equation.key in failing and equation.signs.get(key)
        )
        culprits.append(Culprit(key, suggested, slip, repairs))
    return Explanation(cost, tuple(culprits))


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
        culprits = tuple(
            replace(culprit, slip=shift_of(culprit)) for culprit in explanation.culprits
        )
        gained = _credit(culprits) - _credit(explanation.culprits)
        return Explanation(explanation.cost - gained, culprits)

    return [
        replace(fault, explanations=_ordered(map(recognise, fault.explanations), printed))
        for fault in faults
    ]


def _credit(culprits: Iterable[Culprit]) -> float:
    return sum(CREDIT[culprit.slip] for culprit in culprits)


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
            for each in explanation.culprits
            if each.suggested and printed[each.key].value
        )

    return tuple(
        sorted(
            explanations,
            key=lambda explanation: (round(explanation.cost, DECIMALS), -rarity(explanation)),
        )
    )
