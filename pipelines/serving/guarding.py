"""What every answer of the explorer keeps to, whichever page it is.

Knows hosts, methods and the headers that tell a browser what a page may do. Does not know pages.
"""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
# Nothing from elsewhere, nothing inline: a page shows texts that strangers published. Scripts only
# show while a name is being typed what is found already.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Middleware: refuses what no page is asked by, and tells browsers to be strict."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
            await send(message)

        await (self._refusal(scope) or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = host_name(Headers(scope=scope).get("host", ""))
        if host not in self._hosts:
            return PlainTextResponse(
                "This explorer answers only to the name it was started with: "
                "start it with --host NAME to use another.\n",
                status_code=400,
            )
        if scope["method"] not in METHODS:
            return PlainTextResponse(
                "The explorer only shows: nothing can be sent to it.\n",
                status_code=405,
                headers={"Allow": ", ".join(METHODS)},
            )
        return None


def host_name(host: str) -> str:
    """The name in a Host header, without its port and the brackets of IPv6, in lower case.

    Examples:
        >>> host_name("LocalHost:8765"), host_name("[::1]:8765"), host_name("[::1]")
        ('localhost', '::1', '::1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
