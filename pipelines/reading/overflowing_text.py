"""Text that reaches over the upper or lower ruling of its cell, put back where it belongs.

Knows characters and cells. Does not know what is printed.

A text that has more lines than its cell has room for reaches into the cells above and below, and
the middle of a line of it may lie there: 费 of 公务用车运行维护费 among the numbers of columns. It
is drawn in one go with the rest of the text, and not with what else stands in that cell.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.reading.drawn_objects import Box
from pipelines.reading.pdf_objects import Char

# In units of a character's height: what reaches further over a ruling stands on it.
_OVER = 0.2
# Neighbours on one line, and the tops of one line's characters, are no further apart.
_TOUCH, _LEVEL = 0.3, 0.2
# From line to line of one text.
_PITCH = 0.9, 1.8


class Stretch(NamedTuple):
    """Characters that a file draws in one go in one cell.

    Attributes:
        owner: The number of the cell.
        begin: The place of the first among the cell's characters.
        end: The place behind the last.
    """

    owner: int
    begin: int
    end: int


def overflowing(
    stretches: Sequence[Stretch],
    texts: Sequence[Sequence[Char]],
    boxes: Sequence[Box],
    lift: float,
) -> Iterator[tuple[Stretch, int]]:
    """Yield stretches of a cell above or below that of their text, and the number of the latter.

    Args:
        stretches: What a file draws cell by cell, in its order.
        texts: The characters of each cell, in the order of the file.
        boxes: The cells.
        lift: How far below their places the characters are taken to stand.
    """
    for one, other in pairwise(stretches):
        border = _border(boxes[one.owner], boxes[other.owner])
        if border is None:
            continue
        line, following = _chars(one, texts), _chars(other, texts)
        if _are_one_line(line[-1], following[0]):
            first = len(_last_line(line)) <= len(_first_line(following))
            order = ((one, other), (other, one)) if first else ((other, one), (one, other))
        elif _goes_on_below(_last_line(line), _first_line(following)):
            order = (one, other), (other, one)
        else:
            continue
        for stray, rest in order:
            if _is_stray(_chars(stray, texts), stray, texts, border - lift):
                yield stray, rest.owner
                break


def _chars(stretch: Stretch, texts: Sequence[Sequence[Char]]) -> Sequence[Char]:
    return texts[stretch.owner][stretch.begin : stretch.end]


def _border(box: Box, other: Box) -> float | None:
    """Where two cells border on each other that lie one below the other; None where none do."""
    if box[0] >= other[2] or other[0] >= box[2]:
        return None
    if box[3] == other[1]:
        return box[3]
    return box[1] if other[3] == box[1] else None


def _is_stray(
    chars: Sequence[Char], stretch: Stretch, texts: Sequence[Sequence[Char]], border: float
) -> bool:
    """Tell whether a stretch is one line on a border, and not all that its cell holds."""
    if len(texts[stretch.owner]) == stretch.end - stretch.begin:
        return False
    return len(_first_line(chars)) == len(chars) and all(
        min(border - char.top, char.bottom - border) > _OVER * (char.bottom - char.top)
        for char in chars
    )


def _are_one_line(left: Char, right: Char) -> bool:
    height = min(left.bottom - left.top, right.bottom - right.top)
    return _are_level(left, right) and abs(right.x0 - left.x1) <= _TOUCH * height


def _are_level(char: Char, other: Char) -> bool:
    return abs(char.top - other.top) <= _LEVEL * max(
        char.bottom - char.top, other.bottom - other.top
    )


def _goes_on_below(line: Sequence[Char], following: Sequence[Char]) -> bool:
    """Tell whether a line is the next one of a text: below its middle or its beginning."""
    above, below = line[0], following[0]
    pitch = (below.top - above.top) / max(above.bottom - above.top, below.bottom - below.top)
    middle = (below.x0 + following[-1].x1) / 2
    return _PITCH[0] <= pitch <= _PITCH[1] and above.x0 <= middle <= line[-1].x1


def _first_line(chars: Sequence[Char]) -> Sequence[Char]:
    end = next((at for at, it in enumerate(chars) if not _are_level(chars[0], it)), len(chars))
    return chars[:end]


def _last_line(chars: Sequence[Char]) -> Sequence[Char]:
    return _first_line(chars[::-1])[::-1]
