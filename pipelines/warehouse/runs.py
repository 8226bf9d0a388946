"""Keeps account of the runs that changed the warehouse: ``staging.runs``.

Knows when a run began and ended and what it counted. Does not know how a run is made up.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from pipelines.domain.file_record import FileStatus
from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.ingesting import IngestSummary
from pipelines.warehouse.rows import insert_rows, utc_now


def record_run(
    warehouse: Warehouse,
    started_at: datetime,
    ingested: IngestSummary,
    counts: Mapping[str, object],
) -> str:
    """Note a run that ends here.

    Args:
        warehouse: The warehouse, open nowhere.
        started_at: When the run began, as ``utc_now`` says it.
        ingested: What it read.
        counts: What else is worth keeping, as JSON values by name.

    Returns:
        The id of the run.
    """
    run_id = uuid4().hex
    found = {
        "figures_loaded": ingested.figure_count,
        "files": len(ingested.records),
        "vanished": len(ingested.vanished),
    }
    rejected = ingested.with_status(FileStatus.REJECTED)
    with open_for_writing(warehouse) as connection:
        insert_rows(
            connection,
            "staging.runs",
            [
                {
                    "run_id": run_id,
                    "started_at": started_at,
                    "finished_at": utc_now(),
                    "documents_read": len(ingested.newly_read),
                    "documents_unchanged": ingested.unchanged_count,
                    "documents_rejected": len(rejected),
                    "summary": json.dumps({**found, **counts}, ensure_ascii=False),
                }
            ],
        )
    return run_id
