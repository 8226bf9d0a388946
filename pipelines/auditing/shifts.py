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

# So many equations have to be mended. Where so many different amounts fall into place by that, it
# is no chance.
LEAST_MENDED = 2
LEAST_MOVED = 2
# So many of those that fail have to be mended for each that is not, which another error breaks.
MENDED_FOR_EACH_OTHER = 4

_ANY = Decimal("Infinity")

Column: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A column whose amounts stand in the rows beside their own.

    Attributes:
        is_down: Whether they stand a row too low; else a row too high.
        suggested: What its figures should read that print something else, in yuan; None for what is
            printed nowhere.
        mended: The failing equations that hold if it is moved back.
        touching: All equations that add up anything of it.
        is_certain: Whether too much falls into place for chance; else it is one explanation.
    """

    is_down: bool
    suggested: Mapping[str, Decimal | None]
    mended: frozenset[str]
    touching: frozenset[str]
    is_certain: bool


def find_shifts(
    printed: Mapping[str, PrintedAmount],
    equations: Sequence[Equation],
    printings: Iterable[Printing],
    rows: Mapping[tuple[str, str], Sequence[Sequence[int]]],
) -> list[Shift]:
    """Columns that make what fails hold when they are moved by a row, each the way that mends most.

    Args:
        printed: The amounts that equations bind.
        equations: Those that were evaluated.
        printings: All amounts that the document prints.
        rows: The rows of each form and section, those together that stand below each other.
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
        for lines in rows.get((column[0], column[1]), ()) if cells[column] else ():
            ways = _ways(_Column(column, lines, cells[column]), printed, bound)
            best = max(ways, key=lambda each: len(each.mended), default=None)
            if best is not None:
                found.append(best)
    return found


def _columns(printed: Mapping[str, PrintedAmount], equation: Equation) -> set[Column]:
    return {printed[key].column for key in equation.signs} | {
        column for column, _, _ in equation.blanks
    }


class _Column:
    """Amounts that stand below each other."""

    def __init__(self, column: Column, lines: Sequence[int], cells: Mapping[int, Printing]) -> None:
        self.name = column
        self.lines = lines
        self.cells = {line: cells[line] for line in lines if line in cells}

    def is_in(self, column: Column, row: int) -> bool:
        return column == self.name and row in self.lines

    def terms(
        self, printed: Mapping[str, PrintedAmount], equation: Equation
    ) -> list[tuple[int, int]]:
        """What an equation adds up of it: rows and signs."""
        figures = ((printed[key], sign) for key, sign in equation.signs.items())
        return [
            *((row, sign) for column, row, sign in equation.blanks if self.is_in(column, row)),
            *(
                (each.row_index, sign)
                for each, sign in figures
                if self.is_in(each.column, each.row_index)
            ),
        ]

    def sources(self, *, is_down: bool) -> Sequence[Mapping[int, int | None]]:
        """From which row the amount of each row may have come, None for what is printed nowhere.

        Blank cells have moved with the amounts, or have stayed. Where they moved, what is printed
        nowhere belongs into the outermost row, or into the outermost that prints an amount.
        """
        lines = self.lines if is_down else self.lines[::-1]
        printed = [line for line in lines if line in self.cells]
        outermost = dict(zip(lines, [*lines[1:], None], strict=True))
        sources: list[Mapping[int, int | None]] = []
        for source in (
            outermost,
            {**outermost, printed[-1]: None},
            dict(zip(printed, [*printed[1:], None], strict=True)),
        ):
            if source not in sources:
                sources.append(source)
        return sources


def _ways(
    column: _Column, printed: Mapping[str, PrintedAmount], equations: Sequence[Equation]
) -> Iterator[Shift]:
    """The ways of moving a column that mend it."""
    bound = [each for each in equations if each.is_hard and column.terms(printed, each)]
    if sum(each.fails for each in bound) < LEAST_MENDED or len(column.cells) < LEAST_MOVED:
        return
    for is_down in (True, False):
        for source in column.sources(is_down=is_down):
            moved = _Moved(column, source, printed)
            mended, speaking = moved.mended(bound)
            amounts = moved.amounts(speaking)
            if len(mended) >= LEAST_MENDED and amounts:
                suggested = {
                    key: moved.amount(amount.row_index)
                    for key, amount in printed.items()
                    if column.is_in(amount.column, amount.row_index)
                    and moved.amount(amount.row_index) != amount.yuan
                }
                touching = frozenset(each.key for each in bound)
                yield Shift(
                    is_down,
                    suggested,
                    frozenset(each.key for each in mended),
                    touching,
                    len(amounts) >= LEAST_MOVED,
                )


class _Moved:
    """A column with each amount moved to another row."""

    def __init__(
        self,
        column: _Column,
        source: Mapping[int, int | None],
        printed: Mapping[str, PrintedAmount],
    ) -> None:
        self._column = column
        self._source = source
        self._printed = printed

    def amount(self, row: int) -> Decimal | None:
        """What a row would print; None for a blank and for what is printed nowhere."""
        there = self._printing(row)
        return there.yuan if there else None

    def amounts(self, equations: Iterable[Equation]) -> set[Decimal]:
        """The different amounts, without nil, that would change places in some equations."""
        return {
            there.yuan
            for each in equations
            for row, _ in self._column.terms(self._printed, each)
            if (there := self._printing(row)) and there.yuan and there.yuan != self._before(row)
        }

    def mended(self, equations: Sequence[Equation]) -> tuple[list[Equation], list[Equation]]:
        """The equations that would hold and do not, and all that speak for the move.

        What adds up the amount that is printed nowhere holds where most agree upon that amount;
        the first of them mends nothing, nor does what adds up an amount that is in doubt. Those
        that do not agree may be of another error as likely as the others are of this one.

        Returns:
            Nothing where too many others would not hold.
        """
        known = [each for each in equations if self._is_known(each)]
        lacking = [each for each in known if self._lacks(each)]
        whole = [each for each in known if each not in lacking]
        worse = [each for each in whole if not self._holds(each)]
        agreed = sorted(self._agreeing(lacking), key=lambda each: each.fails)
        denying = [each for each in lacking if each not in agreed]
        better = [each for each in whole if each.fails and each not in worse]
        mended = [*better, *(each for each in agreed[1:] if each.fails)]
        is_better = len(mended) > len(worse) * MENDED_FOR_EACH_OTHER + len(denying)
        if not is_better or not all(each.fails for each in (*worse, *denying)):
            return [], []
        return mended, [*better, *(agreed if len(agreed) > 1 else ())]

    def _is_known(self, equation: Equation) -> bool:
        """Whether no amount that is in doubt would come into it."""
        rows = self._column.terms(self._printed, equation)
        return not any((there := self._printing(row)) and there.yuan is None for row, _ in rows)

    def _lacks(self, equation: Equation) -> bool:
        """Whether it adds up what is printed nowhere."""
        rows = self._column.terms(self._printed, equation)
        return any(self._source.get(row, row) is None for row, _ in rows)

    def _agreeing(self, equations: Sequence[Equation]) -> list[Equation]:
        """The equations that one amount, printed nowhere, can meet; those of most, and what holds.

        What holds already counts before what fails.
        """
        reaches = [(each, *self._missing(each)) for each in equations]
        amounts = {end for _, *ends in reaches for end in ends if end.is_finite()} or {Decimal(0)}
        meeting = (
            [each for each, low, high in reaches if low <= amount <= high]
            for amount in sorted(amounts)
        )
        return max(meeting, key=lambda met: (sum(not each.fails for each in met), len(met)))

    def _missing(self, equation: Equation) -> tuple[Decimal, Decimal]:
        """The least and the most that the amount printed nowhere may be for it to hold."""
        rows = self._column.terms(self._printed, equation)
        sign = sum(sign for row, sign in rows if self._source.get(row, row) is None)
        gap, low, high = self._sum(equation)
        if not sign:
            return (-_ANY, _ANY) if self._holds(equation) else (_ANY, -_ANY)
        ends = [
            -_ANY if equation.relation == "<=" else -gap - high,
            _ANY if equation.relation == ">=" else -gap - low,
        ]
        least, most = sorted(end / sign for end in ends)
        return least, most

    def _holds(self, equation: Equation) -> bool:
        gap, low, high = self._sum(equation)
        if equation.relation == "<=":
            return gap + low <= 0
        return gap + high >= 0 if equation.relation == ">=" else low <= -gap <= high

    def _sum(self, equation: Equation) -> tuple[Decimal, Decimal, Decimal]:
        """What an equation adds up to, and how far that may lie below and above."""
        gap = low = high = Decimal(0)
        for key, sign in equation.signs.items():
            amount = self._printed[key]
            if not self._column.is_in(amount.column, amount.row_index):
                ends = sorted(sign * end for end in amount.reach)
                gap, low, high = gap + sign * amount.yuan, low + ends[0], high + ends[1]
        for row, sign in self._column.terms(self._printed, equation):
            if (there := self._printing(row)) and there.yuan:
                reach = abs(sign) * there.step / 2
                gap, low, high = gap + sign * there.yuan, low - reach, high + reach
        return gap, low, high

    def _printing(self, row: int) -> Printing | None:
        source = self._source.get(row, row)
        return None if source is None else self._column.cells.get(source)

    def _before(self, row: int) -> Decimal | None:
        there = self._column.cells.get(row)
        return there.yuan if there else None
