"""The first page: what there is, and where to begin."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.headline import read_headline
from pipelines.serving.explorer import Visit, visited


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/", visited(_home), name="home")]


def _home(visit: Visit) -> Response:
    return visit.page(
        "home.html.j2",
        headline=visit.worked_out("headline", read_headline),
    )
