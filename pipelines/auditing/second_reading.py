"""Reads the tables that a contradiction touches once more, with a reader that shares no code.

Knows camelot's tables and how to find a figure in them by its place. Does not know which figures
are in doubt, nor what follows where the readings differ.

The first reading takes text and rulings from pdfium; camelot takes text from pdfminer and rulings
from a picture of the page. Only pages with figures in doubt are read again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipelines.acquiring.sources import Source
from pipelines.reading.documents import pages_as_pdf
from pipelines.recognising.wording import squash

LATTICE, STREAM = "lattice", "stream"
NUMBER = re.compile(r"[-−△▲]?\d[\d,]*(?:\.\d+)?")
# Only amounts with decimals are told from codes, 行次 and years without knowing the form.
AMOUNT = re.compile(r"[-−△▲]?\d[\d,]*\.\d+")
SHORTEST_TELLING_LABEL = 2


class Agreement(StrEnum):
    """How the second reading of a place compares with the first."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSED = "missed"  # an amount that the first reading has no figure for
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FirstReading:
    """A figure as it was read first.

    Attributes:
        figure_id: The figure, '' for printed things that are none.
        form: Its form.
        page: Its page, from 1.
        box: ``(x0, top, x1, bottom)`` in points from the page's upper left corner.
        text: The number as read.
        row_code: Code of its row, '' where there is none.
        row_label: Label of its row, '' where there is none.
        is_in_doubt: Whether it is to be read again; others only account for what is printed.
    """

    figure_id: str
    form: str
    page: int
    box: tuple[float, float, float, float]
    text: str
    row_code: str = ""
    row_label: str = ""
    is_in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A figure as it was read the second time.

    Attributes:
        figure_id: The figure, '' where the first reading found none.
        form: Its form; for an amount that was missed, that of the figures in doubt beside it.
        page: Its page.
        first_text: The number as it was read first.
        second_text: What the second reading has at its place.
        outcome: How the two compare.
        detail: What differs, '' where nothing does.
        flavour: How the table was found, '' where it was not.
    """

    figure_id: str
    form: str
    page: int
    first_text: str
    second_text: str
    outcome: Agreement
    detail: str
    flavour: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document of pages with figures in doubt.

    Attributes:
        document_id: The document.
        source: Where its file is.
        printed: Everything read first on the pages that hold a figure in doubt.
    """

    document_id: str
    source: Source
    printed: tuple[FirstReading, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages to read again."""
        return tuple(sorted({each.page for each in self.printed if each.is_in_doubt}))


def read_again(doubt: Doubt) -> tuple[SecondReading, ...]:
    """Read a document's figures in doubt a second time.

    A page whose ruled tables do not hold all of them is read as aligned text, too.
    """
    file = _file_of(doubt.source)
    found: list[SecondReading] = []
    for page in doubt.pages:
        printed = [each for each in doubt.printed if each.page == page]
        in_doubt = [each for each in printed if each.is_in_doubt]
        for flavour in (LATTICE, STREAM):
            tables = _read_tables(file, page, flavour)
            judged = [_judge(each, tables, flavour) for each in in_doubt]
            settled = {each.figure_id for each in judged if each.flavour}
            found.extend(each for each in judged if each.flavour)
            if flavour == LATTICE:
                found.extend(_missed(tables, printed))
            in_doubt = [each for each in in_doubt if each.figure_id not in settled]
            if not in_doubt:
                break
        found.extend(_unreadable(each) for each in in_doubt)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    row: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Table:
    cells: tuple[_Cell, ...]

    def at(self, x: float, y: float) -> _Cell | None:
        """The cell that covers a point, None where none does."""
        for cell in self.cells:
            x0, top, x1, bottom = cell.box
            if x0 <= x <= x1 and top <= y <= bottom:
                return cell
        return None

    def row_text(self, row: int) -> str:
        """What is printed in a row, from left to right."""
        return "".join(cell.text for cell in self.cells if cell.row == row)


def _file_of(source: Source) -> str | bytes:
    """What camelot takes: where a PDF lies, or the PDF itself where none lies anywhere."""
    content = source.read_bytes()
    pdf = pages_as_pdf(content)
    return str(source.path) if pdf is content and not source.member else pdf


def _read_tables(file: str | bytes, page: int, flavour: str) -> list[_Table]:
    # Imported here because it takes seconds, which a run without contradictions must not cost.
    from camelot.io import read_pdf

    tables = read_pdf(file, pages=str(page), flavor=flavour, suppress_stdout=True)
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


def _judge(first: FirstReading, tables: Iterable[_Table], flavour: str) -> SecondReading:
    for table in tables:
        cell = table.at(*_centre(first.box))
        if cell is not None and NUMBER.search(cell.text):
            outcome, detail = _compare(first, cell, table)
            return SecondReading(
                first.figure_id,
                first.form,
                first.page,
                first.text,
                cell.text,
                outcome,
                detail,
                flavour,
            )
    return _unreadable(first)


def _compare(first: FirstReading, cell: _Cell, table: _Table) -> tuple[Agreement, str]:
    numbers = NUMBER.findall(cell.text)
    text = squash(first.text)
    if text != cell.text and text not in numbers:
        if len(numbers) > 1:
            return Agreement.UNREADABLE, "several numbers in one cell"
        return Agreement.DIFFERS, "another number"
    if not _is_row_of(first, cell, table):
        return Agreement.DIFFERS, "in another row"
    return Agreement.AGREES, ""


def _is_row_of(first: FirstReading, cell: _Cell, table: _Table) -> bool:
    """Whether the row is called as the first reading has it, as far as it is called anything."""
    label = squash(first.row_label)
    wanted = [name for name in (first.row_code, label) if len(name) >= SHORTEST_TELLING_LABEL]
    if not wanted or any(name in table.row_text(cell.row) for name in wanted):
        return True
    rows = {other.row for other in table.cells} - {cell.row}
    return not any(name in table.row_text(row) for name in wanted for row in rows)


def _missed(tables: Iterable[_Table], printed: Sequence[FirstReading]) -> Iterator[SecondReading]:
    """Amounts in the tables of the figures in doubt that the first reading does not account for."""
    for table in tables:
        forms = {
            each.form
            for each in printed
            if each.is_in_doubt and table.at(*_centre(each.box)) is not None
        }
        known = {id(table.at(*_centre(each.box))) for each in printed}
        for cell in table.cells:
            if forms and id(cell) not in known and AMOUNT.fullmatch(cell.text):
                for form in sorted(forms):
                    yield SecondReading(
                        "",
                        form,
                        printed[0].page,
                        "",
                        cell.text,
                        Agreement.MISSED,
                        f"in the row {table.row_text(cell.row)}",
                        LATTICE,
                    )


def _unreadable(first: FirstReading) -> SecondReading:
    return SecondReading(
        first.figure_id,
        first.form,
        first.page,
        first.text,
        "",
        Agreement.UNREADABLE,
        "no table was found there",
        "",
    )


def _centre(box: tuple[float, float, float, float]) -> tuple[float, float]:
    x0, top, x1, bottom = box
    return (x0 + x1) / 2, (top + bottom) / 2
