"""The few amounts by which disclosures are compared: over years, with peers, in a region.

Knows which mart holds each. One amount a disclosure and measure; what is not printed is absent.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import duckdb

from pipelines.exploring.answers.traced import NOT_PRINTED, Traced, traced
from pipelines.exploring.marts import select_rows


class Measure(StrEnum):
    """What disclosures are compared by; all but the staff in yuan."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    BASIC = "basic"
    PROJECT = "project"
    GENERAL_BUDGET = "general_public_budget"
    PERSONNEL = "personnel"
    PUBLIC = "public"
    THREE_PUBLIC_BUDGET = "three_public_budget"
    THREE_PUBLIC_ACTUAL = "three_public_actual"
    OPERATING_COST = "operating_cost"
    PROCUREMENT = "procurement"
    STAFF = "staff"


# Each part is narrowed by itself, and to a list rather than by a join: so DuckDB reads the other
# columns only of rows that are wanted.
MEASURES = """
    select
        document_id, 'income' as measure, amount_yuan as value, figure_id, claim_id, status
    from marts.fct_income_by_source
    where list_contains($documents, document_id) and level = 'total' and source = 'total'
    union all
    select
        document_id,
        case
            when basis = 'general_public_budget' then basis
            when component = 'total' then 'expenditure'
            else component
        end,
        amount_yuan, figure_id, claim_id, status
    from marts.fct_expenditure_by_function
    where
        list_contains($documents, document_id)
        and level = 'total'
        and (
            basis = 'all_funds' and component in ('total', 'basic', 'project')
            or basis = 'general_public_budget' and component = 'total'
        )
    union all
    select document_id, component, amount_yuan, figure_id, claim_id, status
    from marts.fct_expenditure_by_economic_code
    where
        list_contains($documents, document_id)
        and level = 'total'
        and component in ('personnel', 'public')
    union all
    select
        document_id, 'three_public_budget', budget_yuan, budget_figure_id, budget_claim_id, status
    from marts.fct_three_public_expenses
    where list_contains($documents, document_id) and item = 'total'
    union all
    select
        document_id, 'three_public_actual', actual_yuan, actual_figure_id, actual_claim_id, status
    from marts.fct_three_public_expenses
    where list_contains($documents, document_id) and item = 'total'
    union all
    select
        document_id,
        'operating_cost',
        coalesce(form_amount_yuan, amount_yuan),
        form_figure_id,
        if(form_figure_id is null, amount_claim_id, null),
        ''
    from marts.fct_agency_operating_costs
    where list_contains($documents, document_id)
    union all
    select document_id, 'procurement', amount_yuan, amount_figure_id, amount_claim_id, ''
    from marts.fct_procurement
    where list_contains($documents, document_id) and item = 'total'
    union all
    select document_id, 'staff', staff_count, null, claim_id, ''
    from marts.fct_staffing
    where
        list_contains($documents, document_id)
        and body_name = ''
        and staff_kind = 'staff'
        and staff_class = 'total'
"""


class Measured:
    """The measures of some disclosures."""

    def __init__(self, amounts: Mapping[tuple[str, str], Traced]) -> None:
        """Take each amount by document and measure."""
        self._amounts = amounts

    def of(self, document_id: str, measure: Measure) -> Traced:
        """An amount of a disclosure; one without a value where it prints none."""
        return self._amounts.get((document_id, measure), NOT_PRINTED)


def read_measures(connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> Measured:
    """What the given disclosures are compared by.

    Args:
        connection: A warehouse with marts.
        document_ids: The disclosures, as facts call them.
    """
    documents = sorted(set(document_ids))
    if not documents:
        return Measured({})
    rows = select_rows(connection, MEASURES, {"documents": documents})
    return Measured({(row["document_id"], row["measure"]): traced(row) for row in rows})
