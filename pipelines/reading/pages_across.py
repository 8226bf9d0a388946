"""Pages over which a sheet that is wider than paper was printed side by side, put together.

Knows rulings, heights and what stands beyond a page's edge. Does not know what the pages say.

A spreadsheet that is too wide is printed on several pages: the first has the names of the rows, the
others have further columns of the same rows at the same heights. Titles and heads of groups that
the edge cuts are drawn on both pages, or on each as far as it reaches. Only what can be nothing
else is put together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from pipelines.reading.grids import lay_rulings
from pipelines.reading.pdf_objects import Char, Frame, FurtherPage, Overprint, PageObjects, Shade
from pipelines.reading.segments import GUTTER, Segment, part_line
from pipelines.reading.side_by_side import moved, moved_box
from pipelines.reading.text_lines import group_lines

# In points: rulings, sizes and characters no further apart lie at the same place.
_SAME = 1.5
# So many rows at the same heights are no accident.
_MIN_ROWS = 4
# In points: as high are the last rows of a table, each with its name.
_LAST_ROWS = 40.0
# A running head and a page's number stand in its outer tenth.
_MARGIN = 0.1
_IN_NUMBERS = frozenset("0123456789.,-−—–()%¥")
_BOTTOM = attrgetter("bottom")

# A page's number, its width and place in the file, and characters of a line on it.
_OnPage = tuple[int, float, Frame, Sequence[Char]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The one grid of a page: where its rulings lie, from left to right and from top to bottom."""

    columns: tuple[float, ...]
    levels: tuple[float, ...]

    @property
    def left(self) -> float:
        return self.columns[0]

    @property
    def right(self) -> float:
        return self.columns[-1]

    def holds(self, char: Char) -> bool:
        """Whether a character stands between its first and its last ruling."""
        return self.levels[0] <= (char.top + char.bottom) / 2 <= self.levels[-1]


def join_across(pages: Iterable[PageObjects]) -> Iterator[PageObjects]:
    """Yield pages, those that show one sheet side by side as one.

    Left apart are pages of a sheet that is printed down to its end before what is to the right:
    nothing tells which of them lie side by side.
    """
    before: PageObjects | None = None
    held: PageObjects | None = None
    for page in pages:
        beside = None if held is None else _beside(held, page, before)
        if held is not None and beside is not None:
            held = _join(held, page, *beside)
            continue
        if held is not None:
            yield held
        before, held = held, page
    if held is not None:
        yield held


def part_by_page(line: Sequence[Char], page: PageObjects) -> Iterator[_OnPage]:
    """Yield what each page of the file shows of a line; words that go on over its edge are one."""
    if not page.further:
        yield page.number, page.width, page.frame, line
        return
    begin = 0
    for place, (char, following) in enumerate(pairwise(line), start=1):
        is_apart = following.x0 - char.x1 > GUTTER * (char.bottom - char.top)
        if is_apart and page.page_at(line[begin].x0) != page.page_at(following.x0):
            yield _on_page(line[begin:place], page)
            begin = place
    yield _on_page(line[begin:], page)


def _on_page(chars: Sequence[Char], whole: PageObjects) -> _OnPage:
    page = whole.page_at(chars[0].x0)
    if page is None:
        return whole.number, whole.width, whole.frame, chars
    return page.number, page.width, page.frame, [moved(char, page.shift) for char in chars]


def _beside(
    page: PageObjects, following: PageObjects, before: PageObjects | None
) -> tuple[float, float] | None:
    """Where a page begins that goes on beside another, and how far to the right it then lies.

    None where it does not go on.

    Args:
        page: A page, or several already put together.
        following: The next one in the file.
        before: The page before the first, None where there is none.
    """
    if not page.edges or not following.edges or abs(page.height - following.height) > _SAME:
        return None
    end, other_end = (max(map(_BOTTOM, each.edges)) for each in (page, following))
    if abs(end - other_end) > 2 * _SAME or _has_words_above(following, other_end):
        return None
    grid, other = _grid(page), _grid(following)
    if grid is None or other is None or not _have_same_rows(page, grid, following, other):
        return None
    lines = group_lines(char for char in following.chars if not other.holds(char))
    beyond = [char for char in page.chars if char.x1 > grid.right - (char.bottom - char.top)]
    stretches = (stretch for line in lines for stretch in part_line(line)[1])
    if not all(_may_stand_beside(it, following, other, beyond) for it in stretches):
        return None
    above = _grid(before) if before is not None else None
    if above is not None and _are_same(above.columns, grid.columns):
        return None
    return grid.right, grid.right - other.left


def _has_words_above(page: PageObjects, end: float) -> bool:
    """Tell at a glance whether the last rows of a page have names."""
    begin = end - _LAST_ROWS
    return any(
        begin < char.top and char.bottom <= end and char.text not in _IN_NUMBERS
        for char in page.chars
    )


def _grid(page: PageObjects) -> _Grid | None:
    down, across = lay_rulings(page.edges)
    if not down:
        return None
    # A line below a running head is none of the grid's.
    top = min(ruling.begin for ruling in down) - _SAME
    bottom = max(ruling.end for ruling in down) + _SAME
    levels = sorted({ruling.at for ruling in across if top <= ruling.at <= bottom})
    columns = sorted({ruling.at for ruling in down})
    return _Grid(tuple(columns), tuple(levels)) if levels else None


def _have_same_rows(page: PageObjects, grid: _Grid, following: PageObjects, other: _Grid) -> bool:
    """Tell whether a page has the rows of the one before it at their heights, without their names.

    Its words are all above its numbers: they head columns.
    """
    if abs(grid.levels[0] - other.levels[0]) > _SAME:
        return False
    inside = list(filter(other.holds, following.chars))
    words = [char.bottom for char in inside if char.text not in _IN_NUMBERS]
    end = max(words, default=other.levels[0]) - _SAME
    levels = [level for level in other.levels if level >= end]
    beside = [level for level in grid.levels if level >= levels[0] - _SAME] if levels else []
    if len(levels) <= _MIN_ROWS or not _are_same(levels, beside):
        return False
    if not any(char.top >= levels[0] - _SAME for char in inside):
        return False
    named = [char.top for char in page.chars if char.text not in _IN_NUMBERS]
    rows = list(pairwise(beside))
    count = sum(any(top < name < bottom for name in named) for top, bottom in rows)
    return 2 * count > len(rows)


def _are_same(places: Sequence[float], others: Sequence[float]) -> bool:
    return len(places) == len(others) and all(
        abs(place - other) <= _SAME for place, other in zip(places, others, strict=True)
    )


def _may_stand_beside(
    text: Segment, page: PageObjects, grid: _Grid, beyond: Sequence[Char]
) -> bool:
    """Tell whether a text outside a grid is no title of its own.

    It goes on what the edge of the page before cuts, is set at the right end of the table as its
    unit is, or stands in the page's margin.

    Args:
        text: The text.
        page: Its page.
        grid: The grid there.
        beyond: What stands at the edge of the page before.
    """
    x0, top, x1, bottom = text.box
    margin = _MARGIN * page.height
    if bottom < margin or top > page.height - margin:
        return True
    if x0 > (grid.left + grid.right) / 2 and abs(x1 - grid.right) <= 2 * _SAME:
        return True
    is_cut = x0 < grid.left + (bottom - top)
    return is_cut and any(abs(char.top - top) <= _SAME for char in beyond)


def _join(page: PageObjects, following: PageObjects, begin: float, shift: float) -> PageObjects:
    """Put a page to the right of another; what is drawn on both is there once."""
    chars = _without([moved(char, -shift) for char in following.chars], page.chars)
    hidden = [*page.hidden, *(moved(char, -shift) for char in following.hidden)]
    further = FurtherPage(begin, shift, following.number, following.width, following.frame)
    return replace(
        page,
        width=shift + following.width,
        chars=[*page.chars, *chars],
        edges=[*page.edges, *(moved(edge, -shift) for edge in following.edges)],
        shades=[
            *page.shades,
            *(
                Shade(
                    moved_box(it.box, -shift), it.colour, tuple(moved(e, -shift) for e in it.edges)
                )
                for it in following.shades
            ),
        ],
        marks=[*page.marks, *(moved_box(mark, -shift) for mark in following.marks)],
        hidden=_without(hidden, [*page.chars, *chars]),
        overprints=[
            *page.overprints,
            *(Overprint(it.text, moved_box(it.box, -shift)) for it in following.overprints),
        ],
        has_picture=page.has_picture or following.has_picture,
        further=(*page.further, further),
    )


def _without(chars: Sequence[Char], others: Sequence[Char]) -> list[Char]:
    """The characters that are not drawn at the same places among others."""
    drawn: dict[str, list[Char]] = {}
    for char in others:
        drawn.setdefault(char.text, []).append(char)
    return [
        char
        for char in chars
        if not any(
            abs(char.x0 - other.x0) <= _SAME and abs(char.top - other.top) <= _SAME
            for other in drawn.get(char.text, ())
        )
    ]
