"""Tables without rulings, or with horizontal ones only: text aligned in columns.

Knows lines, gaps and alignment. Does not know which table is which.

A run of lines counts as a table only where several of them hold two numbers or more: prose,
contents lists and captions never do. Columns are where the numbers' lines leave no gutter; a
heading belongs to the columns it stands over.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.reading.pdf_objects import Char, Edge, PageObjects
from pipelines.reading.text_lines import line_text

BBox = tuple[float, float, float, float]

# In units of character height: a gap this wide parts two columns, and lines further apart than
# this do not belong to one table.
_GUTTER = 1.0
_ROW_DISTANCE = 3.0
_MIN_ROWS = 3
_MIN_NUMBERS = 2
# A horizontal ruling parts rows where it is at least this share of the table's width.
_RULED_SHARE = 0.6
_NUMBER = re.compile(r"[-−(]?[\d,.]*\d[)%]?")


@dataclass(frozen=True, slots=True)
class _Segment:
    """Characters of one line that stand together."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return line_text(self.chars)

    @property
    def box(self) -> BBox:
        return (
            self.chars[0].x0,
            min(char.top for char in self.chars),
            max(char.x1 for char in self.chars),
            max(char.bottom for char in self.chars),
        )

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text.replace(" ", "")) is not None


@dataclass(frozen=True, slots=True)
class _Row:
    """The segments of one printed line, or of all lines between two rulings."""

    segments: tuple[_Segment, ...]

    @property
    def number_count(self) -> int:
        return sum(segment.is_number for segment in self.segments)

    @property
    def top(self) -> float:
        return min(segment.box[1] for segment in self.segments)

    @property
    def bottom(self) -> float:
        return max(segment.box[3] for segment in self.segments)

    @property
    def height(self) -> float:
        return max(segment.box[3] - segment.box[1] for segment in self.segments)


@dataclass(frozen=True, slots=True)
class AlignedTables:
    """A page's aligned tables, and the lines that belong to none of them."""

    tables: tuple[Table, ...]
    lines: tuple[Sequence[Char], ...]


def read_aligned_tables(page: PageObjects, lines: Sequence[Sequence[Char]]) -> AlignedTables:
    """Find the tables among the lines that stand in no ruled table.

    Args:
        page: The page, for its rulings.
        lines: The lines outside ruled tables, from top to bottom.
    """
    rows = [_to_row(line) for line in lines]
    tables: list[Table] = []
    in_tables: set[int] = set()
    for run in _runs(rows):
        tables.append(_to_table(_join_between_rulings(run, page.edges), page.number))
        in_tables.update(map(id, run))
    return AlignedTables(
        tuple(tables),
        tuple(line for line, row in zip(lines, rows, strict=True) if id(row) not in in_tables),
    )


def _to_row(line: Sequence[Char]) -> _Row:
    segments: list[list[Char]] = []
    for char in line:
        height = char.bottom - char.top
        if segments and char.x0 - segments[-1][-1].x1 <= _GUTTER * height:
            segments[-1].append(char)
        else:
            segments.append([char])
    return _Row(tuple(_Segment(tuple(chars)) for chars in segments))


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the runs of neighbouring lines that make a table, its heading lines included."""
    run: list[_Row] = []
    for row in rows:
        goes_on = len(row.segments) > 1 and (
            not run or row.top - run[-1].bottom <= _ROW_DISTANCE * row.height
        )
        if not goes_on:
            if _is_table(run):
                yield run
            run = []
        if len(row.segments) > 1:
            run.append(row)
    if _is_table(run):
        yield run


def _is_table(run: Sequence[_Row]) -> bool:
    return sum(row.number_count >= _MIN_NUMBERS for row in run) >= _MIN_ROWS


def _join_between_rulings(run: Sequence[_Row], edges: Iterable[Edge]) -> list[_Row]:
    """Join the lines that stand between the same two rulings, where there are any."""
    left = min(segment.box[0] for row in run for segment in row.segments)
    right = max(segment.box[2] for row in run for segment in row.segments)
    rulings = sorted(
        edge.top
        for edge in edges
        if edge.top == edge.bottom
        and edge.x1 - edge.x0 >= _RULED_SHARE * (right - left)
        and run[0].top <= edge.top <= run[-1].bottom
    )
    if len(rulings) < _MIN_ROWS:
        return list(run)
    bands: dict[int, list[_Segment]] = {}
    for row in run:
        middle = (row.top + row.bottom) / 2
        band = sum(ruling < middle for ruling in rulings)
        bands.setdefault(band, []).extend(row.segments)
    return [_Row(tuple(segments)) for _, segments in sorted(bands.items())]


def _to_table(rows: Sequence[_Row], page: int) -> Table:
    columns = _columns(rows)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for (first, last), segments in sorted(_by_span(row, columns).items()):
            cells.append(
                Cell(
                    text="\n".join(segment.text for segment in segments),
                    row=number,
                    column=first,
                    row_span=1,
                    column_span=last - first + 1,
                    place=Place(page=page, bbox=_cell_box(segments, columns, first, last)),
                )
            )
    left, right = columns[0][0], columns[-1][1]
    return Table(
        cells=tuple(cells),
        row_count=len(rows),
        column_count=len(columns),
        place=Place(page=page, bbox=(left, rows[0].top, right, rows[-1].bottom)),
    )


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Find the columns: where the lines with numbers print, and headings that stand elsewhere."""
    body = [row for row in rows if row.number_count >= _MIN_NUMBERS]
    columns = _merge((segment.box[0], segment.box[2]) for row in body for segment in row.segments)
    headings = [
        (segment.box[0], segment.box[2])
        for row in rows
        for segment in row.segments
        if not any(_overlap(segment.box, column) for column in columns)
    ]
    return sorted([*columns, *_merge(headings)])


def _merge(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(intervals):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _overlap(box: BBox, column: tuple[float, float]) -> bool:
    return box[0] < column[1] and column[0] < box[2]


def _by_span(
    row: _Row, columns: Sequence[tuple[float, float]]
) -> dict[tuple[int, int], list[_Segment]]:
    """Give each segment the columns it stands over; those over the same ones share a cell."""
    spans: dict[tuple[int, int], list[_Segment]] = {}
    for segment in row.segments:
        over = [index for index, column in enumerate(columns) if _overlap(segment.box, column)]
        spans.setdefault((over[0], over[-1]), []).append(segment)
    return spans


def _cell_box(
    segments: Sequence[_Segment], columns: Sequence[tuple[float, float]], first: int, last: int
) -> BBox:
    """A cell reaches over its columns, so that what stands in them lines up."""
    boxes = [segment.box for segment in segments]
    return (
        columns[first][0],
        min(box[1] for box in boxes),
        columns[last][1],
        max(box[3] for box in boxes),
    )
