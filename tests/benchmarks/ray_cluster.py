"""Read the same documents in local processes and on a Ray cluster: same rows, at what cost?

Usage: ``make bench-ray``, or ``python tests/benchmarks/ray_cluster.py [--documents N] [--seed N]``;
needs ``juesuan[ray]``.

Forges N documents, Word and PDF in turn, reads them into a warehouse with two processes of this
machine, and into another one on a cluster of two nodes with one processor each, both on this
machine. Start-up apart: either has read a few documents before. Prints the processor time of all
processes that take part, Ray's own among them, and what differs in staging. Ends with 1 where
anything does, or where the cluster takes more than 15 % more.

What takes long to import is imported in functions: reading processes run this module again.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pipelines.warehouse.executors.contract import Executor

MOST_MORE = 0.15
WARMING_DOCUMENTS = 4
NODE = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
SECONDS_BETWEEN_LOOKS = 0.25
# Places of fields in /proc/PID/stat, counted from behind the name.
PARENT, TIMES, STARTED = 1, slice(11, 13), 19
# A process by its number and when it started: numbers are used again.
Process: TypeAlias = tuple[int, int]
# When something was done is the only thing that two runs may tell differently.
MOMENTS = {"documents": "loaded_at", "files": "seen_at"}
DIFFERENT = """
    select count(*) from (
        (
            select {columns} from staging.{table}
            except all
            select {columns} from other.staging.{table}
        )
        union all
        (
            select {columns} from other.staging.{table}
            except all
            select {columns} from staging.{table}
        )
    )
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading took.

    Attributes:
        processor: Seconds of all processes.
        wall: Seconds.
    """

    processor: float
    wall: float


def forge(folder: Path, count: int, seed: int) -> None:
    """Write random documents, final accounts and budgets, Word and PDF in turn."""
    import hypothesis
    from hypothesis import strategies as st

    from tests.forge.budget.strategies import printable_budgets
    from tests.forge.disclosure import FileFormat, forge_disclosure
    from tests.forge.strategies import printable_pairs

    kinds = cycle(FileFormat)
    numbers: Iterator[int] = iter(range(count))
    folder.mkdir()

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(pair=st.one_of(printable_pairs(), printable_budgets()))
    def write(pair: tuple[object, object]) -> None:
        kind = next(kinds)
        number = next(numbers, None)
        if number is not None:
            forge_disclosure(*pair, kind, folder / f"{number}.{kind}")  # type: ignore[arg-type]

    write()


class Watch:
    """Processor time of this process and of all that it starts, directly or not.

    Looked at now and then, because Ray does not wait for its workers: what they took is nowhere
    once they have ended. What looking itself takes is left out.
    """

    def __init__(self) -> None:
        self._seconds_of: dict[Process, float] = {}
        self._over = Event()
        self._own_seconds = 0.0
        self._looking = Thread(target=self._look_on)

    def __enter__(self) -> "Watch":
        """Begin with what everything has taken so far."""
        self._look()
        self._before = dict(self._seconds_of)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look for the last time."""
        self._over.set()
        self._looking.join()

    @property
    def seconds(self) -> float:
        """What was taken meanwhile."""
        taken = (
            seconds - self._before.get(process, 0.0)
            for process, seconds in self._seconds_of.items()
        )
        return sum(taken) - self._own_seconds

    def _look_on(self) -> None:
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            self._look()
            self._own_seconds = time.thread_time()

    def _look(self) -> None:
        found: dict[int, tuple[Process, int, float]] = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                text = status.read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has just ended
                continue
            # The name may hold anything, brackets too; what follows it is numbers.
            fields = text.rpartition(")")[2].split()
            number = int(status.parent.name)
            seconds = sum(map(int, fields[TIMES])) / os.sysconf("SC_CLK_TCK")
            found[number] = (number, int(fields[STARTED])), int(fields[PARENT]), seconds
        # Some of them may have lost their parents.
        seen = {number for number, (process, *_) in found.items() if process in self._seconds_of}
        family = seen | {os.getpid()}
        grown = True
        while grown:
            children = {number for number, (_, parent, _) in found.items() if parent in family}
            grown = not children <= family
            family |= children
        for number in family & found.keys():
            process, _, seconds = found[number]
            self._seconds_of[process] = seconds


def measured(read: Callable[[], None]) -> Cost:
    """Do something, and tell what it took."""
    began = time.monotonic()
    with Watch() as watch:
        read()
    return Cost(watch.seconds, time.monotonic() - began)


def read_into(warehouse: Path, raw_dir: Path, executor: "Executor") -> Cost:
    """Read every document of a folder into the staging tables of a warehouse."""
    from pipelines.normalising.versions import current_reader_version
    from pipelines.warehouse.ingesting import disclosure_reader, ingest
    from tests.paths import REFERENCE_DIR

    reader = disclosure_reader(REFERENCE_DIR)
    version = current_reader_version(REFERENCE_DIR)

    def read() -> None:
        ingest(
            raw_dir,
            warehouse,
            executor=executor,
            on_progress=_ignore,
            reader=reader,
            reader_version=version,
            work_dir=warehouse.parent,
        )

    return measured(read)


def _ignore(_: object) -> None:
    """Take no notice of progress."""


def differing_rows(one: Path, other: Path) -> dict[str, int]:
    """How many rows of each staging table are in one of two warehouses only."""
    import duckdb

    with duckdb.connect(str(one), read_only=True) as connection:
        connection.execute(f"attach '{other}' as other (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() "
            "where schema_name = 'staging' and database_name = current_database()"
        ).fetchall()
        counts = {}
        for (table,) in tables:
            columns = f"* exclude ({MOMENTS[table]})" if table in MOMENTS else "*"
            query = DIFFERENT.format(columns=columns, table=table)
            counts[table] = connection.execute(query).fetchall()[0][0]
    return {table: count for table, count in counts.items() if count}


def on_cluster(work: Path, raw_dir: Path, warming_dir: Path) -> Cost:
    """Start a cluster of two nodes, have it read a little, and then what is measured."""
    from ray.cluster_utils import Cluster

    from pipelines.warehouse.executors.contract import Limits
    from pipelines.warehouse.executors.ray_cluster import RayCluster
    from tests.paths import REFERENCE_DIR

    began = time.monotonic()
    cluster = Cluster(initialize_head=True, head_node_args=NODE)
    cluster.add_node(**NODE)
    limits = Limits(seconds=120, memory_bytes=2 * 2**30)
    try:
        with RayCluster(cluster.address, limits, work / "results", REFERENCE_DIR) as executor:
            read_into(work / "ray_warming.duckdb", warming_dir, executor)
            print(f"start-up: {time.monotonic() - began:.1f} s")
            return read_into(work / "ray.duckdb", raw_dir, executor)
    finally:
        cluster.shutdown()


def main() -> int:
    """Measure and print."""
    from pipelines.warehouse.executors.contract import Limits
    from pipelines.warehouse.executors.worker_processes import WorkerProcesses

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        raw_dir, warming_dir = work / "raw", work / "warming"
        forge(raw_dir, arguments.documents, arguments.seed)
        forge(warming_dir, WARMING_DOCUMENTS, arguments.seed + 1)
        count = sum(1 for _ in raw_dir.iterdir())
        processes = WorkerProcesses(2, Limits(seconds=120, memory_bytes=2 * 2**30))
        read_into(work / "local_warming.duckdb", warming_dir, processes)
        local = read_into(work / "local.duckdb", raw_dir, processes)
        ray = on_cluster(work, raw_dir, warming_dir)
        different = differing_rows(work / "local.duckdb", work / "ray.duckdb")
    more = ray.processor / local.processor - 1
    for name, cost in (("two local processes", local), ("Ray, two nodes of one", ray)):
        print(
            f"{name}: {cost.processor:.1f} s of processors, {cost.wall:.1f} s for {count} "
            f"documents, {1000 * cost.processor / count:.0f} ms each"
        )
    print(f"Ray takes {100 * more:+.1f} %; rows that differ: {different or 'none'}")
    return int(bool(different) or more > MOST_MORE)


if __name__ == "__main__":
    sys.exit(main())
