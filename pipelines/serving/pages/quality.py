"""How much is read, named and proven, by fiscal year and by night."""

from collections.abc import Sequence
from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.headline import read_headline
from pipelines.exploring.answers.quality import (
    Quality,
    count_proofs,
    quality_by_build,
    quality_by_year,
    share_of,
)
from pipelines.serving.charts import MEDIA_TYPES, Point, drawn, line_chart
from pipelines.serving.explorer import Visit, is_narrow, visited
from pipelines.serving.sheets import Cell, Column, Kind, Row, Sheet, Worked

# Nights of more than a quarter would be too many to be told apart.
NIGHTS_DRAWN = 90
FEWEST_DRAWN = 2


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/quality", visited(_quality), name="quality"),
        Route("/quality/chart/{chart:name}.{layout:name}", visited(_chart), name="quality_chart"),
    ]


def _quality(visit: Visit) -> Response:
    years = visit.worked_out("quality_by_year", quality_by_year)
    builds = visit.worked_out("quality_by_build", quality_by_build)
    dated = [each for each in years if each.fiscal_year is not None]
    return visit.tables(
        "quality.html.j2",
        [_years_sheet(visit, years), _builds_sheet(visit, builds)],
        visit.say("Data quality"),
        headline=visit.worked_out("headline", read_headline),
        proofs=visit.worked_out("proofs", count_proofs),
        are_years_drawn=len(dated) >= FEWEST_DRAWN,
        are_builds_drawn=len(builds) >= FEWEST_DRAWN,
    )


def _years_sheet(visit: Visit, years: Sequence[Quality]) -> Sheet:
    columns = (Column("fiscal_year", visit.say("Fiscal year"), Kind.YEAR), *_columns(visit))
    rows = tuple(Row((each.fiscal_year, *_cells(each))) for each in years)
    return Sheet("years", visit.say("By fiscal year"), columns, rows)


def _builds_sheet(visit: Visit, builds: Sequence[Quality]) -> Sheet:
    columns = (Column("built_at", visit.say("Built (UTC)"), is_short=True), *_columns(visit))
    rows = tuple(
        Row((each.built_at.strftime("%Y-%m-%d %H:%M") if each.built_at else None, *_cells(each)))
        for each in builds
    )
    return Sheet("builds", visit.say("By night"), columns, rows)


def _columns(visit: Visit) -> tuple[Column, ...]:
    return (
        Column("documents", visit.say("Documents"), Kind.COUNT),
        Column("numbers", visit.say("Numbers printed"), Kind.COUNT),
        Column("read", visit.say("Read"), Kind.SHARE),
        Column("figures", visit.say("Figures"), Kind.COUNT),
        Column("named", visit.say("Named"), Kind.SHARE),
        Column("proven", visit.say("Proven"), Kind.SHARE),
        Column("disputed", visit.say("Disputed"), Kind.COUNT),
        Column("unchecked", visit.say("Unchecked"), Kind.COUNT),
        Column("prose", visit.say("Prose read clearly"), Kind.SHARE),
        Column("violations", visit.say("Contradictions"), Kind.COUNT),
    )


def _cells(quality: Quality) -> tuple[Cell, ...]:
    return (
        quality.document_count,
        quality.number_count,
        Worked(share_of(quality.accounted_count, quality.number_count)),
        quality.figure_count,
        Worked(share_of(quality.named_count, quality.figure_count)),
        Worked(share_of(quality.proven_count, quality.figure_count)),
        quality.disputed_count,
        quality.unchecked_count,
        Worked(share_of(quality.prose_clear_count, quality.prose_number_count)),
        _violations(quality),
    )


def _violations(quality: Quality) -> Worked:
    """How many contradictions there are, leading to those of the year."""
    year = quality.fiscal_year
    where = f"/discrepancies?level=violation&year={year}" if year else ""
    return Worked(Decimal(quality.violation_count), where)


def _chart(visit: Visit) -> Response:
    chart, layout = visit.request.path_params["chart"], visit.request.path_params["layout"]
    if chart not in {"years", "builds"} or layout not in MEDIA_TYPES:
        raise HTTPException(404)
    if chart == "years":
        qualities = visit.worked_out("quality_by_year", quality_by_year)
        labelled = [(str(each.fiscal_year), each) for each in qualities if each.fiscal_year]
    else:
        builds = visit.worked_out("quality_by_build", quality_by_build)[:NIGHTS_DRAWN]
        labelled = [
            (each.built_at.strftime("%m-%d %H:%M"), each) for each in builds if each.built_at
        ]
    return drawn(
        line_chart(_points(visit, labelled[::-1]), "%", is_share=True, is_narrow=is_narrow(visit)),
        layout,
    )


def _points(visit: Visit, labelled: Sequence[tuple[str, Quality]]) -> list[Point]:
    points = []
    for label, each in labelled:
        shares = {
            visit.say("Read"): share_of(each.accounted_count, each.number_count),
            visit.say("Named"): share_of(each.named_count, each.figure_count),
            visit.say("Proven"): share_of(each.proven_count, each.figure_count),
        }
        points += [
            Point(label, series, value) for series, value in shares.items() if value is not None
        ]
    return points
