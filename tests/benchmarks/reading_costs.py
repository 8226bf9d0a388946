"""Read the same disclosures in every format: what does a document cost, and how large is it?

Usage: ``make bench-costs``, or ``python tests/benchmarks/reading_costs.py [--documents N]
[--seed N] [--only FORMAT]...``. Forges held-out disclosures as ``formats.py`` does and reads each
format by one worker process of this machine into staging tables, loading included. What starting
takes is left out: a few documents are read first, and what they took is taken off. Prints for each
format the processor time of all processes and the bytes of a file, both on average.

The figures are what ``docs/performance/unit_costs.csv`` holds of reading.
"""

import argparse
import sys
from pathlib import Path

from pipelines.warehouse.executors.contract import Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from tests.benchmarks.formats import write_all
from tests.benchmarks.held_out import held_out
from tests.benchmarks.ray_cluster import read_into
from tests.benchmarks.trials import parser, print_line, run
from tests.forge.disclosure import Manuscript
from tests.forge.editions import Edition
from tests.forge.office import NoOfficeError

FEW_DOCUMENTS, ALL_DOCUMENTS = 4, 44
LIMITS = Limits(seconds=120, memory_bytes=2 * 2**30)
HEADINGS = ("format", "documents", "CPU ms each", "kB each")
WIDTHS = (12, 11, 13, 9)


def bench(options: argparse.Namespace, folder: Path) -> bool:
    """Write, read and print each format; whether there was anything to measure."""
    if options.documents <= FEW_DOCUMENTS:
        return False
    manuscripts = held_out(options.documents, options.seed)
    print_line(HEADINGS, WIDTHS)
    for edition in options.only or list(Edition):
        try:
            print_line(cells(manuscripts, edition, folder / edition, options.seed), WIDTHS)
        except NoOfficeError:
            print(f"{edition:>{WIDTHS[0]}}  LibreOffice is not installed", flush=True)
    return True


def cells(
    manuscripts: list[Manuscript], edition: Edition, folder: Path, seed: int
) -> tuple[object, ...]:
    """What a format takes, as a line of the table."""
    few, rest = manuscripts[:FEW_DOCUMENTS], manuscripts[FEW_DOCUMENTS:]
    taken = []
    for name, some in (("few", few), ("all", [*few, *rest])):
        write_all(some, edition, folder / name, seed)
        executor = WorkerProcesses(1, LIMITS)
        taken.append(read_into(folder / f"{name}.duckdb", folder / name, executor).processor)
    files = [path for path in (folder / "all").rglob("*") if path.is_file()]
    return (
        *(edition, len(rest)),
        f"{1000 * (taken[1] - taken[0]) / len(rest):.0f}",
        f"{sum(path.stat().st_size for path in files) / len(files) / 1000:.0f}",
    )


if __name__ == "__main__":
    asked = parser(__doc__, Edition)
    asked.set_defaults(documents=ALL_DOCUMENTS)
    sys.exit(run(bench, asked.parse_args()))
