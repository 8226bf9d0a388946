"""The few amounts by which disclosures are compared: over years, with peers, in a region.

Knows ``marts.fct_key_measures``. One amount a disclosure and measure; what is not printed is
absent.
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


MEASURES = """
    select document_id, key_measure, value, figure_id, claim_id, status
    from marts.fct_key_measures
    where list_contains($documents, document_id)
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
    return Measured({(row["document_id"], row["key_measure"]): traced(row) for row in rows})
