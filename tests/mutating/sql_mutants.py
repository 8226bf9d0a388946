"""Changes of a sign, a bound or a condition in SQL that is written with Jinja.

Knows SQL as a row of tokens, read by sqlglot after what is Jinja was made names or blanks of the
same length. Does not know what a model means, nor whether a change is still valid SQL: the database
says so.
"""

import re
from collections.abc import Iterator, Sequence

from sqlglot.dialects.duckdb import DuckDB
from sqlglot.tokens import Token
from sqlglot.tokens import TokenType as T

from tests.mutating.mutants import Mutant, mutant_of

_UNPRINTED = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)

# What another word in the same place would ask.
_WORDS = {
    "bool_and": ("bool_or",),
    "bool_or": ("bool_and",),
    "min": ("max",),
    "max": ("min",),
    "least": ("greatest",),
    "greatest": ("least",),
    "sum": ("max",),
    "abs": ("",),
    "asc": ("desc",),
    "desc": ("asc",),
    "true": ("false",),
    "false": ("true",),
    "distinct": ("",),
    "floor": ("ceil",),
}
_SIGNS = {
    T.LT: ("<=",),
    T.LTE: ("<",),
    T.GT: (">=",),
    T.GTE: (">",),
    T.PLUS: ("-",),
    T.DASH: ("+",),
    T.SLASH: ("*",),
}
_CONDITIONS_BEGIN = {T.WHERE, T.ON, T.HAVING, T.QUALIFY, T.WHEN}
_CONDITIONS_END = {
    *(T.WHERE, T.WHEN, T.THEN, T.ELSE, T.END, T.GROUP_BY, T.ORDER_BY, T.HAVING, T.QUALIFY),
    *(T.LEFT, T.INNER, T.JOIN, T.SEMI, T.ANTI, T.FULL, T.CROSS, T.UNION, T.LIMIT, T.SELECT),
    *(T.COMMA, T.ALIAS, T.FROM, T.PARTITION_BY),
}
# What counts from 1 up, where the row itself is counted; and how names of numbers end that count
# from 0 and from 1 up. A set of terms is a number of bits, and 0 at least too.
_NUMBERING = {"row_number", "rank", "dense_rank", "count"}
_COUNTS = ("_count", "_nonzero", "_terms")
_RANKS = ("_rank",)
_OPENING = {T.L_PAREN, T.L_BRACKET, T.L_BRACE, T.CASE}
_CLOSING = {T.R_PAREN, T.R_BRACKET, T.R_BRACE, T.END}


def sql_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every change of one sign, bound or condition in a file of SQL.

    Args:
        path: The file, from the project's folder.
        text: What is in it: a model, a test or macros.
    """
    tokens = DuckDB().tokenize(_without_jinja(text))
    for index, (span, becomes, operator) in (
        *_changed_signs(tokens),
        *_changed_words(tokens),
        *_changed_bounds(tokens, text),
        *_dropped_conditions(tokens),
        *_dropped_values(tokens),
        *_changed_orders(tokens),
    ):
        within = _within(tokens, index, text)
        yield mutant_of(path, text, span, becomes, operator, within)


_Change = tuple[int, tuple[tuple[int, int], str, str]]


def _without_jinja(text: str) -> str:
    """The text with names in place of what Jinja prints, and blanks in place of the rest of it."""
    blank = _UNPRINTED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return _PRINTED.sub(lambda found: "j" * len(found[0]), blank)


def _span(first: Token, last: Token | None = None) -> tuple[int, int]:
    return first.start, (last or first).end + 1


def _changed_signs(tokens: Sequence[Token]) -> Iterator[_Change]:
    for index, token in enumerate(tokens):
        for sign in _SIGNS.get(token.token_type, ()):
            yield index, (_span(token), sign, "sign")
        following = tokens[index + 1].token_type if index + 1 < len(tokens) else None
        if token.token_type is T.EQ:
            others = {T.NUMBER: (">=", "<=", "<>"), T.STRING: ("<>",)}
        elif token.token_type is T.NEQ:
            others = {T.NUMBER: (">", "<"), T.STRING: ("=",)}
        else:
            continue
        for sign in others.get(following, ()) if following else ():
            if not (sign in ("<=", ">") and _is_least(tokens, index)):
                yield index, (_span(token), sign, "sign")


def _is_least(tokens: Sequence[Token], index: int) -> bool:
    """Whether what is compared is never less than the number: a count with 0, a rank with 1.

    There = is <=, and <> is >: to change one into the other changes nothing. All rows of a group
    are one at least.
    """
    number = tokens[index + 1].text
    name = tokens[index - 1].text.lower()
    if (number == "0" and name.endswith(_COUNTS)) or (number == "1" and name.endswith(_RANKS)):
        return True
    if number not in ("0", "1") or tokens[index - 1].token_type is not T.R_PAREN:
        return False
    opening = _opening_of(tokens, index - 1)
    called = tokens[opening - 1].text.lower()
    if called == "over":
        opening = _opening_of(tokens, opening - 2)
        is_counting = tokens[opening - 1].text.lower() in _NUMBERING
    else:
        is_counting = called == "count"
    is_of_all = tokens[opening + 1].token_type in (T.R_PAREN, T.STAR)
    return is_counting and (is_of_all or number == "0")


def _opening_of(tokens: Sequence[Token], closing: int) -> int:
    """The index of the parenthesis that one closes."""
    depth = 0
    for index in range(closing, -1, -1):
        kind = tokens[index].token_type
        depth += (kind is T.R_PAREN) - (kind is T.L_PAREN)
        if depth == 0:
            return index
    return 0


def _changed_words(tokens: Sequence[Token]) -> Iterator[_Change]:
    betweens = 0
    for index, token in enumerate(tokens):
        if token.token_type is T.BETWEEN:
            betweens += 1
        elif token.token_type is T.AND and betweens:
            betweens -= 1
        else:
            for other, operator in _other_words(tokens, index):
                yield index, (_span(token), other, operator)


def _other_words(tokens: Sequence[Token], index: int) -> Iterator[tuple[str, str]]:
    """What a word may be changed into, and the kind of change."""
    token = tokens[index]
    kind, word = token.token_type, token.text.lower()
    if kind in (T.AND, T.OR):
        yield "or" if kind is T.AND else "and", "junction"
    elif word == "not" and not _is_part_of_a_phrase(tokens, index):
        yield "", "negation"
    elif kind in (T.LEFT, T.INNER) and tokens[index + 1].token_type is T.JOIN:
        yield "inner" if kind is T.LEFT else "left", "join"
    elif kind is not T.STRING:
        yield from ((other, "word") for other in _WORDS.get(word, ()))


def _is_part_of_a_phrase(tokens: Sequence[Token], index: int) -> bool:
    """Whether a ``not`` belongs to words that are one: is not null, as not materialized."""
    return tokens[index - 1].token_type is T.IS or tokens[index + 1].text.lower() in (
        "materialized",
        "null",
    )


def _changed_bounds(tokens: Sequence[Token], text: str) -> Iterator[_Change]:
    for index, token in enumerate(tokens):
        if token.token_type is not T.NUMBER or _is_of_a_type(tokens, index):
            continue
        number = text[token.start : token.end + 1]
        others = (
            (str(int(number) + 1), str(int(number) - 1))
            if number.isdigit()
            else (f"({number} * 1.25)",)
        )
        for other in others:
            yield index, (_span(token), other, "bound")


def _is_of_a_type(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number says how precise a type is: decimal(24, 6)."""
    return any(tokens[before].token_type is T.DECIMAL for before in range(max(index - 4, 0), index))


def _dropped_conditions(tokens: Sequence[Token]) -> Iterator[_Change]:
    for index, token in enumerate(tokens):
        if token.token_type not in _CONDITIONS_BEGIN and token.token_type not in (T.AND, T.OR):
            continue
        if token.token_type is T.AND and _belongs_to_between(tokens, index):
            continue
        end, closing = _end_of_condition(tokens, index + 1)
        if end <= index + 1:
            continue
        is_alternative = T.OR in (token.token_type, closing)
        is_branch = token.token_type is T.WHEN and closing is T.THEN
        becomes = "false" if is_alternative or is_branch else "true"
        span = _span(tokens[index + 1], tokens[end - 1])
        yield index + 1, (span, becomes, "condition")


def _belongs_to_between(tokens: Sequence[Token], index: int) -> bool:
    depth = 0
    for before in range(index - 1, -1, -1):
        kind = tokens[before].token_type
        depth += (kind in _CLOSING) - (kind in _OPENING)
        if depth < 0 or (depth == 0 and kind in {*_CONDITIONS_BEGIN, T.AND, T.OR}):
            return False
        if depth == 0 and kind is T.BETWEEN:
            return True
    return False


def _end_of_condition(tokens: Sequence[Token], begin: int) -> tuple[int, T | None]:
    """The index after a condition's last token, and what stands there."""
    depth = 0
    betweens = 0
    for index in range(begin, len(tokens)):
        kind = tokens[index].token_type
        if depth == 0:
            if kind is T.AND and betweens:
                betweens -= 1
                continue
            betweens += kind is T.BETWEEN
            if kind in (T.AND, T.OR) or kind in _CONDITIONS_END or kind in _CLOSING:
                return index, kind
        depth += (kind in _OPENING) - (kind in _CLOSING)
    return len(tokens), None


def _dropped_values(tokens: Sequence[Token]) -> Iterator[_Change]:
    """One value less in a list: in ('a', 'b')."""
    for index, token in enumerate(tokens[:-2]):
        if token.token_type is not T.IN or tokens[index + 1].token_type is not T.L_PAREN:
            continue
        last = index + 2
        while tokens[last].token_type in (T.STRING, T.NUMBER, T.COMMA):
            last += 1
        values = range(index + 2, last, 2)
        if tokens[last].token_type is not T.R_PAREN or len(values) < 2:
            continue
        for value in values:
            first, final = (value, value + 1) if value == values[0] else (value - 1, value)
            yield value, (_span(tokens[first], tokens[final]), "", "value")


def _changed_orders(tokens: Sequence[Token]) -> Iterator[_Change]:
    """The first key of an order, the other way round where nothing says which way."""
    for index, token in enumerate(tokens):
        if token.token_type is not T.ORDER_BY:
            continue
        end, _ = _end_of_condition(tokens, index + 1)
        if tokens[end - 1].token_type not in (T.ASC, T.DESC) and end < len(tokens):
            place = tokens[end - 1].end + 1
            yield index, ((place, place), " desc", "order")


def _within(tokens: Sequence[Token], index: int, text: str) -> str:
    """The common table expression or the macro that a token is in; empty in the last query."""
    macros = [
        found
        for found in re.finditer(r"\{%-? *macro +(\w+)", text)
        if found.start() < tokens[index].start
    ]
    depth = 0
    for before in range(index - 1, 1, -1):
        kind = tokens[before].token_type
        depth += (kind in (T.R_PAREN,)) - (kind in (T.L_PAREN,))
        if (
            kind is T.L_PAREN
            and depth < 0
            and tokens[before - 1].token_type is T.ALIAS
            and tokens[before - 2].token_type is T.VAR
        ):
            return tokens[before - 2].text
    return macros[-1][1] if macros else ""
