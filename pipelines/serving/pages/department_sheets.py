"""The tables of a department's page: from answers to rows.

Knows which columns each table has. Does not know addresses of pages, nor what is asked.
"""

from collections.abc import Iterable, Sequence

from pipelines.exploring.answers.bodies import Disclosure
from pipelines.exploring.answers.finances import (
    Expense,
    Holding,
    Line,
    Purchase,
    Staffing,
    growth_of,
)
from pipelines.exploring.answers.measures import Measure, Measured
from pipelines.exploring.answers.peers import Place
from pipelines.exploring.answers.traced import NOT_PRINTED, Traced
from pipelines.serving.explorer import Visit, address
from pipelines.serving.sheets import (
    Cell,
    Column,
    Kind,
    Link,
    Row,
    Sheet,
    Worked,
    without_empty_columns,
)

YEARLY = (
    Measure.INCOME,
    Measure.EXPENDITURE,
    Measure.BASIC,
    Measure.PROJECT,
    Measure.GENERAL_BUDGET,
    Measure.THREE_PUBLIC_BUDGET,
    Measure.THREE_PUBLIC_ACTUAL,
    Measure.OPERATING_COST,
    Measure.PROCUREMENT,
)
A_HEAD = (
    Measure.EXPENDITURE,
    Measure.BASIC,
    Measure.PERSONNEL,
    Measure.PUBLIC,
    Measure.THREE_PUBLIC_ACTUAL,
    Measure.OPERATING_COST,
)
COMPARED = (
    Measure.INCOME,
    Measure.EXPENDITURE,
    Measure.BASIC,
    Measure.PROJECT,
    Measure.PERSONNEL,
    Measure.THREE_PUBLIC_ACTUAL,
    Measure.OPERATING_COST,
    Measure.PROCUREMENT,
)

PARTS = ("basic", "project", "personnel", "public")


def years_sheet(visit: Visit, disclosures: Sequence[Disclosure], measured: Measured) -> Sheet:
    """Every disclosure of the body, one a column."""
    columns = (
        Column("measure", visit.say("Amount")),
        *(
            Column(
                f"{each.kind}_{each.fiscal_year}",
                f"{each.fiscal_year} {visit.called('document_kind', each.kind)}",
                Kind.AMOUNT,
            )
            for each in disclosures
        ),
    )
    rows = (
        Row(
            (
                visit.called("key_measure", measure),
                *(measured.of(each.document_id, measure) for each in disclosures),
            ),
            depth=1 if measure in {Measure.BASIC, Measure.PROJECT, Measure.GENERAL_BUDGET} else 0,
        )
        for measure in YEARLY
    )
    return Sheet("years", visit.say("Year on year"), columns, tuple(_printed(rows)))


def lines_sheet(visit: Visit, name: str, title: str, lines: Sequence[Line], note: str) -> Sheet:
    """A form by codes: the whole, its parts, and the year before."""
    columns = (
        Column("label", visit.say("Item")),
        Column("code", visit.say("Code"), is_short=True),
        Column("total", visit.say("Amount"), Kind.AMOUNT),
        *(Column(part, visit.called("component", part), Kind.AMOUNT) for part in PARTS),
        Column("before", visit.say("Year before"), Kind.AMOUNT),
        Column("growth", visit.say("Change"), Kind.PERCENT),
    )
    rows = tuple(
        Row(
            (
                _line_name(visit, line),
                line.code or None,
                line.amount if line.summed is None else Worked(line.summed),
                *(line.parts.get(part, NOT_PRINTED) for part in PARTS),
                line.before if line.summed_before is None else Worked(line.summed_before),
                Worked(line.growth),
            ),
            depth=line.depth,
            is_total=line.level == "total",
            is_quiet=line.is_nothing,
        )
        for line in lines
    )
    return without_empty_columns(Sheet(name, title, columns, rows, note))


def _line_name(visit: Visit, line: Line) -> str:
    if line.level == "total":
        return visit.say("Total")
    return visit.called("component", line.label) if line.level == "component" else line.label


def income_sheet(visit: Visit, lines: Sequence[Line]) -> Sheet:
    """Income by source."""
    columns = (
        Column("source", visit.say("Source")),
        Column("amount", visit.say("Amount"), Kind.AMOUNT),
        Column("before", visit.say("Year before"), Kind.AMOUNT),
        Column("growth", visit.say("Change"), Kind.PERCENT),
    )
    rows = tuple(
        Row(
            (
                visit.called("income_source", line.code),
                line.amount,
                line.before,
                Worked(line.growth),
            ),
            is_total=line.level == "total",
        )
        for line in lines
    )
    return without_empty_columns(Sheet("income", visit.say("Income by source"), columns, rows))


def three_public_sheet(visit: Visit, expenses: Sequence[Expense]) -> Sheet:
    """Three public expenses, budget against actual."""
    columns = (
        Column("item", visit.say("Item")),
        Column("budget", visit.say("Budget"), Kind.AMOUNT),
        Column("actual", visit.say("Actual"), Kind.AMOUNT),
        Column("over", visit.say("Actual less budget"), Kind.AMOUNT),
        Column("before", visit.say("Year before"), Kind.AMOUNT),
        Column("growth", visit.say("Change"), Kind.PERCENT),
        Column("events", visit.say("Groups or receptions"), Kind.COUNT),
        Column("persons", visit.say("People"), Kind.COUNT),
        Column("vehicles", visit.say("Vehicles"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                visit.called("item", each.item),
                each.budget,
                each.actual,
                Worked(each.over),
                each.before,
                Worked(growth_of(each.before.value, _last(each).value)),
                each.events,
                each.persons,
                each.vehicles,
            ),
            depth=1 if each.item.count("_") else 0,
            is_total=each.item == "total",
            is_marked=bool(each.over and each.over > 0),
        )
        for each in expenses
    )
    return without_empty_columns(
        Sheet(
            "three_public", visit.say("Three public expenses, budget against actual"), columns, rows
        )
    )


def procurement_sheet(visit: Visit, purchases: Sequence[Purchase]) -> Sheet:
    """Government procurement."""
    columns = (
        Column("item", visit.say("Item")),
        Column("amount", visit.say("Amount"), Kind.AMOUNT),
        Column("share", visit.say("Share"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                each.label or visit.called("item", each.item),
                each.amount,
                Traced(each.share.value, each.share.figure_id, each.share.claim_id, unit="%"),
            ),
            is_total=each.item == "total",
        )
        for each in purchases
    )
    return without_empty_columns(
        Sheet("procurement", visit.say("Government procurement"), columns, rows)
    )


def assets_sheet(visit: Visit, holdings: Sequence[Holding]) -> Sheet:
    """State assets."""
    columns = (
        Column("item", visit.say("Asset")),
        Column("number", visit.say("Number"), Kind.COUNT),
        Column("worth", visit.say("Worth"), Kind.AMOUNT),
        Column("planned", visit.say("To be bought"), is_short=True),
    )
    rows = tuple(
        Row(
            (
                each.label or visit.called("item", each.item),
                each.number,
                each.worth,
                visit.say("yes") if each.is_planned else None,
            ),
        )
        for each in holdings
    )
    return without_empty_columns(Sheet("assets", visit.say("State assets"), columns, rows))


def staff_sheet(visit: Visit, staffing: Sequence[Staffing]) -> Sheet:
    """People and posts."""
    columns = (
        Column("kind", visit.say("Kind")),
        Column("class", visit.say("Class"), is_short=True),
        Column("body", visit.say("Body")),
        Column("number", visit.say("Number"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                each.label or visit.called("staff_kind", each.staff_kind),
                visit.called("staff_class", each.staff_class),
                each.body_name,
                each.number,
            ),
            is_total=each.staff_class == "total" and not each.body_name,
        )
        for each in staffing
    )
    return without_empty_columns(Sheet("staff", visit.say("Staff and posts"), columns, rows))


def a_head_sheet(visit: Visit, document_id: str, measured: Measured) -> Sheet:
    """Costs divided by the staff."""
    columns = (
        Column("measure", visit.say("Cost")),
        Column("amount", visit.say("Amount"), Kind.AMOUNT),
        Column("staff", visit.say("Staff"), Kind.COUNT),
        Column("a_head", visit.say("Per person"), Kind.AMOUNT),
    )
    staff = measured.of(document_id, Measure.STAFF)
    rows = (
        Row(
            (
                visit.called("key_measure", measure),
                amount := measured.of(document_id, measure),
                staff,
                Worked(amount.value / staff.value if amount.value and staff.value else None),
            )
        )
        for measure in A_HEAD
        if staff.value
    )
    return Sheet("a_head", visit.say("Costs per staff member"), columns, tuple(_printed(rows)))


def places_sheet(
    visit: Visit, document_id: str, measured: Measured, places: dict[Measure, Place]
) -> Sheet:
    """Where the body stands among its peers."""
    columns = (
        Column("measure", visit.say("Amount")),
        Column("own", visit.say("This one"), Kind.AMOUNT),
        Column("median", visit.say("Median"), Kind.AMOUNT),
        Column("rank", visit.say("Place"), Kind.COUNT),
        Column("count", visit.say("Of"), Kind.COUNT),
    )
    rows = tuple(
        Row(
            (
                visit.called("key_measure", measure),
                measured.of(document_id, measure),
                Worked(place.median, "#peer-list"),
                place.rank,
                place.count,
            )
        )
        for measure, place in places.items()
    )
    return Sheet("places", visit.say("Its place among its peers"), columns, rows)


def disclosures_sheet(
    visit: Visit,
    name: str,
    title: str,
    disclosures: Iterable[tuple[Disclosure, str]],
    measured: Measured,
    marked: str = "",
) -> Sheet:
    """Disclosures of several bodies, one a row, the largest expenditure first.

    Args:
        visit: The request.
        name: Name of the table.
        title: What it is called.
        disclosures: Each with what its body is called.
        measured: What they are compared by.
        marked: The one to look at, '' for none.
    """
    shown = (*COMPARED, Measure.STAFF)
    columns = (
        Column("body", visit.say("Department or unit")),
        *(
            Column(
                measure,
                visit.called("key_measure", measure),
                Kind.COUNT if measure is Measure.STAFF else Kind.AMOUNT,
            )
            for measure in shown
        ),
    )
    listed = sorted(
        disclosures,
        key=lambda each: (
            -(measured.of(each[0].document_id, Measure.EXPENDITURE).value or 0),
            each[1],
        ),
    )
    rows = tuple(
        Row(
            (
                body_of(each, called),
                *(measured.of(each.document_id, measure) for measure in shown),
            ),
            is_marked=each.document_id == marked,
        )
        for each, called in listed
    )
    return without_empty_columns(Sheet(name, title, columns, rows))


def body_of(disclosure: Disclosure, called: str) -> Link:
    """The page of a disclosure."""
    return Link(
        called,
        address(
            f"/department/{disclosure.body_id}",
            year=disclosure.fiscal_year,
            kind=disclosure.kind,
        ),
    )


def _last(expense: Expense) -> Traced:
    """What was spent; in a budget, what was budgeted."""
    return expense.budget if expense.actual.value is None else expense.actual


def _printed(rows: Iterable[Row]) -> Iterable[Row]:
    """The rows that have anything printed in them."""
    return (row for row in rows if any(_has_value(cell) for cell in row.cells[1:]))


def _has_value(cell: Cell) -> bool:
    return isinstance(cell, Traced) and cell.value is not None
