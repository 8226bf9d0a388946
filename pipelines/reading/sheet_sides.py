"""What stands side by side on a sheet.

Knows where texts stand and which columns are blank. Does not know whether what stands side by side
are forms, each under its title, or the two sides of one, each under a caption: words tell that.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from pipelines.reading.sheet_boxes import Box, Line, ShownSheet, first_rows, joined_runs, rows_of

# Above the grids of forms that stand side by side are no more rows of headings than these.
_HEADING_ROWS = 10
_SEVERAL = 2


def parts_of(sheet: ShownSheet, rows: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Yield rows that belong together, and whether they are one table whatever is in them.

    What stands side by side begins below a blank row, or below headings that stand over all of it.
    Structure does not tell forms, each under its title, from the two sides of one, each under a
    caption: they stay together as a table, and words will tell.
    """
    below_blank = frozenset(first_rows(rows))
    plain: list[Line] = []
    is_begin = False
    number = 0
    while number < len(rows):
        is_begin = is_begin or number in below_blank
        end = _end_of_sides(sheet, rows, number) if is_begin else number
        if end == number:
            plain.append(rows[number])
            is_begin = is_begin and len(rows[number]) == 1
            number += 1
            continue
        if plain:
            yield plain, False
        yield list(rows[number:end]), True
        plain, number = [], end
    if plain:
        yield plain, False


def _end_of_sides(sheet: ShownSheet, rows: Sequence[Line], first: int) -> int:
    """Find the row below what stands side by side from a row on, as far as columns are blank.

    It is the same row where nothing does.
    """
    strips: list[tuple[int, int]] = []
    known: list[tuple[int, int]] = []
    end, widest = first, 0
    while end < len(rows) and (end < first + _HEADING_ROWS or widest >= 2 * _SEVERAL):
        strips = joined_runs([*strips, *sheet.reaches(rows[end])])
        if len(strips) < _SEVERAL:
            break
        known, widest = strips, max(widest, len(rows[end]))
        end += 1
    begins = [left for left, _ in known]
    sides: list[list[Box]] = [[] for _ in begins]
    for box in chain.from_iterable(rows[first:end]):
        sides[bisect_right(begins, box.left) - 1].append(box)
    headed = [side for side in sides if side and _has_heading(rows_of(side))]
    if len(headed) < _SEVERAL or abs(headed[0][0].top - headed[1][0].top) > 1:
        return first
    end = _without_text_below(sheet, rows, first, end)
    return _without_captions_below(rows, first, end) if end < len(rows) else end


def _without_text_below(sheet: ShownSheet, rows: Sequence[Line], first: int, end: int) -> int:
    """Leave out what stands below the last row that is ruled, where any is."""
    ruled = [n for n in range(first, end) if any(sheet.is_ruled(box) for box in rows[n])]
    return ruled[-1] + 1 if ruled else end


def _without_captions_below(rows: Sequence[Line], first: int, end: int) -> int:
    """Leave out lines below the last blank row without numbers: what closes the gap is theirs."""
    for begin in reversed(first_rows(rows[first:end])):
        if any(box.is_number for box in chain.from_iterable(rows[first + begin : end])):
            break
        end = first + begin
    return end


def _has_heading(rows: Sequence[Line]) -> bool:
    """Tell whether the first row of a grid is a heading alone.

    It is merged over the grid or stands at its left; a unit at the right is none.
    """
    heading = rows[0][0]
    left = min(row[0].left for row in rows)
    is_heading = heading.right > heading.left or heading.left == left
    has_grid = sum(len(row) >= _SEVERAL for row in rows) >= _SEVERAL
    return len(rows[0]) == 1 and not heading.is_number and is_heading and has_grid
