"""Finds out which files under the raw directory are archives, and what is in them.

Knows earlier records, and that an archive which is as it was holds what it held. Does not know how
an archive is unpacked, nor which files have to be read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.acquiring.archives import INSIDE, Bounds, Unpacked, is_archive, unpack
from pipelines.acquiring.raw_files import RawFile
from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.warehouse.executors.contract import Executor, Failure
from pipelines.warehouse.planning import (
    Candidate,
    History,
    content_digest,
    duplicate_records,
    is_untouched,
    rejected_record,
    unpacked_record,
)


@dataclass(slots=True)
class Unfolding:
    """The files under the raw directory, with those in archives.

    Attributes:
        files: Every file that may be a document. One in an archive that was not unpacked now has
            no content, and none needs it: it was judged before.
        settled: Archives that are as they were, and what is in them and is no document, by path.
        unpacked: The same of archives that were unpacked now. It may be recorded only when all of
            their files are: what is recorded of an archive says that these are known.
    """

    files: list[RawFile] = field(default_factory=list)
    settled: dict[str, FileRecord] = field(default_factory=dict)
    unpacked: dict[str, FileRecord] = field(default_factory=dict)

    def newly_rejected(self) -> list[str]:
        """Paths of what could not be unpacked now."""
        records = self.unpacked.items()
        return [path for path, record in records if record.status is FileStatus.REJECTED]


@dataclass(frozen=True, slots=True)
class _Order:
    """An archive to be unpacked, in a process of its own."""

    number: int
    archive: Path
    folder: Path
    bounds: Bounds


def unfold(
    files: Iterable[RawFile],
    history: History,
    folder: Path,
    bounds: Bounds,
    executor: Executor,
) -> Unfolding:
    """Add to the files under the raw directory those that lie in archives.

    Of archives with the same content one is unpacked and the others are its duplicates.

    Args:
        files: The files under the raw directory.
        history: What earlier runs made of them.
        folder: Where contents are written. They are needed until they are read.
        bounds: How much an archive may unpack to.
        executor: Who unpacks them.
    """
    unfolding = Unfolding()
    by_content: dict[str, list[Candidate]] = defaultdict(list)
    for file in files:
        candidate = _as_archive(file, history.known.get(file.relative_path))
        if candidate is None:
            unfolding.files.append(file)
        else:
            by_content[candidate.sha256].append(candidate)
    inside = _records_inside(history.known)
    due: list[Candidate] = []
    for copies in by_content.values():
        original = min(copies, key=lambda candidate: not candidate.was_read)
        for record in duplicate_records(copies, original, history.reader_version):
            unfolding.settled[record.file_path] = record
        members = inside[original.file.relative_path]
        if original.before is not None and _is_settled(original, members, history):
            _keep(unfolding, original, [original.before, *members])
        else:
            due.append(original)
    _unpack(unfolding, due, history, folder, bounds, executor)
    return unfolding


def _as_archive(file: RawFile, before: FileRecord | None) -> Candidate | None:
    """A file with its digest if it is an archive; None if it is not, or cannot be opened.

    One that is as it was when it was read is none: it is not even opened.
    """
    untouched = before is not None and is_untouched(file, before)
    if untouched and before is not None and before.status is FileStatus.READ:
        return None
    was_unpacked = untouched and before is not None and before.status is FileStatus.UNPACKED
    try:
        if not was_unpacked and not is_archive(file.path):
            return None
        return Candidate(file, content_digest(file, before), before)
    except OSError:
        return None


def _records_inside(known: Mapping[str, FileRecord]) -> dict[str, list[FileRecord]]:
    """What was recorded of files in archives, by the path of each archive that they lie in."""
    inside: dict[str, list[FileRecord]] = defaultdict(list)
    for path, record in known.items():
        position = path.find(INSIDE)
        while position >= 0:
            inside[path[:position]].append(record)
            position = path.find(INSIDE, position + 1)
    return inside


def _is_settled(archive: Candidate, members: Sequence[FileRecord], history: History) -> bool:
    """Whether an archive holds what it held, and nothing in it has to be read again."""
    before = archive.before
    return (
        before is not None
        and before.sha256 == archive.sha256
        and before.status is not FileStatus.DUPLICATE
        and not any(
            history.may_be_tried_again(record, is_touched=not archive.is_untouched)
            for record in (before, *members)
        )
        and before.reader_version == history.reader_version
        and all(history.is_judged(record) for record in members)
    )


def _keep(unfolding: Unfolding, archive: Candidate, records: Iterable[FileRecord]) -> None:
    """Take over what was recorded of an archive and of what is in it."""
    file = archive.file
    for record in records:
        if record.status is FileStatus.UNPACKED or not record.sha256 or record is archive.before:
            kept = replace(record, modified_ns=file.modified_ns)
            unfolding.settled[record.file_path] = kept
        else:
            unfolding.files.append(
                RawFile(
                    path=file.path,
                    relative_path=record.file_path,
                    byte_count=record.byte_count,
                    modified_ns=file.modified_ns,
                    file_name=record.file_name,
                    sha256=record.sha256,
                )
            )


def _unpack(
    unfolding: Unfolding,
    archives: Sequence[Candidate],
    history: History,
    folder: Path,
    bounds: Bounds,
    executor: Executor,
) -> None:
    orders = [
        _Order(number, archive.file.path.absolute(), folder / str(number), bounds)
        for number, archive in enumerate(archives)
    ]
    for order in orders:
        order.folder.mkdir(parents=True)
    for order, outcome in executor.read(orders, _carry_out):
        for record in _taken(unfolding, archives[order.number], outcome, history):
            unfolding.unpacked[record.file_path] = record


def _carry_out(order: _Order) -> Unpacked:
    return unpack(order.archive, order.folder, order.bounds)


def _taken(
    unfolding: Unfolding, archive: Candidate, outcome: Unpacked | Failure, history: History
) -> Iterator[FileRecord]:
    """Take the files in an archive, and record the archive and what in it is none."""
    version = history.reader_version
    if isinstance(outcome, Failure) or outcome.reason:
        yield rejected_record(archive, outcome.reason, outcome.explanation, version)
    else:
        yield unpacked_record(archive, version)
    if isinstance(outcome, Failure):
        return
    for member in outcome.members:
        path = f"{archive.file.relative_path}{INSIDE}{member.path}"
        file = RawFile(
            path=member.content or archive.file.path,
            relative_path=path,
            byte_count=member.byte_count,
            modified_ns=archive.file.modified_ns,
            file_name=member.name,
            sha256=member.sha256,
        )
        candidate = Candidate(file, member.sha256, history.known.get(path))
        if member.content is not None:
            unfolding.files.append(file)
        elif member.reason:
            yield rejected_record(candidate, member.reason, member.explanation, version)
        else:
            yield unpacked_record(candidate, version)
