"""What people read in a workbook: which marts, in which order, with whose and where beside them.

Knows which columns say whose an amount is and where it is printed, and which marts are evidence
rather than answers. Does not know any cell of a spreadsheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.domain.languages import Language
from pipelines.exploring.exporting.files import flat
from pipelines.exploring.exporting.tables import Column, Mart

# A row for each number, statement, check or section there is: too many for a spreadsheet, and read
# by programs; the documents, which the sources show to people; and what every sheet has beside its
# rows already, the names of regions and of values. Other formats have them, and a workbook that was
# asked for them by name.
FOR_PROGRAMS = frozenset(
    {
        "dim_labels",
        "dim_regions",
        "dim_documents",
        "fct_disclosed_figures",
        "fct_narrative_claims",
        "fct_narrative_sections",
        "fct_identity_checks",
        "fct_form_printings",
        "fct_classification_names",
        "fct_error_locations",
    }
)
# What people look for first; the others follow by name, lists of reference last.
FIRST = (
    "fct_three_public_expenses",
    "fct_expenditure_by_function",
    "fct_expenditure_by_economic_code",
    "fct_income_by_source",
    "fct_income_expenditure_summary",
    "fct_appropriation_summary",
    "fct_budget_execution",
    "fct_year_on_year_changes",
    "fct_procurement",
    "fct_discrepancies",
    "fct_document_quality",
)
# What says whose a row is: its columns, in reading order, and what they are taken from.
WHOSE = {
    "region_name": "bodies.region_name",
    "department_name": "bodies.body_name",
    "fiscal_year": "documents.fiscal_year",
    "kind": "documents.kind",
    "scope": "documents.scope",
    "adds_up": "disclosures.adds_up",
}
WHERE = ["place", "file_name"]
# The same as columns, for marts that do not have them.
ADDED = {name: Column(name, "VARCHAR") for name in (*WHOSE, *WHERE)} | {
    "fiscal_year": Column("fiscal_year", "INTEGER"),
    "adds_up": Column("adds_up", "BOOLEAN"),
}
# What rows are sorted by after whose they are, and before what tells them apart: as printed, or by
# code.
AS_PRINTED = (
    "basis", "section", "row_index", "functional_code", "economic_code", "fund_name", "level",
    "item", "component", "source", "fund", "asset_item",
)  # fmt: skip
WORST_FIRST = {
    "fct_discrepancies": [
        "mart.is_counted desc",
        "mart.level desc",
        "abs(mart.difference_yuan) desc nulls last",
    ],
    "fct_document_quality": ["mart.violation_count desc", "mart.proven_ratio"],
}
PLACE = {
    Language.ZH: "coalesce('第 ' || places.page || ' 页', places.cell_path)",
    Language.EN: "coalesce('page ' || places.page, places.cell_path)",
}
JOINED_DOCUMENTS = """
    left join marts.dim_documents as documents on mart.document_id = documents.document_id
    left join marts.dim_bodies as bodies on documents.body_id = bodies.body_id
    left join marts.dim_disclosures as disclosures on mart.document_id = disclosures.document_id
"""
JOINED_PLACES = """
    left join (
        select figure_id as printed_id, page, cell_path from marts.fct_disclosed_figures
        union all
        select claim_id, page, cell_path from marts.fct_narrative_claims
    ) as places on coalesce({printed}) = places.printed_id
"""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What stands in the sheet of a mart.

    Attributes:
        mart: The mart.
        columns: Its columns as people read them, with those that say whose and where.
        query: SQL that selects them, sorted.
    """

    mart: Mart
    columns: tuple[Column, ...]
    query: str


def marts_for_people(marts: Iterable[Mart]) -> list[Mart]:
    """The marts that people read, those looked for first before the others, references last."""
    ranks = {name: rank for rank, name in enumerate(FIRST)}
    return sorted(
        (mart for mart in marts if mart.name not in FOR_PROGRAMS),
        key=lambda mart: (mart.name.startswith("dim_"), ranks.get(mart.name, len(FIRST))),
    )


def plan_sheet(mart: Mart, language: Language) -> SheetPlan:
    """Lay out the sheet of a mart: whose, what, where, and keys last."""
    chosen = {column.name: (flat(column, "mart"), column) for column in mart.columns}
    joins = ""
    if is_of_documents(mart):
        joins = JOINED_DOCUMENTS
        for name, expression in (WHOSE | {"file_name": "documents.file_name"}).items():
            chosen.setdefault(name, (expression, ADDED[name]))
    if printed := printed_ids(mart):
        joins += JOINED_PLACES.format(printed=", ".join(f"mart.{name}" for name in printed))
        chosen["place"] = (PLACE[language], ADDED["place"])
    names = sorted(chosen, key=_reading_rank)
    selected = ", ".join(f'{chosen[name][0]} as "{name}"' for name in names)
    query = f"select {selected} from {mart.relation} as mart {joins} {_sorting(mart)}"  # noqa: S608
    return SheetPlan(mart, tuple(chosen[name][1] for name in names), query)


def is_of_documents(mart: Mart) -> bool:
    """Whether its rows are of one document each, hence of one body and year."""
    return mart.has("document_id") and mart.name != "dim_documents"


def printed_ids(mart: Mart) -> list[str]:
    """The keys that lead to where a row is printed, none where the row says so itself.

    What was spent comes before what was planned, and forms before prose.
    """
    if not is_of_documents(mart) or mart.has("page") or mart.has("place"):
        return []
    ids = [each.name for each in mart.columns if each.name.endswith(("figure_id", "claim_id"))]
    return sorted(ids, key=lambda name: ("figure" not in name, "budget" in name))


def _reading_rank(name: str) -> tuple[int, int]:
    """Whose first, then what in the mart's own order, then where, then keys."""
    if name in WHOSE:
        return 0, list(WHOSE).index(name)
    if name in WHERE:
        return 2, WHERE.index(name)
    return (3, 0) if name.endswith(("_id", "_ids")) else (1, 0)


def _sorting(mart: Mart) -> str:
    """An SQL clause that sorts by whose, then as printed, then by the key."""
    worst_first = WORST_FIRST.get(mart.name, [])
    if not is_of_documents(mart):
        return f"order by {mart.sorting}"
    whose = ["bodies.region_code", *WHOSE.values(), "documents.document_id"]
    printed = [f"mart.{name}" for name in AS_PRINTED if mart.has(name)]
    return f"order by {', '.join([*worst_first, *whose, *printed, mart.sorting])}"
