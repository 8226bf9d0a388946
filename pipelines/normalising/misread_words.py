"""Words of pictures that recognisers misread, taken for the words of forms and code lists they are.

Knows which wordings exist: those that the grammar of terms covers, and the names of functions and
economic items. Does not know pixels, nor what a word means.

A wording that exists is left alone. Another one is taken for the likeliest reading that exists;
else a character of it that is in no term is replaced where a term or name of several characters
tells by what, and no other tells otherwise, a longer one where it was read without hesitation, if
all of it exists then.
Titles of forms are mended alike; running text is not, where any word may stand. A code that was not
read for certain is taken for the one of its readings that the code lists give the name beside it,
together with the 类, 款 and 项 beside it where these have columns of their own.
No other digit is touched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import dropwhile, islice, takewhile
from pathlib import Path
from typing import TypeVar

from pipelines.domain.document import Cell, Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.reference_lists import list_rows
from pipelines.recognising.captions import looks_like_form_title
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.wording import blank_debris, fold_header, fold_label, squash

_NAME_LISTS = (
    "functional_classification.csv",
    "functional_name_history.csv",
    "economic_classification.csv",
    "economic_name_history.csv",
)
# A shorter term says too little of the one character that differs from it; less than the second
# where that was read without hesitation.
_LEAST_TERM, _LONG_TERM = 4, 6
_SEVERAL = 2
# A 款 or 项 has so many digits.
_LEVEL_DIGITS = 2
_GAP = "\0"
# What is read of specks behind words.
_SPECKS = " .·'`_-"

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


class _Gapped:
    """Terms by what is left of them without one character.

    Args:
        terms: The terms, folded as ``wording.squash`` does.
        least: How many characters a term has at least that tells of one of them.
    """

    def __init__(self, terms: frozenset[str], least: int = _LEAST_TERM) -> None:
        self._terms = terms
        self._missing: dict[str, set[str]] = {}
        for term in terms:
            if len(term) >= least:
                for at, character in enumerate(term):
                    gapped = term[:at] + _GAP + term[at + 1 :]
                    self._missing.setdefault(gapped, set()).add(character)
        self._lengths = sorted({len(gapped) for gapped in self._missing}, reverse=True)
        self._longest = max(map(len, terms), default=0)

    def mended(self, text: str) -> str:
        """A text with its unknown characters replaced where a term tells by what."""
        unknown = self._unknown(text)
        for at in unknown:
            if (character := self._missing_at(text, at)) is not None:
                text = text[:at] + character + text[at + 1 :]
        return text

    def _unknown(self, text: str) -> list[int]:
        """Where characters stand that are letters of no term."""
        is_known = [not character.isalpha() for character in text]
        for begin in range(len(text)):
            for end in range(begin + 1, min(begin + self._longest, len(text)) + 1):
                if text[begin:end] in self._terms:
                    is_known[begin:end] = [True] * (end - begin)
        return [at for at, known in enumerate(is_known) if not known]

    def _missing_at(self, text: str, at: int) -> str | None:
        """What stands in a place by the longest term around it, None where none is sure."""
        for length in self._lengths:
            found: set[str] = set()
            for begin in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
                window = text[begin : begin + length]
                gapped = window[: at - begin] + _GAP + window[at - begin + 1 :]
                found |= self._missing.get(gapped, set())
            if found:
                return found.pop() if len(found) == 1 else None
        return None


class KnownWords:
    """The wordings of forms, and the names of the code lists.

    Args:
        codes: The codes that each name has, names folded as ``wording.fold_label`` does.
    """

    def __init__(self, codes: Mapping[str, frozenset[str]]) -> None:
        self._grammar = load_catalogue().grammar
        terms = frozenset(self._grammar.terms)
        self._codes = codes
        self._of_labels = _Gapped(terms | codes.keys())
        self._of_sure_labels = _Gapped(terms | codes.keys(), _LONG_TERM)
        self._of_titles = _Gapped(terms)

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance lives as long as the process
    def knows(self, text: str) -> bool:
        """Tell whether a wording exists: there is nothing in it that is unknown."""
        folded = fold_label(fold_header(text))
        if not any(map(str.isalpha, folded)):
            return True
        return folded in self._codes or self._grammar.concepts(folded) is not None

    def of_cell(self, cell: Cell) -> str:
        """What a cell with words is taken to say.

        It has several readings where the first recogniser hesitated.
        """
        text = cell.text
        if self.knows(text):
            bare = text.rstrip(_SPECKS)
            return bare if _has_letters(bare) else text
        others = (reading.text for reading in cell.readings if _has_letters(reading.text))
        if (known := next(filter(self.knows, others), None)) is not None:
            return known
        is_sure = len(cell.readings) < _SEVERAL
        mended = _mended(text, self._of_sure_labels if is_sure else self._of_labels)
        return mended if self.knows(mended) else text

    def code(self, cell: Cell, row: Iterable[Cell]) -> str | None:
        """What a code in doubt is by a name beside it, None where no one reading is that name's.

        Args:
            cell: The code, or where columns print 类, 款 and 项 apart, one of these.
            row: The cells of its row.
        """
        beside = sorted(row, key=lambda each: each.column)
        codes = frozenset[str]().union(
            *(self._codes.get(fold_label(each.text), frozenset()) for each in beside)
        )
        before = [*takewhile(str.isdigit, _texts_from(cell, beside[::-1]))][::-1]
        after = [*takewhile(str.isdigit, _texts_from(cell, beside))]
        fitting = {
            reading.text
            for reading in cell.readings
            if reading.text in codes or _joined((*before, reading.text, *after)) in codes
        }
        return fitting.pop() if len(fitting) == 1 else None

    def of_title(self, text: str) -> str:
        """What the title of a form is taken to say; any other text is left alone."""
        return _mended(text, self._of_titles) if looks_like_form_title(text) else text


def _texts_from(cell: Cell, row: Sequence[Cell]) -> Iterator[str]:
    """What stands on one side of a cell, from there on."""
    beyond = dropwhile(lambda each: each.column != cell.column, row)
    return (each.text.strip() for each in islice(beyond, 1, None))


def _joined(pieces: Iterable[str]) -> str:
    """A code of its 类, 款 and 项, which may lack a zero: 302 and 7."""
    return "".join(piece.zfill(_LEVEL_DIGITS) for piece in pieces)


def _mended(text: str, gapped: _Gapped) -> str:
    """A text with characters replaced, and nothing else changed: places are counted in it."""
    folded = [squash(character) for character in blank_debris(text)]
    joined = "".join(folded)
    if joined != squash(text) or any(len(character) > 1 for character in folded):
        return text
    mended = iter(gapped.mended(joined))
    return "".join(
        _taken(character, next(mended)) if fold else character
        for character, fold in zip(text, folded, strict=True)
    )


def _taken(read: str, character: str) -> str:
    return read if squash(read) == character else character


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


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
        return _mend_text(block, known.of_title(block.text), misread)
    cells = [_mend_text(cell, known.of_cell(cell), misread) for cell in block.cells]
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return replace(
        block, cells=tuple(_mend_code(cell, rows[cell.row], known, misread) for cell in cells)
    )


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
    for name, code in _names(reference_dir):
        codes.setdefault(name, set()).add(code)
    return KnownWords({name: frozenset(each) for name, each in codes.items()})


def _names(reference_dir: Path) -> Iterator[tuple[str, str]]:
    for name in _NAME_LISTS:
        for row in list_rows(reference_dir / name):
            yield fold_label(row["name_zh"]), row["code"]
