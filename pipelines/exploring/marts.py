"""Opens a warehouse whose marts can be asked, and asks it.

Knows which mart each question needs and turns rows into values. Does not know the questions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any, TypeAlias, TypeVar

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.domain.sql_text import quoted
from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import open_for_reading, relations

RowType = TypeVar("RowType")
Parameters: TypeAlias = Sequence[object] | Mapping[str, object]

_QUERY_SECONDS: ContextVar[list[float] | None] = ContextVar("query_seconds", default=None)

# What stands in quotes or in a comment is passed over; then ? or $name.
PARAMETER = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\?|\$(?P<name>[a-z_]+)""")
NEEDED_MARTS = (
    "dim_documents",
    "fct_disclosed_figures",
    "fct_identity_checks",
    "fct_discrepancies",
    "fct_document_quality",
)


class MartsMissingError(ExplainedError):
    """The warehouse holds documents, but the marts were not built from them."""

    def __init__(self, warehouse: Warehouse) -> None:
        super().__init__(
            "the marts of {warehouse} are not built yet: run 'juesuan run'",
            warehouse=warehouse,
        )


class MartsOutdatedError(ExplainedError):
    """The marts have other tables or columns than this version asks for."""

    def __init__(self, reported: str) -> None:
        super().__init__(
            "the marts were built by another version of juesuan: 'juesuan run' builds them anew "
            "({reported})",
            reported=reported.splitlines()[0],
        )


@contextmanager
def open_marts(warehouse: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse for reading and make sure that its marts are there.

    Raises:
        MartsMissingError: dbt has not built them.
        WarehouseError: The warehouse cannot be opened.
    """
    with open_for_reading(warehouse) as connection:
        if not have_marts(connection):
            raise MartsMissingError(warehouse)
        yield connection


def have_marts(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every mart that questions are put to exists."""
    return {("marts", name) for name in NEEDED_MARTS} <= relations(connection)


@contextmanager
def queries_timed() -> Iterator[list[float]]:
    """How many seconds each query took that is asked inside, in their order."""
    seconds: list[float] = []
    token = _QUERY_SECONDS.set(seconds)
    try:
        yield seconds
    finally:
        _QUERY_SECONDS.reset(token)


def select_rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters = ()
) -> list[dict[str, Any]]:
    """Run a query for its rows as values by column name.

    Raises:
        MartsOutdatedError: It asks for what another version's marts do not have.
    """
    began = perf_counter()
    try:
        found = connection.execute(with_values(query, parameters) if parameters else query)
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise MartsOutdatedError(str(error)) from error
    names = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    if (seconds := _QUERY_SECONDS.get()) is not None:
        seconds.append(perf_counter() - began)
    return [dict(zip(names, row, strict=True)) for row in rows]


def select_all(
    connection: duckdb.DuckDBPyConnection,
    row_type: type[RowType],
    query: str,
    parameters: Parameters = (),
) -> list[RowType]:
    """Run a query whose columns are the fields of a dataclass, for a value of it for each row."""
    return [row_type(**row) for row in select_rows(connection, query, parameters)]


def with_values(query: str, parameters: Parameters) -> str:
    """A query with values in place of its ``?`` or ``$name``.

    Values are written into it and not bound: DuckDB skips the parts of a table that cannot hold a
    value only where it plans with that value, and at the first that is bound in Python it imports
    pandas, which takes a second and eighty megabytes.

    Args:
        query: Parameters in quotes or in comments are none.
        parameters: By position, or by name.

    Raises:
        KeyError: The query names one that is not given.
        ValueError: There are more or fewer than the query has.

    Examples:
        >>> with_values("select '?' where a = ? and b = ?", ["it's", 1])
        "select '?' where a = 'it''s' and b = 1"
        >>> with_values("select $b, $a, $b", {"a": "$b", "b": None})
        "select null, '$b', null"
    """
    if isinstance(parameters, Mapping):
        return PARAMETER.sub(
            lambda found: literal(parameters[found["name"]]) if found["name"] else found[0], query
        )
    marks = [found for found in PARAMETER.finditer(query) if found[0] == "?"]
    written = [query[: marks[0].start()]] if marks else [query]
    for mark, value, following in zip(marks, parameters, [*marks[1:], None], strict=True):
        end = following.start() if following else len(query)
        written += [literal(value), query[mark.end() : end]]
    return "".join(written)


def literal(value: object) -> str:
    r"""A value as SQL writes it.

    Raises:
        TypeError: Nobody has needed a value of this type yet.

    Examples:
        >>> literal("it's"), literal(None), literal([1, "a"]), literal(Decimal("1.50"))
        ("'it''s'", 'null', "[1, 'a']", '1.50')
        >>> literal("a\0b")
        "('a' || chr(0) || 'b')"
    """
    if value is None:
        return "null"
    if isinstance(value, str):
        text = quoted(value)
        # The one character that SQL cannot hold.
        return "(" + text.replace("\0", "' || chr(0) || '") + ")" if "\0" in value else text
    if isinstance(value, bool | int | Decimal):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"date '{value.isoformat()}'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(each) for each in value)}]"
    raise TypeError(f"{value!r} has no literal")
