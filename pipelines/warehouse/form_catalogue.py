"""Writes the form catalogue to staging: what the models may know of forms beside their names.

Knows ``staging.form_catalogue``. Does not know how the catalogue is laid out, nor which model asks.
"""

import duckdb

from pipelines.recognising.catalogue import load_catalogue
from pipelines.warehouse.rows import Row, insert_rows
from pipelines.warehouse.transactions import transaction


def store_form_catalogue(connection: duckdb.DuckDBPyConnection) -> None:
    """Store every form of the catalogue in place of those stored.

    Args:
        connection: The warehouse, outside any transaction.
    """
    with transaction(connection):
        connection.execute("delete from staging.form_catalogue")
        insert_rows(connection, "staging.form_catalogue", form_rows())


def form_rows() -> list[Row]:
    """One row per form of the catalogue, as ``staging.form_catalogue`` has it."""
    return [
        {
            "form": spec.form,
            "kind": spec.kind.value,
            "family": spec.family,
            "classification": spec.classification,
            "basis": spec.basis,
            "topic": spec.topic,
            "layout": spec.layout.value,
            "is_standard": spec.is_standard,
        }
        for spec in load_catalogue().forms
    ]
