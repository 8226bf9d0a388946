"""What stands at which offset of a text, however the text is broken."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import NarrativeParagraph
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place, TextPiece

WIDTH, HEIGHT = 10.0, 12.0
BEGINNING = Place(page=1, bbox=(0.0, 0.0, 500.0, HEIGHT))


@dataclass(frozen=True)
class Mark:
    """A printed character."""

    x0: float
    top: float
    x1: float
    bottom: float


def line(begin: int, text: str, page: int) -> TextPiece:
    """A page's only line, its characters side by side."""
    marks = [
        Mark(WIDTH * column, 0.0, WIDTH * (column + 1), HEIGHT)
        for column, character in enumerate(text)
        if character != " "
    ]
    return TextPiece(begin, Place(page, (0.0, 0.0, WIDTH * len(text), HEIGHT)), tuple(marks))


@st.composite
def broken_texts(draw: st.DrawFn) -> list[str]:
    """A text broken into lines, none of which begins or ends with a space."""
    return draw(st.lists(st.from_regex(r"\A[收入12](?:[收入12 ]{0,8}[收入12])?\Z"), min_size=1))


def printed(lines: list[str]) -> Paragraph:
    """A paragraph of lines, a page each."""
    pieces = tuple(
        line(sum(map(len, lines[:number])), text, number + 1) for number, text in enumerate(lines)
    )
    return Paragraph("".join(lines), BEGINNING, pieces)


@given(broken_texts(), st.data())
def test_any_characters_have_the_page_and_box_of_what_is_printed_of_them_first(
    lines: list[str], data: st.DataObject
):
    paragraph = printed(lines)
    pages = [page for page, text in enumerate(lines, start=1) for _ in text]
    columns = [column for text in lines for column in range(len(text))]
    begin = data.draw(st.integers(0, len(pages) - 1))
    end = data.draw(st.integers(begin + 1, len(pages)))
    place = paragraph.place_of(begin, end)
    assert place.page == pages[begin]
    shown = [
        columns[offset]
        for offset in range(begin, end)
        if pages[offset] == pages[begin] and paragraph.text[offset] != " "
    ]
    if shown:
        assert place.bbox == (WIDTH * min(shown), 0.0, WIDTH * (max(shown) + 1), HEIGHT)
    else:
        assert place == paragraph.pieces[pages[begin] - 1].place


@given(broken_texts(), st.integers(0, 30), st.integers(0, 30))
def test_a_paragraph_of_the_narrative_tells_the_same_places(lines: list[str], begin: int, end: int):
    read = printed(lines)
    told = NarrativeParagraph(0, (), read.text, read.place, pieces=read.pieces)
    assert told.place_of(begin, end) == read.place_of(begin, end)


def test_the_box_is_that_of_the_very_characters():
    high, low = Mark(0.0, 8.0, 5.0, 16.0), Mark(5.0, 10.0, 9.0, 20.0)
    piece = TextPiece(0, Place(3, (0.0, 8.0, 9.0, 20.0)), (high, low))
    paragraph = Paragraph("42", BEGINNING, (piece,))
    assert paragraph.place_of(0, 1) == Place(3, (0.0, 8.0, 5.0, 16.0))
    assert paragraph.place_of(1, 2) == Place(3, (5.0, 10.0, 9.0, 20.0))


def test_a_piece_without_characters_is_the_place_itself():
    pieces = (TextPiece(0, Place(path="p[1]")), TextPiece(2, Place(path="p[1]/b[1]")))
    paragraph = Paragraph("收入12元", Place(path="p[1]"), pieces)
    assert paragraph.place_of(1, 4).path == "p[1]"
    assert paragraph.place_of(2, 4).path == "p[1]/b[1]"


def test_a_paragraph_without_pieces_stands_in_one_place():
    assert Paragraph("收入", BEGINNING).place_of(1, 2) == BEGINNING
