"""A broad sheet holds two pages where a gap parts what stands at other heights, or is prose."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipelines.reading.pdf_objects import Char, Edge, Frame, Overprint, PageObjects, Shade
from pipelines.reading.side_by_side import cut_sheets
from pipelines.reading.text_lines import group_lines, line_text
from tests.unit.reading.pages import chars, page

WIDTH, HEIGHT = 600.0, 400.0


def column(text: str, x: float, count: int, *, top: float = 100.0) -> list[Char]:
    """A text several times, 20 points below each other."""
    return [char for number in range(count) for char in chars(text, x, top + 20 * number)]


def cut(*columns: list[Char]) -> list[PageObjects]:
    printed = [char for each in columns for char in each]
    return list(cut_sheets([replace(page(printed), width=WIDTH, height=HEIGHT)]))


def said(pages: list[PageObjects]) -> list[set[str]]:
    return [set(map(line_text, group_lines(each.chars))) for each in pages]


@pytest.mark.parametrize(("count", "pages"), [(3, 1), (4, 2)])
def test_fewer_than_four_lines_on_a_side_tell_nothing(count: int, pages: int):
    left, right = column("左页", 100, count), column("右页", 400, 9, top=108)
    assert len(cut(left, right)) == pages


@pytest.mark.parametrize(("lower", "pages"), [(0, 1), (1.5, 1), (2.5, 2), (10, 2)])
def test_lines_at_the_same_heights_are_those_of_one_page(lower: float, pages: int):
    left, right = column("左   页", 100, 5), column("右   页", 400, 5, top=100 + lower)
    assert len(cut(left, right)) == pages


def test_prose_on_both_sides_is_two_pages_whatever_its_heights():
    prose = "本单位收入按规定纳入预算"
    assert len(cut(column(prose, 100, 4), column(prose, 400, 4))) == 2
    parted = "本单位收入 规定纳入预算"
    assert len(cut(column(parted.replace(" ", "　　"), 100, 4), column(prose, 400, 4))) == 1


@pytest.mark.parametrize(
    ("left", "right", "border"),
    [(230, 330, 300), (190, 350, 300), (120, 250, 215)],
    ids=["nearly in the middle", "around the middle", "left of the middle"],
)
def test_pages_part_in_the_middle_of_the_sheet_or_else_of_the_gap(
    left: float, right: float, border: float
):
    first, second = cut(column("左", left, 4), column("右页" * 10, right, 4, top=108))
    assert (first.width, second.width) == (border, WIDTH - border)
    assert said([first, second]) == [{"左"}, {"右页" * 10}]
    assert min(char.x0 for char in second.chars) == right - border


def test_everything_drawn_moves_with_its_page():
    paper = (255, 255, 255, 255)

    def sheet(*lefts: float) -> PageObjects:
        return PageObjects(
            1,
            WIDTH,
            HEIGHT,
            chars=[*column("左", 100, 4), *column("右", 400, 4, top=108)],
            edges=[Edge(x, 90.0, x + 50, 90.0) for x in lefts],
            shades=[
                Shade((x, 80.0, x + 50, 95.0), paper, (Edge(x, 80.0, x, 95.0),)) for x in lefts
            ],
            marks=[(x, 300.0, x + 40, 310.0) for x in lefts],
            hidden=[char for x in lefts for char in chars("无", x, 320)],
            overprints=[Overprint("样本", (x, 200.0, x + 60, 260.0)) for x in lefts],
        )

    first, second = cut_sheets([sheet(100, 400)])
    for each, x, left in ((first, 100, 0.0), (second, 400 - 300, 300.0)):
        alone = sheet(x)
        assert each.frame == Frame(1.0, left, 0.0)
        assert (each.edges, each.shades, each.marks) == (alone.edges, alone.shades, alone.marks)
        assert (each.hidden, each.overprints) == (alone.hidden, alone.overprints)


def sheet(*columns: list[Char], width: float = WIDTH, edges: Sequence[Edge] = ()) -> PageObjects:
    printed = [char for each in columns for char in each]
    return replace(page(printed, edges), width=width, height=HEIGHT)


@pytest.mark.parametrize(("width", "pages"), [(480, 2), (479, 1)])
def test_a_sheet_for_two_pages_is_a_fifth_broader_than_high(width: float, pages: int):
    both = sheet(column("左", 100, 4), column("右", 300, 4, top=108), width=width)
    assert len(list(cut_sheets([both]))) == pages


@pytest.mark.parametrize(
    ("left", "right", "pages"),
    [
        (290, 308, 2),
        (290, 307.5, 1),
        (100, 198, 2),
        (100, 197.5, 1),
        (402, 500, 2),
        (402.5, 500, 1),
    ],
    ids=[
        *("wide enough", "narrower", "beginning at three tenths", "narrower there"),
        *("ending at seven tenths", "narrower there"),
    ],
)
def test_pages_part_at_a_gap_of_three_hundredths_around_the_middle(
    left: float, right: float, pages: int
):
    """The left column ends and the right one begins there; what lies beyond is no gap's."""
    begin = column("左页" * 13, left - 260, 4)
    end = column("右页" * 13, right, 4, top=108)
    assert len(cut(begin, end)) == pages


@pytest.mark.parametrize(
    ("edge", "pages"),
    [
        (Edge(290, 50, 310, 50), 2),
        (Edge(110, 50, 400, 50), 1),
        (Edge(300, 50, 300, 350), 2),
    ],
    ids=["beside it", "through it", "down it"],
)
def test_a_ruling_across_runs_through_one_page(edge: Edge, pages: int):
    both = sheet(column("左", 100, 4), column("右", 400, 4, top=108), edges=[edge])
    assert len(list(cut_sheets([both]))) == pages


def test_the_gap_in_the_middle_parts_pages_though_another_is_wider():
    first, second = cut(
        column("左", 270, 4), column("中", 310, 4, top=108), column("右", 430, 4, top=108)
    )
    assert (first.width, said([first])) == (300, [{"左"}])
    assert second.width == 300


@pytest.mark.parametrize(("level", "pages"), [(2, 2), (3, 1)])
def test_of_the_lines_three_fifths_at_the_same_heights_are_those_of_one_page(
    level: int, pages: int
):
    right = [
        char
        for number in range(5)
        for char in chars("右   页", 400, 100 + 20 * number + (2 if number < level else 10))
    ]
    assert len(cut(column("左   页", 100, 5), right)) == pages


@pytest.mark.parametrize("lower", [2, -2])
def test_lines_a_fifth_of_their_height_apart_are_level(lower: float):
    assert len(cut(column("左   页", 100, 5), column("右   页", 400, 5, top=100 + lower))) == 1


@pytest.mark.parametrize(
    ("full", "short", "pages"),
    [("本单位收入按规定", "本单位", 2), ("本单位收入按规", "本单位收入按规定", 1)],
    ids=["most run through", "they fall short"],
)
def test_four_lines_of_prose_run_through_four_fifths_of_their_side(
    full: str, short: str, pages: int
):
    """A side is as broad as its title, of ten letters."""
    sides = [
        [
            *column("二〇二三年部门决算公", x, 1),
            *column(full, x, 4, top=120),
            *column(short, x, 1 if pages == 2 else 2, top=200),
        ]
        for x in (100, 400)
    ]
    assert len(cut(*sides)) == pages


@pytest.mark.parametrize(("gap", "pages"), [(10, 2), (10.5, 1)])
def test_a_line_of_prose_has_no_gap_wider_than_its_height(gap: float, pages: int):
    sides = [
        [*column("本单位收入", x, 4), *column("按规定纳入预算", x + 50 + gap, 4)] for x in (90, 400)
    ]
    assert len(cut(*sides)) == pages


@pytest.mark.parametrize(("width", "count"), [(600.4, 4), (650, 3)])
def test_a_sheet_with_little_on_it_holds_two_pages_where_others_of_its_size_do(
    width: float, count: int
):
    little = sheet(column("左", 100, 1), width=width)
    both = sheet(column("左", 100, 4), column("右", 400, 4, top=108))
    assert len(list(cut_sheets([little, both]))) == count
    assert len(list(cut_sheets([both, little]))) == count


def test_the_second_page_of_a_sheet_drawn_too_large_says_where_it_lies():
    both = sheet(column("左", 100, 4), column("右", 400, 4, top=108))
    first, second = cut_sheets([replace(both, frame=Frame(2.0, 5.0, 7.0))])
    assert (first.frame, second.frame) == (Frame(2.0, 5.0, 7.0), Frame(2.0, 605.0, 7.0))
