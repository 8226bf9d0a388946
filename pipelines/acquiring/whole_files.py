"""Writes files so that nobody ever sees half of one, whatever happens meanwhile.

Knows temporary names, renaming and the disk's cache. Does not know what is written.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".part-"
# Writing takes seconds: what is older was left behind by a process that was killed.
LEFTOVER_SECONDS = 3600


@contextmanager
def written_whole(target: Path, folder: Path | None = None) -> Iterator[Path]:
    """A path to write to; the file appears as the target only when it is whole and on the disk.

    Args:
        target: Where the file is to appear; folders above it are created.
        folder: Where it is written, on the same file system; None for beside the target.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = folder or target.parent
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
    unfinished = Path(name)
    try:
        yield unfinished
        os.fsync(descriptor)
        unfinished.chmod(0o644)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    sync(target.parent)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """A folder in another one for what is needed for a while; it is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=PREFIX) as name:
        yield Path(name)


def append_line(target: Path, line: str) -> None:
    """Append a line to a file of lines, on the disk when this returns.

    In one write, so that two processes at once do not mix their lines; and on a line of its own,
    also where a full disk cut the one before it short.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, f"\n{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path, prefix: str = PREFIX) -> None:
    """Remove what killed processes left in a folder, by how its names begin; no folder is fine."""
    for leftover in folder.glob(f"{prefix}*"):
        try:
            if time.time() - leftover.stat().st_mtime < LEFTOVER_SECONDS:
                continue
        except FileNotFoundError:  # another process was faster
            continue
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
