"""The rows of a table around a figure, drawn anew from the file for formats without pages.

Knows which cells a Word file, web page or workbook prints and which of them are figures. Does not
know how a table is shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path

import duckdb

from pipelines.domain.document import Cell, Document, Table
from pipelines.exploring.marts import select_rows
from pipelines.exploring.source_files import NoPictureError, find_source
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError

FIGURE_PATHS = """
    select cell_path
    from marts.fct_disclosed_figures
    where document_id = ? and cell_path is not null
"""
# What is shown: of the header, above and below the figure, and at its sides.
HEADER_ROWS = 6
ROWS_AROUND = 3
COLUMNS_AROUND = 20


@dataclass(frozen=True, slots=True)
class RedrawnCell:
    """A cell of a redrawn table.

    Attributes:
        text: The printed text, line breaks kept.
        column: Its first column among those that are shown, from 0.
        column_span: How many of the shown columns it covers.
        row_span: How many of the shown rows it covers.
        is_wanted: Whether it is the figure that was asked for.
        is_companion: Whether it is one that the figure is compared with.
        path: Where in the file it is printed.
    """

    text: str
    column: int
    column_span: int
    row_span: int
    is_wanted: bool
    is_companion: bool
    path: str


@dataclass(frozen=True, slots=True)
class RedrawnTable:
    """Some rows of a table: the header, and those around a figure.

    Attributes:
        header: The rows above the first figure, each the cells that begin in it, from the left.
        rows: The rows around the figure, likewise.
        column_count: How many columns are shown.
        left_out_above: Rows that are left out between the header and the rows that are shown.
        left_out_below: Rows that are left out behind them.
        left_out_columns: Columns that are left out at the sides.
        cell_path: Where in the file the figure is printed.
    """

    header: tuple[tuple[RedrawnCell, ...], ...]
    rows: tuple[tuple[RedrawnCell, ...], ...]
    column_count: int
    left_out_above: int
    left_out_below: int
    left_out_columns: int
    cell_path: str


class TableDrawings:
    """The tables of one document that has no pages, read once, when the first is asked for.

    Args:
        connection: The warehouse.
        document_id: The document.
        raw_dir: Where the published files lie.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, document_id: str, raw_dir: Path
    ) -> None:
        self._connection = connection
        self._document_id = document_id
        self._raw_dir = raw_dir

    def around(self, cell_path: str, companions: Collection[str] = ()) -> RedrawnTable:
        """The rows around a cell.

        Args:
            cell_path: Where the figure is printed.
            companions: Where what it is compared with is printed.

        Raises:
            NoPictureError: The file has gone, or has no such cell.
        """
        for block in self._document.blocks:
            if isinstance(block, Table):
                found = [cell for cell in block.cells if cell.place.path == cell_path]
                if found:
                    return redraw_table(block, found[0], companions, self._figure_paths)
        raise NoPictureError(
            "{name} has no cell {path}", name=self._document.file_name, path=cell_path
        )

    @cached_property
    def _document(self) -> Document:
        source = find_source(self._connection, self._document_id, self._raw_dir)
        try:
            return read_document(source.read_bytes(), source.name)
        except (UnreadableFileError, TimeoutError) as error:
            # What it needs to be read may have gone from the machine since.
            why = error.explanation if isinstance(error, UnreadableFileError) else str(error)
            raise NoPictureError("{name}: {why}", name=source.name, why=why) from error

    @cached_property
    def _figure_paths(self) -> Collection[str]:
        rows = select_rows(self._connection, FIGURE_PATHS, [self._document_id])
        return frozenset(row["cell_path"] for row in rows)


def redraw_table(
    table: Table, wanted: Cell, companions: Collection[str], figure_paths: Collection[str]
) -> RedrawnTable:
    """Draw the header of a table and the rows around a cell.

    Args:
        table: The table as read.
        wanted: One of its cells.
        companions: Paths of cells that it is compared with.
        figure_paths: Paths of the figures of its document, which tell where the header ends.
    """
    figure_rows = [cell.row for cell in table.cells if cell.place.path in figure_paths]
    body = min([*figure_rows, wanted.row])
    header = range(max(0, body - HEADER_ROWS), body)
    rows = range(
        max(body, wanted.row - ROWS_AROUND),
        min(table.row_count, wanted.row + 1 + ROWS_AROUND),
    )
    columns = range(
        max(0, wanted.column - COLUMNS_AROUND),
        min(table.column_count, wanted.column + wanted.column_span + COLUMNS_AROUND),
    )
    return RedrawnTable(
        header=_drawn(table, header, columns, wanted, companions),
        rows=_drawn(table, rows, columns, wanted, companions),
        column_count=len(columns),
        left_out_above=rows.start - body,
        left_out_below=table.row_count - rows.stop,
        left_out_columns=table.column_count - len(columns),
        cell_path=wanted.place.path or "",
    )


def _drawn(
    table: Table, rows: range, columns: range, wanted: Cell, companions: Collection[str]
) -> tuple[tuple[RedrawnCell, ...], ...]:
    """Some rows of a table, and of these some columns.

    A cell that begins before them begins with them, and one that ends behind them ends with them.
    """
    drawn: list[list[RedrawnCell]] = [[] for _ in rows]
    for cell in table.cells:
        down = _overlap(rows, cell.row, cell.row_span)
        across = _overlap(columns, cell.column, cell.column_span)
        if down and across:
            drawn[down.start - rows.start].append(
                RedrawnCell(
                    text=cell.text,
                    column=across.start - columns.start,
                    column_span=len(across),
                    row_span=len(down),
                    is_wanted=cell is wanted,
                    is_companion=cell is not wanted and cell.place.path in companions,
                    path=cell.place.path or "",
                )
            )
    return tuple(tuple(sorted(row, key=attrgetter("column"))) for row in drawn)


def _overlap(shown: range, begin: int, length: int) -> range:
    return range(max(shown.start, begin), min(shown.stop, begin + length))
