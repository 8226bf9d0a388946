"""Brings the warehouse up to what lies under the raw directory, or leaves it exactly as it is.

Knows the order: read into a draft, build and test there, audit what fails, publish. Does not know
how any of it is done, nor how it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pipelines.acquiring.archives import Bounds
from pipelines.acquiring.raw_store import RawStore
from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import marked
from pipelines.normalising.versions import current_reader_version
from pipelines.running.building import BuildProgress, build, standing_transformation
from pipelines.running.executing import chosen_executor
from pipelines.settings import Settings
from pipelines.warehouse.connection import DiskFullError, is_there, open_for_reading
from pipelines.warehouse.drafts import Draft, open_draft, open_for_loading
from pipelines.warehouse.executors.contract import Executor
from pipelines.warehouse.ingesting import (
    IngestSummary,
    Progress,
    ProgressObserver,
    disclosure_reader,
    ingest,
    standing_ingestion,
)
from pipelines.warehouse.parts import WHOLE, Part
from pipelines.warehouse.renewing import tables_of_another_shape
from pipelines.warehouse.room import has_room, says_no_room
from pipelines.warehouse.rows import utc_now
from pipelines.warehouse.runs import record_run
from pipelines.warehouse.schema import has_current_staging_schema
from pipelines.warehouse.transforming import Transformation, refuse_missing_project

if TYPE_CHECKING:
    from pipelines.auditing.audits import AuditSummary

BROKEN_SHOWN = 5
BROKEN_MESSAGE_LENGTH = 200


class Step(StrEnum):
    """What an update begins to do and may take a while at."""

    BUILDING = marked("Building and checking the marts with dbt")
    PUBLISHING = marked("Publishing what was built")


UpdateEvent: TypeAlias = (
    "Step | Renewal | Progress | IngestSummary | BuildProgress | Transformation | AuditSummary "
    "| KeptFormer"
)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Everything is read anew, because another version made the warehouse with other tables.

    Attributes:
        tables: Those tables.
    """

    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFormer:
    """A former warehouse stays, because documents are in it whose files are gone.

    Attributes:
        place: Where it stays, or how its state of a lake is called.
    """

    place: Path | str


class BrokenBuildError(ExplainedError):
    """DBT could not build everything: what there is must not be taken for whole."""

    def __init__(self, transformed: Transformation) -> None:
        broken = transformed.summary.broken
        listed = "".join(
            f"\n  {each.name}: {each.message[:BROKEN_MESSAGE_LENGTH]}"
            for each in broken[:BROKEN_SHOWN]
        )
        super().__init__(
            "dbt could not build {count} models or tests, so the warehouse was left as it "
            "was (log: {log}), first:{listed}",
            count=len(broken),
            log=transformed.log_file,
            listed=listed,
        )


@dataclass(frozen=True, slots=True)
class Update:
    """What an update found and did.

    Attributes:
        ingested: What became of the files.
        transformed: The state of the marts.
        was_needed: Whether the warehouse was replaced; False where nothing had changed.
    """

    ingested: IngestSummary
    transformed: Transformation
    was_needed: bool


def update_warehouse(settings: Settings, announce: Callable[[UpdateEvent], None]) -> Update:
    """Read every new file, build and test the marts, and put the result in the warehouse's place.

    Until then nobody sees any of it, and where anything fails the warehouse stays as it was. An
    interrupted update is taken up where it stopped.

    Args:
        settings: Where things are and how much of the machine may be used.
        announce: Called with what begins, with what became of each file that has to be read, and
            with the result of each step as it ends.

    Raises:
        RawDirectoryMissingError: There is nothing to scan.
        WarehouseError: The warehouse cannot be opened or replaced, or the disk is full.
        TransformError: dbt cannot run the project.
        BrokenBuildError: dbt could not build all of it.
    """
    # Its reference lists are needed for reading: without them every document would be refused.
    refuse_missing_project(settings.dbt_project_dir)
    RawStore(settings.store_dir).seal_leftovers()
    standing = standing_update(settings)
    if standing is not None:
        announce(standing.ingested)
        announce(standing.transformed)
        return standing
    started_at = utc_now()
    if differing := tables_of_another_shape(settings.warehouse):
        announce(Renewal(tuple(differing)))
    with (
        open_draft(settings.warehouse) as draft,
        chosen_executor(settings, draft.folder) as executor,
    ):
        ingested = read_into(draft, settings, executor, announce)
        announce(ingested)
        announce(Step.BUILDING)
        transformed = _build_in(draft, settings, executor, announce)
        if transformed.summary.broken:
            raise _why_broken(transformed, draft)
        record_run(draft.database, started_at, ingested, _counts(transformed))
        announce(Step.PUBLISHING)
        kept = draft.publish()
        if kept is not None:
            announce(KeptFormer(kept))
    return Update(ingested, transformed, was_needed=True)


def standing_update(settings: Settings) -> Update | None:
    """The latest update, where another one would find nothing to do; None otherwise.

    Cheap: no file is hashed, and neither readers nor dbt are started.
    """
    if not is_there(settings.warehouse):
        return None
    with open_for_reading(settings.warehouse) as connection:
        if not has_current_staging_schema(connection):
            return None
        version = current_reader_version(settings.reference_dir, settings.cache_dir)
        ingested = standing_ingestion(connection, settings.raw_dir, version)
        if ingested is None:
            return None
        transformed = standing_transformation(connection, settings)
    return None if transformed is None else Update(ingested, transformed, was_needed=False)


def read_into(
    draft: Draft,
    settings: Settings,
    executor: Executor,
    on_progress: ProgressObserver,
    part: Part = WHOLE,
) -> IngestSummary:
    """Read every new file under the raw directory, or of a part of it, into staging tables."""
    return ingest(
        settings.raw_dir,
        draft.database,
        executor=executor,
        on_progress=on_progress,
        reader=disclosure_reader(settings.reference_dir),
        reader_version=current_reader_version(settings.reference_dir, settings.cache_dir),
        work_dir=draft.folder,
        bounds=Bounds(byte_count=settings.archive_bytes),
        part=part,
    )


def load_part(settings: Settings, part: Part, *, on_progress: ProgressObserver) -> IngestSummary:
    """Read the new files of a part into the staging tables, and neither build nor publish.

    The first third of an update, of which several may go on at once in a lake.

    Args:
        settings: Where things are and how much of the machine may be used.
        part: Which files.
        on_progress: Called for each file that has to be read.

    Raises:
        RawDirectoryMissingError: There is nothing to scan.
        WarehouseError: The warehouse cannot be opened.
    """
    refuse_missing_project(settings.dbt_project_dir)
    with (
        open_for_loading(settings.warehouse, part) as draft,
        chosen_executor(settings, draft.folder) as executor,
    ):
        return read_into(draft, settings, executor, on_progress, part)


def build_marts(settings: Settings) -> Transformation:
    """Build and test the marts on what was read last, and publish them where they are whole.

    The second half of an update, for whoever orders the steps himself. A build that is not whole
    stays in the draft; its summary says what is broken.
    """
    standing = standing_update(settings)
    if standing is not None:
        return standing.transformed
    with (
        open_draft(settings.warehouse) as draft,
        chosen_executor(settings, draft.folder) as executor,
    ):
        transformed = _build_in(draft, settings, executor, announce=lambda _: None)
        if not transformed.summary.broken:
            draft.publish()
    return transformed


def _build_in(
    draft: Draft, settings: Settings, executor: Executor, announce: Callable[[UpdateEvent], None]
) -> Transformation:
    """Build what is due, and say what became of it."""
    transformed, audited = build(draft.database, settings, executor, on_progress=announce)
    announce(transformed)
    if audited.changed:
        announce(audited)
    return transformed


def _why_broken(transformed: Transformation, draft: Draft) -> ExplainedError:
    """Why dbt could not build everything: where the disk is full, dbt does not always say so."""
    folder = draft.folder
    is_said = any(says_no_room(each.message) for each in transformed.summary.broken)
    if is_said or not has_room(folder):
        return DiskFullError(folder)
    return BrokenBuildError(transformed)


def _counts(transformed: Transformation) -> dict[str, object]:
    return {
        "marts_built": transformed.was_needed,
        "build_outcome": transformed.summary.outcome,
        "tests_warned": len(transformed.summary.warned),
        "tests_failed": len(transformed.summary.failed),
    }
