"""Keeps how much each build of the marts proved, so that a trend can be seen.

Knows ``staging.quality_history`` and the mart it is summed up from. Does not know how anything is
proven.
"""

from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import has_relation, open_for_writing
from pipelines.warehouse.rows import utc_now

REMEMBER = """
    insert into staging.quality_history
    select
        ?,
        count(*) filter (where not is_template),
        count(*) filter (where is_quarantined),
        coalesce(sum(figure_count), 0),
        coalesce(sum(proven_count), 0),
        coalesce(sum(disputed_count), 0),
        coalesce(sum(named_count), 0),
        coalesce(sum(number_count), 0),
        coalesce(sum(accounted_count), 0),
        coalesce(sum(prose_number_count), 0),
        coalesce(sum(prose_clear_count), 0),
        coalesce(sum(violation_count) filter (where is_counted), 0)
    from marts.fct_document_quality
"""


def remember_quality(database: Warehouse) -> None:
    """Add what the marts prove by now to the history; nothing where they are not built.

    Raises:
        WarehouseError: The warehouse cannot be opened.
    """
    with open_for_writing(database) as connection:
        if has_relation(connection, "marts", "fct_document_quality"):
            connection.execute(REMEMBER, [utc_now()])
