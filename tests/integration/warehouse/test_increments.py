"""Whatever came, changed and went, and in whatever order: the marts are those of one whole build.

Documents of a few departments arrive, are read again to another amount, are replaced at their
address, move to another department, lose their file and go, several of it between two builds. The
real dbt project builds each time, a few documents at a time.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.normalising.versions import current_reader_version
from pipelines.running.building import build
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.ingesting import disclosure_reader, ingest
from pipelines.warehouse.loads import AUDIT_TABLES, remove_documents
from pipelines.warehouse.schema import apply_staging_schema
from pipelines.warehouse.staged_documents import DOCUMENT_TABLES
from tests.executors import ONE_PROCESS, TWO_PROCESSES
from tests.forge.samples import FOLDER
from tests.made_settings import made_settings

# Two years and two kinds of one body, a department with its own accounts and its unit, one that
# contradicts itself, a unit whose department is unknown.
CHOSEN = ("灯塔档案", "风物志", "渔港", "崇明区")
BUILT_SCHEMAS = ("marts", "reference", "audit")
STEPS = 2
SEED = 20261129
DOCUMENTS_AT_A_TIME = 4

Change = Callable[[duckdb.DuckDBPyConnection, random.Random], None]


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose staging holds every document that may come, and no marts."""
    folder = tmp_path_factory.mktemp("read_once")
    raw_dir = folder / "raw"
    raw_dir.mkdir()
    for path in FOLDER.rglob("*"):
        if path.is_file() and any(word in path.name for word in CHOSEN):
            shutil.copy(path, raw_dir)
    ingest(
        raw_dir,
        folder / "read.duckdb",
        executor=TWO_PROCESSES,
        on_progress=lambda _: None,
        reader=disclosure_reader(load_settings({}).reference_dir),
        reader_version=current_reader_version(load_settings({}).reference_dir),
        work_dir=folder,
    )
    return folder / "read.duckdb"


def documents(connection: duckdb.DuckDBPyConnection, schema: str = "staging") -> list[str]:
    found = connection.execute(f"select document_id from {schema}.documents order by 1")
    return [document_id for (document_id,) in found.fetchall()]


def arrive(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """A few documents come that are not there, with their files."""
    absent = sorted({*documents(connection, "come.staging")} - {*documents(connection)})
    coming = rng.sample(absent, min(len(absent), rng.randint(1, 4)))
    for table in DOCUMENT_TABLES:
        connection.execute(
            f"insert into staging.{table} select * from come.staging.{table} "
            "where document_id in (select unnest(?))",
            [coming],
        )
    connection.execute(
        "insert into staging.files select * from come.staging.files "
        "where left(sha256, 16) in (select unnest(?))",
        [coming],
    )
    connection.execute(
        "update staging.documents set loaded_at = now() where document_id in (select unnest(?))",
        [coming],
    )


def read_again(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """A document is read again, and one amount differently."""
    for document_id in rng.sample(documents(connection), min(1, len(documents(connection)))):
        connection.execute(
            """
            update staging.figures set amount_yuan = amount_yuan + 30000
            where figure_id = (
                select min(figure_id) from staging.figures
                where document_id = ? and amount_yuan > 0 and measure <> ''
            )
            """,
            [document_id],
        )
        for table in AUDIT_TABLES:
            connection.execute(f"delete from staging.{table} where document_id = ?", [document_id])
        connection.execute(
            "update staging.documents set loaded_at = now() where document_id = ?", [document_id]
        )


def move(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """A document turns out to be another department's."""
    present = documents(connection)
    if len(present) > 1:
        moving, to = rng.sample(present, 2)
        connection.execute(
            """
            update staging.documents set
                loaded_at = now(), department_name = others.department_name,
                region_code = others.region_code
            from (from staging.documents where document_id = ?) as others
            where documents.document_id = ?
            """,
            [to, moving],
        )


def lose_file(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """The file of a document is gone, while what was read of it stays."""
    for document_id in rng.sample(documents(connection), min(1, len(documents(connection)))):
        connection.execute("delete from staging.files where left(sha256, 16) = ?", [document_id])


def supersede(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """Another document takes the place of one at its address."""
    present = documents(connection)
    if len(present) > 1:
        old, new = rng.sample(present, 2)
        connection.execute(
            "delete from staging.publications where document_id in (?, ?)", [old, new]
        )
        for document_id, by in ((old, new), (new, "")):
            connection.execute(
                """
                insert into staging.publications
                values (?, 'site', 'http://site/a', 'http://site/', 'title', null, now(), ?)
                """,
                [document_id, by],
            )


def leave(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> None:
    """A document is refused by a later reader, so that nothing of it is staged any longer."""
    present = documents(connection)
    if len(present) > 2:
        remove_documents(connection, rng.sample(present, 1))


CHANGES: tuple[Change, ...] = (arrive, arrive, read_again, move, lose_file, supersede, leave)


def content(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what was built and of what auditing found, without the times of it."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = [
            f"{schema}.{table}"
            for schema, table in connection.execute(
                "select schema_name, table_name from duckdb_tables() order by all"
            ).fetchall()
            if schema in BUILT_SCHEMAS or (schema == "staging" and table in AUDIT_TABLES)
        ]
        return {table: connection.execute(rows_of(table)).fetchall() for table in tables}


def rows_of(table: str) -> str:
    """The query for a table's rows."""
    if table == "staging.audited_documents":
        return "select document_id, message from staging.audited_documents order by all"
    return f"select * from {table} order by all"


def built_at_once(warehouse: Path, settings: Settings, folder: Path) -> Path:
    """What a build of everything makes of the same documents."""
    whole = folder / warehouse.name
    with open_for_writing(whole) as connection:
        apply_staging_schema(connection)
        connection.execute(f"attach '{warehouse}' as done (read_only)")
        for table in (*DOCUMENT_TABLES, "files", "publications"):
            connection.execute(f"insert into staging.{table} select * from done.staging.{table}")
    build(
        whole, replace(settings, warehouse=whole, build_documents=1000), ONE_PROCESS, lambda _: None
    )
    return whole


def scattered(warehouse: Path) -> list[str]:
    """The tables built in one go in which rows of a document do not stand together."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_columns()"
            " where column_name = 'document_id' and schema_name = 'marts'"
            " and (schema_name, table_name) in"
            " (select schema_name, table_name from duckdb_tables())"
        ).fetchall()
        assert len(tables) > 20
        runs = """
            select count(*), count(distinct document_id)
            from (
                select document_id, lag(document_id) over (order by rowid) as above from {}
            )
            where document_id is distinct from above
        """
        found = {name: connection.execute(runs.format(name)).fetchone() for (name,) in tables}
    return [name for name, (run_count, documents) in found.items() if run_count != documents]


@pytest.fixture
def emptied(tmp_path: Path) -> Path:
    """A warehouse in which nothing is staged yet."""
    warehouse = tmp_path / "w.duckdb"
    with open_for_writing(warehouse) as connection:
        apply_staging_schema(connection)
    return warehouse


def test_increments_make_what_a_whole_build_makes(emptied, read_once, tmp_path):
    rng = random.Random(SEED)  # noqa: S311 - it chooses what happens
    settings = replace(
        made_settings(),
        warehouse=emptied,
        raw_dir=read_once.parent / "raw",
        build_documents=DOCUMENTS_AT_A_TIME,
    )
    told = []
    for _ in range(STEPS):
        with open_for_writing(emptied) as connection:
            connection.execute(f"attach '{read_once}' as come (read_only)")
            for change in (arrive, *rng.choices(CHANGES, k=4)):
                change(connection, rng)
                told.append(change.__name__)
        build(emptied, settings, ONE_PROCESS, lambda _: None)
    at_once = built_at_once(emptied, settings, tmp_path / "whole")
    whole = content(at_once)
    stepwise = content(emptied)
    assert stepwise.keys() == whole.keys()
    differing = [table for table in whole if stepwise[table] != whole[table]]
    assert not differing, (told, [(stepwise[table], whole[table]) for table in differing[:1]])
    assert whole["marts.fct_disclosed_figures"]
    assert scattered(at_once) == []
