"""What one document discloses: figures, form statements, narrative and what could not be used.

Knows the grain of everything that is staged in the warehouse. Does not know how any of it is
recognised, nor how it is stored.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.document import PicturedPage
from pipelines.domain.place import Place, TextPiece, place_in_pieces


class DocumentKind(StrEnum):
    """Which of the two yearly publications a document is."""

    FINAL_ACCOUNTS = "final_accounts"
    BUDGET = "budget"


class Scope(StrEnum):
    """Whose money a document covers: a department with its units (部门) or one unit (单位)."""

    DEPARTMENT = "department"
    UNIT = "unit"


class RejectionReason(StrEnum):
    """Why something printed did not become a figure, a claim or furniture.

    What may have cost a number comes first; the last three cost none.
    """

    UNREADABLE_AMOUNT = "unreadable_amount"
    AMBIGUOUS_CELL = "ambiguous_cell"
    OUTSIDE_TABLE = "outside_table"
    TEXTLESS_PAGE = "textless_page"
    ILLEGIBLE_PAGE = "illegible_page"
    UNSURE_NUMBER = "unsure_number"
    HIDDEN_TEXT = "hidden_text"
    MISREAD_WORD = "misread_word"
    WATERMARK = "watermark"
    HIDDEN_COPY = "hidden_copy"  # hidden or cut off, and in plain sight elsewhere in the file
    CUT_OFF = "cut_off"  # beyond the edge of its page


class FurnitureKind(StrEnum):
    """Numbers that a form prints about itself and that are not figures."""

    LINE_NUMBER = "line_number"  # 行次
    COLUMN_NUMBER = "column_number"  # 栏次


class ResolvedBy(StrEnum):
    """What gave a table its form, or a figure its measure."""

    WORDS = "words"  # its own title, header or label
    STRUCTURE = "structure"  # place among the others, kinds of codes, span of headers
    PROOF = "proof"  # arithmetic: the only assignment for which the equalities hold
    NOTHING = ""  # it has none


@dataclass(frozen=True, slots=True)
class FormRow:
    """One body row of one block of a table, whether or not it prints a number.

    Attributes:
        table_index: The table it stands in, see ``FormPrinting``.
        form: Canonical form of the table, '' where none was found.
        section: ``income``, ``expenditure`` or ``purpose`` on two-sided forms, else ''.
        block: Which of the label/amount blocks side by side, from 0.
        row_index: Position among the rows of the table from 0, continuation pages included.
        row_code: Classification code with its digits joined, '' where none is printed.
        row_label: The printed label without white space, of several levels the innermost.
        row_path: The printed labels of all levels, outermost first.
        line: Canonical name of the row where the form catalogue names it
            (``grand_total``, ``income_total``, …), else ''.
        place: Where the row begins.
        is_label_doubtful: Whether nothing but a label of a picture that was not read for certain
            says which row it is.
    """

    table_index: int
    form: str
    section: str
    block: int
    row_index: int
    row_code: str
    row_label: str
    row_path: tuple[str, ...]
    line: str
    place: Place
    is_label_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of numbers of a table.

    Attributes:
        column_index: Position among the table's columns from 0, label columns included.
        header_path: The printed header cells above it from the top down.
        measure: Canonical measure, see docs/forms.md; '' where none was found, and where the rows
            name the measures.
        resolved_by: What gave it its measure.
    """

    table_index: int
    form: str
    section: str
    block: int
    column_index: int
    header_path: tuple[str, ...]
    measure: str
    resolved_by: ResolvedBy


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number of a table.

    Attributes:
        row: The row it stands in.
        column: The column it stands in.
        measure: Canonical measure, '' where none was found. The column's, except where the items
            stand down the side: there row and column name it together.
        resolved_by: What gave it its measure, '' where it has none.
        text: The number exactly as printed.
        value: The printed number, in the printed unit.
        unit: The printed unit, None where it counts no money or where nothing says the unit.
        place: Where the number is printed.
        reading: As it was read in a picture, before anything was mended; '' elsewhere.
        is_doubtful: Whether it was read in a picture and not for certain: text and value are the
            likeliest reading, and no amount is claimed.
    """

    row: FormRow
    column: FormColumn
    measure: str
    resolved_by: ResolvedBy
    text: str
    value: Decimal
    unit: PrintedUnit | None
    place: Place
    reading: str = ""
    is_doubtful: bool = False

    @property
    def form(self) -> str:
        """Canonical form, '' where nothing says what the number measures there."""
        return self.row.form if self.measure else ""

    @property
    def section(self) -> str:
        """Side of the form it stands on, '' likewise."""
        return self.row.section if self.measure else ""

    @property
    def scale(self) -> int:
        """Number of decimals printed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def yuan(self) -> Decimal | None:
        """The amount in yuan, None where no unit of money is printed, or the number is in doubt."""
        if self.unit is None or self.is_doubtful:
            return None
        return self.value * self.unit.yuan


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a cell of a picture.

    Attributes:
        raw: As it was read.
        text: The same, a number without what borders add to it, its separators in their places.
        yuan: The amount in yuan if that is right; None where the cell is no figure, counts no
            money, or the text is no number.
        confidence: How likely its least likely character is, from 0 to 1.
        recogniser: Who reads it so.
    """

    raw: str
    text: str
    yuan: Decimal | None
    confidence: float
    recogniser: str


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What an indicator is to be, or came to be, as a table prints it.

    Attributes:
        text: Exactly as printed, sign and unit included; '' where nothing is.
        comparator: ``>=``, ``<=``, ``>``, ``<`` or ``=``; '' where none is said.
        value: The number, in ``unit``; None where words are printed, or several numbers.
        unit: What the number counts (件, %, 万元), brackets folded, '' where nothing says it.
    """

    text: str = ""
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PerformanceIndicator:
    """One row of a list of performance indicators (绩效目标表, 绩效自评表).

    Attributes:
        table_index: The table it stands in, see ``FormPrinting``.
        row_index: The row of that table.
        project_name: The project that it is an indicator of, '' for the publisher as a whole.
        unit_name: The unit whose project that is where the table names it, else ''.
        indicator_class: Its first level (一级指标: 产出指标), '' where none is printed.
        indicator_type: Its second level (二级指标: 数量指标), '' likewise.
        indicator_name: What it measures (三级指标).
        target: What it is to be (指标值).
        achieved: What it came to be (实际完成值).
        weight: The points that it can earn (分值, 权重), None where none are printed.
        score: The points that it earned (得分), None likewise.
        place: Where the row begins.
    """

    table_index: int
    row_index: int
    project_name: str
    unit_name: str
    indicator_class: str
    indicator_type: str
    indicator_name: str
    target: StatedValue
    achieved: StatedValue
    weight: Decimal | None
    score: Decimal | None
    place: Place


@dataclass(frozen=True, slots=True)
class RecognisedCell:
    """A cell of a table in a picture, and all ways in which it was read.

    Attributes:
        figure_index: Which of the document's figures it prints, from 0; None where it prints none.
        is_doubtful: Whether it is a number that was not read for certain.
        candidates: The ways to read it, the likeliest first.
        place: Where it is printed.
    """

    figure_index: int | None
    is_doubtful: bool
    candidates: tuple[Candidate, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Furniture:
    """A 行次 or 栏次 number: checks that no row or column was lost, and is not a figure.

    Attributes:
        position: Grid row (line numbers) or grid column (column numbers) it stands in.
        number_text: The number as printed.
    """

    table_index: int
    form: str
    section: str
    kind: FurnitureKind
    position: int
    number_text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FormPrinting:
    """One table as this document prints it, over however many pages.

    Attributes:
        table_index: Position among the document's tables from 0.
        form: Canonical form, '' where none was found.
        resolved_by: What gave it its form.
        resolution: The witnesses that decided, or the equalities that proved it, or why it has
            no form, for people.
        reprint_of: The form that another table of the document has and this one is a further
            printing of, '' where there is none.
        title: The printed title, without the table's number.
        number_text: The printed number (公开03表), '' where none; never used to identify the form.
        unit: The unit its amounts are printed in, None where neither table nor document says it.
        entity_text: The department named on the table, '' where the line is blank or absent.
        note_text: What is printed below the table (注, 说明), '' where nothing is.
        empty_statement: The sentence that declares the form empty (本表无数据), '' where none.
        empty_statement_forms: The forms that sentence speaks of, by the funds it names.
        column_count: Number of value columns recognised, for the 栏次 check.
        number_count: Numbers printed in the table's grid below its header.
        accounted_count: Those of them that are a figure, a code or label, or furniture, counted
            apart from them; what was rejected is not among them.
        place: Where the table begins, its title included.
        year: The year that stands by itself beside its unit or department, None where none does.
    """

    table_index: int
    form: str
    resolved_by: ResolvedBy
    resolution: str
    reprint_of: str
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
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something printed that could not be used. Nothing printed is dropped without one.

    Attributes:
        form: The form it stands in, '' for none.
        table_index: The table it stands in, None where it stands in none.
    """

    reason: RejectionReason
    form: str
    printed: str
    detail: str
    place: Place
    table_index: int | None = None


class Part(StrEnum):
    """Which part of a disclosure a paragraph belongs to."""

    FRONT = "front"  # cover and table of contents
    OVERVIEW = "overview"  # duties, offices, units
    TABLES = "tables"  # titles and notes around the forms
    NARRATIVE = "narrative"  # 情况说明, 编制说明
    APPENDIX = "appendix"  # 绩效自评报告 and other reports bound in
    DEFINITIONS = "definitions"  # 名词解释


@dataclass(frozen=True, slots=True)
class NarrativeParagraph:
    """One paragraph of the narrative with the headings above it, outermost first.

    Attributes:
        section_path: The headings; a heading is its own innermost one.
        is_heading: The paragraph is a heading.
        topic: Canonical name of what the section is about (``problems``, ``measures``,
            ``procurement``, …), '' where no heading tells.
        pieces: Its printed lines, runs or elements, see ``Paragraph``.
    """

    index: int
    section_path: tuple[str, ...]
    text: str
    place: Place
    part: Part = Part.NARRATIVE
    is_heading: bool = False
    topic: str = ""
    pieces: tuple[TextPiece, ...] = ()

    def place_of(self, begin: int, end: int) -> Place:
        """The place of ``text[begin:end]``; where that is broken, of what comes first."""
        return place_in_pieces(self.text, self.pieces, begin, end) or self.place


class ClaimKind(StrEnum):
    """What sort of value a claim states."""

    AMOUNT = "amount"  # money
    COUNT = "count"  # things, people, square metres
    SHARE = "share"  # per cent of something (占…的)
    COMPLETION = "completion"  # per cent of a budget that was spent (完成预算的)
    CHANGE = "change"  # amount or count of an increase or decrease
    GROWTH = "growth"  # per cent of an increase or decrease
    RATE = "rate"  # any other per cent
    DIRECTION = "direction"  # 增加, 减少, 持平 against another figure of the same thing
    COMPARISON = "comparison"  # 大于, 小于, 等于 a budget
    SCORE = "score"
    GRADE = "grade"
    DATE = "date"
    NAME = "name"  # something listed without a number


class Direction(StrEnum):
    """How something compares with what it is compared with."""

    INCREASE = "increase"
    DECREASE = "decrease"
    EQUAL = "equal"
    UNSAID = ""


class Reading(StrEnum):
    """Whether a claim can be read in one way only."""

    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value that the narrative states in words. docs/claims.md lists the subjects.

    Attributes:
        claim_index: Position in reading order, from 0.
        paragraph_index: The paragraph it stands in.
        part: Part of the disclosure.
        section_path: Headings above it, outermost first.
        topic: What the value is of, the first of three: ``three_public``. '' only where the
            reading is ambiguous.
        item: Which item of the topic: ``reception``.
        role: Which quantity of the item: ``actual``.
        item_label: The thing's own name as printed (path of 类/款/项, project, event, indicator),
            '' where the subject says it all.
        item_code: The thing's code where printed, digits joined, else ''.
        group_label: What the thing is part of as printed (a project's name for its economic
            items, an organisation for its staff), else ''.
        kind: Sort of value.
        value: Amounts in yuan, counts and scores as such, per cents as printed; changes and
            growth carry the sign of their direction. None where words are stated.
        value_text: The number or word exactly as printed.
        scale: Number of decimals printed, None where no number is.
        unit: Printed unit, '' where the print lacks it.
        is_unit_missing: A unit belongs there and is not printed.
        direction: Of changes, growth, directions and comparisons.
        base: What a share is of, as a subject without role; the role compared with or completed
            (``prior_final``, ``opening_budget``, …) of other kinds.
        base_text: The printed words that say so, '' where only the order of the text does.
        year: The year the value is said to belong to.
        comparison_year: The year it is compared with.
        fund: Whose money it is said to be: ``general_budget``, ``government_fund``,
            ``state_capital``, ``appropriation``, else ''.
        whole_index: The claim whose part this is said to be (其中), None where nothing says so.
        sentence: The sentence it stands in.
        reading: Clear, or ambiguous with the reason in ``reading_note``.
        place: Where the number or word stands.
        begin: Where it begins in the paragraph's text.
        end: Where it ends there, ``begin`` where nothing is printed.
    """

    claim_index: int
    paragraph_index: int
    part: Part
    section_path: tuple[str, ...]
    topic: str
    item: str
    role: str
    kind: ClaimKind
    value: Decimal | None
    value_text: str
    sentence: str
    place: Place
    scale: int | None = None
    unit: str = ""
    is_unit_missing: bool = False
    direction: Direction = Direction.UNSAID
    base: str = ""
    base_text: str = ""
    item_label: str = ""
    item_code: str = ""
    group_label: str = ""
    year: int | None = None
    comparison_year: int | None = None
    fund: str = ""
    whole_index: int | None = None
    reading: Reading = Reading.CLEAR
    reading_note: str = ""
    begin: int = 0
    end: int = 0

    @property
    def subject(self) -> str:
        """Topic, item and role joined by dots, '' where the reading tells none."""
        return f"{self.topic}.{self.item}.{self.role}" if self.topic else ""


class ProseFurnitureKind(StrEnum):
    """Numbers in prose that state no value."""

    DATE = "date"  # 2023年, 12月31日
    ORDINAL = "ordinal"  # 1、 （2） ③ 附件3
    DOCUMENT_NUMBER = "document_number"  # 〔2023〕12号, and what stands in 《》
    NAME = "name"  # part of what something is called: 50万元以上设备, 2080505
    RULE = "rule"  # 八项规定, 12条要求
    MEASURE = "measure"  # says when, how long or how high: 3天, 二层
    ADDRESS = "address"  # telephone, post code, account
    PAGE = "page"  # of a table of contents


@dataclass(frozen=True, slots=True)
class ProseFurniture:
    """One number of the prose that states no value.

    Attributes:
        begin: Where it begins in the paragraph's text.
    """

    paragraph_index: int
    kind: ProseFurnitureKind
    number_text: str
    begin: int
    place: Place


@dataclass(frozen=True, slots=True)
class Definition:
    """One term as the document defines it (名词解释)."""

    index: int
    term: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class DepartmentFact:
    """One thing the document says of the department itself.

    Attributes:
        fact: ``duty``, ``office`` (内设机构), ``unit`` (a unit whose accounts are included) or
            ``unit_count``.
        of: Whose duty or office it is where the text says so, else ''.
        text: The duty's sentence, the office's or unit's name, the count.
    """

    index: int
    fact: str
    of: str
    text: str
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class TextFinding:
    """Something certainly wrong with the words themselves.

    Attributes:
        kind: ``placeholder``, ``template_residue``, ``unit_missing``, ``wrong_fund``,
            ``name_mismatch``, ``wrong_year``.
        rule: The rule that found it (pipelines/normalising/narrative/data/findings.yaml).
        printed: The words found.
        expected: What should stand there, '' where that is not certain.
    """

    kind: str
    rule: str
    printed: str
    expected: str
    sentence: str
    paragraph_index: int
    place: Place


@dataclass(frozen=True, slots=True)
class Identification:
    """Whose document it is, of which year and kind, and the words that say so.

    Attributes:
        department_name: The disclosing department or unit, '' where the text does not say.
        region_code: Six-digit division code, '' where the name leads to no single division.
        fiscal_year: The year the money belongs to, None where neither text nor file name says.
        kind: Final accounts or budget, None likewise.
        scope: Department or unit.
        is_template: Whether it is a blank template, which nobody has filled in: its publisher's
            name is a placeholder, and it states fewer amounts than it has placeholders.
        evidence: The words each was taken from, by field name: printed ones, or those of the file's
            name behind ``file name:``.
    """

    department_name: str
    region_code: str
    fiscal_year: int | None
    kind: DocumentKind | None
    scope: Scope
    is_template: bool = False
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
    prose_furniture: tuple[ProseFurniture, ...]
    definitions: tuple[Definition, ...]
    department_facts: tuple[DepartmentFact, ...]
    text_findings: tuple[TextFinding, ...]
    rejections: tuple[Rejection, ...]
    recognised_cells: tuple[RecognisedCell, ...] = ()
    pictured_pages: tuple[PicturedPage, ...] = ()
    performance_indicators: tuple[PerformanceIndicator, ...] = ()

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the file's sha256."""
        return self.sha256[:16]
