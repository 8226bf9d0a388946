"""How forms are set on the pages of a PDF: where they break and what the next page repeats.

Knows sections and grids. Does not know what forms are about, nor how a PDF is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Grid, take_rows

Block = TextBlock | TableBlock

CAPTIONS = frozenset({Role.FORM_TITLE, Role.FORM_LINE})


class Continuation(StrEnum):
    """What a page on which a form goes on begins with."""

    BARE = "body rows"
    HEADER = "header"
    TITLE = "title and header"
    CONTINUED = "title marked as continued, and header"


@dataclass(frozen=True, slots=True)
class PageHabits:
    """How a publisher's program sets tables.

    Attributes:
        rows_on_page: Body rows on one page, 0 where a page takes what fits. A form then still
            breaks where the page ends.
        rows_on_last_page: Body rows kept for the last page, 0 where it takes what is left.
        continuation: What is repeated on the following pages of a form broken by ``rows_on_page``
            or ``rows_on_last_page``.
        drift: Points by which column borders miss those of the first page.
        rise: Points by which digits stand above the line.
        amounts_at_top: Whether amounts stand at the top of rows with wrapped names.
        is_all_landscape: Whether every form stands on landscape pages.
        breaks_word: Whether the tables of a Word file are broken too, as files are that were
            made from a PDF.
        runs_head: Whether every page of a PDF is headed by the name of the publication.
    """

    rows_on_page: int = 0
    rows_on_last_page: int = 0
    continuation: Continuation = Continuation.BARE
    drift: float = 0
    rise: float = 0
    amounts_at_top: bool = False
    is_all_landscape: bool = False
    breaks_word: bool = False
    runs_head: bool = False


FEW_ROWS = 6
"""Forms of no more body rows than this, as empty ones are, are never broken on purpose."""
AS_IT_FITS = PageHabits()
"""Tables break where pages end, and nothing is displaced."""


def set_on_pages(sections: Iterable[Section], habits: PageHabits) -> tuple[Section, ...]:
    """Break the forms of a document over pages."""
    return tuple(page for section in sections for page in _pages_of(section, habits))


def _pages_of(section: Section, habits: PageHabits) -> tuple[Section, ...]:
    forms = [block for block in section.blocks if _is_form(block)]
    if not forms:
        return (section,)
    is_landscape = section.is_landscape or habits.is_all_landscape
    as_set = tuple(_as_set(block, habits) for block in section.blocks)
    if len(forms) > 1:
        return (replace(section, blocks=as_set, is_landscape=is_landscape),)
    position = section.blocks.index(forms[0])
    above, below = as_set[:position], as_set[position + 1 :]
    repeated = _repeated(above, habits.continuation)
    pages = [
        Section((*(repeated if number else above), table), is_landscape, section.head)
        for number, table in enumerate(_break_form(as_set[position], habits))
    ]
    last = pages.pop()
    return (*pages, replace(last, blocks=(*last.blocks, *below)))


def _repeated(above: Iterable[Block], continuation: Continuation) -> tuple[Block, ...]:
    captions = tuple(block for block in above if _is_caption(block))
    if continuation is Continuation.TITLE:
        return captions
    if continuation is Continuation.CONTINUED:
        return tuple(_continued(block) for block in captions)
    return ()


def _continued(block: Block) -> Block:
    if isinstance(block, TextBlock) and block.role is Role.FORM_TITLE:
        return replace(block, text=f"{block.text}（续）")
    return block


def _is_form(block: Block) -> bool:
    return isinstance(block, TableBlock) and block.grid.header_rows > 0


def _is_caption(block: Block) -> bool:
    return isinstance(block, TableBlock) or block.role in CAPTIONS


def _as_set(block: Block, habits: PageHabits) -> Block:
    if not isinstance(block, TableBlock) or not _is_form(block):
        return block
    return replace(block, rise=habits.rise, amounts_at_top=habits.amounts_at_top)


def _break_form(form: Block, habits: PageHabits) -> list[TableBlock]:
    assert isinstance(form, TableBlock)
    grid = form.grid
    breaks = _breaks(grid, habits)
    bounds = [grid.header_rows, *breaks, grid.row_count]
    first = replace(form, grid=take_rows(grid, range(bounds[1])))
    header = range(0 if habits.continuation is Continuation.BARE else grid.header_rows)
    following = [
        replace(
            form,
            grid=take_rows(grid, (*header, *range(start, stop))),
            drift=habits.drift,
        )
        for start, stop in pairwise(bounds[1:])
    ]
    return [first, *following]


def _breaks(grid: Grid, habits: PageHabits) -> list[int]:
    """The rows that begin a page: never inside a cell merged over rows."""
    wanted: set[int] = set()
    end = grid.row_count
    if end - grid.header_rows <= FEW_ROWS:
        return []
    if habits.rows_on_last_page:
        end -= habits.rows_on_last_page + _ends_with_note(grid)
        wanted.add(end)
    if habits.rows_on_page:
        step = habits.rows_on_page
        wanted.update(range(grid.header_rows + step, end, step))
    crossed = {row for cell in grid.cells for row in range(cell.row + 1, cell.row + cell.row_span)}
    return sorted(row for row in wanted - crossed if grid.header_rows < row < grid.row_count)


def _ends_with_note(grid: Grid) -> bool:
    last = [cell for cell in grid.cells if cell.row == grid.row_count - 1]
    return len(last) == 1 and len(last[0].text) > 0
