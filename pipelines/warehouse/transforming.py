"""Has dbt build and test a database, and keeps the record of what it did.

Knows how to call dbt and what its results mean. Does not know any model: that is the dbt
project's business; nor which documents a database holds.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.acquiring.own_files import claim_folder
from pipelines.domain.errors import ExplainedError
from pipelines.domain.interruptions import stop_if_told
from pipelines.domain.warehouse_place import LAKE_NAME, Lake, Warehouse, beside
from pipelines.settings import exposed_to_dbt
from pipelines.warehouse.builds import BuildSummary, TestFinding
from pipelines.warehouse.connection import MemoryBounds
from pipelines.warehouse.dbt_events import pass_over_unheard_events
from pipelines.warehouse.kept_templates import templates_file, templates_kept
from pipelines.warehouse.macro_namespaces import share_macro_namespaces
from pipelines.warehouse.parsed_projects import keep_parsed, parsed_file, take_parsed
from pipelines.warehouse.written_in import hasten_dbt

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# What is built of the whole warehouse, from what was built of its documents.
WHOLE = "tag:whole_warehouse"
# What has no table or view of its own. dbt compiles it with each model that it is written into, and
# once more for nothing where it is chosen itself.
WRITTEN_INTO_OTHERS = "config.materialized:ephemeral"
# What auditing reads of what is built.
READ_BY_AUDITING = "tag:read_by_auditing"
# What is left to build of documents then, without and with what has to follow where auditing found
# something: see dbt_project/selectors.yml.
AFTER_CHECKS, AFTER_FINDINGS = "built_after_checks", "built_after_findings"
# What has to follow where numbers in doubt were repaired.
BUILT_UPON_REPAIRS = "stg_figures+"

# What a build leaves to later, or to `make dbt`.
NO_CHECKS = ("unit_test", "test", "exposure")

# Outcomes of a node, worst last: of several builds the worst is told.
STATUSES = ("no-op", "pass", "success", "warn", "skipped", "fail", "runtime error", "error")

# What lies where dbt works: its own two folders, and the record that outlives its calls.
RESULTS = "build_results.json"
WORK_DIR_CONTENTS = ("target", "logs", RESULTS)

NodeResult: TypeAlias = Mapping[str, Any]
NodeResults: TypeAlias = dict[str, NodeResult]


class TransformError(ExplainedError):
    """DBT could not build the marts at all."""


class DbtProject:
    """A dbt project that builds one database after another, and is parsed once.

    Attributes:
        folder: Where the project is.
        work_dir: Where dbt keeps its target and logs.
        cache_dir: Where parsed projects are kept for other warehouses and runs; None for nowhere.
    """

    def __init__(
        self, folder: Path, work_dir: Path, cache_dir: Path | None, bounds: MemoryBounds
    ) -> None:
        """Take note of the places; nothing is read before something is built.

        Raises:
            TransformError: There is no project.
        """
        refuse_missing_project(folder)
        self.folder = folder
        self.work_dir = work_dir
        self.cache_dir = cache_dir
        self._bounds = bounds
        self._parsed: Manifest | None = None

    @cached_property
    def _kept(self) -> Path | None:
        """Where the parsed project is kept, whose name follows from all of it."""
        return parsed_file(self.cache_dir, self.folder) if self.cache_dir else None

    def build_checks(self, database: Path, *, with_seeds: bool) -> NodeResults:
        """Build what auditing reads, and all that it is made of.

        Args:
            database: Where the documents are staged.
            with_seeds: Whether the reference lists have to be loaded, too.

        Raises:
            TransformError: dbt cannot run the project.
        """
        without = () if with_seeds else ("resource_type:seed",)
        return self._build(database, (f"+{READ_BY_AUDITING}",), without)

    def build_checks_again(self, database: Path) -> NodeResults:
        """Build what auditing reads once more, after numbers in doubt were repaired.

        Raises:
            TransformError: dbt cannot run the project.
        """
        return self._build(database, (f"{BUILT_UPON_REPAIRS},+{READ_BY_AUDITING}",))

    def build_rest(self, database: Path, *, with_seeds: bool, is_audited: bool) -> NodeResults:
        """Build what else is of single documents or departments.

        Args:
            database: Where the checks were built.
            with_seeds: As for ``build_checks``.
            is_audited: Whether auditing found something, so that what depends on it has to be
                built again.

        Raises:
            TransformError: dbt cannot run the project.
        """
        chosen = AFTER_FINDINGS if is_audited else AFTER_CHECKS
        left_out = NO_CHECKS if with_seeds else (*NO_CHECKS, "seed")
        options = ("--selector", chosen, "--exclude-resource-types", *left_out)
        return self._run(database, "build", "batch", options)

    def test(self, database: Path) -> NodeResults:
        """Test what is of single documents or departments.

        After everything is built, because dbt builds nothing upon what fails a test: one odd
        document must not cost the others their facts.

        Raises:
            TransformError: dbt cannot run the project.
        """
        return self._run(database, "test", "batch", ("--exclude", WHOLE, "test_type:unit"))

    def build_whole(self, database: Warehouse) -> NodeResults:
        """Build and test what is of the whole warehouse, from the marts that stand there.

        Raises:
            TransformError: dbt cannot run the project.
        """
        options = (
            *("--select", WHOLE, "--exclude", WRITTEN_INTO_OTHERS),
            *("--exclude-resource-types", "unit_test", "exposure"),
        )
        target = "lake" if isinstance(database, Lake) else "warehouse"
        return self._run(database, "build", target, options)

    def _build(
        self, database: Path, chosen: Iterable[str], without: Iterable[str] = ()
    ) -> NodeResults:
        options = (
            *("--select", *chosen, "--exclude", *without, WRITTEN_INTO_OTHERS),
            *("--exclude-resource-types", *NO_CHECKS),
        )
        return self._run(database, "build", "batch", options)

    def _run(
        self, database: Warehouse, command: str, target: str, options: Iterable[str]
    ) -> NodeResults:
        from dbt.artifacts.schemas.run import RunExecutionResult

        answer = self._invoke(
            database, command, ("--target", target, *options), self._manifest_for(database)
        )
        if not isinstance(answer.result, RunExecutionResult):
            raise self._cannot_build(answer.exception)
        # What is done at the end of a build is no node of it, unless it fails.
        return {
            result.node.unique_id: _recorded(result)
            for result in answer.result.results
            if not result.node.unique_id.startswith("operation.") or result.status != "success"
        }

    def severity_of(self, test: str) -> str:
        """What a test that finds rows is: ``warn`` or ``fail``."""
        config = self._parsed.nodes[test].config if self._parsed else None
        return "warn" if getattr(config, "severity", "error").lower() == "warn" else "fail"

    def _manifest_for(self, database: Warehouse) -> "Manifest":
        """The parsed project; all databases that it builds are of one name, which stands in it."""
        if self._parsed is None:
            self._parsed = self._parsed_before(database) or self._parse(database)
        return as_parsed(self._parsed)

    def _parsed_before(self, database: Warehouse) -> "Manifest | None":
        if self._kept is None:
            return None
        return take_parsed(self._kept, self.folder, _name_of(database))

    def _parse(self, database: Warehouse) -> "Manifest":
        from dbt.contracts.graph.manifest import Manifest

        parsed = self._invoke(database, "parse", ("--target", "batch"), None)
        if not isinstance(parsed.result, Manifest):
            raise self._cannot_build(parsed.exception)
        if self._kept is not None:
            keep_parsed(self._kept, parsed.result)
        return parsed.result

    def _invoke(
        self, database: Warehouse, command: str, options: Iterable[str], manifest: "Manifest | None"
    ) -> Any:  # noqa: ANN401 - dbt is imported only where it is called
        # Imported here because it takes seconds, which a run with nothing new must not cost.
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        hasten()
        # A full disk is told in a line of ours; that dbt cannot log it is no second error.
        logging.raiseExceptions = False
        try:
            claim_folder(self.work_dir, WORK_DIR_CONTENTS)
        except OSError as error:
            raise self._cannot_build(error) from error
        kept = templates_file(self._kept) if self._kept and manifest else None
        with exposed_to_dbt(database, self._bounds.options), templates_kept(kept):
            answer = dbtRunner(manifest=manifest).invoke(
                [
                    command,
                    *("--project-dir", str(self.folder.absolute())),
                    *("--profiles-dir", str(self.folder.absolute())),
                    *("--target-path", str(self.work_dir / "target")),
                    *("--log-path", str(log_file(self.work_dir).parent)),
                    *("--log-level", "none", "--log-level-file", "info"),
                    *("--no-version-check", "--no-write-json"),
                    *options,
                ]
            )
        # dbt keeps the file open for its next call in this process; we are the next to need it.
        DuckDBConnectionManager.close_all_connections()
        if isinstance(answer.exception, KeyboardInterrupt):
            raise answer.exception
        # In the middle of a query it is an error of the node to dbt, and the build goes on.
        stop_if_told()
        return answer

    def _cannot_build(self, exception: BaseException | None) -> TransformError:
        reported = " ".join(str(exception).split())
        return TransformError(
            "dbt cannot build {folder}: {reported} (log: {log})",
            folder=self.folder,
            reported=reported,
            log=log_file(self.work_dir),
        )


def hasten() -> None:
    """Have dbt, in this process, leave undone what takes time and leads to nothing."""
    hasten_dbt()
    pass_over_unheard_events()
    share_macro_namespaces()


def as_parsed(manifest: "Manifest") -> "Manifest":
    """A manifest without what the latest build wrote into it, ready for the next one.

    dbt marks the nodes into which it wrote ephemeral models, and would leave them out of the SQL
    that it compiles next.
    """
    from dbt.contracts.graph.nodes import CompiledNode

    for node in manifest.nodes.values():
        if isinstance(node, CompiledNode):
            node.extra_ctes_injected = False
            node.extra_ctes = []
    return manifest


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
        raise TransformError(
            "no dbt project at {folder}: set JUESUAN_DBT_PROJECT to where it is",
            folder=dbt_project_dir,
        )


def dbt_work_dir(warehouse: Warehouse) -> Path:
    """Where dbt keeps its target and logs for a warehouse: beside it, one for each."""
    return beside(warehouse, ".dbt").absolute()


def log_file(work_dir: Path) -> Path:
    """What dbt wrote while building."""
    return work_dir / "logs" / "dbt.log"


def latest_results(work_dir: Path) -> NodeResults:
    """What became of each node of the build that stands, in the order in which they ended.

    Empty where somebody tidied dbt's folder away.
    """
    record = _results_file(work_dir)
    if not record.is_file():
        return {}
    results = json.loads(record.read_text(encoding="utf-8"))["results"]
    return {result["unique_id"]: result for result in results}


def keep_results(work_dir: Path, results: NodeResults) -> None:
    """Keep what became of each node of a build, which dbt may have been called for many times."""
    text = json.dumps({"results": list(results.values())}, ensure_ascii=False)
    _results_file(work_dir).write_text(text, encoding="utf-8")


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


def _name_of(database: Warehouse) -> str:
    """What a database is called in SQL, which stands in the parsed project."""
    return LAKE_NAME if isinstance(database, Lake) else database.stem


def _results_file(work_dir: Path) -> Path:
    return work_dir / RESULTS


def _recorded(result: Any) -> NodeResult:  # noqa: ANN401 - of a type that is imported late
    """What is kept of dbt's result for a node."""
    return {
        "unique_id": result.node.unique_id,
        "status": str(result.status),
        "message": result.message,
        "failures": result.failures,
        "execution_time": result.execution_time,
        "timing": [phase.to_dict() for phase in result.timing],
        "relation_name": result.node.relation_name,
    }
