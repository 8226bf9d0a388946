"""The places that a finding of the report sets side by side: pieces of pages, tables, paragraphs.

Knows what is printed where, and shows it as its format allows. Does not know what is wrong there.
"""

import base64
from collections.abc import Collection, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import duckdb
from markupsafe import Markup
from PIL import Image

from pipelines.domain.languages import Language
from pipelines.exploring.fragments import passage_html, table_html
from pipelines.exploring.labels import Names
from pipelines.exploring.marts import select_all
from pipelines.exploring.page_images import PageImages
from pipelines.exploring.passages import find_passage
from pipelines.exploring.printed import Box, box_of
from pipelines.exploring.redrawn_tables import RedrawnTable, TableDrawings
from pipelines.exploring.source_files import NoPictureError

PRINTED = """
    select
        figures.figure_id as key,
        figures.document_id,
        figures.file_name,
        coalesce(nullif(figures.title, ''), figures.form) as form_title,
        trim(figures.row_code || ' ' || figures.row_label) as row_name,
        coalesce(nullif(figures.header_path, ''), figures.measure) as column_name,
        figures.amount_text as printed,
        figures.printed_unit as unit,
        figures.page,
        figures.bbox_x0 as left_edge,
        figures.bbox_top as top_edge,
        figures.bbox_x1 as right_edge,
        figures.bbox_bottom as bottom_edge,
        coalesce(figures.cell_path, '') as cell_path,
        '' as sentence
    from marts.fct_disclosed_figures as figures
    where list_contains($documents, document_id) and key in (select unnest($keys))
    union all
    select
        claims.claim_id as key, claims.document_id, claims.file_name,
        claims.section, claims.subject, '', claims.value_text, claims.unit,
        claims.page, claims.bbox_x0, claims.bbox_top, claims.bbox_x1, claims.bbox_bottom,
        coalesce(claims.cell_path, ''), claims.sentence
    from marts.fct_narrative_claims as claims
    where list_contains($documents, document_id) and key in (select unnest($keys))
"""
# Within this distance of a figure, across and down, its picture shows another one, too.
NEAR_POINTS = (340.0, 50.0)
COLOURS = 64
# Tables of more columns stand alone.
COLUMNS_SIDE_BY_SIDE = 6


@dataclass(frozen=True, slots=True)
class PrintedThing:
    """A figure or statement as it is printed, and where; edges in points, null without a box."""

    key: str
    document_id: str
    file_name: str
    form_title: str
    row_name: str
    column_name: str
    printed: str
    unit: str
    page: int | None
    left_edge: float | None
    top_edge: float | None
    right_edge: float | None
    bottom_edge: float | None
    cell_path: str
    sentence: str

    def called(self, names: Names) -> str:
        """Form, row and column as printed, or else what they are called."""
        column = names("measure", self.column_name).replace("/", " · ")
        row = names.subject(self.row_name) if self.sentence else self.row_name
        return " · ".join(filter(None, (names("form", self.form_title), row, column)))

    @property
    def box(self) -> Box | None:
        """Where it is on its page, None where the format has no pages."""
        return box_of(self.left_edge, self.top_edge, self.right_edge, self.bottom_edge)


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two places that a finding sets side by side.

    Attributes:
        thing: What is printed there.
        picture: The piece of the page as a data URI, '' where there is none.
        drawn: The table or paragraph drawn anew, None where there is a picture or no file.
        is_wide: Whether that is a table that needs the whole width.
        beside: What it is to be compared with, where that is shown, too.
    """

    thing: PrintedThing
    picture: str = ""
    drawn: Markup | None = None
    is_wide: bool = False
    beside: PrintedThing | None = None


class PlaceViewer:
    """Shows where things are printed, each file opened once; to be closed.

    Args:
        connection: A warehouse with marts.
        raw_dir: Where the published files lie.

    Attributes:
        lacks: Why files cannot be shown, by the documents that are read from them.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, raw_dir: Path) -> None:
        self._connection = connection
        self._raw_dir = raw_dir
        self._pages: dict[str, PageImages] = {}
        self._tables: dict[str, TableDrawings] = {}
        self._open = ExitStack()
        self.lacks: dict[str, NoPictureError] = {}

    def close(self) -> None:
        """Let go of the files."""
        self._open.close()

    def side_by_side(
        self, first: PrintedThing, second: PrintedThing | None, involved: Sequence[PrintedThing]
    ) -> tuple[Place, ...]:
        """Show one or two things; in one place where that shows both.

        Args:
            first: What is to be looked at.
            second: What it is to be compared with, None where there is no such thing.
            involved: All that the finding speaks of, which is outlined too.
        """
        shown = self._shown(first, second, involved)
        if second is None or shown.beside is not None:
            return (shown,)
        return shown, self._shown(second, None, involved)

    def _shown(
        self, thing: PrintedThing, other: PrintedThing | None, involved: Sequence[PrintedThing]
    ) -> Place:
        try:
            if thing.page is not None and thing.box is not None:
                picture = self._piece_of_page(thing.page, thing.box, thing, involved)
                return Place(thing, picture, beside=other if _are_near(thing, other) else None)
            if thing.sentence:
                passage = find_passage(self._connection, thing.document_id, thing.key)
                return Place(thing, drawn=passage_html(passage) if passage else None)
            beside = [each for each in involved if each.document_id == thing.document_id]
            table = self._drawings(thing).around(
                thing.cell_path, {each.cell_path for each in beside}
            )
            return Place(
                thing,
                drawn=table_html(table, list(Language)),
                is_wide=table.column_count > COLUMNS_SIDE_BY_SIDE,
                beside=other if _shows(table, other) else None,
            )
        except NoPictureError as lack:
            self.lacks.setdefault(thing.document_id, lack)
            return Place(thing)

    def _piece_of_page(
        self, page: int, box: Box, thing: PrintedThing, involved: Sequence[PrintedThing]
    ) -> str:
        """The piece of a page around a box, as a data URI."""
        companions = [
            each.box
            for each in involved
            if each is not thing
            and (each.document_id, each.page) == (thing.document_id, page)
            and each.box is not None
        ]
        if thing.document_id not in self._pages:
            images = PageImages(self._connection, thing.document_id, self._raw_dir)
            self._pages[thing.document_id] = self._open.enter_context(closing(images))
        return _data_uri(self._pages[thing.document_id].crop(page, box, companions))

    def _drawings(self, thing: PrintedThing) -> TableDrawings:
        if thing.document_id not in self._tables:
            drawings = TableDrawings(self._connection, thing.document_id, self._raw_dir)
            self._tables[thing.document_id] = drawings
        return self._tables[thing.document_id]


def find_printed(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str], keys: Collection[str]
) -> dict[str, PrintedThing]:
    """Figures and statements of some documents as they are printed, by their ids."""
    chosen = {"documents": sorted(documents), "keys": sorted(keys)}
    return {thing.key: thing for thing in select_all(connection, PrintedThing, PRINTED, chosen)}


def _are_near(one: PrintedThing, other: PrintedThing | None) -> bool:
    """Whether one picture shows both."""
    if other is None or one.box is None or other.box is None:
        return False
    if (one.document_id, one.page) != (other.document_id, other.page):
        return False
    across, down = abs(one.box[0] - other.box[0]), abs(one.box[1] - other.box[1])
    return across < NEAR_POINTS[0] and down < NEAR_POINTS[1]


def _shows(table: RedrawnTable, other: PrintedThing | None) -> bool:
    """Whether a redrawn table has another figure in it."""
    if other is None:
        return False
    return other.cell_path in {cell.path for row in table.rows for cell in row}


def _data_uri(picture: Image.Image) -> str:
    stored = BytesIO()
    picture.quantize(COLOURS).save(stored, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stored.getvalue()).decode()
