"""The version of what turns a file into a ``Disclosure``.

Knows which rooms have a say in that, and which modules of others. Imports none of them: whether
anything has to be read is asked every night, and reading is not.
"""

import hashlib
from functools import cache
from pathlib import Path

# What decides how a file is read: these rooms' code and wording,
READING_ROOMS = ("reading", "recognising", "normalising")
# how archives are unpacked, the value types that they make of it, and how those become rows. What
# else is in these rooms, such as the words of messages, is no reason to read everything again.
READING_MODULES = (
    "acquiring/archive_entries.py",
    "acquiring/archives.py",
    "acquiring/packed_archives.py",
    "acquiring/zip_archives.py",
    "domain/amount.py",
    "domain/disclosure.py",
    "domain/document.py",
    "domain/file_record.py",
    "domain/place.py",
    "warehouse/keys.py",
    "warehouse/rows.py",
    "warehouse/staged_documents.py",
)


@cache
def current_reader_version() -> str:
    """The version of everything that decides how a file is read.

    It is stored with every file that was read: where it changes, by one line of wording as much
    as by code, the next run reads every file again.

    Returns:
        The first 12 hex digits of the digest of that code and data.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    in_rooms = (path for room in READING_ROOMS for path in sorted((package / room).rglob("*")))
    deciding = [path for path in in_rooms if path.suffix in (".py", ".yaml", ".lark")]
    for path in (*deciding, *(package / module for module in READING_MODULES)):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
