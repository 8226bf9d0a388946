"""Shows in a terminal where something is printed: a redrawn table, or a paragraph of prose.

Knows how wide a terminal is. Does not know where tables and paragraphs come from.
"""

from collections.abc import Sequence

from rich.box import SQUARE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.exploring.fragments import left_out_text
from pipelines.exploring.labels import names
from pipelines.exploring.passages import Passage
from pipelines.exploring.redrawn_tables import RedrawnCell, RedrawnTable

# The columns that name a row, and how wide any column is at most and on average.
NAMING_COLUMNS = 2
WIDEST_COLUMN = 16
USUAL_COLUMN = 14
MARKS = ("【", "】")


def show_place(console: Console, place: RedrawnTable | Passage) -> None:
    """Show where something is printed."""
    if isinstance(place, Passage):
        show_passage(console, place)
    else:
        show_redrawn(console, place)


def show_redrawn(console: Console, table: RedrawnTable) -> None:
    """Show a redrawn table, the figure between marks; of a wide one the columns around it."""
    columns = _columns(table, max(NAMING_COLUMNS + 1, console.width // USUAL_COLUMN))
    grid = Table(box=SQUARE, show_header=False, show_lines=True, pad_edge=False)
    for _ in columns:
        grid.add_column(max_width=WIDEST_COLUMN, overflow="fold")
    _add_rows(grid, table.header, columns)
    language = names().language
    if table.left_out_above:
        grid.add_row(left_out_text("rows", table.left_out_above, [language]))
    _add_rows(grid, table.rows, columns)
    console.print(grid)
    hidden = table.column_count - len(columns) + table.left_out_columns
    for what, count in (("rows", table.left_out_below), ("columns", hidden)):
        if count:
            console.print(f"  {left_out_text(what, count, [language])}")


def show_passage(console: Console, passage: Passage) -> None:
    """Show a paragraph, the number between marks and its sentence underlined."""
    opening, closing = MARKS
    console.print(
        Text.assemble(
            "  ",
            passage.before,
            (passage.opening, "underline"),
            (f"{opening}{passage.value}{closing}", "bold underline"),
            (passage.closing, "underline"),
            passage.after,
        ),
        soft_wrap=not console.is_terminal,
    )


def _columns(table: RedrawnTable, at_most: int) -> Sequence[int]:
    """The columns to show: those that name the rows, and others around the figure."""
    if table.column_count <= at_most:
        return range(table.column_count)
    wanted = next(cell.column for row in table.rows for cell in row if cell.is_wanted)
    around = at_most - NAMING_COLUMNS
    first = min(max(NAMING_COLUMNS, wanted - around // 2), table.column_count - around)
    return [*range(NAMING_COLUMNS), *range(first, first + around)]


def _add_rows(grid: Table, rows: Sequence[Sequence[RedrawnCell]], columns: Sequence[int]) -> None:
    for row in rows:
        texts = dict.fromkeys(columns, Text())
        for cell in row:
            covered = [each for each in columns if 0 <= each - cell.column < cell.column_span]
            if covered:
                texts[covered[0]] = _cell_text(cell)
        grid.add_row(*texts.values())


def _cell_text(cell: RedrawnCell) -> Text:
    text = " ".join(cell.text.split())
    if cell.is_wanted:
        opening, closing = MARKS
        return Text(f"{opening}{text}{closing}", "bold reverse")
    return Text(text, "bold" if cell.is_companion else "")
