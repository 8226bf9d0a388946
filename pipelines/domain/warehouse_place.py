"""Where a warehouse is: a DuckDB file of one machine, or a lake that several share.

Knows how the two are named, and what belongs to a warehouse on this machine. Does not know how
either is opened.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

LAKE_PREFIX = "ducklake:"
# What a lake is called in DuckDB, and what its files on this machine are named after.
LAKE_NAME = "lake"
PASSWORD = re.compile(r"(?P<name>\bpassword\s*=\s*)(?:'[^']*'|\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """How an S3-compatible store is reached.

    Attributes:
        key_id: Who asks, '' for nobody in particular.
        secret: What proves it.
        session_token: What else proves it where a key is lent, '' where it is not.
        region: Where the store is.
        endpoint: Its address where it is not Amazon's, '' where it is.
    """

    key_id: str
    secret: str = field(repr=False)
    session_token: str = field(repr=False)
    region: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Lake:
    """A warehouse whose tables are Parquet files with a catalogue beside them (DuckLake).

    Attributes:
        catalogue: Where its catalogue is, as DuckLake has it: ``postgres:dbname=…``,
            ``sqlite:FILE`` or a DuckDB file.
        data: Where its files are: a folder, or ``s3://bucket/prefix``.
        folder: Where what belongs to it on this machine lies.
        store: How the object store is reached, None where the files are in a folder.
        shows_unpublished: Whether it is read as it is by now, rather than as it was published.
    """

    catalogue: str
    data: str
    folder: Path
    store: ObjectStore | None = None
    shows_unpublished: bool = False

    def __str__(self) -> str:
        """Its name for people, without a password."""
        return LAKE_PREFIX + PASSWORD.sub(r"\g<name>…", self.catalogue)

    @property
    def is_in_postgres(self) -> bool:
        """Whether its catalogue is in PostgreSQL."""
        return self.catalogue.startswith(("postgres:", "postgresql:"))

    @property
    def catalogue_file(self) -> Path | None:
        """The file of a catalogue in SQLite, None where the catalogue is in PostgreSQL."""
        kind, _, where = self.catalogue.partition(":")
        return Path(where) if kind == "sqlite" else None


Warehouse: TypeAlias = Path | Lake


def beside(warehouse: Warehouse, ending: str) -> Path:
    """A file or folder of this machine that belongs to a warehouse and is named after it.

    Args:
        warehouse: The warehouse.
        ending: What follows its name.

    Examples:
        >>> beside(Path("data/juesuan.duckdb"), ".diary.jsonl").as_posix()
        'data/juesuan.diary.jsonl'
        >>> beside(Lake("postgres:dbname=a", "s3://b", Path("data")), ".dbt").as_posix()
        'data/lake.dbt'
    """
    file = warehouse.folder / LAKE_NAME if isinstance(warehouse, Lake) else warehouse
    return file.with_name(f"{file.stem}{ending}")
