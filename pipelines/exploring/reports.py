"""What is wrong in documents as a page for people: each finding with the places it speaks of.

Knows which marts hold a finding and its places, and the templates that lay it out. Does not judge:
dbt and the audit have done so.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

import duckdb
from jinja2 import Environment, PackageLoader, select_autoescape

from pipelines.domain.languages import Language
from pipelines.exploring.discrepancies import BoundDiscrepancy, Discrepancy, with_terms
from pipelines.exploring.documents import DocumentState, list_documents
from pipelines.exploring.labels import Names
from pipelines.exploring.marts import select_all, select_rows
from pipelines.exploring.page_images import NoPictureError, PageImages
from pipelines.exploring.sentences import finding_text, gap_text, side_text

PRINTED = """
    with

    bound as (
        select distinct unnest([term.figure_id for term in terms]) as key
        from marts.fct_identity_checks
        where document_id = $document and list_contains($checks, check_id)
    )

    select
        figures.figure_id as key,
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
    semi join bound on figures.figure_id = bound.key
    where figures.document_id = $document
    union all
    select
        claims.claim_id, claims.section, claims.subject, '', claims.value_text, claims.unit,
        claims.page, claims.bbox_x0, claims.bbox_top, claims.bbox_x1, claims.bbox_bottom,
        coalesce(claims.cell_path, ''), claims.sentence
    from marts.fct_narrative_claims as claims
    semi join bound on claims.claim_id = bound.key
    where claims.document_id = $document
"""
SUSPECTS = """
    select
        fault_number, solution_rank, solution_number, figure_id as key, suggested_text, slip,
        repaired_count, failing_count
    from marts.fct_error_locations
    where document_id = ? and figure_id is not null
    order by fault_number, solution_number, form, row_name
"""
SUSPECTS_SHOWN = 5
# Within this distance of a figure, across and down, its picture shows another one, too.
NEAR_POINTS = (340.0, 50.0)
SEVERITY_ORDER = {"violation": 0, "info": 1, "accepted": 2}


@dataclass(frozen=True, slots=True)
class PrintedThing:
    """A figure or statement as it is printed, and where; edges in points, null without a box."""

    key: str
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
    def box(self) -> tuple[float, float, float, float] | None:
        """Where it is on its page, None where the format has no pages."""
        edges = (self.left_edge, self.top_edge, self.right_edge, self.bottom_edge)
        return None if None in edges else edges  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be the wrong one, and what it should read."""

    rank: int
    thing: PrintedThing
    suggested: str
    slip: str
    repaired_count: int
    failing_count: int


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two places that a finding sets side by side.

    Attributes:
        thing: What is printed there.
        picture: The piece of the page as a data URI, '' where there is none.
        beside: What it is to be compared with, where the picture shows that, too.
    """

    thing: PrintedThing
    picture: str
    beside: PrintedThing | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Discrepancies that have one cause, as far as known.

    Attributes:
        number: Its number in the report of its document.
        discrepancies: What fails, the worst first.
        suspects: Figures that may be wrong, the likeliest first; none where none was sought.
        is_located: Whether one of them is better than all others.
        places: The two places to compare; fewer where fewer are printed.
    """

    number: int
    discrepancies: tuple[BoundDiscrepancy, ...]
    suspects: tuple[Suspect, ...]
    is_located: bool
    places: tuple[Place, ...]

    @property
    def worst(self) -> BoundDiscrepancy:
        """The discrepancy that stands for all of them."""
        return self.discrepancies[0]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """A document and everything that is wrong in it, the worst first."""

    document: DocumentState
    findings: tuple[Finding, ...]


def report_documents(
    connection: duckdb.DuckDBPyConnection, discrepancies: Sequence[Discrepancy], raw_dir: Path
) -> list[DocumentReport]:
    """Gather what people need to check discrepancies by themselves, document by document.

    Args:
        connection: A warehouse with marts.
        discrepancies: What to report.
        raw_dir: Where the published files lie, for the pictures; a file that has gone has none.
    """
    documents = {document.document_id: document for document in list_documents(connection)}
    by_document: dict[str, list[BoundDiscrepancy]] = {}
    for discrepancy in with_terms(connection, discrepancies):
        by_document.setdefault(discrepancy.document_id, []).append(discrepancy)
    reports = [
        DocumentReport(documents[key], _findings(connection, key, found, raw_dir))
        for key, found in by_document.items()
    ]
    return sorted(reports, key=lambda report: _gravity(report.findings[0].worst))


def as_html(reports: Sequence[DocumentReport], names: Names) -> str:
    """The reports as one page that needs nothing else, in Chinese and English.

    Args:
        reports: What to report.
        names: What figures are called where nothing is printed, in the reader's language.
    """
    return _render("discrepancies.html.j2", reports, names)


def as_markdown(reports: Sequence[DocumentReport], names: Names) -> str:
    """The reports as Markdown, without pictures, see ``as_html``."""
    return _render("discrepancies.md.j2", reports, names)


def _render(template: str, reports: Sequence[DocumentReport], names: Names) -> str:
    environment = Environment(
        loader=PackageLoader("pipelines.exploring"),
        autoescape=select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["called"] = lambda thing: thing.called(names)
    environment.filters["place"] = names.place
    labels = names.labels
    return environment.get_template(template).render(
        reports=reports,
        zh=partial(labels.name, language=Language.ZH),
        en=partial(labels.name, language=Language.EN),
        told=lambda found, language: finding_text(found, Names(labels, language)),
        side=_side_in_both,
        gap=gap_text,
        languages=Language,
    )


def _side_in_both(discrepancy: BoundDiscrepancy, side: str) -> str:
    """The amount of a side; that it is not printed, in both languages."""
    told = [side_text(discrepancy, side, language) for language in Language]
    return " ".join(dict.fromkeys(told))


def _findings(
    connection: duckdb.DuckDBPyConnection,
    document_id: str,
    discrepancies: Iterable[BoundDiscrepancy],
    raw_dir: Path,
) -> tuple[Finding, ...]:
    grouped: dict[object, list[BoundDiscrepancy]] = {}
    for each in sorted(discrepancies, key=_gravity):
        cause = each.check_id if each.fault_number is None else each.fault_number
        grouped.setdefault(cause, []).append(each)
    checks = [each.check_id for found in grouped.values() for each in found]
    chosen = {"document": document_id, "checks": checks}
    things = {thing.key: thing for thing in select_all(connection, PrintedThing, PRINTED, chosen)}
    suspects = _suspects(connection, document_id, things)
    with closing(PageImages(connection, document_id, raw_dir)) as images:
        return tuple(
            Finding(
                number=number,
                discrepancies=tuple(found),
                suspects=tuple(suspects.get(cause, ())[:SUSPECTS_SHOWN]),
                is_located=found[0].is_located,
                places=_places(found[0], things, suspects.get(cause, ()), images),
            )
            for number, (cause, found) in enumerate(grouped.items(), start=1)
        )


def _gravity(discrepancy: Discrepancy) -> tuple[object, ...]:
    """The worst first: contradictions, then by how much is at stake."""
    difference = discrepancy.difference_yuan
    return (
        SEVERITY_ORDER[discrepancy.level],
        -abs(difference) if difference is not None else Decimal(0),
        discrepancy.file_name,
        discrepancy.identity_id,
        discrepancy.scope_key,
    )


def _suspects(
    connection: duckdb.DuckDBPyConnection, document_id: str, things: Mapping[str, PrintedThing]
) -> dict[object, list[Suspect]]:
    suspects: dict[object, list[Suspect]] = {}
    for row in select_rows(connection, SUSPECTS, [document_id]):
        if row["key"] in things:
            suspects.setdefault(row["fault_number"], []).append(
                Suspect(
                    rank=row["solution_rank"],
                    thing=things[row["key"]],
                    suggested=row["suggested_text"],
                    slip=row["slip"],
                    repaired_count=row["repaired_count"],
                    failing_count=row["failing_count"],
                )
            )
    return suspects


def _places(
    discrepancy: BoundDiscrepancy,
    things: Mapping[str, PrintedThing],
    suspects: Sequence[Suspect],
    images: PageImages,
) -> tuple[Place, ...]:
    """The likeliest culprit, or else the left side, and what it is to be compared with."""
    sides: dict[str, list[PrintedThing]] = {"left": [], "right": []}
    for term in discrepancy.terms:
        thing = things.get(term.figure_id)
        if thing is not None:
            sides[term.side].append(thing)
    involved = [*sides["left"], *sides["right"]]
    if not involved:
        return ()
    named = [suspect.thing for suspect in suspects[:1] if suspect.thing in involved]
    first = (named or involved)[0]
    others = sides["right"] if first in sides["left"] else sides["left"]
    second = next((thing for thing in others if thing != first and thing.printed.strip("0.")), None)
    picture = _picture(first, involved, images)
    if second is None:
        return (Place(first, picture),)
    if picture and _are_near(first, second):
        return (Place(first, picture, second),)
    return Place(first, picture), Place(second, _picture(second, involved, images))


def _are_near(one: PrintedThing, other: PrintedThing) -> bool:
    """Whether one picture shows both."""
    if one.page != other.page or one.box is None or other.box is None:
        return False
    across, down = abs(one.box[0] - other.box[0]), abs(one.box[1] - other.box[1])
    return across < NEAR_POINTS[0] and down < NEAR_POINTS[1]


def _picture(thing: PrintedThing, involved: Sequence[PrintedThing], images: PageImages) -> str:
    """The piece of the page around a thing, as a data URI; '' where the page cannot be drawn."""
    if thing.page is None or thing.box is None:
        return ""
    beside = [each.box for each in involved if each.page == thing.page and each.box is not None]
    try:
        picture = images.crop(thing.page, thing.box, beside)
    except NoPictureError:
        return ""
    stored = BytesIO()
    picture.quantize(64).save(stored, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stored.getvalue()).decode()
