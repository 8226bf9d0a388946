"""One statement of the prose: where it stands, what it is read as, what it is held against."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.publications import find_publication
from pipelines.exploring.answers.suspects import suspects_of
from pipelines.exploring.explanations import explain_claim
from pipelines.exploring.fragments import passage_html
from pipelines.exploring.passages import find_passage
from pipelines.exploring.printed import ClaimRow, find_claim
from pipelines.serving.equations import equations_of, terms_sheet
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pages.figure import suspect_name
from pipelines.serving.pictures import answer_picture, why_no_picture


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/claim/{claim_id:key}", visited(_claim), name="claim"),
        Route("/claim/{claim_id:key}/page.png", visited(_picture), name="claim_page"),
    ]


def _claim(visit: Visit) -> Response:
    claim_id = visit.request.path_params["claim_id"]
    with visit.asking() as connection:
        explained = explain_claim(connection, claim_id)
        claim, checks = explained.claim, explained.checks
        publication = find_publication(connection, claim.document_id)
        passage = find_passage(connection, claim.document_id, claim_id)
        suspects = suspects_of(connection, checks)
        no_picture = why_no_picture(visit, connection, claim)
    return visit.tables(
        "claim.html.j2",
        [terms_sheet(visit, checks)],
        f"{publication.file_name} {claim_id}",
        claim=claim,
        passage=passage_html(passage) if passage else claim.sentence,
        reading=reading_of(visit, claim),
        publication=publication,
        equations=equations_of(visit, checks, claim_id),
        suspects=suspects,
        own_suspect=next((each for each in suspects if each.figure_id == claim_id), None),
        suspect_name=suspect_name,
        no_picture=no_picture,
        visit=visit,
    )


def _picture(visit: Visit) -> Response:
    claim_id = visit.request.path_params["claim_id"]
    return answer_picture(visit, lambda connection: find_claim(connection, claim_id))


def reading_of(visit: Visit, claim: ClaimRow) -> list[tuple[str, str]]:
    """What a statement is read as, thing by thing; what is not said is left out."""
    sorts = (visit.called("claim_kind", claim.kind), visit.called("direction", claim.direction))
    doubt = (visit.called("reading", claim.reading), visit.called("doubt", claim.reading_note))
    compared = str(claim.comparison_year) if claim.comparison_year else ""
    told = (
        (visit.say("Of what"), visit.names.subject(claim.subject)),
        (visit.say("Called"), " · ".join(filter(None, (claim.group_label, claim.item_label)))),
        (visit.say("Sort of value"), " · ".join(filter(None, sorts))),
        (visit.say("Against what"), visit.called("base", claim.base)),
        (visit.say("Year"), str(claim.year or "")),
        (visit.say("Compared with"), compared),
        (visit.say("Whose money"), visit.called("fund", claim.fund)),
        (visit.say("Reading"), "：".join(filter(None, doubt))),
    )
    return [(name, text) for name, text in told if text]
