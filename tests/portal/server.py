"""A real HTTP server whose answers, good and bad, are written down beforehand."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from socket import AF_INET, AF_INET6
from types import MappingProxyType

LONG_AGO = 1_600_000_000


@dataclass
class Answer:
    """What the server says to one address.

    Attributes:
        body: The body.
        content_type: As stated.
        status: As stated.
        headers: Further headers.
        etag: Version to state and to compare with, '' for none.
        modified: Time to state and to compare with, None for none.
        stated_length: Content-Length to state in place of the true one; -1 for none at all.
        failures: What to do the first times, in order, before answering as above: a status, or
            ``hang``, ``drop``, or half of the body: ``truncate`` after its whole length was stated,
            ``unfinished`` in chunks without the last one, ``shorten`` as if it were all.
        is_failing_always: Whether the last of the failures goes on for ever.
        endless: A piece that is sent over and over in place of the body.
        pieces: How often it is sent.
    """

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: int | None = None
    stated_length: int | None = None
    failures: tuple[int | str, ...] = ()
    is_failing_always: bool = False
    endless: bytes = b""
    pieces: int = 0


@dataclass
class Portal:
    """A server and its memory of what it was asked.

    Attributes:
        answers: What it says, by path and query.
        asked: How often each was asked.
        sent: How often each was answered with a body.
        byte_count: Bytes of bodies sent.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    user_agents: set[str] = field(default_factory=set)
    byte_count: int = 0
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def forget(self) -> None:
        """Begin to count anew."""
        self.asked.clear()
        self.sent.clear()
        self.byte_count = 0


@contextmanager
def serving(portal: Portal, address: str = "127.0.0.1") -> Iterator[Portal]:
    """Serve a portal until the block ends."""

    class Handler(_Handler):
        memory = portal

    class Server(ThreadingHTTPServer):
        address_family = AF_INET6 if ":" in address else AF_INET

    server = Server((address, 0), Handler)
    server.daemon_threads = True
    portal.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        portal.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    memory: Portal
    protocol_version = "HTTP/1.1"
    server_version = "portal"
    sys_version = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer as written down."""
        portal = self.memory
        with portal.lock:
            portal.asked[self.path] += 1
            portal.user_agents.add(self.headers.get("User-Agent", ""))
            earlier = portal.asked[self.path] - 1
        answer = portal.answers.get(self.path)
        try:
            if answer is None:
                self._send(Answer(b"<h1>404</h1>", status=404))
            elif earlier < len(answer.failures) or answer.is_failing_always:
                self._fail(answer, answer.failures[min(earlier, len(answer.failures) - 1)])
            else:
                self._send(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _fail(self, answer: Answer, how: int | str) -> None:
        match how:
            case "hang":
                self.memory.released.wait(30)
                self.close_connection = True
            case "drop":
                self.close_connection = True
            case "truncate":
                self._head(answer, len(answer.body))
                self.wfile.write(answer.body[: len(answer.body) // 2])
                self.close_connection = True
            case "unfinished":
                half = answer.body[: len(answer.body) // 2]
                self._head(answer, None, {"Transfer-Encoding": "chunked"})
                self.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")
                self.close_connection = True
            case "shorten":
                half = answer.body[: len(answer.body) // 2]
                self._head(answer, len(half))
                self.wfile.write(half)
            case status:
                self._send(Answer(b"<h1>trouble</h1>", status=int(status)))

    def _send(self, answer: Answer) -> None:
        if self._is_unchanged(answer):
            self.send_response(304)
            self.end_headers()
            return
        if answer.endless:
            self._stream(answer)
            return
        length = len(answer.body) if answer.stated_length is None else answer.stated_length
        self._head(answer, length)
        self.wfile.write(answer.body)
        with self.memory.lock:
            self.memory.sent[self.path] += answer.status == 200
            self.memory.byte_count += len(answer.body)
        if length != len(answer.body):
            self.close_connection = True

    def _stream(self, answer: Answer) -> None:
        self._head(answer, None)
        for piece in repeat(answer.endless, answer.pieces):
            self.wfile.write(piece)
            with self.memory.lock:
                self.memory.byte_count += len(piece)
        self.close_connection = True

    def _is_unchanged(self, answer: Answer) -> bool:
        if answer.etag:
            return self.headers.get("If-None-Match") == answer.etag
        if answer.modified is not None:
            return self.headers.get("If-Modified-Since") == formatdate(answer.modified, usegmt=True)
        return False

    def _head(
        self, answer: Answer, length: int | None, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.modified is not None:
            self.send_header("Last-Modified", formatdate(answer.modified, usegmt=True))
        if length is None or length < 0 or length != len(answer.body):
            self.send_header("Connection", "close")
        if length is not None and length >= 0:
            self.send_header("Content-Length", str(length))
        for name, value in {**answer.headers, **more}.items():
            # As bytes, since servers write names in whatever encoding they like.
            self._headers_buffer.append(f"{name}: ".encode() + _raw(value) + b"\r\n")
        self.end_headers()


def _raw(value: str) -> bytes:
    try:
        return value.encode("ascii")
    except UnicodeEncodeError:
        return value.encode("gb18030")


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something has come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
