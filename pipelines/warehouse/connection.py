"""Opens the warehouse, and says in words why it cannot be opened.

Knows DuckDB files and their locks, and that a lake is attached instead. Does not know which tables
a warehouse holds, except for the one by which it is known to be a warehouse of ours.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text, system_text
from pipelines.domain.sql_text import quoted
from pipelines.domain.warehouse_place import PASSWORD, Lake, Warehouse
from pipelines.warehouse.lakes import (
    NothingPublishedError,
    attach_lake,
    connect_lake,
    in_turn,
    is_lake,
)
from pipelines.warehouse.room import is_no_room
from pipelines.warehouse.transactions import transaction

LOCK_HOLDER = re.compile(r"Conflicting lock is held in (?P<program>.*?) \(PID (?P<pid>\d+)\)")

# The oldest that compresses texts well (a quarter of the size before it); DuckDB 1.3 can read it.
STORAGE_VERSION = "v1.3.0"
# How much may be written before the file is tidied. By default it is so often that loading and
# tidying take turns.
CHECKPOINT_THRESHOLD = "256MB"
# The name of a warehouse that is attached rather than opened.
ATTACHED = "warehouse"


@dataclass(frozen=True, slots=True)
class MemoryBounds:
    """How much of the machine DuckDB may use, and where it goes on when that is not enough.

    Attributes:
        memory_bytes: Memory of one connection's database.
        spill_dir: Folder for what does not fit, created where missing.
    """

    memory_bytes: int
    spill_dir: Path

    @property
    def options(self) -> dict[str, str]:
        """As DuckDB names them."""
        return {"memory_limit": f"{self.memory_bytes}B", "temp_directory": str(self.spill_dir)}


class WarehouseError(ExplainedError):
    """The warehouse cannot be opened."""


class WarehouseMissingError(WarehouseError):
    """There is no warehouse at the given path."""

    def __init__(self, warehouse: Warehouse) -> None:
        super().__init__(
            "no warehouse at {warehouse}: build it with 'juesuan run'",
            warehouse=warehouse,
        )


class WarehouseLockedError(WarehouseError):
    """Another program has the warehouse open."""

    def __init__(self, warehouse: Path, reported: str) -> None:
        found = LOCK_HOLDER.search(reported)
        holder = (
            Text("process {pid} ({program})", found.groupdict())
            if found
            else Text("another program")
        )
        super().__init__(
            "the warehouse {warehouse} is in use by {holder}: wait for it to finish or "
            "close it, then try again",
            warehouse=warehouse,
            holder=holder,
        )


class NotAWarehouseError(WarehouseError):
    """The file is no DuckDB database, or one that this pipeline did not make."""

    def __init__(self, warehouse: Warehouse, explanation: str | Text) -> None:
        super().__init__(
            "{warehouse} is not a warehouse of juesuan: {explanation}",
            warehouse=warehouse,
            explanation=explanation,
        )


class LakeUnreachableError(WarehouseError):
    """A lake's catalogue does not answer, or is of something else."""

    def __init__(self, lake: Lake, reported: str) -> None:
        super().__init__(
            "cannot open the lake {lake}: {reason}",
            lake=lake,
            reason=" ".join(PASSWORD.sub(r"\g<name>…", reported).split()),
        )


class NoRoomError(WarehouseError):
    """There is no room on a disk."""


class DiskFullError(NoRoomError):
    """A disk is full while something is written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "the disk is full at {folder}: free some space and run again; the warehouse is as it "
            "was",
            folder=folder,
        )


@contextmanager
def open_for_writing(
    warehouse: Warehouse, bounds: MemoryBounds | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse to write into it, creating what is missing: a file as its single writer.

    Args:
        warehouse: The DuckDB file, or a lake, into which others may write, too.
        bounds: What it may use of the machine; None leaves that to DuckDB.

    Raises:
        WarehouseLockedError: Another process has it open.
        NotAWarehouseError: The file is something else.
        WarehouseError: The file system refuses, or the lake cannot be reached.
    """
    folder = folder_of(warehouse)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            "cannot create the directory {folder}: {reason}",
            folder=folder,
            reason=system_text(error),
        ) from error
    options = bounds.options if bounds else {}
    if not isinstance(warehouse, Lake):
        options |= {
            "storage_compatibility_version": STORAGE_VERSION,
            "checkpoint_threshold": CHECKPOINT_THRESHOLD,
        }
    try:
        with _closed_afterwards(_connect(warehouse, options, read_only=False)) as connection:
            yield connection
    except duckdb.Error as error:
        if not is_no_room(error):
            raise
        raise DiskFullError(folder) from error


@contextmanager
def open_for_reading(warehouse: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an existing warehouse without the right to change it; a lake as it was published.

    Raises:
        WarehouseMissingError: There is no such file, or nothing in the lake is published.
        WarehouseLockedError: A process is writing to it.
        NotAWarehouseError: The file is something else.
        WarehouseError: The lake cannot be reached.
    """
    if isinstance(warehouse, Path) and not warehouse.exists():
        raise WarehouseMissingError(warehouse)
    with _closed_afterwards(connect_for_reading(warehouse)) as connection:
        if not has_relation(connection, "staging", "files"):
            raise NotAWarehouseError(warehouse, Text("it holds no staging.files table"))
        yield connection


def is_there(warehouse: Warehouse) -> bool:
    """Whether a warehouse has been built: its file is there, or something in it is published.

    Raises:
        WarehouseError: The lake cannot be reached.
    """
    if isinstance(warehouse, Path):
        return warehouse.exists()
    try:
        connect_for_reading(warehouse).close()
    except WarehouseMissingError:
        return False
    return True


def folder_of(database: Warehouse) -> Path:
    """Where there is room beside a database on this machine."""
    return database.folder if isinstance(database, Lake) else database.parent


def limit_memory(
    connection: duckdb.DuckDBPyConnection, memory_bytes: int, spill_dir: Path | None
) -> None:
    """Bound what a connection may use of the machine, for questions that sort whole tables.

    Args:
        connection: Any connection.
        memory_bytes: Memory that it may use.
        spill_dir: Folder for what does not fit, None for one beside the database.
    """
    connection.execute(f"set memory_limit = '{memory_bytes}B'")
    if spill_dir is not None:
        connection.execute(f"set temp_directory = {quoted(spill_dir)}")


def connect_for_reading(warehouse: Warehouse) -> duckdb.DuckDBPyConnection:
    """Connect to an existing warehouse, whatever it holds; the caller closes the connection.

    Raises:
        WarehouseMissingError: Nothing in the lake is published.
        WarehouseLockedError: A process is writing to it.
        NotAWarehouseError: The file is no DuckDB database.
        WarehouseError: The lake cannot be reached.
    """
    return _connect(warehouse, {}, read_only=True)


def connect_confined(
    warehouse: Warehouse, bounds: MemoryBounds, threads: int
) -> duckdb.DuckDBPyConnection:
    """Attach an existing warehouse to a database in memory that can reach nothing else.

    No file but this one (of a lake, its folder) can be read, no option changed, and none written
    but what does not fit into memory. Attached rather than opened, because DuckDB would take a file
    that replaced this one at its path for the same database. Ask by ``take_cursor``; the caller
    closes the connection.

    Args:
        warehouse: The DuckDB file, or the lake, as it was published.
        bounds: What all questions together may use of the machine.
        threads: How many threads answer them.

    Raises:
        WarehouseMissingError: There is no such file.
        WarehouseLockedError: A process is writing to it.
        NotAWarehouseError: The file is something else.
    """
    if isinstance(warehouse, Path) and not warehouse.exists():
        raise WarehouseMissingError(warehouse)
    options = {
        **bounds.options,
        "threads": str(threads),
        # Whoever cares for an order says so; to keep it otherwise takes memory.
        "preserve_insertion_order": "false",
    }
    connection = duckdb.connect(":memory:", config={**options})
    with ExitStack() as undo:
        undo.callback(connection.close)
        attach_for_reading(connection, warehouse, ATTACHED)
        if isinstance(warehouse, Lake):
            folder = quoted(f"{warehouse.data.rstrip('/')}/")
            connection.execute(f"set allowed_directories = [{folder}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        with take_cursor(connection) as cursor:
            if not has_relation(cursor, "staging", "files"):
                raise NotAWarehouseError(warehouse, Text("it holds no staging.files table"))
        undo.pop_all()
    return connection


def attach_for_reading(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, name: str
) -> None:
    """Attach an existing warehouse under a name to whatever is open; the caller detaches it.

    Raises:
        WarehouseMissingError: Nothing in the lake is published.
        WarehouseLockedError: A process is writing to it.
        NotAWarehouseError: The file is something else.
        WarehouseError: The lake cannot be reached.
    """
    with errors_explained(warehouse):
        if isinstance(warehouse, Lake):
            attach_lake(connection, warehouse, name, read_only=True)
        else:
            connection.execute(f"attach {quoted(warehouse)} as {name} (read_only)")


@contextmanager
def errors_explained(warehouse: Warehouse) -> Iterator[None]:
    """Say what DuckDB reports of a warehouse in words for people.

    Raises:
        WarehouseError: It is missing, in use, something else, or cannot be reached.
    """
    try:
        yield
    except NothingPublishedError:
        raise WarehouseMissingError(warehouse) from None
    except duckdb.Error as error:
        # Of a file nothing else says that it cannot be opened.
        if isinstance(warehouse, Path) and not isinstance(error, duckdb.IOException):
            raise
        raise _explain(warehouse, error) from error


def take_cursor(confined: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection to what ``connect_confined`` attached, for one thread; the caller closes it."""
    cursor = confined.cursor()
    cursor.execute(f"use {ATTACHED}")
    return cursor


def is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database holds no table and no view at all."""
    found = connection.execute("select count(*) from information_schema.tables").fetchone()
    return found == (0,)


def has_relation(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    """Whether a table or view of this name exists."""
    return (schema, name) in relations(connection)


def relations(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Every table and view by schema and name, of whatever is attached."""
    # Not with bound values: at the first of those DuckDB imports pandas, which takes longer than a
    # night without news should.
    present = connection.execute("select table_schema, table_name from information_schema.tables")
    return set(present.fetchall())


def settle(connection: duckdb.DuckDBPyConnection, work: Callable[[], object]) -> None:
    """Make some work happen as a whole, whoever else writes meanwhile.

    A file has one writer. In a lake the work is done once more from its start where another writer
    was faster, so that it has to begin by asking what there is.

    Args:
        connection: A warehouse, open for writing, outside any transaction.
        work: What is done.

    Raises:
        LakeBusyError: Others were faster for all too long.
    """
    if is_lake(connection):
        in_turn(connection, work)
        return
    with transaction(connection):
        work()


@contextmanager
def _closed_afterwards(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Close a connection in the end, also in the middle of a query that Ctrl-C gave up.

    DuckDB wraps what Ctrl-C raises into an error of its own, and goes on with the query, on which
    closing would wait.
    """
    try:
        yield connection
    except RuntimeError as error:
        connection.interrupt()
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise error.__cause__ from error
        raise
    finally:
        connection.close()


def _connect(
    warehouse: Warehouse, options: dict[str, str], *, read_only: bool
) -> duckdb.DuckDBPyConnection:
    with errors_explained(warehouse):
        if isinstance(warehouse, Lake):
            return connect_lake(warehouse, options, read_only=read_only)
        return duckdb.connect(str(warehouse), read_only=read_only, config={**options})


def _explain(warehouse: Warehouse, error: duckdb.Error) -> WarehouseError:
    if is_no_room(error):
        return DiskFullError(folder_of(warehouse))
    reported = str(error)
    if isinstance(warehouse, Lake):
        return LakeUnreachableError(warehouse, reported)
    if "lock" in reported.lower():
        return WarehouseLockedError(warehouse, reported)
    if "not a valid DuckDB" in reported or "version number" in reported or warehouse.is_dir():
        return NotAWarehouseError(warehouse, reported.splitlines()[0])
    return WarehouseError(
        "cannot open the warehouse {warehouse}: {reason}",
        warehouse=warehouse,
        reason=reported.splitlines()[0],
    )
