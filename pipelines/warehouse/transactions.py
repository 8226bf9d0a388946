"""Makes several statements happen together or not at all.

Knows DuckDB's transactions. Does not know what is written in one.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Make everything inside happen together or not at all."""
    connection.begin()
    with ExitStack() as undo:
        undo.callback(connection.rollback)
        yield
        undo.pop_all()
    connection.commit()
