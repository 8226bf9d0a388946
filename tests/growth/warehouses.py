"""What happens to a warehouse between two builds, and what must be true after one.

Knows the staging tables and the names of the central marts. Does not know how marts are built.
"""

import json
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.warehouse.schema import apply_staging_schema
from tests.growth.cloning import OF_BUILDS
from tests.growth.measuring import MeasuringError

# Figures that no identity speaks of, so that another amount contradicts nothing; in a document
# that more than one other was cloned from, printed so that a digit can be put before them.
CHANGEABLE_FIGURE = r"""
    select figures.figure_id, figures.document_id, figures.amount_text, figures.amount_yuan,
        figures.printed_unit
    from staging.figures
    inner join marts.fct_disclosed_figures as published using (figure_id)
    where published.check_count = 0
        and published.status = 'unchecked'
        and figures.amount_yuan > 0
        and regexp_full_match(figures.amount_text, '[1-9]\d?(\.\d+)?')
    order by figures.figure_id
    limit 1
"""
COUNTED = {
    "marts.dim_documents": "staging.documents",
    "marts.fct_disclosed_figures": "staging.figures",
}
MARTS = """
    select table_name
    from duckdb_tables()
    where database_name = current_database() and schema_name = 'marts'
    order by table_name
"""


def count_rows(warehouse: Path, table: str) -> int:
    """Rows of a table."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return _count(connection, table)


def check_build(warehouse: Path, documents: int) -> None:
    """Make sure that the last build is whole and holds so many documents, and all their figures.

    Raises:
        MeasuringError: It is not.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        outcomes = connection.execute(
            "select outcome from staging.builds order by built_at desc limit 1"
        ).fetchall()
        if outcomes != [("built",)]:
            raise MeasuringError(f"the last build is not whole: {outcomes}")
        if (staged := _count(connection, "staging.documents")) != documents:
            raise MeasuringError(f"{staged:,} documents are staged and not {documents:,}")
        for mart, staging in COUNTED.items():
            built, wanted = _count(connection, mart), _count(connection, staging)
            if built != wanted:
                raise MeasuringError(f"{mart} has {built:,} rows and {staging} {wanted:,}")


def change_figure(warehouse: Path) -> tuple[str, Decimal]:
    """Load a document anew in which one amount has a digit more; the figure and its amount.

    Raises:
        MeasuringError: No figure can be changed without contradicting another.
    """
    with duckdb.connect(str(warehouse)) as connection:
        found = connection.execute(CHANGEABLE_FIGURE).fetchall()
        if not found:
            raise MeasuringError("no figure can be changed without contradicting another")
        figure_id, document_id, text, yuan, _ = found[0]
        unit = yuan / Decimal(text)
        changed = Decimal(f"1{text}") * unit
        connection.begin()
        connection.execute(
            "update staging.figures set amount_text = '1' || amount_text, amount_yuan = ? "
            "where figure_id = ?",
            [changed, figure_id],
        )
        connection.execute(
            "update staging.documents set loaded_at = ? where document_id = ?",
            [_next_moment(connection), document_id],
        )
        connection.commit()
    return figure_id, changed


def check_figure(warehouse: Path, figure_id: str, yuan: Decimal) -> None:
    """Make sure that a figure is published with an amount.

    Raises:
        MeasuringError: It is not.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        published = connection.execute(
            "select amount_yuan from marts.fct_disclosed_figures where figure_id = ?", [figure_id]
        ).fetchall()
    if published != [(yuan,)]:
        raise MeasuringError(f"figure {figure_id} is published as {published} and not {yuan}")


def copy_staging(source: Path, target: Path) -> None:
    """Make a warehouse that holds the same documents, and of which nothing was built."""
    with duckdb.connect(str(target)) as connection:
        apply_staging_schema(connection)
        connection.execute(f"attach '{source}' as source (read_only)")
        tables = connection.execute(MARTS.replace("'marts'", "'staging'")).fetchall()
        for (table,) in tables:
            if table not in OF_BUILDS:
                connection.execute(
                    f"insert into staging.{table} by name select * from source.staging.{table}"
                )


def differing_marts(one: Path, other: Path) -> list[str]:
    """The marts that do not hold the same rows in both warehouses, whatever their order."""
    with duckdb.connect(str(one), read_only=True) as connection:
        connection.execute(f"attach '{other}' as other (read_only)")
        marts = [mart for (mart,) in connection.execute(MARTS).fetchall()]
        return [mart for mart in marts if _differs(connection, mart)]


def publishing_seconds(told: str) -> float | None:
    """What a build says that publishing took, None where it does not say.

    Args:
        told: What it tells, as JSON.
    """
    fields = list(json.loads(told).items())
    for name, value in fields:
        if isinstance(value, dict):
            fields += value.items()
        elif name.startswith("publish") and isinstance(value, int | float):
            return float(value)
    return None


def _differs(connection: duckdb.DuckDBPyConnection, mart: str) -> bool:
    here, there = f"marts.{mart}", f"other.marts.{mart}"
    odd = connection.execute(
        f"""
        select count(*) from (
            (from {here} except all from {there})
            union all
            (from {there} except all from {here})
        )
        """
    ).fetchall()
    return bool(odd[0][0])


def _next_moment(connection: duckdb.DuckDBPyConnection) -> object:
    """A moment after all that is loaded, as the clock of a later night would tell."""
    return connection.execute(
        "select max(loaded_at) + interval 1 second from staging.documents"
    ).fetchall()[0][0]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])
