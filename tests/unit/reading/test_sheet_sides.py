"""A sheet of forms side by side becomes sheets that hold nothing of each other."""

import pytest

from pipelines.reading.sheet_boxes import ShownSheet, rows_of
from pipelines.reading.sheet_sides import parts_of, sheets_beside
from pipelines.reading.sheets import Sheet
from tests.unit.reading.made_sheets import area, made_sheet

FORM = [
    ["收入总表", "", ""],
    ["部门：某局", "", "单位：万元"],
    ["科目编码", "科目名称", "合计"],
    ["", "合计", "12.00"],
    ["201", "一般公共服务支出", "12.00"],
]


def beside(left: list[list[str]], right: list[list[str]]) -> list[list[str]]:
    """Rows of two forms with a blank column between."""
    return [[*ours, "", *theirs] for ours, theirs in zip(left, right, strict=True)]


def parted(sheet: Sheet) -> list[Sheet]:
    return [each.sheet for each in sheets_beside(ShownSheet(sheet))]


def test_each_form_has_its_own_cells_merged_areas_and_rulings():
    rows = [*beside(FORM, FORM), [*FORM[4], "", "", "", ""]]
    sheet = made_sheet(rows, merged=["A1:C1", "E1:G1", "A2:B2", "E2:F2"], ruled=["A3:C5", "E3:G6"])
    left, right = parted(sheet)
    assert {cell.column for cell in left.cells} == {0, 1, 2}
    assert {cell.column for cell in right.cells} == {4, 5, 6}
    assert len(left.cells) == len(right.cells) + 3
    assert left.merged == [area("A1:C1"), area("A2:B2")]
    assert right.merged == [area("E1:G1"), area("E2:F2")]
    assert {row: list(runs.pairs) for row, runs in left.ruled.items() if list(runs.pairs)} == {
        row: [(0, 2)] for row in (2, 3, 4)
    }
    assert {row: list(runs.pairs) for row, runs in right.ruled.items() if list(runs.pairs)} == {
        row: [(4, 6)] for row in (2, 3, 4)
    }
    # Row 6 has rulings at the right, and texts at the left only.
    assert list(right.blank_ruled_rows.pairs) == [(5, 5)]
    assert not list(left.blank_ruled_rows.pairs)


def cut(form: list[list[str]], rows: int) -> list[list[str]]:
    """A form without its last rows."""
    return [*form[:rows], *([[""] * 3] * (len(form) - rows))]


@pytest.mark.parametrize(
    ("right", "merged"),
    [
        (cut(FORM, 3), []),
        ([["1.00", "", ""], *FORM[1:]], []),
        ([["收入总表", "", "表一"], *FORM[1:]], []),
        ([["", "", "公开01表"], *FORM[1:]], []),
        ([FORM[0], *FORM[2:], [""] * 3], []),
        (FORM, ["A1:C1"]),
    ],
    ids=[
        "no grid",
        "a number above",
        "two texts above",
        "a text at the right above",
        "no line below its title",
        "one title merged",
    ],
)
def test_what_is_no_form_beside_one_stays_on_its_sheet(right: list[list[str]], merged: list[str]):
    sheet = made_sheet(beside(FORM, right), merged=merged)
    assert parted(sheet) == [sheet]


def test_three_forms_are_three_sheets():
    rows = [[*three, "", *form] for three, form in zip(beside(FORM, FORM), FORM, strict=True)]
    assert [{cell.column for cell in each.cells} for each in parted(made_sheet(rows))] == [
        {0, 1, 2},
        {4, 5, 6},
        {8, 9, 10},
    ]


@pytest.mark.parametrize(
    "right",
    [
        [*FORM[:3], FORM[4], [""] * 3],
        [FORM[0], ["部门：某局", "", ""], *FORM[2:]],
        [FORM[0], ["", "", "单位：万元"], *FORM[2:]],
    ],
    ids=["two rows", "a caption", "a unit at the right"],
)
def test_a_title_another_line_and_two_rows_are_a_form(right: list[list[str]]):
    assert len(parted(made_sheet(beside(FORM, right)))) == 2


@pytest.mark.parametrize(
    "right",
    [
        [*FORM[:3], ["合计", "", ""], ["小计", "", ""]],
        [FORM[0], ["部门：", "2023", "12.00"], *FORM[2:]],
        [["", "收入总表", ""], *FORM[1:]],
    ],
    ids=["one row", "no line above its grid", "a title behind its left"],
)
def test_with_less_it_is_none(right: list[list[str]]):
    assert len(parted(made_sheet(beside(FORM, right)))) == 1


def test_what_is_merged_between_forms_belongs_to_the_left_one():
    left, right = parted(made_sheet(beside(FORM, FORM), merged=["D3:D4", "E4:F4", "G5:H5"]))
    assert left.merged == [area("D3:D4")]
    assert right.merged == [area("E4:F4"), area("G5:H5")]


SIDE = [["收入", "", ""], ["科目", "名称", "金额"], ["201", "服务", "12.00"]]


def lowered(above: int, below: int) -> list[list[str]]:
    """A side with so many blank rows above and below it."""
    return [*[[""] * 3] * above, *SIDE, *[[""] * 3] * below]


LONG = [*SIDE, *[SIDE[2]] * 12]
NOTE = ["注：不含税。", *[""] * 6]
BLANK = [""] * 7


def parts(
    rows: list[list[str]], *, merged: tuple[str, ...] = (), ruled: tuple[str, ...] = ()
) -> list[tuple[int, bool]]:
    """How many rows belong together, and whether they are one table whatever is in them."""
    shown = ShownSheet(made_sheet(rows, merged=merged, ruled=ruled))
    return [(len(found), is_whole) for found, is_whole in parts_of(shown, rows_of(shown.boxes))]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (beside(SIDE, SIDE), [(3, True)]),
        (beside(LONG, LONG), [(15, True)]),
        (beside(SIDE, [["", "", "单位：元"], *SIDE[1:]]), [(3, False)]),
        (beside(SIDE, [["12.00", "", ""], *SIDE[1:]]), [(3, False)]),
        (beside(SIDE, [["支出", "", "金额"], *SIDE[1:]]), [(3, False)]),
        (beside(SIDE, [*SIDE[:2], ["合计", "", ""]]), [(3, False)]),
        (beside(SIDE[:2], SIDE[:2]), [(2, False)]),
        (beside(beside(lowered(0, 1), lowered(1, 0)), lowered(0, 1)), [(4, True)]),
        (beside(beside(lowered(0, 2), lowered(2, 0)), lowered(0, 2)), [(5, False)]),
        ([*SIDE], [(3, False)]),
        ([], []),
    ],
    ids=[
        *("two sides", "long ones", "a unit", "a number", "two texts", "one row of a grid"),
        *("one row each", "a row lower", "two rows lower", "one side", "nothing"),
    ],
)
def test_what_stands_side_by_side_has_headings_at_most_a_row_apart(
    rows: list[list[str]], found: list[tuple[int, bool]]
):
    assert parts(rows) == found


@pytest.mark.parametrize(
    ("rows", "merged", "ruled", "found"),
    [
        ([NOTE, *beside(SIDE, SIDE)], ("A1:G1",), (), [(1, False), (3, True)]),
        ([*beside(SIDE, SIDE), NOTE], ("A4:G4",), (), [(3, True), (1, False)]),
        ([*beside(SIDE, SIDE), NOTE], (), (), [(4, True)]),
        ([*beside(SIDE, SIDE), NOTE], (), ("A2:C3", "E2:G3"), [(3, True), (1, False)]),
        ([*beside(SIDE, SIDE), NOTE, BLANK, NOTE], (), ("A2:C3",), [(3, True), (2, False)]),
        (
            [*beside(SIDE, SIDE), BLANK, NOTE, NOTE],
            ("A6:G6",),
            (),
            [(3, True), (2, False)],
        ),
        (
            [*beside(SIDE, SIDE), BLANK, ["12.00", *NOTE[1:]], NOTE],
            ("A6:G6",),
            (),
            [(4, True), (1, False)],
        ),
        (
            [*beside(SIDE, SIDE), BLANK, *beside(SIDE, SIDE)],
            (),
            (),
            [(6, True)],
        ),
        (
            [*beside(SIDE, SIDE), NOTE, *beside(SIDE, SIDE)],
            ("A4:G4",),
            (),
            [(3, True), (1, False), (3, True)],
        ),
        (
            [
                [*BLANK[:3], "说明", *BLANK[:3]],
                ["a", "b", "", "", "", "c", "d"],
                *beside(SIDE, SIDE),
            ],
            (),
            (),
            [(5, False)],
        ),
    ],
    ids=[
        *("a heading over all", "a line over all below", "a line at the left", "below rulings"),
        *("lines below rulings", "a caption above a line", "a number above a line"),
        *("two of them", "two with a line between", "below a row that is no heading"),
    ],
)
def test_it_begins_below_headings_and_ends_where_a_line_closes_the_gap(
    rows: list[list[str]],
    merged: tuple[str, ...],
    ruled: tuple[str, ...],
    found: list[tuple[int, bool]],
):
    assert parts(rows, merged=merged, ruled=ruled) == found


FULL = [FORM[0], ["部门：", "某局", "单位：元"], *FORM[2:]]
BARE = [["收入总表", "", ""], *FORM[2:]]


@pytest.mark.parametrize(
    ("right", "merged", "ruled", "count"),
    [
        (FULL, (), ("A3:C5", "E3:G5"), 2),
        (FULL, (), ("A3:C5", "E3:E5"), 2),
        (FULL, (), (), 1),
        ([FORM[0], ["2023", "", "单位：元"], *FORM[2:]], (), (), 1),
        (FORM, ("A1:C1", "E1:G1"), ("A1:C5", "E1:G5"), 2),
        (FORM, ("A1:C1", "E1:F1"), ("A1:C5", "E1:G5"), 1),
        (FORM, (), ("A1:C5", "E1:G5"), 1),
        ([*BARE, FORM[4]], ("A1:C1", "E1:G1"), ("A1:C5", "E1:G5"), 1),
    ],
    ids=[
        *("rulings below a full line", "at one column", "none", "a number in a line"),
        *("rulings around all lines", "a title over a part", "a title over nothing"),
        "no line below its title",
    ],
)
def test_rulings_tell_where_the_grid_of_a_form_begins(
    right: list[list[str]], merged: tuple[str, ...], ruled: tuple[str, ...], count: int
):
    assert len(parted(made_sheet(beside(FORM, right), merged=merged, ruled=ruled))) == count


def test_sides_of_two_columns_go_on_as_long_as_they_are_parted():
    pair = [["收入", ""], ["科目", "金额"], *[["服务", "12.00"]] * 13]
    assert parts([[*one, "", *other] for one, other in zip(pair, pair, strict=True)]) == [
        (15, True),
    ]
    assert parts([*beside(SIDE, SIDE), NOTE], ruled=("A2:A3",)) == [(3, True), (1, False)]
