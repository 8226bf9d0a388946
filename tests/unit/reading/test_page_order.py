"""Printed numbers tell the order of pages that are numbered through; else the file's stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from pipelines.domain.document import Cell, Table
from pipelines.domain.place import Place
from pipelines.reading.page_order import reading_order
from pipelines.reading.paragraphs import WHOLE_SHEET, TextLine
from pipelines.reading.pdf_objects import Frame

WIDTH, HEIGHT = 600.0, 800.0


@dataclass(frozen=True)
class Page:
    """A page of lines."""

    lines: Sequence[TextLine]
    tables: Sequence[Table] = ()
    frame: Frame = WHOLE_SHEET
    height: float = HEIGHT


def line(text: str, top: float) -> TextLine:
    return TextLine(text, 1, WIDTH, HEIGHT, 50.0, top, 50.0 + 10 * len(text), top + 10)


def numbered(*numbers: int | None) -> list[Page]:
    """Pages with a sentence each, and their numbers at their feet."""
    return [
        Page(
            [
                line(f"第{place}段。", 100.0),
                *([] if number is None else [line(str(number), 785.0)]),
            ]
        )
        for place, number in enumerate(numbers)
    ]


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ((1, 2, 3), [0, 1, 2]),
        ((3, 2, 1), [2, 1, 0]),
        ((2, 1, 3, 4), [1, 0, 2, 3]),
        ((None, 3, 1, 2), [0, 2, 3, 1]),
        ((5, 1, 2), [1, 2, 0]),
        ((6, 1, 2), [0, 1, 2]),
        ((2, 2, 1), [0, 1, 2]),
        ((2, 1), [0, 1]),
        ((None, None, None, 2, 1, 3), [0, 1, 2, 4, 3, 5]),
        ((None, None, None, None, 2, 1, 3), [0, 1, 2, 3, 4, 5, 6]),
    ],
    ids=[
        *("as they are", "backwards", "mixed", "a cover without a number"),
        *("two numbers are missing", "three are missing", "one number twice"),
        *("two pages", "half of them", "fewer than half"),
    ],
)
def test_pages_numbered_through_are_read_by_their_numbers(
    numbers: tuple[int | None, ...], order: list[int]
):
    assert reading_order(numbered(*numbers)) == order


def test_two_numbers_on_a_page_are_none_and_one_that_is_last_is_its_number():
    pages = numbered(2, 1, 3)
    twice = [Page([*pages[0].lines, line("7", 10.0)]), *pages[1:]]
    assert reading_order(twice) == [0, 1, 2]
    # A page that was shrunk to fit beside another has its last line where no margin is any more.
    shrunk = [Page([*pages[0].lines[:1], line("2", 600.0)]), *pages[1:]]
    assert reading_order(shrunk) == [1, 0, 2]


def test_pages_that_show_one_sheet_side_by_side_have_the_number_of_the_first():
    pages = numbered(3, 1, 5)
    following = replace(line("4", 785.0), page=2)
    assert reading_order([Page([*pages[0].lines, following]), *pages[1:]]) == [1, 0, 2]


def table(*rows: tuple[str, str, str]) -> Table:
    """A table of three columns that fills its page."""
    sides = (50.0, 150.0, 350.0, 550.0)
    cells = [
        Cell(text, row, column, 1, 1, Place(bbox=(sides[column], 20.0, sides[column + 1], 750.0)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(tuple(cells), len(rows), 3, Place(page=1, bbox=(50.0, 20.0, 550.0, 750.0)))


@pytest.mark.parametrize(
    ("first", "order"),
    [
        (("", "其中：工资", ""), [1, 0]),
        (("编码", "名称", "金额"), [1, 0]),
        (("编码", "项目", "预算数"), [0, 1]),
    ],
    ids=["a label without amounts", "the same header", "another header"],
)
def test_the_rest_of_a_table_comes_behind_it(first: tuple[str, str, str], order: list[int]):
    above = table(("编码", "名称", "金额"), ("201", "服务", "1.00"))
    rest = table(first, ("208", "社会保障", "2.00"))
    assert reading_order([Page([], [rest]), Page([], [above])]) == order


HEADER = ("编码", "名称", "金额")
SIDES = (50.0, 150.0, 350.0, 550.0)


def piece(
    *rows: Sequence[str],
    sides: Sequence[float] = SIDES,
    bottom: float = 750.0,
    header: Sequence[str] = HEADER,
) -> Table:
    """A table, its header above its rows, as far as it stands on a page."""
    texts = [header, *rows] if header else rows
    cells = [
        Cell(text, row, column, 1, 1, Place(bbox=(sides[column], 20.0, sides[column + 1], bottom)))
        for row, each in enumerate(texts)
        for column, text in enumerate(each)
    ]
    place = Place(page=1, bbox=(sides[0], 20.0, sides[-1], bottom))
    return Table(tuple(cells), len(texts), len(sides) - 1, place)


ABOVE, REST = ("201", "服务", "1.00"), ("208", "社会保障", "2.00")


def titled(*rows: Sequence[str], title: str = "附表", header: Sequence[str] = HEADER) -> Page:
    """A page that begins with a title: its table goes on from no other."""
    return Page([line(title, 5.0)], [piece(*rows, header=header)])


def order_of(*tables: Table | Page) -> list[int]:
    return reading_order([Page([], [it]) if isinstance(it, Table) else it for it in tables])


@pytest.mark.parametrize(
    ("bottom", "frame", "is_full"),
    [
        (481.0, WHOLE_SHEET, True),
        (480.0, WHOLE_SHEET, False),
        (750.0, Frame(2.0), False),
        (961.0, Frame(2.0), True),
        (750.0, Frame(1.0, 0.0, 500.0), False),
        (781.0, Frame(1.0, 0.0, 500.0), True),
    ],
    ids=["far down", "not as far", "of a large page", "far down it", "of a lower page", "far down"],
)
def test_a_table_goes_on_anywhere_only_from_far_down_its_page(
    bottom: float, frame: Frame, *, is_full: bool
):
    above = Page([], [piece(ABOVE, bottom=bottom)], frame)
    assert order_of(piece(REST), above) == ([1, 0] if is_full else [0, 1])


@pytest.mark.parametrize(
    ("lines", "is_first"),
    [
        ([], True),
        ([line("附表", 5.0)], False),
        ([line("3", 5.0)], True),
        ([line("附表", 780.0)], True),
    ],
    ids=["alone", "below a line", "below the page's number", "above a line"],
)
def test_a_page_begins_with_what_is_uppermost_but_its_number(
    lines: Sequence[TextLine], *, is_first: bool
):
    pages = [Page(lines, [piece(REST)]), Page([], [piece(ABOVE)])]
    assert reading_order(pages) == ([1, 0] if is_first else [0, 1])


@pytest.mark.parametrize(
    ("heads", "is_running"),
    [
        (("2023年部门决算", "2024年部门决算", "部门决算"), False),
        (("2023年部门决算", "2024年部门决算", "年部门决算"), True),
        (("部门决算", "部门决算", "部门预算"), False),
    ],
    ids=["on two pages", "on three, whatever its digits", "another on the third"],
)
def test_what_three_pages_have_at_their_top_is_no_text_of_theirs(
    heads: Sequence[str], *, is_running: bool
):
    tables = [piece(REST)], [], [piece(ABOVE)]
    pages = [Page([line(head, 5.0)], its) for head, its in zip(heads, tables, strict=True)]
    assert reading_order(pages) == ([1, 2, 0] if is_running else [0, 1, 2])


@pytest.mark.parametrize(("place", "is_running"), [(1, True), (2, False)])
def test_only_the_first_two_and_the_last_two_lines_run_through(place: int, *, is_running: bool):
    own = [line(f"正文{number}号", 780.0) for number in "甲乙丙丁"]
    lines = [*own[:place], line("部门决算", 5.0), *own[place:]]
    pages = [
        Page([line("部门决算", 5.0)], [piece(REST)]),
        Page([line("目录", 5.0)]),
        titled(ABOVE),
        Page([line("部门决算", 5.0)]),
        Page(lines),
    ]
    assert reading_order(pages) == ([1, 2, 0, 3, 4] if is_running else [0, 1, 2, 3, 4])


@pytest.mark.parametrize(
    ("sides", "goes_on"),
    [
        ((53.0, 150.0, 350.0, 550.0), True),
        ((53.5, 150.0, 350.0, 550.0), False),
        ((150.0, 350.0), True),
        ((150.0, 250.0), False),
    ],
    ids=["off by three points", "off by more", "half as many", "others"],
)
def test_the_rest_of_a_table_has_no_other_borders(sides: Sequence[float], *, goes_on: bool):
    rest = piece((*REST[: len(sides) - 2], "2.00"), sides=sides, header=())
    assert order_of(rest, piece(ABOVE)) == ([1, 0] if goes_on else [0, 1])


def test_the_rest_of_a_table_has_half_of_its_borders_at_least():
    wide = piece(
        ("201", "服务", "1.00", "1.00", "1.00"),
        sides=(50.0, 150.0, 250.0, 350.0, 450.0, 550.0),
        header=("编码", "名称", "合计", "基本", "项目"),
    )
    assert order_of(piece(("208", "2.00"), sides=(50.0, 150.0, 550.0), header=()), wide) == [1, 0]
    assert order_of(piece(("2.00",), sides=(50.0, 550.0), header=()), wide) == [0, 1]


def test_a_table_of_words_alone_has_no_header_and_no_rest():
    assert order_of(piece(REST), piece(("服务", "", ""))) == [0, 1]
    assert order_of(piece(("服务", "", "")), piece(ABOVE)) == [0, 1]


LONG = ("编码", "一二三四五六七", "甲乙丙丁戊己庚辛壬")


@pytest.mark.parametrize(
    ("last", "is_alike"), [("甲乙丙丁戊己庚子丑", True), ("甲乙丙丁戊己子丑寅", False)]
)
def test_on_the_next_page_a_header_may_be_misread_in_a_tenth_of_its_letters(
    last: str, *, is_alike: bool
):
    header = (*LONG[:2], last)
    above, other = titled(ABOVE, header=LONG), titled(ABOVE, header=header)
    order = order_of(above, piece(REST, header=header), other)
    assert order == ([0, 1, 2] if is_alike else [2, 1, 0])


def test_a_header_of_more_rows_is_another():
    above, other = titled(ABOVE, header=LONG), titled(LONG, ABOVE, header=LONG)
    assert order_of(above, piece(LONG, REST, header=LONG), other) == [2, 1, 0]
    assert order_of(above, piece(REST, header=LONG), other) == [0, 1, 2]


TOTAL = ("", "合计", "3.00")


@pytest.mark.parametrize(
    ("near", "far", "order"),
    [
        ([ABOVE], [ABOVE], [2, 1, 0]),
        ([("210", "卫生", "1.00")], [ABOVE], [1, 2, 0]),
        ([("208", "卫生", "1.00")], [ABOVE], [1, 2, 0]),
        ([("", "其他", "1.00")], [ABOVE], [2, 1, 0]),
        ([ABOVE], [TOTAL, ABOVE], [1, 2, 0]),
        ([ABOVE], [("", "合计", "3.01"), ABOVE], [1, 2, 0]),
        ([ABOVE], [("", "合计", "3.02"), ABOVE], [2, 1, 0]),
        ([ABOVE], [("", "合计", "2.98"), ABOVE], [2, 1, 0]),
        ([ABOVE], [TOTAL, ("20101", "事务", "1.00")], [2, 1, 0]),
        ([ABOVE], [("", "合计", "2.00")], [2, 1, 0]),
        ([ABOVE], [TOTAL, ("201", "服务", "1.00"), ("203", "国防", "2.00")], [2, 1, 0]),
    ],
    ids=[
        *("the nearest", "whose codes come before", "the same code does not", "without a code"),
        *("that adds up with it", "but for rounding", "more than that", "less than that"),
        *("items of a lower level", "one item", "that adds up alone"),
    ],
)
def test_of_several_tables_the_rest_goes_on_with_the_one_it_belongs_to(
    near: list[tuple[str, str, str]], far: list[tuple[str, str, str]], order: list[int]
):
    assert order_of(piece(REST, header=()), titled(*near), titled(*far, title="附件")) == order


def test_a_code_in_several_columns_is_one():
    sides = (50.0, 100.0, 150.0, 350.0, 550.0)
    header = ("类", "款", "名称", "金额")

    def coded(*codes: str) -> Table:
        return piece((*codes, "名称", "1.00"), sides=sides, header=header)

    def order(near: str, far: str) -> list[int]:
        pages = [Page([line(f"附表{code}款", 5.0)], [coded("208", code)]) for code in (near, far)]
        return order_of(coded("208", "05"), *pages)

    assert order("11", "01") == [1, 2, 0]
    assert order("03", "01") == [2, 1, 0]


def prose(*lines: tuple[str, float], right: float = 550.0) -> Page:
    """A page of lines, each with its left edge; they reach the right but where they end."""
    placed = [
        TextLine(
            *(text, 1, WIDTH, HEIGHT, x0, 100.0 + 20 * number),
            *(300.0 if text.endswith("。") else right, 110.0 + 20 * number),
        )
        for number, (text, x0) in enumerate(lines)
    ]
    return Page(placed)


LEFT, INDENTED = 50.0, 70.0
BEGIN = prose(("一段话的开头", INDENTED), ("还没有说完的话", LEFT))
MIDDLE = prose(("接着上一页说", LEFT), ("另一段话开头", INDENTED), ("又没有说完", LEFT))
END = prose(("到这里说完。", LEFT), ("最后一段。", INDENTED))
WHOLE = prose(("一段话的开头", INDENTED), ("说完了。", LEFT))


@pytest.mark.parametrize(
    ("pages", "is_backwards"),
    [
        ([END, MIDDLE, BEGIN], True),
        ([BEGIN, MIDDLE, END], False),
        ([END, BEGIN], False),
        ([END, MIDDLE, BEGIN, WHOLE], True),
        ([END, MIDDLE, BEGIN, END], True),
        ([END, MIDDLE, BEGIN, MIDDLE], False),
        ([WHOLE, WHOLE, WHOLE], False),
    ],
    ids=[
        *("backwards", "forwards", "one joint only", "beside what tells nothing"),
        *("and once forwards", "and forwards again", "nothing that tells"),
    ],
)
def test_prose_that_goes_on_from_page_to_page_backwards_turns_the_file(
    pages: list[Page], *, is_backwards: bool
):
    places = list(range(len(pages)))
    assert reading_order(pages) == (places[::-1] if is_backwards else places)


@pytest.mark.parametrize(
    ("first", "begins_inside"),
    [
        (("接着上一页说", 59.0), True),
        (("接着上一页说", 60.0), False),
        (("（一）接着说", LEFT), False),
    ],
    ids=["not indented", "indented by a letter", "numbered"],
)
def test_a_page_goes_on_with_a_paragraph_where_its_first_line_is_not_indented(
    first: tuple[str, float], *, begins_inside: bool
):
    middle = prose(first, ("另一段话开头", INDENTED), ("又没有说完", LEFT))
    assert (reading_order([END, middle, BEGIN]) == [2, 1, 0]) == begins_inside


def test_where_nothing_is_indented_no_page_begins_inside_a_paragraph():
    flush = prose(("接着上一页说", LEFT), ("另一段话开头", LEFT), ("又没有说完", LEFT))
    assert reading_order([END, flush, BEGIN]) == [0, 1, 2]
