"""Makes a warehouse of another version's shape anew, and loses nothing by it.

Knows how to tell such a warehouse, which of its tables are history that no file tells again, and
which of its documents cannot be read again because their files are gone. Does not know how
anything is read.
"""

import shutil
from datetime import date
from pathlib import Path

from pipelines.warehouse.connection import connect_for_reading, has_relation, open_for_writing
from pipelines.warehouse.schema import apply_staging_schema, outdated_tables

HISTORY = ("runs", "quality_history")
COLUMNS_OF = """
    select database_name = 'former', list_sort(list(column_name))
    from duckdb_columns()
    where schema_name = 'staging' and table_name = ?
    group by all
"""
DOCUMENTS_WITHOUT_FILE = """
    select count(*)
    from former.staging.documents as documents
    where documents.sha256 not in (select sha256 from staging.files)
"""


def tables_of_another_shape(warehouse: Path) -> list[str]:
    """The staging tables that another version made with other columns; none where there are none.

    Raises:
        WarehouseError: The file cannot be opened.
    """
    if not warehouse.exists():
        return []
    connection = connect_for_reading(warehouse)
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
        connection.execute(_attached(warehouse))
        for table in HISTORY:
            columns = dict(connection.execute(COLUMNS_OF, [table]).fetchall())
            # A history with other columns is not made up.
            if columns.get(True) == columns[False]:
                connection.execute(
                    f"insert into staging.{table} by name from former.staging.{table}"
                )
        connection.execute("detach former")


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
        connection.execute(_attached(warehouse))
        found = connection.execute(DOCUMENTS_WITHOUT_FILE).fetchone()
        connection.execute("detach former")
    if found == (0,):
        return None
    kept = _free_name(warehouse)
    try:
        kept.hardlink_to(warehouse)
    except OSError:  # file systems without second names
        shutil.copyfile(warehouse, kept)
    return kept


def _free_name(warehouse: Path) -> Path:
    """A name beside the warehouse that says what it is, and that nothing has yet."""
    stem = f"{warehouse.stem}.before-{date.today():%Y%m%d}"  # noqa: DTZ011 - the operator's day
    names = (f"{stem}{f'-{number}' if number else ''}{warehouse.suffix}" for number in range(1000))
    return next(path for path in map(warehouse.with_name, names) if not path.exists())


def _attached(warehouse: Path) -> str:
    return "attach '{}' as former (read_only)".format(str(warehouse).replace("'", "''"))
