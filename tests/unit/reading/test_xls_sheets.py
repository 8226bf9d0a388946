"""Sheets of .xls files are read as they print."""

import io
import struct
from collections.abc import Callable

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import xls_sheets
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.ole import read_stream
from pipelines.reading.sheets import SPACER_ROWS, Area, Sheet
from pipelines.reading.xls_sheets import read_xls_sheets
from tests.unit.reading.ole_files import ole_file

NAME = "1.收支总表"


def workbook(fill: Callable[[xlwt.Workbook], object]) -> bytes:
    """A workbook that a function has filled."""
    book = xlwt.Workbook()
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(fill: Callable[[xlwt.Worksheet], object]) -> Sheet:
    """The only sheet of a workbook, filled by a function."""
    (only,) = read_xls_sheets(workbook(lambda book: fill(book.add_sheet(NAME))))
    return only


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read_xls_sheets(content)
    return refused.value


def test_cells_are_printed_by_their_formats():
    def fill(made: xlwt.Worksheet) -> None:
        values = {"#,##0.00": 1234.5, "0%": 0.25, '0.00;-0.00;"-"': 0, "General": 2080501.0}
        for column, (code, value) in enumerate(values.items()):
            made.write(0, column, value, xlwt.easyxf(num_format_str=code))
        made.write(1, 0, "部门：某局\r\n（本级）")
        made.row(1).set_cell_boolean(1, value=True)
        made.write(1, 2, 45292, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        made.write(1, 3, " ")

    printed = [(each.row, each.column, each.text) for each in read(fill).cells]
    assert printed == [
        *((0, 0, "1,234.50"), (0, 1, "25%"), (0, 2, "-"), (0, 3, "2080501")),
        *((1, 0, "部门：某局\n（本级）"), (1, 1, "TRUE"), (1, 2, "2024-01-01")),
    ]


def test_an_error_is_printed_and_cannot_be_read():
    def fill(made: xlwt.Worksheet) -> None:
        made.row(0).set_cell_error(0, "#REF!")

    (only,) = read(fill).cells
    assert (only.text, only.is_unreadable) == ("#REF!", True)


@pytest.mark.parametrize("stored", [0.0, None], ids=["zero", "nothing"])
def test_a_formula_that_nobody_worked_out_is_no_blank_cell(stored: float | None):
    """Xlwt stores an empty text; other libraries store a zero."""

    def fill(made: xlwt.Worksheet) -> None:
        made.write(0, 0, 12.5)
        made.write(0, 1, xlwt.Formula("A1*2"))

    content = workbook(lambda book: fill(book.add_sheet(NAME)))
    if stored is not None:
        nothing = struct.pack("<Q", 0xFFFF000000000003)
        assert content.count(nothing) == 1
        content = content.replace(nothing, struct.pack("<d", stored))
    cells = read_xls_sheets(content)[0].cells
    assert [(each.text, each.is_unreadable) for each in cells] == [("12.5", False), ("=…", True)]


def test_cells_are_read_behind_blank_ones_and_behind_formulas_that_nobody_worked_out():
    def fill(made: xlwt.Worksheet) -> None:
        made.write(0, 0, xlwt.Formula("2*2"))
        made.write(0, 1, None, xlwt.easyxf("borders: left thin"))
        made.write(0, 2, 12.5)

    assert [(each.column, each.text) for each in read(fill).cells] == [(0, "=…"), (2, "12.5")]


def test_merged_hidden_and_ruled_cells_are_known():
    def fill(made: xlwt.Worksheet) -> None:
        ruled = xlwt.easyxf("borders: left thin, right thin")
        made.write_merge(0, 1, 0, 1, "收入")
        made.write(0, 3, "支出", ruled)
        made.write(2, 0, None, ruled)
        made.write(4, 0, "藏")
        made.row(4).hidden = True
        made.col(2).hidden = True

    known = read(fill)
    assert (known.name, known.merged) == (NAME, [Area(0, 0, 1, 1)])
    assert list(known.hidden_rows.pairs) == [(4, 4)]
    assert list(known.hidden_columns.pairs) == [(2, 2)]
    assert list(known.ruled[0].pairs) == [(3, 3)]
    assert list(known.blank_ruled_rows.pairs) == [(2, 2)]


def test_a_text_centred_across_blank_cells_takes_them():
    across = xlwt.easyxf("align: horiz center_across_selection")
    plain = xlwt.easyxf("align: horiz center")

    def fill(made: xlwt.Worksheet) -> None:
        rows = [["收入总表", None, None], ["部门"], ["本年收入", None, "上年收入", None]]
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                made.write(row, column, value, across)
        made.write(1, 1, None, plain)
        made.write(1, 2, None, across)
        made.write(2, 5, None, across)
        made.write_merge(2, 2, 6, 7, "合计")

    assert set(read(fill).merged) == {
        *(Area(0, 0, 0, 2), Area(2, 0, 2, 1), Area(2, 2, 2, 3), Area(2, 6, 2, 7)),
    }


def test_white_text_on_white_is_unseen():
    def fill(made: xlwt.Worksheet) -> None:
        made.write(0, 0, "校验", xlwt.easyxf("font: colour white"))
        for column, fill_colour in ((1, "white"), (2, "blue")):
            style = f"font: colour white; pattern: pattern solid, fore_colour {fill_colour}"
            made.write(0, column, "校验", xlwt.easyxf(style))
        made.write(0, 3, "收入")

    assert [each.is_unseen for each in read(fill).cells] == [True, True, False, False]


def test_a_sheet_may_show_no_zeros():
    def fill(made: xlwt.Worksheet) -> None:
        made.show_zero_values = 0
        made.write(0, 0, 0)
        made.write(0, 1, 5)

    assert [each.text for each in read(fill).cells] == ["5"]


def test_sheets_come_in_the_order_of_their_tabs_with_what_is_hidden():
    def fill(book: xlwt.Workbook) -> None:
        for name in ("封面", "底稿", NAME):
            book.add_sheet(name).write(0, 0, name)
        book.get_sheet(1).visibility = 1

    assert [(each.name, each.is_hidden) for each in read_xls_sheets(workbook(fill))] == [
        *(("封面", False), ("底稿", True), (NAME, False)),
    ]


CONTENT = workbook(lambda book: book.add_sheet(NAME).write(0, 0, "合计"))
STREAM = read_stream(CONTENT, "Workbook")
# The first record is the workbook's; what says that it is encrypted follows it.
END_OF_FIRST = 4 + int.from_bytes(STREAM[2:4], "little")
ENCRYPTED = bytes.fromhex("2f000600") + bytes(6)


def test_an_encrypted_workbook_is_told():
    encrypted = STREAM[:END_OF_FIRST] + ENCRYPTED + STREAM[END_OF_FIRST:]
    refused = refusal(ole_file({"Workbook": encrypted}))
    assert refused.reason is UnreadableReason.ENCRYPTED
    assert "unprotected copy" in refused.explanation


def test_a_workbook_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xls_sheets, "MAX_WORKBOOK_BYTES", 100)
    assert "it is not a disclosure" in refusal(CONTENT).explanation


@settings(max_examples=50)
@given(position=st.integers(0, len(STREAM) - 1), value=st.binary(min_size=1, max_size=8))
def test_damage_is_always_told(position: int, value: bytes):
    damaged = STREAM[:position] + value + STREAM[position + len(value) :]
    try:
        read_xls_sheets(ole_file({"Workbook": damaged}))
    except UnreadableFileError as refused:
        assert refused.reason in (UnreadableReason.DAMAGED, UnreadableReason.ENCRYPTED)  # noqa: PT017


@pytest.mark.parametrize("name", ["Workbook", "Book"])
def test_a_workbook_is_of_either_name(name: str):
    """Excel 5 and 95 call the stream Book."""
    (only,) = read_xls_sheets(ole_file({name: STREAM}))
    assert [each.text for each in only.cells] == ["合计"]


def test_a_workbook_is_too_large_beyond_its_bound_and_the_bound_is_named(
    monkeypatch: pytest.MonkeyPatch,
):
    bound = 3 * 2**20
    monkeypatch.setattr(xls_sheets, "MAX_WORKBOOK_BYTES", bound)
    assert len(read_xls_sheets(ole_file({"Workbook": STREAM.ljust(bound, b"\0")}))) == 1
    refused = refusal(ole_file({"Workbook": STREAM.ljust(bound + 1, b"\0")}))
    assert "more than 3 MiB of cells" in refused.explanation


@pytest.mark.parametrize("first", [0, 1], ids=["above all text", "below text"])
def test_of_ruled_rows_without_text_the_first_fifty_below_each_other_count(first: int):
    ruled = xlwt.easyxf("borders: left thin")

    def fill(made: xlwt.Worksheet) -> None:
        if first:
            made.write(0, 0, "收入")
        for row in range(first, first + SPACER_ROWS + 1):
            made.write(row, 0, None, ruled)
        made.write(first + SPACER_ROWS + 1, 0, "支出")
        made.write(first + SPACER_ROWS + 2, 0, None, ruled)

    last = first + SPACER_ROWS
    assert list(read(fill).blank_ruled_rows.pairs) == [(first, last - 1), (last + 2, last + 2)]


@pytest.mark.parametrize(
    ("side", "is_ruled"), [("left", True), ("right", True), ("top", False), ("bottom", False)]
)
def test_a_ruling_at_either_side_of_a_cell_counts(side: str, *, is_ruled: bool):
    def fill(made: xlwt.Worksheet) -> None:
        made.write(0, 0, "收入", xlwt.easyxf(f"borders: {side} thin"))

    assert list(read(fill).ruled[0].pairs) == ([(0, 0)] if is_ruled else [])


def test_rows_without_height_and_columns_without_width_are_hidden():
    def fill(made: xlwt.Worksheet) -> None:
        for number in range(3):
            made.write(number, number, "收入")
        low, flat = made.row(1), made.row(2)
        low.height_mismatch = flat.height_mismatch = True
        low.height, flat.height = 1, 0
        made.col(1).width, made.col(2).width = 1, 0

    known = read(fill)
    assert list(known.hidden_rows.pairs) == [(2, 2)]
    assert list(known.hidden_columns.pairs) == [(2, 2)]
