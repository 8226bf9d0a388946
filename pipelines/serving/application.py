"""The explorer as a web application.

Knows which page stands at which address, and what is said where there is none.
"""

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import duckdb
from anyio import create_task_group
from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from pipelines.domain.errors import ExplainedError
from pipelines.domain.languages import Language
from pipelines.domain.messages import translated_by
from pipelines.domain.warehouse_place import Warehouse
from pipelines.exploring.catalogues import read_catalogue
from pipelines.exploring.documents import NothingFoundError
from pipelines.exploring.served_warehouse import ServedWarehouse
from pipelines.serving.addresses import register_patterns
from pipelines.serving.explorer import Explorer, chosen_language, fill, templates_in
from pipelines.serving.guarding import Guard
from pipelines.serving.pages import (
    check,
    claim,
    department,
    discrepancies,
    document,
    figure,
    home,
    identity,
    quality,
    rankings,
    region,
    search,
)
from pipelines.serving.warming import warm_up

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
MEBIBYTE = 1024 * 1024
MEMORY_BYTES = 48 * MEBIBYTE
THREADS = 2
# Pages that are made at the same time; each takes memory for its questions.
PAGES_AT_ONCE = 2
STATIC_FILES = Path(__file__).parent / "static"


def create_app(
    warehouse: Warehouse,
    raw_dir: Path,
    language: Language,
    hosts: Collection[str] = (),
    *,
    warms_up: bool = False,
) -> Starlette:
    """The explorer of a warehouse.

    Args:
        warehouse: The DuckDB file; it may be replaced while it is shown.
        raw_dir: Where the published files lie, for pictures of their pages.
        language: Of visitors who choose none.
        hosts: Names that it answers to, besides those of this machine for itself.
        warms_up: Whether it gets ready for its first visitor before there is one.
    """
    register_patterns()
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, hosts=[*LOCAL_HOSTS, *hosts])],
        exception_handlers={
            HTTPException: _no_page,
            NothingFoundError: _nothing_found,
            ExplainedError: _cannot_show,
            duckdb.Error: _cannot_ask,
        },
        lifespan=_warmed if warms_up else _running,
    )
    app.state.explorer = Explorer(
        warehouse=ServedWarehouse(warehouse, MEMORY_BYTES, THREADS),
        raw_dir=raw_dir,
        language=language,
        templates={each: templates_in(each) for each in Language},
        started=secrets.token_hex(4),
    )
    return app


@asynccontextmanager
async def _running(app: Starlette) -> AsyncIterator[None]:
    """Make no more pages at once than memory is there for: pages are made in threads."""
    current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
    yield
    app.state.explorer.warehouse.close()


@asynccontextmanager
async def _warmed(app: Starlette) -> AsyncIterator[None]:
    """The same, while the slowest pages are asked for beside the first visitor."""
    async with _running(app), create_task_group() as beside:
        beside.start_soon(warm_up, app)
        yield
        beside.cancel_scope.cancel()


def _routes() -> list[BaseRoute]:
    """Every page; its module says at which addresses."""
    return [
        *home.routes(),
        *search.routes(),
        *rankings.routes(),
        *department.routes(),
        *region.routes(),
        *discrepancies.routes(),
        *quality.routes(),
        *figure.routes(),
        *claim.routes(),
        *document.routes(),
        *check.routes(),
        *identity.routes(),
        Mount("/static", StaticFiles(directory=STATIC_FILES)),
    ]


def _no_page(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 404
    return _said(request, status_code)


def _nothing_found(request: Request, error: Exception) -> Response:
    return _said(request, 404, _told(request, error))


def _cannot_show(request: Request, error: Exception) -> Response:
    return _said(request, 503, _told(request, error))


def _told(request: Request, error: Exception) -> str:
    """What an error says, in the visitor's language."""
    with translated_by(read_catalogue("juesuan", chosen_language(request))):
        return error.told() if isinstance(error, ExplainedError) else str(error)


def _cannot_ask(request: Request, error: Exception) -> Response:
    """A warehouse that lacks what is asked of it was made by another version."""
    return _said(request, 503, str(error).partition("\n")[0])


def _said(request: Request, status_code: int, words: str = "") -> Response:
    explorer: Explorer = request.app.state.explorer
    language = chosen_language(request)
    template = "not_found.html.j2" if status_code == 404 else "out_of_order.html.j2"
    return fill(explorer, request, language, template, status_code, {"words": words})
