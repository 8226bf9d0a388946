"""Prepares the warehouse's next state out of sight, and puts it in its place as a whole.

Knows the file that analysts read, the draft in a folder beside it and how the one becomes the
other. Does not know what is written into a draft.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.acquiring.own_files import claim_folder
from pipelines.acquiring.whole_files import sync
from pipelines.domain.messages import Text, system_text
from pipelines.warehouse.connection import (
    STORAGE_VERSION,
    NoRoomError,
    NotAWarehouseError,
    WarehouseError,
    connect_for_reading,
    has_relation,
    is_empty,
    open_for_writing,
)
from pipelines.warehouse.renewing import begin_anew, keep_former, tables_of_another_shape
from pipelines.warehouse.room import NO_ROOM

MEBIBYTE = 1024 * 1024
# Free room in a file that is worth a rewriting.
WORTH_PACKING = 64 * MEBIBYTE
# Of the database and of what is written beside it while it is filled.
SUFFIXES = ("", ".wal", ".copying", ".packed", ".unpacked", ".read")


class WriterBusyError(WarehouseError):
    """Another run is preparing the warehouse's next state."""

    def __init__(self, warehouse: Path, process: str) -> None:
        super().__init__(
            "another run ({holder}) is bringing {warehouse} up to date: wait for it to "
            "finish, then try again",
            holder=Text("process {process}", {"process": process})
            if process
            else Text("of another process"),
            warehouse=warehouse,
        )


class NoCopyError(NoRoomError):
    """There is no room for a draft beside the warehouse."""

    def __init__(self, warehouse: Path, mebibytes: int) -> None:
        super().__init__(
            "no room for a working copy of {warehouse} ({mebibytes:,} MiB) beside it: free "
            "some space and run again; the warehouse is as it was",
            warehouse=warehouse,
            mebibytes=mebibytes,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A working copy of the warehouse that nobody else opens.

    Attributes:
        warehouse: The file that analysts read.
        path: The working copy, of the same name, because views name the database they are in.
    """

    warehouse: Path
    path: Path

    def publish(self) -> Path | None:
        """Put the draft in the warehouse's place, in one step that cannot be seen half done.

        Whoever has the warehouse open goes on reading the state he opened; whoever opens it
        afterwards reads this one.

        Returns:
            Where a warehouse of another version stays that holds documents whose files are gone,
            None where there is none.

        Raises:
            WarehouseLockedError: Somebody opened the warehouse for writing meanwhile.
            WarehouseError: The file system refuses.
        """
        with open_for_writing(self.path) as connection:
            connection.execute("checkpoint")
            is_loose = _is_loose(connection)
        if is_loose:
            _pack(self.path)
        sync(self.path)
        kept = None
        with _kept_from_writers(self.warehouse):
            if tables_of_another_shape(self.warehouse):
                kept = keep_former(self.warehouse, self.path)
                sync(self.path)
            # A log of changes to the old file must not be taken for one of the new file.
            _log_of(self.warehouse).unlink(missing_ok=True)
            self.path.replace(self.warehouse)
        sync(self.warehouse.parent)
        return kept


@contextmanager
def open_draft(warehouse: Path) -> Iterator[Draft]:
    """Hold the draft of a warehouse's next state, as its only writer.

    The draft begins as a copy of the warehouse, or as nothing where there is none, or where another
    version made it with other tables: then everything is read anew. A draft that an interrupted
    run left behind is taken up again, unless the warehouse changed since.

    Raises:
        WriterBusyError: Another run holds it.
        WarehouseLockedError: Somebody has the warehouse itself open for writing.
        NotAWarehouseError: The file at its place is something else.
        WarehouseError: The file system refuses, or has no room.
    """
    warehouse = warehouse.resolve()
    folder = draft_dir(warehouse)
    try:
        claim_folder(folder, _contents(warehouse.name))
    except OSError as error:
        raise WarehouseError(
            "cannot create the directory {folder}: {reason}",
            folder=folder,
            reason=system_text(error),
        ) from error
    with _only_writer(warehouse, folder):
        if unfinished_draft(warehouse) is None:
            _begin(warehouse, folder)
        yield Draft(warehouse, folder / warehouse.name)


def _contents(name: str) -> set[str]:
    """All that may lie in the folder of a draft of this name."""
    database = {f"{name}{suffix}" for suffix in SUFFIXES}
    return database | {"base.json", "lock", "writer", "batch", "spill"}


def draft_dir(warehouse: Path) -> Path:
    """The folder of a warehouse's draft: beside it, so that one rename moves the draft."""
    return warehouse.with_name(f"{warehouse.stem}.draft")


def unfinished_draft(warehouse: Path) -> Path | None:
    """The draft that an earlier run left and a later one can take up, None where there is none."""
    warehouse = warehouse.resolve()
    folder = draft_dir(warehouse)
    draft = folder / warehouse.name
    try:
        base = json.loads(_base_of(folder).read_text(encoding="utf-8"))
        if not draft.is_file() or base != _state_of(warehouse):
            return None
        with duckdb.connect(str(draft)):
            return draft
    except (OSError, ValueError, duckdb.Error):
        return None


def latest_state(warehouse: Path) -> Path:
    """The draft of the next state where there is one, else the warehouse that analysts read."""
    return unfinished_draft(warehouse) or warehouse


def _begin(warehouse: Path, folder: Path) -> None:
    draft = folder / warehouse.name
    for leftover in (draft, _log_of(draft), _base_of(folder)):
        leftover.unlink(missing_ok=True)
    try:
        with _kept_from_writers(warehouse):
            _base_of(folder).write_text(json.dumps(_state_of(warehouse)), encoding="utf-8")
            if tables_of_another_shape(warehouse):
                _begin_anew(warehouse, draft)
            elif warehouse.exists():
                _copy(warehouse, draft)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise WarehouseError(
                "cannot copy {warehouse} to {folder}: {reason}",
                warehouse=warehouse,
                folder=folder,
                reason=system_text(error),
            ) from error
        mebibytes = warehouse.stat().st_size // MEBIBYTE if warehouse.exists() else 0
        raise NoCopyError(warehouse, mebibytes) from error


def _begin_anew(warehouse: Path, draft: Path) -> None:
    """The same for a draft that takes over nothing but history."""
    unfinished = draft.with_name(f"{draft.name}.copying")
    unfinished.unlink(missing_ok=True)
    begin_anew(warehouse, unfinished)
    unfinished.replace(draft)


def _copy(warehouse: Path, draft: Path) -> None:
    """Copy the warehouse so that a copy cut short is never taken for a draft."""
    if _log_of(warehouse).exists():
        shutil.copyfile(_log_of(warehouse), _log_of(draft))
    unfinished = draft.with_name(f"{draft.name}.copying")
    try:
        _copy_file(warehouse, unfinished)
        shutil.copymode(warehouse, unfinished)
        unfinished.replace(draft)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file inside the kernel: file systems that can share blocks do so, and copy nothing."""
    with source.open("rb") as reading, target.open("wb") as writing:
        left = source.stat().st_size
        while left > 0:
            try:
                copied = os.copy_file_range(reading.fileno(), writing.fileno(), left)
            except OSError as error:
                if error.errno in NO_ROOM:
                    raise
                copied = 0
            if not copied:  # between such file systems only bytes can be copied
                shutil.copyfile(source, target)
                return
            left -= copied


def _is_loose(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether much of a file is free, or written as older versions did, at four times the size."""
    found = connection.execute(
        """
        select
            sizes.free_blocks * 2 > sizes.used_blocks
            and sizes.free_blocks * sizes.block_size > $worth_packing
            or not starts_with(databases.tags['storage_version'], $storage_version)
        from pragma_database_size() as sizes
        inner join duckdb_databases() as databases using (database_name)
        where sizes.database_name = current_database()
        """,
        {"worth_packing": WORTH_PACKING, "storage_version": STORAGE_VERSION},
    ).fetchone()
    return found == (True,)


def _pack(database: Path) -> None:
    """Write a database anew without the room that is free in it; where that fails, it stays."""
    packed = database.with_name(f"{database.name}.packed")
    packed.unlink(missing_ok=True)
    names = {"old": str(database).replace("'", "''"), "new": str(packed).replace("'", "''")}
    try:
        with duckdb.connect() as connection:
            connection.execute("attach '{old}' as loose (read_only)".format(**names))
            connection.execute(
                "attach '{new}' as packed (storage_version '{version}')".format(
                    **names, version=STORAGE_VERSION
                )
            )
            connection.execute("copy from database loose to packed")
            connection.execute("detach packed")
        shutil.copymode(database, packed)
        packed.replace(database)
    except (duckdb.Error, OSError):
        packed.unlink(missing_ok=True)


@contextmanager
def _only_writer(warehouse: Path, folder: Path) -> Iterator[None]:
    holder = folder / "writer"
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        with suppress(OSError):
            raise WriterBusyError(warehouse, holder.read_text(encoding="utf-8")) from error
        raise WriterBusyError(warehouse, "") from error
    try:
        holder.write_text(f"{os.getpid()}", encoding="utf-8")
        yield
    finally:
        lock.release()


@contextmanager
def _kept_from_writers(warehouse: Path) -> Iterator[None]:
    """Make sure that nobody has the warehouse open for writing, and keep it so for a while.

    Raises:
        WarehouseLockedError: Somebody has.
        NotAWarehouseError: The file holds tables, and none of them is ours.
    """
    if not warehouse.exists():
        yield
        return
    connection = connect_for_reading(warehouse)
    try:
        if not has_relation(connection, "staging", "files") and not is_empty(connection):
            raise NotAWarehouseError(
                warehouse, Text("it holds other tables; name another file with --warehouse")
            )
        yield
    finally:
        connection.close()


def _state_of(warehouse: Path) -> list[list[int]]:
    """What tells one state of the warehouse's files from another without reading them."""
    return [
        [facts.st_ino, facts.st_size, facts.st_mtime_ns]
        for path in (warehouse, _log_of(warehouse))
        if path.exists() and (facts := path.stat())
    ]


def _base_of(folder: Path) -> Path:
    return folder / "base.json"


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")
