"""What an archive of any kind gives: entries one after another, or the reason why it gives none.

Knows the words for both. Does not know how any kind of archive is opened.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import IO


class ArchiveTrouble(StrEnum):
    """Why an archive, or a file in one, is not unpacked: reasons that ``staging.files`` records."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    UNKNOWN_PACKING = "unknown_packing"
    EMPTY_ARCHIVE = "empty_archive"
    NO_UNRAR = "no_unrar"
    NO_7ZIP = "no_7zip"


class ArchiveError(Exception):
    """An archive, or a file in one, that is not unpacked.

    Attributes:
        trouble: The reason that is recorded.
        explanation: One line: what is wrong and what to do next, without any name.
    """

    def __init__(self, trouble: ArchiveTrouble, explanation: str) -> None:
        super().__init__(f"{trouble}: {explanation}")
        self.trouble = trouble
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, before it is unpacked.

    Attributes:
        name: Its path as the archive has it; whatever that is.
        byte_count: Size as the archive states it; no more is ever unpacked.
        open: Gives its content, before the next entry is asked for.

    Raises (open and reading what it gives):
        ArchiveError: The content cannot be unpacked.
    """

    name: str
    byte_count: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def encrypted(what: str) -> ArchiveError:
    """What is said of an archive, or a file in one, that asks for a password."""
    return ArchiveError(
        ArchiveTrouble.ENCRYPTED,
        f"{what} protected by a password; obtain an unprotected copy, or unpack it by hand",
    )


def damaged(what: str, detail: object) -> ArchiveError:
    """What is said of an archive, or a file in one, whose bytes are wrong."""
    told = " ".join(str(detail).split())
    because = f" ({told})" if told else ""
    return ArchiveError(
        ArchiveTrouble.DAMAGED, f"{what} damaged or cut short{because}; fetch the archive again"
    )
