"""Measure how the cost of the warehouse grows with the number of its documents.

Usage: ``make bench-growth``, or ``python tests/benchmarks/growth.py [--sizes N ...] [--quick]
[--keep DIR] [--write]``. Forges documents, has the command read them, and fills warehouses with
clones of them. In each it measures a full build, a night of ten new documents, one of a changed
figure and one of nothing, in processes of their own; then the documented queries, start-up and
loading. Prints everything as it goes, and with --write puts it into docs/performance.md too.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from tests.growth.cloning import add_clones, cloneable_documents, clones
from tests.growth.measuring import (
    JUESUAN,
    Command,
    MeasuringError,
    Taken,
    measure,
    measure_module,
    median_cpu_seconds,
)
from tests.growth.page import render, write_page
from tests.growth.queries import time_queries
from tests.growth.results import GIGABYTE, MEGABYTE, MIDDLE, Loading, Results, Size
from tests.growth.source import forge_source
from tests.growth.telling import attempt, say, told
from tests.growth.warehouses import (
    change_figure,
    check_build,
    check_figure,
    copy_staging,
    count_rows,
    differing_marts,
    publishing_seconds,
)

SIZES, QUICK_SIZES = (100, 1_000, 10_000), (50, 200)
FORGED_DOCUMENTS = 120
LOADED_DOCUMENTS = 300
SEED = 20261129
NEW_DOCUMENTS = 10
STARTS = 3
# A document's part of a warehouse before one was measured; published, drafted and copied.
FIRST_GUESS, COPIES = 3 * MEGABYTE, 3


@dataclass(slots=True)
class Bench:
    """Where a run works, and what it has found out so far.

    Attributes:
        folder: Where the source and the warehouses are.
        keeps_files: Whether they stay.
        cloneable: The documents of the source that are cloned.
    """

    folder: Path
    keeps_files: bool
    cloneable: list[str] = field(default_factory=list)
    results: Results = field(default_factory=Results)

    @property
    def raw_dir(self) -> Path:
        """The forged files."""
        return self.folder / "raw"

    @property
    def source(self) -> Path:
        """The warehouse they were read into."""
        return self.folder / "source.duckdb"


@dataclass(slots=True)
class Warehouse:
    """A warehouse of clones, and what was measured on it."""

    bench: Bench
    folder: Path
    size: Size

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "warehouse.duckdb"


Step: TypeAlias = tuple[str, Callable[[Warehouse], None]]


def forge(bench: Bench) -> None:
    """Forge documents and have the command read them, or take what an earlier run kept."""
    if not bench.source.exists():
        bench.raw_dir.mkdir(exist_ok=True)
        forged = forge_source(bench.raw_dir, FORGED_DOCUMENTS, SEED)
        figures = sum(len(document.figures) for document in forged)
        say(f"forged {len(forged)} documents with {figures:,} figures")
        command: Command = [JUESUAN, "run", "--raw", bench.raw_dir, "--warehouse", bench.source]
        say(f"read them and built their marts: {told(measure(command, {}))}")
    bench.cloneable = cloneable_documents(bench.source)
    results = bench.results
    results.source_documents = count_rows(bench.source, "staging.documents")
    results.source_figures = count_rows(bench.source, "staging.figures")
    say(
        f"source: {results.source_documents} documents with {results.source_figures:,} figures, "
        f"{len(bench.cloneable)} of them without contradictions, which are cloned"
    )


def build(warehouse: Warehouse) -> Taken:
    """Build the marts in a process of its own."""
    settings = {"JUESUAN_RAW": warehouse.folder / "raw", "JUESUAN_WAREHOUSE": warehouse.path}
    return measure_module("tests.growth.building", [], settings)


def fill(warehouse: Warehouse) -> None:
    """Stage the clones."""
    size, bench = warehouse.size, warehouse.bench
    (warehouse.folder / "raw").mkdir(parents=True)
    add_clones(bench.source, warehouse.path, clones(bench.cloneable, size.documents))
    size.figures = count_rows(warehouse.path, "staging.figures")
    size.staged_bytes = warehouse.path.stat().st_size
    say(f"  staged {size.figures:,} figures, {size.staged_bytes / MEGABYTE:,.0f} MB")


def build_all(warehouse: Warehouse) -> None:
    """The first build, of everything."""
    size = warehouse.size
    size.full = build(warehouse)
    check_build(warehouse.path, size.documents)
    size.full_bytes = warehouse.path.stat().st_size
    say(
        f"  full build: {told(size.full)}; {size.full_milliseconds:.0f} ms CPU a document; "
        f"file {size.full_bytes / MEGABYTE:,.0f} MB, {size.megabytes_a_document:.2f} MB for a "
        "document of 380 figures"
    )


def spend_night(warehouse: Warehouse) -> None:
    """Ten new documents, the same ten for every size."""
    size, bench = warehouse.size, warehouse.bench
    unused = size.documents // len(bench.cloneable) + 1
    add_clones(bench.source, warehouse.path, clones(bench.cloneable, NEW_DOCUMENTS, unused))
    size.night = build(warehouse)
    check_build(warehouse.path, size.documents + NEW_DOCUMENTS)
    size.night_bytes = warehouse.path.stat().st_size
    size.publishing_seconds = publishing_seconds(size.night.output)
    say(
        f"  a night of {NEW_DOCUMENTS} new documents: {told(size.night)}; "
        f"file {size.night_bytes / MEGABYTE:,.0f} MB"
    )


def change_one(warehouse: Warehouse) -> None:
    """A document that was loaded anew with another amount."""
    figure_id, yuan = change_figure(warehouse.path)
    warehouse.size.changed = build(warehouse)
    check_build(warehouse.path, warehouse.size.documents + NEW_DOCUMENTS)
    check_figure(warehouse.path, figure_id, yuan)
    say(f"  a night of one changed document: {told(warehouse.size.changed)}")


def change_nothing(warehouse: Warehouse) -> None:
    """A night without news."""
    size = warehouse.size
    size.nothing = build(warehouse)
    size.last_bytes = warehouse.path.stat().st_size
    # The file system may share blocks between files; here each counts.
    everything = sum(path.stat().st_size for path in warehouse.folder.rglob("*") if path.is_file())
    say(
        f"  a night of nothing: {told(size.nothing)}; file {size.last_bytes / MEGABYTE:,.0f} MB, "
        f"with all that stands beside it {everything / MEGABYTE:,.0f} MB"
    )


def compare(warehouse: Warehouse) -> None:
    """Whether the nights left the marts that one build of everything makes."""
    other = Warehouse(warehouse.bench, warehouse.folder / "anew", Size(0))
    (other.folder / "raw").mkdir(parents=True)
    copy_staging(warehouse.path, other.path)
    taken = build(other)
    differing = differing_marts(warehouse.path, other.path)
    if differing:
        raise MeasuringError(f"other rows than a build of everything makes: {', '.join(differing)}")
    say(f"  the marts are those that a build of everything makes ({told(taken)})")


def start(warehouse: Warehouse) -> None:
    """The command's help, and its status."""
    size = warehouse.size
    size.help_seconds = median_cpu_seconds([JUESUAN, "--help"], {}, STARTS)
    status: Command = [JUESUAN, "status", "--warehouse", warehouse.path]
    size.status_seconds = median_cpu_seconds(status, {}, STARTS)
    say(f"  --help {size.help_seconds:.2f} s CPU, status {size.status_seconds:.2f} s CPU")


def ask(warehouse: Warehouse) -> None:
    """The documented queries."""
    size = warehouse.size
    size.queries = time_queries(warehouse.path)
    for name, seconds in size.queries.items():
        say(f"  query {name}: {seconds:.3f} s")


def has_room(bench: Bench, documents: int) -> bool:
    """Whether the disk takes so many documents; says so."""
    files = [(size.last_bytes or size.full_bytes, size.documents) for size in bench.results.sizes]
    each = [file_bytes / measured for file_bytes, measured in files if file_bytes]
    needed = documents * (each[-1] if each else FIRST_GUESS) * COPIES
    free = shutil.disk_usage(bench.folder).free
    say(f"  free disk {free / GIGABYTE:,.1f} GB, needed about {needed / GIGABYTE:,.1f} GB")
    return free > needed


def measure_size(bench: Bench, documents: int, last_steps: list[Step]) -> None:
    """Fill a warehouse with so many clones and measure on it, each step after the one before."""
    say(f"\n{documents:,} documents")
    size = Size(documents)
    if not has_room(bench, documents):
        bench.results.failures.append(f"{documents:,} documents: not enough disk, left out")
        return
    bench.results.sizes.append(size)
    warehouse = Warehouse(bench, bench.folder / f"size{documents}", size)
    shutil.rmtree(warehouse.folder, ignore_errors=True)
    for what, step in (*EVERY_SIZE, *last_steps):
        named = f"{documents:,} documents, {what}"
        done = attempt(bench.results.failures, named, partial(step, warehouse))
        if not done and step in (fill, build_all):
            break
    if not bench.keeps_files:
        shutil.rmtree(warehouse.folder, ignore_errors=True)


def measure_loading(bench: Bench) -> None:
    """Load what was forged, over and over, and insert the same rows without the loader."""
    say("\nloading")
    with TemporaryDirectory(dir=bench.folder) as scratch:
        arguments: Command = [bench.raw_dir, scratch, str(LOADED_DOCUMENTS)]
        taken = measure_module("tests.growth.loading", arguments, {})
    loading = Loading(**json.loads(taken.output))
    bench.results.loading = loading
    say(
        f"  {loading.figures_a_second:,.0f} figures a second of CPU, "
        f"{loading.rows_a_second:,.0f} rows of any table; insert into … select "
        f"{loading.insert_seconds:.2f} s where it took {loading.cpu_seconds:.2f} s: "
        f"{loading.share_of_insert:.3f} of the speed; writing alone "
        f"{loading.writing_seconds:.2f} s, {loading.writing_share_of_insert:.3f} of it"
    )


EVERY_SIZE: tuple[Step, ...] = (
    ("staging", fill),
    ("full build", build_all),
    ("ten new documents", spend_night),
    ("one changed document", change_one),
    ("nothing new", change_nothing),
)


def run(bench: Bench, sizes: list[int]) -> None:
    """Measure everything."""
    forge(bench)
    started_at = MIDDLE if MIDDLE in sizes else sizes[-1]
    for documents in sizes:
        last_steps: list[Step] = []
        if documents == started_at:
            last_steps.append(("start-up", start))
        if documents == sizes[-1]:
            last_steps.append(("queries", ask))
        if documents == sizes[0]:
            last_steps.append(("comparison with a build of everything", compare))
        measure_size(bench, documents, last_steps)
    attempt(bench.results.failures, "loading", lambda: measure_loading(bench))


def main() -> int:
    """Measure, print, and write where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--quick", action="store_true", help="sizes of 50 and 200")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work there, and leave everything")
    parser.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    options = parser.parse_args()
    sizes = sorted(QUICK_SIZES if options.quick else options.sizes)
    with TemporaryDirectory(prefix="growth-") as scratch:
        folder = (options.keep or Path(scratch)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, keeps_files=options.keep is not None)
        run(bench, sizes)
    say(f"\n{render(bench.results)}")
    if options.write:
        write_page(bench.results)
    return 1 if bench.results.failures else 0


if __name__ == "__main__":
    sys.exit(main())
