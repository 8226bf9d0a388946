"""Draws tables and documents inline, the way a reader would hand them over.

Knows cells, spans and places. Does not know forms.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.domain.document import Cell, Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place

ROW_HEIGHT = 12.0


def grid(drawing: str, *, edges: Sequence[float] | None = None) -> Table:
    r"""Draw a table.

    Args:
        drawing: One line a row, cells separated by ``|``; blank lines are no rows. ``<`` widens
            the cell to the left, ``^`` lengthens the cell above, ``.`` prints nothing, ``\n``
            breaks a line. A row with fewer cells than the widest has grid positions that no
            cell covers.
        edges: Left edges of the columns and the last one's right edge, in points: the table is
            one of a PDF. Without them it is one of a Word file.
    """
    lines = [line.strip() for line in drawing.splitlines() if line.strip()]
    rows = [[text.strip() for text in line.split("|")] for line in lines]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            joined = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            owner = owners[joined] if joined else (row, column)
            owners[row, column] = owner
            corners[owner] = (row, column)
    cells = tuple(
        Cell(
            text=_printed(rows[row][column]),
            row=row,
            column=column,
            row_span=last_row - row + 1,
            column_span=last_column - column + 1,
            place=_cell_place((row, column), (last_row, last_column), edges),
        )
        for (row, column), (last_row, last_column) in sorted(corners.items())
    )
    return Table(cells, len(rows), max(map(len, rows)), Place(path="body/tbl"))


def _printed(text: str) -> str:
    return "" if text == "." else text.replace(r"\n", "\n")


def _cell_place(
    first: tuple[int, int], last: tuple[int, int], edges: Sequence[float] | None
) -> Place:
    if edges is None:
        return Place(path=f"body/tbl/tr[{first[0] + 1}]/tc[{first[1] + 1}]")
    top, bottom = first[0] * ROW_HEIGHT, (last[0] + 1) * ROW_HEIGHT
    return Place(page=1, bbox=(edges[first[1]], top, edges[last[1] + 1], bottom))


def document(*blocks: str | Table) -> Document:
    """A document of paragraphs and tables in this order."""
    return Document(
        sha256="0" * 64,
        file_name="drawn.docx",
        kind=FileKind.DOCX,
        blocks=tuple(_block(block, number) for number, block in enumerate(blocks, start=1)),
    )


def _block(block: str | Table, number: int) -> Paragraph | Table:
    if isinstance(block, str):
        return Paragraph(block, Place(path=f"body/p[{number}]"))
    return replace(block, place=Place(path=f"body/tbl[{number}]"))
