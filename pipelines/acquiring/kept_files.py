"""Keeps what can be made anew, in a folder where nothing depends on it.

Knows how to tell what was spoilt, and which files give way. Does not know what is kept. Where the
folder cannot be read or written, nothing is kept, and it is no error.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from pipelines.acquiring.whole_files import sweep, written_whole

DIGEST_BYTES = 32


def take(kept: Path) -> bytes | None:
    """What was kept in a file; None where nothing was, or it was spoilt."""
    try:
        content = kept.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # of another account, or on a disk that is not to be written
        kept.touch()
    digest, packed = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    return packed if hashlib.sha256(packed).digest() == digest else None


def keep(kept: Path, content: bytes, at_most: int) -> None:
    """Keep something; of the files of its suffix those not asked for longest give way.

    Args:
        kept: The file.
        content: What to keep.
        at_most: How many files of this suffix may lie in the folder.
    """
    with suppress(OSError):
        with written_whole(kept) as unfinished:
            unfinished.write_bytes(hashlib.sha256(content).digest() + content)
        sweep(kept.parent)
        others = sorted(kept.parent.glob(f"*{kept.suffix}"), key=lambda path: path.stat().st_mtime)
        for old in others[:-at_most]:
            old.unlink(missing_ok=True)
