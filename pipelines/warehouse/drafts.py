"""Prepares the warehouse's next state out of sight, and puts it in its place as a whole.

Knows the file that analysts read, the draft in a folder beside it and how the one becomes the
other; and that a lake's draft is the lake itself, of which readers are shown what was published.
Does not know what is written into a draft.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import duckdb
from filelock import FileLock, Timeout

from pipelines.acquiring.own_files import claim_folder
from pipelines.acquiring.whole_files import sync
from pipelines.domain.messages import Text, system_text
from pipelines.domain.sql_text import quoted
from pipelines.domain.warehouse_place import LAKE_NAME, Lake, Warehouse, beside
from pipelines.warehouse.connection import (
    STORAGE_VERSION,
    NoRoomError,
    NotAWarehouseError,
    WarehouseError,
    connect_for_reading,
    errors_explained,
    has_relation,
    is_empty,
    open_for_writing,
)
from pipelines.warehouse.executors.result_files import RESULTS
from pipelines.warehouse.ingesting import UNPACKED
from pipelines.warehouse.lakes import merge_files, only_builder, publish_snapshot
from pipelines.warehouse.parts import Part
from pipelines.warehouse.renewing import (
    begin_anew,
    begin_lake_anew,
    keep_former,
    keep_former_state,
    tables_of_another_shape,
)
from pipelines.warehouse.room import NO_ROOM

MEBIBYTE = 1024 * 1024
# Free room in a file that is worth a rewriting.
WORTH_PACKING = 64 * MEBIBYTE
# What dbt and DuckDB would call differently, or not at all, in SQL.
UNUSABLE_SIGNS = re.compile(r"[.'\"]")
UNUSABLE_NAMES = {"main", "system", "temp"}
# Of the database and of what is written beside it while it is filled.
SUFFIXES = ("", ".wal", ".copying", ".packed")


class WriterBusyError(WarehouseError):
    """Another run is preparing the warehouse's next state."""

    def __init__(self, warehouse: Warehouse, process: str) -> None:
        super().__init__(
            "another run ({holder}) is bringing {warehouse} up to date: wait for it to "
            "finish, then try again",
            holder=Text("process {process}", {"process": process})
            if process
            else Text("of another process"),
            warehouse=warehouse,
        )


class UnusableNameError(WarehouseError):
    """dbt could not find tables in a file of this name."""

    def __init__(self, warehouse: Path) -> None:
        super().__init__(
            "a warehouse cannot be built in {warehouse}: its name may hold no further dot and no "
            "quotation mark, and main, system and temp are DuckDB's own; call it, say, {name}",
            warehouse=warehouse,
            name=f"{_without_signs(warehouse.stem)}.duckdb",
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
class FileDraft:
    """A working copy of the warehouse that nobody else opens.

    Attributes:
        warehouse: The file that analysts read.
        database: The working copy, of the same name, because views name the database they are in.
    """

    warehouse: Path
    database: Path

    @property
    def folder(self) -> Path:
        """Where there is room for what is written on the way."""
        return working_dir(self.database)

    def publish(self) -> Path | str | None:
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
        with open_for_writing(self.database) as connection:
            connection.execute("checkpoint")
            is_loose = _is_loose(connection)
        if is_loose:
            _pack(self.database)
        sync(self.database)
        kept = None
        with _kept_from_writers(self.warehouse):
            if tables_of_another_shape(self.warehouse):
                kept = keep_former(self.warehouse, self.database)
                sync(self.database)
            # A log of changes to the old file must not be taken for one of the new file.
            _log_of(self.warehouse).unlink(missing_ok=True)
            self.database.replace(self.warehouse)
        sync(self.warehouse.parent)
        return kept


@dataclass(frozen=True, slots=True)
class LakeDraft:
    """A lake in which one builder works, and loaders beside him; readers see what was published.

    Attributes:
        warehouse: The lake.
        folder: Where there is room for what is written on the way, on this machine.
    """

    warehouse: Lake
    folder: Path

    @property
    def database(self) -> Lake:
        """What is written into: there is no copy, but the lake as it is by now."""
        return replace(self.warehouse, shows_unpublished=True)

    def publish(self) -> Path | str | None:
        """Have whoever opens the lake from now on shown what it is.

        What many loadings left in small files is made into few large ones before.

        Returns:
            How a state is called that stays because it holds documents of another version whose
            files are gone, None where there is none.

        Raises:
            WarehouseError: The lake cannot be reached.
        """
        kept = keep_former_state(self.warehouse)
        with open_for_writing(self.warehouse) as connection:
            merge_files(connection)
            publish_snapshot(connection)
        return kept


Draft: TypeAlias = FileDraft | LakeDraft


@contextmanager
def open_draft(warehouse: Warehouse) -> Iterator[Draft]:
    """Hold the draft of a warehouse's next state, as its only writer, of a lake its only builder.

    The draft begins as a copy of the warehouse, or as nothing where there is none, or where another
    version made it with other tables: then everything is read anew. A draft that an interrupted
    run left behind is taken up again, unless the warehouse changed since; a lake always is.

    Raises:
        UnusableNameError: No database can be built in a file of this name.
        WriterBusyError: Another run holds it.
        WarehouseLockedError: Somebody has the warehouse itself open for writing.
        NotAWarehouseError: The file at its place is something else.
        WarehouseError: The file system refuses, or has no room.
    """
    if not isinstance(warehouse, Lake):
        warehouse = warehouse.resolve()
        if warehouse.stem != _without_signs(warehouse.stem):
            raise UnusableNameError(warehouse)
    folder = draft_dir(warehouse)
    _claim(folder, _contents(database_name(warehouse)))
    if isinstance(warehouse, Lake):
        with _only_builder(warehouse):
            begin_lake_anew(warehouse)
            yield LakeDraft(warehouse, folder)
        return
    with _only_writer(warehouse, folder):
        if unfinished_draft(warehouse) is None:
            _begin(warehouse, folder)
        yield FileDraft(warehouse, draft_file(warehouse))


@contextmanager
def open_for_loading(warehouse: Warehouse, part: Part) -> Iterator[Draft]:
    """Hold what new files are read into, without building it: of a lake any number may at once.

    A file's draft is held as by ``open_draft``. Nothing is published.

    Args:
        warehouse: The warehouse.
        part: Which files are to be read: no two loaders of one machine read the same.

    Raises:
        WriterBusyError: Another run holds the draft, or reads the same part.
        WarehouseError: As for ``open_draft``.
    """
    if not isinstance(warehouse, Lake):
        with open_draft(warehouse) as draft:
            yield draft
        return
    folder = beside(warehouse, f".loading-{part.number}-of-{part.count}")
    _claim(folder, {"lock", "writer", UNPACKED, RESULTS})
    with _only_writer(warehouse, folder):
        if not tables_of_another_shape(latest_state(warehouse)):
            yield LakeDraft(warehouse, folder)
            return
        # Whoever makes it anew must be the only one.
        with _only_builder(warehouse):
            begin_lake_anew(warehouse)
        yield LakeDraft(warehouse, folder)


def database_name(warehouse: Warehouse) -> str:
    """The name of a file that takes a warehouse's place while it is worked at.

    Of the same stem, because views name the database they are in.
    """
    return f"{LAKE_NAME}.duckdb" if isinstance(warehouse, Lake) else warehouse.name


def _without_signs(stem: str) -> str:
    """A name like this one by which dbt finds a database."""
    name = UNUSABLE_SIGNS.sub("_", stem)
    return f"{name}_warehouse" if name.lower() in UNUSABLE_NAMES else name


def _claim(folder: Path, contents: set[str]) -> None:
    try:
        claim_folder(folder, contents)
    except OSError as error:
        raise WarehouseError(
            "cannot create the directory {folder}: {reason}",
            folder=folder,
            reason=system_text(error),
        ) from error


def _contents(name: str) -> set[str]:
    """All that may lie in the folder of a draft of this name."""
    database = {f"{name}{suffix}" for suffix in SUFFIXES}
    return database | {"base.json", "lock", "writer", "batch", "spill", UNPACKED, RESULTS}


def draft_dir(warehouse: Warehouse) -> Path:
    """The folder of a warehouse's draft: beside it, so that one rename moves the draft."""
    return beside(warehouse, ".draft")


def draft_file(warehouse: Warehouse) -> Path:
    """The file of a draft, or what would be one where there is none."""
    return draft_dir(warehouse) / database_name(warehouse)


def working_dir(database: Warehouse) -> Path:
    """Where there is room for what is written while a draft is built."""
    return draft_dir(database) if isinstance(database, Lake) else database.parent


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


def latest_state(warehouse: Warehouse) -> Warehouse:
    """The draft of the next state where there is one, else the warehouse that analysts read."""
    if isinstance(warehouse, Lake):
        return replace(warehouse, shows_unpublished=True)
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
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(database)} as loose (read_only)")
            connection.execute(
                f"attach {quoted(packed)} as packed (storage_version '{STORAGE_VERSION}')"
            )
            connection.execute("copy from database loose to packed")
            connection.execute("detach packed")
        shutil.copymode(database, packed)
        packed.replace(database)
    except (duckdb.Error, OSError):
        packed.unlink(missing_ok=True)


@contextmanager
def _only_writer(warehouse: Warehouse, folder: Path) -> Iterator[None]:
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
def _only_builder(lake: Lake) -> Iterator[None]:
    with ExitStack() as held:
        with errors_explained(lake):
            is_only = held.enter_context(only_builder(lake))
        if not is_only:
            raise WriterBusyError(lake, "")
        yield


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
