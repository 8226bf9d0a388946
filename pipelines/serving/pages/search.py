"""What a search finds: departments and units, regions, documents."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.searching import build_search_index
from pipelines.serving.explorer import Visit, visited

SHOWN = 30
LONGEST_QUERY = 100


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/search", visited(_search), name="search")]


def _search(visit: Visit) -> Response:
    wanted = visit.request.query_params.get("q", "").strip()[:LONGEST_QUERY]
    found = visit.worked_out("search", build_search_index).find(wanted)
    return visit.page("search.html.j2", wanted=wanted, found=found, shown=SHOWN)
