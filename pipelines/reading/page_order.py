"""The order in which a file's pages were meant to be read, where the file has them in another.

Knows printed page numbers, tables that go on at the top of a page, and sums. Does not know what the
tables mean.

A file's own order stands unless its pages speak against it: printed numbers that do not rise, a
table that goes on from another page than the one before, prose that goes on backwards.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple, Protocol

from pipelines.domain.document import Cell, Table
from pipelines.reading.grids import SNAP_POINTS
from pipelines.reading.paragraphs import TextLine, right_edges
from pipelines.reading.pdf_objects import Frame

# A line that so many pages have among so many of their first or last is no text of theirs.
_RUNNING_COUNT = 3
_OUTER_LINES = 2
# So many numbered pages, and this share of all, tell an order; so many numbers may be missing.
_MIN_NUMBERED = 3
_NUMBERED_SHARE = 0.5
_MAY_LACK = 2
# So often must prose go on backwards, without fail and more often than forwards, for a file to run
# backwards.
_MIN_BACKWARDS = 2
# Which share of a table's borders its rest must have: its rows may part no more columns.
_BORDERS_SHARE = 0.5
# A table that goes on on another page reaches so far down its own.
_FAR_DOWN = 0.6
# Which share of the characters of a header is the same where it is read twice.
_NEARLY = 0.9
_NUMBER = re.compile(r"\d+")
_AMOUNT = re.compile(r"[-−]?(\d[\d,]*\.\d{2,}|\d{1,3}(,\d{3})+)")
# The items that add up to a total have codes of so many digits; on the way each may be half a step
# off.
_TOP_LEVEL = 3
_HALF_STEP = Decimal("0.005")

_Link = tuple[int, int]


class Page(Protocol):
    """What stands on a page."""

    @property
    def lines(self) -> Sequence[TextLine]:
        """The lines outside its tables, from top to bottom."""

    @property
    def tables(self) -> Sequence[Table]:
        """Its tables."""

    @property
    def frame(self) -> Frame:
        """How it lies in the file."""

    @property
    def height(self) -> float:
        """Its height as read."""


def reading_order(pages: Sequence[Page]) -> list[int]:
    """Tell in which order to read the pages of a file.

    Returns:
        Their places in the file, each once.
    """
    numbers = [_printed_number(page) for page in pages]
    if _tell_an_order(numbers):
        rises = [number for number in numbers if number is not None]
        if rises == sorted(rises):
            return list(range(len(pages)))
        if rises == sorted(rises, reverse=True):
            return list(range(len(pages)))[::-1]
        return _by_numbers(numbers)
    return _by_what_goes_on(pages)


def _printed_number(page: Page) -> int | None:
    """The number printed on a page, None where there is none or several.

    Of pages that show one sheet side by side it is that of the first. A page that was shrunk to fit
    beside another has its last line where no margin is any more.
    """
    first = min((line.page for line in page.lines), default=0)
    printed = [line.text for line in page.lines if line.page == first and line.is_page_number]
    if not printed and page.lines and page.lines[-1].looks_like_page_number:
        printed = [page.lines[-1].text]
    found = _NUMBER.search(printed[0]) if len(printed) == 1 else None
    return int(found.group()) if found else None


def _tell_an_order(numbers: Sequence[int | None]) -> bool:
    """Tell whether pages are numbered through, whatever their order."""
    printed = {number for number in numbers if number is not None}
    count = sum(number is not None for number in numbers)
    return (
        count >= max(_MIN_NUMBERED, _NUMBERED_SHARE * len(numbers))
        and len(printed) == count
        and max(printed) - min(printed) < count + _MAY_LACK
    )


def _by_numbers(numbers: Sequence[int | None]) -> list[int]:
    """Order pages by their numbers; those without one are covers and contents, which come first."""
    return sorted(range(len(numbers)), key=lambda place: (numbers[place] or 0, place))


def _by_what_goes_on(pages: Sequence[Page]) -> list[int]:
    """Order pages by the tables, else by the prose, that go on from one to another."""
    places = list(range(len(pages)))
    sides = [
        _Side(blocks, page.frame.top + page.height * page.frame.point)
        for page, blocks in zip(pages, _own_blocks(pages), strict=True)
    ]
    links = _links(sides)
    if all(above + 1 == below for above, below in links):
        return places[::-1] if not links and _runs_backwards(pages, sides) else places
    if all(above - 1 == below for above, below in links):
        return places[::-1]
    return list(_chained(places, dict(links)))


def _own_blocks(pages: Sequence[Page]) -> Iterator[list[TextLine | Table]]:
    """Yield each page's lines and tables from top to bottom, without what pages repeat."""
    outer = [
        {_without_digits(line.text) for line in (*own[:_OUTER_LINES], *own[-_OUTER_LINES:])}
        for own in (list(page.lines) for page in pages)
    ]
    counts = Counter(text for texts in outer for text in texts)
    for page in pages:
        lines = (
            line
            for line in page.lines
            if not line.is_page_number and counts[_without_digits(line.text)] < _RUNNING_COUNT
        )
        yield sorted([*lines, *page.tables], key=lambda block: (block.place.bbox or (0, 0))[1])


def _without_digits(text: str) -> str:
    return _NUMBER.sub("", text)


class _Side:
    """How a page begins and ends."""

    def __init__(self, blocks: Sequence[TextLine | Table], foot: float) -> None:
        self._lines = [block for block in blocks if isinstance(block, TextLine)]
        self.first = blocks[0] if blocks else None
        self.last = blocks[-1] if blocks else None
        self._foot = foot

    @cached_property
    def begins_inside_paragraph(self) -> bool:
        """Whether its first line is not indented although its paragraphs are."""
        if not isinstance(self.first, TextLine) or self.first.begins_numbered:
            return False
        left = min(line.x0 for line in self._lines) + self.first.height
        return self.first.x0 < left and any(line.x0 >= left for line in self._lines)

    @cached_property
    def upper(self) -> "_Piece | None":
        """The table that it begins with."""
        return _Piece(self.first) if isinstance(self.first, Table) else None

    @cached_property
    def lower(self) -> "_Piece | None":
        """The table that it ends with."""
        return _Piece(self.last) if isinstance(self.last, Table) else None

    @cached_property
    def is_full(self) -> bool:
        """Whether what it ends with reaches far down, so that it may go on anywhere."""
        bbox = self.last.place.bbox if self.last else None
        return bbox is not None and bbox[3] > _FAR_DOWN * self._foot


def _text(cell: Cell) -> str:
    return "".join(cell.text.split())


def _holds_amount(texts: Iterable[str]) -> bool:
    return any(map(_AMOUNT.fullmatch, texts))


class _Row(NamedTuple):
    """A row of a table: its code, '' where it has none, and its amounts by their column."""

    code: str
    amounts: Mapping[int, Decimal]


class _Piece:
    """A table as far as it stands on one page."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @cached_property
    def header(self) -> tuple[tuple[str, ...], ...]:
        """What stands above its first amounts, where that is a header; () where it has none.

        A header has a row without a blank; a label without amounts has blanks beside it.
        """
        rows = [tuple(map(_text, cells)) for cells in self._table.rows()]
        above = list(takewhile(lambda texts: not _holds_amount(texts), rows))
        is_header = len(above) < len(rows) and any(texts and all(texts) for texts in above)
        return tuple(above) if is_header else ()

    @cached_property
    def borders(self) -> list[float]:
        """Where its columns begin and end."""
        reaches = [
            cell.reach or (cell.place.bbox[0], cell.place.bbox[2])
            for cell in self._table.cells
            if cell.place.bbox
        ]
        borders: list[float] = []
        for side in sorted(side for reach in reaches for side in reach):
            if not borders or side - borders[-1] > SNAP_POINTS:
                borders.append(side)
        return borders

    @cached_property
    def rows(self) -> list[_Row]:
        """Its rows that print amounts."""
        rows = (_Row(_code(cells), dict(self._amounts(cells))) for cells in self._table.rows())
        return [row for row in rows if row.amounts]

    def _amounts(self, cells: Iterable[Cell]) -> Iterator[tuple[int, Decimal]]:
        for cell in cells:
            text = _text(cell)
            if _AMOUNT.fullmatch(text):
                yield self._column(cell), Decimal(text.replace(",", "").replace("−", "-"))

    def _column(self, cell: Cell) -> int:
        """Count a cell's column from the right: a rest may lack borders on its left."""
        return cell.column + cell.column_span - self._table.column_count

    def may_go_on_in(self, rest: "_Piece", *, is_next: bool) -> bool:
        """Tell whether another piece has its columns, under its header or under none.

        Of a picture a header may be misread: on the next page one that is nearly the same will do.
        """
        if not rest.rows or not (
            rest.header in ((), self.header) or (is_next and _alike(self.header, rest.header))
        ):
            return False
        return len(rest.borders) >= _BORDERS_SHARE * len(self.borders) and all(
            any(abs(border - own) <= SNAP_POINTS for own in self.borders) for border in rest.borders
        )

    def rises_to(self, rest: "_Piece") -> bool:
        """Tell whether the codes of another piece come behind its own."""
        own = [row.code for row in self.rows if row.code]
        others = [row.code for row in rest.rows if row.code]
        return not own or not others or own[-1] < others[0]

    def adds_up(self, rest: "_Piece | None" = None) -> bool:
        """Tell whether its items, those of its rest included, add up to its total."""
        rows = [*self.rows, *(rest.rows if rest else ())]
        total: Mapping[int, Decimal] = next((row.amounts for row in rows if not row.code), {})
        items = [row.amounts for row in rows if len(row.code) == _TOP_LEVEL]
        reach = _HALF_STEP * (len(items) + 1)
        return (
            len(items) > 1
            and bool(total)
            and all(
                abs(sum((item.get(column, Decimal(0)) for item in items), Decimal(0)) - amount)
                <= reach
                for column, amount in total.items()
            )
        )


def _alike(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> bool:
    """Tell whether headers are the same but for a few characters in each row."""
    return len(one) == len(other) and all(
        SequenceMatcher(None, "|".join(texts), "|".join(others)).ratio() >= _NEARLY
        for texts, others in zip(one, other, strict=True)
    )


def _code(cells: Sequence[Cell]) -> str:
    """The code that a row begins with, '' where it begins with words."""
    code = ""
    for cell in sorted(cells, key=lambda cell: cell.column):
        text = _text(cell)
        if text and not text.isdecimal():
            break
        code += text
    return code


def _links(sides: Sequence[_Side]) -> list[_Link]:
    """Find for each page that begins with the rest of a table the page with what is above it.

    Of several tables with its columns it is the one that adds up with it, or whose codes it goes on
    with, or else the nearest, the page before first. On that page the table may end anywhere: a
    page may be broken off for what stands next to be kept together.
    """
    found: list[tuple[tuple[bool, bool, bool, int], _Link]] = []
    for below, side in enumerate(sides):
        if side.upper is None:
            continue
        for above, other in enumerate(sides):
            is_next = above == below - 1
            piece = other.lower if other.is_full or is_next else None
            if (
                above != below
                and piece is not None
                and piece.may_go_on_in(side.upper, is_next=is_next)
            ):
                adds_up = not piece.adds_up() and piece.adds_up(side.upper)
                worth = (
                    adds_up,
                    piece.rises_to(side.upper),
                    is_next,
                    -abs(above - below),
                )
                found.append((worth, (above, below)))
    links: dict[int, int] = {}
    for _, (above, below) in sorted(found, reverse=True):
        is_taken = above in links or below in links.values()
        if not is_taken and above not in _chain(below, links):
            links[above] = below
    return sorted(links.items())


def _runs_backwards(pages: Sequence[Page], sides: Sequence[_Side]) -> bool:
    """Tell whether prose goes on from the top of each page to the page before."""
    edges = right_edges(line for page in pages for line in page.lines)
    forwards = Counter(_joint(one, other, edges) for one, other in pairwise(sides))
    backwards = Counter(_joint(other, one, edges) for one, other in pairwise(sides))
    return forwards[_Joint.BROKEN] > backwards[_Joint.BROKEN] == 0 and backwards[
        _Joint.WHOLE
    ] >= max(_MIN_BACKWARDS, forwards[_Joint.WHOLE] + 1)


class _Joint(Enum):
    """What stands on either side of a page's end."""

    WHOLE = "the two parts of a sentence"
    BROKEN = "a part of a sentence, without the other"
    NONE = "nothing that tells"


def _joint(above: _Side, below: _Side, edges: Mapping[float, float]) -> _Joint:
    if not isinstance(above.last, TextLine) or not isinstance(below.first, TextLine):
        return _Joint.NONE
    is_open = not above.last.ends_sentence and above.last.is_full(edges)
    if is_open and below.begins_inside_paragraph:
        return _Joint.WHOLE
    return _Joint.BROKEN if is_open or below.begins_inside_paragraph else _Joint.NONE


def _chained(places: Iterable[int], links: Mapping[int, int]) -> Iterator[int]:
    """Yield pages in their order, but each behind the one that it goes on from."""
    followers = set(links.values())
    for place in places:
        if place not in followers:
            yield from _chain(place, links)


def _chain(place: int, links: Mapping[int, int]) -> Iterator[int]:
    """Yield a page and those that go on from it."""
    at: int | None = place
    while at is not None:
        yield at
        at = links.get(at)
