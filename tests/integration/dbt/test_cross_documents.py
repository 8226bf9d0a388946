"""Each identity between documents fails where the other document prints something else, alone.

One department publishes the accounts of two years, a budget, a second edition and, with its two
units, accounts of the units. Each case is the whole group again under another name, with one
number of it changed. All groups are evaluated in one build.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from tests.integration.dbt.built import evaluate_identities
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated, stage
from tests.paths import PROJECT_DIR

CATALOGUE = PROJECT_DIR / "dbt_project" / "seeds" / "identities" / "identities.csv"
FAILING = ("violation", "copy_mismatch")
NOT_EVALUATED = ("not_evaluable", "not_applicable")


def lines(form: str, section: str, **amounts: str) -> Form:
    rows = (Row("", name, name, {"amount": amount}) for name, amount in amounts.items())
    return Form(form, tuple(rows), section=section)


def one_row(form: str, **amounts: str) -> Form:
    return Form(form, (Row(printed=amounts),))


GROUP: Mapping[str, Disclosed] = {
    "own": Disclosed(
        "1" * 16,
        (
            lines("income_expenditure_summary", "income", opening_balance="10.00"),
            lines("income_expenditure_summary", "expenditure", expenditure_total="95.00"),
            one_row("three_public", budget_total="5.00", actual_total="4.00"),
        ),
        claims=(
            Stated("three_public.total.actual", "amount", "4.00"),
            Stated("three_public.total.actual", "change", "1.00", "prior_final"),
            Stated("three_public.total.prior_final", "amount", "3.00"),
            Stated("operating_cost.total.budget", "amount", "8.00"),
            Stated("procurement.total.budget", "amount", "30.00"),
            Stated("general_budget.total.opening_budget", "amount", "90.00"),
        ),
        units=("虚构县{name}局本级", "虚构县{name}馆"),
    ),
    "prior": Disclosed(
        "2" * 16,
        (
            lines("income_expenditure_summary", "expenditure", closing_balance="10.00"),
            one_row("three_public", actual_total="3.00"),
        ),
        fiscal_year=2022,
    ),
    "budget": Disclosed(
        "3" * 16,
        (
            one_row("budget_three_public", total="5.00"),
            Form("budget_general_expenditure", (Row("", "合计", "total", {"total": "90.00"}),)),
        ),
        kind="budget",
        claims=(
            Stated("operating_cost.total.budget", "amount", "8.00"),
            Stated("procurement.total.budget", "amount", "30.00"),
        ),
    ),
    # Fewer figures, so that the other edition is the one that counts.
    "edition": Disclosed(
        "4" * 16,
        (lines("income_expenditure_summary", "expenditure", expenditure_total="95.00"),),
    ),
    "unit": Disclosed(
        "5" * 16,
        (lines("income_expenditure_summary", "expenditure", expenditure_total="50.00"),),
        scope="unit",
    ),
    "other unit": Disclosed(
        "6" * 16,
        (lines("income_expenditure_summary", "expenditure", expenditure_total="45.00"),),
        department="虚构县{name}馆",
        scope="unit",
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One number of one document of the group, printed otherwise.

    Attributes:
        fails_in: The document whose check fails.
    """

    identity_id: str
    document: str
    old: str
    new: str
    place: str
    fails_in: str = "own"


CASES = (
    Case("x_opening_closing", "prior", "10.00", "12.00", "closing_balance"),
    Case("x_prior_year_file", "own", "1.00", "2.00", "three_public.total.actual"),
    Case("x_budget_next", "own", "3.00", "2.00", "three_public.total.prior_final"),
    Case("x_budget_final_tpe", "budget", "5.00", "6.00", "total"),
    Case("x_budget_final_opex", "budget", "8.00", "9.00", "operating_cost.total.budget"),
    Case("x_budget_final_proc", "budget", "30.00", "33.00", "procurement.total.budget"),
    Case("x_budget_final_item", "budget", "90.00", "91.00", "total"),
    Case("x_dept_units", "other unit", "45.00", "47.00", "expenditure_total"),
    Case("x_revision", "edition", "95.00", "96.00", "expenditure_total", fails_in="edition"),
)
# A change and the stated year before are told apart by one document too.
ENTAILED = {key: {"yoy_prior", "yoy_stated"} for key in ("x_prior_year_file", "x_budget_next")}


def group_of(number: int, case: Case | None) -> dict[str, Disclosed]:
    """The whole group under a name of its own, with a case's number changed."""
    name = "总" if case is None else case.identity_id
    return {
        key: replace(
            _changed(document, case) if case and case.document == key else document,
            document_id=f"{number:015x}{document.document_id[0]}",
            department=(
                document.department if "{name}" in document.department else "虚构县{name}局"
            ).format(name=name),
            units=tuple(unit.format(name=name) for unit in document.units),
            is_filed=True,
        )
        for key, document in GROUP.items()
    }


def _changed(document: Disclosed, case: Case) -> Disclosed:
    claims = tuple(
        replace(claim, text=case.new)
        if (claim.subject, claim.text) == (case.place, case.old)
        else claim
        for claim in document.claims
    )
    forms = tuple(
        replace(form, rows=tuple(_changed_row(row, case) for row in form.rows))
        for form in document.forms
    )
    assert (claims, forms) != (document.claims, document.forms), case
    return replace(document, claims=claims, forms=forms)


def _changed_row(row: Row, case: Case) -> Row:
    printed = {
        measure: case.new if text == case.old and case.place in {row.line, measure} else text
        for measure, text in row.printed.items()
    }
    return replace(row, printed=printed)


def group_without_a_unit() -> dict[str, Disclosed]:
    """The whole group, but nobody published what one of the units spent."""
    return {
        key: replace(
            document, department=document.department.replace("总", "缺"), units=("甲", "乙")
        )
        if key == "own"
        else replace(document, department=document.department.replace("总", "缺"))
        for key, document in group_of(len(CASES) + 1, None).items()
        if key != "other unit"
    }


LACKING = group_without_a_unit()
GROUPS = {case: group_of(number, case) for number, case in enumerate((None, *CASES))}


@pytest.fixture(scope="module")
def tiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, set[str]]]:
    """The tiers of every identity, by document."""
    folder: Path = tmp_path_factory.mktemp("cross")
    warehouse = folder / "juesuan.duckdb"
    groups = (*GROUPS.values(), LACKING)
    stage(warehouse, tuple(each for group in groups for each in group.values()))
    evaluate_identities(warehouse, folder)
    found: dict[str, dict[str, set[str]]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for document_id, identity_id, tier in connection.execute(
            "select distinct document_id, identity_id, tier "
            "from intermediate.int_identity_checks__attributed"
        ).fetchall():
            found.setdefault(document_id, {}).setdefault(identity_id, set()).add(tier)
    return found


def failing(tiers: dict[str, dict[str, set[str]]], group: dict[str, Disclosed]) -> dict[str, set]:
    return {
        key: failed
        for key, document in group.items()
        if (
            failed := {
                identity_id
                for identity_id, each in tiers[document.document_id].items()
                if each & set(FAILING)
            }
        )
    }


def test_documents_that_agree_break_nothing(tiers):
    assert failing(tiers, GROUPS[None]) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.identity_id)
def test_documents_that_agree_are_held_against_each_other(tiers, case: Case):
    own = GROUPS[None][case.fails_in]
    assert tiers[own.document_id][case.identity_id] - set(NOT_EVALUATED) == {"exact"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.identity_id)
def test_one_number_breaks_the_identity_between_the_documents_alone(tiers, case: Case):
    expected = {case.identity_id, *ENTAILED.get(case.identity_id, set())}
    assert failing(tiers, GROUPS[case]) == {case.fails_in: expected}


def test_units_that_are_not_all_there_prove_nothing(tiers):
    """They may not exceed the department; that they do not is no sum."""
    assert tiers[LACKING["own"].document_id]["x_dept_units"] == {"not_evaluable"}
    assert failing(tiers, LACKING) == {}


def test_each_identity_between_documents_has_a_case():
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        between = {
            row["identity_id"] for row in csv.DictReader(rows) if row["family"] == "cross_document"
        }
    assert {case.identity_id for case in CASES} == between
