"""Who publishes: bodies, and what facts count of each.

Knows ``marts.dim_bodies``, ``marts.dim_regions`` and ``marts.dim_disclosures``. Does not know
amounts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern

import duckdb

from pipelines.exploring.documents import NothingFoundError
from pipelines.exploring.marts import select_all, select_rows

BODIES = """
    select
        bodies.body_id,
        bodies.body_name as name,
        bodies.scope,
        bodies.department_id,
        coalesce(bodies.region_code, '') as region_code,
        coalesce(bodies.region_name, '') as region_name,
        coalesce(regions.region_name, '') as own_region_name,
        coalesce(regions.level, '') as region_level,
        bodies.document_count,
        bodies.first_year,
        bodies.last_year
    from marts.dim_bodies as bodies
    left join marts.dim_regions as regions on bodies.region_code = regions.region_code
"""
DISCLOSURES = """
    select
        disclosures.document_id,
        disclosures.body_id,
        disclosures.fiscal_year,
        disclosures.kind,
        disclosures.scope,
        documents.file_name,
        disclosures.adds_up,
        coalesce(disclosures.not_added_reason, '') as not_added_reason,
        coalesce(disclosures.department_body_id, '') as department_body_id
    from marts.dim_disclosures as disclosures
    inner join marts.dim_documents as documents
        on disclosures.document_id = documents.document_id
    where disclosures.kind is not null
"""
SHARED = ("scope", "region_code", "region_name", "own_region_name", "region_level")
IN_ORDER = " order by disclosures.fiscal_year, disclosures.kind, disclosures.document_id"


@dataclass(frozen=True, slots=True)
class Body:
    """Who publishes: a department with its units, or a unit alone.

    Attributes:
        body_id: Its key.
        name: Its name as its documents state it.
        scope: ``department`` or ``unit``.
        department_id: Key that a department and its own unit of the same name share.
        region_code: Its region, '' where unknown.
        region_name: The region's full name, province first, '' where unknown.
        own_region_name: The region's own name, '' where unknown.
        region_level: ``province``, ``prefecture`` or ``county``, '' where unknown.
        document_count: Documents of it.
        first_year: Earliest fiscal year of these, None where none says one.
        last_year: Latest, likewise.
    """

    body_id: str
    name: str
    scope: str
    department_id: str
    region_code: str
    region_name: str
    own_region_name: str
    region_level: str
    document_count: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a body made public once, as facts count it.

    Attributes:
        document_id: What facts of it carry.
        body_id: Whose it is.
        fiscal_year: Of which year.
        kind: ``final_accounts`` or ``budget``.
        scope: ``department`` with its units, or a single ``unit``.
        file_name: Its file, or the first of several.
        adds_up: Whether it can be added to all others that do and no money counts twice.
        not_added_reason: Why not, '' where it does.
        department_body_id: The department whose accounts hold it, '' where nobody knows one.
    """

    document_id: str
    body_id: str
    fiscal_year: int
    kind: str
    scope: str
    file_name: str
    adds_up: bool
    not_added_reason: str
    department_body_id: str


def list_bodies(connection: duckdb.DuckDBPyConnection) -> list[Body]:
    """Every body, by name; bodies of one region share its names, which thousands have."""
    found = select_rows(connection, f"{BODIES} order by name, body_id")
    return [Body(**{**row, **{name: intern(row[name]) for name in SHARED}}) for row in found]


def bodies_by_key(connection: duckdb.DuckDBPyConnection) -> dict[str, Body]:
    """Every body by its key."""
    return {each.body_id: each for each in list_bodies(connection)}


def find_body(bodies: Mapping[str, Body], body_id: str) -> Body:
    """The body of a key.

    Args:
        bodies: Every body by its key.
        body_id: The key.

    Raises:
        NothingFoundError: There is none.
    """
    found = bodies.get(body_id)
    if found is None:
        raise NothingFoundError(
            "no department or unit has the key {body_id}",
            body_id=body_id,
        )
    return found


def namesakes_of(bodies: Iterable[Body], body: Body) -> list[Body]:
    """The department of a unit of the same name, or the other way round.

    Args:
        bodies: Every body.
        body: One of them.
    """
    alike = (each for each in bodies if each.department_id == body.department_id)
    return sorted((each for each in alike if each != body), key=lambda each: each.scope)


def disclosures_of(connection: duckdb.DuckDBPyConnection, body_id: str) -> list[Disclosure]:
    """What facts count of a body, the earliest year first."""
    chosen = " and disclosures.body_id = ?"
    return select_all(connection, Disclosure, DISCLOSURES + chosen + IN_ORDER, [body_id])


def disclosures_in(
    connection: duckdb.DuckDBPyConnection, region_code: str, year: int, kind: str
) -> list[Disclosure]:
    """What facts count of the bodies of a region itself, for one year and kind."""
    chosen = (
        " and disclosures.region_code = ? and disclosures.fiscal_year = ? and disclosures.kind = ?"
    )
    parameters = [region_code, year, kind]
    return select_all(connection, Disclosure, DISCLOSURES + chosen + IN_ORDER, parameters)


def disclosures_by(
    connection: duckdb.DuckDBPyConnection, body_ids: list[str], year: int, kind: str
) -> list[Disclosure]:
    """What facts count of some bodies, for one year and kind."""
    chosen = (
        " and list_contains(?, disclosures.body_id)"
        " and disclosures.fiscal_year = ? and disclosures.kind = ?"
    )
    return select_all(
        connection, Disclosure, DISCLOSURES + chosen + IN_ORDER, [body_ids, year, kind]
    )
