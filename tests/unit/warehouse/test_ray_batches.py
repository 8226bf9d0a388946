"""What is done with batches that report, get lost, hang or fail, with a cluster that is made up.

``tests/integration/warehouse/test_ray_cluster.py`` has a real one, where it is installed.
"""

import errno
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines.domain.file_record import FileReason
from pipelines.warehouse.executors.batch_reading import Order, Report, UnfitNodeError
from pipelines.warehouse.executors.contract import Failure
from pipelines.warehouse.executors.ray_batches import NodeFailedError, RayBatches
from pipelines.warehouse.executors.reading_batches import cut
from pipelines.warehouse.executors.result_files import put
from tests.executors import GENEROUS


class RayError(Exception):
    """As Ray's: something of a cluster was lost."""


class RayTaskError(RayError):
    """As Ray's: a task raised something."""

    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


class Silence:
    """Nothing is told, and never will be."""


Told = Report | Exception | Silence


@dataclass(eq=False)
class Stream:
    """What a task tells."""

    tells: deque[Told]
    is_cancelled: bool = False

    def __next__(self) -> Told:
        """The next report."""
        if not self.tells:
            raise StopIteration
        return self.tells.popleft()

    @property
    def is_ready(self) -> bool:
        """Whether there is one, or the end."""
        return not (self.tells and isinstance(self.tells[0], Silence))


@dataclass
class MadeUpRay:
    """As much of Ray as is used.

    Attributes:
        behave: What a task tells that is given an order, the number of the task beside it.
        orders: What was ordered.
        streams: The tasks.
    """

    behave: Callable[[Order[str, str], int], Iterable[Told]]
    orders: list[tuple[str, ...]] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError)

    def remote(self, **options: object) -> Callable[[object], object]:
        """A function that begins tasks."""
        assert options["max_retries"] == 0
        return lambda _: SimpleNamespace(remote=self._begin)

    def _begin(self, order: Order[str, str]) -> Stream:
        self.orders.append(order.tasks)
        self.streams.append(Stream(deque(self.behave(order, len(self.orders)))))
        return self.streams[-1]

    def wait(
        self, streams: list[Stream], *, timeout: float, fetch_local: bool, num_returns: int = 1
    ) -> tuple[list[Stream], list[Stream]]:
        """So many that tell something, and all others."""
        assert timeout <= 1
        assert not fetch_local
        ready = [stream for stream in streams if stream.is_ready][:num_returns]
        return ready, [stream for stream in streams if stream not in ready]

    def get(self, told: Told) -> Told:
        """What is told, as it is."""
        if isinstance(told, Exception):
            raise told
        return told

    def cancel(self, stream: Stream, *, force: bool) -> None:
        """Note it."""
        assert force
        stream.is_cancelled = True


def reads(order: Order[str, str], tasks: Iterable[str]) -> Report:
    return Report(put(order.results, [(task, f"of {task}") for task in tasks]))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., object]:
    """Read tasks on a cluster that behaves as it is told; what it yields, and the cluster."""

    def run(
        tasks: str, behave: Callable[[Order[str, str], int], Iterable[Told]], places: int = 1
    ) -> tuple[list[tuple[str, object]], MadeUpRay]:
        ray = MadeUpRay(behave)
        monkeypatch.setitem(sys.modules, "ray", ray)
        batches: RayBatches[str, str] = RayBatches(
            cut(tasks, places),
            lambda batch: Order(batch.tasks, str, GENEROUS, tmp_path, (), tmp_path, "1"),
            silence_seconds=0,
        )
        found = []
        while batches.hand_in(2 * places):
            found += batches.heard()
        batches.cancel()
        return found, ray

    return run


def everything(tasks: str) -> list[tuple[str, str]]:
    return [(task, f"of {task}") for task in tasks]


def test_what_is_reported_is_yielded_once_and_its_file_is_gone(run, tmp_path):
    def behave(order: Order[str, str], _: int) -> Iterator[Told]:
        yield from (Report(), reads(order, order.tasks[:1]), Report())
        yield reads(order, order.tasks[1:])

    found, ray = run("abcde", behave, places=2)
    assert sorted(found) == everything("abcde")
    assert ray.orders == [("a", "b", "c"), ("d", "e")]
    assert not list(tmp_path.iterdir())


def test_of_a_batch_that_is_lost_only_the_rest_is_read_again(run):
    def behave(order: Order[str, str], number: int) -> Iterator[Told]:
        if number == 1:
            yield from (Report(), reads(order, order.tasks[:2]), RayError())
        yield reads(order, order.tasks)

    found, ray = run("abcd", behave)
    assert found == everything("abcd")
    assert ray.orders == [("a", "b", "c", "d"), ("c", "d")]


def test_a_batch_that_ends_without_having_read_everything_is_lost(run):
    found, ray = run(
        "ab", lambda order, number: [reads(order, order.tasks)] if number == 2 else [Report()]
    )
    assert found == everything("ab")
    assert ray.orders == [("a", "b"), ("a", "b")]


def test_a_file_that_takes_everything_down_is_given_up_and_no_other(run):
    found, _ = run(
        "abc",
        lambda order, _: [
            Report(),
            RayError() if "b" in order.tasks else reads(order, order.tasks),
        ],
    )
    (given_up,) = [outcome for task, outcome in found if task == "b"]
    assert isinstance(given_up, Failure)
    assert given_up.reason == FileReason.CRASH
    assert sorted(found, key=lambda each: each[0])[::2] == [("a", "of a"), ("c", "of c")]


def test_a_batch_that_falls_silent_is_cancelled_and_read_again(run):
    found, ray = run(
        "ab",
        lambda order, number: [Report(), Silence() if number == 1 else reads(order, order.tasks)],
    )
    assert found == everything("ab")
    assert [stream.is_cancelled for stream in ray.streams] == [True, False]


def test_a_batch_that_has_not_begun_is_waited_for(run, monkeypatch):
    waits = iter(range(3))

    def wait(_: MadeUpRay, streams: list[Stream], **__: object) -> tuple[list[Stream], list]:
        return (streams, []) if next(waits, None) is None else ([], streams)

    monkeypatch.setattr(MadeUpRay, "wait", wait)
    found, ray = run("ab", lambda order, _: [reads(order, order.tasks)])
    assert found == everything("ab")
    assert not ray.streams[0].is_cancelled


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        (UnfitNodeError("it does not see {folder}", folder="/x"), UnfitNodeError),
        (OSError(errno.ENOSPC, "full"), OSError),
        (ModuleNotFoundError("No module named 'pipelines'"), NodeFailedError),
    ],
)
def test_what_is_no_files_fault_ends_the_run(run, cause, raised):
    with pytest.raises(raised):
        run("ab", lambda _, __: [RayTaskError(cause)])
