"""Tells that there is no room on a disk, however that is said.

Knows what Python, DuckDB and dbt say of a full disk, and how to try whether there is room. Does not
know who wanted to write, nor what.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# By what is written rather than by its kind: it is an input error, a lack of memory or a failed
# transaction, depending on what was being written. A write that was cut short is no error code.
SAID = re.compile(
    "|".join([*map(re.escape, map(os.strerror, NO_ROOM)), "Could not write all bytes"])
)
PLACE = re.compile(r'(?:file|directory) "(?P<path>/[^"]+)"')
# What a transaction that failed may have left free on a disk that was too small for it.
LEAST_BYTES = 16 * 1024 * 1024


def is_no_room(error: BaseException) -> bool:
    """Whether a failure, or one that it came from, is that a disk is full or its quota used up.

    Examples:
        >>> is_no_room(OSError(errno.ENOSPC, "full")), is_no_room(OSError(errno.EIO, "broken"))
        (True, False)
        >>> is_no_room(ValueError('Failed to commit: "x": No space left on device'))
        True
    """
    return any(_is_said(each) for each in _chain(error))


def says_no_room(text: str) -> bool:
    """Whether a message is that a disk is full."""
    return SAID.search(text) is not None


def place_without_room(error: BaseException) -> Path | None:
    """The folder in which there is no room, None where the failure does not say."""
    for each in _chain(error):
        if isinstance(each, OSError) and each.filename is not None:
            return Path(os.fsdecode(each.filename)).parent
        if found := PLACE.search(str(each)):
            return Path(found["path"]).parent
    return None


def has_room(folder: Path) -> bool:
    """Whether a little can still be written into a folder: a database may not say why it failed."""
    try:
        with tempfile.TemporaryFile(dir=folder) as tried:
            os.posix_fallocate(tried.fileno(), 0, LEAST_BYTES)
    except OSError as error:
        return error.errno not in NO_ROOM
    return True


def _is_said(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in NO_ROOM
    return says_no_room(str(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """A failure and those that it came from."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
