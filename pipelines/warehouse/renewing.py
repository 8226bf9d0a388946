"""Makes a warehouse of another version's shape anew, and loses nothing by it.

Knows how to tell such a warehouse, which of its tables are history that no file tells again, and
which of its documents cannot be read again because their files are gone. Does not know how
anything is read.
"""

import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb

from pipelines.domain.warehouse_place import LAKE_NAME, Lake, Warehouse
from pipelines.warehouse.batches import drop_built
from pipelines.warehouse.connection import (
    WarehouseMissingError,
    attach_for_reading,
    connect_for_reading,
    has_relation,
    open_for_writing,
    settle,
)
from pipelines.warehouse.lakes import keep_snapshot, published_snapshot
from pipelines.warehouse.schema import apply_staging_schema, outdated_tables

# What the warehouse that is made anew is attached as.
FORMER = "former"
HISTORY = ("runs", "quality_history")
COLUMNS_OF = f"""
    select database_name = '{FORMER}', list_sort(list(column_name))
    from duckdb_columns()
    where schema_name = 'staging' and table_name = ?
    group by all
"""  # noqa: S608
DOCUMENTS_WITHOUT_FILE = f"""
    select count(*)
    from {FORMER}.staging.documents as documents
    where documents.sha256 not in (select sha256 from staging.files)
"""  # noqa: S608


def tables_of_another_shape(warehouse: Warehouse) -> list[str]:
    """The staging tables that another version made with other columns; none where there are none.

    Raises:
        WarehouseError: The warehouse cannot be opened.
    """
    if isinstance(warehouse, Path) and not warehouse.exists():
        return []
    try:
        connection = connect_for_reading(warehouse)
    except WarehouseMissingError:
        return []
    try:
        if not has_relation(connection, "staging", "files"):
            return []
        return outdated_tables(connection)
    finally:
        connection.close()


def begin_anew(warehouse: Path, database: Path) -> None:
    """Make a database of this version's shape with a former warehouse's history, and nothing else.

    Raises:
        WarehouseError: A file cannot be opened.
    """
    with open_for_writing(database) as connection:
        apply_staging_schema(connection)
        attach_for_reading(connection, warehouse, FORMER)
        _take_history(connection)
        connection.execute(f"detach {FORMER}")


def keep_former(warehouse: Path, database: Path) -> Path | None:
    """Give a warehouse that is about to be replaced a second name, where it holds more.

    It does where documents are in it whose files are gone: they cannot be read again.

    Returns:
        Where it stays, None where nothing would be lost.

    Raises:
        WarehouseError: A file cannot be opened.
        OSError: The file system refuses.
    """
    with open_for_writing(database) as connection:
        if not _holds_more(connection, warehouse):
            return None
    kept = _free_name(warehouse)
    try:
        kept.hardlink_to(warehouse)
    except OSError:  # file systems without second names
        shutil.copyfile(warehouse, kept)
    return kept


def begin_lake_anew(lake: Lake) -> None:
    """Where another version made a lake's tables, make them of this version's shape, with history.

    All in one transaction: readers are shown what was published until this is, too.

    Raises:
        WarehouseError: The lake cannot be reached.
    """
    with open_for_writing(lake) as connection:
        if not outdated_tables(connection):
            return
        with suppress(WarehouseMissingError):  # nobody has seen any history
            attach_for_reading(connection, lake, FORMER)

        def renew() -> None:
            drop_built(connection)
            connection.execute("drop schema staging cascade")
            apply_staging_schema(connection)
            _take_history(connection)

        settle(connection, renew)


def keep_former_state(lake: Lake) -> str | None:
    """Keep what readers are shown of a lake, where it is about to be followed by something less.

    It is where another version made it and documents are in it whose files are gone: they cannot be
    read again.

    Returns:
        How it is called, None where nothing would be lost.

    Raises:
        WarehouseError: The lake cannot be reached.
    """
    if not tables_of_another_shape(lake):
        return None
    with open_for_writing(lake) as connection:
        snapshot = published_snapshot(connection, LAKE_NAME)
        if snapshot is None or not _holds_more(connection, lake):
            return None
        keep_snapshot(connection, snapshot)
    return f"{lake} (snapshot_version {snapshot})"


def _free_name(warehouse: Path) -> Path:
    """A name beside the warehouse that says what it is, and that nothing has yet."""
    stem = f"{warehouse.stem}.before-{date.today():%Y%m%d}"  # noqa: DTZ011 - the operator's day
    names = (f"{stem}{f'-{number}' if number else ''}{warehouse.suffix}" for number in range(1000))
    return next(path for path in map(warehouse.with_name, names) if not path.exists())


def _take_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy the history of the former warehouse, which is attached."""
    for table in HISTORY:
        columns = dict(connection.execute(COLUMNS_OF, [table]).fetchall())
        # A history with other columns is not made up.
        if columns.get(True) == columns[False]:
            connection.execute(f"insert into staging.{table} by name from {FORMER}.staging.{table}")


def _holds_more(connection: duckdb.DuckDBPyConnection, former: Warehouse) -> bool:
    """Whether documents are in a former warehouse whose files are gone."""
    attach_for_reading(connection, former, FORMER)
    found = connection.execute(DOCUMENTS_WITHOUT_FILE).fetchone()
    connection.execute(f"detach {FORMER}")
    return found != (0,)
