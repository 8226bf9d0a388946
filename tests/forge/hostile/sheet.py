"""One form as texts at exact places, for pages that office programs would never write so neatly.

Knows cells, rulings and how both are drawn or written. Does not know what is hostile about them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas as _Canvas

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.docx_writer import write_docx
from tests.forge.embedded_font import register_font
from tests.forge.grid import Align, Grid, GridCell

FORM = "general_budget_expenditure"
TITLE = "一般公共预算财政拨款支出决算表"
COVER = "徐闻县潮汐钟表校准中心2023年度部门决算"
UNIT_LINE = "单位：万元"
MEASURES = ("total", "basic", "project")
HEADER_ROWS = 2
FIRST_AMOUNT = 2
"""Column of the first amount, behind code and name."""
ROWS: tuple[tuple[str, ...], ...] = (
    ("", "合计", "1801.28", "1200.50", "600.78"),
    ("201", "一般公共服务支出", "1801.28", "1200.50", "600.78"),
    ("20103", "政府办公厅（室）及相关机构事务", "1801.28", "1200.50", "600.78"),
    ("2010301", "行政运行", "1200.50", "1200.50", ""),
    ("2010302", "一般行政管理事务", "600.78", "", "600.78"),
)
HEADER: tuple[GridCell, ...] = (
    GridCell("项目", 0, 0, 1, 2),
    GridCell("本年支出", 0, 2, 1, 3),
    GridCell("科目编码", 1, 0),
    GridCell("科目名称", 1, 1),
    GridCell("小计", 1, 2),
    GridCell("基本支出", 1, 3),
    GridCell("项目支出", 1, 4),
)

COLUMN_WIDTHS = (70, 160, 88, 88, 88)
ROW_HEIGHT = 24
LEFT, TOP = 50, 690
SIZE = 9
FONT = "WenQuanYiHostile"
GLYPHLESS: Mapping[str, str] = {
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2212\u2010\u2011\u2013\ufe63\u00ad", "-"),
    **dict(zip("⻔⻋⼀⽀⽬⾏⽤⼈⼤⼯⼆", "门车一支目行用人大工二", strict=True)),
}
"""Characters the font lacks, and whose glyph they borrow; none takes no room."""

Canvas: TypeAlias = Any
"""reportlab carries no types."""
Key = tuple[str, str, str]
"""Code, label and measure of a figure."""
Ruling = tuple[str, int, int]
"""Piece of a ruling: ``across`` or ``down``, the row and the column it begins at."""


class Ruled(StrEnum):
    """Which rulings are drawn."""

    ALL = "all"
    ACROSS = "only those across"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form of two header rows and a few body rows.

    Attributes:
        row_heights: Heights of rows that are higher than usual.
        without: Pieces of rulings that are missing.
    """

    title: str = TITLE
    header: tuple[GridCell, ...] = HEADER
    rows: tuple[tuple[str, ...], ...] = ROWS
    ruled: Ruled = Ruled.ALL
    row_heights: Mapping[int, int] = field(default_factory=dict)
    without: frozenset[Ruling] = frozenset()

    def with_text(self, row: int, column: int, text: str) -> "Sheet":
        """The same sheet with another text in one body cell."""
        texts = list(self.rows[row])
        texts[column] = text
        changed = (*self.rows[:row], tuple(texts), *self.rows[row + 1 :])
        return replace(self, rows=changed)

    def values(self) -> dict[Key, Decimal]:
        """The figures, where every amount is written plainly."""
        return {
            (code, label, measure): Decimal(text)
            for code, label, *amounts in self.rows
            for measure, text in zip(MEASURES, amounts, strict=True)
            if text
        }

    def cells(self) -> tuple[GridCell, ...]:
        """Header and body cells."""
        body = (
            GridCell(text, number, column, align=_align(column))
            for number, row in enumerate(self.rows, start=HEADER_ROWS)
            for column, text in enumerate(row)
        )
        return (*self.header, *body)

    def row_tops(self) -> tuple[float, ...]:
        """The vertical places of the rulings across, from the top."""
        tops = [float(TOP)]
        for row in range(HEADER_ROWS + len(self.rows)):
            tops.append(tops[-1] - self.row_heights.get(row - HEADER_ROWS, ROW_HEIGHT))
        return tuple(tops)


def _align(column: int) -> Align:
    return Align.LEFT if column < FIRST_AMOUNT else Align.RIGHT


def column_lefts() -> tuple[float, ...]:
    """The horizontal places of the rulings down, from the left."""
    lefts = [float(LEFT)]
    for width in COLUMN_WIDTHS:
        lefts.append(lefts[-1] + width)
    return tuple(lefts)


def box_of(sheet: Sheet, row: int, column: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a body cell."""
    tops, lefts = sheet.row_tops(), column_lefts()
    top = HEADER_ROWS + row
    return lefts[column], tops[top + 1], lefts[column + 1], tops[top]


def write_sheet_docx(sheet: Sheet, path: Path) -> None:
    """Write a sheet as a Word file."""
    grid = Grid(
        tuple(sorted(sheet.cells(), key=lambda cell: (cell.row, cell.column))),
        HEADER_ROWS + len(sheet.rows),
        COLUMN_WIDTHS,
        HEADER_ROWS,
    )
    blocks = (
        TextBlock(COVER, Role.COVER),
        TextBlock(sheet.title, Role.FORM_TITLE),
        TextBlock("", Role.FORM_LINE, UNIT_LINE),
        TableBlock(grid),
    )
    write_docx((Section(blocks),), path)


def draw_sheet(
    sheet: Sheet,
    path: Path,
    *,
    prepare: Callable[[Canvas], object] | None = None,
    finish: Callable[[Canvas], object] | None = None,
    size: tuple[float, float] = A4,
) -> None:
    """Draw a sheet as a page of a PDF.

    Args:
        sheet: What is drawn.
        path: Where the file goes.
        prepare: What is done to the canvas first.
        finish: What is drawn over the sheet.
        size: Width and height of the page.
    """
    register_font(FONT, tuple(GLYPHLESS.items()))
    canvas = _Canvas(str(path), pagesize=size, invariant=1)
    if prepare:
        prepare(canvas)
    canvas.setFont(FONT, SIZE)
    right = column_lefts()[-1]
    canvas.drawCentredString((LEFT + right) / 2, TOP + 60, COVER)
    canvas.drawCentredString((LEFT + right) / 2, TOP + 34, sheet.title)
    canvas.drawRightString(right, TOP + 8, UNIT_LINE)
    _draw_rulings(canvas, sheet)
    for cell in sheet.cells():
        _draw_text(canvas, sheet, cell)
    if finish:
        finish(canvas)
    canvas.showPage()
    canvas.save()


def _draw_rulings(canvas: Canvas, sheet: Sheet) -> None:
    tops, lefts = sheet.row_tops(), column_lefts()
    canvas.setLineWidth(0.6)
    for direction, row, column in sorted(_rulings(sheet) - sheet.without):
        if direction == "across":
            canvas.line(lefts[column], tops[row], lefts[column + 1], tops[row])
        else:
            canvas.line(lefts[column], tops[row], lefts[column], tops[row + 1])


def _rulings(sheet: Sheet) -> set[Ruling]:
    """Every piece of ruling around the cells."""
    pieces: set[Ruling] = set()
    if sheet.ruled is Ruled.NONE:
        return pieces
    for cell in sheet.cells():
        bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
        for column in range(cell.column, right):
            pieces |= {("across", cell.row, column), ("across", bottom, column)}
        if sheet.ruled is Ruled.ALL:
            for row in range(cell.row, bottom):
                pieces |= {("down", row, cell.column), ("down", row, right)}
    return pieces


def _draw_text(canvas: Canvas, sheet: Sheet, cell: GridCell) -> None:
    tops, lefts = sheet.row_tops(), column_lefts()
    left, right = lefts[cell.column] + 4, lefts[cell.column + cell.column_span] - 4
    middle = (tops[cell.row] + tops[cell.row + cell.row_span]) / 2
    lines = cell.text.split("\n")
    first = middle + (len(lines) - 1) * SIZE * 0.6 - SIZE * 0.35
    for number, line in enumerate(lines):
        _place(canvas, line, (left, right), first - number * SIZE * 1.2, cell.align)


def _place(
    canvas: Canvas, text: str, between: tuple[float, float], baseline: float, align: Align
) -> None:
    left, right = between
    if align is Align.LEFT:
        canvas.drawString(left, baseline, text)
    elif align is Align.RIGHT:
        canvas.drawRightString(right, baseline, text)
    else:
        canvas.drawCentredString((left + right) / 2, baseline, text)


def print_over(canvas: Canvas, sheet: Sheet, row: int, column: int, text: str) -> None:
    """Print a text into a body cell that has been drawn."""
    _, bottom, right, top = box_of(sheet, row, column)
    canvas.drawRightString(right - 4, (bottom + top) / 2 - SIZE * 0.35, text)


def without(values: Mapping[Key, Decimal], keys: Iterable[Key]) -> dict[Key, Decimal]:
    """Figures without some of them."""
    dropped = set(keys)
    return {key: value for key, value in values.items() if key not in dropped}
