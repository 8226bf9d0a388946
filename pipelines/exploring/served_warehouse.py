"""A warehouse that is asked for hours by many at once, and replaced meanwhile.

Knows when the file is another one, or the lake's published state, and keeps what was worked out of
each. Does not know the questions.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, TypeAlias, TypeVar

import duckdb

from pipelines.domain.warehouse_place import LAKE_NAME, Lake, Warehouse
from pipelines.exploring.marts import MartsMissingError, have_marts
from pipelines.warehouse.connection import (
    MemoryBounds,
    WarehouseMissingError,
    connect_confined,
    connect_for_reading,
    errors_explained,
    take_cursor,
)
from pipelines.warehouse.lakes import published_snapshot

Worked = TypeVar("Worked")
# How old what is shown of a lake may be beyond what is published.
SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file stands at a path: another one has another inode, a changed one another time."""

    inode: int
    byte_count: int
    modified_ns: int

    @property
    def tag(self) -> str:
        """A short text that no two states share."""
        told = f"{self.inode}-{self.byte_count}-{self.modified_ns}"
        return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class LakeState:
    """Which state of a lake is shown to readers."""

    snapshot: int

    @property
    def tag(self) -> str:
        """A short text that no two states share."""
        return f"snapshot-{self.snapshot}"


State: TypeAlias = FileState | LakeState


class OpenedWarehouse:
    """One state of the warehouse, opened; it stays readable after another takes its place.

    Attributes:
        state: What was opened.
    """

    def __init__(
        self, warehouse: Warehouse, state: State, bounds: MemoryBounds, threads: int
    ) -> None:
        """Open a warehouse that is in this state."""
        self.state = state
        self._connection = connect_confined(warehouse, bounds, threads)
        self._worked_out: dict[str, Any] = {}
        # One asks at a time, and is answered by all threads: many at once would only share the
        # memory. Whoever asks may have something worked out.
        self._asking = threading.RLock()
        with self.asking() as connection:
            if not have_marts(connection):
                raise MartsMissingError(warehouse)

    @contextmanager
    def asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of one's own, for as long as a question takes; others wait for it."""
        with self._asking:
            cursor = take_cursor(self._connection)
            try:
                yield cursor
            finally:
                cursor.close()

    def worked_out(
        self, name: str, work_out: Callable[[duckdb.DuckDBPyConnection], Worked]
    ) -> Worked:
        """What is worked out of this state once and kept: the first who asks waits for it.

        Args:
            name: What it is.
            work_out: How; not called where it is there.
        """
        if name not in self._worked_out:
            with self.asking() as connection:
                if name not in self._worked_out:
                    self._worked_out[name] = work_out(connection)
        found: Worked = self._worked_out[name]
        return found


class LakeWatch:
    """Tells which state of a lake is published by now, and asks its catalogue now and then only."""

    def __init__(self, lake: Lake) -> None:
        """Connect to a lake.

        Raises:
            WarehouseError: It cannot be reached.
        """
        self._lake = lake
        self._connection = connect_for_reading(replace(lake, shows_unpublished=True))
        self._found: int | None = None
        self._asked_at = 0.0

    def snapshot(self) -> int:
        """The state, as it was some seconds ago at most.

        Raises:
            WarehouseMissingError: There is none.
            WarehouseError: The catalogue does not answer.
        """
        now = monotonic()
        if self._found is None or now - self._asked_at > SECONDS_BETWEEN_LOOKS:
            with errors_explained(self._lake), self._connection.cursor() as cursor:
                self._found = published_snapshot(cursor, LAKE_NAME)
            self._asked_at = now
        if self._found is None:
            raise WarehouseMissingError(self._lake)
        return self._found

    def close(self) -> None:
        """Let go of the catalogue."""
        self._connection.close()


class ServedWarehouse:
    """The warehouse of a place, whatever its state is when it is asked; to be closed.

    Attributes:
        place: The DuckDB file, or the lake.
    """

    def __init__(self, place: Warehouse, memory_bytes: int, threads: int) -> None:
        """Take where it is, and what all questions together may use of the machine."""
        self.place = place
        self._spill = TemporaryDirectory(prefix="juesuan-explore-")
        self._bounds = MemoryBounds(memory_bytes, Path(self._spill.name))
        self._threads = threads
        self._opening = threading.Lock()
        self._opened: OpenedWarehouse | None = None
        self._lake_watch: LakeWatch | None = None

    def now(self) -> OpenedWarehouse:
        """The warehouse as it stands; whoever still asks a former one is not disturbed.

        Raises:
            WarehouseError: There is none, or it cannot be opened.
            MartsMissingError: Its marts are not built.
        """
        state = self._state()
        with self._opening:
            if self._opened is None or self._opened.state != state:
                # Not closed by hand: its connection closes with the last request that holds it.
                self._opened = OpenedWarehouse(self.place, state, self._bounds, self._threads)
            return self._opened

    def close(self) -> None:
        """Let go of the file, and of what did not fit into memory."""
        self._opened = None
        if self._lake_watch is not None:
            self._lake_watch.close()
        self._spill.cleanup()

    def _state(self) -> State:
        if isinstance(self.place, Lake):
            if self._lake_watch is None:
                self._lake_watch = LakeWatch(self.place)
            return LakeState(self._lake_watch.snapshot())
        try:
            found = self.place.stat()
        except FileNotFoundError:
            raise WarehouseMissingError(self.place) from None
        return FileState(found.st_ino, found.st_size, found.st_mtime_ns)
