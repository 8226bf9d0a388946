"""The catalogue's equalities, held against cells whose meaning is only supposed.

Knows the little language in which ``seeds/identities`` states the identities of the forms. Adds
amounts to find out what a column *is*; whether a figure is right is for the warehouse to judge.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.reference_lists import list_rows
from pipelines.recognising.naming import FUNCTION_CLASS
from pipelines.recognising.wording import fold_label

_CLASS_DIGITS = 3
_LEVEL_DIGITS = 2


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row of a form as equalities see it.

    Attributes:
        key: What makes it the same row on another form: code, class, line or label.
        code: Its classification code, '' for none.
        line: Its canonical line, '' for none.
        is_leaf: Whether it has a code and no row below it has a longer one.
        siblings: How many rows share its parent.
    """

    key: str
    code: str
    line: str
    is_leaf: bool
    siblings: int

    @property
    def parent(self) -> str:
        """The code one level up, '' for none."""
        is_class = len(self.code) <= _CLASS_DIGITS
        return "" if is_class else self.code[:-_LEVEL_DIGITS]


@dataclass(frozen=True, slots=True)
class SupposedCell:
    """One printed amount with the meaning that is supposed of it.

    Attributes:
        form: Form.
        section: Side.
        row: Its row.
        measure: Measure.
        amount: The amount, in a unit that all cells share.
        half_step: Half of the last digit printed.
    """

    form: str
    section: str
    row: CellRow
    measure: str
    amount: Decimal
    half_step: Decimal


@dataclass(frozen=True, slots=True)
class Instance:
    """One equality evaluated: which, between which columns, its sides and whether it holds.

    Attributes:
        identity: The identity's id.
        columns: The form and measure of each amount in it.
        left: What one side comes to.
        right: What the other does.
        holds: Whether they are the same within rounding.
    """

    identity: str
    columns: frozenset[tuple[str, str]]
    left: Decimal
    right: Decimal
    holds: bool

    @property
    def forms(self) -> frozenset[str]:
        """The forms between which it is."""
        return frozenset(form for form, _ in self.columns)


@dataclass(frozen=True, slots=True)
class _Term:
    side: str
    sign: int
    forms: frozenset[str]
    section: str
    selector: str
    selected: frozenset[str]
    measures: frozenset[str]
    is_required: bool
    key: str


@dataclass(frozen=True, slots=True)
class Equality:
    """One identity of the catalogue between amounts of forms.

    Attributes:
        identity: Its id.
        kind: The kind of document it holds for.
        scopes: What opens an instance: ``form``, ``code``, ``line``, ``measure``.
        forms: The forms that it speaks of.
    """

    identity: str
    kind: str
    scopes: frozenset[str]
    terms: tuple[_Term, ...]

    @property
    def forms(self) -> frozenset[str]:
        """The forms that its terms select from."""
        return frozenset().union(*(term.forms for term in self.terms))

    def evaluate(self, cells: Sequence[SupposedCell]) -> Iterator[Instance]:
        """Yield an instance for each scope in which both sides print something but nil.

        Where an identity may hold in several ways, that is the first way in which it does.
        """
        sides: dict[tuple[str, ...], dict[str, list[tuple[int, SupposedCell]]]] = {}
        required: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, term in enumerate(self.terms):
            for cell in cells:
                if not _selects(term, cell):
                    continue
                scope = self._scope(term, cell)
                if term.side == "when_zero":
                    if cell.amount:
                        return
                    continue
                parts = sides.setdefault(scope, {"left": [], "right": []})
                parts[term.side].append((term.sign, cell))
                required[scope].add(number)
        ways: dict[tuple[str, ...], list[Instance]] = defaultdict(list)
        for scope, parts in sides.items():
            wanted = {
                number
                for number, term in enumerate(self.terms)
                if term.is_required and term.key in ("", scope[0])
            }
            if wanted <= required[scope] and parts["left"] and parts["right"]:
                key, *others = scope
                ways[key.partition("/")[0], *others].extend(self._instance(parts))
        yield from map(_best, filter(None, ways.values()))

    def _instance(
        self, parts: Mapping[str, Sequence[tuple[int, SupposedCell]]]
    ) -> Iterator[Instance]:
        left, right = (
            sum((sign * cell.amount for sign, cell in parts[side]), Decimal(0))
            for side in ("left", "right")
        )
        involved = [cell for side in parts.values() for _, cell in side]
        if not any(cell.amount for cell in involved):
            return
        reach = sum((cell.half_step for cell in involved if cell.amount), Decimal(0))
        columns = frozenset((cell.form, cell.measure) for cell in involved)
        yield Instance(self.identity, columns, left, right, abs(left - right) <= reach)

    def _scope(self, term: _Term, cell: SupposedCell) -> tuple[str, ...]:
        row = cell.row
        by_row = ""
        if self.scopes & {"code", "line"}:
            by_row = row.parent if term.selector in ("children", "only_child") else row.key
        return (
            term.key,
            cell.form if "form" in self.scopes else "",
            by_row,
            cell.measure if "measure" in self.scopes else "",
        )


def _best(ways: Sequence[Instance]) -> Instance:
    """The first way in which an identity holds, else the first of all."""
    return next((each for each in ways if each.holds), ways[0])


_SELECTORS: Mapping[str, Callable[[frozenset[str], CellRow], bool]] = {
    "rows": lambda _, row: row is not None,
    "line": lambda selected, row: row.line in selected,
    "total": lambda _, row: row.line == "total",
    "function_classes": lambda _, row: row.line == FUNCTION_CLASS,
    "code": lambda selected, row: row.code in selected,
    "under": lambda selected, row: row.parent in selected,
    "leaves": lambda _, row: row.is_leaf,
    "roots": lambda _, row: len(row.code) == _CLASS_DIGITS,
    "codes": lambda selected, row: (
        bool(row.code) and (not selected or str(len(row.code)) in selected)
    ),
    "children": lambda selected, row: (
        bool(row.parent) and (not selected or str(len(row.code)) in selected)
    ),
    "only_child": lambda _, row: bool(row.parent) and row.siblings == 1,
}


def _selects(term: _Term, cell: SupposedCell) -> bool:
    return (
        cell.form in term.forms
        and (not term.section or term.section == cell.section)
        and ("*" in term.measures or cell.measure in term.measures)
        and _SELECTORS[term.selector](term.selected, cell.row)
    )


@cache
def load_equalities(identities_dir: Path) -> tuple[Equality, ...]:
    """Load the hard equalities between amounts of forms from the folder of dbt's seeds.

    Those that hold only where another identity does are left out: what they rest on is not known
    yet.
    """
    terms: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in list_rows(identities_dir / "identity_terms.csv"):
        # What a balance brought forward may add proves no name.
        if row["side"] != "may_exceed_by":
            terms[row["identity_id"]].append(row)
    return tuple(
        Equality(
            identity=row["identity_id"],
            kind=row["document_kind"],
            scopes=frozenset(row["scope"].split(",")),
            terms=tuple(_term(term) for term in terms[row["identity_id"]]),
        )
        for row in list_rows(identities_dir / "identities.csv")
        if row["relation"] == "=" and row["severity"] == "hard" and row["evidence"] == "forms"
        and row["identity_id"] in terms
        and all(term["side"] != "when_holds" for term in terms[row["identity_id"]])
        and all(_selector(term)[0] in _SELECTORS for term in terms[row["identity_id"]])
    )  # fmt: skip


def equalities_of(
    equalities: Iterable[Equality], form: str, kind: DocumentKind
) -> tuple[Equality, ...]:
    """The equalities that speak of a form, in documents of a kind."""
    return tuple(
        equality
        for equality in equalities
        if form in equality.forms and equality.kind in ("any", kind.value)
    )


def _selector(term: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    name, _, selected = term["rows"].partition(":")
    return name, frozenset(selected.split("|")) if selected else frozenset()


def _term(row: Mapping[str, str]) -> _Term:
    selector, selected = _selector(row)
    return _Term(
        side=row["side"],
        sign=int(row["sign"]),
        forms=frozenset(row["form"].split("|")),
        section=row["section"],
        selector=selector,
        selected=selected,
        measures=frozenset(row["measures"].split("|")),
        is_required=row["required"] == "amount",
        key=row["scope_key"],
    )


@cache
def load_function_classes(reference_dir: Path) -> Mapping[str, str]:
    """The codes of the functional classes by their folded names."""
    return {
        fold_label(row["name_zh"]): row["code"]
        for row in list_rows(reference_dir / "functional_classification.csv")
        if len(row["code"]) == _CLASS_DIGITS
    }
