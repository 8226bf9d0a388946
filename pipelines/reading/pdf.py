"""PDF files: ruled tables and running text, page by page.

Knows pages and the order of what stands on them. Knows nothing of what the tables mean.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.reading.aligned_tables import read_aligned_tables
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.page_order import reading_order
from pipelines.reading.paragraphs import TextLine, join_lines, right_edges
from pipelines.reading.pdf_objects import Char, Frame, Overprint, PageObjects, read_pages
from pipelines.reading.ruled_tables import Faults, read_ruled_tables
from pipelines.reading.side_by_side import cut_sheets
from pipelines.reading.text_lines import group_lines, line_text


@dataclass(frozen=True, slots=True)
class _PageContent:
    """A page's tables and the text lines outside them.

    ``frame`` and ``height`` tell how it lies in the file; ``has_picture`` a page that shows
    something other than text, rulings and nothing.
    """

    number: int
    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    hidden: tuple[Paragraph, ...]
    watermarks: tuple[Paragraph, ...]
    has_text: bool
    has_picture: bool
    frame: Frame
    height: float


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
    faults = Faults()
    pages = [_read_page(page, faults) for page in cut_sheets(read_pages(content))]
    pages = [pages[place] for place in reading_order(pages)]
    page_count = len({page.number for page in pages})
    textless = tuple(page.number for page in pages if page.has_picture and not page.has_text)
    if not any(page.has_text for page in pages):
        raise UnreadableFileError(
            UnreadableReason.NO_TEXT,
            f"none of its {page_count} pages carries text (scans or pictures); "
            "it needs OCR before it can be read",
        )
    return Document(
        sha256=sha256,
        file_name=file_name,
        kind=FileKind.PDF,
        blocks=tuple(_in_reading_order(pages)),
        page_count=page_count,
        textless_pages=textless,
        hidden_texts=tuple(text for page in pages for text in page.hidden),
        unreadable=tuple(
            Paragraph(cell.text, cell.place)
            for page in pages
            for table in page.tables
            for cell in table.cells
            if cell.is_unreadable
        ),
        watermarks=tuple(text for page in pages for text in page.watermarks),
    )


def _read_page(page: PageObjects, faults: Faults) -> _PageContent:
    ruled = read_ruled_tables(page, faults)
    aligned = read_aligned_tables(page, group_lines(ruled.outside))
    return _PageContent(
        number=page.number,
        tables=(*ruled.tables, *aligned.tables),
        lines=tuple(_to_line(line, page) for line in aligned.lines),
        hidden=tuple(_to_paragraph(line, page) for line in group_lines(page.hidden)),
        watermarks=tuple(_watermark(each, page) for each in page.overprints),
        has_text=bool(page.chars),
        has_picture=page.has_picture,
        frame=page.frame,
        height=page.height,
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
        frame=page.frame,
    )


def _to_paragraph(chars: Sequence[Char], page: PageObjects) -> Paragraph:
    line = _to_line(chars, page)
    return Paragraph(line.text, line.place)


def _watermark(printed: Overprint, page: PageObjects) -> Paragraph:
    return Paragraph(printed.text, Place(page=page.number, bbox=page.frame.in_file(printed.box)))


def _in_reading_order(pages: Sequence[_PageContent]) -> Iterator[Paragraph | Table]:
    """Yield blocks from top to bottom; paragraphs go on over a page's end, not over a table."""
    pending: list[TextLine] = []
    edges = right_edges(line for page in pages for line in page.lines)
    for page in pages:
        events: list[tuple[float, TextLine | Table]] = [
            *((_top(line.place), line) for line in page.lines),
            *((_top(table.place), table) for table in page.tables),
        ]
        for _, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, TextLine):
                pending.append(event)
                continue
            yield from join_lines(pending, edges)
            pending = []
            yield event
    yield from join_lines(pending, edges)


def _top(place: Place) -> float:
    return place.bbox[1] if place.bbox else 0.0
