"""Decides which files have to be read, and what is already known of the others.

Knows digests, earlier records and reader versions. Does not read, load or store anything, except
for hashing a file that looks changed.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from pipelines.acquiring.archive_entries import ArchiveTrouble
from pipelines.acquiring.archives import INSIDE
from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.packed_archives import PackedKind, find_program
from pipelines.acquiring.raw_files import RawFile
from pipelines.domain.file_record import FileReason, FileRecord, FileStatus, shown_name
from pipelines.reading.errors import UnreadableReason
from pipelines.reading.office import find_office
from pipelines.reading.scans.models import can_read_pictures

# What the machine, not the file, may be to blame for: tried again when the file is touched.
CIRCUMSTANCES = frozenset(
    {FileReason.TIMEOUT, FileReason.MEMORY, FileReason.CRASH, ArchiveTrouble.TOO_LARGE}
)
# What something that is not installed is to blame for, and how to tell that it is there: tried
# again once it is.
NEEDED_PROGRAMS: dict[str, Callable[[], object]] = {
    ArchiveTrouble.NO_UNRAR: partial(find_program, PackedKind.RAR),
    ArchiveTrouble.NO_7ZIP: partial(find_program, PackedKind.SEVEN_ZIP),
    UnreadableReason.NO_OFFICE: find_office,
    UnreadableReason.NO_OCR: can_read_pictures,
    FileReason.PICTURES: can_read_pictures,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file with the digest of its content.

    Attributes:
        file: The file.
        sha256: Hex digest of its content, '' where it could not be opened.
        before: What an earlier run recorded for its path, None where it is new.
    """

    file: RawFile
    sha256: str
    before: FileRecord | None

    @property
    def is_untouched(self) -> bool:
        """Whether size and modification time are those of the earlier run."""
        return self.before is not None and is_untouched(self.file, self.before)

    @property
    def was_read(self) -> bool:
        """Whether an earlier run read this very content under this path."""
        before = self.before
        return (
            before is not None
            and before.sha256 == self.sha256
            and before.status is not FileStatus.DUPLICATE
        )


@dataclass(frozen=True)
class History:
    """What earlier runs made of the files.

    Attributes:
        known: What the latest run recorded, by path.
        loaded: Reader version of every loaded document, by the sha256 of its content.
        reader_version: The version that would read now.
    """

    known: Mapping[str, FileRecord]
    loaded: Mapping[str, str]
    reader_version: str

    @cached_property
    def rejections(self) -> dict[str, FileRecord]:
        """What was rejected by the version that would read now, by the sha256 of the content."""
        return {
            record.sha256: record
            for record in self.known.values()
            if record.sha256
            and record.status is FileStatus.REJECTED
            and record.reader_version == self.reader_version
            and record.reason != FileReason.UNOPENABLE
        }

    @cached_property
    def mended(self) -> frozenset[str]:
        """The reasons that are over, see ``mended_reasons``."""
        return mended_reasons()

    def may_be_tried_again(self, record: FileRecord, *, is_touched: bool) -> bool:
        """Whether what kept a file from being read may be over.

        Args:
            record: What became of the file.
            is_touched: Whether its modification time has changed since.
        """
        return record.reason in self.mended or (is_touched and record.reason in CIRCUMSTANCES)

    @cached_property
    def left_out(self) -> dict[str, FileRecord]:
        """What was read but for some of it, by the sha256 of the content."""
        return {
            record.sha256: record
            for record in self.known.values()
            if record.status is FileStatus.READ and record.reason
        }

    def is_judged(self, record: FileRecord) -> bool:
        """Whether the version that would read now has judged what was recorded."""
        if record.reader_version != self.reader_version:
            return False
        if record.status in (FileStatus.REJECTED, FileStatus.UNPACKED):
            return record.reason != FileReason.UNOPENABLE
        is_loaded = self.loaded.get(record.sha256) == self.reader_version
        return is_loaded or record.sha256 in self.rejections


@dataclass(slots=True)
class Plan:
    """What a run has to do.

    Attributes:
        settled: Files that need not be read, by path, with what is known of them.
        to_read: Files that have to be read, by path.
    """

    settled: dict[str, FileRecord] = field(default_factory=dict)
    to_read: dict[str, Candidate] = field(default_factory=dict)

    def settle(self, record: FileRecord) -> None:
        """Note a file that need not be read."""
        self.settled[record.file_path] = record


def plan_reading(
    files: Iterable[RawFile], history: History, digest: Callable[[Path], str] = digest_file
) -> Plan:
    """Sort files into those to read and those already judged by the same reader version.

    Of files with the same content one is read and the others are its duplicates.

    Args:
        files: Every file under the raw directory that may be a document, those in archives, too.
        history: What earlier runs made of them.
        digest: Hashes the content of a file.
    """
    plan = Plan()
    reader_version = history.reader_version
    by_content: dict[str, list[Candidate]] = {}
    for file in files:
        before = history.known.get(file.relative_path)
        try:
            candidate = Candidate(file, content_digest(file, before, digest), before)
        except OSError as error:
            plan.settle(_unopenable_record(Candidate(file, "", before), error, reader_version))
        else:
            by_content.setdefault(candidate.sha256, []).append(candidate)
    for sha256, copies in by_content.items():
        original = min(copies, key=lambda candidate: not candidate.was_read)
        rejection = history.rejections.get(sha256)
        left_out = history.left_out.get(sha256)
        if history.loaded.get(sha256) == reader_version and not (
            left_out is not None and history.may_be_tried_again(left_out, is_touched=False)
        ):
            reason = FileReason.NONE if left_out is None else FileReason(left_out.reason)
            plan.settle(read_record(original, reader_version, reason))
        elif rejection is not None and not history.may_be_tried_again(
            rejection, is_touched=not original.is_untouched
        ):
            plan.settle(_renewed(rejection, original))
        else:
            plan.to_read[original.file.relative_path] = original
        for record in duplicate_records(copies, original, reader_version):
            plan.settle(record)
    return plan


def are_all_settled(
    files: Iterable[RawFile], known: Mapping[str, FileRecord], reader_version: str
) -> bool:
    """Whether the latest run left nothing to do for any of these files; opens and hashes nothing.

    An archive that is untouched holds what it held.

    Args:
        files: Every file under the raw directory.
        known: What the latest run recorded, by path.
        reader_version: The version that would read now.
    """
    found = {file.relative_path: file for file in files}
    outside = {path for path in known if not _is_inside_any(path, known)}
    mended = mended_reasons()
    return found.keys() == outside and all(
        record.reader_version == reader_version
        and record.reason not in mended
        and (path not in outside or is_untouched(found[path], record))
        and not _can_be_opened_by_now(found.get(path), record)
        for path, record in known.items()
    )


def mended_reasons() -> frozenset[str]:
    """The reasons for which files were not read that are over: the program is there by now."""
    return frozenset(reason for reason, find in NEEDED_PROGRAMS.items() if find())


def read_record(
    candidate: Candidate, reader_version: str, reason: FileReason = FileReason.NONE
) -> FileRecord:
    """The record of a file that became a document, with the reason why some of it is left out."""
    return _record(candidate, FileStatus.READ, reason, "", reader_version)


def unpacked_record(candidate: Candidate, reader_version: str) -> FileRecord:
    """The record of an archive that was unpacked."""
    return _record(candidate, FileStatus.UNPACKED, FileReason.NONE, "", reader_version)


def rejected_record(
    candidate: Candidate, reason: str, explanation: str, reader_version: str
) -> FileRecord:
    """The record of a file that could not become a document; its message names the file."""
    message = f"{_shown(candidate)}: {explanation}"
    return _record(candidate, FileStatus.REJECTED, reason, message, reader_version)


def _unopenable_record(candidate: Candidate, error: OSError, reader_version: str) -> FileRecord:
    explanation = f"cannot be opened ({error.strerror}); make it readable and run again"
    return rejected_record(candidate, FileReason.UNOPENABLE, explanation, reader_version)


def duplicate_records(
    copies: Iterable[Candidate], original: Candidate, reader_version: str
) -> Iterator[FileRecord]:
    """The records of files that have the content of another one."""
    for copy in copies:
        if copy is not original:
            message = f"{_shown(copy)}: same content as {_shown(original)}"
            yield _record(copy, FileStatus.DUPLICATE, FileReason.DUPLICATE, message, reader_version)


def _record(
    candidate: Candidate, status: FileStatus, reason: str, message: str, reader_version: str
) -> FileRecord:
    return FileRecord(
        file_path=candidate.file.relative_path,
        file_name=candidate.file.file_name,
        sha256=candidate.sha256,
        byte_count=candidate.file.byte_count,
        modified_ns=candidate.file.modified_ns,
        status=status,
        reason=reason,
        message=message,
        reader_version=reader_version,
    )


def content_digest(
    file: RawFile, before: FileRecord | None, digest: Callable[[Path], str] = digest_file
) -> str:
    """The digest of a file, from the earlier run where size and time are those of then.

    Raises:
        OSError: The file cannot be opened or read.
    """
    if file.sha256:
        return file.sha256
    if before is not None and before.sha256 and is_untouched(file, before):
        return before.sha256
    return digest(file.path)


def is_untouched(file: RawFile, before: FileRecord) -> bool:
    """Whether size and modification time of a file are those of an earlier run."""
    return (before.byte_count, before.modified_ns) == (file.byte_count, file.modified_ns)


def _is_inside_any(path: str, known: Mapping[str, FileRecord]) -> bool:
    """Whether a path is that of a file in an archive that is recorded, too."""
    outer, inside, _ = path.rpartition(INSIDE)
    return bool(inside) and (outer in known or _is_inside_any(outer, known))


def _can_be_opened_by_now(file: RawFile | None, record: FileRecord) -> bool:
    """Whether a file that the system refused to open would be opened; one in an archive may be."""
    return record.reason == FileReason.UNOPENABLE and (
        file is None or os.access(file.path, os.R_OK)
    )


def _shown(candidate: Candidate) -> str:
    return shown_name(candidate.file.relative_path, candidate.file.file_name)


def _renewed(rejection: FileRecord, original: Candidate) -> FileRecord:
    """The same rejection for the same content, whatever its file is called by now."""
    explanation = rejection.message.removeprefix(f"{rejection.shown_as}: ")
    return rejected_record(original, rejection.reason, explanation, rejection.reader_version)
