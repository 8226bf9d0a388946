"""One identity: what it says, how often it holds, and where it fails."""

from collections.abc import Sequence
from decimal import Decimal

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.contradictions import Narrowing, list_contradictions
from pipelines.exploring.answers.identity_record import RecordOfYear, read_record
from pipelines.exploring.answers.quality import share_of
from pipelines.exploring.explanations import find_identity
from pipelines.exploring.sentences import rule_of
from pipelines.serving.cells import year_column
from pipelines.serving.explorer import Visit, address, visited
from pipelines.serving.pages.discrepancies import contradictions_sheet
from pipelines.serving.paging import page_of
from pipelines.serving.sheets import Column, Kind, Row, Sheet, Worked, without_columns


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/identity/{identity_id:name}", visited(_identity), name="identity")]


def _identity(visit: Visit) -> Response:
    identity_id = visit.request.path_params["identity_id"]
    narrowing = Narrowing(identity=identity_id)
    with visit.asking() as connection:
        identity = find_identity(connection, identity_id)
        record = read_record(connection, identity_id)
        page = page_of(visit, lambda wanted: list_contradictions(connection, wanted, narrowing))
    return visit.tables(
        "identity.html.j2",
        [
            # What should hold is the same in every row, and what the page is about.
            without_columns(contradictions_sheet(visit, page.things), {"should_hold"}),
            _record_sheet(visit, identity_id, record),
        ],
        identity_id,
        identity=identity,
        rule=rule_of(identity, visit.language),
        page=page,
    )


def _record_sheet(visit: Visit, identity_id: str, record: Sequence[RecordOfYear]) -> Sheet:
    columns = (
        year_column(visit),
        Column("kind", visit.say("Kind"), is_short=True),
        Column("documents", visit.say("Documents"), Kind.COUNT),
        Column("evaluated", visit.say("Evaluated"), Kind.COUNT),
        Column("held", visit.say("Holds"), Kind.COUNT),
        Column("share", visit.say("Share that holds"), Kind.SHARE),
        Column("failed", visit.say("Fails"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                each.fiscal_year,
                visit.called("document_kind", each.kind),
                each.document_count,
                each.evaluated_count,
                each.held_count,
                Worked(share_of(each.held_count, each.evaluated_count)),
                _failed(identity_id, each),
            )
        )
        for each in record
    )
    return Sheet("record", visit.say("By year and kind"), columns, rows)


def _failed(identity_id: str, each: RecordOfYear) -> Worked:
    """How often it failed, leading to where."""
    if not each.failed_count or each.fiscal_year is None or not each.kind:
        return Worked(Decimal(each.failed_count))
    where = address("/discrepancies", identity=identity_id, year=each.fiscal_year, kind=each.kind)
    return Worked(Decimal(each.failed_count), where)
