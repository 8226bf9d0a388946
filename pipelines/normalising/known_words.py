"""Which wordings of forms exist, and which of them a misread one is.

Knows those that the grammar of terms covers, the names of functions and economic items, and what
standard forms and their lines are called. Does not know pixels, pages, nor what a word means.

A wording that exists is left alone. Another one is taken for itself in simplified characters, or
for the likeliest reading that exists; else a character of it that is in no term is replaced where a
term or name of several characters tells by what, and no other tells otherwise, a longer one where
it was read without hesitation; else characters are taken for others that look alike; else all of it
is taken for the one line or title of a standard form that it is clearly most like. All of it exists
then.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import dropwhile, islice, takewhile

from opencc import OpenCC

from pipelines.domain.document import Cell
from pipelines.normalising.nearest_words import FARTHEST, nearest
from pipelines.recognising.captions import bare_title, looks_like_form_title, titled_forms
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.wording import blank_debris, fold_header, fold_label, squash

# A shorter term says too little of the one character that differs from it; less than the second
# where that was read without hesitation.
_LEAST_TERM, _LONG_TERM = 4, 6
_SEVERAL = 2
# A 款 or 项 has so many digits.
_LEVEL_DIGITS = 2
_GAP = "\0"
# What is read of specks behind words.
_SPECKS = " .·'`_-"
# Characters that differ in a stroke, of which more than one stands in wordings of forms.
_LOOKALIKES = ("未末", "己已", "日目", "人入", "干千", "土士", "大太", "本木", "设没", "拔拨援")
# The mark behind an ordinal is small.
_BLURRED_ORDINAL = re.compile(r"^([一二三四五六七八九十]{1,3})[·•.:;,](?=.)")
# The share of a line's characters that may be misread where it was read without hesitation.
_FARTHEST_IF_SURE = 0.17
# The share of a name that may be misread where a code that was read for certain says it.
_FARTHEST_OF_CODE = 0.67
# A title that a ruling crosses loses the character below it, and no more.
_FARTHEST_OF_PIECES = 0.2


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

    def has_unknown(self, text: str) -> bool:
        """Tell whether a text has characters that are letters of no term."""
        return bool(self._unknown(text))

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
        lines: What lines of standard forms are called, folded alike.
        titles: What standard forms are called, folded as ``wording.squash`` does.
    """

    def __init__(
        self,
        codes: Mapping[str, frozenset[str]],
        lines: Iterable[str] = (),
        titles: Iterable[str] = (),
    ) -> None:
        self._catalogue = load_catalogue()
        self._grammar = self._catalogue.grammar
        terms = frozenset(self._grammar.terms)
        self._codes = codes
        self._names: dict[str, set[str]] = {}
        for name, each in codes.items():
            for code in each:
                self._names.setdefault(code, set()).add(name)
        self._lines, self._titles = frozenset(lines), frozenset(titles)
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

    def of_cell(self, cell: Cell, row: Iterable[Cell] = ()) -> str:
        """What a cell with words is taken to say.

        It has several readings where the first recogniser hesitated.

        Args:
            cell: The cell.
            row: The cells of its row of which what was read is certain.
        """
        text = cell.text
        if self.knows(text):
            bare = text.rstrip(_SPECKS)
            return bare if _has_letters(bare) else text
        if looks_like_form_title(text):
            return self.of_title(text)
        return next(self._likely(cell, row), text)

    def is_doubtful(self, cell: Cell) -> bool:
        """Tell whether a cell's words exist nowhere and two recognisers do not read them alike."""
        if not _has_letters(cell.text) or self.knows(cell.text):
            return False
        read = {reading.recogniser: reading for reading in reversed(cell.readings)}
        return len(read) > 1 and len({squash(each.text) for each in read.values()}) > 1

    def _likely(self, cell: Cell, row: Iterable[Cell]) -> Iterator[str]:
        """What a wording that does not exist may be, likeliest first."""
        text = _simplified(cell.text)
        if self.knows(text):
            yield text
        is_sure = len(cell.readings) < _SEVERAL
        is_one = not all(map(self.knows, text.split("\n")))
        if not is_sure and is_one and (name := self._named_by_code(cell, row)) is not None:
            yield name
        yield from (
            reading.text
            for reading in cell.readings
            if _has_letters(reading.text) and self.knows(reading.text)
        )
        mended = _mended(text, self._of_sure_labels if is_sure else self._of_labels)
        if self.knows(mended):
            yield mended
        if not is_sure and (alike := self._looking_alike(mended)) is not None:
            yield alike
        if is_one and (line := self._line(text, is_sure=is_sure)) is not None:
            yield line

    def _named_by_code(self, cell: Cell, row: Iterable[Cell]) -> str | None:
        """The name of the code before a label, where enough of it was read."""
        beside = sorted(row, key=lambda each: each.column, reverse=True)
        before = [*takewhile(str.isdigit, filter(None, _texts_from(cell, beside)))][::-1]
        codes = {_joined(before[at:]) for at in range(len(before))} | set(before[-1:])
        names = set[str]().union(*(self._names.get(code, set()) for code in codes))
        return nearest(fold_label(_simplified(cell.text)), names, _FARTHEST_OF_CODE)

    def _looking_alike(self, text: str) -> str | None:
        """The one wording that exists and whose characters look like those of a text."""
        known = {
            other
            for at, character in enumerate(text)
            for alike in _LOOKALIKES
            if character in alike
            for replaced in alike
            if self.knows(other := text[:at] + replaced + text[at + 1 :])
        }
        return known.pop() if len(known) == 1 else None

    def _line(self, text: str, *, is_sure: bool) -> str | None:
        """The line of a standard form that a label is clearly most like, behind its ordinal."""
        squashed = _BLURRED_ORDINAL.sub(r"\1、", squash(text))
        folded = fold_label(squashed)
        if len(folded) < _LEAST_TERM:
            return None
        found = nearest(folded, self._lines, _FARTHEST_IF_SURE if is_sure else FARTHEST)
        return None if found is None else squashed.removesuffix(folded) + found

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
        if not looks_like_form_title(text) or titled_forms(text, self._catalogue):
            return text
        printed = _simplified(text)
        mended = _mended(printed, self._of_titles)
        if titled_forms(mended, self._catalogue):
            return mended
        title = bare_title(printed)
        # A title of words that exist is another form's, however like this one's it is.
        is_misread = title == squash(printed) and self._of_titles.has_unknown(title)
        return (nearest(title, self._titles) if is_misread else None) or mended

    def of_pieces(self, pieces: Sequence[str]) -> str | None:
        """The title of a standard form that rulings cut into pieces, None where they make none."""
        joined = squash("".join(pieces))
        if titled_forms(joined, self._catalogue):
            return joined
        return nearest(joined, self._titles, _FARTHEST_OF_PIECES)


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


def _simplified(text: str) -> str:
    """A text in the characters that are printed: recognisers know the traditional ones, too."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
