"""Files in, staging tables out: what is read, what is not, and what a bad file may cost."""

import signal
from pathlib import Path

import pytest

from pipelines.domain.file_record import FileStatus
from pipelines.domain.interruptions import Interrupted
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.executors.contract import Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from pipelines.warehouse.ingesting import IngestSummary, Progress, Reader, ingest
from tests.executors import GENEROUS, ONE_PROCESS
from tests.integration.warehouse.fake_reader import read_fake, read_patiently, refuse_everything


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "warehouse.duckdb"


def put(raw_dir: Path, **contents: str) -> None:
    for name, text in contents.items():
        (raw_dir / f"{name}.pdf").write_text(text, encoding="utf-8")


def ingest_fakes(
    raw_dir: Path,
    warehouse: Path,
    *,
    version: str = "1",
    reader: Reader = read_fake,
    limits: Limits = GENEROUS,
    seen: list[Progress] | None = None,
) -> IngestSummary:
    return ingest(
        raw_dir,
        warehouse,
        executor=WorkerProcesses(2, limits),
        on_progress=(seen if seen is not None else []).append,
        reader=reader,
        reader_version=version,
        work_dir=warehouse.parent,
    )


def rows(warehouse: Path, query: str) -> list[tuple]:
    with open_for_reading(warehouse) as connection:
        return connection.execute(query).fetchall()


def statuses(warehouse: Path) -> dict[str, tuple[str, str]]:
    found = rows(warehouse, "select file_path, status, reason from staging.files")
    return {path: (status, reason) for path, status, reason in found}


def test_documents_are_read_once_and_then_left_alone(raw_dir, warehouse):
    put(raw_dir, a="one", b="two")
    first = ingest_fakes(raw_dir, warehouse)
    assert (first.newly_read, first.figure_count) == (("a.pdf", "b.pdf"), 6)
    loaded = rows(warehouse, "select document_id, loaded_at from staging.documents order by all")
    seen: list[Progress] = []
    second = ingest_fakes(raw_dir, warehouse, seen=seen)
    assert (second.newly_read, second.newly_rejected, second.unchanged_count) == ((), (), 2)
    assert seen == [Progress(done=0, total=0)]
    assert loaded == rows(
        warehouse, "select document_id, loaded_at from staging.documents order by all"
    )


def test_loading_again_replaces(raw_dir, warehouse):
    put(raw_dir, a="one")
    ingest_fakes(raw_dir, warehouse)
    before = rows(warehouse, "select * from staging.figures order by figure_id")
    ingest_fakes(raw_dir, warehouse, version="2")
    assert rows(warehouse, "select * from staging.figures order by figure_id") == before
    assert rows(warehouse, "select reader_version from staging.documents") == [("2",)]


def test_each_bad_file_costs_itself_only_and_says_why(raw_dir, warehouse):
    put(
        raw_dir, a="one", b="refuse", c="bug", d="die", e="hoard", f="huge", g="one", h="two"
    )  # fmt: skip
    limits = Limits(seconds=100, memory_bytes=512 * 2**20)
    summary = ingest_fakes(raw_dir, warehouse, limits=limits)
    assert statuses(warehouse) == {
        "a.pdf": ("read", ""),
        "b.pdf": ("rejected", "encrypted"),
        "c.pdf": ("rejected", "crash"),
        "d.pdf": ("rejected", "crash"),
        "e.pdf": ("rejected", "memory"),
        "f.pdf": ("rejected", "unstorable"),
        "g.pdf": ("duplicate", "duplicate"),
        "h.pdf": ("read", ""),
    }
    messages = {record.file_path: record.message for record in summary.records}
    assert messages["b.pdf"] == "b.pdf: it wants a password"
    assert messages["c.pdf"] == "c.pdf: LookupError: no such column; please report this file"
    assert messages["g.pdf"] == "g.pdf: same content as a.pdf"
    assert all(
        path in message and "\n" not in message for path, message in messages.items() if message
    )
    assert rows(warehouse, "select count(*) from staging.documents") == [(2,)]


def test_a_document_that_takes_too_long_is_given_up(raw_dir, warehouse):
    put(raw_dir, a="spin", b="two")
    ingest_fakes(raw_dir, warehouse, limits=Limits(seconds=5, memory_bytes=2 * 2**30))
    assert statuses(warehouse) == {"a.pdf": ("rejected", "timeout"), "b.pdf": ("read", "")}


def test_a_document_that_asks_for_more_time_gets_it_within_reason(raw_dir, warehouse):
    put(raw_dir, a="10", b="1000")
    limits = Limits(seconds=4, memory_bytes=2 * 2**30)
    ingest_fakes(raw_dir, warehouse, reader=read_patiently, limits=limits)
    assert statuses(warehouse) == {"a.pdf": ("read", ""), "b.pdf": ("rejected", "timeout")}


def test_a_rejected_file_stays_listed_without_being_read_again(raw_dir, warehouse):
    put(raw_dir, a="refuse")
    ingest_fakes(raw_dir, warehouse)
    again = ingest_fakes(raw_dir, warehouse)
    assert again.newly_rejected == ()
    assert [record.status for record in again.records] == [FileStatus.REJECTED]
    assert ingest_fakes(raw_dir, warehouse, version="2").newly_rejected == ("a.pdf",)


def test_a_file_that_vanished_leaves_its_document(raw_dir, warehouse):
    put(raw_dir, a="one", b="two")
    ingest_fakes(raw_dir, warehouse)
    (raw_dir / "a.pdf").unlink()
    assert ingest_fakes(raw_dir, warehouse).vanished == ("a.pdf",)
    assert list(statuses(warehouse)) == ["b.pdf"]
    assert rows(warehouse, "select count(*) from staging.documents") == [(2,)]


def test_a_document_that_the_new_reader_refuses_does_not_linger(raw_dir, warehouse):
    put(raw_dir, a="one")
    ingest_fakes(raw_dir, warehouse)
    assert rows(warehouse, "select count(*) from staging.documents") == [(1,)]
    ingest_fakes(raw_dir, warehouse, version="2", reader=refuse_everything)
    assert rows(warehouse, "select count(*) from staging.documents") == [(0,)]
    assert rows(warehouse, "select count(*) from staging.figures") == [(0,)]


def test_the_name_below_the_raw_directory_is_the_name_in_the_warehouse(raw_dir, warehouse):
    (raw_dir / "某县").mkdir()
    put(raw_dir / "某县", 决算="one")
    ingest_fakes(raw_dir, warehouse)
    assert rows(warehouse, "select file_path, file_name from staging.files") == [
        ("某县/决算.pdf", "决算.pdf")
    ]
    assert rows(warehouse, "select file_name from staging.documents") == [("决算.pdf",)]


def test_a_stop_that_a_library_passed_over_is_heard_at_the_next_document(
    raw_dir, warehouse, monkeypatch
):
    put(raw_dir, a="document a", b="document b", c="document c")

    def told() -> None:
        raise Interrupted(signal.SIGTERM)

    monkeypatch.setattr("pipelines.warehouse.ingesting.stop_if_told", told)
    with pytest.raises(Interrupted):
        ingest_fakes(raw_dir, warehouse)
    assert rows(warehouse, "select count(*) from staging.documents") == [(1,)]


@pytest.mark.parametrize("is_wrapped", [False, True], ids=["plain", "by DuckDB"])
def test_whoever_says_stop_loses_nothing_that_was_read(raw_dir, warehouse, is_wrapped):
    put(raw_dir, a="document a", b="document b", c="document c")

    def stop(progress: Progress) -> None:
        if progress.done < 2:
            return
        told = Interrupted(signal.SIGTERM)
        if is_wrapped:
            raise RuntimeError("Query interrupted") from told
        raise told

    with pytest.raises((Interrupted, RuntimeError)):
        ingest(
            raw_dir,
            warehouse,
            executor=ONE_PROCESS,
            on_progress=stop,
            reader=read_fake,
            reader_version="1",
            work_dir=warehouse.parent,
        )
    assert rows(warehouse, "select count(*) from staging.documents") == [(2,)]
