"""Changes of one value in a seed that means something alone: a sign, a side, a bound, a yes or no.

Knows the values that lists of identities are made of. Does not know what an identity says.
"""

from collections.abc import Iterator

from tests.mutating.mutants import Mutant, mutant_of

_OTHERS = {
    "1": ("-1",),
    "-1": ("1",),
    "=": ("<=", ">="),
    "<=": ("=", ">="),
    ">=": ("=", "<="),
    "left": ("right",),
    "right": ("left",),
    "hard": ("soft",),
    "soft": ("hard",),
    "true": ("false",),
    "false": ("true",),
    "amount": ("row", "no"),
    "row": ("amount", "no"),
    "no": ("amount",),
    "own": ("prior_year",),
    "prior_year": ("own",),
    "income": ("expenditure",),
    "expenditure": ("income",),
    "basic": ("project",),
    "project": ("basic",),
    "final_accounts": ("budget",),
    "budget": ("final_accounts",),
    "forms": ("narrative",),
    "narrative": ("forms",),
}
# Numbers of terms and ranks are an order: what matters is that they differ.
_BOUNDS = ("least_yuan", "most_yuan")
_UNCHANGED = ("term_no", "rank", "formula", "meaning_en", "meaning_zh", "exceptions")


def seed_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every change of one value of a list.

    Args:
        path: The file, from the project's folder.
        text: Its lines, with the names of the columns first.
    """
    header, *_ = text.split("\n", 1)
    columns = header.split(",")
    begin = len(header) + 1
    for line in text[begin:].splitlines(keepends=True):
        if '"' not in line:
            yield from _of_line(path, text, begin, line.rstrip("\r\n"), columns)
        begin += len(line)


def _of_line(path: str, text: str, begin: int, line: str, columns: list[str]) -> Iterator[Mutant]:
    values = line.split(",")
    for column, value in zip(columns, values, strict=True):
        span = (begin, begin + len(value))
        begin += len(value) + 1
        if column in _UNCHANGED:
            continue
        if column in _BOUNDS and value:
            others: tuple[str, ...] = (str(int(value) * 10), str(int(value) // 10))
        elif "|" in value:
            # One of the lines, forms or measures less.
            others = (value.rsplit("|", 1)[0], _without_first(value))
        else:
            others = _OTHERS.get(value, ())
        for other in others:
            yield mutant_of(path, text, span, other, "value", f"{values[0]} {column}")


def _without_first(value: str) -> str:
    """A list without its first value: line:a|b is line:b."""
    kind, colon, names = value.rpartition(":")
    return f"{kind}{colon}{names.split('|', 1)[1]}"
