"""Sheets of a workbook of Excel 5 to 2003 (.xls), and of WPS (.et), which writes the same.

Knows what xlrd gives of such a file. Knows nothing of what the sheets mean; runs no macro and
follows no link.

xlrd, not calamine: it gives number formats, rulings and hidden rows, without which what is printed
cannot be told.
"""

import struct
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as XlsSheet

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import WORKBOOK_STREAMS
from pipelines.reading.number_formats import GENERAL, stored_number
from pipelines.reading.ole import read_stream, stream_names
from pipelines.reading.sheets import (
    SPACER_CELLS,
    SPACER_ROWS,
    Area,
    Runs,
    Sheet,
    SheetCell,
    Stored,
    areas_across,
    print_stored,
)
from pipelines.reading.xls_formulas import Cells, formulas_not_worked_out

# 65,536 rows of 256 columns, each cell formatted and blank, take no more.
MAX_WORKBOOK_BYTES = 40 * 1024 * 1024
# Texts of Excel 5 and 95 are of the character set of the system; later ones are Unicode.
_CHARACTER_SET = "gb18030"
_WHITE = (255, 255, 255)
# The paper's colour, as fills name it that have none.
_PAPER = frozenset({64, 65})
_SOLID, _UNFILLED = 1, 0
_ACROSS = 6
# What a cell shows of a formula that nobody has worked out.
_NO_RESULT = "=…"
_BLANK = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})

# What xlrd raises for records that do not fit together.
_DAMAGE = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, UnicodeError, ValueError),
    *(LookupError, AssertionError, AttributeError, TypeError, ArithmeticError, EOFError),
)


def read_xls_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook, in the order of their tabs.

    Args:
        content: The file's bytes.

    Raises:
        UnreadableFileError: The workbook is damaged, encrypted or too large.
    """
    names = stream_names(content)
    stream = next(name for name in WORKBOOK_STREAMS if name in names)
    workbook = read_stream(content, stream)
    if len(workbook) > MAX_WORKBOOK_BYTES:
        raise UnreadableFileError(
            UnreadableReason.DAMAGED,
            f"the workbook holds more than {MAX_WORKBOOK_BYTES // 2**20} MiB of cells; "
            "it is not a disclosure",
        )
    book = _open(workbook)
    try:
        unworked = formulas_not_worked_out(workbook, book._sh_abs_posn)
        return tuple(_read_sheet(book, sheet, unworked[sheet.number]) for sheet in book.sheets())
    except (LookupError, struct.error) as error:  # a style that is not there, half a record
        raise _refused(error) from error


def _open(workbook: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=workbook,
            logfile=StringIO(),
            formatting_info=True,
            ragged_rows=True,
            encoding_override=_CHARACTER_SET,
        )
    except _DAMAGE as error:
        raise _refused(error) from error


def _refused(error: Exception) -> UnreadableFileError:
    if "encrypted" in str(error):
        return UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            # Who protects a workbook's structure encrypts it, too, and needs no password to see it.
            "the workbook is encrypted, by a password or because its structure is protected; "
            "save it without protection, or obtain an unprotected copy",
        )
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the workbook is damaged inside; fetch it again"
    )


def _read_sheet(book: Book, sheet: XlsSheet, unworked: Cells) -> Sheet:
    cells: list[SheetCell] = []
    across: list[Area] = []
    ruled: dict[int, Runs] = {}
    blank_ruled_rows: list[int] = []
    blank_rows = 0
    for row in range(sheet.nrows):
        before = len(cells)
        cells.extend(_printed_cells(book, sheet, row, unworked))
        blank_rows = 0 if len(cells) > before else blank_rows + 1
        if not blank_rows:
            columns = _ruled_columns(book, sheet, row, sheet.row_len(row))
            ruled[row] = Runs((column, column) for column in columns)
            across += areas_across(row, _cells_across(book, sheet, row))
        elif blank_rows <= SPACER_ROWS and _is_ruled(book, sheet, row):
            blank_ruled_rows.append(row)
    return Sheet(
        name=sheet.name,
        is_hidden=sheet.visibility != 0,
        cells=cells,
        merged=[
            *(
                Area(top, left, bottom - 1, right - 1)
                for top, bottom, left, right in sheet.merged_cells
            ),
            *across,
        ],
        hidden_rows=Runs(
            (row, row) for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0
        ),
        hidden_columns=Runs(
            (column, column)
            for column, info in sheet.colinfo_map.items()
            if info.hidden or info.width == 0
        ),
        ruled=ruled,
        blank_ruled_rows=Runs((row, row) for row in blank_ruled_rows),
    )


def _printed_cells(book: Book, sheet: XlsSheet, row: int, unworked: Cells) -> Iterator[SheetCell]:
    for column, kind in enumerate(sheet.row_types(row)):
        if (row, column) in unworked:
            yield SheetCell(row, column, _NO_RESULT, is_unreadable=True)
            continue
        if kind in _BLANK:
            continue
        cell = sheet.cell(row, column)
        text, is_told = print_stored(
            _stored(cell),
            _format_of(book, cell),
            is_1904=bool(book.datemode),
            shows_zeros=bool(sheet.show_zero_values),
        )
        if text.strip():
            yield SheetCell(
                row=row,
                column=column,
                text=text,
                is_unreadable=kind == xlrd.XL_CELL_ERROR or not is_told,
                is_unseen=_is_unseen(book, cell),
            )


def _stored(cell: Cell) -> Stored:
    """What a cell holds; of an error its name."""
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number: Decimal = stored_number(cell.value)
        return number
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    text = str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
    return text or None


def _format_of(book: Book, cell: Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return GENERAL
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _cells_across(book: Book, sheet: XlsSheet, row: int) -> Iterator[tuple[int, bool]]:
    """Yield the column of each cell that is centred across others, and whether it is blank."""
    for column, kind in enumerate(sheet.row_types(row)):
        alignment = book.xf_list[sheet.cell_xf_index(row, column)].alignment
        if alignment.hor_align == _ACROSS:
            yield column, kind in _BLANK


def _ruled_columns(book: Book, sheet: XlsSheet, row: int, end: int) -> Iterator[int]:
    """Yield the columns before an end whose cells have a ruling at a side."""
    for column in range(min(end, sheet.row_len(row))):
        border = book.xf_list[sheet.cell_xf_index(row, column)].border
        if border.left_line_style or border.right_line_style:
            yield column


def _is_ruled(book: Book, sheet: XlsSheet, row: int) -> bool:
    return next(_ruled_columns(book, sheet, row, SPACER_CELLS), None) is not None


def _is_unseen(book: Book, cell: Cell) -> bool:
    style = book.xf_list[cell.xf_index]
    font = book.font_list[style.font_index]
    if book.colour_map.get(font.colour_index) != _WHITE:
        return False
    pattern, colour = style.background.fill_pattern, style.background.pattern_colour_index
    is_white = colour in _PAPER or book.colour_map.get(colour) == _WHITE
    return pattern == _UNFILLED or (pattern == _SOLID and is_white)
