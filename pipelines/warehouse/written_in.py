"""Writes ephemeral models into the SQL of others as dbt does, without understanding all of it.

Knows how SQL begins. dbt parses the whole of each query to find its first word, which takes a
quarter of the time of a small build; whatever does not begin with that word is left to dbt.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt.artifacts.resources.v1.components import InjectedCTE

# Comments, strings and names in quotes, in which a semicolon ends nothing.
QUOTED = re.compile(r"--[^\n]*|/\*.*?\*/|'[^']*'|\"[^\"]*\"", re.DOTALL)
# What else begins such a thing to dbt, and what does not end it.
OTHER_QUOTES = re.compile(r"[`$#]")
NO_END = re.compile(r"\\['\"]")


def hasten_dbt() -> None:
    """Have dbt, in this process, write ephemeral models into others by ``written_in``."""
    from dbt import compilation

    by_dbt = compilation.inject_ctes_into_sql
    if getattr(by_dbt, "is_of_juesuan", False):
        return

    def inject(sql: str, ctes: "Sequence[InjectedCTE]") -> str:
        return written_in(sql, [cte.sql for cte in ctes], lambda: by_dbt(sql, list(ctes)))

    inject.is_of_juesuan = True  # type: ignore[attr-defined]
    compilation.inject_ctes_into_sql = inject


def written_in(sql: str, expressions: Sequence[str], by_dbt: Callable[[], str]) -> str:
    r"""A query with further common table expressions before its own.

    Args:
        sql: The query.
        expressions: What to write into it: name and query of each.
        by_dbt: What dbt makes of it, for queries that are not so simple.

    Examples:
        >>> written_in("-- a\nwith\n\nb as (select 1) from b", ["c as (select 2)"], str)
        '-- a\nwith\n\nc as (select 2), b as (select 1) from b'
        >>> written_in("-- a\nselect 1", [" c as (select 2)"], str)
        'with c as (select 2) -- a\nselect 1'
        >>> written_in("select 1; select 2", ["c as (select 2)"], lambda: "left to dbt")
        'left to dbt'
    """
    words = _words(sql)
    begun_at, first = next(words, (0, ""))
    # What comes before may say anything, being comments.
    if not expressions or not first or _may_end_within(sql[begun_at:]):
        return by_dbt()
    if first == "WITH":
        own_at, word = next(words, (0, ""))
        if word in ("", "RECURSIVE"):
            return by_dbt()
        return f"{sql[:own_at]}{', '.join(expressions)}, {sql[own_at:]}"
    if re.search(r"\bwith\b", sql[begun_at:], re.IGNORECASE):
        return by_dbt()
    # Before the comments, too.
    bare = sql.lstrip()
    return f"{sql[: len(sql) - len(bare)]}with{', '.join(expressions)} {bare}"


def _may_end_within(sql: str) -> bool:
    """Whether a semicolon may be more than a character of a comment or a string."""
    if ";" not in sql:
        return False
    bare = QUOTED.sub("", sql)
    return ";" in bare or bool(OTHER_QUOTES.search(bare)) or bool(NO_END.search(sql))


def _words(sql: str) -> Iterator[tuple[int, str]]:
    """The words of a query with their places, without the comments before the first."""
    from sqlparse import tokens
    from sqlparse.lexer import tokenize

    at, is_begun = 0, False
    for kind, text in tokenize(sql):  # type: ignore[no-untyped-call]
        is_comment = kind in tokens.Comment and not is_begun
        if not (kind in tokens.Whitespace or is_comment):
            is_begun = True
            yield at, text.upper()
        at += len(text)
