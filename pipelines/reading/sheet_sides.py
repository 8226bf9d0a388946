"""What stands side by side on a sheet.

Knows where texts stand and which columns are blank. Forms each under a title and further lines are
told apart. Does not know whether what else stands side by side are forms, each under its title, or
the two sides of one, each under a caption: words tell that.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from pipelines.reading.sheet_boxes import Box, Line, ShownSheet, first_rows, joined_runs, rows_of
from pipelines.reading.sheets import Runs, Sheet

# Above the grids of forms that stand side by side are no more rows of headings than these.
_HEADING_ROWS = 10
_SEVERAL = 2
_LAST_COLUMN = 16_383


def sheets_beside(shown: ShownSheet) -> list[ShownSheet]:
    """Take a sheet apart into the forms that stand side by side on all of it, from the left.

    Between them are blank columns, and each has a title at its left or merged over it and another
    line above its grid: the sides of one form have no such lines each. Where structure does not
    tell, it is the sheet itself.
    """
    rows = rows_of(shown.boxes)
    strips = joined_runs(chain.from_iterable(shown.reaches(row) for row in rows))
    begins = [left for left, _ in strips]
    sides: list[list[Box]] = [[] for _ in begins]
    for box in shown.boxes:
        sides[bisect_right(begins, box.left) - 1].append(box)
    if len(strips) < _SEVERAL or not all(_is_form(shown, side) for side in sides):
        return [shown]
    if len({_is_merged(side) for side in sides}) > 1:
        return [shown]  # what is printed at the right above a form is no title
    columns = [min(box.column for box in side) for side in sides]
    ends = [column - 1 for column in columns[1:]]
    return [
        ShownSheet(_columns_of(shown.sheet, first, last))
        for first, last in zip([0, *columns[1:]], [*ends, _LAST_COLUMN], strict=True)
    ]


def _is_form(shown: ShownSheet, boxes: Sequence[Box]) -> bool:
    """Tell whether texts are a title, another line and a grid below them."""
    rows = rows_of(boxes)
    if not rows or not _has_title(rows):
        return False
    is_ruled = any(map(shown.is_ruled, boxes))
    head = list(takewhile(lambda row: _is_above_grid(shown, row, is_ruled=is_ruled), rows))
    grid = rows[len(head) :]
    has_grid = sum(len(row) >= _SEVERAL for row in grid) >= _SEVERAL
    return has_grid and (len(head) >= _SEVERAL or _has_lines_over_all(rows))


def _has_lines_over_all(rows: Sequence[Line]) -> bool:
    """Tell whether a title merged over all columns, captions and a header come before numbers.

    Some forms have rulings around their titles and captions, too.
    """
    title, right = rows[0][0], max(box.right for row in rows for box in row)
    words = takewhile(lambda row: not any(box.is_number for box in row), rows)
    return title.left < title.right == right and len(list(words)) > _SEVERAL


def _has_title(rows: Sequence[Line]) -> bool:
    heading = rows[0][0]
    left = min(row[0].left for row in rows)
    return len(rows[0]) == 1 and not heading.is_number and heading.left == left


def _is_above_grid(shown: ShownSheet, row: Line, *, is_ruled: bool) -> bool:
    """Tell a line above a grid from the first row of it, which has rulings, or no gaps."""
    if is_ruled:
        return not any(map(shown.is_ruled, row))
    has_gap = len(joined_runs((box.left, box.right) for box in row)) > 1
    return len(row) == 1 or (has_gap and not any(box.is_number for box in row))


def _is_merged(boxes: Sequence[Box]) -> bool:
    heading = rows_of(boxes)[0][0]
    return heading.right > heading.left


def _columns_of(sheet: Sheet, first: int, last: int) -> Sheet:
    """A sheet with what stands in some of its columns alone."""
    cells = [cell for cell in sheet.cells if first <= cell.column <= last]
    filled = {cell.row for cell in cells}
    ruled = {
        row: Runs(
            (max(left, first), min(right, last))
            for left, right in runs.pairs
            if left <= last and right >= first
        )
        for row, runs in sheet.ruled.items()
    }
    blank = [(row, row) for row, runs in ruled.items() if row not in filled and any(runs.pairs)]
    return replace(
        sheet,
        cells=cells,
        merged=[area for area in sheet.merged if first <= area.left <= last],
        ruled={row: runs for row, runs in ruled.items() if row in filled},
        blank_ruled_rows=Runs([*sheet.blank_ruled_rows.pairs, *blank]),
    )


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
