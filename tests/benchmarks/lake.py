"""Read, build and ask the same documents in a file and in a lake: same rows, at what cost?

Usage: ``make bench-lake``, or ``python tests/benchmarks/lake.py [--documents N] [--seed N]``; needs
PostgreSQL (``apt install postgresql``).

Forges N documents, Word and PDF in turn. One loader reads them into a file, four at once into a
lake whose catalogue is in a PostgreSQL of its own and whose files are in a folder; then one run
builds and publishes each, and each is asked. Prints the processor time of every command with what
it starts, the server's apart, and its time; what either takes on the disk; and what differs between
the two. Ends with 1 where anything does, or where reading and building take more than 50 % more.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.domain.warehouse_place import Lake
from pipelines.settings import load_settings
from tests.benchmarks.ray_cluster import Cost, forge
from tests.lake_servers import postgres_server, programs_of_postgres
from tests.same_rows import differing_tables

LOADERS = 4
MOST_MORE = 0.5
MEBIBYTE = 1024 * 1024
ASKED: dict[str, tuple[str, ...]] = {
    "nothing new": ("run",),
    "status": ("status",),
    "discrepancies": ("discrepancies", "--format", "csv"),
    "export": ("export", "exported"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a warehouse is, and how it is read into.

    Attributes:
        name: What it is called.
        loader_count: How many read at once.
        variables: What names it to the command.
        folder: What it takes on the disk lies there.
    """

    name: str
    loader_count: int
    variables: Mapping[str, str]
    folder: Path


def costs_of(place: Place) -> dict[str, Cost]:
    """What each step takes in a place, in their order."""
    count = place.loader_count
    parts = [("load", "--part", f"{part}/{count}", "--jobs", "1") for part in range(1, count + 1)]
    costs = {"reading": commanded(place, parts), "building": commanded(place, [("run",)])}
    for name, words in ASKED.items():
        costs[name] = commanded(place, [words])
    return costs


def commanded(place: Place, commands: Sequence[Sequence[str]]) -> Cost:
    """Give commands at the same time, and tell what they took together."""
    began = time.monotonic()
    program = Path(sys.executable).with_name("juesuan")
    environment = {**os.environ, **place.variables}
    started = [
        subprocess.Popen(
            [program, *words],
            env=environment,
            cwd=place.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for words in commands
    ]
    processor = 0.0
    for process in started:
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(f"juesuan {' '.join(process.args[1:])} failed")  # type: ignore[index]
        processor += usage.ru_utime + usage.ru_stime
    return Cost(processor, time.monotonic() - began)


def byte_count(folder: Path) -> int:
    """What the files of a folder take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether the two are the same at a bearable cost."""
    parser = argparse.ArgumentParser(description="A lake held against a file.")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    programs = programs_of_postgres()
    if programs is None:
        print("PostgreSQL is not installed (apt install postgresql)", file=sys.stderr)
        return 2
    with TemporaryDirectory() as name, postgres_server(programs) as server:
        folder = Path(name)
        forge(folder / "raw", chosen.documents, chosen.seed)
        told = {"JUESUAN_RAW": str(folder / "raw"), "JUESUAN_LANG": "en"}
        homes = folder / "file", folder / "lake"
        for home in homes:
            home.mkdir()
        lake_variables = {
            **told,
            "JUESUAN_HOME": str(homes[1]),
            "JUESUAN_WAREHOUSE": f"ducklake:postgres:{server.new_database()}",
            "JUESUAN_LAKE_DATA": "parquet",
        }
        places = (
            Place("file", 1, {**told, "JUESUAN_HOME": str(homes[0])}, homes[0]),
            Place("lake", LOADERS, lake_variables, homes[1]),
        )
        costs = {place.name: costs_of(place) for place in places}
        for step in costs["file"]:
            print(f"{step:14}", *(_shown(costs[name][step]) for name in costs), sep="  ")
        sizes = byte_count(homes[0] / "data" / "warehouse"), byte_count(homes[1] / "parquet")
        print(f"{'on the disk':14}", *(f"{size / MEBIBYTE:8.1f} MiB" for size in sizes), sep="  ")
        lake = load_settings(lake_variables).warehouse
        assert isinstance(lake, Lake)
        found = differing_tables(lake, homes[0] / "data" / "warehouse" / "juesuan.duckdb")
    differing = {table: rows for table, rows in found.items() if rows}
    totals = [
        sum(costs[name][step].processor for step in ("reading", "building")) for name in costs
    ]
    more = totals[1] / totals[0] - 1
    print(f"{len(found)} tables, {len(differing)} differ: {differing}")
    print(f"reading and building take {more:+.1%} of processor time in the lake")
    return 1 if differing or more > MOST_MORE else 0


def _shown(cost: Cost) -> str:
    return f"{cost.processor:8.1f} s of processors, {cost.wall:7.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
