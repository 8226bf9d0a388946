"""Which figures would explain what fails, and what they should read.

Knows ``marts.fct_error_locations``. Does not judge: dbt has.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.exploring.checks import Check
from pipelines.exploring.marts import select_rows

LOCATIONS = """
    select
        document_id,
        fault_number,
        solution_number,
        is_located,
        figure_id,
        figure_id in (
            select claim_id
            from marts.fct_narrative_claims
            where list_contains($documents, document_id)
        ) as is_statement,
        form,
        coalesce(row_name, '') as row_name,
        measure,
        printed_text as printed,
        coalesce(suggested_text, '') as suggested,
        printed_unit as unit,
        coalesce(slip, '') as slip,
        cause,
        place_count,
        place_number,
        repaired_count,
        failing_count,
        coalesce(failing_check_ids, '') as failing_check_ids
    from marts.fct_error_locations
    where solution_rank = 1 and figure_id <> '' and list_contains($documents, document_id)
    order by document_id, fault_number, solution_number, place_number, figure_id
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure or statement that, were it another, would mend what fails.

    Attributes:
        document_id: The document.
        fault_number: What fails in a document with the same number has one cause.
        solution_number: Figures of the same number have to be wrong together.
        is_located: Whether no other explanation is as likely.
        figure_id: The figure or the statement.
        is_statement: Whether the prose states it.
        form: Canonical name of its form.
        row_name: Its row as printed, '' where the form has one row.
        measure: Canonical name of its measure.
        printed: What is printed.
        suggested: What it should read, '' where nobody can say.
        unit: The unit of both as printed.
        slip: What slip of the pen it would be, '' for none that is known.
        cause: What sort of error it is: ``figures``, or a column that slipped.
        place_count: How many figures are wrong together, printings of one quantity or a column.
        place_number: Its number among these, 1 for the one that stands for all.
        repaired_count: How many checks would hold.
        failing_count: Of how many that fail.
        failing_checks: The keys of these.
    """

    document_id: str
    fault_number: int
    solution_number: int
    is_located: bool
    figure_id: str
    is_statement: bool
    form: str
    row_name: str
    measure: str
    printed: str
    suggested: str
    unit: str
    slip: str
    cause: str
    place_count: int
    place_number: int
    repaired_count: int
    failing_count: int
    failing_checks: frozenset[str]

    @property
    def is_of_column(self) -> bool:
        """Whether all of its column slipped by a row."""
        return self.cause != "figures"


def suspects_of(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> list[Suspect]:
    """The likeliest explanations of those checks that fail, fault by fault."""
    failing = {check.check_id for check in checks if check.is_failed}
    documents = {check.document_id for check in checks if check.is_failed}
    return [
        suspect
        for suspect in suspects_in(connection, documents)
        if suspect.failing_checks & failing
    ]


def suspects_in(
    connection: duckdb.DuckDBPyConnection, document_ids: Collection[str]
) -> list[Suspect]:
    """The likeliest explanations of whatever fails in some documents, fault by fault."""
    if not document_ids:
        return []
    found = []
    for row in select_rows(connection, LOCATIONS, {"documents": sorted(document_ids)}):
        failing = frozenset(row.pop("failing_check_ids").split(","))
        found.append(Suspect(**row, failing_checks=failing))
    return found
