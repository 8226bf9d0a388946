"""Writes composed sections as an Excel workbook, the same bytes every time.

Knows SpreadsheetML through xlsxwriter. Does not know what stands where on a sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from tests.forge.blocks import Section
from tests.forge.grid import Align
from tests.forge.workbook import Look, Sheet, SheetCell, Visibility
from tests.forge.workbook_habits import PLAIN_HABITS, WorkbookHabits
from tests.forge.workbook_layout import lay_out_workbook

WRITTEN_AT = datetime(2024, 9, 1, tzinfo=UTC)
FONT, OTHER_FONT = "宋体", "黑体"
ALIGNMENTS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
ACROSS = "center_across"
WHITE = "#FFFFFF"

Written: TypeAlias = Any
"""xlsxwriter carries no types."""


def write_xlsx(
    sections: Iterable[Section], path: Path, habits: WorkbookHabits = PLAIN_HABITS
) -> None:
    """Write sections to an Excel workbook.

    Args:
        sections: The document.
        path: Where the file goes.
        habits: How the department fills its workbooks; what is shown stays the same.
    """
    with xlsxwriter.Workbook(str(path)) as file:
        file.set_properties({"created": WRITTEN_AT.replace(tzinfo=None)})
        writer = _Writer(file)
        for sheet in lay_out_workbook(sections, habits).sheets:
            writer.write_sheet(sheet)


@dataclass(slots=True)
class _Writer:
    file: Written
    formats: dict[Look, Written] = field(default_factory=dict)

    def write_sheet(self, sheet: Sheet) -> None:
        """Write one sheet."""
        target = self.file.add_worksheet(sheet.name)
        _set_lines(target, sheet)
        for cell in sheet.cells:
            self._write_cell(target, cell)
        if sheet.hides_zeros:
            target.hide_zero()
        if sheet.is_landscape:
            target.set_landscape()
        if sheet.visibility is Visibility.HIDDEN:
            target.hide()
        elif sheet.visibility is Visibility.VERY_HIDDEN:
            target.very_hidden()

    def _write_cell(self, target: Written, cell: SheetCell) -> None:
        look = self._format(cell.look)
        place = (cell.row, cell.column)
        if cell.look.is_across:
            for column in range(cell.column + 1, cell.column + cell.column_span):
                target.write_blank(cell.row, column, None, look)
        elif cell.row_span > 1 or cell.column_span > 1:
            last = (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            target.merge_range(*place, *last, "", look)
        if cell.formula:
            # A spreadsheet keeps numbers in binary; so does the result that it remembers.
            result = cell.text if cell.number is None else float(cell.number)
            target.write_formula(*place, f"={cell.formula}", look, result)
        elif cell.number is not None:
            target.write_number(*place, float(cell.number), look)
        elif cell.has_rich_text and len(cell.text) > 1:
            other = self.file.add_format({"font_name": OTHER_FONT, "font_size": cell.look.size})
            target.write_rich_string(*place, other, cell.text[0], cell.text[1:], look)
        elif cell.text:
            target.write_string(*place, cell.text, look)
        else:
            target.write_blank(*place, None, look)

    def _format(self, look: Look) -> Written:
        if look not in self.formats:
            self.formats[look] = self.file.add_format(
                {
                    "font_name": FONT,
                    "font_size": look.size,
                    "bold": look.is_bold,
                    "align": ACROSS if look.is_across else ALIGNMENTS[look.align],
                    "valign": "vcenter",
                    "border": int(look.is_ruled),
                    "text_wrap": look.wraps,
                    "indent": look.indent,
                    "num_format": look.number_format,
                    "quote_prefix": look.is_marked_text,
                    **({"font_color": WHITE} if look.is_white else {}),
                }
            )
        return self.formats[look]


def _set_lines(target: Written, sheet: Sheet) -> None:
    """Set widths and heights, and hide columns and rows."""
    for column, width in sheet.widths.items():
        target.set_column(column, column, width)
    for column in sheet.hidden_columns:
        target.set_column(column, column, None, None, {"hidden": True})
    for row, height in sheet.heights.items():
        target.set_row(row, height)
    for row in sheet.hidden_rows:
        target.set_row(row, None, None, {"hidden": True})
