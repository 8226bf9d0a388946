"""PDF files: ruled tables and running text, page by page.

Knows pages and the order of what stands on them. Knows nothing of what the tables mean.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.reading.aligned_tables import read_aligned_tables
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.paragraphs import TextLine, join_lines, right_edges
from pipelines.reading.pdf_objects import Char, PageObjects, read_pages
from pipelines.reading.ruled_tables import read_ruled_tables
from pipelines.reading.text_lines import group_lines, line_text


@dataclass(frozen=True, slots=True)
class _PageContent:
    """A page's tables and the text lines outside them.

    ``has_picture`` tells a page that shows something other than text, rulings and nothing.
    """

    number: int
    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    hidden: tuple[Paragraph, ...]
    has_text: bool
    has_picture: bool


def read_pdf(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a PDF file with a text layer.

    Args:
        content: The file's bytes.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: The file is damaged, needs a password or carries no text at all.
            Single pages without text are named in the document instead.
    """
    pages = tuple(_read_page(page) for page in read_pages(content))
    textless = tuple(page.number for page in pages if page.has_picture and not page.has_text)
    if not any(page.has_text for page in pages):
        raise UnreadableFileError(
            UnreadableReason.NO_TEXT,
            f"none of its {len(pages)} pages carries text (scans or pictures); "
            "it needs OCR before it can be read",
        )
    return Document(
        sha256=sha256,
        file_name=file_name,
        kind=FileKind.PDF,
        blocks=tuple(_in_reading_order(pages)),
        page_count=len(pages),
        textless_pages=textless,
        hidden_texts=tuple(text for page in pages for text in page.hidden),
    )


def _read_page(page: PageObjects) -> _PageContent:
    ruled = read_ruled_tables(page)
    aligned = read_aligned_tables(page, group_lines(ruled.outside))
    return _PageContent(
        number=page.number,
        tables=(*ruled.tables, *aligned.tables),
        lines=tuple(_to_line(line, page) for line in aligned.lines),
        hidden=tuple(_to_paragraph(line, page) for line in group_lines(page.hidden)),
        has_text=bool(page.chars),
        has_picture=page.has_picture,
    )


def _to_line(chars: Sequence[Char], page: PageObjects) -> TextLine:
    return TextLine(
        text=line_text(chars),
        page=page.number,
        page_width=page.width,
        page_height=page.height,
        x0=chars[0].x0,
        top=min(char.top for char in chars),
        x1=max(char.x1 for char in chars),
        bottom=max(char.bottom for char in chars),
        chars=tuple(chars),
    )


def _to_paragraph(chars: Sequence[Char], page: PageObjects) -> Paragraph:
    line = _to_line(chars, page)
    return Paragraph(
        line.text, Place(page=page.number, bbox=(line.x0, line.top, line.x1, line.bottom))
    )


def _in_reading_order(pages: Sequence[_PageContent]) -> Iterator[Paragraph | Table]:
    """Yield blocks from top to bottom; paragraphs go on over a page's end, not over a table."""
    pending: list[TextLine] = []
    edges = right_edges(line for page in pages for line in page.lines)
    for page in pages:
        events: list[tuple[float, TextLine | Table]] = [(line.top, line) for line in page.lines]
        events.extend((_top(table), table) for table in page.tables)
        for _, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, TextLine):
                pending.append(event)
                continue
            yield from join_lines(pending, edges)
            pending = []
            yield event
    yield from join_lines(pending, edges)


def _top(table: Table) -> float:
    return table.place.bbox[1] if table.place.bbox else 0.0
