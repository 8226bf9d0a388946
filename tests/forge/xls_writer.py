"""Writes composed sections as an old Excel workbook (97 to 2003), the same bytes every time.

Knows BIFF8 through xlwt. Does not know what stands where on a sheet.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import xlwt
from xlwt.BIFFRecords import FormulaRecord

from tests.forge.blocks import Section
from tests.forge.grid import Align
from tests.forge.workbook import Look, Sheet, SheetCell, Visibility
from tests.forge.workbook_habits import PLAIN_HABITS, WorkbookHabits
from tests.forge.workbook_layout import lay_out_workbook

FONT = "宋体"
ALIGNMENTS = {
    Align.LEFT: xlwt.Alignment.HORZ_LEFT,
    Align.CENTRE: xlwt.Alignment.HORZ_CENTER,
    Align.RIGHT: xlwt.Alignment.HORZ_RIGHT,
}
ACROSS = xlwt.Alignment.HORZ_CENTER_ACROSS_SEL
WHITE = 1
"""Its place among the colours of old workbooks."""
VISIBILITIES = {Visibility.VISIBLE: 0, Visibility.HIDDEN: 1, Visibility.VERY_HIDDEN: 2}
TWIPS = 20
WIDTH_OF_A_CHARACTER = 256
RESULT = slice(10, 18)
"""Where a formula's record keeps its result, behind number, length, row, column and format."""

Written: TypeAlias = Any
"""xlwt carries no types."""


def write_xls(
    sections: Iterable[Section], path: Path, habits: WorkbookHabits = PLAIN_HABITS
) -> None:
    """Write sections to an old Excel workbook.

    Args:
        sections: The document.
        path: Where the file goes.
        habits: How the department fills its workbooks; what is shown stays the same.
    """
    file = xlwt.Workbook(encoding="utf-8")
    writer = _Writer(file)
    sheets = lay_out_workbook(sections, habits).sheets
    # A formula can only refer to a sheet that is there.
    targets = [file.add_sheet(sheet.name, cell_overwrite_ok=True) for sheet in sheets]
    for sheet, target in zip(sheets, targets, strict=True):
        writer.write_sheet(sheet, target)
    file.save(str(path))


@dataclass(frozen=True, slots=True)
class _CalculatedCell:
    """A formula with the result that the program remembers, which xlwt leaves out."""

    row: int
    column: int
    style: int
    formula: Written
    result: float

    def get_biff_data(self) -> bytes:
        """The record, as xlwt asks its cells for it."""
        record = bytearray(
            FormulaRecord(self.row, self.column, self.style, self.formula.rpn()).get()
        )
        record[RESULT] = struct.pack("<d", self.result)
        return bytes(record)


@dataclass(slots=True)
class _Writer:
    file: Written
    styles: dict[Look, Written] = field(default_factory=dict)

    def write_sheet(self, sheet: Sheet, target: Written) -> None:
        """Write one sheet."""
        for column, width in sheet.widths.items():
            target.col(column).width = int(width * WIDTH_OF_A_CHARACTER)
        for column in sheet.hidden_columns:
            target.col(column).hidden = True
        for row, height in sheet.heights.items():
            target.row(row).height_mismatch = True
            target.row(row).height = int(height * TWIPS)
        for row in sheet.hidden_rows:
            target.row(row).hidden = True
        for cell in sheet.cells:
            self._write_cell(target, cell)
        target.show_zero_values = not sheet.hides_zeros
        target.portrait = not sheet.is_landscape
        target.visibility = VISIBILITIES[sheet.visibility]

    def _write_cell(self, target: Written, cell: SheetCell) -> None:
        style = self._style(cell.look)
        if cell.look.is_across:
            for column in range(cell.column + 1, cell.column + cell.column_span):
                target.write(cell.row, column, None, style)
        elif cell.row_span > 1 or cell.column_span > 1:
            last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            target.write_merge(cell.row, last_row, cell.column, last_column, "", style)
        if cell.number is None:
            target.write(cell.row, cell.column, cell.text or None, style)
            return
        # A spreadsheet keeps numbers in binary.
        number = float(cell.number)
        if not cell.formula:
            target.write(cell.row, cell.column, number, style)
            return
        formula = xlwt.Formula(cell.formula)
        self.file.add_sheet_reference(formula)
        target.row(cell.row).insert_cell(
            cell.column,
            _CalculatedCell(
                *(cell.row, cell.column, self.file.add_style(style), formula, number),
            ),
        )

    def _style(self, look: Look) -> Written:
        if look not in self.styles:
            style = xlwt.XFStyle()
            style.font.name = FONT
            style.font.height = look.size * TWIPS
            style.font.bold = look.is_bold
            style.alignment.horz = ACROSS if look.is_across else ALIGNMENTS[look.align]
            if look.is_white:
                style.font.colour_index = WHITE
            style.alignment.vert = xlwt.Alignment.VERT_CENTER
            style.alignment.wrap = int(look.wraps)
            style.alignment.inde = look.indent
            style.num_format_str = look.number_format
            if look.is_ruled:
                _rule(style.borders)
            self.styles[look] = style
        return self.styles[look]


def _rule(borders: Written) -> None:
    borders.left = borders.right = borders.top = borders.bottom = xlwt.Borders.THIN
