"""Formulas that nobody has worked out are told by their results and by who computed the file."""

import struct

import pytest

from pipelines.reading.xls_formulas import Cells, formulas_not_worked_out

ZERO, NUMBER = bytes(8), struct.pack("<d", 12.5)
BLANK_TEXT, TRUTH = (bytes([kind, 0, 1, 0, 0, 0, 255, 255]) for kind in (3, 1))


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


BEGIN, END = record(0x0809), record(0x000A)


def formula(column: int, result: bytes, row: int = 0) -> bytes:
    return record(0x0006, struct.pack("<3H8sH", row, column, 1, result, 0xFFFF))


def found(*sheets: bytes, mark: bytes = b"") -> list[Cells]:
    """The cells found in sheets, each of these records, of a workbook with a mark."""
    stream = BEGIN + mark + END
    positions = []
    for records in sheets:
        positions.append(len(stream))
        stream += BEGIN + records + END
    return formulas_not_worked_out(stream, positions)


@pytest.mark.parametrize(
    ("mark", "is_computed"),
    [
        (b"", False),
        (record(0x01C1, struct.pack("<II", 0x01C1, 191029)), True),
        (record(0x01C1, struct.pack("<II", 0x01C1, 1)), True),
        (record(0x01C1, struct.pack("<II", 0x01C1, 1 << 24)), True),
        (record(0x01C1, struct.pack("<II", 0x01C1, 0)), False),
        (record(0x01C1, struct.pack("<III", 0x01C1, 0, 1)), False),
        (record(0x01C1, struct.pack("<I", 0x01C1)), False),
        (record(0x01C2, struct.pack("<II", 0x01C1, 191029)), False),
    ],
    ids=["none", "Excel", "low", "high", "nobody", "nobody and more", "cut off", "another"],
)
def test_a_workbook_that_a_program_computed_may_have_zeros(mark: bytes, *, is_computed: bool):
    cells = set() if is_computed else {(0, 1)}
    assert found(formula(1, ZERO), formula(1, ZERO), mark=mark) == [cells, cells]


@pytest.mark.parametrize(
    ("result", "is_nothing"),
    [
        (ZERO, True),
        (BLANK_TEXT, True),
        (NUMBER, False),
        (TRUTH, False),
        (bytes([3, 0, 0, 0, 0, 0, 0xF0, 0x3F]), False),
    ],
    ids=["zero", "a text of nothing", "a number", "a truth value", "a number that begins with 3"],
)
def test_a_result_of_zero_or_nothing_says_that_nobody_worked_it_out(
    result: bytes, *, is_nothing: bool
):
    assert found(formula(1, result)) == [{(0, 1)} if is_nothing else set()]


@pytest.mark.parametrize(
    "sheets",
    [
        (formula(0, ZERO) + formula(1, NUMBER),),
        (formula(0, ZERO), formula(1, NUMBER)),
        (formula(0, NUMBER), formula(1, ZERO)),
    ],
    ids=["of its sheet", "of a later sheet", "of a sheet before"],
)
def test_one_formula_with_a_result_says_that_all_are_worked_out(sheets: tuple[bytes, ...]):
    assert found(*sheets) == [set()] * len(sheets)


def test_each_sheet_has_its_own_formulas_and_not_those_of_its_charts():
    chart = BEGIN + formula(9, NUMBER) + END
    first = formula(0, ZERO) + chart + formula(1, ZERO, row=300)
    assert found(first, formula(2, BLANK_TEXT), b"") == [{(0, 0), (300, 1)}, {(0, 2)}, set()]


@pytest.mark.parametrize("rest", [0, 1, 3])
def test_a_stream_may_break_off(rest: int):
    stream = BEGIN + formula(0, ZERO) + END[:rest]
    assert formulas_not_worked_out(stream, [0]) == [{(0, 0)}]
