"""Brings the warehouse's staging tables up to what lies under the raw directory.

Knows which files have to be read and what to record of each. Does not know how a file is read,
nor what its figures mean.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import duckdb

from pipelines.acquiring.archives import USUAL_BOUNDS, Bounds
from pipelines.acquiring.raw_files import RawFile, find_raw_files, published_documents
from pipelines.domain.disclosure import Disclosure
from pipelines.domain.file_record import FileReason, FileRecord, FileStatus
from pipelines.domain.interruptions import Interrupted, stop_if_told
from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import open_for_writing, settle
from pipelines.warehouse.executors.contract import Executor, Failure
from pipelines.warehouse.file_records import recorded_files, replace_files, write_files
from pipelines.warehouse.loads import loaded_documents, remove_documents, write_documents
from pipelines.warehouse.parts import WHOLE, Part
from pipelines.warehouse.planning import (
    Candidate,
    History,
    are_all_settled,
    plan_reading,
    read_record,
    rejected_record,
)
from pipelines.warehouse.publications import (
    are_recorded,
    replace_publications,
    with_members,
)
from pipelines.warehouse.rows import UnstorableValueError
from pipelines.warehouse.schema import bring_staging_schema
from pipelines.warehouse.staged_documents import StagedDocument, stage
from pipelines.warehouse.unfolding import unfold

# How many documents a transaction loads, and how long one that is read may wait for the others:
# what a killed run has to read again.
DOCUMENTS_AT_A_TIME = 200
SECONDS_AT_RISK = 10.0
# Where archives are unpacked, in the working folder.
UNPACKED = "unpacked"


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of an ingestion, for whoever watches it.

    Attributes:
        done: Files read or rejected so far in this run.
        total: Files to be read in this run.
        record: What became of the last one, None before the first.
        figure_count: Figures loaded from it.
    """

    done: int
    total: int
    record: FileRecord | None = None
    figure_count: int = 0


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingestion found and did.

    Attributes:
        records: Every file under the raw directory, by path, and what became of it.
        newly_read: Paths of the files read in this run.
        newly_rejected: Paths of the files rejected in this run.
        figure_count: Figures loaded in this run.
        vanished: Paths that an earlier run knew and that are gone.
    """

    records: tuple[FileRecord, ...]
    newly_read: tuple[str, ...]
    newly_rejected: tuple[str, ...]
    figure_count: int
    vanished: tuple[str, ...]

    def with_status(self, status: FileStatus) -> tuple[FileRecord, ...]:
        """The files of one status."""
        return tuple(record for record in self.records if record.status is status)

    @property
    def unchanged_count(self) -> int:
        """How many files were neither read nor rejected anew."""
        return len(self.records) - len(self.newly_read) - len(self.newly_rejected)


ProgressObserver: TypeAlias = Callable[[Progress], None]
Reader: TypeAlias = Callable[[Path], Disclosure]


def disclosure_reader(reference_dir: Path) -> Reader:
    """The pipeline's own reader, with the reference lists it looks things up in."""
    # Imported here because it takes a while, which a night with nothing to read must not cost.
    from pipelines.normalising.disclosing import read_disclosure

    return partial(read_disclosure, reference_dir=reference_dir)


def ingest(
    raw_dir: Path,
    warehouse: Warehouse,
    *,
    executor: Executor,
    on_progress: ProgressObserver,
    reader: Reader,
    reader_version: str,
    work_dir: Path,
    bounds: Bounds = USUAL_BOUNDS,
    part: Part = WHOLE,
) -> IngestSummary:
    """Read every new file under a directory into the warehouse's staging tables.

    A file in an archive is a file like any other. One whose content the same reader version has
    already judged is not read again. A document is loaded as a whole or not at all, and seconds
    after it was read, so an interrupted run loses next to nothing.

    Args:
        raw_dir: Where the files lie.
        warehouse: The DuckDB file or the lake, created where missing.
        executor: Who has it read.
        on_progress: Called once before and once after each file that has to be read.
        reader: What reads a file; importable by name in another process.
        reader_version: The reader's version: files read with another one are read again.
        work_dir: Where there is room for what archives hold.
        bounds: How much an archive may unpack to.
        part: Which files are meant; of others nothing is recorded or forgotten. Where documents
            were published is recorded with the whole only.

    Raises:
        RawDirectoryMissingError: There is nothing to scan.
        WarehouseError: The warehouse cannot be opened.
    """
    files = [file for file in find_raw_files(raw_dir) if part.holds(file.relative_path)]
    with (
        open_for_writing(warehouse) as connection,
        _emptied(work_dir / UNPACKED) as folder,
    ):
        bring_staging_schema(connection)
        known = {
            path: record for path, record in recorded_files(connection).items() if part.holds(path)
        }
        history = History(known, loaded_documents(connection), reader_version)
        unfolding = unfold(files, history, folder, bounds, executor)
        plan = plan_reading(unfolding.files, history)
        settled = plan.settled | unfolding.settled
        settle(connection, partial(replace_files, connection, known, settled.values()))
        on_progress(Progress(done=0, total=len(plan.to_read)))
        ingestion = _Ingestion(connection, reader_version, len(plan.to_read), on_progress)
        # Whoever reads may stand in another folder, or on another machine.
        files_to_read = (
            replace(candidate.file, path=candidate.file.path.absolute())
            for candidate in plan.to_read.values()
        )
        read = partial(_read, reader=reader, reader_version=reader_version)
        try:
            for file, outcome in executor.read(files_to_read, read):
                ingestion.settle(plan.to_read[file.relative_path], outcome)
                # Libraries that are just cleaning up pass over what is raised in them.
                stop_if_told()
        except (Interrupted, RuntimeError) as error:
            # Whoever says stop need not lose what was read meanwhile; DuckDB wraps it where it is
            # said in the middle of a query.
            if isinstance(error, Interrupted) or isinstance(error.__cause__, KeyboardInterrupt):
                ingestion.load()
            raise
        ingestion.load()
        records = settled | unfolding.unpacked | ingestion.settled
        settle(connection, partial(write_files, connection, list(unfolding.unpacked.values())))
        if part.is_whole:
            published = with_members(published_documents(raw_dir), records.values())
            settle(connection, partial(replace_publications, connection, published))
    newly_rejected = [*ingestion.paths_with(FileStatus.REJECTED), *unfolding.newly_rejected()]
    return IngestSummary(
        records=tuple(records[path] for path in sorted(records)),
        newly_read=ingestion.paths_with(FileStatus.READ),
        newly_rejected=tuple(sorted(newly_rejected)),
        figure_count=ingestion.figure_count,
        vanished=tuple(sorted(known.keys() - records.keys())),
    )


def standing_ingestion(
    connection: duckdb.DuckDBPyConnection, raw_dir: Path, reader_version: str
) -> IngestSummary | None:
    """What the latest ingestion left, if none of it would be read again; None otherwise.

    Args:
        connection: A warehouse, open for reading.
        raw_dir: Where the files lie.
        reader_version: As for ``ingest``.

    Raises:
        RawDirectoryMissingError: There is nothing to scan.
    """
    known = recorded_files(connection)
    if not are_all_settled(find_raw_files(raw_dir), known, reader_version):
        return None
    published = with_members(published_documents(raw_dir), known.values())
    if not are_recorded(connection, published):
        return None
    return IngestSummary(
        records=tuple(known[path] for path in sorted(known)),
        newly_read=(),
        newly_rejected=(),
        figure_count=0,
        vanished=(),
    )


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """A folder that is not there before and not afterwards, whatever a killed run left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(file: RawFile, reader: Reader, reader_version: str) -> StagedDocument | Failure:
    """Read a file, in a process of its own, into the rows to be written."""
    try:
        return stage(replace(reader(file.path), file_name=file.file_name), reader_version)
    except UnstorableValueError as error:
        return Failure(FileReason.UNSTORABLE, str(error))


@dataclass(slots=True)
class _Ingestion:
    """The loading half: takes outcomes one by one, loads them by the dozen and keeps count."""

    connection: duckdb.DuckDBPyConnection
    reader_version: str
    total: int
    on_progress: ProgressObserver
    settled: dict[str, FileRecord] = field(default_factory=dict)
    figure_count: int = 0
    _waiting: dict[str, tuple[FileRecord, StagedDocument]] = field(default_factory=dict)
    _loaded_at: float = field(default_factory=time.monotonic)

    def settle(self, candidate: Candidate, outcome: StagedDocument | Failure) -> None:
        """Take a document to be loaded, or record why there is none."""
        if isinstance(outcome, Failure):
            self._reject(candidate, outcome)
            return
        # The file may have been replaced after it was hashed, by a copy of another one.
        if outcome.document_id in self._waiting:
            self.load()
        # What was read is what counts, not what was hashed.
        record = replace(
            read_record(candidate, self.reader_version, outcome.left_out), sha256=outcome.sha256
        )
        self._waiting[outcome.document_id] = record, outcome
        self._tell(record, outcome.figure_count)
        is_late = time.monotonic() - self._loaded_at > SECONDS_AT_RISK
        if len(self._waiting) >= DOCUMENTS_AT_A_TIME or is_late:
            self.load()

    def load(self) -> None:
        """Load what waits for it, all in one transaction."""
        if self._waiting:
            records, documents = zip(*self._waiting.values(), strict=True)

            def write() -> None:
                write_documents(self.connection, documents)
                write_files(self.connection, records)

            settle(self.connection, write)
            self._waiting.clear()
        self._loaded_at = time.monotonic()

    def paths_with(self, status: FileStatus) -> tuple[str, ...]:
        """Paths of the files settled with this status, in order."""
        return tuple(sorted(path for path, is_ in self.settled.items() if is_.status is status))

    def _reject(self, candidate: Candidate, failure: Failure) -> None:
        record = rejected_record(
            candidate, failure.reason, failure.explanation, self.reader_version
        )

        def write() -> None:
            # What an older reader made of it must not stay where the current one refuses it.
            remove_documents(self.connection, [candidate.sha256[:16]])
            write_files(self.connection, [record])

        settle(self.connection, write)
        self._tell(record, 0)

    def _tell(self, record: FileRecord, figure_count: int) -> None:
        self.settled[record.file_path] = record
        self.figure_count += figure_count
        self.on_progress(Progress(len(self.settled), self.total, record, figure_count))
