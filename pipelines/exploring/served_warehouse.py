"""A warehouse that is asked for hours by many at once, and replaced meanwhile.

Knows when the file is another one, and keeps what was worked out of each. Does not know the
questions.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import duckdb

from pipelines.exploring.marts import MartsMissingError, have_marts
from pipelines.warehouse.connection import (
    MemoryBounds,
    WarehouseMissingError,
    connect_confined,
    take_cursor,
)

Worked = TypeVar("Worked")


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


class OpenedWarehouse:
    """One state of the warehouse file, opened; it stays readable after the file is replaced.

    Attributes:
        state: The file that was opened.
    """

    def __init__(
        self, warehouse: Path, state: FileState, bounds: MemoryBounds, threads: int
    ) -> None:
        """Open the file at a path, which is in this state."""
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


class ServedWarehouse:
    """The warehouse at a path, whichever file stands there when it is asked; to be closed.

    Attributes:
        path: The DuckDB file.
    """

    def __init__(self, path: Path, memory_bytes: int, threads: int) -> None:
        """Take where it is, and what all questions together may use of the machine."""
        self.path = path
        self._spill = TemporaryDirectory(prefix="juesuan-explore-")
        self._bounds = MemoryBounds(memory_bytes, Path(self._spill.name))
        self._threads = threads
        self._opening = threading.Lock()
        self._opened: OpenedWarehouse | None = None

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
                self._opened = OpenedWarehouse(self.path, state, self._bounds, self._threads)
            return self._opened

    def close(self) -> None:
        """Let go of the file, and of what did not fit into memory."""
        self._opened = None
        self._spill.cleanup()

    def _state(self) -> FileState:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            raise WarehouseMissingError(self.path) from None
        return FileState(found.st_ino, found.st_size, found.st_mtime_ns)
