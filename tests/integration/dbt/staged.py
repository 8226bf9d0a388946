"""Stages small invented disclosures straight into a warehouse, without any file to read.

Knows the staging schema and one way of filling it. Does not know what the marts make of it.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.paths import PROJECT_DIR

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: what it is called and what its columns print ('' = blank)."""

    code: str = ""
    label: str = ""
    line: str = ""
    printed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """One side of a printed form."""

    form: str
    rows: tuple[Row, ...] = ()
    section: str = ""
    unit: str = "万元"
    empty_statement: str = ""
    empty_statement_forms: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """Every column that a row fills or leaves blank, in printed order."""
        return tuple(dict.fromkeys(measure for row in self.rows for measure in row.printed))


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One invented document."""

    document_id: str
    forms: tuple[Form, ...]
    department: str = "虚构县档案局"
    file_kind: str = "docx"
    kind: str = "final_accounts"
    claims: tuple[tuple[str, str, str, str], ...] = ()


def stage(warehouse: Path, documents: tuple[Disclosed, ...]) -> None:
    """Write the documents into the staging schema of a new warehouse."""
    with duckdb.connect(str(warehouse)) as connection:
        schema = PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql"
        connection.execute(schema.read_text(encoding="utf-8"))
        for document in documents:
            _stage_document(connection, document)


def _stage_document(connection: duckdb.DuckDBPyConnection, document: Disclosed) -> None:
    document_id = document.document_id
    _insert(
        connection,
        "documents",
        document_id=document_id,
        sha256=document_id * 4,
        file_name=f"{document_id}.{document.file_kind}",
        file_kind=document.file_kind,
        page_count=9 if document.file_kind == "pdf" else None,
        department_name=document.department,
        region_code="431200",
        fiscal_year=2023,
        kind=document.kind,
        scope="department",
        evidence="{}",
        reader_version="1",
        loaded_at="2024-09-01",
    )
    for form in document.forms:
        _stage_form(connection, document, form)
    for index, (subject, kind, value, base) in enumerate(document.claims):
        _insert(
            connection,
            "claims",
            claim_id=f"{document_id}:{index}",
            document_id=document_id,
            claim_index=index,
            paragraph_index=0,
            part="narrative",
            section="政府采购",
            section_path="政府采购",
            subject=subject,
            item_label="",
            item_code="",
            group_label="",
            kind=kind,
            value_text=value,
            value=Decimal(value) * (YUAN["万元"] if kind == "amount" else 1),
            printed_scale=2,
            unit={"amount": "万元", "share": "%", "count": "辆"}[kind],
            is_unit_missing=False,
            direction="",
            base=base,
            base_text="",
            fund="",
            sentence="",
            reading="clear",
            reading_note="",
            page=None,
            cell_path="body/p[1]",
        )


def _stage_form(connection: duckdb.DuckDBPyConnection, document: Disclosed, form: Form) -> None:
    key = {"document_id": document.document_id, "form": form.form}
    sides = [each for each in document.forms if each.form == form.form]
    if form is sides[0]:
        _insert(
            connection,
            "forms",
            **key,
            title=form.form,
            number_text="",
            printed_unit=form.unit,
            entity_text="",
            note_text="",
            empty_statement=form.empty_statement,
            empty_statement_forms=form.empty_statement_forms,
            column_count=sum(len(side.measures) for side in sides),
            number_count=0,
            accounted_count=0,
            page=1,
            cell_path=None,
        )
    for index, measure in enumerate(form.measures):
        _insert(
            connection,
            "form_columns",
            **key,
            section=form.section,
            column_index=index,
            header_path=measure,
            measure=measure,
        )
    for index, row in enumerate(form.rows):
        _stage_row(connection, document, form, index, row)


def _stage_row(
    connection: duckdb.DuckDBPyConnection,
    document: Disclosed,
    form: Form,
    row_index: int,
    row: Row,
) -> None:
    key = {
        "document_id": document.document_id,
        "form": form.form,
        "section": form.section,
        "row_index": row_index,
        "row_code": row.code,
        "row_label": row.label,
        "line": row.line,
        "page": 1,
    }
    _insert(connection, "form_rows", **key, cell_path=None)
    for measure, text in row.printed.items():
        if not text:
            continue
        value = Decimal(text.replace(",", ""))
        _insert(
            connection,
            "figures",
            figure_id=":".join(
                (document.document_id, form.form, form.section, str(row_index), measure)
            ),
            **key,
            measure=measure,
            amount_text=text,
            amount_yuan=value * YUAN[form.unit],
            printed_unit=form.unit,
            printed_scale=len(text.partition(".")[2]),
            cell_path=None,
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    marks = ", ".join("?" for _ in values)
    connection.execute(
        f"insert into staging.{table} ({', '.join(values)}) values ({marks})",
        list(values.values()),
    )
