"""Has dbt build and test the marts, but only when something changed.

Knows how to call dbt and what its results mean. Does not know any model: that is the dbt
project's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.settings import exposed_to_dbt
from pipelines.warehouse.builds import (
    BuildSummary,
    TestFinding,
    record_end,
    record_start,
    standing_build,
    state_digest,
)
from pipelines.warehouse.connection import has_relation, open_for_writing
from pipelines.warehouse.schema import apply_staging_schema

if TYPE_CHECKING:
    from dbt.artifacts.schemas.run import RunResult

# The model without which the warehouse is of no use to anybody.
CENTRAL_MART = ("marts", "fct_disclosed_figures")


class TransformError(ExplainedError):
    """DBT could not build the marts at all."""


@dataclass(frozen=True, slots=True)
class Transformation:
    """The state of the marts after bringing them up to date.

    Attributes:
        summary: What the build of this state did, now or earlier.
        was_needed: Whether dbt ran now.
        log_file: Where dbt wrote what it did.
    """

    summary: BuildSummary
    was_needed: bool
    log_file: Path


def transform(database: Path, dbt_project_dir: Path, work_dir: Path) -> Transformation:
    """Build and test the marts, unless they were built from the very same state.

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
        digest = state_digest(connection, dbt_project_dir)
        record_start(connection, digest)
    with exposed_to_dbt(database):
        results = _run_dbt_build(dbt_project_dir, work_dir)
    summary = _summarise(results)
    with open_for_writing(database) as connection:
        record_end(connection, digest, summary)
    return Transformation(summary, was_needed=True, log_file=_log_file(work_dir))


def standing_transformation(
    connection: duckdb.DuckDBPyConnection, dbt_project_dir: Path, work_dir: Path
) -> Transformation | None:
    """The latest build, where it is of this very state; None where dbt has something to do.

    Raises:
        TransformError: There is no dbt project.
    """
    if not (dbt_project_dir / "dbt_project.yml").is_file():
        message = f"no dbt project at {dbt_project_dir}: set JUESUAN_DBT_PROJECT to where it is"
        raise TransformError(message)
    if not has_relation(connection, *CENTRAL_MART):
        return None
    summary = standing_build(connection, state_digest(connection, dbt_project_dir))
    if summary is None:
        return None
    return Transformation(summary, was_needed=False, log_file=_log_file(work_dir))


def dbt_work_dir(warehouse: Path) -> Path:
    """Where dbt keeps its target and logs for a warehouse: beside it, one for each."""
    return warehouse.absolute().with_name(f"{warehouse.stem}.dbt")


def _log_file(work_dir: Path) -> Path:
    return work_dir / "logs" / "dbt.log"


def _run_dbt_build(dbt_project_dir: Path, work_dir: Path) -> "list[RunResult]":
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
    return list(answer.result.results)


def _summarise(results: "Iterable[RunResult]") -> BuildSummary:
    found: dict[str, list[TestFinding]] = {}
    for result in results:
        finding = TestFinding(
            name=result.node.name,
            row_count=result.failures or 0,
            message=" ".join((result.message or "").split()),
        )
        found.setdefault(str(result.status), []).append(finding)
    return BuildSummary(
        model_count=len(found.get("success", ())),
        passed_count=len(found.get("pass", ())),
        warned=tuple(found.get("warn", ())),
        failed=tuple(found.get("fail", ())),
        broken=(*found.get("error", ()), *found.get("runtime error", ())),
        skipped_count=len(found.get("skipped", ())),
    )
