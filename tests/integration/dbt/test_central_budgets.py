"""Budgets of central departments: bodies of no region, whose income is printed fund by fund."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row

EDUCATION = {
    "total": "9.00",
    "general_public_budget": "6.00",
    "institutional": "2.00",
    "institutional_education_fees": "1.50",
    "opening_balance": "1.00",
}
SCIENCE = {"total": "9.00", "general_public_budget": "8.00"}
INCOME = Form(
    "budget_income",
    (Row("205", "教育支出", printed=EDUCATION), Row("206", "科学技术支出", printed=SCIENCE)),
)
# 此表无数据 speaks of no fund, and so of its own form.
FUND = Form("budget_government_fund", empty_statement="此表无数据")
CENTRAL = Disclosed(
    "d0000000000000d0", (INCOME, FUND), department="虚构部", region="", kind="budget"
)


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    warehouse, _ = build_documents(tmp_path_factory.mktemp("warehouse"), (CENTRAL,))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_a_body_of_no_region_is_a_department_like_others(query):
    assert query("select body_name, region_code from marts.dim_bodies") == [("虚构部", None)]


def test_income_by_fund_adds_up_without_a_column_of_appropriation(query):
    assert tiers(query, CENTRAL, "b_inc_row_funds") == {"205": "exact", "206": "violation"}
    assert "violation" not in tiers(query, CENTRAL, "b_inc_row").values()


def test_a_statement_that_names_no_fund_is_enough_for_its_own_form(query):
    assert tiers(query, CENTRAL, "empty_form_has_note") == {"budget_government_fund": "exact"}
