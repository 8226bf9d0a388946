"""Makes the first visitor wait no longer than the second.

Knows which pages need what takes long to load or to work out: it asks for them itself, once, while
nobody does yet. Does not know what that is.
"""

from starlette.types import ASGIApp, Message, Scope

# The rankings and names, the search, and the libraries that draw.
PAGES = (("/", ""), ("/search", "q=a"), ("/discrepancies", ""), ("/quality/chart/years.svg", ""))


async def warm_up(app: ASGIApp) -> None:
    """Ask an application for its slowest pages, one after the other, and throw them away."""
    for path, query in PAGES:
        await app(_request(path, query), _no_body, _nowhere)


def _request(path: str, query: str) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": None,
        "server": ("localhost", 80),
    }


async def _no_body() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(_: Message) -> None:
    return None
