"""The charts of a department's page, as pictures.

Knows which amounts each chart draws. Does not know how a chart looks.
"""

from collections.abc import Callable, Mapping, Sequence

import duckdb
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.bodies import Disclosure
from pipelines.exploring.answers.finances import (
    Line,
    expenditure_by_economic_code,
    expenditure_by_function,
    three_public_expenses,
)
from pipelines.exploring.answers.measures import Measure, read_measures
from pipelines.exploring.answers.traced import Traced
from pipelines.serving.charts import MEDIA_TYPES, Point, Spec, bar_chart, drawn, line_chart
from pipelines.serving.explorer import Visit, is_narrow, visited
from pipelines.serving.pages.department_choice import Chosen, choose

# More bars than that are too many to be told apart.
BARS = 14


def routes() -> list[BaseRoute]:
    """Where the pictures stand."""
    return [
        Route(
            "/department/{body_id:key}/chart/{chart:name}.{layout:name}",
            visited(_chart),
            name="department_chart",
        )
    ]


def _chart(visit: Visit) -> Response:
    chart, layout = visit.request.path_params["chart"], visit.request.path_params["layout"]
    if chart not in CHARTS or layout not in MEDIA_TYPES:
        raise HTTPException(404)
    with visit.asking() as connection:
        chosen = choose(visit, connection)
        if chosen.disclosure is None:
            raise HTTPException(404)
        declared = CHARTS[chart](visit, connection, chosen, chosen.disclosure)
    return drawn(declared, layout)


def _years(
    visit: Visit,
    connection: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    disclosure: Disclosure,
) -> Spec:
    alike = [each for each in chosen.disclosures if each.kind == disclosure.kind]
    measured = read_measures(connection, [each.document_id for each in alike])
    points = [
        Point(str(each.fiscal_year), visit.called("key_measure", measure), value)
        for measure in (Measure.INCOME, Measure.EXPENDITURE)
        for each in alike
        if (value := measured.of(each.document_id, measure).value) is not None
    ]
    return line_chart(points, visit.say("in 10,000 yuan"), is_narrow=is_narrow(visit))


def _function(
    visit: Visit,
    connection: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    disclosure: Disclosure,
) -> Spec:
    document_id = disclosure.document_id
    _, lines = expenditure_by_function(connection, document_id, chosen.before_id)
    return _by_class(visit, chosen, disclosure, lines)


def _economic(
    visit: Visit,
    connection: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    disclosure: Disclosure,
) -> Spec:
    document_id = disclosure.document_id
    lines = expenditure_by_economic_code(connection, document_id, chosen.before_id)
    return _by_class(visit, chosen, disclosure, lines)


def _three_public(
    visit: Visit,
    connection: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    disclosure: Disclosure,
) -> Spec:
    expenses = three_public_expenses(connection, disclosure.document_id, chosen.before_id)
    pairs = [
        (
            visit.called("item", each.item),
            {visit.say("Budget"): each.budget, visit.say("Actual"): each.actual},
        )
        for each in expenses
    ]
    return bar_chart(_points(pairs), visit.say("in 10,000 yuan"), is_narrow=is_narrow(visit))


def _by_class(visit: Visit, chosen: Chosen, disclosure: Disclosure, lines: Sequence[Line]) -> Spec:
    """The largest classes, this year and the year before."""
    largest = sorted(
        (line for line in lines if line.level == "lei" and line.amount.value),
        key=lambda line: -(line.amount.value or 0),
    )[:BARS]
    this, before = str(disclosure.fiscal_year), str(disclosure.fiscal_year - 1)
    pairs = [
        (line.label, {this: line.amount, **({before: line.before} if chosen.before else {})})
        for line in largest
    ]
    return bar_chart(_points(pairs), visit.say("in 10,000 yuan"), is_narrow=is_narrow(visit))


def _points(pairs: Sequence[tuple[str, Mapping[str, Traced]]]) -> list[Point]:
    """What is printed of each thing, by series."""
    return [
        Point(label, series, amount.value)
        for label, amounts in pairs
        for series, amount in amounts.items()
        if amount.value is not None
    ]


CHARTS: Mapping[
    str,
    Callable[[Visit, duckdb.DuckDBPyConnection, Chosen, Disclosure], Spec],
] = {
    "years": _years,
    "function": _function,
    "economic": _economic,
    "three_public": _three_public,
}
