"""The figures of a table of a document, in the rows and columns that they are printed in.

Knows ``marts.fct_disclosed_figures``. Does not know the print between the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb

from pipelines.exploring.marts import select_all

FIGURES = """
    select
        figure_id, block, row_index, column_index, header_path, row_path, row_code, row_label,
        form, section, measure, amount_text, amount_yuan, printed_unit, status, page,
        coalesce(cell_path, '') as cell_path
    from marts.fct_disclosed_figures
    where document_id = ? and table_index = ?
    order by block, row_index, column_index, figure_id
"""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure in its table; columns of ``fct_disclosed_figures``."""

    figure_id: str
    block: int
    row_index: int
    column_index: int
    header_path: str
    row_path: str
    row_code: str
    row_label: str
    form: str
    section: str
    measure: str
    amount_text: str
    amount_yuan: Decimal | None
    printed_unit: str
    status: str
    page: int | None
    cell_path: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a table.

    Attributes:
        code: Its code, '' without one.
        label: Its label as printed.
        depth: How far below another code it hangs, from 0.
        cells: Its figures, None where a column prints none.
    """

    code: str
    label: str
    depth: int
    cells: tuple[PrintedFigure | None, ...]


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """Rows of a table that share their columns; a table of two halves has two blocks.

    Attributes:
        columns: A figure of each column, which tells what the column is.
        rows: The rows in printed order.
    """

    columns: tuple[PrintedFigure, ...]
    rows: tuple[PrintedRow, ...]

    def holds(self, figure_id: str) -> bool:
        """Whether a figure stands in it."""
        return self.place_of(figure_id) is not None

    def place_of(self, figure_id: str) -> int | None:
        """Which of its rows a figure stands in, from 0, None where in none."""
        for number, row in enumerate(self.rows):
            if any(cell and cell.figure_id == figure_id for cell in row.cells):
                return number
        return None


def read_printed_table(
    connection: duckdb.DuckDBPyConnection, document_id: str, table_index: int
) -> list[PrintedFigure]:
    """The figures of a table, row by row; none where there is no such table."""
    return select_all(connection, PrintedFigure, FIGURES, [document_id, table_index])


def blocks_of(figures: Sequence[PrintedFigure]) -> list[PrintedBlock]:
    """The blocks of a table that is read row by row."""
    return [_block(list(found)) for _, found in groupby(figures, lambda each: each.block)]


def _block(figures: list[PrintedFigure]) -> PrintedBlock:
    heads: dict[int, PrintedFigure] = {}
    for figure in figures:
        heads.setdefault(figure.column_index, figure)
    numbers = sorted(heads)
    rows = []
    for _, found in groupby(figures, lambda each: each.row_index):
        by_column = {each.column_index: each for each in found}
        first = next(iter(by_column.values()))
        # Codes have three, five and seven digits.
        depth = max(0, (len(first.row_code) - 3) // 2)
        cells = tuple(by_column.get(number) for number in numbers)
        rows.append(PrintedRow(first.row_code, first.row_label, depth, cells))
    return PrintedBlock(tuple(heads[number] for number in numbers), tuple(rows))
