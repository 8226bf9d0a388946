"""Which of its candidates a number that was not read for certain is, where only one can be.

Knows candidates and equations. Does not know what was read where, nor how anything is stored.

Each number in doubt is one of its candidates, or none of them, which costs as much as an equation
that does not hold. A candidate is taken only where every way to do without it costs more, and where
equations of numbers that are believed speak for it: those that are not in doubt, and those decided
before. What nothing determines stays in doubt, and so does what a printed error alone denies.

The programme counts ways in which single equations hold, so that its coefficients are all 1 and
nothing is left to the solver's tolerances.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod
from time import monotonic
from typing import TypeAlias

import highspy
import numpy as np
import numpy.typing as npt

from pipelines.auditing.candidates import MOST_IMPROBABLE, Candidate, last_digits
from pipelines.auditing.equations import Equation, PrintedAmount, connected, gap_of
from pipelines.auditing.releases import Programme

# Of rounded amounts three in four sums of two add up to the last digit: all of so many do once in a
# hundred documents.
LEAST_EXACT_SUMS = 16
# A sum of two parts at least: fewer numbers are copies, and those are alike however they are cut.
TERMS_OF_A_SUM = 3
# Of equations that bear out what nobody read.
LEAST_FOR_A_SLIP = 2
MOST_IN_A_COMPONENT = 30
# An equation that more candidates can meet, or that takes more to try, says nothing.
MOST_WAYS = 500
MOST_TRIED = 2_000_000
COMPONENT_SECONDS = 6.0
MOST_ROUNDS = 6
# Amounts are counted in thousandths of a yuan, finer than any form prints them; sums beyond this do
# not fit into a machine's number.
_FINEST = 3
_MOST = 2**61
_NONE = -1
_OTHER = -2

Integers: TypeAlias = npt.NDArray[np.int64]
Way: TypeAlias = tuple[int, ...]
Choice: TypeAlias = dict[str, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """A number that is in doubt no longer.

    Attributes:
        key: Which.
        candidate: What it is.
        check_ids: The equations that hold with it and that it was decided by.
    """

    key: str
    candidate: Candidate
    check_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What became of the numbers in doubt of one document.

    Attributes:
        decided: Those that are determined.
        too_many: How many are left in doubt because too many of them hang together.
    """

    decided: tuple[Decision, ...]
    too_many: int


def choose(
    amounts: Mapping[str, PrintedAmount],
    equations: Iterable[Equation],
    doubtful: Mapping[str, Sequence[Candidate]],
) -> Choices:
    """Decide what can be decided.

    Args:
        amounts: The amounts that equations bind; those in doubt with any value, which is not used.
        equations: Those that were evaluated.
        doubtful: The candidates of each number in doubt.
    """
    known = dict(amounts)
    open_ = {key: tuple(found) for key, found in doubtful.items() if found and key in known}
    binding = _distinct(
        each
        for each in equations
        if each.relation == "="
        and each.is_hard
        and _is_bound_by_known(each, known, doubtful, open_)
    )
    is_exact = _adds_up_exactly(known, [each for each in binding if not each.signs.keys() & open_])
    open_ = {
        key: _printable(found, known[key].scale, is_exact=is_exact) for key, found in open_.items()
    }
    decided: dict[str, Decision] = {}
    too_many = 0
    for _ in range(MOST_ROUNDS):
        found, too_many = _one_round(known, binding, open_, is_exact=is_exact)
        if not found:
            break
        for decision in found:
            known[decision.key] = replace(known[decision.key], value=decision.candidate.value)
            del open_[decision.key]
            decided[decision.key] = decision
    return Choices(tuple(decided[key] for key in sorted(decided)), too_many)


def _printable(found: Sequence[Candidate], scale: int, *, is_exact: bool) -> tuple[Candidate, ...]:
    """What may be printed where numbers have so many decimals.

    Where sums leave the last digit open, so does what was read: any digit may stand there.
    """
    printed = [each for each in found if each.is_read or each.scale <= scale]
    if is_exact:
        return tuple(printed)
    near = [each for one in found if one.is_read for each in last_digits(one)]
    by_value = {each.value: each for each in (*reversed(near), *reversed(printed))}
    return tuple(reversed(by_value.values()))


def _is_bound_by_known(
    equation: Equation,
    known: Mapping[str, PrintedAmount],
    doubtful: Mapping[str, object],
    open_: Mapping[str, object],
) -> bool:
    """Whether every number of it is believed or has candidates."""
    return all(key in known and (key not in doubtful or key in open_) for key in equation.signs)


def _distinct(equations: Iterable[Equation]) -> list[Equation]:
    """The equations without those that bind the same numbers in the same way."""
    found: dict[frozenset[tuple[str, int]], Equation] = {}
    for equation in equations:
        signs = {key: sign for key, sign in equation.signs.items() if sign}
        turned = frozenset((key, -sign) for key, sign in signs.items())
        if signs and turned not in found:
            found.setdefault(frozenset(signs.items()), replace(equation, signs=signs))
    return list(found.values())


def _adds_up_exactly(known: Mapping[str, PrintedAmount], equations: Iterable[Equation]) -> bool:
    """Whether all sums of a document hold to the last digit, and enough for it to be no luck."""
    sums = [
        each
        for each in equations
        # What fails says nothing of how amounts were rounded.
        if not each.fails and sum(known[key].value != 0 for key in each.signs) >= TERMS_OF_A_SUM
    ]
    return len(sums) >= LEAST_EXACT_SUMS and all(gap_of(known, each) == 0 for each in sums)


def _one_round(
    known: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    open_: Mapping[str, Sequence[Candidate]],
    *,
    is_exact: bool,
) -> tuple[list[Decision], int]:
    """What is determined as things stand, and how many numbers hang together with too many."""
    bound = [
        _Bound(each, known, open_, is_exact=is_exact)
        for each in equations
        if each.signs.keys() & open_
    ]
    speaking = [each for each in bound if each.ways is not None]
    decided: list[Decision] = []
    too_many = 0
    for component in connected(speaking, lambda each: each.keys):
        if all(each.is_trivial for each in component):
            continue
        keys = sorted({key for each in component for key in each.keys})
        if len(keys) > MOST_IN_A_COMPONENT:
            too_many += len(keys)
        else:
            decided.extend(_Component(component, {key: open_[key] for key in keys}).decided())
    return decided, too_many


class _Bound:
    """An equation over numbers in doubt, and all ways in which their candidates meet it.

    Attributes:
        keys: The numbers in doubt.
        ways: Positions of candidates, one for each of them; None where it says nothing.
        is_trivial: Whether all that it adds up beside them is nil.
    """

    def __init__(
        self,
        equation: Equation,
        known: Mapping[str, PrintedAmount],
        open_: Mapping[str, Sequence[Candidate]],
        *,
        is_exact: bool,
    ) -> None:
        self.check_id = equation.key
        self.keys = tuple(sorted(equation.signs.keys() & open_))
        believed = {key: sign for key, sign in equation.signs.items() if key not in open_}
        self.is_trivial = not any(known[key].value for key in believed)
        rest = sum((sign * known[key].yuan for key, sign in believed.items()), Decimal(0))
        low, high = _play(equation, known, open_, is_exact=is_exact)
        values = [
            [equation.signs[key] * each.value * known[key].unit_yuan for each in open_[key]]
            for key in self.keys
        ]
        self.ways = _ways(values, low - rest, high - rest)


def _play(
    equation: Equation,
    known: Mapping[str, PrintedAmount],
    open_: Mapping[str, object],
    *,
    is_exact: bool,
) -> tuple[Decimal, Decimal]:
    """How far a sum may lie below and above nil."""
    printed = {
        key: sign for key, sign in equation.signs.items() if key in open_ or known[key].value
    }
    steps = {known[key].step for key in printed}
    is_copy = len(printed) < TERMS_OF_A_SUM and len(steps) == 1
    if is_exact or is_copy:
        return Decimal(0), Decimal(0)
    low = high = Decimal(0)
    for key, sign in printed.items():
        ends = sorted(sign * end for end in known[key].interval)
        low, high = low + ends[0], high + ends[1]
    return low, high


def _ways(
    values: Sequence[Sequence[Decimal]], low: Decimal, high: Decimal
) -> tuple[Way, ...] | None:
    """Every choice of one value of each list whose sum lies between two bounds.

    None where there are too many of them, or it takes too long to tell.
    """
    middle = (len(values) + 1) // 2
    halves = [values[:middle], values[middle:]]
    sizes = [prod(map(len, half)) for half in halves]
    if max(sizes) > MOST_TRIED or _reach(values, low, high) > _MOST:
        return None
    left, right = (_sums(half) for half in halves)
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    begins = np.searchsorted(ordered, _counted(low) - left, side="left")
    ends = np.searchsorted(ordered, _counted(high) - left, side="right")
    if int((ends - begins).sum()) > MOST_WAYS:
        return None
    return tuple(
        (*_positions(int(one), halves[0]), *_positions(int(order[at]), halves[1]))
        for one in np.flatnonzero(ends > begins)
        for at in range(int(begins[one]), int(ends[one]))
    )


def _reach(values: Iterable[Iterable[Decimal]], low: Decimal, high: Decimal) -> int:
    farthest = [max(map(abs, each)) for each in values]
    return sum(map(_counted, farthest)) + abs(_counted(low)) + abs(_counted(high))


def _counted(yuan: Decimal) -> int:
    return int(yuan.scaleb(_FINEST))


def _sums(values: Sequence[Sequence[Decimal]]) -> Integers:
    """The sums of all choices, the last list turning fastest."""
    total = np.zeros(1, dtype=np.int64)
    for each in values:
        total = (total[:, None] + np.array(list(map(_counted, each)), dtype=np.int64)).ravel()
    return total


def _positions(index: int, values: Sequence[Sequence[Decimal]]) -> Way:
    positions: list[int] = []
    for each in reversed(values):
        index, at = divmod(index, len(each))
        positions.append(at)
    return tuple(reversed(positions))


class _Component:
    """The mixed-integer programme of numbers in doubt that hang together.

    Switches are the candidates of each number that meet any of its equations, one for all others,
    and one for none of them. Columns between are the ways in which each equation holds.
    """

    def __init__(
        self, equations: Sequence[_Bound], open_: Mapping[str, Sequence[Candidate]]
    ) -> None:
        self._equations = equations
        self._open = open_
        self._until = monotonic() + COMPONENT_SECONDS
        programme = Programme()
        self._switch: dict[tuple[str, int], int] = {}
        # Together less than anything that counts.
        tie = 0.5 / ((MOST_IMPROBABLE + 2) * (len(open_) + 1))
        for key, found in open_.items():
            met = {
                way[each.keys.index(key)]
                for each in equations
                if key in each.keys
                for way in each.ways or ()
            }
            for at in sorted(met):
                self._switch[key, at] = programme.switch(tie * found[at].improbability)
            others = [each.improbability for at, each in enumerate(found) if at not in met]
            if others:
                self._switch[key, _OTHER] = programme.switch(tie * min(others))
            self._switch[key, _NONE] = programme.switch(1.0)
            columns = [column for (of, _), column in self._switch.items() if of == key]
            programme.row(1.0, 1.0, dict.fromkeys(columns, 1.0))
        for equation in equations:
            self._bind(programme, equation)
        self._solver = programme.solver()

    def _bind(self, programme: Programme, equation: _Bound) -> None:
        ways = [(way, programme.column(0.0, 1.0)) for way in equation.ways or ()]
        using: dict[int, list[int]] = {}
        for way, column in ways:
            for key, at in zip(equation.keys, way, strict=True):
                using.setdefault(self._switch[key, at], []).append(column)
        for switch, columns in using.items():
            programme.row(-np.inf, 0.0, {**dict.fromkeys(columns, 1.0), switch: -1.0})
        excuses = [self._switch[key, _NONE] for key in equation.keys]
        violation = programme.switch(1.0)
        held = [column for _, column in ways]
        programme.row(1.0, np.inf, dict.fromkeys((*held, *excuses, violation), 1.0))

    def decided(self) -> Iterator[Decision]:
        """The numbers that every solution agrees upon but those that cost more."""
        best = self._solved()
        if best is None:
            return
        cost = self._cost(best)
        undecided: set[str] = set()
        for key, at in best.items():
            if key in undecided or at < 0:
                continue
            deciding = self._deciding(key, best)
            if not deciding:
                continue
            rival = self._solved(without=self._switch[key, at])
            if rival is not None and self._cost(rival) > cost:
                yield Decision(key, self._open[key][at], deciding)
            elif rival is not None:
                # It is as good an answer to all the others.
                undecided |= {each for each in best if best[each] != rival[each]}

    def _solved(self, without: int | None = None) -> Choice | None:
        """The cheapest choice that does without a switch, None where it is not found in time."""
        left = self._until - monotonic()
        if left <= 0:
            return None
        if without is not None:
            self._solver.changeColBounds(without, 0.0, 0.0)
        self._solver.setOptionValue("time_limit", left)
        self._solver.run()
        is_solved = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = self._solver.getSolution().col_value
        if without is not None:
            self._solver.changeColBounds(without, 0.0, 1.0)
        if not is_solved:
            return None
        return {key: at for (key, at), column in self._switch.items() if values[column] > 0.5}

    def _cost(self, choice: Choice) -> int:
        """How many numbers are none of their candidates, and how many equations do not hold."""
        nones = sum(at == _NONE for at in choice.values())
        return nones + sum(
            not _holds(each, choice) and all(choice[key] != _NONE for key in each.keys)
            for each in self._equations
        )

    def _deciding(self, key: str, choice: Choice) -> tuple[str, ...]:
        """The equations that speak for what a number is chosen to be; none where they are too few.

        They hold, and something that is believed and no nil stands in them: numbers in doubt are
        often misread alike, and agree about nothing. Where several numbers in doubt stand in one,
        somebody read each of them so: two slips that make up for each other are no evidence.
        What nobody read takes two equations, of which no single printed error is both.
        """
        is_read = self._open[key][choice[key]].is_read
        speaking = tuple(
            each.check_id
            for each in self._equations
            if key in each.keys
            and not each.is_trivial
            and _holds(each, choice)
            and (len(each.keys) == 1 or self._are_read(each, choice))
        )
        return speaking if len(speaking) >= (1 if is_read else LEAST_FOR_A_SLIP) else ()

    def _are_read(self, equation: _Bound, choice: Choice) -> bool:
        return all(self._open[key][choice[key]].is_read for key in equation.keys)


def _holds(equation: _Bound, choice: Choice) -> bool:
    return tuple(choice[key] for key in equation.keys) in (equation.ways or ())
