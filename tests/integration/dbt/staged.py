"""Stages small invented disclosures straight into a warehouse, without any file to read.

Knows the staging schema and one way of filling it. Does not know what the marts make of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import duckdb

from pipelines.normalising.function_paths import function_path
from pipelines.warehouse.form_catalogue import store_form_catalogue
from pipelines.warehouse.rows import insert_rows
from tests.paths import PROJECT_DIR

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
LOADED_AT = datetime(2024, 9, 1)  # noqa: DTZ001 - in UTC, as the warehouse has it


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is called and what its columns print ('' = blank).

    Columns are called by their measure, those without one by their header with a ? before it.
    What else a row prints could not be used: why, and the text. Where columns have no measure, a
    row may name its own.
    """

    code: str = ""
    label: str = ""
    line: str = ""
    printed: dict[str, str] = field(default_factory=dict)
    unused: tuple[tuple[str, str], ...] = ()
    path: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One side of a printed table. Sides of one form, or of one title, make one table.

    Attributes:
        form: Canonical form, '' for a table that nobody could name.
        unit: The unit of its amounts, '' where nothing says it or they are no money.
        headers: What heads columns, where it is not their name.
    """

    form: str
    rows: tuple[Row, ...] = ()
    section: str = ""
    unit: str = "万元"
    empty_statement: str = ""
    empty_statement_forms: str = ""
    title: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> tuple[str, str]:
        """What it shares with the other sides of its table."""
        return self.form, self.title or self.form

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a row fills or leaves blank, in printed order."""
        return tuple(dict.fromkeys(column for row in self.rows for column in row.printed))

    @property
    def printed_count(self) -> int:
        """How many numbers it prints that are figures."""
        return sum(bool(text) for row in self.rows for text in row.printed.values())

    @property
    def unused_count(self) -> int:
        """How many numbers it prints that could not be used."""
        return sum(len(row.unused) for row in self.rows)

    def described(self, column: str) -> dict[str, str]:
        """Header, measure, and what gave it the measure, of a column."""
        measure = "" if column.startswith("?") else column
        header = self.headers.get(column, column.removeprefix("?"))
        return {
            "header_path": header,
            "measure": measure,
            "resolved_by": "words" if measure else "",
        }


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of the prose.

    Attributes:
        text: The number or word as printed; a change of less has a minus sign.
        sentence: The whole sentence, where its other words matter.
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
    sentence: str = ""
    code: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """Topic, item and role of the subject."""
        topic, _, rest = self.subject.partition(".")
        item, _, role = rest.rpartition(".")
        return topic, item, role

    @property
    def printed_unit(self) -> str:
        """The unit that goes with the kind, where none is given."""
        units = {"amount": "万元", "change": "万元", "count": "辆"}
        per_cent = {"share", "completion", "growth", "rate"}
        return self.unit or units.get(self.kind, "%" if self.kind in per_cent else "")

    @property
    def value(self) -> Decimal | None:
        """The number in yuan or as such, None for words."""
        if self.kind in {"name", "comparison", "direction", "grade"}:
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
    # '' calls the file by its document's id.
    file_name: str = ""
    kind: str | None = "final_accounts"
    claims: tuple[Stated, ...] = ()
    # Kind and text of the numbers of the prose that state no value.
    prose_furniture: tuple[tuple[str, str], ...] = ()
    # The text of the paragraph that claims stand in.
    prose: str = "说明"
    part: str = "narrative"
    # Kind and words of what is wrong with the text itself.
    text_findings: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    fiscal_year: int | None = 2023
    scope: str = "department"
    # Only documents whose files are there are held against each other.
    is_filed: bool = False
    # Amounts that stand in no table.
    loose: tuple[str, ...] = ()

    def place_of(self, text: str, index: int) -> int:
        """Where a number or word stands in the prose; what it does not say stands alone."""
        found = self.prose.find(text)
        return len(self.prose) + 100 * index if found < 0 else found


# Rows by the table and the columns that they are of.
Rows: TypeAlias = dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]]


def stage(warehouse: Path, documents: tuple[Disclosed, ...]) -> None:
    """Write the documents into the staging schema of a new warehouse."""
    with duckdb.connect(str(warehouse)) as connection:
        create_staging(connection)
        stage_documents(connection, documents)


def create_staging(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the staging tables, empty but for the catalogue of forms."""
    schema = PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql"
    connection.execute(schema.read_text(encoding="utf-8"))
    store_form_catalogue(connection)


def stage_documents(connection: duckdb.DuckDBPyConnection, documents: Iterable[Disclosed]) -> None:
    """Write documents into the staging tables."""
    rows: Rows = defaultdict(list)
    for document in documents:
        _stage_document(rows, document)
    connection.begin()
    for (table, columns), inserted in rows.items():
        insert_rows(
            connection,
            f"staging.{table}",
            [dict(zip(columns, row, strict=True)) for row in inserted],
        )
    connection.commit()


def _stage_document(rows: Rows, document: Disclosed) -> None:
    document_id = document.document_id
    _insert(
        rows,
        "documents",
        document_id=document_id,
        sha256=document_id * 4,
        file_name=document.file_name or f"{document_id}.{document.file_kind}",
        file_kind=document.file_kind,
        page_count=9 if document.file_kind == "pdf" else None,
        department_name=document.department,
        region_code=document.region,
        fiscal_year=document.fiscal_year,
        kind=document.kind,
        scope=document.scope,
        is_template=False,
        evidence="{}",
        reader_version="1",
        loaded_at=LOADED_AT,
    )
    if document.is_filed:
        _insert(
            rows,
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
            seen_at=LOADED_AT,
        )
    for index, table in enumerate(dict.fromkeys(form.table for form in document.forms)):
        sides = tuple(form for form in document.forms if form.table == table)
        _stage_table(rows, document_id, index, sides)
    for text in document.loose:
        _insert(
            rows,
            "rejections",
            document_id=document_id,
            reason="outside_table",
            form="",
            printed=text,
            detail="",
        )
    _stage_prose(rows, document)


def _stage_prose(rows: Rows, document: Disclosed) -> None:
    place = {"page": None, "cell_path": "body/p[1]"}
    ids = {
        (claim.subject, claim.label): f"{document.document_id}:{index}"
        for index, claim in enumerate(document.claims)
    }
    for index, claim in enumerate(document.claims):
        topic, item, role = claim.parts
        _insert(
            rows,
            "claims",
            claim_id=f"{document.document_id}:{index}",
            document_id=document.document_id,
            claim_index=index,
            paragraph_index=claim.paragraph,
            part=claim.part,
            section="说明",
            section_path=["说明"],
            topic=topic,
            item=item,
            role=role,
            item_label=claim.label,
            **asdict(function_path(topic, item, claim.label)),
            item_code=claim.code,
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
            sentence=claim.sentence or f"{claim.subject}{claim.text}。",
            text_begin=(begin := document.place_of(claim.text.lstrip("-"), index)),
            text_end=begin + len(claim.text.lstrip("-")),
            reading=claim.reading,
            reading_note="",
            **place,
        )
    for index, (kind, text) in enumerate(document.prose_furniture):
        _insert(
            rows,
            "prose_furniture",
            document_id=document.document_id,
            paragraph_index=0,
            kind=kind,
            number_text=text,
            text_begin=document.place_of(text, index),
            **place,
        )
    if document.claims:
        _insert(
            rows,
            "paragraphs",
            document_id=document.document_id,
            paragraph_index=0,
            part=document.part,
            section_path=["说明"],
            section_topic="",
            is_heading=False,
            text=document.prose,
            **place,
        )
    for index, unit in enumerate(document.units):
        _insert(
            rows,
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
            rows,
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


def _stage_table(
    rows: Rows,
    document_id: str,
    table_index: int,
    sides: tuple[Form, ...],
) -> None:
    first = sides[0]
    printed = sum(side.printed_count for side in sides)
    key = {"document_id": document_id, "table_index": table_index, "form": first.form}
    _insert(
        rows,
        "forms",
        **key,
        resolved_by="words" if first.form else "",
        resolution="",
        reprint_of="",
        title=first.title or first.form,
        number_text="",
        printed_unit=first.unit,
        entity_text="",
        note_text="",
        empty_statement=first.empty_statement,
        empty_statement_forms=first.empty_statement_forms,
        column_count=sum(len(side.columns) for side in sides),
        number_count=printed + sum(side.unused_count for side in sides),
        accounted_count=printed,
        page=1,
        cell_path=None,
    )
    row_index = column_index = 0
    for block, side in enumerate(sides):
        place = {**key, "section": side.section, "block": block}
        indices = {name: column_index + index for index, name in enumerate(side.columns)}
        for name, index in indices.items():
            _insert(
                rows,
                "form_columns",
                **place,
                column_index=index,
                **side.described(name),
            )
        for row in side.rows:
            _stage_row(rows, {**place, "row_index": row_index}, side, row, indices)
            row_index += 1
        column_index += len(indices)


def _stage_row(
    rows: Rows,
    place: dict[str, object],
    side: Form,
    row: Row,
    column_indices: dict[str, int],
) -> None:
    key = {
        **place,
        "row_code": row.code,
        "row_label": row.label,
        "row_path": row.path or row.label,
        "line": row.line,
        "page": 1,
    }
    top = 20.0 * int(str(place["row_index"]))
    box = {"bbox_top": top, "bbox_bottom": top + 20, "cell_path": None}
    _insert(rows, "form_rows", **key, is_label_doubtful=False, **box)
    for reason, text in row.unused:
        _insert(
            rows,
            "rejections",
            document_id=place["document_id"],
            table_index=place["table_index"],
            reason=reason,
            form=side.form,
            printed=text,
            detail="",
            page=1,
            bbox_top=top + 5,
            bbox_bottom=top + 15,
        )
    for column, text in row.printed.items():
        if text:
            _insert(
                rows,
                "figures",
                figure_id=":".join(
                    (
                        str(place["document_id"]),
                        side.form or f"?{side.title}",
                        side.section,
                        str(place["row_index"]),
                        column,
                    )
                ),
                **key,
                column_index=column_indices[column],
                title=side.title or side.form,
                **side.described(column) | ({"measure": row.measure} if row.measure else {}),
                **_amount(side.unit, text),
                cell_path=None,
            )


def _amount(unit: str, text: str) -> dict[str, object]:
    """What is staged of a number; one with a question mark was read in a picture, and in doubt."""
    is_doubtful = text.endswith("?")
    printed = text.removesuffix("?")
    is_money = bool(unit) and not printed.endswith("%")
    number = printed.replace(",", "").rstrip("%")
    return {
        "amount_text": printed,
        "amount_yuan": Decimal(number) * YUAN[unit] if is_money and not is_doubtful else None,
        "printed_unit": unit if is_money else "",
        "printed_scale": len(number.partition(".")[2]),
        "reading_text": printed if is_doubtful else "",
        "is_doubtful": is_doubtful,
    }


def _insert(rows: Rows, table: str, **values: object) -> None:
    rows[table, tuple(values)].append(tuple(values.values()))
