"""Reading on a Ray cluster of two nodes, both on this machine: the same as in local processes.

Started once for all tests: it takes seconds, and what each test loses it puts back.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipelines.running.checkup import Health, check_up
from pipelines.running.executing import chosen_executor
from pipelines.settings import load_settings
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.executors.batch_reading import UnfitNodeError
from pipelines.warehouse.executors.contract import Executor, Failure, Limits
from pipelines.warehouse.executors.ray_cluster import EXTRA, NoClusterError, RayCluster
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from pipelines.warehouse.ingesting import IngestSummary, Reader, disclosure_reader, ingest
from tests.executors import GENEROUS
from tests.integration.warehouse.fake_reader import lines_of, read_fake, take_down
from tests.paths import PROJECT_DIR, REFERENCE_DIR, SAMPLES_DIR

pytest.importorskip("ray", reason=f"{EXTRA} is not installed")

from ray.cluster_utils import Cluster

NODE = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
# When something was done is the only thing that two runs may tell differently.
MOMENTS = {"documents": "loaded_at", "files": "seen_at"}


@dataclass
class Place:
    """A cluster and a folder to work in.

    Attributes:
        cluster: Two nodes of one processor each.
        raw_dir: What is to be read.
    """

    cluster: Cluster
    folder: Path

    @property
    def raw_dir(self) -> Path:
        """Where files are put."""
        return self.folder / "raw"

    @property
    def results(self) -> Path:
        """Where results travel."""
        return self.folder / "results"

    def put(self, **contents: str) -> None:
        """Put files into the raw directory."""
        for name, text in contents.items():
            (self.raw_dir / f"{name}.pdf").write_text(text, encoding="utf-8")

    def executor(self, limits: Limits = GENEROUS, **options: object) -> RayCluster:
        """The cluster as an executor."""
        return RayCluster(self.cluster.address, limits, self.results, REFERENCE_DIR, **options)

    def ingest(self, name: str, executor: Executor, reader: Reader = read_fake) -> IngestSummary:
        """Read everything into a warehouse."""
        return ingest(
            self.raw_dir,
            self.folder / name,
            executor=executor,
            on_progress=lambda _: None,
            reader=reader,
            reader_version="1",
            work_dir=self.folder,
        )

    def staged(self, name: str) -> dict[str, list[tuple]]:
        """Every row of every staging table."""
        with open_for_reading(self.folder / name) as connection:
            tables = connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'staging'"
            ).fetchall()
            return {
                table: connection.execute(
                    f"select * exclude ({MOMENTS[table]}) from staging.{table} order by all"
                    if table in MOMENTS
                    else f"from staging.{table} order by all"
                ).fetchall()
                for (table,) in tables
            }

    def statuses(self, name: str) -> dict[str, str]:
        """What became of each file."""
        with open_for_reading(self.folder / name) as connection:
            found = connection.execute("select file_name, reason from staging.files").fetchall()
        return {file.removesuffix(".pdf"): reason for file, reason in found}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # Nodes import what this process does.
        path = [str(PROJECT_DIR), *filter(None, [os.environ.get("PYTHONPATH")])]
        patch.setenv("PYTHONPATH", os.pathsep.join(path))
        started = Cluster(initialize_head=True, head_node_args=NODE)
        started.add_node(**NODE)
        yield started
        started.shutdown()


@pytest.fixture
def place(cluster: Cluster, tmp_path: Path) -> Place:
    (tmp_path / "raw").mkdir()
    return Place(cluster, tmp_path)


def test_the_same_is_staged_as_by_local_processes(place):
    for path in SAMPLES_DIR.rglob("*"):
        if path.is_file():
            shutil.copy(path, place.raw_dir)
    place.put(broken="no document")
    reader = disclosure_reader(load_settings({}).reference_dir)
    place.ingest("local.duckdb", WorkerProcesses(2, GENEROUS), reader)
    with place.executor() as executor:
        assert executor.join().node_count == 2
        summary = place.ingest("ray.duckdb", executor, reader)
    assert summary.figure_count > 5000
    assert place.staged("ray.duckdb") == place.staged("local.duckdb")
    assert not place.results.exists()


def test_each_bad_file_costs_itself_only_and_says_why(place):
    place.put(a="one", b="refuse", c="bug", d="die", e="hoard", f="huge", g="spin", h="two")
    limits = Limits(seconds=30, memory_bytes=512 * 2**20)
    with place.executor(limits) as executor:
        place.ingest("ray.duckdb", executor)
    assert place.statuses("ray.duckdb") == {
        "a": "",
        "b": "encrypted",
        "c": "crash",
        "d": "crash",
        "e": "memory",
        "f": "unstorable",
        "g": "timeout",
        "h": "",
    }


def test_a_file_that_takes_down_whoever_reads_it_is_given_up_alone(place):
    place.put(**{f"f{number}": f"document {number}" for number in range(8)}, bad="take down")
    with place.executor() as executor:
        place.ingest("ray.duckdb", executor, take_down)
    reasons = place.statuses("ray.duckdb")
    assert reasons.pop("bad") == "crash"
    assert set(reasons.values()) == {""}


def test_what_hangs_past_all_limits_is_ended_and_read_again(place):
    place.put(**{f"f{number}": f"document {number}" for number in range(6)}, bad="freeze")
    with place.executor(silence_seconds=12) as executor:
        summary = place.ingest("ray.duckdb", executor, take_down)
    assert (place.raw_dir / "bad.frozen").exists()
    assert len(summary.newly_read) == 7


def test_a_node_that_is_killed_in_the_middle_costs_nothing(place):
    tasks = []
    for number in range(120):
        tasks.append(place.raw_dir / f"{number}.pdf")
        tasks[-1].write_text(f"document {number}", encoding="utf-8")
    node = place.cluster.list_all_nodes()[-1]
    seen = []
    with place.executor() as executor:
        for task, outcome in executor.read(tasks, take_down):
            if not seen:
                place.cluster.remove_node(node, allow_graceful=False)
                place.cluster.add_node(**NODE)
            assert not isinstance(outcome, Failure)
            seen.append(task)
    assert sorted(seen) == sorted(tasks)


def test_the_settings_choose_the_cluster_and_the_check_up_finds_it(place):
    place.put(a="one")
    settings = replace(
        load_settings({"JUESUAN_EXECUTOR": "ray", "JUESUAN_RAY_ADDRESS": place.cluster.address}),
        raw_dir=place.raw_dir,
        warehouse=place.folder / "w.duckdb",
    )
    (finding,) = [each for each in check_up(settings) if each.subject == "Executor"]
    assert finding.health is Health.WELL
    assert "2 nodes, 2 batches at a time" in str(finding.said)
    with chosen_executor(settings, place.folder) as executor:
        assert dict(executor.read([place.raw_dir / "a.pdf"], lines_of)) == {
            place.raw_dir / "a.pdf": ["one"]
        }


def test_whoever_runs_the_command_keeps_his_signals(place):
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with place.executor() as executor:
        executor.join()
        assert handlers == [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]


def test_a_node_that_sees_other_folders_ends_the_run(place):
    with (
        place.executor(folders=(place.folder / "elsewhere",)) as executor,
        pytest.raises(UnfitNodeError, match="elsewhere"),
    ):
        list(executor.read([place.raw_dir], lines_of))
    assert not place.results.exists()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "host:port", "ray://127.0.0.1:1"])
def test_an_address_where_no_cluster_answers_is_told_at_once(tmp_path, address):
    with (
        RayCluster(address, GENEROUS, tmp_path, REFERENCE_DIR) as executor,
        pytest.raises(NoClusterError, match="no Ray cluster at"),
    ):
        executor.join()
