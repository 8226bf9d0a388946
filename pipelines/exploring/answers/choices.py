"""What lists can be narrowed to: the years and kinds that there are.

Knows ``marts.dim_documents``.
"""

import duckdb

from pipelines.exploring.marts import select_rows

YEARS = """
    select distinct fiscal_year
    from marts.dim_documents
    where fiscal_year is not null
    order by fiscal_year desc
"""


def fiscal_years(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Every year that a document is of, the latest first."""
    return tuple(row["fiscal_year"] for row in select_rows(connection, YEARS))
