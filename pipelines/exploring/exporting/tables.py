"""The tables that leave the warehouse: their columns, what these mean, and what a row is one of.

Knows the marts as the warehouse's own catalogue lists them, and the key of each. Does not know any
format.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.marts import select_rows
from pipelines.warehouse.connection import has_relation

SCHEMA = "marts"
TABLES = """
    select table_name, coalesce(comment, '') as comment
    from duckdb_tables()
    where schema_name = 'marts'
    order by table_name
"""
COLUMNS = """
    select
        table_name,
        column_name,
        data_type,
        is_nullable,
        coalesce(comment, '') as comment
    from duckdb_columns()
    where schema_name = 'marts'
    order by table_name, column_index
"""
# What columns are called and which sort of names they hold: of one table, or of all that have them.
NAMES = """
    select coalesce(table_name, '') as table_name, column_name, name_zh, label_kind
    from reference.columns
"""
NO_LABELS = "-"
BUILT = "select max(built_at) from staging.builds"
# What a row of each mart is one of. The columns are also what exports are sorted by, so that the
# same rows make the same file.
KEYS = {
    "dim_bodies": ("body_id",),
    "dim_disclosures": ("document_id",),
    "dim_documents": ("document_id",),
    "dim_economic_classification": ("economic_code",),
    "dim_functional_classification": ("functional_code",),
    "dim_labels": ("kind", "key"),
    "dim_regions": ("region_code",),
    "fct_agency_operating_costs": ("document_id",),
    "fct_appropriation_summary": ("figure_id", "claim_id", "section"),
    "fct_asset_holdings": ("document_id", "asset_item", "asset_label", "is_planned"),
    "fct_budget_execution": ("document_id", "fund_name", "level", "item_label"),
    "fct_change_reasons": ("claim_id",),
    "fct_classification_names": ("document_id", "classification", "code", "printed_name"),
    "fct_department_facts": ("document_id", "fact_index"),
    "fct_disclosed_figures": ("figure_id",),
    "fct_discrepancies": ("check_id",),
    "fct_document_quality": ("document_id",),
    "fct_error_locations": ("document_id", "fault_number", "solution_number", "figure_id"),
    "fct_expenditure_by_economic_code": ("figure_id", "claim_id"),
    "fct_expenditure_by_function": ("figure_id", "claim_id"),
    "fct_form_printings": ("document_id", "table_index"),
    "fct_government_funds": ("figure_id", "claim_id"),
    "fct_identity_checks": ("document_id", "identity_id", "scope_key"),
    "fct_identity_statistics": ("identity_id",),
    "fct_income_by_source": ("figure_id", "claim_id"),
    "fct_income_expenditure_summary": ("figure_id", "claim_id", "section"),
    "fct_key_measures": ("document_id", "key_measure"),
    "fct_meetings_and_training": ("document_id", "event_kind", "event_number"),
    "fct_narrative_claims": ("claim_id",),
    "fct_narrative_sections": ("document_id", "section_number"),
    "fct_performance": ("document_id", "item"),
    "fct_performance_indicators": ("claim_id",),
    "fct_performance_targets": ("document_id", "table_index", "row_index"),
    "fct_procurement": ("document_id", "item", "item_label"),
    "fct_project_expenditure": ("document_id", "project_name", "economic_label"),
    "fct_staffing": ("document_id", "body_name", "staff_kind", "staff_label"),
    "fct_state_capital": ("figure_id", "claim_id"),
    "fct_term_definitions": ("document_id", "definition_index"),
    "fct_three_public_expenses": ("document_id", "item"),
    "fct_year_on_year_changes": (
        "document_id", "part", "thing", "item_label", "group_label", "base",
    ),
}  # fmt: skip


class ExportError(ExplainedError):
    """The marts cannot be written as asked."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a mart.

    Attributes:
        name: Its name.
        data_type: Its type, as DuckDB writes it.
        is_nullable: Whether it may be empty.
        meaning: What it holds, in both languages, '' where the warehouse does not say.
        name_zh: Its Chinese name, '' where it has none.
        label_kind: What sort of canonical names it holds, as the label table calls it; '' where it
            holds something else.
    """

    name: str
    data_type: str
    is_nullable: bool = True
    meaning: str = ""
    name_zh: str = ""
    label_kind: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it holds texts."""
        return self.data_type == "VARCHAR"

    @property
    def is_nested(self) -> bool:
        """Whether it holds lists or records, which flat files have no place for."""
        return self.data_type.endswith("[]") or self.data_type.startswith(("STRUCT", "MAP"))


@dataclass(frozen=True, slots=True)
class Mart:
    """A table that leaves the warehouse.

    Attributes:
        name: Its name.
        meaning: What a row of it is, in both languages, '' where the warehouse does not say.
        columns: Its columns, in order.
        schema: Where it is.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    schema: str = SCHEMA

    @property
    def relation(self) -> str:
        """Its name in SQL."""
        return f"{self.schema}.{self.name}"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart; all that can be sorted where none are known."""
        return KEYS.get(self.name) or tuple(each.name for each in self.columns)

    @property
    def sorting(self) -> str:
        """An SQL list to order its rows by, called ``mart``; the same for the same rows."""
        return ", ".join(f'mart."{name}"' for name in self.key)

    def has(self, name: str) -> bool:
        """Whether it has a column of that name."""
        return any(column.name == name for column in self.columns)


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """What columns are called in Chinese, and which sort of canonical names they hold.

    Attributes:
        of_places: By table, '' for all, and column: the name and the sort, None where it is as in
            all tables.
    """

    of_places: dict[tuple[str, str], tuple[str | None, str | None]]

    def given_to(self, column: Column, table: str = "") -> Column:
        """A column of a table, or of what is made of several, with its name and sort of names."""
        own = self.of_places.get((table, column.name), (None, None))
        general = self.of_places.get(("", column.name), (None, None))
        name_zh, label_kind = (
            mine or all_of_them or "" for mine, all_of_them in zip(own, general, strict=True)
        )
        kind = "" if label_kind == NO_LABELS else label_kind
        return replace(column, name_zh=name_zh, label_kind=kind)


def list_marts(
    connection: duckdb.DuckDBPyConnection, chosen: Collection[str] = ()
) -> tuple[Mart, ...]:
    """The marts of a warehouse, by name.

    Args:
        connection: A warehouse with marts.
        chosen: Names of those wanted, none for all.

    Raises:
        ExportError: One that is wanted does not exist.
    """
    columns: dict[str, list[Column]] = {}
    names = read_names(connection)
    for row in select_rows(connection, COLUMNS):
        column = Column(
            row["column_name"], row["data_type"], row["is_nullable"], row["comment"].strip()
        )
        columns.setdefault(row["table_name"], []).append(names.given_to(column, row["table_name"]))
    marts = tuple(
        Mart(row["table_name"], row["comment"].strip(), tuple(columns[row["table_name"]]))
        for row in select_rows(connection, TABLES)
    )
    present = [mart.name for mart in marts]
    if unknown := sorted(set(chosen).difference(present)):
        raise ExportError(
            "there is no table {unknown}; there are {names}",
            unknown=", ".join(unknown),
            names=", ".join(present),
        )
    return tuple(mart for mart in marts if not chosen or mart.name in chosen)


def built_at(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the marts were built, in UTC; None where that was not noted."""
    found = connection.execute(BUILT).fetchone()
    return found[0] if found else None


def read_names(connection: duckdb.DuckDBPyConnection) -> ColumnNames:
    """Read what columns are called; a warehouse without that table calls them nothing."""
    if not has_relation(connection, "reference", "columns"):
        return ColumnNames({})
    return ColumnNames(
        {
            (row["table_name"], row["column_name"]): (row["name_zh"], row["label_kind"])
            for row in select_rows(connection, NAMES)
        }
    )
