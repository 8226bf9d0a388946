"""Which formulas of an .xls file nobody has worked out.

Knows the records of formulas and the mark that programs leave which compute. xlrd tells a formula's
result and not that it is one. Does not know what a formula says.

Libraries that write formulas without working them out store 0 or nothing as the result of each.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Cells: TypeAlias = frozenset[tuple[int, int]]
"""Rows and columns from 0."""

_FORMULA, _END, _CALCULATED_BY = 0x0006, 0x000A, 0x01C1
_BEGINNINGS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
# A result that is no number ends in these bytes; its first byte says what it is.
_NO_NUMBER, _BLANK_TEXT = b"\xff\xff", 3
_ZERO = bytes(8)


def formulas_not_worked_out(stream: bytes, positions: Sequence[int]) -> list[Cells]:
    """Find the formulas whose results stand for nothing.

    Args:
        stream: The workbook's records.
        positions: Where each sheet begins.

    Returns:
        Of each sheet their cells: all its formulas where no program has computed the workbook and
        no formula has a result other than zero, else none.
    """
    if any(kind == _CALCULATED_BY and any(data[4:8]) for kind, data in _records(stream, 0)):
        return [frozenset()] * len(positions)
    sheets: list[Cells] = []
    for position in positions:
        formulas = [data for kind, data in _records(stream, position) if kind == _FORMULA]
        if not all(map(_is_nothing, formulas)):
            return [frozenset()] * len(positions)
        sheets.append(frozenset(struct.unpack_from("<2H", data) for data in formulas))
    return sheets


def _is_nothing(formula: bytes) -> bool:
    result = formula[6:14]
    is_blank = result.endswith(_NO_NUMBER) and result[0] == _BLANK_TEXT
    return is_blank or result == _ZERO


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part of the stream to its end, those of charts in it left out."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, position)
        data = stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind in _BEGINNINGS) - (kind == _END)
        if depth < 1:
            return
        if depth == 1:
            yield kind, data
