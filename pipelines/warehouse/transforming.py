"""Has dbt build and test a database, and keeps the record of what it did.

Knows how to call dbt and what its results mean. Does not know any model: that is the dbt
project's business; nor which documents a database holds.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.domain.errors import ExplainedError
from pipelines.settings import exposed_to_dbt
from pipelines.warehouse.builds import BuildSummary, TestFinding
from pipelines.warehouse.connection import MemoryBounds

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# What is built of the whole warehouse, from what was built of its documents.
WHOLE = "tag:whole_warehouse"
# What has to follow where auditing found something.
BUILT_UPON_AUDITS = ("stg_second_readings+", "stg_error_locations+")
# Outcomes of a node, worst last: of several builds the worst is told.
STATUSES = ("no-op", "pass", "success", "warn", "skipped", "fail", "runtime error", "error")

NodeResult: TypeAlias = Mapping[str, Any]
NodeResults: TypeAlias = dict[str, NodeResult]


class TransformError(ExplainedError):
    """DBT could not build the marts at all."""


class DbtProject:
    """A dbt project that builds one database after another, and is parsed once.

    Attributes:
        folder: Where the project is.
        work_dir: Where dbt keeps its target and logs.
    """

    def __init__(self, folder: Path, work_dir: Path, bounds: MemoryBounds) -> None:
        """Take note of the places; nothing is read before something is built.

        Raises:
            TransformError: There is no project.
        """
        refuse_missing_project(folder)
        self.folder = folder
        self.work_dir = work_dir
        self._bounds = bounds
        self._parsed: Manifest | None = None

    def build_documents(self, database: Path) -> NodeResults:
        """Build and test everything that is of single documents or departments.

        Raises:
            TransformError: dbt cannot run the project.
        """
        return self._build(database, "batch", ("--exclude", WHOLE))

    def build_upon_audits(self, database: Path) -> NodeResults:
        """Build again what follows from the findings of auditing.

        Raises:
            TransformError: dbt cannot run the project.
        """
        chosen = (word for name in BUILT_UPON_AUDITS for word in ("--select", name))
        return self._build(database, "batch", (*chosen, "--exclude", WHOLE))

    def build_whole(self, database: Path) -> NodeResults:
        """Build what is of the whole warehouse, from the marts that stand there.

        Raises:
            TransformError: dbt cannot run the project.
        """
        return self._build(database, "warehouse", ("--select", WHOLE))

    def _build(self, database: Path, target: str, chosen: Iterable[str]) -> NodeResults:
        from dbt.artifacts.schemas.run import RunExecutionResult

        result = self._invoke(
            database,
            "build",
            ("--target", target, "--exclude-resource-types", "unit_test", *chosen),
            self._manifest_for(database),
        )
        if not isinstance(result.result, RunExecutionResult):
            raise self._cannot_build(result.exception)
        return _by_node(results_file(self.work_dir))

    def severity_of(self, test: str) -> str:
        """What a test that finds rows is: ``warn`` or ``fail``."""
        config = self._parsed.nodes[test].config if self._parsed else None
        return "warn" if getattr(config, "severity", "error").lower() == "warn" else "fail"

    def _manifest_for(self, database: Path) -> "Manifest":
        """The parsed project; all databases are of one name, which stands in it."""
        from dbt.contracts.graph.manifest import Manifest

        if self._parsed is None:
            parsed = self._invoke(database, "parse", ("--target", "batch"), None)
            if not isinstance(parsed.result, Manifest):
                raise self._cannot_build(parsed.exception)
            self._parsed = parsed.result
        return self._parsed

    def _invoke(
        self, database: Path, command: str, options: Iterable[str], manifest: "Manifest | None"
    ) -> Any:  # noqa: ANN401 - dbt is imported only where it is called
        # Imported here because it takes seconds, which a run with nothing new must not cost.
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        with exposed_to_dbt(database, self._bounds.options):
            answer = dbtRunner(manifest=manifest).invoke(
                [
                    command,
                    *("--project-dir", str(self.folder.absolute())),
                    *("--profiles-dir", str(self.folder.absolute())),
                    *("--target-path", str(self.work_dir / "target")),
                    *("--log-path", str(log_file(self.work_dir).parent)),
                    *("--log-level", "none", "--log-level-file", "info"),
                    "--no-version-check",
                    *options,
                ]
            )
        # dbt keeps the file open for its next call in this process; we are the next to need it.
        DuckDBConnectionManager.close_all_connections()
        if isinstance(answer.exception, KeyboardInterrupt):
            raise answer.exception
        return answer

    def _cannot_build(self, exception: BaseException | None) -> TransformError:
        reported = " ".join(str(exception).split())
        message = f"dbt cannot build {self.folder}: {reported} (log: {log_file(self.work_dir)})"
        return TransformError(message)


@dataclass(frozen=True, slots=True)
class Transformation:
    """The state of the marts after bringing them up to date.

    Attributes:
        summary: What the build of this state did, now or earlier.
        log_file: Where dbt wrote what it did.
        document_count: How many documents' marts were built now, with all of their departments.
        was_needed: Whether anything was built now.
    """

    summary: BuildSummary
    log_file: Path
    document_count: int
    was_needed: bool


def refuse_missing_project(dbt_project_dir: Path) -> None:
    """Make sure that there is a dbt project before anything depends on it.

    Raises:
        TransformError: There is none.
    """
    if not (dbt_project_dir / "dbt_project.yml").is_file():
        message = f"no dbt project at {dbt_project_dir}: set JUESUAN_DBT_PROJECT to where it is"
        raise TransformError(message)


def dbt_work_dir(warehouse: Path) -> Path:
    """Where dbt keeps its target and logs for a warehouse: beside it, one for each."""
    return warehouse.absolute().with_name(f"{warehouse.stem}.dbt")


def log_file(work_dir: Path) -> Path:
    """What dbt wrote while building."""
    return work_dir / "logs" / "dbt.log"


def results_file(work_dir: Path) -> Path:
    """Where dbt records what became of each node of its latest call."""
    return work_dir / "target" / "run_results.json"


def latest_results(work_dir: Path) -> NodeResults:
    """What became of each node of the build that stands, in the order in which they ended.

    Empty where somebody tidied dbt's folder away.
    """
    record = work_dir / "build_results.json"
    return _by_node(record) if record.is_file() else {}


def keep_results(work_dir: Path, results: NodeResults) -> None:
    """Keep what became of each node of a build, which dbt may have been called for many times."""
    record = work_dir / "build_results.json"
    text = json.dumps({"results": list(results.values())}, ensure_ascii=False)
    record.write_text(text, encoding="utf-8")


def combine(first: NodeResults, then: NodeResults) -> NodeResults:
    """What became of each node in two builds of different documents: the worst, and all its time.

    Examples:
        >>> combine(
        ...     {"a": {"status": "fail", "execution_time": 1.0}},
        ...     {"a": {"status": "pass", "execution_time": 2.0}},
        ... )
        {'a': {'status': 'fail', 'execution_time': 3.0}}
    """
    combined = {**first, **then}
    for node in first.keys() & then.keys():
        worst = max(first[node], then[node], key=lambda each: STATUSES.index(each["status"]))
        seconds = first[node]["execution_time"] + then[node]["execution_time"]
        combined[node] = {**worst, "execution_time": seconds}
    return combined


def summarise(results: NodeResults) -> BuildSummary:
    """What a build amounted to."""
    found: dict[str, list[TestFinding]] = {}
    for unique_id, result in results.items():
        _, _, name, *_ = unique_id.split(".")
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


def _by_node(record: Path) -> NodeResults:
    results = json.loads(record.read_text(encoding="utf-8"))["results"]
    return {result["unique_id"]: result for result in results}
