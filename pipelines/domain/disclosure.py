"""What one document discloses: figures, form statements, narrative and what could not be used.

Knows the grain of everything that is staged in the warehouse. Does not know how any of it is
recognised, nor how it is stored.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipelines.domain.amount import Amount, PrintedUnit
from pipelines.domain.place import Place


class DocumentKind(StrEnum):
    """Which of the two yearly publications a document is."""

    FINAL_ACCOUNTS = "final_accounts"
    BUDGET = "budget"


class Scope(StrEnum):
    """Whose money a document covers: a department with its units (部门) or one unit (单位)."""

    DEPARTMENT = "department"
    UNIT = "unit"


class RejectionReason(StrEnum):
    """Why something printed did not become a figure, a claim or furniture."""

    UNREADABLE_AMOUNT = "unreadable_amount"
    AMBIGUOUS_CELL = "ambiguous_cell"
    AMBIGUOUS_CLAIM = "ambiguous_claim"
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_FORM = "unknown_form"
    UNKNOWN_ITEM = "unknown_item"
    NOT_AN_AMOUNT = "not_an_amount"
    UNIT_NOT_STATED = "unit_not_stated"
    DUPLICATE_FIGURE = "duplicate_figure"
    DUPLICATE_FORM = "duplicate_form"
    TEXTLESS_PAGE = "textless_page"
    HIDDEN_TEXT = "hidden_text"


class FurnitureKind(StrEnum):
    """Numbers that a form prints about itself and that are not figures."""

    LINE_NUMBER = "line_number"  # 行次
    COLUMN_NUMBER = "column_number"  # 栏次


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number of a form.

    Attributes:
        form: Canonical form, see docs/forms.md.
        section: ``income`` or ``expenditure`` on two-sided forms, else ''.
        row_index: Position of the row in the form's body from 0, continuation pages included.
        row_code: Classification code with its digits joined, '' where none is printed.
        row_label: The printed label without white space.
        line: Canonical name of the row where the form catalogue names it
            (``grand_total``, ``income_total``, …), else ''.
        measure: Canonical measure, see docs/forms.md.
        amount: The printed number and its unit.
        place: Where the number is printed.
    """

    form: str
    section: str
    row_index: int
    row_code: str
    row_label: str
    line: str
    measure: str
    amount: Amount
    place: Place


@dataclass(frozen=True, slots=True)
class FormRow:
    """One body row of a form, whether or not it prints a number."""

    form: str
    section: str
    row_index: int
    row_code: str
    row_label: str
    line: str
    place: Place


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One value column of a form as its header was resolved.

    Attributes:
        header_path: The printed header from the top row down, levels joined by '/'.
    """

    form: str
    section: str
    column_index: int
    header_path: str
    measure: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A 行次 or 栏次 number: checks that no row or column was lost, and is not a figure.

    Attributes:
        position: Grid row (line numbers) or grid column (column numbers) it stands in.
        number_text: The number as printed.
    """

    form: str
    section: str
    kind: FurnitureKind
    position: int
    number_text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FormPrinting:
    """One standard form as this document prints it.

    Attributes:
        form: Canonical form.
        title: The printed title.
        number_text: The printed 公开NN label, '' where none; never used to identify the form.
        unit: The unit its amounts are printed in, None where neither form nor document says it.
        entity_text: The department named on the form, '' where the line is blank or absent.
        note_text: What is printed below the form (注, 说明), '' where nothing is.
        empty_statement: The sentence that declares the form empty (本表无数据), '' where none.
        empty_statement_forms: The forms that sentence speaks of, by the funds it names.
        column_count: Number of value columns recognised, for the 栏次 check.
        number_count: Numbers printed in the form's grid below its header.
        accounted_count: Those of them that are a figure, a code or label, furniture or rejected,
            counted apart from them.
        place: Where the form begins.
    """

    form: str
    title: str
    number_text: str
    unit: PrintedUnit | None
    entity_text: str
    note_text: str
    empty_statement: str
    empty_statement_forms: tuple[str, ...]
    column_count: int
    number_count: int
    accounted_count: int
    place: Place


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something printed that could not be used. Nothing printed is dropped without one."""

    reason: RejectionReason
    form: str
    printed: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class NarrativeParagraph:
    """One paragraph of the narrative with the headings above it, outermost first."""

    index: int
    section_path: tuple[str, ...]
    text: str
    place: Place


class ClaimKind(StrEnum):
    """What sort of value a claim states."""

    AMOUNT = "amount"
    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that the narrative states in words.

    Attributes:
        section: Heading the sentence stands under.
        subject: What the value is of, such as ``procurement.goods``.
        kind: Amount, count or share.
        value_text: The number exactly as printed.
        value: Amounts in yuan, counts as such, shares in per cent as printed.
        scale: Number of decimals printed.
        unit: Printed unit (万元, 辆, %, …).
        base: What a share is of, '' where not a share.
        sentence: The sentence it stands in.
        place: The paragraph it stands in.
    """

    section: str
    subject: str
    kind: ClaimKind
    value_text: str
    value: Decimal
    scale: int
    unit: str
    base: str
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Identification:
    """Whose document it is, of which year and kind, and the words that say so.

    Attributes:
        department_name: The disclosing department or unit, '' where the text does not say.
        region_code: Six-digit division code, '' where the name leads to no single division.
        fiscal_year: The year the money belongs to, None where the text does not say.
        kind: Final accounts or budget, None where the text does not say.
        scope: Department or unit.
        evidence: The printed words each was taken from, by field name.
    """

    department_name: str
    region_code: str
    fiscal_year: int | None
    kind: DocumentKind | None
    scope: Scope
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything that one document discloses, ready to be staged."""

    sha256: str
    file_name: str
    file_kind: str
    page_count: int | None
    identification: Identification
    forms: tuple[FormPrinting, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    figures: tuple[Figure, ...]
    furniture: tuple[Furniture, ...]
    paragraphs: tuple[NarrativeParagraph, ...]
    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the file's sha256."""
        return self.sha256[:16]
