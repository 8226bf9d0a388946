"""Gives clones departments of their own all over the country.

Knows where departments are and how their names are made. Does not know what is cloned of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from tests.growth.cloning import Clone
from tests.growth.source import Division, counties, divisions

STRIDE = 1009
"""A prime: so many counties on, time and again, is every county once."""
DEPARTMENTS = """
    select document_id, department_name, region_code
    from staging.documents
    where department_name <> '' and region_code <> ''
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a source document comes from.

    Attributes:
        department_name: Whose it is.
        place: Name of the division.
        rank: Of the division among all that the source has documents from.
    """

    department_name: str
    place: str
    rank: int


def spread(source: Path, wanted: Sequence[Clone]) -> list[Clone]:
    """The same clones, of departments of their own that are in as many counties as possible.

    Departments of one place stay together. Where there are more of them than counties, the next
    ones of a county are the second, the third and so on.

    Args:
        source: The warehouse of what is cloned.
        wanted: Clones; a document without a department or region stays where it is.
    """
    origins, places = _origins(source), counties()
    place_count = 1 + max((origin.rank for origin in origins.values()), default=0)
    return [
        _moved(clone, origin, clone.number * place_count + origin.rank, places)
        if (origin := origins.get(clone.document_id))
        else clone
        for clone in wanted
    ]


def _moved(clone: Clone, origin: Origin, step: int, places: Sequence[Division]) -> Clone:
    """The clone as it is after so many steps, from each county to another."""
    county = places[step * STRIDE % len(places)]
    body = origin.department_name.partition(origin.place)[2]
    name = f"{county.name}第{1 + step // len(places)}{body}"
    return replace(clone, department_name=name, region_code=county.code)


def _origins(source: Path) -> dict[str, Origin]:
    with duckdb.connect(str(source), read_only=True) as connection:
        rows = connection.execute(DEPARTMENTS).fetchall()
    ranks = {code: rank for rank, code in enumerate(sorted({code for _, _, code in rows}))}
    return dict(_placed(rows, ranks))


def _placed(
    rows: Sequence[tuple[str, str, str]], ranks: Mapping[str, int]
) -> Iterator[tuple[str, Origin]]:
    names = {division.code: division.name for _, division in divisions()}
    for document_id, department_name, code in rows:
        if (place := names.get(code)) and place in department_name:
            yield document_id, Origin(department_name, place, ranks[code])
