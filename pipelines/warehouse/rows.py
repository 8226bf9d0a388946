"""Inserts rows of plain values into staging tables, many at once and without loss.

Knows how values reach DuckDB: column by column, money as decimals so that no binary fraction ever
stands in for it. Does not know what the tables mean.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from pipelines.domain.amount import is_kept_exactly
from pipelines.domain.errors import ExplainedError

if TYPE_CHECKING:
    import pyarrow as pa

Value: TypeAlias = str | int | float | Decimal | datetime | date | tuple[str, ...] | None
Row: TypeAlias = Mapping[str, Value]
Columns: TypeAlias = Mapping[str, Sequence[Value]]

LONE_SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class UnstorableValueError(ExplainedError):
    """A number does not fit ``decimal(24, 6)`` without being changed."""

    def __init__(self, column: str, value: Decimal) -> None:
        super().__init__(
            "{column} {value} has more than 18 digits before or 6 after the decimal point",
            column=column,
            value=value,
        )


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns.

    Args:
        connection: The warehouse.
        table: Qualified name of the table.
        rows: The rows; none is fine.

    Raises:
        UnstorableValueError: A decimal cannot be stored exactly.
    """
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        empty = connection.execute(f"select {', '.join(columns)} from {table} limit 0")  # noqa: S608
        insert_arrow(connection, table, [arrow_rows(columns, empty.to_arrow_table().schema)])


def insert_arrow(
    connection: duckdb.DuckDBPyConnection, table: str, parts: Sequence["pa.Table"]
) -> None:
    """Insert rows that ``arrow_rows`` made, all of the same columns.

    Args:
        connection: The warehouse.
        table: Qualified name of the table. Columns that the rows lack become null.
        parts: The rows; none is fine.
    """
    if not parts:
        return
    # Imported here because a night that writes nothing must not wait for it.
    import pyarrow as pa

    connection.register("rows_to_insert", pa.concat_tables(parts).combine_chunks())
    connection.execute(f"insert into {table} by name select * from rows_to_insert")  # noqa: S608
    connection.unregister("rows_to_insert")


def arrow_rows(columns: Columns, types: "pa.Schema") -> "pa.Table":
    """Rows given by columns, all of one length, as DuckDB takes them without copying.

    Args:
        columns: Values by column.
        types: The types of these columns, and of others.

    Raises:
        UnstorableValueError: A decimal cannot be stored exactly.
    """
    import pyarrow as pa

    arrays = [_array(name, values, types.field(name).type) for name, values in columns.items()]
    return pa.Table.from_arrays(arrays, names=list(columns))


def utc_now() -> datetime:
    """The present moment as the warehouse stores it: in UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def _array(name: str, values: Sequence[Value], kind: "pa.DataType") -> "pa.Array":
    """Values as Arrow has them, none of them altered, but for half characters."""
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_whole_characters(value) for value in values], kind)
    except pa.ArrowInvalid:
        for value in values:
            if isinstance(value, Decimal) and not is_kept_exactly(value):
                raise UnstorableValueError(name, value) from None
        raise


def _whole_characters(value: Value) -> Value:
    """Texts without the half characters of broken PDF fonts, which no UTF-8 text can hold."""
    if isinstance(value, tuple):
        return tuple(LONE_SURROGATES.sub(REPLACEMENT, text) for text in value)
    return LONE_SURROGATES.sub(REPLACEMENT, value) if isinstance(value, str) else value
