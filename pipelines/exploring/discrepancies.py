"""What is wrong in the documents themselves, as a table, as CSV or as JSON.

Knows ``marts.fct_discrepancies``. Does not judge: dbt has done so.
"""

import csv
import json
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from io import StringIO

import duckdb

from pipelines.exploring.documents import find_documents
from pipelines.exploring.marts import select_all

DISCREPANCIES = """
    select
        found.document_id,
        documents.file_name,
        documents.department_name,
        documents.fiscal_year,
        found.identity_id,
        found.scope_key,
        found.relation,
        found.left_yuan,
        found.right_yuan,
        found.difference_yuan,
        found.tier,
        found.attribution
    from marts.fct_discrepancies as found
    inner join marts.dim_documents as documents on found.document_id = documents.document_id
"""
IN_ORDER = " order by documents.file_name, found.identity_id, found.scope_key"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One identity that a document fails.

    Attributes:
        document_id: The document.
        file_name: Its file.
        department_name: Whose document it is.
        fiscal_year: Of which year, None where it does not say.
        identity_id: The identity that fails.
        scope_key: The row, code or measure it was evaluated on.
        relation: How the sides should relate, such as ``=``.
        left_yuan: Left side.
        right_yuan: Right side.
        difference_yuan: Left minus right.
        tier: How badly it fails.
        attribution: Whether the print or our reading is to blame, as far as known.
    """

    document_id: str
    file_name: str
    department_name: str
    fiscal_year: int | None
    identity_id: str
    scope_key: str
    relation: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    tier: str
    attribution: str


def list_discrepancies(
    connection: duckdb.DuckDBPyConnection, document: str | None = None
) -> list[Discrepancy]:
    """Every discrepancy, ordered by file and identity.

    Args:
        connection: A warehouse with marts.
        document: Only those of the documents whose id begins with this or whose file name
            contains it; None for all.

    Raises:
        NothingFoundError: There is no such document.
    """
    if document is None:
        return select_all(connection, Discrepancy, DISCREPANCIES + IN_ORDER)
    wanted = [found.document_id for found in find_documents(connection, document)]
    chosen = " where list_contains(?, found.document_id)"
    return select_all(connection, Discrepancy, DISCREPANCIES + chosen + IN_ORDER, [wanted])


def as_csv(discrepancies: list[Discrepancy]) -> str:
    """The discrepancies as CSV with a header; amounts in plain decimals, yuan."""
    text = StringIO()
    writer = csv.DictWriter(
        text, [field.name for field in fields(Discrepancy)], lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(_plain(discrepancy) for discrepancy in discrepancies)
    return text.getvalue()


def as_json(discrepancies: list[Discrepancy]) -> str:
    """The discrepancies as a JSON array; amounts are strings, because JSON numbers are floats."""
    return json.dumps([_plain(each) for each in discrepancies], ensure_ascii=False, indent=2)


def _plain(discrepancy: Discrepancy) -> dict[str, object]:
    return {
        name: format(value, "f") if isinstance(value, Decimal) else value
        for name, value in asdict(discrepancy).items()
    }
