"""Has dbt build and test the marts, but only when something changed.

Knows how to call dbt and what its results mean. Does not know any model: that is the dbt
project's business.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.settings import exposed_to_dbt
from pipelines.warehouse.builds import (
    BuildState,
    BuildSummary,
    TestFinding,
    build_state,
    record_end,
    record_start,
    standing_build,
)
from pipelines.warehouse.connection import has_relation, open_for_writing
from pipelines.warehouse.schema import apply_staging_schema

# The model without which the warehouse is of no use to anybody.
CENTRAL_MART = ("marts", "fct_disclosed_figures")
# What has to follow where nothing but the findings of auditing changed.
BUILT_UPON_AUDITS = ("stg_second_readings+", "stg_error_locations+")

NodeResult = Mapping[str, Any]


class TransformError(ExplainedError):
    """DBT could not build the marts at all."""


@dataclass(frozen=True, slots=True)
class Transformation:
    """The state of the marts after bringing them up to date.

    Attributes:
        summary: What the build of this state did, now or earlier.
        was_needed: Whether dbt ran now.
        log_file: Where dbt wrote what it did.
        rebuilt_count: How many models were built again, where it was only those that follow from
            auditing; None where it was all of them, or none.
    """

    summary: BuildSummary
    was_needed: bool
    log_file: Path
    rebuilt_count: int | None = None


def transform(database: Path, dbt_project_dir: Path, work_dir: Path) -> Transformation:
    """Build and test the marts, unless they were built from the very same state.

    Where nothing but the findings of auditing changed, only what is built upon them is built.

    Args:
        database: The DuckDB file to build in, open nowhere.
        dbt_project_dir: The dbt project.
        work_dir: Where dbt keeps its target and logs.

    Raises:
        TransformError: dbt cannot run the project.
        WarehouseError: The file cannot be opened.
    """
    with open_for_writing(database) as connection:
        apply_staging_schema(connection)
        standing = standing_transformation(connection, dbt_project_dir, work_dir)
        if standing is not None:
            return standing
        from pipelines.warehouse.form_catalogue import store_form_catalogue  # only to build

        store_form_catalogue(connection)
        state = build_state(connection, dbt_project_dir)
        is_partial = _stands_but_for_audits(connection, state)
        record_start(connection, state.digest)
    before = latest_results(work_dir) if is_partial else {}
    with exposed_to_dbt(database):
        _run_dbt_build(dbt_project_dir, work_dir, BUILT_UPON_AUDITS if before else ())
    rebuilt = _summarise(latest_results(work_dir).values()).model_count if before else None
    summary = _summarise(_add_results(work_dir, before).values())
    with open_for_writing(database) as connection:
        record_end(connection, state.digest, summary)
    log_file = _log_file(work_dir)
    return Transformation(summary, was_needed=True, log_file=log_file, rebuilt_count=rebuilt)


def standing_transformation(
    connection: duckdb.DuckDBPyConnection, dbt_project_dir: Path, work_dir: Path
) -> Transformation | None:
    """The latest build, where it is of this very state; None where dbt has something to do.

    Raises:
        TransformError: There is no dbt project.
    """
    refuse_missing_project(dbt_project_dir)
    if not has_relation(connection, *CENTRAL_MART):
        return None
    standing = standing_build(connection, build_state(connection, dbt_project_dir))
    if standing is None or not standing.is_audited:
        return None
    return Transformation(standing.summary, was_needed=False, log_file=_log_file(work_dir))


def refuse_missing_project(dbt_project_dir: Path) -> None:
    """Make sure that there is a dbt project before anything depends on it.

    Raises:
        TransformError: There is none.
    """
    if not (dbt_project_dir / "dbt_project.yml").is_file():
        message = f"no dbt project at {dbt_project_dir}: set JUESUAN_DBT_PROJECT to where it is"
        raise TransformError(message)


def latest_results(work_dir: Path) -> dict[str, NodeResult]:
    """What dbt recorded for each node of the build that stands, in the order in which they ended.

    Empty where somebody tidied dbt's folder away.
    """
    record = _results_file(work_dir)
    if not record.is_file():
        return {}
    results = json.loads(record.read_text(encoding="utf-8"))["results"]
    return {result["unique_id"]: result for result in results}


def _stands_but_for_audits(connection: duckdb.DuckDBPyConnection, state: BuildState) -> bool:
    return has_relation(connection, *CENTRAL_MART) and standing_build(connection, state) is not None


def dbt_work_dir(warehouse: Path) -> Path:
    """Where dbt keeps its target and logs for a warehouse: beside it, one for each."""
    return warehouse.absolute().with_name(f"{warehouse.stem}.dbt")


def _log_file(work_dir: Path) -> Path:
    return work_dir / "logs" / "dbt.log"


def _results_file(work_dir: Path) -> Path:
    return work_dir / "target" / "run_results.json"


def _add_results(work_dir: Path, before: Mapping[str, NodeResult]) -> dict[str, NodeResult]:
    """Complete dbt's record of a build of some nodes with that of the build before it."""
    results = {**before, **latest_results(work_dir)}
    if before:
        record = _results_file(work_dir)
        stored = json.loads(record.read_text(encoding="utf-8"))
        stored["results"] = list(results.values())
        record.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    return results


def _run_dbt_build(dbt_project_dir: Path, work_dir: Path, selected: Iterable[str]) -> None:
    # Imported here because it takes seconds, which a run with nothing new must not cost.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.artifacts.schemas.run import RunExecutionResult
    from dbt.cli.main import dbtRunner

    log_file = _log_file(work_dir)
    answer = dbtRunner().invoke(
        [
            "build",
            *("--project-dir", str(dbt_project_dir.absolute())),
            *("--profiles-dir", str(dbt_project_dir.absolute())),
            *("--target-path", str(work_dir / "target")),
            *("--log-path", str(log_file.parent)),
            *("--log-level", "none", "--log-level-file", "info"),
            *("--exclude-resource-types", "unit_test"),
            *(word for name in selected for word in ("--select", name)),
            "--no-version-check",
        ]
    )
    # dbt keeps the file open for its next call in this process; we are the next to need it.
    DuckDBConnectionManager.close_all_connections()
    if isinstance(answer.exception, KeyboardInterrupt):
        raise answer.exception
    if not isinstance(answer.result, RunExecutionResult):
        reported = " ".join(str(answer.exception).split())
        message = f"dbt cannot build {dbt_project_dir}: {reported} (log: {log_file})"
        raise TransformError(message) from answer.exception


def _summarise(results: Iterable[NodeResult]) -> BuildSummary:
    found: dict[str, list[TestFinding]] = {}
    for result in results:
        _, _, name, *_ = result["unique_id"].split(".")
        finding = TestFinding(
            name=name,
            row_count=result["failures"] or 0,
            message=" ".join((result["message"] or "").split()),
        )
        found.setdefault(result["status"], []).append(finding)
    return BuildSummary(
        model_count=len(found.get("success", ())),
        passed_count=len(found.get("pass", ())),
        warned=tuple(found.get("warn", ())),
        failed=tuple(found.get("fail", ())),
        broken=(*found.get("error", ()), *found.get("runtime error", ())),
        skipped_count=len(found.get("skipped", ())),
    )
