"""Loads read disclosures over and over, and the same rows again by DuckDB alone.

Usage, as a process of its own: ``python -m tests.growth.loading RAW_DIR SCRATCH_DIR DOCUMENTS``;
prints a ``Loading`` as JSON. Knows the loader's functions by their names. Does not know how they
work.
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
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.ingesting import DOCUMENTS_AT_A_TIME
from pipelines.warehouse.loads import write_documents
from pipelines.warehouse.schema import apply_staging_schema
from pipelines.warehouse.staged_documents import stage
from pipelines.warehouse.transactions import transaction
from tests.growth.results import Loading
from tests.paths import REFERENCE_DIR

READ_AT_MOST = 40
READER_VERSION = "growth"
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


def load(path: Path, disclosures: Sequence[Disclosure]) -> tuple[float, float]:
    """Load into a new file; processor seconds of making rows, and of writing them."""
    staging, writing = 0.0, 0.0
    waiting = iter(disclosures)
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
        while batch := list(islice(waiting, DOCUMENTS_AT_A_TIME)):
            began = time.process_time()
            staged = [stage(disclosure, READER_VERSION) for disclosure in batch]
            rows_made = time.process_time()
            with transaction(connection):
                write_documents(connection, staged)
            staging += rows_made - began
            writing += time.process_time() - rows_made
        began = time.process_time()
    return staging, writing + time.process_time() - began


def insert(path: Path, loaded: Path) -> float:
    """Copy the rows of a loaded file into a new one; the processor seconds."""
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
        connection.execute(f"attach '{loaded}' as loaded (read_only)")
        tables = [table for (table,) in connection.execute(TABLES).fetchall()]
        began = time.process_time()
        with transaction(connection):
            for table in tables:
                connection.execute(
                    f"insert into staging.{table} select * from loaded.staging.{table}"
                )
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
        taken.append(load(loaded, disclosures))
        rivals.append(insert(inserted, loaded))
        rows = _counted(loaded)
        if rows["documents"] != count or _counted(inserted) != rows:
            raise ValueError(f"not everything was stored, or other rows by the rival: {rows}")
    staging, writing = min(taken, key=sum)
    loading = Loading(
        document_count=rows["documents"],
        figure_count=rows["figures"],
        row_count=sum(rows.values()),
        staging_seconds=staging,
        writing_seconds=writing,
        insert_seconds=min(rivals),
    )
    print(json.dumps(dataclasses.asdict(loading)))  # noqa: T201 - what the caller reads


if __name__ == "__main__":
    main()
