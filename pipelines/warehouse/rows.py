"""Inserts rows of plain values into staging tables, many at once and without loss.

Knows how values reach DuckDB: column by column, money as text so that no binary fraction ever
stands in for it. Does not know what the tables mean.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

import duckdb

from pipelines.domain.errors import ExplainedError

Value: TypeAlias = str | int | float | Decimal | datetime | date | tuple[str, ...] | None
Row: TypeAlias = Mapping[str, Value]

DECIMAL_PLACES = Decimal("0.000001")
DECIMAL_LIMIT = Decimal(10) ** 18
LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class UnstorableValueError(ExplainedError):
    """A number does not fit ``decimal(24, 6)`` without being changed."""

    def __init__(self, column: str, value: Decimal) -> None:
        super().__init__(
            f"{column} {value} has more than 18 digits before or 6 after the decimal point"
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
    if not rows:
        return
    columns = list(rows[0])
    values = [[_storable(column, row[column]) for row in rows] for column in columns]
    unnested = ", ".join(f"unnest(${number})" for number, _ in enumerate(columns, start=1))
    columns_listed = ", ".join(columns)
    insert = f"insert into {table} ({columns_listed}) select {unnested}"
    connection.execute(insert, values)


def utc_now() -> datetime:
    """The present moment as the warehouse stores it: in UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def _storable(column: str, value: Value) -> Value | list[str]:
    if isinstance(value, Decimal):
        return _exact_text(column, value)
    if isinstance(value, str):
        return _whole_characters(value)
    if isinstance(value, tuple):
        return [_whole_characters(text) for text in value]
    return value


def _whole_characters(text: str) -> str:
    """The text without the half characters of broken PDF fonts, which no UTF-8 text can hold."""
    return LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def _exact_text(column: str, value: Decimal) -> str:
    if not value.is_finite() or abs(value) >= DECIMAL_LIMIT:
        raise UnstorableValueError(column, value)
    if value % DECIMAL_PLACES:
        raise UnstorableValueError(column, value)
    return format(value, "f")
