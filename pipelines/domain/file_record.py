"""What became of one file under the raw directory.

Knows statuses and reasons. Does not know how a file is read, nor when it has to be.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class FileStatus(StrEnum):
    """What became of a file."""

    READ = "read"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    UNPACKED = "unpacked"  # an archive; what is in it is recorded beside it


class FileReason(StrEnum):
    """Why a file was not read, or not all of it, where it was not the reader that refused it.

    The reader's own reasons are those of ``pipelines.reading.errors.UnreadableReason``, those of
    archives ``pipelines.acquiring.archive_entries.ArchiveTrouble``.
    """

    NONE = ""
    UNOPENABLE = "unopenable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    UNSTORABLE = "unstorable"
    DUPLICATE = "duplicate"
    PICTURES = "pictures"  # it was read, but for pages that are pictures


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file and what became of it.

    Attributes:
        file_path: Path below the raw directory, '/' separators; of a file in an archive
            ``archive.zip!/公开/决算.docx``.
        file_name: What the file is called where it was published.
        sha256: Digest of the content, '' where it could not be opened.
        byte_count: Size.
        modified_ns: Modification time in nanoseconds; in an archive, that of the archive.
        status: What became of it.
        reason: Code for why it was not read, or not all of it; '' where it was read or unpacked.
        message: The same in one line for people, '' where it was read or unpacked.
        reader_version: The reader that judged it.
    """

    file_path: str
    file_name: str
    sha256: str
    byte_count: int
    modified_ns: int
    status: FileStatus
    reason: str
    message: str
    reader_version: str

    @property
    def shown_as(self) -> str:
        """How the file is named to people, see ``shown_name``."""
        return shown_name(self.file_path, self.file_name)


def shown_name(file_path: str, file_name: str) -> str:
    """How a file is named to people: by its path, and first by its name where that is another.

    Names of stored contents are digests, of which the beginning is enough to find the file.

    Examples:
        >>> shown_name("2023/a.pdf", "a.pdf")
        '2023/a.pdf'
        >>> shown_name("fetched/objects/ab/ab34567890abcdef1234.pdf", "决算.pdf")
        '决算.pdf (fetched/objects/ab/ab34567890abcdef….pdf)'
    """
    path = PurePosixPath(file_path)
    if path.name == file_name:
        return file_path
    return f"{file_name} ({path.parent}/{path.stem[:16]}…{path.suffix})"
