"""What the warehouse says when the disk below it is full."""

import duckdb
import pytest

from pipelines.warehouse.connection import NoRoomError, limit_memory, open_for_writing

FULL = 'Failed to commit: Could not write file "juesuan.duckdb.wal": {}'


@pytest.mark.parametrize(
    "kind",
    [
        *(duckdb.IOException, duckdb.OutOfMemoryException),
        *(duckdb.TransactionException, duckdb.FatalException),
    ],
)
@pytest.mark.parametrize(
    "said", ["No space left on device", "Disk quota exceeded", "File too large"]
)
def test_a_full_disk_is_said_whichever_error_it_comes_as(kind, said, tmp_path):
    with (
        pytest.raises(NoRoomError, match=r"the disk is full at .*: free some space"),
        open_for_writing(tmp_path / "some.duckdb"),
    ):
        raise kind(FULL.format(said))


def test_another_error_of_the_database_stays_what_it_is(tmp_path):
    with (
        pytest.raises(duckdb.TransactionException, match="conflict"),
        open_for_writing(tmp_path / "some.duckdb"),
    ):
        raise duckdb.TransactionException("conflict")


def test_memory_can_be_bounded_and_what_does_not_fit_goes_where_it_is_told(tmp_path):
    with duckdb.connect(":memory:") as connection:
        limit_memory(connection, 128 * 1024 * 1024, tmp_path / "it's spilled")
        settings = connection.execute(
            "select current_setting('memory_limit'), current_setting('temp_directory')"
        ).fetchone()
    assert settings == ("128.0 MiB", str(tmp_path / "it's spilled"))
