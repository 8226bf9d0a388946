"""What pdfium finds on a page: characters that are seen, and straight edges."""

from functools import partial

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.place import Place
from pipelines.reading.drawn_objects import Matrix
from pipelines.reading.pdf_objects import (
    Char,
    Edge,
    Frame,
    FurtherPage,
    PageObjects,
    lifts_to_ink,
    read_pages,
)
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


def picture(canvas: Canvas, *pixels: tuple[int, int, int, int], height: float = 20.0) -> None:
    """A picture over a text: pixels beside each other, as red, green, blue and opacity."""
    canvas.drawString(60, 700, "文")
    image = Image.new("RGBA", (len(pixels), 1))
    image.putdata(pixels)
    canvas.drawImage(ImageReader(image), 50, 690, 100, height, mask="auto")


OPAQUE_WHITE, TRANSPARENT = (255, 255, 255, 255), (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("pixels", "shows"),
    [
        ([OPAQUE_WHITE, (0, 0, 0, 255)], True),
        ([OPAQUE_WHITE, (204, 204, 204, 255)], True),
        ([OPAQUE_WHITE, (205, 205, 205, 255)], False),
        ([(205, 205, 205, 255), OPAQUE_WHITE], False),
        ([TRANSPARENT, (0, 0, 0, 255)], True),
        ([TRANSPARENT, (0, 0, 0, 50)], False),
        ([TRANSPARENT, (0, 0, 0, 51)], True),
        ([TRANSPARENT, OPAQUE_WHITE], False),
        ([(0, 0, 0, 255), (0, 0, 0, 255)], False),
        ([OPAQUE_WHITE, (255, 0, 0, 255)], False),
    ],
    ids=[
        *("black on white", "grey on white", "paler on white", "white beside paler"),
        *("black on nothing", "nearly nothing", "a little on nothing", "white on nothing"),
        *("nothing but black", "red on white, as seals are"),
    ],
)
def test_a_low_picture_that_shows_something_may_be_a_number(
    pixels: list[tuple[int, int, int, int]], *, shows: bool
):
    page = page_of(lambda canvas: picture(canvas, *pixels))
    assert page.marks == ([(50, 90, 150, 110)] if shows else [])
    assert page.has_picture


@pytest.mark.parametrize(("height", "is_low"), [(24, True), (24.5, False)])
def test_a_picture_higher_than_a_line_or_two_is_no_number(height: float, *, is_low: bool):
    page = page_of(lambda canvas: picture(canvas, OPAQUE_WHITE, (0, 0, 0, 255), height=height))
    assert bool(page.marks) == is_low


@pytest.mark.parametrize(
    ("pixels", "alpha", "is_hidden"),
    [
        ([OPAQUE_WHITE, OPAQUE_WHITE], 1.0, True),
        ([OPAQUE_WHITE, (255, 255, 255, 254)], 1.0, False),
        ([OPAQUE_WHITE, OPAQUE_WHITE], 0.5, False),
    ],
    ids=["opaque", "in one place not", "as a whole not"],
)
def test_a_picture_that_lets_nothing_shine_through_hides_what_is_beneath(
    pixels: list[tuple[int, int, int, int]], alpha: float, *, is_hidden: bool
):
    def draw(canvas: Canvas) -> None:
        canvas.setFillAlpha(alpha)
        picture(canvas, *pixels)

    assert (hidden(draw), seen(draw)) == (("文", "") if is_hidden else ("", "文"))


@pytest.mark.parametrize(
    ("x", "y", "is_printed"),
    [
        (-9, 400, True),
        (-11, 400, False),
        (599, 400, True),
        (601, 400, False),
        (300, 799, True),
        (300, 803, False),
        (300, -7, True),
        (300, -12, False),
    ],
)
def test_a_character_of_which_a_part_is_on_the_page_is_printed(
    x: float, y: float, *, is_printed: bool
):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(x, y, "文")

    assert (seen(draw), hidden(draw)) == (("文", "") if is_printed else ("", "文"))


def polygon(canvas: Canvas, *points: tuple[float, float], fill: int = 1, stroke: int = 0) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, fill=fill, stroke=stroke)


def comb(x: float, y: float, width: float, height: float, teeth: int) -> list[tuple[float, float]]:
    """The corners of a shape that fills a box, with so many more than the four of this."""
    step = width / (teeth + 1)
    upper = [(x + step * (number + 1), y + height - 0.1) for number in range(teeth)]
    return [(x, y), (x + width, y), (x + width, y + height), *upper[::-1], (x, y + height)]


@pytest.mark.parametrize(
    ("width", "height", "teeth", "is_mark"),
    [
        (2, 9, 2, True),
        (2, 9, 1, False),
        (2, 10.5, 2, False),
        (9, 2, 2, True),
        (2, 2.5, 2, False),
    ],
    ids=["as many corners", "fewer", "longer", "lying", "as a dot"],
)
def test_a_narrow_shape_of_many_corners_may_be_a_digit(
    width: float, height: float, teeth: int, *, is_mark: bool
):
    """The digit 1 is narrow, and no ruling."""
    page = page_of(lambda canvas: polygon(canvas, *comb(100, 500, width, height, teeth)))
    assert (len(page.marks), len(page.edges)) == ((1, 0) if is_mark else (0, 1))


def slanted(canvas: Canvas, *, height: float = 20.0, off: float = 20.0) -> None:
    polygon(canvas, (100, 500), (150, 500), (150 + off, 500 + height), (100, 500 + height))


@pytest.mark.parametrize(
    ("draw", "is_mark"),
    [
        (partial(slanted), True),
        (partial(slanted, height=24), True),
        (partial(slanted, height=24.5), False),
        (partial(slanted, off=0.6), True),
        (partial(slanted, off=0.4), False),
        (lambda canvas: polygon(canvas, *comb(100, 500, 50, 20, 3)), True),
        (lambda canvas: polygon(canvas, *comb(100, 500, 50, 20, 2)), False),
        (lambda canvas: canvas.circle(300, 400, 10), True),
        (lambda canvas: canvas.circle(300, 400, 12.5), False),
    ],
    ids=[
        *("with a slanted side", "two lines high", "higher", "barely slanted", "straight enough"),
        *("with seven corners", "with six", "a curve", "a high curve"),
    ],
)
def test_a_low_shape_that_is_no_cell_s_may_be_a_number(draw: Drawing, *, is_mark: bool):
    assert bool(page_of(draw).marks) == is_mark


@pytest.mark.parametrize(
    ("colour", "stroke", "is_seen"),
    [
        (white, 0, False),
        (Color(250 / 255, 250 / 255, 250 / 255), 0, False),
        (Color(249 / 255, 1, 1), 0, True),
        (Color(0, 0, 0, alpha=0), 0, False),
        (Color(1, 1, 1, alpha=0.5), 0, False),
        (white, 1, True),
    ],
    ids=["white", "nearly white", "not quite", "nothing", "half transparent", "outlined"],
)
def test_what_is_drawn_white_on_paper_is_no_number(colour: Color, stroke: int, *, is_seen: bool):
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        polygon(canvas, (100, 500), (150, 500), (170, 520), (100, 520), stroke=stroke)

    assert bool(page_of(draw).marks) == is_seen


GREY = Color(0.8, 0.8, 0.8)


def area(canvas: Canvas, *, fill: int = 1, stroke: int = 0) -> None:
    canvas.setFillColor(GREY)
    canvas.rect(100, 500, 200, 50, stroke=stroke, fill=fill)


def outlined_in_its_own_colour(canvas: Canvas) -> None:
    canvas.setStrokeColor(GREY)
    area(canvas, stroke=1)


@pytest.mark.parametrize(
    ("draw", "is_shade"),
    [
        (area, True),
        (partial(area, stroke=1), False),
        (partial(area, fill=0, stroke=1), False),
        (outlined_in_its_own_colour, True),
    ],
    ids=["filled", "filled and outlined", "outlined", "outlined in its own colour"],
)
def test_an_area_without_an_outline_is_a_shade(draw: Drawing, *, is_shade: bool):
    page = page_of(draw)
    assert (len(page.shades), len(edges(draw))) == ((1, 0) if is_shade else (0, 4))
    for shade in page.shades:
        assert shade.box == pytest.approx((100, 250, 300, 300), abs=1)
        assert shade.colour == (204, 204, 204, 255)
        assert len({edge for edge in shade.edges if edge[:2] != edge[2:]}) == 4


def test_thin_parts_of_one_path_are_rulings():
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(100, 500, 200, 1)
        path.rect(80, 400, 1, 100)
        path.rect(200, 300, 100, 100)
        canvas.setFillColor(GREY)
        canvas.drawPath(path, fill=1, stroke=0)

    assert edges(draw) == near((80, 300, 80, 400), (100, 299.5, 300, 299.5))
    assert len(page_of(draw).shades) == 1


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ((-50, 400, 100, 400), (0, 400, 100, 400)),
        ((500, 400, 700, 400), (500, 400, 600, 400)),
        ((300, 700, 300, 900), (300, 0, 300, 100)),
        ((300, -50, 300, 100), (300, 700, 300, 800)),
        ((-50, 400, -10, 400), None),
        ((610, 400, 700, 400), None),
        ((300, 810, 300, 900), None),
        ((300, -50, 300, -10), None),
    ],
)
def test_rulings_reach_as_far_as_the_page(
    line: tuple[float, float, float, float], shown: tuple[float, float, float, float] | None
):
    assert edges(lambda canvas: canvas.line(*line)) == (near(shown) if shown else [])


@pytest.mark.parametrize(("off", "is_straight"), [(0.5, True), (-0.5, True), (0.75, False)])
@pytest.mark.parametrize("is_across", [True, False])
def test_a_side_is_straight_within_half_a_point(off: float, *, is_straight: bool, is_across: bool):
    corner = (200, 500 + off) if is_across else (100 + off, 600)

    def draw(canvas: Canvas) -> None:
        polygon(canvas, (100, 500), corner, (200, 600), fill=0, stroke=1)

    assert len(edges(draw)) == (2 if is_straight else 1)


def dots(canvas: Canvas, *places: tuple[float, float]) -> None:
    for x, y in places:
        canvas.rect(x, y, 1, 1, stroke=0, fill=1)


@pytest.mark.parametrize(
    ("places", "rulings"),
    [
        ([(100 + 3 * number, 500) for number in range(4)], [(100, 299.5, 110, 299.5)]),
        ([(100 + 3 * number, 500) for number in range(3)], []),
        ([(100 + 4 * number, 500) for number in range(4)], [(100, 299.5, 113, 299.5)]),
        ([(100 + 4.5 * number, 500) for number in range(4)], []),
        ([(100 + 3 * number, 500 + number) for number in range(4)], []),
        ([(100, 500 + 3 * number) for number in range(4)], [(100.5, 290, 100.5, 300)]),
        ([(100, 500 + 4.5 * number) for number in range(4)], []),
        (
            [(x + 3 * number, 500) for x in (100, 200) for number in range(4)],
            [(100, 299.5, 110, 299.5), (200, 299.5, 210, 299.5)],
        ),
        (
            [(100 + 3 * number, y) for y in (500, 400) for number in range(4)],
            [(100, 299.5, 110, 299.5), (100, 399.5, 110, 399.5)],
        ),
        (
            [(100 + 3 * number, 500 + 0.01 * number) for number in range(4)],
            [(100, 299.5, 110, 299.5)],
        ),
    ],
    ids=[
        *("four", "three", "three points apart", "farther apart", "in a slanted row"),
        *("below each other", "farther below each other", "two rows beside each other"),
        *("two rows below each other", "off by a trifle"),
    ],
)
def test_four_dots_at_most_three_points_apart_draw_a_ruling(
    places: list[tuple[float, float]], rulings: list[tuple[float, float, float, float]]
):
    long = [
        edge
        for edge in page_of(lambda canvas: dots(canvas, *places)).edges
        if sum(edge[2:]) - sum(edge[:2]) > 2
    ]
    assert sorted(long) == [pytest.approx(ruling, abs=0.06) for ruling in rulings]


@pytest.mark.parametrize(
    ("texts", "inks", "lifts"),
    [
        ("12", {0: 105, 1: 105}, {}),
        ("1", {0: 108}, {}),
        ("1", {0: 108.5}, {0: 3.5}),
        ("1", {0: 101.5}, {0: -3.5}),
        ("1.2", {0: 115, 2: 115}, {0: 10, 1: 10, 2: 10}),
        ("1.,%元.", {0: 115}, {0: 10, 1: 10, 2: 10, 3: 10}),
        (".1", {1: 115}, {1: 10}),
        ("12.", {0: 105, 1: 115}, {1: 10, 2: 10}),
    ],
    ids=[
        *("in the middle", "off by less than a third", "off upwards", "off downwards"),
        *("a separator between", "separators behind", "a separator before", "one of two"),
    ],
)
def test_digits_move_to_their_ink_and_the_separators_behind_with_them(
    texts: str, inks: dict[int, float], lifts: dict[int, float]
):
    count = len(texts)
    assert lifts_to_ink(texts, inks, [110.0] * count, [100.0] * count) == lifts


def test_a_page_drawn_too_large_says_where_in_the_file_it_is():
    frame = Frame(10.0, left=5.0, top=7.0)
    assert frame.in_file((1, 2, 3, 4)) == (15, 27, 35, 47)
    assert frame.reach((1, 2, 3, 4)) == (1, 3)
    assert frame.chars_in_file((Char("文", 1, 2, 3, 4),)) == (Char("文", 15, 27, 35, 47),)
    assert Frame().in_file((1, 2, 3, 4)) == (1, 2, 3, 4)
    assert Frame().reach((1, 2, 3, 4)) is None
    assert Frame().chars_in_file((Char("文", 1, 2, 3, 4),)) == (Char("文", 1, 2, 3, 4),)


SHEET = PageObjects(
    1,
    1500.0,
    800.0,
    further=(
        FurtherPage(500.0, 450.0, 2, 600.0, Frame()),
        FurtherPage(1000.0, 980.0, 4, 600.0, Frame(2.0)),
    ),
)


@pytest.mark.parametrize(
    ("box", "place"),
    [
        ((10, 20, 30, 40), Place(page=1, bbox=(10, 20, 30, 40))),
        ((400, 20, 600, 40), Place(page=1, bbox=(400, 20, 500, 40))),
        ((496, 20, 520, 40), Place(page=1, bbox=(496, 20, 500, 40))),
        ((497, 20, 520, 40), Place(page=2, bbox=(47, 20, 70, 40))),
        ((600, 20, 1200, 40), Place(page=2, bbox=(150, 20, 550, 40))),
        ((1000, 20, 1200, 40), Place(page=4, bbox=(40, 40, 440, 80))),
    ],
    ids=[
        *("on the first", "from the first on", "beginning before the second"),
        *("beginning where the second does", "from the second on", "on the last, drawn larger"),
    ],
)
def test_what_is_on_a_sheet_of_several_pages_is_where_it_begins(
    box: tuple[float, float, float, float], place: Place
):
    assert SHEET.place(box) == place
    assert SHEET.reach(box) == (box[0], box[2])


def test_of_one_page_a_place_says_all():
    page = PageObjects(3, 600.0, 800.0)
    assert page.place((1, 2, 3, 4)) == Place(page=3, bbox=(1, 2, 3, 4))
    assert page.reach((1, 2, 3, 4)) is None
