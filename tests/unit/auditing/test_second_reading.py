"""A table that another reader finds tells of each figure what is printed at its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pipelines.auditing.readings import Box, FirstReading, Says
from pipelines.auditing.second_reading import LATTICE, STREAM, UnknownAmount, read_page_again

HEIGHT = 800.0
ROWS = (("201", "服务", "12.50"), ("208", "社会保障", "3.00"))


@dataclass
class MadeCell:
    """A cell as camelot has it: y counts upwards."""

    text: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass
class MadeTable:
    """A table as camelot has it."""

    cells: Sequence[Sequence[MadeCell]]
    pdf_size: tuple[float, float] = (600.0, HEIGHT)


def made(rows: Sequence[Sequence[str]]) -> MadeTable:
    """Cells of 100 by 20 points from (50, 100) on, counted downwards."""
    return MadeTable(
        [
            [
                MadeCell(text, x, HEIGHT - top - 20, x + 100, HEIGHT - top)
                for text, x in zip(texts, (50, 150, 250), strict=True)
            ]
            for texts, top in zip(rows, (100, 120, 140), strict=False)
        ]
    )


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What camelot finds with each flavour, and what it was asked for."""
    tables: dict[str, Any] = {LATTICE: [made(ROWS)], STREAM: [], "asked": []}

    def read_pdf(_: bytes, *, flavor: str, **options: object) -> list[MadeTable]:
        tables["asked"].append((flavor, options))
        return tables[flavor]

    monkeypatch.setattr("camelot.io.read_pdf", read_pdf)
    return tables


def first(text: str, row: int, *, is_in_doubt: bool = True) -> FirstReading:
    """A figure as it was read first, in the third column."""
    top = 100 + 20 * row
    box: Box = (250, top, 350, top + 20)
    return FirstReading(f"f{row}", "income", row, box, text, is_in_doubt=is_in_doubt)


def says(reading: FirstReading, point: float = 1.0) -> Says:
    return read_page_again(b"", 1, [reading], point=point).said[0].says


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((250, 100, 350, 120), Says.SAME),
        ((200, 60, 400, 140), Says.SAME),
        ((200, 60, 400, 139), Says.NOTHING),
        ((250, 99, 450, 121), Says.SAME),
        ((250, 99, 451, 121), Says.NOTHING),
    ],
    ids=["inside", "on its upper side", "above", "on its right side", "beside"],
)
def test_a_figure_is_looked_for_in_the_cell_that_covers_its_middle(box: Box, expected: Says):
    assert says(FirstReading("f", "income", 0, box, "12.50")) is expected


@pytest.mark.usefixtures("found")
def test_another_number_or_none_in_the_cell_says_so():
    assert says(first("12.60", 0)) is Says.OTHER
    assert says(replace(first("服务", 0), box=(150, 100, 250, 120))) is Says.NOTHING


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(
    ("code", "expected"), [("201", Says.SAME), ("208", Says.ELSEWHERE), ("210", Says.SAME)]
)
def test_a_number_in_the_row_of_another_code_stands_elsewhere(code: str, expected: Says):
    """A code that no row has says nothing of the row."""
    assert says(replace(first("12.50", 0), row_code=code)) is expected


def test_aligned_text_is_read_only_for_figures_in_doubt_that_no_ruled_table_holds(
    found: dict[str, Any],
):
    found[LATTICE], found[STREAM] = [made(ROWS[:1])], [made(ROWS)]
    both = [first("12.50", 0), first("3.00", 1)]
    said = read_page_again(b"", 1, both).said
    assert [(each.says, each.flavour) for each in said] == [
        (Says.SAME, LATTICE),
        (Says.SAME, STREAM),
    ]
    found["asked"].clear()
    read_page_again(b"", 1, [both[0], replace(both[1], is_in_doubt=False)])
    assert [flavour for flavour, _ in found["asked"]] == [LATTICE]


@pytest.mark.parametrize(("point", "dots"), [(1.0, 300), (10.0, 30), (1000.0, 1)])
def test_rulings_are_looked_for_in_as_many_dots_as_print_is_large(
    point: float, dots: int, found: dict[str, Any]
):
    says(first("12.50", 0), point=point)
    assert [options["resolution"] for _, options in found["asked"]] == [dots]


def test_amounts_of_a_table_in_doubt_that_were_not_read_are_unknown(found: dict[str, Any]):
    wide = made([("201", "1,000.00", "12.50"), ("208", "年度", "3.00")])
    found[LATTICE] = [wide]
    doubted, other = first("12.50", 0), first("3.00", 1, is_in_doubt=False)
    assert read_page_again(b"", 1, [doubted, other]).unknown == (
        UnknownAmount("income", "1,000.00", "2011,000.0012.50"),
    )
    assert read_page_again(b"", 1, [doubted]).unknown == (
        UnknownAmount("income", "1,000.00", "2011,000.0012.50"),
        UnknownAmount("income", "3.00", "208年度3.00"),
    )
    assert read_page_again(b"", 1, [replace(doubted, is_in_doubt=False), other]).unknown == ()
