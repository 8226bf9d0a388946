"""Web pages that carry their tables in the page itself, and the web archives saved as .doc.

Knows HTML: character sets, merged cells, tables used for layout, what a browser does not show.
Knows nothing of what the tables mean.
"""

import codecs
import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree, html

from pipelines.domain.document import Cell, Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place, TextPiece
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import is_web_archive

# The largest genuine page seen is under 2 MB; a longer one is no disclosure.
MAX_PAGE_BYTES = 64 * 1024 * 1024
# HTML's own limit for colspan; a rowspan ends with its table.
_MAX_COLUMN_SPAN = 1000
_MAX_GRID_POSITIONS = 1_000_000

_DECLARED_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WINDOW = 4096
_PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml"))
# Pages that say GB2312 or GBK use the characters of its superset.
_SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# lxml refuses text that declares an encoding of its own.
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDING_STYLE = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")

_UNPRINTED = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "select", "option", "textarea"),
        *("button", "iframe", "object", "svg", "canvas", "audio", "video", "map", "rp", "rt"),
    )
)
# What surrounds an article on every page of a site.
_PAGE_FURNITURE = frozenset(("nav", "header", "footer", "aside", "menu"))
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "body", "form", "fieldset", "center", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre"),
        *("blockquote", "figure", "figcaption", "address", "td", "th", "tr", "tbody", "caption"),
    )
)
_CELLS = frozenset(("td", "th"))
_ROWS_OF = ("thead", "tbody", "tfoot")
# A table with others inside holds data of its own where so many rows name a number.
_MIN_OWN_ROWS = 2
# Running text as long as this in one cell: the table lays out the page and holds no figures.
_LAYOUT_TEXT_LENGTH = 600
_NUMBER = re.compile(r"-?[\d,.]*\d")

Element = etree._Element


def read_web_page(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a web page, or a web archive (MHTML) that a word processor saved as .doc.

    Args:
        content: The file's bytes.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: The page is too large, not HTML inside, or shows no text.
    """
    if len(content) > MAX_PAGE_BYTES:
        raise UnreadableFileError(
            UnreadableReason.DAMAGED,
            f"the page is larger than {MAX_PAGE_BYTES // 2**20} MiB; it is not a disclosure",
        )
    reader = _PageReader()
    roots = map(_parsed, _page_texts(content))
    blocks = tuple(chain.from_iterable(reader.blocks(root) for root in roots if root is not None))
    if not blocks:
        raise _no_text()
    return Document(sha256=sha256, file_name=file_name, kind=FileKind.WEB_PAGE, blocks=blocks)


def _no_text() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.NO_TEXT, "the web page shows no text; check what was published"
    )


def _parsed(text: str) -> Element | None:
    """The root of a page; None of one of nothing but comments or control characters."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(_XML_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def _page_texts(content: bytes) -> list[str]:
    """Unpack a page's text from its archive and its character set.

    An archive may hold a page of frames first, and behind it what these show: a sheet each.
    """
    if not is_web_archive(content):
        return [_decode(content, declared="")]
    message = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
    texts = [
        _decode(payload, declared=str(part.get_content_charset() or ""))
        for part in message.walk()
        if part.get_content_type() in _PAGE_TYPES
        and isinstance(payload := part.get_payload(decode=True), bytes)
    ]
    if not texts:
        raise UnreadableFileError(
            UnreadableReason.NOT_A_DOCUMENT,
            "a web archive (MHTML) without a page in it; check what was published",
        )
    return texts


def _decode(content: bytes, *, declared: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if not declared:
        match = _DECLARED_CHARSET.search(content[:_CHARSET_WINDOW])
        declared = match[1].decode("ascii") if match else "utf-8"
    declared = _SUPERSET.get(declared.lower(), declared)
    # Sites declare what their template once was. Text in another set is not UTF-8 by chance, while
    # UTF-8 often passes for GB18030: the bytes decide before the declaration.
    for encoding in ("utf-8", declared, "gb18030"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return content.decode(declared, errors="replace")
    except LookupError:
        return content.decode("gb18030", errors="replace")


@dataclass
class _Text:
    """A paragraph under construction, and whether anything in it is not a link."""

    pieces: list[tuple[str, Element]] = field(default_factory=list)
    is_linked_only: bool = True

    def add(self, text: str, element: Element, *, linked: bool) -> None:
        self.pieces.append((text, element))
        if text.strip():
            self.is_linked_only &= linked


class _PageReader:
    """Walks a page in reading order, numbering its tables and paragraphs from 1."""

    def __init__(self) -> None:
        self._table_count = 0
        self._paragraph_count = 0

    def blocks(self, root: Element) -> Iterator[Paragraph | Table]:
        """Yield what the page shows."""
        text = _Text()
        yield from self._walk(root, text, linked=False)
        yield from self._flush(text)

    def _walk(self, element: Element, text: _Text, *, linked: bool) -> Iterator[Paragraph | Table]:
        tag = _tag(element)
        if tag in _PAGE_FURNITURE or _is_hidden(element):
            return
        if tag == "br":
            yield from self._flush(text)
            return
        if tag == "table" and not _lays_out(element):
            yield from self._flush(text)
            yield self._read_table(element)
            for grid in _nested_grids(element):
                yield from self._walk(grid, text, linked=linked)
            return
        is_block = tag in _BLOCKS or tag == "table"
        if is_block:
            yield from self._flush(text)
        linked = linked or tag == "a"
        text.add(element.text or "", element, linked=linked)
        for child in element:
            yield from self._walk(child, text, linked=linked)
            text.add(child.tail or "", element, linked=linked)
        if is_block:
            yield from self._flush(text)

    def _flush(self, text: _Text) -> Iterator[Paragraph]:
        """Close the paragraph; one that is all links is navigation and no running text."""
        paragraph = _to_paragraph(text.pieces, f"p[{self._paragraph_count + 1}]")
        is_navigation = text.is_linked_only
        text.pieces.clear()
        text.is_linked_only = True
        if paragraph.text.strip() and not is_navigation:
            self._paragraph_count += 1
            yield paragraph

    def _read_table(self, table: Element) -> Table:
        self._table_count += 1
        path = f"table[{self._table_count}]"
        rows = list(_rows(table))
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for row, element in enumerate(rows):
            column = 0
            for position, cell in enumerate(_shown_cells(element), start=1):
                while (row, column) in taken:
                    column += 1
                column_span = min(_span(cell, "colspan"), _MAX_COLUMN_SPAN)
                row_span = _row_span(cell, remaining=len(rows) - row)
                # Cells that would overlap end where the next one begins.
                while column_span > 1 and (row, column + column_span - 1) in taken:
                    column_span -= 1
                taken.update(
                    (row + down, column + right)
                    for down in range(row_span)
                    for right in range(column_span)
                )
                if len(taken) > _MAX_GRID_POSITIONS:
                    raise UnreadableFileError(
                        UnreadableReason.DAMAGED,
                        f"{path} has more than {_MAX_GRID_POSITIONS:,} cells; "
                        "it is not a disclosure",
                    )
                place = Place(path=f"{path}/tr[{row + 1}]/{_tag(cell)}[{position}]")
                cells.append(Cell(_cell_text(cell), row, column, row_span, column_span, place))
                column += column_span
        return Table(
            cells=tuple(cells),
            row_count=len(rows),
            column_count=max(column + 1 for _, column in taken),
            place=Place(path=path),
        )


def _to_paragraph(texts: Iterable[tuple[str, Element]], path: str) -> Paragraph:
    """Join texts to a paragraph, as a browser shows their white space.

    An element inside the paragraph is numbered among those of its tag that print text there.
    """
    printed = ""
    pieces: list[TextPiece] = []
    paths: dict[Element, str] = {}
    counts: Counter[str] = Counter()
    for text, element in texts:
        shown = _WHITE_SPACE.sub(" ", text)
        if not printed or printed.endswith(" "):
            shown = shown.removeprefix(" ")
        if shown.strip(" "):
            tag = _tag(element)
            if element not in paths:
                counts[tag] += 1
                paths[element] = path if tag in _BLOCKS else f"{path}/{tag}[{counts[tag]}]"
            if not pieces or pieces[-1].place.path != paths[element]:
                pieces.append(TextPiece(len(printed), Place(path=paths[element])))
        printed += shown
    return Paragraph(printed.rstrip(" "), Place(path=path), tuple(pieces))


def _tag(element: Element) -> str:
    return str(element.tag).lower()


def _is_hidden(element: Element) -> bool:
    return (
        _tag(element) in _UNPRINTED
        or element.get("hidden") is not None
        or _HIDING_STYLE.search(element.get("style") or "") is not None
    )


def _lays_out(table: Element) -> bool:
    """Tell a table that arranges the page from one that holds data."""
    if _holds_table(table):
        return sum(map(_names_a_number, _rows(table))) < _MIN_OWN_ROWS
    rows = [list(_shown_cells(row)) for row in _rows(table)]
    if max(map(len, rows), default=0) < 2:  # a list or a frame, no grid
        return True
    # A single row with a number may be the last of a form that was broken for pages.
    if len(rows) < 2 and not any(map(_is_number, rows[0])):
        return True
    return any(len(_cell_text(cell)) > _LAYOUT_TEXT_LENGTH for row in rows for cell in row)


def _holds_table(element: Element) -> bool:
    return next(element.iterdescendants("table"), None) is not None


def _names_a_number(row: Element) -> bool:
    """Tell whether a row prints a text and a number, outside any nested table."""
    texts = [_cell_text(cell).strip() for cell in _shown_cells(row) if not _holds_table(cell)]
    numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
    return 0 < numbers < sum(map(bool, texts))


def _is_grid(element: Element) -> bool:
    """Tell a table of rows and columns from a frame, and from what lays out one line."""
    if _tag(element) != "table":
        return False
    widths = [sum(1 for _ in _shown_cells(row)) for row in _rows(element)]
    return len(widths) > 1 and max(widths) > 1


def _nested_grids(element: Element) -> Iterator[Element]:
    """Yield the grids inside the cells of a table that holds data, outermost ones only."""
    for child in element:
        if _is_hidden(child):
            continue
        if _is_grid(child):
            yield child
        else:
            yield from _nested_grids(child)


def _is_number(cell: Element) -> bool:
    return _NUMBER.fullmatch(_cell_text(cell).strip()) is not None


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if _is_hidden(child):
            continue
        if _tag(child) == "tr":
            yield child
        elif _tag(child) in _ROWS_OF:
            yield from (row for row in child if _tag(row) == "tr" and not _is_hidden(row))


def _shown_cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if _tag(cell) in _CELLS and not _is_hidden(cell))


def _span(cell: Element, name: str) -> int:
    """Read a span as browsers do: what is no number counts as 1."""
    match = re.match(r"\s*\+?(\d{1,6})", cell.get(name) or "")
    return max(1, int(match[1])) if match else 1


def _row_span(cell: Element, *, remaining: int) -> int:
    if (cell.get("rowspan") or "").strip() == "0":  # to the table's end
        return remaining
    return min(_span(cell, "rowspan"), remaining)


def _cell_text(cell: Element) -> str:
    lines: list[list[str]] = [[]]
    _gather(cell, lines)
    printed = (_WHITE_SPACE.sub(" ", "".join(line)).strip(" ") for line in lines)
    return "\n".join(line for line in printed if line)


def _gather(element: Element, lines: list[list[str]]) -> None:
    """Collect an element's text into lines, broken where a browser breaks them."""
    lines[-1].append(element.text or "")
    for child in element:
        # A grid inside a cell is a table of its own.
        if not _is_hidden(child) and not _is_grid(child):
            breaks = _tag(child) in _BLOCKS
            if breaks or _tag(child) == "br":
                lines.append([])
            _gather(child, lines)
            if breaks:
                lines.append([])
        lines[-1].append(child.tail or "")
