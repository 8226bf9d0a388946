"""What is wrong in the documents themselves, the worst first, narrowed by what the address says."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.domain.languages import Language
from pipelines.exploring.answers.choices import fiscal_years
from pipelines.exploring.answers.contradictions import (
    SHARED_DIGITS,
    Contradiction,
    FailingIdentity,
    Narrowing,
    count_uncounted,
    failing_identities,
    list_contradictions,
)
from pipelines.exploring.answers.regions import Region, list_regions
from pipelines.exploring.answers.suspects import Suspect
from pipelines.exploring.sentences import suspect_text
from pipelines.serving.cells import body_column, body_link, document_link, year_column
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.paging import page_of
from pipelines.serving.sheets import Cell, Column, Kind, Link, Row, Sheet, Worked

KINDS = ("final_accounts", "budget")
LEVELS = ("violation", "info", "accepted")
# Also those of further editions and other documents that facts do not count.
EDITIONS = ("all",)


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/discrepancies", visited(_discrepancies), name="discrepancies")]


def contradictions_sheet(visit: Visit, found: Sequence[Contradiction], more: str = "") -> Sheet:
    """Identities that fail, with both sides."""
    columns = (
        body_column(visit),
        year_column(visit),
        Column("should_hold", visit.say("What should hold")),
        Column("left", visit.say("Left side"), Kind.AMOUNT),
        Column("right", visit.say("Right side"), Kind.AMOUNT),
        Column("difference", visit.say("Difference"), Kind.AMOUNT),
        Column("culprit", visit.say("Likeliest error")),
        Column("document", visit.say("Document")),
        Column("level", visit.say("Level"), is_short=True),
    )
    title = visit.say("Worst contradictions") if more else visit.say("Contradictions and oddities")
    return Sheet(
        "contradictions",
        title,
        columns,
        tuple(Row(_cells(visit, each)) for each in found),
        more=more,
    )


def meaning(visit: Visit, thing: Contradiction | FailingIdentity) -> str:
    """What an identity means in the visitor's language."""
    return thing.meaning_zh if visit.language is Language.ZH else thing.meaning_en


def _cells(visit: Visit, found: Contradiction) -> tuple[Cell, ...]:
    return (
        body_link(
            visit,
            found.body_id,
            found.name,
            found.scope,
            year=found.fiscal_year,
            kind=found.kind,
        ),
        found.fiscal_year,
        Link(meaning(visit, found), f"/identity/{found.identity_id}"),
        found.left,
        found.right,
        Worked(
            found.difference, f"/check/{found.check_id}", unit=found.left.unit or found.right.unit
        ),
        _suspicion(visit, found.culprits),
        document_link(found.document_id, found.file_name),
        visit.called("level", found.level),
    )


def _suspicion(visit: Visit, culprits: Sequence[Suspect]) -> Link | None:
    """The figure that is likeliest to be wrong, and what it should read."""
    if not culprits:
        return None
    first = culprits[0]
    sort = "claim" if first.is_statement else "figure"
    return Link(suspect_text(first, visit.names), f"/{sort}/{first.figure_id}")


def _discrepancies(visit: Visit) -> Response:
    regions = visit.worked_out("regions", list_regions)
    narrowing = _narrowing(visit, regions)
    with visit.asking() as connection:
        page = page_of(visit, lambda wanted: list_contradictions(connection, wanted, narrowing))
    return visit.tables(
        "discrepancies.html.j2",
        [contradictions_sheet(visit, page.things)],
        visit.say("Contradictions"),
        page=page,
        found=page.things,
        narrowing=narrowing,
        region=visit.request.query_params.get("region", ""),
        regions=[each for each in regions if each.level != "county"],
        years=visit.worked_out("years", fiscal_years),
        kinds=KINDS,
        levels=LEVELS,
        uncounted=visit.worked_out("uncounted", count_uncounted),
        identities=visit.worked_out("identities", failing_identities),
        meaning=meaning,
    )


def _narrowing(visit: Visit, regions: Sequence[Region]) -> Narrowing:
    code = visit.request.query_params.get("region", "")
    region = next((each for each in regions if each.region_code == code), None)
    if code and region is None:
        raise HTTPException(404)
    known = [each.identity_id for each in visit.worked_out("identities", failing_identities)]
    return Narrowing(
        region=code[: SHARED_DIGITS[region.level]] if region else None,
        year=visit.year(),
        kind=visit.choice("kind", KINDS),
        identity=visit.choice("identity", known),
        level=visit.choice("level", LEVELS),
        body=visit.key("body"),
        is_counted=visit.choice("editions", EDITIONS) is None,
    )
