"""Two pages on one sheet were read as one: their lines ran into each other."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, Paragraph, Table
from tests.unit.reading.drawn_form import FORM, ROWS, both, document, form, texts
from tests.unit.reading.pages import Drawing

WIDTH, HEIGHT = 600, 800
PROSE = "本年度收入支出决算总体情况说明如下各项收入均按规定纳入预算管理支出合规"


def prose(first: int, *, top: float = 700) -> Drawing:
    """A page of prose, each line from side to side; the last paragraph goes on elsewhere."""

    def draw(canvas: Canvas) -> None:
        for number in range(12):
            canvas.drawString(60, top - 25 * number, f"{PROSE}{first + number:02}"[-37:])

    return draw


def lines(*said: str, top: float = 700) -> Drawing:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(said):
            canvas.drawCentredString(300, top - 30 * number, text)

    return draw


def sheet(left: Drawing, right: Drawing, *, factor: float = 1) -> Drawing:
    """Two pages side by side."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((2 * WIDTH * factor, HEIGHT * factor))
        canvas.scale(factor, factor)
        for page in (left, right):
            canvas.saveState()
            page(canvas)
            canvas.restoreState()
            canvas.translate(WIDTH, 0)

    return draw


def said(read: Document) -> list[str]:
    return [block.text for block in read.blocks if isinstance(block, Paragraph)]


OTHER = [(code, name, *(f"9{amount}" if amount else "" for amount in amounts))
         for code, name, *amounts in ROWS]  # fmt: skip
OTHER[0] = ROWS[0]
PAGES = {
    "two forms": (form(), form(OTHER, top=684)),
    "prose and a form": (prose(10), form()),
    "a form and prose": (form(top=705), prose(30)),
    "prose twice": (prose(10), prose(30)),
}


@pytest.mark.parametrize(("left", "right"), PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("factor", [1, 0.7, 10])
def test_two_pages_on_a_sheet_are_read_one_after_the_other(
    left: Drawing, right: Drawing, factor: float
):
    apart, beside = document(left, right), document(sheet(left, right, factor=factor))
    assert texts(beside) == texts(apart)
    assert said(beside) == said(apart)
    assert beside.page_count == 1


def test_a_sheet_with_next_to_nothing_on_it_holds_two_pages_where_others_do():
    cover = sheet(lines("某局2023年度部门决算"), lines("目录", "一、收入", "二、支出", "三、其他"))
    read = document(cover, sheet(form(), form(OTHER, top=684)))
    assert said(read) == ["某局2023年度部门决算", "目录", "一、收入", "二、支出", "三、其他"]


def test_places_are_those_on_the_sheet():
    _, right = (
        block
        for block in document(sheet(form(), form(OTHER, top=684))).blocks
        if isinstance(block, Table)
    )
    (alone,) = document(form(OTHER, top=684)).blocks
    assert isinstance(alone, Table)
    for cell, other in zip(right.cells, alone.cells, strict=True):
        assert cell.place.page == 1
        assert cell.place.bbox
        assert other.place.bbox
        left, top, end, bottom = other.place.bbox
        assert cell.place.bbox == pytest.approx((left + WIDTH, top, end + WIDTH, bottom), abs=0.1)
        assert cell.reach == pytest.approx((left, end), abs=0.1)


def broad(page: Drawing) -> Drawing:
    """One page that is as broad as two."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        page(canvas)

    return draw


def two_sided(canvas: Canvas) -> None:
    """A table of two sides with a gap between them, and no ruling."""
    for number in range(8):
        for x in (60, 700):
            canvas.drawString(x, 600 - 20 * number, f"一、收入{number}")
            canvas.drawRightString(x + 300, 600 - 20 * number, f"{number}1.00")


def two_tables(canvas: Canvas) -> None:
    """Two ruled tables side by side, level with each other."""
    form()(canvas)
    canvas.translate(WIDTH, 0)
    form(OTHER)(canvas)


def titled(canvas: Canvas) -> None:
    two_tables(canvas)
    canvas.translate(-WIDTH, 0)
    canvas.drawCentredString(WIDTH, 740, "收入支出决算总表")


ONE_PAGE: dict[str, tuple[Drawing, Sequence[object]]] = {
    "a table of two sides": (two_sided, [[("一、收入0", "01.00", "一、收入0", "01.00")]]),
    "two tables": (two_tables, [*FORM, OTHER]),
    "two tables under one title": (titled, [*FORM, OTHER]),
}


@pytest.mark.parametrize(("page", "tables"), ONE_PAGE.values(), ids=ONE_PAGE)
def test_a_broad_page_is_one(page: Drawing, tables: Sequence[Sequence[object]]):
    read = document(broad(page))
    assert [rows[: len(it)] for rows, it in zip(texts(read), tables, strict=True)] == [*tables]
    assert all(
        cell.reach is None for it in read.blocks if isinstance(it, Table) for cell in it.cells
    )


def numbered(page: Drawing, number: int) -> Drawing:
    return both(page, lambda canvas: canvas.drawCentredString(300, 30, f"— {number} —"))


def test_pages_laid_out_from_right_to_left_are_read_by_their_numbers():
    first, second, third, fourth = (
        numbered(page, number) for number, page in enumerate((prose(10), form(), prose(30), form()))
    )
    read = document(sheet(second, first), sheet(fourth, third))
    assert said(read) == said(document(first, second, third, fourth))
