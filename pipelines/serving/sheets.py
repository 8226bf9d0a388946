"""A table as a page shows it and a file holds it: the same columns and rows for both.

Knows kinds of columns and where a cell leads to. Does not know what is in a table, nor HTML.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pipelines.exploring.answers.traced import Traced


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    YEAR = "year"
    DATE = "date"
    COUNT = "count"
    # In yuan; shown in 万元.
    AMOUNT = "amount"
    # A change in per cent.
    PERCENT = "percent"
    # A part of 100.
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A number that is worked out of others, and the place that lists them.

    Attributes:
        value: The number, None where it cannot be worked out.
        address: The list of what it is made of, '' where it stands beside it.
        unit: What it counts, where that is not what its column holds; else ''.
    """

    value: Decimal | None
    address: str = ""
    unit: str = ""


Cell: TypeAlias = str | int | Decimal | date | Traced | Worked | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its name for programs.
        heading: Its name for people.
        kind: What it holds.
        is_short: Whether its texts are so short that none has to be broken.
    """

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    is_short: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right."""
        return self.kind not in {Kind.TEXT, Kind.DATE}


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its first cell says what it is of.

    Attributes:
        cells: One for each column.
        depth: How far below another row it hangs.
        is_total: Whether it is the sum of others.
        is_marked: Whether it is what to look at.
        is_quiet: Whether all that is printed in it is nothing, so that a page may leave it out.
    """

    cells: tuple[Cell, ...]
    depth: int = 0
    is_total: bool = False
    is_marked: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        name: Its name in addresses.
        title: What it is called, also where it is saved.
        columns: Its columns.
        rows: Its rows.
        note: What has to be known to read it, '' where nothing has.
        more: Where the whole of it stands, '' where this is it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    more: str = ""

    @property
    def has_amounts(self) -> bool:
        """Whether it holds money, so that a unit has to be said."""
        return any(column.kind is Kind.AMOUNT for column in self.columns)

    @property
    def quiet_count(self) -> int:
        """How many of its rows a page leaves out unless asked for them."""
        return sum(row.is_quiet for row in self.rows)


def without_empty_columns(sheet: Sheet) -> Sheet:
    """The same table without the columns that no row has anything in."""
    empty = {
        column.name
        for number, column in enumerate(sheet.columns)
        if all(_is_empty(row.cells[number]) for row in sheet.rows)
    }
    return without_columns(sheet, empty)


def without_columns(sheet: Sheet, names: Collection[str]) -> Sheet:
    """The same table without some columns."""
    kept = [number for number, column in enumerate(sheet.columns) if column.name not in names]
    return replace(
        sheet,
        columns=tuple(sheet.columns[number] for number in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[number] for number in kept)) for row in sheet.rows
        ),
    )


def _is_empty(cell: Cell) -> bool:
    if isinstance(cell, Traced | Worked):
        return cell.value is None
    return cell is None or cell == ""
