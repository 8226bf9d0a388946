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
