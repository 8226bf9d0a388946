"""Reads the tables of a page once more, with a reader that shares no code with the first.

Knows camelot's tables and how to find a figure in them by its place. Does not know which figures
are in doubt, nor what follows where the readings differ.

The first reading takes text and rulings from pdfium; camelot takes text from pdfminer and rulings
from a picture of the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.auditing.readings import (
    AMOUNT,
    NO_WORD,
    NUMBER,
    Box,
    FirstReading,
    Testimony,
    compare,
    is_row_of,
)
from pipelines.recognising.wording import squash

LATTICE, STREAM = "lattice", "stream"
# Dots an inch of the picture in which rulings are looked for.
_DOTS = 300


@dataclass(frozen=True, slots=True)
class SecondPage:
    """A page as it was read the second time.

    Attributes:
        said: What was found at the places of numbers, in their order.
        unknown: Amounts in ruled tables at places of none of them, with their cells' rows and the
            forms of the numbers in doubt beside them.
    """

    said: tuple[Testimony, ...]
    unknown: tuple["UnknownAmount", ...]


@dataclass(frozen=True, slots=True)
class UnknownAmount:
    """An amount that the first reading has no figure for.

    Attributes:
        form: That of the figures in doubt in the same table.
        text: The amount.
        row: What is printed in its row.
    """

    form: str
    text: str
    row: str


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    row: int
    box: Box


@dataclass(frozen=True, slots=True)
class _Table:
    cells: tuple[_Cell, ...]

    def at(self, place: tuple[float, float]) -> _Cell | None:
        """The cell that covers a point, None where none does."""
        x, y = place
        for cell in self.cells:
            x0, top, x1, bottom = cell.box
            if x0 <= x <= x1 and top <= y <= bottom:
                return cell
        return None

    def row_text(self, row: int) -> str:
        """What is printed in a row, from left to right."""
        return "".join(cell.text for cell in self.cells if cell.row == row)

    def other_rows(self, row: int) -> list[str]:
        """What is printed in the other rows."""
        return [self.row_text(other) for other in {cell.row for cell in self.cells} - {row}]


def read_page_again(
    pdf: bytes, page: int, printed: Sequence[FirstReading], *, point: float = 1.0
) -> SecondPage:
    """Read what is printed on a page a second time.

    A page whose ruled tables do not hold all figures in doubt is read as aligned text, too.

    Args:
        pdf: The PDF, in which nothing is cut away.
        page: The page, from 1.
        printed: Everything that was read on it first.
        point: How many points of the page make one of usual print.
    """
    said: list[Testimony] = [NO_WORD] * len(printed)
    unknown: tuple[UnknownAmount, ...] = ()
    for flavour in (LATTICE, STREAM):
        tables = _read_tables(pdf, page, flavour, point)
        for place, first in enumerate(printed):
            if said[place] is NO_WORD:
                said[place] = _said(first, tables, flavour)
        if flavour == LATTICE:
            unknown = tuple(_unknown(tables, printed))
        pairs = zip(printed, said, strict=True)
        if not any(first.is_in_doubt and each is NO_WORD for first, each in pairs):
            break
    return SecondPage(tuple(said), unknown)


def _read_tables(pdf: bytes, page: int, flavour: str, point: float) -> list[_Table]:
    # Imported here because it takes seconds, which a run without contradictions must not cost.
    from camelot.io import read_pdf

    options = {"resolution": max(1, round(_DOTS / point))} if flavour == LATTICE else {}
    tables = read_pdf(pdf, pages=str(page), flavor=flavour, suppress_stdout=True, **options)
    return [_table(table) for table in tables]


def _table(table: Any) -> _Table:  # noqa: ANN401  # camelot publishes no types
    _, height = table.pdf_size
    return _Table(
        tuple(
            _Cell(
                text=squash(cell.text),
                row=row,
                box=(cell.x1, height - cell.y2, cell.x2, height - cell.y1),
            )
            for row, cells in enumerate(table.cells)
            for cell in cells
        )
    )


def _said(first: FirstReading, tables: Iterable[_Table], flavour: str) -> Testimony:
    for table in tables:
        cell = table.at(first.centre)
        if cell is not None and NUMBER.search(cell.text):
            is_row = is_row_of(first, table.row_text(cell.row), table.other_rows(cell.row))
            return Testimony(compare(first, cell.text, is_row=is_row), cell.text, flavour)
    return NO_WORD


def _unknown(tables: Iterable[_Table], printed: Sequence[FirstReading]) -> Iterator[UnknownAmount]:
    """Amounts in the tables of the figures in doubt that the first reading does not account for."""
    for table in tables:
        forms = {
            each.form for each in printed if each.is_in_doubt and table.at(each.centre) is not None
        }
        known = {id(table.at(each.centre)) for each in printed}
        for cell in table.cells:
            if forms and id(cell) not in known and AMOUNT.fullmatch(cell.text):
                for form in sorted(forms):
                    yield UnknownAmount(form, cell.text, table.row_text(cell.row))
