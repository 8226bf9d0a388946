"""Regions in which bodies publish, and how they hang together.

Knows ``marts.dim_regions``. Does not know amounts.
"""

from dataclasses import dataclass

import duckdb

from pipelines.exploring.documents import NothingFoundError
from pipelines.exploring.marts import select_all

# A region counts for all over it: the province knows what is published in its counties.
REGIONS = """
    with

    publishing as (
        select
            unnest(list_distinct([
                regions.region_code, regions.prefecture_code, regions.province_code
            ])) as region_code,
            bodies.body_id,
            bodies.region_code as own_region_code
        from marts.dim_bodies as bodies
        inner join marts.dim_regions as regions on bodies.region_code = regions.region_code
    )

    select
        regions.region_code,
        regions.full_name as name,
        regions.region_name as own_name,
        regions.level,
        coalesce(regions.parent_code, '') as parent_code,
        cast(count(*) filter (
            where publishing.own_region_code = regions.region_code
        ) as integer) as body_count,
        cast(count(*) as integer) as body_count_below
    from marts.dim_regions as regions
    inner join publishing on regions.region_code = publishing.region_code
    group by all
"""


@dataclass(frozen=True, slots=True)
class Region:
    """A province, prefecture or county that bodies publish in, or in a part of.

    Attributes:
        region_code: Its code, six digits.
        name: Its full name, province first.
        own_name: Its own name.
        level: ``province``, ``prefecture`` or ``county``.
        parent_code: The region that it is a part of, '' where it is of none.
        body_count: Bodies of the region itself.
        body_count_below: Those and the bodies of its parts.
    """

    region_code: str
    name: str
    own_name: str
    level: str
    parent_code: str
    body_count: int
    body_count_below: int


def list_regions(connection: duckdb.DuckDBPyConnection) -> list[Region]:
    """Every region that something is published in, by code."""
    return select_all(connection, Region, f"{REGIONS} order by regions.region_code")


def find_region(connection: duckdb.DuckDBPyConnection, region_code: str) -> Region:
    """The region of a code.

    Raises:
        NothingFoundError: There is none, or nobody publishes there.
    """
    chosen = f"{REGIONS} having regions.region_code = ?"
    found = select_all(connection, Region, chosen, [region_code])
    if not found:
        raise NothingFoundError(
            "no department of a region with the code {region_code} has published",
            region_code=region_code,
        )
    return found[0]


def parts_of(connection: duckdb.DuckDBPyConnection, region_code: str) -> list[Region]:
    """The regions right below one, those in which nobody publishes left out."""
    chosen = f"{REGIONS} having regions.parent_code = ? order by regions.region_code"
    return select_all(connection, Region, chosen, [region_code])
