"""What a Ray cluster is reading, and what it is to read next.

Knows Ray's tasks: how one reports, how one is lost, and when one hangs. Does not know how the
cluster was joined, nor how a batch is read.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeAlias

from pipelines.domain.errors import ExplainedError
from pipelines.domain.file_record import FileReason
from pipelines.warehouse.executors.batch_reading import Order, carry_out
from pipelines.warehouse.executors.contract import Failure, Result, Task
from pipelines.warehouse.executors.reading_batches import Batch, after_loss
from pipelines.warehouse.executors.result_files import take
from pipelines.warehouse.room import is_no_room

POLL_SECONDS = 1.0
# Ray's handle of a task that goes on reporting.
Stream: TypeAlias = Any


class NodeFailedError(ExplainedError):
    """A machine of the cluster fails, and no file is to blame."""


@dataclass(slots=True)
class _UnderWay(Generic[Task, Result]):
    """A batch that was handed in.

    Attributes:
        order: What was ordered.
        batch: What of it has not been read yet.
        heard_at: When something was last heard of it; None as long as it has not begun.
    """

    order: Order[Task, Result]
    batch: Batch[Task]
    heard_at: float | None = None


class RayBatches(Generic[Task, Result]):
    """Batches in tasks of a cluster that was joined."""

    def __init__(
        self,
        fresh: Iterator[Batch[Task]],
        ordered: Callable[[Batch[Task]], Order[Task, Result]],
        silence_seconds: float,
    ) -> None:
        """Hand in nothing yet.

        Args:
            fresh: What is to be read.
            ordered: What is ordered of a batch.
            silence_seconds: How long a batch that has begun may be silent before it is taken to
                hang.
        """
        import ray

        self._ray: Any = ray
        # What is lost is handed in again here, where it is known which of it was read before.
        self._carry_out = self._ray.remote(num_cpus=1, max_retries=0, scheduling_strategy="SPREAD")(
            carry_out
        )
        self._fresh, self._ordered, self._silence_seconds = fresh, ordered, silence_seconds
        self._next: deque[Batch[Task]] = deque()
        self._under_way: dict[Stream, _UnderWay[Task, Result]] = {}

    def hand_in(self, count: int) -> bool:
        """Have so many batches under way, as long as there are more; whether any is."""
        while len(self._under_way) < count:
            if not self._next:
                self._next.extend(islice(self._fresh, 1))
            if not self._next:
                break
            batch = self._next.popleft()
            order = self._ordered(batch)
            self._under_way[self._carry_out.remote(order)] = _UnderWay(order, batch)
        return bool(self._under_way)

    def heard(self) -> Iterator[tuple[Task, Result | Failure]]:
        """Wait a little for reports, and yield what they tell; see to what is lost or hangs.

        Raises:
            UnfitNodeError: A node cannot read as this machine would.
            NodeFailedError: A node fails, and no file is to blame.
            OSError: A disk is full.
        """
        reporting = self._reporting()
        # Told before anything is yielded: whoever takes it may take long, and nobody listens then.
        silent = self._silent(reporting)
        for stream in reporting:
            try:
                report = self._ray.get(next(stream))
            except self._ray.exceptions.RayTaskError as error:
                raise _why_failed(error) from error
            except (StopIteration, self._ray.exceptions.RayError):
                yield from self._end(stream)
                continue
            reading = self._under_way[stream]
            reading.heard_at = time.monotonic()
            if report.file:
                read = take(reading.order.results, report.file)
                reading.batch = reading.batch.without(task for task, _ in read)
                yield from read
        for stream in silent:
            self._ray.cancel(stream, force=True)
            yield from self._end(stream)

    def cancel(self) -> None:
        """Stop whatever is under way."""
        for stream in self._under_way:
            # A cluster that is gone reads nothing any more.
            with suppress(self._ray.exceptions.RayError):
                self._ray.cancel(stream, force=True)
        self._under_way.clear()

    def _reporting(self) -> list[Stream]:
        """The batches that tell something now, or within a little while."""
        streams = list(self._under_way)
        first, rest = self._ray.wait(streams, timeout=POLL_SECONDS, fetch_local=False)
        # Whoever stands first would otherwise be heard first, again and again.
        if rest:
            first += self._ray.wait(rest, num_returns=len(rest), timeout=0, fetch_local=False)[0]
        return list(first)

    def _silent(self, reporting: list[Stream]) -> list[Stream]:
        """The batches that hang. Documents are ended where they are read; this is all the rest."""
        latest = time.monotonic() - self._silence_seconds
        return [
            stream
            for stream, reading in self._under_way.items()
            if stream not in reporting
            and reading.heard_at is not None
            and reading.heard_at < latest
        ]

    def _end(self, stream: Stream) -> Iterator[tuple[Task, Failure]]:
        """Hand in again what of a batch was not read when it ended; yield what is given up."""
        batch = self._under_way.pop(stream).batch
        if not batch.tasks:
            return
        again = after_loss(batch)
        self._next.extend(again)
        if not again:
            explanation = (
                "reading it ended the process or the machine that read it, more than once; touch "
                "the file to try again, and report it if that does not help"
            )
            yield from ((task, Failure(FileReason.CRASH, explanation)) for task in batch.tasks)


def _why_failed(error: Any) -> BaseException:  # noqa: ANN401 - Ray has no types where it is absent
    """Why a node's part in reading failed."""
    cause: BaseException = error.cause
    if isinstance(cause, ExplainedError) or is_no_room(cause):
        return cause
    return NodeFailedError(
        "reading on the Ray cluster failed ({reason}): see that every node has juesuan installed, "
        "and look into Ray's logs there",
        reason=f"{type(cause).__name__}: {cause}".partition("\n")[0],
    )
