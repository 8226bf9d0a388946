"""The standard forms of a document, each put together from the tables it is printed in.

Knows how forms follow one another and continue over pages. Does not parse amounts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import DocumentKind, FurnitureKind, RejectionReason
from pipelines.domain.document import Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.recognising.bodies import (
    Body,
    BodyRow,
    NumberedFurniture,
    Refusal,
    name_items,
    read_body,
)
from pipelines.recognising.captions import (
    CaptionLine,
    Captions,
    caption_lines,
    declares_empty,
    find_title,
    find_titled,
    is_note,
    is_only_caption,
    is_prose,
    looks_like_form_title,
    loose_amounts,
    nearest_lines,
    read_captions,
    unit_in,
)
from pipelines.recognising.catalogue import Catalogue, FormSpec, Layout
from pipelines.recognising.headers import (
    Column,
    Header,
    begins_with_header,
    caption_row_count,
    is_numeric,
    lay_over,
    resolve_header,
    row_text,
    stack_tables,
)
from pipelines.recognising.wording import fold_header, fold_label, squash

# A caption table holds title, number, department and unit: never more rows than that.
_CAPTION_TABLE_ROWS = 6
# A line that so many pages repeat is no text of theirs.
_RUNNING_LINE_COUNT = 3
_RUNNING_LINE_MAX = 60
_CONTINUED = re.compile(r"\(?(接上|续上?)[表页]?\d?\)?$")


@dataclass(slots=True)
class RecognisedForm:
    """One standard form, put together while its document is walked."""

    spec: FormSpec
    captions: Captions
    header: Header | None
    place: Place
    rows: list[BodyRow] = field(default_factory=list)
    furniture: list[NumberedFurniture] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[CaptionLine] = field(default_factory=list)
    grid_rows: int = 0
    number_count: int = 0
    accounted_count: int = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The form's columns, none where only its title and a statement are printed."""
        return self.header.columns if self.header else ()

    @property
    def is_unlabelled(self) -> bool:
        """Whether the form prints one row of amounts without a label."""
        return self.spec.layout is Layout.SINGLE_ROW and (
            self.header is None or self.header.item_rows is None
        )

    @property
    def unit(self) -> PrintedUnit | None:
        """The unit that the form states, in its header or else above."""
        return (self.header.unit if self.header else None) or self.captions.unit

    @property
    def note_text(self) -> str:
        """What is printed below the form, a note a line: breaks within one are mere wrapping."""
        return "\n".join("".join(line.text.splitlines()).strip() for line in self.notes)

    def add(
        self, table: Table, first_row: int, catalogue: Catalogue, own: Header | None = None
    ) -> None:
        """Add a table's body rows to the form.

        Args:
            table: The table.
            first_row: Its first body row.
            catalogue: The catalogue.
            own: The table's own header, None where it continues the form without one.
        """
        if self.header is None:
            raise ValueError("a form without a header has no body")
        body: Body = read_body(
            table,
            first_row,
            own or lay_over(self.header, table),
            self.grid_rows,
            catalogue,
            not_body=own.late_cells if own else frozenset(),
        )
        items = self.header.item_rows
        for row in body.rows:
            named = row if items is None else name_items(row, items, self.refusals, catalogue)
            self.rows.append(named)
        # A header repeated on a further page repeats the column numbers too.
        numbered = any(item.kind is FurnitureKind.COLUMN_NUMBER for item in self.furniture)
        self.furniture.extend(
            item
            for item in body.furniture
            if not numbered or item.kind is not FurnitureKind.COLUMN_NUMBER
        )
        self.refusals.extend(body.refusals)
        self.notes.extend(body.notes)
        self.number_count += body.number_count
        self.accounted_count += body.accounted_count
        self.grid_rows += table.row_count


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a document's blocks were recognised as.

    Attributes:
        forms: The standard forms in the order printed.
        paragraphs: The paragraphs that belong to no form: the narrative.
        unknown: Tables that claim to be a standard form and are in no catalogue entry, and
            amounts printed below a form's title or table that stand in no table.
    """

    forms: tuple[RecognisedForm, ...]
    paragraphs: tuple[Paragraph, ...]
    unknown: tuple[Refusal, ...]


def recognise_forms(document: Document, catalogue: Catalogue) -> Recognition:
    """Find every standard form of a document.

    A form is known by its title and its header together, never by its 公开NN number, which
    means different forms in different places.
    """
    walk = _Walk(catalogue, _running_lines(document), _kind_titled(document, catalogue))
    for block in document.blocks:
        if isinstance(block, Table):
            for table in _split_at_titles(block, catalogue):
                walk.take_table(table)
        else:
            walk.take_paragraph(block)
    walk.finish()
    return Recognition(tuple(walk.forms), tuple(walk.narrative), tuple(walk.unknown))


class _Walk:
    """Goes over a document's blocks once, keeping the open form and the lines since."""

    def __init__(
        self, catalogue: Catalogue, running_lines: frozenset[str], kind: DocumentKind | None
    ) -> None:
        self._catalogue = catalogue
        self._kind = kind
        self._running_lines = running_lines
        self._begun: tuple[Table, Captions] | None = None
        self._pending: list[CaptionLine] = []
        self._open: RecognisedForm | None = None
        self._above: FormSpec | None = None
        self.forms: list[RecognisedForm] = []
        self.narrative: list[Paragraph] = []
        self.unknown: list[Refusal] = []

    def take_paragraph(self, paragraph: Paragraph) -> None:
        line = CaptionLine(paragraph.text, paragraph.place)
        if self._open is not None and self._is_note_of(self._open, paragraph.text):
            self._open.notes.append(line)
        else:
            self._pending.extend(caption_lines(paragraph.text, paragraph.place))
            self.narrative.append(paragraph)
        self._refuse_loose_amounts(line)

    def _refuse_loose_amounts(self, line: CaptionLine) -> None:
        """Name the amounts of lines below a form's title or table, up to the next prose.

        They are of a table that was not recognised as one, or of rows that it lost.
        """
        self._above = find_title(line.text, self._catalogue) or self._above
        if self._above is None:
            return
        detail = f"an amount near {self._above.form} that stands in no table; it is not read"
        self.unknown.extend(
            Refusal(RejectionReason.OUTSIDE_TABLE, printed, detail, line.place)
            for printed in loose_amounts(line.text, self._catalogue)
        )
        if is_prose(line.text, self._catalogue):
            self._above = None

    def _is_note_of(self, form: RecognisedForm, text: str) -> bool:
        """Tell whether a line right below a form is its note, or goes on with a numbered one."""
        if self._pending:
            return False
        if is_note(text, self._catalogue):
            return True
        goes_on = squash(text)[:2] in ("2.", "3.", "2、", "3、")
        return bool(form.notes) and goes_on and find_title(text, self._catalogue) is None

    def take_table(self, table: Table) -> None:
        self._pending_from_captions(table)
        if self._is_caption_table(table):
            return
        captions = self._of_this_kind(read_captions(self._pending, self._catalogue))
        begun, self._begun = self._begun, None
        if begun is not None and self._is_only_furniture():
            self._begin_again(begun, table)
        elif captions.spec is not None and self._repeats_title(table, captions):
            self._take_captions_out_of_narrative(captions)
        elif captions.spec is not None:
            self._begin_form(table, captions.spec, captions)
        elif self._open is not None and self._continue_form(table):
            pass
        else:
            self._note_unknown(table)
        self._pending.clear()
        self._above = self._open.spec if self._open else None

    def _of_this_kind(self, captions: Captions) -> Captions:
        """Of two forms that share a title take the one of the document's kind."""
        titled = find_titled(captions.title, self._catalogue) if captions.spec else ()
        alike = [spec for spec in titled if spec.kind is self._kind]
        return replace(captions, spec=alike[0]) if alike and len(titled) > 1 else captions

    def _begin_again(self, begun: tuple[Table, Captions], table: Table) -> None:
        """Begin a form anew whose header a page break divides, or go on without its header."""
        above, captions = begun
        unfinished = self.forms.pop()
        whole = stack_tables(above, table)
        if captions.spec is None or resolve_header(whole, captions.spec, self._catalogue) is None:
            self.forms.append(unfinished)
            self._note_unknown(table)
        else:
            self._begin_form(whole, captions.spec, captions)

    def _is_only_furniture(self) -> bool:
        """Tell whether nothing stands above a table but what pages repeat: no title, no text."""
        return all(self._is_furniture(line.text) for line in self._pending)

    def _is_furniture(self, text: str) -> bool:
        folded = squash(text)
        if (
            not folded
            or _CONTINUED.fullmatch(folded)
            or _without_digits(text) in self._running_lines
        ):
            return True
        return is_only_caption(folded, self._catalogue)

    def _pending_from_captions(self, table: Table) -> None:
        """Take the caption rows at a table's top for lines above it."""
        for row in list(table.rows())[: caption_row_count(table, self._catalogue)]:
            if text := row_text(row):
                self._pending.append(CaptionLine(text, row[0].place))

    def _is_caption_table(self, table: Table) -> bool:
        rows = caption_row_count(table, self._catalogue)
        if table.row_count > _CAPTION_TABLE_ROWS:
            return False
        rest = [row for number, row in enumerate(table.rows()) if number >= rows]
        return rows > 0 and not any(row_text(row) for row in rest)

    def _repeats_title(self, table: Table, captions: Captions) -> bool:
        """Add a table that repeats the open form's title, perhaps its header, on a further page."""
        form = self._open
        if form is None or form.header is None or form.spec is not captions.spec:
            return False
        if _bare_title(captions.title) != _bare_title(form.captions.title) or form.notes:
            return False
        header = resolve_header(table, form.spec, self._catalogue)
        first_row = caption_row_count(table, self._catalogue)
        if header is None and not _is_body_row(table, first_row):
            return False
        if header is not None and not _has_columns_of(header, form.header):
            return False
        body_row = header.body_row if header else first_row
        goes_on = _CONTINUED.search(fold_header(captions.title))
        if not goes_on and _begins_anew(
            form, read_body(table, body_row, form.header, 0, self._catalogue)
        ):
            return False
        form.add(table, body_row, self._catalogue, header)
        return True

    def _begin_form(self, table: Table, spec: FormSpec, captions: Captions) -> None:
        self._take_captions_out_of_narrative(captions)
        header = resolve_header(table, spec, self._catalogue)
        if header is None and self._continue_form(table):
            return
        place = captions.place or table.place
        if header is not None and header.names_units:
            by_unit = [it for it in self._catalogue.forms if it.form == spec.by_unit]
            spec = by_unit[0] if by_unit else spec
        form = RecognisedForm(spec=spec, captions=captions, header=header, place=place)
        if header is None:
            form.refusals.extend(_refuse_all(table, spec))
        else:
            form.add(table, header.body_row, self._catalogue, header)
        self.forms.append(form)
        self._open = form
        if header is None or header.body_row >= table.row_count:
            self._begun = table, captions

    def _take_captions_out_of_narrative(self, captions: Captions) -> None:
        """Drop a form's title and the lines below it from the narrative they were taken for."""
        places = [paragraph.place for paragraph in self.narrative]
        if captions.place in places:
            del self.narrative[places.index(captions.place) :]

    def _continue_form(self, table: Table) -> bool:
        """Add a table to the open form where it continues it.

        It does when it repeats the form's header, or has none and nothing but page furniture
        stands between: a note closes a form.
        """
        form = self._open
        if form is None or form.header is None:
            return False
        header = resolve_header(table, form.spec, self._catalogue)
        if header is not None:
            if not _has_columns_of(header, form.header) or self._title_above(table):
                return False
            form.add(table, header.body_row, self._catalogue, header)
            return True
        if not self._is_only_furniture():
            return False
        if form.notes or _begins_with_heading(table) or begins_with_header(table, self._catalogue):
            return False
        form.add(table, 0, self._catalogue)
        return True

    def _title_above(self, table: Table) -> CaptionLine | None:
        """Find the line near a table, or its first row, that claims to be a form's title."""
        heading = next(table.rows(), ())
        lines = [*self._pending, *(CaptionLine(cell.text, cell.place) for cell in heading)]
        titles = [line for line in nearest_lines(lines) if looks_like_form_title(line.text)]
        return titles[-1] if titles else None

    def _note_unknown(self, table: Table) -> None:
        """Name a table that claims to be a form, or that stands where a form should go on."""
        title = self._title_above(table)
        if _has_numbers(table):
            refusal = self._unknown_table(table, title)
            if refusal is not None:
                self.unknown.append(refusal)
        self._open = None

    def _unknown_table(self, table: Table, title: CaptionLine | None) -> Refusal | None:
        """Name a table with numbers that is no form, None for one of the narrative's own."""
        if title is not None:
            printed, place = title.text.strip(), title.place
            detail = "a form that is not in the catalogue; its figures are not read"
        elif self._open is not None and self._may_be_more(table):
            printed, place = row_text(next(table.rows(), ())), table.place
            detail = (
                f"a table below {self._open.spec.form} that does not continue it; "
                "its figures are not read"
            )
        elif forms := self._forms_with_this_header(table):
            printed, place = row_text(next(table.rows(), ())), table.place
            detail = f"a table headed like {forms} without its title; its figures are not read"
        else:
            return None
        return Refusal(RejectionReason.UNKNOWN_FORM, printed, detail, place)

    def _may_be_more(self, table: Table) -> bool:
        """Tell whether a table stands right below the open form, or would be more of its rows."""
        if self._open is None:
            return False
        if self._open.header is None or not self._pending or not self._open.rows:
            return True
        body = read_body(table, 0, self._open.header, 0, self._catalogue)
        labelled = [row for row in body.rows if row.values and (row.label or row.code_parts)]
        return bool(labelled) and not body.refusals

    def _forms_with_this_header(self, table: Table) -> str:
        """The forms whose header, with every column known, a table prints; '' for none."""
        names = []
        for spec in self._catalogue.forms:
            header = resolve_header(table, spec, self._catalogue)
            if header is not None and len(header.measures) > 1 and None not in header.measures:
                names.append(spec.form)
        return " or ".join(names)

    def finish(self) -> None:
        """Record forms that are declared empty without a table being printed."""
        printed = {form.spec.form for form in self.forms}
        for title, statement in _tableless(self.narrative, self._catalogue):
            spec = find_title(title.text, self._catalogue)
            if spec is None or spec.form in printed:
                continue
            lines = [CaptionLine(title.text, title.place)]
            form = RecognisedForm(
                spec=spec,
                captions=read_captions(lines, self._catalogue),
                header=None,
                place=title.place,
                notes=[CaptionLine(statement.text, statement.place)],
            )
            printed.add(spec.form)
            self.forms.append(form)


def _kind_titled(document: Document, catalogue: Catalogue) -> DocumentKind | None:
    """The kind of document that most of its titles belong to, None where none or as many do."""
    texts = (
        block.text if isinstance(block, Paragraph) else row_text(next(block.rows(), ()))
        for block in document.blocks
    )
    titled = (find_titled(text, catalogue) for text in texts if len(text) <= _RUNNING_LINE_MAX)
    counts = Counter(forms[0].kind for forms in titled if len(forms) == 1)
    kinds = [kind for kind, count in counts.items() if count == max(counts.values())]
    return kinds[0] if len(kinds) == 1 else None


def _running_lines(document: Document) -> frozenset[str]:
    """The lines that pages repeat above or below their content, without their digits."""
    texts = (block.text for block in document.blocks if isinstance(block, Paragraph))
    counts = Counter(_without_digits(text) for text in texts if len(text) <= _RUNNING_LINE_MAX)
    return frozenset(text for text, count in counts.items() if count >= _RUNNING_LINE_COUNT)


def _without_digits(text: str) -> str:
    return re.sub(r"\d", "", squash(text))


def _tableless(
    paragraphs: Sequence[Paragraph], catalogue: Catalogue
) -> Iterator[tuple[Paragraph, Paragraph]]:
    """Yield the titles that a statement of emptiness follows at once, unit lines aside."""
    title: Paragraph | None = None
    for paragraph in paragraphs:
        if find_title(paragraph.text, catalogue):
            title = paragraph
        elif loose_amounts(paragraph.text, catalogue):
            title = None
        elif title and declares_empty(paragraph.text, catalogue):
            yield title, paragraph
            title = None
        elif unit_in(paragraph.text) is None:
            title = None


def _split_at_titles(table: Table, catalogue: Catalogue) -> Iterator[Table]:
    """Split a grid in which several forms stand below each other, each under its title."""
    starts = [0]
    for number, row in enumerate(table.rows()):
        printed = [cell for cell in row if squash(cell.text)]
        if number and len(printed) == 1 and _is_title(printed[0].text, catalogue):
            starts.append(number)
    # A single column of titles is a contents list.
    if len(starts) == 1 or table.column_count == 1:
        yield table
        return
    for first, end in pairwise([*starts, table.row_count]):
        cells = [cell for cell in table.cells if first <= cell.row < end]
        yield Table(
            cells=tuple(replace(cell, row=cell.row - first) for cell in cells),
            row_count=end - first,
            column_count=table.column_count,
            place=cells[0].place if first else table.place,
        )


def _is_title(text: str, catalogue: Catalogue) -> bool:
    return find_title(text, catalogue) is not None or looks_like_form_title(text)


def _refuse_all(table: Table, spec: FormSpec) -> Iterator[Refusal]:
    """Refuse a form whose header is not in the catalogue: its first row, and every number."""
    detail = f"the header below the title of {spec.form} is not in the catalogue"
    heading = row_text(next(table.rows(), ()))
    yield Refusal(RejectionReason.UNKNOWN_COLUMN, heading, detail, table.place)
    for cell in table.cells:
        if is_numeric(cell.text):
            yield Refusal(RejectionReason.UNKNOWN_COLUMN, cell.text, detail, cell.place)


def _begins_with_heading(table: Table) -> bool:
    """Tell whether a table's first printed row is one cell alone: a title, no row of a form."""
    printed = next((row for row in table.rows() if row_text(row)), ())
    return len(printed) == 1 and table.column_count > 1 and not is_numeric(printed[0].text)


def _has_columns_of(header: Header, first: Header) -> bool:
    """Tell whether a header repeats an earlier one: the same columns of labels and of values."""
    return [(column.role, column.measure) for column in header.columns] == [
        (column.role, column.measure) for column in first.columns
    ]


def _begins_anew(form: RecognisedForm, body: Body) -> bool:
    """Tell whether a table prints the open form a second time rather than going on with it.

    A form never goes on after the total that closes it, nor with its own first row; only the two
    sides of a summary list the same funds again, as balances.
    """
    if form.is_unlabelled:
        return any(row.values for row in form.rows) and any(row.values for row in body.rows)
    again = _first_row_key(body.rows)
    if again is None:
        return False  # blank rows below the total
    if _is_closed(form):
        return True
    return form.spec.layout is not Layout.TWO_SIDED and again == _first_row_key(form.rows)


def _first_row_key(rows: Iterable[BodyRow]) -> tuple[int, tuple[str, ...], str] | None:
    keys = ((row.block, row.code_parts, squash(row.label)) for row in rows)
    return next((key for key in keys if any(key[1:])), None)


def _is_closed(form: RecognisedForm) -> bool:
    """Tell whether a form's last row is its total, below other rows."""
    labelled = [fold_label(row.label) for row in form.rows if row.label.strip()]
    totals = {
        label
        for section in form.spec.sections
        for line in section.lines
        if line.line in ("total", "grand_total")
        for label in line.labels
    }
    return len(labelled) > 1 and labelled[-1] in totals and labelled[0] not in totals


def _bare_title(title: str) -> str:
    """Fold a title without the mark that it goes on: 支出决算表（续）."""
    # The mark may hide the unit that the title closes with: 支出决算表（单位：元）（续）.
    return fold_header(_CONTINUED.sub("", fold_header(title)))


def _is_body_row(table: Table, first_row: int) -> bool:
    """Tell whether a table's first printed row from ``first_row`` on holds a number."""
    rows = list(table.rows())[first_row:]
    printed = next((row for row in rows if row_text(row)), ())
    return any(is_numeric(cell.text) for cell in printed)


def _has_numbers(table: Table) -> bool:
    return any(is_numeric(cell.text) for cell in table.cells)
