"""Printed tables and what they mean to figures, rows, columns, furniture and rejections.

Knows what a figure is. Does not know how tables are put together or named, nor where figures are
stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import (
    Figure,
    FormColumn,
    FormPrinting,
    FormRow,
    Furniture,
    Rejection,
    RejectionReason,
    ResolvedBy,
)
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount
from pipelines.normalising.codes import join_code
from pipelines.normalising.units import unit_of_column, unit_of_table
from pipelines.recognising.bodies import BodyRow, Value
from pipelines.recognising.captions import empty_statement
from pipelines.recognising.catalogue import Layout, load_catalogue
from pipelines.recognising.headers import Column, is_numeric
from pipelines.recognising.naming import GROWTH, LineNamer, Meaning, figure_of_year
from pipelines.recognising.wording import squash

_UNNAMED = ("", ResolvedBy.NOTHING)


@dataclass(slots=True)
class TableContents:
    """Everything that a document's tables yield, collected table by table."""

    printings: list[FormPrinting] = field(default_factory=list)
    columns: list[FormColumn] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def collect_tables(meanings: Sequence[Meaning], narrative: Sequence[str] = ()) -> TableContents:
    """Turn a document's tables into figures and all that stands beside them.

    Args:
        meanings: The tables in the order printed, with what they mean.
        narrative: The document's paragraphs, which may tell the unit of a form that states none.
    """
    contents = TableContents()
    for index, meaning in enumerate(meanings):
        unit = unit_of_table(meaning, meanings, narrative)
        _TableReader(index, meaning, unit, contents).collect()
    return contents


class _TableReader:
    """Reads one table into the contents of its document."""

    def __init__(
        self, index: int, meaning: Meaning, unit: PrintedUnit | None, contents: TableContents
    ) -> None:
        self._index = index
        self._meaning = meaning
        self._table = meaning.table
        self._unit = unit
        self._contents = contents
        # Values that look like numbers and are none.
        self._unread_count = 0
        self._columns = {column.index: self._form_column(column) for column in self._table.columns}

    def collect(self) -> None:
        contents, meaning = self._contents, self._meaning
        contents.columns.extend(
            self._columns[column.index] for column in self._table.columns if column.holds_numbers
        )
        contents.furniture.extend(
            replace(item, table_index=self._index, form=meaning.form)
            for item in self._table.furniture
        )
        contents.rejections.extend(
            replace(rejection, table_index=self._index, form=meaning.form)
            for rejection in self._table.rejections
        )
        lines = LineNamer(meaning)
        above: dict[int, str] = {}
        nameless = _rows_without_a_name(meaning)
        for number, row in enumerate(self._table.rows):
            code = join_code(row.code_parts, above.get(row.block, ""))
            above[row.block] = code or above.get(row.block, "")
            form_row = self._form_row(row, number, code, lines)
            contents.rows.append(form_row)
            for value in row.values:
                is_named = number not in nameless
                named = meaning.measure_of(row, value) if is_named else _UNNAMED
                self._collect_value(row, form_row, value, named)
        contents.printings.append(self._printing())

    def _printing(self) -> FormPrinting:
        table, meaning = self._table, self._meaning
        statement, named = empty_statement(table.note_text, load_catalogue())
        return FormPrinting(
            table_index=self._index,
            form=meaning.form,
            resolved_by=meaning.resolved_by,
            resolution=meaning.resolution,
            reprint_of=meaning.reprint_of,
            title=table.captions.title,
            number_text=table.captions.number_text,
            unit=self._unit,
            entity_text=table.captions.entity_text,
            note_text=table.note_text,
            empty_statement=statement,
            empty_statement_forms=named,
            column_count=sum(column.holds_numbers for column in table.columns),
            number_count=table.number_count,
            accounted_count=table.accounted_count - self._unread_count,
            place=table.place,
            year=table.captions.year,
        )

    def _form_column(self, column: Column) -> FormColumn:
        measure, resolved_by = self._meaning.measures.get(column.index, _UNNAMED)
        if self._meaning.is_down:
            measure, resolved_by = _UNNAMED
        section = self._meaning.sections.get(column.block)
        return FormColumn(
            table_index=self._index,
            form=self._meaning.form,
            section=section.section if section else "",
            block=column.block,
            column_index=column.index,
            header_path=column.header_path,
            measure=measure,
            resolved_by=resolved_by,
        )

    def _form_row(self, row: BodyRow, number: int, code: str, lines: LineNamer) -> FormRow:
        path = tuple(text for label in row.labels if (text := "".join(label.split())))
        label = path[-1] if path else ""
        section = self._meaning.section_for(row)
        return FormRow(
            table_index=self._index,
            form=self._meaning.form,
            section=section.section if section else "",
            block=row.block,
            row_index=number,
            row_code=code,
            row_label=label,
            row_path=path,
            line=lines.name(row, code, label) or _line_of_only_row(self._meaning),
            place=row.place,
            is_label_doubtful=row.is_label_doubtful and not code,
        )

    def _collect_value(
        self, row: BodyRow, form_row: FormRow, value: Value, named: tuple[str, ResolvedBy]
    ) -> None:
        """Read one printed value; words in a column of no known measure are no number's."""
        text = value.cell.text
        is_share = "%" in squash(text)
        # A share of something is no amount, whatever stands above it, but for growth.
        measure, resolved_by = _UNNAMED if is_share and named[0] != GROWTH else named
        try:
            number = parse_amount(text.replace("%", "").replace("％", ""), PrintedUnit.YUAN)
        except UnreadableAmountError as error:
            if measure or is_numeric(text) or value.cell.is_unreadable:
                self._reject(form_row, value, str(error))
                self._unread_count += is_numeric(text)
            return
        if number is None:
            return
        is_money = not (is_share or self._meaning.is_counted(row, value.column))
        self._contents.figures.append(
            Figure(
                row=form_row,
                column=self._columns[value.column.index],
                measure=measure,
                resolved_by=resolved_by,
                text=text.strip(),
                value=number.value,
                unit=unit_of_column(value.column, self._unit) if is_money else None,
                place=value.cell.place,
                reading=value.cell.readings[0].raw if value.cell.readings else "",
                is_doubtful=value.cell.is_doubtful,
            )
        )

    def _reject(self, row: FormRow, value: Value, detail: str) -> None:
        label = squash(row.row_label) or row.row_code
        self._contents.rejections.append(
            Rejection(
                RejectionReason.UNREADABLE_AMOUNT,
                row.form,
                value.cell.text,
                f"{label}: {detail}" if label else detail,
                value.cell.place,
                self._index,
            )
        )


def _line_of_only_row(meaning: Meaning) -> str:
    """The line of a form's only row where it prints no label: it is the form's total."""
    spec = meaning.spec
    if spec is None or spec.layout is not Layout.CODED or not meaning.table.is_unlabelled:
        return ""
    has_total = any(line.line == "total" for line in spec.sections[0].lines)
    return "total" if has_total and len(meaning.table.rows) == 1 else ""


def _rows_without_a_name(meaning: Meaning) -> frozenset[int]:
    """The rows whose numbers get no measure: nothing says whose they are.

    On a form of one row they are the rows of single units, all but the total, or all of several;
    elsewhere the rows that have neither code nor label, or a code that cannot be read.
    """
    rows = meaning.table.rows
    valued = [number for number, row in enumerate(rows) if row.values]
    if meaning.spec is None or meaning.is_down:
        return frozenset()
    if meaning.table.is_unlabelled:
        is_whole = meaning.spec.layout is Layout.SINGLE_ROW or _is_sure(rows, valued)
        return frozenset() if len(valued) == 1 and is_whole else frozenset(valued)
    if meaning.spec.layout is Layout.SINGLE_ROW:
        totals = [number for number in valued if load_catalogue().names_total(rows[number].label)]
        of_year = [number for number in valued if figure_of_year(rows[number]) is not None]
        only = totals[:1] or of_year or (valued if len(valued) == 1 else [])
        return frozenset(valued) - frozenset(only)
    return frozenset(
        number
        for number in valued
        if rows[number].garbled_code or not (rows[number].labels or rows[number].code_parts)
    )


def _is_sure(rows: Sequence[BodyRow], numbers: Sequence[int]) -> bool:
    """Tell whether each value of rows stands in one column: it does not reach over a label."""
    return all(value.is_sure for number in numbers for value in rows[number].values)
