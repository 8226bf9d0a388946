"""Text that stands on a page's rulings instead of between them, and by how much it is off.

Knows characters and cells. Does not know what is printed.

Some exports print all text of a page half a row too low. Cell by cell nobody could tell which row
it is of; for the whole page there is one offset at which everything stands between rulings.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from statistics import median

from pipelines.reading.drawn_objects import Box
from pipelines.reading.pdf_objects import Char
from pipelines.reading.segments import part_line
from pipelines.reading.text_lines import group_lines

# The cell that covers a point, None where none does.
CellAt = Callable[[float, float], Box | None]

# So many of a page's characters show whether its text is off; where more of them than this share
# stand on a ruling, it is.
_SAMPLE = 60
_OFF_SHARE = 0.3
# In units of a character's height: how near its middle a ruling runs on which it stands.
_ON_RULING = 0.4
# In units of character height: how far text may be off, and in which steps that is tried out.
_FARTHEST, _STEP = 1.5, 0.05
# Which share of those that do at best must stand in cells where pages before needed it.
_NEARLY = 0.85
# In units of its height: how far a text may reach over a ruling. There is room above its ink.
_ROOM = 0.15


def needed_lift(chars: Sequence[Char], cell_at: CellAt, known: float) -> float:
    """Find by how much the text of a page must move down (or up, below 0) to stand in its cells.

    Args:
        chars: The page's characters.
        cell_at: Tells which cell covers a point.
        known: What the text of pages before needed, 0 where it needed none.

    Returns:
        The distance in points, 0 where the text stands in its cells as it is.
    """
    sample = chars[:: len(chars) // _SAMPLE + 1]
    inside = [(char, cell) for char in sample if (cell := cell_at(*_middle(char))) is not None]
    on_rulings = sum(_is_on_ruling(char, cell) for char, cell in inside)
    is_off = on_rulings > _OFF_SHARE * len(inside)
    if not is_off and not known:
        return 0.0
    texts = [segment for line in group_lines(chars) for segment in part_line(line)[0]]
    sizes = [(segment.box, len(segment.chars)) for segment in texts]
    if not is_off:
        return known if _fit(sizes, cell_at, known) > _fit(sizes, cell_at, 0.0) else 0.0
    height = median(char.bottom - char.top for char, _ in inside)
    steps = round(_FARTHEST / _STEP)
    lifts = [number * _STEP * height for number in range(-steps, steps + 1)]
    return _best(lifts, [_fit(sizes, cell_at, lift) for lift in lifts], known)


def _middle(char: Char) -> tuple[float, float]:
    return (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2


def _is_on_ruling(char: Char, cell: Box) -> bool:
    reach = _ON_RULING * (char.bottom - char.top)
    _, middle = _middle(char)
    return middle - cell[1] < reach or cell[3] - middle < reach


def _fit(texts: Iterable[tuple[Box, int]], cell_at: CellAt, lift: float) -> int:
    """Count the characters whose texts stand in a cell as a whole, less those of other texts.

    A text that stood on the table and would not any more counts as one that does not fit.
    """
    fit = 0
    for (x0, top, x1, bottom), size in texts:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        cell = cell_at(x, y + lift)
        if cell is None:
            fit -= size if cell_at(x, y) is not None else 0
            continue
        room = _ROOM * (bottom - top)
        is_within = cell[0] - room <= x0 and x1 <= cell[2] + room
        is_within = is_within and cell[1] - room <= top + lift and bottom + lift <= cell[3] + room
        fit += size if is_within else -size
    return fit


def _best(lifts: Sequence[float], fits: Sequence[int], known: float) -> float:
    """The middle of the run of lifts at which most characters stand in cells.

    It is the run that holds what pages before needed, where nearly as many do there; else, of
    several, that of the shortest way.
    """
    runs = [
        (fit, [lift for lift, _ in run])
        for fit, run in groupby(zip(lifts, fits, strict=True), key=itemgetter(1))
    ]
    middles = [(fit, (run[0] + run[-1]) / 2) for fit, run in runs]
    most = max(fits)
    if known:
        fit, run = next((it for it in runs if it[1][-1] >= known), runs[-1])
        if fit >= _NEARLY * most:
            return known if run[0] <= known <= run[-1] else (run[0] + run[-1]) / 2
    return min((middle for fit, middle in middles if fit == most), key=abs)
