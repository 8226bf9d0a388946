"""Reads one batch of files on whatever machine it was sent to.

Knows the worker processes that it has there and the folder that results are left in. Does not know
who sent it, nor any cluster: it is a generator of small reports, so that its sender hears that it
goes on, and of what.
"""

import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Generic

from pipelines.domain.errors import ExplainedError
from pipelines.normalising.versions import current_reader_version
from pipelines.warehouse.executors.contract import Failure, Limits, Result, Task
from pipelines.warehouse.executors.result_files import put
from pipelines.warehouse.executors.worker_processes import WorkerProcesses

# A report comes at least this often, whether or not anything was read meanwhile.
REPORT_SECONDS = 5.0


class UnfitNodeError(ExplainedError):
    """A machine of the cluster would not read what this one would, or cannot."""


@dataclass(frozen=True, slots=True)
class Order(Generic[Task, Result]):
    """What a machine is told to read.

    Attributes:
        tasks: A file each.
        reader: What reads one.
        limits: What one document may take.
        results: Folder for what it leads to.
        folders: Folders that must be there beside it.
        reference_dir: One of these, with the lists that reading looks things up in.
        reader_version: The version that would read on the machine that gives the order.
    """

    tasks: tuple[Task, ...]
    reader: Callable[[Task], Result]
    limits: Limits
    results: Path
    folders: tuple[Path, ...]
    reference_dir: Path
    reader_version: str


@dataclass(frozen=True, slots=True)
class Report:
    """A sign of life.

    Attributes:
        file: Name of a file of results, each with its task; '' where none has come since.
    """

    file: str = ""


def carry_out(order: Order[Task, Result]) -> Iterator[Report]:
    """Read a batch in one worker process, and tell of it: as it begins, and then again and again.

    Raises:
        UnfitNodeError: What is needed here is missing, or of another version.
        OSError: A disk is full.
    """
    refuse_unfit(order)
    yield Report()
    told_at = time.monotonic()
    read: list[tuple[Task, Result | Failure]] = []
    processes = WorkerProcesses(jobs=1, limits=order.limits)
    with _main_module_hidden(), closing(processes.rounds(order.tasks, order.reader)) as rounds:
        for finished in rounds:
            read.extend(finished)
            if time.monotonic() - told_at >= REPORT_SECONDS:
                yield _report(order.results, read)
                read, told_at = [], time.monotonic()
    yield _report(order.results, read)


def refuse_unfit(order: Order[Task, Result]) -> None:
    """Fail where this machine would not read as the one that gives the order does.

    Raises:
        UnfitNodeError: It says why.
    """
    node = platform.node()
    for folder in (order.results, *order.folders):
        if not folder.is_dir():
            raise UnfitNodeError(
                "{node} of the Ray cluster does not see {folder}: raw files, warehouse and dbt "
                "project have to be under the same paths on every node",
                node=node,
                folder=str(folder),
            )
    found = current_reader_version(order.reference_dir)
    if found != order.reader_version:
        raise UnfitNodeError(
            "{node} of the Ray cluster would read differently: it has another version of juesuan "
            "or of its parsers ({found}, not {wanted}); install the same on every node",
            node=node,
            found=found,
            wanted=order.reader_version,
        )


def _report(results: Path, read: list[tuple[Task, Result | Failure]]) -> Report:
    return Report(put(results, read)) if read else Report()


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Have processes that are spawned meanwhile not run this process's main module.

    They would, to find in it what they are sent, and nothing is of it: here it is Ray's, which
    imports all of Ray, a second of computing for each process.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
