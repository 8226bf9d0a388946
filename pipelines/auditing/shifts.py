"""Columns of which all amounts stand a row too low or too high.

Knows where amounts stand in their columns, and the equations. Does not know which single figure
may be wrong: a column that slipped is one error, however many equations it breaks.

Whoever fills in a form by pasting columns is off by a row for all of a column. Then many equations
fail at once, and all of them hold if the column is moved back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import Printing

# Fewer equations may be mended by chance.
LEAST_MENDED = 2
# So many of those that fail have to be mended for each that is not, which another error breaks.
MENDED_FOR_EACH_OTHER = 4

Column: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A column whose amounts stand in the rows beside their own.

    Attributes:
        column: Form, section and measure.
        by: How many rows they stand too low; negative where too high.
        suggested: What its figures should read, in yuan; None for what is printed nowhere.
        mended: The failing equations that hold if it is moved back.
        unknown: Those that add up what is printed nowhere.
    """

    column: Column
    by: int
    suggested: Mapping[str, Decimal | None]
    mended: frozenset[str]
    unknown: frozenset[str]

    @property
    def explained(self) -> frozenset[str]:
        """The failing equations that need no other reason."""
        return self.mended | self.unknown


def find_shifts(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    printings: Iterable[Printing],
) -> list[Shift]:
    """Columns that make what fails hold when they are moved by a row, the best of each.

    Args:
        printed: The amounts that equations bind.
        equations: Those that were evaluated.
        printings: All amounts that the document prints.
    """
    touching: dict[Column, list[Equation]] = defaultdict(list)
    for equation in equations:
        for column in _columns(printed, equation):
            touching[column].append(equation)
    cells: dict[Column, dict[int, Printing]] = defaultdict(dict)
    for each in printings:
        if each.row_index is not None:
            cells[each.column][each.row_index] = each
    found = []
    for column, bound in touching.items():
        if sum(each.fails and each.is_hard for each in bound) < LEAST_MENDED:
            continue
        shifts = _shifts(column, cells[column], printed, bound)
        best = max(shifts, key=lambda each: len(each.mended), default=None)
        if best is not None:
            found.append(best)
    return found


def _columns(printed: Mapping[str, PrintedAmount], equation: Equation) -> set[Column]:
    return {printed[key].column for key in equation.signs} | {
        column for column, _, _ in equation.blanks
    }


def _shifts(
    column: Column,
    cells: Mapping[int, Printing],
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
) -> Iterator[Shift]:
    """The ways of moving a column that mend it."""
    for by in (1, -1):
        for source in (_rows_apart(cells, by), _amounts_apart(cells, by)):
            moved = _Moved(column, cells, source)
            judged = {each.key: moved.holds(printed, each) for each in equations if each.is_hard}
            failing = {each.key for each in equations if each.fails}
            mended = {key for key, holds in judged.items() if holds and key in failing}
            worse = [key for key, holds in judged.items() if holds is False]
            left = sum(key in failing for key in worse)
            if (
                left == len(worse)
                and len(mended) >= LEAST_MENDED
                and len(mended) > left * MENDED_FOR_EACH_OTHER
            ):
                unknown = {key for key, holds in judged.items() if holds is None and key in failing}
                suggested = {
                    key: moved.amount(amount.row_index)
                    for key, amount in printed.items()
                    if amount.column == column
                }
                yield Shift(column, by, suggested, frozenset(mended), frozenset(unknown))


def _rows_apart(cells: Mapping[int, Printing], by: int) -> Mapping[int, int | None]:
    """From which row the amount of each row came, blank ones counted; None for none of them."""
    first, last = min(cells, default=0), max(cells, default=-1)
    rows = range(min(first, first - by), max(last, last - by) + 1)
    outer = last if by > 0 else first
    return {row: None if row == outer else row + by for row in rows}


def _amounts_apart(cells: Mapping[int, Printing], by: int) -> Mapping[int, int | None]:
    """The same where blank cells have stayed."""
    rows = sorted(cells, reverse=by < 0)
    return dict(zip(rows, [*rows[1:], None], strict=True)) if rows else {}


class _Moved:
    """A column with each amount moved to another row."""

    def __init__(
        self,
        column: Column,
        cells: Mapping[int, Printing],
        source: Mapping[int, int | None],
    ) -> None:
        self._column = column
        self._cells = cells
        self._source = source

    def amount(self, row: int) -> Decimal | None:
        """What a row would print; None for a blank and for what is printed nowhere."""
        there = self._printing(row)
        return there.yuan if there else None

    def holds(self, printed: Mapping[str, PrintedAmount], equation: Equation) -> bool | None:
        """Whether an equation would hold; None where nobody can tell."""
        gap = low = high = Decimal(0)
        own = [(row, sign) for column, row, sign in equation.blanks if column == self._column]
        for key, sign in equation.signs.items():
            amount = printed[key]
            if amount.column == self._column:
                own.append((amount.row_index, sign))
            else:
                ends = sorted(sign * end for end in amount.reach)
                gap, low, high = gap + sign * amount.yuan, low + ends[0], high + ends[1]
        if any(self._source.get(row, row) is None for row, _ in own):
            return None
        for row, sign in own:
            if there := self._printing(row):
                reach = abs(sign) * there.step / 2 if there.yuan else Decimal(0)
                gap, low, high = gap + sign * there.yuan, low - reach, high + reach
        if equation.relation == "<=":
            return gap + low <= 0
        return gap + high >= 0 if equation.relation == ">=" else low <= -gap <= high

    def _printing(self, row: int) -> Printing | None:
        source = self._source.get(row, row)
        return None if source is None else self._cells.get(source)
