"""Asks a warehouse for one department's rows with the documented queries, without an explorer.

Usage, as a process of its own: ``python -m tests.browsing.asking WAREHOUSE BODY_NAME SCOPE``;
prints the milliseconds from opening the file to the last row as JSON. Knows that queries of
docs/queries.md name bodies by name and scope. Does not know what else they ask.
"""

import json
import sys
import time

import duckdb

from tests.growth.queries import documented_queries
from tests.growth.results import MILLISECONDS

OF_A_BODY = {"body_name", "scope"}


def queries_of_bodies(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The documented queries whose rows say of which body they are."""
    queries = [query.strip().rstrip(";") for _, query in documented_queries()]
    return [
        query
        for query in queries
        if {column[0] for column in connection.execute(query).description or ()} >= OF_A_BODY
    ]


def main() -> None:
    """Ask and print."""
    warehouse, body_name, scope = sys.argv[1:]
    with duckdb.connect(warehouse, read_only=True) as connection:
        queries = queries_of_bodies(connection)
    began, spent = time.perf_counter(), time.process_time()
    with duckdb.connect(warehouse, read_only=True) as connection:
        for query in queries:
            rows = f"from ({query}) where body_name = $1 and scope = $2"
            connection.execute(rows, [body_name, scope]).fetchall()
    taken = {
        "asked": (time.perf_counter() - began) * MILLISECONDS,
        "processor": (time.process_time() - spent) * MILLISECONDS,
    }
    print(json.dumps(taken))  # noqa: T201


if __name__ == "__main__":
    main()
