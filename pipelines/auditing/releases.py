"""The cheapest sets of figures to release so that every equation can hold.

Knows the mixed-integer programme of Fellegi and Holt's principle, and its solver. Does not know
what released figures should read.

Every printed number stands for a true quantity within its interval, unless it is released. Released
figures cost something.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import highspy
import numpy as np

from pipelines.auditing.equations import Equation, PrintedAmount, gap_of, slack_of

# A soft identity may fail for a reason of its own: it breaks ties and no more.
SOFT_COST = 0.3
# Printings of one quantity that agree are as likely wrong together as one is alone: software
# repeats what is wrong. Where another printing of it differs, they are the majority. A sentence can
# be wrong alone: its author quotes the right number of something else.
REPRINT_COST = 0.01
MAJORITY_COST = 0.1
COPIES_COUNTED = 3
# A printed nil is rarely a slip of anything else.
NIL_COST = 0.25
# Releases that cost this much more than the best are no rivals of it.
RIVAL_MARGIN = 0.75
MOST_SOLUTIONS = 40
SOLVER_SECONDS = 5.0
FEASIBILITY = 1e-9


@dataclass(frozen=True, slots=True)
class Release:
    """Quantities that may be other than printed, and what that costs.

    Attributes:
        cost: What it costs.
        families: The figures that print each of the quantities.
        keys: Those of them that are released.
    """

    cost: float
    families: tuple[tuple[str, ...], ...]
    keys: frozenset[str]


def cheapest_releases(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    suspects: Sequence[tuple[str, ...]],
) -> Iterator[Release]:
    """The cheapest sets of suspects to release, the best first, each only once.

    Args:
        printed: All amounts by their keys.
        equations: Those to be met.
        suspects: Keys of the amounts that may be released, those together that print one quantity.

    Yields:
        Releases within a margin of the best; none where no release meets every equation.
    """
    return _Block(printed, equations, suspects).releases()


class _Cost(NamedTuple):
    """What releasing a quantity costs: without its printings, and each of these."""

    first: float
    further: float


class _Block:
    """The mixed-integer programme of one fault.

    Columns are the deviation of each true quantity from its print, one switch for each quantity
    under suspicion, one for each of its printings that can be wrong alone and one for the others
    together, and one for each soft equation. Amounts are counted in the finest step printed,
    so that a rounding interval is about 1 and the solver's tolerances far below it.
    """

    def __init__(
        self,
        printed: Mapping[str, PrintedAmount],
        equations: Sequence[Equation],
        suspects: Sequence[tuple[str, ...]],
    ) -> None:
        released = {key for family in suspects for key in family}
        involved = sorted(released.union(*(equation.signs for equation in equations)))
        amounts = [printed[key] for key in involved]
        self._suspects = suspects
        step = min(amount.step for amount in amounts)
        gaps = [float(gap_of(printed, equation) / step) for equation in equations]
        failing_gaps = (gap for gap, each in zip(gaps, equations, strict=True) if each.fails)
        # Farther than this no amount has to move.
        reach = 2 * sum(map(abs, failing_gaps)) + sum(float(each.step / step) for each in amounts)
        reaches = {each.key: [float(end / step) for end in each.reach] for each in amounts}
        self._model = Programme()
        deviation = {}
        for amount in amounts:
            below, above = reaches[amount.key]
            low, high = (below - reach, above + reach) if amount.key in released else (below, above)
            # What is printed without a sign does not become a debt by being corrected.
            low = max(low, -float(amount.yuan / step) + below) if amount.value >= 0 else low
            deviation[amount.key] = self._model.column(low, high)
        denied = _denied(printed, equations)
        self._switches: list[int] = []
        self._parts: dict[tuple[str, ...], int] = {}
        for family in suspects:
            members = [printed[key] for key in family]
            cost = _cost(members, is_denied=members[0].quantity in denied)
            for part, switch in self._switched(list(_parts(members)), cost):
                self._parts[part] = switch
                for key in part:
                    below, above = reaches[key]
                    moved = deviation[key]
                    self._model.row(-np.inf, above, {moved: 1.0, switch: -reach})
                    self._model.row(below, np.inf, {moved: 1.0, switch: reach})
        for equation, gap in zip(equations, gaps, strict=True):
            terms = {deviation[key]: float(sign) for key, sign in equation.signs.items() if sign}
            slack = float(slack_of(printed, equation) / step)
            low = -np.inf if equation.relation == "<=" else -gap - slack
            high = np.inf if equation.relation == ">=" else -gap + slack
            if equation.is_hard:
                self._model.row(low, high, terms)
            else:
                excuse = self._model.switch(SOFT_COST)
                self._model.row(-np.inf, high, terms | {excuse: -2 * reach})
                self._model.row(low, np.inf, terms | {excuse: 2 * reach})

    def _switched(
        self, parts: Sequence[tuple[str, ...]], cost: _Cost
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        """Each part of a quantity with its switch. One that has no other is the quantity's own."""
        if len(parts) == 1:
            self._switches.append(self._model.switch(cost.first + cost.further * len(parts[0])))
            yield parts[0], self._switches[-1]
            return
        quantity = self._model.switch(cost.first)
        self._switches.append(quantity)
        for part in parts:
            switch = self._model.switch(cost.further * len(part))
            self._model.row(-np.inf, 0.0, {switch: 1.0, quantity: -1.0})
            yield part, switch

    def releases(self) -> Iterator[Release]:
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
            columns = [switch for switch in self._switches if values[switch] > 0.5]
            switched = zip(self._suspects, self._switches, strict=True)
            families = tuple(family for family, switch in switched if switch in columns)
            parts = (part for part, switch in self._parts.items() if values[switch] > 0.5)
            yield Release(cost, families, frozenset(key for part in parts for key in part))
            # Never again this set or one that contains it.
            solver.addRow(
                -np.inf, len(columns) - 1.0, len(columns), np.array(columns), np.ones(len(columns))
            )


class Programme:
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


def _cost(members: Sequence[PrintedAmount], *, is_denied: bool) -> _Cost:
    """What releasing a quantity costs.

    Args:
        members: Its printings.
        is_denied: Whether another printing of it differs from these.
    """
    nil = 0.0 if members[0].value else NIL_COST
    copies = len(members) - 1
    reprinted = min(copies, COPIES_COUNTED) * (MAJORITY_COST if is_denied else REPRINT_COST)
    share = reprinted / copies if copies else 0.0
    doubt = max(each.doubt for each in members)
    return _Cost(doubt * (1 + nil - share), doubt * share)


def _parts(members: Iterable[PrintedAmount]) -> Iterator[tuple[str, ...]]:
    """The printings of a quantity, those together that are wrong together: the forms' as one."""
    printed = tuple(each.key for each in members if not each.is_statement)
    if printed:
        yield printed
    yield from ((each.key,) for each in members if each.is_statement)


def _denied(printed: Mapping[str, PrintedAmount], equations: Iterable[Equation]) -> frozenset[str]:
    """Quantities of which one printing differs from others."""
    return frozenset(
        printed[key].quantity
        for equation in equations
        if equation.is_hard and equation.fails and equation.is_copy
        for key in equation.signs
    )
