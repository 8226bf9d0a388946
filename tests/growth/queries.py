"""Times the queries that the documents print.

Knows where they are printed. Does not know what they ask.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import duckdb

from tests.paths import PROJECT_DIR

PAGE = PROJECT_DIR / "docs" / "queries.md"
SQL_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
TIMES = 3


def documented_queries() -> Iterator[tuple[str, str]]:
    """Name and text of each query: the line it begins in, and the heading above it."""
    text = PAGE.read_text(encoding="utf-8")
    for block in SQL_BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        yield f"line {line}, {HEADING.findall(text, 0, block.start())[-1]}", block[1]


def time_queries(warehouse: Path) -> dict[str, float]:
    """Seconds from each query to its last row, the median of three after one that is not timed."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {name: _time(connection, query) for name, query in documented_queries()}


def _time(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    connection.execute(query).fetchall()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        connection.execute(query).fetchall()
        taken.append(time.perf_counter() - began)
    return median(taken)
