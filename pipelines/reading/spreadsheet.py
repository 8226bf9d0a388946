"""Workbooks: .xlsx and .xlsm, .xls and .et.

Knows which reader opens which, and that a workbook is its sheets in the order of their tabs. Does
not know how a sheet is stored or taken apart.

A workbook has no pages: print areas, page headers and what is drawn over the cells are left out.
"""

from collections.abc import Sequence

from pipelines.domain.document import Document, FileKind
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.sheet_blocks import read_sheet
from pipelines.reading.sheets import Sheet


def read_spreadsheet(content: bytes, kind: FileKind, *, sha256: str, file_name: str) -> Document:
    """Read a workbook.

    Args:
        content: The file's bytes.
        kind: Which of the formats of workbooks it is.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: It is damaged, encrypted, too large or prints no text.
    """
    readings = [read_sheet(sheet) for sheet in _sheets(content, kind)]
    blocks = tuple(block for reading in readings for block in reading.blocks)
    if not blocks:
        raise UnreadableFileError(
            UnreadableReason.NO_TEXT,
            "the workbook shows no text: its sheets are blank, hidden or pictures; "
            "check what was published",
        )
    return Document(
        sha256=sha256,
        file_name=file_name,
        kind=kind,
        blocks=blocks,
        hidden_texts=tuple(text for reading in readings for text in reading.hidden_texts),
        unreadable=tuple(text for reading in readings for text in reading.unreadable),
    )


def _sheets(content: bytes, kind: FileKind) -> Sequence[Sheet]:
    # Each reader's library is loaded only where a file asks for it.
    if kind is FileKind.XLS:
        from pipelines.reading.xls_sheets import read_xls_sheets

        return read_xls_sheets(content)
    from pipelines.reading.xlsx_sheets import read_xlsx_sheets

    return read_xlsx_sheets(content)
