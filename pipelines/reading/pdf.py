"""PDF files: ruled tables and running text, page by page.

Knows pages and the order of what stands on them. Knows nothing of what the tables mean.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

from pipelines.domain.document import Document, FileKind, Paragraph, PicturedPage, Table
from pipelines.domain.place import Place
from pipelines.reading.aligned_tables import read_aligned_tables
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.page_order import reading_order
from pipelines.reading.pages_across import join_across, part_by_page
from pipelines.reading.paragraphs import TextLine, join_lines, right_edges
from pipelines.reading.pdf_objects import (
    WHOLE_SHEET,
    Char,
    Frame,
    Overprint,
    PageObjects,
    is_on_sheet,
    read_pages,
)
from pipelines.reading.ruled_tables import Faults, read_ruled_tables
from pipelines.reading.scans.models import EXTRA, can_read_pictures
from pipelines.reading.side_by_side import cut_sheets
from pipelines.reading.text_lines import group_lines, line_text

if TYPE_CHECKING:
    from pipelines.reading.scans.page import ReadPicture

# Of text beside a page's picture, as scanners and apps print it, there is no more.
_FEW_CHARS = 60


@dataclass(frozen=True, slots=True)
class _PageContent:
    """A page's tables and the text lines outside them.

    ``frame`` and ``height`` tell how it lies in the file, ``further`` the numbers of the pages on
    which it goes on to the right; ``has_picture`` a page that shows
    something other than text, rulings and nothing; ``picture`` that it was read as one, ``unsure``
    which numbers of its lines are not certain.
    """

    number: int
    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    hidden: tuple[Paragraph, ...]
    cut_off: tuple[Paragraph, ...]
    watermarks: tuple[Paragraph, ...]
    char_count: int
    has_picture: bool
    frame: Frame
    height: float
    further: tuple[int, ...] = ()
    picture: PicturedPage | None = None
    unsure: tuple[Paragraph, ...] = ()

    @property
    def has_text(self) -> bool:
        return self.char_count > 0

    @property
    def may_be_scanned(self) -> bool:
        """Whether it may be nothing but a picture: scanners print their name on pages."""
        return self.has_picture and self.char_count <= _FEW_CHARS


def read_pdf(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a PDF file: the text of its pages, and pictures of pages where that can be done.

    Args:
        content: The file's bytes.
        sha256: Their digest.
        file_name: The file's own name.

    Raises:
        UnreadableFileError: The file is damaged, needs a password or carries no text at all.
            Single pages without text are named in the document instead.
        MoreTimeNeededError: So many of its pages are pictures that it takes longer than it may.
    """
    faults = Faults()
    pages = [_read_page(page, faults) for page in join_across(cut_sheets(read_pages(content)))]
    if can_read_pictures():
        pages = _with_pictures(pages, content)
    pages = [pages[place] for place in reading_order(pages)]
    page_count = len({number for page in pages for number in (page.number, *page.further)})
    pictures = [page for page in pages if page.has_picture and not page.has_text]
    if not any(page.has_text for page in pages):
        raise _without_text(page_count)
    return Document(
        sha256=sha256,
        file_name=file_name,
        kind=FileKind.PDF,
        blocks=tuple(_in_reading_order(pages)),
        page_count=page_count,
        textless_pages=tuple(page.number for page in pictures if page.picture is None),
        illegible_pages=tuple(page.number for page in pictures if page.picture is not None),
        pictured_pages=tuple(page.picture for page in pages if page.picture is not None),
        unsure_numbers=tuple(number for page in pages for number in page.unsure),
        hidden_texts=tuple(text for page in pages for text in page.hidden),
        cut_off_texts=tuple(text for page in pages for text in page.cut_off),
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
    on_sheet = [is_on_sheet(char, page.width, page.height) for char in page.hidden]
    return _PageContent(
        number=page.number,
        tables=(*ruled.tables, *aligned.tables),
        lines=tuple(_lines(aligned.lines, page)),
        hidden=tuple(_paragraphs(compress(page.hidden, on_sheet), page)),
        cut_off=tuple(_paragraphs(compress(page.hidden, map(not_, on_sheet)), page)),
        watermarks=tuple(_watermark(each, page) for each in page.overprints),
        char_count=len(page.chars),
        has_picture=page.has_picture,
        frame=page.frame,
        height=page.height,
        further=tuple(further.number for further in page.further),
    )


def _with_pictures(pages: Sequence[_PageContent], content: bytes) -> list[_PageContent]:
    """Read the pages that are pictures, and put what they show in the place of what they hold."""
    suspects = {page.number: page.has_text for page in pages if page.may_be_scanned}
    if not suspects:
        return list(pages)
    # Loaded only where a page asks for it.
    from pipelines.reading.scans.pdf_pages import read_pictured_pages

    read = dict(read_pictured_pages(content, suspects))
    return [_shown(page, read[page.number]) if page.number in read else page for page in pages]


def _shown(page: _PageContent, picture: "ReadPicture") -> _PageContent:
    """A page as its picture shows it.

    What the file holds beneath is what some program took the picture for. A picture that shows no
    more than is printed on it takes nothing away.
    """
    if page.has_text and picture.char_count <= page.char_count:
        return page
    return replace(
        page,
        tables=picture.tables,
        lines=picture.lines,
        hidden=tuple(_as_one((*page.hidden, *page.cut_off))),
        cut_off=(),
        char_count=picture.char_count,
        frame=WHOLE_SHEET,
        height=page.height * page.frame.point,
        picture=PicturedPage(page.number, picture.turn),
        unsure=picture.doubts,
    )


def _paragraphs(chars: Iterable[Char], page: PageObjects) -> Iterator[Paragraph]:
    """Put characters that nobody sees together, a paragraph for each line."""
    for line in _lines(group_lines(list(chars)), page):
        yield Paragraph(line.text, line.place)


def _as_one(texts: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Put the hidden lines of a page together: there are as many as on any page of text."""
    if texts:
        place = Place(page=texts[0].place.page, bbox=texts[0].place.bbox)
        yield Paragraph("\n".join(text.text for text in texts), place)


def _without_text(page_count: int) -> UnreadableFileError:
    if can_read_pictures():
        return UnreadableFileError(
            UnreadableReason.ILLEGIBLE,
            f"none of its {page_count} pages carries text, and no text can be read in their "
            "pictures; look whether they show any, and obtain a better copy",
        )
    return UnreadableFileError(
        UnreadableReason.NO_OCR,
        f"none of its {page_count} pages carries text (scans or pictures); it needs OCR before it "
        f"can be read: install {EXTRA}",
    )


def _lines(lines: Iterable[Sequence[Char]], page: PageObjects) -> Iterator[TextLine]:
    """Yield lines of text, each with its place on the page of the file that prints it."""
    for printed in lines:
        for number, width, frame, chars in part_by_page(printed, page):
            yield TextLine(
                text=line_text(chars),
                page=number,
                page_width=width,
                page_height=page.height,
                x0=chars[0].x0,
                top=min(char.top for char in chars),
                x1=max(char.x1 for char in chars),
                bottom=max(char.bottom for char in chars),
                chars=tuple(chars),
                frame=frame,
            )


def _watermark(printed: Overprint, page: PageObjects) -> Paragraph:
    return Paragraph(printed.text, page.place(printed.box))


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
