"""A department or unit: what it took in and spent, year on year, and its place among its peers."""

from collections.abc import Sequence

import duckdb
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.bodies import (
    Disclosure,
    bodies_by_key,
    disclosures_by,
)
from pipelines.exploring.answers.contradictions import count_contradictions
from pipelines.exploring.answers.finances import (
    assets,
    expenditure_by_economic_code,
    expenditure_by_function,
    income_by_source,
    procurement,
    staff,
    three_public_expenses,
)
from pipelines.exploring.answers.measures import Measure, Measured, read_measures
from pipelines.exploring.answers.peers import BodiesByTask, Peers, Place, place_of
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pages import department_charts
from pipelines.serving.pages.department_choice import Chosen, choose
from pipelines.serving.pages.department_sheets import (
    COMPARED,
    a_head_sheet,
    assets_sheet,
    disclosures_sheet,
    income_sheet,
    lines_sheet,
    places_sheet,
    procurement_sheet,
    staff_sheet,
    three_public_sheet,
    years_sheet,
)
from pipelines.serving.sheets import Sheet

# Of fewer lines or years a chart would tell nothing that the table does not.
FEWEST_DRAWN = 2


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/department/{body_id:key}", visited(_department), name="department"),
        *department_charts.routes(),
    ]


def _department(visit: Visit) -> Response:
    with visit.asking() as connection:
        chosen = choose(visit, connection)
        found = count_contradictions(connection, chosen.body.body_id)
        if chosen.disclosure is None:
            return visit.page("department_empty.html.j2", chosen=chosen, found=found)
        own = _sheets(visit, connection, chosen, chosen.disclosure)
        bodies = visit.worked_out("bodies", bodies_by_key)
        by_task = visit.worked_out("bodies_by_task", lambda _: BodiesByTask(bodies.values()))
        peers = by_task.peers_of(chosen.body)
        compared = _comparison(visit, connection, chosen.disclosure, peers)
    return visit.tables(
        "department.html.j2",
        [*own, *compared],
        f"{chosen.body.name} {chosen.disclosure.fiscal_year}",
        chosen=chosen,
        disclosure=chosen.disclosure,
        peers=peers,
        found=found,
        drawn=_drawn(chosen, chosen.disclosure, own),
    )


def _sheets(
    visit: Visit, connection: duckdb.DuckDBPyConnection, chosen: Chosen, disclosure: Disclosure
) -> list[Sheet]:
    document_id, before_id = disclosure.document_id, chosen.before_id
    measured = read_measures(connection, [each.document_id for each in chosen.disclosures])
    basis, by_function = expenditure_by_function(connection, document_id, before_id)
    by_code = expenditure_by_economic_code(connection, document_id, before_id)
    return [
        years_sheet(visit, chosen.disclosures, measured),
        lines_sheet(
            visit,
            "function",
            visit.say("Expenditure by function"),
            by_function,
            "" if basis in {"", "all_funds"} else visit.called("basis", basis),
        ),
        lines_sheet(
            visit,
            "economic",
            visit.say("Basic expenditure by economic code"),
            by_code,
            visit.say("Basic expenditure from the general public budget."),
        ),
        income_sheet(visit, income_by_source(connection, document_id, before_id)),
        three_public_sheet(visit, three_public_expenses(connection, document_id, before_id)),
        procurement_sheet(visit, procurement(connection, document_id)),
        assets_sheet(visit, assets(connection, document_id)),
        staff_sheet(visit, staff(connection, document_id)),
        a_head_sheet(visit, document_id, measured),
    ]


def _comparison(
    visit: Visit, connection: duckdb.DuckDBPyConnection, own: Disclosure, peers: Peers
) -> list[Sheet]:
    """The place among the peers, and these; nothing where nobody else discloses the same."""
    disclosures = disclosures_by(connection, list(peers.body_ids), own.fiscal_year, own.kind)
    if len(disclosures) < FEWEST_DRAWN:
        return []
    measured = read_measures(connection, [each.document_id for each in disclosures])
    bodies = visit.worked_out("bodies", bodies_by_key)
    listed = ((each, bodies[each.body_id].name) for each in disclosures)
    title = visit.say("Its peers")
    return [
        places_sheet(visit, own.document_id, measured, _places(own, disclosures, measured)),
        disclosures_sheet(visit, "peers", title, listed, measured, own.document_id),
    ]


def _places(
    own: Disclosure, disclosures: Sequence[Disclosure], measured: Measured
) -> dict[Measure, Place]:
    places = {}
    for measure in COMPARED:
        value = measured.of(own.document_id, measure).value
        values = [measured.of(each.document_id, measure).value for each in disclosures]
        printed = [each for each in values if each is not None]
        if value is not None and len(printed) >= FEWEST_DRAWN:
            places[measure] = place_of(value, printed)
    return places


def _drawn(chosen: Chosen, disclosure: Disclosure, sheets: Sequence[Sheet]) -> list[str]:
    """The charts that have something to draw."""
    years = {each.fiscal_year for each in chosen.disclosures if each.kind == disclosure.kind}
    fewest = {"years": 1, "function": FEWEST_DRAWN, "economic": FEWEST_DRAWN, "three_public": 1}
    return [
        sheet.name
        for sheet in sheets
        if sheet.name in fewest
        and len(sheet.rows) >= fewest[sheet.name]
        and (sheet.name != "years" or len(years) >= FEWEST_DRAWN)
    ]
