"""The version of what turns a file into a ``Disclosure``.

Knows which rooms have a say in that. Imports none of them: whether anything has to be read is
asked every night, and reading is not.
"""

import hashlib
from functools import cache
from pathlib import Path

# What decides how a file is read: these rooms' code and wording.
_READING_ROOMS = ("domain", "reading", "recognising", "normalising")


@cache
def current_reader_version() -> str:
    """The version of everything that decides how a file is read.

    It is stored with every file that was read: where it changes, by one line of wording as much
    as by code, the next run reads every file again.

    Returns:
        The first 12 hex digits of the digest of the reading rooms' code and data.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for room in _READING_ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in (".py", ".yaml", ".lark"):
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
