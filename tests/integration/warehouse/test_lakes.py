"""A warehouse that several write at once: nothing lost or twice, and readers see whole states."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pytest

from pipelines.domain.file_record import FileStatus
from pipelines.domain.warehouse_place import Lake
from pipelines.exploring.served_warehouse import LakeState, LakeWatch
from pipelines.running.checkup import Health, check_up
from pipelines.running.tidying import tidy
from pipelines.settings import load_settings
from pipelines.warehouse import lakes
from pipelines.warehouse.connection import (
    LakeUnreachableError,
    MemoryBounds,
    WarehouseMissingError,
    connect_confined,
    is_there,
    open_for_reading,
    open_for_writing,
    settle,
    take_cursor,
)
from pipelines.warehouse.drafts import WriterBusyError, latest_state, open_draft, open_for_loading
from pipelines.warehouse.loads import write_documents
from pipelines.warehouse.parts import WHOLE, Part
from pipelines.warehouse.renewing import tables_of_another_shape
from pipelines.warehouse.rows import utc_now
from pipelines.warehouse.schema import bring_staging_schema
from pipelines.warehouse.staged_documents import DOCUMENT_TABLES, stage
from tests.forked_commands import forking
from tests.integration.warehouse.lake_loading import load
from tests.lake_servers import PostgresServer, postgres_server, programs_of_postgres
from tests.made_disclosures import made_disclosure

LOADERS = 4
DOCUMENTS = 24
NO_POSTGRES = "PostgreSQL is not installed (apt install postgresql)"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer | None]:
    programs = programs_of_postgres()
    if programs is None:
        yield None
        return
    with postgres_server(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def lake(request: pytest.FixtureRequest, server: PostgresServer | None, tmp_path: Path) -> Lake:
    """A lake that is not there yet."""
    if request.param == "sqlite":
        return _in_sqlite(tmp_path)
    if server is None:
        pytest.skip(NO_POSTGRES)
    return Lake(f"postgres:{server.new_database()}", str(tmp_path / "data"), tmp_path)


@pytest.fixture
def small_lake(tmp_path: Path) -> Lake:
    """One of this machine that is not there yet, where nothing depends on its catalogue."""
    return _in_sqlite(tmp_path)


def _in_sqlite(folder: Path) -> Lake:
    return Lake(f"sqlite:{folder / 'lake.sqlite'}", str(folder / "data"), folder)


def start_loader(lake: Lake, raw_dir: Path, part: Part) -> BaseProcess:
    """Begin to load in a process of its own, which has imported what it needs."""
    process = forking().Process(target=load, args=(lake, raw_dir, part))
    process.start()
    return process


def ended(process: BaseProcess) -> int | None:
    """The exit code of a loader, once it has ended; None where it takes minutes."""
    process.join(300)
    return process.exitcode


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    """Files for the reader that reads what they say, two of them with the same content."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number}.pdf").write_text(f"document {number}", encoding="utf-8")
    (folder / "copy.pdf").write_text("document 0", encoding="utf-8")
    (folder / "refused.pdf").write_text("refuse", encoding="utf-8")
    return folder


def put(lake: Lake, *names: str) -> None:
    """Load made documents."""
    with open_for_writing(lake) as connection:
        bring_staging_schema(connection)
        staged = [stage(made_disclosure(name), "1") for name in names]
        settle(connection, lambda: write_documents(connection, staged))


def publish(lake: Lake) -> object:
    with open_draft(lake) as draft:
        return draft.publish()


def asked(lake: Lake, query: str) -> list[tuple]:
    with open_for_reading(lake) as connection:
        return connection.execute(query).fetchall()


def names(lake: Lake) -> list[str]:
    found = asked(lake, "select document_id from staging.documents order by all")
    return [name for (name,) in found]


def staged_rows(lake: Lake) -> dict[str, list[tuple]]:
    """What is staged, without the times of it, and by which name it was found first."""
    columns = "columns(c -> c not in ('loaded_at', 'file_name'))"
    with open_for_reading(latest_state(lake)) as connection:
        return {
            table: connection.execute(
                f"select {columns} from staging.{table} order by all"
            ).fetchall()
            for table in DOCUMENT_TABLES
        }


def test_nothing_is_seen_before_it_is_published_and_all_of_it_after(lake):
    assert not is_there(lake)
    with pytest.raises(WarehouseMissingError, match="juesuan run"):
        names(lake)
    put(lake, "one")
    assert not is_there(lake)
    assert len(names(latest_state(lake))) == 1
    publish(lake)
    first = names(lake)
    put(lake, "two")
    assert names(lake) == first
    assert len(names(latest_state(lake))) == 2
    publish(lake)
    assert len(names(lake)) == 2


def test_a_reader_goes_on_with_the_state_that_he_opened(small_lake):
    put(small_lake, "one")
    publish(small_lake)
    with open_for_reading(small_lake) as connection:
        put(small_lake, "two")
        publish(small_lake)
        assert connection.execute("select count(*) from staging.documents").fetchone() == (1,)
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from staging.documents")


def test_work_that_another_was_faster_with_is_done_again_from_its_start(lake):
    put(lake, "one")
    attempts = []
    with open_for_writing(lake) as mine, open_for_writing(lake) as his:

        def work() -> None:
            found = mine.execute("select count(*) from staging.documents").fetchone()
            attempts.append(found)
            if len(attempts) == 1 and not lake.catalogue.startswith("sqlite:"):
                staged = stage(made_disclosure("two"), "1")
                settle(his, lambda: write_documents(his, [staged]))
            write_documents(mine, [stage(made_disclosure("two"), "1")])

        settle(mine, work)
    assert len(names(latest_state(lake))) == 2
    if not lake.catalogue.startswith("sqlite:"):  # which has one writer wait for the other
        assert attempts == [(1,), (2,)]


def test_what_fails_leaves_nothing_behind(small_lake):
    put(small_lake, "one")
    with open_for_writing(small_lake) as connection:

        def work() -> None:
            write_documents(connection, [stage(made_disclosure("two"), "1")])
            raise LookupError

        with pytest.raises(LookupError):
            settle(connection, work)
        settle(connection, lambda: None)
    assert len(names(latest_state(small_lake))) == 1


def test_whoever_is_always_overtaken_says_so_in_the_end(small_lake, monkeypatch):
    monkeypatch.setattr(lakes, "PATIENCE_SECONDS", 0.2)
    put(small_lake, "one")

    def work() -> None:
        raise duckdb.TransactionException("first line\nTransaction conflict - another was faster")

    with (
        open_for_writing(small_lake) as connection,
        pytest.raises(lakes.LakeBusyError, match="Transaction conflict"),
    ):
        settle(connection, work)


def test_several_loaders_lose_nothing_and_write_nothing_twice(lake, raw_dir, tmp_path):
    # To make its tables at the same time is tried with whole documents.
    put(lake)
    parts = [Part(number, LOADERS) for number in range(1, LOADERS + 1)]
    started = [start_loader(lake, raw_dir, part) for part in parts]
    assert [ended(process) for process in started] == [0] * LOADERS
    alone = Lake(f"sqlite:{tmp_path / 'alone.sqlite'}", str(tmp_path / "alone"), tmp_path / "alone")
    load(alone, raw_dir, WHOLE)
    assert staged_rows(lake) == staged_rows(alone)
    assert len(staged_rows(lake)["documents"]) == DOCUMENTS
    files = asked(latest_state(lake), "select file_path, status from staging.files order by all")
    assert len(files) == DOCUMENTS + 2
    # What lies in two parts may be read in both; whoever reads all of them next knows the copy.
    again = load(lake, raw_dir, WHOLE)
    assert (again.newly_read, again.newly_rejected) == ((), ())
    assert len(again.with_status(FileStatus.DUPLICATE)) == 1
    assert staged_rows(lake) == staged_rows(alone)


def test_a_part_leaves_what_is_of_other_parts_alone(small_lake, raw_dir):
    first, second = Part(1, 2), Part(2, 2)
    load(small_lake, raw_dir, first)
    (gone,) = [path for path in raw_dir.iterdir() if first.holds(path.name)][:1]
    gone.unlink()
    assert load(small_lake, raw_dir, second).vanished == ()
    assert load(small_lake, raw_dir, first).vanished == (gone.name,)
    recorded = asked(latest_state(small_lake), "select file_path from staging.files")
    assert {path for (path,) in recorded} == {path.name for path in raw_dir.iterdir()}


def test_a_loader_that_is_killed_harms_nothing_and_the_next_one_completes(lake, raw_dir):
    put(lake, "one")
    publish(lake)
    published = names(lake)
    turns = "select any_value(turn) from juesuan.turns"
    for seconds in (0.0, 0.3, 0.6):
        # Opened once: to open a lake takes a processor, which the loader needs, and half a second.
        with open_for_reading(latest_state(lake)) as watching:
            before = watching.execute(turns).fetchone()
            process = start_loader(lake, raw_dir, WHOLE)
            deadline = time.monotonic() + 60
            while process.is_alive() and time.monotonic() < deadline:
                if seconds == 0.0 or watching.execute(turns).fetchone() != before:
                    time.sleep(seconds)
                    break
                time.sleep(0.05)
        process.kill()
        process.join()
        assert names(lake) == published
    load(lake, raw_dir, WHOLE)
    assert len(names(latest_state(lake))) == 1 + DOCUMENTS
    figures = asked(
        latest_state(lake), "select count(*), count(distinct figure_id) from staging.figures"
    )
    assert figures[0][0] == figures[0][1]


def test_one_builds_at_a_time_and_nobody_loads_the_same_part_twice_on_a_machine(lake):
    put(lake, "one")
    with open_draft(lake), pytest.raises(WriterBusyError, match="lake"):
        in_another_thread(lambda: open_draft(lake).__enter__())
    with (
        open_draft(lake),
        open_for_loading(lake, Part(1, 2)),
        open_for_loading(lake, Part(2, 2)),
        pytest.raises(WriterBusyError, match="process"),
    ):
        in_another_thread(lambda: open_for_loading(lake, Part(2, 2)).__enter__())
    with open_draft(lake):
        pass


def in_another_thread(work: object) -> None:
    """A file lock is of a thread."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except WriterBusyError as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def test_a_lake_of_another_shape_is_made_anew_and_what_cannot_be_read_again_is_kept(
    small_lake,
):
    put(small_lake, "one")
    with open_for_writing(small_lake) as connection:
        connection.execute(
            "insert into staging.runs values ('r', $now, $now, 1, 0, 0, '{}')", {"now": utc_now()}
        )
    publish(small_lake)
    with open_for_writing(small_lake) as connection:
        connection.execute("alter table staging.claims drop column role")
        lakes.publish_snapshot(connection)
    assert tables_of_another_shape(small_lake) == ["staging.claims"]
    before = names(small_lake)
    with open_draft(small_lake) as draft:
        assert names(latest_state(small_lake)) == []
        assert names(small_lake) == before
        put(small_lake, "two")
        kept = draft.publish()
    assert "snapshot_version" in str(kept)
    assert names(small_lake) != before
    assert asked(small_lake, "select run_id from staging.runs") == [("r",)]
    version = int(str(kept).rpartition(" ")[2].rstrip(")"))
    with open_for_writing(small_lake) as connection:
        lakes.expire_snapshots(connection, 0)
        left = connection.execute("select snapshot_id from ducklake_snapshots('lake')").fetchall()
        (former,) = connection.execute(
            f"select count(*) from staging.documents at (version => {version})"
        ).fetchone()
    assert (version,) in left
    assert former == 1
    assert publish(small_lake) is None


def test_old_states_expire_but_not_what_readers_are_shown(small_lake):
    for name in ("one", "two", "three"):
        put(small_lake, name)
        publish(small_lake)
    put(small_lake, "four")
    with open_for_writing(small_lake) as connection:
        shown = lakes.published_snapshot(connection, "lake")
        assert lakes.expire_snapshots(connection, 1) == 0
        assert lakes.expire_snapshots(connection, 0) > 3
        left = connection.execute("select snapshot_id from ducklake_snapshots('lake')").fetchall()
    assert min(left) == (shown,)
    assert len(names(small_lake)) == 3
    assert len(names(latest_state(small_lake))) == 4


def test_a_run_tidies_states_away_that_nobody_may_look_at_any_more(small_lake):
    for name in ("one", "two"):
        put(small_lake, name)
        publish(small_lake)
    settings = replace(load_settings({}), warehouse=small_lake, lake_days=0)
    assert tidy(settings).expired_states > 3
    assert tidy(replace(settings, lake_days=1)).expired_states == 0
    assert len(names(small_lake)) == 2


def test_many_small_files_become_few(small_lake):
    for number in range(4):
        put(small_lake, f"document {number}")
        with open_for_writing(small_lake) as connection:
            connection.execute("call ducklake_flush_inlined_data('lake')")
    with open_for_writing(small_lake) as connection:
        count = "select count(*) from ducklake_list_files('lake', 'figures', schema => 'staging')"
        (before,) = connection.execute(count).fetchone()
        assert lakes.merge_files(connection)
        assert connection.execute(count).fetchone()[0] < before
    assert len(names(latest_state(small_lake))) == 4


def test_the_explorer_sees_a_new_state_and_can_reach_nothing_else(
    small_lake, tmp_path, monkeypatch
):
    monkeypatch.setattr("pipelines.exploring.served_warehouse.SECONDS_BETWEEN_LOOKS", 0.0)
    put(small_lake, "one")
    publish(small_lake)
    watch = LakeWatch(small_lake)
    first = watch.snapshot()
    put(small_lake, "two")
    assert watch.snapshot() == first
    publish(small_lake)
    assert LakeState(watch.snapshot()).tag != LakeState(first).tag
    watch.close()
    other = tmp_path / "other.txt"
    other.write_text("secret", encoding="utf-8")
    confined = connect_confined(small_lake, MemoryBounds(2**29, tmp_path / "spill"), threads=1)
    with confined, take_cursor(confined) as cursor:
        assert cursor.execute("select count(*) from staging.documents").fetchone() == (2,)
        with pytest.raises(duckdb.Error):
            cursor.execute(f"from read_text('{other}')")
        with pytest.raises(duckdb.Error):
            cursor.execute("delete from staging.documents")


def test_files_may_lie_in_an_object_store(lake, tmp_path):
    moto = pytest.importorskip("moto.server", reason="moto is not installed (CONTRIBUTING.md)")
    boto3 = pytest.importorskip("boto3")
    pretended = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    pretended.start()
    try:
        host, port = pretended.get_host_and_port()
        told = {
            "JUESUAN_WAREHOUSE": f"ducklake:{lake.catalogue}",
            "JUESUAN_LAKE_DATA": "s3://accounts/lake",
            "JUESUAN_HOME": str(tmp_path),
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        }
        bucket = boto3.resource(
            "s3",
            endpoint_url=told["AWS_ENDPOINT_URL"],
            aws_access_key_id="key",
            aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
            region_name="us-east-1",
        ).Bucket("accounts")
        bucket.create()
        in_store = load_settings(told).warehouse
        for name in ("one", "two"):
            put(in_store, name)
            publish(in_store)
        assert len(names(in_store)) == 2
        kept = [each.key for each in bucket.objects.all()]
        assert kept
        assert all(key.startswith("lake/") and key.endswith(".parquet") for key in kept)
        with connect_confined(in_store, MemoryBounds(2**29, tmp_path / "spill"), 1) as confined:
            cursor = take_cursor(confined)
            assert len(cursor.execute("from staging.figures").fetchall()) > 0
            with pytest.raises(duckdb.Error, match="disabled by configuration"):
                cursor.execute("from read_parquet('s3://accounts/other/*.parquet')")
        with open_for_writing(in_store) as connection:
            lakes.expire_snapshots(connection, 0)
        assert len(names(in_store)) == 2
    finally:
        pretended.stop()


def test_a_catalogue_that_does_not_answer_is_named_without_its_password(tmp_path):
    where = "postgres:dbname=x host=127.0.0.1 port=1 password='top secret'"
    silent = Lake(where, str(tmp_path / "data"), tmp_path)
    for opened in (open_for_reading, open_for_writing, open_draft):
        with pytest.raises(LakeUnreachableError, match=r"127\.0\.0\.1") as raised, opened(silent):
            pass
        assert "top secret" not in str(raised.value)


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(lakes, "find_spec", lambda _: None)
    lake = Lake("sqlite:x", "data", tmp_path)
    with pytest.raises(lakes.LakeExtraError, match=r"juesuan\[lake\]"), open_for_reading(lake):
        pass


def test_whoever_opens_a_lake_again_may_load_nothing_unsigned_either(small_lake):
    put(small_lake, "one")
    for _ in range(2):
        with open_for_writing(small_lake) as connection:
            setting = "select current_setting('allow_unsigned_extensions')"
            assert connection.execute(setting).fetchone() == (False,)
            with pytest.raises(duckdb.Error, match="Cannot change"):
                connection.execute("set allow_unsigned_extensions = true")


def test_the_check_up_knows_a_lake(small_lake):
    settings = replace(load_settings({}), warehouse=small_lake, raw_dir=small_lake.folder)
    (finding,) = [each for each in check_up(settings) if each.subject == "Warehouse"]
    assert finding.health is Health.WELL
    assert str(small_lake) in str(finding.said)
