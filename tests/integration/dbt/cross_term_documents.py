"""Writes, for each identity between documents, the documents that it holds against each other.

They print just what its terms select. Further ones lack one term each. See term_documents.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from tests.integration.dbt.staged import Disclosed
from tests.integration.dbt.term_documents import (
    FUNCTIONS,
    NAMED,
    PROSE,
    Cell,
    amount,
    lines_of,
    name_of,
    printing,
)

YEAR = 2023
# A department and its two units; each group of documents has a name of its own.
UNITS = ("虚构县{name}局本级", "虚构县{name}馆")
FIRST_NAME = 0x6C38
# What prints no form is no edition; this one no identity compares.
BESIDE = Cell("project_expenditure", "", "", "合计", "total", "total")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of ``cross_document_terms``.

    Attributes:
        number: Its number.
        document: Which document prints it: own, or the relation of the other.
        cells: What it selects.
    """

    number: int
    document: str
    cells: Sequence[Cell]


def documents() -> Iterator[Disclosed]:
    """The documents of all identities between documents, others after the one that is checked.

    Only the ids of these begin with the identity.
    """
    names = (chr(code) for code in count(FIRST_NAME))
    for (identity, key), terms in _terms().items():
        for variant, some in _variants(terms):
            name = f"{identity} [{key}]" + (f", {variant}" if variant else "")
            yield from _group(name, next(names), terms, some)


def _variants(terms: Sequence[Term]) -> Iterator[tuple[str, Sequence[Term]]]:
    yield "", terms
    for missing in terms:
        yield f"{missing.number} missing", [term for term in terms if term is not missing]


def _group(
    document_id: str, name: str, terms: Sequence[Term], printed: Sequence[Term]
) -> Iterator[Disclosed]:
    relations = {term.document for term in terms} - {"own"}
    is_budget = "budget" not in relations and any(
        cell.form.startswith("budget_") for term in terms for cell in term.cells
    )
    kind = "budget" if is_budget else "final_accounts"
    department = f"虚构县{name}局"
    numbers = count(1)

    def document(begin: str, which: str, **about: object) -> Disclosed:
        cells = [cell for term in printed if term.document == which for cell in term.cells]
        made = printing(
            f"{begin}{document_id}",
            {cell: amount(next(numbers)) for cell in (*cells, BESIDE)},
            department=department,
            kind=kind,
        )
        return replace(made, fiscal_year=YEAR, is_filed=True, **about)

    units = tuple(unit.format(name=name) for unit in UNITS) if "units" in relations else ()
    yield document("", "own", units=units)
    if "prior_year" in relations:
        yield replace(document("year before ", "prior_year"), fiscal_year=YEAR - 1)
    if "budget" in relations:
        yield document("budget of ", "budget", kind="budget")
    for number, unit in enumerate(units):
        whose = department if unit.endswith("本级") else unit
        yield document(f"unit {number} of ", "units", department=whose, scope="unit")


def _terms() -> Mapping[tuple[str, str], Sequence[Term]]:
    found: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for row in lines_of("identities/cross_document_terms.csv"):
        term = Term(int(row["term_no"]), row["document"], tuple(_cells(row)))
        found[row["identity_id"], row["scope_key"]].append(term)
    return found


def _cells(row: Mapping[str, str]) -> Iterator[Cell]:
    form, section, line, measure = (row[name] for name in ("form", "section", "line", "measure"))
    is_stated = form.split(".")[0] in PROSE
    if is_stated:
        section = section or line
        code = NAMED[section] if row["by_code"] == "true" else ""
        yield Cell(form, section, code, code and name_of(code), line or section, measure)
    elif row["by_code"] == "true":
        yield from (Cell(form, section, code, name_of(code), line, measure) for code in FUNCTIONS)
    else:
        yield Cell(form, section, "", line, line, measure)
