"""Options and tables that the benches of held-out disclosures have in common.

Knows how a bench is asked and how it answers. Does not know what is measured.
"""

import argparse
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from tests.benchmarks.readings import Comparison

SEED = 20261129
DOCUMENTS = 10

Bench: TypeAlias = Callable[[argparse.Namespace, Path], bool]


def parser(description: str | None, kinds: type[StrEnum]) -> argparse.ArgumentParser:
    """The options of every bench.

    Args:
        description: The docstring of the bench's module.
        kinds: What ``--only`` may name.
    """
    options = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    options.add_argument("--documents", type=int, default=DOCUMENTS)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument(
        "--only",
        type=kinds,
        choices=list(kinds),
        action="append",
        metavar="NAME",
        help=", ".join(kinds),
    )
    options.add_argument("--show", type=int, default=3, help="examples of each sort")
    options.add_argument("--keep", type=Path, help="where files and warehouses stay")
    return options


def run(bench: Bench, options: argparse.Namespace) -> int:
    """Run a bench in a folder that goes away, or in the one to keep; its exit code."""
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return 0 if bench(options, options.keep) else 1
    with TemporaryDirectory() as folder:
        return 0 if bench(options, Path(folder)) else 1


def print_line(values: Sequence[object], widths: Sequence[int]) -> None:
    """Print one line of a table, its values at the right of their columns."""
    texts = (f"{value!s:>{width}}" for value, width in zip(values, widths, strict=True))
    print("".join(texts), flush=True)


def show(total: Comparison, examples: int) -> None:
    """Print why files were refused, and the first of what differs."""
    for said, times in total.rejected.most_common(examples):
        print(f"    {times} x {said}")
    for said in total.examples[:examples]:
        print(f"    {said}")
