"""Headers resolved by geometry: what each column of a table measures.

Knows grids, extents and the catalogue's words. Does not read amounts.

An *extent* is a cell's horizontal reach: points in a PDF, grid columns in a Word file. Everything
is decided by whose extent holds whose centre, so that tables whose grids differ (continuation
pages, caption rows) line up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.document import Cell, Table
from pipelines.recognising.captions import is_caption_row, is_note
from pipelines.recognising.catalogue import Catalogue, FormSpec, ItemRows, Layout, Role, SectionSpec
from pipelines.recognising.wording import fold_header, squash, unit_of_header

Extent = tuple[float, float]

_NUMERIC = re.compile(r"[-+−–—(]?[\d,.]*\d[\d,.]*[)%]?")
_YEAR = re.compile(r"(20\d{2})年")
# Edges of cells no further apart than this are one.
_JITTER_POINTS = 3.0
# Columns of an earlier year stand beside this year's in some budgets.
PRIOR = "prior_"
_INCOME = "收"
_EXPENDITURE = "支"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form.

    Attributes:
        extent: The column's horizontal reach.
        role: What it is, None for a column of values.
        section: Side of the form it belongs to.
        measure: Canonical measure; None where the header is not in the catalogue or for a role.
        header_path: The printed header cells from the top down.
        block: Number of the block (labels, then values) it belongs to, from 0.
        index: Position among the form's columns from 0.
    """

    extent: Extent
    role: Role | None
    section: str
    measure: str | None
    header_path: tuple[str, ...]
    block: int
    index: int

    @property
    def is_label(self) -> bool:
        """Whether it says what a row is, or numbers it, rather than how much."""
        return not _holds_numbers(self.role)

    @property
    def centre(self) -> float:
        """The middle of its extent."""
        return (self.extent[0] + self.extent[1]) / 2


def _holds_numbers(role: Role | None) -> bool:
    return role is None or role is Role.COUNT


@dataclass(frozen=True, slots=True)
class Header:
    """A resolved header.

    Attributes:
        columns: From left to right.
        first_row: The grid row where the header begins, after captions.
        body_row: The first grid row below it.
        item_rows: How rows name measures, where the form prints its items down the side; the
            columns' measures are then only parts of measures.
        late_cells: Header cells that the grid puts into the first body row, because the border
            between a group and its columns is drawn one row too low.
        unit: The one unit that header cells state (决算数（万元）), None where none or several are.
        names_units: Whether the rows are units: their names' header says so, and none has a code.
    """

    columns: tuple[Column, ...]
    first_row: int
    body_row: int
    late_cells: frozenset[Cell]
    item_rows: ItemRows | None = None
    unit: PrintedUnit | None = None
    names_units: bool = False

    @property
    def measures(self) -> tuple[str | None, ...]:
        """The measures of the value columns from left to right, None for unknown ones."""
        return tuple(column.measure for column in self.columns if column.role is None)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column before its meaning is known: its extent and the header cells above it."""

    extent: Extent
    cells: tuple[Cell, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded, non-blank header cells from the top down."""
        return tuple(word for cell in self.cells if (word := fold_header(cell.text)))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the header cells name."""
        text = " ".join(squash(cell.text) for cell in self.cells)
        return tuple(int(year) for year in _YEAR.findall(text))


def extent(cell: Cell) -> Extent:
    """Return a cell's horizontal reach."""
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
    """Count the rows at a table's top that are captions or blank, not grid."""
    count = 0
    for number, row in enumerate(table.rows()):
        text = row_text(row)
        if text and not (is_caption_row(text, catalogue) and not _names_columns(row, catalogue)):
            break
        if text:
            count = number + 1
    return count


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
    """Tell whether a table's rows above its first number name columns, of whatever form."""
    above = takewhile(lambda row: not any(is_numeric(cell.text) for cell in row), table.rows())
    return any(_names_columns(row, catalogue) for row in above)


def _names_columns(row: Iterable[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row that states a unit is header all the same: 科目编码 | 金额单位：万元."""
    roles = catalogue.vocabulary.roles
    return sum(fold_header(cell.text) in roles for cell in row) > 1


def resolve_header(table: Table, spec: FormSpec, catalogue: Catalogue) -> Header | None:
    """Resolve a table's header as that of a given form.

    Returns:
        The header, or None where the table does not begin with one.
    """
    first_row = caption_row_count(table, catalogue)
    body_row = _find_body_row(table, first_row, catalogue)
    if body_row == first_row:
        return None
    late = _late_cells(table, first_row, body_row, spec, catalogue)
    header_cells = [cell for cell in table.cells if first_row <= cell.row < body_row]
    leaves = _leaves(table, [*header_cells, *late])
    items = _item_rows(leaves, spec, catalogue)
    roles = _part_units(leaves, [_role(leaf, spec, catalogue, items) for leaf in leaves], catalogue)
    columns = tuple(_assign(leaves, roles, spec, catalogue, items))
    if not any(column.measure is not None or column.role is Role.COUNT for column in columns):
        return None
    return Header(
        columns=columns,
        first_row=first_row,
        body_row=body_row,
        late_cells=frozenset(late),
        item_rows=items,
        unit=_unit([*header_cells, *late]),
        names_units=_names_units(leaves, roles, catalogue),
    )


def _part_units(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], catalogue: Catalogue
) -> list[Role | None]:
    """Tell the columns of units from those of items, where the header has codes of both."""
    vocabulary = catalogue.vocabulary
    last = [leaf.words[-1] if leaf.words else "" for leaf in leaves]
    of_units = [word in vocabulary.unit_codes | vocabulary.unit_names for word in last]
    if not any(role is Role.CODE and not of for role, of in zip(roles, of_units, strict=True)):
        return list(roles)
    return [
        Role.UNIT if of and role in (Role.CODE, Role.NAME) else role
        for role, of in zip(roles, of_units, strict=True)
    ]


def _names_units(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], catalogue: Catalogue
) -> bool:
    names = [leaf.words[-1] for leaf, role in zip(leaves, roles, strict=True) if role is Role.NAME]
    has_codes = Role.CODE in roles
    return not has_codes and any(name in catalogue.vocabulary.unit_names for name in names)


def _unit(header_cells: Iterable[Cell]) -> PrintedUnit | None:
    stated = {unit_of_header(cell.text) for cell in header_cells} - {"", "%"}
    return PrintedUnit(stated.pop()) if len(stated) == 1 else None


def _item_rows(leaves: Sequence[_Leaf], spec: FormSpec, catalogue: Catalogue) -> ItemRows | None:
    """Tell a single-row form that prints its items down the side: it has a column of their names.

    Names of units are not: their rows hold the amounts of one unit each.
    """
    if spec.item_rows is None:
        return None
    roles = catalogue.vocabulary.roles
    last_words = [leaf.words[-1] for leaf in leaves if leaf.words]
    units = catalogue.vocabulary.unit_names
    named = any(roles.get(word) is Role.NAME and word not in units for word in last_words)
    return spec.item_rows if named else None


def _find_body_row(table: Table, first_row: int, catalogue: Catalogue) -> int:
    """Find the first row that is not header.

    Header rows carry no numbers; once a column is known to hold codes or labels, a word under it
    that is not itself a header word is a label.
    """
    label_extents: list[Extent] = []
    words = catalogue.vocabulary.roles.keys() | catalogue.vocabulary.groups
    body_row = first_row
    for number, row in enumerate(table.rows()):
        if number < first_row:
            continue
        printed = [cell for cell in row if squash(cell.text)]
        if any(_begins_body(cell, label_extents, words, catalogue) for cell in printed):
            return number
        label_extents.extend(
            extent(cell) for cell in printed if fold_header(cell.text) in catalogue.vocabulary.roles
        )
        if printed:
            body_row = number + 1
    return body_row


def _begins_body(
    cell: Cell, label_extents: Sequence[Extent], words: Set[str], catalogue: Catalogue
) -> bool:
    text = squash(cell.text)
    if is_numeric(text) or text in catalogue.vocabulary.column_number_labels:
        return True
    if is_note(text, catalogue):
        return True
    if fold_header(text) in words:
        return False
    left, right = extent(cell)
    return any(left <= (label[0] + label[1]) / 2 <= right for label in label_extents)


def _late_cells(
    table: Table, first_row: int, body_row: int, spec: FormSpec, catalogue: Catalogue
) -> list[Cell]:
    """Find the words of the first body row that are header all the same.

    They stand under a group and name its columns, or they name the levels of a code: 类 | 款 | 项
    are printed beside 栏次, and often reach down beside the total.
    """
    words = _measure_words(spec)
    header_cells = [cell for cell in table.cells if first_row <= cell.row < body_row]
    return [
        cell
        for cell in table.cells
        if cell.row == body_row
        and (
            squash(cell.text) in catalogue.vocabulary.code_levels
            or (
                fold_header(cell.text) in words
                and _is_under_bare_group(cell, header_cells, catalogue)
            )
        )
    ]


def _is_under_bare_group(cell: Cell, header_cells: Sequence[Cell], catalogue: Catalogue) -> bool:
    """Tell whether the header cell right above spans columns that nothing else names."""
    above = [
        header
        for header in header_cells
        if header.column <= cell.column < header.column + header.column_span
    ]
    if not above:
        return False
    lowest = max(above, key=lambda header: header.row)
    is_role = fold_header(lowest.text) in catalogue.vocabulary.roles
    return lowest.column_span > cell.column_span and not is_role


def _leaves(table: Table, header_cells: Sequence[Cell]) -> list[_Leaf]:
    """Cut the header into columns: neighbouring grid columns under the same cells are one."""
    leaves: list[_Leaf] = []
    for column in range(table.column_count):
        cells = tuple(
            cell for cell in header_cells if cell.column <= column < cell.column + cell.column_span
        )
        if not cells:
            continue
        if leaves and leaves[-1].cells == cells:
            continue
        narrowest = min(cells, key=lambda cell: extent(cell)[1] - extent(cell)[0])
        leaves.append(_Leaf(extent=extent(narrowest), cells=cells))
    return leaves


def _role(leaf: _Leaf, spec: FormSpec, catalogue: Catalogue, items: ItemRows | None) -> Role | None:
    if not leaf.words:
        return None
    last = leaf.words[-1]
    vocabulary = catalogue.vocabulary
    is_unit = last in vocabulary.unit_names | vocabulary.unit_codes
    may_be_item = spec.layout is not Layout.SINGLE_ROW or is_unit
    # The last line of a broken heading may be 款, as a level of a code is called.
    ends = {"".join(leaf.words[-count:]) for count in range(1, len(leaf.words) + 1)}
    if items is None and (not may_be_item or ends & _measure_words(spec)):
        return None
    return vocabulary.roles.get(last) or vocabulary.roles.get("".join(leaf.words))


def _measure_words(spec: FormSpec) -> frozenset[str]:
    return frozenset(
        word for section in spec.sections for path in section.paths for word in path.cells
    )


def _assign(
    leaves: Sequence[_Leaf],
    roles: Sequence[Role | None],
    spec: FormSpec,
    catalogue: Catalogue,
    items: ItemRows | None,
) -> Iterable[Column]:
    block = 0
    seen_value = divides_again = False
    this_year = max((year for leaf in leaves for year in leaf.years), default=0)
    sections = _sections_by_block(leaves, roles, spec)
    for index, (leaf, role) in enumerate(zip(leaves, roles, strict=True)):
        if not _holds_numbers(role) and seen_value:
            block += 1
            seen_value = False
        seen_value = seen_value or _holds_numbers(role)
        section = sections[min(block, len(sections) - 1)]
        if role is Role.NAME:
            divides_again = (
                spec.layout is Layout.TWO_SIDED
                and leaf.words[-1] in catalogue.vocabulary.economic_names
            )
        yield Column(
            extent=leaf.extent,
            role=role,
            section=section.section,
            measure=None
            if role is not None or divides_again
            else _measure_of(leaf, section, catalogue, items, this_year),
            header_path=tuple(squash(cell.text) for cell in leaf.cells if squash(cell.text)),
            block=block,
            index=index,
        )


def _sections_by_block(
    leaves: Sequence[_Leaf], roles: Sequence[Role | None], spec: FormSpec
) -> list[SectionSpec]:
    """Give each block its side: by 收入 or 支出 in its topmost header cell, else by its order."""
    if len(spec.sections) == 1:
        return [spec.sections[0]]
    by_name = {section.section: section for section in spec.sections}
    tops: list[str] = []
    seen_value = True
    for leaf, role in zip(leaves, roles, strict=True):
        if not _holds_numbers(role) and seen_value:
            tops.append(leaf.words[0] if leaf.words else "")
            seen_value = False
        seen_value = seen_value or _holds_numbers(role)
    order = list(spec.sections)
    return [
        by_name["income"]
        if _INCOME in top and _EXPENDITURE not in top
        else by_name["expenditure"]
        if _EXPENDITURE in top and _INCOME not in top
        else order[min(position, len(order) - 1)]
        for position, top in enumerate(tops)
    ] or order


def _measure_of(
    leaf: _Leaf,
    section: SectionSpec,
    catalogue: Catalogue,
    items: ItemRows | None,
    this_year: int,
) -> str | None:
    """Name a value column's measure; one under an earlier year than another's is ``prior_…``."""
    if items is not None:
        return items.columns.get(leaf.words[-1]) if leaf.words else None
    measure = next(
        (
            found
            for words in _readings(leaf.words)
            if (found := _measure(words, section, catalogue))
        ),
        None,
    )
    is_prior = leaf.years and max(leaf.years) < this_year
    if measure is None or not is_prior or measure.startswith(PRIOR):
        return measure
    return PRIOR + measure


def _readings(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the ways to read a header path: as it stands, then with its last cells joined.

    Where a header's lines are cells of their own, a word is broken over several of them.
    """
    yield words
    for count in range(2, len(words) + 1):
        yield [*words[:-count], "".join(words[-count:])]


def _measure(words: Sequence[str], section: SectionSpec, catalogue: Catalogue) -> str | None:
    """Match a header path to the one measure it names best, None where none or several do."""
    present = frozenset(words)
    neutral = section.neutral | catalogue.vocabulary.groups
    best = 0
    measures: set[str] = set()
    for path in section.paths:
        if not path.cells <= present or not (present - path.cells) <= neutral:
            continue
        if len(path.cells) > best:
            best, measures = len(path.cells), set()
        if len(path.cells) == best:
            measures.add(path.measure)
    return measures.pop() if len(measures) == 1 else None
