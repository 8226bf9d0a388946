"""Printed amounts and the equations that bind them, with what rounding leaves open.

Knows intervals. Does not know which amount is wrong, nor where any is printed or stored.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

Bound = TypeVar("Bound")


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
        is_cut_off: Whether its document cuts amounts off instead of rounding them.
        text: The number as printed, '' where it is a word.
        family: What all printings of its quantity are called together, '' where it is the only one.
        is_statement: Whether a sentence states it, not a form.
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
    is_cut_off: bool = False
    text: str = ""
    family: str = ""
    is_statement: bool = False

    @property
    def quantity(self) -> str:
        """What it prints, and other printings of the same do."""
        return self.family or self.key

    @property
    def form(self) -> str:
        """The form that prints it."""
        return self.column[0]

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan."""
        return self.value * self.unit_yuan

    @property
    def step(self) -> Decimal:
        """The finest difference that its form prints, in yuan."""
        return self.unit_yuan * Decimal(1).scaleb(-self.scale)

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """How far below and above the print the true amount may lie, in yuan."""
        return (Decimal(0), self.step) if self.is_cut_off else (-self.step / 2, self.step / 2)

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The interval of what is held to its print: a printed nil is taken for nil."""
        return self.interval if self.value else (Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Equation:
    """One evaluation of an identity: a signed sum of printed amounts and what it should be.

    Attributes:
        key: The check it is.
        relation: ``=``, ``<=`` or ``>=`` between the sum and nil.
        is_hard: Whether it may not fail.
        fails: Whether no rounding can explain the sum.
        signs: The amounts by their keys, each with its sign.
        blanks: Blank cells that it would add up: column, row and sign.
    """

    key: str
    relation: str
    is_hard: bool
    fails: bool
    signs: Mapping[str, int]
    blanks: tuple[tuple[tuple[str, ...], int, int], ...] = ()

    @property
    def is_copy(self) -> bool:
        """Whether it says that two printings are of one quantity."""
        return self.relation == "=" and sorted(filter(None, self.signs.values())) == [-1, 1]


def connected(
    equations: Iterable[Bound], keys_of: Callable[[Bound], Iterable[str]]
) -> list[list[Bound]]:
    """The equations, those together that share keys.

    Args:
        equations: The equations.
        keys_of: The keys of an equation that hold it together with others.
    """
    groups: list[tuple[set[str], list[Bound]]] = []
    for equation in equations:
        keys = set(keys_of(equation))
        touched = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if group not in touched]
        keys.update(*(held for held, _ in touched))
        groups.append((keys, [each for _, found in touched for each in found] + [equation]))
    return [found for _, found in groups]


def gap_of(printed: Mapping[str, PrintedAmount], equation: Equation) -> Decimal:
    """What the signed sum is as printed, in yuan."""
    return sum((sign * printed[key].yuan for key, sign in equation.signs.items()), Decimal(0))


def slack_of(printed: Mapping[str, PrintedAmount], equation: Equation) -> Decimal:
    """The gap of an equation that holds although the intervals do not explain it, in yuan.

    Such as by a hidden nil, or as a copy that was rounded further. Nil for all others.
    """
    gap = gap_of(printed, equation)
    is_met = (equation.relation == "<=" and gap < 0) or (equation.relation == ">=" and gap > 0)
    if equation.fails or is_met:
        return Decimal(0)
    low, high = spread_of(printed, equation.signs)
    return Decimal(0) if low <= -gap <= high else abs(gap)


def spread_of(
    printed: Mapping[str, PrintedAmount], signs: Mapping[str, int]
) -> tuple[Decimal, Decimal]:
    """How far a signed sum may lie below and above what is printed, in yuan."""
    low = high = Decimal(0)
    for key, sign in signs.items():
        ends = sorted(sign * end for end in printed[key].reach)
        low, high = low + ends[0], high + ends[1]
    return low, high
