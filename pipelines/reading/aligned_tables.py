"""Tables without rulings, or with horizontal ones only: text aligned in columns.

Knows lines, gaps and alignment. Does not know which table is which.

A run of lines counts as a table only where several of them hold two numbers or more, far apart
or below each other: prose, contents lists and captions never do. Columns are where the numbers'
lines leave no gutter; a heading belongs to the columns it stands over.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.domain.document import Cell, Table
from pipelines.reading.intervals import Interval, join_intervals, overlap
from pipelines.reading.pdf_objects import Char, Edge, PageObjects
from pipelines.reading.segments import Segment, part_line

BBox = tuple[float, float, float, float]

# In units of character height: lines further apart than this do not belong to one table.
_ROW_DISTANCE = 3.0
_ALONE_DISTANCE = 1.2
_MIN_ROWS = 3
_MIN_NUMBERS = 2
# One line alone is a table where it holds so many numbers: forms of one row are.
_MIN_NUMBERS_ALONE = 4
# A horizontal ruling parts rows where it is at least this share of the table's width.
_RULED_SHARE = 0.6
# Rulings drawn cell by cell show the columns where there are at least so many, with so many joints.
# A text reaches over a border by no more than this without standing in the next column.
_OVERHANG = 1.0
# Lines that print across columns are at most this share of a table's.
_FEW_LINES = 0.1
_MIN_LEVELS = 3
_MIN_JOINTS = 3
_STATED = re.compile(r"\w[:：]")


@dataclass(frozen=True, slots=True)
class _Row:
    """The segments of one printed line, or of all lines between two rulings."""

    segments: tuple[Segment, ...]
    # How many stretches wide gaps part, and how many of these are numbers: prose has neither.
    stretches: int = 1
    numbers_apart: int = 0

    @property
    def number_count(self) -> int:
        return sum(segment.is_number for segment in self.segments)

    @property
    def ends(self) -> frozenset[int]:
        """Where its numbers end, in whole points: those of a column end at one place."""
        return frozenset(round(segment.box[2]) for segment in self.segments if segment.is_number)

    @property
    def top(self) -> float:
        return min(segment.box[1] for segment in self.segments)

    @property
    def bottom(self) -> float:
        return max(segment.box[3] for segment in self.segments)

    @property
    def height(self) -> float:
        return max(segment.box[3] - segment.box[1] for segment in self.segments)


# A line's segments under the first and the last of the columns that they reach over.
_Spans = dict[tuple[int, int], list[Segment]]


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
    edges = [*page.edges, *(edge for shade in page.shades for edge in shade.edges)]
    tables: list[Table] = []
    in_tables: set[int] = set()
    for run in _runs(rows):
        headed = _heading_count(run)
        joined = [*run[:headed], *_join_between_rulings(run[headed:], edges)]
        columns = _ruled_columns(joined, edges) or _columns(joined)
        tables.append(_to_table(joined, columns, page))
        in_tables.update(map(id, run))
    return AlignedTables(
        tuple(tables),
        tuple(line for line, row in zip(lines, rows, strict=True) if id(row) not in in_tables),
    )


def _to_row(line: Sequence[Char]) -> _Row:
    segments, stretches = part_line(line)
    return _Row(tuple(segments), len(stretches), sum(it.is_number for it in stretches))


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the runs of neighbouring lines that make a table, its heading lines included.

    A line of one segment belongs to a run where the run goes on right below it: a label without
    amounts, or a heading's second line. Below several of them it must go on in the same columns.
    """
    run: list[_Row] = []
    for row in rows:
        is_near = not run or row.top - run[-1].bottom <= _ROW_DISTANCE * row.height
        is_alone = row.stretches == 1
        if run and (is_alone or run[-1].stretches == 1):
            is_near = row.top - run[-1].bottom <= _ALONE_DISTANCE * row.height
        if not is_near or not (is_alone or _goes_on(run, row)):
            yield from _table_of(run)
            run = []
        if run or not is_alone:
            run.append(row)
    yield from _table_of(run)


def _goes_on(run: Sequence[_Row], row: _Row) -> bool:
    """Tell whether a line goes on with a run above it that ends in lines of one segment."""
    if len(run) < 2 or any(above.stretches > 1 for above in run[-2:]):
        return True
    return len(row.ends & {end for above in run for end in above.ends}) >= _MIN_NUMBERS


def _table_of(run: list[_Row]) -> Iterator[list[_Row]]:
    """Yield a run that makes a table, without the lines of one segment below it."""
    while run and run[-1].stretches == 1:
        run = run[:-1]
    if _is_table(run):
        yield run


def _is_table(run: Sequence[_Row]) -> bool:
    has_rows = sum(row.numbers_apart >= _MIN_NUMBERS for row in run) >= _MIN_ROWS
    if has_rows or any(row.numbers_apart >= _MIN_NUMBERS_ALONE for row in run):
        return True
    # Numbers nearly touched by the next column's label: prose has none below each other.
    ends = Counter(end for row in run if row.stretches > 1 for end in row.ends)
    return sum(count >= _MIN_ROWS for count in ends.values()) >= _MIN_NUMBERS


def _join_between_rulings(run: Sequence[_Row], edges: Iterable[Edge]) -> list[_Row]:
    """Join the lines that stand between the same two rulings, where there are any."""
    if not run:
        return []
    left = min(segment.box[0] for row in run for segment in row.segments)
    right = max(segment.box[2] for row in run for segment in row.segments)
    # Rulings are often drawn cell by cell.
    lengths: defaultdict[float, float] = defaultdict(float)
    for edge in set(edges):
        if edge.top == edge.bottom and run[0].top <= edge.top <= run[-1].bottom:
            lengths[edge.top] += edge.x1 - edge.x0
    rulings = sorted(
        at for at, length in lengths.items() if length >= _RULED_SHARE * (right - left)
    )
    if len(rulings) < _MIN_ROWS:
        return list(run)
    bands: dict[int, list[Segment]] = {}
    for row in run:
        middle = (row.top + row.bottom) / 2
        band = sum(ruling < middle for ruling in rulings)
        bands.setdefault(band, []).extend(row.segments)
    return [_Row(tuple(segments)) for _, segments in sorted(bands.items())]


def _to_table(rows: Sequence[_Row], columns: Sequence[Interval], page: PageObjects) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for (first, last), segments in sorted(_by_span(row, columns).items()):
            box = _cell_box(segments, columns, first, last)
            cells.append(
                Cell(
                    text="\n".join(segment.text for segment in segments),
                    row=number,
                    column=first,
                    row_span=1,
                    column_span=last - first + 1,
                    place=page.place(box),
                    reach=page.reach(box),
                )
            )
    box = columns[0][0], rows[0].top, columns[-1][1], rows[-1].bottom
    return Table(
        cells=tuple(cells),
        row_count=len(rows),
        column_count=len(columns),
        place=page.place(box),
    )


def _ruled_columns(rows: Sequence[_Row], edges: Iterable[Edge]) -> list[Interval]:
    """Find the columns where horizontal rulings are drawn cell by cell: they join at borders.

    Returns:
        The columns; none where rulings do not join, or where a number stands across a joint.
    """
    top, bottom = rows[0].top - rows[0].height, rows[-1].bottom + rows[-1].height
    levels: dict[float, list[Edge]] = {}
    for edge in sorted(set(edges)):
        if edge.top == edge.bottom and top <= edge.top <= bottom:
            levels.setdefault(round(edge.top), []).append(edge)
    counts = Counter(round(joint) for level in levels.values() for joint in _joints(level))
    joints = [joint for joint, count in counts.items() if 2 * count >= len(levels)]
    if len(levels) < _MIN_LEVELS or len(joints) < _MIN_JOINTS:
        return []
    numbers = [segment.box for row in rows for segment in row.segments if segment.is_number]
    if any(box[0] + 1 < joint < box[2] - 1 for box in numbers for joint in joints):
        return []
    return list(pairwise(sorted(joints)))


def _joints(level: Sequence[Edge]) -> Iterator[float]:
    """Yield where the rulings at one height begin and end."""
    for edge in level:
        yield from (edge.x0, edge.x1) if edge is level[0] else (edge.x1,)


def _columns(rows: Sequence[_Row]) -> list[Interval]:
    """Find the columns: where the lines with numbers print, and where headings do.

    A heading is centred over its column and amounts stand at the column's right: those that do
    not overlap belong together where neither has another neighbour as near.
    """
    headed = _heading_count(rows)
    body = [row for row in rows[headed:] if row.number_count >= _MIN_NUMBERS] or rows[headed:]
    filled = join_intervals([*_number_columns(body), *_label_columns(body)])
    headings = _leaf_headings(rows[_caption_count(rows) : headed])
    single = [it for it in headings if sum(overlap(it, column) for column in filled) <= 1]
    columns = join_intervals([*filled, *single])
    bare = [column for column in columns if not any(overlap(column, it) for it in headings)]
    free = [column for column in columns if not any(overlap(column, it) for it in filled)]
    pairs = [(it, near) for it in bare if (near := _near(it, free)) is not None]
    columns = join_intervals([*columns, *((min(a[0], b[0]), max(a[1], b[1])) for a, b in pairs)])
    elsewhere = [
        (segment.box[0], segment.box[2])
        for number, row in enumerate(rows)
        for segment in _astray(row, columns, is_heading=number < headed)
    ]
    return sorted([*columns, *join_intervals(elsewhere)])


def _astray(row: _Row, columns: Sequence[Interval], *, is_heading: bool) -> Iterator[Segment]:
    """Yield what stands in no column; below the headings, where the nearest one is not free."""
    outside = [
        segment
        for segment in row.segments
        if not any(overlap(segment.box[::2], column) for column in columns)
    ]
    inside = [segment for segment in row.segments if segment not in outside]
    for segment in outside:
        nearest = columns[_nearest(segment.box, columns)]
        if is_heading or any(overlap(other.box[::2], nearest) for other in inside):
            yield segment


def _number_columns(rows: Iterable[_Row]) -> Iterator[Interval]:
    for row in rows:
        for segment in row.segments:
            if segment.is_number:
                yield segment.box[0], segment.box[2]


def _label_columns(rows: Sequence[_Row]) -> Iterator[Interval]:
    """Yield the stretches that the labels of more than a few lines cover.

    A few lines print across columns: the label of a total is centred over code and name.
    """
    sides: list[tuple[float, int]] = []
    for row in rows:
        for segment in row.segments:
            if not segment.is_number:
                sides += [(segment.box[0], 1), (segment.box[2], -1)]
    few = min(len(rows) - 1, max(1, len(rows) * _FEW_LINES))
    depth, begin = 0, 0.0
    for at, step in sorted(sides):
        if depth <= few < depth + step:
            begin = at
        if depth + step <= few < depth:
            yield begin, at
        depth += step


def _heading_count(rows: Sequence[_Row]) -> int:
    """Count the lines above the first with numbers other than the columns' own 1, 2, 3."""
    for count, row in enumerate(rows):
        numbers = [segment.text for segment in row.segments if segment.is_number]
        if numbers and numbers != [str(number + 1) for number in range(len(numbers))]:
            return count
    return len(rows)


def _caption_count(rows: Sequence[_Row]) -> int:
    """Count the lines at the top that state something, as 部门：… does: they head no column."""
    count = 0
    for row in rows:
        if not any(_STATED.search(row.segments[place].text) for place in (0, -1)):
            break
        count += 1
    return count


def _leaf_headings(rows: Sequence[_Row]) -> list[Interval]:
    """Find where the lowest headings stand; those above a column's number are as low as it."""
    leaves: list[Interval] = []
    numbered: set[Interval] = set()
    for row in reversed(rows):
        numbers = [segment for segment in row.segments if segment.is_number]
        for segment in numbers or row.segments:
            reach = segment.box[0], segment.box[2]
            below = [leaf for leaf in leaves if overlap(leaf, reach)]
            if below and (len(below) > 1 or below[0] not in numbered):
                continue
            if below:
                leaves.remove(below[0])
                reach = min(reach[0], below[0][0]), max(reach[1], below[0][1])
            if numbers:
                numbered.add(reach)
            leaves.append(reach)
    return sorted(leaves)


def _near(column: Interval, headings: Iterable[Interval]) -> Interval | None:
    """Find the only heading near a column, None where two are about as near."""
    by_distance = sorted(
        (max(heading[0] - column[1], column[0] - heading[1]), heading) for heading in headings
    )
    if not by_distance:
        return None
    if len(by_distance) > 1 and by_distance[1][0] < 2 * by_distance[0][0]:
        return None
    return by_distance[0][1]


def _nearest(box: BBox, columns: Sequence[Interval]) -> int:
    return min(range(len(columns)), key=lambda index: _gap(box, columns[index]))


def _gap(box: BBox, column: Interval) -> float:
    return max(column[0] - box[2], box[0] - column[1])


def _by_span(row: _Row, columns: Sequence[Interval]) -> _Spans:
    """Give each segment the columns it stands over; those over the same ones share a cell."""
    spans: _Spans = {}
    for segment in row.segments:
        reach = segment.box[0] + _OVERHANG, segment.box[2] - _OVERHANG
        over = [index for index, column in enumerate(columns) if overlap(reach, column)]
        if not over:
            over = [_nearest(segment.box, columns)]
        spans.setdefault((over[0], over[-1]), []).append(segment)
    return spans


def _cell_box(
    segments: Sequence[Segment], columns: Sequence[Interval], first: int, last: int
) -> BBox:
    """A cell reaches over its columns, so that what stands in them lines up."""
    boxes = [segment.box for segment in segments]
    return (
        columns[first][0],
        min(box[1] for box in boxes),
        columns[last][1],
        max(box[3] for box in boxes),
    )
