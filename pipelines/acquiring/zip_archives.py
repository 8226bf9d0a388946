"""ZIP archives: what is in them, under which names.

Knows the format's faults as they are met: names in GB 18030 unsaid, directories that point nowhere.
Does not know what becomes of a file in one.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
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

# What only documents hold that are ZIP archives themselves: Office, OpenDocument, OFD.
PACKAGE_PARTS = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml", "word/document.xml"})
# What zipfile and what it unpacks with raise where bytes are wrong, of a system without faults.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    LZMAError,
    ValueError,
    EOFError,
    OverflowError,
    OSError,
)
IS_ENCRYPTED = 0x1
NAME_IS_UTF_8 = 0x800
# What zipfile raises for a way of packing that it does not know.
UNKNOWN_PACKING = NotImplementedError


def is_zip_archive(path: Path) -> bool:
    """Whether a file that begins like a ZIP archive is one, rather than a document packed as such.

    One that cannot be opened is none: what it is, nobody knows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return PACKAGE_PARTS.isdisjoint(archive.namelist())
    except (*BROKEN_ZIP, UNKNOWN_PACKING):
        return False


@contextmanager
def zip_entries(path: Path) -> Iterator[list[Entry]]:
    """The files in a ZIP archive, in its order; folders and links are none.

    Raises:
        ArchiveError: It cannot be opened.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (*BROKEN_ZIP, UNKNOWN_PACKING) as error:
        raise damaged("an archive that is", error) from error
    with archive:
        yield [
            Entry(_name(info), info.file_size, _Opening(archive, info))
            for info in archive.infolist()
            if not _is_folder(info) and not _is_link(info)
        ]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Opens a file in an archive when it is called."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @contextmanager
    def __call__(self) -> Iterator[IO[bytes]]:
        if self.info.flag_bits & IS_ENCRYPTED:
            raise encrypted("a file in an archive,")
        try:
            with self.archive.open(self.info) as content:
                yield content
        except UNKNOWN_PACKING as error:
            raise ArchiveError(
                ArchiveTrouble.UNKNOWN_PACKING,
                f"packed in a way that is not read here ({error}); pack it anew as plain ZIP",
            ) from error
        except BROKEN_ZIP as error:
            raise damaged("a file in an archive,", error) from error


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder; some programs part names by backslashes."""
    return info.filename.endswith(("/", "\\"))


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a file; where nothing says that it is UTF-8, it may be that or GB 18030."""
    if info.flag_bits & NAME_IS_UTF_8:
        return info.filename
    try:
        return decoded(info.filename.encode("cp437"))
    except UnicodeError:  # it was said in another place that it is UTF-8
        return info.filename
