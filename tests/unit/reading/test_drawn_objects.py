"""What a page draws is listed as it is read: upright, out of its forms, in the usual size."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.drawn_objects import (
    PATH,
    TEXT,
    DrawnPage,
    Matrix,
    draw_upright,
    holds_centre,
    is_aslant,
    map_box,
    map_boxes,
)
from tests.unit.reading.pages import Drawing, pdf_file

GENERAL, OTHER = Matrix(2, 3, 5, 7, 11, 13), Matrix(17, 19, 23, 29, 31, 37)


@contextmanager
def drawn(draw: Drawing) -> Iterator[DrawnPage]:
    """What a page draws, for as long as its file is open."""
    with pypdfium2.PdfDocument(pdf_file(draw)) as document:
        page = document[0]
        yield draw_upright(page)
        page.close()


def test_a_map_after_another_maps_what_that_one_does():
    assert GENERAL.after(OTHER).apply(2, 3) == GENERAL.apply(*OTHER.apply(2, 3))
    assert GENERAL.apply(2, 3) == (2 * 2 + 5 * 3 + 11, 3 * 2 + 7 * 3 + 13)


def test_a_direction_is_mapped_without_moving():
    assert GENERAL.along(2, 3) == (2 * 2 + 5 * 3, 3 * 2 + 7 * 3)


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        (Matrix(1, 0, 0, -1, 5, 800), (15, 760, 35, 780)),
        (Matrix(0, 1, 1, 0, 5, 7), (25, 17, 45, 37)),
        (Matrix(-1, 0, 0, 1, 100, 0), (70, 20, 90, 40)),
        (Matrix(0, -1, -1, 0, 100, 200), (60, 170, 80, 190)),
        (Matrix(1, 0, 0, 1, 5, 7), (15, 27, 35, 47)),
        (Matrix(-1, 0, 0, -1, 100, 800), (70, 760, 90, 780)),
        (Matrix(1, 0.5, 0, -1, 5, 800), (15, 775, 35, 785)),
        (Matrix(1, 0, -2, -1, 5, 800), (-45, 760, -25, 780)),
        (Matrix(0.1, 0, 0, -0.1, 0, 80), (1, 76, 3, 78)),
    ],
    ids=[
        *("upright", "turned", "upside down", "turned back", "upwards", "mirrored"),
        *("falling", "leaning", "shrunk"),
    ],
)
def test_a_box_is_upright_whichever_way_it_is_mapped(
    matrix: Matrix, box: tuple[float, float, float, float]
):
    assert map_box(matrix, 10, 20, 30, 40) == pytest.approx(box)
    sides = map_boxes(matrix, [10, 10], [20, 20], [30, 30], [40, 40])
    assert list(zip(*sides, strict=True)) == [pytest.approx(box)] * 2


@pytest.mark.parametrize(
    ("box", "is_held"),
    [
        ((5, 25, 15, 35), True),
        ((4, 25, 14, 35), False),
        ((25, 25, 35, 35), True),
        ((26, 25, 36, 35), False),
        ((15, 15, 25, 25), True),
        ((15, 14, 25, 24), False),
        ((15, 35, 25, 45), True),
        ((15, 36, 25, 46), False),
    ],
)
def test_an_area_holds_what_is_centred_inside_it_or_on_its_side(
    box: tuple[float, float, float, float], *, is_held: bool
):
    assert holds_centre((10, 20, 30, 40), box) == is_held


@pytest.mark.parametrize(
    ("angle", "runs_aslant"),
    [
        (0, False),
        (4, False),
        (4.5, True),
        (85.5, True),
        (86, False),
        (90, False),
        (94, False),
        (94.5, True),
        (176, False),
        (175.5, True),
        (-4, False),
        (-45, True),
    ],
)
def test_a_line_runs_aslant_more_than_four_degrees_off_the_page_s_axes(
    angle: float, *, runs_aslant: bool
):
    assert is_aslant(angle) == runs_aslant


def test_what_is_inside_a_form_is_drawn_in_its_place():
    def nests(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.line(0, 0, 100, 0)
        canvas.line(0, 0, 0, 100)
        canvas.endForm()
        canvas.drawString(60, 700, "A")
        canvas.doForm("inner")
        canvas.drawString(60, 600, "B")
        canvas.drawString(60, 500, "C")

    with drawn(nests) as page:
        assert page.kinds == [TEXT, PATH, PATH, TEXT, TEXT]
        assert page.places_of(PATH) == [1, 2]
        assert len(page.outers) == len(page.addresses) == len(page.kinds)
        assert page.text_places == [0, 3, 4]
        assert page.text_bases == [100, 200, 300]


@pytest.mark.parametrize(("depth", "count"), [(9, 1), (10, 0)])
def test_forms_are_opened_as_deep_as_nobody_nests_them(depth: int, count: int):
    def nests(canvas: Canvas) -> None:
        for level in range(depth):
            canvas.beginForm(str(level))
            if level:
                canvas.doForm(str(level - 1))
            else:
                canvas.line(0, 0, 100, 0)
            canvas.endForm()
        canvas.doForm(str(depth - 1))

    with drawn(nests) as page:
        assert page.kinds == [PATH] * count


def placed(*matrices: tuple[float, float, float, float, float, float]) -> Drawing:
    """Texts of 10 points, each in a line of its own."""

    def draw(canvas: Canvas) -> None:
        for matrix in matrices:
            text = canvas.beginText()
            text.setTextTransform(*matrix)
            text.textOut("H")
            canvas.drawText(text)

    return draw


def test_a_text_says_how_large_it_is_where_its_line_begins_and_how_it_falls():
    texts = [
        (1, 0, 0, 1, 60, 700),
        (1, -1, 0, 2, 70, 600),
        (2, -1, 0, 1, 80, 500),
        (2, 1, 3, 4, 90, 400),
    ]
    with drawn(placed(*texts)) as page:
        assert page.text_sizes == pytest.approx([10, 20, 10, 50])
        assert page.text_bases == [100, 200, 300, 400]
        assert page.text_angles == pytest.approx([0, 45, 26.565, -26.565], abs=0.001)


def test_a_text_inside_a_form_lies_as_the_form_does():
    def nests(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont("Helvetica", 10)
        placed((1, 0, 0, 1, 30, 40), (0, 1, -1, 0, 30, 40))(canvas)
        canvas.endForm()
        canvas.transform(0.6, 0.8, -1.6, 1.2, 300, 400)
        canvas.doForm("inner")

    with drawn(nests) as page:
        assert page.text_sizes == pytest.approx([20, 10])
        assert page.text_bases == pytest.approx([800 - 400 - 0.8 * 30 - 1.2 * 40] * 2)
        assert page.text_angles == pytest.approx([-53.130, -143.130], abs=0.001)


@pytest.mark.parametrize(
    ("angle", "box"),
    [
        (0, (20, 30, 70, 50)),
        (90, (350, 20, 370, 70)),
        (180, (330, 350, 380, 370)),
        (270, (30, 330, 50, 380)),
    ],
)
def test_a_cropped_page_is_read_from_the_corner_that_is_seen(
    angle: int, box: tuple[float, float, float, float]
):
    """What is 20 points from the left and 30 from the top of a crop of 400 by 400 points."""

    def crops(canvas: Canvas) -> None:
        canvas.setCropBox((100, 150, 500, 550))
        canvas.setPageRotation(angle)
        canvas.rect(120, 500, 50, 20, stroke=0, fill=1)

    with drawn(crops) as page:
        assert page.box(0) == pytest.approx(box)


def helvetica(*texts: tuple[str, float]) -> Drawing:
    """Texts and their sizes; an H has ink 0.72 of its size high, a hyphen hardly any."""

    def draw(canvas: Canvas) -> None:
        for number, (text, size) in enumerate(texts):
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, 700 - number, text)

    return draw


TENTH, THIRD = 0.1, 10**-0.5


@pytest.mark.parametrize(
    ("texts", "point"),
    [
        ([("H", 62)], 1),
        ([("H", 63)], 10),
        ([("H", 4.9)], 1),
        ([("H", 4.8)], THIRD),
        ([("H", 1)], TENTH),
        ([("H", 100)] * 3 + [("H", 10)] * 2, 10),
        ([("H", 100)] * 2 + [("H", 10)] * 3, 1),
        ([("H", 1)] * 10 + [("H", 20)], TENTH),
        ([("H", 1)] * 9 + [("H", 20)], 1),
        ([("-", 1)] * 6 + [("H", 1)] * 4, TENTH),
        ([(" ", 100)] * 4 + [("H", 100)] * 3, 10),
        ([(" ", 100)], 1),
        ([], 1),
    ],
    ids=[
        *("large print", "larger than any", "small print", "smaller than any", "tiny"),
        *("most too large", "fewer too large", "tiny but for a title", "tiny but for a tenth"),
        *("tiny with hyphens", "too large with blanks", "blanks", "nothing"),
    ],
)
def test_a_page_whose_print_nobody_could_read_was_shrunk_or_blown_up(
    texts: list[tuple[str, float]], point: float
):
    with drawn(helvetica(*texts)) as page:
        assert page.point == pytest.approx(point)


@pytest.mark.parametrize(("turned", "is_turned"), [(31, True), (30, False)])
def test_the_first_sixty_texts_tell_how_a_page_is_turned(turned: int, *, is_turned: bool):
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        for number in range(turned):
            canvas.drawString(300, -100 - number, "H")
        canvas.restoreState()
        for number in range(60):
            canvas.drawString(300, 300 + number, "H")

    with drawn(draw) as page:
        assert (abs(page.text_angles[0]) < 1) == is_turned


def test_a_page_drawn_ten_times_too_large_is_shrunk_with_all_on_it():
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 100)
        canvas.drawString(60, 700, "H")
        canvas.rect(100, 500, 200, 50, stroke=0, fill=1)

    with drawn(draw) as page:
        assert page.text_sizes == pytest.approx([10])
        assert page.text_bases == pytest.approx([10])
        assert page.box(1) == pytest.approx((10, 25, 30, 30))
        assert page.view.apply(600, 0) == pytest.approx((60, 80))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_turned_from_wherever_it_is(rotation: int):
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.rotate(180)
        canvas.drawString(-300, -300, "H")

    with drawn(draw) as page:
        assert page.text_angles == pytest.approx([0], abs=0.001)
