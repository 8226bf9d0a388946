"""What of a sheet is shown, and which rows and columns each text takes."""

from collections.abc import Iterable

import pytest

from pipelines.reading import sheet_boxes
from pipelines.reading.errors import UnreadableFileError
from pipelines.reading.sheet_boxes import Box, ShownSheet, first_rows, joined_runs, rows_of
from pipelines.reading.sheets import Sheet
from tests.unit.reading.made_sheets import made_sheet

SQUARE = [["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]]


def spans(sheet: Sheet) -> dict[str, tuple[int, int, int, int]]:
    """Of each text that is shown its first row and column, and its last ones."""
    return {box.text: (box.top, box.left, box.bottom, box.right) for box in ShownSheet(sheet).boxes}


def hidden(sheet: Sheet) -> list[tuple[str, str]]:
    """The texts that are not shown, and where they stand."""
    return [(each.text, each.place.path) for each in ShownSheet(sheet).hidden_texts]


def box_of(text: str, *, unreadable: Iterable[str] = ()) -> Box:
    (only,) = ShownSheet(made_sheet([[text]], unreadable=unreadable)).boxes
    return only


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("12", True),
        (" 1,234.50 ", True),
        ("-3.5", True),
        ("(3.5)", True),
        ("¥12", True),
        ("12%", True),
        ("-", False),
        ("12万元", False),
        ("第1页", False),
    ],
)
def test_a_text_is_a_number_with_its_sign_and_unit_and_nothing_else(text: str, *, is_number: bool):
    assert box_of(text).is_number == is_number


def test_what_cannot_be_read_stands_for_a_number():
    assert box_of("#REF!", unreadable=["A1"]).is_number
    assert not box_of("#REF!").is_number


@pytest.mark.parametrize(
    ("rows", "columns", "span"),
    [
        ([], [], (0, 0, 1, 1)),
        ([(0, 0)], [], (0, 0, 0, 1)),
        ([(1, 1)], [], (0, 0, 0, 1)),
        ([], [(0, 0)], (0, 0, 1, 0)),
        ([], [(1, 1)], (0, 0, 1, 0)),
        ([(2, 2)], [(2, 2)], (0, 0, 1, 1)),
    ],
    ids=["none", "first row", "second row", "first column", "second column", "behind it"],
)
def test_hidden_rows_and_columns_do_not_count_in_a_merged_text(
    rows: list[tuple[int, int]],
    columns: list[tuple[int, int]],
    span: tuple[int, int, int, int],
):
    merged = [["甲", "", "丙"], ["", "", "己"], SQUARE[2]]
    sheet = made_sheet(merged, merged=["A1:B2"], hidden_rows=rows, hidden_columns=columns)
    assert spans(sheet)["甲"] == span
    assert "甲" not in {text for text, _ in hidden(sheet)}


def test_a_merged_text_is_hidden_where_all_its_rows_or_columns_are():
    merged = [["甲", "", "丙"], ["", "", "己"]]
    for rows, columns in (([(0, 1)], []), ([], [(0, 1)])):
        sheet = made_sheet(merged, merged=["A1:B2"], hidden_rows=rows, hidden_columns=columns)
        assert "甲" not in spans(sheet)
        assert "甲" in hidden(sheet)[0][0]


def test_a_text_behind_hidden_rows_and_columns_moves_up_and_to_the_left():
    sheet = made_sheet(SQUARE, hidden_rows=[(0, 0)], hidden_columns=[(1, 1)])
    assert spans(sheet) == {
        "丁": (0, 0, 0, 0),
        "己": (0, 1, 0, 1),
        "庚": (1, 0, 1, 0),
        "壬": (1, 1, 1, 1),
    }
    (box,) = (box for box in ShownSheet(sheet).boxes if box.text == "壬")
    assert (box.row, box.column, box.last_column) == (2, 2, 2)


def test_a_merged_text_is_called_by_the_first_row_and_column_that_are_shown():
    sheet = made_sheet(
        [["甲"]], merged=["A1:D4"], hidden_rows=[(0, 1)], hidden_columns=[(0, 0), (3, 3)]
    )
    (box,) = ShownSheet(sheet).boxes
    assert (box.row, box.column, box.last_column) == (2, 1, 2)
    assert ShownSheet(sheet).place(box).path == "收支总表!A1"


def test_what_is_under_a_merged_text_is_hidden_and_so_is_white_text():
    sheet = made_sheet(SQUARE, merged=["A1:B1"], unseen=["C3"])
    assert {"乙", "壬"}.isdisjoint(spans(sheet))
    assert hidden(sheet) == [("乙", "收支总表!B1"), ("壬", "收支总表!C3")]


def test_hidden_texts_are_told_by_runs_of_rows_of_columns_and_by_single_rows():
    four = [[f"{column}{row}" for column in "ABCD"] for row in range(1, 5)]
    sheet = made_sheet(four, hidden_rows=[(1, 2)], hidden_columns=[(0, 0), (2, 3)], unseen=["B4"])
    assert hidden(sheet) == [
        ("A1 A4", "收支总表!A1:A4"),
        ("C1 D1 C4 D4", "收支总表!C1:D4"),
        ("B4", "收支总表!B4"),
        ("A2 B2 C2 D2 A3 B3 C3 D3", "收支总表!A2:D3"),
    ]
    all_hidden = made_sheet(SQUARE, is_hidden=True)
    assert hidden(all_hidden) == [("甲 乙 丙 丁 戊 己 庚 辛 壬", "收支总表!A1:C3")]
    assert spans(all_hidden) == {}


@pytest.mark.parametrize(("length", "mark"), [(1000, ""), (1001, "…")])
def test_a_thousand_letters_of_what_is_hidden_are_told(length: int, mark: str):
    ((text, _),) = hidden(made_sheet([["字" * length]], is_hidden=True))
    assert text == "字" * 1000 + mark


def test_blanks_are_neither_shown_nor_hidden():
    sheet = made_sheet([[" ", "甲"], [" ", "乙"]], hidden_rows=[(1, 1)])
    assert spans(sheet) == {"甲": (0, 1, 0, 1)}
    assert hidden(sheet) == [("乙", "收支总表!B2")]


@pytest.mark.parametrize(
    ("merged", "kept"),
    [
        (["A1:B1", "B1:C1"], (0, 0, 0, 1)),
        (["B1:C1", "A1:B1"], (0, 0, 0, 0)),
        (["A1:B2", "C1:C2"], (0, 0, 1, 1)),
        (["A2:C2", "A1:A3"], (0, 0, 0, 0)),
    ],
    ids=["the first", "not the second", "side by side", "on a lower row"],
)
def test_of_merged_areas_that_overlap_the_first_counts(
    merged: list[str], kept: tuple[int, int, int, int]
):
    sheet = made_sheet([["甲", "", ""], ["", "", "丙"], ["", "丁", ""]], merged=merged)
    assert spans(sheet)["甲"] == kept


@pytest.mark.parametrize(("most", "is_refused"), [(4, False), (3, True)])
def test_a_sheet_with_too_many_merged_rows_is_refused(
    most: int, monkeypatch: pytest.MonkeyPatch, *, is_refused: bool
):
    """Rows without texts count for nothing."""
    monkeypatch.setattr(sheet_boxes, "_MAX_MERGED_ROWS", most)
    sheet = made_sheet(SQUARE, merged=["A1:A2", "B2:B9"])
    if is_refused:
        with pytest.raises(UnreadableFileError, match="收支总表 merges more cells"):
            ShownSheet(sheet)
    else:
        assert len(ShownSheet(sheet).boxes) == 7


def test_a_merged_text_is_ruled_where_any_of_its_columns_is():
    rows = [["甲", "", "丙"], ["丁", "", ""]]
    shown = ShownSheet(made_sheet(rows, merged=["A1:B1"], ruled=["B1:B1"]))
    assert {box.text: shown.is_ruled(box) for box in shown.boxes} == {
        "甲": True,
        "丙": False,
        "丁": False,
    }


@pytest.mark.parametrize(
    ("left", "right", "cells"),
    [
        (0, 9, [(0, 0), (0, 0), (0, 3), (0, 5)]),
        (1, 3, [(0, 0), (0, 3)]),
        (4, 4, []),
        (5, 5, [(0, 5)]),
        (6, 9, []),
    ],
)
def test_ruled_cells_are_those_between_two_columns_that_are_shown(
    left: int, right: int, cells: list[tuple[int, int]]
):
    """A and B are merged, C has no rulings and E is hidden; of a row without texts none count."""
    sheet = made_sheet(
        [["甲", "", "丙", "丁", "戊", "己"]],
        merged=["A1:B1"],
        ruled=["A1:B1", "D1:F1", "A2:F2"],
        hidden_columns=[(4, 4)],
    )
    shown = ShownSheet(sheet)
    assert list(shown.ruled_cells(0, left, right)) == cells
    assert list(shown.ruled_cells(1, left, right)) == []


def test_a_row_reaches_over_its_texts_and_its_rulings_as_far_as_they_are_shown():
    sheet = made_sheet(
        [["甲", "", "丙", "", "", "己"], ["丁"]],
        merged=["A1:B1"],
        ruled=["D1:F1"],
        hidden_columns=[(1, 1), (4, 4)],
    )
    shown = ShownSheet(sheet)
    first, second = rows_of(shown.boxes)
    assert shown.reaches(first) == [(0, 0), (1, 1), (3, 3), (2, 3)]
    assert shown.reaches(second) == [(0, 0)]


def test_rows_hold_what_begins_in_them_from_the_left():
    shown = ShownSheet(made_sheet(SQUARE, merged=["B1:B2"]))
    rows = rows_of(reversed(shown.boxes))
    assert ["".join(box.text for box in row) for row in rows] == ["甲乙丙", "丁己", "庚辛壬"]


def test_a_row_below_a_blank_one_begins_anew():
    rows = [["甲", "乙"], [], ["丙", "丁"], ["戊", ""], [], [], ["己"]]
    assert first_rows(rows_of(ShownSheet(made_sheet(rows)).boxes)) == [0, 1, 3]
    high = made_sheet(rows, merged=["B1:B2", "A4:A5"])
    assert first_rows(rows_of(ShownSheet(high).boxes)) == [0, 3]
    assert first_rows([]) == []


def test_runs_that_touch_are_joined():
    assert joined_runs([(4, 5), (0, 1), (2, 2), (7, 8)]) == [(0, 2), (4, 5), (7, 8)]
