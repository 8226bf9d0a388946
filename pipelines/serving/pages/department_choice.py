"""Which body and which of its disclosures an address means.

Knows the parameters year, kind and scope. Does not know what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from starlette.exceptions import HTTPException

from pipelines.exploring.answers.bodies import (
    Body,
    Disclosure,
    bodies_by_key,
    disclosures_of,
    find_body,
    namesakes_of,
)
from pipelines.serving.explorer import Visit

# The first counts where none is named.
KINDS = ("final_accounts", "budget")
SCOPES = ("department", "unit")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page is about.

    Attributes:
        body: Whose page.
        namesakes: Its department, or its own unit, of the same name.
        disclosures: All that facts count of the body, the earliest year first.
        disclosure: The one that the address names, or the latest final accounts; None where facts
            count none.
        before: The one of the year before, None where there is none.
    """

    body: Body
    namesakes: tuple[Body, ...]
    disclosures: tuple[Disclosure, ...]
    disclosure: Disclosure | None
    before: Disclosure | None

    @property
    def before_id(self) -> str | None:
        """The document of the year before."""
        return self.before.document_id if self.before else None


def choose(visit: Visit, connection: duckdb.DuckDBPyConnection) -> Chosen:
    """What the address means.

    Raises:
        NothingFoundError: There is no such body.
        HTTPException: It has no disclosure of that year and kind, or no namesake of that scope.
    """
    bodies = visit.worked_out("bodies", bodies_by_key)
    body = find_body(bodies, visit.request.path_params["body_id"])
    namesakes = tuple(namesakes_of(bodies.values(), body))
    scope = visit.choice("scope", SCOPES)
    if scope not in {None, body.scope}:
        other = next((each for each in namesakes if each.scope == scope), None)
        if other is None:
            raise HTTPException(404)
        body, namesakes = other, (body,)
    disclosures = tuple(disclosures_of(connection, body.body_id))
    disclosure = _wanted(visit, disclosures)
    return Chosen(body, namesakes, disclosures, disclosure, _before(disclosures, disclosure))


def _wanted(visit: Visit, disclosures: Sequence[Disclosure]) -> Disclosure | None:
    year, kind = visit.year(), visit.choice("kind", KINDS)
    fitting = [
        each
        for each in disclosures
        if year in {None, each.fiscal_year} and kind in {None, each.kind}
    ]
    if disclosures and not fitting:
        raise HTTPException(404)
    return max(fitting, key=lambda each: (each.kind == KINDS[0], each.fiscal_year), default=None)


def _before(disclosures: Sequence[Disclosure], disclosure: Disclosure | None) -> Disclosure | None:
    if disclosure is None:
        return None
    wanted = disclosure.kind, disclosure.fiscal_year - 1
    return next((each for each in disclosures if (each.kind, each.fiscal_year) == wanted), None)
