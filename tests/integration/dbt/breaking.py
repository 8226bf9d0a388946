"""Breaks sound documents on purpose: the smallest change of figures that breaks one identity.

Knows the equations that hold in a document, as amounts with signs, and which of them a change of
figures breaks. Does not know how they were found nor how they will be judged.

A figure takes part in many identities. Which figures must change together, so that one identity
breaks and as few others as possible, is an integer programme: a whole number of 万元 for each
figure, and a price on every other identity that no longer holds. What breaks is then worked out
from the equations themselves, without the solver.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import highspy

STEP = Decimal(10_000)
"""Amounts change by whole multiples of this, in yuan: far more than any rounding."""
LARGEST_CHANGE = 60
GAP = 3
PRICE_OF_AN_IDENTITY = 100
INSTANCES_TRIED = 3
FEW = 2
"""So few identities break together that no other place is tried."""
MOST_NODES = 100
"""What the solver may look at before it takes the best; a count of nodes never depends on haste."""
FEASIBLE = 2

Changes = Mapping[str, Decimal]
"""What is added to figures, in yuan, by their ids."""


@dataclass(frozen=True, slots=True)
class Equation:
    """One identity at one place of a document: the sum of its signed amounts, = <= or >= 0.

    Attributes:
        document_id: The document it holds in.
        identity_id: The identity.
        relation: =, <= or >= between the sides.
        signs: What each figure counts for: 1 or -1, minus that on the right side.
        gap: Left minus right as printed, in yuan.
    """

    document_id: str
    identity_id: str
    relation: str
    signs: Mapping[str, int]
    gap: Decimal

    def breaks_with(self, changes: Changes) -> bool:
        """Whether it no longer holds once figures are changed."""
        moved = sum((sign * changes.get(key, 0) for key, sign in self.signs.items()), Decimal(0))
        gap = self.gap + moved
        if abs(gap) < STEP:
            return False
        return self.relation == "=" or (gap > 0 if self.relation == "<=" else gap < 0)


@dataclass(frozen=True, slots=True)
class Breakage:
    """Changed figures of one document, and what they break."""

    document_id: str
    identity_id: str
    changes: Changes
    broken: frozenset[str]


def broken_by(
    changes: Changes, equations: Iterable[Equation], grounds: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The identities that a change of figures breaks.

    Args:
        changes: What is added to figures.
        equations: What holds in the document.
        grounds: Identities that are only asked where others hold, with those others.
    """
    broken = {each.identity_id for each in equations if each.breaks_with(changes)}
    return frozenset(name for name in broken if not broken & set(grounds.get(name, ())))


def break_identity(
    identity_id: str,
    equations: Sequence[Equation],
    amounts: Mapping[str, Decimal],
    grounds: Mapping[str, Collection[str]],
) -> Breakage | None:
    """Find the change that breaks an identity and the fewest others; None where nothing does.

    Args:
        identity_id: The identity to break.
        equations: Everything that holds in some documents.
        amounts: Every figure's amount in yuan; those that print nothing or nil do not change.
        grounds: See ``broken_by``.
    """
    best: Breakage | None = None
    targets = [
        each
        for each in equations
        if each.identity_id == identity_id and _movable(each.signs, amounts)
    ]
    # What is nearest to breaking, and binds few figures, entails the least.
    targets.sort(key=lambda each: (abs(each.gap), len(each.signs)))
    for target in targets[:INSTANCES_TRIED]:
        around = [each for each in equations if each.document_id == target.document_id]
        changes = _solve(target, 1, around, amounts) or _solve(target, -1, around, amounts)
        broken = broken_by(changes, around, grounds)
        if identity_id in broken and (best is None or _cost(broken, changes) < _cost_of(best)):
            best = Breakage(target.document_id, identity_id, changes, broken)
        if best is not None and len(best.broken) <= FEW:
            return best
    return best


def _movable(figures: Iterable[str], amounts: Mapping[str, Decimal]) -> list[str]:
    """The figures that can become smaller and still print an amount."""
    return sorted(key for key in figures if amounts.get(key, Decimal(0)) >= 2 * STEP)


def _cost(broken: Collection[str], changes: Changes) -> tuple[int, int]:
    return len(broken), len(changes)


def _cost_of(breakage: Breakage) -> tuple[int, int]:
    return _cost(breakage.broken, breakage.changes)


def _solve(
    target: Equation, direction: int, equations: Sequence[Equation], amounts: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """The cheapest changes that move a target out of balance, none where nothing can."""
    if target.relation != "=" and (target.relation == "<=") != (direction == 1):
        return {}
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("mip_max_nodes", MOST_NODES)
    moves, costs = _figures(solver, equations, amounts)
    others = sorted({each.identity_id for each in equations} - {target.identity_id})
    let_go = {identity_id: solver.addBinary() for identity_id in others}
    for each in equations:
        terms = [sign * moves[key] for key, sign in each.signs.items() if key in moves]
        if each is target:
            _move_out(solver, target, direction, sum(terms[1:], terms[0]))
        elif terms and each.identity_id in let_go:
            slack = LARGEST_CHANGE * len(terms) * let_go[each.identity_id]
            _keep(solver, each, sum(terms[1:], terms[0]), slack)
    costs += [PRICE_OF_AN_IDENTITY * each for each in let_go.values()]
    solver.minimize(sum(costs[1:], costs[0]))
    if solver.getInfo().primal_solution_status != FEASIBLE:
        return {}
    values = {key: round(solver.val(move)) for key, move in moves.items()}
    return {key: value * STEP for key, value in values.items() if value}


def _figures(
    solver: highspy.Highs, equations: Sequence[Equation], amounts: Mapping[str, Decimal]
) -> tuple[dict[str, Any], list[Any]]:
    """A whole number for each figure that can change, and what changing each costs."""
    moves, used = {}, []
    for key in _movable({key for each in equations for key in each.signs}, amounts):
        lowest = -int(amounts[key] / STEP) + 1
        moves[key] = solver.addIntegral(max(lowest, -LARGEST_CHANGE), LARGEST_CHANGE)
        used.append(solver.addBinary())
        solver.addConstr(moves[key] <= LARGEST_CHANGE * used[-1])
        solver.addConstr(moves[key] >= -LARGEST_CHANGE * used[-1])
    return moves, used


def _move_out(solver: highspy.Highs, target: Equation, direction: int, moved: Any) -> None:  # noqa: ANN401
    """Ask for a gap that no rounding explains."""
    if target.relation == "=":
        solver.addConstr(moved == direction * GAP)
    else:
        solver.addConstr(direction * moved >= GAP - direction * float(target.gap / STEP))


def _keep(solver: highspy.Highs, each: Equation, moved: Any, slack: Any) -> None:  # noqa: ANN401
    """Ask for an equation to go on holding, unless its identity is let go."""
    room = abs(float(each.gap / STEP)) if each.relation != "=" else 0.0
    if each.relation in {"=", "<="}:
        solver.addConstr(moved <= room + slack)
    if each.relation in {"=", ">="}:
        solver.addConstr(moved >= -room - slack)
