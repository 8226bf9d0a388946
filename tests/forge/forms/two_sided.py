"""Forms with income on the left and expenditure on the right.

Knows lines, sides and their headers. Does not know what the lines are about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

from tests.forge.forms.writing import FormWriter, Row, header
from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import Fen
from tests.forge.styles import HouseStyle

PATH_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Line:
    """One half of a row: a label and its amounts by measure; no amounts where all stay blank."""

    label: str
    amounts: Mapping[str, Fen] = field(default_factory=dict)
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a two-sided form.

    Attributes:
        measures: Measure and header of every column; a header under others is a path with ``/``.
    """

    section: str
    title: str
    item_header: str
    measures: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The headers above every column, from the top."""
        return tuple(tuple(title.split(PATH_SEPARATOR)) for _, title in self.measures)


def lay_out_two_sided(
    form: StrEnum,
    style: HouseStyle,
    sides: tuple[Side, Side],
    closing: Sequence[tuple[Line, Line]],
) -> Grid:
    """Lay out a form of two sides, whose last lines are paired."""
    left, right = sides
    body = [
        *zip_longest(left.lines, right.lines, fillvalue=Line("")),
        *closing,
    ]
    builder = GridBuilder((*_side_widths(left, style), *_side_widths(right, style)))
    writer = FormWriter(form, style, style.zeros.summaries, builder)
    split = len(_side_widths(left, style))
    _write_header(builder, style, sides, split)
    for index, (left_line, right_line) in enumerate(body):
        row = builder.start_row()
        _write_line(writer, row, 0, left, left_line, index + 1)
        _write_line(writer, row, split, right, right_line, len(body) + index + 1)
    return builder.build()


def _side_widths(side: Side, style: HouseStyle) -> tuple[int, ...]:
    number = (5,) if style.prints_line_numbers else ()
    return (32, *number, *(15 for _ in side.measures))


def _write_header(
    builder: GridBuilder, style: HouseStyle, sides: tuple[Side, Side], split: int
) -> None:
    builder.put(header(sides[0].title, 0, 0, 1, split))
    builder.put(header(sides[1].title, 0, split, 1, len(builder.widths) - split))
    levels = max(len(path) for side in sides for path in side.paths)
    depth = levels + style.has_tall_header
    number = 1
    for side, first in zip(sides, (0, split), strict=True):
        labels = [side.item_header, *(["行次"] if style.prints_line_numbers else [])]
        for offset, text in enumerate(labels):
            builder.put(header(text, 1, first + offset, depth))
        put_header_tree(builder, side.paths, 1, first + len(labels), depth)
        if style.prints_column_numbers:
            numbers = [str(number + offset) for offset in range(len(side.measures))]
            number += len(numbers)
            blank = [""] if style.prints_line_numbers else []
            texts = [style.words.column_numbers, *blank, *numbers]
            builder.put_texts(1 + depth, texts, first=first)
    builder.end_header()


def put_header_tree(
    builder: GridBuilder, paths: Sequence[Sequence[str]], row: int, column: int, depth: int
) -> None:
    """Put headers above columns: equal neighbours are merged, the lowest reach down.

    Args:
        builder: Where they go.
        paths: The headers above every column, from the top.
        row: First header row.
        column: First column.
        depth: Number of header rows, at least as many as the longest path has headers.
    """
    offset = 0
    while offset < len(paths):
        text, *below = paths[offset]
        width = 1
        if below:
            width = sum(1 for path in paths[offset:] if path[0] == text)
        builder.put(header(text, row, column + offset, 1 if below else depth, width))
        if below:
            parts = [path[1:] for path in paths[offset : offset + width]]
            put_header_tree(builder, parts, row + 1, column + offset, depth - 1)
        offset += width


def _write_line(
    writer: FormWriter, row: int, column: int, side: Side, line: Line, number: int
) -> None:
    align = Align.CENTRE if line.is_total else Align.LEFT
    writer.grid.put(GridCell(line.label, row, column, align=align))
    first = column + 1
    if writer.style.prints_line_numbers:
        writer.grid.put(GridCell(str(number), row, first))
        first += 1
    identity = Row(line.label, section=side.section)
    for offset, (measure, _) in enumerate(side.measures):
        if measure in line.amounts:
            writer.write_amount(row, first + offset, identity, measure, line.amounts[measure])
        else:
            writer.grid.put(GridCell("", row, first + offset))
