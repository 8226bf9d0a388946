"""Builds the marts of what changed, batch by batch, and puts them into the warehouse's draft.

Knows the order: cut what is due into batches; build, test and audit each in a database of its own;
take its rows over; then build what is made of the whole warehouse. Does not know how any of it is
done. What a build takes grows with what changed, and its memory with a batch.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.auditing.due_audits import audit_version
from pipelines.domain.warehouse_place import Warehouse
from pipelines.settings import Settings
from pipelines.warehouse.batches import absorb_batch, clear_built, fill_batch, forget_batch
from pipelines.warehouse.builds import (
    is_of_another_project,
    latest_build,
    project_digest,
    record_end,
    record_start,
)
from pipelines.warehouse.connection import MemoryBounds, has_relation, open_for_writing
from pipelines.warehouse.drafts import database_name, working_dir
from pipelines.warehouse.due_documents import (
    Batch,
    BuildVersion,
    due_batches,
    has_due_documents,
)
from pipelines.warehouse.executors.contract import Executor
from pipelines.warehouse.quality_history import remember_quality
from pipelines.warehouse.schema import bring_staging_schema
from pipelines.warehouse.transforming import (
    DbtProject,
    NodeResults,
    Transformation,
    combine,
    dbt_work_dir,
    keep_results,
    latest_results,
    log_file,
    refuse_missing_project,
    summarise,
)

if TYPE_CHECKING:
    from pipelines.auditing.audits import AuditSummary

# The mart without which the warehouse is of no use to anybody.
CENTRAL_MART = ("marts", "fct_disclosed_figures")
NOTHING = Batch((), (), ())


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """One step of a build, for whoever watches it.

    Attributes:
        done: Documents whose marts are built.
        total: Documents whose marts have to be.
    """

    done: int
    total: int


def standing_transformation(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> Transformation | None:
    """The latest build, where the marts hold this very state; None where there is work to do.

    Raises:
        TransformError: There is no dbt project.
    """
    refuse_missing_project(settings.dbt_project_dir)
    if not has_relation(connection, *CENTRAL_MART):
        return None
    version = _build_version(settings)
    summary = latest_build(connection, version.project)
    if summary is None or has_due_documents(connection, version):
        return None
    written_to = log_file(dbt_work_dir(settings.warehouse))
    return Transformation(summary, written_to, document_count=0, was_needed=False)


def build(
    draft: Warehouse,
    settings: Settings,
    executor: Executor,
    on_progress: Callable[[BuildProgress], None],
) -> tuple[Transformation, "AuditSummary"]:
    """Bring the marts of a draft up to what is staged in it.

    Each batch is taken over as a whole, so that a build that was interrupted goes on where it
    stopped. One in which a model cannot be built ends the build; those before it stay.

    Args:
        draft: The database to build in, open nowhere.
        settings: Where things are and how much of the machine may be used.
        executor: Who has documents read again that contradict themselves.
        on_progress: Called after each batch but the last.

    Returns:
        The state of the marts, and what was audited on the way.

    Raises:
        TransformError: dbt cannot run the project.
        WarehouseError: The file cannot be opened.
    """
    with open_for_writing(draft) as connection:
        bring_staging_schema(connection)
        standing = standing_transformation(connection, settings)
    builder = _Builder(draft, settings, executor)
    if standing is not None:
        return standing, builder.audited
    batches = builder.begin()
    total = sum(len(batch.staged) for batch in batches)
    done = 0
    for batch in batches:
        if not builder.take(batch):
            break
        done += len(batch.staged)
        if done < total:
            on_progress(BuildProgress(done, total))
    else:
        builder.finish()
    return builder.end(done), builder.audited


def _build_version(settings: Settings) -> BuildVersion:
    return BuildVersion(project_digest(settings.dbt_project_dir), audit_version())


class _Builder:
    """The building half: takes batches one by one and keeps count."""

    def __init__(self, draft: Warehouse, settings: Settings, executor: Executor) -> None:
        # Imported here because it takes a while, which a night with nothing to build must not cost.
        from pipelines.auditing.audits import AuditSummary

        self.draft = draft
        self.settings = settings
        self.executor = executor
        self.version = _build_version(settings)
        self.own_spill = working_dir(draft) / "spill"
        self.folder = working_dir(draft) / "batch"
        self.bounds = MemoryBounds(settings.build_bytes, settings.spill_dir or self.own_spill)
        self.work_dir = dbt_work_dir(settings.warehouse)
        self.project = DbtProject(
            settings.dbt_project_dir, self.work_dir, settings.cache_dir, self.bounds
        )
        self.audited = AuditSummary((), (), {}, changed=False)
        self.results: NodeResults = {}
        self.earlier: NodeResults = {}

    @property
    def _is_broken(self) -> bool:
        return bool(summarise(self.results).broken)

    def begin(self) -> list[Batch]:
        """Note that a build begins, and tell what has to be built."""
        # What a killed build spilled; in a folder of the operator's own others may spill, too.
        shutil.rmtree(self.own_spill, ignore_errors=True)
        from pipelines.warehouse.form_catalogue import store_form_catalogue  # only to build

        with open_for_writing(self.draft, self.bounds) as connection:
            is_bare = not has_relation(connection, *CENTRAL_MART)
            if is_bare or is_of_another_project(connection, self.version.project):
                clear_built(connection)
                # SQL of models that there are no more would lie among the others for good.
                shutil.rmtree(self.work_dir / "target", ignore_errors=True)
                is_bare = True
            else:
                self.earlier = latest_results(self.work_dir)
            store_form_catalogue(connection)
            record_start(connection, self.version.project)
            batches = due_batches(connection, self.version, self.settings.build_documents)
        # Marts without rows are marts, too: a warehouse may have no document yet.
        return batches or ([NOTHING] if is_bare else [])

    def take(self, batch: Batch) -> bool:
        """Build, audit and take over a batch; False where a model could not be built."""
        if batch != NOTHING and not batch.staged:
            forget_batch(self.draft, batch, self.bounds)
            return True
        shutil.rmtree(self.folder, ignore_errors=True)
        database = self.folder / database_name(self.draft)
        has_seeds = fill_batch(self.draft, database, batch, self.bounds)
        self.results = combine(self.results, self._build(database, with_seeds=not has_seeds))
        if self._is_broken:
            return False
        absorb_batch(self.draft, database, batch, self.version, self.bounds)
        shutil.rmtree(self.folder)
        return True

    def _build(self, database: Path, *, with_seeds: bool) -> NodeResults:
        """Build the checks, repair what is in doubt, audit what fails, build the rest, test."""
        from pipelines.auditing.repairs import propose, repair

        proposal = propose(database, self.version.project)
        results = self.project.build_checks(database, with_seeds=with_seeds)
        if summarise(results).broken:
            return results
        if proposal and repair(database, proposal):
            results |= self.project.build_checks_again(database)
            if summarise(results).broken:
                return results
        is_audited = self._audit(database)
        results |= self.project.build_rest(database, with_seeds=with_seeds, is_audited=is_audited)
        if summarise(results).broken:
            return results
        return results | self.project.test(database)

    def _audit(self, database: Path) -> bool:
        """Audit what contradicts itself; whether anything was found."""
        from pipelines.auditing.audits import audit

        audited = audit(database, self.settings.raw_dir.absolute(), self.executor)
        self.audited = self.audited.joined_with(audited)
        return audited.changed

    def finish(self) -> None:
        """Build what is of the whole warehouse, and count what the tests found in all of it."""
        self.results = combine(self.results, self.project.build_whole(self.draft))
        if self._is_broken:
            return
        results = self.earlier | self.results
        with open_for_writing(self.draft) as connection:
            self.results = _of_all_documents(connection, self.project, results)
        keep_results(self.work_dir, self.results)
        remember_quality(self.draft)

    def end(self, document_count: int) -> Transformation:
        """Note how the build ended."""
        summary = summarise(self.results)
        with open_for_writing(self.draft) as connection:
            record_end(connection, self.version.project, summary)
        return Transformation(summary, log_file(self.work_dir), document_count, was_needed=True)


def _of_all_documents(
    connection: duckdb.DuckDBPyConnection, project: DbtProject, results: NodeResults
) -> NodeResults:
    """What each test found in the whole warehouse, where dbt tested what was built now."""
    counted: NodeResults = {}
    for node, result in results.items():
        counted[node] = result
        if node.startswith("test.") and result["relation_name"]:
            _, schema, name = str(result["relation_name"]).replace('"', "").split(".")
            found = connection.execute(f"select count(*) from {schema}.{name}").fetchone()  # noqa: S608
            failures = found[0] if found else 0
            status = project.severity_of(node) if failures else "pass"
            counted[node] = {**result, "failures": failures, "status": status}
    return counted
