"""What a reader makes of a file: paragraphs and tables in reading order.

Knows text, grids and places. Does not know forms, budgets or money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.domain.place import Place, TextPiece, place_in_pieces

# Stands in a text for something printed that cannot be read: a glyph that the file gives no
# meaning, a number that is drawn or a picture.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


class FileKind(StrEnum):
    """Kinds of file, told by their content and never by their name."""

    PDF = "pdf"
    DOCX = "docx"
    WEB_PAGE = "html"
    XLSX = "xlsx"
    XLS = "xls"
    OFD = "ofd"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class CellReading:
    """One way to read what a cell shows in a picture.

    Attributes:
        raw: As it was read.
        text: The same, a number without what borders add to it, its separators in their places.
        confidence: How likely its least likely character is, from 0 to 1.
        recogniser: Who reads it so.
    """

    raw: str
    text: str
    confidence: float
    recogniser: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid.

    Attributes:
        text: The printed text, line breaks kept, nothing else changed.
        row: Grid row from 0 of the cell's upper left corner.
        column: Grid column from 0 of the cell's upper left corner.
        row_span: Number of grid rows covered, at least 1.
        column_span: Number of grid columns covered, at least 1.
        place: Where the cell is printed.
        is_unreadable: Whether it stands for a value that cannot be read; the text is then what the
            file has in its place: an error, a formula, or unreadable characters for what is drawn
            or a picture. It is neither blank nor a number.
        reach: From where to where it reaches across its page, in points of usual print; None where
            its place says it. Pages drawn ten times too large, or side by side on one sheet, have
            columns that line up all the same.
        readings: Of a cell in a picture, what recognisers read, the likeliest first; none
            elsewhere, and where a cell is blank.
        is_doubtful: Whether it holds a number that was not read for certain, or words that exist
            nowhere and were not: the text is a guess.
    """

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    place: Place
    is_unreadable: bool = False
    reach: tuple[float, float] | None = None
    readings: tuple[CellReading, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. A grid position that no cell covers does not exist in the source.

    Attributes:
        cells: Every cell once, ordered by row and column.
        row_count: Number of grid rows.
        column_count: Number of grid columns.
        place: Where the table is printed.
        name: What the file calls it, '' where it does not: what stands on the tab of its sheet.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    place: Place
    name: str = ""

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield each grid row as the cells that begin in it."""
        by_row: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        for row in by_row:
            yield tuple(row)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text outside any table.

    Attributes:
        text: The printed text.
        place: Where it begins.
        pieces: Its printed lines, runs or elements in order; none where it stands in one place.
    """

    text: str
    place: Place
    pieces: tuple[TextPiece, ...] = ()

    def place_of(self, begin: int, end: int) -> Place:
        """The place of ``text[begin:end]``; where that is broken, of what comes first."""
        return place_in_pieces(self.text, self.pieces, begin, end) or self.place


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """A page that is a picture and was read as one.

    Attributes:
        number: Page number from 1.
        turn: By how many degrees, clockwise, the page as the file shows it is turned for its text
            to stand upright: 0, 90, 180 or 270. Places on it are those of the page so turned.
    """

    number: int
    turn: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as read.

    Attributes:
        sha256: Hex digest of the file's bytes.
        file_name: The file's own name.
        kind: What the bytes are.
        blocks: Paragraphs and tables in reading order.
        page_count: Number of pages, None where the format has none.
        textless_pages: Pages, from 1, that carry no text at all (scans): they were not read.
        illegible_pages: Pages that are pictures in which nothing could be read.
        pictured_pages: Pages that are pictures (scans) and were read as such.
        unsure_numbers: Numbers of paragraphs in pictures that were not read for certain: what was
            read. In the paragraph something unreadable stands in their place.
        hidden_texts: Text in the file that nobody sees on the page (covered, invisible, white on
            white; hidden sheets, rows and columns). It is not printed, hence not among the blocks.
        cut_off_texts: Text that stands beyond the edge of its page and is not printed, either.
        unreadable: What the file has in place of values that cannot be read, each where it stands.
        watermarks: Text printed over the pages, across what stands on them, once for each time it
            is printed. It is not among the blocks, either.
    """

    sha256: str
    file_name: str
    kind: FileKind
    blocks: tuple[Paragraph | Table, ...]
    page_count: int | None = None
    textless_pages: tuple[int, ...] = ()
    illegible_pages: tuple[int, ...] = ()
    pictured_pages: tuple[PicturedPage, ...] = ()
    unsure_numbers: tuple[Paragraph, ...] = ()
    hidden_texts: tuple[Paragraph, ...] = ()
    cut_off_texts: tuple[Paragraph, ...] = ()
    unreadable: tuple[Paragraph, ...] = ()
    watermarks: tuple[Paragraph, ...] = ()

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the file's sha256: the warehouse's key for the document."""
        return self.sha256[:16]
