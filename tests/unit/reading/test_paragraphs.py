"""Lines of a page become the paragraphs that a reader sees."""

from dataclasses import replace

import pytest

from pipelines.reading.paragraphs import TextLine, join_lines, right_edges

PAGE_WIDTH, PAGE_HEIGHT = 600.0, 800.0
LEFT, RIGHT, SIZE, PITCH = 90.0, 510.0, 12.0, 20.0
EDGES = {PAGE_WIDTH: RIGHT}


def line(
    text: str,
    number: int,
    *,
    indent: float = 0.0,
    right: float = RIGHT,
    page: int = 1,
) -> TextLine:
    """The n-th line of a page's text block, full unless said otherwise."""
    top = 100.0 + number * PITCH
    return TextLine(text, page, PAGE_WIDTH, PAGE_HEIGHT, LEFT + indent, top, right, top + SIZE)


def joined(*lines: TextLine) -> list[str]:
    return [paragraph.text for paragraph in join_lines(lines, EDGES)]


def test_a_full_line_goes_on_in_the_next():
    first = line("2023年度收入总计899.51万元，与上年相", 0, indent=24)
    assert joined(first, line("比增加12万元。", 1, right=200)) == [
        "2023年度收入总计899.51万元，与上年相比增加12万元。"
    ]


def test_a_short_line_ends_its_paragraph():
    assert joined(line("收入情况", 0, right=150), line("支出情况", 1, right=150)) == [
        "收入情况",
        "支出情况",
    ]


def test_an_indented_line_begins_a_paragraph():
    assert joined(line("第一段到行末", 0), line("第二段", 1, indent=24)) == [
        "第一段到行末",
        "第二段",
    ]


def test_later_lines_stand_where_the_second_one_does():
    lines = [line("首行缩进", 0, indent=24), line("第二行", 1), line("第三行", 2, right=200)]
    assert joined(*lines) == ["首行缩进第二行第三行"]
    assert joined(*lines[:2], line("新段", 2, indent=24)) == ["首行缩进第二行", "新段"]


def test_a_line_that_begins_with_the_level_of_a_name_goes_on_with_it():
    above = line("水利支出（类）4万元，茶叶支出", 0, indent=24, right=430)
    assert joined(above, line("（类）3万元。", 1, right=200, page=2)) == [
        "水利支出（类）4万元，茶叶支出（类）3万元。"
    ]
    assert len(joined(line("到此为止。", 0), line("（类）指一类支出。", 1, indent=24))) == 2


@pytest.mark.parametrize(
    ("following", "room", "is_one"),
    [
        ("戏”经费5万元", 2.5, True),
        ("戏”经费5万元", 2.7, False),
        ("（含）以上的设备", 3.5, True),
        ("（含）以上的设备", 3.7, False),
        ("费5万元", 1.5, True),
        ("费5万元", 1.7, False),
        # What begins a paragraph has moved nowhere.
        ("（二）支出", 3.5, False),
    ],
)
def test_a_character_is_not_torn_from_the_marks_around_it(
    following: str, room: float, *, is_one: bool
):
    above = line("2024年“皮影", 0, right=RIGHT - room * SIZE)
    assert len(joined(above, line(following, 1, right=300))) == 2 - is_one


@pytest.mark.parametrize("beginning", ["（一）", "(1)", "1、", "一、", "2.", "十二、", "③"])
def test_an_enumeration_after_a_sentence_begins_a_paragraph(beginning: str):
    assert len(joined(line("到此为止。", 0), line(f"{beginning}收入", 1))) == 2


@pytest.mark.parametrize("beginning", ["（一）", "1、", "一、"])
def test_an_enumeration_inside_a_sentence_does_not(beginning: str):
    assert len(joined(line("主要包括", 0), line(f"{beginning}收入", 1))) == 1


def test_a_wide_gap_begins_a_paragraph():
    assert joined(line("上文到行末", 0), line("下文", 3)) == ["上文到行末", "下文"]


def test_a_paragraph_goes_on_over_a_page_end():
    first, second = line("本年支出合计", 30), line("899.51万元。", 0, page=2, right=200)
    (paragraph,) = join_lines([first, second], EDGES)
    assert paragraph.text == "本年支出合计899.51万元。"
    assert paragraph.place.page == 1
    assert paragraph.place.bbox == (first.x0, first.top, first.x1, first.bottom)


def test_a_line_that_a_long_number_left_short_still_goes_on():
    """A number is not broken: it moves to the next line whole."""
    short = line("收入总计", 0, right=RIGHT - 60)
    assert joined(short, line("123456789.12万元", 1, right=300)) == ["收入总计123456789.12万元"]
    assert joined(short, line("一二三", 1, right=300)) == ["收入总计", "一二三"]


@pytest.mark.parametrize(
    "text",
    ["12", "- 3 -", "— 12 —", "第 4 页", "－5－", "第 3 页 共 20 页", "3/20", "第3页，共20页"],
)
def test_page_numbers_in_the_margin_are_no_text(text: str):
    footer = replace(line(text, 0), top=770.0, bottom=782.0)
    header = replace(line(text, 0), top=20.0, bottom=32.0)
    assert joined(line("上页到行末", 30), footer, header, line("下页", 0, page=2, right=200)) == [
        "上页到行末下页"
    ]


@pytest.mark.parametrize("text", ["899.51", "2023年", "12345", "附件1"])
def test_other_lines_in_the_margin_are_text(text: str):
    assert joined(replace(line(text, 0), top=770.0, bottom=782.0)) == [text]


def test_a_number_in_the_middle_of_a_page_is_text():
    assert joined(line("12", 10, right=110)) == ["12"]


def test_a_paragraph_covers_its_lines_on_the_first_page():
    (paragraph,) = join_lines([line("首", 0, indent=24), line("末", 1, right=200)], EDGES)
    assert paragraph.place.bbox == (LEFT, 100.0, RIGHT, 100.0 + PITCH + SIZE)


def test_no_lines_make_no_paragraph():
    assert joined() == []


def test_the_right_edge_is_where_most_long_lines_end():
    lines = [
        *(line("满行", number) for number in range(5)),
        line("标点悬挂", 5, right=RIGHT + 8),
        line("短行", 6, right=200),
    ]
    assert right_edges(lines) == {PAGE_WIDTH: RIGHT}


def test_each_page_width_has_an_edge_of_its_own():
    sideways = replace(line("横页", 0, right=750), page_width=842.0)
    assert right_edges([line("竖页", 0), sideways]) == {PAGE_WIDTH: RIGHT, 842.0: 750.0}


def test_a_page_without_long_lines_has_no_edge_and_joins_nothing():
    short = [line("封面", 0, right=200), line("局", 1, right=200)]
    assert right_edges(short) == {}
    assert [paragraph.text for paragraph in join_lines(short, {})] == ["封面", "局"]


@pytest.mark.parametrize(("short", "count"), [(1.6, 1), (1.7, 2)])
def test_a_full_line_ends_within_a_letter_and_a_half_of_the_edge(short: float, count: int):
    first = line("2023年度收入总计与上年相", 0, right=RIGHT - short * SIZE)
    assert len(joined(first, line("比增加。", 1, right=200))) == count


@pytest.mark.parametrize(
    ("moved", "letters", "count"),
    [
        ("12元", 2, 1),
        ("12元", 3, 2),
        ("123456789012元", 12, 1),
        ("12345678901234567890元", 12, 1),
        ("12345678901234567890元", 13, 2),
    ],
)
def test_a_number_that_did_not_fit_leaves_its_room_up_to_twelve_letters(
    moved: str, letters: int, count: int
):
    first = line("收入总计", 0, right=RIGHT - (1.6 + 0.6 * letters) * SIZE)
    assert len(joined(first, line(moved, 1, right=300))) == count


@pytest.mark.parametrize(
    ("top", "is_number"), [(720.5, True), (720, False), (67.5, True), (68, False)]
)
def test_a_page_number_stands_in_the_outer_tenth(top: float, *, is_number: bool):
    number = TextLine("3", 1, PAGE_WIDTH, PAGE_HEIGHT, 290, top, 300, top + SIZE)
    assert number.is_page_number == is_number


@pytest.mark.parametrize(("right", "edges"), [(450, {600.0: 450.0}), (449, {})])
def test_lines_of_three_fifths_of_the_page_show_where_text_ends(
    right: float, edges: dict[float, float]
):
    assert right_edges([line("收入", 0, right=right)]) == edges


def test_each_line_of_a_paragraph_is_a_piece_of_it():
    lines = line("收入总计与上年相", 0), line("比增加。", 1, right=200)
    (paragraph,) = join_lines(lines, EDGES)
    assert [piece.begin for piece in paragraph.pieces] == [0, 8]
    assert [piece.place for piece in paragraph.pieces] == [each.place for each in lines]
