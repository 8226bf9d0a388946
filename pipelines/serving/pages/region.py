"""A region: what its departments disclose, what it adds up to, and the regions below it."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.bodies import Disclosure, bodies_by_key, disclosures_in
from pipelines.exploring.answers.choices import fiscal_years
from pipelines.exploring.answers.measures import Measure, Measured, read_measures
from pipelines.exploring.answers.region_accounts import (
    ClassSum,
    RegionPart,
    RegionYear,
    add_up,
    region_parts,
    region_years,
    spent_by_class,
)
from pipelines.exploring.answers.regions import Region, find_region, list_regions, parts_of
from pipelines.serving.charts import MEDIA_TYPES, Point, bar_chart, drawn
from pipelines.serving.explorer import Visit, address, is_narrow, visited
from pipelines.serving.pages.department_choice import KINDS
from pipelines.serving.pages.department_sheets import (
    COMPARED,
    body_of,
    disclosures_sheet,
)
from pipelines.serving.sheets import Column, Kind, Link, Row, Sheet, Worked

# More bars than that are too many to be told apart.
BARS = 14


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/region/{region_code:region}", visited(_region), name="region"),
        Route(
            "/region/{region_code:region}/chart/classes.{layout:name}",
            visited(_chart),
            name="region_chart",
        ),
    ]


def _region(visit: Visit) -> Response:
    with visit.asking() as connection:
        region = find_region(connection, visit.request.path_params["region_code"])
        years = region_years(connection, region.region_code)
        year, kind = _wanted(visit, years)
        disclosures = disclosures_in(connection, region.region_code, year, kind)
        measured = read_measures(connection, [each.document_id for each in disclosures])
        classes = spent_by_class(connection, disclosures)
        below = region_parts(connection, region.region_code, year, kind)
        parts = parts_of(connection, region.region_code)
    named = _named(visit, disclosures)
    chosen = _chosen_class(visit, classes)
    sheets = [
        _totals_sheet(visit, disclosures, measured),
        _classes_sheet(visit, region, year, kind, classes),
        disclosures_sheet(visit, "departments", visit.say("Its departments"), named, measured),
        _parts_sheet(visit, below, parts, year, kind),
        *([_class_sheet(visit, chosen, named)] if chosen else []),
    ]
    return visit.tables(
        "region.html.j2",
        sheets,
        f"{region.name} {year}",
        region=region,
        above=_above(visit, region),
        years=years,
        year=year,
        kind=kind,
        left_out=[each for each in named if not each[0].adds_up],
        added_count=sum(each.adds_up for each in disclosures),
        disclosure_count=len(disclosures),
        chosen_class=chosen,
        is_drawn=len(classes) > 1,
    )


def _above(visit: Visit, region: Region) -> Region | None:
    """The region that it is a part of, None for a province."""
    regions = visit.worked_out("regions", list_regions)
    return next((each for each in regions if each.region_code == region.parent_code), None)


def _wanted(visit: Visit, years: Sequence[RegionYear]) -> tuple[int, str]:
    """The year and kind that the address names, or the latest that the region has."""
    year, kind = visit.year(), visit.choice("kind", KINDS)
    fitting = [
        each for each in years if year in {None, each.fiscal_year} and kind in {None, each.kind}
    ]
    best = max(fitting, key=lambda each: (each.kind == KINDS[0], each.fiscal_year), default=None)
    if best is not None:
        return best.fiscal_year, best.kind
    if years and (year or kind):
        raise HTTPException(404)
    # Nobody here discloses anything of a known year and kind.
    return year or visit.worked_out("years", fiscal_years)[0], kind or KINDS[0]


def _named(visit: Visit, disclosures: Sequence[Disclosure]) -> list[tuple[Disclosure, str]]:
    """Each disclosure with what its body is called."""
    bodies = visit.worked_out("bodies", bodies_by_key)
    return [
        (
            each,
            visit.say("%(name)s (unit)", name=bodies[each.body_id].name)
            if each.scope == "unit"
            else bodies[each.body_id].name,
        )
        for each in disclosures
    ]


def _chosen_class(visit: Visit, classes: Sequence[ClassSum]) -> ClassSum | None:
    code = visit.choice("class", [each.code for each in classes])
    return next((each for each in classes if each.code == code), None)


def _totals_sheet(visit: Visit, disclosures: Sequence[Disclosure], measured: Measured) -> Sheet:
    columns = (
        Column("measure", visit.say("Amount")),
        Column("total", visit.say("Sum"), Kind.AMOUNT),
        Column("count", visit.say("Departments added"), Kind.COUNT),
    )
    sums = {measure: add_up(disclosures, measured, measure) for measure in COMPARED}
    rows = tuple(
        Row((visit.called("key_measure", measure), Worked(each.value, "#departments"), each.count))
        for measure, each in sums.items()
        if each.count
    )
    return Sheet("totals", visit.say("Sums"), columns, rows)


def _classes_sheet(
    visit: Visit, region: Region, year: int, kind: str, classes: Sequence[ClassSum]
) -> Sheet:
    columns = (
        Column("class", visit.say("Class")),
        Column("code", visit.say("Code"), is_short=True),
        Column("total", visit.say("Sum"), Kind.AMOUNT),
        Column("count", visit.say("Departments added"), Kind.COUNT),
    )
    path = f"/region/{region.region_code}"
    rows = tuple(
        Row(
            (
                each.label,
                each.code,
                Worked(
                    each.total.value,
                    address(path, year=year, kind=kind, **{"class": each.code}) + "#class",
                ),
                each.total.count,
            )
        )
        for each in classes
    )
    return Sheet("classes", visit.say("Expenditure by function"), columns, rows)


def _class_sheet(visit: Visit, chosen: ClassSum, named: Sequence[tuple[Disclosure, str]]) -> Sheet:
    columns = (
        Column("body", visit.say("Department or unit")),
        Column("amount", visit.say("Amount"), Kind.AMOUNT),
        Column("added", visit.say("Added"), is_short=True),
    )
    printed = [each for each in named if each[0].document_id in chosen.amounts]
    largest = sorted(printed, key=lambda each: -(chosen.amounts[each[0].document_id].value or 0))
    rows = tuple(
        Row(
            (
                body_of(each, called),
                chosen.amounts[each.document_id],
                visit.say("yes") if each.adds_up else visit.say("no"),
            )
        )
        for each, called in largest
    )
    return Sheet("class", chosen.label, columns, rows)


def _parts_sheet(
    visit: Visit, below: Sequence[RegionPart], parts: Sequence[Region], year: int, kind: str
) -> Sheet:
    columns = (
        Column("region", visit.say("Region")),
        Column("bodies", visit.say("Departments and units"), Kind.COUNT),
        Column("disclosures", visit.say("Disclosures of this year"), Kind.COUNT),
        Column("added", visit.say("Departments added"), Kind.COUNT),
        Column("expenditure", visit.called("key_measure", Measure.EXPENDITURE), Kind.AMOUNT),
    )
    by_code = {each.region_code: each for each in below}
    rows = []
    for part in parts:
        disclosed = by_code.get(part.region_code)
        where = address(f"/region/{part.region_code}", year=year, kind=kind)
        rows.append(
            Row(
                (
                    Link(part.own_name, f"/region/{part.region_code}"),
                    part.body_count_below,
                    disclosed.disclosure_count if disclosed else 0,
                    disclosed.added_count if disclosed else 0,
                    Worked(disclosed.expenditure if disclosed else None, where),
                )
            )
        )
    return Sheet("parts", visit.say("Regions below it"), columns, tuple(rows))


def _chart(visit: Visit) -> Response:
    layout = visit.request.path_params["layout"]
    if layout not in MEDIA_TYPES:
        raise HTTPException(404)
    with visit.asking() as connection:
        region = find_region(connection, visit.request.path_params["region_code"])
        year, kind = _wanted(visit, region_years(connection, region.region_code))
        disclosures = disclosures_in(connection, region.region_code, year, kind)
        classes = spent_by_class(connection, disclosures)
    largest = sorted(classes, key=lambda each: -(each.total.value or 0))[:BARS]
    points = [Point(each.label, "", each.total.value) for each in largest if each.total.value]
    return drawn(bar_chart(points, visit.say("in 10,000 yuan"), is_narrow=is_narrow(visit)), layout)
