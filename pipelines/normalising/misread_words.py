"""Words of pictures that recognisers misread, taken for the words of forms and code lists they are.

Knows where such words stand: in cells and titles of pages that are pictures; running text is left
alone, where any word may stand. Does not know which words exist (known_words).

A code that was not read for certain is taken for the one of its readings that the code lists give
the name beside it, together with the 类, 款 and 项 beside it where these have columns of their own,
and a name that was not, for that of the code before it. No other digit is touched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pipelines.domain.document import Cell, Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.known_words import KnownWords
from pipelines.normalising.reference_lists import list_rows
from pipelines.recognising.wording import fold_label, squash

_NAME_LISTS = (
    "functional_classification.csv",
    "functional_name_history.csv",
    "economic_classification.csv",
    "economic_name_history.csv",
    # Classes that the lists above lack.
    "category_names_en.csv",
)
_CLASS_DIGITS = 3
# A title stands in the first rows of a table, if in any, and a ruling or two may cross it.
_TITLE_ROWS, _SEVERAL_PIECES = 2, (2, 3)

_Printed = TypeVar("_Printed", Cell, Paragraph)


@dataclass(frozen=True, slots=True)
class Misreading:
    """A text that is taken for another one.

    Attributes:
        read: What was read.
        taken: What it is taken for.
        place: Where it is printed.
    """

    read: str
    taken: str
    place: Place


def with_known_words(document: Document, reference_dir: Path) -> tuple[Document, list[Misreading]]:
    """Take misread words of a document's pictures for those that they are.

    Args:
        document: The document.
        reference_dir: Folder of the reference lists (dbt's seeds).

    Returns:
        The document, and what was changed in it.
    """
    pages = {page.number for page in document.pictured_pages}
    if not pages:
        return document, []
    known = _known_words(reference_dir)
    misread: list[Misreading] = []
    blocks = tuple(_mend(block, pages, known, misread) for block in document.blocks)
    return replace(document, blocks=blocks), misread


def _mend(
    block: Paragraph | Table, pages: set[int], known: KnownWords, misread: list[Misreading]
) -> Paragraph | Table:
    if block.place.page not in pages:
        return block
    if isinstance(block, Paragraph):
        title = _mend_text(block, known.of_title(block.text), misread)
        # Its pieces are counted in what was read.
        return title if len(title.text) == len(block.text) else replace(title, pieces=())
    mended: list[Cell] = []
    for number, of_row in groupby(sorted(block.cells, key=_row_of), _row_of):
        row = [*of_row]
        if number < _TITLE_ROWS:
            row = _mend_title(row, known, misread)
        row = [_mend_label(cell, row, known, misread) for cell in row]
        mended += (_mend_code(cell, row, known, misread) for cell in row)
    return replace(block, cells=tuple(mended))


def _row_of(cell: Cell) -> int:
    return cell.row


def _mend_title(row: Sequence[Cell], known: KnownWords, misread: list[Misreading]) -> list[Cell]:
    """Put a title together that rulings cross: all of it is in its first cell then."""
    printed = [cell for cell in row if squash(cell.text)]
    for count in _SEVERAL_PIECES:
        pieces = printed[:count]
        title = known.of_pieces([cell.text for cell in pieces]) if len(pieces) == count else None
        if title is not None:
            first, *others = pieces
            taken = {cell: _mend_text(cell, "", misread) for cell in others}
            taken[first] = _mend_text(first, title, misread)
            return [taken.get(cell, cell) for cell in row]
    return [*row]


def _mend_label(
    cell: Cell, row: Iterable[Cell], known: KnownWords, misread: list[Misreading]
) -> Cell:
    sure = [other for other in row if not other.is_doubtful]
    mended = _mend_text(cell, known.of_cell(cell, sure), misread)
    return replace(mended, is_doubtful=True) if known.is_doubtful(mended) else mended


def _mend_code(
    cell: Cell, row: Iterable[Cell], known: KnownWords, misread: list[Misreading]
) -> Cell:
    code = known.code(cell, row) if cell.is_doubtful else None
    if code is None:
        return cell
    return replace(_mend_text(cell, code, misread), is_doubtful=False)


def _mend_text(printed: _Printed, taken: str, misread: list[Misreading]) -> _Printed:
    if taken == printed.text:
        return printed
    misread.append(Misreading(printed.text, taken, printed.place))
    return replace(printed, text=taken)


@cache
def _known_words(reference_dir: Path) -> KnownWords:
    codes: dict[str, set[str]] = {}
    lines: set[str] = set()
    for name, code in _names(reference_dir):
        codes.setdefault(name, set()).add(code)
        if len(code) == _CLASS_DIGITS:
            lines.add(name)
    titles: set[str] = set()
    for row in list_rows(reference_dir.parent / "labels" / "labels.csv"):
        if row["kind"] == "line":
            # Some forms leave it to their heading that a fund is income.
            lines |= {line := fold_label(row["zh"]), line.removesuffix("收入")}
        elif row["kind"] == "form":
            titles |= {title := squash(row["zh"]), title.replace("收入支出", "收支")}
    return KnownWords({name: frozenset(each) for name, each in codes.items()}, lines, titles)


def _names(reference_dir: Path) -> Iterator[tuple[str, str]]:
    for name in _NAME_LISTS:
        for row in list_rows(reference_dir / name):
            yield fold_label(row["name_zh"]), row["code"]
