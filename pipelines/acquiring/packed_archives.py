"""RAR and 7z archives, which programs of the system unpack where they are installed.

Knows which programs there may be and how they are asked. Does not know what becomes of a file in an
archive.

A program never writes a file: what it unpacks comes through a pipe, as a tar archive that is read
on the way, and a program whose reader has gone ends by itself.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from pipelines.acquiring.archive_entries import (
    ArchiveError,
    ArchiveTrouble,
    Entry,
    damaged,
    encrypted,
)
from pipelines.acquiring.names import decoded

# Names come in UTF-8 whatever the locale of whoever runs this, and complaints in English.
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
ASKS_FOR_PASSWORD = re.compile(r"crypt|passphrase|password", re.IGNORECASE)
MOST_COMPLAINT = 200


class PackedKind(StrEnum):
    """Kinds of archive that need a program."""

    RAR = "RAR"
    SEVEN_ZIP = "7z"


PROGRAMS = {PackedKind.RAR: ("bsdtar",), PackedKind.SEVEN_ZIP: ("bsdtar",)}
MISSING = {PackedKind.RAR: ArchiveTrouble.NO_UNRAR, PackedKind.SEVEN_ZIP: ArchiveTrouble.NO_7ZIP}


def find_program(kind: PackedKind) -> Path | None:
    """The program that unpacks archives of a kind, None where none is installed."""
    found = (shutil.which(name) for name in PROGRAMS[kind])
    return next((Path(path) for path in found if path), None)


@contextmanager
def packed_entries(path: Path, kind: PackedKind) -> Iterator[Iterator[Entry]]:
    """The files in an archive, as a program unpacks them one after another.

    Raises:
        ArchiveError: There is no such program, or it cannot unpack the archive.
    """
    program = find_program(kind)
    if program is None:
        raise ArchiveError(
            MISSING[kind],
            f"a {kind} archive, and no program that unpacks it is installed; install one, such as "
            "Debian's libarchive-tools (apt install libarchive-tools), or unpack it by hand",
        )
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - a path of ours, and no shell
            [program, "-c", "-f", "-", "--format", "pax", f"@{path.absolute()}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=ENVIRONMENT,
        )
        with process:
            try:
                yield _tar_entries(process, complaints)
            finally:
                process.kill()


def _tar_entries(process: "subprocess.Popen[bytes]", complaints: IO[bytes]) -> Iterator[Entry]:
    try:
        with tarfile.open(fileobj=process.stdout, mode="r|", encoding="utf-8") as archive:
            for info in archive:
                if info.isreg():
                    name = decoded(info.name.encode("utf-8", "surrogateescape"))
                    yield Entry(name, info.size, _Opening(archive, info))
    except (tarfile.TarError, EOFError) as error:
        raise _complaint(complaints, error) from error
    if process.wait():
        raise _complaint(complaints, "")


@dataclass(frozen=True, slots=True)
class _Opening:
    """Gives the content of a file when it is called."""

    archive: tarfile.TarFile
    info: tarfile.TarInfo

    @contextmanager
    def __call__(self) -> Iterator[IO[bytes]]:
        content = self.archive.extractfile(self.info)
        if content is None:
            raise damaged("a file in an archive,", "")
        with content:
            try:
                yield content
            except (tarfile.TarError, EOFError) as error:
                raise damaged("a file in an archive,", error) from error


def _complaint(complaints: IO[bytes], detail: object) -> ArchiveError:
    """Why a program did not come to an archive's end, in its own words."""
    complaints.seek(0)
    said = complaints.read().decode("utf-8", "replace").strip()
    if ASKS_FOR_PASSWORD.search(said):
        return encrypted("an archive")
    last = said.splitlines()[-1] if said else str(detail)
    return damaged("an archive that is", last[:MOST_COMPLAINT])
