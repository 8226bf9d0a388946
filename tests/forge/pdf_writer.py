"""Writes composed sections as a PDF with an embedded font, the same bytes every time.

Knows page geometry. Does not know forms or departments.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus import Flowable as _Flowable

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.embedded_font import register_font
from tests.forge.grid import Align, Grid, GridCell

FONT = "WenQuanYiMicroHei"
MARGIN = 50
CELL_SIZE = 8
CELL_PADDING = 2.5
LINE = 0.6
SIZES = {
    Role.COVER: 26,
    Role.PART: 18,
    Role.HEADING: 13,
    Role.BODY: 11,
    Role.CONTENTS: 11,
    Role.FORM_TITLE: 14,
    Role.FORM_LINE: 9,
    Role.NOTE: 9,
}
CENTRED = frozenset({Role.COVER, Role.PART, Role.FORM_TITLE})
ALIGNMENTS = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}
COVER_DROP = 180
LEADING = 1.5

Flowable: TypeAlias = Any
"""reportlab carries no types."""


def write_pdf(sections: Iterable[Section], path: Path) -> None:
    """Write sections to a PDF file."""
    register_font(FONT)
    parts = tuple(sections)
    document = BaseDocTemplate(
        str(path),
        invariant=1,
        pageTemplates=_page_templates(parts[0].head, first_is_landscape=parts[0].is_landscape),
        title="",
        author="",
    )
    document.build(_story(parts))


def _page_templates(head: str, *, first_is_landscape: bool) -> list[Any]:
    templates = [
        _page_template("upright", A4, head),
        _page_template("landscape", landscape(A4), head),
    ]
    return templates[::-1] if first_is_landscape else templates


def _page_template(name: str, size: tuple[float, float], head: str) -> Flowable:
    width, height = size
    frame = Frame(
        MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0, id=f"{name} frame"
    )

    def print_head(canvas: Any, _document: Any) -> None:  # noqa: ANN401 - reportlab has no types
        canvas.setFont(FONT, SIZES[Role.FORM_LINE])
        canvas.drawCentredString(width / 2, height - MARGIN / 2, head)

    return PageTemplate(
        id=name, frames=[frame], pagesize=size, onPage=print_head if head else _none
    )


def _none(_canvas: Any, _document: Any) -> None:  # noqa: ANN401 - reportlab has no types
    """Print no head."""


def _story(sections: tuple[Section, ...]) -> list[Flowable]:
    story: list[Flowable] = []
    for number, section in enumerate(sections):
        if number:
            story.append(NextPageTemplate("landscape" if section.is_landscape else "upright"))
            story.append(PageBreak())
        width, height = A4
        available = (height if section.is_landscape else width) - 2 * MARGIN
        for block in section.blocks:
            story.extend(_flowables(block, available))
    return story


def _flowables(block: TextBlock | TableBlock, width: float) -> list[Flowable]:
    if isinstance(block, TableBlock):
        return [_table(block, width), Spacer(1, 4)]
    if block.role is Role.COVER:
        return [Spacer(1, COVER_DROP), _paragraph(block)]
    if block.right:
        return [_two_ended_line(block, width)]
    return [_paragraph(block)]


def _paragraph(block: TextBlock) -> Flowable:
    size = SIZES[block.role]
    style = ParagraphStyle(
        block.role.value,
        fontName=FONT,
        fontSize=size,
        leading=size * LEADING,
        alignment=TA_CENTER if block.role in CENTRED else TA_LEFT,
        firstLineIndent=2 * size if block.role is Role.BODY else 0,
        spaceAfter=6 if block.role in CENTRED else 0,
        wordWrap="CJK",
    )
    return Paragraph(escape(block.text), style)


def _two_ended_line(block: TextBlock, width: float) -> Flowable:
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, SIZES[block.role]),
        ("ALIGN", (1, 0), (1, 0), "RIGHT"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
    ]
    return Table([[block.text, block.right]], colWidths=[width * 0.7, width * 0.3], style=style)


def _table(block: TableBlock, width: float) -> Flowable:
    grid = block.grid
    total = sum(grid.widths)
    content: list[list[Any]] = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        content[cell.row][cell.column] = _cell_content(cell, block)
    widths = [width * column / total for column in grid.widths]
    return Table(
        content,
        colWidths=_drifted(widths, block.drift),
        repeatRows=grid.header_rows if block.repeats_header else 0,
        style=_table_style(grid, amounts_at_top=block.amounts_at_top),
    )


def _drifted(widths: list[float], drift: float) -> list[float]:
    """Move every second border between columns, the outer ones staying."""
    last = len(widths) - 1
    moved = [drift if number % 2 == 0 and number < last else 0 for number in range(len(widths))]
    before = [0.0, *moved[:-1]]
    return [width + right - left for width, left, right in zip(widths, before, moved, strict=True)]


class RaisedText(_Flowable):  # type: ignore[misc]  # reportlab carries no types
    """One line of text whose baseline is displaced, as some office programs print digits."""

    def __init__(self, text: str, rise: float) -> None:
        super().__init__()
        self.text = text
        self.rise = rise

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and one line."""
        self.width = width
        return width, CELL_SIZE * 1.2

    def draw(self) -> None:
        """Print at the right, off the line."""
        text = self.canv.beginText()
        text.setFont(FONT, CELL_SIZE)
        text.setTextOrigin(self.width - stringWidth(self.text, FONT, CELL_SIZE), 2)
        text.setRise(self.rise)
        text.textOut(self.text)
        self.canv.drawText(text)


def _cell_content(cell: GridCell, block: TableBlock) -> Flowable:
    """Amounts are set on one line, everything else wraps."""
    if cell.align is Align.RIGHT and block.rise and cell.text.strip():
        return RaisedText(cell.text, block.rise)
    if cell.align is Align.RIGHT or not cell.text.strip():
        return cell.text
    style = ParagraphStyle(
        cell.align.value,
        fontName=FONT,
        fontSize=CELL_SIZE,
        leading=CELL_SIZE * 1.25,
        alignment=ALIGNMENTS[cell.align],
        # A closing bracket may hang behind its line, which must not reach into the next cell.
        rightIndent=CELL_SIZE if block.has_narrow_names and cell.align is Align.LEFT else 0,
        wordWrap="CJK",
    )
    text = escape(cell.text).replace("  ", "　").replace("\n", "<br/>")
    return Paragraph(text, style)


def _table_style(grid: Grid, *, amounts_at_top: bool) -> list[tuple[Any, ...]]:
    spans = [
        (
            "SPAN",
            (cell.column, cell.row),
            (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1),
        )
        for cell in grid.cells
        if cell.row_span > 1 or cell.column_span > 1
    ]
    right = [
        ("ALIGN", (cell.column, cell.row), (cell.column, cell.row), "RIGHT")
        for cell in grid.cells
        if cell.align is Align.RIGHT
    ]
    top = [("VALIGN", *position[1:3], "TOP") for position in right if amounts_at_top]
    rules = [("GRID", (0, 0), (-1, -1), LINE, (0, 0, 0))] if grid.is_ruled else []
    # A header is never parted from itself, nor from the first row below it.
    together = [("NOSPLIT", (0, 0), (-1, grid.header_rows))] if grid.header_rows else []
    return [
        ("FONT", (0, 0), (-1, -1), FONT, CELL_SIZE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), CELL_PADDING),
        *rules,
        *together,
        *spans,
        *right,
        *top,
    ]
