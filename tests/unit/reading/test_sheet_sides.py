"""A sheet of forms side by side becomes sheets that hold nothing of each other."""

import pytest

from pipelines.reading.sheet_boxes import ShownSheet
from pipelines.reading.sheet_sides import sheets_beside
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
