"""Turns a disclosure into rows of the staging tables, by columns.

Knows which staging table each part of a ``Disclosure`` goes to. Does not know how a disclosure
came about, nor how rows reach the warehouse. It runs where documents are read, in many processes,
and hands on what costs the one process that writes next to nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from pipelines.domain.disclosure import Disclosure, RejectionReason, StatedValue
from pipelines.domain.file_record import FileReason
from pipelines.domain.place import Place
from pipelines.normalising.function_paths import function_path
from pipelines.warehouse.keys import claim_ids, figure_ids
from pipelines.warehouse.rows import Columns, Value, arrow_rows, utc_now
from pipelines.warehouse.schema import staging_types

if TYPE_CHECKING:
    import pyarrow as pa

NO_BOX = (None, None, None, None)
PLACE: Callable[[object], Place] = attrgetter("place")


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document's rows, ready to be written.

    Attributes:
        sha256: Of its content.
        figure_count: How many figures it discloses.
        left_out: Why some of it was not read, if so.
        tables: Its rows by staging table; tables that it has none for are left out.
    """

    sha256: str
    figure_count: int
    left_out: FileReason
    tables: Mapping[str, "pa.Table"]

    @property
    def document_id(self) -> str:
        """Its key in the warehouse."""
        return self.sha256[:16]


def stage(disclosure: Disclosure, reader_version: str) -> StagedDocument:
    """The rows of a disclosure.

    Args:
        disclosure: What the document discloses.
        reader_version: The version that read it.

    Raises:
        UnstorableValueError: An amount cannot be stored exactly.
    """
    columns = {"documents": _document(disclosure, reader_version, utc_now())}
    for table, columns_of in PARTS.items():
        found = columns_of(disclosure)
        if count := len(next(iter(found.values()))):
            columns[table] = {"document_id": [disclosure.document_id] * count, **found}
    types = staging_types()
    return StagedDocument(
        sha256=disclosure.sha256,
        figure_count=len(disclosure.figures),
        left_out=FileReason.PICTURES if _has_textless_pages(disclosure) else FileReason.NONE,
        tables={table: arrow_rows(found, types[table]) for table, found in columns.items()},
    )


def _has_textless_pages(disclosure: Disclosure) -> bool:
    reasons = (rejection.reason for rejection in disclosure.rejections)
    return RejectionReason.TEXTLESS_PAGE in reasons


def _document(disclosure: Disclosure, reader_version: str, loaded_at: datetime) -> Columns:
    identification = disclosure.identification
    return {
        **_same([disclosure], "document_id", "sha256", "file_name", "file_kind", "page_count"),
        **_same([identification], "department_name", "region_code", "fiscal_year", "kind", "scope"),
        **_same([identification], "is_template"),
        "evidence": [json.dumps(identification.evidence, ensure_ascii=False)],
        "reader_version": [reader_version],
        "loaded_at": [loaded_at],
    }


def _forms(disclosure: Disclosure) -> Columns:
    forms = disclosure.forms
    return {
        **_same(forms, "table_index", "form", "resolved_by", "resolution", "reprint_of"),
        **_same(forms, "title", "number_text", "entity_text", "note_text"),
        **_same(forms, "empty_statement", "column_count", "number_count", "accounted_count"),
        "printed_unit": [form.unit or "" for form in forms],
        "empty_statement_forms": [",".join(form.empty_statement_forms) for form in forms],
        **_page_or_path(forms),
    }


def _form_columns(disclosure: Disclosure) -> Columns:
    columns = disclosure.columns
    return {
        **_same(columns, "table_index", "form", "section", "block", "column_index"),
        **_same(columns, "measure", "resolved_by"),
        "header_path": _paths(columns, "header_path"),
    }


def _form_rows(disclosure: Disclosure) -> Columns:
    rows = disclosure.rows
    return {
        **_same(rows, "table_index", "form", "section", "block", "row_index"),
        **_same(rows, "row_code", "row_label", "line", "is_label_doubtful"),
        "row_path": _paths(rows, "row_path"),
        **_box(rows),
    }


def _figures(disclosure: Disclosure) -> Columns:
    figures = disclosure.figures
    rows = [figure.row for figure in figures]
    columns = [figure.column for figure in figures]
    titles = {form.table_index: form.title for form in disclosure.forms}
    return {
        "figure_id": figure_ids(disclosure),
        **_same(rows, "table_index", "block", "row_index", "row_code", "row_label", "line"),
        **_same(columns, "column_index"),
        **_same(figures, "form", "section", "measure", "resolved_by"),
        "title": [titles[row.table_index] for row in rows],
        "header_path": _paths(columns, "header_path"),
        "row_path": _paths(rows, "row_path"),
        "amount_text": [figure.text for figure in figures],
        "amount_yuan": [figure.yuan for figure in figures],
        "printed_unit": [figure.unit or "" for figure in figures],
        "printed_scale": [figure.scale for figure in figures],
        "reading_text": [figure.reading for figure in figures],
        "is_doubtful": [figure.is_doubtful for figure in figures],
        **_box(figures),
    }


def _furniture(disclosure: Disclosure) -> Columns:
    numbers = disclosure.furniture
    return {
        **_same(numbers, "table_index", "form", "section", "kind", "position", "number_text"),
        **_page_or_path(numbers),
    }


def _paragraphs(disclosure: Disclosure) -> Columns:
    paragraphs = disclosure.paragraphs
    return {
        "paragraph_index": [paragraph.index for paragraph in paragraphs],
        "section_topic": [paragraph.topic for paragraph in paragraphs],
        **_same(paragraphs, "part", "section_path", "is_heading", "text"),
        **_page_or_path(paragraphs),
    }


def _claims(disclosure: Disclosure) -> Columns:
    claims = disclosure.claims
    ids = claim_ids(disclosure)
    by_index: dict[int | None, str] = {
        claim.claim_index: key for key, claim in zip(ids, claims, strict=True)
    }
    paths = [function_path(claim.topic, claim.item, claim.item_label) for claim in claims]
    return {
        "claim_id": ids,
        **_same(claims, "claim_index", "paragraph_index", "part", "section_path"),
        **_same(claims, "topic", "item", "role", "item_label", "item_code", "group_label"),
        **_same(paths, "lei", "kuan", "xiang", "level"),
        **_same(claims, "kind", "value", "value_text", "unit"),
        **_same(claims, "is_unit_missing", "direction", "base", "base_text", "year"),
        **_same(claims, "comparison_year", "fund", "sentence", "reading", "reading_note"),
        "section": [claim.section_path[-1] if claim.section_path else "" for claim in claims],
        "printed_scale": [claim.scale for claim in claims],
        "text_begin": [claim.begin for claim in claims],
        "text_end": [claim.end for claim in claims],
        # A part is always said after its whole, and in the same document.
        "whole_claim_id": [
            None if claim.whole_index is None else by_index[claim.whole_index] for claim in claims
        ],
        **_box(claims),
    }


def _prose_furniture(disclosure: Disclosure) -> Columns:
    numbers = disclosure.prose_furniture
    return {
        **_same(numbers, "paragraph_index", "kind", "number_text"),
        "text_begin": [number.begin for number in numbers],
        **_box(numbers),
    }


def _definitions(disclosure: Disclosure) -> Columns:
    definitions = disclosure.definitions
    return {
        "definition_index": [definition.index for definition in definitions],
        **_same(definitions, "term", "text"),
        **_page_or_path(definitions),
    }


def _department_facts(disclosure: Disclosure) -> Columns:
    facts = disclosure.department_facts
    return {
        "fact_index": [fact.index for fact in facts],
        "of_body": [fact.of for fact in facts],
        **_same(facts, "fact", "text", "sentence"),
        **_page_or_path(facts),
    }


def _performance_indicators(disclosure: Disclosure) -> Columns:
    indicators = disclosure.performance_indicators
    targets = [indicator.target for indicator in indicators]
    achieved = [indicator.achieved for indicator in indicators]
    return {
        **_same(indicators, "table_index", "row_index", "project_name", "unit_name"),
        **_same(indicators, "indicator_class", "indicator_type", "indicator_name"),
        **_same(indicators, "weight", "score"),
        **_stated("target", targets),
        "target_comparator": [stated.comparator for stated in targets],
        **_stated("achieved", achieved),
        **_page_or_path(indicators),
    }


def _text_findings(disclosure: Disclosure) -> Columns:
    findings = disclosure.text_findings
    return {
        "finding_index": list(range(len(findings))),
        **_same(findings, "kind", "rule", "printed", "expected", "sentence", "paragraph_index"),
        **_page_or_path(findings),
    }


def _cell_readings(disclosure: Disclosure) -> Columns:
    cells = disclosure.recognised_cells
    ids = figure_ids(disclosure) if cells else []
    read = [
        (index, cell, rank, candidate)
        for index, cell in enumerate(cells)
        for rank, candidate in enumerate(cell.candidates, start=1)
    ]
    candidates = [candidate for *_, candidate in read]
    return {
        "cell_index": [index for index, *_ in read],
        "figure_id": [
            "" if cell.figure_index is None else ids[cell.figure_index] for _, cell, *_ in read
        ],
        "is_doubtful": [cell.is_doubtful for _, cell, *_ in read],
        "rank": [rank for _, _, rank, _ in read],
        "reading_text": [candidate.raw for candidate in candidates],
        "amount_text": [candidate.text for candidate in candidates],
        "amount_yuan": [candidate.yuan for candidate in candidates],
        **_same(candidates, "confidence", "recogniser"),
        **_box([cell for _, cell, *_ in read]),
    }


def _pictured_pages(disclosure: Disclosure) -> Columns:
    pages = disclosure.pictured_pages
    return {"page": [page.number for page in pages], **_same(pages, "turn")}


def _rejections(disclosure: Disclosure) -> Columns:
    rejections = disclosure.rejections
    return {
        **_same(rejections, "table_index", "reason", "form", "printed", "detail"),
        **_box(rejections),
    }


ColumnsOf: TypeAlias = Callable[[Disclosure], Columns]
# What is staged of a document beside itself.
PARTS: Mapping[str, ColumnsOf] = {
    "forms": _forms,
    "form_columns": _form_columns,
    "form_rows": _form_rows,
    "figures": _figures,
    "furniture": _furniture,
    "paragraphs": _paragraphs,
    "claims": _claims,
    "prose_furniture": _prose_furniture,
    "definitions": _definitions,
    "department_facts": _department_facts,
    "performance_indicators": _performance_indicators,
    "text_findings": _text_findings,
    "cell_readings": _cell_readings,
    "pictured_pages": _pictured_pages,
    "rejections": _rejections,
}
DOCUMENT_TABLES = ("documents", *PARTS)


def _same(values: Sequence[object], *names: str) -> dict[str, list[Value]]:
    """The fields of values that have columns of the same name."""
    return {name: list(map(attrgetter(name), values)) for name in names}


def _stated(prefix: str, values: Sequence[StatedValue]) -> dict[str, list[Value]]:
    """The fields of stated values in columns whose names begin alike."""
    same = _same(values, "text", "value", "unit")
    return {f"{prefix}_{name}": column for name, column in same.items()}


def _paths(values: Sequence[object], name: str) -> list[str]:
    """The levels of headers or of rows' labels, each as one text."""
    return ["/".join(levels) for levels in map(attrgetter(name), values)]


def _page_or_path(values: Sequence[object]) -> dict[str, list[Value]]:
    places = list(map(PLACE, values))
    return {
        "page": [place.page for place in places],
        "cell_path": [place.path for place in places],
    }


def _box(values: Sequence[object]) -> dict[str, list[Value]]:
    boxes = [place.bbox or NO_BOX for place in map(PLACE, values)]
    x0, top, x1, bottom = map(list, zip(*boxes, strict=True)) if boxes else ([], [], [], [])
    return {
        **_page_or_path(values),
        "bbox_x0": x0,
        "bbox_top": top,
        "bbox_x1": x1,
        "bbox_bottom": bottom,
    }
