"""Which figure is wrong: the smallest set of figures that must change for all identities to hold.

Knows Fellegi and Holt's principle and the solver that applies it. Does not know where the figures
are printed or stored.

Every printed number stands for a true quantity within its rounding interval, unless it is released.
Released figures cost something, and the cheapest release under which every identity holds names
the culprits. Identities that share a figure of a failing one take part; where nothing among the
figures of failing identities can be released, their neighbours may be, and so on.

Source: Fellegi and Holt, A systematic approach to automatic edit and imputation, JASA 71 (1976).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import highspy
import numpy as np

from pipelines.auditing.slips import CREDIT, Slip, recognise_slip

# A soft identity may fail for a reason of its own: it breaks ties and no more.
SOFT_COST = 0.3
# A figure that copies of it confirm is less likely to be the wrong one.
COPY_COST = 0.1
COPIES_COUNTED = 3
# A printed nil is rarely a slip of anything else.
NIL_COST = 0.25
# Explanations that cost this much more than the best are no rivals of it.
RIVAL_MARGIN = 0.75
UNIQUE_MARGIN = 0.05
MOST_SOLUTIONS = 40
MOST_RINGS = 3
SOLVER_SECONDS = 5.0
FEASIBILITY = 1e-9
# What a value says for itself by making an identity hold to the last digit.
EXACT_CREDIT = 0.25
# Values tried for one figure: more means that the identities hardly bind it.
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """One printed number.

    Attributes:
        key: What it is called.
        value: The number in its printed unit.
        scale: Decimals that its form prints.
        unit_yuan: How many yuan a printed unit is.
        column: Its form, section and measure, shared with the numbers above and below it.
        row_index: Its position among them.
        row: Its form, section and row, shared with the numbers beside it.
        column_index: Its position among them.
        doubt: What releasing it costs; less than 1 where the reading is in doubt.
    """

    key: str
    value: Decimal
    scale: int
    unit_yuan: Decimal
    column: tuple[str, ...]
    row_index: int
    row: tuple[str, ...]
    column_index: int
    doubt: float = 1.0

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan."""
        return self.value * self.unit_yuan

    @property
    def step(self) -> Decimal:
        """The finest difference that its form prints, in yuan."""
        return self.unit_yuan * Decimal(1).scaleb(-self.scale)

    @property
    def half_step(self) -> Decimal:
        """How far rounding may have moved it, in yuan; a printed nil is taken for nil."""
        return self.step / 2 if self.value else Decimal(0)


@dataclass(frozen=True, slots=True)
class Equation:
    """One evaluation of an identity: a signed sum of printed amounts and what it should be.

    Attributes:
        key: The check it is.
        relation: ``=``, ``<=`` or ``>=`` between the sum and nil.
        is_hard: Whether it may not fail.
        fails: Whether no rounding can explain the sum.
        signs: The amounts by their keys, each with its sign.
    """

    key: str
    relation: str
    is_hard: bool
    fails: bool
    signs: Mapping[str, int]


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
        cost: What releasing them costs, less what their slips explain.
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
        best, *others = self.explanations or (None,)
        return best is not None and (not others or others[0].cost - best.cost > UNIQUE_MARGIN)

    def ranked(self) -> Iterator[tuple[int, int, Explanation]]:
        """Each explanation with its rank and its number; those that cost the same share a rank."""
        rank, cost = 0, -np.inf
        for number, explanation in enumerate(self.explanations, start=1):
            if explanation.cost - cost > UNIQUE_MARGIN:
                rank, cost = number, explanation.cost
            yield rank, number, explanation


def locate_faults(amounts: Iterable[PrintedAmount], equations: Sequence[Equation]) -> list[Fault]:
    """Explain every hard equation that fails.

    Args:
        amounts: The printed amounts of one document.
        equations: Its identities as evaluated.

    Returns:
        One fault for each set of failing equations that share figures, in the equations' order.
    """
    printed = {amount.key: amount for amount in amounts}
    faults = [_explain(printed, equations, failing) for failing in _connected(equations)]
    return _recognise_shifts(faults, printed)


def _connected(equations: Iterable[Equation]) -> list[list[Equation]]:
    """The failing hard equations, those together that share figures."""
    groups: list[list[Equation]] = []
    for equation in equations:
        if equation.fails and equation.is_hard:
            touched = [
                group
                for group in groups
                if any(equation.signs.keys() & other.signs.keys() for other in group)
            ]
            groups = [group for group in groups if group not in touched]
            groups.append([each for group in touched for each in group] + [equation])
    return groups


def _explain(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    failing: Sequence[Equation],
) -> Fault:
    keys = tuple(equation.key for equation in failing)
    suspects = {key for equation in failing for key in equation.signs}
    for _ in range(MOST_RINGS):
        involved = [equation for equation in equations if equation.signs.keys() & suspects]
        block = _Block(printed, involved, sorted(suspects))
        if releases := list(block.releases()):
            described = (_describe(printed, involved, keys, release) for release in releases)
            return Fault(keys, _ordered(described))
        suspects = {key for equation in involved for key in equation.signs}
    return Fault(keys, ())


@dataclass(frozen=True, slots=True)
class _Release:
    cost: float
    keys: tuple[str, ...]


class _Block:
    """The mixed-integer programme of one fault.

    Columns are the deviation of each true quantity from its print, one switch for each suspect
    and one for each soft equation. Amounts are counted in the finest step printed, so that a
    rounding interval is about 1 and the solver's tolerances far below it.
    """

    def __init__(
        self,
        printed: Mapping[str, PrintedAmount],
        equations: Sequence[Equation],
        suspects: Sequence[str],
    ) -> None:
        involved = sorted({key for equation in equations for key in equation.signs})
        amounts = [printed[key] for key in involved]
        self._suspects = suspects
        step = min(amount.step for amount in amounts)
        gaps = [float(_gap(printed, equation) / step) for equation in equations]
        failing_gaps = (gap for gap, each in zip(gaps, equations, strict=True) if each.fails)
        reach = 2 * sum(map(abs, failing_gaps)) + sum(
            float(each.half_step / step) for each in amounts
        )
        self._model = _Programme()
        deviation = {}
        for amount in amounts:
            half = float(amount.half_step / step)
            is_suspect = amount.key in suspects
            free = reach + half if is_suspect else half
            # What is printed without a sign does not become a debt by being corrected.
            low = max(-free, -float(amount.yuan / step) - half) if amount.value >= 0 else -free
            deviation[amount.key] = self._model.column(low, free)
        copies = _copies(equations)
        self._switch = {}
        for key in suspects:
            half = float(printed[key].half_step / step)
            switch = self._model.switch(_cost(printed[key], copies.get(key, 0)))
            self._switch[key] = switch
            self._model.row(-np.inf, half, {deviation[key]: 1.0, switch: -reach})
            self._model.row(-half, np.inf, {deviation[key]: 1.0, switch: reach})
        for equation, gap in zip(equations, gaps, strict=True):
            terms = {deviation[key]: float(sign) for key, sign in equation.signs.items() if sign}
            # What holds otherwise than by these intervals, such as by a hidden nil, still may.
            slack = 0.0 if equation.fails else float(_tolerated(printed, equation) / step)
            low = -np.inf if equation.relation == "<=" else -gap - slack
            high = np.inf if equation.relation == ">=" else -gap + slack
            if equation.is_hard:
                self._model.row(low, high, terms)
            else:
                excuse = self._model.switch(SOFT_COST)
                self._model.row(-np.inf, high, terms | {excuse: -2 * reach})
                self._model.row(low, np.inf, terms | {excuse: 2 * reach})

    def releases(self) -> Iterator[_Release]:
        """The cheapest sets of suspects to release, the best first, each only once."""
        solver = self._model.solver()
        best: float | None = None
        for _ in range(MOST_SOLUTIONS):
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return
            cost = solver.getInfo().objective_function_value
            best = cost if best is None else best
            if cost > best + RIVAL_MARGIN:
                return
            values = solver.getSolution().col_value
            released = [key for key in self._suspects if values[self._switch[key]] > 0.5]
            yield _Release(cost, tuple(released))
            columns = [self._switch[key] for key in released]
            # Never again this set or one that contains it.
            solver.addRow(
                -np.inf, len(columns) - 1.0, len(columns), np.array(columns), np.ones(len(columns))
            )


class _Programme:
    """Columns and rows as they are added, handed to the solver at once."""

    def __init__(self) -> None:
        self._columns: list[tuple[float, float, float, bool]] = []
        self._rows: list[tuple[float, float, Mapping[int, float]]] = []

    def column(self, low: float, high: float) -> int:
        """Add a quantity."""
        self._columns.append((0.0, low, high, False))
        return len(self._columns) - 1

    def switch(self, cost: float) -> int:
        """Add something that is either so or not, and costs something if so."""
        self._columns.append((cost, 0.0, 1.0, True))
        return len(self._columns) - 1

    def row(self, low: float, high: float, terms: Mapping[int, float]) -> None:
        """Keep a sum within bounds."""
        self._rows.append((low, high, terms))

    def solver(self) -> highspy.Highs:
        """The solver, ready to run."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._columns), len(self._rows)
        costs, lows, highs, kinds = zip(*self._columns, strict=True)
        model.col_cost_, model.col_lower_, model.col_upper_ = map(np.array, (costs, lows, highs))
        integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [integer if is_switch else continuous for is_switch in kinds]
        model.row_lower_ = np.array([low for low, _, _ in self._rows])
        model.row_upper_ = np.array([high for _, high, _ in self._rows])
        sizes = [len(terms) for _, _, terms in self._rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *sizes])
        model.a_matrix_.index_ = np.array([at for _, _, terms in self._rows for at in terms])
        model.a_matrix_.value_ = np.array(
            [value for _, _, terms in self._rows for value in terms.values()]
        )
        solver = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("time_limit", SOLVER_SECONDS),
            ("mip_rel_gap", 0.0),
            ("mip_feasibility_tolerance", FEASIBILITY),
            ("primal_feasibility_tolerance", FEASIBILITY),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(model)
        return solver


def _cost(amount: PrintedAmount, copy_count: int) -> float:
    """What releasing a figure costs."""
    nil = 0.0 if amount.value else NIL_COST
    return amount.doubt * (1 + COPY_COST * min(copy_count, COPIES_COUNTED) + nil)


def _gap(printed: Mapping[str, PrintedAmount], equation: Equation) -> Decimal:
    """What the signed sum is as printed."""
    return sum((sign * printed[key].yuan for key, sign in equation.signs.items()), Decimal(0))


def _tolerated(printed: Mapping[str, PrintedAmount], equation: Equation) -> Decimal:
    """The gap of an equation that holds although rounding of these amounts does not explain it."""
    gap = _gap(printed, equation)
    if (equation.relation == "<=" and gap < 0) or (equation.relation == ">=" and gap > 0):
        return Decimal(0)
    reach = sum(abs(sign) * printed[key].half_step for key, sign in equation.signs.items())
    return abs(gap) if abs(gap) > reach else Decimal(0)


def _copies(equations: Iterable[Equation]) -> dict[str, int]:
    """How many other printings of the same quantity agree with each figure."""
    copies: dict[str, int] = {}
    for equation in equations:
        signs = [sign for sign in equation.signs.values() if sign]
        is_copy = equation.relation == "=" and sorted(signs) == [-1, 1]
        if is_copy and equation.is_hard and not equation.fails:
            for key in equation.signs:
                copies[key] = copies.get(key, 0) + 1
    return copies


def _describe(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    failing: Sequence[str],
    release: _Release,
) -> Explanation:
    """Say what the released figures should read, and what may have happened to them."""
    suggested = {key: _suggest(printed, equations, key, release.keys) for key in release.keys}
    culprits = tuple(
        Culprit(
            key=key,
            suggested=suggested[key][0],
            slip=suggested[key][1],
            repairs=tuple(
                equation.key
                for equation in equations
                if equation.key in failing and equation.signs.get(key)
            ),
        )
        for key in release.keys
    )
    return Explanation(release.cost - _credit(culprits), culprits)


def _suggest(
    printed: Mapping[str, PrintedAmount],
    equations: Iterable[Equation],
    key: str,
    released: Sequence[str],
) -> tuple[Decimal | None, Slip]:
    """The value that the other figures leave a figure.

    Within rounding several may do: what makes identities exact and what a slip would explain is
    preferred.
    """
    amount = printed[key]
    binding = [
        equation
        for equation in equations
        if equation.is_hard
        and equation.signs.get(key)
        and not any(equation.signs.get(other) for other in released if other != key)
    ]
    low, high = _bounds(printed, binding, key)
    if low is None or high is None:
        return None, Slip.NONE
    step = Decimal(1).scaleb(-amount.scale)
    first = (low / amount.unit_yuan / step).to_integral_value(ROUND_CEILING) * step
    last = (high / amount.unit_yuan / step).to_integral_value(ROUND_FLOOR) * step
    count = int((last - first) / step) + 1
    if count > MOST_VALUES:
        return None, Slip.NONE
    values = [first + step * number for number in range(count)]
    judged = [
        (value, recognise_slip(amount.value, value, amount.scale))
        for value in values
        if value >= 0 or amount.value < 0
    ]
    exact = Counter(_exact_value(printed, equation, key) for equation in binding)
    middle = (low + high) / 2 / amount.unit_yuan

    def merit(each: tuple[Decimal, Slip]) -> tuple[float, Decimal]:
        value, slip = each
        return EXACT_CREDIT * exact[value] + CREDIT[slip], -abs(value - middle)

    return max(judged, key=merit, default=(None, Slip.NONE))


def _exact_value(
    printed: Mapping[str, PrintedAmount], equation: Equation, key: str
) -> Decimal | None:
    """The printed value that would make an equation hold to the last digit."""
    if equation.relation != "=":
        return None
    amount, sign = printed[key], equation.signs[key]
    return amount.value - _gap(printed, equation) / sign / amount.unit_yuan


def _bounds(
    printed: Mapping[str, PrintedAmount], equations: Iterable[Equation], key: str
) -> tuple[Decimal | None, Decimal | None]:
    """Between which printed values every equation can hold, in yuan; None where unbounded."""
    lows, highs = [], []
    half = printed[key].step / 2
    for equation in equations:
        sign = equation.signs[key]
        rest = _gap(printed, equation) - sign * printed[key].yuan
        slack = half + sum(
            abs(other_sign) * printed[other].half_step
            for other, other_sign in equation.signs.items()
            if other != key
        )
        if not equation.fails:
            slack += _tolerated(printed, equation)
        centre = -rest / sign
        if equation.relation == "=" or (equation.relation == "<=") == (sign < 0):
            lows.append(centre - slack)
        if equation.relation == "=" or (equation.relation == "<=") == (sign > 0):
            highs.append(centre + slack)
    return max(lows, default=None), min(highs, default=None)


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
        replace(fault, explanations=_ordered(map(recognise, fault.explanations)))
        for fault in faults
    ]


def _credit(culprits: Iterable[Culprit]) -> float:
    return sum(CREDIT[culprit.slip] for culprit in culprits)


def _ordered(explanations: Iterable[Explanation]) -> tuple[Explanation, ...]:
    return tuple(sorted(explanations, key=lambda explanation: explanation.cost))
