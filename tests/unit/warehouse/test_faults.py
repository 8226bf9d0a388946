"""A full disk and a lack of memory are said in words, wherever they strike."""

import errno
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.domain.errors import ExplainedError
from pipelines.running.notes import Notes, noted
from pipelines.warehouse import faults
from pipelines.warehouse.connection import NoRoomError, open_for_writing
from pipelines.warehouse.drafts import NoCopyError
from pipelines.warehouse.faults import OutOfMemoryError, explained
from pipelines.warehouse.room import has_room, is_no_room, place_without_room
from pipelines.warehouse.transforming import TransformError

SMALL = 256 * 1024


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond so much, as if the disk had no room for it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("rows", [1_000, 30_000, 300_000])
def test_whatever_finds_no_room_in_a_database_says_so(tmp_path, rows):
    with pytest.raises(NoRoomError, match=f"the disk is full at {tmp_path}"):
        fill(tmp_path / "some.duckdb", rows)


def fill(database: Path, rows: int) -> None:
    """Write more into a database than a small file holds, so many rows at a time."""
    with open_for_writing(database) as connection:
        connection.execute("create table t (number bigint, words varchar)")
        for _ in range(100):
            connection.execute(
                "insert into t select range, md5(range::varchar) from range($rows)", {"rows": rows}
            )
        connection.execute("checkpoint")


def rollback() -> Exception:
    """What a transaction says that could not be committed and cannot be undone either."""
    return duckdb.TransactionException("cannot rollback - no transaction is active")


def after(cause: Exception, error: Exception) -> Exception:
    """An error as it comes from the handling of another one."""
    error.__context__ = cause
    return error


COMMIT = duckdb.TransactionException('Failed to commit: file "/x/y": No space left on device')


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/x/y"),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
        COMMIT,
        after(COMMIT, rollback()),
        TransformError("dbt cannot build: {why}", why="[Errno 28] No space left on device"),
    ],
    ids=["written", "quota", "committed", "rolled back", "dbt"],
)
def test_no_room_is_told_from_what_was_said_or_from_where_it_came(error, tmp_path):
    assert is_no_room(error)
    assert isinstance(explained(error, tmp_path), NoRoomError)


def test_what_has_another_cause_stays_what_it_is(tmp_path):
    for error in (OSError(errno.EIO, "broken"), rollback(), ExplainedError("no"), ValueError("x")):
        assert explained(error, tmp_path) is error
    copy = NoCopyError(tmp_path / "w.duckdb", 7)
    assert explained(copy, tmp_path) is copy
    assert "no room for a working copy" in str(copy)


def test_a_transaction_that_failed_without_a_reason_on_a_full_disk_has_one(tmp_path, monkeypatch):
    monkeypatch.setattr(faults, "has_room", lambda _: False)
    assert isinstance(explained(rollback(), tmp_path), NoRoomError)
    wrong = duckdb.CatalogException("no such table")
    assert explained(wrong, tmp_path) is wrong


@pytest.mark.usefixtures("small_files")
def test_whether_there_is_room_is_tried(tmp_path):
    assert not has_room(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_room_or_nothing_may_be_written_the_disk_is_not_full(tmp_path):
    assert has_room(tmp_path)
    assert has_room(tmp_path / "no folder")


def test_the_place_is_the_one_that_was_written_to():
    assert place_without_room(OSError(errno.ENOSPC, "full", "/x/y")) == Path("/x")
    told = duckdb.IOException('Could not write file "/a b/c.duckdb.wal": No space left on device')
    assert place_without_room(told) == Path("/a b")
    assert place_without_room(rollback()) is None


def test_a_command_that_ends_so_says_and_notes_it_in_words(tmp_path):
    notes = Notes("run")
    with pytest.raises(NoRoomError), noted(notes, tmp_path / "w.duckdb"):
        raise COMMIT
    assert notes.error.startswith("the disk is full at /x: free some space")
    with (
        pytest.raises(OutOfMemoryError, match="the memory is used up"),
        noted(notes, tmp_path / "w.duckdb"),
    ):
        raise MemoryError("Unable to allocate output buffer.")
    assert "Unable to allocate" not in notes.error
