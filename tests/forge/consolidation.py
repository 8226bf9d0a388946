"""Adds the books of bodies up to those of the department whose accounts hold them.

Knows which books of a ledger are sums. Does not know how any of it is printed.
"""

from collections.abc import Hashable, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import TypeVar

from tests.forge.ledger import (
    Assets,
    Department,
    FiscalEntry,
    Ledger,
    OwnEntry,
    PriorYear,
    Procurement,
    ThreePublic,
    ThreePublicCounts,
    VehicleType,
    sum_measures,
)

Books = TypeVar(
    "Books", FiscalEntry, OwnEntry, Procurement, ThreePublic, ThreePublicCounts, Assets, PriorYear
)


def consolidate(department: Department, ledgers: Iterable[Ledger]) -> Ledger:
    """The department's ledger of one year, its bodies paying each other nothing.

    Args:
        department: Who discloses the sums.
        ledgers: The books of all its bodies, its own among them, of one year.

    Raises:
        ValueError: They are of several years, or there are none.
    """
    bodies = tuple(ledgers)
    (fiscal_year,) = {body.fiscal_year for body in bodies}
    fiscal: dict[Hashable, FiscalEntry] = {}
    own: dict[Hashable, OwnEntry] = {}
    for body in bodies:
        for entry in body.fiscal:
            key = (entry.code, entry.money)
            fiscal[key] = _added(fiscal[key], entry) if key in fiscal else entry
        for earned in body.own:
            own[earned.code] = _added(own[earned.code], earned) if earned.code in own else earned
    first, *others = bodies
    total = replace(
        first,
        department=department,
        fiscal_year=fiscal_year,
        fiscal=tuple(sorted(fiscal.values(), key=attrgetter("code", "money"))),
        own=tuple(sorted(own.values(), key=attrgetter("code"))),
        economic=dict(sorted(sum_measures(body.economic for body in bodies).items())),
        initial_budget=dict(sorted(sum_measures(body.initial_budget for body in bodies).items())),
    )
    for body in others:
        total = replace(
            total,
            budgeted=_added(total.budgeted, body.budgeted),
            actual=_added(total.actual, body.actual),
            counts=_added(total.counts, body.counts),
            procurement=_added(total.procurement, body.procurement),
            assets=_assets(total.assets, body.assets),
            prior=_prior(total.prior, body.prior),
        )
    return total


def _added(left: Books, right: Books) -> Books:
    """The sum, field by field; what is no number is the same in both."""
    sums = {
        field.name: getattr(left, field.name) + getattr(right, field.name)
        for field in fields(left)
        if isinstance(getattr(left, field.name), int)
    }
    return replace(left, **sums)


def _assets(left: Assets, right: Assets) -> Assets:
    held = {kind: left.vehicles.get(kind, 0) + right.vehicles.get(kind, 0) for kind in VehicleType}
    vehicles = {kind: count for kind, count in held.items() if count}
    return replace(_added(left, right), vehicles=vehicles)


def _prior(left: PriorYear | None, right: PriorYear | None) -> PriorYear | None:
    if left is None or right is None:
        return None
    return replace(_added(left, right), three_public=_added(left.three_public, right.three_public))
