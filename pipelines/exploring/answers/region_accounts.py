"""What the bodies of a region disclose, and what it adds up to.

Knows which disclosures can be added so that no money counts twice: those of
``marts.dim_disclosures`` that add up. Does not know what a single disclosure says but by measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipelines.exploring.answers.bodies import Disclosure
from pipelines.exploring.answers.measures import Measure, Measured
from pipelines.exploring.answers.traced import Traced, traced
from pipelines.exploring.marts import select_all, select_rows

YEARS = """
    select
        fiscal_year,
        kind,
        cast(count(*) as integer) as disclosure_count
    from marts.dim_disclosures
    where region_code = ? and kind is not null
    group by fiscal_year, kind
    order by fiscal_year desc, kind desc
"""
YEARS_BELOW = """
    select
        disclosures.fiscal_year,
        disclosures.kind,
        cast(count(*) as integer) as disclosure_count
    from marts.dim_disclosures as disclosures
    inner join marts.dim_regions as regions on disclosures.region_code = regions.region_code
    where ? in (regions.prefecture_code, regions.province_code) and disclosures.kind is not null
    group by disclosures.fiscal_year, disclosures.kind
    order by disclosures.fiscal_year desc, disclosures.kind desc
"""
CLASSES = """
    select
        facts.document_id,
        facts.functional_code as code,
        coalesce(names.functional_name, facts.functional_label) as label,
        facts.amount_yuan as value,
        facts.figure_id,
        facts.claim_id,
        facts.status
    from marts.fct_expenditure_by_function as facts
    left join marts.dim_functional_classification as names
        on facts.functional_code = names.functional_code
    where
        list_contains($documents, facts.document_id)
        and facts.basis = 'all_funds'
        and facts.component = 'total'
        and facts.level = 'lei'
        and facts.functional_code is not null
    order by facts.functional_code
"""
PARTS = """
    with

    parts as (
        select
            regions.region_code,
            parts.region_code as part_code,
            parts.full_name as part_name
        from marts.dim_regions as regions
        inner join marts.dim_regions as parts
            on
                parts.region_code
                in (regions.region_code, regions.prefecture_code, regions.province_code)
        where parts.parent_code = $region
    ),

    spent as (
        select document_id, amount_yuan
        from marts.fct_expenditure_by_function
        where basis = 'all_funds' and component = 'total' and level = 'total'
    )

    select
        parts.part_code as region_code,
        parts.part_name as name,
        cast(count(*) as integer) as disclosure_count,
        cast(count(*) filter (where disclosures.adds_up) as integer) as added_count,
        sum(spent.amount_yuan) filter (where disclosures.adds_up) as expenditure
    from marts.dim_disclosures as disclosures
    inner join parts on disclosures.region_code = parts.region_code
    left join spent on disclosures.document_id = spent.document_id
    where disclosures.fiscal_year = $year and disclosures.kind = $kind
    group by parts.part_code, parts.part_name
    order by parts.part_code
"""


@dataclass(frozen=True, slots=True)
class RegionYear:
    """A year and kind that bodies of a region disclose.

    Attributes:
        fiscal_year: The year.
        kind: ``final_accounts`` or ``budget``.
        disclosure_count: How many disclosures there are.
    """

    fiscal_year: int
    kind: str
    disclosure_count: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What adds up.

    Attributes:
        value: The sum in yuan, None where nothing is printed that adds up.
        count: How many amounts it is of.
    """

    value: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class ClassSum:
    """What the bodies of a region spent on a functional class.

    Attributes:
        code: The class.
        label: Its name.
        total: The sum of what adds up.
        amounts: What each disclosure prints, by document; also those that do not add up.
    """

    code: str
    label: str
    total: Sum
    amounts: dict[str, Traced]


@dataclass(frozen=True, slots=True)
class RegionPart:
    """A region right below another, with all that is below it.

    Attributes:
        region_code: Its code.
        name: Its full name.
        disclosure_count: Disclosures of that year and kind.
        added_count: Those that add up.
        expenditure: The sum of their expenditure in yuan, None where none prints any.
    """

    region_code: str
    name: str
    disclosure_count: int
    added_count: int
    expenditure: Decimal | None


def region_years(connection: duckdb.DuckDBPyConnection, region_code: str) -> list[RegionYear]:
    """The years and kinds that bodies of a region itself disclose, the latest first.

    Where these disclose nothing, those of the regions below it.
    """
    own = select_all(connection, RegionYear, YEARS, [region_code])
    return own or select_all(connection, RegionYear, YEARS_BELOW, [region_code])


def add_up(disclosures: Sequence[Disclosure], measured: Measured, measure: Measure) -> Sum:
    """The sum of a measure over the disclosures that add up."""
    amounts = [
        value
        for each in disclosures
        if each.adds_up and (value := measured.of(each.document_id, measure).value) is not None
    ]
    return Sum(sum(amounts, Decimal()) if amounts else None, len(amounts))


def spent_by_class(
    connection: duckdb.DuckDBPyConnection, disclosures: Sequence[Disclosure]
) -> list[ClassSum]:
    """What some disclosures spend on each functional class, by code."""
    adds_up = {each.document_id: each.adds_up for each in disclosures}
    if not adds_up:
        return []
    labels: dict[str, str] = {}
    amounts: dict[str, dict[str, Traced]] = {}
    for row in select_rows(connection, CLASSES, {"documents": sorted(adds_up)}):
        labels[row["code"]] = row["label"]
        amounts.setdefault(row["code"], {})[row["document_id"]] = traced(row)
    sums = []
    for code, printed in amounts.items():
        added = [
            each.value
            for document_id, each in printed.items()
            if adds_up[document_id] and each.value is not None
        ]
        total = Sum(sum(added, Decimal()) if added else None, len(added))
        sums.append(ClassSum(code, labels[code], total, printed))
    return sums


def region_parts(
    connection: duckdb.DuckDBPyConnection, region_code: str, year: int, kind: str
) -> list[RegionPart]:
    """The regions right below one that disclose something of a year and kind, by code."""
    parameters = {"region": region_code, "year": year, "kind": kind}
    return select_all(connection, RegionPart, PARTS, parameters)
