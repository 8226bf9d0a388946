"""What the columns of the marts are in the terms of the Fiscal Data Package.

Knows the names of the budget taxonomy (https://frictionlessdata.io/taxonomies/fiscal/budgets.json,
version 1.0rc1) and which mart's amounts are income or spending, planned or actual. Does not know
how a package is written.
"""

from dataclasses import dataclass

TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"
CURRENCY = "CNY"
# Planned and actual amounts side by side are one amount in two phases.
AMOUNT, PHASE = "amount", "phase"
EXTRA_CURRENCY = {
    "name": "currency",
    "type": "string",
    "columnType": "value-currency:code",
    "constant": CURRENCY,
}

COLUMN_TYPES = {
    "fiscal_year": "date:fiscal-year",
    "body_id": "administrative-classification:generic:code",
    "body_name": "administrative-classification:generic:label",
    "department_name": "administrative-classification:generic:label",
    "region_code": "geo:source:code",
    "region_name": "geo:source:title",
    "functional_code": "functional-classification:generic:code",
    "functional_label": "functional-classification:generic:label",
    "functional_name": "functional-classification:generic:label",
    "economic_code": "economic-classification:generic:code",
    "economic_label": "economic-classification:generic:label",
    "economic_name": "economic-classification:generic:label",
    "amount_yuan": "value",
    "project_name": "activity:generic:project:label",
    "component": "expenditure-type:code",
    "basis": "fin-source:generic:code",
    "fund": "fin-source:generic:code",
    "fund_name": "fin-source:generic:code",
}
# Columns of such names that hold something else: a body that the document speaks of.
OTHERWISE = frozenset({("fct_staffing", "body_name")})


@dataclass(frozen=True, slots=True)
class FiscalTable:
    """What the amounts of a mart are.

    Attributes:
        direction: ``income`` or ``expenditure`` of every row, '' where columns tell.
        phases: Columns of amounts and the phase that each is of; none where the amount is in
            ``amount_yuan`` and its phase is that of the document.
        column_types: Columns that are something else here than in other marts.
    """

    direction: str = "expenditure"
    phases: tuple[tuple[str, str], ...] = ()
    column_types: tuple[tuple[str, str], ...] = ()

    @property
    def extra_fields(self) -> list[dict[str, object]]:
        """The columns that a table of one amount a row would have besides."""
        extra: list[dict[str, object]] = [dict(EXTRA_CURRENCY)]
        if self.direction:
            extra.append(
                {
                    "name": "direction",
                    "type": "string",
                    "columnType": "direction",
                    "constant": self.direction,
                }
            )
        if self.phases:
            extra += [
                {
                    "name": AMOUNT,
                    "type": "number",
                    "columnType": "value",
                    "normalizationTarget": True,
                },
                {"name": PHASE, "type": "string", "columnType": "phase:id"},
            ]
        return extra


BY_DOCUMENT = (("kind", "phase:id"),)
BY_SECTION = (*BY_DOCUMENT, ("section", "direction"))
# Balances, income and expenditure of a fund, told apart by the item.
BY_ITEM = (*BY_DOCUMENT, ("item", "value-kind:code"))
BUDGET_AND_ACTUAL = (("budget_yuan", "budget"), ("actual_yuan", "final_accounts"))

# Marts of amounts of money; the others describe, count or check.
FISCAL_TABLES = {
    "fct_expenditure_by_function": FiscalTable(column_types=BY_DOCUMENT),
    "fct_expenditure_by_economic_code": FiscalTable(column_types=BY_DOCUMENT),
    "fct_income_by_source": FiscalTable(
        "income", column_types=(*BY_DOCUMENT, ("source", "fin-source:generic:code"))
    ),
    "fct_income_expenditure_summary": FiscalTable("", column_types=BY_SECTION),
    "fct_appropriation_summary": FiscalTable("", column_types=BY_SECTION),
    "fct_government_funds": FiscalTable("", column_types=BY_ITEM),
    "fct_state_capital": FiscalTable("", column_types=BY_ITEM),
    "fct_three_public_expenses": FiscalTable(
        phases=BUDGET_AND_ACTUAL, column_types=(("item", "expenditure-type:code"),)
    ),
    "fct_budget_execution": FiscalTable(
        phases=(("opening_budget_yuan", "opening_budget"), *BUDGET_AND_ACTUAL)
    ),
    "fct_procurement": FiscalTable(column_types=(*BY_DOCUMENT, ("item", "expenditure-type:code"))),
    "fct_agency_operating_costs": FiscalTable(column_types=BY_DOCUMENT),
    "fct_project_expenditure": FiscalTable(phases=BUDGET_AND_ACTUAL),
}


def column_type(mart: str, column: str) -> str | None:
    """The taxonomy's name of a column, None where it has none.

    Columns of marts without amounts have one only where they say whose, when or where.
    """
    if (mart, column) in OTHERWISE:
        return None
    table = FISCAL_TABLES.get(mart)
    own = dict(table.column_types) if table else {}
    if column in own:
        return own[column]
    if table and column in dict(table.phases):
        return None
    found = COLUMN_TYPES.get(column)
    return None if found == "value" and not table else found


def phase_of(mart: str, column: str) -> str | None:
    """The phase that a column's amounts are of, None where no column tells phases apart."""
    table = FISCAL_TABLES.get(mart)
    return dict(table.phases).get(column) if table else None
