"""Cells that lost the ruling between them, parted again where their texts stand apart.

Knows boxes, lines and gaps. Does not know what the texts say, beyond which of them are numbers.

Two numbers in one cell are two cells' at once. Where the ruling ran is seen from all cells in line:
it is where none of their texts stands.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, pairwise
from operator import itemgetter
from statistics import median

from pipelines.reading.drawn_objects import Box
from pipelines.reading.grids import SNAP_POINTS
from pipelines.reading.intervals import Interval, join_intervals, parts_left
from pipelines.reading.pdf_objects import Char, Edge
from pipelines.reading.segments import GUTTER, Segment, part_line
from pipelines.reading.text_lines import group_lines

# What the text of several cells looks like: two numbers, an amount beside words, two words.
_SEVERAL = re.compile(
    r"\d[)%]?[ \n]+[-−(]?\d"
    r"|\S[ \n]+[-−(]?\d[\d,]*\.\d\d"
    r"|[^\W\d]\n\d{1,2}$"
    r"|\.\d\d[)%]? +\S"
    r"|[^\W\d]{2} +[^\W\d]{2}"
    r"|[^\W\d]\n\d+\n[^\W\d]"
    r"|^\d\d +[^\W\d]"
)
# Words in several lines may be headings of several columns, or labels of several rows.
_LINES = re.compile(r"\D+\n\D+")
# So many cells in line must print something on either side of the ruling they lost; at most this
# share of them may print across it.
_MIN_PARTED = 2
_ACROSS_SHARE = 0.2
# Two words head two columns where each is at least so long, and where a border between them is in
# the same place for both to stand in the middle of their columns, in units of the cell's width.
_WORD = 2
# The rest of a table has more borders than this, and lacks no more of those above it.
_FEW_BORDERS = 3
_MAY_LACK = 2
# A code of fewer digits is only the rest of one.
_WHOLE_CODE = 3
_OFF_MIDDLE = 0.15
# How near a border of the grid is to that place, likewise.
_NEAR = 0.06
# How far words in the middle of a cell are off it, likewise.
_CENTRED = 0.05
# In units of character height: characters no further apart make a word.
_WORD_GAP = 0.5
# How far a word may reach over a ruling, likewise.
_OVERHANG = 0.3
# Of the cells of a row that hold an amount, how many have words above it that head a column.
_HEADED_SHARE = 0.6
# So many cells of one line tell how high these usually are. In units of that: how much higher
# several together may be, and how far off the middle of its row a line may stand.
_MIN_USUAL = 4
_UNEVEN = 0.15
_OFF_ROW = 0.2
# In units of character height: a line that leaves so much room was not broken for want of it.
_ROOM = 3.0
# In units of the lower one's height: how far apart numbers of one row stand at most.
_LEVEL = 0.5

# Finds where the cells of a column, or of a row, lost a ruling.
_Find = Callable[[Sequence["FilledCell"]], float | None]


@dataclass(frozen=True)
class FilledCell:
    """A cell of a grid and what is printed in it.

    Attributes:
        box: Where it lies.
        chars: Its characters.
    """

    box: Box
    chars: Sequence[Char]

    @cached_property
    def lines(self) -> list[list[Segment]]:
        """Its lines from top to bottom, each taken apart where gaps part columns."""
        return [part_line(line)[0] for line in group_lines(self.chars)]

    @cached_property
    def pairs(self) -> list[tuple[Segment, Segment]]:
        """Its texts that stand side by side and are two cells'.

        Two numbers are, words and an amount, and the last digits of a code and a name. A whole code
        may stand in one cell with its name.
        """
        return [
            (left, right)
            for line in self.lines
            for left, right in pairwise(line)
            if left.is_amount
            or right.is_amount
            or (left.is_number and (right.is_number or len(left.chars) < _WHOLE_CODE))
        ]

    def gaps(self, axis: int) -> list[Interval]:
        """Where two of its texts stand side by side (axis 0) or below each other in two cells."""
        if axis == 0:
            return [(left.box[2], right.box[0]) for left, right in self.pairs]
        return [
            (above[0].box[3], below[0].box[1])
            for above, below in pairwise(self.lines)
            if _is_amount(above) and _is_amount(below)
        ]

    def crossed_at(self, axis: int, borders: Sequence[float]) -> list[float]:
        """Which of some borders part its texts.

        Words stand over several columns rather than an amount does.
        """
        if axis == 1:
            return [at for at in borders if any(gap[0] <= at <= gap[1] for gap in self.gaps(axis))]
        crossed: list[float] = []
        for left, right in self.pairs:
            between = [at for at in borders if left.box[2] <= at <= right.box[0]]
            if not left.is_number:
                between = between[-1:]
            elif not right.is_number:
                between = between[:1]
            crossed += between
        return crossed

    def around_its_number(self, borders: Sequence[float]) -> list[float]:
        """The borders on either side of its only text, a number that stands under one of them."""
        if len(self.lines) != 1 or len(self.lines[0]) != 1 or not self.lines[0][0].is_number:
            return []
        x0, top, x1, bottom = self.lines[0][0].box
        width = self.box[2] - self.box[0]
        before, behind = [at for at in borders if at <= x0][-1:], [at for at in borders if at >= x1]
        is_at_border = any(at - x1 <= bottom - top for at in behind)
        is_centred = abs(x0 + x1 - self.box[0] - self.box[2]) <= 2 * _OFF_MIDDLE * width
        return [*before, *behind[:1]] if is_at_border or not is_centred else []

    @cached_property
    def gaps_behind_codes(self) -> list[Interval]:
        """Where words stand behind a code in one of its lines."""
        pairs = (line[:2] for line in self.lines if len(line) > 1)
        return [
            (code.box[2], words.box[0])
            for code, words in pairs
            if code.is_number and not words.is_number
        ]

    @cached_property
    def gap_beside_code(self) -> Interval | None:
        """Where several lines of words stand behind a number that is level with none of them."""
        alone = [line[0] for line in self.lines if len(line) == 1 and line[0].is_number]
        words = [line[0].box[0] for line in self.lines if not line[0].is_number]
        if len(alone) != 1 or len(words) < _MIN_PARTED or alone[0].box[2] >= min(words):
            return None
        return alone[0].box[2], min(words)

    @cached_property
    def headings(self) -> tuple[Interval, float] | None:
        """Where two words stand apart that head two columns, and the border between these.

        None where it prints anything else than two words, each in the middle of its column.
        """
        if not self.chars:
            return None
        gutter = GUTTER * (self.chars[0].bottom - self.chars[0].top)
        words = join_intervals(((it.x0, it.x1) for it in self.chars), gutter)
        if len(words) != 2:
            return None
        (begin, left), (right, end) = words
        count = sum(it.x0 < right for it in self.chars)
        borders = begin + left - self.box[0], right + end - self.box[2]
        is_middle = abs(borders[0] - borders[1]) <= _OFF_MIDDLE * (self.box[2] - self.box[0])
        if not is_middle or min(count, len(self.chars) - count) < _WORD:
            return None
        return (left, right), max(left, min(sum(borders) / 2, right))

    def cut(self, axis: int, at: float) -> tuple["FilledCell", "FilledCell"]:
        """The two cells that a ruling down (axis 0) or across (axis 1) the page makes of it."""
        x0, top, x1, bottom = self.box
        middles = [it.x0 + it.x1 if axis == 0 else it.top + it.bottom for it in self.chars]
        are_behind = [middle >= 2 * at for middle in middles]
        behind = list(compress(self.chars, are_behind))
        ahead = [it for it, is_behind in zip(self.chars, are_behind, strict=True) if not is_behind]
        if axis == 0:
            boxes = (x0, top, at, bottom), (at, top, x1, bottom)
        else:
            boxes = (x0, top, x1, at), (x0, at, x1, bottom)
        return FilledCell(boxes[0], ahead), FilledCell(boxes[1], behind)

    @cached_property
    def words(self) -> list[Interval]:
        """From where to where its words reach."""
        return [
            stretch
            for line in group_lines(self.chars)
            for stretch in join_intervals(
                ((it.x0, it.x1) for it in line), _WORD_GAP * (line[0].bottom - line[0].top)
            )
        ]

    def stands_on_both_sides(self, axis: int, at: float) -> bool:
        """Tell whether it prints something on either side of a ruling, and nothing across."""
        reaches = self.words if axis == 0 else [(it.top, it.bottom) for it in self.chars]
        behind = sum(begin + end >= 2 * at for begin, end in reaches)
        return self.is_free(axis, at) and 0 < behind < len(reaches)

    @property
    def had_room(self) -> bool:
        """Whether its first line was broken though more had fitted into it."""
        return len(self.lines) > 1 and self.had_room_before(self.lines[1][0].box[1])

    def had_room_before(self, at: float) -> bool:
        """Tell whether its last line above a place was broken though more had fitted into it."""
        above = [line for line in self.lines if line[0].box[1] < at]
        if not 0 < len(above) < len(self.lines):
            return False
        width = above[-1][-1].box[2] - above[-1][0].box[0]
        height = above[-1][0].box[3] - above[-1][0].box[1]
        return self.box[2] - self.box[0] - width > _ROOM * height

    def may_be_cut(self, axis: int, at: float) -> bool:
        """Tell whether a ruling there parts nothing that belongs together."""
        return self.is_free(axis, at) and not (axis == 0 and self.is_centred)

    @cached_property
    def is_centred(self) -> bool:
        """Whether each of its lines is words in the middle of it: they head all that is below."""
        off = 2 * _CENTRED * (self.box[2] - self.box[0])
        return bool(self.chars) and all(
            len(line) == 1
            and not line[0].is_number
            and abs(line[0].box[0] + line[0].box[2] - self.box[0] - self.box[2]) <= off
            for line in self.lines
        )

    def is_free(self, axis: int, at: float) -> bool:
        """Tell whether a ruling there runs through none of its words or lines."""
        if axis == 1:
            return not any(it.top < at < it.bottom for it in self.chars)
        over = _OVERHANG * (self.chars[0].bottom - self.chars[0].top) if self.chars else 0.0
        return not any(begin + over < at < end - over for begin, end in self.words)


class LostBorders:
    """What the tables of a document tell of rulings down the page that others have lost.

    A table's last rows on another page may print too little to show it.
    """

    def __init__(self) -> None:
        self._known: list[tuple[Sequence[float], Sequence[float]]] = []
        self._above: Sequence[float] = ()

    def of(self, kept: Sequence[float]) -> Sequence[float]:
        """Where a table lost rulings, that kept others at these places.

        It is where a table did that kept the same, or where the table on the page before has more.
        """
        for places, lost in self._known:
            if len(places) == len(kept) and not _without(places, kept):
                return lost
        missing = _without(self._above, kept)
        is_its_rest = len(kept) > _FEW_BORDERS and not _without(kept, self._above)
        return missing if is_its_rest and len(missing) <= _MAY_LACK else ()

    def learn(self, kept: Sequence[float], lost: Sequence[float]) -> None:
        """Note where a table lost rulings, and whose rest the next page may begin with."""
        if lost and not any(places is kept for places, _ in self._known):
            self._known.append((kept, lost))

    def ends(self, edges: Iterable[Edge]) -> list[float]:
        """Where rulings down a page may have been: where those across it end, or one is above."""
        across = {side for edge in edges if edge.x0 < edge.x1 for side in (edge.x0, edge.x1)}
        return [*across, *self._above]

    def go_on_below(self, borders: Sequence[float]) -> None:
        """Note the borders in the last row of a page, which the next page may go on with."""
        self._above = borders


def _without(borders: Sequence[float], others: Sequence[float]) -> list[float]:
    """Those borders that are none of some others."""
    return [at for at in borders if all(abs(at - other) > SNAP_POINTS for other in others)]


def may_lack_rulings(
    texts: Sequence[str], cells: Sequence[FilledCell], several_rows: Collection[float]
) -> bool:
    """Tell whether any of a grid's cells prints what looks like the texts of several.

    Args:
        texts: What its cells print.
        cells: The cells.
        several_rows: The heights of cells that are as high as several rows.
    """
    if any(_SEVERAL.search(text) for text in texts if " " in text or "\n" in text):
        return True
    return any(
        cell.headings or (cell.box[3] - cell.box[1] in several_rows and cell.had_room)
        for text, cell in zip(texts, cells, strict=True)
        if _LINES.fullmatch(text)
    )


def heights_of_several(heights: Sequence[float]) -> frozenset[float]:
    """Tell which heights of rows are those of several usual ones."""
    usual = _usual(heights)
    return frozenset(height for height in heights if usual and _is_of_several(height, usual))


def _usual(heights: Iterable[float]) -> float:
    """The height that most have; 0 where too few tell."""
    counts = Counter(round(height, 1) for height in heights)
    return next((height for height, count in counts.most_common(1) if count >= _MIN_USUAL), 0.0)


def _is_of_several(height: float, usual: float) -> bool:
    """Tell whether a height is that of several usual rows together."""
    count = round(height / usual)
    return count > 1 and abs(height - count * usual) <= _UNEVEN * usual


def lost_rulings(
    cells: Sequence[FilledCell], ends: Sequence[float], borders: Sequence[float] = ()
) -> list[Edge]:
    """Find the rulings that a grid has lost, where its cells print what is several cells'.

    Args:
        cells: All of its cells.
        ends: Where a ruling down the page may have been: others across it end there.
        borders: Where the table is known to have lost rulings down the page.

    Returns:
        The sides of the cells that these rulings part; none where it lacks none.
    """
    parted = [part for cell in cells for part in _at_borders(cell, borders, 0)]
    finders: tuple[_Find, _Find] = (
        partial(_lost_column, ends=ends),
        partial(_lost_row, usual=_usual(_one_line_heights(cells))),
    )
    for axis, find in enumerate(finders):
        sides = _edges(parted, axis)
        tracks = _tracks(parted, axis)
        # Cells over several columns are parted where these are, if at all.
        several = [track for track in tracks if axis == 0 and _inner(track[0], sides, 0)]
        single = [track for track in tracks if track not in several]
        parted = [part for track in single for part in _part(track, axis, find)]
        parted += [cell for track in several for cell in track]
        sides = _edges(parted, axis)
        parted = [part for cell in parted for part in _at_its_edges(cell, sides, axis)]
        if axis == 0:
            for upwards in (True, False):
                parted = _run_on(cells, parted, upwards=upwards)
    whole = set(map(id, cells))
    return [side for cell in parted if id(cell) not in whole for side in _sides(cell.box)]


def _sides(box: Box) -> tuple[Edge, Edge, Edge, Edge]:
    x0, top, x1, bottom = box
    return (
        Edge(x0, top, x1, top),
        Edge(x0, bottom, x1, bottom),
        Edge(x0, top, x0, bottom),
        Edge(x1, top, x1, bottom),
    )


def _edges(cells: Iterable[FilledCell], axis: int) -> list[float]:
    """Where the cells of a grid have borders."""
    return sorted({side for cell in cells for side in cell.box[axis::2]})


def _run_on(
    cells: Sequence[FilledCell], parted: Sequence[FilledCell], *, upwards: bool
) -> list[FilledCell]:
    """Let regained rulings run on through the cells above or below, up to a heading of both sides.

    Where a ruling was lost beside a group of columns, group and neighbour are one odd cell.
    """
    near, far = (1, 3) if upwards else (3, 1)
    known = _edges(cells, 0)
    regained = [
        (cell.box[0], cell.box[near])
        for cell in parted
        if min(abs(cell.box[0] - edge) for edge in known) > SNAP_POINTS
    ]
    done: list[FilledCell] = []
    for cell in sorted(parted, key=lambda cell: cell.box[1], reverse=upwards):
        borders = {at for at, end in regained if abs(end - cell.box[far]) <= SNAP_POINTS}
        parts = _at_borders(cell, sorted(borders), 0)
        regained += [(part.box[0], part.box[near]) for part in parts[1:]]
        done += parts
    return done


def _inner(cell: FilledCell, sides: Sequence[float], axis: int) -> list[float]:
    """The borders of other cells that a cell reaches over."""
    begin, end = cell.box[axis::2]
    return [side for side in sides if begin + SNAP_POINTS < side < end - SNAP_POINTS]


def _at_its_edges(cell: FilledCell, sides: Sequence[float], axis: int) -> list[FilledCell]:
    """Part a cell at borders that other cells of the grid have."""
    inner = _inner(cell, sides, axis)
    if not inner:
        return [cell]
    borders = cell.crossed_at(axis, inner) or (cell.around_its_number(inner) if axis == 0 else [])
    if axis == 0 and not borders and cell.headings:
        _, border = cell.headings
        at = min(inner, key=lambda edge: abs(edge - border))
        borders = [at] if abs(at - border) <= _NEAR * (cell.box[2] - cell.box[0]) else []
    return _at_borders(cell, borders, axis)


def _at_borders(cell: FilledCell, borders: Iterable[float], axis: int) -> list[FilledCell]:
    """Part a cell at borders wherever one runs through it and through nothing it prints."""
    parts = [cell]
    for at in borders:
        if _inner(parts[-1], [at], axis) and parts[-1].may_be_cut(axis, at):
            parts[-1:] = parts[-1].cut(axis, at)
    return parts


def _is_amount(line: Sequence[Segment]) -> bool:
    return len(line) == 1 and line[0].is_amount


def _is_number(line: Sequence[Segment]) -> bool:
    return len(line) == 1 and line[0].is_number


def _tracks(cells: Iterable[FilledCell], axis: int) -> list[list[FilledCell]]:
    """Put the cells together that begin and end at the same places: columns, or rows.

    The cells of a row end at the same place: some headings of it begin further up.
    """
    tracks: defaultdict[tuple[float, ...], list[FilledCell]] = defaultdict(list)
    for cell in cells:
        tracks[cell.box[::2] if axis == 0 else cell.box[3:]].append(cell)
    return list(tracks.values())


def _one_line_heights(cells: Iterable[FilledCell]) -> Iterator[float]:
    """How high the cells of one line are."""
    return (cell.box[3] - cell.box[1] for cell in cells if len(cell.lines) == 1)


def _part(track: Sequence[FilledCell], axis: int, find: _Find) -> list[FilledCell]:
    """Part the cells of a column, or of a row, wherever it lost rulings."""
    at = find(track)
    if at is None:
        return list(track)
    free = [cell.may_be_cut(axis, at) for cell in track]
    if axis == 1:
        # A label of several rows ends with the last of them.
        tops = {cell.box[1] for cell in track if cell.stands_on_both_sides(1, at)}
        free = [is_free and cell.box[1] in tops for is_free, cell in zip(free, track, strict=True)]
    cut = [cell.cut(axis, at) for cell, is_free in zip(track, free, strict=True) if is_free]
    whole = [cell for cell, is_free in zip(track, free, strict=True) if not is_free]
    return [*whole, *(part for side in zip(*cut, strict=True) for part in _part(side, axis, find))]


def _lost_column(track: Sequence[FilledCell], *, ends: Sequence[float]) -> float | None:
    """Find where a column's cells lost a ruling down the page; None where they lack none.

    Args:
        track: The cells.
        ends: Where rulings across the page begin and end.
    """
    printed = [cell for cell in track if cell.chars]
    gaps = [gap for cell in printed for gap in cell.gaps(0)[:1]]
    beside = [gap for cell in printed if (gap := cell.gap_beside_code)]
    if beside:
        gaps += [*beside, *(gap for cell in printed for gap in cell.gaps_behind_codes[:1])]
    headed = [cell.headings for cell in printed if cell.headings]
    if not (headed or beside or len(gaps) >= max(1, min(_MIN_PARTED, len(printed)))):
        return None
    within = _most_shared(gaps or [gap for gap, _ in headed])
    expected = median(border for _, border in headed) if headed else sum(within) / 2
    begin, end = _least_in_the_way(within, printed, expected)
    joints = Counter(side for side in ends if begin <= side <= end)
    at = max(begin, min(expected, end)) if headed else (begin + end) / 2
    at = max(joints, key=joints.__getitem__) if joints else at
    across = sum(not cell.may_be_cut(0, at) and not cell.is_centred for cell in printed)
    return at if across <= _ACROSS_SHARE * len(printed) else None


def _least_in_the_way(within: Interval, cells: Sequence[FilledCell], expected: float) -> Interval:
    """Find where within a stretch, near a place, a ruling is between the words of most cells.

    The cells that print something on either side know best where it ran, and those that print most
    have as many words before it as each other.
    """
    several = [cell for cell in cells if len(cell.words) > 1]
    others = [cell for cell in cells if len(cell.words) == 1 and not cell.is_centred]
    most = max((len(cell.words) for cell in cells), default=0)
    fullest = [cell for cell in several if len(cell.words) == most]
    ends = {side for cell in cells for word in cell.words for side in word}
    sides = sorted({*within, *(side for side in ends if within[0] < side < within[1])})

    def harm(free: Interval) -> tuple[int, int, int, float, float]:
        at = sum(free) / 2
        before = Counter(sum(sum(word) < 2 * at for word in cell.words) for cell in fullest)
        return (
            sum(not cell.stands_on_both_sides(0, at) for cell in several),
            len(fullest) - max(before.values(), default=0),
            sum(not cell.is_free(0, at) for cell in others),
            max(free[0] - expected, expected - free[1], 0.0),
            free[0] - free[1],
        )

    return min(pairwise(sides), key=harm)


def _most_shared(gaps: Sequence[Interval]) -> Interval:
    """Find the stretch that most gaps have in common."""
    shared = [
        [gap for gap in gaps if gap[0] <= begin < gap[1]] for begin in {gap[0] for gap in gaps}
    ]
    most = max(shared, key=lambda those: (len(those), -min(gap[0] for gap in those)))
    return max(gap[0] for gap in most), min(gap[1] for gap in most)


def _lost_row(track: Sequence[FilledCell], *, usual: float) -> float | None:
    """Find where a row's cells lost a ruling across the page; None where they lack none.

    Args:
        track: The cells.
        usual: How high the table's cells of one line are.
    """
    several = [cell for cell in track if len(cell.lines) > 1]
    if not several:
        return None
    between = _between_amounts(several) or _below_headings(track, several)
    if between is not None:
        taken = ((it.top, it.bottom) for cell in track for it in cell.chars)
        free = max(parts_left(between, taken), key=lambda it: it[1] - it[0], default=None)
        return sum(free) / 2 if free else None
    return _below_usual_row(track, several, usual) if usual else None


def _between_amounts(several: Iterable[FilledCell]) -> Interval | None:
    """Where two amounts of one cell stand below each other: between two rows."""
    amounts = [cell for cell in several if all(map(_is_amount, cell.lines))]
    numbers = [line[0].box for cell in amounts for line in cell.lines]
    if not numbers:
        return None
    row = [box for box in numbers if _is_level(min(numbers, key=itemgetter(1)), box)]
    rest = [box[1] for box in numbers if box not in row]
    return (max(box[3] for box in row), min(rest)) if rest else None


def _below_headings(track: Iterable[FilledCell], several: Iterable[FilledCell]) -> Interval | None:
    """Where words stand above a number in most cells that hold one: below a header."""
    headed = [
        cell
        for cell in several
        if _is_number(cell.lines[-1]) and not any(map(_is_number, cell.lines[:-1]))
    ]
    if not headed:
        return None
    first = headed[0].lines[-1][0].box
    numbers = [cell for cell in track if cell.chars and _is_number(cell.lines[-1])]
    are_level = all(_is_level(first, cell.lines[-1][0].box) for cell in numbers)
    if len(headed) < max(_MIN_PARTED, _HEADED_SHARE * len(numbers)) or not are_level:
        return None
    words = [it.box[3] for cell in headed for line in cell.lines[:-1] for it in line]
    return max(words), min(cell.lines[-1][0].box[1] for cell in numbers)


def _below_usual_row(
    track: Sequence[FilledCell], several: Sequence[FilledCell], usual: float
) -> float | None:
    """Where the first of several rows of the usual height ends.

    All lines stand in the middle of these rows, and a label was broken though it had room left.
    """
    _, top, _, bottom = several[0].box
    row = [cell for cell in track if cell.chars and cell.box[1] == top]
    if not _is_of_several(bottom - top, usual):
        return None
    for line in (line for cell in row for line in cell.lines):
        middle = (line[0].box[1] + line[0].box[3]) / 2 - top
        if abs(middle % usual - usual / 2) > _OFF_ROW * usual:
            return None
    had_room = any(cell.had_room_before(top + usual) for cell in several)
    return top + usual if had_room else None


def _is_level(one: Box, other: Box) -> bool:
    """Tell whether two numbers stand in one row."""
    low = min(one[3] - one[1], other[3] - other[1])
    return abs(one[1] + one[3] - other[1] - other[3]) <= 2 * _LEVEL * low
