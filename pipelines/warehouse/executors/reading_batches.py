"""How files are put into batches, and what becomes of a batch that was lost.

Knows how many files are read together and how often one is tried. Does not know where they are
read, nor how a batch gets lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import Generic

from pipelines.warehouse.executors.contract import Task

# Fewer than a worker process reads before it is replaced: the last one needs no successor.
FILES_PER_BATCH = 60
# What was lost so often is not tried again as it was.
LOSSES = 2


@dataclass(frozen=True, slots=True)
class Batch(Generic[Task]):
    """Files that are read together.

    Attributes:
        tasks: A file each.
        losses: How often they were lost together, with the process or the machine that read them.
    """

    tasks: tuple[Task, ...]
    losses: int = 0

    def without(self, done: Iterable[Task]) -> "Batch[Task]":
        """The same batch without files that were read."""
        read = set(done)
        return replace(self, tasks=tuple(task for task in self.tasks if task not in read))


def cut(tasks: Iterable[Task], places: int) -> Iterator[Batch[Task]]:
    """Put files into batches; the last ones are smaller, so that all places end together.

    Args:
        tasks: A file each, taken as batches are.
        places: How many batches can be read at the same time.

    Examples:
        >>> [len(batch.tasks) for batch in cut(range(130), places=2)]
        [60, 60, 5, 5]
        >>> [len(batch.tasks) for batch in cut(range(5), places=4)]
        [2, 2, 1]
    """
    waiting = iter(tasks)
    while window := list(islice(waiting, FILES_PER_BATCH * places)):
        size = ceil(len(window) / places)
        for start in range(0, len(window), size):
            yield Batch(tuple(window[start : start + size]))


def after_loss(batch: Batch[Task]) -> list[Batch[Task]]:
    """What to try next of a lost batch; nothing where its only file has to be given up.

    A machine that fails costs the files on it a second reading. A file that takes down whoever
    reads it, past its own worker process, takes its batch with it, and does so again: then each is
    read by itself, and the one to blame is lost alone.

    Examples:
        >>> after_loss(Batch((1, 2)))
        [Batch(tasks=(1, 2), losses=1)]
        >>> after_loss(Batch((1, 2), losses=1))
        [Batch(tasks=(1,), losses=0), Batch(tasks=(2,), losses=0)]
        >>> after_loss(Batch((1,), losses=1))
        []
    """
    if batch.losses + 1 < LOSSES:
        return [replace(batch, losses=batch.losses + 1)]
    return [Batch((task,)) for task in batch.tasks] if len(batch.tasks) > 1 else []
