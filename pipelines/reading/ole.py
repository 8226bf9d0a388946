"""OLE files: what Word and Excel wrote until 2007, WPS still writes, and encrypted files come in.

Knows the directory of such a file and how to take a stream out. Does not know what a stream holds.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import olefile

from pipelines.reading.errors import UnreadableFileError, UnreadableReason

# What olefile raises for a file whose sectors or names are wrong.
_BROKEN_OLE = (OSError, struct.error, IndexError, ValueError, AttributeError, TypeError)


def stream_names(content: bytes) -> frozenset[str]:
    """The names of the streams and storages that stand at the top of an OLE file.

    Args:
        content: The whole file.

    Raises:
        UnreadableFileError: Its directory is damaged.
    """
    with _opened(content) as ole:
        return frozenset(str(entry.name) for entry in ole.root.kids)


def read_stream(content: bytes, name: str) -> bytes:
    """Take a stream out of an OLE file.

    Args:
        content: The whole file.
        name: The stream, as ``stream_names`` gives it.

    Raises:
        UnreadableFileError: The file is damaged, or has no such stream.
    """
    with _opened(content) as ole:
        # A stream in a ring of sectors would be read until its alleged size is reached.
        if ole.get_size([name]) > len(content):
            raise _damaged()
        with ole.openstream([name]) as stream:
            return bytes(stream.read())


@contextmanager
def _opened(content: bytes) -> Iterator[olefile.OleFileIO]:
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            yield ole
    except _BROKEN_OLE as error:
        raise _damaged() from error


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        UnreadableReason.DAMAGED,
        "begins like an Office 97-2003 file but is not a complete one; fetch it again",
    )
