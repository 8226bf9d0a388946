"""A form's body read under its header: rows, furniture, notes.

Knows columns and rows. Does not parse amounts: a value stays the cell it is printed in.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.domain.disclosure import FurnitureKind, RejectionReason
from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.recognising.captions import CaptionLine, is_note
from pipelines.recognising.catalogue import Catalogue, ItemRows, Role
from pipelines.recognising.headers import Column, Header, extent, is_numeric
from pipelines.recognising.wording import fold_label, squash

_CODE = re.compile(r"\d{1,7}|\d{3}([.·-]\d{2}){1,2}")
# Below a header that names no codes, what has a point is an amount.
_BARE_CODE = re.compile(r"\d{1,7}|\d{3}([·-]\d{2}){1,2}")
_COUNT = "a count or a share, no amount of money"
# A level below the first has so many digits.
_LEVEL_DIGITS = 2
# Digits and letters that are no code stand for one that cannot be read.
_GARBLED_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z.·,]+")
# A code printed in the same cell as its name, the gap lost: 30207邮电费, [30207]邮电费.
_FUSED = re.compile(
    r"[\[(【]?(\d{3}|\d{5}|\d{7})(?:[\])】]|[-_:])?([^\dA-Za-z.,·\-_:].*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value in a column of known measure."""

    measure: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row of one block of a form.

    Attributes:
        section: Side of the form.
        block: Number of the block it is a row of.
        code_parts: Texts of the code cells from left to right; '' for each blank one before a
            lower level that stands alone.
        label: The printed label, white space kept.
        values: The non-blank value cells.
        place: Where the row begins.
    """

    section: str
    block: int
    code_parts: tuple[str, ...]
    label: str
    values: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class NumberedFurniture:
    """A 行次 or 栏次 number."""

    section: str
    kind: FurnitureKind
    position: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Refusal:
    """A printed cell that has no single reading."""

    reason: RejectionReason
    printed: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """What a table's body holds.

    ``number_count`` counts the numbers printed in its grid, ``accounted_count`` those of them
    that became a value, a label or code, furniture or a refusal. The two are counted apart, so
    that a number that nothing took shows.
    """

    rows: tuple[BodyRow, ...]
    furniture: tuple[NumberedFurniture, ...]
    notes: tuple[CaptionLine, ...]
    refusals: tuple[Refusal, ...]
    number_count: int
    accounted_count: int


def read_body(
    table: Table,
    first_row: int,
    header: Header,
    row_offset: int,
    catalogue: Catalogue,
    *,
    not_body: frozenset[Cell] = frozenset(),
) -> Body:
    """Read a table's rows from ``first_row`` on.

    Args:
        table: The table, possibly a continuation without a header of its own.
        first_row: Its first body row.
        header: The form's header, from whichever table printed it.
        row_offset: Number of the form's grid rows before this table, to place line numbers.
        catalogue: The catalogue.
        not_body: Cells of this table that belong to its header although they stand lower.
    """
    rows: list[BodyRow] = []
    furniture: list[NumberedFurniture] = []
    notes: list[CaptionLine] = []
    refusals: list[Refusal] = []
    number_count = accounted_count = 0
    covering = _covering_cells(table, not_body)
    for number in range(first_row, table.row_count):
        cells = covering[number]
        own = [cell for cell in cells if cell.row == number and squash(cell.text)]
        if not own:
            continue
        number_count += sum(is_numeric(cell.text) for cell in own)
        if _is_note_row(own, header, catalogue):
            strays = [cell for cell in own[1:] if is_numeric(cell.text)]
            notes.extend(CaptionLine(cell.text, cell.place) for cell in own if cell not in strays)
            refusals.extend(_refuse(cell, "a number beside a note") for cell in strays)
            accounted_count += len(strays) + is_numeric(own[0].text)
        elif _is_column_number_row(own, header, catalogue):
            numbers = list(_column_numbers(own, header))
            furniture.extend(numbers)
            strays = [cell for cell in own if is_numeric(cell.text) and not _is_whole(cell)]
            refusals.extend(_refuse(cell, "no number of a column") for cell in strays)
            accounted_count += len(numbers) + len(strays)
        else:
            reader = _RowReader(header.columns, cells, number)
            rows.extend(reader.rows())
            furniture.extend(reader.line_numbers(row_offset + number))
            refusals.extend(reader.refusals)
            accounted_count += reader.accounted_count()
    return Body(
        tuple(rows),
        tuple(furniture),
        tuple(notes),
        tuple(refusals),
        number_count,
        accounted_count,
    )


def name_items(
    row: BodyRow, items: ItemRows, refusals: list[Refusal], catalogue: Catalogue
) -> BodyRow:
    """Name the measures of a row whose label is half of each measure's name.

    A number whose row names no measure is refused: it counts something, or its item is in no
    catalogue entry.
    """
    values: list[Value] = []
    for value in row.values:
        measure = items.measure(value.measure, row.label)
        if measure:
            values.append(Value(measure, value.cell))
        elif is_numeric(value.cell.text):
            refusals.append(_refuse_item(row, value, catalogue))
    return replace(row, values=tuple(values))


def _refuse_item(row: BodyRow, value: Value, catalogue: Catalogue) -> Refusal:
    label = squash(row.label)
    counted = re.search(r"\(([^()]+(?:\([^()]*\))?)\)$", label)
    is_thing = counted and counted.group(1) in catalogue.vocabulary.counted_things
    if is_thing or fold_label(row.label) in catalogue.vocabulary.counted_items:
        reason, detail = RejectionReason.NOT_AN_AMOUNT, _COUNT
    else:
        reason, detail = RejectionReason.UNKNOWN_ITEM, "the item is not in the catalogue"
    return Refusal(reason, value.cell.text, f"{label}: {detail}", value.cell.place)


def _covering_cells(table: Table, not_body: frozenset[Cell]) -> list[list[Cell]]:
    """For each grid row, the cells that cover it, merged cells from above included."""
    covering: list[list[Cell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        if cell in not_body:
            continue
        for row in range(cell.row, min(cell.row + cell.row_span, table.row_count)):
            covering[row].append(cell)
    return [sorted(cells, key=lambda cell: extent(cell)[0]) for cells in covering]


def _is_note_row(own: Sequence[Cell], header: Header, catalogue: Catalogue) -> bool:
    first = own[0]
    if not is_note(first.text, catalogue):
        return False
    left, right = extent(first)
    covered = [column for column in header.columns if left <= column.centre <= right]
    return len(own) == 1 or len(covered) > 1


def _is_column_number_row(own: Sequence[Cell], header: Header, catalogue: Catalogue) -> bool:
    """Tell whether a row numbers the columns: by its label, or by counting 1, 2, 3, … by itself."""
    if squash(own[0].text) in catalogue.vocabulary.column_number_labels:
        return True
    values = [column for column in header.columns if not column.is_label]
    texts = [squash(cell.text) for cell in own]
    return len(values) > 1 and texts == [str(n + 1) for n in range(len(values))]


def _is_whole(cell: Cell) -> bool:
    return squash(cell.text).isdecimal()


def _refuse(cell: Cell, detail: str) -> Refusal:
    return Refusal(RejectionReason.AMBIGUOUS_CELL, cell.text, detail, cell.place)


def _column_numbers(own: Iterable[Cell], header: Header) -> Iterator[NumberedFurniture]:
    for cell in filter(_is_whole, own):
        column = _column_under(cell, header.columns)
        yield NumberedFurniture(
            section=column.section if column else "",
            kind=FurnitureKind.COLUMN_NUMBER,
            position=column.index if column else -1,
            text=squash(cell.text),
            place=cell.place,
        )


def _column_under(cell: Cell, columns: Sequence[Column]) -> Column | None:
    left, right = extent(cell)
    centre = (left + right) / 2
    return next(
        (column for column in columns if column.extent[0] <= centre <= column.extent[1]), None
    )


class _RowReader:
    """One grid row under a header: which cell is code, label, line number or value."""

    def __init__(self, columns: Sequence[Column], cells: Sequence[Cell], row: int) -> None:
        self._columns = columns
        self._cells = cells
        self._row = row
        reaches = [(cell, *extent(cell)) for cell in cells]
        self._by_column = [_cells_under(column, reaches) for column in columns]
        self._columns_of: dict[int, list[Column]] = {id(cell): [] for cell in cells}
        for column, under in zip(columns, self._by_column, strict=True):
            for cell in under:
                self._columns_of[id(cell)].append(column)

    def rows(self) -> Iterator[BodyRow]:
        """Yield one row a block; a block inside another block's label has none of its own."""
        for columns in self._blocks.values():
            row = self._block_row(columns)
            if row is not None:
                yield row

    @cached_property
    def _blocks(self) -> dict[int, list[Column]]:
        blocks: dict[int, list[Column]] = {}
        for column in self._columns:
            blocks.setdefault(column.block, []).append(column)
        return blocks

    def _block_row(self, columns: Sequence[Column]) -> BodyRow | None:
        labels = self._labels[columns[0].block]
        values = tuple(self._values(columns))
        if not labels and not values:
            return None
        # A label that runs on over this block's values belongs to the next block's value
        # (公用经费合计 across two blocks).
        if not values and labels and self._runs_over_values(labels[-1], columns):
            return None
        begin = labels[0] if labels else values[0].cell
        if self._garbled_codes[columns[0].block] is not None:
            values = ()
        code_parts, label = _split_labels(columns, labels, self._by_column)
        first = columns[0]
        return BodyRow(first.section, first.block, code_parts, label, values, begin.place)

    @cached_property
    def _garbled_codes(self) -> dict[int, Cell | None]:
        return {block: self._garbled_code(columns) for block, columns in self._blocks.items()}

    def _garbled_code(self, columns: Sequence[Column]) -> Cell | None:
        """Find a code cell that holds digits and is no code: whose amounts these are is unknown."""
        for column in columns:
            if column.role is not Role.CODE:
                continue
            for cell in self._by_column[column.index]:
                text = squash(cell.text)
                is_garbled = _GARBLED_CODE.fullmatch(text) and not _CODE.fullmatch(text)
                if is_garbled and cell.row == self._row:
                    return cell
        return None

    @cached_property
    def _labels(self) -> dict[int, list[Cell]]:
        return {block: self._label_cells(columns) for block, columns in self._blocks.items()}

    def _label_cells(self, columns: Sequence[Column]) -> list[Cell]:
        # A total is often printed below the units' header.
        items = self._cells_of(columns, (Role.CODE, Role.NAME))
        return items or [
            cell for cell in self._cells_of(columns, (Role.UNIT,)) if not is_numeric(cell.text)
        ]

    def _cells_of(self, columns: Sequence[Column], roles: Sequence[Role]) -> list[Cell]:
        """Find the printed cells under columns of given roles that are no values."""
        cells: list[Cell] = []
        for column in columns:
            if column.role in roles:
                cells.extend(
                    cell
                    for cell in self._by_column[column.index]
                    if squash(cell.text) and cell not in cells and not self._is_value(cell)
                )
        return cells

    def _is_value(self, cell: Cell) -> bool:
        """Tell whether a numeric cell reaches from labels into values: it is not a label."""
        if not is_numeric(cell.text):
            return False
        left, right = extent(cell)
        return any(
            column.role is None and left <= column.centre <= right for column in self._columns
        )

    def _runs_over_values(self, cell: Cell, columns: Sequence[Column]) -> bool:
        left, right = extent(cell)
        return all(left <= column.centre <= right for column in columns if column.role is None)

    def _values(self, columns: Sequence[Column]) -> Iterator[Value]:
        for column in columns:
            if column.role is None and column.measure is not None:
                cells = self._own_values[column.index]
                if len(cells) == 1:
                    yield Value(column.measure, cells[0])

    @cached_property
    def _own_values(self) -> list[list[Cell]]:
        """For each column, the printed cells of this row under it and under no other column."""
        return [
            [
                cell
                for cell in under
                if cell.row == self._row
                and len(self._columns_of[id(cell)]) == 1
                and squash(cell.text)
                and not self._is_label(cell)
            ]
            for under in self._by_column
        ]

    def _is_label(self, cell: Cell) -> bool:
        """Tell whether a word that reaches over values is a label, not a value."""
        return not is_numeric(cell.text) and any(
            column.role in (Role.CODE, Role.NAME) for column in self._columns_of[id(cell)]
        )

    def line_numbers(self, position: int) -> Iterator[NumberedFurniture]:
        """Yield the 行次 numbers printed in this row."""
        for column in self._columns:
            if column.role is not Role.LINE_NUMBER:
                continue
            for cell in self._by_column[column.index]:
                if cell.row == self._row and squash(cell.text).isdecimal():
                    yield NumberedFurniture(
                        column.section,
                        FurnitureKind.LINE_NUMBER,
                        position,
                        squash(cell.text),
                        cell.place,
                    )

    def accounted_count(self) -> int:
        """Count the row's numbers that are a value, a label, a line number or refused."""
        taken = {refusal.place for refusal in self.refusals}
        taken.update(number.place for number in self.line_numbers(0))
        for block, columns in self._blocks.items():
            taken.update(value.cell.place for value in self._values(columns))
            taken.update(cell.place for cell in self._labels[block])
            taken.update(cell.place for cell in self._cells_of(columns, (Role.UNIT,)))
        return sum(
            cell.place in taken
            for cell in self._cells
            if cell.row == self._row and is_numeric(cell.text)
        )

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """The printed cells that are neither label, line number nor one column's value."""
        return tuple(self._refuse_cells())

    def _refuse_cells(self) -> Iterator[Refusal]:
        for cell in self._cells:
            if cell.row != self._row or not squash(cell.text):
                continue
            columns = self._columns_of[id(cell)]
            refusal = self._refusal(cell, columns) or self._refusal_of_row(cell, columns)
            if refusal is not None:
                yield Refusal(*refusal, place=cell.place)

    def _refusal_of_row(
        self, cell: Cell, columns: Sequence[Column]
    ) -> tuple[RejectionReason, str, str] | None:
        """Refuse a row's code and values where the code cannot be read."""
        codes = (self._garbled_codes[column.block] for column in columns)
        garbled = next((code for code in codes if code is not None), None)
        is_value = any(column.role is None for column in columns)
        if garbled is None or not (is_value or cell is garbled):
            return None
        detail = f"the row's code cannot be read: {garbled.text.strip()!r}"
        return RejectionReason.AMBIGUOUS_CELL, cell.text, detail

    def _refusal(
        self, cell: Cell, columns: Sequence[Column]
    ) -> tuple[RejectionReason, str, str] | None:
        """Say why a cell has no single reading, None where it has one."""
        values = [column for column in columns if column.role is None]
        if is_numeric(cell.text) and any(column.role is Role.COUNT for column in columns):
            return RejectionReason.NOT_AN_AMOUNT, cell.text, _COUNT
        if is_numeric(cell.text) and not _takes_number(columns, cell):
            detail = "the number stands under no column of the form that takes it"
        elif not values or self._is_label(cell):
            return None
        elif len(columns) > 1:
            detail = "the cell reaches over several columns"
        elif len(self._own_values[values[0].index]) > 1:
            detail = "several cells stand under one header cell"
        elif values[0].measure is None:
            path = "/".join(values[0].header_path) or "(blank)"
            return (
                RejectionReason.UNKNOWN_COLUMN,
                cell.text,
                f"header not in the catalogue: {path}",
            )
        else:
            return None
        return RejectionReason.AMBIGUOUS_CELL, cell.text, detail


def _cells_under(column: Column, reaches: Iterable[tuple[Cell, float, float]]) -> list[Cell]:
    """Cells that cover the column's centre or lie within the column."""
    (begin, end), middle = column.extent, column.centre
    return [
        cell
        for cell, left, right in reaches
        if left <= middle <= right or begin <= (left + right) / 2 <= end
    ]


def _takes_number(columns: Sequence[Column], cell: Cell) -> bool:
    """Tell whether a number may stand under columns: line numbers are whole."""
    return any(_is_whole(cell) or column.role is not Role.LINE_NUMBER for column in columns)


def _split_labels(
    columns: Sequence[Column], labels: Sequence[Cell], by_column: Sequence[Sequence[Cell]]
) -> tuple[tuple[str, ...], str]:
    """Tell the code cells from the name cells, whatever the header calls their columns."""
    levels = {
        id(cell): level
        for level, column in enumerate(column for column in columns if column.role is Role.CODE)
        for cell in by_column[column.index]
    }
    codes: list[str] = []
    names: list[str] = []
    for cell in labels:
        text = squash(cell.text)
        fused = _FUSED.fullmatch(text)
        code = _CODE if id(cell) in levels else _BARE_CODE
        if code.fullmatch(text) and not names:
            is_lower = not codes and len(text) <= _LEVEL_DIGITS
            codes.extend([""] * levels.get(id(cell), 0) if is_lower else [])
            codes.append(text)
        elif fused and not codes and (id(cell) in levels or len(labels) == 1):
            codes.append(fused.group(1))
            names.append(fused.group(2))
        else:
            names.append(cell.text)
    return tuple(codes), "".join(names)
