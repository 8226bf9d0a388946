"""What tables mean by their words and their structure: which form, which side, measure and line.

Knows the witnesses and how they are weighed, in one place:

- A *title* names a form where all of it is understood and one form fits; of two forms that share a
  title the document's kind decides.
- The *kinds of codes* in the rows can take the name away again: a title of functional expenditure
  over economic codes names nothing.
- A *header* names a measure where all of its cells are understood and one measure fits; two columns
  of a block that claim one measure get none.
- *Labels* tell the sides of a two-sided table where its header does not.
- A conflict or a tie gives no name: a missing name costs a fact, a wrong one costs trust.

Does not parse amounts: what arithmetic decides is ``normalising.proof``'s.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.domain.disclosure import DocumentKind, ResolvedBy
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.recognising.assembling import PrintedTable
from pipelines.recognising.bodies import BodyRow, Value
from pipelines.recognising.captions import YEARS, Captions, bare_title, looks_like_form_title
from pipelines.recognising.catalogue import (
    SAYS_NOTHING,
    FormSpec,
    Layout,
    NamedLine,
    SectionSpec,
    load_catalogue,
)
from pipelines.recognising.headers import WORTH, Column, Role, is_numeric
from pipelines.recognising.indicators import lists_funds, lists_indicators, sets_funds
from pipelines.recognising.terms import NO_CONCEPTS, Concepts
from pipelines.recognising.wording import fold_label, squash, unit_of_header

FUNCTION_CLASS = "function_class"
# Concepts of economic classes begin so.
_ECONOMIC = "econ_"
# A column of an earlier year stands beside this year's in some budgets.
PRIOR = "prior_"
# By how many per cent something grew: the one measure that is no money.
GROWTH = "growth"
# Of two budgets of a year, the one that it began with.
OPENING = "opening_"
# The years of a plan, from the budgeted one on.
_AHEAD = ("", "second_year_", "third_year_")
# Of a balance, what is left of finished projects, and what goes on with others.
_SURPLUS, _CARRIED = "_surplus", "_carried"
_HEADING_MAX = 40
# Total, basic and project are columns of many forms.
_FEW_COLUMNS = 3
_CLASS_DIGITS = 3
_UNIT_DIGITS = 6
_MOST_DIGITS = 7
_SEVERAL = 2
_KIND_WORDS = {"决算": DocumentKind.FINAL_ACCOUNTS, "预算": DocumentKind.BUDGET}
# 预算 in the name of a fund says nothing of the document, nor does what is planned of a year.
_OF_FUNDS = re.compile(r"公共预算|基金预算|经营预算|预算数|预算单位|预算绩效|预算执行|预决算")
_FUNDS = frozenset({"appropriation", "general_public_budget", "government_fund", "state_capital"})
_OWN_INCOME = frozenset(
    {"other_income", "institutional", "superior_subsidy", "affiliated_remittance"}
)
# Lines that close what stands above them.
_TOTALS = frozenset({"income_total", "expenditure_total"})
_YEARLY = frozenset({"budgeted", "adjusted", "actual", "this_year", "prior"})
# In the label of a row a kind of document is the figure of that kind.
_FIGURE_OF_KIND = {"budget": "budgeted", "final": "actual"}
# What numbers rows, from the highest level down.
_ORDINALS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[一二三四五六七八九十]+、",
        r"\([一二三四五六七八九十]+\)",
        r"\d+[.、]",
        r"\(\d+\)",
    )
)
# What stands beside the three public expenses and may be in a total over all.
_BESIDE = frozenset({"meeting", "training"})
# Kinds of expenditure, which are no classes of its functions.
_BY_USE = frozenset(
    {"basic", "project", "personnel", "public", "reserve", "closing_balance", "opening_balance",
     "operating", "remittance_to_superior", "subsidy_to_affiliated", "total", "grand_total"}
)  # fmt: skip


@dataclass(slots=True)
class Meaning:
    """What a table means, as far as it is known.

    Attributes:
        table: The table.
        spec: Its form, None where none was found.
        resolved_by: What gave it its form.
        resolution: The witnesses, or why it has no form, for people.
        reprint_of: The form that another table of the document has and this one is a further
            printing of, '' where there is none.
        sections: The side of each block; a block without an entry has none that is understood.
        measures: The measure of columns, by their index, and what gave it to them.
        is_down: Whether its items stand down the side, so that rows name the measures.
        ties: The rows, by their place, and columns whose measure another row claims as well.
        openings: The columns, and the rows by their place, of the budget that a year began with,
            where the one that it ended with is printed beside it.
        heads: The row that each row is an item of by its ordinal, by their places.
        counted: The rows, by their place, that count things.
    """

    table: PrintedTable
    spec: FormSpec | None = None
    resolved_by: ResolvedBy = ResolvedBy.NOTHING
    resolution: str = ""
    sections: dict[int, SectionSpec] = field(default_factory=dict)
    measures: dict[int, tuple[str, ResolvedBy]] = field(default_factory=dict)
    reprint_of: str = ""
    is_down: bool = False
    ties: frozenset[tuple[Place, int]] = frozenset()
    openings: frozenset[int | Place] = frozenset()
    heads: Mapping[Place, BodyRow] = field(init=False)
    counted: frozenset[Place] = field(init=False)

    def __post_init__(self) -> None:
        """Tell what the rows' ordinals and units say, whatever form the table is."""
        self.heads = dict(_heads(self.table.rows))
        self.counted = frozenset(_counted(self.table.rows, self.heads))

    @property
    def form(self) -> str:
        """Canonical form, '' where none was found."""
        return self.spec.form if self.spec else ""

    @property
    def this_year(self) -> int:
        """The latest year that the header names, 0 for none."""
        return max((year for column in self.table.columns for year in column.years), default=0)

    def is_of_earlier_year(self, row: BodyRow) -> bool:
        """Tell whether a row is of an earlier year: 上年预算数, 2021年 above 2022年."""
        latest = max((year for other in self.table.rows for year in _years_of(other)), default=0)
        own = _years_of(row)
        return bool(own and max(own) < latest) or "prior" in (figure_of_year(row) or NO_CONCEPTS)

    def section_for(self, row: BodyRow) -> SectionSpec | None:
        """The side that a row is of, None where it has none that is understood.

        The totals below kinds of use are those of the expenditure, where no other block has any.
        """
        own = self.sections.get(row.block)
        if own is None or own.section != "purpose" or self.spec is None:
            return own
        if any(side.section == "expenditure" for side in self.sections.values()):
            return own
        is_total = _line_among(own, row.label) in ("expenditure_total", "grand_total")
        expenditure = next(side for side in self.spec.sections if side.section == "expenditure")
        return expenditure if is_total else own

    def measure_of(self, row: BodyRow, value: Value) -> tuple[str, ResolvedBy]:
        """The measure of a printed value, '' where it has none."""
        nothing = ("", ResolvedBy.NOTHING)
        if not value.is_sure or not self.sections:
            return nothing
        # A number that is no money anyway is not told apart by what its row counts.
        if value.column.role is not Role.COUNT and self.is_counted(row, value.column):
            return nothing
        if self.spec is None and value.column.index not in self.measures:
            return ("budget", ResolvedBy.WORDS) if _is_of_project(row) else nothing
        if not self.is_down:
            measure, resolved_by = self._measure_across(row, value.column)
            is_opening = bool(measure) and row.place in self.openings
            return (OPENING + measure if is_opening else measure), resolved_by
        if (row.place, value.column.index) in self.ties:
            return nothing
        measure = _measure_down(self, value.column, row)
        if measure and value.column.index in self.openings:
            measure = OPENING + measure
        return (measure, ResolvedBy.WORDS) if measure else nothing

    def is_counted(self, row: BodyRow, column: Column) -> bool:
        """Tell whether a row counts things in a column: its number there is no amount of money.

        What things are worth is money all the same.
        """
        return row.place in self.counted and not (column.concepts and column.concepts & WORTH)

    def _measure_across(self, row: BodyRow, column: Column) -> tuple[str, ResolvedBy]:
        """The measure of a column, with what the row adds: 预算数, 决算数, a total of uses."""
        nothing = ("", ResolvedBy.NOTHING)
        section = self.section_for(row)
        if section is None or column.concepts is None:
            return self.measures.get(column.index, nothing)
        is_moved = section is not self.sections.get(column.block)
        added = figure_of_year(row) if self.spec and self.spec.layout is Layout.SINGLE_ROW else None
        if (added is None and not is_moved) or (
            added is not None and column.index not in self.measures
        ):
            return self.measures.get(column.index, nothing)
        said = column.concepts | (added or NO_CONCEPTS) - {"prior"}
        measure = section.measure(said)
        if measure and added is not None and self.is_of_earlier_year(row):
            measure = PRIOR + measure
        return (measure, ResolvedBy.WORDS) if measure else nothing


def figure_of_year(row: BodyRow) -> Concepts | None:
    """Which figure of a year a row's label says it holds, None where it says something else.

    A year alone (2022年) says nothing more than that.
    """
    grammar = load_catalogue().grammar
    words = [word for label in row.labels if (word := fold_label(YEARS.sub("", squash(label))))]
    found = [grammar.concepts(word) for word in words]
    if None in found or not (words or _years_of(row)):
        return None
    concepts = NO_CONCEPTS.union(*(each for each in found if each))
    # 2021年决算 is the figure that the accounts came to, and no kind of document.
    concepts = frozenset(_FIGURE_OF_KIND.get(concept, concept) for concept in concepts)
    is_told = bool(concepts or _years_of(row)) and concepts <= _YEARLY
    return concepts if is_told else None


def _years_of(row: BodyRow) -> tuple[int, ...]:
    """The years that a row's labels name."""
    return tuple(int(year[0][:4]) for label in row.labels for year in YEARS.finditer(squash(label)))


def _ordinal_level(label: str) -> int | None:
    """How deep the ordinal of a label stands, from 0 for 一、; None for none."""
    folded = squash(label)
    levels = (level for level, ordinal in enumerate(_ORDINALS) if ordinal.match(folded))
    return next(levels, None)


def _heads(rows: Sequence[BodyRow]) -> Iterator[tuple[Place, BodyRow]]:
    """Yield rows with the row that they are items of: the last above of a higher ordinal.

    What has no ordinal is an item of the last row that has one, unless it is a total.
    """
    open_rows: dict[int, list[tuple[int, BodyRow]]] = {}
    for row in rows:
        above = open_rows.setdefault(row.block, [])
        level = _ordinal_level(row.label)
        if level is None and _is_total_label(row.label):
            above.clear()
        while level is not None and above and above[-1][0] >= level:
            above.pop()
        if above:
            yield row.place, above[-1][1]
        if level is not None:
            above.append((level, row))


def _counted(rows: Sequence[BodyRow], heads: Mapping[Place, BodyRow]) -> Iterator[Place]:
    """Yield the rows that count things, and those that are items of such by their ordinals."""
    counted: set[Place] = set()
    for row in rows:
        head = heads.get(row.place)
        is_item = head is not None and head.place in counted
        if load_catalogue().vocabulary.counts_things(row.label) or (
            is_item and _ordinal_level(row.label) is not None
        ):
            counted.add(row.place)
            yield row.place


def name_tables(tables: Sequence[PrintedTable], paragraphs: Sequence[Paragraph]) -> list[Meaning]:
    """Name the tables of a document by their words and structure.

    A form printed twice is named once, in its printing under the shortest title that has a header.
    """
    kind = kind_of(tables, paragraphs)
    meanings = [Meaning(table) for table in tables]
    for meaning in meanings:
        _name_by_title(meaning, kind)
    _keep_one_printing(meanings)
    for meaning in meanings:
        if meaning.spec is None:
            _name_by_labels(meaning, meanings, kind)
        if meaning.spec is None:
            _name_by_columns(meaning, meanings, kind)
        name_columns(meaning)
    return meanings


def kind_of(tables: Sequence[PrintedTable], paragraphs: Sequence[Paragraph]) -> DocumentKind | None:
    """The kind that most titles are of, else the one that most headings name, None for a tie."""
    titled = (table.captions.forms for table in tables)
    counts = Counter(forms[0].kind for forms in titled if len(forms) == 1)
    if not counts:
        headings = (squash(line.text) for line in paragraphs if len(line.text) <= _HEADING_MAX)
        bare = [_OF_FUNDS.sub("", heading) for heading in headings]
        titles = [_OF_FUNDS.sub("", squash(table.captions.title)) for table in tables]
        for word, kind in _KIND_WORDS.items():
            counts[kind] = sum(word in text for text in (*bare, *titles))
    if not any(counts.values()):
        counts.update(_kinds_of_headers(tables))
    most = [kind for kind, count in counts.items() if count and count == max(counts.values())]
    return most[0] if len(most) == 1 else None


def _kinds_of_headers(tables: Sequence[PrintedTable]) -> Iterator[DocumentKind]:
    """Yield the kind whose figures alone headers hold: 决算数 or 预算数."""
    columns = (column for table in tables for column in table.columns)
    said = NO_CONCEPTS.union(*(column.concepts for column in columns if column.concepts))
    is_of_budget, is_final = said & {"budgeted", "budget"}, said & {"actual", "final"}
    if is_final and not is_of_budget:
        yield DocumentKind.FINAL_ACCOUNTS
    if is_of_budget and not is_final:
        yield DocumentKind.BUDGET


def _name_by_title(meaning: Meaning, kind: DocumentKind | None) -> None:
    """Take a table's form from its title, where nothing in its body speaks against it."""
    captions = meaning.table.captions
    alike = [spec for spec in captions.forms if spec.kind is kind]
    if not alike:
        alike = [spec for spec in captions.forms if kind is None or _says_kind(captions, spec)]
    if len(alike) != 1:
        meaning.resolution = _why_no_title(meaning.table)
        return
    spec = _by_rows(meaning.table, alike[0])
    if against := _speaks_against(meaning.table, spec):
        meaning.resolution = against
        return
    meaning.spec = spec
    meaning.resolved_by = ResolvedBy.WORDS
    meaning.resolution = f"titled {captions.title}"


def _says_kind(captions: Captions, spec: FormSpec) -> bool:
    """Tell whether a title says the kind of its form in so many words."""
    bare = _OF_FUNDS.sub("", squash(captions.title))
    return any(word in bare for word, kind in _KIND_WORDS.items() if kind is spec.kind)


def _why_no_title(table: PrintedTable) -> str:
    title = table.captions.title
    if lists_indicators(table.columns):
        return "a list of performance indicators, which is no form"
    if is_of_performance(table):
        return "the funds of a project in a table of performance, which is no form"
    if not title:
        return "no title is printed above the table"
    if table.captions.forms:
        return f"the title fits a form of the budget and one of the final accounts: {title}"
    if table.captions.is_titled or looks_like_form_title(title):
        return f"the title names no form of the catalogue: {title}"
    return f"the line above the table is no form's title: {title}"


def _by_rows(table: PrintedTable, spec: FormSpec) -> FormSpec:
    """The form of the same title whose rows are units or economic classes, where a table's are."""
    name = spec.by_unit if table.header is not None and table.header.names_units else ""
    name = name or (spec.by_economic if classification_of(table) == "economic" else "")
    return load_catalogue().by_name[name] if name else spec


def _speaks_against(table: PrintedTable, spec: FormSpec) -> str:
    """Say which codes of a table its form cannot have, '' where they may be its."""
    found = classification_of(table)
    if not found or not spec.classification or found == spec.classification:
        return ""
    return f"titled {table.captions.title}, but its rows have {found} codes"


def classification_of(table: PrintedTable) -> str:
    """Which classification's codes most of a table's rows have, '' for none.

    No classification has codes of six digits, or of more than seven: units do, below a shorter one
    for all of them.
    """
    codes = [part for row in table.rows for part in row.code_parts[:1]]
    longer = [code for code in codes if len(code) == _UNIT_DIGITS or len(code) > _MOST_DIGITS]
    of_units = {code[:end] for code in longer for end in (3, _UNIT_DIGITS, None)}
    firsts = Counter(
        "functional" if code.startswith("2") else "economic"
        for code in codes
        if code[:1] in "235" and len(code) >= 3 and code not in of_units
    )
    return firsts.most_common(1)[0][0] if firsts else ""


def _keep_one_printing(meanings: Sequence[Meaning]) -> None:
    """Leave a form's name to one of its printings: facts count it once.

    Another printing takes the form that its title fits next best, where no table has that.
    """
    kept: dict[str, Meaning] = {}
    printings = Counter(meaning.form for meaning in meanings)
    for meaning in meanings:
        if printings[meaning.form] > 1:
            name_columns(meaning)
    for meaning in sorted(meanings, key=_unusualness):
        if meaning.spec is None:
            continue
        if kept.setdefault(meaning.form, meaning) is not meaning:
            first = kept[meaning.form].table.captions.title
            meaning.reprint_of = meaning.form
            meaning.resolution = (
                f"a further printing of {meaning.form}, which is read as titled {first}"
            )
            taken = {*kept, *(each.form for each in meanings)}
            meaning.spec = _twin(meaning, kept[meaning.form], taken) or _next_best(meaning, taken)
            if meaning.spec is None:
                meaning.resolved_by = ResolvedBy.NOTHING
            else:
                kept[meaning.form] = meaning


def _twin(meaning: Meaning, first: Meaning, taken: set[str]) -> FormSpec | None:
    """The form that a further printing is whose title names other money than that of the first."""
    funds, others = (funds_in(each.table.captions.title) for each in (meaning, first))
    twin = meaning.spec.twin if meaning.spec else ""
    is_other = funds and others and funds != others
    return load_catalogue().by_name[twin] if twin and is_other and twin not in taken else None


def _next_best(meaning: Meaning, taken: set[str]) -> FormSpec | None:
    """The only other form of the same kind that a title fits, None where there is none."""
    concepts = title_concepts(meaning.table)
    fitting = [
        spec
        for spec in load_catalogue().forms
        if concepts and meaning.spec and spec.kind is meaning.spec.kind and spec.form not in taken
        and spec.title_weight(concepts - SAYS_NOTHING) is not None
        and not _speaks_against(meaning.table, spec)
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _unusualness(meaning: Meaning) -> tuple[bool, bool, bool, int, int]:
    """How unusual a printing is.

    Without a header, without a number, without a column that its form names, under a less usual
    title, or with more in its title than its form needs.
    """
    found = (title_concepts(meaning.table) or NO_CONCEPTS) - SAYS_NOTHING
    titles = meaning.spec.titles if meaning.spec else ()
    fitting = [(rank, len(found - title)) for rank, title in enumerate(titles) if title <= found]
    rank, added = min(fitting, default=(len(titles), 0))
    has_values = any(row.values for row in meaning.table.rows)
    has_names = bool(meaning.measures) or meaning.is_down
    return meaning.table.header is None, not has_values, not has_names, rank, added


def title_concepts(table: PrintedTable) -> Concepts | None:
    """The concepts of a table's title, None where it is not understood."""
    return load_catalogue().grammar.concepts(YEARS.sub("", bare_title(table.captions.title)))


def funds_in(title: str) -> Concepts:
    """The funds whose names stand in a title, understood or not: it can be of no other money."""
    folded = bare_title(title)
    terms = load_catalogue().grammar.terms.items()
    return NO_CONCEPTS.union(
        *(concepts for term, concepts in terms if concepts & _FUNDS and term in folded)
    )


def _name_by_labels(
    meaning: Meaning, meanings: Sequence[Meaning], kind: DocumentKind | None
) -> None:
    """Name a summary without a known title by the lines of its two sides.

    Only the summary of all funds has income that is no appropriation; only that of appropriations
    parts its expenditure by funds.
    """
    table = meaning.table
    taken = {other.form for other in meanings if other.spec}
    if kind is None or table.header is None or not table.header.is_two_sided:
        return
    if not _has_amounts(table):
        return
    if table.captions.forms or meaning.reprint_of:
        return
    fitting = [
        spec
        for spec in load_catalogue().forms
        if spec.layout is Layout.TWO_SIDED and spec.kind is kind and spec.form not in taken
        and _fits_lines(table, spec)
    ]  # fmt: skip
    if len(fitting) == 1:
        meaning.spec = fitting[0]
        meaning.resolved_by = ResolvedBy.STRUCTURE
        meaning.resolution = "the lines of both sides are those of this form and of no other"


def _name_by_columns(
    meaning: Meaning, meanings: Sequence[Meaning], kind: DocumentKind | None
) -> None:
    """Name a table without a known title by its columns, where one form alone has them all.

    What many forms print (合计, 基本支出, 项目支出) tells none.
    """
    table = meaning.table
    codes = classification_of(table)
    if kind is None or not codes or is_told(meaning) or not _has_amounts(table):
        return
    taken = {other.form for other in meanings if other.spec}
    funds = funds_in(table.captions.title)
    count = sum(column.role is None for column in table.columns)
    fitting = [
        spec
        for spec in load_catalogue().forms
        if spec.kind is kind and spec.form not in taken and spec.classification == codes
        and (not funds or spec.basis in funds)
        and len(set(dict(_named_columns(_supposed(table, spec))).values())) == count
    ]  # fmt: skip
    if len(fitting) == 1 and count > _FEW_COLUMNS:
        meaning.spec = fitting[0]
        meaning.resolved_by = ResolvedBy.STRUCTURE
        meaning.resolution = "its columns are those of this form and of no other"


def _has_amounts(table: PrintedTable) -> bool:
    """Tell whether a table prints amounts: of an empty one only its title says what it is."""
    return any(row.values for row in table.rows)


def _supposed(table: PrintedTable, spec: FormSpec) -> Meaning:
    """A table as if it were of a form."""
    return Meaning(table, spec, sections=_sections(table, spec))


def is_told(meaning: Meaning) -> bool:
    """Tell whether a table without a form has a title that is understood: it is another's."""
    captions = meaning.table.captions
    is_understood = bool(title_concepts(meaning.table)) and captions.is_titled
    return bool(captions.forms) or is_understood or bool(meaning.reprint_of)


def _fits_lines(table: PrintedTable, spec: FormSpec) -> bool:
    sections = {section.section: section for section in spec.sections}
    income, expenditure = sections["income"], sections["expenditure"]
    labels = [row.label for row in table.rows if row.label.strip()]
    of_income = {line for label in labels if (line := _line_among(income, label))}
    of_expenditure = {line for label in labels if (line := _line_among(expenditure, label))}
    own = any(line.line == "other" for line in income.lines)
    has_own = "operating" in of_income or any(map(_is_own_income, labels))
    has_classes = sum(_is_function_class(label) for label in labels) >= 2
    is_summary = "general_public_budget" in of_income or "fiscal_appropriation" in of_income
    return is_summary and has_classes and "grand_total" in of_expenditure and own == has_own


def _is_own_income(label: str) -> bool:
    """Tell whether a label names income that is no appropriation, on whatever form."""
    return bool((load_catalogue().label_concepts([label]) or NO_CONCEPTS) & _OWN_INCOME)


def _line_among(section: SectionSpec, label: str) -> str:
    concepts = load_catalogue().label_concepts([label])
    if not concepts:
        return ""
    return next(
        (
            line.line
            for line in section.lines
            if not line.after
            and any(wanted.fits(concepts, section.line_neutral) for wanted in line.labels)
        ),
        "",
    )


def _is_class(code: str) -> bool:
    """Tell whether a code is that of a functional class: 201."""
    return len(code) == _CLASS_DIGITS and code.startswith("2")


def _is_function_class(label: str) -> bool:
    folded = fold_label(label)
    if folded in load_catalogue().vocabulary.function_classes:
        return True
    concepts = load_catalogue().grammar.concepts(folded) or NO_CONCEPTS
    # 工资福利支出 is a class of the other classification.
    if concepts & _BY_USE or any(concept.startswith(_ECONOMIC) for concept in concepts):
        return False
    return folded.endswith("支出")


def name_columns(meaning: Meaning) -> None:
    """Give a table's columns the measures that its form's words give them."""
    spec, table = meaning.spec, meaning.table
    meaning.sections, meaning.measures, meaning.is_down = {}, {}, False
    meaning.ties = frozenset()
    if spec is None and not is_of_performance(table):
        return
    meaning.openings = frozenset(_openings(table))
    meaning.sections = _sections(table, spec) if spec else _of_performance(table)
    named = dict(_named_columns(meaning))
    meaning.is_down = spec is not None and _has_items_down(meaning, named)
    meaning.measures = {
        index: (measure, ResolvedBy.WORDS)
        for index, measure in _without_ties(meaning, named | dict(_named_shares(meaning))).items()
    }
    by_structure = (*_named_by_twins(meaning), *_carried_beside_surplus(meaning, named))
    meaning.measures |= {index: (measure, ResolvedBy.STRUCTURE) for index, measure in by_structure}
    meaning.ties = frozenset(_ties_down(meaning)) if meaning.is_down else frozenset()


def is_of_performance(table: PrintedTable) -> bool:
    """Tell whether a table lists indicators or is about a project's funds and their points.

    A sheet that sets funds has no header: its labels say so, below the project's name.
    """
    if lists_indicators(table.columns) or lists_funds(table.columns):
        return True
    return bool(table.project) and any(map(_is_of_project, table.rows))


def _is_of_project(row: BodyRow) -> bool:
    """Tell whether a row's only number is of a project's funds: 项目资金 | 年度资金总额 | 80.00."""
    numbers = [value for value in row.values if is_numeric(value.cell.text)]
    return len(numbers) == 1 and sets_funds(row.labels, load_catalogue())


def _of_performance(table: PrintedTable) -> dict[int, SectionSpec]:
    """What the columns of a table of performance measure, by its blocks."""
    return {column.block: load_catalogue().performance for column in table.columns}


def _openings(table: PrintedTable) -> Iterator[int | Place]:
    """Yield the columns and rows of the budget that a year began with, beside what it became.

    年初预算数, or 预算数 by itself, beside 全年预算数 or 调整预算数.
    """
    columns = [
        (column.index, column.block, column.concepts, column.years)
        for column in table.columns
        if column.role is None and column.concepts
    ]
    rows = [
        (row.place, row.block, concepts, _years_of(row))
        for row in table.rows
        if (concepts := figure_of_year(row))
    ]
    printed: Sequence[tuple[int | Place, int, Concepts, tuple[int, ...]]]
    for printed in (columns, rows):
        adjusted = [
            (block, concepts - SAYS_NOTHING, years)
            for _, block, concepts, years in printed
            if "adjusted" in concepts
        ]
        for key, block, concepts, years in printed:
            is_budget = bool(concepts & {"budgeted", "budget"}) and "adjusted" not in concepts
            if is_budget and (block, concepts - SAYS_NOTHING, years) in adjusted:
                yield key


def _named_by_twins(meaning: Meaning) -> Iterator[tuple[int, str]]:
    """Yield columns that nobody understands with what they measure in all blocks like their own.

    A list of codes that is broken into three blocks prints the same columns over each of them.
    """
    blocks: dict[int, list[Column]] = {}
    for column in meaning.table.columns:
        if column.role is not Role.REMARK:
            blocks.setdefault(column.block, []).append(column)
    for own in blocks.values():
        roles = [column.role for column in own]
        twins = [
            other
            for other in blocks.values()
            if other is not own and [column.role for column in other] == roles
        ]
        if len(twins) < _SEVERAL:
            continue
        for position, column in enumerate(own):
            if column.role is not None or column.concepts:
                continue
            measures = {
                meaning.measures.get(twin[position].index, ("", ResolvedBy.NOTHING))[0]
                for twin in twins
            }
            if len(measures) == 1 and (measure := measures.pop()):
                yield column.index, measure


def _carried_beside_surplus(
    meaning: Meaning, named: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the column of what is carried over, beside what is left and the 小计 of both.

    项目支出结转 says what the heading over the three says, 项目支出结转和结余.
    """
    columns = meaning.table.columns
    measures = {measure: index for index, (measure, _) in meaning.measures.items()}
    for measure, index in measures.items():
        whole = measures.get(measure.removesuffix(_SURPLUS))
        if not measure.endswith(_SURPLUS) or whole is None:
            continue
        of_both = columns[whole].header_path[:-1]
        carried = [
            other
            for other, claimed in named.items()
            if claimed == measure.removesuffix(_SURPLUS)
            and other != whole
            and columns[other].header_path[:-1] == columns[index].header_path[:-1] == of_both
        ]
        if len(carried) == 1:
            yield carried[0], measure.removesuffix(_SURPLUS) + _CARRIED


def _ties_down(meaning: Meaning) -> Iterator[tuple[Place, int]]:
    """Yield the rows and columns whose measure is not theirs alone, where items stand down.

    一般公共预算资金/小计 is all of it, not one of the items below, and 支出总计 is more than
    本年支出合计 above it; where no row or several say so, none has the measure.
    """
    claims: dict[tuple[int, str], list[BodyRow]] = {}
    for row in meaning.table.rows:
        for value in row.values:
            measure, _ = meaning.measure_of(row, value)
            if measure and is_numeric(value.cell.text):
                claims.setdefault((value.column.index, measure), []).append(row)
    for (index, _), rows in claims.items():
        if len(rows) == 1:
            continue
        wholes = [row for row in rows if len(row.labels) > 1 and _is_total_label(row.label)]
        wholes = wholes or [row for row in rows if _is_grand_total(row.label)]
        # “三公”经费小计 says more than the 合计 beside it, over meetings and training, too.
        wholes = wholes or [row for row in rows if "three_public" in _said(row)]
        yield from ((row.place, index) for row in rows if len(wholes) > 1 or row not in wholes)


def _said(row: BodyRow) -> Concepts:
    return load_catalogue().label_concepts(row.labels) or NO_CONCEPTS


def _is_total_label(label: str) -> bool:
    return load_catalogue().label_concepts([label]) == frozenset({"total"})


def _is_grand_total(label: str) -> bool:
    return "grand_total" in (load_catalogue().label_concepts([label]) or NO_CONCEPTS)


def _without_ties(meaning: Meaning, named: Mapping[int, str]) -> dict[int, str]:
    """Leave a measure that several columns of a block claim to the one that says most of it.

    三公经费/小计 is the total of the three, not the 合计 beside it over all that is printed; where
    two say as much, neither has it. A bare total beside other items may be of all of them.
    """
    columns = meaning.table.columns
    claims: dict[tuple[int, str], list[int]] = {}
    for index, measure in named.items():
        claims.setdefault((columns[index].block, measure), []).append(index)
    kept: dict[int, str] = {}
    for (_, measure), indexes in claims.items():
        said = {index: len((columns[index].concepts or NO_CONCEPTS) - SAYS_NOTHING)
                for index in indexes}  # fmt: skip
        most = [index for index in indexes if said[index] == max(said.values())]
        groups = {columns[index].header_path[:-1] for index in indexes}
        if len(groups) == 1 and all(groups):
            # Below one heading 小计 is all of it, and 其中：财政拨款 a part.
            wholes = [index for index in indexes if "total" in (columns[index].concepts or ())]
            most = wholes if len(wholes) == 1 else most
        if len(most) == 1:
            kept[most[0]] = measure
    others = {measure.removeprefix("budget_").removeprefix("actual_") for measure in kept.values()}
    if meaning.spec is None or meaning.spec.family != "three_public" or not others & _BESIDE:
        return kept
    return {
        index: measure
        for index, measure in kept.items()
        if not measure.endswith("total") or "three_public" in (columns[index].concepts or ())
    }


def _named_columns(meaning: Meaning) -> Iterator[tuple[int, str]]:
    this_year = meaning.this_year
    for column in meaning.table.columns:
        section = meaning.sections.get(column.block)
        is_of_numbers = column.role is None or (meaning.spec is None and column.role is Role.COUNT)
        if not is_of_numbers or section is None or column.concepts is None:
            continue
        is_prior = bool(column.years) and max(column.years) < this_year
        measure = section.measure(column.concepts)
        if not measure and "prior" in column.concepts:
            measure, is_prior = section.measure(column.concepts - {"prior"}), True
        if measure and column.index in meaning.openings:
            measure = OPENING + measure
        if measure and meaning.spec is not None and meaning.spec.plans_ahead:
            yield from _named_ahead(meaning, column, measure)
        elif measure:
            is_named = measure.startswith(PRIOR)
            yield column.index, PRIOR + measure if is_prior and not is_named else measure


def _named_shares(meaning: Meaning) -> Iterator[tuple[int, str]]:
    """Yield the columns of growth, which counts no money, with that measure."""
    for column in meaning.table.columns:
        section = meaning.sections.get(column.block)
        if column.role is not Role.COUNT or section is None or column.concepts is None:
            continue
        if section.measure(_of_share(column)) == GROWTH:
            yield column.index, GROWTH


def _of_share(column: Column) -> Concepts:
    """What the header of a share says: 增减（%） is the growth that 增减 alone is the change of."""
    concepts = column.concepts or NO_CONCEPTS
    is_growth = "change" in concepts and unit_of_header(column.header_path[-1]) == "%"
    return concepts | {GROWTH, "ratio"} if is_growth else concepts


def _named_ahead(meaning: Meaning, column: Column, measure: str) -> Iterator[tuple[int, str]]:
    """Yield a column of a plan of three years with its measure: of the first year, or of a later.

    A column of no year is the plan's as a whole, and has none.
    """
    years = sorted({year for other in meaning.table.columns for year in other.years})
    if len(column.years) == 1 and len(years) <= len(_AHEAD):
        yield column.index, _AHEAD[years.index(column.years[0])] + measure


def _has_items_down(meaning: Meaning, named: Mapping[int, str]) -> bool:
    """Tell whether a form prints its items down the side, where others print them across.

    Rows of units or of codes are no items.
    """
    spec, table = meaning.spec, meaning.table
    if spec is None or table.header is None or table.header.names_units:
        return False
    if spec.layout not in (Layout.SINGLE_ROW, Layout.CODED):
        return False
    if any(row.code_parts for row in table.rows):
        return False
    items = {
        measure
        for row in table.rows
        for column in table.columns
        if column.block == row.block and (measure := _measure_down(meaning, column, row))
    }
    across = {measure for measure in named.values() if measure not in ("total", "amount")}
    specific = {measure for measure in items if not measure.endswith("total")}
    return len(items) > 1 and len(specific) > len(across)


def _measure_down(meaning: Meaning, column: Column, row: BodyRow) -> str:
    """The measure of an item down the side in a column; of an earlier year ``prior_…``.

    Where its own words do not tell, those of the row that it is an item of may: 工资福利支出 below
    一、基本支出 is the part of it.
    """
    section = meaning.sections.get(column.block)
    if section is None or column.role is not None or column.concepts is None:
        return ""
    item = load_catalogue().label_concepts(row.labels)
    if not item:
        return ""
    is_prior = "prior" in column.concepts or (
        column.years and max(column.years) < meaning.this_year
    )
    said = column.concepts - {"prior"}
    measure = section.measure_down(said, item)
    head = meaning.heads.get(row.place)
    if not measure and head is not None:
        of_head = _said(head)
        measure = section.measure_down(said, item | of_head)
        measure = "" if measure == section.measure_down(said, of_head) else measure
    return PRIOR + measure if measure and is_prior else measure


def _sections(table: PrintedTable, spec: FormSpec) -> dict[int, SectionSpec]:
    """Tell which side of its form each block of a table is."""
    blocks = sorted({column.block for column in table.columns})
    if spec.layout is not Layout.TWO_SIDED:
        return dict.fromkeys(blocks, spec.sections[0])
    by_name = {section.section: section for section in spec.sections}
    sides: dict[int, str] = {}
    for block in blocks:
        side = _side(table, block, by_name, set(sides.values()))
        if side:
            sides[block] = side
    # A side has one block: what repeats it divides the same money once more.
    seen: set[str] = set()
    sections: dict[int, SectionSpec] = {}
    for block, side in sides.items():
        if side not in seen:
            sections[block] = by_name[side]
        seen.add(side)
    return sections


def _side(
    table: PrintedTable, block: int, sides: Mapping[str, SectionSpec], taken: set[str]
) -> str:
    """Tell the side of a block: by its labels' kinds of use, its header, its lines, its place."""
    columns = [column for column in table.columns if column.block == block]
    labels = [row.label for row in table.rows if row.block == block and row.label.strip()]
    header = [column for column in columns if column.role is Role.NAME]
    words = header[0].concepts if header and header[0].concepts else NO_CONCEPTS
    if words & {"by_economic", "by_government_economic"}:
        return ""
    if "purpose" in sides and ("by_use" in words or _are_uses(labels, sides["purpose"])):
        return "purpose"
    top = _top_concepts(columns)
    for side, other in (("income", "expenditure"), ("expenditure", "income")):
        if side in top and other not in top:
            return side
    # Funds are lines of both sides: income, and further down the balances of either.
    told = {
        "income": sum(
            _is_only_of(label, sides["income"], sides["expenditure"]) for label in labels
        ),
        "expenditure": sum(
            _is_function_class(label) or _is_only_of(label, sides["expenditure"], sides["income"])
            for label in labels
        ),
    }
    if told["income"] != told["expenditure"] and max(told.values()) > 1:
        return max(told, key=lambda side: told[side])
    return next((side for side in ("income", "expenditure") if side not in taken), "")


def _is_only_of(label: str, section: SectionSpec, other: SectionSpec) -> bool:
    """Tell whether a label names a line of one side and none of the other, wherever it stands."""
    concepts = load_catalogue().label_concepts([label])
    if not concepts:
        return False
    is_own, is_others = (
        any(
            wanted.fits(concepts, side.line_neutral)
            for line in side.lines
            for wanted in line.labels
        )
        for side in (section, other)
    )
    return is_own and not is_others


def _are_uses(labels: Sequence[str], section: SectionSpec) -> bool:
    """Tell whether a block's lines are kinds of use (基本支出), and none a functional class."""
    used = {_line_among(section, label) for label in labels}
    return bool(used & {"basic", "project"}) and not any(map(_is_function_class, labels))


def _top_concepts(columns: Sequence[Column]) -> Concepts:
    """The concepts of the topmost header cell over a block, none where it is not understood."""
    grammar = load_catalogue().grammar
    tops = [squash(column.header_path[0]) for column in columns if column.header_path]
    return (grammar.concepts(fold_label(tops[0])) or NO_CONCEPTS) if tops else NO_CONCEPTS


def _totals_of_year(meaning: Meaning) -> Iterator[tuple[Place, str]]:
    """Yield rows that say no more than 小计 or 合计 and are the total of the year, with their line.

    They are the only ones of their side that say so, and a grand total stands below them.
    """
    sided: dict[int, list[BodyRow]] = {}
    for row in meaning.table.rows:
        sided.setdefault(row.block, []).append(row)
    for block, rows in sided.items():
        section = meaning.sections.get(block)
        lines = [line for line in section.lines if line.line in _TOTALS] if section else []
        bare = [number for number, row in enumerate(rows) if _is_total_label(row.label)]
        if section is None or len(lines) != 1 or len(bare) != 1:
            continue
        says_so = any(_line_among(section, row.label) == lines[0].line for row in rows)
        if not says_so and any(_is_grand_total(row.label) for row in rows[bare[0] + 1 :]):
            yield rows[bare[0]].place, lines[0].line


class LineNamer:
    """Names a table's lines from the top down; some labels mean another line further down."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._seen: dict[int, list[str]] = {}
        self._totals_of_year = dict(_totals_of_year(meaning))
        self._repeated = frozenset(_repeated_lines(meaning))

    def name(self, row: BodyRow, code: str, label: str) -> str:
        """Return the canonical line of a row, '' where it has none."""
        section = self._meaning.section_for(row)
        if section is None or not (code or label):
            return ""
        if code:
            return FUNCTION_CLASS if section.has_function_classes and _is_class(code) else ""
        if line := self._totals_of_year.get(row.place):
            self._seen.setdefault(row.block, []).append(line)
            return line
        seen = self._seen.setdefault(row.block, [])
        chosen = _choose_line(section, label, seen)
        if chosen is not None and chosen.line not in self._repeated:
            seen.append(chosen.line)
            return chosen.line
        is_class = section.has_function_classes and _is_function_class(label)
        return FUNCTION_CLASS if is_class else ""


def _repeated_lines(meaning: Meaning) -> Iterator[str]:
    """Yield lines of a coded form that several rows are called like, and no total: units' 货物."""
    if meaning.spec is None or meaning.spec.layout is not Layout.CODED:
        return
    section = meaning.spec.sections[0]
    counts = Counter(_line_among(section, row.label) for row in meaning.table.rows)
    yield from (line for line, count in counts.items() if count > 1 and line not in ("", "total"))


def _choose_line(section: SectionSpec, label: str, seen: Sequence[str]) -> NamedLine | None:
    """The line that a label names, given those that came before; None for none.

    What a total has closed does not go on below it: the same label is a part of something else.
    """
    concepts = load_catalogue().label_concepts([label])
    if not concepts:
        return None
    order = [line.line for line in section.lines]
    closed = max(
        (order.index(line) for line in _TOTALS & set(seen[1:]) if line in order), default=-1
    )
    # A line that waits for another one is the more specific reading once that one has come.
    waiting = next(
        (
            line
            for line in section.lines
            if line.line not in seen and line.waits_for(concepts, section.line_neutral, seen)
        ),
        None,
    )
    open_lines = (
        line
        for line in section.lines
        if not line.after
        and any(wanted.fits(concepts, section.line_neutral) for wanted in line.labels)
        and line.line not in seen
        and (line.line in _TOTALS or order.index(line.line) > closed)
    )
    return waiting or next(open_lines, None)
