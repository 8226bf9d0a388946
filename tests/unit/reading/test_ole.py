"""OLE files are told and taken apart by their directory."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.ole import read_stream, stream_names
from tests.unit.reading.ole_files import SECTOR, ole_file

BOOK = bytes(range(256)) * 40
FILE = ole_file({"Workbook": BOOK, "\x05SummaryInformation": b"-"})


def test_streams_are_named_and_read():
    assert stream_names(FILE) == {"Workbook", "\x05SummaryInformation"}
    assert read_stream(FILE, "Workbook") == BOOK


def test_a_stream_that_is_not_there_is_damage():
    with pytest.raises(UnreadableFileError) as refused:
        read_stream(FILE, "Book")
    assert refused.value.reason is UnreadableReason.DAMAGED


def test_a_stream_larger_than_its_file_is_damage_and_takes_no_room():
    size = FILE.index(struct.pack("<Q", len(BOOK)), 2 * SECTOR)
    ring = FILE[:size] + struct.pack("<Q", 2**31) + FILE[size + 8 :]
    with pytest.raises(UnreadableFileError) as refused:
        read_stream(ring, "Workbook")
    assert "fetch it again" in refused.value.explanation


@given(position=st.integers(0, 4 * SECTOR), value=st.binary(min_size=1, max_size=8))
def test_damage_is_always_told(position: int, value: bytes):
    damaged = FILE[:position] + value + FILE[position + len(value) :]
    try:
        for name in stream_names(damaged):
            read_stream(damaged, name)
    except UnreadableFileError as refused:
        assert refused.reason is UnreadableReason.DAMAGED  # noqa: PT017 - or nothing is raised


def test_a_file_cut_short_is_damage():
    with pytest.raises(UnreadableFileError):
        stream_names(FILE[:600])
