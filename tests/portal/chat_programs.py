"""Chat programs as they answer, on a local port: what each takes, and how it refuses."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOUR = 3600


@dataclass(slots=True)
class ChatServer:
    """One server that plays a chat program.

    Attributes:
        program: Which: ``wecom``, ``dingtalk``, ``feishu``, ``slack`` or ``json``.
        secret: What it wants messages signed with, '' for nothing.
        answers: What it answers in this order before it behaves: status and body.
        port: Where it listens.
        taken: The messages that it took.
        asked: How often it was asked.
    """

    program: str
    secret: str = ""
    answers: list[tuple[int, str]] = field(default_factory=list)
    port: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def url(self, path: str) -> str:
        """An address here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, body: bytes) -> tuple[int, str]:
        """Take a message or refuse it, as the program does."""
        self.asked += 1
        if self.answers:
            return self.answers.pop(0)
        message = json.loads(body)
        refusal = REFUSALS[self.program](self, path, message)
        if refusal is None:
            self.taken.append(message)
            return 200, TAKEN[self.program]
        return refusal


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


def _refusal_of_wecom(
    _server: ChatServer,
    path: str,
    message: dict[str, Any],
) -> tuple[int, str] | None:
    if parse_qs(urlsplit(path).query).get("key") != ["right-key"]:
        return 200, json.dumps({"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"})
    if message["msgtype"] != "text":
        return 200, json.dumps({"errcode": 40008, "errmsg": "invalid message type"})
    if len(message["text"]["content"].encode()) > 2048:
        return 200, json.dumps({"errcode": 40058, "errmsg": "content exceed max length 2048"})
    return None


def _refusal_of_dingtalk(
    server: ChatServer, path: str, message: dict[str, Any]
) -> tuple[int, str] | None:
    said = parse_qs(urlsplit(path).query)
    if said.get("access_token") != ["right-token"]:
        return 200, json.dumps({"errcode": 300001, "errmsg": "token is not exist"})
    if server.secret:
        moment = said.get("timestamp", ["0"])[0]
        if abs(time.time() * 1000 - int(moment)) > HOUR * 1000:
            return 200, json.dumps({"errcode": 310000, "errmsg": "invalid timestamp"})
        if said.get("sign") != [_signed(server.secret, f"{moment}\n{server.secret}")]:
            return 200, json.dumps({"errcode": 310000, "errmsg": "sign not match"})
    elif "juesuan" not in message["text"]["content"]:
        return 200, json.dumps({"errcode": 310000, "errmsg": "keywords not in content"})
    return None


def _refusal_of_feishu(
    server: ChatServer, path: str, message: dict[str, Any]
) -> tuple[int, str] | None:
    if not path.endswith("/right-hook"):
        return 200, json.dumps(
            {"code": 19001, "msg": "param invalid: incoming webhook access token"}
        )
    if "<at" in message["content"]["text"]:
        return 200, json.dumps({"code": 9499, "msg": "somebody would have been called"})
    if server.secret:
        moment = message.get("timestamp", "0")
        is_late = abs(time.time() - int(moment)) > HOUR
        if is_late or message.get("sign") != _signed(f"{moment}\n{server.secret}", ""):
            text = "sign match fail or timestamp is not within one hour from current time"
            return 200, json.dumps({"code": 19021, "msg": text})
    return None


def _refusal_of_slack(
    _server: ChatServer,
    path: str,
    message: dict[str, Any],
) -> tuple[int, str] | None:
    if not path.endswith("/right-hook"):
        return 404, "no_service"
    if "<" in message.get("text", ""):
        return 400, "invalid_payload"
    return None


def _refusal_of_a_program(
    _server: ChatServer,
    _path: str,
    message: dict[str, Any],
) -> tuple[int, str] | None:
    return None if "text" in message else (400, "no text")


REFUSALS = {
    "wecom": _refusal_of_wecom,
    "dingtalk": _refusal_of_dingtalk,
    "feishu": _refusal_of_feishu,
    "slack": _refusal_of_slack,
    "json": _refusal_of_a_program,
}
TAKEN = {
    "wecom": '{"errcode":0,"errmsg":"ok"}',
    "dingtalk": '{"errcode":0,"errmsg":"ok"}',
    "feishu": '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}',
    "slack": "ok",
    "json": "",
}


@contextmanager
def listening(server: ChatServer) -> Iterator[ChatServer]:
    """Let a chat program listen while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, text = server.answer(self.path, body)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", text)
            self.end_headers()
            self.wfile.write(text.encode())

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_port
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            http.shutdown()
