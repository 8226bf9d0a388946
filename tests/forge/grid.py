"""Tables before they become a file: cells with spans, and the truth of what they print.

Knows positions and text. Does not know forms, file formats or house styles.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

NOTHING = frozenset({"", "-"})
"""What cells hold where there is no amount."""


class Align(StrEnum):
    """Horizontal alignment."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid, possibly merged over several positions."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One number of a form as a person would copy it off the page.

    Attributes:
        form: Canonical form.
        section: ``income`` or ``expenditure`` on two-sided forms, else ''.
        row_code: Classification code with joined digits, '' where none is printed.
        row_label: The printed label without white space.
        measure: Canonical measure.
        amount_text: The number exactly as printed.
    """

    form: str
    section: str
    row_code: str
    row_label: str
    measure: str
    amount_text: str


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A printed figure and the grid position it is printed in."""

    figure: PrintedFigure
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A finished table.

    Attributes:
        cells: Every cell once.
        widths: Relative width of every column.
        header_rows: Rows from the top that continuation pages may repeat.
        figures: What is printed where.
        is_ruled: Whether lines are drawn.
    """

    cells: tuple[GridCell, ...]
    row_count: int
    widths: tuple[int, ...]
    header_rows: int = 0
    figures: tuple[PlacedFigure, ...] = ()
    is_ruled: bool = True

    @property
    def column_count(self) -> int:
        """Number of grid columns."""
        return len(self.widths)

    def text_at(self, row: int, column: int) -> str:
        """The text of the cell that begins at a position, '' where none does."""
        for cell in self.cells:
            if (cell.row, cell.column) == (row, column):
                return cell.text
        return ""


@dataclass(slots=True)
class GridBuilder:
    """Collects cells and figures row by row, then freezes them into a grid."""

    widths: tuple[int, ...]
    cells: list[GridCell] = field(default_factory=list)
    figures: list[PlacedFigure] = field(default_factory=list)
    row_count: int = 0
    header_rows: int = 0

    def start_row(self) -> int:
        """Open a new row and return its number."""
        self.row_count += 1
        return self.row_count - 1

    def put(self, cell: GridCell) -> None:
        """Place a cell; rows it reaches into come into being."""
        self.cells.append(cell)
        self.row_count = max(self.row_count, cell.row + cell.row_span)

    def put_texts(
        self, row: int, texts: Iterable[str], align: Align = Align.CENTRE, first: int = 0
    ) -> None:
        """Place unmerged texts side by side."""
        for offset, text in enumerate(texts):
            self.put(GridCell(text, row, first + offset, align=align))

    def put_figure(self, row: int, column: int, figure: PrintedFigure) -> None:
        """Place an amount and record it, unless the cell says that there is none."""
        self.put(GridCell(figure.amount_text, row, column, align=Align.RIGHT))
        if figure.amount_text.strip() not in NOTHING:
            self.figures.append(PlacedFigure(figure, row, column))

    def put_blank_rows(self, count: int, filler: str = "") -> None:
        """Add rows without content."""
        for _ in range(count):
            self.put_texts(self.start_row(), [filler] * len(self.widths))

    def end_header(self) -> None:
        """Declare every row so far to be header."""
        self.header_rows = self.row_count

    def build(self) -> Grid:
        """Freeze what was collected."""
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        return Grid(cells, self.row_count, self.widths, self.header_rows, tuple(self.figures))


def push_down(grid: Grid, top: Iterable[GridCell], rows: int) -> Grid:
    """Put rows above a grid; they count as header."""
    cells = (*top, *(replace(cell, row=cell.row + rows) for cell in grid.cells))
    figures = tuple(replace(placed, row=placed.row + rows) for placed in grid.figures)
    return replace(
        grid,
        cells=cells,
        row_count=grid.row_count + rows,
        header_rows=grid.header_rows + rows,
        figures=figures,
    )


def append_row(grid: Grid, text: str) -> Grid:
    """Put one row merged over all columns below a grid."""
    cell = GridCell(text, grid.row_count, 0, 1, grid.column_count, Align.LEFT)
    return replace(grid, cells=(*grid.cells, cell), row_count=grid.row_count + 1)


def take_rows(grid: Grid, rows: Iterable[int]) -> Grid:
    """A grid of some of another's rows; no cell may reach over the edge of what is taken."""
    taken = {row: place for place, row in enumerate(rows)}
    return replace(
        grid,
        cells=tuple(replace(cell, row=taken[cell.row]) for cell in grid.cells if cell.row in taken),
        figures=tuple(
            replace(placed, row=taken[placed.row]) for placed in grid.figures if placed.row in taken
        ),
        row_count=len(taken),
        header_rows=sum(row < grid.header_rows for row in taken),
    )


def break_headers(grid: Grid, length: int) -> Grid:
    """Print headers in lines of so many characters, wherever words end."""

    def broken(cell: GridCell) -> GridCell:
        if cell.row >= grid.header_rows or "\n" in cell.text:
            return cell
        lines = (cell.text[start : start + length] for start in range(0, len(cell.text), length))
        return replace(cell, text="\n".join(lines))

    return replace(grid, cells=tuple(broken(cell) for cell in grid.cells))


def fill_blanks(grid: Grid, filler: str) -> Grid:
    """Print something invisible in every cell of the body that would be empty."""

    def filled(cell: GridCell) -> GridCell:
        is_blank = cell.row >= grid.header_rows and not cell.text
        return replace(cell, text=filler) if is_blank else cell

    return replace(grid, cells=tuple(filled(cell) for cell in grid.cells))


def replace_figure(grid: Grid, old: PlacedFigure, amount_text: str) -> Grid:
    """Print another number in one figure's place."""
    new = replace(old, figure=replace(old.figure, amount_text=amount_text))
    position = (old.row, old.column)
    cells = tuple(
        replace(cell, text=amount_text) if (cell.row, cell.column) == position else cell
        for cell in grid.cells
    )
    figures = tuple(new if placed is old else placed for placed in grid.figures)
    return replace(grid, cells=cells, figures=figures)
