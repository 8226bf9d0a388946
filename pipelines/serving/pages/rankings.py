"""Who comes first, a page a ranking; the first page shows the head of each."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.choices import fiscal_years
from pipelines.exploring.answers.rankings import (
    NewDocument,
    Risen,
    fastest_growing,
    newest_documents,
    overspent,
)
from pipelines.serving.cells import (
    body_column,
    body_link,
    document_link,
    region_column,
    year_column,
)
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.paging import Page, page_of
from pipelines.serving.sheets import Column, Kind, Row, Sheet, Worked


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [Route("/ranking/{name:name}", visited(_ranking), name="ranking")]


def overspent_sheet(visit: Visit, risen: Sequence[Risen], more: str = "") -> Sheet:
    """三公 expenses beyond their budget."""
    columns = (
        body_column(visit),
        region_column(visit),
        year_column(visit),
        Column("budget", visit.say("Budget"), Kind.AMOUNT),
        Column("actual", visit.say("Actual"), Kind.AMOUNT),
        Column("over", visit.say("Over budget"), Kind.AMOUNT),
    )
    title = visit.say("Three public expenses beyond their budget")
    return Sheet(
        "overspent", title, columns, tuple(_risen_row(visit, each) for each in risen), more=more
    )


def growth_sheet(visit: Visit, risen: Sequence[Risen], more: str = "") -> Sheet:
    """Bodies whose expenditure grew most."""
    columns = (
        body_column(visit),
        region_column(visit),
        year_column(visit),
        Column("before", visit.say("Year before"), Kind.AMOUNT),
        Column("after", visit.say("This year"), Kind.AMOUNT),
        Column("growth", visit.say("Growth"), Kind.PERCENT),
    )
    rows = tuple(Row((*_risen_row(visit, each).cells[:5], Worked(each.growth))) for each in risen)
    return Sheet("growth", visit.say("Expenditure that grew fastest"), columns, rows, more=more)


def newest_sheet(visit: Visit, documents: Sequence[NewDocument], more: str = "") -> Sheet:
    """The newest documents."""
    columns = (
        Column("file", visit.say("Document")),
        body_column(visit),
        year_column(visit),
        Column("kind", visit.say("Kind"), is_short=True),
        Column("published", visit.say("Published"), Kind.DATE, is_short=True),
        Column("read", visit.say("Read"), Kind.DATE, is_short=True),
        Column("figures", visit.say("Figures"), Kind.COUNT),
        Column("proven", visit.say("Proven"), Kind.COUNT),
        Column("disputed", visit.say("Disputed"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                document_link(each.document_id, each.file_name),
                body_link(
                    visit,
                    each.body_id,
                    each.name,
                    each.scope,
                    year=each.fiscal_year,
                    kind=each.kind,
                ),
                each.fiscal_year,
                visit.called("document_kind", each.kind) if each.kind else None,
                each.published_date,
                each.loaded_at.date(),
                each.figure_count,
                each.proven_count,
                each.disputed_count,
            )
        )
        for each in documents
    )
    return Sheet("newest", visit.say("Newest documents"), columns, rows, more=more)


def _risen_row(visit: Visit, risen: Risen) -> Row:
    body = body_link(
        visit,
        risen.body_id,
        risen.name,
        risen.scope,
        year=risen.fiscal_year,
        kind="final_accounts",
    )
    return Row(
        (body, risen.region_name, risen.fiscal_year, risen.before, risen.after, Worked(risen.rise))
    )


def _ranking(visit: Visit) -> Response:
    answer = RANKINGS.get(visit.request.path_params["name"])
    if answer is None:
        raise HTTPException(404)
    return answer(visit, visit.year())


def _overspent(visit: Visit, year: int | None) -> Response:
    with visit.asking() as connection:
        page = page_of(visit, lambda wanted: overspent(connection, wanted, year=year))
    return _list(visit, overspent_sheet(visit, page.things), page)


def _growth(visit: Visit, year: int | None) -> Response:
    with visit.asking() as connection:
        page = page_of(visit, lambda wanted: fastest_growing(connection, wanted, year=year))
    return _list(visit, growth_sheet(visit, page.things), page)


def _newest(visit: Visit, year: int | None) -> Response:
    with visit.asking() as connection:
        page = page_of(visit, lambda wanted: newest_documents(connection, wanted, year=year))
    return _list(visit, newest_sheet(visit, page.things), page)


def _list(visit: Visit, sheet: Sheet, page: Page[Risen] | Page[NewDocument]) -> Response:
    return visit.tables(
        "ranking.html.j2",
        [sheet],
        sheet.title,
        sheet=sheet,
        page=page,
        years=visit.worked_out("years", fiscal_years),
        year=visit.year(),
    )


RANKINGS = {"overspent": _overspent, "growth": _growth, "newest": _newest}
