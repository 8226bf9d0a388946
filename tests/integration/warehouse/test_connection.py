"""A warehouse that cannot be opened is explained in one line."""

import subprocess
import sys

import duckdb
import pytest

from pipelines.warehouse.connection import (
    NotAWarehouseError,
    WarehouseError,
    WarehouseLockedError,
    WarehouseMissingError,
    open_for_reading,
    open_for_writing,
)

HOLD_OPEN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_writing_creates_the_file_and_its_directories(tmp_path):
    with open_for_writing(tmp_path / "a" / "b" / "w.duckdb"):
        pass
    assert (tmp_path / "a" / "b" / "w.duckdb").is_file()


def test_reading_does_not_create_a_warehouse(tmp_path):
    with (
        pytest.raises(WarehouseMissingError, match="juesuan run"),
        open_for_reading(tmp_path / "w.duckdb"),
    ):
        pass
    assert not (tmp_path / "w.duckdb").exists()


@pytest.mark.parametrize("opened", [open_for_reading, open_for_writing])
def test_another_kind_of_file_is_left_alone(tmp_path, opened):
    letter = tmp_path / "letter.duckdb"
    letter.write_text("Dear Sir or Madam, " * 500, encoding="utf-8")
    with (
        pytest.raises(NotAWarehouseError, match="letter"),
        opened(letter),
    ):
        pass
    assert letter.read_text(encoding="utf-8").startswith("Dear")


def test_a_duckdb_file_without_staging_is_not_taken_for_a_warehouse(tmp_path):
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    with (
        pytest.raises(NotAWarehouseError, match="staging"),
        open_for_reading(tmp_path / "w.duckdb"),
    ):
        pass


def test_a_directory_is_not_a_warehouse(tmp_path):
    with pytest.raises(NotAWarehouseError), open_for_writing(tmp_path):
        pass


def test_a_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(WarehouseError, match="cannot create"),
        open_for_writing(tmp_path / "file" / "below" / "w.duckdb"),
    ):
        pass


@pytest.mark.parametrize("opened", [open_for_reading, open_for_writing])
def test_a_warehouse_in_use_names_the_process_that_holds_it(tmp_path, opened):
    warehouse = tmp_path / "w.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with (
            pytest.raises(WarehouseLockedError, match=rf"process {holder.pid} "),
            opened(warehouse),
        ):
            pass
        holder.communicate(b"")
