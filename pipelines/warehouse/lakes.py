"""Attaches a DuckLake to DuckDB: tables as Parquet files, with their catalogue in a database.

Knows DuckLake's extensions, secrets, snapshots and conflicts, and that one of its snapshots is
marked as published whenever a build is whole. Does not know which tables a warehouse holds.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.domain.errors import ExplainedError
from pipelines.domain.sql_text import quoted
from pipelines.domain.warehouse_place import LAKE_NAME, LAKE_PREFIX, Lake, ObjectStore, beside
from pipelines.warehouse.room import is_no_room
from pipelines.warehouse.transactions import transaction

EXTRA = "juesuan[lake]"
# What a snapshot's commit is called that readers are shown.
PUBLISHED = "published"
AUTHOR = "juesuan"
# DuckLake knows no keys: that two writers never write the same document is seen to by a row that
# each of them changes, so that one of two that write at once has to begin again.
TURNS = f"{AUTHOR}.turns"
MAKE_TURNS = (
    f"create schema if not exists {AUTHOR}",
    f"create table if not exists {TURNS} (turn bigint not null)",
    f"insert into {TURNS} select 0 where not exists (from {TURNS})",
    f"create table if not exists {AUTHOR}.kept_snapshots (snapshot_id bigint not null)",
)
TAKE_TURN = f"update {TURNS} set turn = turn + 1"  # noqa: S608
# How long to go on trying against others, and to wait before the next attempt at most.
PATIENCE_SECONDS = 600.0
LONGEST_WAIT_SECONDS = 5.0
# What a catalogue says where another writer is just making the lake.
MADE_BY_ANOTHER = ("already exists", "is locked")
ATTEMPTS_TO_MAKE = 20
BUSY_MILLISECONDS = 60_000
LOCKS = "locks"
# Any number that no other program takes in a database of its own.
LOCK_KEY = 5_204_730_118

# Extensions whose signature DuckDB has checked in this process.
_CHECKED: set[Path] = set()


class LakeExtraError(ExplainedError):
    """What a lake needs is not installed."""

    def __init__(self, lake: Lake, missing: Sequence[str]) -> None:
        super().__init__(
            "{lake} needs {missing}: pip install '{extra}'",
            lake=lake,
            missing=", ".join(missing),
            extra=EXTRA,
        )


class NothingPublishedError(Exception):
    """There is no lake, or nothing in it has been published."""


class LakeBusyError(ExplainedError):
    """Others wrote faster for all too long."""

    def __init__(self, reported: str) -> None:
        super().__init__(
            "other writers of the lake were faster each time, for {minutes} minutes: run again "
            "when fewer of them write ({reported})",
            minutes=round(PATIENCE_SECONDS / 60),
            reported=reported.splitlines()[-1],
        )


def extension_names(lake: Lake) -> tuple[str, ...]:
    """DuckDB's extensions that a lake needs."""
    names = ["ducklake"]
    if lake.is_in_postgres:
        names.append("postgres_scanner")
    elif lake.catalogue_file is not None:
        names.append("sqlite_scanner")
    if lake.store is not None:
        names.append("httpfs")
    return tuple(names)


def load_extensions(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Load what a lake needs into a connection from installed packages, and nothing from afar.

    Raises:
        LakeExtraError: A package is not installed.
    """
    for file in _extension_files(lake):
        connection.execute(f"load {quoted(file)}")
        _CHECKED.add(file)
    if lake.store is not None:
        connection.execute(_secret(lake.store))


def attach_lake(
    connection: duckdb.DuckDBPyConnection, lake: Lake, name: str = LAKE_NAME, *, read_only: bool
) -> None:
    """Attach a lake under a name.

    Args:
        connection: Any connection; a writer's lake is made where there is none.
        lake: The lake.
        name: How it is to be called.
        read_only: Whether it is only read; then as it was last published, unless it
            ``shows_unpublished``.

    Raises:
        LakeExtraError: An extension is not installed.
        NothingPublishedError: There is nothing to be read.
        duckdb.Error: It cannot be reached.
    """
    load_extensions(connection, lake)
    file = lake.catalogue_file
    if not read_only:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        _attach_or_make(connection, _attachment(lake, name))
        return
    if file is not None and not file.exists():
        raise NothingPublishedError
    try:
        connection.execute(_attachment(lake, name, "read_only"))
    except duckdb.Error as error:
        if "does not exist" in str(error) and "DuckLake" in str(error):
            raise NothingPublishedError from error
        raise
    if lake.shows_unpublished:
        return
    version = published_snapshot(connection, name)
    connection.execute(f"detach {name}")
    if version is None:
        raise NothingPublishedError
    connection.execute(_attachment(lake, name, "read_only", f"snapshot_version {version}"))


def connect_lake(
    lake: Lake, options: Mapping[str, str], *, read_only: bool
) -> duckdb.DuckDBPyConnection:
    """Connect to a database in memory in which a lake is attached and asked first.

    Args:
        lake: The lake.
        options: DuckDB's own.
        read_only: As for ``attach_lake``.

    Raises:
        LakeExtraError: An extension is not installed.
        NothingPublishedError: There is nothing to be read.
        duckdb.Error: It cannot be reached.
    """
    with ExitStack() as undo:
        connection = _connect_with_extensions(lake, options)
        undo.callback(connection.close)
        attach_lake(connection, lake, read_only=read_only)
        connection.execute(f"use {LAKE_NAME}")
        undo.pop_all()
    return connection


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether what a connection asks first is a lake."""
    found = connection.execute(
        "select type from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return found == ("ducklake",)


def in_turn(connection: duckdb.DuckDBPyConnection, work: Callable[[], object]) -> None:
    """Do some work on a lake in one transaction, once more from its start where another was faster.

    Args:
        connection: A writer's, outside any transaction.
        work: What is done; it has to begin by asking what there is.

    Raises:
        LakeBusyError: Others were faster for ten minutes.
        duckdb.Error: Something else is amiss.
    """

    def take_turn() -> None:
        connection.execute(TAKE_TURN)
        work()

    try:
        _until_committed(connection, take_turn)
    except duckdb.CatalogException as error:
        if TURNS.rpartition(".")[2] not in str(error):
            raise
        # Nobody has written anything yet.
        _make_turns(connection)
        _until_committed(connection, take_turn)


def published_snapshot(connection: duckdb.DuckDBPyConnection, name: str) -> int | None:
    """The snapshot that readers are shown of the lake attached under a name."""
    found = connection.execute(
        f"select max(snapshot_id) from ducklake_snapshots({quoted(name)}) "  # noqa: S608
        f"where commit_message = {quoted(PUBLISHED)}"
    ).fetchone()
    return found[0] if found else None


def publish_snapshot(connection: duckdb.DuckDBPyConnection) -> None:
    """Have readers shown what a writer's lake is by now."""
    in_turn(
        connection,
        lambda: connection.execute(
            f"call {LAKE_NAME}.set_commit_message({quoted(AUTHOR)}, {quoted(PUBLISHED)})"
        ),
    )


def merge_files(connection: duckdb.DuckDBPyConnection) -> bool:
    """Make few large files of the many small ones that loading leaves; no snapshot is lost.

    Returns:
        False where another wrote meanwhile, which is no harm: the next time does it.
    """
    try:
        for step in ("flush_inlined_data", "merge_adjacent_files", "rewrite_data_files"):
            connection.execute(f"call ducklake_{step}({quoted(LAKE_NAME)})")
    except duckdb.TransactionException:
        return False
    return True


def keep_snapshot(connection: duckdb.DuckDBPyConnection, snapshot: int) -> None:
    """Never let a snapshot expire."""
    in_turn(
        connection,
        lambda: connection.execute(
            f"insert into {AUTHOR}.kept_snapshots values ({snapshot:d})"  # noqa: S608
        ),
    )


def expire_snapshots(connection: duckdb.DuckDBPyConnection, days: int) -> int:
    """Forget snapshots that were followed by others long ago, and remove files of no other.

    Args:
        connection: A writer's.
        days: How long a reader may still look at one. What is published stays, and what is kept.

    Returns:
        How many were forgotten.
    """
    found = connection.execute(
        f"""
        select list(snapshot_id order by snapshot_id)
        from ducklake_snapshots({quoted(LAKE_NAME)})
        where
            snapshot_time < now() - to_days({days:d})
            and snapshot_id not in (from {AUTHOR}.kept_snapshots)
            and snapshot_id < {published_snapshot(connection, LAKE_NAME) or 0:d}
        """  # noqa: S608
    ).fetchone()
    versions = (found[0] if found else None) or []
    lake = quoted(LAKE_NAME)
    if versions:
        connection.execute(f"call ducklake_expire_snapshots({lake}, versions => {versions})")
    # A reader may have begun before the snapshot expired that his query reads.
    older = f"older_than => now() - to_days({days:d})"
    connection.execute(f"call ducklake_cleanup_old_files({lake}, {older})")
    return len(versions)


@contextmanager
def only_builder(lake: Lake) -> Iterator[bool]:
    """Be the one that builds in a lake, of all machines where its catalogue is in PostgreSQL.

    Two at once would do no harm but do everything twice. The lock ends with the process that holds
    it, however that ends.

    Yields:
        Whether it is; False where another one builds.

    Raises:
        LakeExtraError: An extension is not installed.
        duckdb.Error: The catalogue cannot be reached.
    """
    if not lake.is_in_postgres:
        try:
            with FileLock(beside(lake, ".lock"), timeout=0):
                yield True
        except Timeout:
            yield False
        return
    with _connect_with_extensions(lake, {}) as connection:
        dsn = quoted(lake.catalogue.partition(":")[2])
        connection.execute(f"attach {dsn} as {LOCKS} (type postgres, read_only)")
        # In a transaction, so that the session that holds the lock is not given to another query.
        connection.begin()
        held = connection.execute(
            f"from postgres_query('{LOCKS}', 'select pg_try_advisory_lock({LOCK_KEY})')"
        ).fetchone()
        yield held == (True,)


def _until_committed(connection: duckdb.DuckDBPyConnection, work: Callable[[], object]) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    wait = 0.05
    while True:
        try:
            with transaction(connection):
                work()
        except duckdb.TransactionException as error:
            if is_no_room(error):
                raise
            if time.monotonic() > ends_at:
                raise LakeBusyError(str(error)) from error
            time.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311 - only to keep out of step
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)
        else:
            return


def _attach_or_make(connection: duckdb.DuckDBPyConnection, attachment: str) -> None:
    """Attach a lake to write to it; of several that make it at once all but one try again."""
    for _ in range(ATTEMPTS_TO_MAKE):
        try:
            connection.execute(attachment)
        except duckdb.Error as error:
            if not any(sign in str(error) for sign in MADE_BY_ANOTHER):
                raise
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - only to keep out of step
        else:
            return
    connection.execute(attachment)


def _make_turns(connection: duckdb.DuckDBPyConnection) -> None:
    def make() -> None:
        for step in MAKE_TURNS:
            connection.execute(step)

    _until_committed(connection, make)


def _connect_with_extensions(lake: Lake, options: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """Connect to a database in memory that has what a lake needs.

    DuckDB computes digests of tens of megabytes to check who signed an extension, a third of a
    second each time. That is done once in a process, and trusted then; whatever a connection is
    asked to load afterwards has to be signed again.

    Raises:
        LakeExtraError: A package is not installed.
    """
    is_checked = _CHECKED.issuperset(_extension_files(lake))
    unsigned = {"allow_unsigned_extensions": str(is_checked).lower()}
    connection = duckdb.connect(":memory:", config={**options, **unsigned})
    with ExitStack() as undo:
        undo.callback(connection.close)
        load_extensions(connection, lake)
        connection.execute("set allow_unsigned_extensions = false")
        undo.pop_all()
    return connection


def _extension_files(lake: Lake) -> list[Path]:
    """Where the extensions are that a lake needs.

    Raises:
        LakeExtraError: A package is not installed.
    """
    files = {name: _extension_file(name) for name in extension_names(lake)}
    if missing := [_package_of(name) for name, file in files.items() if file is None]:
        raise LakeExtraError(lake, missing)
    return [file for file in files.values() if file is not None]


def _extension_file(name: str) -> Path | None:
    """Where a package has an extension for this DuckDB, None where it is not installed."""
    found = find_spec(_package_of(name))
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations)))
    file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    return file if file.is_file() else None


def _package_of(extension: str) -> str:
    return f"duckdb_extension_{extension}"


def _attachment(lake: Lake, name: str, *options: str) -> str:
    # So that readers and one writer of a file do not wait for each other, and writers do.
    of_file = ("meta_journal_mode 'WAL'", f"meta_busy_timeout {BUSY_MILLISECONDS}")
    listed = ", ".join(
        [
            f"data_path {quoted(lake.data)}",
            *(of_file if lake.catalogue_file is not None else ()),
            *options,
        ]
    )
    return f"attach {quoted(LAKE_PREFIX + lake.catalogue)} as {name} ({listed})"


def _secret(store: ObjectStore) -> str:
    host = store.endpoint.partition("://")[2] or store.endpoint
    parts = {
        "key_id": store.key_id,
        "secret": store.secret,
        "session_token": store.session_token,
        "region": store.region,
        "endpoint": host.rstrip("/"),
        # Others than Amazon's seldom have a name for each bucket.
        "url_style": "path" if host else "",
    }
    listed = [f"{name} {quoted(value)}" for name, value in parts.items() if value]
    if store.endpoint.startswith("http://"):
        listed.append("use_ssl false")
    return f"create or replace secret (type s3, {', '.join(listed)})"
