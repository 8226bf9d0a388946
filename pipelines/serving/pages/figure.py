"""One printed number: where it stands, what proves or disputes it, and what it should read."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.printed_tables import read_printed_table
from pipelines.exploring.answers.publications import find_publication
from pipelines.exploring.answers.statements import Sentence, list_sentences
from pipelines.exploring.answers.suspects import Suspect, suspects_of
from pipelines.exploring.checks import Check
from pipelines.exploring.explanations import explain_figure
from pipelines.exploring.fragments import table_html
from pipelines.exploring.printed import FigureRow, find_figure
from pipelines.exploring.redrawn_tables import TableDrawings
from pipelines.exploring.source_files import NoPictureError
from pipelines.serving.equations import equations_of, terms_sheet
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.pictures import answer_picture, why_no_picture
from pipelines.serving.printed_grids import Grid, grid_around


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows where there is no picture.

    Attributes:
        redrawn: The table as its file prints it, None where there is no file, or a picture.
        grid: The figures that were read from it, None where there is something better.
    """

    redrawn: Markup | None = None
    grid: Grid | None = None


def routes() -> list[BaseRoute]:
    """Where these pages stand."""
    return [
        Route("/figure/{figure_id:key}", visited(_figure), name="figure"),
        Route("/figure/{figure_id:key}/page.png", visited(_picture), name="figure_page"),
    ]


def _figure(visit: Visit) -> Response:
    figure_id = visit.request.path_params["figure_id"]
    with visit.asking() as connection:
        explained = explain_figure(connection, figure_id)
        figure, checks = explained.figure, explained.checks
        publication = find_publication(connection, figure.document_id)
        no_picture = why_no_picture(visit, connection, figure)
        shown = _shown_instead(visit, connection, figure) if no_picture else Shown()
        suspects = suspects_of(connection, checks)
        sentences = sentences_of(connection, [each for each in checks if len(each.terms) == 2])
    return visit.tables(
        "figure.html.j2",
        [terms_sheet(visit, checks)],
        f"{publication.file_name} {figure_id}",
        figure=figure,
        repair=explained.repair,
        place=place_words(visit, figure),
        publication=publication,
        equations=equations_of(visit, checks, figure_id),
        suspects=suspects,
        own_suspect=next((each for each in suspects if each.figure_id == figure_id), None),
        suspect_name=suspect_name,
        sentences=sentences,
        no_picture=no_picture,
        shown=shown,
        visit=visit,
    )


def _shown_instead(visit: Visit, connection: duckdb.DuckDBPyConnection, figure: FigureRow) -> Shown:
    """The table as its file prints it; without the file, the figures that were read from it."""
    table = read_printed_table(connection, figure.document_id, figure.table_index)
    if figure.cell_path:
        try:
            drawings = TableDrawings(connection, figure.document_id, visit.explorer.raw_dir)
            drawn = drawings.around(figure.cell_path)
        except NoPictureError:
            return Shown(grid=grid_around(table, figure.figure_id))
        addresses = {each.cell_path: f"/figure/{each.figure_id}" for each in table}
        return Shown(redrawn=table_html(drawn, [visit.language], addresses))
    return Shown(grid=grid_around(table, figure.figure_id))


def _picture(visit: Visit) -> Response:
    figure_id = visit.request.path_params["figure_id"]
    return answer_picture(visit, lambda connection: find_figure(connection, figure_id))


def place_words(visit: Visit, figure: FigureRow) -> tuple[str, ...]:
    """What a figure is of: the outer rows, its own row, what is measured."""
    rows = tuple(filter(None, figure.row_path.split("/"))) or (visit.called("line", figure.line),)
    measure = visit.called("measure", figure.measure) or figure.header_path.rpartition("/")[2]
    return tuple(dict.fromkeys(filter(None, (*rows, measure))))


def suspect_name(visit: Visit, suspect: Suspect) -> str:
    """What a suspect is of."""
    if suspect.is_statement:
        return visit.names.place(" ".join(filter(None, (suspect.form, suspect.measure))))
    named = (
        visit.called("form", suspect.form),
        "" if suspect.is_of_column else suspect.row_name,
        visit.called("measure", suspect.measure),
    )
    return " · ".join(filter(None, named))


def sentences_of(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> list[Sentence]:
    """The sentences of the statements that checks bind."""
    bound = {
        term.figure_id: term.document_id
        for check in checks
        for term in check.terms
        if term.is_statement
    }
    return list_sentences(connection, set(bound.values()), bound.keys())
