"""What became of one file under the raw directory.

Knows statuses and reasons. Does not know how a file is read, nor when it has to be.
"""

from dataclasses import dataclass
from enum import StrEnum


class FileStatus(StrEnum):
    """What became of a file."""

    READ = "read"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


class FileReason(StrEnum):
    """Why a file was not read, where it was not the reader that refused it.

    The reader's own reasons are those of ``pipelines.reading.errors.UnreadableReason``.
    """

    NONE = ""
    UNOPENABLE = "unopenable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    UNSTORABLE = "unstorable"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file and what became of it.

    Attributes:
        file_path: Path below the raw directory, '/' separators.
        file_name: The file's own name.
        sha256: Digest of the content, '' where it could not be opened.
        byte_count: Size.
        modified_ns: Modification time in nanoseconds.
        status: What became of it.
        reason: Code for why it was not read, '' where it was.
        message: The same in one line for people, '' where it was read.
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
