"""RAR and 7z archives, which programs of the system unpack where they are installed.

Knows which programs there may be and how each is asked. Does not know what becomes of a file in an
archive.

No program ever writes a file: what it unpacks comes through a pipe, and one whose reader has gone
ends by itself.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from io import RawIOBase
from pathlib import Path
from typing import IO, cast

from pipelines.acquiring.archive_entries import (
    ArchiveError,
    ArchiveTrouble,
    Entry,
    damaged,
    encrypted,
)
from pipelines.acquiring.names import decoded

BSDTAR = "bsdtar"
SEVEN_ZIPS = ("7zz", "7z", "7za")
# Names come in UTF-8 whatever the locale of whoever runs this, and complaints in English.
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
# An empty password, so that none is asked for.
SEVEN_ZIP_OPTIONS = ("-p", "-sccUTF-8")
ASKS_FOR_PASSWORD = re.compile(r"crypt|passphrase|password", re.IGNORECASE)
# What programs say beside why they complain: the archive's own name, and that they do.
SAYS_NOTHING = re.compile(r"\(null\)|^bsdtar: Error exit|^ERRORS?:|^Open ERROR")
MOST_COMPLAINT = 200
PIECE_BYTES = 1024 * 1024
# In 7-Zip's words for a file's attributes: a folder, and what a link looks like.
FOLDER, LINK = "D", re.compile(r"\bl[r-][w-][x-]")


class PackedKind(StrEnum):
    """Kinds of archive that need a program."""

    RAR = "RAR"
    SEVEN_ZIP = "7z"


MISSING = {PackedKind.RAR: ArchiveTrouble.NO_UNRAR, PackedKind.SEVEN_ZIP: ArchiveTrouble.NO_7ZIP}


def find_program(kind: PackedKind) -> Path | None:
    """The program that unpacks archives of a kind, None where none is installed.

    7-Zip knows its own format best, and RAR only where it was built with it.
    """
    bsdtar = [Path(path) for path in (shutil.which(BSDTAR),) if path]
    seven_zips = [Path(path) for path in map(shutil.which, SEVEN_ZIPS) if path]
    if kind is PackedKind.SEVEN_ZIP:
        return next(iter([*seven_zips, *bsdtar]), None)
    return next(iter([*bsdtar, *filter(_knows_rar, seven_zips)]), None)


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
    if program.name == BSDTAR:
        broken = _broken_in_bsdtar(program, path)
        # It copies the archive into one that Python reads on the way.
        command = ["-c", "-f", "-", "--format", "pax", f"@{path.absolute()}"]
        read = partial(_from_tar, broken)
    else:
        listed = _listed_by_seven_zip(program, path)
        command = ["x", "-so", *SEVEN_ZIP_OPTIONS, str(path.absolute())]
        read = partial(_from_contents, listed)
    with _running(program, command) as (process, complaints):
        yield read(process, complaints)


@contextmanager
def _running(
    program: Path, arguments: Sequence[str]
) -> "Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]":
    """A program at work, and where it complains; it is ended where it has not ended by itself."""
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - fixed words and a path of ours, and no shell
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=ENVIRONMENT,
        ) as process,
    ):
        try:
            yield process, complaints
        finally:
            process.kill()


def _complaint(said: bytes, detail: object = "") -> ArchiveError:
    """Why a program did not come to an archive's end, in its own words."""
    text = f"{decoded(said)}\n{detail}"
    if ASKS_FOR_PASSWORD.search(text):
        return encrypted("an archive")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = (line for line in lines if not SAYS_NOTHING.search(line))
    return damaged("an archive that is", next(telling, "")[:MOST_COMPLAINT])


def _said(complaints: IO[bytes]) -> bytes:
    complaints.seek(0)
    return complaints.read()


# bsdtar


def _broken_in_bsdtar(program: Path, path: Path) -> dict[int, str]:
    """Which entries bsdtar finds broken, by their number, and its words.

    It says so where it unpacks, and not where it copies an archive into another one.

    Raises:
        ArchiveError: It is not said which.
    """
    unpacked = _asked(program, ["-x", "-O", "-f", str(path.absolute())])
    if not unpacked.returncode:
        return {}
    complaints = unpacked.stderr.splitlines()
    names = _asked(program, ["-t", "-f", str(path.absolute())], keep=True).stdout.splitlines()
    broken = {
        number: decoded(line.removeprefix(name + b": "))
        for number, name in enumerate(names)
        for line in complaints
        if line.startswith(name + b": ")
    }
    if not broken:
        raise _complaint(unpacked.stderr)
    return broken


def _asked(
    program: Path, arguments: Sequence[str], *, keep: bool = False
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 - fixed words and a path of ours, and no shell
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        check=False,
    )


def _from_tar(
    broken: dict[int, str], process: "subprocess.Popen[bytes]", complaints: IO[bytes]
) -> Iterator[Entry]:
    try:
        with tarfile.open(fileobj=process.stdout, mode="r|", encoding="utf-8") as archive:
            for number, info in enumerate(archive):
                if info.isreg():
                    name = decoded(info.name.encode("utf-8", "surrogateescape"))
                    opening = _TarOpening(archive, info, broken.get(number, ""))
                    yield Entry(name, info.size, opening)
    except (tarfile.TarError, EOFError) as error:
        raise _complaint(_said(complaints), _first(broken) or error) from error
    if process.wait():
        raise _complaint(_said(complaints), _first(broken))


def _first(broken: dict[int, str]) -> str:
    return next(iter(broken.values()), "")


@dataclass(frozen=True, slots=True)
class _TarOpening:
    """Gives the content of a file when it is called; of a broken one, why it does not."""

    archive: tarfile.TarFile
    info: tarfile.TarInfo
    trouble: str

    @contextmanager
    def __call__(self) -> Iterator[IO[bytes]]:
        content = self.archive.extractfile(self.info)
        if self.trouble or content is None:
            raise _member_trouble(self.trouble)
        with content:
            try:
                yield content
            except (tarfile.TarError, EOFError) as error:
                raise _member_trouble(error) from error


def _member_trouble(detail: object) -> ArchiveError:
    if ASKS_FOR_PASSWORD.search(str(detail)):
        return encrypted("a file in an archive,")
    return damaged("a file in an archive,", detail)


# 7-Zip


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry as 7-Zip lists it: contents follow each other in this order."""

    name: str
    byte_count: int
    checksum: int | None
    is_file: bool


@lru_cache(maxsize=len(SEVEN_ZIPS))
def _knows_rar(program: Path) -> bool:
    return b"Rar" in _asked(program, ["i"], keep=True).stdout


def _listed_by_seven_zip(program: Path, path: Path) -> list[_Listed]:
    """What 7-Zip lists.

    Raises:
        ArchiveError: It cannot open the archive, or something in it is protected.
    """
    command = ["l", "-slt", "-ba", *SEVEN_ZIP_OPTIONS, str(path.absolute())]
    answer = _asked(program, command, keep=True)
    blocks = [_fields(block) for block in decoded(answer.stdout).split("\n\n")]
    entries = [block for block in blocks if "Path" in block]
    if answer.returncode and not entries:
        raise _complaint(answer.stderr)
    if any(entry.get("Encrypted") == "+" for entry in entries):
        raise encrypted("an archive")
    return [_listed(entry) for entry in entries]


def _fields(block: str) -> dict[str, str]:
    pairs = (line.partition(" =") for line in block.splitlines())
    return {name: value.strip() for name, equals, value in pairs if equals}


def _listed(entry: dict[str, str]) -> _Listed:
    attributes = entry.get("Attributes", "")
    is_folder = entry.get("Folder") == "+" or attributes.startswith(FOLDER)
    checksum = entry.get("CRC", "")
    return _Listed(
        name=entry["Path"],
        byte_count=int(entry.get("Size") or 0),
        checksum=int(checksum, 16) if checksum else None,
        is_file=not is_folder and LINK.search(attributes) is None,
    )


def _from_contents(
    listed: Sequence[_Listed], process: "subprocess.Popen[bytes]", complaints: IO[bytes]
) -> Iterator[Entry]:
    stream = cast("IO[bytes]", process.stdout)
    for entry in listed:
        piece = _Piece(stream, entry.byte_count, entry.checksum)
        if entry.is_file:
            yield Entry(entry.name, entry.byte_count, _Given(piece))
        piece.skip()
    while stream.read(PIECE_BYTES):
        pass
    if process.wait() and not any(entry.checksum is not None for entry in listed):
        raise _complaint(_said(complaints))


@dataclass(frozen=True, slots=True)
class _Given:
    """Gives a content when it is called."""

    piece: "_Piece"

    @contextmanager
    def __call__(self) -> Iterator[IO[bytes]]:
        yield cast("IO[bytes]", self.piece)


class _Piece(RawIOBase):
    """So many bytes of a stream, held against their checksum when the last of them is read."""

    def __init__(self, stream: IO[bytes], byte_count: int, checksum: int | None) -> None:
        self._stream = stream
        self._left = byte_count
        self._expected = checksum
        self._checksum = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Some of the bytes, none behind the last.

        Raises:
            ArchiveError: They are too few, or others than were packed.
        """
        wanted = self._left if size < 0 else min(size, self._left)
        if not wanted:
            return b""
        found = self._stream.read(wanted)
        self._left -= len(found)
        self._checksum = zlib.crc32(found, self._checksum)
        is_wrong = self._expected is not None and not self._left
        if not found or (is_wrong and self._checksum != self._expected):
            self._left = self._left if found else 0
            raise damaged("a file in an archive,", "its checksum differs")
        return found

    def skip(self) -> None:
        """Leave the rest of them."""
        while self._left:
            skipped = self._stream.read(min(self._left, PIECE_BYTES))
            self._left = self._left - len(skipped) if skipped else 0
