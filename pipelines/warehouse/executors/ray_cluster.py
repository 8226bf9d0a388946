"""Reads many files on a Ray cluster, a batch of them in each of its tasks.

Knows how a cluster is joined and left. Does not know how a batch is read, nor what becomes of one
that is lost. Ray is imported where a cluster is joined, and nowhere before.
"""

import logging
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text, system_text
from pipelines.normalising.versions import current_reader_version
from pipelines.warehouse.executors.batch_reading import Order
from pipelines.warehouse.executors.contract import Failure, Limits, Result, Task
from pipelines.warehouse.executors.ray_batches import RayBatches
from pipelines.warehouse.executors.reading_batches import Batch, cut

EXTRA = "juesuan[ray]"
# The cluster that this machine is a node of.
THIS_NODES_CLUSTER = "auto"
# Ray itself tries a wrong address for minutes, and then ends the process.
ANSWER_SECONDS = 10
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# How long a batch may be silent that has begun: it tells of itself every few seconds.
SILENCE_SECONDS = 120.0
# Batches that are handed in for each that can be read: no place waits for the next one, and a
# cluster that grows with what is asked of it sees that there is more.
BATCHES_PER_PLACE = 2


class NoRayError(ExplainedError):
    """Ray is asked for and not installed."""

    def __init__(self) -> None:
        super().__init__(
            "JUESUAN_EXECUTOR is 'ray', and Ray is not installed: install {extra}, or leave the "
            "variable out to read on this machine",
            extra=EXTRA,
        )


class NoClusterError(ExplainedError):
    """No Ray cluster can be joined."""

    def __init__(self, address: str, reason: Text | str) -> None:
        super().__init__(
            "no Ray cluster at {address} ({reason}): start one with 'ray start --head', join it on "
            "this machine with 'ray start --address', and name it in JUESUAN_RAY_ADDRESS",
            address=address,
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class Members:
    """What a cluster consists of.

    Attributes:
        address: Where its head is.
        ray_version: The version of Ray that speaks with it.
        node_count: Machines.
        place_count: Batches that can be read at the same time: processors of all of them.
    """

    address: str
    ray_version: str
    node_count: int
    place_count: int


class RayCluster:
    """Reads on a Ray cluster; an ``Executor``.

    It is joined when there is something to read, not before, and left at the end of a ``with``.
    """

    def __init__(
        self,
        address: str,
        limits: Limits,
        results: Path,
        reference_dir: Path,
        *,
        folders: tuple[Path, ...] = (),
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        """Remember what to join.

        Args:
            address: Host and port of the cluster's head, or ``THIS_NODES_CLUSTER``.
            limits: What one document may take.
            results: Folder that every node sees, for what is on its way; nobody else's, and removed
                when all of it was taken.
            reference_dir: Folder of the lists that reading looks things up in; every node sees it.
            folders: Other folders that every node must see.
            silence_seconds: How long nothing may be heard of a batch that has begun.
        """
        self._address = address
        self._limits = limits
        self._results = results
        self._reference_dir = reference_dir
        self._folders = folders
        self._silence_seconds = silence_seconds
        self._has_joined = False

    def read(
        self, tasks: Iterable[Task], reader: Callable[[Task], Result]
    ) -> Iterator[tuple[Task, Result | Failure]]:
        """As the contract has it.

        Raises:
            NoRayError: It is not installed.
            NoClusterError: There is no such cluster.
            UnfitNodeError: A node cannot read as this machine would.
            NodeFailedError: A node fails, and no file is to blame.
            OSError: A disk is full.
        """
        waiting = iter(tasks)
        first = next(waiting, None)
        if first is None:
            return
        places = self.join().place_count
        # A name that was never there: a node that sees it sees this very folder.
        results = self._results / uuid4().hex
        shutil.rmtree(self._results, ignore_errors=True)
        results.mkdir(parents=True)
        lists = self._reference_dir
        folders = (*self._folders, lists)
        version = current_reader_version(lists)

        def ordered(batch: Batch[Task]) -> Order[Task, Result]:
            return Order(batch.tasks, reader, self._limits, results, folders, lists, version)

        batches = RayBatches(cut(chain([first], waiting), places), ordered, self._silence_seconds)
        try:
            # As many as there are now: a cluster grows with what is asked of it, and shrinks.
            while batches.hand_in(BATCHES_PER_PLACE * self.join().place_count):
                yield from batches.heard()
        finally:
            batches.cancel()
            shutil.rmtree(self._results, ignore_errors=True)

    def join(self) -> Members:
        """Join the cluster where that has not been done, and tell what it consists of.

        Raises:
            NoRayError: Ray is not installed.
            NoClusterError: There is no such cluster.
        """
        try:
            import ray
        except ImportError as error:
            raise NoRayError from error
        if not ray.is_initialized():
            _refuse_silent(self._address)
            try:
                with _signal_handlers_kept():
                    ray.init(
                        address=self._address,
                        configure_logging=False,
                        log_to_driver=False,
                        logging_level=logging.ERROR,
                    )
            except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
                raise NoClusterError(self._address, " ".join(str(error).split())) from error
            self._has_joined = True
        nodes = [node for node in ray.nodes() if node["Alive"]]
        processors = sum(int(node["Resources"].get("CPU", 0)) for node in nodes)
        return Members(
            address=ray.get_runtime_context().gcs_address,
            ray_version=ray.__version__,
            node_count=len(nodes),
            place_count=max(1, processors),
        )

    def __enter__(self) -> "RayCluster":
        """Take nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster, unless somebody else in this process had joined it."""
        if self._has_joined:
            import ray

            ray.shutdown()
            self._has_joined = False


def _refuse_silent(address: str) -> None:
    """Fail where nothing answers at an address.

    Raises:
        NoClusterError: It says why.
    """
    if address == THIS_NODES_CLUSTER:
        return
    import ray

    try:
        parts = urlsplit(f"//{address}")
        if "://" in address or not parts.hostname or not parts.port:
            raise NoClusterError(address, Text("it is no host and port"))
        # As Ray does: whoever names this machine by its loopback address gets another one of it.
        host = parts.hostname if parts.hostname not in LOOPBACK else ray.util.get_node_ip_address()
        socket.create_connection((host, parts.port), ANSWER_SECONDS).close()
    except ValueError as error:
        raise NoClusterError(address, Text("it is no host and port")) from error
    except TimeoutError as error:
        raise NoClusterError(address, Text("Connection timed out")) from error
    except OSError as error:
        raise NoClusterError(address, system_text(error)) from error


@contextmanager
def _signal_handlers_kept() -> Iterator[None]:
    """Undo what Ray does to signals when it is joined: they are for whoever runs the command."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
