"""Projects that budgets list: by code below their class, without a code, under their unit.

Every layout is a document of its own. No reference list has the classes: arithmetic tells them, or
another form of the document.
"""

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row


def row(code: str, label: str, total: str, line: str = "") -> Row:
    return Row(code, label, line, {"total": total})


def listed(number: int, *rows: Row, form: str = "budget_general_project_expenditure") -> Form:
    """A list of projects below its total."""
    return Form(form, (row("", "合计", "9.00", "total"), *rows), title=f"项目支出表{number}")


CLASS, OTHER_CLASS = ("2160202", "一般行政管理事务"), ("2160299", "其他商业流通事务支出")
SPENT = Form(
    "budget_expenditure",
    (
        Row(*CLASS, "", {"total": "4.00", "project": "3.00"}),
        Row(*OTHER_CLASS, "", {"total": "5.00", "project": "5.00"}),
        Row("", "合计", "total", {"total": "9.00", "project": "8.00"}),
    ),
)
OFFICE = row("", "虚构县供销社", "9.00")
ALL_PROJECTS = {("甲项目", 4.0), ("乙项目", 5.0)}
LAYOUTS = {
    "projects repeat the code of their class": (
        OFFICE,
        row(*CLASS, "4.00"),
        row(CLASS[0], "甲项目", "4.00"),
        row(*OTHER_CLASS, "5.00"),
        row(OTHER_CLASS[0], "乙项目", "5.00"),
    ),
    "each of two units heads its own": (
        row("", "虚构县供销社本级", "4.00"),
        row(*CLASS, "4.00"),
        row(CLASS[0], "甲项目", "4.00"),
        row("", "虚构县供销社培训站", "5.00"),
        row(*OTHER_CLASS, "5.00"),
        row(OTHER_CLASS[0], "乙项目", "5.00"),
    ),
    "projects have no code": (
        OFFICE,
        row(*CLASS, "4.00"),
        row("", "甲项目", "4.00"),
        row(*OTHER_CLASS, "5.00"),
        row("", "乙项目", "5.00"),
    ),
    "classes stand below their project": (
        row("", "甲项目", "4.00"),
        row(*CLASS, "4.00"),
        row("", "乙项目", "5.00"),
        row(*OTHER_CLASS, "5.00"),
    ),
    "nothing has a code": (row("", "甲项目", "4.00"), row("", "乙项目", "5.00")),
}
ONE_PROJECT = (row("", "甲项目", "9.00"), row(*CLASS, "9.00"))
# What no other form of the document names.
TOLD_BY_SUMS = {"projects repeat the code of their class"}
DOCUMENTS = {
    name: Disclosed(
        f"{number}0000000000000d0",
        (listed(number, *rows), *([] if name in TOLD_BY_SUMS else [SPENT])),
        department=f"虚构县第{number}供销社",
        kind="budget",
    )
    for number, (name, rows) in enumerate({**LAYOUTS, "one": ONE_PROJECT}.items(), start=1)
}
# Two projects of one class that cost the same: none of them is the class.
TWINS = Disclosed(
    "b0000000000000d0",
    (listed(7, row(CLASS[0], "甲项目", "4.50"), row(CLASS[0], "乙项目", "4.50")),),
    department="虚构县供销分社",
    kind="budget",
)
# 甲项目 costs 6.00 in all, 4.00 of which are of the general budget.
IN_ALL = Disclosed(
    "a0000000000000d0",
    (
        listed(8, row("", "甲项目", "4.00")),
        listed(9, row("", "甲项目", "6.00"), form="budget_project_expenditure"),
    ),
    department="虚构县供销总社",
    kind="budget",
)


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    folder = tmp_path_factory.mktemp("warehouse")
    warehouse, _ = build_documents(folder, (*DOCUMENTS.values(), TWINS, IN_ALL))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def projects(query: Query, document: Disclosed) -> set[tuple[str, float]]:
    found = query(
        "select project_name, amount_yuan / 10000 from marts.fct_project_expenditure "
        "where document_id = ?",
        document.document_id,
    )
    return {(name, float(amount)) for name, amount in found}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_units_and_classes_are_no_projects(query, layout: str):
    assert projects(query, DOCUMENTS[layout]) == ALL_PROJECTS


def test_the_only_project_may_have_the_class_below_it(query):
    assert projects(query, DOCUMENTS["one"]) == {("甲项目", 9.0)}


def test_projects_that_cost_the_same_are_no_class_and_its_project(query):
    assert projects(query, TWINS) == set()


def test_what_is_of_all_money_counts_before_what_is_of_one_fund(query):
    assert projects(query, IN_ALL) == {("甲项目", 6.0)}


def test_projects_of_one_fund_are_part_of_all_project_expenditure_and_not_all_of_it(query):
    document = DOCUMENTS["one"]
    assert tiers(query, document, "b_projects")["all_projects"] == "violation"
    assert "violation" not in tiers(query, document, "b_projects_sum").values()
