"""Tables drawn with rulings on a PDF page, as grids of cells.

Knows boxes and characters. Does not know which table is which.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

from pipelines.domain.document import UNREADABLE, Cell, Table
from pipelines.reading.drawn_objects import Box
from pipelines.reading.grids import SNAP_POINTS, BBox, complete_borders, find_grids, lay_rulings
from pipelines.reading.lost_rulings import (
    FilledCell,
    LostBorders,
    heights_of_several,
    lost_rulings,
    may_lack_rulings,
)
from pipelines.reading.overflowing_text import Stretch, overflowing
from pipelines.reading.pdf_objects import Char, Edge, PageObjects
from pipelines.reading.row_offsets import needed_lift
from pipelines.reading.shades import parting_edges
from pipelines.reading.text_lines import block_text

_IN_NUMBERS = frozenset("0123456789.,")
# What may stand beside the drawn rest of a number.
_BESIDE_MARKS = _IN_NUMBERS | frozenset("-−()%") | {UNREADABLE}
# The share of a mark that lies in its cell.
_MOST = 0.7
# In units of character height: neighbouring characters of one number are no further apart.
_TOUCH = 0.1


@dataclass(frozen=True, slots=True)
class PageTables:
    """A page's tables, and the characters that stand in none of them."""

    tables: tuple[Table, ...]
    outside: tuple[Char, ...]


@dataclass
class Faults:
    """What is wrong with a document's pages, as far as those read so far tell it.

    Attributes:
        lost: Rulings that its tables lost.
        lift: By how much its text must move down to stand between rulings.
    """

    lost: LostBorders = field(default_factory=LostBorders)
    lift: float = 0.0


def read_ruled_tables(page: PageObjects, faults: Faults | None = None) -> PageTables:
    """Read the ruled tables of a page from top to bottom.

    Each cell's text is that of the characters whose centre lies in its box.

    Args:
        page: The page.
        faults: Those of the pages before it; its own are added.
    """
    faults = Faults() if faults is None else faults
    grids, outside = _filled_grids(page, faults)
    if regained := [edge for grid in grids for edge in grid.lost_rulings(page.edges, faults.lost)]:
        grids, outside = _filled_grids(page, faults, regained)
    if grids:
        faults.lost.go_on_below(grids[-1].last_borders)
    return PageTables(tuple(grid.to_table(page) for grid in grids), tuple(outside))


def _filled_grids(
    page: PageObjects, faults: Faults, regained: Sequence[Edge] = ()
) -> tuple[list["_Grid"], Sequence[Char]]:
    """Find a page's grids, fill them, and tell which characters stand in none of them."""
    grids = [_Grid(boxes) for boxes in _find_cells(page, regained)]
    grids.sort(key=lambda grid: grid.bbox[1])

    def cell_at(x: float, y: float) -> BBox | None:
        return next((cell for grid in grids if (cell := grid.cell_at(x, y)) is not None), None)

    outside: Sequence[Char] = page.chars
    lift = needed_lift(page.chars, cell_at, faults.lift) if grids else 0.0
    faults.lift = lift or faults.lift
    for grid in grids:
        outside = grid.take(outside, lift)
        grid.mend_overflowing_text(lift)
        grid.mend_torn_numbers()
        grid.take_marks(page.marks)
        grid.read_texts()
    return grids, outside


def _find_cells(page: PageObjects, regained: Sequence[Edge]) -> list[list[BBox]]:
    """Find the cells between the page's rulings, and between areas where these part cells."""
    edges = [*page.edges, *regained] if regained else page.edges
    grids = find_grids(complete_borders(lay_rulings(edges)))
    if page.shades and (parting := parting_edges(page.shades, [*map(_around, grids)])):
        grids = find_grids(complete_borders(lay_rulings([*edges, *parting])))
    return grids


def _around(boxes: Sequence[BBox]) -> BBox:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


class _Grid:
    """One table under construction: boxes, and the characters that fall into each."""

    def __init__(self, boxes: Sequence[BBox]) -> None:
        self.bbox = _around(boxes)
        self._lay(boxes)
        self._chars: list[list[Char]] = [[] for _ in boxes]
        self._drawn: set[int] = set()
        self._texts: list[str] = []
        self._torn: list[tuple[int, int]] = []
        self._stretches: list[Stretch] = []

    def _lay(self, boxes: Sequence[BBox]) -> None:
        """Lay boxes out in rows and columns."""
        self._boxes = boxes
        self._columns = _distinct(edge for box in boxes for edge in (box[0], box[2]))
        self._rows = _distinct(edge for box in boxes for edge in (box[1], box[3]))
        self._spans = [self._span(box) for box in boxes]
        self._owner = {
            (row + down, column + across): index
            for index, (row, column, row_span, column_span) in enumerate(self._spans)
            for down in range(row_span)
            for across in range(column_span)
        }

    def _span(self, box: BBox) -> tuple[int, int, int, int]:
        row, column = _index(self._rows, box[1]), _index(self._columns, box[0])
        row_span = max(1, _index(self._rows, box[3]) - row)
        column_span = max(1, _index(self._columns, box[2]) - column)
        return row, column, row_span, column_span

    def _owner_at(self, x: float, y: float) -> int | None:
        return self._owner.get(
            (bisect_right(self._rows, y) - 1, bisect_right(self._columns, x) - 1)
        )

    def cell_at(self, x: float, y: float) -> BBox | None:
        """The cell that covers a point, None where none does."""
        owner = self._owner_at(x, y)
        return None if owner is None else self._boxes[owner]

    def take(self, chars: Iterable[Char], lift: float) -> list[Char]:
        """Give each character to the cell its centre lies in; return those that no cell covers.

        Args:
            chars: Characters.
            lift: How far below their places they are taken to stand.
        """
        rows, columns, owner_of = self._rows, self._columns, self._owner
        outside: list[Char] = []
        inside: list[tuple[int, Char]] = []
        for char in chars:
            _, x0, top, x1, bottom = char
            x, y = (x0 + x1) / 2, (top + bottom) / 2 + lift
            owner = owner_of.get((bisect_right(rows, y) - 1, bisect_right(columns, x) - 1))
            if owner is None:
                outside.append(char)
            else:
                inside.append((owner, char))
        runs = [
            (owner, [char for _, char in run]) for owner, run in groupby(inside, key=itemgetter(0))
        ]
        for owner, run in runs:
            begin = len(self._chars[owner])
            self._chars[owner] += run
            self._stretches.append(Stretch(owner, begin, begin + len(run)))
        self._torn += (
            (left, right)
            for (left, ahead), (right, behind) in pairwise(runs)
            if _touch(ahead[-1], behind[0])
        )
        return outside

    def mend_overflowing_text(self, lift: float) -> None:
        """Give a line of a text that stands on a ruling to the cell that holds the rest of it."""
        strays = dict(overflowing(self._stretches, self._chars, self._boxes, lift))
        # From the last to the first of a cell, since their places are among all of its characters.
        for stray, owner in sorted(strays.items(), reverse=True):
            chars = self._chars[stray.owner]
            self._chars[owner].extend(chars[stray.begin : stray.end])
            del chars[stray.begin : stray.end]

    def mend_torn_numbers(self) -> None:
        """Give a number that reaches over a ruling to the one cell that holds most of it.

        A number too wide for its cell is printed over its neighbour's border; its digits would
        otherwise become two numbers. Two whole numbers may touch as well: together they are none.
        """
        for left, right in self._torn:
            ahead = _run(self._chars[left][::-1])[::-1]
            behind = _run(self._chars[right])
            if sum(char.text == "." for char in (*ahead, *behind)) > 1:
                continue
            if len(ahead) < len(behind):
                self._chars[left] = self._chars[left][: -len(ahead)]
                self._chars[right] = [*ahead, *self._chars[right]]
            else:
                self._chars[right] = self._chars[right][len(behind) :]
                self._chars[left] = [*self._chars[left], *behind]

    def take_marks(self, marks: Iterable[Box]) -> None:
        """Put a character that nobody can look up where a cell's number is drawn or a picture.

        What is drawn beside words decorates them: they are no number.
        """
        for mark in marks:
            x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
            owner = self._owner_at(x, y)
            if owner is None or not _is_inside(mark, self._boxes[owner]):
                continue
            chars = self._chars[owner]
            if all(char.text in _BESIDE_MARKS for char in chars):
                chars.append(Char(UNREADABLE, *mark))
                self._drawn.add(owner)

    @property
    def last_borders(self) -> list[float]:
        """Where the cells of its last row begin and end."""
        last = len(self._rows) - 1
        ending = (
            box
            for box, (row, _, row_span, _) in zip(self._boxes, self._spans, strict=True)
            if row + row_span >= last
        )
        return _distinct(side for box in ending for side in (box[0], box[2]))

    def read_texts(self) -> None:
        """Read the cells' texts."""
        self._texts = list(map(block_text, self._chars))

    def lost_rulings(self, edges: Iterable[Edge], lost: LostBorders) -> list[Edge]:
        """Find the rulings that it lost: where cells print what is several cells'."""
        borders = lost.of(self._columns)
        cells = list(map(FilledCell, self._boxes, self._chars))
        is_over_several = any(
            column_span > 1 and text[:1].isdecimal()
            for text, (_, _, _, column_span) in zip(self._texts, self._spans, strict=True)
        )
        tall = heights_of_several([low - high for high, low in pairwise(self._rows)])
        if not (borders or is_over_several or may_lack_rulings(self._texts, cells, tall)):
            return []
        regained = lost_rulings(cells, lost.ends(edges), borders)
        places = _distinct(edge.x0 for edge in regained if edge.x0 == edge.x1)
        lost.learn(self._columns, [at for at in places if _is_new(at, self._columns)])
        return regained

    def to_table(self, page: PageObjects) -> Table:
        """Make the table."""
        cells = [
            Cell(
                text=text,
                row=row,
                column=column,
                row_span=row_span,
                column_span=column_span,
                place=page.place(box),
                is_unreadable=index in self._drawn,
                reach=page.reach(box),
            )
            for index, (box, text, (row, column, row_span, column_span)) in enumerate(
                zip(self._boxes, self._texts, self._spans, strict=True)
            )
        ]
        return Table(
            cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
            row_count=len(self._rows) - 1,
            column_count=len(self._columns) - 1,
            place=page.place(self.bbox),
        )


def _is_new(at: float, places: Iterable[float]) -> bool:
    """Tell whether none of some places is where an edge is."""
    return all(abs(at - place) > SNAP_POINTS for place in places)


def _is_inside(mark: Box, cell: BBox) -> bool:
    """Tell whether most of a mark lies in a cell."""
    across = min(mark[2], cell[2]) - max(mark[0], cell[0])
    down = min(mark[3], cell[3]) - max(mark[1], cell[1])
    return across * down >= _MOST * (mark[2] - mark[0]) * (mark[3] - mark[1])


def _touch(left: Char, right: Char) -> bool:
    """Tell whether two characters are neighbours in one number."""
    if left.text not in _IN_NUMBERS or right.text not in _IN_NUMBERS:
        return False
    height = right.bottom - right.top
    return (
        abs(right.x0 - left.x1) <= _TOUCH * height and abs(right.top - left.top) <= _TOUCH * height
    )


def _run(chars: Sequence[Char]) -> list[Char]:
    """The characters of a number at the beginning of a sequence."""
    run: list[Char] = []
    for char in chars:
        if char.text not in _IN_NUMBERS:
            break
        run.append(char)
    return run


def _distinct(edges: Iterable[float]) -> list[float]:
    """Return the sorted edges with those closer than the snap distance taken as one."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > SNAP_POINTS:
            distinct.append(edge)
    return distinct


def _index(edges: Sequence[float], edge: float) -> int:
    return min(bisect_left(edges, edge - SNAP_POINTS), len(edges) - 1)
