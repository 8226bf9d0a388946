"""Facts of a disclosure that prints no forms are what its prose states, and say so.

The same statements stand in a document with forms: there the forms win, and only what no form
prints is taken from the prose.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated

EDUCATION = "教育支出（类）"
SECONDARY = "教育支出（类）职业教育（款）中等职业教育（项）"
UNLISTED = "教育支出（类）普通教育（款）云端教育（项）"
CLAIMS = (
    Stated("income_expenditure.total.actual", "amount", "130.00"),
    Stated("income.total.actual", "amount", "120.00"),
    Stated("income.appropriation.actual", "amount", "110.00"),
    Stated("income.other.actual", "amount", "10.00"),
    Stated("income.opening_balance.actual", "amount", "10.00"),
    Stated("expenditure.total.actual", "amount", "125.00"),
    Stated("expenditure.basic.actual", "amount", "80.00"),
    Stated("expenditure.project.actual", "amount", "45.00"),
    Stated("expenditure.closing_balance.actual", "amount", "5.00"),
    Stated("appropriation.total.actual", "amount", "115.00"),
    Stated("general_budget.total.actual", "amount", "105.00"),
    Stated("general_budget.class.actual", "amount", "105.00", label=EDUCATION),
    Stated("general_budget.item.actual", "amount", "100.00", label=SECONDARY),
    Stated("general_budget.item.actual", "amount", "5.00", label=UNLISTED),
    Stated("general_budget.item.opening_budget", "amount", "90.00", label=SECONDARY),
    Stated("government_fund.total.actual", "amount", "0.00"),
    Stated("basic.total.actual", "amount", "80.00"),
    Stated("basic.personnel.actual", "amount", "60.00"),
    Stated("basic.public.actual", "amount", "20.00"),
    Stated("basic.public_item.actual", "amount", "8.00", label="办公费"),
    Stated("three_public.total.budget", "amount", "3.00"),
    Stated("three_public.total.adjusted_budget", "amount", "2.60"),
    Stated("three_public.total.actual", "amount", "2.50"),
    Stated("three_public.reception.actual", "amount", "2.50"),
    Stated("three_public.reception_foreign.actual", "amount", "0.50"),
    Stated("three_public.foreign_batches.actual", "count", "2", unit="批次"),
    Stated("three_public.foreign_persons.actual", "count", "9", unit="人次"),
    Stated("procurement.total.actual", "amount", "12.50"),
    Stated("procurement.sme.actual", "share", "80.00", base="procurement.total"),
    Stated("procurement.by_fund.actual", "amount", "12.00", label="一般公共预算"),
    Stated("procurement.by_organiser.actual", "amount", "11.00", label="集中采购"),
    Stated("procurement.by_organiser.actual", "amount", "1.50", label="分散采购"),
    Stated("assets.vehicles.total.held", "count", "3"),
    Stated("assets.total.held", "amount", "900.00"),
    Stated("assets.value.held", "amount", "300.00", label="固定资产"),
    Stated("project.total.budget", "amount", "50.00", label="“书香”项目"),
    Stated("project.total.actual", "amount", "45.00", label="“书香”项目"),
    Stated("project.total.actual", "completion", "90", label="书香项目", base="budget"),
    Stated("performance.project_score.actual", "score", "95", label="书香项目"),
    Stated("performance.project_grade.actual", "grade", "优", label="书香项目"),
    Stated("project.item.actual", "amount", "8.00", label="办公费", group="“书香”项目"),
    Stated(
        *("reasons.variance.actual", "change", "3.00"),
        base="three_public.total", direction="increase", label="外宾来访",
    ),
    Stated(
        *("reasons.variance.actual", "change", "-2"),
        base="basic.personnel.restated", direction="decrease", label="人员调出", unit="人",
    ),
    Stated("three_public.total.actual", "change", "0.20", base="prior_final", direction="increase"),
    # What a 类 or 项 was spent on, which no fund's own basic or project expenditure is.
    Stated("expenditure.project.actual", "amount", "6.00", group=EDUCATION),
    Stated("general_budget.project.actual", "amount", "7.00", group=SECONDARY),
    Stated("appropriation.basic.actual", "amount", "9.00", group=SECONDARY),
    Stated("government_fund.project.actual", "amount", "11.00", group=UNLISTED),
    Stated("state_capital.basic.actual", "amount", "13.00", group=UNLISTED),
    *(
        Stated(
            *("general_budget.project.actual", "change", text),
            base="prior_final", direction="increase", group=group,
        )
        for text, group in (("0.30", SECONDARY), ("0.40", UNLISTED))
    ),
)  # fmt: skip
PROSE = Disclosed("a0000000000000d0", (), claims=CLAIMS)
FORMS = (
    Form(
        "income",
        (Row("", "合计", "total", {"total": "121.00", "fiscal_appropriation": "111.00"}),),
    ),
    Form("three_public", (Row(printed={"budget_total": "2.70", "actual_total": "2.40"}),)),
    Form("procurement", (Row(printed={"total": "12.60", "goods": "12.60"}),)),
    Form("basic_expenditure", (Row("", "合计", "basic_total", {"amount": ""}),)),
)
PRINTED = replace(PROSE, document_id="b0000000000000d0", forms=FORMS, department="虚构县体育局")


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    warehouse, statuses = build_documents(tmp_path_factory.mktemp("warehouse"), (PROSE, PRINTED))
    assert not {name for name, status in statuses.items() if status == "error"}
    for test in (
        "assert_every_mart_keeps_its_grain",
        "assert_every_fact_leads_back_to_a_place",
        "assert_no_cell_has_two_sources",
    ):
        assert statuses[test] == "pass"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def in_wan(query: Query, sql: str, document: Disclosed = PROSE) -> set[tuple]:
    """Rows with their amounts in 万元, to be read beside the statements."""
    return {
        tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row)
        for row in query(f"{sql} and document_id = ?", document.document_id)
    }


def test_income_has_the_sources_that_the_prose_states(query):
    sources = (
        "select source, amount_yuan / 10000 from marts.fct_income_by_source "
        "where value_source = '{}' and level = 'total'"
    )
    assert in_wan(query, sources.format("prose")) == {
        ("total", 120.0),
        ("fiscal_appropriation", 110.0),
        ("other", 10.0),
        ("opening_balance", 10.0),
    }
    assert not in_wan(query, sources.format("prose"), PRINTED)
    assert in_wan(query, sources.format("form"), PRINTED) == {
        ("total", 121.0),
        ("fiscal_appropriation", 111.0),
    }


def test_summaries_have_the_lines_that_the_prose_states(query):
    assert in_wan(
        query,
        "select section, line, amount_yuan / 10000 from marts.fct_income_expenditure_summary "
        "where source = 'prose' and row_index is null",
    ) == {
        ("income", "grand_total", 130.0),
        ("expenditure", "grand_total", 130.0),
        ("income", "income_total", 120.0),
        ("income", "fiscal_appropriation", 110.0),
        ("income", "other", 10.0),
        ("income", "opening_balance", 10.0),
        ("expenditure", "expenditure_total", 125.0),
        ("expenditure", "closing_balance", 5.0),
    }
    assert in_wan(
        query,
        "select section, line, fund, amount_yuan / 10000 from marts.fct_appropriation_summary "
        "where source = 'prose'",
    ) == {
        ("income", "grand_total", "total", 115.0),
        ("expenditure", "grand_total", "total", 115.0),
        ("expenditure", "expenditure_total", "general_public_budget", 105.0),
        ("expenditure", "expenditure_total", "government_fund", 0.0),
    }


def test_expenditure_has_classes_with_codes_where_the_names_lead_to_one(query):
    assert in_wan(
        query,
        "select functional_code, functional_label, level, is_leaf, amount_yuan / 10000 "
        "from marts.fct_expenditure_by_function "
        "where source = 'prose' and basis = 'general_public_budget'",
    ) == {
        (None, "", "total", False, 105.0),
        ("205", EDUCATION, "lei", False, 105.0),
        ("2050302", SECONDARY, "xiang", True, 100.0),
        (None, UNLISTED, "xiang", True, 5.0),
    }
    assert in_wan(
        query,
        "select item, amount_yuan / 10000 from marts.fct_government_funds where source = 'prose'",
    ) == {("total", 0.0)}


def test_basic_expenditure_is_people_and_office(query):
    components = (
        "select component, economic_code, level, amount_yuan / 10000 "
        "from marts.fct_expenditure_by_economic_code where source = 'prose'"
    )
    assert in_wan(query, components) == {
        ("total", None, "total", 80.0),
        ("personnel", None, "total", 60.0),
        ("public", None, "total", 20.0),
        ("total", "30201", "kuan", 8.0),
    }
    assert not in_wan(query, components, PRINTED)


def test_three_public_expenses_are_the_form_s_where_it_is_there(query):
    items = (
        "select item, source, budget_yuan / 10000, actual_yuan / 10000, event_count, person_count "
        "from marts.fct_three_public_expenses where true"
    )
    foreign = ("reception_foreign", "prose", None, 0.5, 2, 9)
    assert in_wan(query, items) == {
        ("total", "prose", 2.6, 2.5, None, None),
        ("reception", "prose", None, 2.5, None, None),
        foreign,
    }
    assert in_wan(query, items, PRINTED) == {("total", "form", 2.7, 2.4, None, None), foreign}


def test_procurement_is_divided_by_fund_and_by_organiser(query):
    items = (
        "select item, breakdown, item_label, source, amount_yuan / 10000, share_percent "
        "from marts.fct_procurement where true"
    )
    divided = {
        ("by_fund", "fund", "一般公共预算", "prose", 12.0, None),
        ("by_organiser", "organiser", "集中采购", "prose", 11.0, None),
        ("by_organiser", "organiser", "分散采购", "prose", 1.5, None),
        ("sme", "", "", "prose", None, 80.0),
    }
    assert in_wan(query, items) == {("total", "", "", "prose", 12.5, None), *divided}
    assert in_wan(query, items, PRINTED) == {
        ("total", "", "", "form", 12.6, None),
        ("goods", "", "", "form", 12.6, None),
        *divided,
    }


def test_assets_are_counted_and_worth_something(query):
    assert in_wan(
        query,
        "select asset_item, asset_label, asset_count, value_yuan / 10000 "
        "from marts.fct_asset_holdings where true",
    ) == {
        ("vehicles.total", "", 3.0, None),
        ("total", "", None, 900.0),
        ("value", "固定资产", None, 300.0),
    }


def test_a_project_is_one_row(query):
    assert in_wan(
        query,
        "select project_name, economic_label, source, amount_yuan / 10000, budget_yuan / 10000, "
        "actual_yuan / 10000, completion_percent, score, grade_text "
        "from marts.fct_project_expenditure where true",
    ) == {
        ("“书香”项目", "", "prose", 45.0, 50.0, 45.0, 90.0, 95.0, "优"),
        ("“书香”项目", "办公费", "prose", 8.0, None, None, None, None, None),
    }


def test_reasons_are_no_changes(query):
    assert in_wan(
        query,
        "select explained_subject, is_restated, direction, amount_yuan / 10000, counted, "
        "reason_label, cell_path from marts.fct_change_reasons where true",
    ) == {
        ("three_public.total", False, "increase", 3.0, None, "外宾来访", "body/p[1]"),
        ("basic.personnel", True, "decrease", None, -2.0, "人员调出", "body/p[1]"),
    }
    assert in_wan(
        query,
        "select thing, change_yuan / 10000 from marts.fct_year_on_year_changes "
        "where group_label = ''",
    ) == {("three_public.total", 0.2)}


def test_what_a_class_was_spent_on_stands_for_no_total(query):
    taken = {text for (text,) in query("select claim_id from intermediate.int_amounts__stated")}
    parts = query(
        "select claim_id from intermediate.int_claims__published "
        "where is_part_of_class and claim_kind = 'amount'"
    )
    assert len(parts) == 2 * 5
    assert not taken & {text for (text,) in parts}
    assert in_wan(
        query,
        "select component, amount_yuan / 10000 from marts.fct_expenditure_by_function "
        "where basis = 'all_funds' and level = 'total'",
    ) == {("total", 125.0), ("basic", 80.0), ("project", 45.0)}


def test_what_each_class_was_spent_on_changed_for_itself(query):
    assert in_wan(
        query,
        "select thing, group_label, change_yuan / 10000, amount_yuan / 10000 "
        "from marts.fct_year_on_year_changes where group_label <> ''",
    ) == {
        ("general_budget.project", SECONDARY, 0.3, 7.0),
        ("general_budget.project", UNLISTED, 0.4, None),
    }


def test_key_measures_lead_to_the_statements_or_the_figures(query):
    rows = "select key_measure, value / 10000, claim_id is null from marts.fct_key_measures"
    stated = in_wan(query, f"{rows} where unit = 'yuan'")
    assert {("income", 120.0, False), ("three_public_actual", 2.5, False)} <= stated
    printed = in_wan(query, f"{rows} where unit = 'yuan'", PRINTED)
    assert {("income", 121.0, True), ("three_public_actual", 2.4, True)} <= printed
