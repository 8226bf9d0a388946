"""The first page: what there is, where to begin, and what stands out."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.contradictions import Narrowing, list_contradictions
from pipelines.exploring.answers.headline import read_headline
from pipelines.exploring.answers.rankings import fastest_growing, newest_documents, overspent
from pipelines.exploring.answers.slices import Slice
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pages.discrepancies import contradictions_sheet
from pipelines.serving.pages.rankings import growth_sheet, newest_sheet, overspent_sheet

HEAD = Slice(6)


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/", visited(_home), name="home")]


def _home(visit: Visit) -> Response:
    found = visit.worked_out("overspent", lambda asked: overspent(asked, HEAD))
    grown = visit.worked_out("growth", lambda asked: fastest_growing(asked, HEAD))
    newest = visit.worked_out("newest", lambda asked: newest_documents(asked, HEAD))
    worst = visit.worked_out(
        "worst",
        lambda asked: list_contradictions(
            asked, HEAD, Narrowing(level="violation", is_counted=True, is_each_fault_once=True)
        ),
    )
    return visit.tables(
        "home.html.j2",
        [
            overspent_sheet(visit, found, more="/ranking/overspent"),
            growth_sheet(visit, grown, more="/ranking/growth"),
            contradictions_sheet(visit, worst, more="/discrepancies"),
            newest_sheet(visit, newest, more="/ranking/newest"),
        ],
        visit.say("Home"),
        headline=visit.worked_out("headline", read_headline),
    )
