"""Tells Dagster what dbt built and tested, from the record that dbt keeps of its latest build.

Knows dbt's ``run_results.json`` and Dagster's events. Does not know how dbt is run, nor whether it
had to: where nothing changed, the record of the build that stands is as true as a new one.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

import dagster as dg
import duckdb

from pipelines.defs.row_counts import count_rows
from pipelines.domain.warehouse_place import Warehouse
from pipelines.exploring.marts import select_rows
from pipelines.exploring.status import WarehouseStatus, read_status
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.drafts import latest_state
from pipelines.warehouse.transforming import Transformation, dbt_work_dir, latest_results

UNIQUE_ID = "dagster_dbt/unique_id"
SUMMARY_ASSET = dg.AssetKey(["marts", "fct_document_quality"])
NAMED_IN_FAILURE = 5
ROWS_SHOWN = 20


def report_build(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Yield what became of every selected seed, model and test.

    Seeds and models that were not built and tests that did not run are not reported.
    """
    assets = {
        spec.metadata[UNIQUE_ID]: spec.key
        for spec in context.assets_def.specs
        if spec.key in context.selected_asset_keys
    }
    checks = {
        spec.metadata[UNIQUE_ID]: spec.key
        for spec in context.assets_def.check_specs
        if spec.key in context.selected_asset_check_keys
    }
    started_at = context.instance.get_run_stats(context.run.run_id).start_time or 0.0
    results = latest_results(dbt_work_dir(warehouse))
    if not results:
        context.log.warning("dbt's record of the build that stands is gone: nothing to report")
    built = {
        assets[node]
        for node, result in results.items()
        if node in assets and result["status"] == "success"
    }
    with open_for_reading(latest_state(warehouse)) as connection:
        counts = count_rows(connection, built)
        status = read_status(connection)
        failing = {
            node: _failing_rows(connection, result)
            for node, result in results.items()
            if node in checks and result["failures"]
        }
    for node, result in results.items():
        asset = assets.get(node)
        if asset in built:
            counted = {"dagster/row_count": counts[asset]} if asset in counts else {}
            metadata = {
                **counted,
                "build_seconds": result["execution_time"],
                "built_in_this_run": _ended_at(result) >= started_at,
            }
            summary = _summary(status) if asset == SUMMARY_ASSET else {}
            yield dg.MaterializeResult(asset_key=asset, metadata=metadata | summary)
        elif node in checks and result["status"] in {"pass", "warn", "fail"}:
            yield _check_result(checks[node], result, failing.get(node, []))


def refuse_incomplete(transformed: Transformation, shown_tests: Collection[str]) -> None:
    """Fail the step where something is amiss that no check shows.

    Args:
        transformed: What the build did.
        shown_tests: Names of the dbt tests that are checks. The others, which test macros and
            read no model, have no asset to be a check of.

    Raises:
        Failure: A model or test could not run or was skipped, or a test failed that is no check.
    """
    summary = transformed.summary
    amiss = [
        *summary.broken,
        *(finding for finding in summary.failed if finding.name not in shown_tests),
    ]
    if amiss or summary.skipped_count:
        named = [f"{finding.name}: {finding.message}" for finding in amiss[:NAMED_IN_FAILURE]]
        counted = (
            f"{len(amiss)} models or tests of dbt failed, {summary.skipped_count} were skipped"
        )
        raise dg.Failure(
            description="\n".join([counted, *named]),
            metadata={"dbt_log": dg.MetadataValue.path(transformed.log_file)},
            allow_retries=False,
        )


def _ended_at(result: Mapping[str, Any]) -> float:
    """When a node was built, in seconds since 1970."""
    return max(
        datetime.fromisoformat(phase["completed_at"]).timestamp() for phase in result["timing"]
    )


def _failing_rows(
    connection: duckdb.DuckDBPyConnection, result: Mapping[str, Any]
) -> list[dict[str, str]]:
    """The first rows that a test found, as dbt stored them."""
    relation = _without_database(result)
    rows = select_rows(connection, f"select * from {relation} limit {ROWS_SHOWN}")  # noqa: S608
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def _without_database(result: Mapping[str, Any]) -> str:
    """Where a test's rows are stored; the database is called as the warehouse's file is."""
    return str(result["relation_name"]).replace('"', "").partition(".")[2]


def _check_result(
    key: dg.AssetCheckKey, result: Mapping[str, Any], failing: list[dict[str, str]]
) -> dg.AssetCheckResult:
    is_warning = result["status"] == "warn"
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=result["status"] == "pass",
        severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
        metadata={
            "rows_found": result["failures"] or 0,
            "rows_found_are_in": _without_database(result),
            **({"first_rows": _table(failing)} if failing else {}),
        },
    )


def _table(rows: list[dict[str, str]]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [dg.TableRecord(row) for row in rows],
        schema=dg.TableSchema(columns=[dg.TableColumn(name) for name in rows[0]]),
    )


def _summary(status: WarehouseStatus) -> dict[str, int | float]:
    figure_count = status.figure_count
    return {
        "documents": len(status.documents),
        "documents_quarantined": len(status.quarantined),
        "figures": figure_count,
        "figures_proven": status.proven_count,
        "figures_disputed": status.disputed_count,
        "proven_ratio": status.proven_count / figure_count if figure_count else 0.0,
        "violations": status.tiers["violation"],
    }
