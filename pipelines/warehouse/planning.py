"""Decides which files have to be read, and what is already known of the others.

Knows digests, earlier records and reader versions. Does not read, load or store anything, except
for hashing a file that looks changed.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.raw_files import RawFile
from pipelines.domain.file_record import FileReason, FileRecord, FileStatus, shown_name

# What the machine, not the file, may be to blame for: tried again when the file is touched.
CIRCUMSTANCES = frozenset({FileReason.TIMEOUT, FileReason.MEMORY, FileReason.CRASH})


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
        return _is_untouched(self.file, self.before)

    @property
    def was_read(self) -> bool:
        """Whether an earlier run read this very content under this path."""
        before = self.before
        return (
            before is not None
            and before.sha256 == self.sha256
            and before.status is not FileStatus.DUPLICATE
        )


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
    files: Iterable[RawFile],
    known: Mapping[str, FileRecord],
    loaded: Mapping[str, str],
    reader_version: str,
    digest: Callable[[Path], str] = digest_file,
) -> Plan:
    """Sort files into those to read and those already judged by the same reader version.

    Of files with the same content one is read and the others are its duplicates.

    Args:
        files: Every file under the raw directory.
        known: What the latest run recorded, by path.
        loaded: Reader version of every loaded document, by the sha256 of its content.
        reader_version: The version that would read now.
        digest: Hashes the content of a file.
    """
    plan = Plan()
    by_content: dict[str, list[Candidate]] = {}
    for file in files:
        before = known.get(file.relative_path)
        try:
            candidate = Candidate(file, _content_digest(file, before, digest), before)
        except OSError as error:
            plan.settle(_unopenable_record(Candidate(file, "", before), error, reader_version))
        else:
            by_content.setdefault(candidate.sha256, []).append(candidate)
    rejections = _standing_rejections(known.values(), reader_version)
    for sha256, copies in by_content.items():
        original = min(copies, key=lambda candidate: not candidate.was_read)
        rejection = rejections.get(sha256)
        if loaded.get(sha256) == reader_version:
            plan.settle(read_record(original, reader_version))
        elif rejection is not None and _still_stands(rejection, original):
            plan.settle(_renewed(rejection, original))
        else:
            plan.to_read[original.file.relative_path] = original
        for record in _duplicate_records(copies, original, reader_version):
            plan.settle(record)
    return plan


def are_all_settled(
    files: Iterable[RawFile], known: Mapping[str, FileRecord], reader_version: str
) -> bool:
    """Whether the latest run left nothing to do for any of these files; hashes nothing.

    Args:
        files: Every file under the raw directory.
        known: What the latest run recorded, by path.
        reader_version: The version that would read now.
    """
    found = {file.relative_path: file for file in files}
    return found.keys() == known.keys() and all(
        record.reader_version == reader_version
        and _is_untouched(found[path], record)
        and not _can_be_opened_by_now(found[path], record)
        for path, record in known.items()
    )


def read_record(candidate: Candidate, reader_version: str) -> FileRecord:
    """The record of a file that became a document."""
    return _record(candidate, FileStatus.READ, FileReason.NONE, "", reader_version)


def rejected_record(
    candidate: Candidate, reason: str, explanation: str, reader_version: str
) -> FileRecord:
    """The record of a file that could not become a document; its message names the file."""
    message = f"{_shown(candidate)}: {explanation}"
    return _record(candidate, FileStatus.REJECTED, reason, message, reader_version)


def _unopenable_record(candidate: Candidate, error: OSError, reader_version: str) -> FileRecord:
    explanation = f"cannot be opened ({error.strerror}); make it readable and run again"
    return rejected_record(candidate, FileReason.UNOPENABLE, explanation, reader_version)


def _duplicate_records(
    copies: Iterable[Candidate], original: Candidate, reader_version: str
) -> Iterator[FileRecord]:
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


def _content_digest(file: RawFile, before: FileRecord | None, digest: Callable[[Path], str]) -> str:
    """The digest of a file, from the earlier run where size and time are those of then.

    Raises:
        OSError: The file cannot be opened or read.
    """
    if file.sha256:
        return file.sha256
    if before is not None and before.sha256 and _is_untouched(file, before):
        return before.sha256
    return digest(file.path)


def _is_untouched(file: RawFile, before: FileRecord | None) -> bool:
    return before is not None and (
        (before.byte_count, before.modified_ns) == (file.byte_count, file.modified_ns)
    )


def _can_be_opened_by_now(file: RawFile, record: FileRecord) -> bool:
    return record.reason == FileReason.UNOPENABLE and os.access(file.path, os.R_OK)


def _shown(candidate: Candidate) -> str:
    return shown_name(candidate.file.relative_path, candidate.file.file_name)


def _standing_rejections(
    records: Iterable[FileRecord], reader_version: str
) -> dict[str, FileRecord]:
    return {
        record.sha256: record
        for record in records
        if record.status is FileStatus.REJECTED
        and record.reader_version == reader_version
        and record.reason != FileReason.UNOPENABLE
    }


def _still_stands(rejection: FileRecord, original: Candidate) -> bool:
    return rejection.reason not in CIRCUMSTANCES or original.is_untouched


def _renewed(rejection: FileRecord, original: Candidate) -> FileRecord:
    """The same rejection for the same content, whatever its file is called by now."""
    explanation = rejection.message.removeprefix(f"{rejection.shown_as}: ")
    return rejected_record(original, rejection.reason, explanation, rejection.reader_version)
