"""A sheet wider than its page is one table again where nothing else can be meant."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Paragraph, Table
from pipelines.reading.pages_across import join_across, part_by_page
from pipelines.reading.pdf import read_pdf
from pipelines.reading.pdf_objects import (
    Char,
    Edge,
    Frame,
    FurtherPage,
    Overprint,
    PageObjects,
    Shade,
)
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


def is_joined(*pages: PageObjects) -> bool:
    return len(list(join_across(pages))) == 1


@pytest.mark.parametrize(("height", "is_one"), [(801.5, True), (798.5, True), (802, False)])
def test_pages_side_by_side_are_as_high_as_each_other(height: float, *, is_one: bool):
    assert is_joined(first_page(), replace(next_page(), height=height)) == is_one


@pytest.mark.parametrize(("by", "is_one"), [(1.5, True), (-1.5, True), (2, False), (-2, False)])
def test_rows_side_by_side_lie_within_a_point_and_a_half(by: float, *, is_one: bool):
    below_head = moved_down(without_head(next_page()), by)
    assert is_joined(first_page(), below_head) == is_one


def without_head(sheet: PageObjects) -> PageObjects:
    """A page without what the edge cuts above its first ruling."""
    return replace(sheet, chars=[char for char in sheet.chars if char.top >= TOPS[0]])


@pytest.mark.parametrize(("bottom", "is_one"), [(243, True), (244, False)])
def test_rulings_side_by_side_end_within_three_points(bottom: float, *, is_one: bool):
    following = next_page()
    longer = replace(following, edges=[*following.edges, Edge(200, 100, 200, bottom)])
    assert is_joined(first_page(), longer) == is_one


@pytest.mark.parametrize(
    ("top", "bottom", "is_one"),
    [(101.5, 240, True), (102, 240, False), (100, 238.5, True), (100, 238, False)],
)
def test_rulings_across_that_those_down_nearly_reach_are_the_grid_s(
    top: float, bottom: float, *, is_one: bool
):
    following = last_page(number=2)
    edges = [
        edge._replace(top=top, bottom=bottom) if edge.x0 == edge.x1 else edge
        for edge in following.edges
    ]
    assert is_joined(first_page(), replace(following, edges=edges)) == is_one


@pytest.mark.parametrize("is_across", [True, False])
def test_rulings_one_way_make_no_grid(*, is_across: bool):
    following = last_page(number=2)
    edges = [edge for edge in following.edges if (edge.top == edge.bottom) == is_across]
    assert not is_joined(first_page(), replace(following, edges=edges))


def test_headers_side_by_side_may_be_parted_otherwise():
    first = first_page()
    edges = [edge for edge in first.edges if (edge.top, edge.bottom) != (TOPS[1], TOPS[1])]
    assert is_joined(replace(first, edges=edges), next_page())


@pytest.mark.parametrize(("rows", "is_one"), [(4, False), (5, True)])
def test_four_rows_at_the_same_heights_are_no_accident(rows: int, *, is_one: bool):
    """The rows below the header are told by the rulings on either side."""
    tops = TOPS[: rows + 1]
    first = page(column(50, "项目", *NAMES[: rows - 1]), rulings(LEFT, tops))
    following = page(
        [*column(50, "基本支出"), *column(50, "1.25", first=1)], rulings(MIDDLE, tops), number=2
    )
    assert is_joined(first, following) == is_one


@pytest.mark.parametrize(
    ("printed", "is_one"),
    [([], False), (chars("1.25", 60, 145), True), (chars("1.25", 60, 139), True)],
    ids=["nothing", "an amount in the first row", "an amount that hangs over its ruling"],
)
def test_a_page_without_amounts_is_no_further_columns(printed: list[Char], *, is_one: bool):
    following = page([*column(50, "", "基本支出"), *printed], rulings(MIDDLE, TOPS), number=2)
    assert is_joined(first_page(), following) == is_one


@pytest.mark.parametrize(("count", "is_one"), [(3, True), (2, False)])
def test_more_than_half_of_the_rows_have_names(count: int, *, is_one: bool):
    first = first_page()
    end = TOPS[2 + count]
    kept = [char for char in first.chars if char.x0 > 250 or char.top < end]
    assert is_joined(replace(first, chars=kept), next_page()) == is_one


@pytest.mark.parametrize(
    ("text", "x", "top", "is_one"),
    [
        ("8", 300, 720.5, True),
        ("8", 300, 720, False),
        ("密级", 100, 69, True),
        ("密级", 100, 70, False),
        ("万元", 333, 86, True),
        ("万元", 333.5, 86, False),
        ("万元", 327, 86, True),
        ("万元", 326.5, 86, False),
        ("单位名称：某某市财政局本级万元", 200, 86, False),
        ("单位名称：某某市财政局本级元", 210, 86, True),
    ],
    ids=[
        *("in the lower margin", "above it", "in the upper margin", "below it"),
        *("three points beyond the table", "farther beyond", "three points short", "shorter"),
        *("from the middle", "right of the middle"),
    ],
)
def test_what_stands_outside_the_grid_is_in_the_margin_or_at_its_right_end(
    text: str, x: float, top: float, *, is_one: bool
):
    following = last_page(number=2)
    inside = [char for char in following.chars if char.top >= TOPS[0]]
    assert is_joined(first_page(), replace(following, chars=[*inside, *chars(text, x, top)])) == (
        is_one
    )


@pytest.mark.parametrize(
    ("end", "x", "top", "is_one"),
    [
        (580, 48, 80, True),
        (580, 65.5, 80, True),
        (580, 66, 80, False),
        (580, 48, 81.5, True),
        (580, 48, 82, False),
        (534.5, 48, 80, True),
        (534, 48, 80, False),
    ],
    ids=[
        *("over the edge", "its width beside the edge", "farther from it"),
        *("a point and a half lower", "lower", "reaching the edge", "not reaching it"),
    ],
)
def test_the_rest_of_a_title_is_at_the_edge_where_the_page_before_has_its_begin(
    end: float, x: float, top: float, *, is_one: bool
):
    first, following = without_head(first_page()), without_head(next_page())
    begin, rest = (chars("决算", end - 32, 80, size=16, pitch=16), chars("算表", x, top, size=16))
    assert (
        is_joined(
            replace(first, chars=[*first.chars, *begin]),
            replace(following, chars=[*following.chars, *rest]),
        )
        == is_one
    )


def test_all_that_a_page_shows_moves_to_the_right_of_the_one_before():
    box, there = (60.0, 142.0, 90.0, 158.0), (560.0, 142.0, 590.0, 158.0)
    hidden = Char("隐", *box)
    following = replace(
        next_page(),
        shades=[Shade(box, (1, 2, 3, 255), (Edge(60, 142, 90, 142),))],
        marks=[box],
        hidden=[hidden],
        overprints=[Overprint("样本", box)],
        has_picture=True,
    )
    (joined,) = join_across([first_page(), following])
    assert joined.width == 1100
    assert joined.shades == [Shade(there, (1, 2, 3, 255), (Edge(560, 142, 590, 142),))]
    assert joined.marks == [there]
    assert joined.hidden == [Char("隐", *there)]
    assert joined.overprints == [Overprint("样本", there)]
    assert joined.has_picture
    assert joined.further == (FurtherPage(550, 500, 2, 600, Frame()),)


@pytest.mark.parametrize(
    ("x", "top", "count"),
    [(30, 105, 1), (31.5, 105, 1), (32, 105, 2), (30, 106.5, 1), (30, 107, 2), (28, 105, 2)],
)
def test_what_both_pages_show_within_a_point_and_a_half_is_there_once(
    x: float, top: float, count: int
):
    following = without_head(next_page())
    rest = [char for char in following.chars if char.top > TOPS[1]]
    twice = [*rest, *chars("本年收入", x, top)]
    (joined,) = join_across([first_page(), replace(following, chars=twice)])
    assert sum(char.text == "收" for char in joined.chars) == count


@pytest.mark.parametrize(
    ("lefts", "pieces"),
    [
        ((470, 490), [(1, 470)]),
        ((470, 490.5), [(1, 470)]),
        ((485, 505), [(1, 485)]),
        ((485, 505.5), [(1, 485), (2, 55.5)]),
        ((510, 560), [(2, 60)]),
        ((470, 560, 610), [(1, 470), (2, 110)]),
    ],
    ids=[
        *("on one page", "apart on one page", "going on over the edge", "apart at the edge"),
        *("on the second", "on both"),
    ],
)
def test_a_line_is_parted_where_its_texts_are_on_two_pages(
    lefts: tuple[float, ...], pieces: list[tuple[int, float]]
):
    further = (FurtherPage(500, 450, 2, 600, Frame()),)
    whole = replace(page(), width=1050.0, further=further)
    line = [char for left in lefts for char in chars("文", left, 100)]
    parts = list(part_by_page(line, whole))
    assert [(number, part[0].x0) for number, _, _, part in parts] == pieces
    assert sum(len(part) for *_, part in parts) == len(lefts)
