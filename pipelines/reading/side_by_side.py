"""Sheets of a file on which two pages stand side by side, cut into these pages.

Knows gaps, lines and rulings. Does not know what the pages say.

On a page of its own, something crosses its middle: a title, a page number, a ruling, a line of
prose. A gap from top to bottom alone is no proof, since a table may have one between its two sides:
their lines stand at the same heights, while those of two pages do not, or are prose.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from math import inf
from typing import TypeVar

from pipelines.reading.drawn_objects import Box
from pipelines.reading.intervals import Interval, parts_left
from pipelines.reading.pdf_objects import Char, Edge, Frame, Overprint, PageObjects, Shade
from pipelines.reading.text_lines import group_lines

# A sheet for two pages is broader than high.
_BROAD = 1.2
# In units of its width: between where the pages part, and how wide the gap is at least.
_FROM, _UNTIL, _GAP = 0.3, 0.7, 0.03
# Lines of which more stand level with lines of the other side are those of one page.
_LEVEL_SHARE = 0.6
# In units of a character's height: how far apart level lines lie at most.
_LEVEL = 0.2
_MIN_LINES = 4
# So many sheets are looked at together.
_BATCH = 10
# In units of a side's printed width: how long a line of prose is.
_LONG = 0.8
_Thing = TypeVar("_Thing", Char, Edge)


def cut_sheets(sheets: Iterable[PageObjects]) -> Iterator[PageObjects]:
    """Yield the pages of a file's sheets, two that stand side by side one after the other.

    A sheet on which next to nothing is printed holds two pages where others of its size do.
    """
    of_two: set[tuple[int, int]] = set()
    remaining = iter(sheets)
    while batch := [(sheet, _gap(sheet)) for sheet in islice(remaining, _BATCH)]:
        for sheet, gap in batch:
            if gap is not None and _are_two_pages(sheet, gap):
                of_two.add(_size(sheet))
        for sheet, gap in batch:
            if gap is not None and _size(sheet) in of_two:
                yield from _cut(sheet, gap)
            else:
                yield sheet


def _size(sheet: PageObjects) -> tuple[int, int]:
    return round(sheet.width), round(sheet.height)


def _gap(sheet: PageObjects) -> Interval | None:
    """Find the widest gap around a broad sheet's middle, from top to bottom; None without one."""
    if sheet.width < _BROAD * sheet.height:
        return None
    begin, end = _FROM * sheet.width, _UNTIL * sheet.width
    gaps = [(begin, end)]
    across = {(edge.x0, edge.x1) for edge in sheet.edges if edge.x1 > edge.x0}
    for reaches in (across, {(char[1], char[3]) for char in sheet.chars}):
        # In order at once: each gap would put them in order anew.
        ordered = sorted(reaches)
        parts = (part for gap in gaps for part in parts_left(gap, ordered))
        gaps = [part for part in parts if part[1] - part[0] >= _GAP * sheet.width]
        if not gaps:
            return None
    middle = sheet.width / 2
    return max(gaps, key=lambda gap: (gap[0] < middle < gap[1], gap[1] - gap[0]))


def _are_two_pages(sheet: PageObjects, gap: Interval) -> bool:
    """Tell whether what stands on either side of a gap are pages of their own."""
    middle = (gap[0] + gap[1]) / 2
    left = group_lines(char for char in sheet.chars if char.x0 < middle)
    right = group_lines(char for char in sheet.chars if char.x0 >= middle)
    fewer, more = sorted((left, right), key=len)
    if len(fewer) < _MIN_LINES:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    heights = sorted(map(_middle, more))
    return sum(_is_level(line, heights) for line in fewer) < _LEVEL_SHARE * len(fewer)


def _middle(line: Sequence[Char]) -> float:
    return (line[0].top + line[0].bottom) / 2


def _is_level(line: Sequence[Char], heights: Sequence[float]) -> bool:
    """Tell whether a line stands at one of some heights."""
    reach = _LEVEL * (line[0].bottom - line[0].top)
    at = bisect_left(heights, _middle(line) - reach)
    return at < len(heights) and heights[at] <= _middle(line) + reach


def _is_prose(lines: Sequence[Sequence[Char]]) -> bool:
    """Tell whether several lines run through from side to side."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    full = (
        line
        for line in lines
        if line[-1].x1 - line[0].x0 >= _LONG * width
        and all(b.x0 - a.x1 <= a.bottom - a.top for a, b in pairwise(line))
    )
    return sum(1 for _ in full) >= _MIN_LINES


def _cut(sheet: PageObjects, gap: Interval) -> Iterator[PageObjects]:
    """Yield the two pages of a sheet."""
    middle, half = (gap[0] + gap[1]) / 2, sheet.width / 2
    border = half if gap[0] < half < gap[1] else middle
    yield _part(sheet, (0.0, border), (-inf, middle))
    yield _part(sheet, (border, sheet.width), (middle, inf))


def _part(sheet: PageObjects, page: Interval, holds: Interval) -> PageObjects:
    """The page that reaches from side to side and holds what stands in an interval."""
    begin, end = page

    def is_here(x0: float, x1: float) -> bool:
        return holds[0] < (x0 + x1) / 2 <= holds[1]

    point, left, top = sheet.frame
    return replace(
        sheet,
        width=end - begin,
        frame=Frame(point, left + begin * point, top),
        chars=[moved(it, begin) for it in sheet.chars if is_here(it.x0, it.x1)],
        edges=[moved(it, begin) for it in sheet.edges if is_here(it.x0, it.x1)],
        shades=[
            Shade(moved_box(it.box, begin), it.colour, tuple(moved(e, begin) for e in it.edges))
            for it in sheet.shades
            if is_here(it.box[0], it.box[2])
        ],
        marks=[moved_box(it, begin) for it in sheet.marks if is_here(it[0], it[2])],
        hidden=[moved(it, begin) for it in sheet.hidden if is_here(it.x0, it.x1)],
        overprints=[
            Overprint(it.text, moved_box(it.box, begin))
            for it in sheet.overprints
            if is_here(it.box[0], it.box[2])
        ],
    )


def moved(thing: _Thing, left: float) -> _Thing:
    """A thing on a page that begins further right."""
    return thing._replace(x0=thing.x0 - left, x1=thing.x1 - left)


def moved_box(box: Box, left: float) -> Box:
    """A box on a page that begins further right."""
    return box[0] - left, box[1], box[2] - left, box[3]
