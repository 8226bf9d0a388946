"""Writes a small document for each identity: it prints just what the identity's terms select.

For each term there are further ones, in which what it selects is blank, is not printed at all, or,
where it has to be nil, is not nil. The amounts are all different, so that what a check adds up can
be told from its sums. Knows the little language of selectors. Does not know what is made of it: see
test_terms.py.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from typing import NamedTuple

from tests.integration.dbt.staged import Disclosed, Form, Row, Stated
from tests.paths import PROJECT_DIR

SEEDS = PROJECT_DIR / "dbt_project" / "seeds"
# Printed where a term asks for every measure.
MEASURES = ("total", "general_public_budget", "amount")
PROSE = ("narrative", "appendix", "overview")
# Two classes, of which one has a type with one item alone.
FUNCTIONS = ("201", "20101", "2010101", "2010102", "208", "20805", "2080505")
ECONOMIC = ("301", "30101", "302", "30211", "30216")
BY_ECONOMIC_CLASS = ("basic_expenditure", "budget_basic_expenditure")
# What the prose calls a row of a form.
NAMED = {
    "class": "201",
    "subclass": "20101",
    "item": "2010101",
    "personnel_item": "30101",
    "public_item": "30211",
}
CLASSES = (
    ("", "一般公共服务支出", "function_class"),
    ("", "社会保障和就业支出", "function_class"),
)
NIL = "0.00"


class Cell(NamedTuple):
    """One amount: of a form, or of the prose, whose forms are called after part and topic."""

    form: str
    section: str
    code: str
    label: str
    line: str
    measure: str

    @property
    def is_stated(self) -> bool:
        """Whether it stands in the prose."""
        return self.form.split(".")[0] in PROSE


@dataclass(frozen=True, slots=True)
class Term:
    """A line of ``identity_terms``.

    Attributes:
        number: Its number.
        side: The side that it is of, or what it has to be.
        forms: Its forms, of which a document prints some; of a ground, the identity.
        section: The side of the form, or the item of the prose.
        selector: How it selects rows, and which.
        measures: Which columns.
    """

    number: int
    side: str
    forms: Sequence[str]
    section: str
    selector: str
    selected: Sequence[str]
    measures: Sequence[str]

    def cells(self, *, is_named: bool) -> Iterator[Cell]:
        """Every cell that it selects, with some beside them that it should not.

        Args:
            is_named: Another term selects the rows that the prose names.
        """
        for form in self.forms:
            for code, label, line in self._rows(form, is_named=is_named):
                for measure in self.measures:
                    cell = Cell(form, self.section, code, label, line, measure)
                    yield cell._replace(section=self.section or line) if cell.is_stated else cell

    def _rows(self, form: str, *, is_named: bool) -> Iterator[tuple[str, str, str]]:
        """Code, label and line of rows."""
        if form.split(".")[0] in PROSE:
            yield from self._stated_rows(is_named=is_named)
        elif self.selector == "line":
            yield from (("", line, line) for line in self.selected)
        elif self.selector == "total":
            yield "", "合计", "total"
        elif self.selector == "label":
            yield from (("", label, "") for label in self.selected)
        elif self.selector == "function_classes":
            yield from CLASSES
        else:
            yield from ((code, name_of(code), "") for code in self._codes(form))
            if self.selector == "rows":
                yield from CLASSES

    def _codes(self, form: str) -> Sequence[str]:
        """The codes that it selects, and those above and below."""
        if self.selector == "code":
            return self.selected
        if self.selector == "under":
            return [f"{code}{part}" for code in self.selected for part in ("", "01", "02")]
        return ECONOMIC if form in BY_ECONOMIC_CLASS else FUNCTIONS

    def _stated_rows(self, *, is_named: bool) -> Iterator[tuple[str, str, str]]:
        """Code, label and line of what the prose states."""
        if self.selector in ("line", "total"):
            for line in self.selected if self.selector == "line" else ("total",):
                yield "", name_of(NAMED[line]) if is_named and line in NAMED else "", line
        elif self.selector in ("code", "under"):
            yield from (("", name_of(code), self.section) for code in self._codes(""))
        else:
            yield "", name_of(NAMED[self.section]) if self.section in NAMED else "", self.section


@dataclass(slots=True)
class Instances:
    """The instances of an identity that have one name, and what a document of them prints."""

    name: str
    kind: str
    terms: list[Term] = field(default_factory=list)
    grounds: list["Instances"] = field(default_factory=list)

    def documents(self) -> Iterator[Disclosed]:
        """The document that prints all, and those that lack something."""
        is_named = any(term.selector == "named" for term in self.terms)
        own = {term: list(term.cells(is_named=is_named)) for term in self.terms}
        amounts = self._amounts(own)
        yield self._document(self.name, amounts)
        for term, cells in own.items():
            blank = dict.fromkeys(cells, "")
            yield self._document(f"{self.name}, {term.number} blank", {**amounts, **blank})
            left = {cell: text for cell, text in amounts.items() if cell not in blank}
            yield self._document(f"{self.name}, {term.number} missing", left)
            if term.side == "when_zero":
                some = dict.fromkeys(cells, "1.00")
                yield self._document(f"{self.name}, {term.number} not nil", {**amounts, **some})

    def _amounts(self, own: Mapping[Term, Iterable[Cell]]) -> dict[Cell, str]:
        number = count(1)
        amounts: dict[Cell, str] = {}
        for term, cells in own.items():
            for cell in cells:
                text = amount(next(number))
                amounts.setdefault(cell, NIL if term.side == "when_zero" else text)
        for ground in self.grounds:
            amounts |= ground.holding(amounts, amount(next(number)))
        return amounts

    def holding(self, amounts: Mapping[Cell, str], text: str) -> dict[Cell, str]:
        """Amounts with which these instances hold: one on either side is all there is."""
        held: dict[Cell, str] = {}
        for term in self.terms:
            first, *others = term.cells(is_named=False)
            is_first = all(each.side != term.side for each in self.terms[: self.terms.index(term)])
            held |= {cell: amounts.get(cell, NIL) for cell in others}
            held[first] = amounts.get(first, text if is_first else NIL)
        return held

    def _document(self, name: str, amounts: Mapping[Cell, str]) -> Disclosed:
        return printing(name, amounts, department=name, kind=self.kind)


def amount(number: int) -> str:
    """The so-manieth amount: far from all others, so that no sum of some is one of others."""
    return f"{number * 7_919_317 % 9_999_991}.25"


def printing(name: str, amounts: Mapping[Cell, str], *, department: str, kind: str) -> Disclosed:
    """A document that prints amounts, where it prints none a blank.

    Args:
        name: Its id.
        amounts: What it prints.
        department: Whose it is.
        kind: A budget or final accounts; any is the latter.
    """
    forms: dict[tuple[str, str], dict[tuple[str, str, str], dict[str, str]]] = defaultdict(dict)
    for cell, text in amounts.items():
        if not cell.is_stated:
            row = forms[cell.form, cell.section].setdefault((cell.code, cell.label, cell.line), {})
            row[cell.measure] = text
    return Disclosed(
        document_id=name,
        forms=tuple(
            Form(form, tuple(Row(*row, printed=texts) for row, texts in rows.items()), section)
            for (form, section), rows in forms.items()
        ),
        department=department,
        kind="final_accounts" if kind == "any" else kind,
        claims=tuple(
            _stated(cell, text) for cell, text in amounts.items() if cell.is_stated and text
        ),
    )


def documents() -> Iterator[Disclosed]:
    """The documents of all identities that have terms; their ids say what they are of."""
    for instances in _instances().values():
        yield from instances.documents()


def identities_with_terms() -> list[str]:
    """The identities that the catalogue writes in terms, by name."""
    files = ("identity_terms", "cross_document_terms")
    rows = (row for file in files for row in lines_of(f"identities/{file}.csv"))
    return sorted({row["identity_id"] for row in rows})


def identity_of(document_id: str) -> str:
    """The identity that a document was made for."""
    return document_id.partition(",")[0].partition(" ")[0]


def _stated(cell: Cell, text: str) -> Stated:
    """The statement that prints a cell of the prose."""
    part, _, topic = cell.form.partition(".")
    kind, _, base = cell.measure.partition("_")
    subject = f"{topic}.{cell.section}.{cell.measure}"
    claim = Stated(subject, "amount", text, part=part, label=cell.label, code=cell.code)
    if kind == "change":
        return replace(claim, subject=f"{topic}.{cell.section}.", kind=kind, base=base)
    return claim


@cache
def name_of(code: str) -> str:
    """What a code of the classifications is called, or a name like one."""
    names = {
        row["code"]: row["name_zh"]
        for file in ("functional_classification", "economic_classification")
        for row in lines_of(f"reference/{file}.csv")
    }
    return names.get(code, f"代码{code}")


def _instances() -> Mapping[tuple[str, str], Instances]:
    """Instances by their identity and the name that their terms give them."""
    kinds = {
        row["identity_id"]: row["document_kind"] for row in lines_of("identities/identities.csv")
    }
    found: dict[tuple[str, str], Instances] = {}
    of_all: dict[str, list[Term]] = defaultdict(list)
    grounds: dict[str, list[str]] = defaultdict(list)
    for row in lines_of("identities/identity_terms.csv"):
        identity, key, side = row["identity_id"], row["scope_key"], row["side"]
        if side == "when_holds":
            grounds[identity].append(row["form"])
            continue
        selector, _, selected = row["rows"].partition(":")
        term = Term(
            number=int(row["term_no"]),
            side=side,
            forms=tuple(row["form"].split("|")),
            section=row["section"],
            selector=selector,
            selected=tuple(selected.split("|")),
            measures=MEASURES if row["measures"] == "*" else tuple(row["measures"].split("|")),
        )
        if not key and side in ("when_zero", "may_exceed_by"):
            of_all[identity].append(term)
            continue
        name = f"{identity} [{key}]" if key else identity
        found.setdefault((identity, key), Instances(name, kinds[identity])).terms.append(term)
    for (identity, _), instances in found.items():
        instances.terms += of_all[identity]
        for ground in grounds[identity]:
            instances.grounds.append(next(each for (i, _), each in found.items() if i == ground))
    return found


def lines_of(name: str) -> Iterator[dict[str, str]]:
    """The lines of a seed."""
    with (SEEDS / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
