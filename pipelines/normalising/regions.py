"""Administrative divisions: which division a body's name begins with.

Knows the reference list of divisions (dbt's seed, the one copy in the project). Does not know
departments.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.normalising.reference_lists import list_rows

_SEEDS = ("administrative_divisions.csv", "administrative_divisions_supplement.csv")


@dataclass(frozen=True, slots=True)
class Division:
    """One province, prefecture or county."""

    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Divisions:
    """The reference list.

    Attributes:
        by_code: Every division.
        by_spelling: For each way to write a division — its name, or its name after one or more of
            its parents' — the codes it may mean.
    """

    by_code: dict[str, Division]
    by_spelling: dict[str, frozenset[str]]


@cache
def load_divisions(reference_dir: Path) -> Divisions:
    """Load the divisions from the folder of the reference seeds."""
    by_code = {division.code: division for division in _read(reference_dir)}
    spellings: dict[str, set[str]] = {}
    for division in by_code.values():
        for spelling in _spellings(division, by_code):
            spellings.setdefault(spelling, set()).add(division.code)
    return Divisions(by_code, {spelling: frozenset(codes) for spelling, codes in spellings.items()})


def _read(reference_dir: Path) -> Iterator[Division]:
    for name in _SEEDS:
        for row in list_rows(reference_dir / name):
            yield Division(row["code"], row["name_zh"], row["parent_code"])


def _spellings(division: Division, by_code: dict[str, Division]) -> Iterator[str]:
    """Yield the name alone and behind any of its parents, which texts leave out at will."""
    tails = [division.name]
    for parent in _parents(division, by_code):
        tails.extend([parent.name + tail for tail in tails])
    yield from tails


def _parents(division: Division, by_code: dict[str, Division]) -> Iterator[Division]:
    """Yield the divisions above one from the nearest up; one that is its own parent has none."""
    parent = by_code.get(division.parent_code)
    while parent is not None and parent.code != division.code:
        yield parent
        division, parent = parent, by_code.get(parent.parent_code)


def locate(name: str, context: str, divisions: Divisions) -> str:
    """Find the division that a body's name begins with.

    Where the name alone fits several (鼓楼区 is in four cities), the one whose parents the
    document names most often is taken.

    Args:
        name: The body's name, such as 长沙市岳麓区审计局.
        context: Text of the document, searched for the parents' names.
        divisions: The reference list.

    Returns:
        The six-digit code, '' where the name begins with no division or the context decides
        between several in no way.
    """
    for length in range(len(name), 1, -1):
        codes = divisions.by_spelling.get(name[:length])
        if codes:
            return _decide(codes, context, divisions)
    return ""


def _decide(codes: Iterable[str], context: str, divisions: Divisions) -> str:
    counts = {code: _mentions(code, context, divisions) for code in sorted(codes)}
    if len(counts) == 1:
        return next(iter(counts))
    most = max(counts.values())
    best = [code for code, count in counts.items() if count == most]
    return best[0] if len(best) == 1 and most > 0 else ""


def _mentions(code: str, context: str, divisions: Divisions) -> int:
    parents = _parents(divisions.by_code[code], divisions.by_code)
    return sum(context.count(parent.name) for parent in parents)
