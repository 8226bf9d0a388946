"""The cells that rulings enclose on a straight page, however faint, broken or bent.

Knows ink and where lines cross. Does not know what stands in a cell.

All places where a line runs across or down anywhere in a table are laid through the whole table.
Whether two neighbours in this lattice are parted is asked of the ink between two crossings alone:
the share of the way on which there is ink. Text that touches a ruling covers less of it. Neighbours
that nothing parts are one cell, and one that is not a rectangle has a ruling that was overlooked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.reading.scans.pixels import (
    INK,
    WHITE,
    Blots,
    Grey,
    Ink,
    PixelBox,
    blots_of,
    bounding,
    closed,
    opened,
    widened,
)

# In dots of the usual resolution. Lines across: how long a stretch of one is at least, what breaks
# in it are filled, and how thick it is at most; unless it is longer than any strokes that touch,
# others cross it no further than this from its ends.
_LEAST_ACROSS = 46
_BREAK_ACROSS, _BREAK_DOWN = 5, 3
_THICKEST = 14
_REACH = 6
_LONG_ACROSS, _LONG_DOWN = 400, 160
# Lines down, from one line across to the next: how long they are, and how broad, which is less
# where they are no longer than glyphs, and more where they bend.
_LEAST_DOWN = 14
_BROADEST, _BROADEST_SHORT, _BENDS = 12, 6, 0.01
# Lines nearer to each other are one: two borders side by side, or one that bends.
_SAME_LINE = 9
# How far a line is off the straight way between two crossings.
_OFF = 2
# What is painted over on both sides of a ruling; and how broad the stroke of a glyph is at most
# that crosses one.
_BESIDE_RULING = 1.5
_WIDEST_STROKE = 9
# How far around a crossing its lines are looked for.
_AROUND = 30
# A table is larger.
_LEAST_TABLE = 24
# A line begins and ends beyond the last one that crosses it by more than this: a border is missing.
_OVERHANG = 22
# The share of the way between two crossings that a ruling covers at least; so much less at the
# outside, where a border goes on from one side of the table to the other. No glyph that stands on a
# ruling between two rows covers as much as the third.
_COVERED = 0.86
_COVERED_WHOLLY = 0.97
_COVERED_OUTSIDE = 0.5
# Glyphs, large and usual ones, fill the height of a row that is no higher than this: in a row that
# large ones fill, most of a line down must be nothing but a line; one through a row or two that
# usual ones fill is a stroke of theirs, if there are more rows.
_TIGHT, _TIGHTER = 45, 34
_MOSTLY = 0.6
_FEW_ROWS, _MORE_ROWS = 2, 3
# How many lines end where a border is missing.
_OPEN_ENDS = 2


class Crossing(NamedTuple):
    """Where two lines of a lattice meet."""

    x: float
    y: float


class Span(NamedTuple):
    """Where in a table a cell is: grid row and column, and how many of them it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """A cell of a table: where in the table, how many rows and columns it spans, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: PixelBox


@dataclass(frozen=True, slots=True)
class Way:
    """A ruling between two neighbouring crossings.

    Attributes:
        begin: Left or upper end.
        end: Right or lower end.
        is_across: Whether it runs across the page.
    """

    begin: Crossing
    end: Crossing
    is_across: bool


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table's cells and rulings.

    Attributes:
        cells: By row and column.
        row_count: Rows of the grid.
        column_count: Columns of the grid.
        box: Around all cells.
        ways: The rulings between its crossings.
        thickness: How thick they usually are, in dots.
    """

    cells: tuple[LatticeCell, ...]
    row_count: int
    column_count: int
    box: PixelBox
    ways: tuple[Way, ...]
    thickness: float

    @property
    def reach(self) -> float:
        """How far from the middle of a ruling paper begins."""
        return self.thickness / 2 + _BESIDE_RULING


def find_lattices(ink: Ink, unit: float) -> list[Lattice]:
    """Find a page's tables from top to bottom.

    Args:
        ink: The page, laid straight.
        unit: How many dots make one of the usual resolution.
    """
    across = _lines_across(ink, unit)
    down = _lines_down(ink, across, unit)
    across = _anchored(across, down, unit)
    regions = blots_of(widened(across | down, _BREAK_ACROSS * unit, _BREAK_ACROSS * unit))
    found = []
    for number in np.flatnonzero(np.minimum(regions.widths, regions.heights) > _LEAST_TABLE * unit):
        box = PixelBox(*map(int, regions.boxes[number]))
        is_here = regions.labels[box.top : box.bottom, box.left : box.right] == number + 1
        table = _Table(ink, box, _only(across, box, is_here), _only(down, box, is_here), unit)
        if (lattice := table.read()) is not None:
            found.append(lattice)
    return sorted(found, key=lambda lattice: lattice.box.top)


def erase_rulings(ink: Ink, grey: Grey, lattices: Sequence[Lattice], unit: float) -> None:
    """Make paper of the rulings of tables, but for the strokes of glyphs that cross them.

    Args:
        ink: The page's ink, changed in place.
        grey: Its shades, likewise.
        lattices: Its tables.
        unit: How many dots make one of the usual resolution.
    """
    across, down = np.zeros_like(ink), np.zeros_like(ink)
    thickest = 0.0
    for lattice in lattices:
        thickest = max(thickest, 2 * lattice.reach + 1)
        for way in lattice.ways:
            _paint(across if way.is_across else down, way, lattice.reach)
    rulings = across | down
    glyphs = ink & ~rulings
    reach, widest = thickest + 2, _WIDEST_STROKE * unit
    over = ink & across & closed(glyphs, 1, reach)
    along = ink & down & closed(glyphs, reach, 1)
    strokes = (over & ~opened(over, widest, 1)) | (along & ~opened(along, 1, widest))
    ink[(rulings & ~strokes) == INK] = 0
    grey[(rulings & ~widened(strokes, 3, 3)) == INK] = WHITE


def _paint(picture: NDArray[np.uint8], way: Way, reach: float) -> None:
    """Paint where a ruling is, piece by piece where it does not run quite straight."""
    canvas = picture if way.is_across else picture.T
    (x_a, y_a), (x_b, y_b) = way.begin, way.end
    begin, end, at, until = (x_a, x_b, y_a, y_b) if way.is_across else (y_a, y_b, x_a, x_b)
    pieces = max(1, round(abs(until - at)))
    for piece in range(pieces):
        middle = at + (until - at) * (piece + 0.5) / pieces
        first, last = (begin + (end - begin) * (piece + step) / pieces for step in (0, 1))
        canvas[
            max(0, round(middle - reach)) : round(middle + reach) + 1,
            max(0, round(first - reach)) : round(last + reach) + 1,
        ] = INK


def _lines_across(ink: Ink, unit: float) -> Ink:
    """The ink that runs on across the page for a while."""
    found = opened(closed(ink, _BREAK_ACROSS * unit, 1), _LEAST_ACROSS * unit, 1)
    return found & ~opened(found, 1, _THICKEST * unit)


def _lines_down(ink: Ink, across: Ink, unit: float) -> Ink:
    """The ink between lines across that runs from one to the next and is nothing else.

    A glyph's stroke may do so where rows are as low as glyphs; but then other strokes hang on it.
    """
    between = closed(ink & ~widened(across, 1, 3), 1, _BREAK_DOWN * unit)
    blots = blots_of(between)
    is_short = blots.heights <= _TIGHT * unit
    broadest = np.where(is_short, _BROADEST_SHORT, _BROADEST) * unit + _BENDS * blots.heights
    is_thin = (blots.widths <= broadest) & (blots.heights >= _LEAST_DOWN * unit)
    anchored = _are_anchored(blots, is_thin, across, unit, is_across=False)
    return np.where(np.concatenate(([False], anchored))[blots.labels], INK, 0).astype(np.uint8)


def _anchored(across: Ink, down: Ink, unit: float) -> Ink:
    """Keep lines across that are long, or that begin and end where lines down cross them.

    Strokes of glyphs that touch each other do neither.
    """
    blots = blots_of(across)
    every = np.ones(len(blots.areas), np.bool_)
    anchored = _are_anchored(blots, every, down, unit, is_across=True)
    return np.where(np.concatenate(([False], anchored))[blots.labels], INK, 0).astype(np.uint8)


def _are_anchored(
    blots: Blots, wanted: NDArray[np.bool_], crossing: Ink, unit: float, *, is_across: bool
) -> NDArray[np.bool_]:
    """Which of the wanted lines are long, or begin and end beside others that cross them."""
    reach = 2 * round(_REACH * unit) + 1
    near = widened(crossing, reach, reach)
    lengths = blots.widths if is_across else blots.heights
    long = (_LONG_ACROSS if is_across else _LONG_DOWN) * unit
    anchored = wanted & (lengths >= long)
    for number in np.flatnonzero(wanted & (lengths < long)):
        left, top, right, bottom = blots.boxes[number]
        if is_across:
            begin, end = near[top:bottom, left], near[top:bottom, right - 1]
        else:
            begin, end = near[top, left:right], near[bottom - 1, left:right]
        anchored[number] = begin.any() and end.any()
    return anchored


def _only(lines: Ink, box: PixelBox, is_here: NDArray[np.bool_]) -> Ink:
    return np.where(is_here, box.of(lines), 0).astype(np.uint8)


class _Line(NamedTuple):
    """A line of a lattice: where it lies, and from where to where it is seen anywhere."""

    at: float
    begin: float
    end: float


class _Table:
    """One table under construction; all places are counted from its region's corner.

    Args:
        ink: The page's ink.
        box: The region.
        across: The ink of lines across it.
        down: The ink of lines down it.
        unit: How many dots make one of the usual resolution.
    """

    def __init__(self, ink: Ink, box: PixelBox, across: Ink, down: Ink, unit: float) -> None:
        self._corner = Crossing(box.left, box.top)
        self._ink = box.of(ink)
        self._across, self._down = across, down
        self._unit = unit

    def read(self) -> Lattice | None:
        """Read the table; None where lines do not enclose at least two cells."""
        lines_across = self._places(blots_of(self._across), is_across=True)
        lines_down = self._places(blots_of(self._down), is_across=False)
        across, down = self._with_borders(lines_across, lines_down)
        if min(len(across), len(down)) < 2 or len(across) + len(down) < 5:
            return None
        crossings = self._crossings(across, down)
        parted = self._parted(crossings)
        if false := self._strokes(crossings, parted[1]):
            crossings = [
                [it for place, it in enumerate(line) if place not in false] for line in crossings
            ]
            parted = self._parted(crossings)
        cells = _Cells(*parted, _COVERED)
        spans = cells.spans()
        return self._to_lattice(spans, crossings, cells) if len(spans) > 1 else None

    def _places(self, blots: Blots, *, is_across: bool) -> list[_Line]:
        """Where lines lie: pieces at nearly one height are one line."""
        begins, ends = (0, 2) if is_across else (1, 3)
        low, high = (1, 3) if is_across else (0, 2)
        pieces = [
            (area, _Line((box[low] + box[high] - 1) / 2, box[begins], box[ends]))
            for box, area in zip(blots.boxes.tolist(), blots.areas.tolist(), strict=True)
        ]
        pieces.sort(key=lambda piece: piece[1].at)
        places: list[_Line] = []
        near: list[tuple[int, _Line]] = []
        for piece in pieces:
            if near and piece[1].at - near[-1][1].at > _SAME_LINE * self._unit:
                places.append(_joined(near))
                near = []
            near.append(piece)
        return [*places, *([_joined(near)] if near else [])]

    def _with_borders(
        self, across: list[_Line], down: list[_Line]
    ) -> tuple[list[_Line], list[_Line]]:
        """Add a line where several end beyond the last one that crosses them."""
        return (
            self._closed(across, down) if down else across,
            self._closed(down, across) if across else down,
        )

    def _closed(self, lines: list[_Line], crossing: Sequence[_Line]) -> list[_Line]:
        reach = _OVERHANG * self._unit
        closed_lines = list(lines)
        if lines:
            begins = [line.begin for line in crossing if lines[0].at - line.begin > reach]
            ends = [line.end for line in crossing if line.end - lines[-1].at > reach]
            if len(begins) >= _OPEN_ENDS:
                closed_lines.insert(0, _Line(min(begins), 0, 0))
            if len(ends) >= _OPEN_ENDS:
                closed_lines.append(_Line(max(ends) - 1, 0, 0))
        return closed_lines

    def _crossings(self, across: Sequence[_Line], down: Sequence[_Line]) -> list[list[Crossing]]:
        """Where each line across meets each line down; lines bend, and are looked up there."""
        return [
            [
                Crossing(
                    self._at(self._down.T, column.at, line.at),
                    self._at(self._across, line.at, column.at),
                )
                for column in down
            ]
            for line in across
        ]

    def _at(self, lines: Ink, at: float, along: float) -> float:
        """Where a line that lies at some height does so at a point along it."""
        near = _SAME_LINE * self._unit * 0.75
        around = _AROUND * self._unit
        first = max(0, round(at - near))
        rows = lines[
            first : round(at + near) + 1, max(0, round(along - around)) : round(along + around) + 1
        ]
        weights = rows.sum(axis=1, dtype=np.int64)
        if not weights.any():
            return at
        return first + float((weights * np.arange(len(weights))).sum() / weights.sum())

    def _parted(
        self, crossings: Sequence[Sequence[Crossing]]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How much of the way from each crossing to the next, across and down, is covered.

        Returns:
            For each line across, the ways to the right along it; for each row, the ways down along
            each of its lines.
        """
        lines, columns = len(crossings), len(crossings[0])
        along = np.zeros((lines, columns - 1))
        upright = np.zeros((lines - 1, columns))
        for line in range(lines):
            for column in range(columns):
                here = crossings[line][column]
                if column + 1 < columns:
                    there = crossings[line][column + 1]
                    along[line, column] = self._covered(self._ink, here, there)
                if line + 1 < lines:
                    upright[line, column] = self._covered_down(here, crossings[line + 1][column])
        _trust_neighbours(upright)
        return along, upright

    def _covered_down(self, begin: Crossing, end: Crossing) -> float:
        """The share of the way down that a ruling covers, negative where glyphs may do so.

        In a row as low as glyphs the ink must be a line and nothing else.
        """
        above, below = Crossing(begin.y, begin.x), Crossing(end.y, end.x)
        covered = self._covered(self._ink.T, above, below)
        if below.x - above.x > _TIGHT * self._unit:
            return covered
        return covered if self._covered(self._down.T, above, below) >= _MOSTLY else -covered

    def _strokes(
        self, crossings: Sequence[Sequence[Crossing]], upright: NDArray[np.float64]
    ) -> frozenset[int]:
        """Which inner lines down are strokes of glyphs that fill the height of their row."""
        rows, columns = upright.shape
        false = set()
        for column in range(1, columns - 1):
            parted = np.flatnonzero(upright[:, column] >= _COVERED).tolist()
            heights = [crossings[row + 1][column].y - crossings[row][column].y for row in parted]
            is_tight = all(height <= _TIGHTER * self._unit for height in heights)
            is_rare = len(parted) <= _FEW_ROWS and rows >= _MORE_ROWS * len(parted)
            if not parted or (is_tight and is_rare):
                false.add(column)
        return frozenset(false)

    def _covered(self, ink: Ink, begin: Crossing, end: Crossing) -> float:
        """The share of the dots between two crossings with ink on the way, or beside it."""
        off = round(_OFF * self._unit) or 1
        # The lines that cross there are ink, too.
        first, last = round(begin.x) + off + 1, round(end.x) - off
        if last <= first:
            return 1.0
        along = np.arange(first, last)
        middles = np.round(np.interp(along, (begin.x, end.x), (begin.y, end.y))).astype(np.int64)
        rows = middles[:, None] + np.arange(-off, off + 1)
        rows = np.clip(rows, 0, ink.shape[0] - 1)
        return float((ink[rows, along[:, None]] == INK).any(axis=1).mean())

    def _to_lattice(
        self,
        spans: Sequence[Span],
        crossings: Sequence[Sequence[Crossing]],
        cells: "_Cells",
    ) -> Lattice:
        placed = [[self._on_page(it) for it in line] for line in crossings]
        found = tuple(_cell(span, placed) for span in spans)
        ways = [
            Way(placed[line][column], placed[line][column + 1], is_across=True)
            for line, column in zip(*np.nonzero(cells.has_across), strict=True)
        ]
        ways += [
            Way(placed[line][column], placed[line + 1][column], is_across=False)
            for line, column in zip(*np.nonzero(cells.has_upright), strict=True)
        ]
        return Lattice(
            found,
            len(crossings) - 1,
            len(crossings[0]) - 1,
            bounding([cell.box for cell in found]),
            tuple(ways),
            self._thickness(),
        )

    def _on_page(self, crossing: Crossing) -> Crossing:
        return Crossing(crossing.x + self._corner.x, crossing.y + self._corner.y)

    def _thickness(self) -> float:
        blots = blots_of(self._across)
        return (
            float(np.median(blots.areas / np.maximum(blots.widths, 1))) if blots.areas.size else 1
        )


def _trust_neighbours(upright: NDArray[np.float64]) -> None:
    """Take for a ruling what may be glyphs, or one with glyphs at it, if it goes on.

    It has to go on at both ends, or at one where it leaves no gap; and so on from one to the next.

    Args:
        upright: How much of each way down is covered, negative where glyphs may cover it.
    """
    is_sure = np.pad(upright >= _COVERED, ((1, 1), (0, 0)))
    while True:
        goes_on = is_sure[:-2].astype(int) + is_sure[2:]
        is_ruling = (goes_on == 2) | ((goes_on == 1) & (upright <= -_COVERED_WHOLLY))
        np.abs(upright, out=upright, where=is_ruling)
        is_more = is_ruling & (upright >= _COVERED) & ~is_sure[1:-1]
        if not is_more.any():
            break
        is_sure[1:-1] |= is_more
    np.maximum(upright, 0, out=upright)


def _joined(pieces: Sequence[tuple[int, _Line]]) -> _Line:
    weight = sum(area for area, _ in pieces)
    return _Line(
        sum(area * line.at for area, line in pieces) / weight,
        min(line.begin for _, line in pieces),
        max(line.end for _, line in pieces),
    )


def _cell(span: Span, crossings: Sequence[Sequence[Crossing]]) -> LatticeCell:
    row, column, row_span, column_span = span
    corners = [
        crossings[line][place]
        for line in (row, row + row_span)
        for place in (column, column + column_span)
    ]
    box = PixelBox(
        round((corners[0].x + corners[2].x) / 2),
        round((corners[0].y + corners[1].y) / 2),
        round((corners[1].x + corners[3].x) / 2),
        round((corners[2].y + corners[3].y) / 2),
    )
    return LatticeCell(row, column, row_span, column_span, box)


class _Cells:
    """The squares of a lattice joined to cells where nothing parts them.

    Attributes:
        has_across: For each way across whether there is a ruling.
        has_upright: For each way down.

    Args:
        along: How much of each way across is covered; the upper and lower sides of squares.
        upright: How much of each way down is covered; the left and right sides.
        covered: From which share on a ruling is there.
    """

    def __init__(
        self, along: NDArray[np.float64], upright: NDArray[np.float64], covered: float
    ) -> None:
        self._along, self._upright = along, upright
        self._rows, self._columns = upright.shape[0], along.shape[1]
        self.has_across = along >= covered
        self.has_upright = upright >= covered
        self._close_outside()

    def _close_outside(self) -> None:
        """Take the outermost lines for borders where they are drawn at all."""
        for borders, ways in (
            (self.has_across, self._along),
            (self.has_upright.T, self._upright.T),
        ):
            for side in (0, -1):
                borders[side] |= ways[side] >= _COVERED_OUTSIDE
                if ways[side].mean() < _COVERED_OUTSIDE / 2:
                    # Nothing is drawn there: it was added because rulings end there.
                    borders[side] = True

    def spans(self) -> list[Span]:
        """The cells by row and column."""
        while (odd := next(self._crooked(), None)) is not None:
            if not self._part(odd):
                break
        return sorted(
            Span(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
            for group in self._groups()
            if not self._is_open(group)
            for rows, columns in [_sides(group)]
        )

    def _groups(self) -> list[list[tuple[int, int]]]:
        """The squares that nothing parts, together."""
        owner = {(row, column): (row, column) for row, column in self._squares()}

        def root(square: tuple[int, int]) -> tuple[int, int]:
            while owner[square] != square:
                square = owner[square] = owner[owner[square]]
            return square

        for row, column in self._squares():
            if row + 1 < self._rows and not self.has_across[row + 1, column]:
                owner[root((row + 1, column))] = root((row, column))
            if column + 1 < self._columns and not self.has_upright[row, column + 1]:
                owner[root((row, column + 1))] = root((row, column))
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for square in self._squares():
            groups.setdefault(root(square), []).append(square)
        return list(groups.values())

    def _squares(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(self._rows) for column in range(self._columns))

    def _crooked(self) -> Iterator[list[tuple[int, int]]]:
        """The cells that are no rectangles; what is open to the outside is no cell."""
        for group in self._groups():
            rows, columns = _sides(group)
            is_full = len(group) == len(rows) * len(columns)
            if not is_full and not self._is_open(group):
                yield group

    def _is_open(self, group: Sequence[tuple[int, int]]) -> bool:
        return any(
            (row == 0 and not self.has_across[0, column])
            or (row == self._rows - 1 and not self.has_across[-1, column])
            or (column == 0 and not self.has_upright[row, 0])
            or (column == self._columns - 1 and not self.has_upright[row, -1])
            for row, column in group
        )

    def _part(self, group: Sequence[tuple[int, int]]) -> bool:
        """Draw the likeliest of the rulings that were overlooked in a crooked cell."""
        inside = set(group)
        ways = [
            (float(self._along[row + 1, column]), self.has_across, (row + 1, column))
            for row, column in group
            if (row + 1, column) in inside and not self.has_across[row + 1, column]
        ]
        ways += [
            (float(self._upright[row, column + 1]), self.has_upright, (row, column + 1))
            for row, column in group
            if (row, column + 1) in inside and not self.has_upright[row, column + 1]
        ]
        if not ways:
            return False
        _, borders, place = max(ways, key=lambda way: way[0])
        borders[place] = True
        return True


def _sides(group: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    rows, columns = zip(*group, strict=True)
    return sorted(set(rows)), sorted(set(columns))
