"""Headers resolved by geometry and content: what stands above each column, what stands in it.

Knows grids, extents, the kinds of content and the grammar's words. Does not know which form a
table is, and does not read amounts.

An *extent* is a cell's horizontal reach: points in a PDF, grid columns in a Word file. Everything
is decided by whose extent holds whose centre, so that tables whose grids differ (continuation
pages, caption rows) line up.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile

from rapidfuzz.distance import Levenshtein

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.document import Cell, Table
from pipelines.recognising.captions import is_caption_row, is_note
from pipelines.recognising.catalogue import Catalogue
from pipelines.recognising.terms import Concepts
from pipelines.recognising.wording import fold_header, squash, unit_of_header, unspaced

Extent = tuple[float, float]

_NUMERIC = re.compile(r"[-+−–—(]?(¥[-−]?)?[\d,.]*\d[\d,.]*[)%]?")
_YEAR = re.compile(r"(20\d{2})年")
# Edges of cells no further apart than this are one.
_JITTER_POINTS = 3.0
# Marks in a column of amounts that stand for nothing printed.
_NOTHING = frozenset({"-", "--", "---", "—", "——", "/", "无", "一", "×", "*", "…", "－", "¥-"})
_CODE = re.compile(r"\d{1,7}|\d{3}([.·-]\d{2}){1,2}")
# No classification has codes so long: units do, below their division's.
_LONG_CODE = re.compile(r"\d{8,}")
# Classification codes: 1… of income, 2… functional, 3… and 5… economic.
_WHOLE_CODE = re.compile(r"[1235]\d{2}(\d{2}){0,2}")
_CODE_LEVEL = re.compile(r"\d{2}")
_FEW = 3
# A group and its columns.
_LEVELS = 2
# The share of a column's header that has to be the same on the next page.
_NEARLY = 0.6
# So many numbers that count rows do so under any header.
_MANY = 5
_LINE_NUMBER = re.compile(r"[1-9]\d{0,2}")
# Words that say what the rows of a column are.
_OF_ROWS = frozenset({"name", "item", "unit", "code", "indicator"})
# Words that say that the numbers below them are no money.
_NO_MONEY = frozenset(
    {"count", "ratio", "score", "weight", "target", "achieved", "comparator", "measuring_unit"}
)
# What things are worth is money, wherever they are counted.
WORTH = frozenset({"original_value", "net_value"})
_DIVISIONS = frozenset({"by_function", "by_economic", "by_government_economic", "by_use"})
_SIDES = frozenset({"income", "expenditure", "assets", "procurement"})


class Role(StrEnum):
    """What a column that holds no amounts is."""

    CODE = "code"
    NAME = "name"
    LINE_NUMBER = "line_number"
    UNIT = "unit"  # whose item the row is, where codes or names of items stand beside
    QUALITY = "quality"  # what the item named before it is like: of what sort, how it is bought
    AGAIN = "again"  # files the row once more, by another classification
    # Of vehicles, square metres, points, and what indicators are to be: numbers that are no money,
    # and the words that stand for such.
    COUNT = "count"
    REMARK = "remark"  # words behind the amounts, or nothing at all


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        extent: The column's horizontal reach.
        role: What it is, None for a column of amounts.
        header_path: The printed header cells from the top down.
        concepts: What the header says in the grammar's concepts, None where it is not understood.
        years: The years that the header names.
        block: Number of the block (labels, then values) it belongs to, from 0.
        index: Position among the table's columns from 0.
        has_units: Whether it says which unit a row is of, by name or by code.
    """

    extent: Extent
    role: Role | None
    header_path: tuple[str, ...]
    concepts: Concepts | None
    years: tuple[int, ...]
    block: int
    index: int
    has_units: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it says what a row is, or numbers it, rather than how much."""
        return not self.holds_numbers and self.role is not Role.REMARK

    @property
    def holds_numbers(self) -> bool:
        """Whether its numbers are figures: amounts, or counts of things."""
        return self.role is None or self.role is Role.COUNT

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded header: what a repeated header repeats."""
        return tuple(map(fold_header, self.header_path))

    def is_like(self, other: "Column") -> bool:
        """Whether its header is another one's but for a few letters, see ``Header.is_like``."""
        if self.years != other.years:
            return False
        if self.words == other.words:
            return True
        if self.concepts and other.concepts and self.concepts != other.concepts:
            return False
        own, others = ("".join(each.words) for each in (self, other))
        return Levenshtein.normalized_similarity(own, others) >= _NEARLY

    @property
    def centre(self) -> float:
        """The middle of its extent."""
        return (self.extent[0] + self.extent[1]) / 2


@dataclass(frozen=True, slots=True)
class Header:
    """A table's columns and where its body begins.

    Attributes:
        columns: From left to right.
        first_row: The grid row where the header begins, after captions.
        body_row: The first grid row below it; the same row where no header is printed.
        late_cells: Header cells that the grid puts into the first body row, because the border
            between a group and its columns is drawn one row too low.
        unit: The one unit that header cells state (决算数（万元）), None where none or several are.
        names_units: Whether the rows are units: their names' header says so, and none has a code.
    """

    columns: tuple[Column, ...]
    first_row: int
    body_row: int
    late_cells: frozenset[Cell]
    unit: PrintedUnit | None = None
    names_units: bool = False

    @property
    def is_printed(self) -> bool:
        """Whether the table prints a header at all."""
        return self.body_row > self.first_row

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The folded header of each column: what a repeated header repeats."""
        return tuple(column.words for column in self.columns)

    def is_like(self, other: "Header") -> bool:
        """Whether it is another one's but for a few letters, as pictures are read.

        Columns that are understood and measure something else are others, and so are other years'.
        """
        return len(self.columns) == len(other.columns) and all(
            one.is_like(another) for one, another in zip(self.columns, other.columns, strict=True)
        )

    @property
    def is_two_sided(self) -> bool:
        """Whether labels and amounts stand in several blocks side by side."""
        return self.columns[-1].block > 0 if self.columns else False


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column before its meaning is known: its extent and the header cells above it."""

    extent: Extent
    cells: tuple[Cell, ...]
    first_column: int

    @property
    def words(self) -> tuple[str, ...]:
        """The folded, non-blank header cells from the top down."""
        return tuple(word for cell in self.cells if (word := fold_header(cell.text)))

    @property
    def path(self) -> tuple[str, ...]:
        """The printed header cells from the top down, without white space."""
        return tuple(unspaced(cell.text) for cell in self.cells if squash(cell.text))


@dataclass(slots=True)
class _Content:
    """What the cells below a leaf hold, and the rows that its numbers stand in."""

    texts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def extent(cell: Cell) -> Extent:
    """Return a cell's horizontal reach."""
    if cell.reach is not None:
        return cell.reach
    if cell.place.bbox is not None:
        return cell.place.bbox[0], cell.place.bbox[2]
    return float(cell.column), float(cell.column + cell.column_span)


@lru_cache(maxsize=16384)
def is_numeric(text: str) -> bool:
    """Tell whether a cell prints a number and nothing else."""
    return _NUMERIC.fullmatch(squash(text)) is not None


def row_text(row: Iterable[Cell]) -> str:
    """Join a row's cells: captions are often cut into several."""
    return "".join(squash(cell.text) for cell in row)


def caption_row_count(table: Table, catalogue: Catalogue) -> int:
    """Count the rows at a table's top that are captions or blank, not grid.

    A cell alone over the whole width is one too, whatever it says: a title that nobody knows.
    """
    count = 0
    for number, row in enumerate(table.rows()):
        text = row_text(row)
        is_caption = is_caption_row(text, catalogue) and not _names_columns(row, catalogue)
        if text and not (is_caption or _is_banner(row, table)):
            break
        if text:
            count = number + 1
    return count


def _is_banner(row: Sequence[Cell], table: Table) -> bool:
    """Tell whether a row is one cell of words over the whole width of a table."""
    printed = [cell for cell in row if squash(cell.text)]
    return (
        len(printed) == 1
        and table.column_count > 1
        and printed[0].column_span >= table.column_count
        and not is_numeric(printed[0].text)
    )


def stack_tables(upper: Table, lower: Table) -> Table:
    """Put a table below another as one grid: a page break has divided them.

    Columns whose edges line up on the pages are one column; in files without pages, those of the
    same number.
    """
    jitter = _JITTER_POINTS if _is_on_page(upper) else 0
    sides = (side for cell in (*upper.cells, *lower.cells) for side in extent(cell))
    edges = _distinct(sides, jitter)
    cells = [_in_columns(cell, edges, 0) for cell in upper.cells]
    cells += [_in_columns(cell, edges, upper.row_count) for cell in lower.cells]
    return Table(tuple(cells), upper.row_count + lower.row_count, len(edges) - 1, upper.place)


def lay_over(header: Header, table: Table) -> Header:
    """Lay a header over a table that goes on below it on a further page.

    Where the pages' columns do not line up but are equally many, each is the one of its place.
    """
    if not _is_on_page(table):
        return header
    edges = _distinct((side for cell in table.cells for side in extent(cell)), _JITTER_POINTS)
    places = list(pairwise(edges))
    in_line = [
        column.extent[0] <= (left + right) / 2 <= column.extent[1]
        for column, (left, right) in zip(header.columns, places, strict=False)
    ]
    if len(places) != len(header.columns) or all(in_line):
        return header
    moved = zip(header.columns, places, strict=True)
    return replace(header, columns=tuple(replace(column, extent=place) for column, place in moved))


def _is_on_page(table: Table) -> bool:
    return any(cell.place.bbox is not None for cell in table.cells)


def _in_columns(cell: Cell, edges: Sequence[float], rows_above: int) -> Cell:
    left, right = (_nearest(edges, side) for side in extent(cell))
    return replace(cell, row=cell.row + rows_above, column=left, column_span=max(1, right - left))


def _distinct(sides: Iterable[float], jitter: float) -> list[float]:
    """The sides in order, those within a jitter of each other as one."""
    distinct: list[float] = []
    for side in sorted(sides):
        if not distinct or side - distinct[-1] > jitter:
            distinct.append(side)
    return distinct


def _nearest(edges: Sequence[float], side: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - side))


def begins_with_header(table: Table, catalogue: Catalogue) -> bool:
    """Tell whether a table's rows above its first number name columns."""
    above = takewhile(
        lambda row: (
            not any(is_numeric(cell.text) for cell in row) or _is_sure_header(row, catalogue)
        ),
        table.rows(),
    )
    return any(_names_columns(row, catalogue) for row in above)


def _is_sure_header(row: Sequence[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row names columns and holds no numbers but codes: each heads a column."""
    numbers = [squash(cell.text) for cell in row if is_numeric(cell.text)]
    return all(map(_WHOLE_CODE.fullmatch, numbers)) and _names_columns(row, catalogue)


def _names_columns(row: Iterable[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row that states a unit is header all the same: 科目编码 | 金额单位：万元."""
    return sum(_names_rows(cell.text, catalogue) for cell in row) > 1


def _names_rows(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a header cell says what the rows below it are."""
    word = fold_header(text)
    concepts = catalogue.grammar.concepts(word) if word else None
    of_rows = (Role.CODE, Role.NAME, Role.LINE_NUMBER)
    return concepts is not None and _role_of(concepts) in of_rows


def find_header(table: Table, catalogue: Catalogue, *, body_row: int | None = None) -> Header:
    """Find a table's header and tell what each of its columns holds.

    Content decides before words: a column of text is no column of amounts whatever its header
    says, and what nobody has a word for is known by what stands below it.

    Args:
        table: The table.
        catalogue: The catalogue.
        body_row: The first row below its header, None where that has to be found.
    """
    first_row = caption_row_count(table, catalogue)
    if body_row is None:
        body_row = _find_body_row(table, first_row, catalogue)
    late = _late_cells(table, first_row, body_row, catalogue)
    header_cells = [
        part
        for cell in table.cells
        if first_row <= cell.row < body_row
        for part in _by_levels(cell, catalogue)
    ]
    leaves = _leaves(table, [*header_cells, *late]) if body_row > first_row else _bare(table)
    contents = _contents(table, leaves, body_row, frozenset(late))
    roles = _part_units(leaves, _roles(leaves, contents, catalogue), catalogue)
    roles = _part_qualities(leaves, roles, contents, catalogue)
    roles = _of_one_classification(leaves, roles, catalogue)
    below = [cell for cell in table.cells if cell.row >= body_row and cell not in late]
    roles = _beside_projects(leaves, roles, below, catalogue)
    cut = _cut_groups(table, leaves, range(first_row, body_row))
    return Header(
        columns=tuple(_columns(leaves, roles, contents, cut, catalogue)),
        first_row=first_row,
        body_row=body_row,
        late_cells=frozenset(late),
        unit=_unit([*header_cells, *late]),
        names_units=_names_units(leaves, roles, catalogue),
    )


def _of_one_classification(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], catalogue: Catalogue
) -> list[Role | None]:
    """Leave out what files the same rows once more, by the government's economic classification.

    What stands before it names the rows: 30101 基本工资, which is 50501 工资福利支出 there.
    """
    settled: list[Role | None] = []
    is_named = False
    for leaf, role in zip(leaves, roles, strict=True):
        division = {
            concept
            for text in leaf.path
            for concept in catalogue.grammar.concepts(fold_header(text)) or ()
        } & _DIVISIONS
        is_again = is_named and division == {"by_government_economic"}
        settled.append(Role.AGAIN if is_again and role in (Role.CODE, Role.NAME) else role)
        is_named = role is not None and (
            is_named or (role is Role.NAME and division == {"by_economic"})
        )
    return settled


def _beside_projects(
    leaves: Sequence[_Leaf],
    roles: Sequence[Role | None],
    below: Sequence[Cell],
    catalogue: Catalogue,
) -> list[Role | None]:
    """Tell what names the rows where names of projects and of classes stand beside each other.

    The first of them that tells every row from all others does, else the last; what stands behind
    it files the row once more. A project's row is known by its function's code, never by its own.
    """
    project = next(
        (
            index
            for index, (leaf, role) in enumerate(zip(leaves, roles, strict=True))
            if role is Role.NAME
            and leaf.words[-1:]
            and _is_project_label(leaf.words[-1], catalogue)
        ),
        None,
    )
    divisions = [_division(leaf, catalogue) for leaf in leaves]
    filed = [
        index
        for index, division in enumerate(divisions)
        if division and roles[index] in (Role.CODE, Role.NAME)
    ]
    if project is None or not filed:
        return list(roles)
    names = sorted({project, *(index for index in filed if roles[index] is Role.NAME)})
    if any(
        role is Role.NAME and it not in names for it, role in enumerate(roles[project:], project)
    ):
        return list(roles)  # what a project buys is named behind it
    told = {index: _words_by_row(leaves, index, below, catalogue) for index in names}
    rows = set().union(*told.values())
    whole = [index for index in names if rows and set(told[index]) == rows]
    if project not in whole:
        return list(roles)  # classes have rows of their own
    unlike = [index for index in whole if len(set(told[index].values())) == len(rows)]
    chosen = unlike[0] if unlike else whole[-1]
    coded = [index for index in filed if roles[index] is Role.CODE]
    own = [index for index in coded if divisions[index] == divisions[chosen]]
    code = next(iter(own or coded), None)
    settled = list(roles)
    for index, role in enumerate(roles):
        if role is Role.CODE and index != code:
            settled[index] = Role.AGAIN
        elif index in names and index != chosen:
            settled[index] = Role.QUALITY if index < chosen else Role.AGAIN
    return settled


def _is_project_label(word: str, catalogue: Catalogue) -> bool:
    return word in catalogue.vocabulary.project_labels


def _division(leaf: _Leaf, catalogue: Catalogue) -> str:
    """The one classification by which a column files its rows, '' where its header says none."""
    found = (catalogue.grammar.concepts(leaf.words[-1]) if leaf.words else None) or frozenset()
    divisions = found & {"by_function", "by_economic"}
    return next(iter(divisions)) if len(divisions) == 1 else ""


def _words_by_row(
    leaves: Sequence[_Leaf], index: int, below: Sequence[Cell], catalogue: Catalogue
) -> dict[int, str]:
    """The words below a column and below it alone in each row, without those of totals."""
    end = leaves[index + 1].first_column if index + 1 < len(leaves) else None
    words: dict[int, str] = {}
    for cell in below:
        text = squash(cell.text)
        is_own = cell.column >= leaves[index].first_column and (
            end is None or cell.column + cell.column_span <= end
        )
        if is_own and text and not catalogue.names_total(text):
            words.update(dict.fromkeys(range(cell.row, cell.row + cell.row_span), text))
    return words


def _by_levels(cell: Cell, catalogue: Catalogue) -> list[Cell]:
    """A header cell, or where it names a level of a code for each of its columns, one for each.

    A scan may lose the ruling between 类 and 款.
    """
    levels = squash(cell.text)
    is_level = catalogue.vocabulary.code_levels
    if not len(levels) == cell.column_span > 1 or not is_level.issuperset(levels):
        return [cell]
    return [
        replace(cell, text=level, column=cell.column + at, column_span=1)
        for at, level in enumerate(levels)
    ]


def _columns(
    leaves: Sequence[_Leaf],
    roles: Sequence[Role | None],
    contents: Sequence[_Content],
    cut: range,
    catalogue: Catalogue,
) -> Iterator[Column]:
    block = 0
    seen_value = False
    shared = _shared_cells(leaves, roles)
    for index, (leaf, role, content) in enumerate(zip(leaves, roles, contents, strict=True)):
        holds_numbers = role is None or role is Role.COUNT
        if not holds_numbers and role is not Role.REMARK and seen_value:
            block += 1
            seen_value = False
        seen_value = seen_value or holds_numbers
        yield Column(
            extent=leaf.extent,
            role=role,
            header_path=leaf.path,
            concepts=None if index in cut else _concepts(leaf, shared, catalogue),
            years=tuple(int(year) for text in leaf.path for year in _YEAR.findall(squash(text))),
            block=block,
            index=index,
            has_units=_is_of_units(leaf, catalogue) or _holds_long_codes(role, content),
        )


def _cut_groups(table: Table, leaves: Sequence[_Leaf], rows: range) -> range:
    """The last columns, by their index, where the edge of a page cuts the cell of their group.

    Their own header alone, 合计 or 基本支出, does not say what they measure: the cell of the group,
    which has no right border on this page, is none of the grid. A picture may have lost a ruling.
    """
    if len(rows) < _LEVELS or not _is_on_page(table) or any(it.readings for it in table.cells):
        return range(0)
    end = max(
        (cell.column + cell.column_span for cell in table.cells if cell.row == rows.start),
        default=table.column_count,
    )
    begin = next((at for at, leaf in enumerate(leaves) if leaf.first_column >= end), len(leaves))
    return range(begin, len(leaves))


def _shared_cells(leaves: Sequence[_Leaf], roles: Sequence[Role | None]) -> frozenset[Cell]:
    """The header cells that stand over every column of amounts, and so tell none from another."""
    over = [
        frozenset(leaf.cells[:-1])
        for leaf, role in zip(leaves, roles, strict=True)
        if role is None and leaf.cells
    ]
    return frozenset.intersection(*over) if len(over) > 1 else frozenset()


def _concepts(leaf: _Leaf, shared: frozenset[Cell], catalogue: Catalogue) -> Concepts | None:
    """What a column's header says; a group over all amounts that is not understood says nothing."""
    concepts = catalogue.header_concepts(leaf.path)
    if concepts is not None:
        return concepts
    own = tuple(squash(cell.text) for cell in leaf.cells if cell not in shared)
    return catalogue.header_concepts([text for text in own if text])


def _roles(
    leaves: Sequence[_Leaf], contents: Sequence[_Content], catalogue: Catalogue
) -> list[Role | None]:
    """Tell what each column is, by its content and by what its header says."""
    told = [_told_role(leaf, catalogue) for leaf in leaves]
    roles = [
        _role(leaf, role, content, catalogue)
        for leaf, role, content in zip(leaves, told, contents, strict=True)
    ]
    for index in range(len(contents)):
        if roles[index] is not None or told[index] is not None:
            continue
        if _counts_rows(contents[index]):
            roles[index] = Role.LINE_NUMBER
            continue
        if catalogue.header_concepts(leaves[index].path):
            continue
        roles[index] = _untold_role(index, contents, roles)
    return [
        Role.REMARK
        if role is Role.NAME and told[index] is None and _is_behind(index, roles)
        else role
        for index, role in enumerate(roles)
    ]


def _is_behind(index: int, roles: Sequence[Role | None]) -> bool:
    """Tell whether words stand behind the last amounts of a table: they label none."""
    has_values_before = any(role is None for role in roles[:index])
    has_values_behind = any(role is None for role in roles[index + 1 :])
    return has_values_before and not has_values_behind


def _role(leaf: _Leaf, told: Role | None, content: _Content, catalogue: Catalogue) -> Role | None:
    """Tell a column's role from its header's word, where its content does not speak against it."""
    texts, numbers = content.texts, content.numbers
    if not texts and not numbers:
        return told if told is not None or leaf.path else Role.REMARK
    if len(numbers) > len(texts):
        return _role_of_numbers(told, numbers)
    if told in (Role.CODE, Role.NAME, Role.UNIT, Role.LINE_NUMBER, Role.REMARK, Role.COUNT):
        return told
    # 无 or 见附表 below a header that measures something is no label.
    is_measure = bool(catalogue.header_concepts(leaf.path))
    return None if is_measure and (numbers or len(texts) < _FEW) else Role.NAME


def _role_of_numbers(told: Role | None, numbers: Sequence[str]) -> Role | None:
    """Tell the role of a column that holds numbers."""
    if told is Role.CODE or told is Role.UNIT:
        codes = (_CODE.fullmatch(number) or _LONG_CODE.fullmatch(number) for number in numbers)
        return told if 2 * sum(map(bool, codes)) >= len(numbers) else None
    if told is Role.LINE_NUMBER:
        return told if sum(map(str.isdecimal, numbers)) * 2 >= len(numbers) else None
    if told is Role.NAME:
        if all(_WHOLE_CODE.fullmatch(number) for number in numbers):
            return Role.CODE
        return Role.NAME if all(map(str.isdecimal, numbers)) else None
    return told if told is Role.COUNT else None


def _untold_role(
    index: int, contents: Sequence[_Content], roles: Sequence[Role | None]
) -> Role | None:
    """Tell codes and line numbers below a header that nobody understands from amounts."""
    content = contents[index]
    numbers = content.numbers
    # Among codes stands the label of a total that reaches over them, and little else.
    if len(content.texts) > max(1, len(numbers) // _FEW):
        return None
    behind = index + 1
    while behind < len(roles) and (
        roles[behind] is Role.CODE or _holds_only(_CODE_LEVEL, contents[behind])
    ):
        behind += 1
    before_label = behind < len(roles) and roles[behind] is Role.NAME
    after_code = index > 0 and roles[index - 1] is Role.CODE
    if before_label and _holds_only(_WHOLE_CODE, content):
        return Role.CODE
    if before_label and after_code and _holds_only(_CODE_LEVEL, content):
        return Role.CODE
    beside_label = before_label or (index > 0 and roles[index - 1] is Role.NAME)
    whole = [int(number) for number in numbers if number.isdecimal()]
    counts = len(whole) == len(numbers) and all(b - a == 1 for a, b in pairwise(whole))
    is_counting = counts and len(whole) >= _FEW and not content.texts
    return Role.LINE_NUMBER if beside_label and is_counting else None


def _counts_rows(content: _Content) -> bool:
    """Tell whether so many numbers rise with their rows that they count them, under any header."""
    numbers = content.numbers
    if len(numbers) < _MANY or content.texts or not all(map(_LINE_NUMBER.fullmatch, numbers)):
        return False
    return len({int(number) - row for number, row in zip(numbers, content.rows, strict=True)}) == 1


def _holds_only(pattern: re.Pattern[str], content: _Content) -> bool:
    """Tell whether all numbers of a column, of which it has some, are of a pattern."""
    return bool(content.numbers) and all(pattern.fullmatch(number) for number in content.numbers)


def _told_role(leaf: _Leaf, catalogue: Catalogue) -> Role | None:
    """The role that a header's lowest words name, None where they measure something or nothing.

    The last line of a broken heading may be 款, as a level of a code is called.
    """
    words = tuple(map(catalogue.without_explanation, leaf.words))
    if not words:
        return None
    if unit_of_header(leaf.path[-1]) == "%":
        return Role.COUNT
    last = catalogue.grammar.concepts(words[-1])
    counts = any(map(catalogue.vocabulary.counts_things, leaf.path))
    if counts and not (last and last & WORTH):
        return Role.COUNT
    whole = catalogue.grammar.concepts("".join(words))
    for count in range(2, len(words) + 1):
        joined = catalogue.grammar.concepts("".join(words[-count:]))
        is_broken = joined and not (last and last <= joined)
        if joined and is_broken and _role_of(joined) is None:
            return None
    role = _role_of(last) if last else None
    return role or (_role_of(whole) if whole else None)


def _role_of(concepts: Concepts) -> Role | None:
    """The role that concepts name, None where they measure something."""
    if "line_number" in concepts:
        return Role.LINE_NUMBER
    if concepts == {"remark"}:
        return Role.REMARK
    if concepts & _NO_MONEY:
        return Role.COUNT
    if concepts <= _OF_ROWS | _DIVISIONS | _SIDES and concepts & (_OF_ROWS | _DIVISIONS):
        return Role.CODE if "code" in concepts else Role.NAME
    return None


def _bare(table: Table) -> list[_Leaf]:
    """The columns of a table without a header: those of its grid."""
    return [leaf for column in range(table.column_count) for leaf in _bare_leaf(table, column)]


def _bare_leaf(table: Table, column: int) -> Iterator[_Leaf]:
    """Yield a grid column as a column without a header, where a cell stands in it alone.

    Numbers over several columns, in each of which nothing stands alone, have those for theirs.
    """
    beginning = [cell for cell in table.cells if cell.column == column]
    reaches = [extent(cell) for cell in beginning if cell.column_span == 1]
    if not reaches and any(is_numeric(cell.text) for cell in beginning):
        alone = {cell.column for cell in table.cells if cell.column_span == 1}
        reaches = [
            extent(cell)
            for cell in beginning
            if is_numeric(cell.text) and alone.isdisjoint(range(column, column + cell.column_span))
        ]
    if reaches:
        yield _Leaf(min(reaches, key=lambda reach: reach[1] - reach[0]), (), column)


def _contents(
    table: Table, leaves: Sequence[_Leaf], body_row: int, not_body: frozenset[Cell]
) -> list[_Content]:
    """Gather what stands below each column and below it alone."""
    owners: list[int] = []
    for index, leaf in enumerate(leaves):
        owners.extend([index - 1] * (leaf.first_column - len(owners)))
        owners.append(index)
    owners.extend([len(leaves) - 1] * (table.column_count - len(owners)))
    contents = [_Content() for _ in leaves]
    for cell in table.cells:
        text = squash(cell.text)
        if cell.row < body_row or not text or text in _NOTHING or cell in not_body:
            continue
        if cell.is_unreadable:
            continue  # it tells neither a column of words nor one of numbers
        over = set(owners[cell.column : cell.column + cell.column_span])
        if len(over) == 1 and (owner := over.pop()) >= 0:
            content = contents[owner]
            if is_numeric(text):
                content.numbers.append(text)
                content.rows.append(cell.row)
            else:
                content.texts.append(text)
    return contents


def _part_units(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], catalogue: Catalogue
) -> list[Role | None]:
    """Tell the columns of units from those of items, where the header has both."""
    of_units = [_is_of_units(leaf, catalogue) for leaf in leaves]
    of_items = [
        role is Role.CODE or (role is Role.NAME and _names_rows(leaf.words[-1], catalogue))
        for leaf, role in zip(leaves, roles, strict=True)
        if leaf.words and not _is_of_units(leaf, catalogue)
    ]
    if not any(of_items):
        return list(roles)
    return [
        Role.UNIT if of and role in (Role.CODE, Role.NAME) else role
        for role, of in zip(roles, of_units, strict=True)
    ]


def _part_qualities(
    leaves: Sequence[_Leaf],
    roles: Sequence[Role | None],
    contents: Sequence[_Content],
    catalogue: Catalogue,
) -> list[Role | None]:
    """Tell the columns of words behind a name that only say what the named is like.

    Their header is not understood or says that they sort, and they tell no more rows apart than the
    name does: 集中采购 and 分散采购 are no goods. Where they tell more apart they name what stands
    below the name.
    """
    parted = list(roles)
    name: int | None = None
    for index, (leaf, role) in enumerate(zip(leaves, roles, strict=True)):
        concepts = catalogue.grammar.concepts(leaf.words[-1]) if leaf.words else None
        if role is not Role.NAME:
            name = None if role is None else name
        elif concepts and concepts & {"name", "indicator"}:
            name = index
        elif name is not None and (concepts is None or concepts == {"item"}):
            own, named = (len(set(contents[at].texts)) for at in (index, name))
            parted[index] = Role.QUALITY if own <= named else role
    return parted


def _holds_long_codes(role: Role | None, content: _Content) -> bool:
    """Tell whether most of a column of codes are longer than any classification's."""
    long = sum(_LONG_CODE.fullmatch(number) is not None for number in content.numbers)
    return role is Role.CODE and 2 * long > len(content.numbers)


def _is_of_units(leaf: _Leaf, catalogue: Catalogue) -> bool:
    concepts = catalogue.grammar.concepts(leaf.words[-1]) if leaf.words else None
    return concepts is not None and "unit" in concepts and "item" not in concepts


def _names_units(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], catalogue: Catalogue
) -> bool:
    names = [leaf for leaf, role in zip(leaves, roles, strict=True) if role is Role.NAME]
    return Role.CODE not in roles and any(_is_of_units(leaf, catalogue) for leaf in names)


def _unit(header_cells: Iterable[Cell]) -> PrintedUnit | None:
    stated = {unit_of_header(cell.text) for cell in header_cells} - {"", "%"}
    return PrintedUnit(stated.pop()) if len(stated) == 1 else None


def _find_body_row(table: Table, first_row: int, catalogue: Catalogue) -> int:
    """Find the first row that is not header.

    Header rows carry no numbers but codes beside the names of columns. Once a column is known to
    hold codes or labels, a word under it that is not itself a header word is a label; where no word
    is known, rows without words over the columns of numbers are body.
    """
    label_extents: list[Extent] = []
    body_row = first_row
    for number, row in enumerate(table.rows()):
        if number < first_row:
            continue
        printed = [cell for cell in row if squash(cell.text)]
        is_header = _is_sure_header(printed, catalogue)
        if not is_header and any(_begins_body(cell, label_extents, catalogue) for cell in printed):
            body_row = number
            break
        label_extents.extend(extent(cell) for cell in printed if _names_rows(cell.text, catalogue))
        if printed:
            body_row = number + 1
    return body_row if label_extents else _last_row_of_words(table, first_row, body_row)


def _last_row_of_words(table: Table, first_row: int, numbers_row: int) -> int:
    """Find the end of a header by the words over the columns of numbers."""
    below = [cell for cell in table.cells if cell.row >= numbers_row and squash(cell.text)]
    held = Counter(
        cell.column if is_numeric(cell.text) else ~cell.column
        for cell in below
        if cell.column_span == 1
    )
    values = {column for column in held if column >= 0 and held[column] > held[~column]}
    end = first_row
    for cell in table.cells:
        reach = range(cell.column, cell.column + cell.column_span)
        if first_row <= cell.row < numbers_row and squash(cell.text) and values & set(reach):
            end = max(end, cell.row + 1)
    return end if values else numbers_row


def _begins_body(cell: Cell, label_extents: Sequence[Extent], catalogue: Catalogue) -> bool:
    text = squash(cell.text)
    if is_numeric(text) or cell.is_unreadable:
        return True
    if text in catalogue.vocabulary.column_number_labels:
        return True
    if is_note(text, catalogue):
        return True
    concepts = catalogue.grammar.concepts(fold_header(text))
    if concepts and concepts <= _OF_ROWS | _DIVISIONS | _SIDES | {"line_number", "remark"}:
        return False
    left, right = extent(cell)
    return any(left <= (label[0] + label[1]) / 2 <= right for label in label_extents)


def _late_cells(table: Table, first_row: int, body_row: int, catalogue: Catalogue) -> list[Cell]:
    """Find the words of the first body row that are header all the same.

    They stand under a group and name its columns, or they name the levels of a code: 类 | 款 | 项
    are printed beside 栏次, and often reach down beside the total.
    """
    header_cells = [cell for cell in table.cells if first_row <= cell.row < body_row]
    numbers = [cell for cell in table.cells if cell.row == body_row and is_numeric(cell.text)]
    counted_in = [cell for cell in header_cells if _says_unit_of_things(cell, catalogue)]
    return [
        cell
        for cell in table.cells
        if cell.row == body_row
        and (
            # Below 计量单位 an 项 is what things are counted in.
            (
                squash(cell.text) in catalogue.vocabulary.code_levels
                and all(cell.column != header.column for header in counted_in)
            )
            or (
                _measures_something(cell, catalogue)
                and _is_under_bare_group(cell, header_cells, numbers, catalogue)
            )
        )
    ]


def _says_unit_of_things(cell: Cell, catalogue: Catalogue) -> bool:
    """Tell whether a header cell heads what things are counted in: 计量单位."""
    return catalogue.grammar.concepts(fold_header(cell.text)) == frozenset({"measuring_unit"})


def _measures_something(cell: Cell, catalogue: Catalogue) -> bool:
    concepts = catalogue.grammar.concepts(fold_header(cell.text))
    return concepts is not None and bool(concepts) and _role_of(concepts) is None


def _is_under_bare_group(
    cell: Cell, header_cells: Sequence[Cell], numbers: Sequence[Cell], catalogue: Catalogue
) -> bool:
    """Tell whether the header cell right above spans columns that nothing else names.

    What stands beside a number is its label and names no column.
    """
    above = [
        header
        for header in header_cells
        if header.column <= cell.column < header.column + header.column_span
    ]
    if not above:
        return False
    lowest = max(above, key=lambda header: header.row)
    group = range(lowest.column, lowest.column + lowest.column_span)
    if any(number.column in group for number in numbers):
        return False
    return lowest.column_span > cell.column_span and not _names_rows(lowest.text, catalogue)


def _leaves(table: Table, header_cells: Sequence[Cell]) -> list[_Leaf]:
    """Cut the header into columns: neighbouring grid columns under the same cells are one."""
    leaves: list[_Leaf] = []
    for column in range(table.column_count):
        cells = tuple(
            cell for cell in header_cells if cell.column <= column < cell.column + cell.column_span
        )
        if not cells:
            leaves.extend(_bare_leaf(table, column))
            continue
        if leaves and leaves[-1].cells == cells:
            continue
        narrowest = min(cells, key=lambda cell: extent(cell)[1] - extent(cell)[0])
        leaves.append(_Leaf(extent=extent(narrowest), cells=cells, first_column=column))
    return leaves
