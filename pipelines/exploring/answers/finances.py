"""What one disclosure says of money, things and people, line by line.

Knows the marts of facts. Amounts in yuan, each with its place; beside each that of another
disclosure of the same body, where it prints the line, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.exploring.answers.traced import NOT_PRINTED, Traced, traced
from pipelines.exploring.marts import select_rows

# The whole money of a body first; where that is not printed, the widest part of it that is.
BASES = ("all_funds", "appropriation", "general_public_budget")
DEPTHS = {"total": 0, "component": 1, "lei": 0, "kuan": 1, "xiang": 2}
# What basic expenditure is made of.
COMPONENTS = ("personnel", "public")

BY_FUNCTION = """
    select
        document_id,
        basis,
        coalesce(functional_code, '') as code,
        functional_label as label,
        level,
        component as part,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from marts.fct_expenditure_by_function
    where
        list_contains($documents, document_id)
        and component in ('total', 'basic', 'project')
"""
BY_ECONOMIC_CODE = """
    select
        document_id,
        coalesce(economic_code, '') as code,
        economic_label as label,
        level,
        component as part,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from marts.fct_expenditure_by_economic_code
    where list_contains($documents, document_id)
"""
INCOME = """
    select
        document_id,
        source as code,
        source as label,
        if(source = 'total', 'total', 'lei') as level,
        'total' as part,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from marts.fct_income_by_source
    where list_contains($documents, document_id) and level = 'total'
"""
THREE_PUBLIC = """
    select
        document_id,
        item,
        budget_yuan as budget_value,
        budget_figure_id,
        budget_claim_id,
        budget_status,
        actual_yuan as actual_value,
        actual_figure_id,
        actual_claim_id,
        actual_status,
        event_count as event_value,
        event_claim_id,
        person_count as person_value,
        person_claim_id,
        vehicle_count as vehicle_value,
        vehicle_claim_id
    from marts.fct_three_public_expenses
    where list_contains($documents, document_id)
"""
THREE_PUBLIC_ITEMS = (
    "total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation", "reception",
    "reception_domestic", "reception_foreign",
)  # fmt: skip
PROCUREMENT = """
    select
        item,
        item_label,
        breakdown,
        amount_yuan as amount_value,
        amount_figure_id,
        amount_claim_id,
        share_percent as share_value,
        share_claim_id
    from marts.fct_procurement
    where document_id = ?
    order by breakdown, amount_yuan desc nulls last, item
"""
ASSETS = """
    select
        asset_item as item,
        asset_label as label,
        is_planned,
        asset_count as number_value,
        claim_id as number_claim_id,
        value_yuan as worth_value,
        value_claim_id as worth_claim_id
    from marts.fct_asset_holdings
    where document_id = ?
    order by is_planned, asset_item, asset_label
"""
STAFF = """
    select
        body_name,
        staff_kind,
        staff_class,
        staff_label,
        staff_count as number_value,
        claim_id as number_claim_id
    from marts.fct_staffing
    where document_id = ?
    order by body_name <> '', body_name, staff_kind, staff_class <> 'total', staff_class
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form.

    Attributes:
        code: Its code, or the canonical name of what it is; '' where it has neither.
        label: What it is called as printed, or its canonical name.
        level: ``total``, ``component`` of it, ``lei``, ``kuan`` or ``xiang``.
        parts: Its amounts by part; ``total`` is the whole.
        before: The whole in the other disclosure.
        summed: What its components come to where the whole is not printed; else None.
        summed_before: The same in the other disclosure.
    """

    code: str
    label: str
    level: str
    parts: Mapping[str, Traced]
    before: Traced
    summed: Decimal | None = None
    summed_before: Decimal | None = None

    @property
    def amount(self) -> Traced:
        """The whole."""
        return self.parts.get("total", NOT_PRINTED)

    @property
    def growth(self) -> Decimal | None:
        """How much more it is than before, in per cent; None where one of them is absent or 0."""
        amount = self.amount.value if self.summed is None else self.summed
        before = self.before.value if self.summed_before is None else self.summed_before
        return growth_of(before, amount)

    @property
    def is_nothing(self) -> bool:
        """Whether 0 is printed wherever anything is."""
        printed = (each.value for each in (*self.parts.values(), self.before))
        return not any((*printed, self.summed, self.summed_before))

    @property
    def depth(self) -> int:
        """How far below others it hangs."""
        return DEPTHS[self.level]


@dataclass(frozen=True, slots=True)
class Expense:
    """One of the 三公 expenses.

    Attributes:
        item: Canonical name.
        budget: What was budgeted.
        actual: What was spent; no value in a budget.
        before: What was spent, or budgeted, in the other disclosure.
        events: Delegations or receptions.
        persons: People.
        vehicles: Vehicles bought or held.
    """

    item: str
    budget: Traced
    actual: Traced
    before: Traced
    events: Traced
    persons: Traced
    vehicles: Traced

    @property
    def over(self) -> Decimal | None:
        """How much more was spent than budgeted, negative where less; None where one is absent."""
        if self.budget.value is None or self.actual.value is None:
            return None
        return self.actual.value - self.budget.value


@dataclass(frozen=True, slots=True)
class Purchase:
    """An item of government procurement.

    Attributes:
        item: Canonical name.
        label: Label of a breakdown as printed, '' of other items.
        amount: The amount.
        share: In per cent, as printed.
    """

    item: str
    label: str
    amount: Traced
    share: Traced


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of asset.

    Attributes:
        item: Canonical name.
        label: Its own name as printed, '' where the item says it all.
        is_planned: Whether it is to be bought rather than held.
        number: How many.
        worth: In yuan.
    """

    item: str
    label: str
    is_planned: bool
    number: Traced
    worth: Traced


@dataclass(frozen=True, slots=True)
class Staffing:
    """People or posts of a kind.

    Attributes:
        body_name: The body they belong to as printed, '' for the one that publishes.
        staff_kind: ``posts``, ``staff``, ``retired``, …
        staff_class: ``administrative``, ``institutional``, …, or ``total``.
        label: Label as printed, '' where none is.
        number: How many.
    """

    body_name: str
    staff_kind: str
    staff_class: str
    label: str
    number: Traced


def growth_of(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """How much more the second is than the first, in per cent.

    Returns:
        None where either is absent, or the first is nothing.
    """
    return None if not before or after is None else (after - before) * 100 / before


def expenditure_by_function(
    connection: duckdb.DuckDBPyConnection, document_id: str, before_id: str | None
) -> tuple[str, list[Line]]:
    """What was spent by functional code, and whose money that is.

    Args:
        connection: A warehouse with marts.
        document_id: The disclosure.
        before_id: The one to hold it against, None for none.

    Returns:
        The basis, '' where nothing is printed, and the lines by code, the total first.
    """
    rows = _rows(connection, BY_FUNCTION, document_id, before_id)
    printed = {row["basis"] for row in rows if row["document_id"] == document_id}
    basis = next((each for each in BASES if each in printed), "")
    return basis, _lines([row for row in rows if row["basis"] == basis], document_id)


def expenditure_by_economic_code(
    connection: duckdb.DuckDBPyConnection, document_id: str, before_id: str | None
) -> list[Line]:
    """What basic expenditure was spent on, by economic code; the total first.

    Where personnel and public expenses are printed as totals and not beside every code, they are
    lines below the total, which they come to where no document prints it.
    """
    rows = _rows(connection, BY_ECONOMIC_CODE, document_id, before_id)
    here = [row for row in rows if row["document_id"] == document_id]
    if any(row["part"] in COMPONENTS and row["level"] != "total" for row in here):
        return _lines(rows, document_id)
    components = {
        (row["document_id"] == document_id, row["part"]): traced(row)
        for row in rows
        if row["part"] in COMPONENTS and row["level"] == "total"
    }
    whole = [row for row in rows if row["part"] not in COMPONENTS]
    lines = _lines(whole, document_id)
    totals = [line for line in lines if line.level == "total"]
    parts = [
        Line("", part, "component", {"total": amount}, components.get((False, part), NOT_PRINTED))
        for part in COMPONENTS
        if (amount := components.get((True, part)))
    ]
    summed = _summed([part.amount for part in parts])
    if summed is not None and not totals:
        summed_before = _summed([part.before for part in parts])
        totals = [Line("", "", "total", {}, NOT_PRINTED, summed, summed_before)]
    return [*totals, *parts, *(line for line in lines if line.level != "total")]


def income_by_source(
    connection: duckdb.DuckDBPyConnection, document_id: str, before_id: str | None
) -> list[Line]:
    """Where income came from; the total first, then the largest."""
    lines = _lines(_rows(connection, INCOME, document_id, before_id), document_id)
    return sorted(
        lines, key=lambda line: (line.level != "total", -(line.amount.value or Decimal()))
    )


def three_public_expenses(
    connection: duckdb.DuckDBPyConnection, document_id: str, before_id: str | None
) -> list[Expense]:
    """The 三公 expenses: budget, actual, and what the text counts."""
    rows = _rows(connection, THREE_PUBLIC, document_id, before_id)
    before = {row["item"]: row for row in rows if row["document_id"] == before_id}
    here = {row["item"]: row for row in rows if row["document_id"] == document_id}
    return [
        Expense(
            item=item,
            budget=traced(here[item], "budget_"),
            actual=traced(here[item], "actual_"),
            before=_spent(before.get(item, {})),
            events=traced(here[item], "event_"),
            persons=traced(here[item], "person_"),
            vehicles=traced(here[item], "vehicle_"),
        )
        for item in THREE_PUBLIC_ITEMS
        if item in here
    ]


def procurement(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Purchase]:
    """Government procurement, the whole first."""
    return [
        Purchase(row["item"], row["item_label"], traced(row, "amount_"), traced(row, "share_"))
        for row in select_rows(connection, PROCUREMENT, [document_id])
    ]


def assets(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Holding]:
    """State assets held, and then those planned."""
    return [
        Holding(
            row["item"],
            row["label"],
            row["is_planned"],
            traced(row, "number_"),
            traced(row, "worth_"),
        )
        for row in select_rows(connection, ASSETS, [document_id])
    ]


def staff(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Staffing]:
    """People and posts, those of the publishing body first."""
    return [
        Staffing(
            row["body_name"],
            row["staff_kind"],
            row["staff_class"],
            row["staff_label"],
            traced(row, "number_"),
        )
        for row in select_rows(connection, STAFF, [document_id])
    ]


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, document_id: str, before_id: str | None
) -> list[dict[str, Any]]:
    documents = [document_id, *([before_id] if before_id else [])]
    return select_rows(connection, query, {"documents": documents})


def _lines(rows: Sequence[Mapping[str, Any]], document_id: str) -> list[Line]:
    """The lines that a disclosure prints, by code, with what the other one prints for each."""
    before = {
        (row["level"] == "total", row["code"]): traced(row)
        for row in rows
        if row["document_id"] != document_id and row["part"] == "total"
    }
    labels: dict[tuple[bool, str], tuple[str, str]] = {}
    parts: dict[tuple[bool, str], dict[str, Traced]] = {}
    for row in rows:
        if row["document_id"] == document_id:
            key = row["level"] == "total", row["code"]
            labels[key] = row["label"], row["level"]
            parts.setdefault(key, {})[row["part"]] = traced(row)
    return [
        Line(key[1], *labels[key], parts[key], before.get(key, NOT_PRINTED))
        for key in sorted(labels, key=lambda key: (not key[0], key[1]))
    ]


def _summed(components: Sequence[Traced]) -> Decimal | None:
    """What personnel and public expenses come to; None where one of them is not printed."""
    values = [each.value for each in components if each.value is not None]
    return sum(values, Decimal()) if len(values) == len(COMPONENTS) else None


def _spent(row: Mapping[str, Any]) -> Traced:
    """What was spent; in a budget, what was budgeted."""
    actual = traced(row, "actual_")
    return actual if actual.value is not None else traced(row, "budget_")
