"""A table's body read under its header: rows, furniture, notes.

Knows columns and rows. Does not know which form the table is, nor parse amounts: a value stays
the cell it is printed in.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from pipelines.domain.disclosure import Furniture, FurnitureKind, Rejection, RejectionReason
from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.recognising.captions import CaptionLine, is_note
from pipelines.recognising.catalogue import Catalogue
from pipelines.recognising.headers import Column, Header, Role, extent, is_numeric
from pipelines.recognising.indicators import columns_of_unread_targets, states_number
from pipelines.recognising.wording import fold_label, squash

_CODE = re.compile(r"\d{1,7}|\d{3}([.·-]\d{2}){1,2}")
# Units are numbered with more digits than any classification has.
_UNIT_CODE = re.compile(r"\d+")
# Below a header that names no codes, what has a point is an amount.
_BARE_CODE = re.compile(r"\d{1,7}|\d{3}([·-]\d{2}){1,2}")
# What numbers a column of labels, or says how a column is worked out: 甲, 3=1+2.
_COLUMN_MARK = re.compile(r"[甲乙丙丁戊A-Za-z]|\d{1,2}=[\d+\-()]+")
# A column's number. So many are no accident; so many are few.
_COUNT = re.compile(r"[1-9]\d?")
_MANY = 5
_FEW = 3
_TWO_SIDES = 2
# A word for 栏次 is no longer.
_NUMBERS_LABEL_MAX = 4
# It stands beside the name of what it sums up, and ends no broken name.
_SUBTOTAL = "小计"
# A level below the first has so many digits.
_LEVEL_DIGITS = 2
# Digits and letters that are no code stand for one that cannot be read.
_GARBLED_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z.·,]+")
# A code in brackets, alone in its cell.
_BRACKETED_CODE = re.compile(r"^[\[(【](\d{3}|\d{5}|\d{7})[\])】]$")
# A code printed in the same cell as its name, the gap lost: 30207邮电费, [30207]邮电费.
_FUSED = re.compile(
    r"[\[(【]?(\d{3}|\d{5}|\d{7})(?:[\])】]|[-_:])?([^\dA-Za-z.,·\-_:].*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value and the column it stands in.

    ``is_sure`` tells whether it stands in that column alone, and nothing else of the row does.
    """

    column: Column
    cell: Cell
    is_sure: bool


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row of one block of a table.

    Attributes:
        block: Number of the block it is a row of.
        code_parts: Texts of the code cells from left to right; '' for each blank one before a
            lower level that stands alone.
        labels: The printed labels of all levels, outermost first, white space kept.
        label_columns: The column, by its index, that each of the labels stands in; -1 where its
            cell was parted from a code.
        values: The non-blank value cells.
        place: Where the row begins.
        garbled_code: A code cell that holds digits and is no code, None where there is none.
        is_label_doubtful: Whether a label of a picture was not read for certain.
    """

    block: int
    code_parts: tuple[str, ...]
    labels: tuple[str, ...]
    label_columns: tuple[int, ...]
    values: tuple[Value, ...]
    place: Place
    garbled_code: Cell | None = None
    is_label_doubtful: bool = False

    @property
    def label(self) -> str:
        """The innermost label, '' where none is printed."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a table's body holds.

    ``number_count`` counts the numbers printed in its grid, ``accounted_count`` those of them
    that became a value, a label or code, or furniture. The two are counted apart, so that a
    number that nothing took shows. Furniture and rejections know neither table nor form yet.
    """

    rows: tuple[BodyRow, ...]
    furniture: tuple[Furniture, ...]
    notes: tuple[CaptionLine, ...]
    rejections: tuple[Rejection, ...]
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
    furniture: list[Furniture] = []
    notes: list[CaptionLine] = []
    rejections: list[Rejection] = []
    number_count = accounted_count = 0
    covering = _covering_cells(table, not_body)
    unread = columns_of_unread_targets(header.columns)
    for number in range(first_row, table.row_count):
        cells = covering[number]
        own = [cell for cell in cells if cell.row == number and squash(cell.text)]
        if not own:
            continue
        number_count += sum(is_numeric(cell.text) for cell in own)
        if _is_note_row(own, header, catalogue):
            strays = [cell for cell in own[1:] if is_numeric(cell.text)]
            notes.extend(CaptionLine(cell.text, cell.place) for cell in own if cell not in strays)
            rejections.extend(_reject(cell, "a number beside a note") for cell in strays)
            accounted_count += is_numeric(own[0].text)
        elif (
            _is_column_number_row(own, header, catalogue)
            or (not rows and _may_number_columns(own, header, catalogue))
            or _counts_columns(own, header, chain.from_iterable(covering[number + 1 :]))
        ):
            numbers = list(_column_numbers(own, header))
            furniture.extend(numbers)
            strays = [cell for cell in own if is_numeric(cell.text) and not _is_whole(cell)]
            rejections.extend(_reject(cell, "no number of a column") for cell in strays)
            accounted_count += len(numbers)
        else:
            reader = _RowReader(header.columns, cells, number)
            rows.extend(reader.rows())
            furniture.extend(reader.line_numbers(row_offset + number))
            rejections.extend(reader.rejections)
            accounted_count += reader.accounted_count()
            lost = [cell for cell in own if _is_unread_target(cell, unread)]
            rejections.extend(_reject(cell, "a number of an indicator below a header that is not "
                                      "understood") for cell in lost)  # fmt: skip
            number_count += len(lost)
    return Body(
        tuple(rows),
        tuple(furniture),
        tuple(notes),
        tuple(rejections),
        number_count,
        accounted_count,
    )


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
    # A ruling beside or below the label may have been lost, and more stand in its cell; of two
    # sides, the label of one may be misread.
    first = own[0].text
    parts = squash(first).rstrip("0123456789"), squash(first.partition("\n")[0])
    labels = {*parts, *(squash(cell.text) for cell in own)}
    if not catalogue.vocabulary.column_number_labels.isdisjoint(labels):
        return True
    others = _beside_counting(own, header)
    return others is not None and not others


def _may_number_columns(own: Sequence[Cell], header: Header, catalogue: Catalogue) -> bool:
    """Tell whether a row right below a header numbers the columns, whatever its label says.

    栏次 may be misread, or be another word: one that nobody has a meaning for, and short. Two
    numbers may be amounts; where the word stands before each of them it numbers two sides.
    """
    labels = _beside_counting(own, header)
    if not labels or len(set(labels)) > 1 or len(labels[0]) > _NUMBERS_LABEL_MAX:
        return False
    count = len(own) - len(labels)
    is_known = catalogue.grammar.concepts(fold_label(labels[0])) is not None
    return not is_known and (count > _TWO_SIDES or len(labels) == count)


def _beside_counting(own: Sequence[Cell], header: Header) -> list[str] | None:
    """What stands in a row beside 1, 2, 3, … for every column of numbers, None if these do not.

    Two sides are numbered through, or each by itself; labels may bear letters: 甲, 乙.
    """
    values = [column for column in header.columns if column.holds_numbers]
    texts = [squash(cell.text) for cell in own]
    numbers = [text for text in texts if text.isdecimal()]
    counting = [str(n + 1) for n in range(len(numbers))]
    if numbers != counting or not 1 < len(values) <= len(numbers):
        return None
    return [text for text in texts if not text.isdecimal() and not _COLUMN_MARK.fullmatch(text)]


def _counts_columns(own: Sequence[Cell], header: Header, below: Iterable[Cell]) -> bool:
    """Tell whether a row without a label counts columns, some of which lost their number.

    The numbers rise as the columns do, whatever is left of the header above them. Five of them are
    no accident, nor are three above a body of numbers, nor two or one where that one is of amounts
    with decimals and the count begins with its first column.
    """
    texts = [squash(cell.text) for cell in own]
    numbers = [int(text) for text in texts if _COUNT.fullmatch(text)]
    if not numbers or not all(_COUNT.fullmatch(it) or _COLUMN_MARK.fullmatch(it) for it in texts):
        return False
    under = [
        column.index if (column := _column_under(cell, header.columns)) else -1
        for cell in own
        if _COUNT.fullmatch(squash(cell.text))
    ]
    values = [column.index for column in header.columns if column.holds_numbers]
    if not set(under) <= set(values):
        return False
    places = [values.index(index) + 1 for index in under]
    offsets = {number - place for number, place in zip(numbers, places, strict=True)}
    if len(offsets) > 1:
        return False
    if len(numbers) >= _MANY:
        return True
    printed = [squash(cell.text) for cell in below if is_numeric(cell.text)]
    if len(numbers) >= _FEW:
        return bool(printed)
    amounts = [text for text in printed if not text.isdecimal()]
    return offsets == {0} and len(amounts) >= _FEW


def _is_unread_target(cell: Cell, unread: Sequence[Column]) -> bool:
    """Tell whether a cell says what an indicator is to be, below a header that nobody understands.

    What is a number and nothing else is counted as one anyway.
    """
    return (
        not is_numeric(cell.text)
        and states_number(cell.text)
        and _column_under(cell, unread) is not None
    )


def _is_whole(cell: Cell) -> bool:
    return squash(cell.text).isdecimal()


def _reject(cell: Cell, detail: str) -> Rejection:
    return Rejection(RejectionReason.AMBIGUOUS_CELL, "", cell.text, detail, cell.place)


def _column_numbers(own: Iterable[Cell], header: Header) -> Iterator[Furniture]:
    for cell in filter(_is_whole, own):
        column = _column_under(cell, header.columns)
        yield _furniture(FurnitureKind.COLUMN_NUMBER, column.index if column else -1, cell)


def _furniture(kind: FurnitureKind, position: int, cell: Cell) -> Furniture:
    return Furniture(0, "", "", kind, position, squash(cell.text), cell.place)


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
        """Yield one row a block; a block inside another block's label has none of its own.

        Of names and values side by side each pair is a row.
        """
        for columns in self._blocks.values():
            row = self._block_row(columns)
            if row is None:
                continue
            if any(value.column.role is Role.NAME for value in row.values):
                yield from self._pairs(row, columns)
            else:
                yield row

    @cached_property
    def _blocks(self) -> dict[int, list[Column]]:
        blocks: dict[int, list[Column]] = {}
        for column in self._columns:
            blocks.setdefault(column.block, []).append(column)
        return blocks

    def _block_row(self, columns: Sequence[Column]) -> BodyRow | None:
        labels = self._labels[columns[0].block]
        values = self._values_of[columns[0].block]
        if not labels and not values:
            return None
        # A label that runs on over this block's values belongs to the next block's value
        # (公用经费合计 across two blocks).
        if not values and labels and self._runs_over_values(labels[-1], columns):
            return None
        begin = labels[0] if labels else values[0].cell
        code_parts, names = _split_labels(columns, labels, self._by_column)
        first = columns[0]
        levels = tuple(self._levels(first.block, names))
        return BodyRow(
            block=first.block,
            code_parts=code_parts,
            labels=tuple(text for text, _ in levels),
            label_columns=tuple(column for _, column in levels),
            values=values,
            place=begin.place,
            garbled_code=self._garbled_code(columns),
            is_label_doubtful=any(cell.is_doubtful for cell in names),
        )

    def _pairs(self, row: BodyRow, columns: Sequence[Column]) -> Iterator[BodyRow]:
        """Yield a row for each value of a sheet of names and values side by side.

        A value is of the words between it and the value before it; what is merged over several rows
        stands over all of them.
        """
        labels = self._labels[columns[0].block]
        over = [cell for cell in labels if cell.row_span > 1]
        own = [cell for cell in labels if cell.row_span == 1]
        begin = -1
        for value in sorted(row.values, key=lambda value: value.cell.column):
            before = [cell for cell in own if begin < cell.column < value.cell.column]
            begin = value.cell.column
            names = [*over, *before]
            place = before[0].place if before else row.place
            yield replace(
                row,
                labels=tuple(cell.text for cell in names),
                label_columns=tuple(map(self._column_of, names)),
                values=(value,),
                place=place,
            )

    def _levels(self, block: int, names: Sequence[Cell]) -> Iterator[tuple[str, int]]:
        """Yield a row's labels from the outermost in, each with its column.

        A name broken over two cells of its row is one label where they stand under one header; what
        a cell merged over several rows says is a level of its own.
        """
        units = [cell for cell in self._unit_cells[block] if cell not in names]
        yield from ((cell.text, self._column_of(cell)) for cell in units)
        whole = ""
        column = -1
        above: tuple[str, ...] | None = None
        was_beside_code = False
        for cell in names:
            columns = self._columns_of.get(id(cell), [])
            is_broken = was_beside_code or _header_of(columns) == above
            is_broken = is_broken and squash(cell.text) != _SUBTOTAL
            if whole and not (cell.row_span == 1 and is_broken):
                yield whole, column
                whole = ""
            column = column if whole else self._column_of(cell)
            whole += cell.text
            above = _header_of(columns) if cell.row_span == 1 else None
            was_beside_code = id(cell) not in self._columns_of  # a cell cut out of another
        if whole:
            yield whole, column

    def _column_of(self, cell: Cell) -> int:
        """The index of the first column that a cell stands under, -1 for none."""
        columns = self._columns_of.get(id(cell))
        return columns[0].index if columns else -1

    @cached_property
    def _unit_cells(self) -> dict[int, list[Cell]]:
        return {
            block: [
                cell
                for cell in self._cells_of(columns, (Role.UNIT, Role.QUALITY))
                if not is_numeric(cell.text)
            ]
            for block, columns in self._blocks.items()
        }

    def _garbled_code(self, columns: Sequence[Column]) -> Cell | None:
        """Find a code cell that holds digits and is no code, or may be another than was read.

        Whose amounts these are is unknown.
        """
        for column in columns:
            if column.role is not Role.CODE:
                continue
            for cell in self._by_column[column.index]:
                text = squash(cell.text)
                is_garbled = _GARBLED_CODE.fullmatch(text) and (
                    cell.is_doubtful or not _code_of(column).fullmatch(text)
                )
                if is_garbled and cell.row == self._row:
                    return cell
        return None

    @cached_property
    def _labels(self) -> dict[int, list[Cell]]:
        return {block: self._label_cells(columns) for block, columns in self._blocks.items()}

    def _label_cells(self, columns: Sequence[Column]) -> list[Cell]:
        # A total is often printed below the units' header, or below that of what only files rows.
        codes = [column for column in columns if column.role is Role.CODE]
        names = [column for column in columns if column.role is Role.NAME]
        if codes and names and names[0].index < codes[0].index:
            columns = [*codes, *names]  # what a project is called stands before its class's code
        items = self._cells_of(columns, (Role.CODE, Role.NAME))
        items = items or self._unit_cells[columns[0].block]
        return items or [
            cell for cell in self._cells_of(columns, (Role.AGAIN,)) if not is_numeric(cell.text)
        ]

    def _cells_of(self, columns: Sequence[Column], roles: Sequence[Role]) -> list[Cell]:
        """Find the printed cells under columns of given roles that are no values."""
        cells: list[Cell] = []
        for column in columns:
            if column.role in roles:
                cells.extend(
                    cell
                    for cell in self._by_column[column.index]
                    if squash(cell.text)
                    and cell not in cells
                    and not self._is_value(cell)
                    and not self._is_among_words(cell)
                )
        return cells

    def _is_value(self, cell: Cell) -> bool:
        """Tell whether a numeric cell reaches from labels into values: it is not a label."""
        if not is_numeric(cell.text):
            return False
        left, right = extent(cell)
        return any(
            column.holds_numbers and left <= column.centre <= right for column in self._columns
        )

    def _runs_over_values(self, cell: Cell, columns: Sequence[Column]) -> bool:
        left, right = extent(cell)
        return all(left <= column.centre <= right for column in columns if column.holds_numbers)

    @cached_property
    def _values_of(self) -> dict[int, tuple[Value, ...]]:
        return {block: tuple(self._values(columns)) for block, columns in self._blocks.items()}

    def _values(self, columns: Sequence[Column]) -> Iterator[Value]:
        """Yield what stands under each column; a number over several is the first one's, unsure."""
        for column in columns:
            own = self._own_values[column.index]
            is_sure = column.holds_numbers and len(own) == 1
            if column.role is Role.REMARK:
                own = [cell for cell in own if is_numeric(cell.text)]
            elif column.role is Role.NAME:
                own = [cell for cell in self._by_column[column.index] if self._is_among_words(cell)]
            elif not column.holds_numbers:
                continue
            yield from (Value(column, cell, is_sure=is_sure) for cell in own)
            yield from (
                Value(column, cell, is_sure=False)
                for cell in self._by_column[column.index]
                if self._is_over_several(cell) and self._first_of_values(cell) is column
            )

    def _is_among_words(self, cell: Cell) -> bool:
        """Tell whether a number stands in a column of words, behind a label of its row.

        Sheets of names and values side by side print such: 资金总额 | 720.30 | 财政拨款 | 590.94.
        """
        columns = self._columns_of[id(cell)]
        if cell.row != self._row or not is_numeric(cell.text) or len(columns) != 1:
            return False
        if columns[0].role is not Role.NAME or columns[0].concepts:
            return False
        before = [other for other in self._cells if other.column < cell.column]
        return any(
            other.row == self._row and squash(other.text) and not is_numeric(other.text)
            for other in before
        )

    def _is_over_several(self, cell: Cell) -> bool:
        """Tell whether a number of this row reaches over several columns."""
        is_own = cell.row == self._row and is_numeric(cell.text)
        return is_own and len(self._columns_of[id(cell)]) > 1

    def _first_of_values(self, cell: Cell) -> Column | None:
        """The first column of numbers that a cell reaches over, else the first behind these."""
        under = self._columns_of[id(cell)]
        behind = (column for column in under if column.role is Role.REMARK)
        return next((column for column in under if column.holds_numbers), next(behind, None))

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

    def line_numbers(self, position: int) -> Iterator[Furniture]:
        """Yield the 行次 numbers printed in this row."""
        for column in self._columns:
            if column.role is not Role.LINE_NUMBER:
                continue
            for cell in self._by_column[column.index]:
                if cell.row == self._row and squash(cell.text).isdecimal():
                    yield _furniture(FurnitureKind.LINE_NUMBER, position, cell)

    def accounted_count(self) -> int:
        """Count the row's numbers that are a value, a label or a line number."""
        taken = {number.place for number in self.line_numbers(0)}
        for block, columns in self._blocks.items():
            taken.update(value.cell.place for value in self._values_of[block])
            taken.update(cell.place for cell in self._labels[block])
            filed = self._cells_of(columns, (Role.UNIT, Role.QUALITY, Role.AGAIN))
            taken.update(cell.place for cell in filed)
        return sum(
            cell.place in taken
            for cell in self._cells
            if cell.row == self._row and is_numeric(cell.text)
        )

    @cached_property
    def rejections(self) -> tuple[Rejection, ...]:
        """The numbers that are no label, line number or value, and the codes that are none."""
        return tuple(self._reject_cells())

    def _reject_cells(self) -> Iterator[Rejection]:
        for cell in self._cells:
            columns = self._columns_of[id(cell)]
            if cell.row != self._row or not is_numeric(cell.text):
                continue
            if not _takes_number(columns, cell):
                yield _reject(cell, "the number stands under no column of the table that takes it")
        for columns in self._blocks.values():
            garbled = self._garbled_code(columns)
            if garbled is not None:
                yield _reject(garbled, "the code cannot be read: the row's amounts have no name")


def _code_of(column: Column) -> re.Pattern[str]:
    """What a code below a column looks like."""
    return _UNIT_CODE if column.has_units else _CODE


def _header_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """The header over cells, () where nothing tells."""
    return columns[0].header_path if columns else ()


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
) -> tuple[tuple[str, ...], list[Cell]]:
    """Tell the code cells from the name cells, whatever the header calls their columns.

    Returns:
        The parts of the code, and the cells that name the row. A name printed in one cell with its
        code is there without it.
    """
    levels = {
        id(cell): level
        for level, column in enumerate(column for column in columns if column.role is Role.CODE)
        for cell in by_column[column.index]
    }
    patterns = {
        id(cell): _code_of(column)
        for column in columns
        if column.role is Role.CODE
        for cell in by_column[column.index]
    }
    codes: list[str] = []
    names: list[Cell] = []
    for cell in labels:
        text = _BRACKETED_CODE.sub(r"\1", squash(cell.text))
        fused = _FUSED.fullmatch(text)
        code = patterns.get(id(cell), _BARE_CODE)
        if code.fullmatch(text) and not names:
            is_lower = not codes and len(text) <= _LEVEL_DIGITS
            codes.extend([""] * levels.get(id(cell), 0) if is_lower else [])
            codes.append(text)
        elif fused and not codes and (id(cell) in levels or len(labels) == 1):
            codes.append(fused.group(1))
            names.append(replace(cell, text=fused.group(2)))
        elif not _GARBLED_CODE.fullmatch(text) or id(cell) not in levels:
            names.append(cell)
    return tuple(codes), names
