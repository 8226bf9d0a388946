"""Where the bytes of a recorded file are by now: in a file, or in an archive that is one.

Knows paths below the raw directory as the warehouse has them. Does not know what was recorded of
any.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipelines.acquiring.archives import INSIDE, USUAL_BOUNDS, unpack
from pipelines.acquiring.digests import digest_file

# Who looks at a page of a document looks at the next one, too: unpacking it once is enough.
CONTENTS_KEPT = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a file in an archive.

    Attributes:
        path: The file or the archive.
        member: Path in the archive, '' where the file is no archive.
    """

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    def read_bytes(self) -> bytes:
        """The content.

        Raises:
            OSError: It cannot be read, or the archive holds it no longer.
        """
        if not self.member:
            return self.path.read_bytes()
        facts = self.path.stat()
        return _unpacked(self.path, self.member, facts.st_size, facts.st_mtime_ns)

    def digest(self) -> str:
        """The hex sha256 of the content.

        Raises:
            OSError: As ``read_bytes``.
        """
        if not self.member:
            return digest_file(self.path)
        return hashlib.sha256(self.read_bytes()).hexdigest()


def locate(raw_dir: Path, file_path: str) -> Source | None:
    """Where a recorded file is, None where it is not there any more.

    Args:
        raw_dir: The raw directory; nothing outside of it is ever given.
        file_path: The path of the record: below the raw directory, in an archive behind ``!/``.
    """
    folder = raw_dir.resolve()
    for outside, member in _readings(file_path):
        for name in _names_on_disk(outside):
            path = folder.joinpath(name).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return Source(path, member)
    return None


def _readings(file_path: str) -> Iterator[tuple[str, str]]:
    """The ways to take a path: as that of a file, or behind each ``!/`` as that of a member."""
    yield file_path, ""
    position = file_path.find(INSIDE)
    while position >= 0:
        yield file_path[:position], file_path[position + len(INSIDE) :]
        position = file_path.find(INSIDE, position + 1)


def _names_on_disk(name: str) -> Iterator[str]:
    """What may be called so on the disk: names in GB 18030 were recorded in characters."""
    yield name
    yield os.fsdecode(name.encode("gb18030"))


@lru_cache(maxsize=CONTENTS_KEPT)
def _unpacked(archive: Path, member: str, byte_count: int, modified_ns: int) -> bytes:
    """The content of a member of an archive of this size and time."""
    with tempfile.TemporaryDirectory(prefix="juesuan-") as folder:
        unpacked = unpack(archive, Path(folder), USUAL_BOUNDS, only=member)
        for found in unpacked.members:
            if found.content is not None:
                return found.content.read_bytes()
    message = f"no {member} in {archive} ({byte_count} bytes, {modified_ns} ns): "
    raise FileNotFoundError(message + unpacked.explanation)
