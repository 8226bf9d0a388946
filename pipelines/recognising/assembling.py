"""The tables of a document, each put together from the pieces it is printed in.

Knows how tables follow one another, continue over pages and stand below each other in one grid.
Does not know which form a table is, nor parse amounts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import Furniture, FurnitureKind, Rejection, RejectionReason
from pipelines.domain.document import Cell, Document, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.recognising.bodies import Body, BodyRow, read_body
from pipelines.recognising.captions import (
    CaptionLine,
    Captions,
    bare_title,
    caption_lines,
    caption_parts,
    declares_empty,
    is_form_number,
    is_note,
    is_only_caption,
    is_prose,
    looks_like_form_title,
    loose_amounts,
    read_captions,
    titled_forms,
    unit_in,
)
from pipelines.recognising.catalogue import Catalogue, load_catalogue
from pipelines.recognising.headers import (
    Column,
    Header,
    begins_with_header,
    caption_row_count,
    find_header,
    is_numeric,
    lay_over,
    row_text,
    stack_tables,
)
from pipelines.recognising.indicators import (
    heads_funds,
    heads_indicators,
    names_project,
    names_subject,
    project_in,
    project_of,
)
from pipelines.recognising.wording import fold_header, squash, unit_of_header, unspaced

# A caption table holds title, number, department and unit: never more rows than that.
_CAPTION_TABLE_ROWS = 6
# A line that so many pages repeat is no text of theirs.
_RUNNING_LINE_COUNT = 3
_RUNNING_LINE_MAX = 60
_TITLE_AND_STATEMENT = re.compile(
    r"(?P<number>[^《》，。；]{0,12})《(?P<title>[^《》]+)》[:：,，]?(?P<statement>.+)", re.DOTALL
)
_CONTINUED = re.compile(r"\(?(接上|续上?)[表页]?\d?\)?$")


@dataclass(slots=True)
class PrintedTable:
    """One table, put together while its document is walked.

    Attributes:
        captions: What the lines above it say.
        header: Its columns, None where only a title and a statement of emptiness are printed.
        place: Where it begins, its title included.
        rows: The rows of its body.
        furniture: Numbers that it prints about itself.
        rejections: What could not be used.
        notes: What is printed below it.
        grid_rows: Grid rows so far, to place line numbers.
        number_count: Numbers printed in its body.
        accounted_count: Those of them that are a value, a label or furniture.
        project: The project that it is all about, as printed in or above it; '' for none.
    """

    captions: Captions
    header: Header | None
    place: Place
    rows: list[BodyRow] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[CaptionLine] = field(default_factory=list)
    grid_rows: int = 0
    number_count: int = 0
    accounted_count: int = 0
    project: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, none where it has no body."""
        return self.header.columns if self.header else ()

    @property
    def is_unlabelled(self) -> bool:
        """Whether it prints amounts in rows without labels."""
        return not any(row.labels or row.code_parts for row in self.rows)

    @property
    def unit(self) -> PrintedUnit | None:
        """The unit that it states, in its header or else above, or else in its rows' labels."""
        in_header = self.header.unit if self.header else None
        return in_header or self.captions.unit or self._unit_of_labels

    @property
    def _unit_of_labels(self) -> PrintedUnit | None:
        """The one unit that labels state (项目资金（元）), None where none or several are."""
        labels = {label for row in self.rows for label in row.labels}
        stated = {unit_of_header(label) for label in labels} - {"", "%"}
        return PrintedUnit(stated.pop()) if len(stated) == 1 else None

    @property
    def note_text(self) -> str:
        """What is printed below it, a note a line: breaks within one are mere wrapping."""
        return "\n".join("".join(line.text.splitlines()).strip() for line in self.notes)

    def add(self, table: Table, header: Header | None) -> None:
        """Add a piece's rows.

        Args:
            table: The piece.
            header: Its own header, None where it goes on without one.
        """
        if self.header is None:
            raise ValueError("a table without a header has no body")
        body = self._read(table, self.header, header)
        self.add_body(table, body, repeats_header=header is not None and header.is_printed)

    def read_on(self, table: Table) -> Body | None:
        """Read a piece without a header as if it went on; None where its columns are others.

        They are the same where each of its numbers stands under a column that takes it. A cell of a
        picture that was not read for certain says nothing of that.
        """
        if self.header is None:
            return None
        body = self._read(table, self.header, None)
        in_doubt = {cell.place for cell in table.cells if cell.is_doubtful or cell.is_unreadable}
        are_sure = all(value.is_sure for row in body.rows for value in row.values)
        is_taken = all(rejection.place in in_doubt for rejection in body.rejections)
        return body if are_sure and is_taken else None

    def _read(self, table: Table, first: Header, own: Header | None) -> Body:
        return read_body(
            table,
            own.body_row if own else 0,
            _repeated(first, own) if own else lay_over(first, table),
            self.grid_rows,
            load_catalogue(),
            not_body=own.late_cells if own else frozenset(),
        )

    def add_body(self, table: Table, body: Body, *, repeats_header: bool = False) -> None:
        """Add a piece's body as it was read.

        Args:
            table: The piece.
            body: Its body.
            repeats_header: Whether it repeats the table's header above it.
        """
        # A header repeated on a further page repeats the column numbers too.
        numbered = any(item.kind is FurnitureKind.COLUMN_NUMBER for item in self.furniture)
        self._add_rows(body.rows, repeats_header=repeats_header)
        self.furniture.extend(
            item
            for item in body.furniture
            if not numbered or item.kind is not FurnitureKind.COLUMN_NUMBER
        )
        self.rejections.extend(body.rejections)
        self.notes.extend(body.notes)
        self.number_count += body.number_count
        self.accounted_count += body.accounted_count
        self.grid_rows += table.row_count

    def _add_rows(self, rows: Sequence[BodyRow], *, repeats_header: bool) -> None:
        """Add rows, the first of which may be the rest of one that a page has cut."""
        first, *rest = rows or (None,)
        if (
            first is not None
            and self.rows
            and _is_rest(first, self.rows, repeats_header=repeats_header)
        ):
            cut = self.rows.pop()
            label = cut.label + first.label
            joined = replace(
                cut, labels=(*cut.labels[:-1], label), values=cut.values or first.values
            )
            self.rows.extend((joined, *rest))
        else:
            self.rows.extend(rows)


def _is_rest(row: BodyRow, above: Sequence[BodyRow], *, repeats_header: bool) -> bool:
    """Tell whether a piece's first row is the rest of the last row above: its label was cut.

    It has no code where all rows have one, is no total, and has the amounts that the other lacks.
    Below a header that is repeated a word alone is the rest of a name even if it is a line of some
    form: 其他商品和服务|支出.
    """
    cut = above[-1]
    if row.block != cut.block or row.code_parts or not row.label or not cut.label:
        return False
    if not cut.code_parts or (cut.values and row.values):
        return False
    catalogue = load_catalogue()
    if repeats_header and not row.values and not catalogue.names_total(row.label):
        return all(it.code_parts or catalogue.names_total(it.label) for it in above)
    coded = sum(bool(other.code_parts) for other in above if other.block == row.block)
    is_understood = catalogue.label_concepts([row.label]) is not None
    return 2 * coded > len(above) and not is_understood


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a document's blocks were put together to.

    Attributes:
        tables: Every table with numbers or with a form's title, in the order printed.
        paragraphs: The paragraphs that belong to no table: the narrative.
        outside: Amounts printed below a form's title or table that stand in no table.
    """

    tables: tuple[PrintedTable, ...]
    paragraphs: tuple[Paragraph, ...]
    outside: tuple[Rejection, ...]


def assemble_tables(document: Document) -> Assembly:
    """Put the tables of a document together: every one, whatever it is called."""
    catalogue = load_catalogue()
    walk = _Walk(catalogue, _running_lines(document))
    for block in document.blocks:
        if isinstance(block, Table):
            for table in _tables_of(block, catalogue):
                walk.take_table(table)
        else:
            walk.take_paragraph(block)
    walk.finish()
    return Assembly(
        tuple(table for table in walk.tables if _is_worth_keeping(table)),
        tuple(walk.narrative),
        tuple(walk.outside),
    )


def _is_worth_keeping(table: PrintedTable) -> bool:
    """Tell whether a table prints amounts, or is by its title some form that prints none.

    A list of units with nothing but its numbers 1, 2, 3 discloses no amount.
    """
    has_values = any(row.values for row in table.rows) or bool(table.rejections)
    return has_values or table.captions.is_titled


@dataclass(frozen=True, slots=True)
class _Between:
    """No table is open: what follows begins a new one."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A table that may go on."""

    table: PrintedTable


@dataclass(frozen=True, slots=True)
class _Begun:
    """A table of which only the header, or the upper part of it, was seen: a page may divide it."""

    table: PrintedTable
    piece: Table


_State: TypeAlias = _Between | _Open | _Begun


class _Walk:
    """Goes over a document's blocks once, keeping the open table and the lines since."""

    def __init__(self, catalogue: Catalogue, running_lines: frozenset[str]) -> None:
        self._catalogue = catalogue
        self._running_lines = running_lines
        self._state: _State = _Between()
        self._pending: list[CaptionLine] = []
        self._name: CaptionLine | None = None
        self._is_near_table = False
        self._project = ""
        self.tables: list[PrintedTable] = []
        self.narrative: list[Paragraph] = []
        self.outside: list[Rejection] = []

    @property
    def _open(self) -> PrintedTable | None:
        return None if isinstance(self._state, _Between) else self._state.table

    def take_paragraph(self, paragraph: Paragraph) -> None:
        line = CaptionLine(paragraph.text, paragraph.place)
        if self._open is not None and self._is_note_of(self._open, paragraph.text):
            self._open.notes.append(line)
        else:
            self._pending.extend(caption_lines(paragraph.text, paragraph.place))
            self.narrative.append(paragraph)
        self._name_loose_amounts(line)

    def _name_loose_amounts(self, line: CaptionLine) -> None:
        """Name the amounts of lines below a form's title or table, up to the next prose.

        They are of a table that was not recognised as one, or of rows that it lost.
        """
        self._is_near_table = self._is_near_table or bool(titled_forms(line.text, self._catalogue))
        if not self._is_near_table:
            return
        detail = "an amount near a table that stands in none; it is not read"
        self.outside.extend(
            Rejection(RejectionReason.OUTSIDE_TABLE, "", printed, detail, line.place)
            for printed in loose_amounts(line.text, self._catalogue)
        )
        if is_prose(line.text, self._catalogue):
            self._is_near_table = False

    def _is_note_of(self, table: PrintedTable, text: str) -> bool:
        """Tell whether a line right below a table is its note, or goes on with a numbered one."""
        if self._pending or _title_and_statement(text, self._catalogue):
            return False
        if is_note(text, self._catalogue):
            return True
        goes_on = squash(text)[:2] in ("2.", "3.", "2、", "3、")
        return bool(table.notes) and goes_on and not titled_forms(text, self._catalogue)

    def take_table(self, table: Table) -> None:
        self._pending_from_captions(table)
        if table.name:
            self._name = CaptionLine(table.name, table.place)
        if self._is_caption_table(table):
            return
        captions = self._captions(table.place.sheet)
        self._project = self._project_of(table, captions)
        if isinstance(self._state, _Begun) and self._is_only_furniture():
            self._begin_again(self._state, table)
        elif captions.is_titled and self._repeats_title(table, captions):
            self._take_captions_out_of_narrative(captions)
        # A tab with a name of its own begins something new.
        elif captions.is_titled or self._name is not None or not self._continue(table):
            self._begin(table, captions)
        self._pending.clear()
        self._name = None
        self._is_near_table = self._open is not None

    def _project_of(self, table: Table, captions: Captions) -> str:
        """The project that a table or the lines above it name; else of what it goes on with."""
        above = [project_in(line.text, self._catalogue) for line in self._pending]
        named = project_of(table, self._catalogue) or next(filter(None, above), "")
        return named or ("" if captions.is_titled else self._project)

    def _captions(self, sheet: str) -> Captions:
        """Read the lines above a table, of a workbook those of its sheet.

        Its name in the file is its title where none of them is.
        """
        lines = [line for line in self._pending if line.place.sheet == sheet]
        captions = read_captions(lines, self._catalogue)
        if captions.is_titled or self._name is None:
            return captions
        named = read_captions([self._name, *lines], self._catalogue)
        return named if named.is_titled or not captions.title else captions

    def _begin_again(self, begun: _Begun, table: Table) -> None:
        """Begin a table anew whose header a page break divides, or that a sheet's head stands over.

        What stands over a list of funds or indicators says whose they are, and heads no column.
        """
        self.tables.remove(begun.table)
        first = next(table.rows(), ())
        has_own = heads_indicators(first, self._catalogue) or heads_funds(first, self._catalogue)
        whole = table if has_own else stack_tables(begun.piece, table)
        self._begin(whole, begun.table.captions)

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
        """Take the caption rows at a table's top for lines above it, cells' lines one by one."""
        for row in list(table.rows())[: caption_row_count(table, self._catalogue)]:
            parts = [part for cell in row for part in caption_parts(cell.text, self._catalogue)]
            whole = "".join(unspaced(cell.text) for cell in row)
            if len(parts) > len(row):
                for part in filter(squash, parts):
                    self._pending.extend(caption_lines(part, row[0].place))
            elif whole:
                self._pending.extend(caption_lines(whole, row[0].place))

    def _is_caption_table(self, table: Table) -> bool:
        rows = caption_row_count(table, self._catalogue)
        if table.row_count > _CAPTION_TABLE_ROWS:
            return False
        rest = [row for number, row in enumerate(table.rows()) if number >= rows]
        return rows > 0 and not any(row_text(row) for row in rest)

    def _repeats_title(self, piece: Table, captions: Captions) -> bool:
        """Add a piece that repeats the open table's title, perhaps its header, on another page."""
        table = self._open
        if table is None or table.header is None or table.notes:
            return False
        if _bare_title(captions.title) != _bare_title(table.captions.title):
            return False
        header = find_header(piece, self._catalogue)
        if not header.is_printed and not _is_body_row(piece, header.first_row):
            return False
        if header.is_printed and not header.is_like(table.header):
            return False
        own = header if header.is_printed else _laid_over(table.header, piece, header.first_row)
        body = read_body(piece, own.body_row, own, 0, self._catalogue)
        goes_on = _CONTINUED.search(fold_header(captions.title))
        if not goes_on and _begins_anew(table, body, self._catalogue):
            return False
        table.add(piece, own)
        return True

    def _begin(self, piece: Table, captions: Captions) -> None:
        if captions.is_titled:
            self._take_captions_out_of_narrative(captions)
        header = find_header(piece, self._catalogue)
        table = PrintedTable(captions, header, captions.place or piece.place, project=self._project)
        table.add(piece, header)
        self.tables.append(table)
        has_body = header.body_row < piece.row_count
        self._state = _Open(table) if has_body else _Begun(table, piece)

    def _take_captions_out_of_narrative(self, captions: Captions) -> None:
        """Drop a form's title, its number above it and the lines below from the narrative."""
        places = [paragraph.place for paragraph in self.narrative]
        if captions.place not in places:
            return
        begin = places.index(captions.place)
        while begin and is_form_number(self.narrative[begin - 1].text):
            begin -= 1
        del self.narrative[begin:]

    def _continue(self, piece: Table) -> bool:
        """Add a piece to the open table where it continues it.

        It does when nothing but page furniture stands between and it repeats the table's header or
        has none: a note closes a table.
        """
        table = self._open
        if table is None or table.header is None or not self._is_only_furniture():
            return False
        header = find_header(piece, self._catalogue)
        again = self._repeated_header(table.header, header, piece)
        if again is not None:
            table.add(piece, again)
            return True
        if table.notes or _begins_with_heading(piece):
            return False
        if header.is_printed and begins_with_header(piece, self._catalogue):
            return False
        body = table.read_on(piece)
        if body is None:
            return False
        table.add_body(piece, body)
        return True

    def _repeated_header(self, first: Header, own: Header, piece: Table) -> Header | None:
        """A piece's header where it is the open table's again, None where it is another or none.

        Below it the rest of a name that the page has cut may stand alone in its row: without an
        amount beside it, it looks like one more row of the header.
        """
        if not own.is_printed or own.words == first.words:
            return own if own.is_printed else None
        if own.body_row - own.first_row != first.body_row - first.first_row + 1:
            return None
        shorter = find_header(piece, self._catalogue, body_row=own.body_row - 1)
        return shorter if shorter.words == first.words else None

    def finish(self) -> None:
        """Record forms that are declared empty without a table being printed."""
        printed = {bare_title(table.captions.title) for table in self.tables}
        for title, statement in _tableless(self.narrative, self._catalogue):
            if bare_title(title.text) in printed:
                continue
            captions = read_captions([title], self._catalogue)
            printed.add(bare_title(title.text))
            self.tables.append(PrintedTable(captions, None, title.place, notes=[statement]))


def _running_lines(document: Document) -> frozenset[str]:
    """The lines that pages repeat above or below their content, without their digits."""
    texts = (block.text for block in document.blocks if isinstance(block, Paragraph))
    counts = Counter(_without_digits(text) for text in texts if len(text) <= _RUNNING_LINE_MAX)
    return frozenset(text for text, count in counts.items() if count >= _RUNNING_LINE_COUNT)


def _without_digits(text: str) -> str:
    return re.sub(r"\d", "", squash(text))


def _tableless(
    paragraphs: Sequence[Paragraph], catalogue: Catalogue
) -> Iterator[tuple[CaptionLine, CaptionLine]]:
    """Yield the titles that a statement of emptiness follows at once, unit lines aside.

    It may also follow on the title's line: 公开09表《…支出决算表》：本局无此项支出，故不予列示。
    """
    title: CaptionLine | None = None
    for paragraph in paragraphs:
        line = CaptionLine(paragraph.text, paragraph.place)
        quoted = _title_and_statement(paragraph.text, catalogue)
        if titled_forms(paragraph.text, catalogue):
            title = line
        elif quoted:
            yield (
                replace(line, text=f"{quoted['number']} {quoted['title']}"),
                replace(line, text=quoted["statement"]),
            )
            title = None
        elif loose_amounts(paragraph.text, catalogue):
            title = None
        elif title and declares_empty(paragraph.text, catalogue):
            yield title, line
            title = None
        elif unit_in(paragraph.text) is None:
            title = None


def _title_and_statement(text: str, catalogue: Catalogue) -> re.Match[str] | None:
    """Find a form's title in quotes and the statement behind it that declares it empty."""
    found = _TITLE_AND_STATEMENT.fullmatch(text.strip())
    is_declared = (
        found is not None
        and (not found["number"].strip() or is_form_number(found["number"]))
        and titled_forms(found["title"], catalogue)
        and declares_empty(found["statement"], catalogue)
    )
    return found if is_declared else None


def _tables_of(table: Table, catalogue: Catalogue) -> Iterator[Table]:
    """Split a grid in which several forms stand, beside or below each other."""
    for part in _split_beside(table, catalogue):
        yield from _split_at_titles(part, catalogue)


def _split_beside(table: Table, catalogue: Catalogue) -> Iterator[Table]:
    """Split a grid in which forms stand side by side, each under its title."""
    sides = list(_sides_between_blanks(table, catalogue))
    if sides and all(map(_has_numbers, sides)):
        yield from sides
        return
    rows = list(table.rows())
    whole = range(table.column_count)
    first = end = 0
    for number, row in enumerate(rows):
        titles = _titles_beside(row, catalogue) if number >= end else []
        if not titles:
            continue
        edges = [0, *(title.column for title in titles[1:]), table.column_count]
        below = _end_of_sides(rows, number, edges)
        sides = [_cut(table, range(number, below), range(*side)) for side in pairwise(edges)]
        if all(map(_has_numbers, sides)):
            if number > first:
                yield _cut(table, range(first, number), whole)
            yield from sides
            first = end = below
    if not first:
        yield table
    elif first < len(rows):
        yield _cut(table, range(first, len(rows)), whole)


def _sides_between_blanks(table: Table, catalogue: Catalogue) -> Iterator[Table]:
    """Cut a grid at its blank columns, where a title stands behind one."""
    filled = {
        cell.column + right
        for cell in table.cells
        if squash(cell.text)
        for right in range(cell.column_span)
    }
    blank = [column for column in range(table.column_count) if column not in filled]
    edges = [0]
    for begin, end in pairwise([*blank, table.column_count]):
        side = _cut(table, range(table.row_count), range(begin, end))
        above = [cell for cell in side.cells if cell.row <= _CAPTION_TABLE_ROWS]
        if any(_is_title(cell.text, catalogue) for cell in above):
            edges.append(begin)
    if len(edges) > 1:
        for begin, end in pairwise([*edges, table.column_count]):
            yield _cut(table, range(table.row_count), range(begin, end))


def _titles_beside(row: Sequence[Cell], catalogue: Catalogue) -> list[Cell]:
    """The titles of a row that prints several, and nothing else but captions."""
    titles = [cell for cell in row if _is_title(cell.text, catalogue)]
    others = (squash(cell.text) for cell in row if cell not in titles)
    are_alone = all(is_only_caption(text, catalogue) for text in others if text)
    return titles if len(titles) > 1 and are_alone else []


def _end_of_sides(rows: Sequence[Sequence[Cell]], first: int, edges: Sequence[int]) -> int:
    """The first row below a row of titles in which something reaches over the edge of a side."""
    inner = edges[1:-1]
    for number in range(first, len(rows)):
        for cell in rows[number]:
            reach = range(cell.column + 1, cell.column + cell.column_span)
            if squash(cell.text) and any(edge in reach for edge in inner):
                return number
    return len(rows)


def _has_numbers(table: Table) -> bool:
    return any(is_numeric(cell.text) for cell in table.cells)


def _cut(table: Table, rows: range, columns: range) -> Table:
    """Cut some rows and columns out of a table; what reaches beyond them ends with them."""
    cells = [cell for cell in table.cells if cell.row in rows and cell.column in columns]
    return Table(
        cells=tuple(
            replace(
                cell,
                row=cell.row - rows.start,
                column=cell.column - columns.start,
                row_span=min(cell.row_span, rows.stop - cell.row),
                column_span=min(cell.column_span, columns.stop - cell.column),
            )
            for cell in cells
        ),
        row_count=len(rows),
        column_count=len(columns),
        place=cells[0].place if cells and (rows.start or columns.start) else table.place,
        name="" if rows.start or columns.start else table.name,
    )


def _split_at_titles(table: Table, catalogue: Catalogue) -> Iterator[Table]:
    """Split a grid in which several forms stand below each other, each under its title.

    The funds of a project and its indicators stand below its name, each under a header of their
    own; indicators also below its amounts.
    """
    starts = [0]
    has_sheet_above = has_project_above = False
    for number, row in enumerate(table.rows()):
        if number and _is_title_row(row, table, catalogue):
            starts.append(number)
            has_sheet_above = has_project_above = False
        elif (has_sheet_above and heads_indicators(row, catalogue)) or (
            has_project_above and heads_funds(row, catalogue)
        ):
            starts.append(number)
        has_sheet_above = (
            has_sheet_above
            or names_subject(row, catalogue)
            or any(is_numeric(cell.text) for cell in row)
        )
        has_project_above = has_project_above or names_project(row, catalogue)
    # A single column of titles is a contents list.
    if len(starts) == 1 or table.column_count == 1:
        yield table
        return
    for first, end in pairwise([*starts, table.row_count]):
        yield _cut(table, range(first, end), range(table.column_count))


def _is_title_row(row: Sequence[Cell], table: Table, catalogue: Catalogue) -> bool:
    """Tell whether a row inside a grid is the title of what stands below it.

    Its number, unit and department may stand in cells of their own.
    """
    printed = [cell for cell in row if squash(cell.text)]
    parts = [part for cell in printed for part in caption_parts(cell.text, catalogue)]
    titles = [part for part in parts if _is_title(part, catalogue)]
    widest = max((cell.column_span for cell in printed), default=0)
    if len(titles) != 1 or (len(printed) > 1 and widest * 2 < table.column_count):
        return False
    others = (squash(part) for part in parts if part is not titles[0])
    return all(is_only_caption(text, catalogue) for text in others)


def _is_title(text: str, catalogue: Catalogue) -> bool:
    return bool(titled_forms(text, catalogue)) or looks_like_form_title(text)


def _begins_with_heading(table: Table) -> bool:
    """Tell whether a table's first printed row is one cell alone: a title, no row of a form."""
    printed = next((row for row in table.rows() if row_text(row)), ())
    return len(printed) == 1 and table.column_count > 1 and not is_numeric(printed[0].text)


def _repeated(first: Header, again: Header) -> Header:
    """Tell the columns of a repeated header as those of the first: a page may hold few labels."""
    if again.words != first.words:
        return again
    pairs = zip(first.columns, again.columns, strict=True)
    columns = (replace(own, extent=column.extent) for own, column in pairs)
    return replace(again, columns=tuple(columns))


def _laid_over(header: Header, piece: Table, body_row: int) -> Header:
    """Lay a table's header over a piece whose body begins at a row, below its captions."""
    laid = lay_over(header, piece)
    return replace(laid, first_row=body_row, body_row=body_row, late_cells=frozenset())


def _begins_anew(table: PrintedTable, body: Body, catalogue: Catalogue) -> bool:
    """Tell whether a piece prints the open table a second time rather than going on with it.

    A table never goes on after the total that closes it, nor with its own first row; only the two
    sides of a summary list the same funds again, as balances.
    """
    if table.is_unlabelled:
        return any(row.values for row in table.rows) and any(row.values for row in body.rows)
    again = _first_row_key(body.rows)
    if again is None:
        return False  # blank rows below the total
    if _is_closed(table, catalogue):
        return True
    is_two_sided = table.header is not None and table.header.is_two_sided
    return not is_two_sided and again == _first_row_key(table.rows)


def _first_row_key(rows: Iterable[BodyRow]) -> tuple[int, tuple[str, ...], str] | None:
    keys = ((row.block, row.code_parts, squash(row.label)) for row in rows)
    return next((key for key in keys if any(key[1:])), None)


def _is_closed(table: PrintedTable, catalogue: Catalogue) -> bool:
    """Tell whether a table's last row is its total, below other rows."""
    labelled = [row.label for row in table.rows if row.label.strip()]
    if len(labelled) < 2:
        return False
    return catalogue.names_total(labelled[-1]) and not catalogue.names_total(labelled[0])


def _bare_title(title: str) -> str:
    """Fold a title without the mark that it goes on: 支出决算表（续）."""
    # The mark may hide the unit that the title closes with: 支出决算表（单位：元）（续）.
    return fold_header(_CONTINUED.sub("", fold_header(bare_title(title))))


def _is_body_row(table: Table, first_row: int) -> bool:
    """Tell whether a table's first printed row from ``first_row`` on holds a number."""
    rows = list(table.rows())[first_row:]
    printed = next((row for row in rows if row_text(row)), ())
    return any(is_numeric(cell.text) for cell in printed)
