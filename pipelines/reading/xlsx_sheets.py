"""Sheets of a workbook of Excel 2007 and later (.xlsx, .xlsm), from their XML.

Knows SpreadsheetML: shared texts, styles, formulas with the values that were stored with them.
Knows nothing of what the sheets mean; runs no macro and follows no link.

The XML is walked directly, row by row. calamine gives numbers without their formats, openpyxl
numbers without what the format makes of them: neither tells what is printed, nor a formula without
a value from a blank cell, and openpyxl keeps a million formatted empty cells in memory.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice

from lxml import etree

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import BROKEN_ARCHIVE
from pipelines.reading.number_formats import BUILT_IN, GENERAL, stored_number
from pipelines.reading.sheets import (
    SPACER_CELLS,
    SPACER_ROWS,
    Area,
    Runs,
    Sheet,
    SheetCell,
    Stored,
    areas_across,
    print_stored,
)

# The largest genuine workbook seen unpacks to a few MB; a bomb unpacks to gigabytes. Sheets are
# read row by row: half a gigabyte is a million formatted rows.
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_SHEETS_BYTES = 512 * 1024 * 1024
MAX_CELLS = 1_000_000
MAX_MERGED = 200_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383

_MAIN_PART = "xl/workbook.xml"
_TYPE_OF_MAIN = "/officeDocument"
_WHITE = "FFFFFF"
_ACROSS = "centerContinuous"
# Colours by number: of the palette, and of the theme, where the first is the paper's.
_WHITE_INDEXED, _WHITE_THEME = frozenset({"1", "9"}), "0"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")

# What zipfile, zlib and lxml raise for a file that is broken.
_DAMAGE = (*BROKEN_ARCHIVE, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError)

Element = etree._Element


def read_xlsx_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook, in the order of their tabs; charts and dialogs are none.

    Args:
        content: The file's bytes.

    Raises:
        UnreadableFileError: The workbook is damaged, encrypted or too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return tuple(_Workbook(archive).sheets())
    except _DAMAGE as error:
        raise _damaged() from error
    except NotImplementedError as error:  # an unknown compression method
        raise UnreadableFileError(
            UnreadableReason.DAMAGED, "the workbook is packed in an unknown way; save it again"
        ) from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            "the workbook is protected by a password; obtain an unprotected copy",
        ) from error


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the workbook is damaged inside; fetch it again"
    )


def _too_large(what: str) -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED, f"the workbook {what}; it is not a disclosure"
    )


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell's style says of its text.

    Attributes:
        code: The number format.
        is_ruled: Whether it has a ruling at its left or right.
        is_unseen: Whether its text is white on white.
        is_across: Whether its text is centred across the blank cells behind it.
    """

    code: str = GENERAL
    is_ruled: bool = False
    is_unseen: bool = False
    is_across: bool = False


class _Workbook:
    """A workbook's parts, found by their relations."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Some programs write backslashes, or capitals that the relations do not have.
        self._members = {_folded(name): name for name in archive.namelist()}
        self._main = self._related("", _TYPE_OF_MAIN) or _MAIN_PART
        self._book = self._parse(self._main)
        properties = _child(self._book, "workbookPr")
        self._is_1904 = properties is not None and _is_on(properties.get("date1904"))
        self._texts = self._shared_texts()
        self._styles = self._read_styles()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the worksheets by their tabs."""
        targets = {
            relation.get("Id"): target
            for relation, target in self._relations(self._main)
            if (relation.get("Type") or "").endswith("/worksheet")
        }
        tabs = [
            (sheet, targets[identifier])
            for sheet in self._book.iter("{*}sheet")
            if (identifier := _relation_of(sheet)) in targets
        ]
        if sum(self._size(target) for _, target in tabs) > MAX_SHEETS_BYTES:
            raise _too_large(f"unpacks to more than {MAX_SHEETS_BYTES // 2**20} MiB of sheets")
        read = [(sheet, self._read_rows(target)) for sheet, target in tabs]
        # Libraries write 0 as the result of every formula, which they leave to be worked out.
        properties = _child(self._book, "calcPr")
        is_due = properties is not None and _is_on(properties.get("fullCalcOnLoad"))
        are_made_up = is_due and not any(rows.has_results for _, rows in read)
        for sheet, rows in read:
            is_hidden = sheet.get("state", "visible") != "visible"
            name = sheet.get("name") or ""
            yield rows.finish(name, is_hidden=is_hidden, are_zeros_made_up=are_made_up)

    def _read_rows(self, part: str) -> "_SheetRows":
        rows = _SheetRows(self._texts, self._styles, is_1904=self._is_1904)
        for element in self._elements(part, "sheetView", "row", "col", "mergeCell"):
            rows.take(element)
        return rows

    def _size(self, part: str) -> int:
        return self._archive.getinfo(self._members[_folded(part)]).file_size

    def _parse(self, part: str) -> Element:
        if self._size(part) > MAX_PART_BYTES:
            raise _too_large(f"unpacks to more than {MAX_PART_BYTES // 2**20} MiB in one part")
        # Strangers' files: no entities, no network.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(self._archive.read(self._members[_folded(part)]), parser)
        _refuse_entities(root)
        return root

    def _elements(self, part: str, *names: str) -> Iterator[Element]:
        """Yield elements of a part one by one, keeping none of them in memory."""
        tags = [f"{{*}}{name}" for name in names]
        with self._archive.open(self._members[_folded(part)]) as opened:
            parsing = etree.iterparse(
                opened,
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
            )
            for number, (_, element) in enumerate(parsing):
                if not number:
                    _refuse_entities(element)
                yield element
                _forget(element)

    def _relations(self, part: str) -> Iterator[tuple[Element, str]]:
        """Yield a part's relations to others inside the file, with the names of those."""
        folder, _, name = part.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if _folded(relations) not in self._members:
            return
        for relation in self._parse(relations).iter("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
            if relation.get("TargetMode") != "External":
                yield relation, target

    def _related(self, part: str, kind: str) -> str | None:
        """The part that another is related to in some way, None where there is none."""
        found = (
            target
            for relation, target in self._relations(part)
            if (relation.get("Type") or "").endswith(kind) and _folded(target) in self._members
        )
        return next(found, None)

    def _shared_texts(self) -> list[str]:
        part = self._related(self._main, "/sharedStrings")
        if part is None:
            return []
        if self._size(part) > MAX_PART_BYTES:
            raise _too_large(f"unpacks to more than {MAX_PART_BYTES // 2**20} MiB of texts")
        texts = [_rich_text(item) for item in islice(self._elements(part, "si"), MAX_CELLS + 1)]
        if len(texts) > MAX_CELLS:
            raise _too_large(f"holds more than {MAX_CELLS:,} texts")
        return texts

    def _read_styles(self) -> list[_Style]:
        part = self._related(self._main, "/styles")
        return _read_styles(self._parse(part)) if part else []


def _refuse_entities(element: Element) -> None:
    """Refuse what no program writes, and what leaves half a text where it is not resolved."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise _damaged()


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relation_of(sheet: Element) -> str | None:
    named = (str(value) for name, value in sheet.items() if str(name).endswith("}id"))
    return next(named, None)


def _forget(element: Element) -> None:
    """Free what was read of a sheet up to an element."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next(element.iterchildren(f"{{*}}{name}"), None)


def _children(element: Element, group: str) -> list[Element]:
    """The elements of a group, in order: styles name each other by their places."""
    found = _child(element, group)
    return [] if found is None else list(found)


def _is_on(switch: str | None) -> bool:
    return switch in ("1", "true", "on")


def _number(text: str | None) -> int:
    """A whole number of an attribute, 0 where there is none."""
    return int(text) if text and text.isdecimal() else 0


def _rich_text(item: Element) -> str:
    """The text of an item without the pronunciation that may stand above it."""
    texts = (
        element.text or ""
        for element in item.iter("{*}t")
        if next(element.iterancestors("{*}rPh"), None) is None
    )
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Put back the characters that XML cannot hold: _x000D_ is a carriage return."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_styles(root: Element) -> list[_Style]:
    """The styles that cells name by their places."""
    codes = {
        _number(each.get("numFmtId")): each.get("formatCode") or GENERAL
        for each in _children(root, "numFmts")
    }
    fonts = [_is_white(_child(each, "color")) for each in _children(root, "fonts")]
    fills = [_is_filled(each) for each in _children(root, "fills")]
    borders = [_has_sides(each) for each in _children(root, "borders")]
    return [
        _Style(
            code=codes.get(number, BUILT_IN.get(number, GENERAL)),
            is_ruled=_at(borders, each.get("borderId")),
            is_unseen=_at(fonts, each.get("fontId")) and not _at(fills, each.get("fillId")),
            is_across=_is_across(_child(each, "alignment")),
        )
        for each in _children(root, "cellXfs")
        for number in (_number(each.get("numFmtId")),)
    ]


def _at(flags: Sequence[bool], place: str | None) -> bool:
    number = _number(place)
    return number < len(flags) and flags[number]


def _is_white(colour: Element | None) -> bool:
    if colour is None or float(colour.get("tint") or 0):
        return False
    return (
        (colour.get("rgb") or "").upper()[-6:] == _WHITE
        or colour.get("indexed") in _WHITE_INDEXED
        or colour.get("theme") == _WHITE_THEME
    )


def _is_across(alignment: Element | None) -> bool:
    return alignment is not None and alignment.get("horizontal") == _ACROSS


def _is_filled(fill: Element) -> bool:
    """Tell whether a fill gives a cell another colour than the paper's."""
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return True  # a gradient
    kind = pattern.get("patternType") or "none"
    return kind != "none" and not (kind == "solid" and _is_white(_child(pattern, "fgColor")))


def _has_sides(border: Element) -> bool:
    sides = (_child(border, name) for name in ("left", "right", "start", "end"))
    return any(side is not None and side.get("style", "none") != "none" for side in sides)


@dataclass(slots=True)
class _SheetRows:
    """A sheet put together while its rows are read."""

    texts: Sequence[str]
    styles: Sequence[_Style]
    is_1904: bool = field(kw_only=True)
    cells: list[SheetCell] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    across: list[Area] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    ruled: dict[int, Runs] = field(default_factory=dict)
    blank_ruled_rows: list[tuple[int, int]] = field(default_factory=list)
    shows_zeros: bool = True
    has_results: bool = False
    row: int = -1
    blank_rows: int = 0

    def take(self, element: Element) -> None:
        """Take up how the sheet is shown, a row, a column's properties or a merged area."""
        name = etree.QName(element).localname
        if name == "row":
            self._take_row(element)
        elif name == "sheetView":
            self.shows_zeros = _is_on(element.get("showZeros", "1"))
        elif name == "col":
            if _is_on(element.get("hidden")) or element.get("width") == "0":
                run = (_number(element.get("min")) - 1, _number(element.get("max")) - 1)
                self.hidden_columns.append(run)
        else:
            self.merged.append(_area(element.get("ref") or ""))
            if len(self.merged) > MAX_MERGED:
                raise _too_large(f"merges cells in more than {MAX_MERGED:,} places")

    def finish(self, name: str, *, is_hidden: bool, are_zeros_made_up: bool) -> Sheet:
        """The sheet, after its last row.

        Args:
            name: Its name.
            is_hidden: Whether its tab is hidden.
            are_zeros_made_up: Whether results that are zeros stand for what nobody worked out.
        """
        cells = [
            replace(cell, text=cell.formula, is_unreadable=True)
            if are_zeros_made_up and cell.formula
            else cell
            for cell in self.cells
        ]
        return Sheet(
            name=name,
            is_hidden=is_hidden,
            cells=cells,
            merged=[*self.merged, *self.across],
            hidden_rows=Runs(self.hidden_rows),
            hidden_columns=Runs(self.hidden_columns),
            ruled=self.ruled,
            blank_ruled_rows=Runs(self.blank_ruled_rows),
        )

    def _take_row(self, element: Element) -> None:
        number = element.get("r")
        self.row = _number(number) - 1 if number else self.row + 1
        if not 0 <= self.row <= LAST_ROW:
            raise _damaged()
        if _is_on(element.get("hidden")) or element.get("ht") == "0":
            self._lengthen(self.hidden_rows)
        if next(element.iter("{*}v", "{*}is", "{*}f"), None) is None:
            self._take_blank_row(element)
            return
        self.blank_rows = 0
        count = len(self.cells)
        ruled = [column for column, is_ruled in self._take_cells(element) if is_ruled]
        if len(self.cells) > MAX_CELLS:
            raise _too_large(f"holds more than {MAX_CELLS:,} texts and numbers")
        if len(self.cells) > count:
            self.ruled[self.row] = Runs((column, column) for column in ruled)
        elif ruled:
            self._lengthen(self.blank_ruled_rows)

    def _take_blank_row(self, element: Element) -> None:
        self.blank_rows += 1
        if self.blank_rows <= SPACER_ROWS and any(
            self._style_of(cell).is_ruled for cell in islice(element, SPACER_CELLS)
        ):
            self._lengthen(self.blank_ruled_rows)

    def _lengthen(self, runs: list[tuple[int, int]]) -> None:
        """Add the present row to runs of rows."""
        if runs and runs[-1][1] == self.row - 1:
            runs[-1] = (runs[-1][0], self.row)
        else:
            runs.append((self.row, self.row))

    def _take_cells(self, row: Element) -> Iterator[tuple[int, bool]]:
        """Take up a row's cells; yield the column of each and whether it is ruled."""
        column = -1
        aligned: list[tuple[int, bool]] = []
        for cell in row.iterchildren("{*}c"):
            reference = cell.get("r")
            column = _column(reference) if reference else column + 1
            if not 0 <= column <= LAST_COLUMN:
                raise _damaged()
            style = self._style_of(cell)
            if len(cell):
                self._take_cell(cell, column, style)
            if style.is_across:
                aligned.append((column, not len(cell)))
            yield column, style.is_ruled
        self.across += areas_across(self.row, aligned)

    def _style_of(self, cell: Element) -> _Style:
        number = _number(cell.get("s"))
        return self.styles[number] if number < len(self.styles) else _PLAIN

    def _take_cell(self, cell: Element, column: int, style: _Style) -> None:
        formula = _child(cell, "f")
        is_unreadable, zero = False, ""
        try:
            stored = self._stored(cell, formula)
            text, is_told = print_stored(
                stored, style.code, is_1904=self.is_1904, shows_zeros=self.shows_zeros
            )
            is_unreadable = cell.get("t") == "e" or not is_told
            if formula is not None:
                self.has_results = self.has_results or bool(stored)
                zero = _shown_formula(formula) if stored == 0 else ""
        except _NoValueError as unreadable:
            text, is_unreadable = str(unreadable), True
        if text.strip() or zero:
            self.cells.append(
                SheetCell(self.row, column, text, is_unreadable, style.is_unseen, zero)
            )

    def _stored(self, cell: Element, formula: Element | None) -> Stored:
        """What a cell holds.

        Raises:
            _NoValueError: It holds something else, or a formula and no value.
        """
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = _child(cell, "is")
            return None if inline is None else _rich_text(inline)
        value = _child(cell, "v")
        text = (value.text or "") if value is not None else ""
        if text or kind == "str":
            return self._value(kind, text)
        if formula is not None:
            raise _NoValueError(_shown_formula(formula))
        return None

    def _value(self, kind: str, text: str) -> Stored:
        if kind == "s":
            if not text.isdecimal() or int(text) >= len(self.texts):
                raise _damaged()
            return self.texts[int(text)]
        if kind == "b":
            return _is_on(text)
        if kind in ("str", "e"):
            return _unescaped(text)
        return _days(text) if kind == "d" else _decimal(text)


_PLAIN = _Style()


class _NoValueError(ValueError):
    """A cell without a value to print; the message is what the file holds instead."""


def _shown_formula(formula: Element) -> str:
    """A formula as a cell shows it; one that is shared is written in its first cell only."""
    return f"={formula.text or '…'}"


def _decimal(text: str) -> Decimal:
    try:
        number = stored_number(float(text))
    except ValueError as error:
        raise _NoValueError(text) from error
    if not number.is_finite():
        raise _NoValueError(text)
    return number


def _days(text: str) -> Decimal:
    """A date that the file writes as such, as the number that other files write for it."""
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError as error:
        raise _NoValueError(text) from error
    since = moment - datetime(1899, 12, 30)  # noqa: DTZ001 - a day on paper, in no zone
    return stored_number(since.total_seconds() / 86_400)


def _column(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    return _column_number(match[1]) if match else -1


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _area(reference: str) -> Area:
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if not all(ends):
        raise _damaged()
    rows = [int(end[2]) - 1 for end in ends if end]
    columns = [_column_number(end[1]) for end in ends if end]
    return Area(min(rows), min(columns), max(rows), max(columns))
