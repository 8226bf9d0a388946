"""Lays composed sections out on the sheets of a workbook, the way departments fill them.

Knows where titles, captions, tables and notes stand on sheets, and what is hidden between them.
Does not know what cells of tables hold, nor how a workbook is written.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Align, Grid
from tests.forge.workbook import Look, Sheet, SheetCell, Visibility, Workbook
from tests.forge.workbook_cells import (
    BASE_FACTOR,
    BASE_SHEET,
    DASH,
    Axis,
    TableWriter,
    base_row,
    is_across,
    is_amount,
    is_number,
    taken_by,
    value_of,
)
from tests.forge.workbook_habits import (
    AmountCells,
    BlankCells,
    ColumnHiding,
    FormSheets,
    WorkbookHabits,
)

Block = TextBlock | TableBlock

LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\'\s]")
LAST_YEAR_SHEET = "上年数"
COVER_SHEET, CONTENTS_SHEET = "封面", "目录"
PROSE_COLUMNS = 9
CHARACTERS_ON_A_LINE = 38
LINE_HEIGHT = 16
SPACER_WIDTH = 1.5
CENTRED = frozenset({Role.COVER, Role.PART, Role.FORM_TITLE})
SIZES: Mapping[Role, int] = {Role.COVER: 24, Role.PART: 16, Role.HEADING: 12, Role.FORM_TITLE: 16}
PLAIN_SIZE = 11
FORMS_ON_A_SHEET = 3
FORMS_ABREAST = 2
ROWS_BETWEEN_FORMS = 2
FAR_ROW, FAR_COLUMN = 20_000, 29
FORMS_AT_ONCE: Mapping[FormSheets, int] = {
    FormSheets.ONE_EACH: 1,
    FormSheets.STACKED: FORMS_ON_A_SHEET,
    FormSheets.SIDE_BY_SIDE: FORMS_ABREAST,
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands together on a sheet: one form with captions and notes, or a run of prose."""

    blocks: tuple[Block, ...]
    is_landscape: bool = False

    @property
    def form(self) -> TableBlock | None:
        """The table that is the form, None in prose."""
        for block in self.blocks:
            if _is_form(block):
                assert isinstance(block, TableBlock)
                return block
        return None

    @property
    def title(self) -> str:
        """What the first line above a form's number says, '' in prose without one."""
        for block in self.blocks:
            if isinstance(block, TableBlock):
                return block.grid.text_at(0, 0)
            if block.role is Role.FORM_TITLE:
                return block.text
        return ""

    def has_role(self, role: Role) -> bool:
        """Whether a text is of a role."""
        return any(isinstance(block, TextBlock) and block.role is role for block in self.blocks)


def lay_out_workbook(sections: Iterable[Section], habits: WorkbookHabits) -> Workbook:
    """Lay a whole document out."""
    chunks = [chunk for section in sections for chunk in _chunks(section)]
    namer = _Namer(habits)
    sheets: list[Sheet] = []
    forms: list[Sheet] = []
    for is_form, run in groupby(chunks, key=lambda chunk: chunk.form is not None):
        if is_form:
            drawn = tuple(_form_sheets(tuple(run), habits, namer))
            sheets += drawn
            forms += drawn
        elif habits.is_narrated:
            sheets += [_prose_sheet(chunk, namer) for chunk in run]
    return Workbook((*sheets, *_hidden_sheets(forms, habits)))


def _chunks(section: Section) -> Iterator[Chunk]:
    """A section's forms, each with what stands above and below it."""
    current: list[Block] = []
    has_form = False
    for block in section.blocks:
        is_note = isinstance(block, TextBlock) and block.role is Role.NOTE
        if has_form and not is_note:
            yield Chunk(tuple(current), section.is_landscape)
            current, has_form = [], False
        current.append(block)
        has_form = has_form or _is_form(block)
    yield Chunk(tuple(current), section.is_landscape)


def _is_form(block: Block) -> bool:
    return isinstance(block, TableBlock) and block.grid.header_rows > 0


@dataclass(slots=True)
class _Namer:
    """Gives sheets names that a program accepts, each once."""

    habits: WorkbookHabits
    given: set[str] = field(default_factory=set)
    forms: int = 0

    def name_form(self, title: str) -> str:
        """Name a sheet after the title of its first form."""
        self.forms += 1
        pattern = self.habits.sheet_names.value
        return self.name(pattern.format(number=self.forms, title=title))

    def name(self, wanted: str) -> str:
        """The wanted name, made short and told apart from the others."""
        clean = FORBIDDEN_IN_NAMES.sub("", wanted)[:LONGEST_NAME]
        name, number = clean, 1
        while name.lower() in self.given:
            number += 1
            ending = f"({number})"
            name = f"{clean[: LONGEST_NAME - len(ending)]}{ending}"
        self.given.add(name.lower())
        return name


def _prose_sheet(chunk: Chunk, namer: _Namer) -> Sheet:
    """A sheet of texts, each in wrapped cells merged from side to side."""
    cells: list[SheetCell] = []
    heights: dict[int, float] = {}
    top = 6 if chunk.has_role(Role.COVER) else 0
    for row, block in enumerate(chunk.blocks, start=top):
        assert isinstance(block, TextBlock)
        cells.append(_across(block, row, 0, PROSE_COLUMNS))
        size = SIZES.get(block.role, PLAIN_SIZE)
        lines = 1 + len(block.text) * size // (CHARACTERS_ON_A_LINE * PLAIN_SIZE)
        heights[row] = lines * LINE_HEIGHT * size / PLAIN_SIZE
    return Sheet(namer.name(_prose_name(chunk)), tuple(cells), heights=heights)


def _prose_name(chunk: Chunk) -> str:
    if chunk.has_role(Role.COVER):
        return COVER_SHEET
    if chunk.has_role(Role.CONTENTS):
        return CONTENTS_SHEET
    first = chunk.blocks[0]
    assert isinstance(first, TextBlock)
    return first.text.rpartition(" ")[2] or "说明"


def _across(block: TextBlock, row: int, column: int, span: int) -> SheetCell:
    """A text in one cell over several columns."""
    align = Align.CENTRE if block.role in CENTRED else Align.LEFT
    look = Look(align, SIZES.get(block.role, PLAIN_SIZE), block.role in CENTRED, wraps=True)
    return SheetCell(block.text, row, column, 1, span, look)


def _form_sheets(
    chunks: tuple[Chunk, ...], habits: WorkbookHabits, namer: _Namer
) -> Iterator[Sheet]:
    at_once = FORMS_AT_ONCE[habits.form_sheets]
    for first in range(0, len(chunks), at_once):
        together = chunks[first : first + at_once]
        name = namer.name_form(together[0].title)
        rng = random.Random(f"{habits.seed} {first}")  # noqa: S311 - reproducible, no secrets
        yield _FormSheet(together, habits, rng, namer.forms).sheet(name)


@dataclass(slots=True)
class _FormSheet:
    """Collects the cells of one sheet of forms, from the top.

    Attributes:
        number: Which of the sheets of forms it is, from 1.
        row: Where the next line goes.
        left: Where the columns of the next form begin.
    """

    chunks: tuple[Chunk, ...]
    habits: WorkbookHabits
    rng: random.Random
    number: int
    row: int = 0
    left: int = 0
    cells: list[SheetCell] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def sheet(self, name: str) -> Sheet:
        """The finished sheet."""
        for chunk in self.chunks:
            if self._is_abreast:
                self.row, self.left = 0, self._next_left()
            self._write_chunk(chunk)
            self.row += ROWS_BETWEEN_FORMS
        if self.habits.has_far_cells and self.number == 1:
            far = SheetCell("", FAR_ROW, FAR_COLUMN, look=Look(is_ruled=True))
            self.cells.append(far)
        return Sheet(
            name,
            tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column))),
            self.widths,
            hidden_columns=frozenset(self.hidden_columns),
            hidden_rows=frozenset(self.hidden_rows),
            hides_zeros=self._hides_zeros(),
            is_landscape=self.chunks[0].is_landscape,
        )

    def _hides_zeros(self) -> bool:
        """Whether the sheet shows no zeros: only where none is printed."""
        wants_to = self.habits.blanks is BlankCells.ZERO_SHEET
        return wants_to and not any(_prints_zero(chunk) for chunk in self.chunks)

    @property
    def _is_abreast(self) -> bool:
        return self.habits.form_sheets is FormSheets.SIDE_BY_SIDE

    @property
    def _start(self) -> int:
        return self.left + int(self.habits.has_spacers)

    def _next_left(self) -> int:
        """The column behind all that is written so far and a blank one."""
        ends = (cell.column + cell.column_span for cell in self.cells)
        return max(ends, default=-1) + 1

    def _columns(self, grid: Grid) -> Axis:
        """Where the form's columns lie: what hides between them does so where none is below."""
        is_alone = len(self.chunks) == 1 or self._is_abreast
        added: list[int] = []
        if self.habits.hides_columns:
            widest = max(_grid_of(chunk).column_count for chunk in self.chunks)
            added.append(self.rng.randint(1, grid.column_count) if is_alone else widest)
        middle = _middle(grid)
        if self.habits.has_spacers and is_alone and middle and middle not in added:
            added.append(middle)
        return Axis(self._start, tuple(added))

    def _write_chunk(self, chunk: Chunk) -> None:
        grid = _grid_of(chunk)
        columns = self._columns(grid)
        for block in chunk.blocks:
            if _is_form(block):
                self._write_table(grid, columns)
            elif isinstance(block, TableBlock):
                self._write_caption_table(block.grid, columns, grid.column_count)
            else:
                self._write_text(block, columns, grid.column_count)

    def _write_text(self, block: TextBlock, columns: Axis, width: int) -> None:
        if block.role is Role.FORM_LINE:
            self._write_line([block.text] if block.text else [], block.right, columns, width)
            return
        self._write_across(block, columns, width)
        if block.role is Role.FORM_TITLE and self.habits.has_spacers:
            self.row += 1

    def _write_across(self, block: TextBlock, columns: Axis, width: int) -> None:
        cell = _across(block, self.row, columns.at(0), columns.span(0, width))
        if block.role in CENTRED and is_across(1, cell.column_span, self.habits):
            cell = replace(cell, look=replace(cell.look, is_across=True))
        if block.role is Role.FORM_TITLE:
            cell = self._as_title(cell)
        self.cells.append(cell)
        self.row += 1

    def _as_title(self, cell: SheetCell) -> SheetCell:
        """A title in several fonts, or put together by a formula."""
        if self.habits.has_rich_titles:
            return replace(cell, has_rich_text=True)
        if self.habits.amounts is AmountCells.FORMULAS:
            half = len(cell.text) // 2
            return replace(cell, formula=f'"{cell.text[:half]}"&"{cell.text[half:]}"')
        return cell

    def _write_caption_table(self, table: Grid, columns: Axis, width: int) -> None:
        """A small table above the form: its texts at the left and at the right of their rows."""
        if table.column_count == 1:
            title = TextBlock(table.text_at(0, 0), Role.FORM_TITLE)
            self._write_across(title, columns, width)
            return
        for row in range(table.row_count):
            texts = [cell for cell in table.cells if cell.row == row and cell.text]
            left = [cell.text for cell in texts if cell.align is not Align.RIGHT]
            right = "".join(cell.text for cell in texts if cell.align is Align.RIGHT)
            self._write_line(left, right, columns, width)

    def _write_line(self, left: list[str], right: str, columns: Axis, width: int) -> None:
        for place, text in enumerate(left):
            look = Look(Align.LEFT, PLAIN_SIZE)
            self.cells.append(SheetCell(text, self.row, columns.at(place), look=look))
        if right:
            free = width - len(left)
            merged = min(2, free) if self.habits.merges_captions else 1
            first = width - merged
            self.cells.append(
                SheetCell(
                    *(right, self.row, columns.at(first), 1, columns.span(first, merged)),
                    Look(Align.RIGHT, PLAIN_SIZE),
                )
            )
        self.row += 1

    def _write_table(self, grid: Grid, columns: Axis) -> None:
        hidden, spacers = self._added_rows(grid)
        rows = Axis(self.row, tuple(sorted((*hidden, *spacers))))
        writer = TableWriter(
            *(grid, self.habits, self.rng, rows, columns),
            may_hide_zeros=self._hides_zeros(),
            base_row=base_row(self.number),
        )
        cells = tuple(writer.cells())
        taken = taken_by(cells)
        self.cells += cells
        for place, before in zip(rows.places_added(), sorted(rows.added), strict=True):
            if before in hidden:
                self.cells += writer.helper_row(place, before - 1, taken)
                self.hidden_rows.add(place)
        self._hide_columns(writer, columns, taken)
        self._set_widths(grid, columns)
        self.row = rows.at(grid.row_count - 1) + 1
        if rows.places_added():
            self.row = max(self.row, rows.places_added()[-1] + 1)

    def _added_rows(self, grid: Grid) -> tuple[set[int], set[int]]:
        """Rows of the table before which a hidden or an empty one is put."""
        body = range(grid.header_rows + 1, grid.row_count)
        hidden: set[int] = set()
        spacers: set[int] = set()
        if self.habits.hides_rows and not self._is_abreast and len(body) > 1:
            hidden = set(self.rng.sample(body, min(2, len(body) - 1)))
        if self.habits.has_spacers and len(body) > 1:
            spacers = {grid.row_count - 1} - hidden
        return hidden, spacers

    def _hide_columns(
        self, writer: TableWriter, columns: Axis, taken: frozenset[tuple[int, int]]
    ) -> None:
        if not self.habits.hides_columns:
            return
        helper = columns.added[0]
        (place,) = (
            place
            for place, before in zip(columns.places_added(), sorted(columns.added), strict=True)
            if before == helper
        )
        self.cells += writer.helper_column(place, taken)
        if self.habits.column_hiding is ColumnHiding.HIDDEN:
            self.hidden_columns.add(place)

    def _set_widths(self, grid: Grid, columns: Axis) -> None:
        for place in columns.places_added():
            self.widths[place] = SPACER_WIDTH
        if self.habits.has_spacers:
            self.widths[self.left] = SPACER_WIDTH
        for number, width in enumerate(grid.widths):
            place = columns.at(number)
            self.widths[place] = max(self.widths.get(place, 0), 8, width * 100 / sum(grid.widths))


def _grid_of(chunk: Chunk) -> Grid:
    assert chunk.form is not None
    return chunk.form.grid


def _prints_zero(chunk: Chunk) -> bool:
    """Whether a form shows a zero, as a number or as a dash."""
    grid = _grid_of(chunk)
    amounts = {cell.text for cell in grid.cells if is_amount(cell, grid) and cell.text}
    return any(text == DASH or value_of(text) == 0 for text in amounts)


def _middle(grid: Grid) -> int | None:
    """The first column of the right side of a form of two sides, None in any other."""
    sides = {
        section: [placed.column for placed in grid.figures if placed.figure.section == section]
        for section in ("income", "expenditure")
    }
    if not all(sides.values()):
        return None
    right = min(sides["expenditure"])
    heads = [cell for cell in grid.cells if cell.row < grid.header_rows and cell.column_span > 1]
    starts = [cell.column for cell in heads if cell.column + cell.column_span > right]
    middle = max((start for start in starts if start <= right), default=0)
    return middle if max(sides["income"]) < middle else None


def _hidden_sheets(forms: Sequence[Sheet], habits: WorkbookHabits) -> Iterator[Sheet]:
    base = _base_sheet(forms, habits)
    if base.cells:
        yield base
    if habits.hides_sheets and forms:
        last_year = tuple(_as_of_last_year(cell) for cell in forms[0].cells)
        yield replace(forms[0], name=LAST_YEAR_SHEET, cells=last_year, visibility=Visibility.HIDDEN)


def _base_sheet(forms: Iterable[Sheet], habits: WorkbookHabits) -> Sheet:
    """What formulas refer to: the amounts of one sheet of forms below those of another."""
    cells = tuple(
        SheetCell(
            *(f"{cell.number * BASE_FACTOR}", base_row(number) + cell.row, cell.column),
            look=Look(Align.RIGHT),
            number=cell.number * BASE_FACTOR,
        )
        for number, sheet in enumerate(forms, start=1)
        for cell in sheet.cells
        if cell.formula and cell.number is not None
    )
    hidden = Visibility.VERY_HIDDEN if habits.seed % 2 else Visibility.HIDDEN
    return Sheet(BASE_SHEET, cells, visibility=hidden)


def _as_of_last_year(cell: SheetCell) -> SheetCell:
    """A cell with another number, where it holds an amount."""
    if not is_number(cell.text) or cell.look.align is not Align.RIGHT:
        return replace(cell, formula="")
    number = value_of(cell.text) + Decimal("17.31")
    look = replace(cell.look, number_format="#,##0.00")
    return replace(cell, text=f"{number:,.2f}", number=number, formula="", look=look)
