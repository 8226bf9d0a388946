"""Runs the explorer until somebody stops it.

Knows sockets and uvicorn. Does not know pages.
"""

import errno
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack

import uvicorn
from starlette.applications import Starlette

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text, system_text

# How long requests may go on after somebody has said stop, in seconds.
PATIENCE = 2


class PortTakenError(ExplainedError):
    """Another program listens there, or nobody may."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that browsers can reach at this host and port; 0 takes any free port.

    Raises:
        PortTakenError: The port is in use or reserved, or the host is none of this machine's.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as undo:
            listening = undo.enter_context(socket.socket(family, kind, protocol))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
            # At once, so that a browser faster than the application waits and is not refused.
            listening.listen()
            undo.pop_all()
    except OSError as error:
        why = _why_not(host, port, error)
        raise PortTakenError(why.template, **why.fields) from error
    return listening


def address_of(listening: socket.socket, host: str) -> str:
    """What to type into a browser to reach a listening socket."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}/"


def serve(app: Starlette, listening: socket.socket) -> None:
    """Answer requests until interrupted, which is raised again once the last one is answered."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets=[listening])


def open_in_browser(
    address: str, find_browser: Callable[[], webbrowser.BaseBrowser] = webbrowser.get
) -> None:
    """Have the person's browser show a page, if there is one that needs no terminal."""
    try:
        browser = find_browser()
    except webbrowser.Error:
        return
    # Browsers in a terminal are of this very class; they would take the terminal away.
    if type(browser) is not webbrowser.GenericBrowser:
        threading.Thread(target=browser.open, args=(address,), daemon=True).start()


def _why_not(host: str, port: int, error: OSError) -> Text:
    if error.errno == errno.EADDRINUSE:
        return Text(
            "port {port} of {host} is in use by another program: end it, or take another port with "
            "--port",
            {"port": port, "host": host},
        )
    if error.errno == errno.EACCES:
        return Text("port {port} is reserved: take one from 1024 on with --port", {"port": port})
    return Text(
        "cannot listen on {host}: {reason}; --host takes an address of this machine",
        {"host": host, "reason": system_text(error)},
    )
