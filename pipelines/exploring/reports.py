"""What is wrong in documents as a page for people: each finding with the places it speaks of.

Knows which marts hold a finding and its places, and the templates that lay it out. Does not judge:
dbt and the audit have done so.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
from jinja2 import Environment, PackageLoader, select_autoescape

from pipelines.domain.languages import Language
from pipelines.exploring.discrepancies import BoundDiscrepancy, Discrepancy, with_terms
from pipelines.exploring.documents import DocumentState, list_documents
from pipelines.exploring.labels import Names
from pipelines.exploring.marts import select_rows
from pipelines.exploring.report_places import Place, PlaceViewer, PrintedThing, find_printed
from pipelines.exploring.sentences import finding_text, gap_text, side_text
from pipelines.exploring.source_files import NoPictureError

SUSPECTS = """
    select
        fault_number, solution_rank, solution_number, figure_id as key, suggested_text,
        if(cause = 'figures', slip, '') as slip, cause, place_count, repaired_count, failing_count
    from marts.fct_error_locations
    where document_id = ? and figure_id is not null and place_number = 1
    order by fault_number, solution_number, form, row_name
"""
SUSPECTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be the wrong one, and what it should read."""

    rank: int
    thing: PrintedThing
    suggested: str
    slip: str
    cause: str
    place_count: int
    repaired_count: int
    failing_count: int


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
    """A document and everything that is wrong in it.

    Attributes:
        document: The document.
        findings: What is wrong, the worst first.
        lacks: Why places could not be shown, a reason for each file; none where all are.
    """

    document: DocumentState
    findings: tuple[Finding, ...]
    lacks: tuple[NoPictureError, ...]


def report_documents(
    connection: duckdb.DuckDBPyConnection, discrepancies: Sequence[Discrepancy], raw_dir: Path
) -> list[DocumentReport]:
    """Gather what people need to check discrepancies by themselves, document by document.

    Args:
        connection: A warehouse with marts.
        discrepancies: What to report, what weighs most first.
        raw_dir: Where the published files lie, for the pictures; a file that has gone has none.
    """
    documents = {document.document_id: document for document in list_documents(connection)}
    by_document: dict[str, list[BoundDiscrepancy]] = {}
    for discrepancy in with_terms(connection, discrepancies):
        by_document.setdefault(discrepancy.document_id, []).append(discrepancy)
    reports = []
    for key, found in by_document.items():
        with closing(PlaceViewer(connection, raw_dir)) as viewer:
            findings = _findings(connection, key, found, viewer)
            reports.append(DocumentReport(documents[key], findings, tuple(viewer.lacks.values())))
    return reports


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
        reason=labels.reason,
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
    viewer: PlaceViewer,
) -> tuple[Finding, ...]:
    grouped: dict[object, list[BoundDiscrepancy]] = {}
    for each in discrepancies:
        cause = each.check_id if each.fault_number is None else each.fault_number
        grouped.setdefault(cause, []).append(each)
    terms = [term for found in grouped.values() for each in found for term in each.terms]
    printing = {document_id, *(term.document_id for term in terms)}
    things = find_printed(connection, printing, {term.figure_id for term in terms})
    suspects = _suspects(connection, document_id, things)
    return tuple(
        Finding(
            number=number,
            discrepancies=tuple(found),
            suspects=tuple(suspects.get(cause, ())[:SUSPECTS_SHOWN]),
            is_located=found[0].is_located,
            places=_places(found[0], things, suspects.get(cause, ()), viewer),
        )
        for number, (cause, found) in enumerate(grouped.items(), start=1)
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
                    cause=row["cause"],
                    place_count=row["place_count"],
                    repaired_count=row["repaired_count"],
                    failing_count=row["failing_count"],
                )
            )
    return suspects


def _places(
    discrepancy: BoundDiscrepancy,
    things: Mapping[str, PrintedThing],
    suspects: Sequence[Suspect],
    viewer: PlaceViewer,
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
    return viewer.side_by_side(first, second, involved)
