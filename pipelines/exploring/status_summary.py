"""The state of a warehouse for programs: the same in every language, with canonical names.

Knows which of it programs ask for. Does not know how any of it is found, nor what people are shown.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from pipelines.domain.file_record import FileStatus
from pipelines.domain.night_news import StandingTrouble
from pipelines.domain.warehouse_place import Warehouse
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.failing_tests import FailedTest
from pipelines.exploring.status import WarehouseStatus
from pipelines.warehouse.diary import DiaryEntry

SHARE_DIGITS = Decimal("0.0001")


def status_as_json(
    warehouse: Warehouse,
    status: WarehouseStatus | None,
    runs: Sequence[DiaryEntry],
    troubles: Sequence[StandingTrouble] = (),
) -> str:
    """Everything as JSON, times in ISO 8601 with their zone, shares from 0 to 1.

    Args:
        warehouse: The file or the lake.
        status: What it holds, None where there is no warehouse.
        runs: The runs to tell of, newest first.
        troubles: What is wrong, and what is known of it.
    """
    summary = {
        "warehouse": str(warehouse.absolute() if isinstance(warehouse, Path) else warehouse),
        "built_at": _time(status.trend[0].built_at) if status and status.trend else None,
        "totals": _totals(status) if status else None,
        "documents_in_need": [_document(each) for each in _in_need(status)] if status else [],
        "troubles": [_trouble(each) for each in troubles],
        "failed_tests": [_failed_test(each) for each in (status.failed_tests if status else ())],
        "runs": [_run(run) for run in runs],
        "builds": [
            {
                **asdict(build),
                "built_at": _time(build.built_at),
                "proven_ratio": _ratio(build.proven_count, build.figure_count),
            }
            for build in (status.trend if status else ())
        ],
    }
    return json.dumps(summary, ensure_ascii=False, indent=2)


def _totals(status: WarehouseStatus) -> dict[str, Any]:
    files = Counter(file.status for file in status.files)
    return {
        "files": {str(each): files[each] for each in FileStatus},
        "documents": status.document_count,
        "quarantined": len(status.quarantined),
        "unidentified": len(status.unidentified),
        "templates": len(status.templates),
        "numbers": status.number_count,
        "numbers_read": status.accounted_count,
        "prose_numbers": status.prose_number_count,
        "prose_numbers_clear": status.prose_clear_count,
        "figures": status.figure_count,
        "named": status.named_count,
        "proven": status.proven_count,
        "disputed": status.disputed_count,
        "proven_ratio": _ratio(status.proven_count, status.figure_count),
        "not_read_for_certain": status.repairs.doubtful_count,
        "repaired": status.repairs.decided_count,
        "tables": status.table_count,
        "unnamed_tables": status.unnamed_table_count,
        "violations": status.violation_count,
        "checks": dict(sorted(status.tiers.items())),
    }


def _in_need(status: WarehouseStatus) -> list[DocumentState]:
    """The documents that are out of the facts, contradict themselves or are not read whole."""
    return [
        document
        for document in status.documents
        if document.is_quarantined
        or not document.is_identified
        or document.violation_count
        or document.accounted_count < document.number_count
        or document.picture_page_count
        or document.cut_off_count
    ]


def _document(document: DocumentState) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "department_name": document.department_name,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "scope": document.scope,
        "is_quarantined": document.is_quarantined,
        "is_identified": document.is_identified,
        "is_template": document.is_template,
        "violations": document.violation_count,
        "numbers_not_read": document.number_count - document.accounted_count,
        "picture_pages": document.picture_page_count,
        "texts_cut_off": document.cut_off_count,
        "proven_ratio": _ratio(document.proven_count, document.figure_count),
    }


def _trouble(standing: StandingTrouble) -> dict[str, Any]:
    known = standing.acknowledgement
    return {
        **asdict(standing.trouble),
        "since": _time(standing.since) if standing.since else None,
        "acknowledged": {**asdict(known), "at": _time(known.at)} if known else None,
    }


def _failed_test(test: FailedTest) -> dict[str, Any]:
    return {
        "name": test.name,
        "rows": test.row_count,
        "document_ids": list(test.document_ids),
        "file_names": list(test.file_names),
    }


def _run(run: DiaryEntry) -> dict[str, Any]:
    return {
        "command": run.command,
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "seconds": round((run.finished_at - run.started_at).total_seconds(), 3),
        "exit_code": run.exit_code,
        "error": run.error,
        "was_needed": run.was_needed,
        "counts": dict(run.counts),
        "proven_ratio": _proven_ratio(run.counts),
        "sites_failed": [site["site"] for site in run.sites if site["has_failed"]],
        "vanished": list(run.vanished),
    }


def _proven_ratio(counts: Mapping[str, int]) -> float | None:
    """The share that a run found proven; None where it did not come so far."""
    if "proven_in_all" not in counts:
        return None
    return _ratio(counts["proven_in_all"], counts.get("figures_in_all", 0))


def _ratio(part: int, whole: int) -> float | None:
    """A share, never rounded up to all of it; None of nothing."""
    if not whole:
        return None
    return float((Decimal(part) / whole).quantize(SHARE_DIGITS, ROUND_FLOOR))


def _time(moment: datetime) -> str:
    """A moment with its zone; the warehouse's are in UTC and do not say so."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
