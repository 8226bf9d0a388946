"""Measures what is left of a document's meaning when its words are none that anybody knows.

Usage: python tests/benchmarks/unknown_wording.py [--trials N] [--seed N] [--jobs N] [--show N]

Every document of the samples and of the shared corpus is read once and disclosed as it is: that is
the baseline, by place. Then words of copies of it are replaced, run by run, by nonsense of the same
length: names of fish that no budget knows. Digits, codes, years, enumerators, punctuation and units
in brackets stay. Row labels, notes below a table and the narrative stay too.

Nonsense trials replace one header cell (on every page that repeats it), one title (above its table
and in the table of contents), the title and all headers of one form, those of the whole document,
or some of them, drawn at random. A fifth of the trials is each. A trial is one column that the
baseline gives a measure, that prints three or more unequal amounts, and whose title or header was
replaced. It is right where each of its figures has its form, section and measure back, wrong where
one has another, and else without a meaning. Wrong meanings of all other columns count as well: of
short ones, of columns nobody touched, of numbers that were no figures, and forms of empty tables.

Leaving one out replaces, in each document of the corpus, what only this one prints among the
corpus (its Word and its PDF file are one document), and in each sample what only its house style
prints among the samples: titles without years and department, headers, and labels of rows that the
catalogue names. That stands for removing these wordings from the catalogue, and is harsher: a
reader may recognise a part of a wording that its catalogue lacks, but never a part of nonsense.

Where words stand is told by the baseline alone: titles by those of its tables, headers by those of
its columns. What the baseline itself gets wrong is not measured here. Ends with 1 if a bar is
missed.
"""

import argparse
import hashlib
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeAlias

from pipelines.domain.disclosure import Disclosure, Figure, FormPrinting
from pipelines.domain.document import Cell, Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising import disclosing
from pipelines.reading.documents import read_document
from tests.forge.samples import samples
from tests.paths import REFERENCE_DIR, SAMPLES_DIR, SHARED_DIR

CORPUS_DIR = SHARED_DIR / "corpus"
SUFFIXES = (".pdf", ".docx", ".html")
LEAST_UNEQUAL = 3
LEAST_TRIALS = 5_000
LEAST_RIGHT = 0.8
PROGRESS_EVERY = 250

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
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
QUOTES = "“”‘’\"'「」『』"
NUMBERING = "公开附件表第之一二三四五六七八九十百"

ColumnKey: TypeAlias = tuple[int, int, int]  # table, block side by side, column
FigureKey: TypeAlias = tuple[Place, str, int]  # place, text, which of those
Seat: TypeAlias = tuple[int, int]  # block, cell in it; -1 for the paragraph itself
Meaning: TypeAlias = tuple[str, str, str]  # form, section, measure


class Kind(StrEnum):
    """What of a document's words is replaced."""

    HEADER = "one header cell"
    TITLE = "one title"
    FORM = "all words of one form"
    DOCUMENT = "all words of a document"
    SOME = "some words of a document"
    ALONE = "words of this one alone"


TRIED = (Kind.HEADER, Kind.TITLE, Kind.FORM, Kind.DOCUMENT, Kind.SOME)


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


@dataclass(frozen=True, slots=True)
class Survey:
    """What the trials are drawn from: a document's words, and how much of it counts."""

    path: Path
    population: str
    words: tuple[Word, ...]
    solid: frozenset[ColumnKey]
    counts: Counter[str]
    department: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A copy of a document with some of its words replaced; ``words`` are their numbers."""

    path: Path
    kind: Kind
    words: tuple[int, ...]
    seed: str


@dataclass(slots=True)
class Outcome:
    """What became of one variant, or of many."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another one too."""
        self.counts.update(other.counts)
        self.wrong += other.wrong


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


def documents() -> list[Path]:
    """The samples and the corpus; says so where one is absent."""
    found = list[Path]()
    for folder in (CORPUS_DIR, SAMPLES_DIR):
        paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
        if not paths:
            print(f"skipped: no documents under {folder.name}")
        found += paths
    return found


@cache
def source_of(path: Path) -> Source:
    """Read a document and disclose it as it is; once in each process."""
    document = read_document(path)
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


def meaning_of(figure: Figure) -> Meaning:
    """What a figure is said to be."""
    return figure.form, figure.section, figure.measure


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


def survey(path: Path) -> Survey:
    """Read a document and tell what trials can be made of it."""
    source = source_of(path)
    kind = source.disclosure.identification.kind
    population = " ".join(
        (
            "corpus" if path.is_relative_to(CORPUS_DIR) else "samples",
            source.document.kind.value,
            kind.value if kind else "neither",
        )
    )
    counts = source.sought + Counter(
        {
            "figures": len(source.figures),
            "named": len(source.named),
            "solid": len(source.solid),
            "twins": len(source.twins),
        }
    )
    department = fold(source.disclosure.identification.department_name)
    return Survey(path, population, source.words, source.solid, counts, department)


def choices(surveyed: Survey, kind: Kind) -> list[tuple[int, ...]]:
    """All choices of words of one kind."""
    numbers = [number for number, word in enumerate(surveyed.words) if word.role is not Role.LABEL]
    roles = {Kind.HEADER: Role.HEADER, Kind.TITLE: Role.TITLE}
    if kind in roles:
        return [(number,) for number in numbers if surveyed.words[number].role is roles[kind]]
    if kind is Kind.FORM:
        tables = sorted({surveyed.words[number].table for number in numbers})
        return [
            tuple(number for number in numbers if surveyed.words[number].table == table)
            for table in tables
        ]
    return [tuple(numbers)]


def trials_of(surveyed: Survey, words: Iterable[int]) -> int:
    """How many trials a choice of words makes."""
    touched = frozenset[ColumnKey]().union(*(surveyed.words[word].columns for word in words))
    return len(touched & surveyed.solid)


def draw(surveys: Sequence[Survey], trials: int, seed: int) -> list[Variant]:
    """Draw variants until each kind has its share of the trials.

    No choice of words is made again, with other nonsense, before every other one was made.
    """
    drawn = list[Variant]()
    for kind in TRIED:
        rng = random.Random(f"{seed} {kind}")  # noqa: S311 - reproducible, no secrets
        every = [(each, words) for each in surveys for words in choices(each, kind)]
        if not any(trials_of(each, words) for each, words in every):
            continue
        made, rounds = 0, count(1)
        while made * len(TRIED) < trials:
            turn = next(rounds)
            rng.shuffle(every)
            for surveyed, words in every:
                if made * len(TRIED) >= trials:
                    break
                some = thinned(words, rng) if kind is Kind.SOME else words
                made += trials_of(surveyed, some)
                name = f"{seed} {surveyed.path.name} {kind} {turn} {some}"
                drawn.append(Variant(surveyed.path, kind, some, name))
    return drawn


def thinned(words: tuple[int, ...], rng: random.Random) -> tuple[int, ...]:
    """Some of the words, by a chance that is drawn first."""
    chance = rng.uniform(0.1, 0.9)
    return tuple(word for word in words if rng.random() < chance)


def left_out(surveys: Sequence[Survey], seed: int) -> list[Variant]:
    """For each document the variant without what only it, or its house style, prints."""
    styles = {sample.file_name: sample.style_name for sample in samples()}
    printing: defaultdict[tuple[bool, str], set[str]] = defaultdict(set)
    groups = dict[Path, tuple[bool, str]]()
    for each in surveys:
        is_sample = each.path.is_relative_to(SAMPLES_DIR)
        name = styles.get(each.path.name, each.path.stem)
        groups[each.path] = (is_sample, name if is_sample else each.path.stem)
        for word in each.words:
            printing[is_sample, wording(word, each)].add(groups[each.path][1])
    variants = list[Variant]()
    for each in surveys:
        is_sample, _ = groups[each.path]
        alone = tuple(
            number
            for number, word in enumerate(each.words)
            if len(printing[is_sample, wording(word, each)]) == 1
        )
        variants.append(Variant(each.path, Kind.ALONE, alone, f"{seed} {each.path.name} alone"))
    return variants


def wording(word: Word, surveyed: Survey) -> str:
    """A word as others may print it: a title without years and department."""
    if word.role is not Role.TITLE:
        return word.text
    text = YEAR.sub("", word.text)
    return text.replace(surveyed.department, "") if surveyed.department else text


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


def try_variant(variant: Variant) -> Outcome:
    """Disclose a variant and compare."""
    source = source_of(variant.path)
    words = [source.words[number] for number in variant.words]
    garbled = garble(source.document, words, variant.seed)
    found = disclosing.disclose(garbled, REFERENCE_DIR)
    touched = frozenset[ColumnKey]().union(*(word.columns for word in words))
    named = ", ".join(f"{word.role} {word.text}" for word in words[:3])
    head = f"{variant.path.name}: {variant.kind} ({named}{', …' if len(words) > 3 else ''})"
    return compare(source, found, touched, head)


def compare(source: Source, found: Disclosure, touched: frozenset[ColumnKey], head: str) -> Outcome:
    """Compare a variant with its baseline, number for number."""
    outcome = Outcome(Counter({"variants": 1, "figures": len(source.figures)}))
    figures = keyed(found.figures)
    for key, figure in source.figures.items():
        again = figures.get(key)
        if again is not None:
            outcome.counts["kept"] += 1
            same = (again.row.row_code, again.row.row_label)
            outcome.counts["same rows"] += same == (figure.row.row_code, figure.row.row_label)
            outcome.counts["wrong lines"] += again.row.line not in ("", figure.row.line)
    for column in source.columns:
        judge(column, source, figures, outcome, is_touched=column in touched, head=head)
    strangers = [
        figure for key, figure in figures.items() if key not in source.figures and figure.measure
    ]
    outcome.counts["wrong elsewhere"] += len({column_of(figure) for figure in strangers})
    outcome.wrong += [example(head, None, figure) for figure in strangers[:1]]
    judge_empty_tables(source, found, outcome, head)
    return outcome


def judge(
    column: ColumnKey,
    source: Source,
    figures: dict[FigureKey, Figure],
    outcome: Outcome,
    *,
    is_touched: bool,
    head: str,
) -> None:
    """Count whether a column got its meaning back, none, or another."""
    pairs = [(source.figures[key], figures.get(key)) for key in source.columns[column]]
    wrong = [(was, now) for was, now in pairs if now is not None and is_wrong(was, now)]
    is_right = all(now is not None and meaning_of(was) == meaning_of(now) for was, now in pairs)
    verdict = "wrong" if wrong else "right" if is_right else "none"
    outcome.wrong += [example(head, was, now) for was, now in wrong[:1]]
    if column not in source.named or not is_touched:
        outcome.counts[f"{verdict} elsewhere"] += 1
        return
    if column not in source.solid:
        outcome.counts[f"{verdict} short"] += 1
        return
    outcome.counts["trials"] += 1
    outcome.counts[verdict] += 1
    if verdict == "right":
        ways = {now.resolved_by.value for _, now in pairs if now is not None}
        outcome.counts[f"by {'+'.join(sorted(ways))}"] += 1
    if column in source.twins:
        outcome.counts["twins"] += 1
        outcome.counts[f"{verdict} twins"] += 1


def is_wrong(was: Figure, now: Figure) -> bool:
    """Whether a figure has another meaning, or its table another form, than in the baseline."""
    is_other_form = bool(now.form and was.form and now.form != was.form)
    return is_other_form or bool(now.measure and meaning_of(now) != meaning_of(was))


def judge_empty_tables(source: Source, found: Disclosure, outcome: Outcome, head: str) -> None:
    """Count tables without figures that are given another form."""
    filled = {column[0] for column in source.columns}
    if len(found.forms) != len(source.disclosure.forms):
        outcome.counts["tables lost or found"] += 1
        return
    for was, now in zip(source.disclosure.forms, found.forms, strict=True):
        if was.table_index not in filled and now.form not in ("", was.form):
            outcome.counts["wrong elsewhere"] += 1
            outcome.wrong.append(f"{head}: empty table {described(was)} became {now.form}")


def described(printing: FormPrinting) -> str:
    """An empty table for people."""
    return f"{printing.form or 'without form'} ({printing.title})"


def example(head: str, was: Figure | None, now: Figure) -> str:
    """A wrong meaning for people."""
    place = now.place.path or f"page {now.place.page}"
    before = "/".join(meaning_of(was)) if was else "no figure"
    headers = " > ".join((was or now).column.header_path)
    return (
        f"{head}: {now.text} at {place} under [{fold(headers)}]: "
        f"{before} became {'/'.join(meaning_of(now))} by {now.resolved_by.value or 'nothing'}"
    )


Tally: TypeAlias = dict[tuple[str, str], Outcome]


def run(
    pool: ProcessPoolExecutor, variants: Sequence[Variant], surveys: Sequence[Survey]
) -> tuple[Tally, Tally]:
    """Try all variants; outcomes by kind and population, and by kind and document."""
    surveyed = {each.path: each for each in surveys}
    by_population: Tally = defaultdict(Outcome)
    by_document: Tally = defaultdict(Outcome)
    ordered = sorted(variants, key=lambda variant: str(variant.path))
    futures = [pool.submit(try_variant, variant) for variant in ordered]
    for number, (variant, future) in enumerate(zip(ordered, futures, strict=True), start=1):
        outcome = outcome_of(future, variant, surveyed[variant.path])
        by_population[variant.kind, surveyed[variant.path].population].add(outcome)
        by_document[variant.kind, variant.path.name].add(outcome)
        if number % PROGRESS_EVERY == 0:
            print(f"{number} of {len(ordered)} variants", file=sys.stderr, flush=True)
    return by_population, by_document


def outcome_of(future: "Future[Outcome]", variant: Variant, surveyed: Survey) -> Outcome:
    """A variant's outcome; one that cannot be disclosed at all has lost every figure."""
    error = future.exception()
    if error is None:
        return future.result()
    said = f"{variant.path.name}: {variant.kind}: {type(error).__name__}: {error}"
    trials = trials_of(surveyed, variant.words)
    figures = surveyed.counts["figures"]
    counts = {"variants": 1, "broken": 1, "figures": figures, "trials": trials, "none": trials}
    return Outcome(Counter(counts), [said])


def total(tally: Tally, name: str | None = None, position: int = 0) -> Outcome:
    """All outcomes of one kind, or of one population, or all."""
    whole = Outcome()
    for key, outcome in sorted(tally.items()):
        if name is None or key[position] == name:
            whole.add(outcome)
    return whole


def share(part: int, whole: int) -> str:
    """A share in per cent, '–' of nothing. All and none of it is told from nearly."""
    return f"{100 * part / whole:.2f} %" if whole else "–"


HEADINGS = (
    f"{'':34}{'variants':>9}{'printed':>10}{'rows':>10}{'trials':>8}{'right':>10}{'none':>10}"
    f"{'wrong':>7}{'short':>7}{'wrong':>7}{'elsewhere wrong':>17}{'none':>6}{'lines':>7}"
    f"{'broken':>8}"
)


def line(name: str, outcome: Outcome) -> str:
    """An outcome as a row of the table."""
    counts = outcome.counts
    short = sum(counts[f"{verdict} short"] for verdict in ("right", "none", "wrong"))
    return (
        f"{name[:33]:34}{counts['variants']:9}{share(counts['kept'], counts['figures']):>10}"
        f"{share(counts['same rows'], counts['kept']):>10}{counts['trials']:8}"
        f"{share(counts['right'], counts['trials']):>10}"
        f"{share(counts['none'], counts['trials']):>10}{counts['wrong']:7}{short:7}"
        f"{counts['wrong short']:7}{counts['wrong elsewhere']:17}{counts['none elsewhere']:6}"
        f"{counts['wrong lines']:7}{counts['broken']:8}"
    )


def ways(outcome: Outcome) -> str:
    """What gave the right columns their meaning, and how columns with a twin fared."""
    counts = outcome.counts
    by = [f"{name} {number}" for name, number in sorted(counts.items()) if name[:3] == "by "]
    return (
        f"right {', '.join(by) or 'none'}; columns that equal another of their table: "
        f"{counts['right twins']} of {counts['twins']} right"
    )


def wrong_of(outcome: Outcome) -> int:
    """All columns and tables with a wrong meaning."""
    return sum(outcome.counts[name] for name in ("wrong", "wrong short", "wrong elsewhere"))


def print_tally(tally: Tally, show: int) -> None:
    """Print the outcomes by kind and by population, and the first wrong ones of each kind."""
    kinds = [kind for kind in Kind if any(key[0] == kind for key in tally)]
    print(HEADINGS)
    for kind in kinds:
        print(line(kind, total(tally, kind)))
    for population in sorted({key[1] for key in tally}):
        print(line(population, total(tally, population, 1)))
    print(line("all", total(tally)))
    for kind in kinds:
        print(f"{kind}: {ways(total(tally, kind))}")
    for kind in kinds:
        for said in total(tally, kind).wrong[:show]:
            print(f"  wrong: {said}")


def print_surveys(surveys: Sequence[Survey]) -> None:
    """Print what the baseline is made of, and how much of its wording was found."""
    print(f"{'document':44}{'figures':>8}{'named':>7}{'3+':>5}{'twins':>7}  headers   titles")
    for each in surveys:
        counts = each.counts
        print(
            f"{each.path.name[:43]:44}{counts['figures']:8}{counts['named']:7}{counts['solid']:5}"
            f"{counts['twins']:7}  {counts['headers found']}/{counts['headers']}"
            f"   {counts['titles found']}/{counts['titles']}"
        )


def met(claim: str, *, is_met: bool) -> bool:
    """Print whether a bar is met."""
    print(f"{'met' if is_met else 'MISSED'}: {claim}")
    return is_met


def bars(tried: Outcome, alone: Outcome, trials: int) -> bool:
    """Print which bars are met; whether all are."""
    counts = tried.counts
    least = min(trials, LEAST_TRIALS)
    return all(
        [
            met(
                f"{counts['kept']} of {counts['figures']} printed numbers are still figures",
                is_met=counts["kept"] == counts["figures"],
            ),
            met(
                f"{share(counts['right'], counts['trials'])} of the trials right, "
                f"at least {LEAST_RIGHT:.0%}",
                is_met=counts["right"] >= LEAST_RIGHT * counts["trials"],
            ),
            met(
                f"{wrong_of(tried)} wrong meanings in {counts['trials']} trials, "
                f"at least {least} of them",
                is_met=not wrong_of(tried) and counts["trials"] >= least,
            ),
            met(
                f"left out: {alone.counts['kept']} of {alone.counts['figures']} printed numbers "
                "are still figures",
                is_met=alone.counts["kept"] == alone.counts["figures"],
            ),
            met(f"left out: {wrong_of(alone)} wrong meanings", is_met=not wrong_of(alone)),
            met(
                f"{counts['broken'] + alone.counts['broken']} documents could not be disclosed",
                is_met=not counts["broken"] + alone.counts["broken"],
            ),
        ]
    )


def unchanged(surveys: Sequence[Survey]) -> list[Variant]:
    """Each document with nothing replaced: whatever differs there is the benchmark's own fault."""
    return [Variant(each.path, Kind.ALONE, (), f"{each.path.name} unchanged") for each in surveys]


def main() -> int:
    """Draw, try, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=LEAST_TRIALS)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=10, help="wrong examples of each kind")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        surveys = list(pool.map(survey, documents()))
        print_surveys(surveys)
        control = total(run(pool, unchanged(surveys), surveys)[0])
        differing = control.counts["figures"] - control.counts["right elsewhere"]
        if wrong_of(control) or control.counts["none elsewhere"] or control.counts["broken"]:
            print("UNCHANGED DOCUMENTS DIFFER", differing, *control.wrong[: options.show], sep="\n")
        variants = draw(surveys, options.trials, options.seed)
        tried, _ = run(pool, variants, surveys)
        alone, by_document = run(pool, left_out(surveys, options.seed), surveys)
    print(f"\nNonsense, {len(variants)} variants, seed {options.seed}")
    print_tally(tried, options.show)
    print("\nLeft out what only one document, or one house style of the samples, prints")
    print_tally(alone, options.show)
    for (_, name), outcome in by_document.items():
        print(line(name, outcome))
    print()
    return 0 if bars(total(tried), total(alone), options.trials) else 1


if __name__ == "__main__":
    sys.exit(main())
