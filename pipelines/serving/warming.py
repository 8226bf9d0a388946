"""Makes the first visitor wait no longer than the second.

Knows which pages need what takes long to load or to work out: it asks for them itself, once, while
nobody does yet. Does not know what that is.
"""

import logging
import re

from starlette.types import ASGIApp, Message, Scope

LOGGER = logging.getLogger(__name__)

# The rankings; then the first page of each kind that they lead to, those first that people go to
# first: their templates, and what compares a department with its peers.
HOME = "/"
KINDS = ("department", "figure", "document", "check", "identity")
# The names, the search, and the libraries that draw.
OTHERS = (("/search", "q=a"), ("/discrepancies", ""), ("/quality/chart/years.svg", ""))


async def warm_up(app: ASGIApp) -> None:
    """Ask an application for its slowest pages, one after the other, and throw them away."""
    home = await _page(app, HOME)
    for kind in KINDS:
        if found := re.search(f'href="(/{kind}/[a-z0-9_]+)', home):
            await _page(app, found[1])
    for path, query in OTHERS:
        await _page(app, path, query)


async def _page(app: ASGIApp, path: str, query: str = "") -> str:
    """A page as it is sent."""
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        parts.append(message.get("body", b""))

    try:
        await app(_request(path, query), _no_body, keep)
    except Exception:
        # A page that cannot be made is no reason to show none: whoever asks for it is told.
        LOGGER.warning("cannot make %s yet", path, exc_info=True)
    return b"".join(parts).decode("utf-8", "replace")


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
