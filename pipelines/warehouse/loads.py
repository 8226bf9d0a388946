"""Writes disclosures to staging: one transaction a document, and loading again replaces.

Knows which staging table each part of a ``Disclosure`` goes to. Does not know how a disclosure
came about, nor what dbt makes of it.
"""

import json
from collections.abc import Iterator
from datetime import datetime

import duckdb

from pipelines.domain.disclosure import Disclosure
from pipelines.domain.place import Place
from pipelines.normalising.function_paths import function_path
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.keys import claim_ids, figure_ids
from pipelines.warehouse.rows import Row, Value, insert_rows, utc_now

DOCUMENT_TABLES = (
    "documents",
    "forms",
    "form_columns",
    "form_rows",
    "figures",
    "furniture",
    "paragraphs",
    "claims",
    "prose_furniture",
    "definitions",
    "department_facts",
    "text_findings",
    "rejections",
)
# What auditing found out about a reading, which is forgotten together with it.
AUDIT_TABLES = ("second_readings", "error_locations", "audited_documents")


def replace_document(
    connection: duckdb.DuckDBPyConnection, disclosure: Disclosure, reader_version: str
) -> None:
    """Store a disclosure in place of whatever is stored for the same document.

    Args:
        connection: The warehouse, outside any transaction.
        disclosure: What the document discloses.
        reader_version: The version that read it.

    Raises:
        UnstorableValueError: An amount cannot be stored exactly; nothing was changed.
    """
    with transaction(connection):
        write_document(connection, disclosure, reader_version)


def write_document(
    connection: duckdb.DuckDBPyConnection, disclosure: Disclosure, reader_version: str
) -> None:
    """Do what ``replace_document`` does, inside a transaction of the caller's."""
    remove_document(connection, disclosure.document_id)
    for table, rows in _staged(disclosure, reader_version, utc_now()):
        insert_rows(connection, f"staging.{table}", rows)


def forget_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> None:
    """Remove a document and everything read from it; one that is not stored is fine."""
    with transaction(connection):
        remove_document(connection, document_id)


def remove_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> None:
    """Do what ``forget_document`` does, inside a transaction of the caller's."""
    stored = connection.execute(
        "select count(*) from staging.documents where document_id = ?", [document_id]
    ).fetchone()
    # The other tables are large and not indexed: they are searched only when there is something.
    if stored is None or not stored[0]:
        return
    for table in (*DOCUMENT_TABLES, *AUDIT_TABLES):
        delete = f"delete from staging.{table} where document_id = ?"  # noqa: S608
        connection.execute(delete, [document_id])


def loaded_documents(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The reader version of every document in the warehouse, by the sha256 of its content."""
    found = connection.execute("select sha256, reader_version from staging.documents")
    return dict(found.fetchall())


def _staged(
    disclosure: Disclosure, reader_version: str, loaded_at: datetime
) -> Iterator[tuple[str, list[Row]]]:
    yield "documents", [_document_row(disclosure, reader_version, loaded_at)]
    for table, rows in (
        ("forms", _form_rows(disclosure)),
        ("form_columns", _column_rows(disclosure)),
        ("form_rows", _body_rows(disclosure)),
        ("figures", _figure_rows(disclosure)),
        ("furniture", _furniture_rows(disclosure)),
        ("paragraphs", _paragraph_rows(disclosure)),
        ("claims", _claim_rows(disclosure)),
        ("prose_furniture", _prose_furniture_rows(disclosure)),
        ("definitions", _definition_rows(disclosure)),
        ("department_facts", _department_fact_rows(disclosure)),
        ("text_findings", _text_finding_rows(disclosure)),
        ("rejections", _rejection_rows(disclosure)),
    ):
        yield table, [{"document_id": disclosure.document_id, **row} for row in rows]


def _document_row(disclosure: Disclosure, reader_version: str, loaded_at: datetime) -> Row:
    identification = disclosure.identification
    return {
        "document_id": disclosure.document_id,
        "sha256": disclosure.sha256,
        "file_name": disclosure.file_name,
        "file_kind": disclosure.file_kind,
        "page_count": disclosure.page_count,
        "department_name": identification.department_name,
        "region_code": identification.region_code,
        "fiscal_year": identification.fiscal_year,
        "kind": identification.kind,
        "scope": identification.scope,
        "evidence": json.dumps(identification.evidence, ensure_ascii=False),
        "reader_version": reader_version,
        "loaded_at": loaded_at,
    }


def _form_rows(disclosure: Disclosure) -> Iterator[Row]:
    for form in disclosure.forms:
        yield {
            **_same(form, "table_index", "form", "resolved_by", "resolution"),
            **_same(form, "title", "number_text", "entity_text", "note_text"),
            **_same(form, "empty_statement", "column_count", "number_count", "accounted_count"),
            "printed_unit": form.unit or "",
            "empty_statement_forms": ",".join(form.empty_statement_forms),
            **_page_or_path(form.place),
        }


def _column_rows(disclosure: Disclosure) -> Iterator[Row]:
    for column in disclosure.columns:
        yield {
            **_same(column, "table_index", "form", "section", "block", "column_index"),
            **_same(column, "measure", "resolved_by"),
            "header_path": _path(column.header_path),
        }


def _body_rows(disclosure: Disclosure) -> Iterator[Row]:
    for row in disclosure.rows:
        yield {
            **_same(row, "table_index", "form", "section", "block", "row_index"),
            **_same(row, "row_code", "row_label", "line"),
            "row_path": _path(row.row_path),
            **_box(row.place),
        }


def _figure_rows(disclosure: Disclosure) -> Iterator[Row]:
    titles = {form.table_index: form.title for form in disclosure.forms}
    for figure_id, figure in zip(figure_ids(disclosure), disclosure.figures, strict=True):
        yield {
            "figure_id": figure_id,
            **_same(figure.row, "table_index", "block", "row_index"),
            **_same(figure, "form", "section"),
            "column_index": figure.column.column_index,
            "title": titles[figure.row.table_index],
            "header_path": _path(figure.column.header_path),
            "row_path": _path(figure.row.row_path),
            **_same(figure.row, "row_code", "row_label", "line"),
            **_same(figure, "measure", "resolved_by"),
            "amount_text": figure.text,
            "amount_yuan": figure.yuan,
            "printed_unit": figure.unit or "",
            "printed_scale": figure.scale,
            **_box(figure.place),
        }


def _furniture_rows(disclosure: Disclosure) -> Iterator[Row]:
    for number in disclosure.furniture:
        yield {
            **_same(number, "table_index", "form", "section", "kind", "position", "number_text"),
            **_page_or_path(number.place),
        }


def _paragraph_rows(disclosure: Disclosure) -> Iterator[Row]:
    for paragraph in disclosure.paragraphs:
        yield {
            "paragraph_index": paragraph.index,
            "part": paragraph.part,
            "section_path": paragraph.section_path,
            "section_topic": paragraph.topic,
            "is_heading": paragraph.is_heading,
            "text": paragraph.text,
            **_page_or_path(paragraph.place),
        }


def _claim_rows(disclosure: Disclosure) -> Iterator[Row]:
    ids = claim_ids(disclosure)
    by_index = {claim.claim_index: key for key, claim in zip(ids, disclosure.claims, strict=True)}
    for claim_id, claim in zip(ids, disclosure.claims, strict=True):
        whole = claim.whole_index
        path = function_path(claim.topic, claim.item, claim.item_label)
        yield {
            "claim_id": claim_id,
            **_same(claim, "claim_index", "paragraph_index", "part", "section_path"),
            **_same(claim, "topic", "item", "role", "item_label", "item_code", "group_label"),
            **_same(path, "lei", "kuan", "xiang", "level"),
            **_same(claim, "kind", "value", "value_text", "unit"),
            **_same(claim, "is_unit_missing", "direction", "base", "base_text", "year"),
            **_same(claim, "comparison_year", "fund", "sentence", "reading", "reading_note"),
            "section": claim.section_path[-1] if claim.section_path else "",
            "printed_scale": claim.scale,
            "text_begin": claim.begin,
            "text_end": claim.end,
            "whole_claim_id": None if whole is None else by_index[whole],
            **_box(claim.place),
        }


def _prose_furniture_rows(disclosure: Disclosure) -> Iterator[Row]:
    for number in disclosure.prose_furniture:
        yield {
            **_same(number, "paragraph_index", "kind", "number_text"),
            "text_begin": number.begin,
            **_box(number.place),
        }


def _definition_rows(disclosure: Disclosure) -> Iterator[Row]:
    for definition in disclosure.definitions:
        yield {
            "definition_index": definition.index,
            **_same(definition, "term", "text"),
            **_page_or_path(definition.place),
        }


def _department_fact_rows(disclosure: Disclosure) -> Iterator[Row]:
    for fact in disclosure.department_facts:
        yield {
            "fact_index": fact.index,
            "of_body": fact.of,
            **_same(fact, "fact", "text", "sentence"),
            **_page_or_path(fact.place),
        }


def _text_finding_rows(disclosure: Disclosure) -> Iterator[Row]:
    for index, finding in enumerate(disclosure.text_findings):
        yield {
            "finding_index": index,
            **_same(finding, "kind", "rule", "printed", "expected", "sentence", "paragraph_index"),
            **_page_or_path(finding.place),
        }


def _rejection_rows(disclosure: Disclosure) -> Iterator[Row]:
    for rejection in disclosure.rejections:
        yield {
            **_same(rejection, "table_index", "reason", "form", "printed", "detail"),
            **_box(rejection.place),
        }


def _same(value: object, *names: str) -> dict[str, Value]:
    """The fields of a value that have columns of the same name."""
    return {name: getattr(value, name) for name in names}


def _path(levels: tuple[str, ...]) -> str:
    """The levels of a header or of a row's labels as one text."""
    return "/".join(levels)


def _page_or_path(place: Place) -> dict[str, Value]:
    return {"page": place.page, "cell_path": place.path}


def _box(place: Place) -> dict[str, Value]:
    x0, top, x1, bottom = place.bbox or (None, None, None, None)
    return {
        **_page_or_path(place),
        "bbox_x0": x0,
        "bbox_top": top,
        "bbox_x1": x1,
        "bbox_bottom": bottom,
    }
