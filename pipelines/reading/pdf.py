"""PDF files: ruled tables and running text, page by page.

Knows pages, characters and rulings. Knows nothing of what the tables mean.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.paragraphs import TextLine, join_lines, right_edges
from pipelines.reading.ruled_tables import covers, read_ruled_tables

# pdfminer reports every oddity of a file as a warning; what matters is raised or recorded.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class _PageContent:
    """A page's tables and the text lines outside them.

    ``has_picture`` tells a page that shows something other than text, rulings and nothing.
    """

    number: int
    width: float
    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    has_picture: bool

    @property
    def has_text(self) -> bool:
        return bool(self.lines) or any(
            cell.text.strip() for table in self.tables for cell in table.cells
        )


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
    pages = tuple(_read_pages(content))
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
    )


def _read_pages(content: bytes) -> Iterator[_PageContent]:
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if not pdf.pages:
                raise _damaged()
            for page in pdf.pages:
                yield _read_page(page)
                page.close()  # frees the page's characters, so that memory stays flat
    except PdfminerException as error:
        if isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableFileError(
                UnreadableReason.ENCRYPTED,
                "the PDF is protected by a password; obtain an unprotected copy",
            ) from error
        raise _damaged() from error
    except MalformedPDFException as error:
        raise _damaged() from error


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the PDF is damaged or cut short; fetch it again"
    )


def _read_page(page: Page) -> _PageContent:
    tables = tuple(read_ruled_tables(page))
    outside = page.filter(lambda thing: not any(covers(table.place, thing) for table in tables))
    lines = tuple(
        TextLine(
            text=line["text"],
            page=page.page_number,
            page_width=float(page.width),
            page_height=float(page.height),
            x0=line["x0"],
            top=line["top"],
            x1=line["x1"],
            bottom=line["bottom"],
        )
        for line in outside.extract_text_lines(return_chars=False)
    )
    # Curves: some exporters draw glyphs as outlines, which is a picture of text.
    has_picture = bool(page.images or page.curves)
    return _PageContent(page.page_number, float(page.width), tables, lines, has_picture)


def _in_reading_order(pages: tuple[_PageContent, ...]) -> Iterator[Paragraph | Table]:
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
