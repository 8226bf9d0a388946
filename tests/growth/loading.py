"""Loads read disclosures over and over, and the same rows again by DuckDB alone.

Usage, as a process of its own: ``python -m tests.growth.loading RAW_DIR SCRATCH_DIR DOCUMENTS``;
prints a ``Loading`` as JSON. Knows the loader's functions by their names. Does not know how it
writes.
"""

import dataclasses
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb

from pipelines.domain.disclosure import Disclosure
from pipelines.normalising.disclosing import read_disclosure
from pipelines.warehouse import loads
from pipelines.warehouse.schema import apply_staging_schema
from tests.growth.results import Loading
from tests.paths import REFERENCE_DIR

READ_AT_MOST = 40
BATCH = 50
READER_VERSION = "growth"
MANY, ONE = "write_documents", "replace_document"
ROUNDS = 3
TABLES = """
    select table_name
    from duckdb_tables()
    where database_name = current_database() and schema_name = 'staging'
    order by table_name
"""


def copies(disclosures: Sequence[Disclosure], count: int) -> list[Disclosure]:
    """So many disclosures, in rounds of those that were read, each another document."""
    return [_copy(disclosures[number % len(disclosures)], number) for number in range(count)]


def _copy(disclosure: Disclosure, number: int) -> Disclosure:
    digest = hashlib.sha256(f"{disclosure.sha256}-{number}".encode()).hexdigest()
    identification = replace(
        disclosure.identification,
        department_name=f"{disclosure.identification.department_name}{number}",
    )
    return replace(
        disclosure,
        sha256=digest,
        file_name=f"{number}-{disclosure.file_name}",
        identification=identification,
    )


def load(path: Path, disclosures: Sequence[Disclosure]) -> tuple[str, float]:
    """Load into a new file; the loader's name and its processor seconds."""
    # There are versions of the loader that take one document only.
    name, write = (MANY, _in_batches) if hasattr(loads, MANY) else (ONE, _one_by_one)
    connection = duckdb.connect(str(path))
    apply_staging_schema(connection)
    began = time.process_time()
    write(connection, disclosures)
    connection.close()
    return name, time.process_time() - began


def _one_by_one(connection: duckdb.DuckDBPyConnection, disclosures: Sequence[Disclosure]) -> None:
    for disclosure in disclosures:
        loads.replace_document(connection, disclosure, READER_VERSION)


def _in_batches(connection: duckdb.DuckDBPyConnection, disclosures: Sequence[Disclosure]) -> None:
    waiting = iter(disclosures)
    while batch := list(islice(waiting, BATCH)):
        connection.begin()
        getattr(loads, MANY)(connection, batch, READER_VERSION)
        connection.commit()


def insert(path: Path, loaded: Path) -> float:
    """Copy the rows of a loaded file into a new one; the processor seconds."""
    connection = duckdb.connect(str(path))
    apply_staging_schema(connection)
    connection.execute(f"attach '{loaded}' as loaded (read_only)")
    tables = [table for (table,) in connection.execute(TABLES).fetchall()]
    began = time.process_time()
    connection.begin()
    for table in tables:
        connection.execute(f"insert into staging.{table} select * from loaded.staging.{table}")
    connection.commit()
    connection.close()
    return time.process_time() - began


def _counted(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [table for (table,) in connection.execute(TABLES).fetchall()]
        return {
            table: connection.execute(f"select count(*) from staging.{table}").fetchall()[0][0]
            for table in tables
        }


def main() -> None:
    """Read, load, insert and print."""
    raw_dir, scratch_dir, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    read = [
        read_disclosure(path, REFERENCE_DIR) for path in sorted(raw_dir.iterdir())[:READ_AT_MOST]
    ]
    disclosures, rows = copies(read, count), {}
    taken, rivals = [], []
    # In turn, so that what else the machine does slows both.
    for number in range(ROUNDS):
        loaded, inserted = (scratch_dir / f"{name}{number}.duckdb" for name in ("loaded", "rival"))
        loader, seconds = load(loaded, disclosures)
        taken.append(seconds)
        rivals.append(insert(inserted, loaded))
        rows = _counted(loaded)
        if rows["documents"] != count or _counted(inserted) != rows:
            raise ValueError(f"not everything was stored, or other rows by the rival: {rows}")
    loading = Loading(
        loader, rows["documents"], rows["figures"], sum(rows.values()), min(taken), min(rivals)
    )
    print(json.dumps(dataclasses.asdict(loading)))  # noqa: T201 - what the caller reads


if __name__ == "__main__":
    main()
