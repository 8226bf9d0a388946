"""Recognised forms to figures, rows, columns, furniture and rejections.

Knows what a figure is. Does not know how forms are recognised or where figures are stored.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import (
    Figure,
    FormColumn,
    FormPrinting,
    FormRow,
    Furniture,
    Rejection,
    RejectionReason,
)
from pipelines.domain.place import Place
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount
from pipelines.normalising.codes import join_code
from pipelines.normalising.units import unit_of_form
from pipelines.recognising.bodies import BodyRow, Refusal, Value
from pipelines.recognising.captions import empty_statement
from pipelines.recognising.catalogue import Catalogue, SectionSpec
from pipelines.recognising.forms import RecognisedForm
from pipelines.recognising.wording import fold_header, fold_label, squash

_TOTALS = frozenset({"合计", "总计"})


@dataclass(slots=True)
class FormContents:
    """Everything that a document's forms yield, collected form by form."""

    printings: list[FormPrinting] = field(default_factory=list)
    columns: list[FormColumn] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def collect_forms(
    forms: Sequence[RecognisedForm], catalogue: Catalogue, narrative: Sequence[str] = ()
) -> FormContents:
    """Turn a document's recognised forms into figures and all that stands beside them.

    A form printed twice is read once, from its first printing under its most usual title that has
    a header; any other is rejected by name.

    Args:
        forms: The forms in the order printed.
        catalogue: The catalogue.
        narrative: The document's paragraphs, which may tell the unit of a form that states none.
    """
    contents = FormContents()
    to_read: dict[str, RecognisedForm] = {}
    for form in sorted(forms, key=lambda form: (form.header is None, _title_rank(form))):
        to_read.setdefault(form.spec.form, form)
    for form in forms:
        if form is to_read[form.spec.form]:
            _collect_form(form, unit_of_form(form, forms, narrative), contents, catalogue)
            continue
        contents.rejections.append(
            Rejection(
                RejectionReason.DUPLICATE_FORM,
                form.spec.form,
                form.captions.title,
                "the document prints this form more than once; only one printing is read",
                form.place,
            )
        )
    return contents


def _title_rank(form: RecognisedForm) -> int:
    """How usual the title of a form is: some places print a longer form beside the usual one."""
    titles, printed = form.spec.titles, fold_header(form.captions.title)
    fitting = [title for title in titles if title in printed]
    return titles.index(max(fitting, key=len)) if fitting else len(titles)


def _collect_form(
    form: RecognisedForm,
    unit: PrintedUnit | None,
    contents: FormContents,
    catalogue: Catalogue,
) -> None:
    contents.printings.append(_printing(form, unit, catalogue))
    contents.columns.extend(_columns(form))
    contents.furniture.extend(_furniture(form))
    contents.rejections.extend(rejections_of(form.refusals, form.spec.form))
    lines = _LineNamer(form)
    above: dict[int, str] = {}
    units = _rows_of_units(form)
    columns = _columns_of_measures(form)
    for index, row in enumerate(form.rows):
        code = join_code(row.code_parts, above.get(row.block, ""))
        above[row.block] = code or above.get(row.block, "")
        form_row = _form_row(form, row, index, code, lines)
        contents.rows.append(form_row)
        for value in row.values:
            if row in units:
                contents.rejections.append(_of_one_unit(form_row, row.label, value))
            elif not (form_row.row_code or form_row.row_label or form.is_unlabelled):
                contents.rejections.append(_nameless(form_row, value))
            elif columns[row.block, value.measure] <= 1:
                _collect_value(form_row, value, unit, contents)
            else:
                contents.rejections.append(_second_printing(form_row, value))


def _columns_of_measures(form: RecognisedForm) -> Counter[tuple[int, str]]:
    """Count the columns of each block that a measure is printed in: more than one is none."""
    items = form.header.item_rows if form.header else None
    counts: Counter[tuple[int, str]] = Counter()
    for column in form.columns:
        if column.role is None and column.measure is not None and items is None:
            counts[column.block, column.measure] += 1
    return counts


def _rows_of_units(form: RecognisedForm) -> Sequence[BodyRow]:
    """The rows of single units on a form of one row: all but the total, or the only one."""
    if not form.is_unlabelled:
        return ()
    named = [row for row in form.rows if row.values and (row.label.strip() or row.code_parts)]
    total = next((row for row in named if fold_label(row.label) in _TOTALS), None)
    return [row for row in named if row is not total] if total or len(named) > 1 else ()


def _printing(form: RecognisedForm, unit: PrintedUnit | None, catalogue: Catalogue) -> FormPrinting:
    statement, named = empty_statement(form.note_text, catalogue)
    return FormPrinting(
        form=form.spec.form,
        title=form.captions.title,
        number_text=form.captions.number_text,
        unit=unit,
        entity_text=form.captions.entity_text,
        note_text=form.note_text,
        empty_statement=statement,
        empty_statement_forms=named,
        column_count=sum(column.role is None for column in form.columns),
        number_count=form.number_count,
        accounted_count=form.accounted_count,
        place=form.place,
    )


def _columns(form: RecognisedForm) -> Iterator[FormColumn]:
    for column in form.columns:
        if column.role is None:
            yield FormColumn(
                form=form.spec.form,
                section=column.section,
                column_index=column.index,
                header_path="/".join(column.header_path),
                measure=column.measure or "",
            )


def _furniture(form: RecognisedForm) -> Iterator[Furniture]:
    for item in form.furniture:
        yield Furniture(
            form.spec.form, item.section, item.kind, item.position, item.text, item.place
        )


def rejections_of(refusals: Sequence[Refusal], form: str) -> Iterator[Rejection]:
    """Turn recognition's refusals into rejections of a form ('' for none)."""
    for refusal in refusals:
        yield Rejection(refusal.reason, form, refusal.printed, refusal.detail, refusal.place)


class _LineNamer:
    """Names a form's lines from the top down; some labels mean another line further down."""

    def __init__(self, form: RecognisedForm) -> None:
        self._sections: dict[str, SectionSpec] = {
            section.section: section for section in form.spec.sections
        }
        self._seen: dict[str, set[str]] = {name: set() for name in self._sections}

    def name(self, section: str, code: str, label: str) -> str:
        """Return the canonical line of a row, '' where it has none."""
        spec = self._sections[section]
        if code or not label:
            return ""
        seen = self._seen[section]
        folded = fold_label(label)
        candidates = [
            line
            for line in spec.lines
            if folded in line.labels and (not line.after or line.after in seen)
        ]
        # A line that waits for another one is the more specific reading once that one has come.
        chosen = next((line for line in candidates if line.after), None) or next(
            (line for line in candidates if line.line not in seen), None
        )
        if chosen is None:
            return spec.unnamed_line
        seen.add(chosen.line)
        return chosen.line


def _form_row(
    form: RecognisedForm, row: BodyRow, index: int, code: str, lines: _LineNamer
) -> FormRow:
    label = "".join(row.label.split())
    return FormRow(
        form=form.spec.form,
        section=row.section,
        row_index=index,
        row_code="" if form.is_unlabelled else code,
        row_label="" if form.is_unlabelled else label,
        line=lines.name(row.section, code, label),
        place=row.place,
    )


def _collect_value(
    row: FormRow, value: Value, unit: PrintedUnit | None, contents: FormContents
) -> None:
    place, text = value.cell.place, value.cell.text
    if unit is None:
        detail = "neither the form nor the document's other forms state one unit"
        contents.rejections.append(
            _reject(RejectionReason.UNIT_NOT_STATED, row, text, detail, place)
        )
        return
    try:
        amount = parse_amount(text, unit)
    except UnreadableAmountError as error:
        contents.rejections.append(
            _reject(RejectionReason.UNREADABLE_AMOUNT, row, text, str(error), place)
        )
        return
    if amount is None:
        return
    contents.figures.append(
        Figure(
            form=row.form,
            section=row.section,
            row_index=row.row_index,
            row_code=row.row_code,
            row_label=row.row_label,
            line=row.line,
            measure=value.measure,
            amount=amount,
            place=place,
        )
    )


def _nameless(row: FormRow, value: Value) -> Rejection:
    detail = "the row has neither code nor label: whose amount it is cannot be told"
    place, text = value.cell.place, value.cell.text
    return _reject(RejectionReason.AMBIGUOUS_CELL, row, text, detail, place)


def _of_one_unit(row: FormRow, unit: str, value: Value) -> Rejection:
    detail = f"an amount of {squash(unit)} alone; of this form the total of all units is read"
    place, text = value.cell.place, value.cell.text
    return _reject(RejectionReason.DUPLICATE_FIGURE, row, text, detail, place)


def _second_printing(row: FormRow, value: Value) -> Rejection:
    detail = f"the row prints {value.measure} in several columns (of several years, perhaps)"
    place, text = value.cell.place, value.cell.text
    return _reject(RejectionReason.DUPLICATE_FIGURE, row, text, detail, place)


def _reject(
    reason: RejectionReason, row: FormRow, text: str, detail: str, place: Place
) -> Rejection:
    label = squash(row.row_label) or row.row_code
    return Rejection(reason, row.form, text, f"{label}: {detail}" if label else detail, place)
