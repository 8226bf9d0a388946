"""What an explorer asks itself for before anybody does."""

from functools import partial

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pipelines.serving.warming import warm_up

HOME = """
    <a href="/ranking/overspent">all</a>
    <a href="/department/0a1b?year=2023">one</a> <a href="/department/ffff">another</a>
    <a href="/figure/c0ffee">1.00</a> <a href="/identity/tpe_total">adds up</a>
"""


def test_the_first_page_of_each_kind_that_the_first_page_leads_to_is_made_once():
    asked: list[str] = []

    async def answer(request: Request) -> Response:
        asked.append(request.url.path)
        return HTMLResponse(HOME if request.url.path == "/" else "")

    anyio.run(partial(warm_up, Starlette(routes=[Route("/{path:path}", answer)])))
    assert asked[:4] == ["/", "/department/0a1b", "/figure/c0ffee", "/identity/tpe_total"]
    assert "/search" in asked
    assert len(asked) == len(set(asked))


def test_a_page_that_fails_ends_nothing(caplog):
    asked: list[str] = []

    async def fail(request: Request) -> Response:
        asked.append(request.url.path)
        raise ZeroDivisionError

    anyio.run(partial(warm_up, Starlette(routes=[Route("/{path:path}", fail)])))
    assert {"/", "/search", "/discrepancies"} <= set(asked)
    assert "cannot make /search yet" in caplog.text
