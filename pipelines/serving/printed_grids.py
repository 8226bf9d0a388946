"""Tables of a document in the rows and columns of their print, every number clickable.

Knows columns and rows of figures. Does not know which table is wanted, nor HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.exploring.answers.printed_tables import (
    PrintedBlock,
    PrintedFigure,
    PrintedRow,
    blocks_of,
)
from pipelines.exploring.answers.traced import Traced
from pipelines.serving.explorer import Visit
from pipelines.serving.sheets import Column, Kind, Link, Row, Sheet

# Above and below the row that is looked at, and beside its column on a telephone.
ROWS_AROUND = 6
COLUMNS_AROUND = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A block of a table.

    Attributes:
        heads: What stands above each column.
        rows: Its rows.
        far: Columns, from 0, that a telephone leaves out.
    """

    heads: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    far: frozenset[int] = frozenset()


def grids_of(figures: Sequence[PrintedFigure]) -> list[Grid]:
    """All of a table."""
    return [_grid(block) for block in blocks_of(figures)]


def grid_around(figures: Sequence[PrintedFigure], figure_id: str) -> Grid | None:
    """The rows around a figure, None where it is not among them."""
    for block in blocks_of(figures):
        place = block.place_of(figure_id)
        if place is not None:
            first = max(0, place - ROWS_AROUND)
            rows = block.rows[first : place + ROWS_AROUND + 1]
            far = _far(block.rows[place], figure_id)
            return replace(_grid(block), rows=rows, far=far)
    return None


def _far(row: PrintedRow, figure_id: str) -> frozenset[int]:
    """The columns that are not beside a figure."""
    here = next(n for n, cell in enumerate(row.cells) if cell and cell.figure_id == figure_id)
    return frozenset(n for n in range(len(row.cells)) if abs(n - here) > COLUMNS_AROUND)


def figures_sheet(visit: Visit, title: str, figures: Sequence[PrintedFigure]) -> Sheet:
    """The same figures in a line each, for a file."""
    columns = (
        Column("row_code", visit.say("Code"), is_short=True),
        Column("row", visit.say("Row")),
        Column("column", visit.say("Column")),
        Column("measure", visit.say("Measure")),
        Column("printed", visit.say("As printed"), is_short=True),
        Column("unit", visit.say("Unit"), is_short=True),
        Column("amount", visit.say("Amount"), Kind.AMOUNT),
        Column("status", visit.say("Status"), is_short=True),
        Column("page", visit.say("Page"), Kind.COUNT),
        Column("figure_id", visit.say("Figure"), is_short=True),
    )
    rows = tuple(
        Row(
            (
                each.row_code,
                each.row_path,
                each.header_path,
                visit.called("measure", each.measure),
                each.amount_text,
                each.printed_unit,
                Traced(each.amount_yuan, each.figure_id, status=each.status),
                visit.called("status", each.status),
                each.page,
                Link(each.figure_id, f"/figure/{each.figure_id}"),
            )
        )
        for each in figures
    )
    return Sheet("figures", title, columns, rows)


def _grid(block: PrintedBlock) -> Grid:
    return Grid(tuple(_head(each) for each in block.columns), block.rows)


def _head(figure: PrintedFigure) -> str:
    """A column's own print, the innermost words last."""
    return " / ".join(dict.fromkeys(filter(None, figure.header_path.split("/"))))
