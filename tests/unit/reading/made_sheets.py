"""Sheets of workbooks, typed into tests as rows of texts.

Knows how areas are named. Does not know how a sheet is taken apart.
"""

import re
from collections.abc import Iterable, Sequence

from pipelines.domain.document import Paragraph, Table
from pipelines.reading.sheet_blocks import SheetReading
from pipelines.reading.sheets import Area, Runs, Sheet, SheetCell


def area(name: str) -> Area:
    """An area by its name: B2:D5, or of one cell B2."""
    corners = [_corner(corner) for corner in name.split(":")]
    (top, left), (bottom, right) = corners[0], corners[-1]
    return Area(top, left, bottom, right)


def _corner(name: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def made_sheet(
    rows: Sequence[Sequence[str]],
    *,
    name: str = "收支总表",
    merged: Iterable[str] = (),
    ruled: Iterable[str] = (),
    hidden_rows: Iterable[tuple[int, int]] = (),
    hidden_columns: Iterable[tuple[int, int]] = (),
    unreadable: Iterable[str] = (),
    unseen: Iterable[str] = (),
    is_hidden: bool = False,
) -> Sheet:
    """A sheet whose cell A1 is the first text of the first row; '' is a blank cell."""
    texts = {
        (row, column): text
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    }
    missing, white = {_corner(cell) for cell in unreadable}, {_corner(cell) for cell in unseen}
    cells = [
        SheetCell(*place, text, is_unreadable=place in missing, is_unseen=place in white)
        for place, text in texts.items()
    ]
    lines = [(row, each) for each in map(area, ruled) for row in range(each.top, each.bottom + 1)]
    filled = {row for row, _ in texts}
    return Sheet(
        name=name,
        is_hidden=is_hidden,
        cells=cells,
        merged=[area(each) for each in merged],
        hidden_rows=Runs(hidden_rows),
        hidden_columns=Runs(hidden_columns),
        ruled={
            row: Runs((each.left, each.right) for other, each in lines if other == row)
            for row in filled
        },
        blank_ruled_rows=Runs((row, row) for row, _ in lines if row not in filled),
    )


def shown(reading: SheetReading) -> list[str | list[list[str]]]:
    """Its blocks: paragraphs as texts, tables as rows of texts."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def tables(reading: SheetReading) -> list[Table]:
    """Its tables."""
    return [block for block in reading.blocks if isinstance(block, Table)]
