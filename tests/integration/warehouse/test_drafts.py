"""The next state is prepared out of sight and appears as a whole, or not at all."""

import multiprocessing
import resource
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.connection import (
    NotAWarehouseError,
    WarehouseError,
    WarehouseLockedError,
    open_for_reading,
    open_for_writing,
)
from pipelines.warehouse.drafts import (
    UnusableNameError,
    WriterBusyError,
    draft_dir,
    latest_state,
    open_draft,
    unfinished_draft,
)
from pipelines.warehouse.loads import replace_document
from pipelines.warehouse.schema import apply_staging_schema
from tests.made_disclosures import made_disclosure

ROWS_A_STATE = 20_000
# How many states each reader has to come across.
STATES_SEEN = 8
HOLD_FOR_WRITING = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("create or replace table staging.mine as select 1")
print("open", flush=True)
sys.stdin.read()
"""


def load(database: Path, name: str) -> None:
    with open_for_writing(database) as connection:
        apply_staging_schema(connection)
        replace_document(connection, made_disclosure(name), "1")


def document_count(database: Path) -> int:
    with open_for_reading(database) as connection:
        (found,) = connection.execute("select count(*) from staging.documents").fetchone() or (-1,)
        return found


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    load(path, "one")
    return path


def test_nothing_is_seen_before_it_is_published_and_all_of_it_after(warehouse):
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
        assert (document_count(warehouse), document_count(latest_state(warehouse))) == (1, 2)
        draft.publish()
    assert document_count(warehouse) == 2
    assert latest_state(warehouse) == warehouse
    assert sorted(path.name for path in warehouse.parent.iterdir()) == ["w.draft", "w.duckdb"]


def test_the_first_state_begins_from_nothing(tmp_path):
    warehouse = tmp_path / "deep" / "w.duckdb"
    with open_draft(warehouse) as draft:
        load(draft.database, "one")
        assert not warehouse.exists()
        draft.publish()
    assert document_count(warehouse) == 1


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("w.2026.duckdb", "w_2026.duckdb"),
        ("局's.duckdb", "局_s.duckdb"),
        ("Main.duckdb", "Main_warehouse.duckdb"),
        ("temp.duckdb", "temp_warehouse.duckdb"),
    ],
)
def test_a_name_that_no_table_would_be_found_by_is_refused_and_another_said(tmp_path, name, better):
    with (
        pytest.raises(UnusableNameError, match=f"call it, say, {better}"),
        open_draft(tmp_path / name),
    ):
        pass
    assert not list(tmp_path.iterdir())
    with open_draft(tmp_path / better):
        pass


def test_a_draft_that_was_left_is_taken_up_again(warehouse):
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 2


def test_a_draft_of_another_state_is_thrown_away(warehouse):
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
    load(warehouse, "by hand")
    assert unfinished_draft(warehouse) is None
    with open_draft(warehouse) as draft:
        load(draft.database, "three")
        draft.publish()
    with open_for_reading(warehouse) as connection:
        found = connection.execute("select document_id from staging.documents").fetchall()
    expected = {made_disclosure(name).document_id for name in ("one", "by hand", "three")}
    assert {document_id for (document_id,) in found} == expected


def test_a_damaged_draft_is_thrown_away(warehouse):
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
    (draft_dir(warehouse) / "w.duckdb").write_bytes(b"half a draft")
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 1


def test_a_reader_goes_on_with_what_he_opened_and_the_next_one_sees_the_new_state(warehouse):
    reader = subprocess.Popen(
        [sys.executable, "-c", READ_TWICE, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "1\n"
        with open_draft(warehouse) as draft:
            load(draft.database, "two")
            draft.publish()
        said, _ = reader.communicate("again")
    assert (said, document_count(warehouse)) == ("1\n", 2)


READ_TWICE = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
count = "select count(*) from staging.documents"
print(connection.execute(count).fetchone()[0], flush=True)
sys.stdin.read()
print(connection.execute(count).fetchone()[0], flush=True)
"""


def _read_in_a_loop(path: str, stop: object, results: object, counts: object, own: int) -> None:
    """Count the rows of two tables that change together, and what goes wrong meanwhile."""
    seen, troubles = set(), []
    while not stop.is_set():
        try:
            with duckdb.connect(path, read_only=True) as connection:
                first = connection.execute("select count(*), max(state) from marts.a").fetchone()
                second = connection.execute("select count(*), max(state) from marts.b").fetchone()
        except duckdb.Error as error:
            troubles.append(str(error))
            continue
        seen.add((first, second))
        counts[own] = len(seen)
    results.put((seen, troubles))


def test_readers_in_a_loop_never_wait_and_never_see_half_a_state(warehouse):
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    publish_state(warehouse, 0)
    counts = context.Array("i", 2)
    readers = [
        context.Process(target=_read_in_a_loop, args=(str(warehouse), stop, results, counts, own))
        for own in range(2)
    ]
    for reader in readers:
        reader.start()
    for state in range(1, 1000):
        publish_state(warehouse, state)
        if min(counts) >= STATES_SEEN:
            break
    stop.set()
    found = [results.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    assert min(len(states) for states, _ in found) >= STATES_SEEN
    seen = set().union(*(states for states, _ in found))
    assert [trouble for _, troubles in found for trouble in troubles] == []
    assert {first == second == (ROWS_A_STATE, first[1]) for first, second in seen} == {True}


def publish_state(warehouse: Path, state: int) -> None:
    with open_draft(warehouse) as draft:
        with open_for_writing(draft.database) as connection:
            connection.execute("create schema if not exists marts")
            for table in ("a", "b"):
                connection.execute(f"drop table if exists marts.{table}")
                connection.execute(
                    f"create table marts.{table} as "
                    f"select {state} as state from range({ROWS_A_STATE})"
                )
        draft.publish()


def test_a_second_writer_is_told_who_is_at_work(warehouse):
    with open_draft(warehouse), pytest.raises(WriterBusyError, match=r"process \d+"):
        in_another_thread(lambda: open_draft(warehouse).__enter__())


def in_another_thread(act) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except WarehouseError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    raise failures[0]


def test_somebody_who_writes_by_hand_is_not_overwritten(warehouse):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_FOR_WRITING, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(WarehouseLockedError, match=f"process {holder.pid} "):
            open_draft(warehouse).__enter__()
        holder.kill()
    # What he wrote is in the log beside the file, and the draft has it.
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
        draft.publish()
    with open_for_reading(warehouse) as connection:
        assert connection.execute("from staging.mine").fetchall() == [(1,)]
    assert not warehouse.with_name("w.duckdb.wal").exists()


def test_a_writer_who_comes_in_between_stops_the_publication(warehouse):
    with open_draft(warehouse) as draft:
        load(draft.database, "two")
        with subprocess.Popen(
            [sys.executable, "-c", HOLD_FOR_WRITING, str(warehouse)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            with pytest.raises(WarehouseLockedError):
                draft.publish()
            holder.communicate(b"")
    assert document_count(warehouse) == 1


def test_somebody_else_s_database_is_left_alone(tmp_path):
    theirs = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(theirs)) as connection:
        connection.execute("create table customers as select 1 as id")
    content = theirs.read_bytes()
    with pytest.raises(NotAWarehouseError, match="other tables"):
        open_draft(theirs).__enter__()
    assert theirs.read_bytes() == content


def test_where_there_is_no_room_the_warehouse_is_as_it_was(warehouse):
    before = warehouse.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        with pytest.raises(WarehouseError, match="no room for a working copy"):
            open_draft(warehouse).__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert warehouse.read_bytes() == before
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 1


def test_a_link_to_the_warehouse_stays_a_link(warehouse, tmp_path):
    link = tmp_path / "elsewhere" / "link.duckdb"
    link.parent.mkdir()
    link.symlink_to(warehouse)
    with open_draft(link) as draft:
        load(draft.database, "two")
        draft.publish()
    assert link.is_symlink()
    assert (document_count(link), document_count(warehouse)) == (2, 2)


def test_the_draft_of_a_warehouse_of_another_shape_begins_anew_and_is_taken_up_again(warehouse):
    with open_for_writing(warehouse) as connection:
        connection.execute("alter table staging.claims drop column role")
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 0
        load(draft.database, "two")
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 1
        kept = draft.publish()
    assert kept is not None
    assert document_count(kept) == 1
    with open_for_reading(warehouse) as connection:
        connection.execute("select role from staging.claims")
    with open_draft(warehouse) as draft:
        assert document_count(draft.database) == 1
        assert draft.publish() is None
