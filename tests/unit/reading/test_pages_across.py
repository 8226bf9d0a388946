"""A sheet wider than its page is one table again where nothing else can be meant."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Paragraph, Table
from pipelines.reading.pages_across import join_across
from pipelines.reading.pdf import read_pdf
from pipelines.reading.pdf_objects import Char, Edge, PageObjects
from pipelines.reading.ruled_tables import read_ruled_tables
from pipelines.reading.text_lines import group_lines, line_text
from tests.unit.reading.pages import FONT, chars, page, pdf_file, rulings

Thing = TypeVar("Thing", Char, Edge)
TOPS = [100.0 + 20 * row for row in range(8)]
NAMES = ["合计", "教育支出", "高等教育", "住房公积金", "其他支出"]
LEFT, MIDDLE, RIGHT = [50.0, 250.0, 400.0, 550.0], [50.0, 200.0], [50.0, 200.0, 350.0]


def column(x: float, *texts: str, first: int = 0) -> list[Char]:
    """Texts below each other, one a row of the grid."""
    rows = enumerate(texts, start=first)
    return [char for row, text in rows for char in chars(text, x + 5, TOPS[row] + 5, pitch=9)]


def amounts(x: float, step: int) -> list[Char]:
    return column(x, *(f"{step}{number}.25" for number in range(5)), first=2)


def first_page(*more: Char, number: int = 1) -> PageObjects:
    """Names and two columns; the group over the second goes on beyond the page."""
    edges = [open_above(edge, 550) for edge in rulings(LEFT, TOPS)]
    printed = [
        *chars("支出决算表", 500, 80, size=16, pitch=16),
        *column(50, "项目", "", *NAMES),
        *column(250, "", "年初结转"),
        *column(400, "", "合计"),
        *chars("本年收入", 530, TOPS[0] + 5),
        *amounts(250, 1),
        *amounts(400, 2),
        *more,
    ]
    return page(printed, edges, number=number)


def open_above(edge: Edge, x: float) -> Edge:
    """An edge of a grid; the ruling at a place begins one row lower, below the group."""
    return edge._replace(top=TOPS[1]) if edge.x0 == edge.x1 == x else edge


def next_page(*more: Char, number: int = 2) -> PageObjects:
    """The other column of the group, and the rest of its name and of the title."""
    edges = [open_above(edge, 50) for edge in rulings(MIDDLE, TOPS)]
    printed = [
        *chars("算表", 48, 80, size=16, pitch=16),
        *chars("本年收入", 30, TOPS[0] + 5),
        *column(50, "", "基本支出"),
        *amounts(50, 3),
        *more,
    ]
    return page(printed, edges, number=number)


def last_page(*more: Char, number: int = 3) -> PageObjects:
    printed = [
        *column(50, "年末结转", ""),
        *column(200, "备注", ""),
        *amounts(50, 4),
        *chars("单位：万元", 300, 86),
        *more,
    ]
    return page(printed, rulings(RIGHT, TOPS), number=number)


def numbers(pages: list[PageObjects]) -> list[list[int]]:
    """The numbers of the file's pages that each page shows."""
    return [[it.number, *(further.number for further in it.further)] for it in pages]


def test_pages_side_by_side_are_one_table():
    (joined,) = join_across([first_page(), next_page(), last_page()])
    (table,) = read_ruled_tables(joined).tables
    assert [[cell.text for cell in row] for row in list(table.rows())[:3]] == [
        ["项目", "", "本年收入", "年末结转", "备注"],
        ["", "年初结转", "合计", "基本支出", "", ""],
        ["合计", "10.25", "20.25", "30.25", "40.25", ""],
    ]
    assert table.column_count == 6


def test_what_the_edge_cuts_is_there_once():
    (joined,) = join_across([first_page(), next_page()])
    lines = [line_text(line) for line in group_lines(joined.chars)]
    assert lines[0] == "支出决算表"
    assert sum("本年收入" in line for line in lines) == 1


def test_every_cell_is_placed_on_its_own_page():
    (joined,) = join_across([first_page(), next_page(), last_page()])
    (table,) = read_ruled_tables(joined).tables
    places = {cell.text: (cell.place.page, cell.place.bbox, cell.reach) for cell in table.cells}
    assert places["20.25"] == (1, (400, 140, 550, 160), (400, 550))
    assert places["30.25"] == (2, (50, 140, 200, 160), (550, 700))
    assert places["40.25"] == (3, (50, 140, 200, 160), (700, 850))
    assert places["本年收入"] == (1, (400, 100, 550, 120), (400, 700))


def moved_down(sheet: PageObjects, by: float) -> PageObjects:
    def moved(it: Thing) -> Thing:
        return it._replace(top=it.top + by, bottom=it.bottom + by)

    return replace(sheet, chars=list(map(moved, sheet.chars)), edges=list(map(moved, sheet.edges)))


def without_names(sheet: PageObjects) -> PageObjects:
    kept = [char for char in sheet.chars if char.x0 > 250 or char.top < TOPS[2]]
    return replace(sheet, chars=kept)


def under_a_line(sheet: PageObjects) -> PageObjects:
    """A page with a line below its running head."""
    return replace(sheet, edges=[*sheet.edges, Edge(50, 70, 550, 70)])


FEW_ROWS = [
    page(column(50, "项目", *NAMES[:3]) + amounts(250, 1)[:10], rulings(LEFT, TOPS[:5])),
    page(column(50, "基本支出") + amounts(50, 3)[:10], rulings(MIDDLE, TOPS[:5]), number=2),
]


@pytest.mark.parametrize(
    "pages",
    [
        [first_page(), moved_down(next_page(), 4)],
        [first_page(), next_page(*column(50, "无", first=6))],
        [first_page(), next_page(*chars("项目支出决算表", 105, 85))],
        [*map(under_a_line, (first_page(), next_page(*chars("项目支出决算表", 105, 85))))],
        [without_names(first_page()), next_page()],
        FEW_ROWS,
        [first_page(), next_page(*chars("二、收入决算情况说明", 60, 400))],
        [first_page(), replace(next_page(), height=600.0)],
        [first_page(), replace(next_page(), edges=[])],
    ],
    ids=[
        "other heights",
        "a name on the later page",
        "a title of its own",
        "a title of its own below a line",
        "no names on the first page",
        "few rows",
        "text below",
        "a page of another size",
        "no grid",
    ],
)
def test_what_may_be_a_table_of_its_own_stays_apart(pages: list[PageObjects]):
    assert numbers(list(join_across(pages))) == [[1], [2]]


def test_lines_below_running_heads_are_none_of_the_grid():
    pages = [*map(under_a_line, (first_page(), next_page()))]
    assert numbers(list(join_across(pages))) == [[1, 2]]


def test_pages_printed_down_before_across_stay_apart():
    pages = [first_page(), first_page(number=2), next_page(number=3), next_page(number=4)]
    assert numbers(list(join_across(pages))) == [[1], [2], [3], [4]]


def test_pages_printed_across_before_down_are_two():
    pages = [first_page(), next_page(), first_page(number=3), next_page(number=4)]
    assert numbers(list(join_across(pages))) == [[1, 2], [3, 4]]


def test_what_stands_in_the_margin_is_of_its_own_page():
    first = first_page(*chars("7", 300, 770))
    second = last_page(*chars("8", 300, 770), number=2)
    content = pdf_file(partial(draw, sheet=first), partial(draw, sheet=second))
    document = read_pdf(content, sha256="0" * 64, file_name="a.pdf")
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    texts = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert document.page_count == 2
    assert {cell.place.page for cell in table.cells} == {1, 2}
    assert [(text.text, text.place.page) for text in texts] == [
        ("支出决算表", 1),
        ("单位：万元", 2),
    ]
    assert texts[1].place.bbox is not None
    assert texts[1].place.bbox[0] == pytest.approx(300, abs=1)


def draw(canvas: Canvas, sheet: PageObjects) -> None:
    """Draw a page as it is; its letters are 10 points high, or as high as they were made."""
    for char in sheet.chars:
        size = char.bottom - char.top
        canvas.setFont(FONT, size)
        canvas.drawString(char.x0, 800 - char.bottom + 0.12 * size, char.text)
    for edge in sheet.edges:
        canvas.line(edge.x0, 800 - edge.top, edge.x1, 800 - edge.bottom)
