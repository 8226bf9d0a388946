"""Pages in another order than they were printed in: tables lost their rest, or took another's."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, Paragraph, Table
from tests.unit.reading.drawn_form import ROW, ROWS, both, document, form
from tests.unit.reading.pages import Drawing

HEAD = ROWS[0]
INCOME = [("", "总计", "30.00", "20.00", "10.00"), ("201", "公共", "10.00", "5.00", "5.00"),
          ("205", "教育", "5.00", "5.00", "0.00")]  # fmt: skip
INCOME_REST = [("208", "社保", "9.00", "7.00", "2.00"), ("221", "住房", "6.00", "3.00", "3.00")]
SPENT = [("", "总计", "50.00", "30.00", "20.00"), ("201", "公共", "20.00", "10.00", "10.00"),
         ("205", "教育", "8.00", "4.00", "4.00")]  # fmt: skip
SPENT_REST = [("208", "社保", "15.00", "9.00", "6.00"), ("221", "住房", "7.00", "7.00", "0.00")]


def titled(title: str, page: Drawing) -> Drawing:
    return both(lambda canvas: canvas.drawCentredString(275, 740, title), page)


def numbered(page: Drawing, number: int) -> Drawing:
    return both(page, lambda canvas: canvas.drawCentredString(300, 30, f"— {number} —"))


def prose(*lines: str) -> Drawing:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 20 * number, line)

    return draw


FULL = "本单位本年度各项收入均按照规定纳入预算管理并且严格执行各项财经纪律厉行节约从紧"


def to_the_foot(*rows: tuple[str, ...]) -> Drawing:
    """A form that ends where its page does."""
    return form(rows, top=60 + ROW * len(rows))


def from_the_head(*rows: tuple[str, ...]) -> Drawing:
    """A form that begins where its page does."""
    return form(rows, top=760)


PAGES = (
    prose("某局2023年度部门决算"),
    titled("收入决算表", to_the_foot(HEAD, *INCOME)),
    from_the_head(*INCOME_REST),
    titled("支出决算表", to_the_foot(HEAD, *SPENT)),
    from_the_head(*SPENT_REST),
    prose("情况说明", "决算情况如下。"),
)
REPEATED = (
    prose("某局2023年度部门决算"),
    titled("收入决算表", to_the_foot(HEAD, *INCOME)),
    from_the_head(HEAD, *INCOME_REST),
    prose("情况说明", "决算情况如下。"),
)


def blocks(read: Document) -> list[str | list[tuple[str, ...]]]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [tuple(cell.text for cell in row) for row in block.rows()]
        for block in read.blocks
    ]


def shuffled(count: int, seed: int) -> list[int]:
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - reproducible, and nothing is kept secret
    return order


def test_reversed_pages_are_read_forwards():
    assert blocks(document(*PAGES[::-1])) == blocks(document(*PAGES))
    assert blocks(document(*REPEATED[::-1])) == blocks(document(*REPEATED))


def test_a_repeated_header_that_is_misread_keeps_its_page_where_it_is():
    misread = tuple(text.replace("项目支出", "项自支出") for text in HEAD)
    last = ("229", "其他", "1.00", "1.00", "0.00")
    pages = (
        titled("收入决算表", to_the_foot(HEAD, *INCOME)),
        from_the_head(misread, *INCOME_REST),
        from_the_head(HEAD, last),
    )
    tables = [block for block in document(*pages).blocks if isinstance(block, Table)]
    assert [table.place.page for table in tables] == [1, 2, 3]


def test_the_page_of_a_table_stays_that_of_the_file():
    tables = [block for block in document(*PAGES[::-1]).blocks if isinstance(block, Table)]
    assert [table.place.page for table in tables] == [5, 4, 3, 2]


@pytest.mark.parametrize("seed", range(8))
def test_a_table_is_followed_by_its_rest_and_not_by_anothers(seed: int):
    order = shuffled(len(PAGES), seed)
    read = blocks(document(*(PAGES[place] for place in order)))
    tables = [block for block in read if isinstance(block, list)]
    assert sorted(tables) == sorted([[HEAD, *INCOME], INCOME_REST, [HEAD, *SPENT], SPENT_REST])
    assert tables[tables.index([HEAD, *INCOME]) + 1] == INCOME_REST
    assert tables[tables.index([HEAD, *SPENT]) + 1] == SPENT_REST


@pytest.mark.parametrize("seed", range(4))
def test_printed_numbers_tell_the_order(seed: int):
    pages = [PAGES[0], *(numbered(page, number) for number, page in enumerate(PAGES[1:], 1))]
    read = document(*(pages[place] for place in shuffled(len(pages), seed)))
    assert blocks(read) == blocks(document(*pages))


def test_prose_that_goes_on_backwards_is_turned():
    def full(mark: str) -> str:
        return mark + FULL[1:]

    parts = [
        prose("　　甲", full("子"), full("丑")),
        prose("甲到此为止。", "　　乙", full("寅"), "乙到此为止。"),
        prose("　　丙", "　　丁", full("卯")),
        prose("丁到此为止。", "　　戊", full("辰"), "戊到此为止。"),
        prose("　　己", "　　庚", full("巳"), "庚到此为止。"),
    ]
    assert blocks(document(*parts[::-1])) == blocks(document(*parts))


@pytest.mark.parametrize("rest", [form(INCOME_REST), form([HEAD, *INCOME_REST])])
def test_a_table_that_leaves_room_on_its_page_goes_on_nowhere(rest: Drawing):
    pages = (rest, titled("收入决算表", form([HEAD, *INCOME])))
    read = [block for block in document(*pages).blocks if isinstance(block, Table)]
    assert [table.place.page for table in read] == [1, 2]


@given(st.permutations(range(4)))
@settings(max_examples=24, deadline=None)
def test_forms_that_go_on_nowhere_stay_where_they_are(order: list[int]):
    forms = [
        titled(f"第{number}表", form([HEAD, (f"20{number}", "公共", f"{number}.00", "", "")]))
        for number in range(4)
    ]
    read = document(*(forms[place] for place in order))
    titles = [block.text for block in read.blocks if isinstance(block, Paragraph)]
    assert titles == [f"第{place}表" for place in order]


def test_numbers_that_begin_anew_in_each_part_tell_nothing():
    pages = [numbered(PAGES[0], 1), numbered(PAGES[1], 2), numbered(PAGES[2], 3)]
    again = [numbered(PAGES[3], 1), numbered(PAGES[4], 2), numbered(PAGES[5], 3)]
    read = [block for block in document(*pages, *again).blocks if isinstance(block, Table)]
    assert [table.place.page for table in read] == [2, 3, 4, 5]
