"""A broad sheet holds two pages where a gap parts what stands at other heights, or is prose."""

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
