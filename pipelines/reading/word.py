"""Word files, from their XML.

Knows WordprocessingML: merged and nested cells, fields, bookmarks, text boxes, tracked changes,
numbered lists.
Knows nothing of what the tables mean.

The XML is walked directly, because python-docx hides what decides a figure: cells' exact spans,
field instructions that must not leak into text, deleted revisions and the path of each cell.
"""

import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, count, takewhile

from lxml import etree

from pipelines.domain.document import Cell, Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place, TextPiece
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import BROKEN_ARCHIVE, WORD_MAIN_PART
from pipelines.reading.word_lists import ListNumbers

# The largest genuine disclosure seen unpacks to under 1 MB of XML; a bomb unpacks to gigabytes.
MAX_XML_BYTES = 64 * 1024 * 1024

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = f"{{{_TRANSITIONAL}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATIONS = "_rels/.rels"
_VALUE = f"{_W}val"
_WHITE = "FFFFFF"
# In twentieths of a point: no character fits into a narrower column.
_NARROWEST_COLUMN = 60

Element = etree._Element

# What zipfile, zlib and lxml raise for a file that is broken.
_DAMAGE = (*BROKEN_ARCHIVE, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError)

# Text inside these is not printed: deleted revisions, field instructions, drawing descriptions.
_UNPRINTED = frozenset(
    f"{_W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tcPr", "tblPr")
)
# Ruby is text with its pronunciation above it; dir and bdo state the text's direction.
_CONTAINERS = frozenset(
    f"{_W}{name}"
    for name in (
        *("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"),
        *("ruby", "rubyBase", "dir", "bdo"),
    )
)
# A text box inside one of these is not the paragraph's own, or is its second rendering.
_NOT_OWN = frozenset((f"{_MC}Fallback", f"{_W}txbxContent", f"{_W}del", f"{_W}moveFrom"))


def read_word(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a .docx file.

    Args:
        content: The file's bytes.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: The main part is missing, damaged, too large or without any text.
    """
    root, styles, numbering = _parse_parts(content)
    if next(root.iter(etree.Entity), None) is not None:
        raise _damaged()  # Word writes none, and without it half a text is left
    body = root.find(f"{_W}body")
    blocks: list[Paragraph | Table] = []
    if body is not None:
        _drop_hidden_by_style(body, styles)
        ListNumbers(numbering, styles).print_into(body)
        blocks.extend(_read_blocks(body, "body"))
    if not any(_has_text(block) for block in blocks):
        raise UnreadableFileError(
            UnreadableReason.NO_TEXT, "the Word file contains no text; check what was published"
        )
    return Document(sha256=sha256, file_name=file_name, kind=FileKind.DOCX, blocks=tuple(blocks))


def _parse_parts(content: bytes) -> tuple[Element, Element | None, Element | None]:
    """Parse a file's text, its styles and its lists, None where it has none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            main = _main_part(archive)
            folder = main.rpartition("/")[0]
            beside = [f"{folder}/{name}.xml".lstrip("/") for name in ("styles", "numbering")]
            there = set(archive.namelist())
            styles, numbering = (
                _parse_part(archive, part) if part in there else None for part in beside
            )
            return _parse_part(archive, main), styles, numbering
    except _DAMAGE as error:
        raise _damaged() from error
    except NotImplementedError as error:  # an unknown compression method
        raise UnreadableFileError(
            UnreadableReason.DAMAGED, "the Word file is packed in an unknown way; save it again"
        ) from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            "the Word file is protected by a password; obtain an unprotected copy",
        ) from error


def _main_part(archive: zipfile.ZipFile) -> str:
    """Find the part that holds the text: the package says which, and nearly always the same."""
    if WORD_MAIN_PART in archive.namelist():
        return WORD_MAIN_PART
    relations = _parse_part(archive, _RELATIONS)
    for relation in relations.iter(_RELATION):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    return WORD_MAIN_PART


def _parse_part(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MAX_XML_BYTES:
        raise UnreadableFileError(
            UnreadableReason.DAMAGED,
            f"the Word file unpacks to more than {MAX_XML_BYTES // 2**20} MiB of text; "
            "it is not a disclosure",
        )
    root = _parse_xml(archive.read(name))
    if etree.QName(root).namespace != _STRICT:
        return root
    # Strict files are the same but for the namespaces' names.
    xml = etree.tostring(root, encoding="utf-8")
    return _parse_xml(xml.replace(_STRICT.encode(), _TRANSITIONAL.encode()))


def _parse_xml(xml: bytes) -> Element:
    # No entities, no network: the file comes from strangers.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(xml, parser)


def _drop_hidden_by_style(body: Element, styles: Element | None) -> None:
    """Take the runs out of a body that a style hides and that do not say otherwise."""
    hidden = _hiding_styles(styles) if styles is not None else frozenset[str]()
    if not hidden:
        return
    for run in tuple(body.iter(f"{_W}r")):
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        of_run = _style_of(run, "rPr/{}rStyle")
        of_paragraph = _style_of(paragraph, "pPr/{}pStyle") if paragraph is not None else ""
        is_own = run.find(f"{_W}rPr/{_W}vanish") is not None
        if not is_own and hidden & {of_run, of_paragraph}:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)


def _hiding_styles(styles: Element) -> frozenset[str]:
    """The styles whose text is not printed, those based on them included."""
    vanishing: dict[str, bool] = {}
    bases: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        vanish = style.find(f"{_W}rPr/{_W}vanish")
        if vanish is not None:
            vanishing[name] = _is_on(vanish)
        bases[name] = _style_of(style, "{}basedOn")
    return frozenset(name for name in bases if _inherits(name, vanishing, bases))


def _inherits(name: str, vanishing: Mapping[str, bool], bases: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while name and name not in vanishing and name not in seen:
        seen.add(name)
        name = bases.get(name, "")
    return vanishing.get(name, False)


def _style_of(element: Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step.removeprefix('{}')}" for step in path.split("/")))
    return (found.get(_VALUE) or "") if found is not None else ""


def _is_on(switch: Element) -> bool:
    return switch.get(_VALUE, "true") not in ("0", "false", "off")


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the Word file is damaged inside; fetch it again"
    )


def _has_text(block: Paragraph | Table) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for cell in block.cells)


def _read_blocks(parent: Element, path: str) -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and tables of a body or cell, containers opened, in order.

    A paragraph whose end was deleted goes on with the next one.
    """
    counters = {"p": 0, "tbl": 0}
    parts: list[Element] = []
    for element in _flatten(parent):
        if element.tag == f"{_W}p":
            counters["p"] += 1
            parts.append(element)
            if not _has_deleted_end(element):
                yield from _read_whole_paragraph(parts, f"{path}/p[{counters['p']}]")
                parts = []
        elif element.tag == f"{_W}tbl":
            counters["tbl"] += 1
            read = _read_layout if _lays_out(element) else _read_table
            yield from read(element, f"{path}/tbl[{counters['tbl']}]")
    if parts:
        yield from _read_whole_paragraph(parts, f"{path}/p[{counters['p']}]")


def _has_deleted_end(paragraph: Element) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _read_whole_paragraph(parts: Sequence[Element], path: str) -> Iterator[Paragraph | Table]:
    """Yield a paragraph, if it prints anything, and what stands in its text boxes.

    Args:
        parts: The paragraph, behind those whose ends were deleted.
        path: Its path.
    """
    paragraph = _read_paragraph(parts, path)
    if paragraph.text.strip():
        yield paragraph
    for part in parts:
        for box in _text_boxes(part):
            yield from _read_blocks(box, f"{path}/txbx")


def _lays_out(table: Element) -> bool:
    """Tell whether a table only frames others: tables in a single column of cells."""
    if next(table.iterdescendants(f"{_W}tbl"), None) is None:
        return False
    return all(
        sum(cell.tag == f"{_W}tc" for cell in _flatten(row)) <= 1 for _, row in _shown_rows(table)
    )


def _read_layout(table: Element, path: str) -> Iterator[Paragraph | Table]:
    """Yield what the cells of a frame hold, as if it stood without the frame."""
    for number, row in _shown_rows(table):
        for cell in _flatten(row):
            if cell.tag == f"{_W}tc":
                yield from _read_blocks(cell, f"{path}/tr[{number}]/tc[1]")


def _flatten(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in _CONTAINERS:
            yield from _flatten(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _flatten(_chosen_alternative(child))
        elif child.tag not in _UNPRINTED:
            yield child


def _chosen_alternative(element: Element) -> Element:
    """Pick one rendering of alternative content, so that its text is not read twice."""
    choice = element.find(f"{_MC}Choice")
    if choice is not None:
        return choice
    fallback = element.find(f"{_MC}Fallback")
    return fallback if fallback is not None else element


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, each once; those of deleted revisions not."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        between = takewhile(lambda element: element is not paragraph, box.iterancestors())
        if not any(element.tag in _NOT_OWN for element in between):
            yield box


def _shown_rows(table: Element) -> list[tuple[int, Element]]:
    """The rows of a table that are printed, each with its number from 1."""
    rows = (child for child in _flatten(table) if child.tag == f"{_W}tr")
    return [(number, row) for number, row in enumerate(rows, start=1) if not _is_left_out(row)]


def _is_left_out(row: Element) -> bool:
    """Tell whether a row was deleted, or is hidden."""
    hidden = row.find(f"{_W}trPr/{_W}hidden")
    return row.find(f"{_W}trPr/{_W}del") is not None or (hidden is not None and _is_on(hidden))


def _read_paragraph(parts: Sequence[Element], path: str) -> Paragraph:
    texts: list[str] = []
    pieces: list[TextPiece] = []
    begin, last_path = 0, ""
    fields: list[bool] = []
    numbers = count(1)
    runs = chain.from_iterable(_run_texts(part, path, fields, numbers) for part in parts)
    for run_path, text in runs:
        if text and run_path != last_path:
            pieces.append(TextPiece(begin, Place(path=run_path)))
            last_path = run_path
        texts.append(text)
        begin += len(text)
    return Paragraph(text="".join(texts), place=Place(path=path), pieces=tuple(pieces))


def _symbol(element: Element) -> str:
    code = element.get(f"{_W}char") or ""
    try:
        symbol = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    # Control characters and halves of pairs are no text and cannot be stored.
    return "" if unicodedata.category(symbol) in ("Cc", "Cs") else symbol


_RUN_TEXT: dict[str, Callable[[Element], str]] = {
    f"{_W}t": lambda element: element.text or "",
    f"{_W}tab": lambda _: "\t",
    f"{_W}ptab": lambda _: "\t",
    f"{_W}br": lambda _: "\n",
    f"{_W}cr": lambda _: "\n",
    f"{_W}noBreakHyphen": lambda _: "-",
    f"{_W}sym": _symbol,
}


def _run_texts(
    element: Element, path: str, fields: list[bool], numbers: Iterator[int]
) -> Iterator[tuple[str, str]]:
    """Yield an element's texts, each with the path of its run.

    What another field puts into a field's instruction is part of the instruction.

    Args:
        element: The paragraph, or something in it.
        path: Its path.
        fields: Of each open field, whether its result began.
        numbers: Of the paragraph's runs from 1; those of links and fields count with the others.
    """
    for child in _flatten(element):
        if child.tag == f"{_W}fldChar":
            _open_or_close(fields, child.get(f"{_W}fldCharType") or "")
            continue
        read = _RUN_TEXT.get(str(child.tag))
        if read is not None and all(fields):
            yield path, read(child)
        elif child.tag == f"{_W}r":
            run_path = f"{path}/r[{next(numbers)}]"
            if not _is_hidden(child):
                yield from _run_texts(child, run_path, fields, numbers)
        elif child.tag in (f"{_W}hyperlink", f"{_W}fldSimple"):
            yield from _run_texts(child, path, fields, numbers)


def _open_or_close(fields: list[bool], mark: str) -> None:
    if mark == "begin":
        fields.append(False)
    elif mark == "separate" and fields:
        fields[-1] = True
    elif mark == "end" and fields:
        fields.pop()


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    if vanish is not None and _is_on(vanish):
        return True
    colour = run.find(f"{_W}rPr/{_W}color")
    if colour is None or (colour.get(_VALUE) or "").upper() != _WHITE:
        return False
    return not _stands_on_shading(run)


def _stands_on_shading(run: Element) -> bool:
    """Tell whether a run, or what it stands in, is shaded: there white text can be read."""
    for element in (run, *run.iterancestors()):
        shading = element.find(f"{_W}{_local_name(element)}Pr/{_W}shd")
        fill = (shading.get(f"{_W}fill") or "auto").upper() if shading is not None else "AUTO"
        if fill not in ("AUTO", _WHITE):
            return True
    return False


def _local_name(element: Element) -> str:
    return etree.QName(element).localname


@dataclass
class _GridCell:
    """A cell under construction: vertical merges lengthen it row by row."""

    row: int
    column: int
    column_span: int
    path: str
    row_span: int = 1
    texts: list[str] = field(default_factory=list)


def _read_table(table: Element, path: str) -> Iterator[Table]:
    """Yield the table and then the tables nested in its cells, each with its own grid."""
    cells: list[_GridCell] = []
    nested: list[Table] = []
    open_merges: dict[int, _GridCell] = {}
    rows = _shown_rows(table)
    slivers = _slivers(table, rows)
    for row, (number, row_element) in enumerate(rows):
        for position, element, begin, end in _placed_cells(row_element):
            column = begin - bisect_left(slivers, begin)
            span = end - bisect_left(slivers, end) - column
            merge = element.find(f"{_W}tcPr/{_W}vMerge")
            above = open_merges.get(column)
            if merge is not None and _continues(merge) and above and above.column_span == span:
                above.row_span = row - above.row + 1
            else:
                above = _GridCell(row, column, span, f"{path}/tr[{number}]/tc[{position}]")
                cells.append(above)
                _update_merges(open_merges, above, opens=merge is not None)
            nested.extend(_read_cell(element, above))
    yield _to_table(cells, len(rows), path)
    yield from nested


def _placed_cells(row: Element) -> Iterator[tuple[int, Element, int, int]]:
    """Yield a row's cells: position, and from which grid column to before which each reaches.

    One that is joined to the left widens that one.
    """
    cells = [child for child in _flatten(row) if child.tag == f"{_W}tc"]
    begin = _grid_skip(row, "gridBefore")
    for position, cell in enumerate(cells, start=1):
        if position > 1 and _joins_left(cell):
            continue  # what such a cell holds is not shown
        joined = takewhile(_joins_left, cells[position:])
        end = begin + _span(cell) + sum(map(_span, joined))
        yield position, cell, begin, end
        begin = end


def _slivers(table: Element, rows: Iterable[tuple[int, Element]]) -> Sequence[int]:
    """The grid columns, in order, that are too narrow to be seen and are no cell's only ones.

    Programs leave them where the borders of one column do not quite meet from row to row.
    """
    widths = [
        _whole_number(column, 0, f"{_W}w") for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol")
    ]
    narrow = {number for number, width in enumerate(widths) if 0 < width < _NARROWEST_COLUMN}
    if narrow:
        for _, row in rows:
            for _, _, begin, end in _placed_cells(row):
                if narrow.issuperset(range(begin, end)):
                    narrow.discard(begin)
    return sorted(narrow)


def _joins_left(cell: Element) -> bool:
    """Tell whether a cell is merged into the one to its left, the old way."""
    merge = cell.find(f"{_W}tcPr/{_W}hMerge")
    return merge is not None and _continues(merge)


def _grid_skip(row: Element, name: str) -> int:
    return _whole_number(row.find(f"{_W}trPr/{_W}{name}"), 0)


def _span(cell: Element) -> int:
    return max(1, _whole_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))


def _whole_number(element: Element | None, default: int, name: str = _VALUE) -> int:
    """Read a property's number, the default where it is not there."""
    try:
        return default if element is None else int(element.get(name, default))
    except ValueError as error:  # a guess would shift every figure behind it
        raise _damaged() from error


def _continues(merge: Element) -> bool:
    return merge.get(_VALUE, "continue") == "continue"


def _update_merges(merges: dict[int, _GridCell], cell: _GridCell, *, opens: bool) -> None:
    for column in range(cell.column, cell.column + cell.column_span):
        merges.pop(column, None)
    if opens:
        merges[cell.column] = cell


def _read_cell(element: Element, cell: _GridCell) -> Iterator[Table]:
    """Add the element's text to the cell; yield the tables nested in it."""
    for block in _read_blocks(element, cell.path):
        if isinstance(block, Table):
            yield block
        else:
            cell.texts.append(block.text)


def _to_table(cells: list[_GridCell], row_count: int, path: str) -> Table:
    return Table(
        cells=tuple(
            Cell(
                text="\n".join(cell.texts),
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                place=Place(path=cell.path),
            )
            for cell in cells
        ),
        row_count=row_count,
        column_count=max((cell.column + cell.column_span for cell in cells), default=0),
        place=Place(path=path),
    )
