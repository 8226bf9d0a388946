"""Writes one Excel workbook: contents, a sheet for each mart that people read, dictionary, sources.

Knows how a workbook is laid out and how long a sheet may be. Holds no more than a batch of rows at
a time. Does not know what any mart holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.languages import Language
from pipelines.exploring.exporting.cells import (
    FRACTIONAL,
    MOST_ROWS,
    NUMBER_FORMATS,
    Loss,
    Style,
    style_of,
    width_for,
    write_cell,
)
from pipelines.exploring.exporting.files import ExportedTable, make_folder
from pipelines.exploring.exporting.sheets import FOR_PROGRAMS, marts_for_people, plan_sheet
from pipelines.exploring.exporting.sources import COLUMNS as SOURCE_COLUMNS
from pipelines.exploring.exporting.sources import REASONS, SOURCES
from pipelines.exploring.exporting.tables import Column, ColumnNames, Mart, built_at, read_names
from pipelines.exploring.labels import Labels, read_labels

WORKBOOK = "juesuan.xlsx"
ROWS_AT_A_TIME = 2_000
# By how many rows a column's width is chosen.
ROWS_MEASURED = 2_000
LONGEST_NAME = 31
WIDTH_OF_MEANINGS = 110
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
HEADER = {
    "bold": True,
    "bg_color": "#E7ECF3",
    "bottom": 1,
    "valign": "vcenter",
    "text_wrap": True,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the workbook says by itself, in one language."""

    contents: str
    dictionary: str
    sources: str
    sheet: str
    rows: str
    holds: str
    table: str
    column: str
    name: str
    meaning: str
    unit: str
    part: str
    left_out: str
    losses: dict[Loss, str]
    yuan: str
    notes: tuple[str, ...]


WORDS = {
    Language.ZH: Words(
        contents="目录",
        dictionary="数据字典",
        sources="来源文件",
        sheet="工作表",
        rows="行数",
        holds="内容",
        table="表",
        column="列",
        name="中文名",
        meaning="含义",
        unit="单位",
        part="第 {first:,} 至 {last:,} 行，共 {total:,} 行",
        left_out="不在本工作簿中：供程序使用，见 Parquet 或 CSV，或用 --table 指定",
        losses={
            Loss.LONG_NUMBER: "{count:,} 个数字超过 15 位，Excel 无法精确保存，以文本写出",
            Loss.LONG_TEXT: "{count:,} 段文字超过 32,767 字，以“…”截断，全文见 Parquet 或 CSV",
        },
        yuan="元",
        notes=(
            "金额一律为元。status：proven 已证实，unchecked 未核对，disputed 有争议。",
            "部门的数字已含其所属单位：只加总 adds_up 为真的行，便不会重复计算。",
            "每行的 place 与 file_name 指明数字印在哪份文件的何处。",
        ),
    ),
    Language.EN: Words(
        contents="contents",
        dictionary="dictionary",
        sources="sources",
        sheet="sheet",
        rows="rows",
        holds="what it holds",
        table="table",
        column="column",
        name="Chinese name",
        meaning="meaning",
        unit="unit",
        part="rows {first:,} to {last:,} of {total:,}",
        left_out="not in this workbook: made for programs; in Parquet and CSV, or ask with --table",
        losses={
            Loss.LONG_NUMBER: "{count:,} numbers of more than 15 digits, which Excel cannot keep, "
            "are texts",
            Loss.LONG_TEXT: "{count:,} texts of more than 32,767 characters are cut, with '…'; "
            "Parquet and CSV have them whole",
        },
        yuan="yuan",
        notes=(
            "Amounts are in yuan. status: proven, unchecked or disputed by the document itself.",
            "A department's amounts include its units': add up rows with adds_up, and nothing is "
            "counted twice.",
            "place and file_name say where a row is printed.",
        ),
    ),
}


@dataclass(slots=True)
class _Part:
    """One sheet of a table while it is being written."""

    sheet: Worksheet
    first: int
    row_count: int = 0


@dataclass(slots=True)
class _Written:
    """A table in the workbook: its sheets and what their cells could not hold."""

    name: str
    holds: str
    parts: list[_Part] = field(default_factory=list)
    losses: dict[Loss, int] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        return sum(part.row_count for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that is being written, with its formats and what things are called."""

    workbook: Any
    labels: Labels
    names: ColumnNames
    language: Language
    formats: dict[str, Format]
    header: Format
    rows_of_a_sheet: int

    def add(self, name: str, number: int) -> Worksheet:
        """Add a sheet; further ones of a table carry their number."""
        ending = f" ({number})" if number > 1 else ""
        called = self.table_name(name) if self.language is Language.ZH else name
        return self.workbook.add_worksheet(f"{called[: LONGEST_NAME - len(ending)]}{ending}")

    def table_name(self, name: str) -> str:
        """What a table is called in the language of the workbook."""
        return self.labels.name("table", name, self.language)

    def heading(self, column: Column) -> str:
        """What stands above a column: in English its name in the data."""
        return column.name_zh if self.language is Language.ZH and column.name_zh else column.name


def export_workbook(
    connection: duckdb.DuckDBPyConnection,
    marts: Sequence[Mart],
    path: Path,
    language: Language,
    *,
    is_chosen: bool = False,
    rows_of_a_sheet: int = MOST_ROWS,
) -> list[ExportedTable]:
    """Write a workbook of the marts that people read, with a dictionary and the sources.

    A mart of more rows than a sheet holds goes on in further sheets; the contents say so.

    Args:
        connection: A warehouse with marts.
        marts: Its marts, or some of them.
        path: Where to; written beside it and moved there once it is whole.
        language: Of what the workbook says by itself.
        is_chosen: Whether somebody asked for just these; else those made for programs stay out.
        rows_of_a_sheet: How many rows a sheet may have, its header included.

    Returns:
        The tables that are in it.

    Raises:
        ExportError: The folder cannot be made.
    """
    make_folder(path.parent)
    people = marts if is_chosen else marts_for_people(marts)
    with written_whole(path) as unfinished, ExitStack() as stack:
        book = _open_book(stack, unfinished, connection, rows_of_a_sheet, language)
        words = WORDS[language]
        contents = book.add(words.contents, 1)
        written = [_write_mart(connection, book, mart) for mart in people]
        extra = [
            _write_table(
                book,
                _Written(words.dictionary, words.meaning),
                _dictionary_columns(words),
                _dictionary_rows(marts, book, words),
            ),
            _write_table(
                book,
                _Written(words.sources, ""),
                [book.names.given_to(column) for column in SOURCE_COLUMNS],
                _fetched(connection, SOURCES, REASONS[language]),
            ),
        ]
        left_out = [] if is_chosen else _left_out(connection, marts)
        _write_contents(book, contents, [*written, *extra], left_out, words)
    return [ExportedTable(each.name, path, each.row_count) for each in written]


def _open_book(
    stack: ExitStack,
    path: Path,
    connection: duckdb.DuckDBPyConnection,
    rows_of_a_sheet: int,
    language: Language,
) -> _Book:
    workbook = stack.enter_context(xlsxwriter.Workbook(str(path), OPTIONS))
    # Without it a workbook carries the moment it was written, and no two are the same.
    created = built_at(connection) or datetime(2000, 1, 1)  # noqa: DTZ001
    workbook.set_properties({"created": created})
    formats = {
        style: workbook.add_format({"num_format": shown})
        for style, shown in (*NUMBER_FORMATS.items(), ("fractional", FRACTIONAL))
    }
    header = workbook.add_format(HEADER)
    labels, names = read_labels(connection), read_names(connection)
    return _Book(workbook, labels, names, language, formats, header, rows_of_a_sheet)


def _write_mart(connection: duckdb.DuckDBPyConnection, book: _Book, mart: Mart) -> _Written:
    plan = plan_sheet(mart, book.language)
    columns = [
        column if mart.has(column.name) else book.names.given_to(column) for column in plan.columns
    ]
    return _write_table(
        book, _Written(mart.name, mart.meaning), columns, _fetched(connection, plan.query)
    )


def _fetched(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, str] | None = None
) -> Iterator[tuple[object, ...]]:
    found = connection.execute(query, parameters) if parameters else connection.execute(query)
    while rows := found.fetchmany(ROWS_AT_A_TIME):
        yield from rows


def _write_table(
    book: _Book,
    written: _Written,
    columns: Sequence[Column],
    rows: Iterator[tuple[object, ...]],
) -> _Written:
    """Write a table into as many sheets as it needs, one at least."""
    rows = (_labelled(book, columns, row) for row in rows)
    measured = list(islice(rows, ROWS_MEASURED))
    widths = [
        width_for(book.heading(column), [row[at] for row in measured])
        for at, column in enumerate(columns)
    ]
    shown = [book.formats[style_of(column)] for column in columns]
    part = _begin_part(book, written, columns, widths)
    for row in chain(measured, rows):
        if part.row_count == book.rows_of_a_sheet - 1:
            part = _begin_part(book, written, columns, widths)
        part.row_count += 1
        for at, value in enumerate(row):
            lost = write_cell(
                part.sheet, part.row_count, at, value, shown[at], book.formats["fractional"]
            )
            if lost:
                written.losses[lost] = written.losses.get(lost, 0) + 1
    for part in written.parts:
        part.sheet.autofilter(0, 0, part.row_count, len(columns) - 1)
    return written


def _labelled(
    book: _Book, columns: Sequence[Column], row: tuple[object, ...]
) -> tuple[object, ...]:
    """A row with canonical names as people call them."""
    return tuple(
        book.labels.name(column.label_kind, value, book.language)
        if column.label_kind and isinstance(value, str)
        else value
        for column, value in zip(columns, row, strict=True)
    )


def _begin_part(
    book: _Book, written: _Written, columns: Sequence[Column], widths: Sequence[float]
) -> _Part:
    sheet = book.add(written.name, len(written.parts) + 1)
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, book.heading(column), book.header)
    sheet.freeze_panes(1, 0)
    part = _Part(sheet, first=written.row_count + 1)
    written.parts.append(part)
    return part


def _text_columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "VARCHAR") for name in names)


def _dictionary_columns(words: Words) -> tuple[Column, ...]:
    return _text_columns(words.table, words.column, words.name, words.meaning, words.unit)


def _dictionary_rows(
    marts: Iterable[Mart], book: _Book, words: Words
) -> Iterator[tuple[object, ...]]:
    """Every column of every mart, also of those that have no sheet: other formats hold them."""
    units = {Style.MONEY: words.yuan, Style.PERCENT: "%", Style.RATIO: "0–1"}
    for mart in marts:
        table = book.labels.name("table", mart.name, Language.ZH)
        yield mart.name, None, table, mart.meaning, None
        for column in mart.columns:
            unit = units.get(style_of(column))
            yield mart.name, column.name, column.name_zh, column.meaning, unit


def _left_out(
    connection: duckdb.DuckDBPyConnection, marts: Iterable[Mart]
) -> list[tuple[str, int]]:
    """The marts made for programs, and how many rows each has."""
    counted = []
    for mart in marts:
        if mart.name in FOR_PROGRAMS:
            found = connection.execute(f"select count(*) from {mart.relation}").fetchone()  # noqa: S608
            counted.append((mart.name, found[0] if found else 0))
    return counted


def _write_contents(
    book: _Book,
    sheet: Worksheet,
    written: Sequence[_Written],
    left_out: Iterable[tuple[str, int]],
    words: Words,
) -> None:
    """Say which sheets there are, with links, what is not there, and what to keep in mind."""
    rows = [row for each in written for row in _contents_of(each, words)]
    rows += [(name, "", count, words.left_out) for name, count in left_out]
    whole = book.formats[Style.NUMBER]
    for at, heading in enumerate((words.sheet, words.table, words.rows, words.holds)):
        sheet.write_string(0, at, heading, book.header)
        width = width_for(heading, [row[at] for row in rows])
        sheet.set_column(at, at, WIDTH_OF_MEANINGS if heading == words.holds else width)
    for number, (name, table, count, holds) in enumerate(rows, start=1):
        if table:
            sheet.write_url(number, 0, f"internal:'{name}'!A1", string=name)
        else:
            sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, table)
        sheet.write_number(number, 2, count, whole)
        sheet.write_string(number, 3, holds)
    for number, note in enumerate(words.notes, start=len(rows) + 2):
        sheet.write_string(number, 0, note)
    sheet.freeze_panes(1, 0)


def _contents_of(written: _Written, words: Words) -> Iterator[tuple[str, str, int, str]]:
    """A row for each sheet of a table: what it holds, which part, and what cells could not hold."""
    lost = [words.losses[loss].format(count=count) for loss, count in written.losses.items()]
    for part in written.parts:
        last = part.first + part.row_count - 1
        which = words.part.format(first=part.first, last=last, total=written.row_count)
        said = [written.holds, which if len(written.parts) > 1 else "", *lost]
        holds = "; ".join(each for each in said if each)
        yield part.sheet.name, written.name, part.row_count, holds
