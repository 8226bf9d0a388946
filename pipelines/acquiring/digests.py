"""Digests of files: what tells one content from another whatever it is called."""

import hashlib
from pathlib import Path


def digest_file(path: Path) -> str:
    """The hex sha256 of a file's bytes, read piece by piece.

    Raises:
        OSError: The file cannot be opened or read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
