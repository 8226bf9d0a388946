"""One document: whose it is, how well it is read, what is wrong in it, and its tables."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.contradictions import Narrowing, list_contradictions
from pipelines.exploring.answers.printed_tables import read_printed_table
from pipelines.exploring.answers.publications import find_publication
from pipelines.exploring.answers.slices import EVERYTHING
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.explanations import FormState, UnusedPrint, explain_document
from pipelines.exploring.source_files import NoPictureError, find_source
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pages.discrepancies import contradictions_sheet
from pipelines.serving.pictures import has_file
from pipelines.serving.printed_grids import figures_sheet, grids_of
from pipelines.serving.sheets import (
    Cell,
    Column,
    Kind,
    Link,
    Row,
    Sheet,
    without_columns,
    without_empty_columns,
)

MOST_TABLES = 10_000
# What a list of contradictions says of each and this page says once.
SAID_ALREADY = frozenset({"body", "fiscal_year", "document"})
# A web page is none of them: nobody knows its encoding here, and no browser is to show it as ours.
FILE_TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/document/{document_id:key}", visited(_document), name="document"),
        Route("/document/{document_id:key}/file", visited(_file), name="document_file"),
    ]


def _document(visit: Visit) -> Response:
    document_id = visit.request.path_params["document_id"]
    chosen = visit.number("form", 0, MOST_TABLES)
    with visit.asking() as connection:
        publication = find_publication(connection, document_id)
        explained = explain_document(connection, document_id)
        narrowing = Narrowing(document=document_id)
        found = list_contradictions(connection, EVERYTHING, narrowing)
        form = _chosen_form(explained.forms, chosen)
        figures = read_printed_table(connection, document_id, form.table_index) if form else []
        is_there = has_file(visit, connection, document_id)
    sheets = [_forms_sheet(visit, document_id, explained.forms)]
    if form is not None:
        sheets = [figures_sheet(visit, _title(visit, form), figures), *sheets]
    wrong = without_columns(contradictions_sheet(visit, found), SAID_ALREADY)
    sheets += [wrong, _unused_sheet(visit, explained.unused)]
    return visit.tables(
        "document.html.j2",
        sheets,
        publication.file_name,
        publication=publication,
        document=explained.document,
        standing=_standing(visit, explained.document),
        verdicts=_verdicts(visit, explained.tiers),
        tables=[(each, _title(visit, each)) for each in explained.forms if each.figure_count],
        form=form,
        grids=grids_of(figures),
        has_file=is_there,
        visit=visit,
    )


def _chosen_form(forms: Sequence[FormState], chosen: int | None) -> FormState | None:
    """The table that the address names, None where it names none.

    Raises:
        HTTPException: There is no such table.
    """
    if chosen is None:
        return None
    form = next((each for each in forms if each.table_index == chosen), None)
    if form is None:
        raise HTTPException(404)
    return form


def _file(visit: Visit) -> Response:
    """The published file, to be saved and not to be shown."""
    document_id = visit.request.path_params["document_id"]
    with visit.asking() as connection:
        publication = find_publication(connection, document_id)
        try:
            source = find_source(connection, document_id, visit.explorer.raw_dir)
        except NoPictureError:
            raise HTTPException(404) from None
    media_type = FILE_TYPES.get(publication.file_kind, "application/octet-stream")
    named = quote(publication.file_name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{named}"}
    if source.member:
        return Response(source.read_bytes(), media_type=media_type, headers=headers)
    return FileResponse(source.path, media_type=media_type, headers=headers)


def _title(visit: Visit, form: FormState) -> str:
    """What a table is called."""
    named = visit.called("form", form.form) if form.form else form.title
    return named or visit.say("A table without a form")


def _standing(visit: Visit, document: DocumentState) -> list[str]:
    """Why facts do not take a document; nothing where they do."""
    reasons = (
        (document.is_quarantined, visit.say("It is quarantined: it may have been misread.")),
        (
            document.is_template,
            visit.say("It is a blank template: nobody's disclosure, and not judged."),
        ),
        (
            not document.is_identified and not document.is_template,
            visit.say("It does not say whose it is or of which year."),
        ),
        (
            not document.is_preferred and not document.is_template,
            visit.say("Another document discloses the same, and facts take that one."),
        ),
    )
    return [words for holds, words in reasons if holds]


def _verdicts(visit: Visit, counted: Counter[str]) -> list[tuple[str, int]]:
    """How its checks ended, in the order of the labels."""
    order = list(visit.names.labels.of_kind("verdict"))
    known = sorted(counted, key=lambda each: order.index(each) if each in order else len(order))
    return [(visit.called("verdict", each), counted[each]) for each in known]


def _forms_sheet(visit: Visit, document_id: str, forms: Sequence[FormState]) -> Sheet:
    columns = (
        Column("form", visit.say("Table")),
        Column("title", visit.say("As printed")),
        Column("unit", visit.say("Unit"), is_short=True),
        Column("page", visit.say("Page"), Kind.COUNT),
        Column("figures", visit.say("Figures"), Kind.COUNT),
        Column("named", visit.say("Named"), Kind.COUNT),
        Column("proven", visit.say("Proven"), Kind.COUNT),
        Column("disputed", visit.say("Disputed"), Kind.COUNT),
        Column("named_by", visit.say("Named by")),
        Column("declared_empty", visit.say("Declared empty")),
    )
    rows = tuple(
        Row(_form_cells(visit, document_id, form), is_marked=form.disputed_count > 0)
        for form in forms
    )
    return without_empty_columns(Sheet("forms", visit.say("Its tables"), columns, rows))


def _form_cells(visit: Visit, document_id: str, form: FormState) -> tuple[Cell, ...]:
    return (
        Link(_title(visit, form), f"/document/{document_id}?form={form.table_index}#table"),
        form.title,
        form.printed_unit,
        form.page,
        form.figure_count,
        form.named_count,
        form.proven_count,
        form.disputed_count,
        visit.called("resolved_by", form.resolved_by) or form.resolution,
        form.empty_statement,
    )


def _unused_sheet(visit: Visit, unused: Sequence[UnusedPrint]) -> Sheet:
    columns = (
        Column("printed", visit.say("As printed")),
        Column("reason", visit.say("Why it was not used")),
        Column("form", visit.say("Table")),
        Column("detail", visit.say("Detail")),
        Column("page", visit.say("Page"), Kind.COUNT),
        Column("cell_path", visit.say("Place")),
    )
    rows = tuple(
        Row(
            (
                " ".join(each.printed.split()),
                visit.called("rejection", each.reason),
                visit.called("form", each.form),
                each.detail,
                each.page,
                each.cell_path,
            )
        )
        for each in unused
    )
    return without_empty_columns(Sheet("unused", visit.say("Printed, but not used"), columns, rows))
