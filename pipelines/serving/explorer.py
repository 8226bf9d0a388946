"""What a page is made with: the warehouse, the templates and the visitor's language.

Knows cookies, caching and how a template is filled. Does not know any page.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipelines.domain.languages import Language
from pipelines.exploring.labels import Names, read_labels
from pipelines.exploring.marts import queries_timed
from pipelines.exploring.served_warehouse import OpenedWarehouse, ServedWarehouse
from pipelines.serving.addresses import KEY
from pipelines.serving.amounts import AMOUNT_FILTERS
from pipelines.serving.downloads import MEDIA_TYPES, as_file
from pipelines.serving.sheets import Sheet
from pipelines.serving.shown_cells import shown_cell
from pipelines.serving.wording import LANGUAGE_TAGS, texts_of

LANGUAGE_COOKIE = "lang"
A_YEAR = 365 * 24 * 60 * 60

Worked = TypeVar("Worked")


@dataclass(frozen=True, slots=True)
class Explorer:
    """What all pages share.

    Attributes:
        warehouse: The warehouse that is shown.
        raw_dir: Where the published files lie, for pictures of their pages.
        language: Of visitors who did not choose one.
        templates: The templates in each language.
        started: Differs from one start to the next, so that no page of another version is taken
            for a present one.
    """

    warehouse: ServedWarehouse
    raw_dir: Path
    language: Language
    templates: dict[Language, Environment]
    started: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page, and what answers it.

    Attributes:
        request: The request.
        explorer: What all pages share.
        opened: The warehouse as it stood when the request came.
        language: The language to answer in.
    """

    request: Request
    explorer: Explorer
    opened: OpenedWarehouse
    language: Language

    @contextmanager
    def asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, to be handed to questions."""
        with self.opened.asking() as connection:
            yield connection

    def worked_out(
        self, name: str, work_out: Callable[[duckdb.DuckDBPyConnection], Worked]
    ) -> Worked:
        """What is the same for all visitors until the warehouse is replaced."""
        return self.opened.worked_out(name, work_out)

    @property
    def tag(self) -> str:
        """The entity tag of every page of this address, language and state of the warehouse."""
        return f'W/"{self.explorer.started}-{self.opened.state.tag}-{self.language}"'

    def say(self, text: str, **values: object) -> str:
        """A text of the pages in the visitor's language, with values for its placeholders."""
        said = texts_of(self.language).gettext(text)
        return said % values if values else said

    @property
    def names(self) -> Names:
        """What canonical names are called in the visitor's language."""
        return Names(self.worked_out("labels", read_labels), self.language)

    def called(self, kind: str, key: str) -> str:
        """What a canonical name is called in the visitor's language."""
        return self.names(kind, key)

    def means(self, kind: str, key: str) -> str:
        """What a canonical name means, '' where its name says it."""
        return self.names.labels.definition(kind, key, self.language)

    def year(self) -> int | None:
        """The fiscal year that the address names, None where it names none."""
        return self.number("year", 1900, 2999)

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number that the address names, None where it names none.

        Raises:
            HTTPException: It is no such number, so there is no such page.
        """
        text = self.request.query_params.get(name, "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise HTTPException(404)
        return int(text)

    def key(self, name: str) -> str | None:
        """The key of something that the address names, None where it names none.

        Raises:
            HTTPException: It is no key, so there is no such page.
        """
        text = self.request.query_params.get(name, "")
        if text and not re.fullmatch(KEY, text):
            raise HTTPException(404)
        return text or None

    def choice(self, name: str, allowed: Collection[str]) -> str | None:
        """One of a few words that the address names, None where it names none.

        Raises:
            HTTPException: It is none of them, so there is no such page.
        """
        text = self.request.query_params.get(name, "")
        if text and text not in allowed:
            raise HTTPException(404)
        return text or None

    def tables(
        self, template: str, sheets: Sequence[Sheet], file_name: str, **told: object
    ) -> Response:
        """A page with tables, or the file that the address asks of it.

        Args:
            template: The page.
            sheets: Its tables.
            file_name: What to save them as, without an ending.
            told: What else the page shows.
        """
        layout = self.choice("format", MEDIA_TYPES)
        wanted = self.choice("table", [sheet.name for sheet in sheets])
        if layout is None:
            by_name = {sheet.name: sheet for sheet in sheets}
            return self._filled(template, 200, {**told, "sheets": by_name})
        chosen = [sheet for sheet in sheets if wanted in {None, sheet.name}]
        is_all = wanted is None or chosen[0].title == file_name
        name = file_name if is_all else f"{file_name} {chosen[0].title}"
        return as_file(chosen, layout, name)

    def page(self, template: str, status_code: int = 200, **told: object) -> Response:
        """A page: the template filled with what is told."""
        return self._filled(template, status_code, told)

    def _filled(self, template: str, status_code: int, told: Mapping[str, object]) -> Response:
        told = {**told, "called": self.called}
        return fill(self.explorer, self.request, self.language, template, status_code, told)


def visited(answer: Callable[[Visit], Response]) -> Callable[[Request], Response]:
    """Turn a page, which answers a visit, into an endpoint, which answers a request.

    The page is not made where the browser has it already.
    """

    @wraps(answer)
    def endpoint(request: Request) -> Response:
        explorer: Explorer = request.app.state.explorer
        visit = Visit(request, explorer, explorer.warehouse.now(), chosen_language(request))
        if visit.tag in request.headers.get("if-none-match", ""):
            response = Response(status_code=304)
        else:
            with queries_timed() as seconds:
                response = answer(visit)
            response.headers["Server-Timing"] = server_timing(seconds)
        if response.status_code in {200, 304}:
            response.headers["ETag"] = visit.tag
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Cookie"
        return response

    return endpoint


def server_timing(seconds: Sequence[float]) -> str:
    """How long the warehouse took, as browsers show it: all queries of a page, and the longest.

    Examples:
        >>> server_timing([0.0102, 0.0305])
        'queries;desc="2 queries";dur=40.7, longest;dur=30.5'
    """
    in_all, longest = sum(seconds) * 1000, max(seconds, default=0.0) * 1000
    described = f'queries;desc="{len(seconds)} queries";dur={in_all:.1f}'
    return f"{described}, longest;dur={longest:.1f}"


def chosen_language(request: Request) -> Language:
    """What the address says, else what was chosen before, else what the explorer starts with."""
    explorer: Explorer = request.app.state.explorer
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in set(Language):
            return Language(wanted)
    return explorer.language


def fill(
    explorer: Explorer,
    request: Request,
    language: Language,
    template: str,
    status_code: int,
    told: Mapping[str, object],
) -> Response:
    """A page, and the language remembered where the address names one."""
    text = (
        explorer.templates[language]
        .get_template(template)
        .render(
            language=language,
            language_tag=LANGUAGE_TAGS[language],
            other_language=next(each for each in Language if each is not language),
            here=request.url,
            **told,
        )
    )
    response = HTMLResponse(text, status_code=status_code)
    if "lang" in request.query_params:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax"
        )
    return response


def templates_in(language: Language) -> Environment:
    """The templates with their texts in a language; everything that is put in is escaped."""
    environment = Environment(
        loader=PackageLoader("pipelines.serving"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = texts_of(language)
    # The extension adds this method to the environment, which is why its type does not show it.
    install = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext)
    environment.filters |= AMOUNT_FILTERS
    environment.filters["shown_in"] = shown_cell
    environment.filters["altered"] = altered
    environment.filters["saved_at"] = saved_at
    environment.filters["asks"] = asks
    environment.filters["picture"] = picture_at
    return environment


def altered(address: URL, **parameters: object) -> str:
    """This path with some parameters changed; those that are None are left out.

    Examples:
        >>> altered(URL("http://localhost/quality?year=2023&page=2"), lang="en", page=None)
        '/quality?year=2023&lang=en'
    """
    changed = address.include_query_params(**parameters)
    dropped = changed.remove_query_params(
        [name for name, value in parameters.items() if value is None]
    )
    return f"{dropped.path}?{dropped.query}" if dropped.query else dropped.path


def asks(here: URL, name: str) -> bool:
    """Whether an address has a parameter."""
    return name in parse_qs(here.query)


def saved_at(sheet: Sheet, here: URL, layout: str) -> str:
    """Where a table of this page can be had as a file: where the whole of it is."""
    whole = URL(sheet.more) if sheet.more else here
    table = None if sheet.more else sheet.name
    return altered(whole, format=layout, table=table, page=None)


def picture_at(here: URL, chart: str, layout: str, **parameters: object) -> str:
    """Where the picture of a chart is, in the language of this page.

    Args:
        here: This page.
        chart: Path of the chart, without its ending.
        layout: ``svg`` or ``png``.
        parameters: What it is of.
    """
    language = parse_qs(here.query).get("lang", [""])[0]
    return address(f"{chart}.{layout}", **parameters, lang=language)


def is_narrow(visit: Visit) -> bool:
    """Whether a picture is asked for that fits a telephone."""
    return visit.choice("width", ("narrow",)) is not None


def address(path: str, **parameters: object) -> str:
    """A path with parameters; those that are None or '' are left out.

    Examples:
        >>> address("/search", q="教育局", page=None)
        '/search?q=%E6%95%99%E8%82%B2%E5%B1%80'
    """
    kept = {name: value for name, value in parameters.items() if value not in {None, ""}}
    return f"{path}?{urlencode(kept)}" if kept else path
