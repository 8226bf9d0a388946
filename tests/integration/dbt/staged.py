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
    """One row of a form: what it is called and what its columns print ('' = blank).

    What else it prints could not be used: why, and the text.
    """

    code: str = ""
    label: str = ""
    line: str = ""
    printed: dict[str, str] = field(default_factory=dict)
    unused: tuple[tuple[str, str], ...] = ()


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
class Stated:
    """One statement of the prose.

    Attributes:
        text: The number or word as printed; a change of less has a minus sign.
        whole: The ``subject`` and ``label`` of the statement that this one is a part of.
    """

    subject: str
    kind: str
    text: str
    base: str = ""
    direction: str = ""
    label: str = ""
    group: str = ""
    part: str = "narrative"
    paragraph: int = 0
    year: int | None = None
    whole: tuple[str, str] | None = None
    unit: str = ""
    reading: str = "clear"

    @property
    def printed_unit(self) -> str:
        """The unit that goes with the kind, where none is given."""
        units = {"amount": "万元", "change": "万元", "count": "辆"}
        per_cent = {"share", "completion", "growth", "rate"}
        return self.unit or units.get(self.kind, "%" if self.kind in per_cent else "")

    @property
    def value(self) -> Decimal | None:
        """The number in yuan or as such, None for words."""
        if self.kind in {"name", "comparison", "direction"}:
            return None
        return Decimal(self.text) * YUAN.get(self.printed_unit, Decimal(1))


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One invented document."""

    document_id: str
    forms: tuple[Form, ...]
    department: str = "虚构县档案局"
    region: str = "431200"
    file_kind: str = "docx"
    kind: str = "final_accounts"
    claims: tuple[Stated, ...] = ()
    # Kind and words of what is wrong with the text itself.
    text_findings: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    fiscal_year: int = 2023
    scope: str = "department"
    # Only documents whose files are there are held against each other.
    is_filed: bool = False


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
        region_code=document.region,
        fiscal_year=document.fiscal_year,
        kind=document.kind,
        scope=document.scope,
        evidence="{}",
        reader_version="1",
        loaded_at="2024-09-01",
    )
    if document.is_filed:
        _insert(
            connection,
            "files",
            file_path=document_id,
            file_name=document_id,
            sha256=document_id * 4,
            byte_count=1,
            modified_ns=1,
            status="read",
            reason="",
            message="",
            reader_version="1",
            seen_at="2024-09-01",
        )
    for form in document.forms:
        _stage_form(connection, document, form)
    _stage_prose(connection, document)


def _stage_prose(connection: duckdb.DuckDBPyConnection, document: Disclosed) -> None:
    place = {"page": None, "cell_path": "body/p[1]"}
    ids = {
        (claim.subject, claim.label): f"{document.document_id}:{index}"
        for index, claim in enumerate(document.claims)
    }
    for index, claim in enumerate(document.claims):
        _insert(
            connection,
            "claims",
            claim_id=f"{document.document_id}:{index}",
            document_id=document.document_id,
            claim_index=index,
            paragraph_index=claim.paragraph,
            part=claim.part,
            section="说明",
            section_path="说明",
            subject=claim.subject,
            item_label=claim.label,
            item_code="",
            group_label=claim.group,
            kind=claim.kind,
            value_text=claim.text.lstrip("-"),
            value=claim.value,
            printed_scale=None if claim.value is None else len(claim.text.partition(".")[2]),
            unit=claim.printed_unit,
            is_unit_missing=False,
            direction=claim.direction,
            base=claim.base,
            base_text="",
            year=claim.year,
            fund="",
            whole_claim_id=ids[claim.whole] if claim.whole else None,
            sentence=f"{claim.subject}{claim.text}。",
            reading=claim.reading,
            reading_note="",
            **place,
        )
    if document.claims:
        _insert(
            connection,
            "paragraphs",
            document_id=document.document_id,
            paragraph_index=0,
            part="narrative",
            section_path="说明",
            section_topic="",
            is_heading=False,
            text="说明",
            **place,
        )
    for index, unit in enumerate(document.units):
        _insert(
            connection,
            "department_facts",
            document_id=document.document_id,
            fact_index=index,
            fact="unit",
            of_body="",
            text=unit,
            sentence=unit,
            **place,
        )
    for index, (kind, printed) in enumerate(document.text_findings):
        _insert(
            connection,
            "text_findings",
            document_id=document.document_id,
            finding_index=index,
            kind=kind,
            rule=kind,
            printed=printed,
            expected="",
            sentence=printed,
            paragraph_index=0,
            **place,
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
    top = 20.0 * row_index
    _insert(connection, "form_rows", **key, bbox_top=top, bbox_bottom=top + 20, cell_path=None)
    for reason, text in row.unused:
        _insert(
            connection,
            "rejections",
            document_id=document.document_id,
            reason=reason,
            form=form.form,
            printed=text,
            detail="",
            page=1,
            bbox_top=top + 5,
            bbox_bottom=top + 15,
        )
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
