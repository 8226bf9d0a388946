"""What changed between an earlier release and the warehouse: documents, figures, discrepancies.

Knows which columns of the marts say so, and that a newer file of one disclosure takes the place of
an older one. Does not judge which of them is right, and does not know how changes are shown.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from pipelines.domain.sql_text import quoted
from pipelines.exploring.exporting.tables import SCHEMA, Column, Mart
from pipelines.exploring.marts import select_rows

# The columns that are compared; an earlier release without them cannot be.
COMPARED = {
    "dim_documents": (
        "document_id", "file_name", "body_id", "department_name", "region_name",
        "fiscal_year", "kind", "scope", "url", "sha256", "is_counted", "superseded_by_document_id",
    ),
    "fct_disclosed_figures": (
        "figure_id", "document_id", "table_index", "title", "form", "section", "row_index",
        "column_index", "header_path", "row_code", "row_label", "measure", "amount_text",
        "amount_yuan", "printed_unit", "page", "cell_path", "status",
    ),
    "fct_discrepancies": (
        "check_id", "document_id", "file_name", "department_name", "fiscal_year", "identity_id",
        "scope_key", "level", "meaning_zh", "meaning_en", "difference_yuan", "unit", "place",
    ),
    "fct_document_quality": (
        "document_id", "figure_count", "named_count", "proven_count", "unchecked_count",
        "disputed_count", "violation_count",
    ),
}  # fmt: skip

SCRIPT = files("pipelines.exploring.releasing") / "changes.sql"
TABLES = ("changed_documents", "changed_figures", "changed_discrepancies", "changed_quality")
COUNTED = "select change, count(*) from {table} group by change order by change"
SHOWN = 20
# What CHANGES.md shows of each table, what weighs most first.
WORST = {
    "changed_documents": "change, region_name, department_name, fiscal_year, file_name",
    "changed_figures": """
        abs(coalesce(amount_yuan, 0) - coalesce(previous_amount_yuan, 0)) desc, change,
        department_name, figure_id, previous_figure_id
    """,
    "changed_discrepancies": """
        coalesce(level, previous_level) desc, change, abs(difference) desc nulls last, check_id
    """,
    "changed_quality": "kind <> 'all', kind",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an earlier release.

    Attributes:
        counts: How often each change happened, by table.
        shown: The rows of each table that weigh most, as many as people read.
    """

    counts: dict[str, dict[str, int]]
    shown: dict[str, list[dict[str, Any]]]


def missing_columns(connection: duckdb.DuckDBPyConnection, parquet: Path) -> list[str]:
    """What an earlier release lacks to be compared: files, or columns of another version.

    Args:
        connection: Any connection.
        parquet: The folder of its Parquet files.
    """
    missing = []
    for name, columns in COMPARED.items():
        path = parquet / f"{name}.parquet"
        if not path.is_file():
            missing.append(path.name)
            continue
        found = {row[0] for row in connection.execute(f"describe from {quoted(path)}").fetchall()}
        missing += [f"{name}.{column}" for column in columns if column not in found]
    return missing


def compare(connection: duckdb.DuckDBPyConnection, parquet: Path) -> Changes:
    """Compare a warehouse with an earlier release, and keep what differs in temporary tables.

    Args:
        connection: A warehouse with marts; it need not be writable.
        parquet: The folder of Parquet files of an earlier release that lacks nothing.
    """
    for name, columns in COMPARED.items():
        selected = ", ".join(columns)
        for state, source in (
            ("now", f"{SCHEMA}.{name}"),
            ("before", quoted(parquet / f"{name}.parquet")),
        ):
            connection.execute(
                f"create or replace temp view {state}_{name} as select {selected} from {source}"  # noqa: S608
            )
    connection.execute(SCRIPT.read_text(encoding="utf-8"))
    return Changes(
        counts={
            table: dict(connection.execute(COUNTED.format(table=table)).fetchall())
            for table in TABLES
            if table != "changed_quality"
        },
        shown={
            table: select_rows(
                connection,
                f"select * from {table} order by {WORST[table]} limit {SHOWN}",  # noqa: S608
            )
            for table in TABLES
        },
    )


def change_tables(connection: duckdb.DuckDBPyConnection) -> tuple[Mart, ...]:
    """The temporary tables that a comparison left, to be exported."""
    return tuple(
        Mart(
            name=table,
            meaning="",
            columns=tuple(
                Column(row[0], row[1]) for row in connection.execute(f"describe {table}").fetchall()
            ),
            schema="temp",
        )
        for table in TABLES
    )
