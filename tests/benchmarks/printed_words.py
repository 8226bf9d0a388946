"""Where the words of a document's tables stand, and copies of it that have other words.

Titles, headers and labels are found by what is disclosed of the document as it is: titles by those
of its tables, headers by those of its columns. Knows documents, disclosures and nonsense. Does not
know what becomes of a copy.
"""

import hashlib
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeAlias

from pipelines.domain.disclosure import Disclosure, Figure
from pipelines.domain.document import Cell, Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising import disclosing
from pipelines.reading.documents import read_document
from tests.paths import REFERENCE_DIR

LEAST_UNEQUAL = 3

# Rare characters that mean fish; those that mean anything else beside are left out.
NONSENSE = sorted({chr(code) for code in range(0x9C00, 0x9CE5)} - {*"鱼鲁鲜"})
CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3007]")
# Stays within a title or a header: years, enumerators in front, units.
KEPT = re.compile(
    r"(?:19|20)\d\d\s*年度?"
    r"|^\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]"
    r"|[(（]\s*(?:金额)?(?:单位)?\s*[:：]?\s*(?:人民币)?(?:[千万亿]?元|[个人辆台套次]|平方米)\s*[)）]"
    r"|单\s*位\s*[:：]\s*(?:人民币)?\s*[千万亿]?元"
)
QUOTES = "“”‘’\"'「」『』"
NUMBERING = "公开附件表第之一二三四五六七八九十百"


ColumnKey: TypeAlias = tuple[int, int, int]  # table, block side by side, column
FigureKey: TypeAlias = tuple[Place, str, int]  # place, text, which of those
Seat: TypeAlias = tuple[int, int]  # block, cell in it; -1 for the paragraph itself


class Role(StrEnum):
    """What a word is to its table."""

    TITLE = "title"
    HEADER = "header"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a paragraph or a cell."""

    seat: Seat
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A title, header or label, with every spot it stands in and the columns it is about."""

    role: Role
    table: int
    text: str
    spots: tuple[Spot, ...]
    columns: frozenset[ColumnKey]


@dataclass(slots=True)
class Source:
    """A document, what it discloses as it is, and where its words stand."""

    document: Document
    disclosure: Disclosure
    figures: dict[FigureKey, Figure]
    columns: dict[ColumnKey, list[FigureKey]]
    named: frozenset[ColumnKey] = frozenset()
    solid: frozenset[ColumnKey] = frozenset()
    twins: frozenset[ColumnKey] = frozenset()
    words: tuple[Word, ...] = ()
    sought: Counter[str] = field(default_factory=Counter)


def folded(text: str) -> tuple[str, list[int]]:
    """A text without white space, quotes and width, and each character's place in the text.

    Examples:
        >>> folded("项  目（１）")
        ('项目(1)', [0, 3, 4, 5, 6])
    """
    letters = [
        (letter, at)
        for at, printed in enumerate(text)
        for letter in unicodedata.normalize("NFKC", printed)
        if not letter.isspace() and letter not in QUOTES
    ]
    return "".join(letter for letter, _ in letters), [at for _, at in letters]


def fold(text: str) -> str:
    """A text without white space, quotes and width."""
    return folded(text)[0]


class Tongue:
    """A language of nonsense: the same word for the same run, and for unequal ones never."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words: dict[str, str] = {}

    def word(self, run: str) -> str:
        """The nonsense that stands for a run of CJK characters, of its length."""
        while run not in self._words:
            drawn = "".join(self._rng.choice(NONSENSE) for _ in run)
            if drawn not in self._words.values():
                self._words[run] = drawn
        return self._words[run]

    def translate(self, text: str) -> str:
        """Replace every run, over white space, and keep everything else where it is.

        Examples:
            >>> said = Tongue(random.Random(1)).translate("一、公务 用车2023年费（万元）")
            >>> "".join("鱼" if letter in NONSENSE else letter for letter in said)
            '一、鱼鱼 鱼鱼2023年鱼（万元）'
        """
        kept = {at for match in KEPT.finditer(text) for at in range(*match.span())}
        letters, run = list(text), list[int]()
        for at, letter in [*enumerate(text), (len(text), "")]:
            if at not in kept and CJK.match(letter):
                run.append(at)
            elif run and not letter.isspace():
                said = self.word("".join(text[place] for place in run))
                for place, nonsense in zip(run, said, strict=True):
                    letters[place] = nonsense
                run = []
        return "".join(letters)


@cache
def source_of(path: Path) -> Source:
    """Read a document and disclose it as it is; once in each process."""
    document = read_document(path.read_bytes(), path.name)
    disclosure = disclosing.disclose(document, REFERENCE_DIR)
    figures = keyed(disclosure.figures)
    columns: defaultdict[ColumnKey, list[FigureKey]] = defaultdict(list)
    for key, figure in figures.items():
        columns[column_of(figure)].append(key)
    source = Source(document, disclosure, figures, dict(columns))
    source.named = frozenset(
        column
        for column, keys in columns.items()
        if any(figures[key].column.measure for key in keys)
    )
    values = {
        column: {figures[key].row.row_index: figures[key].value for key in keys}
        for column, keys in columns.items()
    }
    source.solid = frozenset(
        column for column in source.named if len(set(values[column].values())) >= LEAST_UNEQUAL
    )
    source.twins = frozenset(
        column
        for column in source.solid
        if any(
            other != column and other[0] == column[0] and values[other] == values[column]
            for other in columns
        )
    )
    source.words = (*header_words(source), *title_words(source), *label_words(source))
    return source


def keyed(figures: Iterable[Figure]) -> dict[FigureKey, Figure]:
    """Figures by place."""
    found: dict[FigureKey, Figure] = {}
    for figure in figures:
        key = next(
            key for key in ((figure.place, figure.text, nth) for nth in count()) if key not in found
        )
        found[key] = figure
    return found


def column_of(figure: Figure) -> ColumnKey:
    """The column a figure stands in."""
    return figure.column.table_index, figure.column.block, figure.column.column_index


def cells_of(document: Document) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with the numbers of its block and of itself."""
    for block, table in enumerate(document.blocks):
        if isinstance(table, Table):
            for number, cell in enumerate(table.cells):
                yield block, number, cell


def overlaps(cell: Cell, other: Cell) -> bool:
    """Whether two cells have a grid column in common."""
    return (
        cell.column < other.column + other.column_span
        and other.column < cell.column + cell.column_span
    )


@dataclass(slots=True)
class Piece:
    """The part of a table that one block of the document prints: its figures' cells by column."""

    block: int
    table: int
    columns: defaultdict[ColumnKey, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    @property
    def first_row(self) -> int:
        """The first grid row that prints a figure."""
        return min(cell.row for cells in self.columns.values() for cell in cells)


def pieces_of(source: Source) -> list[Piece]:
    """The pieces of all tables that print figures, in reading order."""
    seats = {cell.place: (block, cell) for block, _, cell in cells_of(source.document)}
    pieces: dict[tuple[int, int], Piece] = {}
    for (place, _, _), figure in source.figures.items():
        source.sought["figures in cells"] += place in seats
        if place in seats:
            block, cell = seats[place]
            table = figure.row.table_index
            piece = pieces.setdefault((block, table), Piece(block, table))
            piece.columns[column_of(figure)].append(cell)
    return [pieces[key] for key in sorted(pieces)]


def header_words(source: Source) -> list[Word]:
    """The headers of value columns, and what stands beside them in the same grid rows."""
    paths: defaultdict[ColumnKey, set[str]] = defaultdict(set)
    for figure in source.figures.values():
        paths[column_of(figure)] |= {fold(text) for text in figure.column.header_path}
    spots: defaultdict[tuple[int, int, int, str], list[Spot]] = defaultdict(list)
    columns: defaultdict[tuple[int, int, int, str], set[ColumnKey]] = defaultdict(set)
    found = set[tuple[ColumnKey, str]]()
    for piece in pieces_of(source):
        heads = dict[int, Cell]()
        for number, cell in enumerate(table_at(source, piece.block).cells):
            text = fold(cell.text)
            under = {
                column
                for column, cells in piece.columns.items()
                if text in paths[column]
                and any(overlaps(cell, each) for each in cells)
                and cell.row < min(each.row for each in cells)
            }
            if under and CJK.search(text):
                heads[number] = cell
                key = (piece.table, cell.column, cell.column_span, text)
                columns[key] |= under
                found |= {(column, text) for column in under}
        heads |= beside(heads, piece, table_at(source, piece.block))
        for number, cell in heads.items():
            key = (piece.table, cell.column, cell.column_span, fold(cell.text))
            spots[key].append(Spot((piece.block, number), 0, len(cell.text)))
    for column in source.named:
        wanted = {text for text in paths[column] if CJK.search(text)}
        source.sought["headers"] += len(wanted)
        source.sought["headers found"] += sum((column, text) in found for text in wanted)
    return [
        Word(Role.HEADER, key[0], key[3], tuple(spots[key]), frozenset(columns[key]))
        for key in sorted(spots)
    ]


def table_at(source: Source, block: int) -> Table:
    """The table that a block is."""
    table = source.document.blocks[block]
    if not isinstance(table, Table):
        raise TypeError(f"block {block} is no table")
    return table


def beside(heads: dict[int, Cell], piece: Piece, table: Table) -> dict[int, Cell]:
    """The other header cells: words in the grid rows of those that are known."""
    if not heads:
        return {}
    first = min(cell.row for cell in heads.values())
    end = min(max(cell.row + cell.row_span for cell in heads.values()), piece.first_row)
    return {
        number: cell
        for number, cell in enumerate(table.cells)
        if number not in heads and first <= cell.row < end and CJK.search(cell.text)
    }


def title_words(source: Source) -> list[Word]:
    """The titles of all tables, above them and in the table of contents."""
    pieces = pieces_of(source)
    words = list[Word]()
    for printing in source.disclosure.forms:
        title = fold(printing.title)
        if not CJK.search(title):
            continue
        table = printing.table_index
        seats = [each for each in seats_of_title(source, pieces, table) if each[1].strip()]
        lines = [spot for seat, text in seats for spot in lines_that_say(title, seat, text)]
        found = dict.fromkeys(lines or torn(title, seats))
        columns = frozenset(column for column in source.columns if column[0] == table)
        source.sought["titles"] += 1
        source.sought["titles found"] += bool(found)
        if found:
            words.append(Word(Role.TITLE, table, title, tuple(found), columns))
    return words


def torn(title: str, seats: Sequence[tuple[Seat, str]]) -> list[Spot]:
    """Where two or three cells or paragraphs in a row say a title between them.

    Examples:
        >>> torn("支出决算表", [((3, 0), "支出决"), ((3, 1), "算表")])
        [Spot(seat=(3, 0), start=0, end=3), Spot(seat=(3, 1), start=0, end=2)]
    """
    return [
        Spot(seat, 0, len(text))
        for length in (2, 3)
        for first in range(len(seats) - length + 1)
        if "".join(fold(text) for _, text in seats[first : first + length]) == title
        for seat, text in seats[first : first + length]
    ]


def seats_of_title(
    source: Source, pieces: Sequence[Piece], table: int
) -> Iterator[tuple[Seat, str]]:
    """Everything that may carry a table's title; of a table without figures everything at all."""
    own = [piece for piece in pieces if piece.table == table]
    if not own:
        for block in range(len(source.document.blocks)):
            yield from texts_of(source, block)
        return
    above = {*range(pieces[0].block)}  # the table of contents is somewhere there
    for piece in own:
        before = max((each.block for each in pieces if each.block < piece.block), default=-1)
        above |= {*range(before + 1, piece.block)}
    for block in sorted(above):
        yield from texts_of(source, block)
    for piece in own:
        yield from texts_of(source, piece.block, piece.first_row)


def texts_of(source: Source, block: int, end_row: int | None = None) -> Iterator[tuple[Seat, str]]:
    """The texts of a block, of a table up to a grid row."""
    printed = source.document.blocks[block]
    if isinstance(printed, Paragraph):
        yield (block, -1), printed.text
        return
    for number, cell in enumerate(printed.cells):
        if end_row is None or cell.row < end_row:
            yield (block, number), cell.text


def lines_that_say(title: str, seat: Seat, text: str) -> Iterator[Spot]:
    """Where a text says a title and nothing else on its lines but numbers.

    Examples:
        >>> list(lines_that_say("支出决算表", (3, -1), "三、支出 决算表……7"))
        [Spot(seat=(3, -1), start=2, end=8)]
        >>> list(lines_that_say("支出决算表", (3, -1), "财政拨款支出决算表"))
        []
        >>> list(lines_that_say("支出决算表", (3, -1), "支出决算表说明"))
        []
    """
    letters, places = folded(text)
    for match in re.finditer(re.escape(title), letters):
        start, end = places[match.start()], places[match.end() - 1] + 1
        before = text[:start].rpartition("\n")[2]
        after = text[end:].partition("\n")[0]
        strange = [letter for letter in before if CJK.match(letter) and letter not in NUMBERING]
        if not strange and (not CJK.search(after) or after[:1].isspace()):
            yield Spot(seat, start, end)


def label_words(source: Source) -> list[Word]:
    """The labels of rows that the catalogue names, or that name their figures' measure."""
    seats = {cell.place: (block, cell.row) for block, _, cell in cells_of(source.document)}
    in_row: defaultdict[tuple[int, int], list[tuple[int, Cell]]] = defaultdict(list)
    for block, number, cell in cells_of(source.document):
        for row in range(cell.row, cell.row + cell.row_span):
            in_row[block, row].append((number, cell))
    spots: defaultdict[tuple[int, str], set[tuple[int, int, int]]] = defaultdict(set)
    for (place, _, _), figure in source.figures.items():
        if place in seats:
            block, _ = seats[place]
            texts = names_of(figure)
            for number, cell in in_row[seats[place]]:
                if fold(cell.text) in texts:
                    spot = (block, number, len(cell.text))
                    spots[figure.row.table_index, fold(cell.text)].add(spot)
    return [
        Word(
            *(Role.LABEL, table, text),
            tuple(Spot((block, number), 0, end) for block, number, end in sorted(found)),
            frozenset(),
        )
        for (table, text), found in sorted(spots.items())
    ]


def names_of(figure: Figure) -> set[str]:
    """The labels of a figure's row that mean something to the catalogue."""
    if not figure.row.line and (figure.column.measure or not figure.measure):
        return set()
    texts = map(fold, (figure.row.row_label, *figure.row.row_path))
    return {text for text in texts if CJK.search(text)}


def garble(document: Document, words: Iterable[Word], seed: str) -> Document:
    """The document with words replaced, under a hash of its own so that nothing is remembered."""
    tongue = Tongue(random.Random(seed))  # noqa: S311 - reproducible, no secrets
    stretches: defaultdict[int, defaultdict[int, set[tuple[int, int]]]]
    stretches = defaultdict(lambda: defaultdict(set))
    for word in words:
        for spot in word.spots:
            stretches[spot.seat[0]][spot.seat[1]].add((spot.start, spot.end))
    blocks = list(document.blocks)
    for number, seats in stretches.items():
        block = blocks[number]
        if isinstance(block, Paragraph):
            blocks[number] = replace(block, text=spoken(block.text, seats[-1], tongue))
        else:
            cells = list(block.cells)
            for seat, spans in seats.items():
                cells[seat] = replace(cells[seat], text=spoken(cells[seat].text, spans, tongue))
            blocks[number] = replace(block, cells=tuple(cells))
    sha256 = hashlib.sha256(seed.encode()).hexdigest()
    return replace(document, sha256=sha256, blocks=tuple(blocks))


def spoken(text: str, spans: Iterable[tuple[int, int]], tongue: Tongue) -> str:
    """A text with some stretches replaced; nonsense is as long, so the places stay."""
    for start, end in sorted(spans):
        text = text[:start] + tongue.translate(text[start:end]) + text[end:]
    return text
