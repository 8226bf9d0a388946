"""Forms with one row for each code of a classification, printed with the codes above it.

Knows the tree of 类, 款 and 项 and how header, total and blank rows stand around it. Does not know
what any one form is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.forge.catalogue import ancestors, economic_names, function_names
from tests.forge.forms.writing import (
    FormWriter,
    PrintedCode,
    Row,
    header,
    printed_code,
    put_code,
)
from tests.forge.grid import Grid, GridBuilder, GridCell
from tests.forge.ledger import Fen, sum_measures
from tests.forge.styles import CodeLayout, HouseStyle, TotalRow, ZeroMark

EMPTY_FORM_ROWS = 4
LEVEL_NAMES = ("类", "款", "项")
LONG_HEADER = 6
"""Headers of more characters than this get a wider column."""

WIDE, NARROW = 32, 15
"""Relative widths of the names' column."""

Items = Mapping[str, Mapping[str, Fen]]


@dataclass(frozen=True, slots=True)
class Column:
    """One value column.

    Attributes:
        group: Header above, shared by neighbouring columns; '' where the header stands alone.
    """

    measure: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """What the rows of a form are classified by.

    Attributes:
        names: Names by code.
        codes: How the codes are printed.
        item_header: Header above code and name.
    """

    names: Mapping[str, str]
    codes: PrintedCode
    item_header: str
    code_header: str
    name_header: str

    @property
    def code_widths(self) -> tuple[int, ...]:
        """Relative widths of the code's columns."""
        return (13,) if self.codes.columns == 1 else (7, *(5,) * (self.codes.levels - 1))


@dataclass(frozen=True, slots=True)
class CodedForm:
    """What a form with a row for each code consists of."""

    form: StrEnum
    classification: Classification
    columns: Sequence[Column]
    items: Items
    total_row: TotalRow


def by_function(style: HouseStyle) -> Classification:
    """Classification by functional code, as a house heads it."""
    words = style.words
    return Classification(
        *(function_names(), printed_code(style.code_layout, 3, style)),
        *(words.item, words.function_code, words.function_name),
    )


def by_economic_code(
    style: HouseStyle, item_header: str, code_header: str, name_header: str
) -> Classification:
    """Classification by economic code."""
    return Classification(
        *(economic_names(), printed_code(style.economic_code_layout, 2, style)),
        *(item_header, code_header, name_header),
    )


def lay_out_coded(content: CodedForm, style: HouseStyle) -> Grid:
    """Lay out a form with one row for each code."""
    kind, items = content.classification, content.items
    amounts = (14 + (len(c.title) > LONG_HEADER) * 3 for c in content.columns)
    builder = GridBuilder((*kind.code_widths, NARROW if style.narrows_names else WIDE, *amounts))
    zero = style.zeros.items if items else style.zeros.empty_forms
    writer = FormWriter(content.form, style, zero, builder)
    _write_header(builder, style, content)
    if content.total_row is TotalRow.TOP:
        _write_total(writer, content)
    _write_tree(writer, content)
    _write_blank_rows(builder, style, items)
    if content.total_row is TotalRow.BOTTOM:
        _write_total(writer, content)
    grid = builder.build()
    return _lower_headers(grid, content) if _has_lowered_headers(style, content) else grid


def with_ancestors(items: Items) -> dict[str, dict[str, Fen]]:
    """Add the 类 and 款 rows that items sum up to, in printing order."""
    codes = sorted({parent for code in items for parent in (*ancestors(code), code)})
    return {
        code: sum_measures(row for item, row in items.items() if item.startswith(code))
        for code in codes
    }


def _write_blank_rows(builder: GridBuilder, style: HouseStyle, items: Items) -> None:
    blank = len(builder.widths) - 1
    rows = _blank_rows(style, items)
    if style.none_mark and not items:
        builder.put_texts(builder.start_row(), [style.none_mark, *[_filler(style)] * blank])
        rows -= 1
    builder.put_blank_rows(rows, _filler(style))


def _blank_rows(style: HouseStyle, items: Items) -> int:
    return style.padding_rows if items else max(style.padding_rows, EMPTY_FORM_ROWS)


def _filler(style: HouseStyle) -> str:
    return ZeroMark.WIDE_SPACE.value if style.zeros.items is ZeroMark.WIDE_SPACE else ""


def _has_lowered_headers(style: HouseStyle, content: CodedForm) -> bool:
    """Whether headers below a group stand in the total's row, which is blank beneath them then."""
    is_next = content.total_row is TotalRow.TOP and not style.prints_column_numbers
    groups = {bool(column.group) for column in content.columns}
    return style.lowers_fund_header and is_next and groups == {True, False} and not content.items


def _lower_headers(grid: Grid, content: CodedForm) -> Grid:
    """Move headers below a group into the row below the header; the group reaches down to it."""
    first = content.classification.codes.columns + 1
    grouped = {first + place for place, column in enumerate(content.columns) if column.group}
    total = grid.header_rows

    def lowered(cell: GridCell) -> GridCell | None:
        if cell.column not in grouped or cell.row > total:
            return cell
        if cell.row == 0:
            return replace(cell, row_span=total)
        return replace(cell, row=total, row_span=1) if cell.row < total else None

    cells = tuple(moved for cell in grid.cells if (moved := lowered(cell)))
    figures = tuple(
        placed for placed in grid.figures if (placed.row, placed.column in grouped) != (total, True)
    )
    return replace(grid, cells=cells, figures=figures)


def _write_header(builder: GridBuilder, style: HouseStyle, content: CodedForm) -> None:
    kind = content.classification
    codes, columns = kind.codes.columns, content.columns
    is_split = kind.codes.layout is CodeLayout.SPLIT
    depth = 2 + is_split + style.has_tall_header
    builder.put(header(kind.item_header, 0, 0, 1, codes + 1))
    builder.put(header(kind.name_header, 1, codes, depth - 1))
    code_depth = depth - 1 - is_split
    builder.put(header(kind.code_header, 1, 0, code_depth, codes))
    if is_split:
        builder.put_texts(depth - 1, LEVEL_NAMES[: kind.codes.levels])
    _write_value_headers(builder, columns, codes + 1, depth)
    if style.prints_column_numbers:
        row = builder.start_row()
        builder.put(header(style.words.column_numbers, row, 0, 1, codes + 1))
        numbers = [str(number) for number in range(1, len(columns) + 1)]
        builder.put_texts(row, numbers, first=codes + 1)
    builder.end_header()


def _write_value_headers(
    builder: GridBuilder, columns: Sequence[Column], first: int, depth: int
) -> None:
    groups = [column.group for column in columns]
    for offset, column in enumerate(columns):
        if not column.group:
            builder.put(header(column.title, 0, first + offset, depth))
            continue
        if offset == groups.index(column.group):
            span = groups.count(column.group)
            builder.put(header(column.group, 0, first + offset, 1, span))
        builder.put(header(column.title, 1, first + offset, depth - 1))


def _write_total(writer: FormWriter, content: CodedForm) -> None:
    row = writer.grid.start_row()
    codes = content.classification.codes.columns
    label = writer.style.words.grand_total
    if writer.style.merges_total_label:
        writer.grid.put(GridCell(label, row, 0, 1, codes + 1))
    else:
        blanks = [""] * codes
        in_code = writer.style.total_in_code_cell
        writer.grid.put_texts(row, [label, *blanks] if in_code else [*blanks, label])
    _write_values(writer, row, Row(label), content, sum_measures(content.items.values()))


def _write_tree(writer: FormWriter, content: CodedForm) -> None:
    kind = content.classification
    for code, measures in with_ancestors(content.items).items():
        row = writer.grid.start_row()
        identity = Row(kind.names[code], code)
        put_code(writer.grid, row, 0, identity, kind.codes)
        _write_values(writer, row, identity, content, measures)


def _write_values(
    writer: FormWriter,
    row: int,
    identity: Row,
    content: CodedForm,
    measures: Mapping[str, Fen],
) -> None:
    first = content.classification.codes.columns + 1
    for offset, column in enumerate(content.columns):
        amount = measures.get(column.measure, 0)
        writer.write_amount(row, first + offset, identity, column.measure, amount)
