"""One evaluation of an identity: both sides, and where each is printed."""

from dataclasses import dataclass

import duckdb
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.publications import find_publication
from pipelines.exploring.answers.suspects import suspects_of
from pipelines.exploring.checks import Check, Term
from pipelines.exploring.explanations import explain_check
from pipelines.exploring.sentences import rule_of
from pipelines.serving.equations import equation_of, term_name, terms_sheet
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pages.figure import sentences_of, suspect_name
from pipelines.serving.pictures import has_file


@dataclass(frozen=True, slots=True)
class Pictured:
    """A term whose page can be shown.

    Attributes:
        name: What it is.
        printed: The number as printed.
        address: Its own page.
        page: The page it is printed on, from 1.
    """

    name: str
    printed: str
    address: str
    page: int


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/check/{check_id:key}", visited(_check), name="check")]


def _check(visit: Visit) -> Response:
    check_id = visit.request.path_params["check_id"]
    with visit.asking() as connection:
        explained = explain_check(connection, check_id)
        check = explained.check
        publication = find_publication(connection, check.document_id)
        suspects = suspects_of(connection, [check])
        sentences = sentences_of(connection, [check])
        pictured = _pictured(visit, connection, check)
    return visit.tables(
        "check.html.j2",
        [terms_sheet(visit, [check])],
        f"{publication.file_name} {check_id}",
        check=check,
        equation=equation_of(visit, check),
        rule=rule_of(explained.identity, visit.language),
        exceptions=visit.called("exception", explained.identity.exceptions),
        publication=publication,
        suspects=suspects,
        suspect_name=suspect_name,
        sentences=sentences,
        pictured=pictured,
        visit=visit,
    )


def _pictured(
    visit: Visit, connection: duckdb.DuckDBPyConnection, check: Check
) -> list[tuple[str, Pictured]]:
    """The first term of each side, where its page can be shown."""
    found = []
    for side in ("left", "right"):
        term = next((term for term in check.terms if term.side == side), None)
        if term and term.page is not None and has_file(visit, connection, term.document_id):
            found.append((visit.called("side", side), _as_pictured(visit, term)))
    return found


def _as_pictured(visit: Visit, term: Term) -> Pictured:
    return Pictured(
        name=" · ".join(term_name(term, visit.names)),
        printed=f"{term.printed} {term.unit}".rstrip(),
        address=f"/{'claim' if term.is_statement else 'figure'}/{term.figure_id}",
        page=term.page or 1,
    )
