"""Small disclosures made by hand, for tests of what happens after reading."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import (
    Candidate,
    Claim,
    ClaimKind,
    Definition,
    DepartmentFact,
    Disclosure,
    DocumentKind,
    Figure,
    FormColumn,
    FormPrinting,
    FormRow,
    Furniture,
    FurnitureKind,
    Identification,
    NarrativeParagraph,
    Part,
    PerformanceIndicator,
    ProseFurniture,
    ProseFurnitureKind,
    RecognisedCell,
    Rejection,
    RejectionReason,
    ResolvedBy,
    Scope,
    StatedValue,
    TextFinding,
)
from pipelines.domain.document import PicturedPage
from pipelines.domain.place import Place

PAGE = Place(page=3, bbox=(10.0, 20.0, 30.0, 40.0))
CELL = Place(path="body/tbl[1]/tr[2]/tc[3]")


def made_figure(
    row_index: int = 0,
    row_code: str = "2010301",
    row_label: str = "行政运行",
    measure: str = "total",
    text: str = "12.30",
    place: Place = PAGE,
) -> Figure:
    """A figure of the expenditure form, in 万元; one without a measure is of no form."""
    resolved_by = ResolvedBy.WORDS if measure else ResolvedBy.NOTHING
    return Figure(
        row=made_row(row_index, row_code, row_label),
        column=made_column(measure),
        measure=measure,
        resolved_by=resolved_by,
        text=text,
        value=Decimal(text.replace(",", "")),
        unit=PrintedUnit.WAN_YUAN,
        place=place,
    )


def made_row(row_index: int, row_code: str, row_label: str) -> FormRow:
    """A row of the expenditure form."""
    return FormRow(
        table_index=0,
        form="expenditure",
        section="",
        block=0,
        row_index=row_index,
        row_code=row_code,
        row_label=row_label,
        row_path=(row_label,),
        line="",
        place=CELL,
    )


def made_column(measure: str = "total") -> FormColumn:
    """A column of the expenditure form."""
    return FormColumn(
        table_index=0,
        form="expenditure",
        section="",
        block=0,
        column_index=2,
        header_path=("本年支出合计",),
        measure=measure,
        resolved_by=ResolvedBy.WORDS if measure else ResolvedBy.NOTHING,
    )


def made_claim(text: str = "3.20", subject: str = "procurement.goods.actual") -> Claim:
    """A claim of an amount in 万元."""
    topic, item, role = subject.split(".")
    return Claim(
        claim_index=0,
        paragraph_index=0,
        part=Part.NARRATIVE,
        section_path=("政府采购支出情况",),
        topic=topic,
        item=item,
        role=role,
        kind=ClaimKind.AMOUNT,
        value_text=text,
        value=Decimal(text) * 10_000,
        scale=2,
        unit="万元",
        sentence=f"其中货物支出{text}万元。",
        place=CELL,
    )


def made_disclosure(
    content: str = "content",
    file_name: str = "决算.pdf",
    figures: tuple[Figure, ...] = (made_figure(),),
    rows: tuple[FormRow, ...] = (),
    claims: tuple[Claim, ...] = (made_claim(),),
) -> Disclosure:
    """A disclosure with something in every part of it; rows not given are those of its figures."""
    printed = {figure.row.row_index: figure.row for figure in figures}
    printed |= {row.row_index: row for row in rows}
    return Disclosure(
        sha256=sha256(content.encode()).hexdigest(),
        file_name=file_name,
        file_kind="pdf",
        page_count=8,
        identification=Identification(
            department_name="某县水利局",
            region_code="430000",
            fiscal_year=2023,
            kind=DocumentKind.FINAL_ACCOUNTS,
            scope=Scope.DEPARTMENT,
            evidence={"fiscal_year": "2023年度部门决算"},
        ),
        forms=(
            FormPrinting(
                table_index=0,
                form="expenditure",
                resolved_by=ResolvedBy.WORDS,
                resolution="titled 支出决算表",
                reprint_of="",
                title="支出决算表",
                number_text="公开03表",
                unit=PrintedUnit.WAN_YUAN,
                entity_text="某县水利局",
                note_text="",
                empty_statement="",
                empty_statement_forms=(),
                column_count=6,
                number_count=2,
                accounted_count=2,
                place=PAGE,
            ),
        ),
        columns=(made_column(),),
        rows=tuple(printed.values()),
        figures=figures,
        furniture=(Furniture(0, "expenditure", "", FurnitureKind.COLUMN_NUMBER, 2, "1", PAGE),),
        paragraphs=(NarrativeParagraph(0, ("第三部分", "一、收入"), "收入合计。", CELL),),
        claims=tuple(replace(claim, claim_index=n) for n, claim in enumerate(claims)),
        prose_furniture=(ProseFurniture(0, ProseFurnitureKind.DATE, "2023", 0, CELL),),
        definitions=(Definition(0, "基本支出", "为保障机构运转的支出。", CELL),),
        department_facts=(DepartmentFact(0, "office", "", "办公室", "内设办公室。", CELL),),
        performance_indicators=(
            PerformanceIndicator(
                0,
                0,
                "水表改造",
                "",
                "产出指标",
                "数量指标",
                "改造水表",
                StatedValue("≥1200只", ">=", Decimal(1200), "只"),
                StatedValue("1180只", "", Decimal(1180), "只"),
                Decimal(40),
                Decimal("38.5"),
                CELL,
            ),
        ),
        text_findings=(TextFinding("placeholder", "crosses", "XX", "", "支出XX万元。", 0, CELL),),
        rejections=(
            Rejection(
                RejectionReason.UNREADABLE_AMOUNT, "expenditure", "1.2.3", "no number", PAGE, 0
            ),
        ),
        recognised_cells=(
            RecognisedCell(
                None,
                is_doubtful=False,
                candidates=(Candidate("行政", "行政", None, 1.0, "one"),),
                place=PAGE,
            ),
        ),
        pictured_pages=(PicturedPage(3, 90),),
    )
