"""What words leave open and arithmetic decides: forms and measures that only one assignment fits.

Knows which assignments structure allows: codes of one classification, columns in the order in
which forms print them, forms that no other table is. Each is held against the catalogue's
equalities, and one is accepted only where none of its equalities fails, several of unequal amounts
hold, one of them with another form where a form is at stake, and no other assignment does as well.

This is the one place in Python that adds amounts. It decides what a number is called, never
whether it is right: a document that contradicts itself is left without a name rather than guessed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import DocumentKind, ResolvedBy
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount
from pipelines.normalising.codes import join_code
from pipelines.normalising.equalities import (
    CellRow,
    Equality,
    SupposedCell,
    equalities_of,
    load_equalities,
    load_function_classes,
)
from pipelines.normalising.units import unit_of_table
from pipelines.recognising.assembling import PrintedTable
from pipelines.recognising.catalogue import FormSpec, Layout, SectionSpec, load_catalogue
from pipelines.recognising.headers import Column
from pipelines.recognising.naming import (
    FUNCTION_CLASS,
    LineNamer,
    Meaning,
    classification_of,
    funds_in,
    is_told,
    name_columns,
)
from pipelines.recognising.wording import fold_label

# So many unequal amounts must stand in equalities that hold.
ENOUGH = 3
# More ways to name a table's columns than this are not tried: they would hardly be told apart.
MOST_WAYS = 400
_SHOWN = 3
_WHOLE = "total"
_ITEMS = ("overseas", "vehicle", "reception")
_BESIDE = ("meeting", "training", "agency_operation")


@dataclass(frozen=True, slots=True)
class _Supposition:
    """A form and measures supposed of a table, and what speaks for them.

    Attributes:
        meaning: The table with that meaning.
        amounts: The unequal amounts of the equalities that hold.
        others: The forms that it is tied to by equalities.
        tied: Its measures that equalities tie to another column.
        identities: The equalities.
    """

    meaning: Meaning
    amounts: frozenset[Decimal]
    others: frozenset[str]
    tied: frozenset[str]
    identities: tuple[str, ...]

    @property
    def measures(self) -> dict[int, tuple[str, ResolvedBy]]:
        """What its columns measure; the sums down a column alone do not tell."""
        return {
            index: (measure, resolved_by)
            for index, (measure, resolved_by) in self.meaning.measures.items()
            if resolved_by is not ResolvedBy.PROOF or measure in self.tied
        }


def prove_meanings(
    meanings: Sequence[Meaning],
    narrative: Sequence[str],
    kind: DocumentKind | None,
    reference_dir: Path,
) -> None:
    """Give tables and columns that words left open the meaning that arithmetic proves.

    Args:
        meanings: The tables of a document with what their words mean; changed in place.
        narrative: The document's paragraphs, for the units of tables.
        kind: The kind of the document, without which nothing is supposed.
        reference_dir: Folder of the reference seeds.
    """
    if kind is None:
        return
    prover = _Prover(meanings, narrative, kind, reference_dir)
    for meaning in meanings:
        if meaning.spec is not None and meaning.spec.family == "three_public":
            _settle_total(meaning)
    # What is proven may prove more.
    proven = True
    while proven:
        tried = [prover.prove(number) for number in range(len(meanings)) if prover.is_open(number)]
        proven = any(tried)


class _Prover:
    """The tables of one document, their amounts, and what is known of them so far."""

    def __init__(
        self,
        meanings: Sequence[Meaning],
        narrative: Sequence[str],
        kind: DocumentKind,
        reference_dir: Path,
    ) -> None:
        self._meanings = meanings
        self._kind = kind
        self._equalities = load_equalities(reference_dir.parent / "identities")
        self._classes = load_function_classes(reference_dir)
        self._units = [unit_of_table(meaning, meanings, narrative) for meaning in meanings]
        self._cells: dict[int, list[SupposedCell]] = {}
        self._fits: dict[tuple[int, str], list[_Supposition]] = {}

    def is_open(self, number: int) -> bool:
        """Whether words left something of a table open that arithmetic may decide."""
        meaning = self._meanings[number]
        if meaning.is_down or not any(row.values for row in meaning.table.rows):
            return False
        if meaning.spec is None:
            return not is_told(meaning)
        if meaning.spec.layout is Layout.SINGLE_ROW:
            return False  # one row of amounts proves nothing
        return any(_is_free(meaning, column) for column in meaning.table.columns)

    def prove(self, number: int) -> bool:
        """Try the meanings that structure allows a table; tell whether one was accepted."""
        meaning = self._meanings[number]
        specs = [meaning.spec] if meaning.spec else list(self._candidates(meaning))
        fitting = [each for spec in specs for each in self._fitting(number, spec)]
        accepted = _only_one(fitting, is_named=meaning.spec is not None)
        if accepted is None or not _adds_something(meaning, accepted):
            return False
        if meaning.spec is None and (
            self._has_rivals(number, specs, accepted.meaning)
            or self._is_contended(number, accepted.meaning)
        ):
            return False
        _accept(meaning, accepted)
        self._cells.pop(number, None)
        self._fits.clear()
        return True

    def _fitting(self, number: int, spec: FormSpec) -> list[_Supposition]:
        """The suppositions that a table is of a form against which no equality speaks."""
        key = number, spec.form
        if key not in self._fits:
            supposed = _suppositions(self._meanings[number], spec)
            held = (self._hold(number, each) for each in supposed)
            self._fits[key] = [each for each in held if each is not None]
        return self._fits[key]

    def _has_rivals(self, number: int, specs: Sequence[FormSpec], supposed: Meaning) -> bool:
        """Tell whether a standard form that nothing refutes is left, tied to others or not.

        What would refute it may be a table that has no name yet. A form without its total is none.
        """
        return any(
            len(each.amounts) >= ENOUGH
            and any(measure == "total" for measure, _ in each.meaning.measures.values())
            for spec in specs
            if spec.is_standard and spec.form != supposed.form
            for each in self._fitting(number, spec)
        )

    def _is_contended(self, number: int, supposed: Meaning) -> bool:
        """Tell whether another table without a name may be the form just as well.

        Where all money is of one fund, several forms print the same amounts.
        """
        return any(
            each.others and len(each.amounts) >= ENOUGH
            for other, meaning in enumerate(self._meanings)
            if other != number and meaning.spec is None and self.is_open(other)
            for spec in self._candidates(meaning)
            if spec.form == supposed.form
            for each in self._fitting(other, spec)
        )

    def _candidates(self, meaning: Meaning) -> Iterator[FormSpec]:
        """The forms that a table without a name may be, by its codes and its layout."""
        table = meaning.table
        taken = {other.form for other in self._meanings if other.spec}
        codes = classification_of(table)
        funds = funds_in(table.captions.title)
        for spec in load_catalogue().forms:
            if spec.kind is not self._kind or spec.form in taken:
                continue
            if codes != spec.classification or (spec.layout is Layout.TWO_SIDED) != (
                not codes and table.header is not None and table.header.is_two_sided
            ):
                continue
            if spec.layout is Layout.SINGLE_ROW or (not codes and spec.layout is Layout.CODED):
                continue
            if funds and spec.basis not in funds:
                continue
            yield spec

    def _hold(self, number: int, supposed: Meaning) -> _Supposition | None:
        """Hold a supposed meaning against all equalities of its form; None where one fails."""
        own = self._cells_of(number, supposed)
        others = [
            cell
            for other, meaning in enumerate(self._meanings)
            if other != number and meaning.spec is not None
            for cell in self._known_cells(other)
        ]
        amounts: set[Decimal] = set()
        others_tied: set[str] = set()
        tied: set[str] = set()
        identities: list[tuple[bool, str]] = []
        cells = [*own, *others]
        for equality in self._of_form(supposed.form):
            for instance in equality.evaluate(cells):
                if supposed.form not in instance.forms:
                    continue
                if not instance.holds:
                    return None
                if instance.left and instance.right:
                    amounts.add(instance.left)
                    beyond = instance.forms - {supposed.form}
                    others_tied |= beyond
                    if len(instance.columns) > 1:
                        tied |= {
                            measure for form, measure in instance.columns if form == supposed.form
                        }
                    identities.append((not beyond, instance.identity))
        # What ties it to other forms is said first: it is what decides.
        ranked = sorted(identities, key=lambda ranked: ranked[0])
        names = tuple(dict.fromkeys(identity for _, identity in ranked))
        return _Supposition(
            supposed, frozenset(amounts), frozenset(others_tied), frozenset(tied), names
        )

    def _of_form(self, form: str) -> Sequence[Equality]:
        return equalities_of(self._equalities, form, self._kind)

    def _known_cells(self, number: int) -> list[SupposedCell]:
        if number not in self._cells:
            self._cells[number] = self._cells_of(number, self._meanings[number])
        return self._cells[number]

    def _cells_of(self, number: int, meaning: Meaning) -> list[SupposedCell]:
        """The amounts of a table under a meaning, in yuan; none where its unit is not known."""
        unit = self._units[number] or meaning.table.unit
        if unit is None or meaning.spec is None:
            return []
        cells = []
        for row, cell_row in zip(meaning.table.rows, self._rows(meaning), strict=True):
            section = meaning.section_for(row)
            for value in row.values:
                measure = meaning.measure_of(row, value)[0]
                amount = _amount(value.cell.text, unit) if measure and section else None
                if amount is not None and section is not None:
                    cells.append(
                        SupposedCell(meaning.form, section.section, cell_row, measure, *amount)
                    )
        return cells

    def _rows(self, meaning: Meaning) -> list[CellRow]:
        rows = meaning.table.rows
        codes: list[str] = []
        above: dict[int, str] = {}
        for row in rows:
            code = join_code(row.code_parts, above.get(row.block, ""))
            above[row.block] = code or above.get(row.block, "")
            codes.append(code)
        siblings = Counter(code[:-2] for code in codes if len(code) > 3)
        namer = LineNamer(meaning)
        found = []
        for row, code in zip(rows, codes, strict=True):
            line = namer.name(row, code, "".join(row.label.split()))
            own_class = self._classes.get(fold_label(row.label), "")
            named = "" if line in ("", FUNCTION_CLASS) else line
            key = code or (own_class if line == FUNCTION_CLASS else "") or named
            is_leaf = bool(code) and code not in siblings
            found.append(
                CellRow(key or fold_label(row.label), code, line, is_leaf, siblings[code[:-2]])
            )
        return found


def _amount(text: str, unit: PrintedUnit) -> tuple[Decimal, Decimal] | None:
    """A printed amount in yuan and half of its last digit, None where it is none."""
    try:
        amount = parse_amount(text, unit)
    except UnreadableAmountError:
        return None
    if amount is None:
        return None
    return amount.yuan, unit.yuan / Decimal(10) ** amount.scale / 2


def _is_free(meaning: Meaning, column: Column) -> bool:
    """Tell whether a column of amounts has a header that nobody understands."""
    if column.role is not None or column.index in meaning.measures:
        return False
    return column.concepts is None or not column.concepts


def _suppositions(meaning: Meaning, spec: FormSpec) -> Iterator[Meaning]:
    """Yield the meanings of a table under a form: measures in the order in which forms print them.

    What words say stays; columns whose words are understood and measure nothing of the form are
    left alone.
    """
    supposed = Meaning(
        meaning.table, spec, meaning.resolved_by, meaning.resolution, reprint_of=meaning.reprint_of
    )
    name_columns(supposed)
    if supposed.is_down or (meaning.spec is None and _speak_against(supposed)):
        return
    ways: list[dict[int, str]] = [{}]
    blocks = sorted({column.block for column in meaning.table.columns})
    for block in blocks:
        section = supposed.sections.get(block)
        columns = [column for column in meaning.table.columns if column.block == block]
        of_block = list(_ways(supposed, columns, section)) if section else [{}]
        ways = [{**way, **more} for way in ways for more in of_block]
        if len(ways) > MOST_WAYS:
            return
    for way in ways:
        measures = {
            **supposed.measures,
            **{index: (measure, ResolvedBy.PROOF) for index, measure in way.items()},
        }
        yield Meaning(
            meaning.table, spec, supposed.resolved_by, supposed.resolution,
            supposed.sections, measures, reprint_of=supposed.reprint_of,
        )  # fmt: skip


def _speak_against(supposed: Meaning) -> bool:
    """Tell whether a header that is understood measures something that the form does not print."""
    return any(
        column.role is None
        and column.concepts
        and column.index not in supposed.measures
        and column.block in supposed.sections
        for column in supposed.table.columns
    )


def _ways(
    supposed: Meaning, columns: Sequence[Column], section: SectionSpec
) -> Iterator[dict[int, str]]:
    """Yield the ways to name a block's free columns in the form's order."""
    free = [
        column.index
        for column in columns
        if _is_free(supposed, column) and not _is_part(column, section)
    ]
    if not free:
        yield {}
        return
    order = {measure: rank for rank, measure in enumerate(section.main_measures)}
    fixed = {
        index: order[measure]
        for column in columns
        if (index := column.index) in supposed.measures
        and (measure := supposed.measures[index][0]) in order
    }
    names = [measure for measure in order if order[measure] not in fixed.values()]
    if sum(column.role is None for column in columns) == 1 and _WHOLE in names:
        # A part beside no other is no part; where there is no other money its sums would hold.
        names = [_WHOLE]
    for chosen in combinations(names, len(free)):
        ranks = {**fixed, **dict(zip(free, (order[name] for name in chosen), strict=True))}
        in_order = [ranks[index] for index in sorted(ranks)]
        if in_order == sorted(in_order):
            yield dict(zip(free, chosen, strict=True))


def _is_part(column: Column, section: SectionSpec) -> bool:
    """Tell whether a column stands under a group that measures something: it is a part of that."""
    groups = (load_catalogue().header_concepts([text]) for text in column.header_path[:-1])
    return any(section.measure(group) not in ("", _WHOLE) for group in groups if group)


def _only_one(fitting: Sequence[_Supposition], *, is_named: bool) -> _Supposition | None:
    """The supposition that the equalities single out, None where several do as well.

    One whose equalities are among those of another, of more amounts, is the same with less named.
    """
    # A sum within a table holds whatever form it is: only ties to others tell forms apart.
    enough = [each for each in fitting if len(each.amounts) >= ENOUGH and (is_named or each.others)]
    best = max((len(each.amounts) for each in enough), default=0)
    most = [each for each in enough if len(each.amounts) == best]
    forms = {each.meaning.form for each in enough}
    if len(most) != 1 or len(forms) != 1:
        return _common(enough) if len(forms) == 1 and enough else None
    best_one = most[0]
    rivals = [
        each for each in fitting if each is not best_one and not each.amounts < best_one.amounts
    ]
    return _common([best_one, *rivals]) if rivals else best_one


def _common(fitting: Sequence[_Supposition]) -> _Supposition | None:
    """What all suppositions that fit agree on, None where that names nothing more."""
    first = fitting[0]
    agreed = {
        index: named
        for index, named in first.meaning.measures.items()
        if all(other.meaning.measures.get(index) == named for other in fitting)
    }
    amounts = frozenset.intersection(*(each.amounts for each in fitting))
    others = frozenset.intersection(*(each.others for each in fitting))
    tied = frozenset.intersection(*(each.tied for each in fitting))
    if not agreed or len(amounts) < ENOUGH:
        return None
    meaning = first.meaning
    common = Meaning(
        meaning.table, meaning.spec, meaning.resolved_by, meaning.resolution,
        meaning.sections, agreed, reprint_of=meaning.reprint_of,
    )  # fmt: skip
    return _Supposition(common, amounts, others, tied, first.identities)


def _adds_something(meaning: Meaning, proven: _Supposition) -> bool:
    return meaning.spec is None or len(proven.measures) > len(meaning.measures)


def _accept(meaning: Meaning, accepted: _Supposition) -> None:
    """Take a proven meaning over."""
    proof = ", ".join(accepted.identities[:_SHOWN])
    more = len(accepted.identities) - _SHOWN
    said = (
        f"the only meaning for which {proof}{f' and {more} more' if more > 0 else ''} hold, "
        f"over {len(accepted.amounts)} unequal amounts"
    )
    if meaning.spec is None:
        meaning.resolved_by = ResolvedBy.PROOF
        meaning.resolution = said
    else:
        meaning.resolution = f"{meaning.resolution}; columns: {said}"
    meaning.spec = accepted.meaning.spec
    meaning.sections = accepted.meaning.sections
    meaning.measures = accepted.measures


def _settle_total(meaning: Meaning) -> None:
    """Tell the total of the three public expenses from one over what is printed beside them."""
    for prefix in ("budget_", "actual_", ""):
        columns = {
            measure.removeprefix(prefix): index
            for index, (measure, _) in meaning.measures.items()
            if measure.startswith(prefix)
        }
        bare = [
            column.index
            for column in meaning.table.columns
            if _is_bare_total(meaning, column, prefix)
        ]
        if len(bare) != 1:
            continue
        amounts = _only_amounts(meaning.table)
        if amounts is None or bare[0] not in amounts:
            continue
        printed = amounts[bare[0]]
        fits_three = _adds_up(printed, _parts(columns, amounts, _ITEMS))
        fits_all = _adds_up(printed, _parts(columns, amounts, (*_ITEMS, *_BESIDE)))
        is_nil_beside = not any(amount for amount, _ in _parts(columns, amounts, _BESIDE))
        # Where nothing was spent on the rest the two totals are one.
        if "total" not in columns and fits_three and (is_nil_beside or not fits_all):
            meaning.measures[bare[0]] = (f"{prefix}total", ResolvedBy.PROOF)
        elif fits_all and ("total" in columns or not fits_three):
            meaning.measures[bare[0]] = (f"{prefix}grand_total", ResolvedBy.PROOF)


def _is_bare_total(meaning: Meaning, column: Column, prefix: str) -> bool:
    if column.index in meaning.measures or column.role is not None or column.concepts is None:
        return False
    section = meaning.sections.get(column.block)
    return section is not None and section.measure(column.concepts) == f"{prefix}total"


def _only_amounts(table: PrintedTable) -> Mapping[int, tuple[Decimal, Decimal]] | None:
    """The amounts of a table's only row by column, with half of their last digit.

    None where it has several rows.
    """
    valued = [row for row in table.rows if row.values]
    if len(valued) != 1:
        return None
    amounts = {}
    for value in valued[0].values:
        amount = _amount(value.cell.text, PrintedUnit.YUAN)
        if amount is not None:
            amounts[value.column.index] = amount
    return amounts


def _parts(
    columns: Mapping[str, int],
    amounts: Mapping[int, tuple[Decimal, Decimal]],
    items: Sequence[str],
) -> list[tuple[Decimal, Decimal]]:
    """The amounts of items; vehicles by their subtotal, or by purchase and operation."""
    parts: list[tuple[Decimal, Decimal]] = []
    for item in items:
        names = [item]
        if item == "vehicle" and columns.get("vehicle") not in amounts:
            names = ["vehicle_purchase", "vehicle_operation"]
        indexes = [columns[name] for name in names if name in columns]
        parts.extend(amounts[index] for index in indexes if index in amounts)
    return parts


def _adds_up(total: tuple[Decimal, Decimal], parts: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """Tell whether parts add up to a total, each rounded as it is printed."""
    amount, half_step = total
    reach = half_step + sum((step for part, step in parts if part), Decimal(0))
    return abs(amount - sum((part for part, _ in parts), Decimal(0))) <= reach
