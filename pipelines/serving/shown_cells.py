"""A cell as a page shows it: its text, where it leads to, and how it is set.

Knows what kinds of columns and cells there are. Does not know HTML, nor what a table holds.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pipelines.exploring.answers.traced import Traced
from pipelines.serving.amounts import in_wan, part_of_100, percent, plain
from pipelines.serving.sheets import Cell, Column, Kind, Link, Worked

READINGS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.AMOUNT: in_wan,
    Kind.PERCENT: percent,
    Kind.SHARE: part_of_100,
    Kind.COUNT: plain,
}
# How a unit follows its number, where it is not a word after a blank.
UNITS = {"count": "", "%": "%"}


class ShownCell(NamedTuple):
    """A cell as a page shows it.

    Attributes:
        text: What it reads, None where there is nothing.
        address: Where it leads to, '' where nowhere.
        classes: How it is set, '' where as any text.
        is_number: Whether it is a number: one that is missing is not printed.
    """

    text: str | None
    address: str = ""
    classes: str = ""
    is_number: bool = False


def shown_cell(cell: Cell, column: Column) -> ShownCell:
    """How a cell of a column is shown.

    Examples:
        >>> from decimal import Decimal
        >>> shown_cell(Traced(Decimal("53600"), "f1", None, "proven"), Column("a", "", Kind.AMOUNT))
        ShownCell(text='5.36', address='/figure/f1', classes='number proven', is_number=True)
        >>> shown_cell(Worked(Decimal(12), unit="%"), Column("a", "", Kind.COUNT)).text
        '12%'
        >>> shown_cell(2023, Column("a", "", Kind.YEAR)).text
        '2023'
    """
    if isinstance(cell, Traced | Worked):
        return _number(cell, column)
    if isinstance(cell, Link):
        return ShownCell(cell.text, cell.address)
    return ShownCell(None if cell is None else READINGS.get(column.kind, str)(cell))


def _number(cell: Traced | Worked, column: Column) -> ShownCell:
    if cell.value is None:
        return ShownCell(None, is_number=True)
    if cell.unit:
        text = plain(cell.value) + UNITS.get(cell.unit, f" {cell.unit}")
    else:
        text = READINGS.get(column.kind, str)(cell.value)
    if isinstance(cell, Worked):
        return ShownCell(text, cell.address, "number", is_number=True)
    if cell.figure_id:
        return ShownCell(text, f"/figure/{cell.figure_id}", f"number {cell.status}", is_number=True)
    if cell.claim_id:
        return ShownCell(
            text, f"/claim/{cell.claim_id}", f"number said {cell.status}", is_number=True
        )
    return ShownCell(text, is_number=True)
