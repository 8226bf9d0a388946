"""Reads many files in worker processes of this machine.

Knows processes, their limits and the ways they end. Does not know what a reader does with a
file, how its task names the file, nor what becomes of the result.
"""

import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from multiprocessing import get_context, resource_tracker
from typing import Generic

from pebble import ProcessExpired, ProcessPool

from pipelines.domain.file_record import FileReason
from pipelines.reading.allowance import MoreTimeNeededError, allowing
from pipelines.reading.errors import UnreadableFileError
from pipelines.warehouse.executors.contract import Failure, Limits, Result, Task
from pipelines.warehouse.room import is_no_room

# A worker is replaced after this many files: what native libraries leak stays bounded.
FILES_PER_WORKER = 64
# Enough that no worker waits for the next file; each may hold one finished document in memory.
FILES_UNDER_WAY_PER_WORKER = 2
POLL_SECONDS = 1
# A document that asks for more time than this, in units of what any may take, gets none of it.
LONGEST = 100
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorkerProcesses:
    """Reads in processes of this machine; an ``Executor``.

    Attributes:
        jobs: Their number, where there are as many files.
        limits: What one document may take.
    """

    jobs: int
    limits: Limits

    def read(
        self, tasks: Iterable[Task], reader: Callable[[Task], Result]
    ) -> Iterator[tuple[Task, Result | Failure]]:
        """As the contract has it."""
        for finished in self.rounds(tasks, reader):
            yield from finished

    def rounds(
        self, tasks: Iterable[Task], reader: Callable[[Task], Result]
    ) -> Generator[Iterator[tuple[Task, Result | Failure]], None, None]:
        """Do the same, and show at least every ``POLL_SECONDS`` that it goes on.

        Yields:
            What has finished since the last time, possibly nothing; to be taken before the next.
        """
        waiting = iter(tasks)
        lost_before: set[Task] = set()
        while lost := (yield from _read_with_one_pool(waiting, reader, self.jobs, self.limits)):
            # The pool itself broke. Whoever was under way gets one more chance with a new one.
            yield (
                (task, Failure(FileReason.CRASH, "the reading processes broke down twice"))
                for task in lost
                if task in lost_before
            )
            waiting = chain([task for task in lost if task not in lost_before], waiting)
            lost_before.update(lost)


def _read_with_one_pool(
    waiting: Iterator[Task], reader: Callable[[Task], Result], jobs: int, limits: Limits
) -> Generator[Iterator[tuple[Task, Result | Failure]], None, list[Task]]:
    """Read until nothing waits, or the pool breaks; return the files lost in that case."""
    first = list(islice(waiting, jobs))
    if not first:
        return []
    pool = ProcessPool(
        # One that has nothing to read takes as long to start as any.
        max_workers=len(first),
        max_tasks=FILES_PER_WORKER,
        initializer=_limit_memory,
        initargs=[limits.memory_bytes],
        context=get_context("spawn"),
    )
    readings = _Readings(pool, reader, limits)
    try:
        with _spared_from_interrupts():
            for task in first:
                readings.begin(task)
            # A worker that is ended before it has quite begun complains of it, too.
            wait(readings.under_way, POLL_SECONDS, FIRST_COMPLETED)
        while pool.active:
            for task in islice(waiting, FILES_UNDER_WAY_PER_WORKER * jobs - len(readings)):
                readings.begin(task)
            if not readings.under_way:
                return []
            yield readings.finished()
        return [task for task, _ in readings.under_way.values()]
    finally:
        pool.stop()
        pool.join()


class _Readings(Generic[Task, Result]):
    """What one pool is reading.

    Attributes:
        under_way: For each reading its task, and how much longer than any other it may take.
    """

    def __init__(self, pool: ProcessPool, reader: Callable[[Task], Result], limits: Limits) -> None:
        self._pool, self._reader, self._limits = pool, reader, limits
        self.under_way: dict[Future[Result], tuple[Task, int]] = {}

    def __len__(self) -> int:
        return len(self.under_way)

    def begin(self, task: Task, more_seconds: int = 0) -> None:
        """Have a worker read a file."""
        future = self._pool.schedule(
            _read_within,
            [self._reader, task, more_seconds],
            timeout=self._limits.seconds + more_seconds,
        )
        self.under_way[future] = task, more_seconds

    def finished(self) -> Iterator[tuple[Task, Result | Failure]]:
        """Wait a little for readings to end, and yield what those that did have led to.

        One that asks for more time begins anew; those of a broken pool stay under way.
        """
        ended, _ = wait(self.under_way, POLL_SECONDS, FIRST_COMPLETED)
        for future in ended:
            if isinstance(future.exception(), BrokenProcessPool):
                continue
            _raise_full_disk(future)
            task, granted = self.under_way.pop(future)
            if more := _more_seconds(future, self._limits):
                self.begin(task, more)
            else:
                outcome = _outcome(future, self._limits.seconds + granted, self._limits)
                yield task, outcome


def _read_within(reader: Callable[[Task], Result], task: Task, seconds: int) -> Result:
    """Read a document that may take so much longer than any other; in a worker."""
    with allowing(seconds):
        return reader(task)


def _more_seconds(future: Future[Result], limits: Limits) -> int:
    """How much longer a document may take that asks for it; 0 if it does not, or for too much."""
    error = future.exception()
    if not isinstance(error, MoreTimeNeededError) or error.seconds > LONGEST * limits.seconds:
        return 0
    return ceil(error.seconds)


def _raise_full_disk(future: Future[Result]) -> None:
    """Fail where a disk had no room: that is no file's fault, and the next run reads it."""
    error = future.exception()
    if isinstance(error, OSError) and is_no_room(error):
        raise error


def _outcome(future: Future[Result], seconds: int, limits: Limits) -> Result | Failure:
    match future.exception():
        case None:
            return future.result()
        case UnreadableFileError() as refusal:
            return Failure(refusal.reason, refusal.explanation)
        case TimeoutError():
            return Failure(
                FileReason.TIMEOUT,
                f"not read within {seconds} s; "
                "raise JUESUAN_DOCUMENT_SECONDS and touch the file to try again",
            )
        case MoreTimeNeededError() as error:
            return Failure(
                FileReason.TIMEOUT,
                f"so many of its pages are pictures that reading them may take {error.seconds:.0f} "
                "s; raise JUESUAN_DOCUMENT_SECONDS and touch the file to try again",
            )
        case MemoryError():
            return Failure(
                FileReason.MEMORY,
                f"reading needs more than {limits.memory_bytes // MEBIBYTE} MiB; "
                "raise JUESUAN_DOCUMENT_MEBIBYTES and touch the file to try again",
            )
        case ProcessExpired() as error:
            return Failure(
                FileReason.CRASH,
                f"the reading process died (exit code {error.exitcode}); "
                "touch the file to try again, and report it if that does not help",
            )
        case OSError() as error:
            return Failure(FileReason.UNOPENABLE, f"cannot be read: {error.strerror or error}")
        case error:
            return Failure(FileReason.CRASH, f"{_first_line(error)}; please report this file")


def _first_line(error: BaseException | None) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


@contextmanager
def _spared_from_interrupts() -> Iterator[None]:
    """Have processes and threads that start meanwhile, and their children, not hear Ctrl-C.

    A terminal sends it to all of a command's processes. It is for the first to end the others, and
    one that is only starting would print where it was.
    """
    # Starts once with the first process, and would have this thread hear again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _limit_memory(memory_bytes: int) -> None:
    """Make this process fail rather than take more memory, where the system can enforce it."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
