"""What pdfium finds on a page: characters that are seen, and straight edges."""

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.drawn_objects import Matrix
from pipelines.reading.pdf_objects import Edge, PageObjects, read_pages
from tests.unit.reading.pages import Drawing, pdf_file


def page_of(draw: Drawing) -> PageObjects:
    (page,) = read_pages(pdf_file(draw))
    return page


def seen(draw: Drawing) -> str:
    return "".join(char.text for char in page_of(draw).chars)


def hidden(draw: Drawing) -> str:
    return "".join(char.text for char in page_of(draw).hidden)


def edges(draw: Drawing) -> list[Edge]:
    """The page's edges that have a length, in order."""
    drawn = [edge for edge in page_of(draw).edges if edge[:2] != edge[2:]]
    return sorted(drawn, key=lambda edge: [round(value, -1) for value in edge])


def near(*expected: tuple[float, float, float, float]) -> list[object]:
    """Edges to compare with; a stroke reaches a point beyond its ends."""
    return [pytest.approx(edge, abs=1.5) for edge in sorted(expected)]


def test_pages_are_numbered_from_one_and_measured_in_points():
    def writes(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "文")

    pages = list(read_pages(pdf_file(writes, writes)))
    assert [(page.number, page.width, page.height) for page in pages] == [
        (1, 600, 800),
        (2, 600, 800),
    ]


def test_characters_are_boxed_from_the_upper_left_corner():
    def writes(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "收 入")

    first, second = page_of(writes).chars
    assert (first.text, second.text) == ("收", "入")
    assert first.x0 == pytest.approx(60, abs=1)
    assert first.top < 100 < first.bottom
    assert second.x0 > first.x1


def test_lines_and_the_sides_of_boxes_are_edges():
    def rules(canvas: Canvas) -> None:
        canvas.line(50, 700, 300, 700)
        canvas.line(50, 700, 50, 600)
        canvas.rect(100, 500, 200, 50)

    assert edges(rules) == near(
        (50, 100, 50, 200),
        (50, 100, 300, 100),
        (100, 250, 100, 300),
        (100, 250, 300, 250),
        (100, 300, 300, 300),
        (300, 250, 300, 300),
    )


def test_a_thin_filled_bar_is_one_ruling():
    def bars(canvas: Canvas) -> None:
        canvas.rect(50, 699.5, 250, 1, stroke=0, fill=1)
        canvas.rect(49.5, 600, 1, 100, stroke=0, fill=1)

    assert edges(bars) == near((50, 100, 300, 100), (50, 100, 50, 200))


def test_slanted_lines_are_no_edges():
    assert edges(lambda canvas: canvas.line(50, 700, 300, 600)) == []


def test_curves_may_be_outlined_text():
    page = page_of(lambda canvas: canvas.circle(300, 400, 50))
    assert page.has_picture
    assert page.edges == []
    assert not page_of(lambda canvas: canvas.rect(100, 500, 200, 50)).has_picture


def test_what_is_drawn_inside_a_form_is_seen_where_it_lands():
    def nests(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(10, 10, "内")
        canvas.line(0, 0, 100, 0)
        canvas.endForm()
        canvas.translate(50, 600)
        canvas.doForm("inner")

    page = page_of(nests)
    assert [char.text for char in page.chars] == ["内"]
    assert page.chars[0].x0 == pytest.approx(60, abs=1)
    assert page.edges == near((50, 200, 150, 200))


@pytest.mark.parametrize(
    ("angle", "edge"),
    [(90, (500, 50, 500, 300)), (180, (300, 500, 550, 500)), (270, (100, 500, 100, 750))],
)
def test_a_turned_page_is_measured_as_seen(angle: int, edge: tuple[float, float, float, float]):
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        canvas.line(50, 500, 300, 500)

    page = page_of(turned)
    # reportlab swaps the sides of the paper, so that the page is seen as high as before.
    assert (page.width, page.height) == (600, 800)
    assert page.edges == near(edge)


@pytest.mark.parametrize(
    ("turned", "upright", "is_turned"), [(2, 3, False), (2, 2, False), (3, 2, True)]
)
def test_a_page_is_turned_where_more_than_half_of_its_texts_are(
    turned: int, upright: int, *, is_turned: bool
):
    def draw(canvas: Canvas) -> None:
        for number in range(turned):
            canvas.saveState()
            canvas.rotate(90)
            canvas.drawString(300, -100 - 20 * number, "收入")
            canvas.restoreState()
        for number in range(upright):
            canvas.drawString(300, 300 + 20 * number, "收入")

    page = page_of(draw)
    assert (page.width, page.height) == ((800, 600) if is_turned else (600, 800))


def test_a_cropped_page_is_measured_from_its_crop():
    def cropped(canvas: Canvas) -> None:
        canvas.setCropBox((100, 100, 500, 700))
        canvas.line(150, 600, 300, 600)
        canvas.drawString(20, 20, "裁去")
        canvas.drawString(150, 400, "留下")

    page = page_of(cropped)
    assert (page.width, page.height) == (400, 600)
    assert page.edges == near((50, 100, 200, 100))
    assert "".join(char.text for char in page.chars) == "留下"


def test_text_beyond_the_page_is_not_printed():
    def writes(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "页内")
        canvas.drawString(700, 700, "页外")
        canvas.drawString(60, -50, "页下")

    assert seen(writes) == "页内"


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(60, 700)
    text.setTextRenderMode(3)
    text.textLine("隐")
    canvas.drawText(text)


def white_on_paper(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(60, 700, "隐")


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.rect(50, 690, 100, 30, stroke=0, fill=1)
    canvas.drawString(60, 700, "隐")


def covered(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "隐")
    canvas.setFillColor(white)
    canvas.rect(50, 690, 100, 30, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [invisible, white_on_paper, white_on_white, covered])
def test_text_that_nobody_sees_is_set_apart(draw: Drawing):
    assert (seen(draw), hidden(draw)) == ("", "隐")


def white_on_black(canvas: Canvas) -> None:
    canvas.setFillColor(black)
    canvas.rect(50, 690, 100, 30, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.drawString(60, 700, "见")


def on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.rect(50, 690, 100, 30, stroke=0, fill=1)
    canvas.setFillColor(black)
    canvas.drawString(60, 700, "见")


def grey(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.6, 0.6, 0.6))
    canvas.drawString(60, 700, "见")


def beside_a_cover(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "见")
    canvas.setFillColor(white)
    canvas.rect(200, 690, 100, 30, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [white_on_black, on_white, grey, beside_a_cover])
def test_text_that_is_seen_is_text(draw: Drawing):
    assert (seen(draw), hidden(draw)) == ("见", "")


def test_maps_apply_the_inner_one_first():
    move, scale = Matrix(1, 0, 0, 1, 10, 20), Matrix(2, 0, 0, 2, 0, 0)
    assert move.after(scale).apply(3, 4) == (16, 28)
    assert scale.after(move).apply(3, 4) == (26, 48)


def beyond_the_basic_plane(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "一\N{CJK UNIFIED IDEOGRAPH-20000}二")


def broken_over_lines(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, "budge-")
    canvas.drawString(60, 688, "ted 12")


@pytest.mark.parametrize(
    ("draw", "text", "last_begins"),
    [(beyond_the_basic_plane, "一\ufffd\ufffd二", 90), (broken_over_lines, "budgeted12", 82)],
)
def test_characters_that_pdfium_counts_in_two_ways_move_no_other(
    draw: Drawing, text: str, last_begins: float
):
    assert seen(draw) == text
    assert page_of(draw).chars[-1].x0 == pytest.approx(last_begins, abs=1)


SIDE = 5


def test_a_row_of_dots_is_a_ruling():
    def dots(canvas: Canvas) -> None:
        for step in range(20):
            canvas.rect(60 + 1.5 * step, 700, 0.75, 0.75, stroke=0, fill=1)
            canvas.rect(60, 700 - 1.5 * step, 0.75, 0.75, stroke=0, fill=1)

    long = {edge for edge in page_of(dots).edges if sum(edge[2:]) - sum(edge[:2]) > SIDE}
    assert sorted(long, key=lambda edge: edge.x1) == near((60, 100, 60, 129), (60, 100, 89, 100))


def test_a_few_dots_are_none():
    def dots(canvas: Canvas) -> None:
        for step in range(3):
            canvas.rect(60 + 1.5 * step, 700, 0.75, 0.75, stroke=0, fill=1)

    assert all(edge.x1 - edge.x0 < 1 for edge in page_of(dots).edges)
