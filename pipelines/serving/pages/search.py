"""What a search finds: departments and units, regions, documents."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.bodies import bodies_by_key
from pipelines.exploring.answers.regions import list_regions
from pipelines.exploring.answers.searching import SearchIndex, build_search_index
from pipelines.serving.explorer import Visit, visited

SHOWN = 30
LONGEST_QUERY = 100


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/search", visited(_search), name="search")]


def _search(visit: Visit) -> Response:
    wanted = visit.request.query_params.get("q", "").strip()[:LONGEST_QUERY]
    found = _index(visit).find(wanted)
    return visit.page("search.html.j2", wanted=wanted, found=found, shown=SHOWN)


def _index(visit: Visit) -> SearchIndex:
    """The index, of the bodies and regions that other pages keep, too."""
    bodies = visit.worked_out("bodies", bodies_by_key).values()
    regions = visit.worked_out("regions", list_regions)
    return visit.worked_out("search", lambda asked: build_search_index(asked, bodies, regions))
