"""What every answer of the explorer keeps to: names it answers to, methods, headers."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pipelines.serving.guarding import Guard


@pytest.fixture
def client():
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("shown"))],
        middleware=[Middleware(Guard, hosts=["localhost", "::1", "Budget.Example"])],
    )
    return TestClient(app)


@pytest.mark.parametrize(
    ("host", "status_code"),
    [
        ("localhost", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("budget.example", 200),
        ("attacker.example", 400),
        ("localhost.attacker.example", 400),
        ("", 400),
    ],
)
def test_only_names_that_it_was_told_are_answered(client, host, status_code):
    assert client.get("/", headers={"Host": host}).status_code == status_code


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(client, method):
    refused = client.request(method, "/", headers={"Host": "localhost"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_head_is_answered_like_get(client):
    shown = client.head("/", headers={"Host": "localhost"})
    assert (shown.status_code, shown.text) == (200, "")


@pytest.mark.parametrize("host", ["localhost", "attacker.example"])
def test_browsers_are_told_to_be_strict_whatever_is_answered(client, host):
    headers = client.get("/", headers={"Host": host}).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
